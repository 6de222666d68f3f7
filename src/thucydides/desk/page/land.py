"""The shipped outlines of land and countries, unpacked for one stretch of the map."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "land.json"
Point = tuple[float, float]
"""Longitude and latitude, or x and y: the horizontal first."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map, in degrees or in units of the drawing."""

    left: float
    low: float
    right: float
    high: float

    def touches(self, points: Iterable[Point]) -> bool:
        """Whether the rectangle around some points touches this one."""
        xs, ys = zip(*points, strict=True)
        return bool(min(xs) <= self.right and max(xs) >= self.left and min(ys) <= self.high and max(ys) >= self.low)

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.low <= point[1] <= self.high


@dataclass(frozen=True, slots=True)
class Land:
    """Countries by name as rings of points, and the lines between them."""

    countries: tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]
    borders: tuple[tuple[Point, ...], ...]

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Land:
        """The shipped file."""
        packed = json.loads(FILE.read_text(encoding="utf-8"))
        (kx, ky), (x0, y0) = packed["scale"], packed["translate"]
        arcs: list[tuple[Point, ...]] = []
        for steps in packed["arcs"]:
            x = y = 0
            points: list[Point] = []
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x * kx + x0, y * ky + y0))
            arcs.append(tuple(points))

        def ring(numbers: Sequence[int]) -> tuple[Point, ...]:
            points: list[Point] = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc if not points else arc[1:]
            return tuple(points)

        countries = tuple((country["name"], tuple(ring(r) for r in country["rings"])) for country in packed["countries"])
        return cls(countries, tuple(arcs[number] for number in packed["borders"]))


def clipped(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a closed ring that lies in a rectangle (Sutherland and Hodgman); may run along the rectangle's edge."""
    points = list(ring)
    for axis, bound, keep_above in ((0, box.left, True), (0, box.right, False), (1, box.low, True), (1, box.high, False)):
        kept: list[Point] = []
        for at, point in enumerate(points):
            before = points[at - 1]
            inside, was_inside = (point[axis] >= bound) == keep_above, (before[axis] >= bound) == keep_above
            if inside != was_inside:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        points = kept
    return points


def runs(line: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The parts of a line inside a rectangle, each with the first point beyond it."""
    run: list[Point] = []
    for before, point in itertools.pairwise(line):
        if box.holds(before) or box.holds(point):
            run = run or [before]
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def middle(ring: Sequence[Point]) -> tuple[Point, float]:
    """The centre of gravity of a ring and its area."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if abs(area) < 1e-9:
        return ring[0], 0.0
    return (x / (3 * area), y / (3 * area)), abs(area) / 2
