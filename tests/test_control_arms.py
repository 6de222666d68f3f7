"""Arms told of: held, supplied, used, captured and lost, by whose word, and never added up."""

from __future__ import annotations

from datetime import date

import pytest

from forces_made import armed, fought, party, report
from thucydides.actors import Actors
from thucydides.arms import Arms
from thucydides.claims.tolls import count_before
from thucydides.control.armaments import OTHER, OWNER, THIRD, UNKNOWN, Account, armaments, of_actor, of_arm
from thucydides.control.armies import Armies
from thucydides.control.delay import seen_on, told_by
from thucydides.control.fates import fate
from thucydides.control.losses import counted_loss
from thucydides.record import Claim, Factuality, Party, Use

TANKS = (party("Russian forces", "ru-army"), party("29 tanks", None, "target", "object"), party("Ukrainian army", "ua-army", "target"))


@pytest.fixture(scope="module")
def armies() -> Armies:
    return Armies(Actors.load())


def accounts(armies: Armies, *claims: Claim, stands_with: tuple[str, ...] = ()) -> list[Account]:
    text = {claim.id: next(p.words for p in claim.evidence if p.field == "claim") for claim in claims}
    return armaments([(c, report(c.report, text[c.id], stands_with=stands_with)) for c in claims], armies, Arms.load())


def sides(account: Account) -> tuple[list[str], list[str]]:
    return [side.name for side in account.by], [side.name for side in account.of]


@pytest.mark.parametrize(
    ("said_by", "stands_with", "word", "reason"),
    [
        (("the Russian Defence Ministry",), (), OTHER, "the enemy claims it"),
        (("the Ukrainian General Staff",), (), OWNER, "the owner admits it"),
        (("the Turkish Foreign Ministry",), (), THIRD, "a third says so"),
        (("a local resident",), (), UNKNOWN, "nobody knows for whom he speaks"),
        ((), (), THIRD, "the outlet says so itself"),
        ((), ("ru",), OTHER, "the outlet stands with the enemy"),
        ((), ("ua",), OWNER, "the outlet stands with the owner"),
    ],
)
def test_claims_against_admissions(
    said_by: tuple[str, ...], stands_with: tuple[str, ...], word: str, reason: str, armies: Armies
) -> None:
    claim = fought("c1", *TANKS, sentence="Russian forces destroyed 29 tanks.", damage=("29 tanks",), said_by=said_by)
    (found,) = accounts(armies, claim, stands_with=stands_with)
    assert found.word == word, reason
    assert (found.way, found.arm, found.count and found.count.low) == ("destroyed", "tank", 29)
    assert sides(found) == (["Russian Armed Forces"], ["Armed Forces of Ukraine"])


def test_an_enemy_is_known_from_other_claims(armies: Armies) -> None:
    fight = fought("c1", party("Russian forces", "ru-army"), party("Ukrainian army", "ua-army", "target"))
    loss = fought(
        "c2",
        party("Ukraine's 47th Brigade", "ua-47-mechanized"),
        party("12 Bradley vehicles", None, "target", "object"),
        sentence="Ukraine's 47th Brigade lost 12 Bradley vehicles, Russian officials claimed.",
        said_by=("Russian officials",),
    )
    assert [a.word for a in accounts(armies, loss)] == [THIRD]
    (found,) = [a for a in accounts(armies, fight, loss) if a.claim == "c2"]
    assert (found.way, found.word, sides(found)) == ("lost", OTHER, ([], ["47th Mechanized Brigade"]))


def test_accounts_are_never_added_up(armies: Armies) -> None:
    sentence = "Russian forces destroyed 29 tanks."
    claims = [fought(f"c{n}", *TANKS, sentence=sentence, damage=("29 tanks",), day=date(2020, 1, n)) for n in (1, 2, 3)]
    found = accounts(armies, *claims)
    assert [a.count and a.count.low for a in found] == [29, 29, 29]


@pytest.mark.parametrize(
    ("way", "parties", "expected", "by", "of"),
    [
        ("has", (party("Hezbollah", "lb-hezbollah"),), "holds", ["Hezbollah"], []),
        ("operates", (party("Hezbollah", "lb-hezbollah"),), "holds", ["Hezbollah"], []),
        ("supplies", (party("Iran", "ir"), party("Hezbollah", "lb-hezbollah", "target")), "supplied", ["Iran"], ["Hezbollah"]),
        ("receives", (party("Hezbollah", "lb-hezbollah"),), "supplied", [], ["Hezbollah"]),
        ("lost", (party("Hezbollah", "lb-hezbollah"),), "lost", [], ["Hezbollah"]),
    ],
)
def test_statements_of_arms(way: str, parties: tuple[Party, ...], expected: str, by: list[str], of: list[str], armies: Armies) -> None:
    (found,) = accounts(armies, armed("c1", *parties, arm="fateh-110", name="Fateh-110", way=way))
    assert (found.way, *sides(found)) == (expected, by, of)


