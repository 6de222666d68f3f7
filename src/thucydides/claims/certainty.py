"""How sure a claim and each of its fields is: the chance, learned from annotated reports, that an annotator would agree.

What the scales thought of the answers that were taken, of those that were not, and how often the happening is told are the evidence; the
table ``learned/certainty.tsv`` weighs it. ``docs/quality.md`` shows how well the chances hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from thucydides.claims.drafts import Draft
from thucydides.claims.hearing import counted
from thucydides.claims.learned import Scale
from thucydides.record import Kind

WEIGHED = ("type", "initiators", "targets", "places", "date", "weapons", "factuality", "said_by")
COUNTED = ("killed", "wounded")
FIELDS = (*WEIGHED, *COUNTED)
UNKNOWN = 0.5  # without a scale nothing is known
_MANY = 4


def certainty(draft: Draft, scale: Scale) -> tuple[float, dict[str, float]]:
    """The chance that a draft is a claim, and the chance of each field that it fills or leaves open; two digits."""
    if not scale.weights:
        return UNKNOWN, {}
    fields = FIELDS if draft.kind is Kind.EVENT else ()
    told = {name: round(scale.chance(evidence(draft, name)), 2) for name in fields if says(draft, name)}
    return round(scale.chance(evidence(draft, "claim")), 2), told


def says(draft: Draft, name: str) -> bool:
    """Whether a draft says something in a field that can be left open."""
    if name in COUNTED:
        return any(c.field == name for c, _ in draft.counts)
    return name != "weapons" or bool(draft.arms)


def evidence(draft: Draft, name: str) -> Mapping[str, float]:
    """Named evidence for one field, or for the claim itself (``claim``); the names begin with the field's."""
    found = {"": 1.0}
    if name == "claim":
        found |= _of_claim(draft)
    elif name in COUNTED:
        found |= _of_count(draft, name)
    else:
        found |= _of_answers(draft, name)
    found["claim"] = _logit(draft.chance)
    return {f"{name}: {piece}" if piece else name: value for piece, value in found.items()}


def _of_claim(draft: Draft) -> dict[str, float]:
    best = max((draft.chance, *(d.chance for d in draft.further)))
    return {
        draft.kind.value: 1.0,
        "best telling": _logit(best),
        "told again": min(_MANY, len(draft.also)) / 2,
        "supported": float(draft.supported),
        "initiator": float(bool(draft.initiators)),
        "target": float(bool(draft.targets)),
        "own place": float(bool(draft.places) and not draft.inherited_place),
        "own day": float(bool(draft.date) and not draft.inherited_date),
        "count": float(bool(draft.counts)),
        f"type {draft.type}": 1.0,
    }


def _of_answers(draft: Draft, name: str) -> dict[str, float]:
    weighed = draft.weighed.get(name, [])
    taken = [w.chance for w in weighed if w.taken]
    left = [w.chance for w in weighed if not w.taken]
    found = {
        "nothing taken": float(not taken),
        "nothing there": float(not weighed),
        "best": _logit(max(taken)) if taken else 0.0,
        "worst": _logit(min(taken)) if taken else 0.0,
        "best left": _logit(max(left)) if left else -2.0,
        "taken": min(_MANY, len(taken)) / 2,
    }
    if name == "places":
        found["carried over"] = float(draft.inherited_place)
    elif name == "date":
        found["carried over"] = float(draft.inherited_date)
        if draft.date is not None and draft.date[0].when is not None:
            found[f"basis {draft.date[0].when.basis}"] = 1.0
    elif name == "type":
        found[f"{draft.type}"] = 1.0
    elif name == "factuality":
        found[f"{draft.factuality}"] = 1.0
    return found


def _of_count(draft: Draft, name: str) -> dict[str, float]:
    counts = [(c, s) for c, s in draft.counts if c.field == name]
    own = [c for c, s in counts if s is draft.sentence]
    triggers = [t for t in draft.triggers if t.sentence is draft.sentence]
    return {
        "own sentence": float(bool(own)),
        "several": float(len(counts) > 1),
        "tagger": counted(draft.marks, triggers, own[0]) / 3 if own and triggers else -1.0,
    }


def _logit(chance: float) -> float:
    return log(max(0.01, chance) / max(0.01, 1 - chance)) / 3
