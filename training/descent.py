"""Fitting many sparse weights with numpy alone: the limited-memory BFGS method, and evidence as a sparse table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Table:
    """Evidence of many cases: only names that enough cases have are kept, in alphabetical order."""

    def __init__(self, cases: Sequence[Mapping[str, float]], seldom: int) -> None:
        seen = Counter(name for case in cases for name in case)
        self.names = sorted(name for name, times in seen.items() if times >= seldom)
        at = {name: i for i, name in enumerate(self.names)}
        entries = [(row, at[name], times) for row, case in enumerate(cases) for name, times in case.items() if name in at]
        self._rows = np.array([e[0] for e in entries], dtype=np.int64)
        self._columns = np.array([e[1] for e in entries], dtype=np.int64)
        self._times = np.array([e[2] for e in entries], dtype=np.float64)
        self.length = len(cases)

    def sums(self, weights: Numbers) -> Numbers:
        """The weighed evidence of every case."""
        return np.bincount(self._rows, self._times * weights[self._columns], self.length)

    def back(self, slopes: Numbers) -> Numbers:
        """What the slopes of all cases come to for every weight."""
        return np.bincount(self._columns, self._times * slopes[self._rows], len(self.names))


def descend(cost: Callable[[Numbers], tuple[float, Numbers]], start: Numbers, rounds: int = 150, memory: int = 8) -> Numbers:
    """The weights of least cost; ``cost`` gives the cost and its slope."""
    at, (value, slope) = start, cost(start)
    steps: list[tuple[Numbers, Numbers]] = []
    for _ in range(rounds):
        way = -_curved(slope, steps)
        length = 1.0 if steps else 1.0 / max(1.0, float(np.abs(slope).sum()))
        for _ in range(25):
            new, (lower, turned) = at + length * way, cost(at + length * way)
            if lower <= value + 1e-4 * length * float(way @ slope):
                break
            length /= 2
        else:
            return at
        move, turn = new - at, turned - slope
        if float(move @ turn) > 1e-12:
            steps = [*steps[-memory + 1 :], (move, turn)]
        done = value - lower < 1e-7 * abs(value)
        at, value, slope = new, lower, turned
        if done:
            break
    return at


def _curved(slope: Numbers, steps: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
    way = slope.copy()
    shares = []
    for move, turn in reversed(steps):
        share = float(move @ way) / float(move @ turn)
        shares.append(share)
        way -= share * turn
    if steps:
        move, turn = steps[-1]
        way *= float(move @ turn) / float(turn @ turn)
    for (move, turn), share in zip(steps, reversed(shares), strict=True):
        way += (share - float(turn @ way) / float(move @ turn)) * move
    return way
