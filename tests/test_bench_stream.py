"""A mixed stream, and false alarms on several sets and on a folder of texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.desk.bench.stream import mix
from thucydides.desk.cli import app
from thucydides.errors import BadSetting


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path / "data"))
    folder = tmp_path / "sets"
    folder.mkdir()
    texts = {
        "fakes": ["Rebels shelled Aleppo on Monday and killed three people.", "The army bombed Homs and killed two civilians."],
        "geovirus": [f"The minister opened clinic {n} against influenza." for n in range(10)],
        "lgl": [f"The council of Harl mended road {n}." for n in range(10)],
    }
    for name, told in texts.items():
        (folder / f"{name}.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in told), encoding="utf-8")
    return folder


def test_a_stream_is_mixed_by_chance_and_always_the_same(sets: Path) -> None:
    stream = mix(sets, 10, 0.2)
    assert sum(of_war for of_war, _ in stream) == 2
    names = [one.name.split("-")[0] for of_war, one in stream if not of_war]
    assert sorted(names) == ["geovirus"] * 4 + ["lgl"] * 4, "evenly of every set that is there"
    assert len({one.name for _, one in stream}) == 10
    assert stream == mix(sets, 10, 0.2)


@pytest.mark.parametrize(("reports", "share", "reason"), [(100, 0.05, "are needed"), (10, 1.5, "share")])
def test_a_stream_that_cannot_be_mixed_is_refused(sets: Path, reports: int, share: float, reason: str) -> None:
    with pytest.raises(BadSetting, match=reason):
        mix(sets, reports, share)


def test_the_chain_on_a_stream_is_a_ratio(sets: Path) -> None:
    told = CliRunner().invoke(app, ["bench", "stream", str(sets), "--reports", "10", "--share", "0.2", "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert 0 < figures["ratio_sorted"] < figures["ratio_stock"]
    assert figures["caught"] == 1.0
    assert figures["alarmed"] == 0.0


def test_alarms_of_several_sets_are_told_one_by_one_and_together(sets: Path, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("Rebels shelled Aleppo on Monday and killed three people.", encoding="utf-8")
    (folder / "b.txt").write_text("The council of Harl mended a road.", encoding="utf-8")
    paths = [str(sets / "geovirus.jsonl"), str(folder)]
    told = CliRunner().invoke(app, ["bench", "alarms", *paths, "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert found["of"] == {"file": paths, "reports": 12}
    assert found["figures"] == {
        "share": round(1 / 12, 4), "alarmed": 1, "geovirus.share": 0.0, "geovirus.alarmed": 0, "texts.share": 0.5, "texts.alarmed": 1,
    }  # fmt: skip
    assert "texts: 2 reports, 1 with an event claim (50.0%)" in CliRunner().invoke(app, ["bench", "alarms", *paths]).output


def test_a_set_without_reports_is_refused(sets: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = CliRunner().invoke(app, ["bench", "alarms", str(sets / "lgl.jsonl"), str(tmp_path / "empty")])
    assert told.exit_code == 2
    assert "holds no report" in told.output


def test_what_every_stage_costs_adds_up(sets: Path) -> None:
    told = CliRunner().invoke(app, ["bench", "cost", str(sets / "fakes.jsonl"), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    stages = {name: share for name, share in figures.items() if name not in ("seconds", "places_and_time")}
    assert set(stages) == {"reading", "happenings", "triage", "tagger", "parse", "places", "time"}
    assert sum(stages.values()) == pytest.approx(1.0, abs=0.01)
    assert figures["places_and_time"] == pytest.approx(figures["places"] + figures["time"], abs=0.001)
    assert all(share > 0 for share in stages.values())
