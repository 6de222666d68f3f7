"""What is held of many testimonies, what is disputed, and how it is graded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from thucydides import incidents
from thucydides.actors import Actors, Camps
from thucydides.errors import BadSetting
from thucydides.incidents import Grades
from thucydides.incidents.grading import SHIPPED, Roll
from thucydides.incidents.holding import hold
from thucydides.incidents.losses import figure, whom
from thucydides.record import (
    Basis,
    Claim,
    Event,
    Factuality,
    Incident,
    Kind,
    Party,
    Passage,
    Report,
    Source,
    Toll,
    When,
    Where,
    Witness,
)
from thucydides.reports.outlets import shipped

ROLL = Roll(Actors.load(), shipped(), Camps.load())
IDLIB = Where(name="Idlib", place="p1", lat=35.93, lon=36.63, radius_km=10, country="SY", precision="place")
VILLAGE = Where(name="Binnish", place="p2", lat=35.95, lon=36.71, radius_km=3, country="SY", precision="place")
HOMS = Where(name="Homs", place="p3", lat=34.73, lon=36.71, radius_km=10, country="SY", precision="place")
REUTERS = Witness(id="outlet:reuters", name="Reuters", kind="outlet")
AFP = Witness(id="outlet:afp", name="AFP", kind="outlet")
SOHR = Witness(id="outlet:sohr", name="SOHR", kind="outlet")
SANA = Witness(id="outlet:sana", name="SANA", kind="outlet", side=("sy",), organ=True)
MOSCOW = Witness(id="actor:ru-mod", name="Russian Ministry of Defence", kind="actor", side=("ru-mod", "ru"), organ=True)
DAMASCUS, RUSSIA, REBELS = ("Syrian government", "sy"), ("Russia", "ru"), ("Syrian rebels", "sy-rebels")


def told(
    witness: Witness, n: int = 0, *, type_: str = "Air/drone strike", by: tuple[str, str] | None = None, to: tuple[str, str] | None = None,
    where: Where | None = IDLIB, day: date | None = date(2019, 8, 5), killed: Toll | None = None, denied: bool = False, published: int = 6,
) -> incidents.Testimony:  # fmt: skip
    parties = [Party(role=role, name=of[0], actor=of[1], kind="state") for role, of in (("initiator", by), ("target", to)) if of]
    when = When(start=day, end=day, basis=Basis.STATED) if day else None
    event = Event(type=type_, parties=tuple(parties), where=(where,) if where else (), when=when, killed=killed)
    report = Report(
        id=f"{witness.id}-{n}", text="x", reading="x", source=Source(name=witness.name), raw_hash="", published=date(2019, 8, published)
    )
    claim = Claim(
        id=f"c-{witness.id}-{n}", report=report.id, kind=Kind.EVENT, says=event,
        evidence=(Passage(field="claim", start=0, end=1, words="x"),),
        factuality=Factuality.DENIED if denied else Factuality.CLAIMED,
    )  # fmt: skip
    return incidents.Testimony(claim=claim, report=report, witness=witness)


def toll(low: int, high: int | None = -1, who: str | None = None) -> Toll:
    """A toll; without a second figure it is exact, with ``None`` it is open."""
    top = low if high == -1 else high
    return Toll(low=low, best=low if top == low else None, high=top, who=who, words=f"{low} {who or 'people'}")


def held(*testimonies: incidents.Testimony) -> Incident:
    return hold("i1", testimonies, ROLL, Grades.load())


# ── losses ───────────────────────────────────────────────────────────────────────────────────────

LOSSES = (
    ([(REUTERS, toll(12))], (12, 12, 12), False, "one witness, one figure"),
    ([(REUTERS, toll(12)), (AFP, toll(17)), (SOHR, toll(18))], (12, 17, 18), True, "the median of three"),
    ([(REUTERS, toll(12)), (AFP, toll(18))], (12, 12, 18), True, "of two the lower: the cautious one"),
    ([(REUTERS, toll(12, None)), (AFP, toll(18))], (12, 12, 18), False, "at least 12 does not contradict 18"),
    ([(REUTERS, toll(12, None)), (AFP, toll(9))], (9, 9, 12), True, "at least 12 contradicts 9"),
    ([(REUTERS, toll(10, 15)), (AFP, toll(14))], (10, 10, 15), False, "a span holds a figure"),
)


@pytest.mark.parametrize(("figures", "expected", "disputed", "reason"), LOSSES, ids=[row[-1] for row in LOSSES])
def test_losses(figures: Sequence[tuple[Witness, Toll]], expected: tuple[int, int, int], disputed: bool, reason: str) -> None:
    incident = held(*(told(witness, killed=killed) for witness, killed in figures))
    one = incident.losses[0]
    assert (one.low, one.best, one.high) == expected, reason
    assert one.low <= one.best <= one.high
    assert any(dispute.field == "killed" for dispute in incident.disputed) == disputed, reason


def test_a_toll_that_rises_in_one_outlet_is_no_dispute() -> None:
    incident = held(told(SOHR, 1, killed=toll(8), published=6), told(SOHR, 2, killed=toll(17), published=8))
    assert (incident.losses[0].best, incident.losses[0].low, incident.disputed) == (17, 17, ())


def test_a_party_does_not_make_the_best_figure() -> None:
    incident = held(
        told(SANA, by=DAMASCUS, killed=toll(90)), told(REUTERS, by=DAMASCUS, killed=toll(10)), told(AFP, by=DAMASCUS, killed=toll(12))
    )
    one = incident.losses[0]
    assert (one.low, one.best, one.high) == (10, 10, 90)
    assert "no party" in one.rule


def test_civilians_and_fighters_are_counted_apart() -> None:
    incident = held(told(REUTERS, killed=toll(12, who="civilians")), told(AFP, killed=toll(30, who="militants")))
    assert {(one.whom, one.best) for one in incident.losses} == {("civilians", 12), ("fighters", 30)}
    assert not incident.disputed
    assert incident.event.killed is not None and incident.event.killed.best == 42


WHOM = (
    ("children", "three children", "civilians"), ("rebels", "20 rebels", "fighters"), (None, "17 people", "all"),
    ("civilians and soldiers", "9 civilians and soldiers", "all"), ("villagers", "villagers", "civilians"),
)  # fmt: skip


@pytest.mark.parametrize(("who", "words", "group"), WHOM)
def test_whom_a_toll_counts(who: str | None, words: str, group: str) -> None:
    assert whom(Toll(low=1, best=1, high=1, who=who, words=words)) == group


def test_figures_in_short() -> None:
    assert [figure(t) for t in (toll(12), toll(12, None), toll(10, 15))] == ["12", "12+", "10 to 15"]


# ── where, when, who ─────────────────────────────────────────────────────────────────────────────


def test_the_narrowest_place_that_most_name_is_held_and_reaches_the_others() -> None:
    incident = held(told(REUTERS, where=IDLIB), told(AFP, where=VILLAGE), told(SOHR, where=IDLIB))
    assert incident.event.where[0].name == "Binnish"
    assert 7 < (incident.event.where[0].radius_km or 0) < 11, "its radius reaches the point that the others give"
    assert not incident.disputed


def test_places_far_apart_are_disputed() -> None:
    incident = held(told(REUTERS), told(AFP), told(SOHR, where=HOMS))
    assert incident.event.where[0].name == "Idlib"
    dispute = next(d for d in incident.disputed if d.field == "place")
    assert [(v.says, v.witnesses) for v in dispute.versions] == [("Idlib", ("AFP", "Reuters")), ("Homs", ("SOHR",))]


def test_the_day_that_most_witnesses_tell_is_held() -> None:
    incident = held(told(REUTERS), told(AFP), told(SOHR, day=date(2019, 8, 4)))
    assert incident.event.when is not None and incident.event.when.start == date(2019, 8, 5)
    assert [d.field for d in incident.disputed] == ["date"]


def test_who_did_it_goes_by_witnesses_and_a_tie_is_not_decided() -> None:
    two_to_one = held(told(REUTERS, by=DAMASCUS), told(AFP, by=DAMASCUS), told(SANA, by=REBELS))
    assert [p.actor for p in two_to_one.event.parties] == ["sy"]
    tie = held(told(REUTERS, by=DAMASCUS), told(SANA, by=REBELS))
    assert not tie.event.parties
    assert "none is held" in tie.rules["initiators"]
    for incident in (two_to_one, tie):
        dispute = next(d for d in incident.disputed if d.field == "initiators")
        assert {v.says for v in dispute.versions} == {"Syrian government", "Syrian rebels"}
        assert incident.grade.incident == "contested"


def test_who_is_told_by_an_adjective_goes_by_his_name() -> None:
    incident = held(told(REUTERS, by=("Russian", "ru"), to=REBELS))
    assert [p.name for p in incident.event.parties] == ["Russia", "Syrian rebels"]
    assert [p.name for p in held(told(REUTERS, by=("Russian jets", "ru"))).event.parties] == ["Russian jets"], "more words say more"


# ── grades ───────────────────────────────────────────────────────────────────────────────────────

GRADES = (
    ((told(REUTERS, by=DAMASCUS),), "weak", "B3", "one neutral witness"),
    ((told(SANA, to=DAMASCUS, by=REBELS),), "weak", "D4", "one witness that is a party"),
    ((told(REUTERS, by=DAMASCUS), told(AFP, by=DAMASCUS)), "fair", "B1", "two neutral witnesses who agree"),
    ((told(REUTERS, by=DAMASCUS), told(AFP, by=REBELS)), "contested", "B3", "two neutral witnesses, two doers"),
    ((told(REUTERS, by=RUSSIA), told(MOSCOW, by=RUSSIA)), "confirmed", "B2", "the doer says so itself"),
    ((told(REUTERS, by=RUSSIA), told(MOSCOW, by=RUSSIA, denied=True)), "contested", "B4", "the accused denies it"),
    (
        (told(REUTERS, denied=True), told(AFP, denied=True), told(SANA, by=REBELS, to=DAMASCUS)),
        "discounted",
        "D5",
        "more deny it than tell it",
    ),
)


@pytest.mark.parametrize(("testimonies", "incident", "admiralty", "reason"), GRADES, ids=[row[-1] for row in GRADES])
def test_grades(testimonies: Sequence[incidents.Testimony], incident: str, admiralty: str, reason: str) -> None:
    grade = held(*testimonies).grade
    assert (grade.incident, grade.admiralty) == (incident, admiralty), (reason, grade.reasons)
    assert all(grade.reasons)


def test_a_boast_alone_confirms_nothing() -> None:
    assert held(told(MOSCOW, by=RUSSIA)).grade.incident == "weak"


def test_whoever_is_at_war_with_a_party_is_one() -> None:
    """Nobody of the government's side is hit, but SANA stands with a camp at war with those who are said to have done it."""
    sana = replace(SANA, camp="syria-government")
    grade = held(told(sana, by=REBELS)).grade
    assert grade.reliability == "D", grade.reasons
    incident = held(
        told(sana, by=REBELS, killed=toll(90)), told(REUTERS, by=REBELS, killed=toll(10)), told(AFP, by=REBELS, killed=toll(12))
    )
    assert incident.losses[0].best == 10, "the median of those that are no party"


