"""Is it conflict at all? What dies of fevers, floods and road accidents is no claim; what is told in a war report is.

Each draft must be violence or war's business by itself, or stand in a report where others are.
"""

from __future__ import annotations

from collections.abc import Sequence

from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import CONSEQUENCES, Draft
from thucydides.claims.sentences import Sentence
from thucydides.record import Kind

# Families that are war by their name alone, and those that are anything unless armed people do them.
WARLIKE = frozenset(
    (
        "suicide gas airstrike shelling fire drop grenade ambush exchange shootdown capture capturing dislodge gunfire assault "
        "advance repel"
    ).split()
)
CIVIL = frozenset(
    (
        "order agree talks deploy change destroy loot displace evacuate withdraw handover release arrest expel casualty lives "
        "bodies violence siege cutoff surrender fall lose take invade coup disrupt protest riot found raid wound beat attack kill "
        "clash strike stab"
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
    kept = []
    for one in drafts:
        armed = _armed(one)
        if one.kind is Kind.EVENT:
            natural_death = calm[one.sentence.index] > 0 and one.family in CONSEQUENCES | {"attack", "clash"} and not armed and not one.arms
            if natural_death or (elsewhere and not (armed and _solid(one))):
                continue
            if not solid and one.family in CIVIL and not _grave(one):
                continue
        elif ((elsewhere or (not solid and war < 3)) and not armed) or (
            one.kind is Kind.TOLL and calm[one.sentence.index] > 0 and not armed
        ):
            continue
        kept.append(one)
    return kept


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


def _grave(draft: Draft) -> bool:
    """Killing or attack told plainly, though nobody armed is named: "ten people were killed in the attack"."""
    families = {t.family for t in draft.triggers}
    return bool(families & {"attack", "kill", "blast", "clash", "strike"}) and bool(draft.counts) and draft.family != "casualty"
