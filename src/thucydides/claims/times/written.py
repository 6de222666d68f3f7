"""Dates that are written out, with a day, a month or a year: how each expression of the table gives its days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

from thucydides.claims.phrasing import phrase_of
from thucydides.claims.times.foreign import FOREIGN
from thucydides.claims.times.found import OF_TIME, Reckoned, Span, Told, day_span
from thucydides.claims.times.spans import decade_span, month_span, months_from, months_span, part_of, year_span
from thucydides.claims.times.vocabulary import any_word, meaning, plain
from thucydides.record import Basis

COMING_DAYS = 31  # a date without a year is the nearest, no more than a month ahead
_OWN_DAYS = 1  # of two readings the one that is the report's own day, or the day before
_IN_TIME = phrase_of("written", "in time")


def full_year(words: str) -> int:
    """A year of four figures or two: "89" is 1989, "16" 2016."""
    year = int(words.lstrip("'’"))
    return year if year > 99 else 1900 + year if year > 50 else 2000 + year


def _year_for(month: int, day: int, anchor: date) -> int:
    """The year that puts a day without one nearest."""
    for year in (anchor.year + 1, anchor.year):
        if month_span(year, month)[0] + timedelta(days=day - 1) <= anchor + timedelta(days=COMING_DAYS):
            return year
    return anchor.year - 1


def written(told: Told) -> Reckoned:
    """Day, month and perhaps year: 3 May, May 3 2015, 2016-03-04."""
    month = int(told.get("m")) if told.get("m").isdigit() else told.month("m")
    day = int(told.get("d"))
    if told.has("y") or told.has("y2"):
        year = full_year(told.get("y") or told.get("y2"))
    elif told.anchor is None or re.match(r"[:/]\d", told.after):
        return None
    else:
        year = _year_for(month, day, told.anchor)
    return day_span(date(year, month, day), part=told.meaning("daypart", "tod"))


def numbers(told: Told) -> Reckoned:
    """Two numbers and a year. Where nothing tells which is the month, the span of both readings."""
    one, other, year = int(told.get("a")), int(told.get("b")), full_year(told.get("y"))
    readings = [day for day in (_day(year, other, one), _day(year, one, other)) if day is not None]  # day first, month first
    if len(set(readings)) < 2:
        return day_span(readings[0]) if readings else None
    near = [day for day in readings if told.anchor is not None and 0 <= (told.anchor - day).days <= _OWN_DAYS]
    past = [day for day in readings if told.anchor is None or day <= told.anchor]
    for sure in (near, past):
        if len(sure) == 1:
            return day_span(sure[0])
    if told.order is not None:
        return day_span(readings[told.order == "month"])
    first, last = sorted(readings)
    return Span(first, last, unsure=True, note=f"the day told in numbers may be {first} or {last}")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # no such day: the numbers are to be read otherwise
        return None


def dated_range(told: Told) -> Reckoned:
    """From a day to a day of the same month or the next."""
    one, other = told.get("m1") or told.get("m2"), told.get("m2") or told.get("m1")
    first_month, last_month = (int(meaning("month", word) or 0) for word in (one, other))
    first_day, last_day = int(told.get("d1")), int(told.get("d2"))
    told_year = told.get("y") or told.get("y1")
    if not told_year and told.anchor is None:
        return None
    year = int(told_year) if told_year else _year_for(last_month, last_day, told.anchor or date.max)
    last = date(year, last_month, last_day)
    first = date(int(told.get("y1") or year), first_month, first_day)
    if first > last:
        first = first.replace(year=year - 1)
    return Span(first, last)


def years(told: Told) -> Reckoned:
    first = int(told.get("y1"))
    last = int(told.get("y2")) if told.has("y2") else first // 100 * 100 + int(told.get("y3"))
    if not first < last <= first + 60 or (told.anchor is not None and last > told.anchor.year + 10):
        return None
    return Span(date(first, 1, 1), date(last, 12, 31))


def month(told: Told) -> Reckoned:
    """A month of a year told: March 2015, March last year."""
    if told.has("y"):
        return Span(*month_span(int(told.get("y")), told.month("m"), told.meaning("part", "part")))
    if told.anchor is None or told.get("which") == "that":
        return None  # "in May of that year": of a year told before
    year = told.anchor.year - (told.get("which") == "last")
    return Span(*month_span(year, told.month("m"), told.meaning("part", "part")), Basis.RELATIVE)


def bare_month(told: Told) -> Reckoned:
    """A month alone is the last such month, or this one."""
    if told.anchor is None or not _is_month(told):
        return None
    month, which = told.month("m"), told.get("which")
    year = told.anchor.year - (month > told.anchor.month)
    if which in ("next", "this coming"):
        year = told.anchor.year + (month <= told.anchor.month)
    elif which == "last" and month == told.anchor.month:
        year -= 1
    first, last = month_span(year, month, told.meaning("part", "part"))
    return Span(first, min(last, told.anchor) if first <= told.anchor else last, Basis.RELATIVE)


def _is_month(told: Told) -> bool:
    """Whether a name of a month is one: "may" and "march" are mostly verbs, and a small letter begins no month."""
    name = told.groups["m"] or " "
    doubtful = plain(name) in ("may", "mar", "march")
    if not name[0].isupper():
        return not doubtful or _IN_TIME.search(told.before) is not None
    if re.match(r"\s+[A-Z][a-z]", told.after) and not (OF_TIME.search(told.before) or told.get("which") or told.get("part")):
        return False  # "April Jones"
    return not doubtful or bool(OF_TIME.search(told.before) or told.get("which") or told.get("part"))


def nth(told: Told) -> Reckoned:
    """The first week of March, the second half of 2014, the first three months of a year."""
    ordinal, what = int(told.meaning("ordinal", "o") or 0), told.get("what")
    whole = _nth_of(told)
    if whole is None:
        return None
    first, last = whole
    if what in ("quarter", "months"):
        count = 3 if what == "quarter" else told.number("n")
        start = months_from(first, 12 - count if ordinal < 0 else (ordinal - 1) * count)
        return Span(start, months_from(start, count) - timedelta(days=1))
    if what == "half":
        middle = months_from(first, 6) if (last - first).days > 31 else first.replace(day=16)
        return Span(first, middle - timedelta(days=1)) if ordinal == 1 else Span(middle, last)
    if what == "weekend":
        saturday = first + timedelta(days=(5 - first.weekday()) % 7 + 7 * (ordinal - 1))
        return Span(saturday, saturday + timedelta(days=1)) if ordinal > 0 else None
    days = 7 if what == "week" else told.number("n") if told.has("n") else 10
    if ordinal < 0:
        return Span(last - timedelta(days=days - 1), last)
    start = first + timedelta(days=(ordinal - 1) * days)
    return Span(start, min(start + timedelta(days=days - 1), last))


def _nth_of(told: Told) -> tuple[date, date] | None:
    if told.has("m"):
        if not told.has("y") and told.anchor is None:
            return None
        month = told.month("m")
        return month_span(int(told.get("y")) if told.has("y") else _year_for(month, 1, told.anchor or date.max), month)
    if told.has("y2"):
        return year_span(int(told.get("y2")))
    if told.anchor is None:
        return None
    if told.get("u") == "year":
        return year_span(told.anchor.year - (told.get("which") == "last"))
    start = months_from(told.anchor.replace(day=1), -(told.get("which") == "last"))
    return month_span(start.year, start.month)


def monthday(told: Told) -> Reckoned:
    """ "On the 4th" is the last fourth of a month."""
    if told.anchor is None:
        return None
    day, month = int(told.get("d")), told.anchor.replace(day=1)
    if told.has("which"):
        month = months_from(month, -(told.get("which") == "last"))
        return day_span(month.replace(day=day), Basis.RELATIVE)
    for back in range(3):
        first = months_from(month, -back)
        found = _day(first.year, first.month, day)
        if found is not None and found <= told.anchor:
            return day_span(found, Basis.RELATIVE)
    return None


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word('numbered')})\s+\Z")


def year(told: Told) -> Reckoned:
    year, part = int(told.get("y")), told.meaning("part", "part")
    if _numbered().search(told.before):
        return None
    if told.anchor is not None and year > told.anchor.year and part is None and not OF_TIME.search(told.before):
        return None
    return Span(*year_span(year, part))


def decade(told: Told) -> Reckoned:
    return Span(*decade_span(int(told.get("y")), told.meaning("part", "part")))


def season(told: Told) -> Reckoned:
    """A season of a year, or the last that has begun; a winter of one year may be either that the year has a part in."""
    first, last = (int(month) for month in (told.meaning("season", "s") or "").split("-"))
    if told.has("y"):
        year = int(told.get("y"))
        begins = months_span(year, first, last)[0] if last >= first or told.has("y2") else months_span(year - 1, first, last)[0]
        return Span(*part_of(begins, months_span(year, first, last)[1], told.meaning("part", "part")))
    if told.anchor is None:
        return None
    year, which = told.anchor.year, told.get("which")
    begun = [months_span(y, first, last) for y in (year, year - 1, year - 2) if date(y, first, 1) <= told.anchor]
    if which == "next":
        return Span(*months_span(begun[0][0].year + 1, first, last), Basis.RELATIVE)
    start, end = begun[0] if which != "last" or begun[0][1] < told.anchor else begun[1]
    return Span(start, min(end, told.anchor), Basis.RELATIVE)


WRITTEN: Mapping[str, Callable[[Told], Reckoned]] = {
    **FOREIGN,
    "written": written,
    "dots": written,
    "numbers": numbers,
    "range": dated_range,
    "years": years,
    "nth": nth,
    "month": month,
    "bare month": bare_month,
    "monthday": monthday,
    "season": season,
    "decade": decade,
    "year": year,
}
