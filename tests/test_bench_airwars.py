"""Airwars: the best event, the fields it is held to, and the command on strikes of our own making."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.actors import Actors
from thucydides.desk.bench.airwars import apart_km, belligerents, compare, figures_in, told
from thucydides.desk.bench.scoring import Score
from thucydides.desk.cli import app
from thucydides.record import Basis, Event, Party, Toll, When, Where

ACTORS = Actors.load()
STRIKE = {
    "incident_code": "X1", "date": "2021-03-04", "lat": 36.0, "lon": 37.0, "belligerent": "Turkish Military, YPG",
    "strike_type": "Airstrike, Drone Strike", "civ_killed_min": 2, "civ_killed_max": 4, "civ_injured_min": None, "civ_injured_max": None,
}  # fmt: skip
RIGHT, WRONG, MISSED, UNASKED = Score.matched(1, 1, 1), Score.matched(0, 1, 1), Score.matched(0, 0, 1), Score()


def day(first: date | None, last: date | None) -> When:
    return When(start=first, end=last, basis=Basis.STATED)


def toll(best: int) -> Toll:
    return Toll(low=best, best=best, high=best, who=None, words=str(best))


EVENT = Event(
    type="Air/drone strike",
    parties=(Party(role="initiator", name="Turkish jets", actor="tr-air-force", kind="branch"),),
    where=(
        Where(name="the north", lat=39.0, lon=37.0, radius_km=200.0),
        Where(name="Harl", lat=36.1, lon=37.0, radius_km=3.0),
    ),
    when=day(date(2021, 3, 5), date(2021, 3, 5)),
    killed=toll(3),
)


@pytest.mark.parametrize(
    ("field", "event", "text", "expected", "reason"),
    [
        ("day", EVENT, "", RIGHT, "a day off"),
        ("day", replace(EVENT, when=day(date(2021, 3, 6), date(2021, 3, 6))), "", WRONG, "two days off"),
        ("day", replace(EVENT, when=day(date(2021, 3, 1), date(2021, 3, 7))), "", WRONG, "a week does not tell the day"),
        ("day", replace(EVENT, when=day(date(2021, 3, 4), None)), "", WRONG, "an open end does not either"),
        ("day", None, "", MISSED, "no event misses what is asked"),
        ("belligerent", EVENT, "", RIGHT, "an air force is its state's, and one of those coded"),
        ("belligerent", replace(EVENT, parties=()), "", MISSED, "nobody named"),
        ("kind of strike", EVENT, "", RIGHT, "from the air"),
        ("kind of strike", replace(EVENT, type="Armed clash"), "", WRONG, "not from the air"),
        ("killed", EVENT, "It killed three.", RIGHT, "within what was coded"),
        ("killed", replace(EVENT, killed=toll(9)), "It killed 2 or 9.", WRONG, "beyond what was coded"),
        ("killed", replace(EVENT, killed=None), "It killed four.", MISSED, "the figure stands in the text"),
        ("killed", EVENT, "It killed 12 in 2004.", UNASKED, "no figure that was coded stands in the text"),
        ("wounded", EVENT, "3", UNASKED, "nothing was coded"),
        ("within 5 km", EVENT, "", WRONG, "11 km off"),
        ("within 25 km", EVENT, "", RIGHT, "the most exact place counts"),
    ],
)
def test_fields_are_compared(field: str, event: Event | None, text: str, expected: Score, reason: str) -> None:
    assert compare(STRIKE, text, event, ACTORS)[field] == expected, reason


def test_what_airwars_did_not_code_is_not_asked() -> None:
    bare = {**STRIKE, "lat": None, "lon": None, "belligerent": "", "strike_type": None}
    scores = compare(bare, "", EVENT, ACTORS)
    assert [name for name, score in scores.items() if score.asked] == ["day"]
    assert apart_km(bare, EVENT) is None


def test_the_event_that_tells_most_is_best() -> None:
    assert told(EVENT) == 4
    assert told(replace(EVENT, type="Armed clash", when=None, killed=None)) == 1
    assert told(replace(EVENT, when=When(start=date(2021, 1, 1), end=None, basis=Basis.STATED))) == 3, "since 2021 is no day of a strike"


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (Party(role="initiator", name="the Internal Security", actor="sy-asayish", kind="police"), "YPG"),
        (Party(role="initiator", name="CENTCOM", actor="us-centcom", kind="branch"), "U.S.-led Coalition"),
        (Party(role="initiator", name="an Israeli enemy", actor="label-zionist", kind="label"), "Israeli Military"),
        (Party(role="initiator", name="Russian artillery"), "Russian Military"),
    ],
)
def test_parties_are_belligerents(party: Party, expected: str) -> None:
    assert expected in belligerents(party, ACTORS)


def test_who_is_no_belligerent_of_the_list_is_none() -> None:
    assert belligerents(Party(role="initiator", name="SOHR in Turkey", actor="isis", kind="jihadist"), ACTORS) == set()


def test_figures_are_whole_numbers_in_digits_or_words() -> None:
    assert figures_in("Three of 1,200 died at 7:30, 2.5 km off, on 4/5; twenty fled.") == {3, 1200, 20}


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path))
    text = {"publisher": "A Paper", "date": "2021-03-05T01:00:00Z 2021-03-05", "title": "", "url": None}
    strikes = [
        {**STRIKE, "texts": [{**text, "text": "Turkish warplanes bombed Kobani on Thursday and killed three civilians."}]},
        {**STRIKE, "texts": [{**text, "text": "Farmers sold wheat."}, {**text, "text": ""}]},
    ]
    (tmp_path / "airwars.jsonl").write_text("\n".join(map(json.dumps, strikes)), encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "airwars", str(tmp_path), "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert found["of"]["texts"] == 3
    assert found["figures"]["event.share"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["figures"]["belligerent.p"] == 1.0
    assert "2 strikes, 3 texts" in CliRunner().invoke(app, ["bench", "airwars", str(tmp_path)]).output
