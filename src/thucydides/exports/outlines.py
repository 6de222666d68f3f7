"""The line or outline of a place, as GeoJSON geometry, where the place is one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from thucydides.exports.flat import Flat
from thucydides.places import Shape, Shapes
from thucydides.places.geometry import Point
from thucydides.places.lines import within

WIDE = frozenset({"area", "admin1", "country", "near"})


def outlined(place: Flat) -> Flat | None:
    """A MultiLineString or MultiPolygon, longitude first; ``None`` where the place is a point, is not known or was withheld."""
    id_, lat, lon, radius_km = place["place"], place["lat"], place["lon"], place["radius_km"]
    if not isinstance(id_, str) or place["precision"] not in WIDE:
        return None
    if not isinstance(lat, int | float) or not isinstance(lon, int | float) or not isinstance(radius_km, int | float):
        return None
    country, admin1 = place["country"], place["admin1"]
    shape = Shapes.open().of(id_, country if isinstance(country, str) else None, admin1 if isinstance(admin1, str) else None)
    if shape is None:
        return None
    if shape.kind == "line":
        pieces = within(shape.parts, (lat, lon), radius_km)
        return {"type": "MultiLineString", "coordinates": [_turned(piece) for piece in pieces]} if pieces else None
    return {"type": "MultiPolygon", "coordinates": _polygons(shape)}


def _polygons(shape: Shape) -> list[list[list[list[float]]]]:
    """Each outer ring, drawn counter-clockwise as RFC 7946 asks, with its holes, drawn clockwise."""
    polygons: list[list[list[list[float]]]] = []
    for number, ring in enumerate(shape.parts):
        hole = number in shape.holes
        turned = _turned(ring if (_area(ring) > 0) != hole else ring[::-1])
        if hole and polygons:
            polygons[-1].append(turned)
        else:
            polygons.append([turned])
    return polygons


def _turned(points: Sequence[Point]) -> list[list[float]]:
    return [[round(lon, 4), round(lat, 4)] for lat, lon in points]


def _area(ring: Sequence[Point]) -> float:
    """Twice the signed area: above zero where the ring turns counter-clockwise, seen with north up."""
    return sum(a[1] * b[0] - b[1] * a[0] for a, b in pairwise(ring))
