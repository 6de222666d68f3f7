"""The map of a page: a drawing (SVG) of the places of claims, with how far off each may be.

Plate carrée, true to scale at the middle latitude. Everything is drawn once, wider than the frame, so that a page can zoom and pan
without asking anybody for anything. The table of claims says all that the map says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, log10, radians

from thucydides.desk.page.html import Html, el
from thucydides.desk.page.land import Box, Land, Point, clipped, middle, runs
from thucydides.desk.page.symbols import Symbol, symbol_of
from thucydides.desk.telling import day, event_of, what
from thucydides.record import Claim, Place, Where

WIDTH, HEIGHT = 1000.0, 560.0
KM = 111.32  # a degree of latitude
LEAST_KM = 160.0  # the map is never closer than this: borders are drawn from a coarse file
FAR_KM = 2500.0  # a map wider than this is looked at for places that lie far from all others
LANDMARKS = 9
MARGIN = 1.0  # how far the ground is drawn beyond the frame on each side, in widths and heights of it
FINE = 0.4  # units: what is smaller is not drawn
WIDE = frozenset({"country", "unknown"})  # too vague to decide what the map shows

Near = Callable[[float, float, float], Sequence[Place]]
"""The places within some km of a latitude and longitude."""


@dataclass(slots=True)
class Spot:
    """A point of the map and the numbered claims that speak of it."""

    lat: float
    lon: float
    radius_km: float
    name: str
    precision: str
    claims: list[tuple[int, Claim]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become units of the drawing."""

    lon: float
    lat: float
    scale: float  # units for a degree of latitude

    @property
    def squeeze(self) -> float:
        return max(0.05, cos(radians(self.lat)))

    def at(self, point: Point) -> Point:
        """Longitude and latitude to x and y."""
        return (WIDTH / 2 + (point[0] - self.lon) * self.squeeze * self.scale, HEIGHT / 2 - (point[1] - self.lat) * self.scale)

    def box(self, margin: float) -> Box:
        """What the drawing covers, in degrees, with a margin in widths of it on every side."""
        wide, high = WIDTH / 2 * (1 + 2 * margin) / self.scale / self.squeeze, HEIGHT / 2 * (1 + 2 * margin) / self.scale
        return Box(self.lon - wide, self.lat - high, self.lon + wide, self.lat + high)


def spots_of(numbered: Iterable[tuple[int, Claim]]) -> list[Spot]:
    """The points that claims speak of. Claims of the same point share a spot."""
    found: dict[tuple[float, float], Spot] = {}
    for number, claim in numbered:
        for where in event_of(claim).where:
            if where.lat is None or where.lon is None:
                continue
            key = (round(where.lat, 3), round(where.lon, 3))
            spot = found.setdefault(key, Spot(where.lat, where.lon, where.radius_km or 0.0, _name(where), where.precision))
            spot.radius_km = max(spot.radius_km, where.radius_km or 0.0)
            if (number, claim) not in spot.claims:
                spot.claims.append((number, claim))
    return list(found.values())


def _name(where: Where) -> str:
    """What stands beside a spot: a place beside another is not named like that other."""
    if where.precision == "country":
        return f"{where.name} (whole country)"
    return where.relation if where.relation and where.precision in ("near", "area") else where.name


def frame_of(spots: Sequence[Spot]) -> Frame:
    """The frame that shows the spots and their circles; countries decide it only where nothing finer is known."""
    fine = [spot for spot in spots if spot.precision not in WIDE] or list(spots)
    while len(fine) > 2:
        # One place on another continent must not shrink the war to a dot: the page names what lies outside.
        far = max(fine, key=lambda spot: sum(_apart(spot, other) for other in fine))
        rest = [spot for spot in fine if spot is not far]
        if _span(fine) < FAR_KM or _span(rest) * 3 > _span(fine) or len(far.claims) * 4 > sum(len(s.claims) for s in fine):
            break
        fine = rest
    reach = [min(spot.radius_km, 150.0) / KM for spot in fine]
    low, high = min(s.lat - r for s, r in zip(fine, reach, strict=True)), max(s.lat + r for s, r in zip(fine, reach, strict=True))
    lat = (low + high) / 2
    squeeze = max(0.05, cos(radians(lat)))
    left = min(s.lon - r / squeeze for s, r in zip(fine, reach, strict=True))
    right = max(s.lon + r / squeeze for s, r in zip(fine, reach, strict=True))
    height = max(high - low, LEAST_KM / KM)
    width = max((right - left) * squeeze, LEAST_KM / KM)
    return Frame((left + right) / 2, lat, min(HEIGHT * 0.78 / height, WIDTH * 0.8 / width))


