"""The event export in UCDP's columns: which claims are events to it, between whom, whose the dead are."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from strategies import readings
from test_exports import CLAIM, HISYAH, REPORT, STRIKE, table, written
from thucydides.exports import write
from thucydides.exports.precision import days_of, where_precision
from thucydides.exports.rows import share_of
from thucydides.exports.ucdp import COLUMNS, DEATHS
from thucydides.exports.ucdp_countries import priogrid, states
from thucydides.record import Basis, Claim, Event, Factuality, Kind, Party, Plan, Report, Toll, When, Where

ARMY = Party(role="initiator", name="Syrian army", actor="sy-army", kind="army", names=("Syrian Arab Army",))
ISIS = Party(role="target", name="Islamic State militants", actor="isis", kind="jihadist", names=("Islamic State",))
REBELS = Party(role="initiator", name="Jaysh al-Islam", actor="sy-jaysh-al-islam", kind="rebel", names=("Jaysh al-Islam",))
VILLAGERS = Party(role="target", name="three villagers", actor="civilian-villagers", kind="civilian", names=("villagers",))
GUNMEN = Party(role="initiator", name="gunmen", actor="generic-gunmen", kind="generic", names=("gunmen",))
SOLDIERS = Party(role="target", name="12 soldiers", actor="generic-soldiers", kind="generic", names=("soldiers",))
FACTORY = Party(role="target", name="copper factory", kind="object")
COALITION = Party(role="initiator", name="the coalition", actor="coalition-oir", kind="coalition", names=("US-led coalition",))


def initiator(party: Party) -> Party:
    return replace(party, role="initiator")


def target(party: Party) -> Party:
    return replace(party, role="target")


def told(type_: str, *parties: Party, who: str | None = "people", low: int | None = 5, best: int | None = 5, high: int | None = 5) -> Claim:
    killed = Toll(low=low, best=best, high=high, who=who, words="")
    return replace(CLAIM, says=replace(STRIKE, type=type_, parties=parties, killed=killed))


def rows_of(claim: Claim, report: Report = REPORT, **more: object) -> list[dict[str, str]]:
    return table(written("ucdp", claim, report=report, **more))


def row_of(claim: Claim, report: Report = REPORT) -> dict[str, str]:
    (row,) = rows_of(claim, report)
    return row


def left_out(claim: Claim) -> dict[str, int]:
    return dict(write([(claim, REPORT)], as_="ucdp", to=io.StringIO()).left_out)


def test_the_columns_are_ucdps_in_its_order() -> None:
    assert len(COLUMNS) == 49 and COLUMNS[44:47] == ("best", "high", "low")
    assert written("ucdp").strip().split(",") == list(COLUMNS)


def test_a_row() -> None:
    row = row_of(CLAIM, replace(REPORT, title="Strike near Hisyah"))
    expected = {
        "relid": "c1.0", "year": "2017", "active_year": "", "code_status": "", "type_of_violence": "3", "conflict_new_id": "",
        "dyad_name": "Government of Israel - Civilians", "side_a": "Government of Israel", "side_a_new_id": "", "side_b": "Civilians",
        "number_of_sources": "1", "source_article": "The Daily; Star, 2017-11-02, Strike near Hisyah", "source_office": "The Daily; Star",
        "source_date": "2017-11-02", "source_headline": "Strike near Hisyah", "source_original": "Local sources", "where_prec": "2",
        "where_coordinates": "Hisyah", "where_description": "near Hisyah", "adm_1": "Homs", "adm_2": "", "latitude": "34.41",
        "longitude": "36.76", "geom_wkt": "POINT (36.76 34.41)", "country": "Syria", "country_id": "652", "region": "Middle East",
        "event_clarity": "1", "date_prec": "1", "date_start": "2017-11-01 00:00:00.000", "date_end": "2017-11-01 00:00:00.000",
        "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "12", "deaths_unknown": "0", "best": "12", "high": "12", "low": "12",
        "gwnoa": "666", "gwnob": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["id"].isdigit() and row_of(CLAIM)["id"] == row["id"], "the same claim has the same id in every export"
    assert row_of(CLAIM)["source_headline"].startswith("Israeli warplanes"), "for want of a title the quote"


SIDES = [
    (told("Armed clash", ARMY, ISIS), "1", "Government of Syria", "IS", "a government against a group"),
    (told("Armed clash", initiator(ISIS), target(ARMY)), "1", "Government of Syria", "IS", "the government first, whoever acts"),
    (told("Armed clash", REBELS, ISIS), "2", "Jaish al-Islam", "IS", "groups on both sides, in UCDP's names"),
    (told("Attack", REBELS, VILLAGERS), "3", "Jaish al-Islam", "Civilians", "against civilians"),
    (told("Attack", initiator(ISIS), ISIS), "3", "IS", "Civilians", "an attack is on civilians by its type"),
    (told("Air/drone strike", ARMY, VILLAGERS), "3", "Government of Syria", "Civilians", "civilians are all that is told as struck"),
    (told("Air/drone strike", ARMY, VILLAGERS, ISIS), "1", "Government of Syria", "IS", "crossfire"),
    (told("Armed clash", initiator(SOLDIERS), ISIS), "1", "Government of Syria", "IS", "soldiers are the country's"),
    (told("Armed clash", ARMY, initiator(ISIS)), "1", "Government of Syria", "IS", "clashes between two: both act"),
]


@pytest.mark.parametrize(("claim", "violence", "a", "b", "reason"), SIDES, ids=[row[-1] for row in SIDES])
def test_sides(claim: Claim, violence: str, a: str, b: str, reason: str) -> None:
    row = row_of(claim)
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (violence, a, b), reason
    assert row["dyad_name"] == f"{a} - {b}" and row["conflict_name"] == ("" if violence == "1" else f"{a} - {b}")


DEAD = [
    (told("Armed clash", ARMY, ISIS, who="soldiers"), "deaths_a", "soldiers are the government's"),
    (told("Armed clash", ARMY, ISIS, who="militants"), "deaths_b", "militants are the group's"),
    (told("Armed clash", ARMY, ISIS, who="Islamic State militants"), "deaths_b", "named as the side is"),
    (told("Armed clash", ARMY, ISIS, who="civilians"), "deaths_civilians", "killed between the sides"),
    (told("Armed clash", ARMY, ISIS, who="people"), "deaths_unknown", "anybody"),
    (told("Armed clash", ARMY, ISIS, who=None), "deaths_unknown", "not told"),
    (told("Armed clash", REBELS, ISIS, who="fighters"), "deaths_unknown", "of either group"),
    (told("Attack", REBELS, VILLAGERS, who="villagers"), "deaths_civilians", "the victims"),
    (told("Attack", REBELS, VILLAGERS, who=None), "deaths_civilians", "the victims are civilians"),
    (told("Suicide bomb", initiator(ISIS), VILLAGERS, who="Islamic State militants"), "deaths_a", "the attackers themselves"),
]


@pytest.mark.parametrize(("claim", "column", "reason"), DEAD, ids=[row[-1] for row in DEAD])
def test_whose_the_dead_are(claim: Claim, column: str, reason: str) -> None:
    row = row_of(claim)
    assert {name: row[name] for name in DEATHS} == {name: "5" if name == column else "0" for name in DEATHS}, reason


FIGURES = [
    ((12, None, None), ("12", "12", "12"), "at least 12"),
    ((None, None, 20), ("0", "20", "0"), "up to 20"),
    ((10, None, 15), ("10", "15", "10"), "between 10 and 15"),
    ((3, 3, 3), ("3", "3", "3"), "three"),
]


@pytest.mark.parametrize(("figures", "expected", "reason"), FIGURES)
def test_estimates(figures: tuple[int | None, ...], expected: tuple[str, ...], reason: str) -> None:
    low, best, high = figures
    row = row_of(told("Attack", REBELS, VILLAGERS, low=low, best=best, high=high))
    assert (row["best"], row["high"], row["low"]) == expected, reason


LEFT_OUT = [
    (replace(CLAIM, factuality=Factuality.DENIED), "told as denied"),
    (replace(CLAIM, kind=Kind.PLAN, says=Plan(event=STRIKE, mode="intended")), "a plan, no event"),
    (told("Agreement", ARMY, ISIS), "no use of armed force"),
    (told("Armed clash", ARMY, ISIS, low=0, best=0, high=0), "no death told"),
    (told("Attack", GUNMEN, VILLAGERS), "a side that is not known"),
    (told("Armed clash", ARMY, target(GUNMEN)), "a side that is not known"),
    (told("Air/drone strike", COALITION, VILLAGERS), "a side that is not known"),
    (told("Air/drone strike", ARMY, FACTORY), "a side that is not known"),
    (told("Air/drone strike", VILLAGERS), "a side that is not known"),
    (replace(CLAIM, says=replace(STRIKE, where=(Where(name="Nowhere"),))), "no place known"),
    (
        replace(CLAIM, says=replace(STRIKE, when=When(start=date(2017, 1, 1), end=None, basis=Basis.STATED))),
        "no day known to within a year",
    ),
]


@pytest.mark.parametrize(("claim", "why"), LEFT_OUT, ids=[f"{n} {row[1]}" for n, row in enumerate(LEFT_OUT)])
def test_what_is_no_event_to_ucdp_is_left_out_with_the_reason(claim: Claim, why: str) -> None:
    assert rows_of(claim) == [] and left_out(claim) == {why: 1}


def test_deaths_told_for_several_places_are_divided() -> None:
    def at(*names: str, killed: int) -> list[dict[str, str]]:
        claim = told("Attack", REBELS, VILLAGERS, low=killed, best=killed, high=killed)
        return rows_of(replace(claim, says=replace(claim.says, where=tuple(replace(HISYAH, name=name) for name in names))))  # type: ignore[arg-type]

    rows = at("Hisyah", "Homs", "Hama", killed=5)
    assert [(row["best"], row["event_clarity"]) for row in rows] == [("2", "2"), ("2", "2"), ("1", "2")]
    assert [row["relid"] for row in rows] == ["c1.0", "c1.1", "c1.2"] and len({row["id"] for row in rows}) == 3
    assert len(at("Hisyah", "Homs", "Hama", killed=1)) == 1, "a place without a death is no event"
    assert sum(share_of(7, number, 3) for number in range(3)) == 7


PLACES = [
    ("place", 6.0, None, 1), ("part", 3.0, None, 1), ("near", 12.0, None, 2), ("area", 20.0, None, 2), ("area", 80.0, None, 5),
    ("admin1", 60.0, None, 4), ("country", 400.0, None, 6), ("unknown", None, None, None), ("area", None, None, 5),
]  # fmt: skip


@pytest.mark.parametrize(("precision", "radius_km", "place", "expected"), PLACES)
def test_where_prec(precision: str, radius_km: float | None, place: str | None, expected: int | None) -> None:
    assert where_precision({"name": "x", "precision": precision, "radius_km": radius_km, "place": place}) == expected


def test_a_sea_and_a_second_level_area_have_codes_of_their_own() -> None:
    from thucydides.places import Gazetteer, locate, settle

    gazetteer = Gazetteer.open()
    for name, country, expected in (("Black Sea", "Ukraine", 7), ("Manbij District", "Syria", 3)):
        where = locate(name, settle([name, country], gazetteer), gazetteer)
        row = row_of(replace(CLAIM, says=replace(STRIKE, where=(where,))))
        assert row["where_prec"] == str(expected), where


def day(first: date, last: date, time_of_day: str | None = None, basis: str = "stated") -> dict[str, object]:
    when = When(start=first, end=last, basis=Basis(basis), time_of_day=time_of_day)
    return {"start": str(first), "end": str(last), "basis": basis, "words": None, "time_of_day": time_of_day, "precision": when.precision}


MAY = date(2016, 5, 1)
DAYS = [
    (day(MAY, MAY), (MAY, MAY, 1)),
    (day(MAY, MAY, basis="published"), (MAY, MAY, 2)),
    (day(MAY, date(2016, 5, 2), "night"), (MAY, MAY, 1)),
    (day(MAY, date(2016, 5, 4)), (MAY, date(2016, 5, 4), 2)),
    (day(MAY, date(2016, 5, 7)), (MAY, date(2016, 5, 7), 3)),
    (day(MAY, date(2016, 5, 31)), (MAY, date(2016, 5, 31), 4)),
    (day(MAY, date(2016, 12, 31)), (MAY, date(2016, 12, 31), 5)),
    (day(MAY, date(2019, 12, 31)), None),
    (None, None),
]


@pytest.mark.parametrize(("when", "expected"), DAYS)
def test_date_prec(when: dict[str, object] | None, expected: tuple[date, date, int] | None) -> None:
    assert days_of(when) == expected


@pytest.mark.parametrize(
    ("lat", "lon", "gid"),
    [(-90, -180, 1), (-89.6, -179.4, 2), (-89.4, -180, 721), (90, 180, 259200), (-55.75, -69.25, 49182), (33.51, 36.29, 178273)],
)
def test_cells_of_the_grid(lat: float, lon: float, gid: int) -> None:
    assert priogrid(lat, lon) == gid


def test_countries_have_one_number_and_a_region() -> None:
    assert {state.region for state in states().values()} == {"Africa", "Americas", "Asia", "Europe", "Middle East"}
    names = {state.number: state.name for state in states().values()}
    assert all(names[state.number] == state.name for state in states().values())
    assert (states()["TR"].region, states()["EG"].region, states()["GE"].region) == ("Middle East", "Middle East", "Europe")


@given(reading=readings(kinds=(Kind.EVENT,)))
@settings(max_examples=60)
def test_codes_are_in_range_and_ids_are_the_claims(reading: tuple[Report, tuple[Claim, ...]]) -> None:
    report, claims = reading
    ids = {claim.id for claim in claims if isinstance(claim.says, Event)}
    for row in table(written("ucdp", *claims, report=report)):
        assert row["relid"].rsplit(".", 1)[0].lstrip("'") in ids
        assert row["type_of_violence"] in "123" and row["where_prec"] in "1234567" and row["date_prec"] in "12345"
        assert row["event_clarity"] in "12" and row["date_start"] <= row["date_end"]
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"]) and int(row["high"]) > 0
        assert sum(int(row[name]) for name in DEATHS) == int(row["best"])


def test_a_title_is_withheld_with_the_words_and_the_names() -> None:
    titled = replace(REPORT, title="Amal Haddad killed")
    for what in ("passages", "civilians"):
        assert "Amal" not in written("ucdp", CLAIM, report=titled, withhold=[what])
    (row,) = rows_of(CLAIM, titled, withhold=["coordinates"])
    assert row["source_headline"] == "Amal Haddad killed"
    assert row["latitude"] == row["longitude"] == row["geom_wkt"] == row["priogrid_gid"] == ""
