"""Orders of battle: names of units, which unit is meant, the tree under an actor, and what is kept out of it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forces_made import armed, fought, party, report
from thucydides.actors import KINDS, Actors
from thucydides.arms import CLASSES
from thucydides.control.armies import Armies
from thucydides.control.echelons import branches, echelons
from thucydides.control.forces import Force, Order, muster
from thucydides.control.mustering import apart
from thucydides.control.symbols import arm_symbol, unit_symbol
from thucydides.control.unit_names import read_unit, read_units
from thucydides.record import Actor, Claim, Factuality, Passage, Report, Use

TABLE = Path(__file__).parent / "unit_names.tsv"
ROWS = [
    tuple((line.split("\t") + [""] * 5)[:5])
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "name\t"))
]


@lru_cache(maxsize=1)
def roster() -> Armies:
    return Armies(Actors.load())


@pytest.fixture(scope="module")
def armies() -> Armies:
    return roster()


Named = tuple[str, str | None]
Told = list[tuple[Claim, Report]]


def told(*claims: Claim, text: str = "A report.") -> Told:
    return [(claim, report(claim.report, text)) for claim in claims]


def forces(order: Order) -> dict[str, Force]:
    return {force.name: force for top in (order.root, *order.loose) for _, force in top.walk()}


def parent_of(order: Order, name: str) -> str | None:
    by_id = {force.id: force.name for _, force in order.root.walk()}
    return by_id.get(forces(order)[name].parent or "")


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_of_names_is_wide() -> None:
    assert len(ROWS) >= 120


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_names_of_units(row: tuple[str, ...], armies: Armies) -> None:
    name, echelon, which, branch, of = row
    unit = read_unit(name, armies.words)
    if not echelon:
        assert unit is None, unit
        return
    assert unit is not None
    above = unit.belongs or (unit.above.words if unit.above else "")
    assert (unit.echelon, unit.key[1], unit.branch or "", above) == (echelon, which, branch, of)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("the 47th and 72nd brigades", [47, 72]),
        ("the 3rd, 4th and 5th Infantry Divisions", [3, 4, 5]),
        ("brigades 12 and 14", [12, 14]),
        ("15 brigades", []),
        ("THE SECOND GROUP", []),
        ("the second front", []),
        ("the 92nd Brigade and the 3rd Assault Brigade", [92, 3]),
    ],
)
def test_several_units_in_one_name(name: str, numbers: list[int], armies: Armies) -> None:
    assert [unit.number for unit in read_units(name, armies.words)] == numbers


@pytest.mark.parametrize(
    ("name", "office", "words"),
    [
        ("commander of the 93rd Brigade, Colonel Ivan Petrenko", "commander", "93rd Brigade"),
        ("93rd Brigade commander Colonel Ivan Petrenko", "commander", "93rd Brigade"),
        ("Abu Omar, a spokesman for the Golani Brigade", "spokesman", "Golani Brigade"),
        ("the deputy commander of the 4th Division, General X", "deputy commander", "4th Division"),
    ],
)
def test_offices_are_read_and_persons_are_not(name: str, office: str, words: str, armies: Armies) -> None:
    unit = read_unit(name, armies.words)
    assert unit is not None
    assert (unit.office, unit.words) == (office, words)


# ── the tree ─────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_of_no_roster_stands_under_what_it_is_told_of(armies: Armies) -> None:
    claims = told(
        fought("c1", party("72 brigade of the Syrian Air Defense Forces", "sy"), party("Israelis", "il", "target"), place="Qusayr"),
        armed("c2", party("The 72 brigade of the Syrian Air Defense Forces", "sy"), arm="s-75", name="S-75"),
    )
    order = muster(claims, armies, "sy")
    unit = forces(order)["72 brigade"]
    assert parent_of(order, "72 brigade") == "Syrian Air Defence Force"
    assert (unit.echelon, unit.number, unit.by) == ("brigade", 72, "told")
    assert unit.claims == ("c1", "c2")
    assert [(line.says, line.claims) for line in unit.places] == [("Qusayr", ("c1",))]
    assert [(line.says, line.id) for line in unit.opponents] == [("Israel", "il")]
    assert [(line.says, line.id) for line in unit.arms] == [("has S-75", "s-75")]
    assert unit.symbol == "10011000181301000000", "an air defence brigade, as its army says"


def test_every_line_has_claims_or_the_roster_behind_it(armies: Armies) -> None:
    claims = told(fought("c1", party("Tiger Forces", "sy-tiger-forces"), party("ISIS", "isis", "target")))
    order = muster(claims, armies, "sy")
    for _, force in order.root.walk():
        assert force.claims or force.actor, force
        for line in (*force.places, *force.opponents, *force.offices, *force.arms):
            assert line.claims


def test_units_of_one_number_in_two_armies_are_two(armies: Armies) -> None:
    claims = told(
        fought("c1", party("47th Brigade of the Syrian army", "sy-army"), party("rebels", "sy-rebels", "target"), country="SY"),
        fought("c2", party("Ukraine's 47th Mechanized Brigade", "ua-47-mechanized"), party("Russia", "ru", "target"), country="UA"),
    )
    syrian, ukrainian = muster(claims, armies, "sy"), muster(claims, armies, "ua")
    assert [f.claims for _, f in syrian.root.walk() if f.number == 47] == [("c1",)]
    assert [f.claims for _, f in ukrainian.root.walk() if f.number == 47] == [("c2",)]


def test_words_stand_above_the_roster(armies: Armies) -> None:
    """The coder knows one 47th Brigade only; the words give it to another army."""
    claims = told(fought("c1", party("the 47th Brigade of the Syrian army", "ua-47-mechanized"), country="SY"))
    assert [f.name for _, f in muster(claims, armies, "sy").root.walk() if f.number == 47] == ["47th Brigade"]
    assert [f for _, f in muster(claims, armies, "ua").root.walk() if f.claims] == []


def test_a_bare_number_in_another_country_is_given_to_nobody(armies: Armies) -> None:
    claim = fought("c1", party("the 47th Brigade", "ua-47-mechanized"), country="SY")
    order = muster(told(claim), armies, "ua")
    assert [f for _, f in order.root.walk() if f.claims] == [] and order.loose == ()
    loose = muster(told(claim), armies, "sy").loose
    assert [(f.name, f.claims) for f in loose] == [("47th Brigade", ("c1",))]
    assert "of an army that the report does not name" in loose[0].notes[0]
    spoken = muster(told(claim, text="Ukrainian troops abroad: the 47th Brigade fought."), armies, "ua")
    assert [f.claims for _, f in spoken.root.walk() if f.number == 47] == [("c1",)]


def test_troops_told_make_a_number_sure(armies: Armies) -> None:
    claim = fought("c1", party("the 810th Naval Infantry Brigade", "ru-810nib"), party("Ukrainians", "ua", "target"), country="UA")
    assert [f.claims for _, f in muster(told(claim), armies, "ru").root.walk() if f.number == 810] == [("c1",)]


def test_an_army_that_was_taken_for_a_party_of_its_own_is_the_units(armies: Armies) -> None:
    sentence = "Troops of the 997 Division of the Nigerian Army killed fighters."
    claim = fought("c1", party("Troops of the 997 Division", "generic-troops"), party("Nigerian Army", "ng-army"), sentence=sentence)
    (division,) = [f for _, f in muster(told(claim), armies, "ng").root.walk() if f.number == 997]
    assert (division.parent, division.by) == ("ng-army", "told")


def test_sub_units_stand_under_their_unit(armies: Armies) -> None:
    claims = told(
        fought("c1", party("3rd Battalion of the 205th Brigade of the Syrian army", "sy-army")),
        fought("c2", party("the Syrian army's 205th Brigade", "sy-army")),
        fought("c3", party("3rd Battalion of the 206th Brigade of the Syrian army", "sy-army")),
    )
    order = muster(claims, armies, "sy")
    battalions = [f for _, f in order.root.walk() if f.echelon == "battalion"]
    assert [f.claims for f in battalions] == [("c1",), ("c3",)], "a third battalion of each brigade"
    by_id = {f.id: f for _, f in order.root.walk()}
    assert {(by_id[f.parent or ""].number, f.by) for f in battalions} == {(205, "told"), (206, "told")}
    assert next(f for f in by_id.values() if f.number == 205 and f.echelon == "brigade").claims == ("c1", "c2")


def test_who_tells_less_joins_the_only_unit_that_fits(armies: Armies) -> None:
    named = fought("c1", party("Syria's 999th Mechanized Brigade", "sy"))
    bare = fought("c2", party("Syria's 999th Brigade", "sy"))
    other = fought("c3", party("Syria's 999th Artillery Brigade", "sy"))
    assert [f.claims for _, f in muster(told(named, bare), armies, "sy").root.walk() if f.number] == [("c1", "c2")]
    apart = [f.claims for _, f in muster(told(named, bare, other), armies, "sy").root.walk() if f.number]
    assert sorted(apart) == [("c1",), ("c2",), ("c3",)], "which of the two is meant is not told"


def test_what_is_denied_or_planned_is_not_counted(armies: Armies) -> None:
    claims = told(
        fought("c1", party("Tiger Forces", "sy-tiger-forces"), factuality=Factuality.DENIED),
        fought("c2", party("Tiger Forces", "sy-tiger-forces"), factuality=Factuality.PLANNED),
    )
    assert [f for _, f in muster(claims, armies, "sy").root.walk() if f.claims] == []


def test_on_a_day_nothing_later_is_known(armies: Armies) -> None:
    claims = told(
        fought("c1", party("Tiger Forces", "sy-tiger-forces"), place="Hama", day=date(2017, 1, 1)),
        fought("c2", party("Tiger Forces", "sy-tiger-forces"), place="Mayadin", day=date(2017, 10, 1)),
    )
    early = forces(muster(claims, armies, "sy", on=date(2017, 6, 1)))["Tiger Forces"]
    assert [line.says for line in early.places] == ["Hama"]
    assert (early.first, early.last) == (date(2017, 1, 1), date(2017, 1, 1))


POOL = [
    ("Syria's 999th Mechanized Brigade", "sy"),
    ("Syria's 999th Brigade", "sy"),
    ("Syria's 999th Artillery Brigade", "sy"),
    ("3rd Battalion of Syria's 999th Brigade", "sy"),
    ("3rd Battalion of Syria's 998th Brigade", "sy"),
    ("Syria's 3rd Battalion", "sy"),
    ("2nd Company, 3rd Battalion, 999th Mechanized Brigade", "sy"),
    ("2nd Company of the 3rd Battalion of the Syrian army", "sy-army"),
    ("the 999th Brigade of the Republican Guard", "sy-republican-guard"),
    ("the 999th Brigade", None),
    ("the 72 brigade of the Syrian Air Defense Forces", "sy"),
    ("72nd Brigade", "ua-72-mechanized"),
    ("commander of Syria's 999th Brigade", "sy"),
    ("the 998th and 999th brigades of the Syrian army", "sy-army"),
    ("Tiger Forces", "sy-tiger-forces"),
    ("ISIS", "isis"),
]
fights = st.lists(st.tuples(st.sampled_from(POOL), st.sampled_from(POOL), st.integers(1, 28)), max_size=9)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(fights, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(drawn: list[tuple[Named, Named, int]], chance: random.Random) -> None:
    known = roster()
    claims = told(
        *(
            fought(f"c{n}", party(*one), party(*other, role="target"), day=date(2017, 1, day), country="SY")
            for n, (one, other, day) in enumerate(drawn)
        )
    )
    whole = muster(claims, known, "sy")
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert muster(shuffled, known, "sy") == whole
    shown = [force for top in (whole.root, *whole.loose) for _, force in top.walk()]
    assert len({force.id for force in shown}) == len(shown), "no force stands twice"
    for force in shown:
        assert force.claims or force.actor
        assert force.first is None or force.last is None or force.first <= force.last


def test_a_command_that_the_roster_knows_is_one_force(armies: Armies) -> None:
    claims = told(
        fought("c1", party("US Africa Command", "us-africom"), party("al-Shabaab", "so-al-shabaab", "target")),
        fought("c2", party("al-Shabaab", "so-al-shabaab"), said_by=("General Someone, commander of US Africa Command",)),
    )
    seen = [f for _, f in muster(claims, armies, "us").root.walk() if f.claims]
    assert [(f.actor, f.claims) for f in seen] == [("us-africom", ("c1", "c2"))]
    assert [line.says for line in seen[0].offices] == ["commander"]


def test_allies_within_one_state_are_no_opponents(armies: Armies) -> None:
    claims = told(fought("c1", party("Tiger Forces", "sy-tiger-forces"), party("Syrian army", "sy-army", "target")))
    assert forces(muster(claims, armies, "sy"))["Tiger Forces"].opponents == ()
    truce = told(fought("c1", party("Tiger Forces", "sy-tiger-forces"), party("ISIS", "isis", "target"), type_="Agreement"))
    assert forces(muster(truce, armies, "sy"))["Tiger Forces"].opponents == ()


# ── what is not told ─────────────────────────────────────────────────────────────────────────────


def test_commanders_are_told_by_office_alone(armies: Armies) -> None:
    claims = told(
        fought("c1", party("Syria's 4th Division commander General Ali Someone", "sy", "target"), party("rebels", "sy-rebels")),
        fought("c2", party("rebels", "sy-rebels"), said_by=("Colonel Hasan Otherman, commander of Syria's 4th Division",)),
    )
    order = muster(claims, armies, "sy")
    shown = json.dumps(asdict(order), default=str)
    assert "Someone" not in shown and "Otherman" not in shown
    division = next(f for _, f in order.root.walk() if f.offices)
    assert [(line.says, line.claims) for line in division.offices] == [("commander", ("c1", "c2"))]
    assert division.places == (), "where the holder of an office is, is no place of the unit"


def test_persons_are_no_forces(armies: Armies) -> None:
    claims = told(fought("c1", party("Ahmad Someone", None, kind="civilian"), party("a farmer from Homs", None, "target")))
    shown = json.dumps(asdict(muster(claims, armies, "sy")), default=str)
    assert "Someone" not in shown and "farmer" not in shown


def test_no_point_is_finer_than_the_words(armies: Armies) -> None:
    claims = told(fought("c1", party("Tiger Forces", "sy-tiger-forces"), place="Hama"))
    shown = json.dumps(asdict(muster(claims, armies, "sy")), default=str)
    assert "Hama" in shown
    assert "12.34" not in shown and "65.43" not in shown and "lat" not in shown


# ── symbols ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "own", "code"),
    [
        ("3rd Infantry Battalion", True, "10031000161211000000"),
        ("3rd Infantry Battalion", False, "10011000161211000000"),
        ("47th Mechanized Brigade", False, "10011000181211020000"),
        ("18th Armoured Division", False, "10011000211205000000"),
        ("B Company", False, "10011000150000000000"),
        ("III Corps", False, "10011000220000000000"),
        ("Task Force 58", False, "10011004000000000000"),
        ("366th Fighter Wing", False, "10011000181208000000"),
    ],
)
def test_symbols_of_units(name: str, own: bool, code: str) -> None:
    assert unit_symbol("unit", read_unit(name), own=own) == code


def test_every_kind_has_a_symbol_and_nobody_is_hostile() -> None:
    codes: Iterable[str] = [*(unit_symbol(kind) for kind in sorted(KINDS)), *(arm_symbol(kind) for kind in sorted(CLASSES))]
    for code in codes:
        assert len(code) == 20 and code.isdigit()
        assert code[3] in "14", "unknown or neutral"
    assert all(len(entity) == 6 and entity.isdigit() for entity in branches().values())
    assert all(len(echelon.code) == 2 and echelon.code.isdigit() for echelon in echelons().values())


def test_the_own_side_is_friendly_with_all_its_units(armies: Armies) -> None:
    claims = told(
        fought("c1", party("Syria's 999th Brigade", "sy"), party("ISIS", "isis", "target")),
        fought("c2", party("Tiger Forces", "sy-tiger-forces")),
    )
    identities = {f.symbol[3] for _, f in muster(claims, armies, "sy", own={"sy"}).root.walk()}
    assert identities == {"3"}
    assert {f.symbol[3] for _, f in muster(claims, armies, "isis", own={"sy"}).root.walk()} == {"1"}


# ── enemies by camps, years, arms told once ──────────────────────────────────────────────────────


def test_enemies_by_the_roster_of_camps_stand_where_no_claim_tells_any(armies: Armies) -> None:
    silent = fought("c1", party("4th Division of the Syrian army", "sy-army"), country="SY", day=date(2016, 3, 1))
    spoken = fought(
        "c2", party("5th Corps of the Syrian army", "sy-army"), party("ISIS", "isis", "target"), country="SY", day=date(2016, 3, 1)
    )
    found = forces(muster(told(silent, spoken), armies, "sy"))
    by_camps = next(force for force in found.values() if force.claims == ("c1",)).opponents
    assert {line.by for line in by_camps} == {"camps"}
    assert {line.id for line in by_camps} >= {"syria-opposition", "syria-jihadists"}
    assert all(line.claims == () for line in by_camps)
    assert any("Islamic State" in line.says for line in by_camps)
    (told_one,) = next(force for force in found.values() if force.claims == ("c2",)).opponents
    assert (told_one.by, told_one.id) == ("told", "isis")


@pytest.mark.parametrize(("country", "year"), [("SY", 1999), ("FR", 2016), (None, 2016)])
def test_no_enemies_where_no_war_of_the_camp_was_fought(country: str | None, year: int, armies: Armies) -> None:
    claim = fought("c1", party("4th Division of the Syrian army", "sy-army"), country=country, day=date(year, 3, 1))
    found = forces(muster(told(claim), armies, "sy"))
    assert all(not force.opponents for force in found.values())


def test_a_force_told_of_when_it_did_not_exist_is_noted(armies: Armies) -> None:
    actor = next(one for one in armies.actors if one.kind == "unit" and one.start and one.start > 1990 and not one.end)
    assert actor.start is not None
    early = fought("c1", party(actor.name, actor.id), day=date(actor.start - 5, 1, 1))
    late = fought("c2", party(actor.name, actor.id), day=date(actor.start + 1, 1, 1))
    force = next(f for _, f in muster(told(early, late), armies, armies.top(actor.id)).root.walk() if f.actor == actor.id)
    assert force.years == (actor.start, None)
    assert [note for note in force.notes if "but the roster has it" in note] == [
        f"told of in {actor.start - 5}, but the roster has it from {actor.start}"
    ]


def test_one_number_given_twice_is_told_apart_by_years() -> None:
    state = Actor(id="zz", name="Zetland", kind="state", countries=("ZZ",))
    first = Actor(id="zz-9-old", name="9th Brigade", kind="unit", parent="zz", start=1950, end=1990)
    second = Actor(id="zz-9-new", name="9th Brigade", kind="unit", parent="zz", start=2010)
    small = Armies(Actors([state, first, second]))
    name = read_unit("9th Brigade", small.words)
    assert name is not None
    assert small.entry(name, "zz") is None
    assert [entry and entry.id for entry in (small.entry(name, "zz", 1970), small.entry(name, "zz", 2020))] == ["zz-9-old", "zz-9-new"]


def test_an_arm_is_told_once_with_the_words_that_go_on_with_it() -> None:
    sentence = "It is armed with the S-75 air defence system and tanks."
    uses = (Use(name="S-75", arm="s-75"), Use(name="air defence system", arm="air-defence-system"), Use(name="tanks", arm="tank"))
    at = {use.name: sentence.index(use.name) for use in uses}
    evidence = tuple(Passage(field="weapons", start=at[u.name], end=at[u.name] + len(u.name), words=u.name) for u in uses)
    claim = replace(armed("c1", party("72 brigade", "sy"), arm="s-75", name="S-75", sentence=sentence), evidence=evidence)
    assert [use.name for use in apart(uses, claim)] == ["S-75", "tanks"]