def test_rivals_who_name_different_doers_do_not_agree() -> None:
    rebels = Witness(id="actor:sy-rebels", name="Syrian rebels", kind="actor", side=("sy-rebels",), organ=True, camp="syria-opposition")
    sana = replace(SANA, camp="syria-government")
    apart_ = held(told(sana, by=REBELS), told(rebels, by=DAMASCUS))
    assert apart_.grade.credibility > 1 and apart_.grade.incident == "contested"
    assert held(told(sana, by=REBELS), told(rebels, by=REBELS)).grade.credibility == 1, "both say that the rebels did it"


def test_all_are_not_fewer_than_the_civilians_among_them() -> None:
    incident = held(told(REUTERS, killed=toll(12, None)), told(AFP, killed=toll(15, who="civilians")))
    by_whom = {one.whom: one for one in incident.losses}
    assert (by_whom["all"].low, by_whom["all"].best, by_whom["all"].high) == (12, 15, 15)
    assert by_whom["all"].open and not by_whom["civilians"].open


def test_what_is_repeated_raises_no_grade() -> None:
    once = held(told(SOHR, 0, by=DAMASCUS))
    often = held(*(told(SOHR, n, by=DAMASCUS, published=6 + n % 9) for n in range(30)))
    assert often.grade == once.grade
    assert len(often.witnesses) == 1


