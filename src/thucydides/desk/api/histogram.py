"""Incidents over time, counted."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from thucydides.desk.api.columns import Columns
from thucydides.desk.api.rows import Array
from thucydides.desk.api.shapes import Bin, Histogram

MOST_BARS = 120
FEW_TYPES = 8  # with more the bars are told by family
UNITS = ("day", "week", "month", "year", "decade", "century")


FEW = 0.01
"""The share of the earliest, and of the latest, without which a stretch of time is its core."""
SHORTER = 0.6
"""How much shorter the core must be to be shown in place of the whole."""


def histogram(columns: Columns, mask: Array, since: date | None = None, until: date | None = None, *, core: bool = False) -> Histogram:
    """Counts of what a mask asks for, between two days or over all days that there are; a span counts on its first day.

    ``core``: without the few earliest and latest where they lie far off, as the dates of a war's forerunners do.
    """
    total = int(np.count_nonzero(mask))
    rows = np.flatnonzero(mask[: columns.dated])
    undated = total - len(rows)
    if not len(rows):
        return Histogram(unit="day", bins=[], undated=undated, total=total, outside=0, earliest=None, latest=None)
    days = columns.day[rows]  # ascending, as all rows are
    earliest, latest = date.fromordinal(int(days[0])), date.fromordinal(int(days[-1]))
    first, last = _core(days) if core else (earliest, latest)
    first, last = since or first, until or last
    first, last = min(first, last), max(first, last)
    unit, starts = _bars(first, last)
    edges = np.array([*(start.toordinal() for start in starts), last.toordinal() + 1])
    cuts = np.searchsorted(days, edges)
    bars = np.repeat(np.arange(len(starts)), np.diff(cuts))
    numbers = columns["type"][rows[cuts[0] : cuts[-1]]]
    names = columns.vocabulary["type"].of
    if np.count_nonzero(np.bincount(numbers, minlength=1)) > FEW_TYPES:
        names, of = columns.families
        numbers = of[numbers]
    counted = np.bincount(bars * len(names) + numbers, minlength=len(starts) * len(names)).reshape(len(starts), len(names))
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    bins = [
        Bin(first=start, last=end, counts={names[n] or "Event": int(row[n]) for n in np.flatnonzero(row)})
        for start, end, row in zip(starts, ends, counted, strict=True)
    ]
    outside = len(rows) - int(cuts[-1] - cuts[0])
    return Histogram(unit=unit, bins=bins, undated=undated, total=total, outside=outside, earliest=earliest, latest=latest)


def _core(days: Array) -> tuple[date, date]:
    """The first and last day of most of some days, of all where most of them take nearly as long."""
    few = int(len(days) * FEW)
    first, last = (int(days[few]), int(days[-1 - few]))
    if last - first > SHORTER * (int(days[-1]) - int(days[0])):
        first, last = int(days[0]), int(days[-1])
    return date.fromordinal(first), date.fromordinal(last)


def _bars(first: date, last: date) -> tuple[str, list[date]]:
    """The finest unit with few enough bars, and the first day of every bar."""
    for unit in UNITS:
        start = _start(first, unit)
        starts = [start]
        while len(starts) <= MOST_BARS and (after := _next(starts[-1], unit)) is not None and after <= last:
            starts.append(after)
        if len(starts) <= MOST_BARS:
            return unit, starts
    raise AssertionError("a calendar of more than 120 centuries")


def _start(day: date, unit: str) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit == "month":
        return day.replace(day=1)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    return date(max(1, day.year - day.year % years), 1, 1)


def _next(start: date, unit: str) -> date | None:
    try:
        if unit in ("day", "week"):
            return start + timedelta(days=1 if unit == "day" else 7)
        if unit == "month":
            return date(start.year + start.month // 12, start.month % 12 + 1, 1)
        years = {"year": 1, "decade": 10, "century": 100}[unit]
        return date(start.year - start.year % years + years, 1, 1)
    except (OverflowError, ValueError):
        return None
