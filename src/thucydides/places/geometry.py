"""Distances, bearings and shifted points on a round earth. Kilometres and degrees throughout."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

EARTH_KM = 6371.0
Point = tuple[float, float]  # latitude, longitude


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two points."""
    lat1, lon1, lat2, lon2 = radians(a[0]), radians(a[1]), radians(b[0]), radians(b[1])
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def bearing_between(a: Point, b: Point) -> float:
    """The direction in which ``b`` lies seen from ``a``, in degrees clockwise from north."""
    lat1, lat2, turn = radians(a[0]), radians(b[0]), radians(b[1] - a[1])
    return degrees(atan2(sin(turn) * cos(lat2), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(turn))) % 360


def shifted(a: Point, bearing: float, km: float) -> Point:
    """The point ``km`` away from ``a`` in a direction."""
    if km == 0:
        return a
    lat, lon, turn, arc = radians(a[0]), radians(a[1]), radians(bearing), km / EARTH_KM
    to_lat = asin(max(-1.0, min(1.0, sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(turn))))
    to_lon = lon + atan2(sin(turn) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sin(to_lat))
    return round(degrees(to_lat), 5), round((degrees(to_lon) + 540) % 360 - 180, 5)


def midpoint(a: Point, b: Point) -> Point:
    """The point half way between two points."""
    return shifted(a, bearing_between(a, b), distance_km(a, b) / 2)


def nearest_on_line(line: Sequence[Point], at: Point) -> Point:
    """The point of a polyline nearest to ``at``; segments are taken as straight on a local plane, which is enough below 500 km."""
    scale = cos(radians(at[0]))
    best, best_gap = line[0], float("inf")
    for (lat1, lon1), (lat2, lon2) in zip(line, line[1:] or line, strict=False):
        x1, y1, x2, y2 = (lon1 - at[1]) * scale, lat1 - at[0], (lon2 - at[1]) * scale, lat2 - at[0]
        length2 = (x2 - x1) ** 2 + (y2 - y1) ** 2
        t = 0.0 if length2 == 0 else max(0.0, min(1.0, -(x1 * (x2 - x1) + y1 * (y2 - y1)) / length2))
        gap = hypot(x1 + t * (x2 - x1), y1 + t * (y2 - y1))
        if gap < best_gap:
            best, best_gap = (lat1 + t * (lat2 - lat1), lon1 + t * (lon2 - lon1)), gap
    return best
