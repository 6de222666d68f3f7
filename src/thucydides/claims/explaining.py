"""Why a claim says what it says: the words and the construction or model behind each field, the answers weighed, the words left unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thucydides.claims.drafts import Draft, Weighed
from thucydides.claims.learned import Learned, Scale
from thucydides.claims.triggers import Trigger
from thucydides.record import Claim

REASONS = 3  # the heaviest pieces of evidence told for an answer, and as many against it
RIVALS = 4  # answers told for a field
_CONTENT = frozenset({"NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "CD", "JJ"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer weighed for a field: words, chance from 0 to 1, whether it was taken, and what weighed most for it, then against."""

    words: str
    chance: float
    taken: bool
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Stating:
    """Words of a sentence that state the claim, with offsets into it: a verb or noun of the codebook, or one the tagger heard."""

    words: str
    start: int
    end: int
    lemma: str  # of the codebook's row
    family: str
    verbal: bool
    heard: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence that states the claim: where it begins in the report, the words that state it, and what was unread."""

    sentence: str
    start: int
    states: tuple[Stating, ...]
    unread: tuple[str, ...]  # content words that no field of the claim has taken


@dataclass(frozen=True, slots=True)
class Account:
    """Why a claim was made and how its fields were filled."""

    claim: Claim
    tellings: tuple[Telling, ...]
    stated: Answer | None  # why it was believed to be a claim
    fields: tuple[tuple[str, tuple[Answer, ...]], ...]


def explain(claim: Claim, draft: Draft, learned: Learned) -> Account:
    """The account of a claim from the draft that it was built from."""
    scales = {
        "type": learned.type,
        "initiators": learned.initiator,
        "targets": learned.target,
        "places": learned.place_around if draft.inherited_place else learned.place,
        "date": learned.day_around if draft.inherited_date else learned.day,
        "weapons": learned.arm,
        "said_by": learned.speaker,
        "factuality": learned.how,
        "claim": learned.claim,
    }
    fields = [(name, _answers(draft.weighed[name], scales[name])) for name in scales if name in draft.weighed and name != "claim"]
    stated = _answers(draft.weighed.get("claim", ()), learned.claim)
    return Account(claim, tuple(_tellings(claim, draft)), stated[0] if stated else None, tuple(f for f in fields if f[1]))


def _answers(weighed: Sequence[Weighed], scale: Scale) -> tuple[Answer, ...]:
    taken = [w for w in weighed if w.taken]
    rivals = [w for w in weighed if not w.taken][: max(1, RIVALS - len(taken))]
    return tuple(Answer(w.words, w.chance, w.taken, _reasons(w, scale)) for w in (*taken, *rivals))


def _reasons(answer: Weighed, scale: Scale) -> tuple[tuple[str, float], ...]:
    told = scale.reasons(answer.evidence, len(answer.evidence))
    return (*[r for r in told if r[1] > 0][:REASONS], *[r for r in told if r[1] < 0][:REASONS])


def _tellings(claim: Claim, draft: Draft) -> list[Telling]:
    read = [(p.start, p.end) for p in claim.evidence if p.field != "claim"]
    found = []
    for sentence in (draft.sentence, *draft.also):
        triggers = [t for t in draft.triggers if t.sentence is sentence]
        states = tuple(_stating(t) for t in triggers)
        own = {i for t in triggers for i in range(t.first, t.last + 1)}
        unread = tuple(
            t.text
            for t in sentence.doc
            if t.tag_ in _CONTENT and t.pos_ != "AUX" and t.i not in own and not any(a <= sentence.start + t.idx < b for a, b in read)
        )
        found.append(Telling(sentence.text, sentence.start, states, unread))
    return found


def _stating(trigger: Trigger) -> Stating:
    doc = trigger.sentence.doc
    start, end = doc[trigger.first].idx, doc[trigger.last].idx + len(doc[trigger.last])
    frame = trigger.frame
    return Stating(trigger.sentence.text[start:end], start, end, frame.lemma, frame.family, trigger.verbal, trigger.heard)
