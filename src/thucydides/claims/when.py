"""When? Date words in a sentence become first and last days, reckoned from the report's own day.

The expressions and their words stand in ``times/*.tsv``; ``docs/time.md`` tells the rules. A weekday is the nearest such day at or
before the report's day; "overnight" is the night into it; "the past three days" end with it; "early" is the 1st to the 10th of a
month, "mid" the 11th to the 20th, "late" and "end" from the 21st.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from thucydides.claims.phrasing import phrase_of
from thucydides.claims.times.clock import Clock, clocks
from thucydides.claims.times.found import Reckoned, Shift, Span, Told
from thucydides.claims.times.spans import week_span
from thucydides.claims.times.spoken import DAY, SPOKEN
from thucydides.claims.times.telling import EVENT, whose
from thucydides.claims.times.vocabulary import any_word, expressions, hints, meaning
from thucydides.claims.times.written import WRITTEN
from thucydides.record import Basis, When

RECKONERS: Mapping[str, Callable[[Told], Reckoned]] = {**WRITTEN, **SPOKEN}
_JOINED_DAYS = 100
_WEEK = 7 * DAY
_CLOCK_REACH = 80  # characters between a time of day and the day it belongs to
_SAID_REACH = 25
_AROUND = 80
_BESIDE = phrase_of("when", "beside")
_AND = phrase_of("when", "and")
_APART = re.compile(r",|\bon\b", re.IGNORECASE)  # between days that are one span only side by side: "on 3 and on 12 May"
_HALF = phrase_of("when", "half")
_HALVES = {"late": "night", "early": "morning"}
_POSSESSIVE = re.compile(r"['’]s?\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression found: its span in the sentence and the days it allows, or how to reckon them from another event."""

    start: int
    end: int
    when: When | None
    shift_days: int | None = None  # reckoned from the event told before: 0 the same day, 1 the next
    time_of_day: str | None = None
    of: str = EVENT  # whose time it is: event, said, published
    calendar: str = ""  # hijri, persian, ethiopian; "" is the common one
    unsure: bool = False  # day and month could be the other way round
    note: str = ""  # what is to be said of it on the claim


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression, reckoned, before it is read together with its neighbours."""

    start: int
    end: int
    told: Span | Shift
    reads: str
    of: str


def find_dates(text: str, anchor: date | None, order: str | None = None) -> list[Dated]:
    """The date expressions of a sentence, left to right. Without an anchor, only full dates give days.

    ``order`` is "day" or "month", whatever comes first in dates of numbers alone (``times.order``).
    """
    if not hints().search(text):
        return []
    found = _timed(_joined(_merged(_reckoned(text, anchor, order), text), text), text)
    return [_dated(one, text, anchor) for one in found if not _compared().search(text[max(0, one.start - _AROUND) : one.start])]


@cache
def _compared() -> re.Pattern[str]:
    """What stands before a day that only a comparison names: "the deadliest attack since July" was not in July."""
    leads = r"(?:the|its|their|his|her)\s+(?:single\s+)?"
    return re.compile(rf"\b{leads}(?:{any_word('superlative')})\b[^.;:]*\bsince\s+(?:(?:the|early|late|mid)[\s-]+)*\Z", re.IGNORECASE)


def _reckoned(text: str, anchor: date | None, order: str | None) -> list[_Found]:
    """Every expression of the table that stands for days."""
    table, found = expressions(), []
    small_anyway = text == text.lower()
    for match in table.pattern.finditer(text):
        reads, groups = table.told(match)
        if reads == "bare month" and not small_anyway and not (groups["m"] or " ")[0].isupper():
            continue
        start, end = match.span()
        words = " ".join(match.group().lower().split())
        of = whose(text, start, end)
        told = Told(words, groups, anchor, order, text[max(0, start - _AROUND) : start].lower(), text[end : end + _AROUND], of)
        try:
            reckoned = RECKONERS[reads](told)
        except (ValueError, OverflowError):  # "31 June", "year 0": no such day
            continue
        if reckoned is not None:
            found.append(_Found(start, end, reckoned, reads, of))
    return found


def _merged(found: list[_Found], text: str) -> list[_Found]:
    """A day told twice side by side is one: "Sunday, 15 May", "today (Friday)", "12 Ramadan 1437 (17 June 2016)"."""
    kept: list[_Found] = []
    for one in found:
        before = kept[-1] if kept else None
        same = _same_day(before, one) if before is not None and _BESIDE.match(text[before.end : one.start]) else None
        if before is not None and same is not None:
            kept[-1] = replace(
                one, start=before.start, told=same, reads=one.reads if before.reads == "weekday" else before.reads, of=before.of
            )
        else:
            kept.append(one)
    return kept


def _same_day(one: _Found, other: _Found) -> Span | None:
    """What two expressions side by side say together: the written date, with a note where the weekday is not its own."""
    first, second = one.told, other.told
    if not isinstance(first, Span) or not isinstance(second, Span) or first.first is None or second.first is None:
        return None
    if first.calendar != second.calendar:
        common, apart = (second if first.calendar else first), abs(first.first - second.first)
        return common if apart <= _WEEK and common.first == common.last else None
    if second.first != second.last or first.first != first.last:
        return None
    part = first.part or second.part
    if first.first == second.first:
        return replace(first if first.basis is Basis.STATED else second, part=part)
    weekday, stated = (first, second) if one.reads == "weekday" else (second, first)
    if (one.reads == "weekday") is (other.reads == "weekday") or stated.basis is not Basis.STATED or weekday.first is None:
        return None
    same = stated.first is not None and stated.first.weekday() == weekday.first.weekday()
    return replace(stated, part=part, note="" if same else f"{stated.first} is no {weekday.first:%A}")


def _joined(found: list[_Found], text: str) -> list[_Found]:
    """Two dates side by side as one span: "in November and December last year", "on Saturday and Sunday"."""
    kept: list[_Found] = []
    for one in found:
        before = kept[-1] if kept else None
        span = _from_to(before, one, text[before.end : one.start]) if before is not None else None
        if before is not None and span is not None:
            kept[-1] = _Found(before.start, one.end, span, "range", before.of)
        else:
            kept.append(one)
    return kept


def _from_to(one: _Found, other: _Found, between: str) -> Span | None:
    first, second = one.told, other.told
    if not (isinstance(first, Span) and isinstance(second, Span)) or not _AND.match(between):
        return None
    if first.part and second.part and "again" in between:
        return None  # "on Saturday evening and again on Sunday morning": twice
    if first.first is None or first.last is None or second.last is None or second.first is None:
        return None
    start = first.first
    if one.reads == "bare month" and other.reads == "month":
        start = start.replace(year=second.first.year - (start.month > second.first.month))  # "from June to August 2021"
    if start > second.last and one.reads == other.reads == "weekday":
        start -= _WEEK  # "from Thursday to Monday", told on a Friday
    adjoining = second.first - first.last == DAY
    if start >= second.last or not (adjoining or (second.last - start).days <= _JOINED_DAYS) or (_APART.search(between) and not adjoining):
        return None
    return replace(first, first=start, last=second.last, part=first.part if second.part in (None, first.part) else None)


def _timed(found: list[_Found], text: str) -> list[_Found]:
    """Gives clocks and parts of the day to the days they stand beside."""
    for clock in sorted(clocks(text), key=lambda clock: (not clock.exact, clock.start)):
        able = [(_gap(one, clock), n) for n, one in enumerate(found) if _may_be_at(one, clock, text)]
        gap, at = min(able, default=(_CLOCK_REACH, -1))
        if gap < _CLOCK_REACH:
            found[at] = replace(found[at], told=replace(found[at].told, part=clock.told))
    return found


def _gap(one: _Found, clock: Clock) -> int:
    return max(clock.start - one.end, one.start - clock.end)


def _may_be_at(one: _Found, clock: Clock, text: str) -> bool:
    """Whether a day may have a time of day: no longer than a night, without one, and not that of a saying further off."""
    told, gap = one.told, _gap(one, clock)
    exact = told.part is not None and ":" in told.part
    if gap < 0 or exact or (told.part is not None and not clock.exact):
        return False
    if isinstance(told, Span) and (told.first is None or told.last is None or told.last - told.first > (1 + 2 * bool(told.calendar)) * DAY):
        return False
    between = text[min(one.end, clock.end) : max(one.start, clock.start)]
    return one.of == EVENT or (gap <= _SAID_REACH and "," not in between)


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<lead>{any_word('lead')})\s+(?:(?:the|at\s+least|early\s+on|late\s+on|late|early|on)\s+)?\Z", re.IGNORECASE)


def _dated(one: _Found, text: str, anchor: date | None) -> Dated:
    """An expression with what stands before it: since, until, before, late on, the eve of."""
    told, of = one.told, one.of
    if isinstance(told, Shift):
        return Dated(one.start, one.end, None, told.days, told.part, of)
    before = text[max(0, one.start - _AROUND) : one.start]
    half = _HALF.search(before)
    if half is not None and told.part is None and told.first == told.last:
        told = replace(told, part=_HALVES[half["half"].lower()])
    lead = _leads().search(before)
    if lead is not None:
        told = _led(told, meaning("lead", lead["lead"]) or "", one.reads, text[one.end :], anchor)
    when = When(start=told.first, end=told.last, basis=told.basis, words=text[one.start : one.end], time_of_day=told.part)
    return Dated(one.start, one.end, when, None, told.part, of, told.calendar, told.unsure, told.note)


def _led(told: Span, lead: str, reads: str, after: str, anchor: date | None) -> Span:
    """A span opened or moved by the word before it."""
    first, last = told.first, told.last
    if first is None or last is None:
        return told
    if lead == "since" and reads not in ("range", "years"):
        return replace(told, last=None)
    if lead == "until" or (lead == "by" and (first != last or anchor is None or last > anchor)):
        return replace(told, first=None)
    if lead == "before":
        return replace(told, first=None, last=first - DAY)
    if lead == "after" and reads not in SPOKEN and not _POSSESSIVE.match(after):
        return replace(told, first=last + DAY, last=None)
    if lead.startswith("week"):
        return _by_week(told, first, last, lead)
    if lead == "eve":
        return replace(told, first=first - DAY, last=last - DAY)
    return _by_night(told, first, last, lead, anchor) if lead.startswith("night") else told


def _by_week(told: Span, first: date, last: date, lead: str) -> Span:
    """The week of a day, Monday to Sunday, or the seven days that end with it."""
    if first != last:
        return told
    first, last = week_span(first) if lead == "week of" else (last - 6 * DAY, last)
    return replace(told, first=first, last=last)


def _by_night(told: Span, first: date, last: date, lead: str, anchor: date | None) -> Span:
    """ "Overnight on Tuesday" goes into the next day, unless the report is older; "overnight into Wednesday" began the day before."""
    part = told.part or "night"
    if first != last or lead == "night":
        return replace(told, part=part)
    into = lead == "night into" or (anchor is not None and last >= anchor)
    return replace(told, first=first - into * DAY, last=last + timedelta(days=not into), part=part)
