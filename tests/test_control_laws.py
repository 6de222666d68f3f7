"""Laws of tracing: spans never overlap, order of arrival does not matter, a claim taken back leaves no trace, plans change nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from control_made import ACTORS, CLASH, LEAVES, PLACES, REGAINS, TAKES, told
from thucydides.control import Chart, Fading, Rules, Tracer, trace
from thucydides.record import Claim, Factuality, Report

Told = tuple[Claim, Report]
WORDS = (None, "They besieged {}.", "They broke the siege of {}.", "They withdrew from {}.", "They took all of {}.", "They handed over {}.")
FIRST = date(2016, 4, 1)
SHIPPED = Rules.load()
QUICK = SHIPPED.but({"lapse_days": 2, "siege_days": 3, "settle_days": 2, "passing_days": 5, "divided_days": 6, "together_days": 4})
"""Rules by which fights, sieges and divisions of these few weeks end."""
rules_of = st.sampled_from((SHIPPED, QUICK))


@st.composite
def accounts(draw: st.DrawFn) -> list[Told]:
    made = []
    for number in range(draw(st.integers(1, 14))):
        place = draw(st.sampled_from(sorted(PLACES)))
        words = draw(st.sampled_from(WORDS))
        day = draw(st.none() | st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days)))
        made.append(
            told(
                f"c{number}",
                place,
                draw(st.sampled_from((TAKES, REGAINS, LEAVES, CLASH, "Other", "held", "contested", "besieged", "lost"))),
                draw(st.sampled_from((None, *sorted(ACTORS)))),
                day,
                against=draw(st.sampled_from((None, *sorted(ACTORS)))),
                factuality=draw(st.sampled_from((Factuality.ASSERTED, Factuality.CLAIMED, Factuality.DENIED))),
                published=draw(st.sampled_from((None, date(2016, 5, 18), date(2016, 4, 20)))),
                source=draw(st.sampled_from(("Gazette", "Herald", "Post"))),
                words=words.format(PLACES[place].name) if words else None,
                share=draw(st.sampled_from((None, 0.4))),
            )
        )
        claim, report = made[-1]
        made[-1] = replace(claim, confidence=draw(st.sampled_from((0.9, 0.3)))), report
    return made


def same(one: Chart, other: Chart) -> bool:
    return dict(one.timelines) == dict(other.timelines)


@settings(max_examples=300)
@given(accounts(), rules_of)
def test_spans_of_a_place_never_overlap(made: list[Told], rules: Rules) -> None:
    for spans in trace(made, rules=rules).timelines.values():
        assert spans[-1].until is None
        for before, after in pairwise(spans):
            assert before.until == after.seen
            assert before.seen < after.seen
        for span in spans:
            assert span.claims or (span.status == "unknown" and span.rivals), "no state without a claim behind it"
            assert span.since is None or span.since <= span.seen
            assert 0 <= span.confidence <= 1


@settings(max_examples=300)
@given(accounts(), st.randoms(use_true_random=False), rules_of)
def test_order_of_arrival_does_not_matter(made: list[Told], dice: random.Random, rules: Rules) -> None:
    mixed = list(made)
    dice.shuffle(mixed)
    assert same(trace(made, rules=rules), trace(mixed, rules=rules))


@settings(max_examples=200)
@given(accounts(), st.data(), rules_of)
def test_a_claim_taken_back_restores_the_timeline(made: list[Told], data: st.DataObject, rules: Rules) -> None:
    gone = data.draw(st.sampled_from(made))
    tracer = Tracer(rules=rules)
    for claim, report in made:
        tracer.add(claim, report)
        tracer.chart()
    tracer.remove(gone[0].id)
    assert same(tracer.chart(), trace((one for one in made if one is not gone), rules=rules))
    tracer.add(*gone)
    assert same(tracer.chart(), trace(made, rules=rules))


@settings(max_examples=100)
@given(accounts(), st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(ACTORS)))
def test_a_plan_changes_nothing(made: list[Told], place: str, actor: str) -> None:
    plan = told("plan", place, TAKES, actor, date(2016, 5, 1), planned=True)
    conditional = told("if", place, TAKES, actor, date(2016, 5, 1), factuality=Factuality.CONDITIONAL)
    assert same(trace([*made, plan, conditional]), trace(made))


@given(st.floats(1, 400), st.floats(0, 800), st.floats(0, 800))
def test_confidence_only_fades(half: float, one: float, other: float) -> None:
    fading = Fading(half_days=half)
    assert 0 <= fading.left(max(one, other)) <= fading.left(min(one, other)) <= 1
