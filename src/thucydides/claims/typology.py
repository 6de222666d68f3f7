"""Which of the codebook's event types a happening is, by the rules of ``types.tsv`` and who took what from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from thucydides.arms import Arms
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft


@lru_cache(maxsize=256)
def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")(?![\w])")


# Families whose own type needs no further evidence; the others ("attack", "killed") ask what else the report tells of them.
_PLAIN = frozenset("attack kill casualty wound lives violence strike raid blast murder destroy gunfire bodies".split())


def choose_type(draft: Draft, codebook: Codebook, arms: Arms) -> str:
    """The type of an event draft: from the fullest telling, else from the others where that leaves it open."""
    type_, sure = _decide(draft, draft.family, draft.sentence.text.lower(), codebook, arms)
    if sure:
        return type_
    for further in draft.further:
        other, sure = _decide(further, further.family, further.sentence.text.lower(), codebook, arms)
        if sure and other not in ("Looting/property destruction",):
            return other
    return type_


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
