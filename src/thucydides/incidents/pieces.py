"""Pieces of evidence for many pairs at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thucydides.incidents.rows import Numbers

Names = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: of each pair a code, what names stand for each code, and how much there is of it; 1 where that is ``None``.

    ``names`` is a constant of its module, so that the weights of its names are looked up once.
    """

    names: Names
    codes: Numbers
    values: NDArray[np.float64] | None = None


def one_or_none(name: str) -> Names:
    """The names of a piece that is there or not: code 1 or 0."""
    return ((), (name,))


def either(*names: str) -> Names:
    """The names of a piece that goes by one of several: code 1, 2 and so on, 0 where it is not there."""
    return ((), *((name,) for name in names))