def outside(spots: Sequence[Spot]) -> list[Spot]:
    """The spots that the frame leaves out; the map can be widened to them."""
    box = frame_of(spots).box(0)
    return [spot for spot in spots if not box.holds((spot.lon, spot.lat))]


def _apart(one: Spot, other: Spot) -> float:
    """Roughly how many km lie between two spots."""
    turn = abs(one.lon - other.lon)
    east = min(turn, 360 - turn) * max(0.05, cos(radians((one.lat + other.lat) / 2)))
    return float(hypot(east, one.lat - other.lat) * KM)


def _span(spots: Sequence[Spot]) -> float:
    return max((_apart(one, other) for one in spots for other in spots), default=0.0)


def draw(spots: Sequence[Spot], near: Near | None = None) -> Html:
    """The drawing. Spots with the vaguest places lie lowest, so that a wide circle hides nothing."""
    frame = frame_of(spots)
    titles = ", ".join(dict.fromkeys(spot.name for spot in spots))
    return el(
        "svg",
        el("title", f"Map of the places of the claims: {titles}"),
        el("desc", "The table of claims below gives the same places in words."),
        _ground(frame),
        el("g", *_graticule(frame), class_="graticule"),
        el("g", *(_circle(spot, frame) for spot in sorted(spots, key=lambda s: -s.radius_km)), class_="circles"),
        el("g", *(_landmark(place, frame) for place in _landmarks(spots, frame, near)), class_="landmarks"),
        el("g", *(_marker(spot, frame) for spot in sorted(spots, key=lambda s: (s.precision not in WIDE, len(s.claims)))), class_="spots"),
        _scale(frame),
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="group",
        aria_label=f"Map of the places of the claims: {titles}",
        data_km=f"{KM / frame.scale:.5f}",
    )


def _ground(frame: Frame) -> Html:
    box = frame.box(MARGIN)
    land, names = [], []
    for name, rings in Land.load().countries:
        pieces = [clipped(ring, box) for ring in rings if box.touches(ring)]
        drawn = [[frame.at(point) for point in piece] for piece in pieces if len(piece) > 2]
        drawn = [piece for piece in drawn if middle(piece)[1] > FINE]
        if not drawn:
            continue
        land += [_path(piece) + "Z" for piece in drawn]
        inner = Box(40, 30, WIDTH - 40, HEIGHT - 30)
        seen = [middle(part) for piece in drawn if len(part := clipped(piece, inner)) > 2]
        (x, y), area = max(seen, key=lambda found: found[1], default=((0.0, 0.0), 0.0))
        if area > 0.02 * WIDTH * HEIGHT:
            names.append(_label(name, x, y, "country"))
    lines = [_path([frame.at(point) for point in run]) for line in Land.load().borders if box.touches(line) for run in runs(line, box)]
    return el(
        "g",
        el("rect", x=-2 * WIDTH, y=-2 * HEIGHT, width=5 * WIDTH, height=5 * HEIGHT, class_="sea"),
        el("path", d="".join(land), class_="land", fill_rule="evenodd"),
        el("path", d="".join(lines), class_="border"),
        *names,
        aria_hidden="true",
    )


