"""A capital that speaks, a building for who sits in it and a people are no places of what happened, read by the whole coder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from conftest import Code
from thucydides.errors import BadRoster
from thucydides.exports.flat import Flat
from thucydides.lexicon import Row, read_table
from thucydides.places.names import fold_name

TABLE = Path(__file__).parent / "places_metonyms.tsv"
FLOOR = 0.8
"""The share of sentences that must be read as expected; it only goes up. Measured: 52 of 61. A name has no sentence around it when it is
looked up, so a capital that speaks must be told from a place by whoever reads the sentence: the marks of the claims room."""


@cache
def rows() -> tuple[Row, ...]:
    errors: list[BadRoster] = []
    found = tuple(read_table(TABLE, ("text", "right", "wrong", "reason"), errors))
    assert not errors, errors
    return found


def places_of(text: str, code: Code) -> set[str]:
    """The folded names of all places of a text's claims."""
    found = [place for flat in code(text, published="2023-05-18").flat for place in cast("list[Flat]", flat["places"])]
    return {fold_name(name) for place in found for name in (cast("str", place["name"]), *cast("list[str]", place["aliases"]))}


def fault(row: Row, code: Code) -> str:
    found = places_of(row["text"], code)
    lacking = [name for name in row.values("right") if not any(fold_name(name) in one for one in found)]
    extra = [name for name in row.values("wrong") if fold_name(name) in found]
    return f"line {row.line}: lacks {lacking}, has {extra}: {row['text']} ({row['reason']})" if lacking or extra else ""


def test_names_that_are_no_place_of_what_happened(code: Code) -> None:
    assert len(rows()) >= 60
    faults = [one for row in rows() if (one := fault(row, code))]
    assert len(faults) <= (1 - FLOOR) * len(rows()), "\n".join(faults)
