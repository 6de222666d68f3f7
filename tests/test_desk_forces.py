"""Forces and arms at the command line: from reports to a tree and a table, what is kept back, and what is asked wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from thucydides.desk.cli import app

Thuc = Callable[..., Result]
TODAY = datetime.now(UTC).date()
REPORTS = (
    (
        "sy",
        "Gulf Wire",
        "2016-03-09",
        "On March 8, the 4th Armoured Division of the Syrian army clashed with ISIS near Palmyra. "
        "The 72nd brigade of the Syrian Air Defense Forces is armed with the S-75.",
    ),
    (
        "ua",
        "Dnipro Wire",
        "2024-03-04",
        "Russian forces destroyed 29 tanks of the Ukrainian army near Avdiivka on 3 March 2024, the Russian Defence Ministry said.",
    ),
    (
        "ua2",
        "Dnipro Wire",
        "2024-03-06",
        "The 47th Mechanized Brigade clashed with Russian troops near Berdychi on 5 March 2024, "
        "its commander Colonel Petro Inventenko said.",
    ),
    (
        "new",
        "Dnipro Wire",
        TODAY.isoformat(),
        "Ukraine's 93rd Mechanized Brigade clashed with Russian troops near Kostiantynivka on "
        f"{TODAY - timedelta(days=1):%d %B %Y}. Ukraine's 93rd Mechanized Brigade is armed with Bradley vehicles.",
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the reports are read, once for all tests."""
    made = tmp_path_factory.mktemp("forces")
    lines = [json.dumps({"id": i, "source": source, "published": day, "text": text}) for i, source, day, text in REPORTS]
    (made / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    environment = {"THUCYDIDES_DATA": str(made / "data")}
    assert CliRunner(env=environment).invoke(app, ["read", str(made / "in.jsonl")]).exit_code == 0
    return made / "data"


@pytest.fixture
def thuc(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    monkeypatch.setenv("THUCYDIDES_DATA", str(folder))
    for name in ("THUCYDIDES_ARCHIVE", "THUCYDIDES_DELAY_DAYS"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def listed(thuc: Thuc, *words: str) -> list[dict[str, Any]]:
    told = thuc(*words, "--json")
    assert told.exit_code == 0, told.output
    return [json.loads(line) for line in told.output.splitlines()]


def test_a_tree_of_forces_with_the_claims_behind_it(thuc: Thuc) -> None:
    told = thuc("forces", "Syria")
    assert told.exit_code == 0, told.output
    for words in ("72nd brigade", "Syrian Air Defence Force", "has S-75", "as told", "by the roster", "against Islamic State"):
        assert words in told.output, words
    ids = {row["id"]: row for row in listed(thuc, "forces", "sy")}
    brigade = next(row for row in ids.values() if row["number"] == 72)
    assert brigade["parent"] == "sy-air-defence" and brigade["claims"] and brigade["symbol"] == "10011000181301000000"
    claim = brigade["claims"][0]
    assert claim[:8] in told.output
    assert thuc("show", claim).exit_code == 0


def test_the_47th_of_ukraine_is_not_syrias(thuc: Thuc) -> None:
    assert 47 in {row["number"] for row in listed(thuc, "forces", "Ukraine")}
    assert 47 not in {row["number"] for row in listed(thuc, "forces", "Syria")}


def test_no_person_and_no_point_in_what_goes_out(thuc: Thuc) -> None:
    for words in (("forces", "Ukraine"), ("arms", "Ukraine")):
        shown = thuc(*words, "--json").output + thuc(*words).output
        assert "Inventenko" not in shown
        assert '"lat"' not in shown and '"lon"' not in shown


def test_arms_are_listed_by_whose_word_and_not_added_up(thuc: Thuc) -> None:
    told = thuc("arms", "Ukraine")
    assert told.exit_code == 0, told.output
    assert "29" in told.output and "claimed by the other side" in told.output and "not added up" in told.output
    losses = [row for row in listed(thuc, "arms", "tank") if row["way"] == "destroyed"]
    assert [(row["count"]["low"], row["word"]) for row in losses] == [(29, "other side")]
    assert [row["way"] for row in listed(thuc, "arms", "S-75")] == ["holds"]
    assert listed(thuc, "arms", "air-defence") == listed(thuc, "arms", "S-75")
    assert listed(thuc, "arms", "Ukraine", "--to", "2020-01-01") == []


def test_on_a_day_and_the_own_side(thuc: Thuc) -> None:
    assert 93 not in {row["number"] for row in listed(thuc, "forces", "ua", "--on", "2024-06-01")}
    assert 93 in {row["number"] for row in listed(thuc, "forces", "ua")}
    own = {row["symbol"][3] for row in listed(thuc, "forces", "ua", "--own", "ua")}
    assert own == {"3"}
    assert "3" not in {row["symbol"][3] for row in listed(thuc, "forces", "ua")}


def exported(thuc: Thuc) -> set[str]:
    told = thuc("export", "--as", "jsonl")
    assert told.exit_code == 0, told.output
    return {row["report"] for row in map(json.loads, filter(lambda line: line.startswith("{"), told.output.splitlines()))}


def test_a_delay_keeps_back_what_was_seen_lately(thuc: Thuc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert exported(thuc) == {"sy", "ua", "ua2", "new"}, "nothing is kept back unless it is asked for"
    monkeypatch.setenv("THUCYDIDES_DELAY_DAYS", "30")
    assert exported(thuc) == {"sy", "ua", "ua2"}
    assert 93 not in {row["number"] for row in listed(thuc, "forces", "ua")}
    assert "m2-bradley" not in {row["arm"] for row in listed(thuc, "arms", "ua")}
    assert "within the last 30 days is kept back" in thuc("forces", "ua").output
    page = tmp_path / "page.html"
    assert thuc("page", "--all", "-o", page).exit_code == 0
    assert "Avdiivka" in page.read_text("utf-8") and "Kostiantynivka" not in page.read_text("utf-8")


@pytest.mark.parametrize("days", ["-1", "soon", "1.5"])
def test_a_delay_that_is_no_number_of_days_is_refused(days: str, thuc: Thuc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DELAY_DAYS", days)
    told = thuc("forces", "ua")
    assert told.exit_code == 2 and "THUCYDIDES_DELAY_DAYS" in told.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("forces", "Nobody Known"), "no actor is called"),
        (("forces", "Republican Guard"), "several actors"),
        (("forces", "ua", "--on", "soon"), "is no day"),
        (("arms", "Nothing Known"), "no actor or arm is called"),
    ],
)
def test_what_is_asked_wrongly_is_told(words: tuple[str, ...], says: str, thuc: Thuc) -> None:
    told = thuc(*words)
    assert told.exit_code == 2 and says in told.output


def test_a_page_of_forces_with_symbols(thuc: Thuc, tmp_path: Path) -> None:
    out = tmp_path / "forces.html"
    told = thuc("forces", "Syria", "--html", out)
    assert told.exit_code == 0, told.output
    html = out.read_text(encoding="utf-8")
    for words in ("72nd brigade", "Islamic State", "is armed with the S-75", 'class="unit"', "default-src &#x27;none&#x27;"):
        assert words in html, words
    assert "<script" not in html
    assert "cannot be written" in thuc("forces", "Syria", "--html", "/nowhere/at/all.html").output


def test_long_lists_are_cut_in_a_terminal() -> None:
    from thucydides.desk.force_tables import IDS, _ids

    assert _ids([f"{n:08d}-rest" for n in range(IDS)]).count(" ") == IDS - 1
    assert _ids([f"{n:08d}-rest" for n in range(IDS + 4)]).endswith("and 4 more")
