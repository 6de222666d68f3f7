"""Governments and their forces as ACLED brackets them: "Police Forces of Kenya (2013-2022)" (``acled_governments.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from thucydides.exports.acled_tables import countries, in_period, rows

FORCES = {"military": "Military Forces", "police": "Police Forces", "government": "Government"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Government:
    """A government of a country: what ACLED calls the country, and the first and last day as the table has them."""

    country: str
    since: str
    until: str

    @property
    def years(self) -> str:
        """The brackets: "2013-2022", or "2022-" for one that still is."""
        return f"{self.since[:4]}-{self.until[:4]}"


def force(which: str, code: str, day: date | None) -> str:
    """What ACLED calls a force of ``FORCES`` of a country on a day, without brackets where no government of that day is known.

    Without a day the last government known is taken.
    """
    governments = _governments().get(code) or _governments().get(countries()[code].iso3, ())
    name = governments[-1].country if governments else countries()[code].name
    ruling = [one for one in governments if day is None or in_period(day, one.since, one.until)]
    return f"{FORCES[which]} of {name}" + (f" ({ruling[-1].years})" if ruling else "")


@cache
def _governments() -> dict[str, tuple[Government, ...]]:
    found: dict[str, tuple[Government, ...]] = {}
    for row in rows("acled_governments.tsv", "id", "name", "since", "until"):
        one = Government(country=row["name"], since=row["since"], until=row["until"])
        found[row["id"]] = (*found.get(row["id"], ()), one)
    return found
