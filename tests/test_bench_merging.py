"""The made-up reports of the bench of merging: always the same, and of the sorts that its docstring names."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from thucydides.archive import Archive
from thucydides.desk.bench.merging import Mix, _Filling
from thucydides.desk.cli import app
from thucydides.incidents import Judge, Merger, merge, spreading


def test_the_mix_is_always_the_same_and_has_all_sorts() -> None:
    reports = list(islice(Mix().reports(), 1500))
    assert reports == list(islice(Mix().reports(), 1500))
    accounts = [account for report in reports for account in report]
    assert len({account.claim for account in accounts}) == len(accounts)
    assert all(account.report == report[0].report for report in reports for account in report)
    words = [report[0].sketch.terms for report in reports]
    copies = len(words) - len(set(words))
    assert 0.2 < copies / len(reports) < 0.3, "wire copies"
    assert any(len(report) == 15 for report in reports), "digests"
    assert any(account.first_day is None and not account.spots for account in accounts), "neither day nor place told"
    assert any(account.sketch.published is None for account in accounts), "published on no known day"
    assert any(spot.radius_km == 1.0 for account in accounts for spot in account.spots), "sieges of a quarter"


def test_it_is_measured_at_the_command_line() -> None:
    told = CliRunner().invoke(app, ["bench", "merging", "--claims", "1000", "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert figures["ms_1000"] > 0 and figures["grown"] == 1 and figures["minutes"] > 0
    assert "made up" in CliRunner().invoke(app, ["bench", "list"]).output


def test_its_reports_fall_into_the_same_groups_however_they_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge.load()
    reports = list(islice(Mix().reports(), 500))
    shuffled = list(reports)
    Random(4).shuffle(shuffled)
    whole = {frozenset(account.claim for account in group) for group in merge([a for report in reports for a in report], judge.scores)}
    assert max(map(len, whole)) > 10
    shared = 0

    def begun(*its: Any) -> tuple[int, int]:
        nonlocal shared
        shared += its[-1] is not None  # with a connection of its own
        return begin(*its)

    begin = spreading._begun
    monkeypatch.setattr(spreading, "_begun", begun)
    ways = (
        ("sqlite://", reports, 500, 2),
        (tmp_path / "a.db", shuffled, 170, 2),
        ("sqlite://", shuffled, 170, 1),
        ("sqlite://", shuffled, 11, 1),
    )
    for address, arriving, at_once, processes in ways:
        home: dict[str, frozenset[str]] = {}
        with Archive.open(address) as archive:
            filling = _Filling(archive, iter(()), judge.scores)
            for first in range(0, len(arriving), at_once):
                batch = arriving[first : first + at_once]
                filling._keep(batch)
                with archive.weighing() as turn:
                    merger = Merger(turn.shelf, judge.scores, processes=processes)
                    merger.add_all([account for report in batch for account in report])
                    for _, groups in merger.settle():
                        home.update((account.claim, frozenset(a.claim for a in group)) for group in groups for account in group)
        assert set(home.values()) == whole
    assert shared == 3, "what is near is looked up by two processes where an archive is a file"
