"""On which days anything is told of a country: silence only says something where somebody speaks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thucydides.control.moves import Move


@dataclass(frozen=True, slots=True)
class Silence:
    """A fight or siege of which nobody tells: the day of the last word, that of the next, after how many days of news it is over, and
    when that is, if it is before the next word."""

    last: date
    until: date
    days: int
    over: date | None

    @classmethod
    def between(cls, last: date, until: date, days: int, news: Sequence[date]) -> Silence:
        """The silence between two words, by the days of news."""
        at = bisect_right(news, last) + days - 1
        over = news[at] if 0 <= at < len(news) and news[at] < until else None
        return cls(last, until, days, over)

    def holds(self, news: Sequence[date]) -> bool:
        """Whether it ends on the same day by other days of news."""
        return self == Silence.between(self.last, self.until, self.days, news)


class News:
    """The days of one country's news, kept up move by move."""

    def __init__(self) -> None:
        self._told: Counter[date] = Counter()
        self._changed = False
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
            self._changed |= (before > 0) != (self._told[day] > 0)

    def settle(self) -> bool:
        """Puts the days in order; whether they are others than before."""
        if not self._changed:
            return False
        self.days = sorted(day for day, times in self._told.items() if times > 0)
        self._changed = False
        return True
