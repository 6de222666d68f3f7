"""The ground of a map: land, borders, degrees, towns and a scale bar, drawn as SVG.

Plate carrée, true to scale at the middle latitude. Everything is drawn once, wider than the frame, so that a page can zoom and pan
without asking anybody for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, log10, radians

from thucydides.desk.page.html import Html, el
from thucydides.desk.page.land import Box, Land, Point, clipped, middle, runs
from thucydides.record import Place

WIDTH, HEIGHT = 1000.0, 560.0
KM = 111.32  # a degree of latitude
LANDMARKS = 9
MARGIN = 1.0  # how far the ground is drawn beyond the frame on each side, in widths and heights of it
FINE = 0.4  # units: what is smaller is not drawn

Bounding = tuple[float, float, float, float]
"""Left, top, right and bottom of what is drawn."""
Near = Callable[[float, float, float], Sequence[Place]]
"""The places within some km of a latitude and longitude."""


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


def ground(frame: Frame, taken: Sequence[Bounding] = ()) -> Html:
    """Sea, land and borders, with the names of countries where nothing stands in their way."""
    box = frame.box(MARGIN)
    land, names = [], []
    for name, rings in Land.load().countries:
        pieces = [clipped(ring, box) for ring in rings if box.touches(ring)]
        drawn = [[frame.at(point) for point in piece] for piece in pieces if len(piece) > 2]
        drawn = [piece for piece in drawn if middle(piece)[1] > FINE]
        if not drawn:
            continue
        land += [path_data(piece) + "Z" for piece in drawn]
        inner = Box(40, 30, WIDTH - 40, HEIGHT - 30)
        seen = [middle(part) for piece in drawn if len(part := clipped(piece, inner)) > 2]
        (x, y), area = max(seen, key=lambda found: found[1], default=((0.0, 0.0), 0.0))
        if area > 0.02 * WIDTH * HEIGHT and not any(x - 50 < o[2] and x + 50 > o[0] and y - 16 < o[3] and y + 6 > o[1] for o in taken):
            names.append(label(name, x, y, "country"))
    lines = [path_data([frame.at(point) for point in run]) for line in Land.load().borders if box.touches(line) for run in runs(line, box)]
    return el(
        "g",
        el("rect", x=-2 * WIDTH, y=-2 * HEIGHT, width=5 * WIDTH, height=5 * HEIGHT, class_="sea"),
        el("path", d="".join(land), class_="land", fill_rule="evenodd"),
        el("path", d="".join(lines), class_="border"),
        *names,
        aria_hidden="true",
    )


def graticule(frame: Frame) -> list[Html]:
    box = frame.box(1.0)
    step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 20, 30, 60) if s >= WIDTH / frame.scale / 7 or s == 60)
    drawn = []
    for n in range(int(box.left // step), int(box.right // step) + 1):
        x = frame.at((n * step, 0.0))[0]
        drawn.append(el("line", x1=x, x2=x, y1=-HEIGHT, y2=2 * HEIGHT))
        if 40 < x < WIDTH - 40:
            drawn.append(label(_degrees(n * step, "E", "W"), x, HEIGHT - 6, "degree"))
    for n in range(int(box.low // step), int(box.high // step) + 1):
        y = frame.at((0.0, n * step))[1]
        drawn.append(el("line", x1=-WIDTH, x2=2 * WIDTH, y1=y, y2=y))
        if 20 < y < HEIGHT - 20:
            drawn.append(label(_degrees(n * step, "N", "S"), WIDTH - 22, y - 3, "degree"))
    return drawn


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}°{plus if value > 0 else minus if value < 0 else ''}"


def landmarks(spots: Sequence[Point], frame: Frame, near: Near | None) -> list[Place]:
    """The largest towns in the frame that are not claims' own places and do not crowd each other."""
    reach_km = WIDTH / 2 / frame.scale * KM
    if near is None or reach_km > 700:
        return []
    taken = [frame.at(spot) for spot in spots]
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


def landmark(place: Place, frame: Frame) -> Html:
    x, y = frame.at((place.lon, place.lat))
    inside = el("g", el("circle", r=2.2), el("text", place.name, x=6, y=4), class_="fixed")
    return el("g", inside, class_="landmark", transform=f"translate({x:.1f} {y:.1f})")


def scale_bar(frame: Frame) -> Html:
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


def label(text: str, x: float, y: float, class_: str) -> Html:
    return el("g", el("text", text, text_anchor="middle", class_="fixed"), class_=class_, transform=f"translate({x:.1f} {y:.1f})")


def path_data(points: Sequence[Point]) -> str:
    """SVG path data in small steps, without points that hardly move."""
    at = (round(points[0][0], 1), round(points[0][1], 1))
    told = [f"M{at[0]:g} {at[1]:g}"]
    for n, (x, y) in enumerate(points[1:], 2):
        dx, dy = round(x - at[0], 1), round(y - at[1], 1)
        if abs(dx) > FINE or abs(dy) > FINE or (n == len(points) and (dx or dy)):
            told.append(f"{'l' if len(told) == 1 else ' '}{dx:g} {dy:g}")
            at = (at[0] + dx, at[1] + dy)
    return "".join(told)
