"""How well place and day are known, in the grades of ACLED."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from thucydides.exports.flat import Flat

PART_OF_REGION_KM = 25.0
"""An area that reaches no further is a small part of a region (grade 2); a larger one is a region (grade 3)."""

_TIME_GRADES = {"day": 1, "days": 2, "week": 2, "month": 3}
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
    grade = _TIME_GRADES.get(str(when["precision"])) if when is not None else None
    if when is None or grade is None:
        return None
    first, last = date.fromisoformat(cast("str", when["start"])), date.fromisoformat(cast("str", when["end"]))
    if first > last:
        return None
    if grade == 1:
        return first, 2 if when["basis"] == "published" else 1
    return first + timedelta(days=(last - first).days // 2), grade
