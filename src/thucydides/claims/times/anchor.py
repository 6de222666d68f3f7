"""The day from which a report reckons: the one it bears, unless its own words are at odds with that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from thucydides.claims.times.vocabulary import numbers, written_out
from thucydides.claims.when import find_dates
from thucydides.record import Report
from thucydides.reports.dates import find_dates as whole_dates

_DAY = r"(?P<{0}>mon|tues|wednes|thurs|fri|satur|sun)day\b"
_SPOKEN_ON = re.compile(
    r"\b(?:said|says|told|announced|reported|reports|statement|added|confirmed)\b[^.;:]{0,30}?\b"
    + _DAY.format("said")
    + r"|\bearlier (?:on )?"
    + _DAY.format("earlier"),
    re.I,
)
_NAMED = re.compile(written_out(r"\b(?P<word>today|yesterday|tomorrow)(?:\s*\(|,\s+|\s+){weekday:w}\b"), re.I)
_OFF_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_WEEKDAY = re.compile(written_out(r"\b{weekday:w}\b"), re.I)
_NO_MORE = re.compile(r"\w+[\s,.(]*")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = 7
_DATELINE_DAYS = 7  # a dateline further off is a date of something else
_HEADER_DAYS = 45  # a page's own line further off tells of an archive, not of the report


def own_day(report: Report) -> date | None:
    """The day from which a report reckons: its dateline's, if a little older than the day it came with; its header's; else that day.

    One that came without any reckons from the last whole date told with a weekday that the text also tells alone.
    """
    if report.published is None:
        return weekday_written_out(report.reading)
    return spoken_day(_dateline_day(report) or _header_day(report) or report.published, report.reading)


def weekday_written_out(text: str) -> date | None:
    """The day of "Friday, 22 April 2022" in a caption, where the report goes on with "on Friday" alone."""
    named = {m.start(): numbers("weekday")[m["w"].lower()] for m in _WEEKDAY.finditer(text)}
    whole = [(told, at) for told in whole_dates(text) if (at := _beside(text, told.start, named)) is not None]
    alone = {weekday for at, weekday in named.items() if all(at != beside for _, beside in whole)}
    return max((told.day for told, at in whole if not told.unsure and told.day.weekday() == named[at] and named[at] in alone), default=None)


def _beside(text: str, start: int, named: Mapping[int, int]) -> int | None:
    """Where the weekday of a whole date stands: in it, or right before it."""
    return next((at for at in named if 0 <= at - start < 3 or (at < start and _NO_MORE.fullmatch(text[at:start]))), None)


def _dateline_day(report: Report) -> date | None:
    if report.published is None:
        return None
    for section in report.sections:
        if section.kind == "dateline":
            days = [d.when.start for d in find_dates(report.reading[section.start : section.end], report.published) if d.when is not None]
            return next((day for day in days if day is not None and 0 <= (report.published - day).days <= _DATELINE_DAYS), None)
    return None


def _header_day(report: Report) -> date | None:
    """The day that the text's own header gives, where it is near the day the report came with: of the two the text wins.

    Where it gives several, a copy names the day of what it copies too: its words are reckoned from that.
    """
    if report.published is None:
        return None
    headers = (report.text[section.start : section.end] for section in report.sections if section.kind == "header")
    days = [told.day for header in headers for told in whole_dates(header) if not told.unsure]
    near = [day for day in days if abs((report.published - day).days) <= _HEADER_DAYS]
    return min((day for day in near if 0 <= (near[0] - day).days <= _DATELINE_DAYS), default=None)


def spoken_day(published: date | None, text: str) -> date | None:
    """The day from which a text reckons, given the one it bears. Where the two plainly disagree, the text wins.

    "Today (Friday)" is the Friday nearest to the day given. News tells what was said today or yesterday: where every "said on
    Tuesday" and "earlier Tuesday" would lie five or six days back and tomorrow or the day after is such a day, the day given is too
    early by as much.
    """
    if published is None:
        return None
    named = {(numbers("weekday")[m["w"].lower()] - _OFF_DAYS[m["word"].lower()]) % _WEEK for m in _NAMED.finditer(text)}
    if len(named) == 1:
        ahead = (named.pop() - published.weekday()) % _WEEK
        return published + timedelta(days=ahead if ahead <= _WEEK // 2 else ahead - _WEEK)
    spoken = [(m["said"] or m["earlier"]).lower() for m in _SPOKEN_ON.finditer(text)]
    back = {(published.weekday() - _WEEKDAYS.index(day[:3])) % _WEEK for day in spoken}
    if not back or min(back) < 5:
        return published
    return published + timedelta(days=_WEEK - min(back))
