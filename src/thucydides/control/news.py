"""On which days anything is told of a country: silence only says something where somebody speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from thucydides.control.moves import Move

Silence = tuple[date, date]
"""The day of the last word on a fight, and that of the next word on its place."""


class News:
    """The days of one country's news, kept up move by move."""

    def __init__(self) -> None:
        self._told: Counter[date] = Counter()
        self._changed: set[date] = set()
        self.days: list[date] = []

    def add(self, move: Move) -> None:
        """Counts a move's day."""
        self._count(move, 1)

    def remove(self, move: Move) -> None:
        """Takes a move's day back."""
        self._count(move, -1)

    def _count(self, move: Move, more: int) -> None:
        day = move.heard if move.wide else move.last
        if day is not None:
            before = self._told[day]
            self._told[day] += more
            if (before > 0) != (self._told[day] > 0):
                self._changed.add(day)

    def broken(self, silences: Iterable[Silence]) -> bool:
        """Whether a day came or went within any of some silences since the days were last put in order."""
        return bool(self._changed) and any(last < day <= until for last, until in silences for day in self._changed)

    def settle(self) -> Sequence[date]:
        """The days in order."""
        if self._changed:
            self.days = sorted(day for day, times in self._told.items() if times > 0)
            self._changed.clear()
        return self.days
