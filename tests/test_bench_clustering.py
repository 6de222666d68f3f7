"""Clustering of texts: the figures by hand, joining by the mean, the plain alternatives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts_made import claim_of, report_of
from thucydides.desk.bench.clustering import LEAD, Text, agreement, cosines, in_lead, joined, linked
from thucydides.incidents.accounts import Account, Sketch
from thucydides.incidents.terms import NOTHING
from thucydides.record import Claim, Passage, Section

FIGURES = (
    ("aabb", "1122", (1.0, 1.0), (1.0, 1.0), "right"),
    ("aabb", "1234", (1.0, 0.5), (0.0, 0.0), "all alone"),
    ("aabb", "1111", (0.5, 1.0), (2 / 6, 1.0), "all together"),
    ("aab", "112", (1.0, 1.0), (1.0, 1.0), "one alone"),
)


@pytest.mark.parametrize(("incidents", "clusters", "b3", "pairs", "reason"), FIGURES)
def test_agreement(incidents: str, clusters: str, b3: tuple[float, float], pairs: tuple[float, float], reason: str) -> None:
    found = agreement(incidents, clusters)
    assert found.b3[:2] == pytest.approx(b3), reason
    assert found.pairs[:2] == pytest.approx(pairs), reason


def test_texts_join_by_their_mean() -> None:
    assert joined(3, {(0, 1): 4.0, (1, 2): 3.0, (0, 2): 2.0}) == [0, 0, 0]
    chain = joined(3, {(0, 1): 4.0, (1, 2): -0.2})
    assert chain[0] == chain[1] != chain[2], "a weak link to one of two is not enough"
    assert len(set(joined(2, {(0, 1): -2.0}))) == 2


def test_the_plain_alternative() -> None:
    texts = [
        Text("a", "Shelling of the Zanthil bakery", 1, ()), Text("a", "The bakery of Zanthil was shelled", 3, ()),
        Text("b", "A football match in the rain", 2, ()), Text("a", "Shelling of the Zanthil bakery", 30, ()),
    ]  # fmt: skip
    found = cosines(texts)
    assert (0, 1) in found and (0, 2) not in found
    assert (0, 3) not in found, "more than seven days apart"
    assert len(set(linked(4, found, 0.1))) == 3


def test_a_text_is_about_what_its_lead_tells() -> None:
    account = Account("c", Sketch("r", "sana", None, NOTHING, NOTHING, frozenset()))
    text = "A title\n" + "x" * 3 * LEAD
    report = replace(
        report_of(account),
        text=text,
        reading=text,
        sections=(Section(start=0, end=7, kind="title"), Section(start=8, end=len(text), kind="body")),
    )

    def told_at(start: int) -> Claim:
        passage = Passage(field="claim", start=start, end=start + 5, words=text[start : start + 5])
        return replace(claim_of(account), id=f"at {start}", evidence=(passage,))

    title, lead, background = told_at(0), told_at(8 + LEAD), told_at(2 * LEAD)
    assert in_lead(report, [background, lead, title]) == [title, lead]
    assert in_lead(report, [told_at(3 * LEAD), background]) == [background], "what comes first, where the lead tells nothing"
    assert in_lead(report, []) == []
