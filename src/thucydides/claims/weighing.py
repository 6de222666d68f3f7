"""How likely a draft states a claim: what speaks for it and against it, weighed by what annotated reports taught.

The codebook finds the words that may state a happening; whether a sentence does ("rebels attacked the base") or only speaks of it
("since the attack on the base") is no matter of words alone. Each piece of evidence has a name and a weight (``learned/claim.tsv``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thucydides.claims.drafts import CLUSTER, Draft
from thucydides.claims.hearing import states
from thucydides.claims.sentences import Sentence
from thucydides.claims.triggers import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Token

LONG_DAYS = 20
_AROUND = frozenset(
    (
        "since years war often continue continued continues previous previously recent recently again accused called said "
        "reported claimed denied warned condemned after during following before amid talks support support against investigation "
        "probe campaign wake result response fight role case suspected alleged allegedly whether if could may might series "
        "history past ago known including meanwhile separately earlier also second another"
    ).split()
)


def evidence(made: Draft, beside: int, sentences: int, drafts: int) -> dict[str, float]:
    """Named evidence for a draft. ``beside`` is how many drafts its sentence has, ``sentences`` and ``drafts`` the report."""
    found: dict[str, float] = {}
    head = made.triggers[0]
    token, sentence = head.token, made.sentence
    family, form = made.family, "verb" if head.verbal else "noun"
    found[f"family {family}"] = 1
    found[f"cluster {CLUSTER.get(family, 'other')}"] = 1
    found[f"type {made.type}"] = 1
    found["strength"] = made.strength
    found["supported"] = float(made.supported)
    found[f"supported {family}"] = float(made.supported)
    found[f"{form}"] = 1
    found["light verb"] = float(head.light)
    found["passive"] = float(head.passive)
    found[f"{form} as {token.dep_}"] = 1
    found[f"tag {token.tag_}"] = 1
    found[f"under {token.head.dep_}"] = 1
    for child in token.children:
        if child.dep_ in ("aux", "auxpass", "det"):
            found[f"{child.dep_} {child.lower_}"] = 1
    if token.dep_ in ("pobj", "pcomp"):
        found[f"after {token.head.lower_}"] = 1
    found |= _parts(made)
    found["only one here"] = float(beside == 1)
    found["drafts here"] = min(beside, 4)
    at = sentence.index
    found["first sentence"], found["second sentence"], found["early"] = float(at == 0), float(at == 1), float(2 <= at <= 5)
    found["how far down"] = at / max(1, sentences)
    found["title"] = float(sentence.section == "title")
    found["length"] = min(len(sentence.text), 400) / 200
    found["drafts in the report"] = min(drafts, 20) / 10
    found["speaker"] = float(bool(made.speakers))
    found[f"factuality {made.factuality}"] = 1
    found["in quotes"] = float(sentence.text[: token.idx].count('"') % 2 == 1)
    found |= _words(token, sentence)
    return found | states(made)


def _parts(made: Draft) -> dict[str, float]:
    """What a draft says, and of whom."""
    found: dict[str, float] = {}
    for role, side in (("initiator", made.initiators), ("target", made.targets)):
        found[f"has {role}"] = float(bool(side))
        found[f"known {role}"] = float(any(s.actor for s, _ in side))
        for sighting, _ in side:
            found[f"{role} {sighting.kind}"] = 1
    when = made.date[0].when if made.date else None
    found["date"] = float(when is not None)
    if when is not None:
        found["single day"] = float(when.start is not None and when.start == when.end)
        found["long span"] = float(when.start is None or when.end is None or (when.end - when.start).days > LONG_DAYS)
    found["place"] = float(bool(made.places))
    found["place with in or at"] = float(any(p.locative for p, _ in made.places))
    found["count"], found["arm"] = float(bool(made.counts)), float(bool(made.arms))
    facts = sum(found[name] for name in ("has initiator", "has target", "place", "date", "count", "arm"))
    found["facts"] = facts
    found["one fact at most"], found["three facts"], found["four facts"] = float(facts < 2), float(facts >= 3), float(facts >= 4)
    return found


def _words(token: Token, sentence: Sentence) -> dict[str, float]:
    """The two words before a trigger, and telling words of its sentence."""
    doc = token.doc
    found = {f"before it {doc[i].lower_}": 1.0 for i in range(max(0, token.i - 2), token.i) if doc[i].is_alpha}
    found |= {f"word {word}": 1.0 for word in sentence.lower & _AROUND}
    found["names"] = min(6, sum(name for _, name in sentence.content)) / 6
    found["plural noun"] = float(token.tag_ in NOUNS and token.tag_.endswith("S"))
    return found


def evidences(drafts: Sequence[Draft], sentences: int) -> list[dict[str, float]]:
    """The evidence for every event draft of a report, in their order."""
    beside: dict[int, int] = {}
    for one in drafts:
        beside[one.sentence.index] = beside.get(one.sentence.index, 0) + 1
    return [evidence(one, beside[one.sentence.index], sentences, len(drafts)) for one in drafts]
