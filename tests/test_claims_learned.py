"""What was learned: scales are sums that can be read, the tagger's scores fit its words, chances are chances."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Code
from thucydides.claims import Coder
from thucydides.claims.explaining import explain
from thucydides.claims.learned import Learned, Scale, Tagger, scales
from thucydides.claims.times.anchor import spoken_day, weekday_written_out
from thucydides.claims.when import find_dates

evidence = st.dictionaries(st.sampled_from("abcdef"), st.floats(-3, 3, allow_nan=False), max_size=6)
weights = st.dictionaries(st.sampled_from([*"abcdef", scales.BIAS]), st.floats(-5, 5, allow_nan=False), max_size=7)


@given(weights, evidence)
def test_a_scale_adds_up_and_its_reasons_are_its_parts(known: dict[str, float], found: dict[str, float]) -> None:
    scale = Scale(known)
    told = known.get(scales.BIAS, 0.0) + sum(known.get(name, 0.0) * times for name, times in found.items())
    assert scale.score(found) == pytest.approx(told)
    assert 0 <= scale.chance(found) <= 1
    reasons = scale.reasons(found, most=99)
    assert sum(weight for _, weight in reasons) + known.get(scales.BIAS, 0.0) == pytest.approx(told)
    assert all(abs(a[1]) >= abs(b[1]) for a, b in pairwise(reasons))


def test_every_shipped_scale_has_weights() -> None:
    learned = Learned.load()
    assert [name for name in scales.NAMES if not getattr(learned, name).weights] == []


TEXT = (
    "Warplanes bombed a market in the town of Foobar on Tuesday, killing 12 people, activists said. "
    "The minister praised the weather. Militants pounded an army post near the bridge with rockets."
)


def test_the_tagger_hears_the_happening_and_its_parts(coder: Coder, code: Code) -> None:
    sentences = coder.parsed(code(TEXT).report)
    tags = Tagger.load().read(sentences)
    words = {t.text: (s.index, t) for s in sentences for t in s.doc}
    assert tags.states(*words["bombed"]) > 0.5 > tags.states(*words["praised"])
    assert tags.states(*words["pounded"]) > 0.5
    place = sentences[0].text.index("Foobar")
    assert tags.fills("at", 0, words["bombed"][1], place, place + 6) > 0 > tags.fills("by", 0, words["bombed"][1], place, place + 6)
    for role in tags.layout.roles:
        for start, end, logit in tags.spans(role, 0, words["bombed"][1]):
            assert 0 <= start <= end < len(sentences[0].text) and logit > 0


def test_tags_do_not_depend_on_what_else_is_read(coder: Coder, code: Code) -> None:
    """A sentence's tags depend on its window alone: reading two reports one after the other gives what each gives."""
    sentences = coder.parsed(code(TEXT).report)
    tagger = Tagger.load()
    one, other = tagger.read(sentences), tagger.read(sentences)
    for s in sentences:
        for token in s.doc:
            assert one.states(s.index, token) == pytest.approx(other.states(s.index, token), abs=1e-6)


def test_no_tagger_no_harm(code: Code) -> None:
    """Constructions and scales alone still code."""
    from dataclasses import replace

    from thucydides.claims import Vocabulary

    plain = Coder(replace(Vocabulary.load(), tagger=None))
    found = plain.code(code(TEXT).report)
    assert any(c.kind == "event" for c in found)
    assert plain.by != Coder().by


def test_chances_are_told_of_fields_that_are_filled(code: Code) -> None:
    coded = code(TEXT)
    assert coded.claims
    for claim in coded.claims:
        assert 0 <= claim.confidence <= 1
        assert all(0 <= chance <= 1 for chance in claim.certainty.values())
        if claim.kind != "event":
            assert not claim.certainty
        elif not any(p.field == "killed" for p in claim.evidence):
            assert "killed" not in claim.certainty


def test_an_account_tells_words_answers_and_reasons(coder: Coder, code: Code) -> None:
    report = code(TEXT).report
    claim, draft = coder.account(report)[0]
    account = explain(claim, draft, coder.vocabulary.learned)
    fields = dict(account.fields)
    assert account.tellings[0].sentence in TEXT
    assert any(answer.taken for answer in fields["type"])
    assert any("Foobar" in answer.words and answer.taken for answer in fields["places"])
    assert account.stated is not None and 0 < account.stated.chance <= 1


MONDAY = date(2015, 1, 19)


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Ten people died, a monitor said on Tuesday. Earlier Tuesday jets hit the town.", date(2015, 1, 20), "tomorrow, told as today"),
        ("Ten people died, a monitor said on Monday.", MONDAY, "its own day"),
        ("Ten people died, a monitor said on Sunday.", MONDAY, "yesterday"),
        ("A monitor said on Tuesday that ten died, officials said on Sunday.", MONDAY, "one of them fits"),
        ("Ten people died on Tuesday.", MONDAY, "nobody spoke then: it may be last week"),
        ("A statement released on Friday told of it.", MONDAY, "three days back is nothing odd"),
        ("Jets hit the town today (Tuesday).", date(2015, 1, 20), "a day ahead, told as today"),
        ("Jets hit the town yesterday, Sunday.", MONDAY, "yesterday is what it should be"),
        ("Jets hit the town yesterday (Friday).", date(2015, 1, 17), "two days back"),
    ],
)
def test_the_day_a_report_reckons_from(text: str, expected: date, reason: str) -> None:
    assert spoken_day(MONDAY, text) == expected, reason
    assert spoken_day(None, text) is None


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Smoke on Friday, Apr. 22, 2022 (Photo: Relay). Jets struck on Friday.", date(2022, 4, 22), "a caption's day, told alone again"),
        ("Jets struck on Monday. The pact of Tuesday, 3 May 2016, is dead.", None, "another weekday"),
        ("Jets struck on Friday, 22 April 2022.", None, "nothing is reckoned from it"),
        ("Smoke on Friday, 21 April 2022. Jets struck on Friday.", None, "no such Friday"),
    ],
)
def test_a_report_without_a_day_reckons_from_a_weekday_written_out(text: str, expected: date | None, reason: str) -> None:
    assert weekday_written_out(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("They were taken in November and December last year.", [(date(2014, 11, 1), date(2014, 12, 31))]),
        ("Clashes on Saturday and Sunday.", [(date(2015, 1, 17), date(2015, 1, 18))]),
        ("Clashes on Sunday and on 3 January.", [(date(2015, 1, 18), date(2015, 1, 18)), (date(2015, 1, 3), date(2015, 1, 3))]),
    ],
)
def test_dates_side_by_side_are_a_span(text: str, spans: list[tuple[date, date]]) -> None:
    found = find_dates(text, MONDAY)
    assert [(d.when.start, d.when.end) for d in found if d.when is not None] == spans
