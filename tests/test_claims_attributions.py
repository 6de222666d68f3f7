"""Who says, thinks, wants or judges what: a table of sentences, the attributions that they make, and why."""

from __future__ import annotations

import pytest

from thucydides.claims import Coder
from thucydides.claims.attributions import Attribution, attributions
from thucydides.claims.sentences import Lemmas, parse, pipeline

OUTER = [
    # sentence, source, cue, what is introduced, why
    ("The mayor claimed that rebels had left the town.", "The mayor", "claimed", "that rebels had left the town", "a clause"),
    ("Rebels left the town on Monday, the mayor said.", "the mayor", "said", "Rebels left the town on Monday", "amid or after"),
    ("According to the ministry, two people were killed.", "the ministry", "According to", "two people were killed", "no verb"),
    ("The general denied the claim.", "The general", "denied", "the claim", "an object"),
    ("The opposition accused the army of shelling the market.", "The opposition", "accused", "of shelling the market", "accused of"),
    ("The envoy called for an end to the siege.", "The envoy", "called", "for an end to the siege", "called for, without a clause"),
    ("The council urged both sides to stop fighting.", "The council", "urged", "to stop fighting", "an infinitive"),
    ("The minister plans to visit the front.", "The minister", "plans", "to visit the front", "will"),
    ("Villagers fear that the militia will return.", "Villagers", "fear", "that the militia will return", "thought"),
    ("The raid was condemned by the president.", "the president", "condemned", "The raid", "the agent of a passive"),
    ("The minister was critical of the deal.", "The minister", "critical", "of the deal", "an adjective"),
    ("Residents are afraid that the dam may burst.", "Residents", "afraid", "that the dam may burst", "an adjective with a clause"),
    ("The governor pointed out that the bridge was intact.", "The governor", "pointed out", "that the bridge was intact", "two words"),
    ("The group issued a warning that it would strike again.", "The group", "issued a warning", "that it would strike again", "carried"),
    ("His claim that the town had fallen was false.", "His", "claim", "that the town had fallen", "whose noun it is"),
    ("The dam is expected to burst.", None, "expected", "to burst", "nobody is named"),
]  # fmt: skip


def told(text: str, coder: Coder) -> list[Attribution]:
    nlp = pipeline()
    sentence = next(parse([(0, len(text), 0, "body")], text, nlp))
    return attributions(sentence, coder.vocabulary.codebook, Lemmas(nlp))


@pytest.mark.parametrize(("text", "source", "cue", "content", "why"), OUTER)
def test_whose_word_and_what(text: str, source: str | None, cue: str, content: str, why: str, coder: Coder) -> None:
    outer = [a for a in told(text, coder) if not a.inner]
    assert len(outer) == 1, (why, outer)
    (one,) = outer
    assert (one.source and text[slice(*one.source)]) == source, why
    assert one.cue and text[slice(*one.cue)] == cue, why
    assert content in [text[a:b] for a, b in one.content], why


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Rebels seized the bridge on Monday.", "nothing is said, only done"),
        ("The army attacked at dawn.", "an attack on nobody is no verdict"),
        ("The report was long.", "a noun that introduces nothing"),
        ("There are plans.", "nobody's, and nothing is told of them"),
    ],
)
def test_no_attribution(text: str, reason: str, coder: Coder) -> None:
    assert told(text, coder) == [], reason


def test_what_a_speaker_attributes_in_turn_is_inner(coder: Coder) -> None:
    text = "The agency said that the ministry denied the attack."
    inner = {text[slice(*a.cue)]: a.inner for a in told(text, coder) if a.cue}
    assert inner == {"said": False, "denied": True}


def test_what_stands_in_quotation_marks_is_inner(coder: Coder) -> None:
    text = 'The commander said: "We believe that they fled."'
    inner = {text[slice(*a.cue)]: a.inner for a in told(text, coder) if a.cue}
    assert inner["believe"] is True
