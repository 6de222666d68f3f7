"""Times in single sentences: ``tests/times/times.tsv`` tells for each expression the days it allows, reckoned from the report's day.

An expectation lists the times of a sentence in order, between `` ; ``; ``none`` expects no time with a day. A time is a day, or
FIRST..LAST with an open end left empty, or ``+1``, days after what was told before; then the time of day, and ``unsure`` or a
calendar where the words are. Before it stands ``said`` or ``published`` where it is not the happening's. The first half of the rows
was written before the code was read against any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from conftest import Code, reading
from thucydides.claims import Coder
from thucydides.claims.times.anchor import own_day
from thucydides.claims.times.calendars import easter, ethiopian, hijri, persian
from thucydides.claims.times.clock import time_of_day
from thucydides.claims.times.order import day_order
from thucydides.claims.when import Dated, find_dates
from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table
from thucydides.record import Basis, When

TABLE = Path(__file__).parent / "times" / "times.tsv"
COLUMNS = ("half", "text", "published", "country", "expected", "reason")
FLOOR = 0.97
ROWS = 420


@cache
def table() -> tuple[Row, ...]:
    errors: list[BadRoster] = []
    rows = tuple(read_table(TABLE, COLUMNS, errors))
    assert not errors, errors
    return rows


def told(dated: Dated) -> str:
    """A time as the table writes it."""
    if dated.when is None:
        days = f"{dated.shift_days:+d}"
    else:
        first, last = dated.when.start, dated.when.end
        days = str(first) if first == last else f"{first or ''}..{last or ''}"
    parts = ("" if dated.of == "event" else dated.of, days, dated.time_of_day or "", "unsure" if dated.unsure else "", dated.calendar)
    return " ".join(part for part in parts if part)


def read(row: Row) -> str:
    """All times of a row's sentence as the table writes them."""
    found = find_dates(row["text"], date.fromisoformat(row["published"]), day_order(row["text"], row["country"] or None))
    clock = time_of_day(row["text"])
    return " ; ".join(map(told, found)) or ("none" if clock is None else f"none {clock.told}")


def wrong(half: str | None = None) -> Iterator[str]:
    for row in table():
        if half in (None, row["half"]) and (got := read(row)) != row["expected"]:
            yield f"line {row.line}, {row['published']}: {row['text']!r} ({row['reason']}): expected {row['expected']!r}, got {got!r}"


def test_the_table_is_long_enough() -> None:
    assert len(table()) >= ROWS


@pytest.mark.parametrize("half", [None, "1", "2"])
def test_times_are_read_as_expected(half: str | None) -> None:
    faults = list(wrong(half))
    rows = sum(half in (None, row["half"]) for row in table())
    share = 1 - len(faults) / rows
    assert share >= FLOOR, f"{share:.3f} of {rows} rows are read as expected:\n" + "\n".join(faults)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (hijri(1, 1, 1), date(622, 7, 19)),  # 16 July of the Julian calendar
        (hijri(1400, 1, 1), date(1979, 11, 21)),
        (hijri(1445, 9, 1), date(2024, 3, 11)),
        (persian(1357, 11, 22), date(1979, 2, 11)),
        (persian(1400, 1, 1), date(2021, 3, 21)),
        (persian(1399, 12, 30), date(2021, 3, 20)),
        (ethiopian(2000, 1, 1), date(2007, 9, 12)),
        (ethiopian(2013, 2, 25), date(2020, 11, 4)),
        (easter(2000), date(2000, 4, 23)),
        (easter(2024), date(2024, 3, 31)),
    ],
)
def test_days_of_other_calendars(day: date, expected: date) -> None:
    assert day == expected


@pytest.mark.parametrize(
    ("start", "end", "time_of_day", "expected"),
    [
        (date(2016, 5, 3), date(2016, 5, 3), None, "day"),
        (date(2016, 5, 3), date(2016, 5, 4), "night", "day"),
        (date(2016, 5, 3), date(2016, 5, 4), None, "days"),
        (date(2016, 5, 9), date(2016, 5, 15), None, "week"),
        (date(2016, 5, 1), date(2016, 5, 10), None, "month"),
        (date(2016, 5, 1), date(2016, 5, 31), None, "month"),
        (date(2016, 1, 1), date(2016, 12, 31), None, "year"),
        (date(1990, 1, 1), date(1999, 12, 31), None, "years"),
        (date(2012, 1, 1), None, None, "open"),
    ],
)
def test_precision(start: date | None, end: date | None, time_of_day: str | None, expected: str) -> None:
    assert When(start=start, end=end, basis=Basis.STATED, time_of_day=time_of_day).precision == expected


