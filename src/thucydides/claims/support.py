"""Whether enough stands beside a trigger for it to state a happening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thucydides.arms import Arms
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import CLUSTER, Draft
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Lemmas

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIGHTERS = wordlist("support", "fighters")
_ASIDE = frozenset({"pobj", "conj", "compound", "appos"})
_BASES = wordlist("support", "bases")
_GROUPS = wordlist("support", "groups")
_HEAVY = frozenset(
    (
        "artillery mortar rocket missile tank munition air-defence aircraft helicopter drone bomb naval generic anti-tank "
        "incendiary chemical"
    ).split()
)


def supported(made: Draft, codebook: Codebook, arms: Arms, lemmas: Lemmas) -> bool:
    """Whether a draft has the parties, place, arms or counts that its family asks for. May refine the family by them."""
    family = made.family
    kinds = {s.kind for s, _ in made.initiators}
    target_kinds = {s.kind for s, _ in made.targets}
    place = bool(made.places) or any(t.places for t in made.triggers)
    if CLUSTER.get(family) == "taking" and family != "dislodge":
        taken = [p for t in made.triggers if CLUSTER.get(t.family) == "taking" for p in t.places]
        place_words = codebook.lists["place"]
        is_place = any(m.start <= p.idx < m.end for p in taken for m in made.marks.places) or any(
            lemmas.of(p, "NOUN") in place_words or any(lemmas.of(c, "NOUN") in place_words for c in p.subtree if c.dep_ == "pobj")
            for p in taken
        )
        if not is_place:
            if family in ("capture", "take") and made.arms and _of_arms(taken, made):
                made.family = "disrupt"  # "seized a cache of arms"
                return bool(kinds)
            people = codebook.lists["civilian"] | codebook.lists["armed"]
            if family in ("capture", "capturing") and any(lemmas.of(p, "NOUN") in people for p in taken):
                made.family = "arrest" if "state" in kinds else "abduct"
                return bool(kinds)
            if family == "capture" and "object" in target_kinds and kinds & {"armed", "state"}:
                made.family = "disrupt" if made.arms else "loot"
                return True
            return False
        made.targets = [(s, w) for s, w in made.targets if s.kind != "object"]
        if family in ("take", "fall", "lose"):
            return bool(kinds & {"armed", "state"}) or (bool(target_kinds & {"armed", "state"}) and family != "take")
        return True
    if family == "protest" and kinds & {"armed", "state"} and not kinds & {"crowd", "civilian"}:
        made.family = "advance"
    if family == "expel" and target_kinds & {"armed", "state"} and kinds & {"armed", "state"}:
        made.family = "dislodge"
        return True
    if family == "release":
        freed = [t for x in made.triggers for t in x.targets]
        if freed and all(lemmas.of(t, "NOUN") in codebook.lists["said"] for t in freed):
            return False
        if any(m.start <= t.idx < m.end for t in freed for m in made.marks.places) and kinds & {"armed", "state"}:
            made.family = "capture"
            return True
    used = {arms.by_id[i].kind for h, _ in made.arms for i in h.values[:1]}
    if family == "use":
        made.family = "disperse" if "crowd-control" in used else "gas" if "chemical" in used else "fire"
        return bool(used) and bool(kinds or target_kinds)
    if family == "fire" and not used & _HEAVY:
        shots = all(not t.arms or any(h.start <= a.idx < h.end for a in t.arms for h in made.marks.arms) for t in made.triggers)
        made.family = "disperse" if "crowd-control" in used else "gunfire"
        return shots and bool(kinds or target_kinds or made.counts) and (place or bool(made.counts) or bool(target_kinds))
    if family == "fire":
        return bool(made.arms) and (bool(kinds) or place or bool(made.counts))
    if family == "drop":
        return bool(made.arms)
    if family == "strike" and not any(not t.verbal for t in made.triggers):
        return bool(kinds & {"armed", "state"}) or bool(made.arms) or bool(made.counts)
    if family == "exchange" and any(w in made.words() for w in ("prisoner", "captive", "detainee", "bodies", "hostage")):
        made.family = "agree"
        return True
    if family == "exchange":
        return any(w in made.words() for w in ("fire", "shell", "rocket", "gunfire", "shots", "blows"))
    if family in ("lives",):
        return bool(made.counts)
    if family == "bodies":
        return "bod" in made.words() or "corpse" in made.words() or "grave" in made.words()
    if family == "found":
        things = {lemmas.of(e, "NOUN") for t in made.triggers for e in t.events}
        made.family = "base" if things & _BASES else "change"
        made.strength = 0.6
        return bool(things & (_BASES | _GROUPS)) and bool(kinds & {"armed", "state"})
    if family == "dislodge" and made.strength < 0.5:
        return bool(target_kinds & {"armed", "state"}) and bool(kinds & {"armed", "state"}) and place
    if family == "change":
        groups = codebook.lists["bloc"] | _FIGHTERS
        return made.strength >= 0.5 and any(s.kind in ("armed", "state") and (s.actor or s.head in groups) for s, _ in made.initiators)
    if family in ("agree", "talks", "order", "change", "deploy", "release", "evacuate", "handover", "withdraw"):
        strong = made.strength >= 0.6
        return (strong or bool(kinds & {"armed", "state"})) and (bool(kinds) or bool(target_kinds)) and (place or bool(made.date) or strong)
    told = any(t.verbal or t.light or t.mutual or t.token.dep_ not in _ASIDE for t in made.triggers)
    if family in ("agree", "talks") and not told:
        return False  # "areas covered by a ceasefire" names one, it tells of none
    if family == "talks" and made.strength < 0.3 and not (kinds and target_kinds):
        return False
    if family == "disrupt" and not made.arms:
        return False
    if (
        family in ("casualty", "wound", "kill")
        and not made.counts
        and not target_kinds & {"civilian", "armed", "state", "crowd"}
        and not kinds
    ):
        return False
    facts = sum((bool(made.initiators), bool(made.targets), place, bool(made.date), bool(made.counts), bool(made.arms)))
    if all(not t.verbal and not t.light for t in made.triggers):
        return facts >= 2
    return facts >= (1 if made.strength >= 0.8 else 2)


def _of_arms(taken: Sequence[Token], made: Draft) -> bool:
    """Whether what is taken is arms or a measure of them: "30 rifles", "a cache of arms", "200 kg of explosives"."""
    return any(
        hit.start <= token.idx < hit.end
        for thing in taken
        for token in (thing, *(c for p in thing.children if p.lower_ == "of" for c in p.children))
        for hit in made.marks.arms
    )
