"""How well place and day are known, in the grades of ACLED and of UCDP."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from thucydides.exports.flat import Flat
from thucydides.places import Gazetteer

PART_OF_REGION_KM = 25.0
"""An area that reaches no further is a small part of a region (grade 2); a larger one is a region (grade 3)."""

_TIME_GRADES = {"day": 1, "days": 2, "week": 2, "month": 3}
_DATE_GRADES = {"day": 1, "days": 2, "week": 3, "month": 4, "year": 5}
_GRADES = {"place": 1, "part": 1, "near": 2, "admin1": 3, "country": 3}
_WHERE_GRADES = {"place": 1, "part": 1, "near": 2, "admin1": 4, "country": 6}
_SECOND_LEVEL, _STRETCH, _WATERS = 3, 5, 7


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


def where_precision(place: Flat) -> int | None:
    """UCDP's ``where_prec``; ``None`` where the place is not known.

    1 the place itself, 2 within 25 km of it, 3 a second-level area, 4 a first-level one, 5 a larger or vaguer stretch, 6 the country,
    7 a sea. Second-level areas and seas are told by the shipped gazetteer's kind of the place.
    """
    if place["precision"] != "area":
        return _WHERE_GRADES.get(str(place["precision"]))
    kind = _kind_of(place)
    if kind in ("admin2", "sea"):
        return _SECOND_LEVEL if kind == "admin2" else _WATERS
    radius_km = place["radius_km"]
    return 2 if isinstance(radius_km, int | float) and radius_km <= PART_OF_REGION_KM else _STRETCH


def _kind_of(place: Flat) -> str:
    found = Gazetteer.open().candidates(str(place["name"]), even_never=True) if place["place"] else ()
    return next((match.place.kind for match in found if match.place.id == place["place"]), "")


def days_of(when: Flat | None) -> tuple[date, date, int] | None:
    """First day, last day and UCDP's ``date_prec``: 1 the day, 2 up to six days, 3 the week, 4 the month, 5 the year.

    ``None`` when the day is known to less than a year or the span has an open end. A night counts as the day on which it began. A day
    that is only the report's own, for want of any other, is never better than 2.
    """
    grade = _DATE_GRADES.get(str(when["precision"])) if when is not None else None
    if when is None or grade is None:
        return None
    first, last = date.fromisoformat(cast("str", when["start"])), date.fromisoformat(cast("str", when["end"]))
    if first > last:
        return None
    return (first, first, 2 if when["basis"] == "published" else 1) if grade == 1 else (first, last, grade)
