"""Dates of other calendars, and feasts: how each expression of the table gives its days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from thucydides.claims.times.calendars import CALENDARS, Calendar, easter
from thucydides.claims.times.found import OF_TIME, Reckoned, Span, Told, day_span
from thucydides.claims.times.spans import part_of
from thucydides.record import Basis


def feast(told: Told) -> Reckoned:
    """A feast with a day of its own, the last one or that of a year told."""
    if told.anchor is None and not told.has("y"):
        return None
    calendar, day = (told.meaning("feast", "f") or "").split()
    near = int(told.get("y")) if told.has("y") else (told.anchor or date.max).year
    for year in (near, near - 1) if told.has("y") else (near + 1, near, near - 1):
        found = _feast_in(calendar, day, year)
        if told.has("y") or (told.anchor is not None and found <= told.anchor):
            return _of(CALENDARS[calendar], found, found) if calendar in CALENDARS else day_span(found, Basis.RELATIVE)
    return None


def _feast_in(calendar: str, told: str, year: int) -> date:
    if calendar == "easter":
        return easter(year) + timedelta(days=int(told))
    month, day = (int(part) for part in told.split("-"))
    if calendar == "gregorian":
        return date(year, month, day)
    lunar = CALENDARS[calendar]
    return next(found for y in (1, 0, -1) if (found := lunar.day(lunar.year_near(date(year, 7, 1)) + y, month, day)).year <= year)


def other_calendar(name: str) -> Callable[[Told], Reckoned]:
    """The reckoner of another calendar's days, months and years."""
    return lambda told: _other(told, CALENDARS[name])


def eastern(told: Told) -> Reckoned:
    """1395/05/12 and 1437/09/12: the calendar of the two Hijri ones that puts the day nearer to the report's."""
    if told.anchor is None:
        return None
    anchor, parts = told.anchor, (int(told.get("y")), int(told.get("m")), int(told.get("d")))
    near = min((CALENDARS["persian"], CALENDARS["hijri"]), key=lambda c: abs(c.year_near(anchor) - parts[0]))
    return _of(near, near.day(*parts), near.day(*parts))


def _other(told: Told, calendar: Calendar) -> Reckoned:
    month = told.month("m", calendar.name) if told.has("m") else 0
    day = int(told.meaning("ordinal", "o") or 0) if told.has("o") else int(told.get("d") or 0)
    if month and not day and not told.has("y") and not told.has("part") and not OF_TIME.search(told.before):
        return None
    if not told.has("y") and told.anchor is None:
        return None
    near = int(told.get("y")) if told.has("y") else calendar.year_near(told.anchor or date.max)
    for year in (near,) if told.has("y") else (near + 1, near, near - 1):
        first, last = calendar.year(year) if not month else part_of(*calendar.month(year, month), told.meaning("part", "part"))
        if day:
            first = last = calendar.day(year, month, day)
        if told.has("y") or (told.anchor is not None and first <= told.anchor):
            return _of(calendar, first, last)
    return None


def _of(calendar: Calendar, first: date, last: date) -> Span:
    slack = timedelta(days=calendar.slack_days)
    either = ", which may be a day off" if calendar.slack_days else ""
    note = f"the date is told in the {calendar.name.title()} calendar{either}"
    return Span(first - slack, last + slack, calendar=calendar.name, note=note)


FOREIGN: Mapping[str, Callable[[Told], Reckoned]] = {
    "eastern": eastern,
    "hijri": other_calendar("hijri"),
    "persian": other_calendar("persian"),
    "ethiopian": other_calendar("ethiopian"),
    "feast": feast,
}
