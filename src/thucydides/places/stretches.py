"""Which stretch of a river, road or border a report means: the one by the report's other places.

A line as a whole reaches across countries. Where the report's places lie by it, the stretch past them is meant; where they do not, the
part of it in the report's countries; where it sets no scene at all, the whole line. Distances are in kilometres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from thucydides.places.context import Context
from thucydides.places.geometry import Point, distance_km
from thucydides.places.lines import Spot, Stretch, nearest_spot, stretch
from thucydides.places.shapes import Shape, Shapes
from thucydides.record import Where

BY_KM = 40.0  # a place so near to a line tells which stretch is meant
FAR_KM = 150.0  # the nearest of places further off still does
LEAST_KM = 20.0  # no stretch is told finer than this
MARGIN_KM = 15.0
SHORT_KM = 30.0  # a line that reaches no further is not cut
AT_HOME = 0.5  # a country of this weight is one that the report is about
ROAD_KM = 12.0  # how far from a town the road to it may pass
DETOUR = 2.2
BORDER_KM = 300.0  # how far from a border told by its countries the report's places may be
BARE_BORDER_KM = 120.0  # and from "the border"
LEAST_BORDER_KM = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of a named line: the line's id and name, a point of it, the radius of the stretch, and how it was told."""

    id: str
    name: str
    at: Point
    radius_km: float
    why: str


def narrowed(whole: Where, context: Context, within: Where | None) -> Where:
    """A place that is a line, cut to the stretch that the report means; every other place is given back as it came."""
    if whole.place is None or whole.lat is None or whole.lon is None or (whole.radius_km or 0.0) <= SHORT_KM:
        return whole
    shape = Shapes.open().of(whole.place)
    if shape is None or shape.kind != "line":
        return whole
    hold = _point(within)
    others = tuple(p for p in context.anchors if distance_km(p, (whole.lat, whole.lon)) > 1.0)
    reach = (within.radius_km or 0.0) if within is not None and hold is not None else 0.0
    found = _past(shape, (hold,) if hold is not None else others, reach)
    why = f"its stretch in or by {within.name}" if within is not None and hold is not None else "its stretch by the report's places"
    if found is None:
        home = tuple(sorted(code for code, weight in context.countries.items() if weight >= AT_HOME))
        found, why = _inside(whole.place, home), f"its part in {' and '.join(home)}"
    if found is None or found.radius_km >= (whole.radius_km or 0.0):
        return whole
    return moved(whole, found.at, found.radius_km, why, context)


def _point(where: Where | None) -> Point | None:
    return (where.lat, where.lon) if where is not None and where.lat is not None and where.lon is not None else None


def moved(where: Where, at: Point, radius_km: float, why: str, context: Context) -> Where:
    """A place with another point and radius; country and first-level area are those of the point, if the report speaks of them."""
    area = Shapes.open().at(*at)
    country, admin1 = where.country, where.admin1
    if area is not None and (area.country in context.countries or not context.countries or country is None):
        country, admin1 = area.country, area.admin1
    return replace(
        where, lat=round(at[0], 5), lon=round(at[1], 5), radius_km=round(radius_km, 1), country=country, admin1=admin1, precision="area",
        rule=f"{where.rule}; {why}: a circle of {radius_km:.0f} km",
    )  # fmt: skip


def _past(shape: Shape, places: Sequence[Point], reach_km: float) -> Stretch | None:
    """The stretch past places that lie by a line, with a margin; ``reach_km`` is how far about its one place a container reaches."""
    spots = [spot for place in places if (spot := nearest_spot(shape.parts, place)).gap_km <= FAR_KM + reach_km]
    if not spots:
        return None
    closest = min(spots, key=lambda spot: spot.gap_km)
    near = [spot for spot in spots if spot.gap_km <= BY_KM and spot.part == closest.part] or [closest]
    margin = max(MARGIN_KM, closest.gap_km / 2, reach_km)
    first, last = min(spot.along_km for spot in near), max(spot.along_km for spot in near)
    found = stretch(shape.parts[closest.part], first - margin, last + margin)
    return Stretch(found.at, max(LEAST_KM, found.radius_km), found.length_km)


