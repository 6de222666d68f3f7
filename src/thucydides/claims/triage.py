"""Is it conflict at all? What dies of fevers, floods and road accidents is no claim; what is told in a war report is.

Each draft must be violence or war's business by itself, or stand in a report where others are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import CONSEQUENCES, Draft
from thucydides.claims.sentences import Sentence
from thucydides.record import Kind

# Families that are war by their name alone.
WARLIKE = frozenset(
    (
        "suicide gas airstrike shelling fire drop grenade ambush exchange shootdown capture capturing dislodge gunfire assault "
        "advance repel"
    ).split()
)
EPIDEMIC = 4  # words of disease or disaster that make a report one of them, if they outnumber its words of war


def conflict_only(drafts: Sequence[Draft], sentences: Sequence[Sentence], codebook: Codebook) -> list[Draft]:
    """The drafts that tell of conflict."""
    natural, violent = codebook.cues["natural"], codebook.cues["violent"]
    calm = {s.index: len(natural.find(s.words)) for s in sentences}
    disease = sum(calm.values())
    war = sum(len(violent.find(s.words)) for s in sentences)
    elsewhere = disease >= EPIDEMIC and disease > war
    warlike = war >= 2 and war > disease
    solid = warlike or [d for d in drafts if d.kind is Kind.EVENT and _solid(d)]
    fiction = codebook.cues["fiction"]
    kept = []
    for one in drafts:
        armed = _armed(one)
        unnatural = calm[one.sentence.index] == 0 or any(s.kind in ("armed", "state") for s, _ in one.initiators)
        if not warlike and fiction.find(one.sentence.words):
            continue
        if one.kind is Kind.EVENT:
            natural_death = not unnatural and one.family in CONSEQUENCES | {"attack", "clash", "strike", "blast"} and not one.arms
            if natural_death or (elsewhere and not (armed and _solid(one))):
                continue
            if not solid and not _grave(one, codebook) and not _weighty(one):
                continue
        elif one.kind is Kind.TOLL:
            if not unnatural or not (solid or war or _NAMED_WAR.search(one.sentence.text)):
                continue
        elif (elsewhere or (not solid and war < 2)) and not armed and one.mode != "threatened":
            continue
        kept.append(one)
    return kept


_NAMED_WAR = re.compile(r"\b(?:war|conflict|insurgency|uprising|rebellion|violence|fighting|killed|displaced)\b", re.I)
_OFFICES = frozenset(
    "police government official officials authority authorities state agency ministry service department company officer".split()
)
_RAZED = frozenset("burned burnt torched looted ransacked razed bulldozed plundered pillaged shelled".split())
_OF_WAR = ("troops", "soldiers", "ceasefire", "coup", "truce", "rebel", "fighters", "peace")


def _weighty(draft: Draft) -> bool:
    """Conflict by who takes part in it: armed groups and troops whatever they do, crowds that protest or burn."""
    parties = [s for s, _ in (*draft.initiators, *draft.targets)]
    if draft.family in ("protest", "riot", "stone", "destroy", "beat", "cutoff", "disperse", "attack", "kill") and any(
        s.kind == "crowd" for s in parties
    ):
        return True
    if draft.family == "disrupt" and draft.arms:
        return True
    words = draft.sentence.text.lower()
    if draft.family in ("deploy", "invade", "coup", "agree", "talks", "evacuate") and any(w in words for w in _OF_WAR):
        return bool(parties)
    return any(s.kind in ("armed", "state") and s.head not in _OFFICES for s in parties) and draft.strength >= 0.3


def _armed(draft: Draft) -> bool:
    return any(s.kind in ("armed", "state") for s, _ in (*draft.initiators, *draft.targets))


def _solid(draft: Draft) -> bool:
    """Whether a draft is violence by itself."""
    if draft.family in WARLIKE:
        return _armed(draft) or bool(draft.arms) or bool(draft.counts)
    if draft.family in ("murder", "abduct", "rape", "shoot", "crackdown", "stone"):
        return bool(draft.initiators or draft.targets or draft.counts)
    violent = draft.family in ("attack", "kill", "clash", "strike", "blast", "raid", "riot", "wound", "lives", "destroy")
    return (violent and (_armed(draft) or bool(draft.arms))) or (draft.family == "protest" and bool(draft.initiators))


def _grave(draft: Draft, codebook: Codebook) -> bool:
    """Killing or attack told plainly, though nobody armed is named: "ten people were killed in the attack"."""
    families = {t.family for t in draft.triggers}
    if draft.family == "bodies":
        return bool(codebook.cues["grave"].find(draft.sentence.words))
    if "destroy" in families and any(t.token.lower_ in _RAZED and t.verbal for t in draft.triggers):
        return any(s.kind == "object" for s, _ in draft.targets)  # "they burned our houses"
    return bool(families & {"attack", "kill", "blast", "clash", "strike"}) and bool(draft.counts) and draft.family != "casualty"
