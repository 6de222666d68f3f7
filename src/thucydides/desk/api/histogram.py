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


def histogram(columns: Columns, mask: Array, since: date | None = None, until: date | None = None) -> Histogram:
    """Counts of what a mask asks for, between two days or over all days that there are; a span counts on its first day."""
    total = int(np.count_nonzero(mask))
    rows = np.flatnonzero(mask[: columns.dated])
    undated = total - len(rows)
    if not len(rows):
        return Histogram(unit="day", bins=[], undated=undated, total=total)
    days = columns.day[rows]  # ascending, as all rows are
    first = since or date.fromordinal(int(days[0]))
    last = until or date.fromordinal(int(days[-1]))
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
    return Histogram(unit=unit, bins=bins, undated=undated, total=total)


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
