"""How the points of lines and areas are kept in ``data/shapes.db``: whole thousandths of a degree, as steps, compressed."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from thucydides.places.geometry import Point

Part = tuple[bool, Sequence[Point]]  # whether it is a hole in the ring before it, and its points
_SCALE = 1000


def packed(parts: Iterable[Part]) -> bytes:
    """Lines or rings as bytes: how many, the length of each (negative for a hole), then all latitudes and all longitudes in steps."""
    kept = [(hole, [(round(lat * _SCALE), round(lon * _SCALE)) for lat, lon in points]) for hole, points in parts]
    numbers = array("i", [len(kept), *(-len(points) if hole else len(points) for hole, points in kept)])
    for axis in (0, 1):
        for _, points in kept:
            values = [point[axis] for point in points]
            numbers.extend([values[0], *(b - a for a, b in pairwise(values))])
    return zlib.compress(numbers.tobytes(), 9)


def unpacked(blob: bytes) -> tuple[Part, ...]:
    """The lines or rings that :func:`packed` made bytes of."""
    numbers = array("i")
    numbers.frombytes(zlib.decompress(blob))
    lengths = numbers[1 : numbers[0] + 1]
    total = sum(map(abs, lengths))
    at, parts = numbers[0] + 1, []
    for length in lengths:
        end = at + abs(length)
        lats = accumulate(numbers[at:end])
        lons = accumulate(numbers[at + total : end + total])
        parts.append((length < 0, tuple((lat / _SCALE, lon / _SCALE) for lat, lon in zip(lats, lons, strict=True))))
        at = end
    return tuple(parts)
