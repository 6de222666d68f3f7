"""Spans of days: months and years and their parts, weeks, weekends, seasons, counted from a day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Days = tuple[date, date]
_PARTS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_PARTS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def month_span(year: int, month: int, part: str | None = None) -> Days:
    """First and last day of a month or of its early, middle or late part."""
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part or "", (1, last))
    return date(year, month, first_day), date(year, month, last_day)


def months_span(year: int, first: int, last: int) -> Days:
    """From the first day of a month to the last of another; a last month before the first is next year's."""
    return date(year, first, 1), month_span(year + (last < first), last)[1]


def year_span(year: int, part: str | None = None) -> Days:
    """First and last day of a year or of a third of it."""
    return months_span(year, *_PARTS_OF_YEAR.get(part or "", (1, 12)))


def decade_span(year: int, part: str | None = None) -> Days:
    """First and last day of a decade or its part."""
    first, last = _PARTS_OF_DECADE.get(part or "", (0, 9))
    return date(year + first, 1, 1), date(year + last, 12, 31)


def week_span(day: date) -> Days:
    """Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekend_before(day: date) -> Days:
    """The Saturday and Sunday that are over or have begun."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return saturday, min(saturday + timedelta(days=1), day)


def months_from(day: date, count: int) -> date:
    """The same day so many months on or, below nought, back; the last of a month where there is none."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def part_of(first: date, last: date, part: str | None) -> Days:
    """The early, middle or late third of some days, for a week half of it."""
    if part is None:
        return first, last
    third = max(1, round(((last - first).days + 1) / 3))
    if part == "early":
        return first, first + timedelta(days=third - 1)
    if part == "late":
        return last - timedelta(days=third - 1), last
    return first + timedelta(days=third), last - timedelta(days=third)
