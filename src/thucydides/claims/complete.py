"""Complete constructions: somebody known does to a known place, by a verb of the tables in the indicative, what changes who holds it.

"The RSF has laid siege to the city of El Fasher" leaves nothing open that a scale could doubt. So it is weighed however faintly the tagger
hears its verb, and stands as a claim with at least ``LEAST``.
"""

from __future__ import annotations

from collections.abc import Iterable

from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import CLUSTER, Draft
from thucydides.claims.triggers import Trigger

LEAST = 0.5
"""The chance that a complete construction has at least: declared, not learned."""
_FAMILIES = frozenset(("siege", "capture", "take", "fall", "withdraw", "handover", "lose", "dislodge", "occupy"))
_FROM_AFAR = frozenset(("shelling", "airstrike"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_STRENGTH = 0.4
"""What a verb of the tables has to say by itself."""


def told_plainly(triggers: Iterable[Trigger]) -> bool:
    """Whether a main verb of the tables tells a taking, leaving or siege in the indicative."""
    return any(_plain(one) and _changes(one.family) for one in triggers)


def of_the_slain(made: Draft, codebook: Codebook) -> bool:
    """Whether bodies were found that tell how their owners died: bound, beheaded, in a mass grave."""
    return made.family == "bodies" and bool(codebook.cues["grave"].find(made.sentence.words))


def is_complete(made: Draft) -> bool:
    """Whether a known armed party and a known place of its own stand beside such a verb; if a place "was shelled", the place is enough."""
    if made.inherited_place or not any(mark.known for mark, _ in made.places):
        return False
    if any(_plain(one) and one.passive and one.family in _FROM_AFAR and _undergoes(one, made) for one in made.triggers):
        return True
    armed = any(s.actor is not None and s.kind in ("armed", "state") and s.armed for s, _ in (*made.initiators, *made.targets))
    return armed and told_plainly(made.triggers)


def _changes(family: str) -> bool:
    return family in _FAMILIES or CLUSTER.get(family) in ("taking", "siege")


def _plain(trigger: Trigger) -> bool:
    token = trigger.token
    if not trigger.verbal or trigger.heard or token.dep_ != "ROOT" or trigger.frame.strength < _STRENGTH:
        return False
    helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" for c in helpers) or any(c.dep_ == "neg" for c in token.children):
        return False
    return token.tag_ in _FINITE or (token.tag_ == "VBN" and any(c.tag_ in _FINITE for c in helpers))


def _undergoes(trigger: Trigger, made: Draft) -> bool:
    """Whether a place of the draft is the subject of a verb in the passive."""
    subjects = [c for c in trigger.token.children if c.dep_ == "nsubjpass"]
    return any(mark.start <= token.idx < mark.end for subject in subjects for token in subject.subtree for mark, _ in made.places)
