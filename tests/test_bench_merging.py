"""The made-up reports of the bench of merging: always the same, and of the sorts that its docstring names."""

from __future__ import annotations

import json
from itertools import islice

from typer.testing import CliRunner

from thucydides.desk.bench.merging import Mix
from thucydides.desk.cli import app


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
