"""Times reckoned from the report's own day or from what was told before: weekdays, "two days ago", "last month", "the same night"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from thucydides.claims.phrasing import phrase_of
from thucydides.claims.times.found import Reckoned, Shift, Span, Told
from thucydides.claims.times.spans import month_span, months_from, part_of, week_span, weekend_before, year_span
from thucydides.claims.times.telling import SAID, to_come
from thucydides.claims.times.vocabulary import numbers
from thucydides.record import Basis

_GOES_ON = phrase_of("spoken", "goes on")
_GOING_ON = phrase_of("spoken", "going on")
_LESS = phrase_of("spoken", "less")
_WEEKS = ("week", "weekend", "fortnight")
_VAGUE = ("a few", "few", "several")
_MONTHS = {"month": 1, "year": 12, "decade": 120}
DAY = timedelta(days=1)


def _day(day: date, part: str | None = None) -> Span:
    return Span(day, day, Basis.RELATIVE, part)


def _part(told: Told) -> str | None:
    return told.meaning("daypart", "tod")


def weekday(told: Told) -> Reckoned:
    """The nearest such day at or before the report's; of what is planned, the nearest after."""
    if told.anchor is None:
        return None
    back = (told.anchor.weekday() - int(told.meaning("weekday", "w") or 0)) % 7
    which = told.get("which")
    if which in ("next", "coming", "this coming") or (not which and _ahead(told)):
        ahead = 7 - back if back or which else 0  # "will meet on Friday", told on a Friday
        return _day(told.anchor + timedelta(days=ahead), _part(told))
    if (back == 0 and which == "last") or ("last week" in told.get("again") and back <= told.anchor.weekday()):
        back += 7
    return _day(told.anchor - timedelta(days=back), _part(told))


def _last(told: Told, anchor: date) -> date:
    """The last such weekday before a day."""
    return anchor - timedelta(days=(anchor.weekday() - int(told.meaning("weekday", "w") or 0)) % 7 or 7)


def weekdays_ago(told: Told) -> Reckoned:
    """ "Three Fridays ago": the last one before the report's day is one ago."""
    if told.anchor is None:
        return None
    return _day(_last(told, told.anchor) - (told.number("n") - 1) * 7 * DAY)


def weekday_before_last(told: Told) -> Reckoned:
    """ "The Sunday before last": last Sunday is the last such day before the report's."""
    if told.anchor is None:
        return None
    return _day(_last(told, told.anchor) - 7 * DAY)


def weeks_ago_today(told: Told) -> Reckoned:
    """ "A week ago today" is that very day, "two weeks ago on Tuesday" so many weeks before the nearest such day."""
    unit = told.get("u")
    if told.anchor is None or unit not in _WEEKS:
        return ago(told)
    day = told.anchor - DAY if told.get("day") == "yesterday" else told.anchor
    if told.has("w"):
        day -= timedelta(days=(told.anchor.weekday() - int(told.meaning("weekday", "w") or 0)) % 7)
    return _day(day - timedelta(days=told.number("n") * numbers("unit")[unit]))


def ago(told: Told) -> Reckoned:
    """ "Two days ago" is reckoned from the report's day, "two days earlier" from what was told before."""
    unit, count = told.get("u"), told.number("n")
    if not told.words.endswith("ago"):
        if unit in ("day", "night", "week", "fortnight"):
            return Shift(-count * numbers("unit")[unit])
        if unit in ("hour", "minute"):
            return Shift(-_days_of_hours(unit, count))
    if told.anchor is None:
        return None
    if unit in ("minute", "hour"):
        return _day(told.anchor - timedelta(days=_days_of_hours(unit, count) if not told.has("some") else 0))
    if told.has("some") or told.get("n") in _VAGUE:
        return None if unit in ("year", "decade") else Span(_back(told.anchor, unit, 5), _back(told.anchor, unit, 1), Basis.RELATIVE)
    middle = _back(told.anchor, unit, count)
    if unit == "year":
        return Span(*year_span(middle.year), Basis.RELATIVE)
    if unit == "decade":
        return Span(date(middle.year - 1, 1, 1), date(middle.year + 1, 12, 31), Basis.RELATIVE)
    slack = timedelta(days=numbers("slack").get(unit, 0))
    return Span(middle - slack, middle + slack, Basis.RELATIVE)


def _days_of_hours(unit: str, count: int) -> int:
    return round(count / 24) if unit == "hour" and count >= 24 else 0


def _back(day: date, unit: str, count: int) -> date:
    if unit in _MONTHS:
        return months_from(day, -count * _MONTHS[unit])
    return day - timedelta(days=count * numbers("unit")[unit])


def later(told: Told) -> Reckoned:
    unit, count = told.get("u"), told.number("n")
    if unit in _MONTHS or told.get("n") in _VAGUE or (unit in _WEEKS and (told.words.endswith("after") or _LESS.search(told.before))):
        return None
    return Shift(_days_of_hours(unit, count) if unit in ("hour", "minute") else count * numbers("unit")[unit])


