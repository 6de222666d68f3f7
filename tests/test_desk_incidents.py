"""Incidents at the command line: what is listed, shown, judged, split, and asked wrongly."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from desk_made import Thuc, having_read

chronicle = import_module("thucydides.chronicle")  # the package has a function of this name
REPORTS = (
    ("wire", "AFP", "2019-07-22", "Air strikes on a market in Maarat al-Numan killed at least 12 people on Monday, rescue workers said."),
    ("obs", "SOHR", "2019-07-23", "Regime warplanes bombed a market in Maarat al-Numan on Monday. 17 civilians were killed."),
    ("car", "Reuters", "2019-07-22", "A car bomb exploded at a checkpoint in Afrin on Monday and killed four people, the council said."),
)


@pytest.fixture
def thuc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    return having_read(REPORTS, tmp_path, monkeypatch)


def listed(thuc: Thuc, *options: str) -> list[dict]:  # type: ignore[type-arg]
    told = thuc("incidents", "--json", *options)
    assert told.exit_code == 0, told.output
    return [json.loads(line) for line in told.output.splitlines()]


def market(thuc: Thuc) -> dict:  # type: ignore[type-arg]
    return max(listed(thuc), key=lambda one: len(one["reports"]))


def test_incidents_are_listed_and_filtered(thuc: Thuc) -> None:
    whole = listed(thuc)
    assert sorted(len(one["reports"]) for one in whole) == [1, 2]
    assert [one["id"] for one in listed(thuc, "--place", "Afrin")] == [one["id"] for one in whole if one["reports"] == ["car"]]
    assert [len(one["reports"]) for one in listed(thuc, "--min-grade", "fair")] == [2]
    assert listed(thuc, "--from", "2020-01-01") == []
    told = thuc("incidents")
    assert "2 incidents" in told.output and "fair" in told.output
    assert "no incident passes these filters" in thuc("incidents", "--country", "UA").output


@pytest.mark.parametrize(("many", "turn"), [(2, chronicle.LARGE_TURN), (3, chronicle.TURN)])
def test_many_claims_that_wait_are_weighed_in_larger_turns(thuc: Thuc, monkeypatch: pytest.MonkeyPatch, many: int, turn: int) -> None:
    turns = []

    def weigh(*its: Any, turn: int, processes: int) -> Any:
        turns.append(turn)
        return weighing(*its, turn=turn, processes=processes)

    weighing = chronicle.weigh
    monkeypatch.setattr(chronicle, "weigh", weigh)
    monkeypatch.setattr(chronicle, "MANY", many)
    assert len(listed(thuc)) == 2 and turns == [turn], "three claims wait"


def test_an_incident_is_shown_with_its_witnesses_side_by_side(thuc: Thuc) -> None:
    told = thuc("show", market(thuc)["id"])
    assert told.exit_code == 0, told.output
    for words in ("Maarat al-Numan", "12+", "17", "Syrian Observatory", "told so by", "independent witnesses tell it", "in 2 reports"):
        assert words in told.output, words
    by_claim = thuc("show", market(thuc)["id"][:6])
    assert by_claim.output == told.output, "the beginning of an id is enough"


def test_a_pair_is_explained_and_judged(thuc: Thuc) -> None:
    found = market(thuc)
    one, other = found["claims"][:2]
    why = thuc("judge", one, other)
    assert why.exit_code == 0, why.output
    assert "log odds" in why.output and "Held to be one event" in why.output
    parted = thuc("judge", one, other, "--different", "--why", "another market", "--by", "reader")
    assert "Now in 2 incidents" in parted.output
    assert len(listed(thuc)) == 3
    again = thuc("judge", one, other, "--same", "--by", "editor")
    assert "contradicts reader" in again.output and "Now in one incident" in again.output
    shown = thuc("judge", one, other)
    assert "another market" in shown.output and "contradict each other" in shown.output
    assert "another market" in thuc("merges").output
    assert "Now in 2 incidents" in thuc("judge", one, other, "--back").output, "the judgement before stands again"
    assert "Now in one incident" in thuc("judge", one, other, "--back").output
    assert market(thuc)["id"] == found["id"]


def test_a_claim_is_split_off(thuc: Thuc) -> None:
    found = market(thuc)
    told = thuc("split", found["id"], found["claims"][1], "--why", "another day")
    assert told.exit_code == 0 and "Now in 2 incidents" in told.output
    alone = thuc("split", market(thuc)["id"], market(thuc)["claims"][0])
    assert alone.exit_code == 1 and "has no other claim" in alone.output


def test_timeline_and_sources(thuc: Thuc) -> None:
    assert "Afrin" in thuc("timeline", "Afrin").output
    assert "no incident names 'Nowhere'" in thuc("timeline", "Nowhere").output
    assert thuc("sources").exit_code == 0
    told = [json.loads(line) for line in thuc("sources", "--json").output.splitlines()]
    assert [one["reports"] for one in told] == [1, 1, 1]
    assert {one["name"] for one in told} >= {"Reuters"}
    assert all(one["first"] <= one["shared"] <= one["incidents"] for one in told)


def test_who_asks_for_a_state_asks_for_its_army(thuc: Thuc, tmp_path: Path) -> None:
    told = {"id": "tiger", "source": "AFP", "published": "2019-08-20", "text": "Tiger Forces captured the town of Khan Sheikhun on Monday."}
    (tmp_path / "more.json").write_text(json.dumps(told), encoding="utf-8")
    assert thuc("read", tmp_path / "more.json").exit_code == 0
    for asked in ("sy", "Syria", "Tiger Forces"):
        assert "Khan Sheikhun" in thuc("timeline", asked).output, asked
    assert "Khan Sheikhun" not in thuc("timeline", "Turkey").output


ASKED_WRONGLY = (
    (("incidents", "--min-grade", "splendid"), 2, "'splendid' is no grade"),
    (("incidents", "--from", "yesterday"), 2, "'yesterday' is no day"),
    (("show", "i000"), 1, "i000"),
    (("judge", "zz", "zz"), 1, "no claim is kept under 'zz'"),
)


@pytest.mark.parametrize(("words", "code", "said"), ASKED_WRONGLY)
def test_what_is_asked_wrongly_is_told(thuc: Thuc, words: tuple[str, ...], code: int, said: str) -> None:
    told = thuc(*words)
    assert told.exit_code == code, told.output
    assert said in told.output


def test_rules_of_ones_own(thuc: Thuc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from thucydides.incidents.grading import SHIPPED

    assert market(thuc)["grade"]["incident"] == "fair"
    path = tmp_path / "grades.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("told_independently >= 2", "told_independently >= 3"), encoding="utf-8")
    monkeypatch.setenv("THUCYDIDES_GRADES", str(path))
    assert market(thuc)["grade"]["incident"] == "weak", "with other rules everything is weighed anew"
    monkeypatch.setenv("THUCYDIDES_GRADES", str(tmp_path / "none.toml"))
    refused = thuc("incidents")
    assert refused.exit_code == 2 and "none.toml" in refused.output
