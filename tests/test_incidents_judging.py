"""Evidence by name, verdicts, parts and wholes, and what is counted of outlets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from thucydides.errors import BadRoster
from thucydides.incidents import Account, Judge
from thucydides.incidents.accounts import Sketch, Spot, bare, kindred, without_force
from thucydides.incidents.evidence import apart, evidence
from thucydides.incidents.judging import SHIPPED
from thucydides.incidents.parts import sums_up
from thucydides.incidents.terms import RAREST, full_names, terms_of
from thucydides.lexicon import read_table
from thucydides.record import Verdict

MONDAY = date(2019, 7, 22).toordinal()
TEXT = "Air strikes hit a market in Maarat al-Numan on Monday and killed 12 people, rescue workers said."
OTHER = "A bomb went off in Afrin at dawn on Monday; four members of the local council of Jinderes were wounded."
MAARAT = Spot("maarat al numan", "p1", 35.65, 36.68, 2.0, "SY", "Idlib")
AFRIN = Spot("afrin", "p2", 36.51, 36.87, 4.0, "SY", "Aleppo")
IDLIB = Spot("idlib province", "p3", 35.9, 36.6, 60.0, "SY", "Idlib")
PARIS = Spot("paris", "p4", 48.85, 2.35, 10.0, "FR", "Île-de-France")


def account(report: str, text: str = TEXT, **told: object) -> Account:
    terms = terms_of(text)
    sketch = Sketch(report, f"outlet of {report}", MONDAY + 1, terms, terms, frozenset(full_names(text)))
    usual = {
        "type": "Air/drone strike", "first_day": MONDAY, "last_day": MONDAY, "sure_day": True, "spots": (MAARAT,), "killed": (12, 12),
        "telling": terms, "things": frozenset({"market"}), "initiators": frozenset({"sy"}),
    }  # fmt: skip
    return Account(claim=f"c-{report}", sketch=sketch, **{**usual, **told})  # type: ignore[arg-type]


EVIDENCE = (
    ({}, {"same exact day", "same place", "same killed", "same type", "same initiator", "same sentence"}, "the same again"),
    ({}, {"same thing hit"}, "the same thing hit"),
    ({"first_day": MONDAY + 1, "last_day": MONDAY + 1}, {"next day"}, "a day apart"),
    ({"first_day": MONDAY + 3, "last_day": MONDAY + 3, "sure_day": False}, {"days apart, guessed"}, "days of which one is guessed"),
    ({"first_day": None, "last_day": None}, {"a day untold", "next day, untold"}, "the report's day stands in, told so"),
    ({"spots": (AFRIN,)}, {"places far apart", "other name of place"}, "another town"),
    ({"spots": (IDLIB,)}, {"within a wider place"}, "the province of the town"),
    ({"spots": ()}, {"a place untold"}, "no place"),
    ({"killed": (13, 13)}, {"killed alike"}, "nearly as many"),
    ({"killed": (90, 90)}, {"other killed"}, "many more"),
    ({"type": "Chemical weapon"}, {"kindred type"}, "a kindred type"),
    ({"initiators": frozenset({"rebels"})}, {"other initiator"}, "another side did it"),
    ({"initiators": frozenset(), "targets": frozenset({"sy"})}, {"roles changed"}, "who did it there was hit here"),
    ({"things": frozenset({"convoy"})}, {"other thing hit"}, "another thing"),
    ({"denied": True}, {"one denies"}, "a denial"),
)


@pytest.mark.parametrize(("changed", "names", "reason"), EVIDENCE, ids=[row[-1] for row in EVIDENCE])
def test_evidence(changed: dict[str, object], names: set[str], reason: str) -> None:
    one, other = account("a"), account("b", **changed)
    found = evidence(one, other)
    assert names <= found.keys(), (reason, sorted(found))
    assert found == evidence(other, one), "the order of the two makes no difference"


APART = (
    ({"first_day": MONDAY + 90, "last_day": MONDAY + 90}, "90 apart"),
    ({"spots": (PARIS,)}, "km apart"),
    ({"type": "Agreement"}, "never one event"),
)


@pytest.mark.parametrize(("changed", "said"), APART)
def test_what_can_never_be_one_event(changed: dict[str, object], said: str) -> None:
    one, other = account("a"), account("b", **changed)
    assert said in str(apart(one, other))
    verdict = Judge.load().judge(one, other)
    assert verdict.verdict is Verdict.DIFFERENT and said in verdict.reasons[0]


def test_a_doubtful_place_rules_nothing_out() -> None:
    assert apart(account("a"), account("b", spots=(replace(PARIS, sure=False),))) is None


def test_one_report_tells_two_happenings() -> None:
    one = account("a")
    assert "one report" in str(apart(one, replace(one, claim="c-other")))


VERDICTS = (
    (account("b"), Verdict.SAME, "the same told again"),
    (account("b", "Warplanes bombed the market of Maarat al-Numan on Monday; 15 died.", killed=(15, 15)), Verdict.SAME, "another toll"),
    (
        account("b", OTHER, type="Remote explosive/landmine/IED", spots=(AFRIN,), killed=None, wounded=(4, 4),
                things=frozenset({"council"}), initiators=frozenset()),
        Verdict.DIFFERENT, "a bomb elsewhere on the same day",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("other", "verdict", "reason"), VERDICTS, ids=[row[-1] for row in VERDICTS])
def test_verdicts(other: Account, verdict: Verdict, reason: str) -> None:
    judged = Judge.load().judge(account("a"), other)
    assert judged.verdict is verdict, (reason, judged)
    assert judged.reasons and all(reason_.endswith(")") for reason_ in judged.reasons), "each reason tells its weight"


def test_a_part_and_its_whole_are_never_one() -> None:
    strike = account("a")
    offensive = account(
        "b", "Regime forces began an offensive on Idlib.", spots=(IDLIB,), first_day=MONDAY - 5, last_day=MONDAY + 5, killed=(60, 60),
        type="Armed clash",
    )  # fmt: skip
    assert sums_up(offensive, strike) and not sums_up(strike, offensive)
    assert Judge.load().judge(strike, offensive).verdict is Verdict.PART
    for changed in ({"last_day": MONDAY - 1}, {"spots": (AFRIN,)}, {"initiators": frozenset({"rebels"})}, {"killed": (5, 5)}):
        assert sums_up(replace(offensive, **changed), strike) is None, changed


def test_every_piece_of_evidence_is_told_in_words() -> None:
    rows = list(read_table(SHIPPED, ("evidence", "weight", "words"), []))
    assert rows and all(row["words"] for row in rows)


def test_a_damaged_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    path.write_text("evidence\tweight\twords\nsame day\n", encoding="utf-8")
    with pytest.raises(BadRoster):
        Judge.load(path)


def test_terms() -> None:
    found = terms_of("The 17-year-old fled Kafr Zita's mosque in 2016 with 1,204 others.")
    assert len(found.figures) == 4, "17, 17 years, 1204, 1204 others; a year is no figure"
    assert not terms_of("shelled on 1 May, May 2 and the 3rd of June").figures, "days are compared as days"
    assert found.names and all(term & RAREST for term in found.names)
    assert terms_of("kafr zita").names == frozenset(), "in small letters they are words"
    assert set(full_names("Quorvex Zanthil spoke")) == set(full_names("said Quorvex Zanthil's brother"))
    assert not set(full_names("Quorvex, Zanthil"))


def test_types_without_force_are_kindred_to_each_other() -> None:
    assert "Agreement" in without_force() and "Attack" not in without_force()
    assert all(type_ in kindred()[type_] for type_ in kindred())


def test_a_report_without_an_event_is_compared_by_its_words() -> None:
    sketch = account("a").sketch
    assert Judge.load().score(bare(sketch), bare(replace(sketch, report="b"))) > 0
