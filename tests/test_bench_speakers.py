"""Attributions of PolNeAR: how its lines are read, the parts of an attribution, and the command on articles of our own making."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.claims.attributions import Attribution as Told
from thucydides.desk.bench.scoring import Score
from thucydides.desk.bench.speakers import Attribution, agree, attributions_of, parts_of
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


def test_the_parts_of_an_attribution() -> None:
    told = Told("say", (0, 9), (10, 14), ((15, 20),))
    assert parts_of(told) == {"Source": ((0, 9),), "Cue": ((10, 14),), "Content": ((15, 20),)}
    assert parts_of(Told("want", None, (3, 9), ((10, 12),))) == {"Cue": ((3, 9),), "Content": ((10, 12),)}


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
