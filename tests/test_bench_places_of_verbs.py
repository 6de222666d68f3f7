"""The places of marked verbs: what is asked, what is told by claims, by a draft and by nearness; the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.claims.codebook import load
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.sentences import Sentence, parse, pipeline
from thucydides.desk.bench.places_of_verbs import nearest, places_claimed, spans_of
from thucydides.desk.cli import app
from thucydides.record import Claim, Event, Factuality, Kind, Passage, Where

TEXT = "Rebels shelled the village of Harl in Terl after talks in Vienna."


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def item(verb: str, *places: str) -> dict[str, object]:
    marks = [("VERB", verb), *(("LOCATION", place) for place in places)]
    return {"text": TEXT, "spans": [{"label": label, "start": span(w)[0], "end": span(w)[1]} for label, w in marks]}


def test_what_is_asked() -> None:
    assert spans_of(item("shelled", "Harl")) == (span("shelled"), [(span("Harl"),)])
    assert spans_of(item("shelled"))[1] == []


def test_of_a_place_told_with_its_village_only_the_name_counts() -> None:
    start, end = span("village of Harl")
    evidence = (
        Passage(field="claim", start=0, end=len(TEXT), words=TEXT),
        Passage(field="places", start=start, end=end, words=TEXT[start:end]),
    )
    says = Event(type=None, where=(Where(name="Harl"),))
    claim = Claim(id="1", report="r", kind=Kind.EVENT, says=says, evidence=evidence, factuality=Factuality.ASSERTED)
    assert places_claimed([claim, claim]) == [(span("Harl"),)]


@pytest.mark.parametrize(("verb", "expected"), [("shelled", "Harl"), ("talks", "Vienna")])
def test_the_nearest_place(verb: str, expected: str) -> None:
    sentence: Sentence = next(parse([(0, len(TEXT), 0, "body")], TEXT, pipeline()))
    marks = Marks(sentence, places=[PlaceMark(*span(name), name, True) for name in ("Harl", "Terl", "Vienna")])
    assert nearest(span(verb), marks) == [(span(expected),)]
    assert nearest(span(verb), Marks(sentence)) == nearest(span(verb), None) == []


def test_what_a_verb_of_no_table_is_read_as_is_in_the_codebook() -> None:
    from thucydides.desk.bench.places_of_verbs import READ_AS

    assert READ_AS in load().tagged


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path))
    texts = {
        "Rebels shelled Aleppo on Monday, killing nine people.": ("shelled", "Aleppo"),
        "A singer performed in Vienna.": ("performed", "Vienna"),
    }
    lines = []
    for text, words in texts.items():
        spans = [
            {"label": label, "start": text.index(word), "end": text.index(word) + len(word)}
            for label, word in zip(("VERB", "LOCATION"), words, strict=True)
        ]
        lines.append(json.dumps({"text": text, "spans": spans}))
    (tmp_path / "verbs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "places-of-verbs", str(tmp_path / "verbs.jsonl"), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert figures["of_claims_and_drafts.f1"] == figures["nearest_place.f1"] == 1.0
