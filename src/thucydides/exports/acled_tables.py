"""The tables behind the ACLED export: sub-events, countries, and deaths told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country as ACLED files it: its name, codes and region. Kosovo has no number."""

    name: str
    iso3: str
    iso: int | None
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An actor as ACLED files it: its name there and its kind in ACLED's words."""

    name: str
    inter: str


UNNAMED_INTERS = {
    "Unidentified Military Forces": "State forces",
    "Unidentified Armed Group": "Political militia",
    "Protesters": "Protesters",
    "Rioters": "Rioters",
    "Civilians": "Civilians",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubEvent:
    """One of the 25 sub-event types and what an event of it is filed under."""

    name: str
    event_type: str
    disorder_type: str
    civilians: str  # always, possible, never
    first: str
    second: str

    def unnamed_first(self, country: Country | None) -> Filed:
        """Whom to name as first actor where the report names nobody: ACLED leaves no first actor blank."""
        return Filed(name=in_country(self.first, country), inter=UNNAMED_INTERS[self.first])

    def unnamed_second(self, country: Country | None) -> Filed | None:
        """Whom to name as second actor where the report names nobody; nobody in one-sided events."""
        return Filed(name=in_country(self.second, country), inter=UNNAMED_INTERS[self.second]) if self.second else None


def in_country(name: str, country: Country | None) -> str:
    """A name followed by the country: "Civilians (Syria)"."""
    return f"{name} ({country.name})" if country else name


def in_period(day: date, since: str, until: str) -> bool:
    """Whether a day lies in a period of the tables: each end a year, a month or a day, or empty for an open end.

    ISO dates sort as text, so an end is compared in as many letters as it has: "2019-04-30" lies in "2019-04", and in "2019".
    """
    told = day.isoformat()
    return since <= told and (not until or told[: len(until)] <= until)


def rows(file: str, *columns: str) -> Iterator[Row]:
    """The rows of a shipped table. A bad line in it is a fault of the program, so the first one is raised."""
    errors: list[BadRoster] = []
    yield from read_table(Path(__file__).with_name(file), columns, errors)
    if errors:
        raise errors[0]


@cache
def sub_events() -> dict[str, SubEvent]:
    """The sub-event types by name, highest in ACLED's hierarchy first."""
    return {
        row["id"]: SubEvent(
            name=row["id"],
            event_type=row["event_type"],
            disorder_type=row["disorder_type"],
            civilians=row["civilians"],
            first=row["first"],
            second=row["second"],
        )
        for row in rows("acled.tsv", "id", "event_type", "disorder_type", "civilians", "first", "second")
    }


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-2 code."""
    return {
        row["id"]: Country(name=row["name"], iso3=row["iso3"], iso=int(row["iso"]) if row["iso"] else None, region=row["region"])
        for row in rows("countries.tsv", "id", "name", "iso3", "iso", "region")
    }


def count_in_words(words: str) -> int | None:
    """The figure that ACLED writes for a count told in words ("dozens" is 12); ``None`` where a number is told or no such word is."""
    if re.search(r"\d", words):
        return None
    lowered = words.lower()
    return next((figure for pattern, figure in _counts() if pattern.search(lowered)), None)


@cache
def _counts() -> list[tuple[re.Pattern[str], int]]:
    return [
        (re.compile(rf"\b(?:{'|'.join(map(re.escape, row.values('words')))})\b"), int(row["figure"]))
        for row in rows("acled_counts.tsv", "id", "words", "figure")
    ]
