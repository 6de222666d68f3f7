"""Who is a witness, of which side, and how many are independent."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import claims, reports
from thucydides.actors import Actors, Camps
from thucydides.control.bodies import NAMELESS
from thucydides.incidents import Weigher
from thucydides.incidents.witnesses import Counted, Witness, _entries, _voices, independent, witness_of
from thucydides.record import Claim, Event, Factuality, Kind, Report, Source, Where
from thucydides.reports.outlets import identify_source

TEXT = "The Syrian Observatory for Human Rights said that shells fell on Douma. Its head Rami Abdel Rahman spoke of nine dead."


def report(outlet: str, text: str = "", day: date = date(2016, 5, 3)) -> Report:
    return Report(id="r", text=text, reading=text, source=identify_source(outlet), raw_hash="", published=day)


def claim(*said_by: str, country: str | None = "SY") -> Claim:
    says = Event(type="Shelling/artillery/missile attack", where=(Where(name="Douma", country=country),))
    return Claim(id="c", report="r", kind=Kind.EVENT, says=says, evidence=(), factuality=Factuality.ASSERTED, said_by=said_by)


def told(outlet: str, *said_by: str, country: str | None = "SY", text: str = "", day: date = date(2016, 5, 3)) -> Witness:
    return witness_of(claim(*said_by, country=country), report(outlet, text, day))


@pytest.mark.parametrize(
    ("outlet", "said_by", "id_", "kind", "camp", "reason"),
    [
        ("Reuters", (), "outlet:reuters", "outlet", None, "nobody credited: the paper itself"),
        ("SANA", (), "outlet:sana", "outlet", "syria-government", "a state's agency is of its side"),
        ("Reuters", ("the Syrian Observatory for Human Rights",), "outlet:sohr", "outlet", None, "a monitor by its name"),
        ("Al-Ahram", ("SOHR",), "outlet:sohr", "outlet", None, "by its letters"),
        ("AFP", ("the UK-based monitor",), "outlet:sohr", "outlet", None, "by what it is called"),
        ("AFP", ("Observatory director Rami Abdel Rahman",), "outlet:sohr", "outlet", None, "by its head"),
        (
            "Reuters",
            ("a medical source", "SANA"),
            "outlet:sana",
            "outlet",
            "syria-government",
            "unnamed, but heard by one that is credited",
        ),
        ("Reuters", ("the Russian Defence Ministry", "Interfax"), "outlet:ru-mod", "outlet", "syria-government", "the nearest speaker"),
        ("Reuters", ("Moscow",), "actor:ru", "actor", "syria-government", "a capital speaks for its state"),
        ("Reuters", ("Turkish officials",), "actor:tr", "actor", "syria-opposition", "officials of a country speak for it"),
        ("Reuters", ("a spokesman for the SDF",), "actor:sy-sdf", "actor", "syria-kurds-us", "a party by its spokesman"),
        ("Reuters", ("President Bashar al-Assad",), "actor:sy", "actor", "syria-government", "a head of state"),
        ("Reuters", ("Amnesty International",), "outlet:amnesty", "outlet", None, "an organisation of no side"),
        ("Reuters", ("a witness",), "outlet:reuters", "unnamed", None, "nobody we know: the paper that heard him"),
        ("Reuters", ("local sources",), "outlet:reuters", "unnamed", None, "likewise"),
        ("Reuters", ("officials",), "outlet:reuters", "unnamed", None, "of no named country"),
        ("SANA", ("a military source",), "outlet:sana", "unnamed", "syria-government", "an agency of a side heard him"),
        ("Reuters", ("a doctor in ISIS-held Raqqa",), "outlet:reuters", "unnamed", None, "who lives under them is not them"),
        ("Reuters", ("residents of Nigeria's Borno state",), "outlet:reuters", "unnamed", None, "a country's people are not its state"),
        ("Reuters", ("Khaled Harba, a carpenter",), "outlet:reuters", "unnamed", None, "a stranger"),
    ],
)
def test_whom_a_claim_comes_from(outlet: str, said_by: tuple[str, ...], id_: str, kind: str, camp: str | None, reason: str) -> None:
    found = told(outlet, *said_by)
    assert (found.id, found.kind, found.camp) == (id_, kind, camp), reason


@pytest.mark.parametrize(
    "words", ["the Observatory", "The Observatory", "a monitoring group", "the monitor", "the watchdog", "Abdel Rahman"]
)
def test_a_body_named_elsewhere_in_the_report(words: str) -> None:
    assert told("Reuters", words, text=TEXT).id == "outlet:sohr"
    assert told("Reuters", words).id == "outlet:reuters", "where the report names none, the paper stands for it"


def test_a_group_is_not_taken_for_the_monitor() -> None:
    assert told("Reuters", "the terrorist group", text=TEXT).id == "outlet:reuters"


def test_the_origin_of_the_copies_speaks_for_the_report() -> None:
    origin = "Reuters"
    assert witness_of(claim(), report("Al-Ahram"), origin).id == "outlet:reuters"
    assert witness_of(claim("residents"), report("Al-Ahram"), origin).id == "outlet:reuters"
    assert witness_of(claim("SANA"), report("Al-Ahram"), origin).id == "outlet:sana", "unless somebody is credited"


def test_a_camp_is_of_a_war_and_of_its_years() -> None:
    assert told("Reuters", "Moscow", country="UA").camp == "russia"
    assert told("Reuters", "Moscow", country="SY").camp == "syria-government"
    assert told("Reuters", "Moscow", country="SY", day=date(2025, 6, 1)).camp is None
    assert told("Reuters", "Moscow", country="PE").camp is None
    assert told("Reuters", "Moscow", country=None).camp is None, "which of its wars is not known"


# ── counting ─────────────────────────────────────────────────────────────────────────────────────


def count(*all_: Witness) -> Counted:
    return independent(all_)


@pytest.mark.parametrize(
    ("witnesses", "voices", "weight", "reason"),
    [
        ((), 0, 0, "nobody"),
        ((told("Reuters"), told("AFP")), 2, 2, "two papers"),
        (tuple(told(o, "SOHR") for o in ("Reuters", "AFP", "Al-Ahram", "TRT", "Sputnik")), 1, 1, "five papers quote one observatory"),
        ((told("SANA"), told("Syrian state television"), told("Reuters", "the Syrian army")), 1, 1, "organs of one state"),
        ((told("SANA"), told("Press TV")), 2, 1, "two allies weigh as one"),
        ((told("SANA"), told("Reuters", "the Syrian Coalition")), 2, 3, "two sides at war agree"),
        ((told("SANA"), told("Reuters")), 2, 2, "a party and a paper"),
        (tuple(told(o, "Khaled Harba, a carpenter") for o in ("Reuters", "AFP", "Al-Ahram")), 1, 1, "three papers quote one stranger"),
        (tuple(told("Reuters", f"Khaled {name}") for name in ("Harba", "Omran", "Saleh")), 1, 1, "one paper quotes three strangers"),
        ((told("Reuters", "Khaled Harba"), told("AFP", "Omar Saleh")), 2, 2, "two papers quote a stranger each"),
        ((told("Reuters", "Khaled Harba"), told("Reuters")), 1, 1, "the stranger adds nothing to the paper that tells it itself"),
        (tuple(told("Daily Sabah", f"sources {n}") for n in range(30)), 1, 1, "one outlet, every day with other words"),
    ],
)
def test_independent_witnesses_are_counted(witnesses: tuple[Witness, ...], voices: int, weight: float, reason: str) -> None:
    found = count(*witnesses)
    assert (found.independent, found.weight) == (voices, weight), (reason, found.reasons)


def test_rivals_are_told() -> None:
    found = count(told("SANA"), told("Reuters", "the Syrian Coalition"), told("AFP"))
    assert found.sides == ("syria-government", "syria-opposition")
    assert found.rivals == (("syria-government", "syria-opposition"),)
    assert "rival sides agree: syria-government and syria-opposition" in found.reasons


def test_the_parties_of_an_event_are_rivals_though_no_table_says_so() -> None:
    both = (told("Reuters", "the Peruvian army", country="PE"), told("Reuters", "the Ecuadorian army", country="PE"))
    assert independent(both).rivals == ()
    assert len(independent(both, opposed=[("pe", "ec")]).rivals) == 1


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────

ids = st.sampled_from(["outlet:reuters", "outlet:afp", "outlet:sana", "actor:sy", "actor:ru", "actor:tr"])
sides = st.sampled_from([(), ("sy",), ("sy-army", "sy"), ("ru",), ("tr",)])
witnesses = st.builds(
    Witness,
    id=ids,
    name=st.sampled_from(["one", "other"]),
    kind=st.sampled_from(["outlet", "actor", "unnamed"]),
    side=sides,
    organ=st.booleans(),
    camp=st.sampled_from([None, "syria-government", "syria-opposition"]),
    heard=st.sampled_from(["", "khaled harba", "omar saleh"]),
)
crowds = st.lists(witnesses, max_size=8)


@settings(max_examples=200)
@given(crowds, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_counts(crowd: list[Witness], rng: random.Random) -> None:
    again = [*crowd, *rng.choices(crowd, k=5)] if crowd else []
    assert independent(rng.sample(again, len(again))) == independent(crowd)


@settings(max_examples=200)
@given(crowds, witnesses)
def test_another_witness_never_makes_them_fewer(crowd: list[Witness], one: Witness) -> None:
    before, after = independent(crowd).independent, independent([*crowd, one]).independent
    assert before <= after <= before + 1


@settings(max_examples=200)
@given(crowds)
def test_there_are_no_more_than_voices_and_outlets(crowd: list[Witness]) -> None:
    found = independent(crowd)
    assert found.independent <= len({witness.voice for witness in crowd})
    assert (found.independent > 0) == bool(crowd)
    assert all(one in found.sides and other in found.sides for one, other in found.rivals)


@settings(max_examples=60)
@given(st.data())
def test_any_claim_of_any_report_has_a_witness(data: st.DataObject) -> None:
    one = data.draw(reports())
    assert witness_of(data.draw(claims(one)), one).id


# ── the tables ───────────────────────────────────────────────────────────────────────────────────


def test_the_tables_name_what_the_rosters_have() -> None:
    known = Actors.load().by_id
    camps = Camps.load()
    for camp in camps:
        assert camp.id not in known, f"{camp.id} must be told apart from an actor"
        assert not [actor for actor in camp.members - NAMELESS if actor not in known], camp.id
        for rival in camp.against:
            assert camps.opposed(rival, camp.id), f"{camp.id} and {rival} must name each other"
    assert not [name for sort in ("office", "people") for name in _entries(sort) if name not in known]
    for row in _voices():
        if row["sort"] == "alias":
            assert told("Reuters", row.values("names")[0]).kind != "unnamed", row["id"]


def test_a_source_of_no_roster_is_a_witness_by_its_name() -> None:
    one = Report(id="r", text="", reading="", source=Source(name="Marwan Post"), raw_hash="")
    assert witness_of(claim(), one).id == "outlet:marwan post"


@pytest.mark.parametrize(
    ("voice", "name", "reason"),
    [
        ("outlet:reuters", "Reuters", "an outlet of the roster"),
        ("outlet:evening herald", "evening herald", "an outlet that the roster lacks goes by its own words"),
        ("side:sy", "Syria", "all organs of a side are one voice, named after it"),
        ("actor:sy-sdf", "Syrian Democratic Forces", "a speaker of the roster"),
        ("Gazette", "Gazette", "a name is a name already"),
    ],
)
def test_a_witness_is_shown_by_name(voice: str, name: str, reason: str) -> None:
    assert Weigher.load().called(voice) == name, reason
