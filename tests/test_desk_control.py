"""Control at the command line: states, changes, sides, the map, an import, and what is asked wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk_made import Thuc, having_read

REPORTS = (
    ("one", "AFP", "2016-08-13", "Fighters of the Syrian Democratic Forces captured the town of Manbij from Islamic State on Friday."),
    ("two", "Reuters", "2015-05-18", "Islamic State fighters seized the city of Ramadi on Sunday after fighting with Iraqi troops."),
    ("three", "AP", "2015-12-29", "Iraqi forces recaptured the city of Ramadi from Islamic State on Monday."),
    ("four", "AFP", "2016-08-20", "The army plans to retake the city of Mosul."),
)


@pytest.fixture
def thuc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    return having_read(REPORTS, tmp_path, monkeypatch)


def listed(thuc: Thuc, *options: str) -> list[tuple[str, str, str | None]]:
    told = thuc("control", "--json", *options)
    assert told.exit_code == 0, told.output
    states = [json.loads(line) for line in told.output.splitlines()]
    return sorted((one["name"], one["status"], one["side"]) for one in states)


def test_the_state_of_a_day(thuc: Thuc) -> None:
    manbij = ("Manbij", "held", "syria-kurds-us")
    assert listed(thuc) == [manbij, ("Ramadi", "held", "iraq-government")]
    assert listed(thuc, "--on", "2015-06-01") == [("Ramadi", "held", "iraq-jihadists")]
    assert listed(thuc, "--country", "SY") == [manbij]
    assert listed(thuc, "--place", "manbij") == [manbij]
    assert listed(thuc, "--actor", "sy-sdf") == [manbij]
    told = thuc("control", "--on", "2016-08-13", "--by", "side").output
    assert "Kurdish-led" in told and "2016-08-12" in told
    assert "unknown, last held" in thuc("control", "--on", "2020-01-01").output
    assert "no claim" in thuc("control", "--on", "2000-01-01").output


def test_changes_between_two_days(thuc: Thuc) -> None:
    told = thuc("control", "--changes", "2015-06-01", "2016-12-31", "--json")
    changes = [json.loads(line) for line in told.output.splitlines()]
    assert [(one["day"], one["after"]["name"], one["before"] and one["before"]["side"]) for one in changes] == [
        ("2015-12-28", "Ramadi", "iraq-jihadists"),
        ("2016-08-12", "Manbij", None),
    ]
    assert "Ramadi" in thuc("control", "--changes", "2015-06-01", "2016-12-31").output
    assert "no change" in thuc("control", "--changes", "2010-06-01", "2010-12-31").output


def test_the_map_and_an_import(thuc: Thuc, tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text("place,holder,date,source,country\nRamadi,Iraqi army,2015-05-25,Atlas,IQ\nTikrit,Iraqi army,2015-06-01,Atlas,IQ\n")
    out = tmp_path / "front.geojson"
    told = thuc("control", "--import", known, "--on", "2015-06-02", "--map", out)
    assert told.exit_code == 0, told.output
    assert "conflict: Ramadi on 2015-05-25: Atlas has Iraqi army" in told.output
    features = {one["properties"]["name"]: one for one in json.loads(out.read_text(encoding="utf-8"))["features"]}
    assert features["Tikrit"]["properties"]["claims"] == ["import:known.csv:3"]
    assert "seized the city of Ramadi" in features["Ramadi"]["properties"]["told"][0]["words"]
    assert features["Ramadi"]["properties"]["status"] == "contested"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--on", "May"), "is no day"),
        (("--changes", "2016-05-01", "soon"), "is no day"),
        (("--by", "war"), "neither actor nor side"),
        (("--import", "missing.csv"), "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused(thuc: Thuc, words: tuple[str, ...], says: str) -> None:
    told = thuc("control", *words)
    assert told.exit_code != 0
    assert says in told.output


def test_camps_of_ones_own(thuc: Thuc, tmp_path: Path) -> None:
    own = tmp_path / "data" / "rosters" / "camps.tsv"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("id\tmembers\tagainst\tcountries\tstart\tend\tnote\nsyria-kurds-us\t-\nmy-side\tsy-sdf\t\tSY\n")
    assert listed(thuc, "--country", "SY") == [("Manbij", "held", "my-side")]


def test_camps_in_a_circle_are_refused(thuc: Thuc, tmp_path: Path) -> None:
    own = tmp_path / "data" / "rosters" / "camps.tsv"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("id\tmembers\tagainst\tcountries\tstart\tend\tnote\none\ttwo\t\tSY\ntwo\tone\t\tSY\n")
    told = thuc("control")
    assert told.exit_code == 1
    assert "one > two > one" in told.output


def test_what_was_seen_lately_is_kept_back(thuc: Thuc, monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(thuc("control", "--json").output.splitlines()[0])
    monkeypatch.setenv("THUCYDIDES_DELAY_DAYS", "36500")
    assert thuc("control", "--json").output.strip() == ""
