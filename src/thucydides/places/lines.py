"""Lines on a map: the point of one nearest to a place, and the stretch between two such points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from math import ceil

from thucydides.places.geometry import Point, distance_km, nearest_on_line

Line = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a line: in which of its parts, how far from that part's start, and how far from the place it was sought for."""

    part: int
    along_km: float
    at: Point
    gap_km: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line: a point of the line and the radius within which all of the piece lies."""

    at: Point
    radius_km: float
    length_km: float


def length_km(line: Line) -> float:
    """How long a line is."""
    return sum(distance_km(a, b) for a, b in pairwise(line))


def nearest_spot(parts: Sequence[Line], at: Point) -> Spot:
    """The point of a line nearest to a place."""
    found: list[Spot] = []
    for number, line in enumerate(parts):
        point = nearest_on_line(line, at)
        found.append(Spot(number, 0.0, point, distance_km(point, at)))
    best = min(found, key=lambda spot: (spot.gap_km, spot.part))
    return Spot(best.part, _along(parts[best.part], best.at), best.at, best.gap_km)


def _along(line: Line, at: Point) -> float:
    """How far from its start a point that lies on a line is."""
    best, gap, gone = 0.0, float("inf"), 0.0
    for a, b in pairwise(line):
        on = nearest_on_line((a, b), at)
        off = distance_km(on, at)
        if off < gap:
            best, gap = gone + distance_km(a, on), off
        gone += distance_km(a, b)
    return best


def stretch(line: Line, first_km: float, last_km: float) -> Stretch:
    """The piece of a line between two distances from its start; what would lie beyond its ends is left out."""
    first, last = sorted((max(0.0, first_km), last_km))
    marks = [0.0, *accumulate(distance_km(a, b) for a, b in pairwise(line))]
    first, last = min(first, marks[-1]), min(last, marks[-1])
    middle = _point_at(line, marks, (first + last) / 2)
    corners = [point for point, mark in zip(line, marks, strict=True) if first < mark < last]
    ends = [_point_at(line, marks, first), _point_at(line, marks, last)]
    return Stretch(middle, max(distance_km(middle, point) for point in (*ends, *corners)), last - first)


def _point_at(line: Line, marks: Sequence[float], km: float) -> Point:
    for (a, b), (start, end) in zip(pairwise(line), pairwise(marks), strict=True):
        if km <= end and end > start:
            share = max(0.0, km - start) / (end - start)
            return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    return line[-1]


def within(parts: Sequence[Line], at: Point, radius_km: float) -> tuple[tuple[Point, ...], ...]:
    """The pieces of a line that lie in a circle, cut to a sixteenth of its radius."""
    step_km = max(0.05, radius_km / 16)
    kept: list[tuple[Point, ...]] = []
    for line in parts:
        if distance_km(nearest_on_line(line, at), at) > radius_km:
            continue
        steps = _stepped(line, at, radius_km, step_km)
        for near, run in groupby(steps, key=lambda step: distance_km(step[1], at) <= radius_km):
            if near:
                kept.append(_bare(list(run)))
    return tuple(piece for piece in kept if len(piece) > 1)


def _bare(run: Sequence[tuple[bool, Point]]) -> tuple[Point, ...]:
    """The corners of a run and its two ends."""
    last = len(run) - 1
    return tuple(point for n, (corner, point) in enumerate(run) if corner or n in (0, last))


def _stepped(line: Line, at: Point, radius_km: float, step_km: float) -> Iterator[tuple[bool, Point]]:
    """The corners of a line and, on the segments that come near a circle, points between them; each with whether it is a corner."""
    yield True, line[0]
    for a, b in pairwise(line):
        apart = distance_km(a, b)
        count = ceil(apart / step_km) if distance_km(nearest_on_line((a, b), at), at) <= radius_km else 1
        for n in range(1, count):
            yield False, (a[0] + n / count * (b[0] - a[0]), a[1] + n / count * (b[1] - a[1]))
        yield True, b
