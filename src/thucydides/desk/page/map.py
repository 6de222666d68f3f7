"""The map of a page: a drawing (SVG) of the places of claims, with how far off each may be. The table of claims says all that it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from thucydides.desk.page.framing import WIDE, frame_of
from thucydides.desk.page.ground import HEIGHT, KM, WIDTH, Frame, Near, graticule, ground, landmark, landmarks, scale_bar
from thucydides.desk.page.html import Html, el
from thucydides.desk.page.symbols import Symbol, symbol_of
from thucydides.desk.telling import day, event_of, what
from thucydides.record import Claim, Where


@dataclass(slots=True)
class Spot:
    """A point of the map and the numbered claims that speak of it."""

    lat: float
    lon: float
    radius_km: float
    name: str
    precision: str
    claims: list[tuple[int, Claim]] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return len(self.claims)


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


def draw(spots: Sequence[Spot], near: Near | None = None) -> Html:
    """The drawing. Spots with the vaguest places lie lowest, so that a wide circle hides nothing."""
    frame = frame_of(spots)
    points = [(spot.lon, spot.lat) for spot in spots]
    titles = ", ".join(dict.fromkeys(spot.name for spot in spots))
    return el(
        "svg",
        el("title", f"Map of the places of the claims: {titles}"),
        el("desc", "The table of claims below gives the same places in words."),
        ground(frame),
        el("g", *graticule(frame), class_="graticule"),
        el("g", *(_circle(spot, frame) for spot in sorted(spots, key=lambda s: -s.radius_km)), class_="circles"),
        el("g", *(landmark(place, frame) for place in landmarks(points, frame, near)), class_="landmarks"),
        el("g", *(_marker(spot, frame) for spot in sorted(spots, key=lambda s: (s.precision not in WIDE, len(s.claims)))), class_="spots"),
        scale_bar(frame),
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="group",
        aria_label=f"Map of the places of the claims: {titles}",
        data_km=f"{KM / frame.scale:.5f}",
    )


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