def test_what_changes_hands_is_supplied_whatever_the_coder_called_it(armies: Armies) -> None:
    claim = armed(
        "c1", party("Iran", "ir"), party("Hezbollah", "lb-hezbollah", "target"), arm="fateh-110", name="Fateh-110",
        sentence="Iran supplied Hezbollah with Fateh-110 missiles.",
    )  # fmt: skip
    assert [a.way for a in accounts(armies, claim)] == ["supplied"]


def test_arms_used_are_counted_as_told(armies: Armies) -> None:
    sentence = "Six Tu-22M3 bombers struck the town."
    claim = fought(
        "c1", party("Six Tu-22M3 bombers", None, kind="generic"), party("ISIS", "isis", "target"), sentence=sentence,
        arms=(Use(name="Tu-22M3", arm="tu-22m3", kind="aircraft"),), type_="Air/drone strike",
    )  # fmt: skip
    (found,) = accounts(armies, claim)
    assert (found.way, found.arm, found.count and found.count.low) == ("used", "tu-22m3", 6)
    assert sides(found) == ([], ["Islamic State"]), "whose bombers is not told"


def test_arms_of_the_enemy_are_not_used_against_him(armies: Armies) -> None:
    claim = fought(
        "c1", party("72 brigade of the Syrian Air Defense Forces", "sy"),
        sentence="The 72 brigade launched a missile at the Israeli warplanes.",
        arms=(Use(name="warplanes", arm="warplane", kind="aircraft"),),
    )  # fmt: skip
    assert accounts(armies, claim) == []


def test_what_is_denied_or_agreed_is_no_account(armies: Armies) -> None:
    denied = fought("c1", *TANKS, damage=("29 tanks",), factuality=Factuality.DENIED)
    agreed = fought("c2", *TANKS, damage=("29 tanks",), type_="Agreement")
    assert accounts(armies, denied, agreed) == []


def test_accounts_of_an_actor_and_of_an_arm(armies: Armies) -> None:
    found = accounts(
        armies,
        fought("c1", *TANKS, sentence="Russian forces destroyed 29 tanks.", damage=("29 tanks",)),
        armed("c2", party("Hezbollah", "lb-hezbollah"), arm="fateh-110", name="Fateh-110"),
    )
    assert {a.claim for a in of_actor(found, "ua", armies)} == {"c1"} == {a.claim for a in of_actor(found, "ru", armies)}
    assert {a.claim for a in of_arm(found, "fateh-110")} == {"c2"} and {a.claim for a in of_arm(found, "tank")} == {"c1"}


def test_arms_of_a_namesake_are_another_armys(armies: Armies) -> None:
    claim = armed("c1", party("The 72nd brigade of the Syrian Air Defense Forces", "ua-72-mechanized"), arm="s-75", name="S-75")
    found = accounts(armies, claim)
    assert [sides(a) for a in of_actor(found, "sy", armies)] == [(["72nd brigade"], [])]
    assert of_actor(found, "ua", armies) == []


def test_private_people_are_not_named(armies: Armies) -> None:
    claim = fought(
        "c1", party("Ahmad Someone", None, kind="civilian"), party("two rifles", None, "target", "object"), damage=("two rifles",),
        sentence="Ahmad Someone destroyed two rifles.", said_by=("Mahmoud Neighbour",),
    )  # fmt: skip
    assert all("Someone" not in str(a) and "Neighbour" not in str(a) for a in accounts(armies, claim))


@pytest.mark.parametrize(
    ("sentence", "arm", "way"),
    [
        ("Rebels captured three T-72 tanks", "T-72 tanks", "captured"),
        ("The army lost a Su-25 near Donetsk", "Su-25", "lost"),
        ("Houthi fighters shot down an MQ-9 drone", "MQ-9 drone", "shot down"),
        ("Two tanks were destroyed and a howitzer was captured", "tanks", "destroyed"),
        ("Two tanks were destroyed and a howitzer was captured", "howitzer", "captured"),
        ("The strike damaged a radar", "radar", "damaged"),
        ("Libya's navy received a boat", "boat", None),
        ("Germany delivered 18 Leopard 2 tanks", "Leopard 2 tanks", "supplied"),
        ("A convoy of tanks moved east", "tanks", None),
    ],
)
def test_fates(sentence: str, arm: str, way: str | None) -> None:
    assert fate(sentence, arm) == way


