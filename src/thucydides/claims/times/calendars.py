"""Days of other calendars: lunar Hijri, the solar calendar of Iran and Afghanistan, Ethiopian; and Easter.

The arithmetic is that of Reingold and Dershowitz, *Calendrical Calculations*. The lunar months are tabular (30 and 29 days, eleven
leap days in thirty years, counted from 16 July 622): what is told goes by the moon as seen, so a date may lie a day to either side
(of 432 first days of Saudi months, 1990 to 2024, 422 lie no further off).
The solar leap years follow the cycle of 33 years, which holds from 1343 to 1472 (1964 to 2093).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_HIJRI_EPOCH = 227015  # the day 16 July 622 of the Julian calendar, as date.toordinal counts
_ETHIOPIAN_EPOCH = 2796  # 29 August 8, Julian
_PERSIAN_START = date(2016, 3, 20)  # 1 Farvardin 1395
_PERSIAN_YEAR = 1395
_SOLAR_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def hijri(year: int, month: int, day: int) -> date:
    """A day of the tabular lunar calendar."""
    _check(month, 12, day, 30)
    ordinal = _HIJRI_EPOCH - 1 + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    return date.fromordinal(ordinal)


def persian(year: int, month: int, day: int) -> date:
    """A day of the solar Hijri calendar: six months of 31 days, five of 30, and the last."""
    _check(month, 12, day, 31 if month <= 6 else 30)
    first = _PERSIAN_START
    low, high = sorted((year, _PERSIAN_YEAR))
    days = sum(366 if y % 33 in _SOLAR_LEAPS else 365 for y in range(low, high))
    first += timedelta(days=days if year >= _PERSIAN_YEAR else -days)
    return first + timedelta(days=31 * (month - 1) - max(0, month - 7) + day - 1)


def ethiopian(year: int, month: int, day: int) -> date:
    """A day of the Ethiopian calendar: twelve months of 30 days and Pagume."""
    _check(month, 13, day, 30 if month <= 12 else 6)
    return date.fromordinal(_ETHIOPIAN_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian rule)."""
    century = year // 100
    golden = year % 19
    skipped = (century - (8 * century + 13) // 25 - century // 4 + 19 * golden + 15) % 30
    moon = skipped - (skipped // 28) * (1 - (skipped // 28) * (29 // (skipped + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


def _check(month: int, months: int, day: int, days: int) -> None:
    if not (1 <= month <= months and 1 <= day <= days):
        raise ValueError(f"no such day: {day} of month {month}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar: how a day of it is found, its months, how many years it lags, how many days an answer may be off."""

    name: str
    day: Callable[[int, int, int], date]
    months: int
    lag_years: float  # of its years, behind the common year
    pace: float  # its years in a common year
    slack_days: int = 0

    def year_near(self, on: date) -> int:
        """The year of it in which a common day falls, one more or less."""
        return round((on.year - self.lag_years) * self.pace)

    def month(self, year: int, month: int) -> tuple[date, date]:
        """First and last day of a month."""
        after = (year, month + 1) if month < self.months else (year + 1, 1)
        return self.day(year, month, 1), self.day(*after, 1) - timedelta(days=1)

    def year(self, year: int) -> tuple[date, date]:
        """First and last day of a year."""
        return self.day(year, 1, 1), self.day(year + 1, 1, 1) - timedelta(days=1)


CALENDARS: Mapping[str, Calendar] = {
    "hijri": Calendar("hijri", hijri, 12, 621.5, 1.0307, slack_days=1),
    "persian": Calendar("persian", persian, 12, 621, 1.0),
    "ethiopian": Calendar("ethiopian", ethiopian, 13, 8, 1.0),
}
