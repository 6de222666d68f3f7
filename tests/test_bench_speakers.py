"""Attributions of PolNeAR: how its lines are read, what a speaker has said, and the command on articles of our own making."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.claims import Coder
from thucydides.claims.sentences import Lemmas, parse, pipeline
from thucydides.claims.speakers import Speaker, find_speakers
from thucydides.desk.bench.scoring import Score
from thucydides.desk.bench.speakers import Attribution, agree, attributions_of, part_of
from thucydides.desk.cli import app

BRAT = "\n".join(
    (
        "T1\tSource 0 9\tThe mayor",
        "T2\tCue 10 14\tsaid",
        "T3\tContent 15 20;30 34\tit is over",
        "T4\tAttribution 10 14\tsaid",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        "T5\tDiscuss 0 34\t…",
        "T6\tContent 40 44\tmore",
        "E2\tAttribution-no-source:T4 Content:T3 Content2:T6 Cue:T2",
        "E3\tAttribution-no-source:T4",
    )
)


def test_lines_are_read_with_pieces_and_without_sources() -> None:
    first, second = attributions_of({"brat": BRAT})
    assert first == {"Source": ((0, 9),), "Cue": ((10, 14),), "Content": ((15, 20), (30, 34))}
    assert second == {"Cue": ((10, 14),), "Content": ((15, 20), (30, 34), (40, 44))}


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor claimed that rebels had left the town.", "The mayor", "claimed", ["that rebels had left the town"]),
        ("Rebels left the town on Monday, the mayor said.", "the mayor", "said", ["Rebels left the town on Monday"]),
        ("According to the ministry, two people were killed.", "the ministry", "According to", ["two people were killed"]),
        ("Two people were killed, according to the ministry.", "the ministry", "according to", ["Two people were killed"]),
    ],
)
def test_what_a_speaker_has_said(text: str, source: str, cue: str, content: list[str], coder: Coder) -> None:
    nlp = pipeline()
    sentence = next(parse([(0, len(text), 0, "body")], text, nlp))
    (speaker,) = find_speakers(sentence, coder.vocabulary.codebook, Lemmas(nlp))
    told = {part: [text[a:b] for a, b in pieces] for part, pieces in part_of(speaker, sentence).items()}
    assert told == {"Source": [source], "Cue": [cue], "Content": content}


def test_a_colon_is_a_cue() -> None:
    text = "Mayor: the rebels have left the town"
    sentence = next(parse([(0, len(text), 0, "body")], text, pipeline()))
    told = part_of(Speaker("Mayor", 0, 5, "say", whole=True), sentence)
    assert told == {"Source": ((0, 5),), "Cue": ((5, 6),), "Content": ((7, len(text)),)}


def test_attributions_agree_in_every_part_that_is_asked() -> None:
    def one(*starts: int) -> Attribution:
        return {part: ((start, start + 2),) for part, start in zip(("Cue", "Content", "Source"), starts, strict=False)}

    assert agree([one(0, 5, 9)], [one(1, 6)]) == Score.matched(1, 1, 1), "a source that is not asked for is no error"
    assert agree([one(0, 5)], [one(1, 6, 9)]) == Score.matched(0, 1, 1), "one that is missing is"
    assert agree([one(0, 5, 9)], [one(0, 5, 9), one(1, 5, 9)]) == Score.matched(1, 1, 2), "one to one"


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path))
    text = "It rained. The mayor claimed that rebels had left."
    brat = "T1\tSource 11 20\tThe mayor\nT2\tCue 21 28\tclaimed\nT3\tContent 29 49\tthat …\nE1\tAttribution:T9 Source:T1 Cue:T2 Content:T3"
    articles = [{"id": "a", "text": text, "brat": brat}, {"id": "b", "text": "It rained.", "brat": ""}]
    (tmp_path / "polnear.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "speakers", str(tmp_path), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert [figures[f"{name}.f1"] for name in ("source", "cue", "content", "whole", "words_of_content")] == [1.0] * 5
