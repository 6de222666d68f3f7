"""What the coder reads in single sentences: tables in ``tests/sentences`` of text, day of the report, claims expected and the reason.

``expected.py`` says how an expectation is written. A row whose column ``beside`` says ``war`` is read in a report that goes on with
fighting: an arrest or an accord on its own may be anybody's news, beside a war it is the war's business. ``¶`` begins a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from conftest import Code
from expected import missing, parse
from thucydides.errors import BadRoster
from thucydides.exports.flat import Flat
from thucydides.lexicon import Row, read_table

FOLDER = Path(__file__).parent / "sentences"
COLUMNS = ("text", "published", "beside", "expected", "reason")
WAR = "\n\nGunmen killed two soldiers in an ambush on Monday. Soldiers and rebels also fought on Sunday, and rebels shelled an army base."
SUB_EVENTS = 25


@cache
def table(name: str) -> tuple[Row, ...]:
    errors: list[BadRoster] = []
    rows = tuple(read_table(FOLDER / f"{name}.tsv", COLUMNS, errors))
    assert not errors, errors
    return rows


FLOORS: Mapping[str, float] = {
    "attribution": 0.96,
    "control": 0.92,
    "dates": 0.96,
    "folding": 0.89,
    "holding": 1.0,
    "places": 0.95,
    "plans": 0.93,
    "roles": 0.89,
    "silence": 0.92,
    "tolls": 0.97,
    "totals": 0.9,
    "types": 0.76,
    "weapons": 0.9,
}
"""The share of rows of a table that must be read as expected. Floors only go up; what is read wrongly is told when one is broken."""


def faults_of(row: Row, code: Code) -> str:
    """What is read otherwise than expected in a row, "" if nothing."""
    text = row["text"].replace(" ¶ ", "\n\n")
    coded = code(text + (WAR if row["beside"] == "war" else ""), published=row["published"])
    claims: list[Mapping[str, object]] = [
        flat for claim, flat in zip(coded.claims, coded.flat, strict=True) if claim.evidence[0].start < len(text)
    ]
    faults = missing(row["expected"], claims)
    return f"line {row.line}: {text!r} ({row['reason']}): {'; '.join(faults)}" if faults else ""


def test_every_table_has_a_floor() -> None:
    assert {path.stem for path in FOLDER.glob("*.tsv")} == set(FLOORS)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_table(name: str, code: Code) -> None:
    rows = table(name)
    wrong = [told for row in rows if (told := faults_of(row, code))]
    share = 1 - len(wrong) / len(rows)
    assert share >= FLOORS[name], f"{name}: {share:.3f} of {len(rows)} rows are read as expected:\n" + "\n".join(wrong)


def test_every_type_of_event_has_a_row() -> None:
    told = {claim["type"] for row in table("types") for claim in parse(row["expected"]) if "type" in claim}
    assert len(told) == SUB_EVENTS, sorted(told)


def test_a_quarter_told_again_is_the_same(code: Code) -> None:
    text = (
        "The army took the southern part of Hamidiyah neighborhood in the city of Deir Ezzor on Monday. Shells also hit Homs.\n\n"
        "On Wednesday troops advanced deeper in Hamidiyah, clashing with rebels."
    )
    found = [p for flat in code(text, published="2017-11-03").flat for p in cast("list[Flat]", flat["places"]) if "Hamid" in str(p["name"])]
    assert len(found) > 1
    assert all(abs(cast("float", place["lat"]) - 35.33) < 0.03 for place in found), found


@pytest.mark.parametrize(("first", "second", "lat"), [("Deir Ezzor", "Homs", 35.33), ("Homs", "Deir Ezzor", 34.73)])
def test_a_quarter_is_of_the_city_named_before_it(code: Code, first: str, second: str, lat: float) -> None:
    """Both cities have a Hamidiyah."""
    text = f"The army entered {first} city on Monday. On Tuesday troops captured Hamidiyah neighborhood. Shells also hit {second} city."
    found = [p for flat in code(text, published="2017-11-03").flat for p in cast("list[Flat]", flat["places"]) if "Hamid" in str(p["name"])]
    assert found
    assert all(abs(cast("float", place["lat"]) - lat) < 0.03 for place in found), found