def test_the_order_of_testimonies_makes_no_difference() -> None:
    testimonies = [
        told(REUTERS, by=DAMASCUS, killed=toll(12)),
        told(AFP, by=REBELS, where=HOMS),
        told(SANA, day=date(2019, 8, 4), killed=toll(3)),
    ]
    one, other = held(*testimonies), held(*testimonies[::-1])
    assert (one.grade, one.losses[0].best) == (other.grade, other.losses[0].best)
    assert {d.field: {v.says for v in d.versions} for d in one.disputed} == {d.field: {v.says for v in d.versions} for d in other.disputed}


BAD_RULES = (
    ("grade = \"fair\"", "grade = \"splendid\"", "no grade 'splendid'"),
    ("denials >= 1", "denial >= 1", "the condition 'denial >= 1'"),
    ("denials >= 1", "denials about 1", "the condition 'denials about 1'"),
    ("wire = \"B\"", "wire = \"X\"", "wire = 'X'"),
    ("grade = \"weak\"\nwhen = []", "grade = \"weak\"\nwhen = [\"denials >= 9\"]", "no last rule of 'incident'"),
    ("[[incident]]", "[incident", "cannot be read"),
    ("wire = \"B\"", "wire = 3", "wire = 3"),
    ("wire = \"B\"", "wyre = \"B\"", "no kind of witness 'wyre'"),
    ("when = [\"denials >= 1\"]", "when = \"denials >= 1\"", "no list 'when'"),
    ("[reliability]", "[other]", "no table [reliability]"),
)  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), BAD_RULES)
def test_rules_that_cannot_be_used_are_named(before: str, after: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "grades.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadSetting) as refusal:
        Grades.load(path)
    assert said in str(refusal.value)


def test_rules_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "grades.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("told_independently >= 2", "told_independently >= 3"), encoding="utf-8")
    incident = hold("i1", [told(REUTERS, by=DAMASCUS), told(AFP, by=DAMASCUS)], ROLL, Grades.load(path))
    assert incident.grade.incident == "weak"


def test_a_testimony_of_no_event_is_refused() -> None:
    one = told(REUTERS)
    claim = replace(one.claim, says=replace(one.event, type=None))
    assert incidents.Testimony(claim=claim, report=one.report, witness=REUTERS).event.type is None
