"""The event export: claims filed in ACLED's columns by ACLED's rules."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest

from test_exports import CLAIM, HISYAH, REPORT, STRIKE, table, written
from thucydides.exports import write
from thucydides.exports.acled import COLUMNS
from thucydides.exports.acled_actors import INTERS, _filings, interaction
from thucydides.exports.acled_tables import Filed, count_in_words, countries, sub_events
from thucydides.exports.precision import day_of, geo_precision
from thucydides.record import Basis, Claim, Event, Factuality, Kind, Party, Plan, Source, Tally, Toll, When


def row_of(claim: Claim = CLAIM, **more: object) -> dict[str, str]:
    (row,) = table(written("acled", claim, **more))
    return row


def with_event(**changes: object) -> Claim:
    return replace(CLAIM, says=replace(STRIKE, **changes))  # type: ignore[arg-type]


def test_the_columns_are_acleds_in_its_order() -> None:
    assert len(COLUMNS) == 31
    assert written("acled").strip().split(",") == list(COLUMNS)


def test_a_row() -> None:
    row = row_of()
    assert row["event_id_cnty"].startswith("SYR") and row["event_id_cnty"][3:].isdigit()
    expected = {
        "event_date": "2017-11-01",
        "year": "2017",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Military Forces of Israel (2009-2021)",
        "inter1": "External/Other forces",
        "actor2": "Civilians (Syria)",
        "inter2": "Civilians",
        "interaction": "External/Other forces-Civilians",
        "civilian_targeting": "Civilian targeting",
        "iso": "760",
        "region": "Middle East",
        "country": "Syria",
        "admin1": "Homs",
        "location": "Hisyah",
        "latitude": "34.41",
        "longitude": "36.76",
        "geo_precision": "2",
        "source": "The Daily, Star",
        "source_scale": "International",
        "fatalities": "12",
        "timestamp": "1509580800",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["notes"].startswith('On 1 November 2017, as told by The Daily; Star: "Israeli warplanes killed')
    assert "Said by Local sources." in row["notes"] and "Weapons: warplanes." in row["notes"]
    assert row["tags"] == "factuality=claimed; confidence=0.70; claim=c1"
    assert row_of() == row, "the same claim gives the same row, id included"


def test_a_states_forces_abroad_are_external_and_civilians_come_last_beside_them() -> None:
    jets = with_event(parties=(Party(role="initiator", name="jets", actor="iaf", kind="branch"),))
    row = row_of(jets, homes={"iaf": ["IL"]})
    assert (row["inter1"], row["interaction"]) == ("External/Other forces", "External/Other forces only")
    assert row_of(jets, homes={"iaf": ["SY"]})["inter1"] == "State forces"


@pytest.mark.parametrize(("home", "sub_event"), [("IL", "Non-state actor overtakes territory"), ("SY", "Government regains territory")])
def test_what_a_foreign_army_takes_is_not_regained(home: str, sub_event: str) -> None:
    taking = with_event(type="Government regains territory", parties=(Party(role="initiator", name="troops", actor="army", kind="army"),))
    assert row_of(taking, homes={"army": [home]})["sub_event_type"] == sub_event


LEFT_OUT = [
    (replace(CLAIM, factuality=Factuality.DENIED), "told as denied"),
    (replace(CLAIM, factuality=Factuality.CONDITIONAL), "told as conditional"),
    (replace(CLAIM, kind=Kind.PLAN, says=Plan(event=STRIKE, mode="intended")), "a plan, no event"),
    (replace(CLAIM, kind=Kind.TOLL, says=Tally(parties=(), where=(HISYAH,), when=None)), "a toll, no event"),
    (with_event(type=None), "no type of event known"),
    (with_event(when=None), "no day known to within a month"),
    (with_event(where=()), "no place known better than its country"),
    (with_event(where=(replace(HISYAH, precision="country"),)), "no place known better than its country"),
]


@pytest.mark.parametrize(("claim", "why"), LEFT_OUT, ids=[case[1] for case in LEFT_OUT])
def test_what_acled_would_not_code_is_left_out_and_counted(claim: Claim, why: str) -> None:
    result = write([(claim, REPORT)], as_="acled", to=io.StringIO())
    assert (result.claims, result.rows, result.left_out) == (1, 0, {why: 1})


def test_only_strategic_developments_stand_for_a_country() -> None:
    row = row_of(with_event(type="Agreement", where=(replace(HISYAH, precision="country"),)))
    assert row["geo_precision"] == "3"


def test_several_places_are_several_rows_that_share_the_dead() -> None:
    places = tuple(replace(HISYAH, name=name) for name in ("A", "B", "C"))
    rows = table(written("acled", with_event(where=places, killed=Toll(low=13, best=None, high=None, who=None, words="13"))))
    assert [(row["location"], row["fatalities"]) for row in rows] == [("A", "5"), ("B", "4"), ("C", "4")]
    assert len({row["event_id_cnty"] for row in rows}) == 3
    assert 'Deaths told ("13"): 13, divided over 3 places.' in rows[0]["notes"]


TOLLS = [
    (None, 0, "nothing said"),
    (Toll(low=24, best=None, high=None, who=None, words="dozens"), 12, "dozens are 12"),
    (Toll(low=200, best=None, high=None, who=None, words="Hundreds of people"), 100, "hundreds are 100"),
    (Toll(low=3, best=None, high=None, who=None, words="several"), 3, "several are 3"),
    (Toll(low=48, best=None, high=None, who=None, words="4 dozens"), 48, "a number counts before a word"),
    (Toll(low=10, best=12, high=15, who=None, words="10 to 15"), 10, "the lowest"),
    (Toll(low=None, best=7, high=None, who=None, words="about seven"), 7, "the best where there is no lowest"),
    (Toll(low=None, best=None, high=400, who=None, words="as many as 400"), 0, "no lowest figure at all"),
    (Toll(low=0, best=0, high=0, who=None, words="no casualties"), 0, "nobody"),
]


@pytest.mark.parametrize(("toll", "deaths", "reason"), TOLLS, ids=[case[2] for case in TOLLS])
def test_fatalities(toll: Toll | None, deaths: int, reason: str) -> None:
    assert row_of(with_event(killed=toll))["fatalities"] == str(deaths), reason


DAYS = [
    ("2017-11-01", "2017-11-01", "stated", None, (date(2017, 11, 1), 1), "the day"),
    ("2017-11-01", "2017-11-01", "published", None, (date(2017, 11, 1), 2), "only the report's own day"),
    ("2017-11-01", "2017-11-02", "relative", "night", (date(2017, 11, 1), 1), "a night is the day it began"),
    ("2017-11-06", "2017-11-12", "relative", None, (date(2017, 11, 9), 2), "last week: its Thursday"),
    ("2017-11-01", "2017-11-30", "stated", None, (date(2017, 11, 15), 3), "in November: its middle"),
    ("2017-10-01", "2017-11-30", "stated", None, None, "vaguer than a month"),
    ("2017-10-01", None, "stated", None, None, "an open end"),
]


@pytest.mark.parametrize(("start", "end", "basis", "time_of_day", "expected", "reason"), DAYS, ids=[case[5] for case in DAYS])
def test_days(start: str, end: str | None, basis: str, time_of_day: str | None, expected: object, reason: str) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (start, end))
    precision = When(start=first, end=last, basis=Basis(basis), time_of_day=time_of_day).precision
    assert day_of({"start": start, "end": end, "basis": basis, "precision": precision}) == expected, reason


@pytest.mark.parametrize(
    ("precision", "radius_km", "grade"),
    [
        ("place", 3.0, 1),
        ("part", 1.0, 1),
        ("near", 10.0, 2),
        ("area", 20.0, 2),
        ("area", 80.0, 3),
        ("area", None, 3),
        ("admin1", 90.0, 3),
        ("unknown", None, None),
    ],
)
def test_places(precision: str, radius_km: float | None, grade: int | None) -> None:
    assert geo_precision({"precision": precision, "radius_km": radius_km}) == grade


ACTORS = [
    ((), "Attack", "Unidentified Armed Group (Syria)", "Political militia", "Civilians (Syria)", "nobody named"),
    ((), "Peaceful protest", "Protesters (Syria)", "Protesters", "", "protesters act alone"),
    (
        (Party(role="initiator", name="gunmen", kind="generic"),),
        "Attack",
        "Unidentified Armed Group (Syria)",
        "Political militia",
        "Civilians (Syria)",
        "gunmen",
    ),
    (
        (Party(role="initiator", name="regime troops", kind="generic"),),
        "Armed clash",
        "Military Forces of Syria (2000-2024)",
        "State forces",
        "Unidentified Armed Group (Syria)",
        "troops",
    ),
    ((Party(role="initiator", name="a mob", kind="crowd"),), "Mob violence", "Rioters (Syria)", "Rioters", "", "a mob"),
    (
        (Party(role="initiator", name="the Black Hawks"),),
        "Grenade",
        "the Black Hawks",
        "Political militia",
        "",
        "an unknown group keeps its name",
    ),
    (
        (Party(role="target", name="bridge"),),
        "Grenade",
        "Unidentified Armed Group (Syria)",
        "Political militia",
        "",
        "a bridge is no actor",
    ),
    (
        (Party(role="target", name="army post", kind="army"), Party(role="target", name="villagers", kind="civilian")),
        "Attack",
        "Unidentified Armed Group (Syria)",
        "Political militia",
        "Civilians (Syria)",
        "the victim is second, whoever else is named",
    ),
]


@pytest.mark.parametrize(("parties", "type_", "actor1", "inter1", "actor2", "reason"), ACTORS, ids=[case[5] for case in ACTORS])
def test_actors(parties: tuple[Party, ...], type_: str, actor1: str, inter1: str, actor2: str, reason: str) -> None:
    row = row_of(with_event(parties=parties, type=type_))
    assert (row["actor1"], row["inter1"], row["actor2"]) == (actor1, inter1, actor2), reason


def test_others_of_a_side_and_supporters_are_associated() -> None:
    army = Party(role="initiator", name="the army", kind="army")
    guard = Party(role="initiator", name="Republican Guard", kind="unit")
    jets = Party(role="supporter", name="Russian jets", kind="branch")
    row = row_of(with_event(parties=(army, guard, jets)))
    told = ("Military Forces of Syria (2000-2024)", "Military Forces of Russia (2000-)")
    assert (row["actor1"], row["assoc_actor_1"]) == told


def test_interactions_are_those_of_the_codebook() -> None:
    def between(first: str, second: str | None) -> str:
        return interaction(Filed(name="a", inter=first), Filed(name="b", inter=second) if second else None)

    legal = {between(a, b) for a in INTERS for b in (*INTERS, None)}
    assert len(legal) == 8 + 8 * 9 // 2
    assert between("Civilians", "State forces") == "State forces-Civilians"
    assert between("Civilians", "External/Other forces") == "External/Other forces-Civilians"
    assert between("Rebel group", None) == "Rebel group only"


def test_the_shipped_tables_are_whole() -> None:
    assert len(sub_events()) == 25
    assert {event.event_type for event in sub_events().values()} == {
        "Battles",
        "Protests",
        "Riots",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Strategic developments",
    }
    for event in sub_events().values():
        assert event.unnamed_first(None).inter in INTERS
        assert event.unnamed_second(None) is None or event.unnamed_second(None).inter in INTERS
        assert event.civilians in ("always", "possible", "never")
    assert {filing.inter for filing in _filings() if filing.name != "-"} == set(INTERS)
    assert all(filing.abroad in ("", "External/Other forces") for filing in _filings())
    assert all(len(code) == 2 and country.region and len(country.iso3) == 3 for code, country in countries().items())
    assert countries()["UA"].iso == 804 and countries()["XK"].iso is None and countries()["SD"].region == "Northern Africa"
    assert len({country.region for country in countries().values()}) == 17
    assert count_in_words("scores of people") is None


def test_protests_have_a_crowd_tag_and_sources_a_scale() -> None:
    protest = with_event(type="Peaceful protest", parties=())
    assert row_of(protest)["tags"].startswith("crowd size=no report; ")
    scales = {
        Source(name="a", kind="press", country="SY"): "National",
        Source(name="a", kind="social", country="SY"): "New media",
        Source(name="a", kind="monitor"): "Other",
        Source(name="a", kind="wire"): "International",
        Source(name="a"): "",
    }
    for source, scale in scales.items():
        assert row_of(report=replace(REPORT, source=source))["source_scale"] == scale


def test_a_span_of_days_is_told_in_the_notes() -> None:
    week = When(start=date(2017, 11, 6), end=date(2017, 11, 12), basis=Basis.RELATIVE)
    assert "The report allows 2017-11-06 to 2017-11-12." in row_of(with_event(when=week))["notes"]


def test_an_event_needs_nothing_but_type_day_and_place() -> None:
    bare = Event(type="Other", where=(replace(HISYAH, country=None),), when=STRIKE.when)
    row = row_of(replace(CLAIM, says=bare))
    assert row["event_id_cnty"].startswith("XXX") and row["country"] == row["iso"] == ""
    assert row["interaction"] == "Political militia only"
