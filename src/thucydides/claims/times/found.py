"""What passes between the finding of an expression and its reckoning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from thucydides.claims.phrasing import phrase_of
from thucydides.claims.times.vocabulary import meaning, number
from thucydides.record import Basis

OF_TIME = phrase_of("found", "of time")


@dataclass(frozen=True, slots=True)
class Told:
    """An expression as told: its words in small letters, its groups, what stands around it, and from which day it is reckoned."""

    words: str
    groups: Mapping[str, str | None]
    anchor: date | None
    order: str | None  # "day" or "month": what stands first in numbers
    before: str
    after: str
    of: str = "event"  # whose time it is, see telling.py

    def get(self, group: str) -> str:
        """The words of a group in small letters with single spaces, "" if it has none."""
        return " ".join((self.groups.get(group) or "").lower().split())

    def has(self, group: str) -> bool:
        return bool(self.groups.get(group))

    def number(self, group: str) -> int:
        return number(self.groups.get(group))

    def month(self, group: str, calendar: str = "month") -> int:
        return int(meaning(calendar, self.groups.get(group)) or 0)

    def meaning(self, kind: str, group: str) -> str | None:
        return meaning(kind, self.groups.get(group))


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of an expression, how they are known, and what is to be said of them."""

    first: date | None
    last: date | None
    basis: Basis = Basis.STATED
    part: str | None = None  # of the day
    calendar: str = ""  # where it is not the common one
    unsure: bool = False  # day and month could be the other way round
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """So many days after what was told before."""

    days: int
    part: str | None = None


Reckoned = Span | Shift | None


def day_span(day: date, basis: Basis = Basis.STATED, part: str | None = None) -> Span:
    """A single day."""
    return Span(day, day, basis, part)