def test_a_saying_has_its_own_day(code: Code) -> None:
    (flat,) = code("Police said on Tuesday that gunmen had killed two policemen in Tal Afar on Sunday.", published="2016-05-18").flat
    assert flat["date"]["start"] == "2016-05-15" and flat["said_on"]["start"] == "2016-05-17"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "start", "note"),
    [
        ("Gunmen killed two policemen in Tal Afar on 20 June 2016.", "2016-06-20", "header's date and the text disagree"),
        ("Gunmen killed two policemen in Tal Afar on 04/03/2016.", "2016-03-04", "2016-03-04 or 2016-04-03"),
        ("Gunmen killed two policemen in Tal Afar on 12 Rajab 1437.", "2016-04-19", "Hijri calendar"),
        ("Gunmen killed two policemen in Tal Afar today (Friday).", "2016-05-20", "reckoned from 2016-05-20"),
        ("BAGHDAD, 15 May (Reuters) - Gunmen killed two policemen in Tal Afar yesterday.", "2016-05-14", "reckoned from 2016-05-15"),
    ],
)
def test_what_is_odd_about_a_day_is_said_on_the_claim(text: str, start: str, note: str, code: Code) -> None:
    (flat,) = code(text, published="2016-05-18").flat
    assert flat["date"]["start"] == start  # type: ignore[index]
    assert any(note in told for told in flat["notes"]), flat["notes"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "published", "start", "end", "reason"),
    [
        (
            "29-06-2016 Seven Killed in Tal Abyad Bombing. Seven civilians were killed in a car bomb attack in Tal Abyad on Wednesday.",
            "2016-06-02",
            "2016-06-29",
            "2016-06-29",
            "the header's day is the report's",
        ),
        (
            "Gunmen killed two policemen in Tal Afar on Tuesday, the ministry said. 3 May 2016 was a holiday.",
            "2016-05-18",
            "2016-05-17",
            "2016-05-17",
            "a day in a sentence is no header",
        ),
        (
            "Thirty soldiers were killed in shelling of Homs since Sunday.",
            "2016-05-18",
            "2016-05-15",
            "2016-05-18",
            "what is over ends with the report",
        ),
        ("Rebels have been shelling Homs since Sunday.", "2016-05-18", "2016-05-15", None, "what goes on has an open end"),
    ],
)
def test_where_a_span_begins_and_ends(text: str, published: str, start: str, end: str | None, reason: str, code: Code) -> None:
    days = [flat["date"] for flat in code(text, published=published).flat if flat["kind"] == "event"]
    assert days and all((day["start"], day["end"]) == (start, end) for day in days), (reason, days)  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Gunmen who rejected the 2015 peace deal killed two policemen in Tal Afar.", "the day of a thing"),
        ("Rocket fire killed eight civilians in Al-Bab, the third massacre in 2015.", "what happenings are counted over"),
    ],
)
def test_days_that_are_no_happenings(text: str, reason: str, code: Code) -> None:
    days = [flat["date"] for flat in code(text, published="2016-05-18").flat if flat["kind"] == "event"]
    assert days and all(day is None or not str(day["start"]).startswith("2015") for day in days), (reason, days)  # type: ignore[index]


def test_no_day_is_weighed_beside_the_days_around(coder: Coder) -> None:
    report = reading("Gunmen killed two policemen in Tal Afar.", published="2016-05-18")
    (draft,) = (draft for claim, draft in coder.account(report))
    assert {w.words for w in draft.weighed["date"]} >= {"no day", "the day of the report"}


def test_a_copy_is_reckoned_from_the_day_of_what_it_copies() -> None:
    text = (
        "Rebels lose two villages\n\nBy [Northern Wire](#)\n\nWorld Digest, March 05, 2019\n\n[Northern Wire](#) 3 March 2019\n\n"
        "Region: [Africa](#)\n\nThe army captured two villages near Kidal today, officials said. The rebels withdrew to the north."
    )
    report = reading(text)
    assert report.published == date(2019, 3, 5)
    assert own_day(report) == date(2019, 3, 3)
