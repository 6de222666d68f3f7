"""The scores that benchmarks share, by hand; and how the sets of others are read."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.desk.bench import BENCHES
from thucydides.desk.bench.scoring import Pieces, Score, covered, overlap
from thucydides.desk.bench.sets import raw, read_set, table
from thucydides.desk.cli import app
from thucydides.errors import BadRoster, BadSetting


def test_scores_add_up_before_they_are_divided() -> None:
    score = Score.matched(1, 2, 1) + Score.matched(1, 2, 3)
    assert (score.precision, score.recall) == (0.5, 0.5)
    assert score.figures("x") == {"x.p": 0.5, "x.r": 0.5, "x.f1": 0.5}
    assert Score().f1 == 0.0, "nothing told and nothing asked is no division by zero"


def spans(*given: tuple[int, int]) -> list[Pieces]:
    return [(span,) for span in given]


@pytest.mark.parametrize(
    ("told", "asked", "expected", "reason"),
    [
        (spans((0, 4)), spans((3, 9)), Score(1, 1, 1, 1), "one character shared"),
        (spans((0, 4)), spans((4, 9)), Score(0, 1, 0, 1), "side by side"),
        (spans((0, 20)), spans((1, 3), (5, 8), (30, 33)), Score(1, 1, 2, 3), "one long span finds two"),
        ([((0, 2), (10, 12))], spans((11, 15)), Score(1, 1, 1, 1), "the second piece of a span"),
        ([], spans((0, 1)), Score(0, 0, 0, 1), "nothing told"),
    ],
)
def test_spans_overlap(told: list[Pieces], asked: list[Pieces], expected: Score, reason: str) -> None:
    assert overlap(told, asked) == expected, reason


def test_words_are_counted_once_however_often_covered() -> None:
    text = "the Old Town of Harl"
    assert covered(text, spans((4, 12), (8, 12)), spans((8, 20))) == Score.matched(1, 2, 3)


def test_a_set_is_read_from_a_file_or_a_folder_and_spread_evenly(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": str(n)}) for n in range(10))
    (tmp_path / "usual.jsonl").write_text(lines + "\n", encoding="utf-8")
    (tmp_path / "other.jsonl").write_text('{"text": "x"}\n', encoding="utf-8")
    assert len(read_set(tmp_path, "usual.jsonl", "text")) == 10
    assert len(read_set(tmp_path, "none.jsonl", "text")) == 11
    assert [item["text"] for item in read_set(tmp_path / "usual.jsonl", "", "text", limit=3)] == ["0", "3", "6"]
    with pytest.raises(BadSetting, match="has no 'spans'"):
        read_set(tmp_path, "usual.jsonl", "text", "spans")
    (tmp_path / "usual.jsonl").write_text("\n{\n", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"usual.jsonl:2 is no JSON"):
        read_set(tmp_path, "usual.jsonl")
    with pytest.raises(BadSetting, match="holds no items"):
        read_set(tmp_path / "absent", "usual.jsonl")


def test_a_text_becomes_a_report_with_what_is_known_of_it() -> None:
    given = json.loads(raw("n", "words", published="2020-01-02", title=None).data)
    assert given == {"id": "n", "text": "words", "published": "2020-01-02"}


def test_a_mapping_that_is_absent_is_a_fault() -> None:
    with pytest.raises(BadRoster):
        table("absent.tsv", "id")


PLAIN = sorted(name for name, bench in BENCHES.items() if bench.plain)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_bench_has_a_module_that_measures(name: str) -> None:
    assert callable(import_module(f"thucydides.desk.bench.{name.replace('-', '_')}").measure)


@pytest.mark.parametrize("name", [*PLAIN, "stream"])
def test_a_set_that_is_absent_is_said_and_skipped(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    monkeypatch.delenv("THUCYDIDES_BENCH", raising=False)
    monkeypatch.delenv("THUCYDIDES_GOLD", raising=False)
    told = CliRunner().invoke(app, ["bench", name])
    assert told.exit_code == 0
    assert "absent, skipped" in told.output
    assert CliRunner().invoke(app, ["bench", name, "no-such-file"]).exit_code == 2