def _graticule(frame: Frame) -> list[Html]:
    box = frame.box(1.0)
    step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 20, 30, 60) if s >= WIDTH / frame.scale / 7 or s == 60)
    drawn = []
    for n in range(int(box.left // step), int(box.right // step) + 1):
        x = frame.at((n * step, 0.0))[0]
        drawn.append(el("line", x1=x, x2=x, y1=-HEIGHT, y2=2 * HEIGHT))
        if 40 < x < WIDTH - 40:
            drawn.append(_label(_degrees(n * step, "E", "W"), x, HEIGHT - 6, "degree"))
    for n in range(int(box.low // step), int(box.high // step) + 1):
        y = frame.at((0.0, n * step))[1]
        drawn.append(el("line", x1=-WIDTH, x2=2 * WIDTH, y1=y, y2=y))
        if 20 < y < HEIGHT - 20:
            drawn.append(_label(_degrees(n * step, "N", "S"), WIDTH - 22, y - 3, "degree"))
    return drawn


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}°{plus if value > 0 else minus if value < 0 else ''}"


def _circle(spot: Spot, frame: Frame) -> Html | None:
    """How far off the point may be. A country's circle says nothing that its name does not."""
    if spot.precision in WIDE or spot.radius_km <= 0:
        return None
    x, y = frame.at((spot.lon, spot.lat))
    return el("circle", cx=x, cy=y, r=max(2.0, spot.radius_km / KM * frame.scale), class_=f"reach {_main(spot).id}", data_c=_ids(spot))


def _marker(spot: Spot, frame: Frame) -> Html:
    x, y = frame.at((spot.lon, spot.lat))
    symbol, many = _main(spot), len(spot.claims)
    told = f"{spot.name}: " + "; ".join(f"{number} {what(claim)} {day(event_of(claim).when)}".rstrip() for number, claim in spot.claims)
    return el(
        "a",
        el("title", told),
        el(
            "g",
            el("circle", r=13.0, class_="halo"),
            el("path", d=symbol.path, class_="sign"),
            el("text", str(many), x=11, y=-7, class_="many") if many > 1 else None,
            el("text", spot.name, x=14, y=4, class_="name"),
            class_="fixed",
        ),
        href=f"#c{spot.claims[0][0]}",
        class_=f"spot {symbol.id}{' vague' if spot.precision in WIDE else ''}",
        transform=f"translate({x:.1f} {y:.1f})",
        aria_label=told,
        data_c=_ids(spot),
    )


def _main(spot: Spot) -> Symbol:
    """The symbol of most of a spot's claims, of the first where several have as many."""
    found = [symbol_of(claim) for _, claim in spot.claims]
    return max(found, key=found.count)


def _ids(spot: Spot) -> str:
    return " ".join(f"c{number}" for number, _ in spot.claims)


def _landmarks(spots: Sequence[Spot], frame: Frame, near: Near | None) -> list[Place]:
    """The largest towns in the frame that are not claims' own places and do not crowd each other."""
    reach_km = WIDTH / 2 / frame.scale * KM
    if near is None or reach_km > 700:
        return []
    taken = [frame.at((spot.lon, spot.lat)) for spot in spots]
    chosen = []
    for place in sorted(near(frame.lat, frame.lon, reach_km), key=lambda p: (-p.population, p.id)):
        x, y = frame.at((place.lon, place.lat))
        inside = 50 < x < WIDTH - 120 and 20 < y < HEIGHT - 30
        if not inside or place.population < 5000 or place.kind not in ("city", "town", "village"):
            continue
        if all(abs(x - ox) > 110 or abs(y - oy) > 34 for ox, oy in taken):
            taken.append((x, y))
            chosen.append(place)
        if len(chosen) == LANDMARKS:
            break
    return chosen


def _landmark(place: Place, frame: Frame) -> Html:
    x, y = frame.at((place.lon, place.lat))
    inside = el("g", el("circle", r=2.2), el("text", place.name, x=6, y=4), class_="fixed")
    return el("g", inside, class_="landmark", transform=f"translate({x:.1f} {y:.1f})")


def _scale(frame: Frame) -> Html:
    """The scale bar, a round number of km long."""
    about = 150.0 / frame.scale * KM
    power = 10.0 ** int(log10(max(about, 1.0)))
    km = next(power * s for s in (5, 2, 1) if power * s <= max(about, 1.0))
    length = km / KM * frame.scale
    return el(
        "g",
        el("path", d=f"M0 -5V0H{length:.1f}V-5"),
        el("text", f"{km:g} km", x=4, y=-8),
        class_="scale",
        transform=f"translate(18 {HEIGHT - 16:.0f})",
        aria_label=f"Scale: the bar is {km:g} km long",
    )


def _label(text: str, x: float, y: float, class_: str) -> Html:
    return el("g", el("text", text, text_anchor="middle", class_="fixed"), class_=class_, transform=f"translate({x:.1f} {y:.1f})")


def _path(points: Sequence[Point]) -> str:
    """SVG path data in small steps, without points that hardly move."""
    at = (round(points[0][0], 1), round(points[0][1], 1))
    told = [f"M{at[0]:g} {at[1]:g}"]
    for n, (x, y) in enumerate(points[1:], 2):
        dx, dy = round(x - at[0], 1), round(y - at[1], 1)
        if abs(dx) > FINE or abs(dy) > FINE or (n == len(points) and (dx or dy)):
            told.append(f"{'l' if len(told) == 1 else ' '}{dx:g} {dy:g}")
            at = (at[0] + dx, at[1] + dy)
    return "".join(told)
