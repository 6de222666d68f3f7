"""What a look before the parse leaves out, and that nothing is looked at twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import Any

import pytest

from conftest import reading
from test_claims_triage import CALM, CONFLICT
from thucydides.claims import Coder
from thucydides.claims.glance import LEAD, around, glance
from thucydides.claims.learned import Scale, Tagger, Tags
from thucydides.claims.triage import Triage
from thucydides.record import Kind

TAGGER = Tagger.load()
CALM_TEXT = "\n".join(re.sub(r"(?<=\.) ", "\n", text) for text in CALM.values())


class Counting:
    """The tagger, and how often it was asked for which sentences."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def read(self, sentences: Sequence[Any]) -> Tags:
        self.asked += [s.index for s in sentences]
        return TAGGER.read(sentences)


def fixed(score: float) -> Triage:
    """A triage to which every report is equally likely."""
    return Triage(Scale({"bias": score}))


def doubting(text: str) -> Triage:
    """The shipped triage, more doubtful by so much that it gives a text an even chance."""
    weights, chance = Triage.load().scale.weights, Triage.load().chance(text)
    return Triage(Scale({**weights, "bias": weights["bias"] - log(chance / (1 - chance))}))


def test_what_the_table_doubts_is_left_to_the_tagger() -> None:
    seen = glance(reading(CALM["council"]), fixed(-1.0), TAGGER)
    assert seen.unread is not None
    assert re.fullmatch(r"left unread: some words speak of conflict \(chance 0\.27\), no sentence .* \(chance 0\.\d\d\)", seen.unread)
    assert glance(reading(CALM["council"] + "\n" + CONFLICT["air strike"]), fixed(-1.0), TAGGER).unread is None
    assert glance(reading(CALM["council"]), fixed(-1.0), None).unread is None, "without a tagger the table decides"


def test_what_the_table_finds_likely_is_never_left_unread() -> None:
    assert glance(reading(CALM["council"]), fixed(1.0), TAGGER).unread is None


@pytest.mark.parametrize("triage", [None, fixed(4.0)], ids="none war".split())
def test_without_a_triage_and_of_plain_war_all_is_parsed(triage: Triage | None) -> None:
    seen = glance(reading(CALM_TEXT), triage, TAGGER)
    assert seen.unread is None
    assert seen.parsed is None
    assert len(seen.stretches) == CALM_TEXT.count("\n") + 1


@pytest.mark.parametrize("name", ["air strike", "kidnapping", "advance", "bomb"])
def test_of_a_calm_report_only_what_is_near_violence_is_parsed(coder: Coder, name: str) -> None:
    report = reading(f"{CALM_TEXT}\n{CONFLICT[name]}\n{CALM_TEXT}")
    triage = doubting(report.reading)
    seen = glance(report, triage, TAGGER)
    violent = next(n for n, (start, _, _, _) in enumerate(seen.stretches) if report.reading[start:].startswith(CONFLICT[name]))
    assert seen.parsed is not None
    assert violent in seen.parsed
    assert set(range(LEAD)) < seen.parsed
    assert len(seen.parsed) < len(seen.stretches) / 2
    told = {c.evidence[0].words for c in Coder(coder.vocabulary, triage=triage).code(report) if c.kind is Kind.EVENT}
    assert told == {c.evidence[0].words for c in Coder(coder.vocabulary, triage=None).code(report) if c.kind is Kind.EVENT}
    assert told


@pytest.mark.parametrize("score", [-1.0, 0.0, 1.0, 4.0])
def test_no_sentence_is_tagged_twice(coder: Coder, score: float, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    monkeypatch.setattr("thucydides.claims.coder.glance", lambda report, triage, _: glance(report, triage, counting))  # type: ignore[arg-type]
    for text in (CALM_TEXT, f"{CALM_TEXT}\n{CONFLICT['bomb']}"):
        counting.asked.clear()
        claims, unread = Coder(coder.vocabulary, triage=fixed(score)).coded(reading(text))
        assert counting.asked
        assert len(counting.asked) == len(set(counting.asked))
        assert not (claims and unread)


def test_sentences_beside_others() -> None:
    assert around([], 9, 2, 1) == {0, 1}
    assert around([5], 9, 2, 1) == {0, 1, 3, 4, 5, 6}
    assert around([0, 8], 9, 2, 1) == {0, 1, 6, 7, 8}
    assert around([0], 1, 2, 1) == {0}