@pytest.mark.parametrize(
    ("before", "low", "high"),
    [
        ("destroyed 29 ", 29, 29),
        ("at least five Israeli ", 5, None),
        ("up to 12 Russian-made ", None, 12),
        ("dozens of ", 24, None),
        ("a ", 1, 1),
        ("between 10 and 12 ", 10, 12),
        ("1,200 ", 1200, 1200),
        ("two enemy ", 2, 2),
    ],
)
def test_counts_before_arms(before: str, low: int | None, high: int | None) -> None:
    toll = count_before(before)
    assert toll is not None
    assert (toll.low, toll.high) == (low, high)


@pytest.mark.parametrize(
    "before",
    ["", "the ", "on 3 March, ", "the 47th Brigade's ", "20 km of ", "killed 1300 people using ", "30 wounded by a suicide ", "in 2016 "],
)
def test_no_count_before_arms(before: str) -> None:
    assert count_before(before) is None


# ── what is too new to be told ───────────────────────────────────────────────────────────────────


def test_a_delay_keeps_back_what_was_seen_lately() -> None:
    old, new = fought("c1", day=date(2020, 1, 1)), fought("c2", day=date(2020, 1, 9))
    undated, unknown = fought("c3", day=None), fought("c4", day=None)
    told = [(c, report(c.report)) for c in (old, new, undated)] + [(unknown, report("r", published=None))]
    today = date(2020, 1, 11)
    assert [c.id for c, _ in told_by(told, today, 0)] == ["c1", "c2", "c3", "c4"], "0 keeps nothing back"
    assert [c.id for c, _ in told_by(told, today, 1)] == ["c1", "c2", "c3"], "what has no day at all is kept back"
    assert [c.id for c, _ in told_by(told, today, 2)] == ["c1", "c2"]
    assert [c.id for c, _ in told_by(told, today, 5)] == ["c1"]
    assert seen_on(undated, report("r")) == date(2020, 1, 10), "the day of its report"


# ── losses ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "counted", "reason"),
    [
        ("The army lost three tanks in Aleppo.", True, "arms"),
        ("Russian forces lost a tank and two guns in Aleppo.", True, "an article counts"),
        ("The army lost at least ten soldiers in Aleppo on Monday.", True, "people"),
        ("The army lost dozens of vehicles near Aleppo.", True, "a round number"),
        ("The rebels lost Aleppo on Monday.", False, "the place itself"),
        ("The rebels lost the town of Aleppo to the army.", False, "the place itself"),
        ("The rebels lost control of Aleppo.", False, "control"),
        ("The rebels lost half of the city of Aleppo.", False, "a share"),
        ("The rebels lost 40% of Aleppo.", False, "a share"),
        ("The army captured Aleppo.", False, "no loss"),
    ],
)
def test_what_is_lost_is_counted_or_a_place(words: str, counted: bool, reason: str) -> None:
    assert counted_loss(words, "Aleppo") == counted, reason


@pytest.mark.parametrize("role", ["initiator", "target"])
def test_the_loser_is_who_stands_before_the_verb(role: str, armies: Armies) -> None:
    """Whatever role the coder gave it."""
    sentence = "The Ukrainian army lost three tanks in Avdiivka."
    claim = fought("c", party("Ukrainian army", "ua-army", role), party("three tanks", None, "target", "object"), sentence=sentence)
    (found,) = accounts(armies, claim)
    assert (found.way, sides(found)) == ("lost", ([], ["Armed Forces of Ukraine"]))
    statement = armed("s", party("Ukrainian army", "ua-army", role), arm="leopard-2", name="Leopard 2", way="lost", sentence=sentence)
    assert sides(accounts(armies, statement)[0]) == ([], ["Armed Forces of Ukraine"])


def test_a_name_that_was_cut_short_is_made_whole(armies: Armies) -> None:
    sentence = "Ukraine's 47th Brigade lost two Leopard 2 near Avdiivka."
    claim = fought("c", party("47th Brigade", "ua-47-mechanized", "target"), party("two Leopard", None, "target"), sentence=sentence)
    (found,) = accounts(armies, claim)
    assert (found.name, found.arm, found.count and found.count.low) == ("Leopard 2", "leopard-2", 2)
    assert sides(found)[1] == ["47th Mechanized Brigade"]
