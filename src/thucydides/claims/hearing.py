"""What the tagger says of drafts and sentences, as evidence with a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from thucydides.claims.codebook import Codebook, Frame
from thucydides.claims.drafts import Draft
from thucydides.claims.learned.tagger import Scores
from thucydides.claims.marks import Marks
from thucydides.claims.sentences import Lemmas, Sentence
from thucydides.claims.tolls import Count
from thucydides.claims.triggers import Trigger
from thucydides.record import Kind

HEARD = 0.5  # a word of no table that is likelier than this to state a happening is taken for a trigger
_CLIP = 6.0
CONTENT = frozenset({"NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ"})  # tags of words that may state something


def heard(marks: Marks, codebook: Codebook, lemmas: Lemmas) -> Mapping[int, Frame]:
    """Frames for the words of a sentence that the tagger takes for happenings, by index of the word."""
    if marks.tags is None:
        return {}
    found: dict[int, Frame] = {}
    for _, start in marks.tags.stating(marks.sentence.index, HEARD):
        token = marks.sentence.token_at(start)
        if token is None or token.tag_ not in CONTENT or token.i in found:
            continue
        chances = marks.tags.types(marks.sentence.index, token)
        if chances is None:
            continue
        frame = codebook.tagged.get(marks.tags.layout.types[int(chances[1:].argmax()) + 1])
        lemma = lemmas.of(token)
        if frame is not None and lemma not in codebook.lists["civilian"]:  # "the victim was a girl": people are no happening
            found[token.i] = replace(frame, lemma=lemma)
    return found


def chances(made: Draft) -> Scores | None:
    """The chance of every type of the tagger for a draft: of its word that states most."""
    if made.marks.tags is None or not made.triggers:
        return None
    all_ = [made.marks.tags.types(t.sentence.index, t.token) for t in made.triggers]
    known = [c for c in all_ if c is not None]
    return min(known, key=lambda c: float(c[0]), default=None)


def states(made: Draft) -> dict[str, float]:
    """Evidence for a draft stating a claim of its kind."""
    found = chances(made)
    if found is None or made.marks.tags is None:
        return {}
    types = made.marks.tags.layout.types
    kinds = {kind.value: float(found[types.index(kind.value)]) for kind in (Kind.CONTROL, Kind.TOLL, Kind.HOLDING, Kind.PLAN)}
    event = max(1e-4, 1 - float(found[0]) - sum(kinds.values()))
    own = (made.type in types and float(found[types.index(made.type)])) or 0.0
    return {
        "tagger event": _logit(event),
        "tagger sure": float(event > 0.8),
        "tagger unsure": float(event < 0.2),
        "tagger other kind": sum(kinds.values()),
        "tagger own type": own,
        "tagger plan": kinds["plan"],
    }


def fills(made: Draft, role: str, start: int, end: int, sentence: Sentence | None = None) -> float:
    """How much speaks for words of a sentence, else of the draft's own, filling a role of a draft: the best logit of its triggers."""
    if made.marks.tags is None or not made.triggers:
        return 0.0
    at = (sentence or made.sentence).index
    return max(made.marks.tags.fills(role, t.sentence.index, t.token, start, end, at) for t in made.triggers[:6])


def weighed(name: str, logit: float) -> dict[str, float]:
    """A logit of the tagger as evidence: how much, and whether it is sure."""
    return {
        name: max(-_CLIP, min(_CLIP, logit)) / 3,
        f"{name} yes": float(logit > 0),
        f"{name} sure": float(logit > 2),
        f"{name} no": float(logit < -2),
    }


def party(made: Draft, role: str, start: int, end: int) -> dict[str, float]:
    """Evidence for a party in one of the two roles."""
    if made.marks.tags is None:
        return {}
    own, across = ("by", "to") if role == "initiator" else ("to", "by")
    mine, other = fills(made, own, start, end), fills(made, across, start, end)
    return weighed("tagger", mine) | {"tagger across": max(-_CLIP, min(_CLIP, other)) / 3, "tagger rather": float(mine > other)}


def alike(one: Draft, other: Draft) -> dict[str, float]:
    """Evidence for two drafts telling one happening."""
    tags = one.marks.tags
    if tags is None or not one.triggers or not other.triggers:
        return {}
    score = max(tags.alike((a.sentence.index, a.token), (b.sentence.index, b.token)) for a in one.triggers[:3] for b in other.triggers[:3])
    return {"tagger alike": score / 3, "tagger one": float(score > 2), "tagger apart": float(score < -2)}


def told_as(made: Draft) -> dict[str, float]:
    """How likely a draft is told as which factuality, by the word of it that states most: reports that deny or doubt tell it again."""
    tags = made.marks.tags
    if tags is None or not made.triggers:
        return {}
    head = max(made.triggers, key=lambda t: tags.states(t.sentence.index, t.token))
    told = tags.how(head.sentence.index, head.token)
    return {} if told is None else {f"told as {how}": float(chance) for how, chance in zip(tags.layout.how, told, strict=True)}


def _logit(chance: float) -> float:
    return float(np.clip(np.log(chance / (1 - min(chance, 0.9999))), -_CLIP, _CLIP)) / 3


def counted(marks: Marks, triggers: Sequence[Trigger], count: Count) -> float:
    """How much speaks for a count of dead or wounded belonging to the happening that some triggers tell: a logit."""
    if marks.tags is None or count.field not in marks.tags.layout.roles:
        return -_CLIP
    return max(marks.tags.fills(count.field, marks.sentence.index, t.token, count.start, count.end) for t in triggers)


def stated(marks: Marks, triggers: Sequence[Trigger]) -> float:
    """How likely any of some triggers states a claim; 1 without a tagger."""
    if marks.tags is None:
        return 1.0
    return max(marks.tags.states(marks.sentence.index, t.token) for t in triggers)
