"""Outlines of where a field of numbers is above nothing (marching squares)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float64]
Point = tuple[float, float]
_Edge = tuple[int, int, bool]  # row, column, whether it lies along the row


def contours(field: Grid) -> list[list[Point]]:
    """Closed outlines, in columns and rows of the field, with holes as outlines of their own. Beyond the field nothing is above."""
    padded = np.pad(field, 1, constant_values=min(-1e-9, float(field.min(initial=0.0))))
    above = padded > 0
    mixed = above[:-1, :-1] ^ above[1:, 1:] | above[:-1, 1:] ^ above[1:, :-1] | above[:-1, :-1] ^ above[:-1, 1:]
    onward: dict[_Edge, _Edge] = {}
    for row, column in np.argwhere(mixed):
        onward.update(_segments(padded, int(row), int(column)))
    return list(_chained(onward, padded))


def _segments(field: Grid, row: int, column: int) -> list[tuple[_Edge, _Edge]]:
    """The lines through one cell, each from where a clockwise walk about it leaves what is above to where it comes back."""
    corners = [float(field[row, column]), float(field[row, column + 1]), float(field[row + 1, column + 1]), float(field[row + 1, column])]
    edges: list[_Edge] = [(row, column, True), (row, column + 1, False), (row + 1, column, True), (row, column, False)]
    leaving = [at for at in range(4) if corners[at] > 0 >= corners[(at + 1) % 4]]
    entering = [at for at in range(4) if corners[at] <= 0 < corners[(at + 1) % 4]]
    turn = 1 if sum(corners) > 0 else -1  # of a saddle: whether the two corners above belong together
    found = []
    for at in leaving:
        to = min(entering, key=lambda other: (turn * (other - at)) % 4)
        found.append((edges[at], edges[to]))
    return found


def _chained(onward: dict[_Edge, _Edge], field: Grid) -> list[list[Point]]:
    loops = []
    while onward:
        start, edge = onward.popitem()
        loop = [_crossing(start, field)]
        while edge != start:
            loop.append(_crossing(edge, field))
            edge = onward.pop(edge)
        loops.append(loop)
    return loops


def _crossing(edge: _Edge, field: Grid) -> Point:
    """Where the field crosses nothing on an edge, in columns and rows before padding."""
    row, column, along = edge
    here = float(field[row, column])
    there = float(field[row, column + 1] if along else field[row + 1, column])
    share = here / (here - there)
    return (column + share - 1, row - 1) if along else (column - 1, row + share - 1)


def inside(loops: Sequence[Sequence[Point]], at: Point) -> bool:
    """Whether a point lies within an odd number of outlines."""
    x, y = at
    found = False
    for loop in loops:
        for (x1, y1), (x2, y2) in zip(loop, (*loop[1:], loop[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                found = not found
    return found
