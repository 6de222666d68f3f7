"""Claims that are no happening, as the tagger hears them: who holds what, running totals, arms held, plans; and what weighs for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Frame
from thucydides.claims.drafts import Draft, Weighed
from thucydides.claims.hearing import fills
from thucydides.claims.learned import Scale
from thucydides.claims.marks import Marks
from thucydides.claims.modality import has_condition
from thucydides.claims.parties import Parties, Sighting
from thucydides.claims.standing import share_of
from thucydides.claims.tolls import Count
from thucydides.claims.triggers import NOUNS, VERBS, Trigger
from thucydides.record import Factuality, Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

HEARD = 0.3  # a word likelier than this to state such a claim makes a draft; the scale decides
LIKELY = 0.45  # what only the tagger hears must be as likely
POSSIBLE = 0.3  # what a construction tells, as this
KINDS = (Kind.CONTROL, Kind.TOLL, Kind.HOLDING, Kind.PLAN)
_SIEGE = ("siege", "besieg", "encircl", "surround", "blockad")
_SIDES, _MOST = 3, 4


def statements(marks: Marks, parties: Parties, counts: Sequence[Count], known: Sequence[Draft]) -> list[Draft]:
    """A draft for every kind that the tagger hears in a sentence and no construction has given (``known``)."""
    found: list[Draft] = []
    for kind in KINDS:
        if any(d.kind is kind for d in known):
            continue
        heard = marks.tags.stating(marks.sentence.index, HEARD, kind.value)[:1] if marks.tags is not None else []
        token = marks.sentence.token_at(heard[0][1]) if heard else None
        made = _draft(kind, token, marks, parties, counts) if token is not None else None
        if made is not None:
            made.strength = heard[0][0]
            found.append(made)
    return found


def _draft(kind: Kind, token: Token, marks: Marks, parties: Parties, counts: Sequence[Count]) -> Draft | None:
    sentence = marks.sentence
    trigger = Trigger(sentence, token, token.i, token.i, Frame(token.lower_, kind.value), token.tag_ in VERBS, heard=True)
    made = Draft(kind, kind.value, sentence, [trigger], marks)
    made.initiators = [(s, sentence) for s in _sides(made, parties, "by", "initiator")]
    made.targets = [(s, sentence) for s in _sides(made, parties, "to", "target") if all(s.start != i.start for i, _ in made.initiators)]
    at = [p for p in marks.places if fills(made, "at", p.start, p.end) > 0]
    made.places = [(p, sentence) for p in at or [p for p in marks.places if p.locative][:1]][:_MOST]
    days = sorted(((fills(made, "day", d.start, d.end), -d.start, d) for d in marks.dates if d.when is not None), reverse=True)
    if days and (days[0][0] > 0 or kind is Kind.TOLL):
        made.date = (days[0][2], sentence)
    if kind is Kind.CONTROL:
        text = sentence.text.lower()
        made.status = "besieged" if any(w in text for w in _SIEGE) else "held" if made.initiators else "lost"
        made.share = share_of(sentence.text)
        return made if made.initiators or made.targets else None
    if kind is Kind.TOLL:
        made.counts = [(c, sentence) for c in counts]
        return made if made.counts else None
    if kind is Kind.HOLDING:
        made.way = "has"
        made.arms = [(h, sentence) for h in marks.arms][:_MOST]
        return made if made.arms and (made.initiators or made.targets) else None
    conditional = has_condition(token)
    made.mode, made.factuality = ("conditional", Factuality.CONDITIONAL) if conditional else ("intended", Factuality.PLANNED)
    return made if made.initiators or made.targets else None


def _sides(made: Draft, parties: Parties, role: str, seen_as: str) -> list[Sighting]:
    """The parties whom the tagger hears in a role."""
    found: list[tuple[float, Sighting]] = []
    for token in made.sentence.doc:
        if token.tag_ not in NOUNS or token.dep_ in ("compound", "amod", "nmod"):
            continue
        logit = fills(made, role, token.idx, token.idx + len(token))
        sighting = parties.see(token, made.marks, seen_as) if logit > 0 else None
        if sighting is not None and all(s.end <= sighting.start or sighting.end <= s.start for _, s in found):
            found.append((logit, sighting))
    return [s for _, s in sorted(found, key=lambda pair: pair[1].start)][:_SIDES]


def _plain(made: Draft) -> bool:
    """Who is armed with or supplies what, told by a verb of the tables: so rare in annotated reports that no scale can weigh it."""
    return made.kind is Kind.HOLDING and not made.triggers


def evidence(made: Draft) -> dict[str, float]:
    """Named evidence for a draft of these kinds stating a claim."""
    kind = made.kind.value
    by_rule = made.family != kind or (kind in ("control", "toll", "holding") and not made.triggers)
    tags = made.marks.tags
    heard = next((c for c, _ in tags.stating(made.sentence.index, 0.0, kind)), 0.0) if tags is not None else 0.0
    event = next((c for c, _ in tags.stating(made.sentence.index, 0.0)), 0.0) if tags is not None else 0.0
    found = {
        f"{kind}": 1.0,
        f"{kind} by a construction": float(by_rule),
        f"{kind} heard": heard,
        f"{kind} heard, sure": float(heard > 0.7),
        "anything heard": event,
        "title": float(made.sentence.section == "title"),
        "first sentence": float(made.sentence.index == 0),
        "speaker": float(bool(made.speakers)),
    }
    for name, there in (
        ("initiator", made.initiators),
        ("target", made.targets),
        ("place", made.places),
        ("day", made.date),
        ("count", made.counts),
    ):
        found[f"{kind} with {name}"] = float(bool(there))
    for sighting, _ in made.initiators[:2]:
        found[f"{kind} {sighting.kind}"] = 1.0
    if made.triggers:
        found[f"{kind} {'verb' if made.triggers[0].verbal else 'noun'}"] = 1.0
        found[f"{kind} as {made.triggers[0].token.dep_}"] = 1.0
    return found


def believed(drafts: Sequence[Draft], scale: Scale) -> Iterator[Draft]:
    """The drafts that are likely claims; events pass. Without a scale only what a construction gave stays."""
    for one in drafts:
        if one.kind is Kind.EVENT:
            yield one
            continue
        found = evidence(one)
        one.chance = scale.chance(found) if scale.weights else float(found[f"{one.kind.value} by a construction"])
        one.weighed["claim"] = [Weighed(one.kind.value, one.chance, found, True)]
        least = POSSIBLE if found[f"{one.kind.value} by a construction"] else LIKELY
        if one.chance >= least or _plain(one):
            yield one
