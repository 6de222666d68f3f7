"""Which of the codebook's event types a happening is, by the rules of ``types.tsv`` and who took what from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from thucydides.arms import Arms
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft

_SIDES = {"state": "state", "armed": "armed", "crowd": "crowd", "civilian": "civilian", "object": "object"}


@lru_cache(maxsize=256)
def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")(?![\w])")


def choose_type(draft: Draft, codebook: Codebook, arms: Arms) -> str:
    """The type of an event draft."""
    family = draft.family
    initiators = {s.kind for s, _ in draft.initiators}
    targets = {s.kind for s, _ in draft.targets}
    if "state" in targets:
        targets = targets | {"armed"}
    if draft.initiators and "civilian" in targets and "armed" in targets:
        targets = targets - {"armed"} if family in ("kill", "casualty", "wound", "lives") else targets
    classes = {arms.by_id[i].kind for hit, _ in draft.arms for i in hit.values[:1]}
    heads = {s.head for s, _ in draft.initiators}
    platforms = {_PLATFORM[h] for h in heads if h in _PLATFORM}
    classes |= platforms
    words = _clause_words(draft)
    default = codebook.defaults[family]
    if default == "capture":
        return _taking(draft, initiators)
    if not initiators:
        initiators = {"none"}
    if "armed" in initiators:
        initiators = initiators | {"nonstate"}
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
        return rule.type
    if family == "attack" and "civilian" not in targets and ("state" in initiators | targets or "armed" in targets) and not targets & {"crowd"}:
        return "Armed clash"
    if family == "violence" and "civilian" not in targets:
        return "Armed clash"
    if family in ("kill", "casualty", "wound", "lives") and targets == {"armed"}:
        return "Armed clash"
    return default


def _clause_words(draft: Draft) -> str:
    """The words from which a type may be read: the sentence, or around the triggers where it tells several happenings."""
    return draft.words()


_PLATFORM: Mapping[str, str] = {
    "warplane": "aircraft", "jet": "aircraft", "aircraft": "aircraft", "plane": "aircraft", "helicopter": "helicopter", "drone": "drone", "uav": "drone",
    "gunship": "helicopter", "artillery": "artillery", "tank": "tank", "howitzer": "artillery", "warship": "missile", "gunboat": "artillery", "launcher": "missile",
}


def _taking(draft: Draft, initiators: set[str]) -> str:
    state = "state" in initiators
    if not initiators:
        loser = {s.kind for s, _ in draft.targets}
        state = "armed" in loser and "state" not in loser
    words = draft.words()
    if re.search(r"without (?:a )?(?:fight|resistance|firing)|abandoned|withdrew|pulled out|handed over|deserted", words) and not re.search(r"clash|fight|battle|assault|fierce", words):
        return "Non-violent transfer of territory"
    return "Government regains territory" if state else "Non-state actor overtakes territory"
