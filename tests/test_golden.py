"""Whole reports and the claims expected of them, to be read beside each other; a difference is written into the case's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thucydides.claims import Coder
from thucydides.exports.flat import Flat, flatten
from thucydides.reports import read

FOLDER = Path(__file__).parent / "golden"
CASES = sorted(path.parent.name for path in FOLDER.glob("*/report.txt"))


def reduced(claim: Flat) -> dict[str, Any]:
    """A claim as the golden files tell it: what it is, who, where, when and how many killed; a day only where its own words tell it."""
    told: Any = claim
    date, killed = told["date"], told["killed"]
    return {
        "kind": told["kind"],
        "type": told["type"] or told["planned_type"],
        "initiators": [names[0] for names in told["initiators"]],
        "targets": [names[0] for names in told["targets"]],
        "places": [place["name"] for place in told["places"]],
        "date": None if date is None or date["basis"] in ("published", "context") else f"{date['start'] or ''}..{date['end'] or ''}",
        "killed": None if killed is None else f"{killed['low']}..{'' if killed['high'] is None else killed['high']}",
        "factuality": told["factuality"],
        "attributed_to": told["attributed_to"],
        "quote": told["quote"],
    }


LEAST = 0.72  # of the fields of the claims expected; floors only go up
NAMES = ("kind", "type", "initiators", "targets", "places", "date", "killed", "factuality", "attributed_to")


def agreement(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> float:
    """The share of fields that are as expected, claims paired by their quote; a claim missing or too many has none right."""
    left, right = list(found), 0
    for claim in expected:
        alike = [other for other in left if other["quote"] == claim["quote"]]
        best = max(alike, key=lambda other: sum(other[name] == claim[name] for name in NAMES), default=None)
        if best is not None:
            left.remove(best)
            right += sum(best[name] == claim[name] for name in NAMES)
    return right / (len(NAMES) * (len(expected) + len(left)))


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, coder: Coder) -> None:
    folder = FOLDER / case
    expected = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    report = read((folder / "report.txt").read_bytes(), name="report.txt")
    found = [reduced(flatten(claim, report)) for claim in coder.code(report)]
    difference = folder / "claims.difference.json"
    difference.unlink(missing_ok=True)
    share = agreement(expected, found)
    if share < LEAST:
        missing, more = [claim for claim in expected if claim not in found], [claim for claim in found if claim not in expected]
        report_ = {"missing": missing, "more": more}
        difference.write_text(json.dumps(report_, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{case}: {share:.3f} of the fields are as expected: see {difference.relative_to(FOLDER.parent)}")


def test_agreement_counts_what_is_missing_and_what_is_too_many() -> None:
    one: dict[str, Any] = {**dict.fromkeys(NAMES, "x"), "quote": "a"}
    other = {**one, "quote": "b"}
    assert agreement([one], [one]) == 1
    assert agreement([one], [{**one, "type": "y"}]) == pytest.approx(1 - 1 / len(NAMES))
    assert agreement([one], [one, other]) == 0.5
    assert agreement([one, other], [one]) == 0.5


def test_there_are_cases() -> None:
    assert len(CASES) >= 3
