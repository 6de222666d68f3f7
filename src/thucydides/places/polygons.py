"""Areas on a map: whether a point lies inside, the outline about circles, the half that lies in a direction.

Degrees are taken as a flat sheet, with longitudes shortened by the latitude where it matters: right to a few per cent for areas that
do not reach the poles, which is finer than simplified outlines are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians, sin

from thucydides.places.geometry import Point, bearing_between, distance_km, shifted

_ROUND = 16  # corners that a circle is drawn with
Ring = Sequence[Point]


def inside(ring: Ring, at: Point) -> bool:
    """Whether a point lies inside a closed ring."""
    lat, lon = at
    found = False
    before_lat, before_lon = ring[-1]
    for here_lat, here_lon in ring:
        if (here_lat > lat) != (before_lat > lat):
            crossing = (before_lon - here_lon) * (lat - here_lat) / (before_lat - here_lat) + here_lon
            if lon < crossing:
                found = not found
        before_lat, before_lon = here_lat, here_lon
    return found


def around(circles: Iterable[tuple[Point, float]]) -> tuple[Point, ...]:
    """The outline, drawn tight, about circles given by middle and kilometres."""
    corners = sorted({shifted(at, 360 * n / _ROUND, km) for at, km in circles for n in range(_ROUND)})
    lower, upper = _chain(corners), _chain(corners[::-1])
    return (*lower[:-1], *upper[:-1], lower[0])


def _chain(corners: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for at in corners:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], at) <= 0:
            chain.pop()
        chain.append(at)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def weight_and_middle(ring: Ring) -> tuple[float, Point]:
    """The size of a ring (in square degrees, for comparing) and its centre of gravity."""
    lat0, lon0 = ring[0]
    total = lat_sum = lon_sum = 0.0
    for (lat1, lon1), (lat2, lon2) in pairwise(ring):
        cross = (lat1 - lat0) * (lon2 - lon0) - (lat2 - lat0) * (lon1 - lon0)
        total += cross
        lat_sum += (lat1 + lat2 - 2 * lat0) * cross
        lon_sum += (lon1 + lon2 - 2 * lon0) * cross
    if abs(total) < 1e-12:
        return 0.0, ring[0]
    return abs(total) / 2 * cos(radians(lat0)), (lat0 + lat_sum / (3 * total), lon0 + lon_sum / (3 * total))


def middle_and_reach(rings: Sequence[Ring]) -> tuple[Point, float]:
    """The centre of gravity of rings and how far their farthest corner is from it; islands below a tenth of the largest do not count."""
    weighed = [weight_and_middle(ring) for ring in rings]
    most = max(weight for weight, _ in weighed)
    kept = [(weight, at, ring) for (weight, at), ring in zip(weighed, rings, strict=True) if weight >= 0.1 * most]
    total = sum(weight for weight, _, _ in kept)
    if total == 0:
        at = rings[0][0]
    else:
        at = (sum(w * at[0] for w, at, _ in kept) / total, sum(w * at[1] for w, at, _ in kept) / total)
    return at, max(distance_km(at, corner) for _, _, ring in kept for corner in ring)


def extent_km(rings: Sequence[Ring], middle: Point, bearing: float) -> float:
    """How far rings reach from a point in a direction."""
    turn = [(distance_km(middle, corner), radians(bearing_between(middle, corner) - bearing)) for ring in rings for corner in ring]
    return max(0.0, *(km * cos(angle) for km, angle in turn))


def half(ring: Ring, through: Point, bearing: float) -> tuple[Point, ...]:
    """The part of a ring that lies beyond a point in a direction, closed; empty where none does."""
    scale = cos(radians(through[0]))
    north, east = cos(radians(bearing)), sin(radians(bearing))

    def beyond(at: Point) -> float:
        return (at[0] - through[0]) * north + (at[1] - through[1]) * scale * east

    kept: list[Point] = []
    for a, b in pairwise(ring):
        here, there = beyond(a), beyond(b)
        if here >= 0:
            kept.append(a)
        if (here >= 0) != (there >= 0):
            share = here / (here - there)
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return (*kept, kept[0]) if len(kept) > 2 else ()
