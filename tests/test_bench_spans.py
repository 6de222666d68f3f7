"""Spans of re3d: which are asked for, which are found, and the command on documents of our own making."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.arms import CLASSES
from thucydides.desk.bench.sets import table
from thucydides.desk.bench.spans import spans_of
from thucydides.desk.cli import app

TEXT = "We watched Iraqi forces attack Mosul with howitzers while two helicopters landed. Iraq sent soldiers to Jordan."


def entity(words: str, kind: str, confidence: float = 1) -> dict[str, object]:
    start = TEXT.index(words)
    return {"begin": start, "end": start + len(words), "type": kind, "value": words, "confidence": confidence}


def test_confirmed_names_of_three_types_are_asked() -> None:
    entities = [
        entity("We", "Organisation"),
        entity("Iraqi", "Organisation", 0),
        entity("Iraqi forces", "Organisation", 0.98),
        entity("Iraqi forces", "Organisation", 1),
        entity("Mosul", "Location"),
        entity("howitzers", "Weapon"),
    ]
    found, pronouns = spans_of({"text": TEXT, "entities": entities})
    assert {kind: [TEXT[a:b] for ((a, b),) in spans] for kind, spans in found.items()} == {
        "Organisation": ["Iraqi forces"], "Weapon": ["howitzers"], "MilitaryPlatform": [],
    }  # fmt: skip
    assert pronouns == 1


def test_every_class_of_arms_named_in_the_mapping_is_one_of_the_roster() -> None:
    named = [kind for row in table("re3d_types.tsv", "id", "classes") for kind in row.values("classes")]
    assert set(named) <= set(CLASSES)
    assert len(named) == len(set(named))


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path))
    entities = [
        entity("Iraqi forces", "Organisation"),
        entity("Iraq sent", "Organisation"),
        entity("soldiers", "Organisation"),
        entity("howitzers", "Weapon"),
        entity("two helicopters", "MilitaryPlatform"),
    ]
    documents = [{"id": "1", "text": TEXT, "entities": entities}, {"id": "2", "text": "It rained.", "entities": []}]
    (tmp_path / "re3d.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "spans", str(tmp_path), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert figures["organisation.f1"] == 1.0, "Jordan is where they were sent, Iraq who sent them"
    assert figures["weapon.f1"] == figures["militaryplatform.f1"] == figures["together.f1"] == 1.0
    assert figures["words_together.p"] == 1.0
