"""Which of the codebook's event types a happening is, by the rules of ``types.tsv`` and who took what from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from thucydides.arms import Arms
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft, ranked
from thucydides.claims.hearing import chances
from thucydides.claims.learned import Scale
from thucydides.claims.phrasing import wordlist
from thucydides.record import Kind

_HEARD_TYPES = 4  # how many of the tagger's types are weighed
_SURER = 3  # the power of a telling's chance with which it counts
_NEVER = (  # families, and the types that none of theirs is, whatever the tagger hears
    (wordlist("typology", "no battle"), wordlist("typology", "battles")),
    (wordlist("typology", "no arrest"), wordlist("typology", "arrests")),
)
_SILENT = 0.98  # a telling in which the tagger hears nothing does not vote


@lru_cache(maxsize=256)
def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")(?![\w])")


# Families whose own type needs no further evidence; the others ("attack", "killed") ask what else the report tells of them.
_PLAIN = frozenset("attack kill casualty wound lives violence strike raid blast murder destroy gunfire bodies".split())


def choose_type(draft: Draft, codebook: Codebook, arms: Arms, scale: Scale) -> str:
    """The type of an event draft: of those that the rules and the tagger give, the one that weighs most."""
    able = types_of(draft, codebook, arms)
    if not scale.weights:
        return next(type_ for type_, found in able.items() if found["rule"])
    best = max(able, key=lambda type_: scale.score(able[type_]))
    draft.weighed["type"] = ranked((type_, scale.chance(found), found, type_ == best) for type_, found in able.items())
    return best


def types_of(draft: Draft, codebook: Codebook, arms: Arms) -> dict[str, dict[str, float]]:
    """The types that a draft may have, each with the evidence for it."""
    told, sure = _by_rules(draft, codebook, arms)
    heard = _heard(draft)
    never = {type_ for families, types in _NEVER if draft.family in families for type_ in types}
    likely = sorted(heard.keys() - never, key=lambda t: (-heard[t], t))[:_HEARD_TYPES]
    about = _about(draft)
    able: dict[str, dict[str, float]] = {}
    for type_ in dict.fromkeys((told, *likely)):
        found = {"rule": float(type_ == told), "rule, sure": float(type_ == told and sure), f"type {type_}": 1.0}
        found[f"rule {type_}"] = float(type_ == told)
        found[f"rule {type_}, sure"] = float(type_ == told and sure)
        found |= {f"{type_} {what}": 1.0 for what in about}
        if heard:
            found["tagger"] = heard[type_] / 3
            found["tagger best"] = float(type_ == likely[0])
            found["tagger best, rule"] = float(type_ == likely[0] == told)
        able[type_] = found
    return able


def _about(draft: Draft) -> list[str]:
    """What sorts of parties are told beside the type: rebels do not regain territory for a government."""
    return sorted({f"by {s.kind}" for s, _ in draft.initiators} or {"by nobody"})


def _heard(draft: Draft) -> dict[str, float]:
    """The mean logarithm of the chance of every event type over the tellings of a draft, the surer ones counting more."""
    tags = draft.marks.tags
    if tags is None:
        return {}
    told = [(c, one.chance) for one in (draft, *draft.further) if (c := chances(one)) is not None and c[0] < _SILENT]
    if not told:
        return {}
    means = np.average(np.log(np.stack([c for c, _ in told]) + 1e-4), axis=0, weights=[chance**_SURER for _, chance in told])
    return {t: float(v) for t, v in zip(tags.layout.types, means, strict=True) if t in codebook_types(tags.layout.types)}


@lru_cache(maxsize=4)
def codebook_types(types: tuple[str, ...]) -> frozenset[str]:
    """The event types among the tagger's types: all but "none" and the other kinds."""
    return frozenset(types[1:]) - {kind.value for kind in Kind}


def _by_rules(draft: Draft, codebook: Codebook, arms: Arms) -> tuple[str, bool]:
    """The rules' type: from the fullest telling, else from the others where that leaves it open; and whether anything speaks for it."""
    type_, sure = _decide(draft, draft.family, draft.sentence.text.lower(), codebook, arms)
    if sure:
        return type_, True
    for further in draft.further:
        other, sure = _decide(further, further.family, further.sentence.text.lower(), codebook, arms)
        if sure and other not in ("Looting/property destruction",):
            return other, True
    return type_, False


def _decide(draft: Draft, family: str, words: str, codebook: Codebook, arms: Arms) -> tuple[str, bool]:
    """The type that one telling gives, and whether anything but the bare verb speaks for it."""
    initiators = {s.kind for s, _ in draft.initiators}
    targets = {s.kind for s, _ in draft.targets}
    if "state" in targets:
        targets = targets | {"armed"}
    if "civilian" in targets and "armed" in targets and draft.initiators and family in ("kill", "casualty", "wound", "lives"):
        targets = targets - {"armed"}
    classes = {arms.by_id[i].kind for hit, where in draft.arms if where is draft.sentence for i in hit.values[:1]}
    classes |= {_PLATFORM[s.head] for s, _ in draft.initiators if s.head in _PLATFORM}
    default = codebook.defaults[family]
    if default == "capture":
        return _taking(draft, initiators), True
    if not initiators:
        initiators = {"none"}
    for rule in codebook.types:
        if rule.families and family not in rule.families:
            continue
        if rule.initiators and not rule.initiators & initiators and not ("armed" in rule.initiators and "state" in initiators):
            continue
        if rule.targets and not rule.targets & targets:
            continue
        if rule.arms or rule.words:
            by_arm = bool(rule.arms and rule.arms & classes)
            by_word = bool(rule.words and _words_pattern(rule.words).search(words))
            if not (by_arm or by_word):
                continue
        return rule.type, bool(rule.arms or rule.words or rule.targets)
    if (
        family == "attack"
        and "civilian" not in targets
        and ("state" in initiators | targets or "armed" in targets)
        and "crowd" not in targets
    ):
        return "Armed clash", False
    if family == "violence" and "civilian" not in targets:
        return "Armed clash", False
    if family in ("kill", "casualty", "wound", "lives") and targets == {"armed"}:
        return "Armed clash", False
    return default, family not in _PLAIN


_PLATFORM: Mapping[str, str] = {
    "warplane": "aircraft",
    "jet": "aircraft",
    "aircraft": "aircraft",
    "plane": "aircraft",
    "helicopter": "helicopter",
    "drone": "drone",
    "uav": "drone",
    "gunship": "helicopter",
    "artillery": "artillery",
    "tank": "tank",
    "howitzer": "artillery",
    "warship": "missile",
    "gunboat": "artillery",
    "launcher": "missile",
}


def _taking(draft: Draft, initiators: set[str]) -> str:
    state = "state" in initiators
    if not initiators:
        loser = {s.kind for s, _ in draft.targets}
        state = "armed" in loser and "state" not in loser
    words = draft.words()
    if re.search(r"without (?:a )?(?:fight|resistance|firing)|abandoned|withdrew|pulled out|handed over|deserted", words) and not re.search(
        r"clash|fight|battle|assault|fierce", words
    ):
        return "Non-violent transfer of territory"
    return "Government regains territory" if state else "Non-state actor overtakes territory"