@lru_cache(maxsize=512)
def _inside(line: str, countries: tuple[str, ...]) -> Stretch | None:
    """The part of a line that lies in countries: a point of it and the reach of all of it."""
    shapes = Shapes.open()
    lands = [land for code in countries if (land := shapes.of(f"country:{code}")) is not None]
    shape = shapes.of(line)
    if shape is None or not lands:
        return None
    corners = [point for part in shape.parts for point in part if any(land.holds(point) for land in lands)]
    if len(corners) < 2:
        return None
    lats, lons = [p[0] for p in corners], [p[1] for p in corners]
    box = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    at = min(corners, key=lambda point: distance_km(point, box))
    return Stretch(at, max(LEAST_KM, max(distance_km(at, point) for point in corners)), 0.0)


def road_between(a: Point, b: Point, line: str | None = None) -> Found | None:
    """The stretch between two towns of the road that passes both, the most direct if there are several; ``line`` names the one to take."""
    shapes = Shapes.open()
    best: tuple[float, Found] | None = None
    apart = distance_km(a, b)
    for place, row in shapes.written.items():
        if (place != line) if line else row["kind"] != "road":
            continue
        shape = shapes.of(place)
        if shape is None or shape.kind != "line":
            continue
        first = nearest_spot(shape.parts, a)
        if first.gap_km > (BY_KM if line else ROAD_KM):
            continue
        last = nearest_spot(shape.parts, b)
        if last.gap_km > (BY_KM if line else ROAD_KM) or first.part != last.part:
            continue
        found = stretch(shape.parts[first.part], first.along_km, last.along_km)
        worth = first.gap_km + last.gap_km + 0.1 * found.length_km
        if found.length_km <= DETOUR * apart + 10 and (best is None or worth < best[0]):
            best = worth, Found(id=place, name=row["name"], at=found.at, radius_km=found.radius_km, why=f"along {row['name']}")
    return best[1] if best is not None else None


def border_by(sides: Sequence[str], context: Context, places: Sequence[Point]) -> Found | None:
    """The stretch of a border nearest to a report's places, or its middle and half its length where there are none.

    Of two sides the border is theirs. Of one it is that with another country of the report, else with the neighbour nearest to the
    report's places; of none it is that of the report's first country, if the places are near one.
    """
    home = next(iter(context.countries), None)
    if not sides and (home is None or not places):
        return None
    first, limit = (sides[0], BORDER_KM) if sides else (home or "", BARE_BORDER_KM)
    if len(sides) > 1:
        return _border_of([(first, sides[1])], places, limit, anywhere=True)
    told = [(first, code) for code in context.countries if code != first] if sides else []
    found = next((one for pair in told[:4] if (one := _border_of([pair], places, limit, anywhere=True)) is not None), None)
    if found is not None:
        return found
    return _border_of([(first, code) for code in Shapes.open().neighbours(first)], places, limit, anywhere=False)


def _border_of(pairs: Sequence[tuple[str, str]], places: Sequence[Point], limit_km: float, *, anywhere: bool) -> Found | None:
    shapes = Shapes.open()
    best: tuple[Spot, str, str] | None = None
    for pair in pairs:
        border = shapes.border(*pair)
        if border is None:
            continue
        name = f"the border of {pair[0]} and {pair[1]}"
        for place in places:
            spot = nearest_spot(border[1].parts, place)
            if spot.gap_km <= limit_km and (best is None or spot.gap_km < best[0].gap_km):
                best = spot, border[0], name
        if best is None and anywhere:
            at, reach = _middle(border[1])
            return Found(id=border[0], name=name, at=at, radius_km=reach, why=f"{name}, its middle")
    if best is None:
        return None
    radius = max(LEAST_BORDER_KM, best[0].gap_km / 2)
    return Found(id=best[1], name=best[2], at=best[0].at, radius_km=radius, why=f"{best[2]}, where it is nearest to the report's places")


def _middle(shape: Shape) -> tuple[Point, float]:
    corners = [point for part in shape.parts for point in part]
    mean = (sum(p[0] for p in corners) / len(corners), sum(p[1] for p in corners) / len(corners))
    at = nearest_spot(shape.parts, mean).at
    return at, max(LEAST_BORDER_KM, max(distance_km(at, point) for point in corners))