def past(told: Told) -> Reckoned:
    """ "The past three days" end with the report's own; "last month" is the month before."""
    unit = told.get("u")
    if told.anchor is None or unit == "minute":
        return None
    if unit == "night" and not told.has("n"):
        return Span(told.anchor - DAY, told.anchor, Basis.RELATIVE, "night")
    if unit in ("week", "month", "year") and not told.has("n") and told.words.startswith("last "):
        return _calendar(told.anchor, unit, -1)
    count = told.number("n") if told.has("n") or unit != "day" else 3
    days = max(1, round(count / 24)) if unit == "hour" else 0
    return Span(told.anchor - timedelta(days=days) if days else _back(told.anchor, unit, count), told.anchor, Basis.RELATIVE)


def recent(told: Told) -> Reckoned:
    if told.anchor is None:
        return None
    return Span(told.anchor - timedelta(days=numbers("recent")[told.get("u")]), told.anchor, Basis.RELATIVE)


def lasting(told: Told) -> Reckoned:
    """ "Have shelled the town for three days": so long up to the report's day. What is over may have been any days."""
    return past(told) if _GOES_ON.search(told.before) or _GOING_ON.match(told.after) else None


def _calendar(anchor: date, unit: str, step: int) -> Span:
    """This week, month or year up to the report's day; the one before or after as a whole."""
    if unit == "week":
        first, last = week_span(anchor + timedelta(days=7 * step))
    elif unit == "month":
        day = months_from(anchor, step)
        first, last = month_span(day.year, day.month)
    else:
        first, last = year_span(anchor.year + step)
    return Span(first, last if step else anchor, Basis.RELATIVE)


def this(told: Told) -> Reckoned:
    """This, last and next week, month and year, and their early and late parts."""
    which, when, unit = told.get("which"), told.meaning("part", "part") or told.get("when"), told.get("u")
    if told.anchor is None or which in ("the same", "that"):
        return None
    step = {"last": -1, "next": 1, "the coming": 1}.get(which, 0)
    found = _calendar(told.anchor, unit, step)
    if found.first is None:
        return None
    first, last = _whole(found.first, unit, when if when in ("early", "mid", "late") else None)
    if when == "earlier" and not step and first < told.anchor:
        return Span(first, told.anchor - DAY, Basis.RELATIVE)
    if not _ahead(told):
        return Span(first, min(last, told.anchor) if first <= told.anchor else last, Basis.RELATIVE)
    return Span(max(first, told.anchor), last, Basis.RELATIVE)


def _whole(day: date, unit: str, part: str | None) -> tuple[date, date]:
    """The whole week, month or year of a day, or a part of it."""
    if unit == "week":
        return part_of(*week_span(day), part)
    return month_span(day.year, day.month, part) if unit == "month" else year_span(day.year, part)


def _ahead(told: Told) -> bool:
    return told.of != SAID and to_come(told.before, told.after)


def weekend(told: Told) -> Reckoned:
    """Saturday and Sunday, of the weekend that has begun; of what is planned, the next."""
    which = told.get("which")
    if told.anchor is None or which in ("every", "each"):
        return None
    first, last = weekend_before(told.anchor)
    if which == "next" or (which in ("this", "the") and _ahead(told)):
        return Span(first + 7 * DAY, first + 8 * DAY, Basis.RELATIVE)
    return Span(first, last, Basis.RELATIVE)


def today(told: Told) -> Reckoned:
    return _day(told.anchor, "night" if told.words.startswith("tonight") else _part(told)) if told.anchor else None


def yesterday(told: Told) -> Reckoned:
    return _day(told.anchor - DAY, _part(told)) if told.anchor else None


def days_off(told: Told) -> Reckoned:
    """Tomorrow, and the days beside yesterday and tomorrow."""
    if told.anchor is None:
        return None
    if told.words.startswith("tomorrow"):
        return _day(told.anchor + DAY, _part(told))
    return _day(told.anchor + (-2 if told.has("back") else 2) * DAY)


def overnight(told: Told) -> Reckoned:
    """The night into the report's day: both days."""
    return Span(told.anchor - DAY, told.anchor, Basis.RELATIVE, "night") if told.anchor else None


def at_dawn(told: Told) -> Reckoned:
    return _day(told.anchor, "dawn") if told.anchor else None


SPOKEN: Mapping[str, Callable[[Told], Reckoned]] = {
    "weekday": weekday,
    "weekdays ago": weekdays_ago,
    "weekday before last": weekday_before_last,
    "weeks ago today": weeks_ago_today,
    "ago": ago,
    "later": later,
    "past": past,
    "recent": recent,
    "lasting": lasting,
    "this": this,
    "weekend": weekend,
    "today": today,
    "yesterday": yesterday,
    "days off": days_off,
    "overnight": overnight,
    "at dawn": at_dawn,
    "same": lambda told: Shift(0, _part(told)),
    "next day": lambda told: Shift(1, _part(told)),
    "day before": lambda told: Shift(-1, _part(told)),
}
