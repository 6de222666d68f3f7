"""Times of day: clocks and the parts of a day that stand apart from a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from thucydides.claims.times.vocabulary import any_word, meaning

_NOON = 12
_MEANT = {"morning": 0, "afternoon": _NOON, "evening": _NOON, "night": _NOON}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day found: its span, "HH:MM" or a part of the day, and whether it is a clock's."""

    start: int
    end: int
    told: str
    exact: bool


@cache
def _pattern() -> re.Pattern[str]:
    zone = rf"(?:\s*(?P<{{0}}>{any_word('zone')}|local(?:\s+time)?)\b)?"
    half = r"(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
    leads = r"(?:in\s+the|on\s+the|in(?=\s+(?:early|late|mid)\b)|the|at|by|before|after|around|about|until|since)"
    parts = rf"(?P<small>{any_word('smallhours')})|{leads}\s+(?:(?:early|late|mid)[\s-]+)?(?P<part>{any_word('daypart')})"
    hours = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    of = r"(?:\s+in\s+the\s+(?P<of>morning|afternoon|evening)|\s+at\s+(?P<of2>night))?"
    forms = (
        rf"(?<![\d:.,/-])(?P<h1>\d{{1,2}})(?:[:.](?P<m1>[0-5]\d))?\s*{half}{zone.format('z1')}",
        rf"(?<![\d:.,/-])(?<!\bof\s)(?P<h2>[01]?\d|2[0-3]):(?P<m2>[0-5]\d)(?::\d\d)?(?![\d:])(?:\s*(?:hours|hrs|h)\b)?{zone.format('z2')}",
        rf"(?<![\d:.,/-])(?P<h3>[01]\d|2[0-3]):?(?P<m3>[0-5]\d)\s*(?:(?:hours|hrs|h)\b{zone.format('z3')}|(?P<z4>{any_word('zone')})\b|local\b)",
        r"\bat\s+(?P<h5>[01]\d|2[0-3])(?P<m5>[0-5]\d)\b(?!\s*(?!on\b)[a-z%])",
        rf"\b(?P<h6>\d{{1,2}}|{hours})\s+o['’]?clock{of}",
        rf"\b(?:{parts})\b",
    )
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def clocks(text: str) -> Iterator[Clock]:
    """The times of day of a sentence that belong to no date by themselves."""
    for match in _pattern().finditer(text):
        told = {name: value for name, value in match.groupdict().items() if value is not None}
        if "part" in told or "small" in told:
            part = meaning("daypart", told.get("part")) or meaning("smallhours", told.get("small"))
            if part is not None:
                yield Clock(match.start(), match.end(), part, exact=False)
            continue
        clock = _clock(told)
        if clock is not None:
            yield Clock(match.start(), match.end(), clock, exact=True)


def _clock(told: dict[str, str]) -> str | None:
    hour_words = next(value for name, value in told.items() if name[0] == "h" and name[1:].isdigit())
    hour = int(hour_words) if hour_words.isdigit() else int(meaning("number", hour_words) or 0)
    minute = next((value for name, value in told.items() if name[0] == "m"), "00")
    half = told.get("half", "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    elif (of := (told.get("of") or told.get("of2") or "").lower()) and hour < _NOON:
        hour += _MEANT[of]
    if hour > 23:
        return None
    zone = next((meaning("zone", value) for name, value in told.items() if name[0] == "z"), None)
    return f"{hour:02d}:{minute}" + (f" {zone}" if zone else "")


def time_of_day(text: str) -> Clock | None:
    """The first time of day in a sentence, a clock's before a part of the day."""
    return min(clocks(text), key=lambda clock: (not clock.exact, clock.start), default=None)
