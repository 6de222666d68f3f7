"""How well place and day are known, in the grades of ACLED."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from thucydides.exports.flat import Flat

PART_OF_REGION_KM = 25.0
"""An area that reaches no further is a small part of a region (grade 2); a larger one is a region (grade 3)."""
WEEK_DAYS = 9
"""A week with a weekend at either end: the longest span that still counts as known to the week."""
MONTH_DAYS = 31

_GRADES = {"place": 1, "part": 1, "near": 2, "admin1": 3, "country": 3}


def geo_precision(place: Flat) -> int | None:
    """1 the town is named, 2 near it or a small area, 3 a region or more; ``None`` where the place is not known."""
    if place["precision"] == "area":
        radius_km = place["radius_km"]
        return 2 if isinstance(radius_km, int | float) and radius_km <= PART_OF_REGION_KM else 3
    return _GRADES.get(str(place["precision"]))


def day_of(when: Flat | None) -> tuple[date, int] | None:
    """The day to file an event under and its time precision: 1 the day, 2 the week, 3 the month.

    ``None`` when the day is known to less than a month or the span has an open end. The day of a longer span is its middle. A night
    counts as the day on which it began. A day that is only the report's own, for want of any other, is never better than 2.
    """
    if when is None or not when["start"] or not when["end"]:
        return None
    first, last = date.fromisoformat(cast("str", when["start"])), date.fromisoformat(cast("str", when["end"]))
    length_days = (last - first).days + 1
    if length_days < 1 or length_days > MONTH_DAYS:
        return None
    if length_days == 1:
        return first, 2 if when["basis"] == "published" else 1
    if length_days == 2 and when["time_of_day"] == "night":
        return first, 1
    return first + timedelta(days=(length_days - 1) // 2), 2 if length_days <= WEEK_DAYS else 3
