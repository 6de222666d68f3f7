"""Points of the map in an order in which those of any tile stand behind each other, so that a tile is found without looking at all.

The world is halved along both sides again and again; a point's key tells, the coarsest halving first, in which quarter it lies. Tiles are
such quarters (https://wiki.openstreetmap.org/wiki/QuadTiles).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from thucydides.desk.api.rows import Array

DEPTH = 28
"""How often the world is halved: to 15 cm at the equator."""
SPACING = ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333), (1, 0x5555555555555555))
"""The steps in which the bits of a number are drawn apart: by how many places, and which bits count then."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows with a point, and their keys, ascending."""

    rows: Array
    keys: Array

    @classmethod
    def of(cls, x: Array, y: Array) -> Spread:
        """The rows of points, from 0 to 1 eastward and southward; those that are not a number have none."""
        rows = np.flatnonzero(~np.isnan(x)).astype(np.int32)
        keys = _spaced(_halvings(x[rows])) | _spaced(_halvings(y[rows])) << 1
        order = np.argsort(keys, kind="stable")
        return cls(rows[order], keys[order])

    def within(self, z: int, x: int, y: int) -> tuple[int, int]:
        """Where the points of a tile begin and end."""
        if not (0 <= x < 2**z and 0 <= y < 2**z):
            return 0, 0
        tile = int(_spaced(np.array([x]))[0] | _spaced(np.array([y]))[0] << 1)
        below = 2 * (DEPTH - z)
        first, last = np.searchsorted(self.keys, [tile << below, (tile + 1) << below])
        return int(first), int(last)


def cells_of(keys: Array, halvings: int) -> Array:
    """The cells in which points lie when the world is halved so often: a number each, which those of one cell share."""
    cells: Array = keys >> 2 * max(0, DEPTH - halvings)
    return cells


def _halvings(share: Array) -> Array:
    numbers: Array = np.clip(np.floor(share * 2**DEPTH), 0, 2**DEPTH - 1).astype(np.int64)
    return numbers


def _spaced(numbers: Array) -> Array:
    """Numbers with a gap behind each of their bits."""
    spaced: Array = numbers.astype(np.int64)
    for shift, kept in SPACING:
        spaced = (spaced | spaced << shift) & kept
    return spaced
