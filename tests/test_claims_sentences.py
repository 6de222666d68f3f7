"""What the coder reads in single sentences: tables in ``tests/sentences`` of text, day of the report, claims expected and the reason.

``expected.py`` says how an expectation is written. A row whose column ``beside`` says ``war`` is read in a report that goes on with
fighting: an arrest or an accord on its own may be anybody's news, beside a war it is the war's business. ``¶`` begins a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from conftest import Code
from expected import missing, parse
from thucydides.errors import BadRoster
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


def rows() -> list[object]:
    """Every row of every table, named by the table and the reason."""
    return [
        pytest.param(row, id=f"{path.stem}:{row.line} {row['reason']}"[:90].replace("[", "(").replace("]", ")"))
        for path in sorted(FOLDER.glob("*.tsv"))
        for row in table(path.stem)
    ]


@pytest.mark.parametrize("row", rows())
def test_sentence(row: Row, code: Code) -> None:
    text = row["text"].replace(" ¶ ", "\n\n")
    coded = code(text + (WAR if row["beside"] == "war" else ""), published=row["published"])
    claims: list[Mapping[str, object]] = [
        flat for claim, flat in zip(coded.claims, coded.flat, strict=True) if claim.evidence[0].start < len(text)
    ]
    faults = missing(row["expected"], claims)
    assert not faults, f"{text!r} ({row['reason']}): {'; '.join(faults)}"


def test_every_type_of_event_has_a_row() -> None:
    told = {claim["type"] for row in table("types") for claim in parse(row["expected"]) if "type" in claim}
    assert len(told) == SUB_EVENTS, sorted(told)
