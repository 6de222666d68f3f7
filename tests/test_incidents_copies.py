"""Copies among reports: what is one text and what is not, in whatever order they come, and where they come from."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import reports
from thucydides.incidents.copies import Fingerprint, copied, fingerprint, may_be_copies
from thucydides.incidents.origins import Provenance, later_copies, provenance, provenances
from thucydides.incidents.reposts import Reposts
from thucydides.record import Report, Section, Source
from thucydides.reports import Raw, read
from thucydides.reports.outlets import shipped

DAY = date(2016, 5, 3)
STORY = (
    "At least fourteen people were killed when two rockets hit a bakery in the old quarter of Marwan on Tuesday morning, "
    "the town's council said. Women queuing for bread were among the victims. Rescue teams pulled nine wounded from the "
    "rubble and drove them to a clinic in neighbouring Sarhan.\n\nThe council blamed the 4th Brigade, whose guns stand on the "
    "ridge above the river. The brigade denied having fired and spoke of a gas explosion. Photographs taken by a local "
    "reporter show two craters and the tail of a rocket.\n\nShelling of the valley began in March after talks over the water "
    "works broke down. Since then some four thousand families have fled south. The ministry of health counted 212 dead by "
    "the end of April, most of them farmers and their children.\n\nA convoy with flour and medicine that should have reached "
    "Marwan on Monday was turned back at the Tell Hadid checkpoint. Aid workers hope for a truce before the harvest."
)
SAME_EVENT = (
    "MARWAN - Rockets struck a bread line in Marwan on Tuesday, killing 14, according to municipal officials. Witnesses "
    'spoke of a first blast at seven, and a second one when neighbours came running.\n\n"I saw my cousin under the oven," '
    "said Hassan, a baker of 34, who lost two brothers. Doctors in Sarhan treated nine people, three of whom had to have "
    "limbs amputated.\n\nOfficers of the 4th Brigade insisted that a gas bottle had burst. Investigators of a rights "
    "organisation who visited in the afternoon found fragments of a 107 mm projectile and said that it had come from the "
    "north-east.\n\nMarwan has been cut off since the negotiations on the dam collapsed in spring; prices of flour have "
    "tripled."
)
BULLETIN = (
    "Report of the Marwan centre for documentation. The centre documented violations in the province during the past "
    "twenty-four hours. {news} The centre calls on all parties to spare civilians and on the United Nations to act. The "
    "figures of the centre rest on the testimony of witnesses and on hospital records, and may change."
)
NEWS = (
    "Artillery fired eleven shells at orchards west of Kafr Zayn, burning wheat stores; a shepherd named Omar lost a leg. "
    "In Tell Hadid masked men abducted three teachers from a minibus. A mine destroyed a tractor near the canal and killed "
    "its driver.",
    "Warplanes dropped four barrel bombs on the vegetable market of Sarhan. Seven bodies were identified, two of them "
    "sisters. Snipers wounded an ambulance nurse on the southern bypass, where the road to the camp remains closed for a "
    "fifth week.",
)
SWAPPED = {
    "hit": "struck", "quarter": "district", "morning": "dawn", "council": "board", "queuing": "waiting", "rescue": "relief",
    "wounded": "injured", "drove": "brought", "clinic": "hospital", "blamed": "accused", "guns": "cannon", "ridge": "hill",
    "denied": "rejected", "explosion": "blast", "photographs": "pictures", "local": "resident", "craters": "holes",
    "shelling": "bombardment", "valley": "plain", "began": "started", "talks": "negotiations", "families": "households",
    "fled": "escaped", "south": "southward", "counted": "listed", "farmers": "peasants", "convoy": "column", "medicine": "drugs",
    "truce": "ceasefire", "harvest": "summer", "reporter": "journalist", "tail": "end",
}  # fmt: skip


@cache
def _read(text: str) -> Report:
    return read(Raw("report.txt", text.encode()))


def report(text: str, name: str = "a", day: date | None = DAY, outlet: str = "Marwan Post", **more: object) -> Report:
    """A report as it would be read from a file."""
    return replace(_read(text), id=name, published=day, source=Source(name=outlet), **more)  # type: ignore[arg-type]


def plain(text: str, name: str = "a", day: date | None = DAY) -> Fingerprint:
    """The fingerprint of a text that is all body."""
    return fingerprint(Report(id=name, text=text, reading=text, source=Source(name="Marwan Post"), raw_hash="", published=day))


def print_(text: str, name: str = "a", day: date | None = DAY, outlet: str = "Marwan Post", **more: object) -> Fingerprint:
    return fingerprint(report(text, name, day, outlet, **more))


def reworded(text: str) -> str:
    return " ".join(SWAPPED.get(word.strip(".,").lower(), word) for word in text.split(" "))


SENTENCES = STORY.replace("\n\n", " ").split(". ")
COPIES = [
    (STORY, "word for word"),
    ("Fighting in the north claimed further lives this week as diplomats met in Vienna. " + ". ".join(SENTENCES[1:]), "a new lead"),
    (". ".join(SENTENCES[:3] + SENTENCES[6:8]), "paragraphs cut"),
    (reworded(STORY), "three words in ten replaced"),
    ("\n\n".join(reversed(STORY.split("\n\n"))), "paragraphs in another order"),
    (STORY.lower().replace(",", "").replace(".", "").replace("'", ""), "capitals and punctuation lost"),
    (
        "THE VALLEY TIMES\nHome | World | Sport\nPosted by admin on 5 May 2016\n\n" + STORY + "\n\nShare on Facebook\n",
        "another site's header",
    ),
    (STORY + "\n\n" + SAME_EVENT, "made part of a longer text"),
    (STORY + "\n\n" + "Photo: smoke over the river at Marwan on Tuesday. " * 30, "a caption repeated thirty times"),
    (SENTENCES[0] + ". " + SENTENCES[1] + ".", "the first short item"),
]
OTHERS = [
    (STORY, SAME_EVENT, "two reporters at one event"),
    (BULLETIN.format(news=NEWS[0]), BULLETIN.format(news=NEWS[1]), "two days of one bulletin"),
    (STORY + "\n\n" + SAME_EVENT[300:520], SAME_EVENT, "a paragraph taken over"),
    ("Reuters photo.", "Reuters photo.", "too short to tell"),
]


@pytest.mark.parametrize(("text", "reason"), COPIES, ids=[reason for _, reason in COPIES])
def test_a_copy_is_found(text: str, reason: str) -> None:
    one, other = print_(STORY), print_(text, "b", DAY + timedelta(days=1), "Valley Times")
    assert set(one.keys) & set(other.keys), "they share a key"
    assert may_be_copies(one, other)
    found = copied(one, other)
    assert found is not None, reason
    assert (found.first, found.second) == ("a", "b")
    assert found.share >= 0.5


@pytest.mark.parametrize(("one", "other", "reason"), OTHERS, ids=[reason for *_, reason in OTHERS])
def test_what_is_no_copy_is_not_taken_for_one(one: str, other: str, reason: str) -> None:
    assert copied(print_(one), print_(other, "b")) is None, reason


def test_a_text_of_which_hardly_anything_is_body_is_compared_whole() -> None:
    one = replace(report(STORY), sections=(Section(start=0, end=len(STORY), kind="boilerplate"),))
    assert copied(fingerprint(one), print_(STORY, "b")) is not None


def test_empty_texts_are_no_copies() -> None:
    assert copied(plain(""), plain("", "b")) is None
    assert plain("").keys == ()


def test_the_reason_tells_how_much_and_when() -> None:
    short = print_(". ".join(SENTENCES[:5]), "b", DAY + timedelta(days=1), "Valley Times")
    found = copied(print_(STORY), short)
    assert found is not None
    assert found.reasons == ("100% of the words of b stand in a, published a day earlier by Marwan Post",)


def test_a_formula_that_comes_back_after_weeks_must_be_nearly_whole() -> None:
    rest = " ".join(f"other{n}" if n % 4 == 0 else word for n, word in enumerate(STORY.split())).split(". ", 1)[1]
    assert copied(print_(STORY), print_(rest, "b", DAY + timedelta(days=2))) is not None
    assert copied(print_(STORY), print_(rest, "b", DAY + timedelta(days=40))) is None


FRENCH = "Le conseil a compté 212 morts, 57 blessés et 4300 familles déplacées, selon l'agence, après 31 jours de combats."
ENGLISH = "The council counted 212 dead, 57 wounded and 4300 displaced families after 31 days of fighting."


@pytest.mark.parametrize(
    ("text", "day", "credits", "copy", "reason"),
    [
        (FRENCH, DAY, ("Marwan Post",), True, "credited, the same figures"),
        (FRENCH, DAY, (), False, "nobody credited"),
        (FRENCH, DAY, ("Other Agency",), False, "another one credited"),
        (FRENCH, DAY + timedelta(days=9), ("Marwan Post",), False, "another week"),
        (FRENCH.replace("57", "75").replace("31", "13"), DAY, ("Marwan Post",), False, "other figures"),
        ("Le conseil a compté 212 morts.", DAY, ("Marwan Post",), False, "too few figures"),
    ],
)
def test_a_bulletin_in_two_languages(text: str, day: date, credits: tuple[str, ...], copy: bool, reason: str) -> None:
    one = print_(ENGLISH, language="en")
    other = print_(text, "b", day, "Le Courrier", language="fr", copied_from=credits)
    assert (copied(one, other) is not None) is copy, reason
    if copy:
        assert set(one.keys) & set(other.keys)
        assert may_be_copies(one, other)


def test_a_language_taken_for_another_hides_no_copy() -> None:
    assert copied(print_(STORY, language="en"), print_(STORY.lower(), "b", language="nl")) is not None


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    "rebels army shelled Marwan Sarhan bakery 14 killed wounded council denied rockets river convoy truce since March".split()
)
texts = st.lists(WORDS, max_size=60).map(" ".join)


@settings(max_examples=60)
@given(reports())
def test_a_fingerprint_survives_its_bytes(one: Report) -> None:
    kept = fingerprint(one)
    assert Fingerprint.from_bytes(kept.to_bytes()) == kept
    assert all(-(2**63) <= key < 2**63 for key in kept.keys)


@settings(max_examples=60)
@given(texts, texts, st.none() | st.dates(DAY, DAY + timedelta(days=20)))
def test_copying_has_no_direction(one: str, other: str, day: date | None) -> None:
    a, b = plain(one), plain(other, "b", day)
    assert copied(a, b) == copied(b, a)
    assert may_be_copies(a, b) == may_be_copies(b, a)
    assert copied(a, a) is None, "a report is no copy of itself"


@settings(max_examples=40)
@given(st.lists(WORDS, min_size=4, max_size=60).map(" ".join))
def test_every_text_is_a_copy_of_itself_under_another_id(text: str) -> None:
    found = copied(plain(text), plain(text, "b"))
    if len(plain(text).words) >= 16:
        assert found is not None
        assert found.share == 1.0


def _many() -> list[Fingerprint]:
    edits = [text for text, _ in COPIES] + [SAME_EVENT, *(BULLETIN.format(news=news) for news in NEWS), STORY, STORY, SAME_EVENT]
    days = [DAY + timedelta(days=(7 * n) % 5) for n in range(len(edits))]
    return [print_(text, f"r{n}", day) for n, (text, day) in enumerate(zip(edits, days, strict=True))]


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(rng: random.Random) -> None:
    prints = _many()
    straight, mixed = Reposts(), Reposts()
    for one in prints:
        straight.add(one)
    for one in rng.sample(prints, len(prints)):
        mixed.add(one)
        mixed.add(one)
    assert mixed.sets() == straight.sets()
    assert [mixed.tie(one.report) for one in prints] == [straight.tie(one.report) for one in prints]
    assert len(mixed) == len(prints)


def test_a_digest_of_two_stories_does_not_make_them_one() -> None:
    shelf = Reposts()
    for one in (print_(STORY), print_(SAME_EVENT, "b"), print_(STORY + "\n\n" + SAME_EVENT, "c", DAY + timedelta(days=1))):
        shelf.add(one)
    assert shelf.first("a") == "a"
    assert shelf.first("b") == "b"
    assert shelf.first("c") == "a"


def test_a_thousand_copies_are_one_set_and_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from thucydides.incidents import copies

    calls: list[int] = []
    found = copies._found
    monkeypatch.setattr(copies, "_found", lambda *both: (calls.append(1), found(*both))[1])
    one, near = print_(STORY), print_(reworded(STORY), "near", DAY)
    shelf = Reposts()
    shelf.add(near)
    for n in range(1000):
        shelf.add(replace(one, report=f"r{999 - n:04}", published=DAY - timedelta(days=n % 3)))
    assert len(shelf.sets()) == 1
    assert len(calls) <= 1000, "one look for each, though every third one turned out to be the first of all"


# ── origins ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "names", "reason"),
    [
        ([("x", 0, "Marwan Post", ()), ("y", 1, "Valley Times", ())], ("Marwan Post", "Marwan Post"), "the first to publish"),
        ([("x", 0, "Marwan Post", ("Reuters",)), ("y", 1, "Valley Times", ())], ("Reuters", "Reuters"), "whom the first credits"),
        ([("x", 0, "Marwan Post", ()), ("y", 1, "Valley Times", ("Reuters",))], ("Marwan Post", "Reuters"), "who credits has it of him"),
        ([("x", 0, "A", ("Twitter",)), ("y", 1, "B", ())], ("A", "A"), "a network on which others publish is nobody"),
        ([("y", 0, "B", ()), ("x", 0, "A", ())], ("A", "A"), "of one day the smaller id"),
        ([("y", None, "B", ()), ("x", 5, "A", ())], ("A", "A"), "an undated one comes last"),
    ],
)
def test_origins(told: list[tuple[str, int | None, str, tuple[str, ...]]], names: tuple[str, ...], reason: str) -> None:
    prints = [
        print_(STORY, id_, None if days is None else DAY + timedelta(days=days), outlet, copied_from=credits)
        for id_, days, outlet, credits in told
    ]
    found = provenances(prints, shipped())
    assert tuple(found[one.report].outlet for one in prints) == names, reason
    assert provenances(prints[::-1], shipped()) == found
    for one in prints:  # the same, one at a time, in whatever order
        others = [other for other in prints if other != one]
        assert provenance(one, others, {other.report: found[other.report] for other in others}, shipped()) == found[one.report]
        assert Provenance.from_json(found[one.report].to_json()) == found[one.report]


def test_an_earlier_report_takes_the_copies_of_a_later_one() -> None:
    first, second, third = (print_(STORY, id_, DAY + timedelta(days=n)) for n, id_ in enumerate(("a", "b", "c")))
    known = provenances([second, third], shipped())
    assert known["c"].copies == "b"
    assert [one.report for one in later_copies(first, [second, third], known)] == ["b", "c"]
    assert later_copies(third, [first, second], provenances([first, second, third], shipped())) == []
