"""Actors as ACLED names them: what counts as the same name, and the command on notes of our own making."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.actors import Actors
from thucydides.desk.bench.actors import Forms, compare, forms, party_forms, whole
from thucydides.desk.bench.scoring import Score
from thucydides.desk.cli import app
from thucydides.exports.acled_tables import Filed
from thucydides.record import Party

ACTORS = Actors.load()


@pytest.mark.parametrize(
    ("one", "other", "same", "reason"),
    [
        ("Civilians (Kenya)", "Civilians (Uganda)", True, "the country is left out"),
        ("Military Forces of Sudan (2019-)", "Military Forces of Sudan (1989-2019)", True, "so are the years"),
        ("ABC: Harl Liberation Front (Old Faction)", "Harl Liberation Front", True, "the name after an acronym"),
        ("ABC: Harl Liberation Front", "ABC", True, "and the acronym"),
        ("Police Forces of Uganda (1986-) Harl Authority", "Harl Authority", True, "a unit is itself"),
        ("Police Forces of Uganda (1986-) Harl Authority", "Police Forces of Uganda (1986-)", True, "and its force"),
        ("Harl Clan Militia (Somalia)", "Harl militiamen", True, "a people's militia in any words"),
        ("Harl Ethnic Militia (Kenya)", "Harl Ethnic Group (Kenya)", False, "the people is not its militia"),
        ("Harl Ethnic Militia (Kenya)", "Terl Ethnic Militia (Kenya)", False, "another people"),
        ("Unidentified Clan Militia (Somalia)", "Unidentified Communal Militia (Somalia)", True, "neither is known"),
        ("Unidentified Police Forces (Kenya)", "Police Forces of Kenya (2022-)", True, "police of whom no more is said"),
        ("Unidentified Police Forces (Kenya)", "Police Forces of Uganda (1986-)", False, "of another country"),
        ("Rioters (Kenya)", "Protesters (Kenya)", False, "another kind"),
    ],
)
def test_names_are_compared_leniently(one: str, other: str, same: bool, reason: str) -> None:
    assert bool(forms(one) & forms(other)) is same, reason
    assert not whole(one) & whole(other), "strictly none of these is the same"


@pytest.mark.parametrize(
    ("actor", "acled", "same"),
    [
        ("so-army", "Military Forces of Somalia (2022-)", True),
        ("ug-air", "Military Forces of Uganda (1986-)", True),
        ("ke-police", "Police Forces of Kenya (2022-)", True),
        ("ke-police", "Military Forces of Kenya (2022-)", False),
        ("ke-luo", "Luo Ethnic Militia (Kenya)", True),
        ("isis", "Military Forces of Iraq (2014-)", False),
    ],
)
def test_forces_of_a_state_are_called_by_it(actor: str, acled: str, same: bool) -> None:
    entry = ACTORS.by_id[actor]
    party = Party(role="initiator", name="they", actor=actor, kind=entry.kind)
    assert bool(party_forms(party, Filed(name=entry.name, inter=""), ACTORS) & forms(acled)) is same


def test_actors_are_matched_one_to_one() -> None:
    def names(*words: str) -> list[Forms]:
        return [frozenset({word}) for word in words]

    assert compare(names("a", "a", "b"), names("a", "c")) == Score.matched(1, 3, 2)
    assert compare(names("a", "b"), names("a"), beside=names("b")) == Score.matched(1, 1, 1), "an associated actor is no error"


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path))
    notes = [
        {"actor1": "Al Shabaab", "actor2": "Military Forces of Somalia (2022-); Women (Somalia)",
         "text": "On 3 May 2022, al-Shabaab militants attacked the Somali army in Baidoa and killed two soldiers."},
        {"actor1": "Rioters (Kenya)", "actor2": "", "text": "The shop opened at nine."},
    ]  # fmt: skip
    (tmp_path / "notes.jsonl").write_text("\n".join(map(json.dumps, notes)), encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "actors", str(tmp_path / "notes.jsonl"), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert figures["lenient.r"] == 0.5, "two of four: not the women, not the rioters"
    assert figures["main_lenient.r"] == pytest.approx(2 / 3, abs=1e-3)
    assert figures["strict.f1"] <= figures["lenient.f1"]
