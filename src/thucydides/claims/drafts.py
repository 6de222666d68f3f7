"""From the triggers of one sentence to drafts of claims: which triggers tell one happening, and what fills its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.parties import Parties, Sighting
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Lemmas, Sentence
from thucydides.claims.speakers import Speaker
from thucydides.claims.tolls import Count
from thucydides.claims.triggers import NOUNS, VERBS, Trigger
from thucydides.claims.when import Dated
from thucydides.lexicon import Hit
from thucydides.record import Factuality, Kind, Toll

if TYPE_CHECKING:
    from spacy.tokens import Token

# Families that may tell one happening together, the most telling first: the first present names the draft.
VIOLENCE = [
    "suicide",
    "gas",
    "airstrike",
    "shelling",
    "drop",
    "fire",
    "blast",
    "grenade",
    "strike",
    "ambush",
    "repel",
    "clash",
    "exchange",
    "raid",
    "assault",
    "advance",
    "gunfire",
    "attack",
    "rape",
    "stab",
    "beat",
    "shoot",
    "murder",
    "crackdown",
    "mob",
    "stone",
    "kill",
    "lives",
    "wound",
    "violence",
    "casualty",
    "bodies",
    "destroy",
]
TAKING = ["capture", "capturing", "dislodge", "take", "lose", "fall"]
CROWD = ["disperse", "riot", "protest"]
HOLDING_OFF = ["siege", "cutoff"]
CUSTODY = ["abduct", "arrest", "expel", "release"]
DEALS = ["agree", "talks", "evacuate", "surrender", "handover", "withdraw"]
RANK = {name: n for n, name in enumerate([*TAKING, *HOLDING_OFF, "shootdown", "disrupt", *VIOLENCE, *CROWD, *CUSTODY, *DEALS, "loot"])}
CONSEQUENCES = frozenset("kill lives wound casualty bodies destroy violence blast murder".split())
CLUSTER = dict.fromkeys(VIOLENCE, "violence") | dict.fromkeys(TAKING, "taking") | dict.fromkeys(HOLDING_OFF, "siege")
CLUSTER |= dict.fromkeys(CROWD, "crowd") | {"handover": "deal", "agree": "deal", "talks": "deal"}
GATHERINGS = frozenset("protest riot stone cutoff".split())
_JOINED = {frozenset({"violence", "taking"}), frozenset({"violence", "crowd"}), frozenset({"siege", "taking"})}
_CLAUSE_BREAKS = frozenset({"relcl"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """One answer that was weighed for a field: its words, how likely it is, what spoke for and against it, and whether it was taken."""

    words: str
    chance: float
    evidence: Mapping[str, float]
    taken: bool


def ranked(answers: Iterable[tuple[str, float, Mapping[str, float], bool]]) -> list[Weighed]:
    """Answers (words, chance, evidence, taken) as weighed, the likeliest first."""
    return sorted((Weighed(*answer) for answer in answers), key=lambda w: -w.chance)


@dataclass(slots=True, eq=False)
class Draft:
    """A claim in the making. Sightings and marks keep their sentence, so every field can be traced to its words."""

    kind: Kind
    family: str
    sentence: Sentence
    triggers: list[Trigger]
    marks: Marks
    initiators: list[tuple[Sighting, Sentence]] = field(default_factory=list)
    targets: list[tuple[Sighting, Sentence]] = field(default_factory=list)
    places: list[tuple[PlaceMark, Sentence]] = field(default_factory=list)
    date: tuple[Dated, Sentence] | None = None
    counts: list[tuple[Count, Sentence]] = field(default_factory=list)
    arms: list[tuple[Hit[str], Sentence]] = field(default_factory=list)
    factuality: Factuality = Factuality.ASSERTED
    speakers: list[tuple[Speaker, Sentence]] = field(default_factory=list)
    also: list[Sentence] = field(default_factory=list)
    type: str | None = None
    mode: str = ""
    status: str = ""
    share: float | None = None
    way: str = ""
    definite: bool = False  # "the attack": points back at a happening already told
    inherited_place: bool = False
    inherited_date: bool = False  # its day, or that none is known, was weighed by what is told around it
    strength: float = 1.0
    supported: bool = True  # whether its parts bear out its family
    chance: float = 1.0  # how likely it states a claim
    at: int = -1  # the verb that says who holds a place
    weighed: dict[str, list[Weighed]] = field(default_factory=dict)  # by field, the likeliest first
    further: list[Draft] = field(default_factory=list)  # other tellings of the same happening, as they were

    @property
    def head(self) -> Token:
        return self.triggers[0].token

    def words(self) -> str:
        return " ".join(s.text.lower() for s in (self.sentence, *self.also))


def group(triggers: Sequence[Trigger]) -> list[list[Trigger]]:
    """Triggers of a sentence that tell one happening, by syntax and family."""
    groups: list[list[Trigger]] = []
    for trigger in triggers:
        home = None
        for candidate in groups:
            if any(_same_happening(trigger, other) for other in candidate):
                home = candidate
                break
        if home is None:
            groups.append([trigger])
        else:
            home.append(trigger)
    # What only tells a result joins the nearest action of the sentence.
    actions = [g for g in groups if any(t.family not in CONSEQUENCES for t in g) and any(t.family in CLUSTER for t in g)]
    merged: list[list[Trigger]] = []
    for one in groups:
        if actions and one not in actions and all(t.family in CONSEQUENCES for t in one):
            violent = [a for a in actions if any(CLUSTER.get(t.family) in ("violence", "taking", "crowd") for t in a)]
            near = [a for a in violent if not _apart(one, a)]
            if near:
                min(near, key=lambda a: min(abs(t.first - u.first) for t in a for u in one)).extend(one)
                continue
        merged.append(one)
    for one in merged:
        one.sort(key=lambda t: (RANK.get(t.family, 99), t.first))
    return merged


def _apart(one: Sequence[Trigger], other: Sequence[Trigger]) -> bool:
    """Whether two groups stand in clauses with different actors of their own, or far from each other."""
    mine = {t.lower_ for x in one for t in x.initiators if t.tag_ in NOUNS}
    theirs = {t.lower_ for x in other for t in x.initiators if t.tag_ in NOUNS}
    return bool(mine and theirs and not mine & theirs) and not any(_linked(x, y) for x in one for y in other)


def _linked(one: Trigger, other: Trigger) -> bool:
    """Whether one trigger is an argument, participle or conjunct of the other, without a relative clause between."""
    low, high = (one, other) if one.first <= other.first else (other, one)
    for inner, outer in ((high, low), (low, high)):
        ends = {outer.token.i} | ({outer.carrier.i} if outer.carrier is not None else set())
        at, steps = inner.token, 0
        while steps < 6 and at.head.i != at.i:
            if at.dep_ in _CLAUSE_BREAKS and at.head.i not in ends:
                break
            at = at.head
            steps += 1
            if at.i in ends:
                return True
    return False


def _same_happening(one: Trigger, other: Trigger) -> bool:
    a, b = CLUSTER.get(one.family), CLUSTER.get(other.family)
    if one.family == other.family and one.token.dep_ == "conj" and one.token.head.i == other.token.i and not _own_subject(one):
        return True
    if a is None or b is None or (a != b and frozenset({a, b}) not in _JOINED):
        return False
    if not _linked(one, other):
        return False
    if any(x.accusers and not y.accusers and not x.token.is_ancestor(y.token) for x, y in ((one, other), (other, one))):
        return False  # "denied it had shelled X and accused Y of bombing Z"
    if a == b == "taking" and _turned(one, other):
        return False  # "X captured the town before being driven out by Y" is two
    low, high = (one, other) if one.first < other.first else (other, one)
    if _own_subject(high) and _own_subject(low) and high.verbal and low.verbal and not _shares_subject(low, high):
        # "A shelled X while B bombed Y" is two; "5 people were killed when A bombed X" is one
        return any(t.family in CONSEQUENCES and t.family != "destroy" and not t.initiators for t in (low, high))
    return True


def _turned(one: Trigger, other: Trigger) -> bool:
    """Whether who did the one suffered the other."""
    return any({t.i for t in x.initiators} & {t.i for t in y.targets} for x, y in ((one, other), (other, one)))


def _own_subject(trigger: Trigger) -> bool:
    return trigger.verbal and any(c.dep_ in ("nsubj", "nsubjpass") for c in trigger.token.children)


def _shares_subject(one: Trigger, other: Trigger) -> bool:
    return bool({t.i for t in one.initiators} & {t.i for t in other.initiators})


# ── filling the fields ───────────────────────────────────────────────────────────────────────────


def draft(
    triggers: list[Trigger],
    marks: Marks,
    counts: list[Count],
    parties: Parties,
    codebook: Codebook,
    lemmas: Lemmas,
    alone: bool,
    rivals: Sequence[Trigger],
) -> Draft:
    """A draft from the triggers of one happening. ``rivals`` are the other triggers of the sentence, ``alone`` says there are none."""
    sentence = marks.sentence
    made = Draft(Kind.EVENT, triggers[0].family, sentence, triggers, marks, strength=max(t.strength for t in triggers))
    seen_i: dict[int, Sighting] = {}
    seen_t: dict[int, Sighting] = {}
    head_tokens = {t.token.i for t in triggers}
    for trigger in triggers:
        for token in trigger.initiators:
            if token.i in head_tokens or token.i in seen_i:
                continue
            modifier = not trigger.verbal and token.dep_ in ("amod", "compound", "poss", "nmod") and token.i < trigger.token.i
            sighting = parties.see(token, marks, "modifier" if modifier else "crowd" if trigger.family in GATHERINGS else "initiator")
            if sighting is not None and sighting.kind not in ("object",):
                seen_i[token.i] = sighting
        for token in trigger.targets:
            if (token.i in head_tokens and not put_down(token, triggers)) or token.i in seen_t:
                continue
            sighting = parties.see(token, marks, "target")
            if sighting is not None:
                seen_t[token.i] = sighting
        if trigger.mutual:
            sides = [s for s in (parties.see(t, marks, "initiator") for t in trigger.mutual) if s is not None]
            if len(sides) >= 2:
                seen_i.setdefault(-1, sides[0])
                for n, side in enumerate(sides[1:]):
                    seen_t.setdefault(-2 - n, side)
            elif sides:
                seen_i.setdefault(-1, sides[0])
        for token in trigger.places:
            if CLUSTER.get(trigger.family) == "taking" and not any(p.start <= token.idx < p.end for p in marks.places):
                sighting = parties.see(token, marks, "target")
                if sighting is not None and sighting.kind in ("armed", "civilian", "state", "object"):
                    seen_t.setdefault(token.i, sighting)
    initiators = parties.most_specific(_distinct(list(seen_i.values())))
    targets = [t for t in parties.most_specific(_distinct(list(seen_t.values()))) if not any(t.start == i.start for i in initiators)]
    if made.family not in ("clash", "exchange", "advance") and not any(t.mutual for t in triggers):
        targets = [*targets, *_counted(counts, marks, targets, initiators, parties)]
    if made.family in ("strike", "airstrike", "shelling", "attack", "assault", "fire", "blast"):
        targets = [t for t in targets if t.head not in _VAGUE_GROUND] or []
    made.initiators = [(s, sentence) for s in initiators[:4]]
    if made.family in ("clash", "exchange") and any(t.kind in ("armed", "state") for t in targets):
        targets = [t for t in targets if t.kind != "civilian"]
    made.targets = [(s, sentence) for s in parties.told_apart(targets)]
    made.counts = [(c, sentence) for c in (*counts, *_single(triggers, counts, marks, seen_t))]
    made.arms = [(a, sentence) for a in _arms(marks, triggers, rivals, alone)]
    made.places = [(p, sentence) for p in _places(marks, triggers, rivals, alone, initiators, codebook)]
    chosen = _date(marks, triggers, rivals, alone, codebook, lemmas)
    made.date = (chosen, sentence) if chosen else None
    first = triggers[0].token
    made.definite = (
        not triggers[0].verbal
        and any(c.lower_ in ("the", "this", "that", "these", "those") for c in sentence.doc[triggers[0].first].children)
    ) or (not triggers[0].verbal and any(c.lower_ in ("the", "this", "that", "these") for c in first.children))
    return made


def put_down(token: Token, triggers: Sequence[Trigger]) -> bool:
    """Whether a gathering that is told as a happening is acted upon by another: "a crackdown on protests"."""
    gathering = any(t.token.i == token.i and t.family == "protest" and not t.verbal for t in triggers)
    return gathering and any(token in t.targets for t in triggers if t.token.i != token.i)


_DEADLY = frozenset({"kill", "murder", "shoot"})
_DEATH_OF = wordlist("drafts", "death of")


def _single(triggers: Sequence[Trigger], counts: Sequence[Count], marks: Marks, targets: Mapping[int, Sighting]) -> list[Count]:
    """One victim named without a number: "a commander was killed", "gunmen shot dead Father X", "the murder of a trader"."""
    for field_ in ("killed", "wounded"):
        if any(c.field == field_ for c in counts):
            continue
        for trigger in triggers:
            if not _befalls(trigger, field_):
                continue
            hurt = [t for t in trigger.targets if t.i in targets and _one_person(t, targets[t.i])]
            if hurt and len(hurt) == len(trigger.targets):
                return [_lone([targets[t.i] for t in hurt], field_, marks)]
    return []


def lone_victim(made: Draft) -> None:
    """Counts whom the weighing, not the construction, found to be the one victim: "the killing by police of Tshepo Baloyi"."""
    if made.counts:
        return
    field_ = next((f for f in ("killed", "wounded") if any(_befalls(t, f) for t in made.triggers)), None)
    hurt = [(s, made.sentence.head_of(s.start, s.end)) for s, w in made.targets if w is made.sentence and s.kind != "object"]
    if field_ is None or not hurt or not all(t is not None and _one_person(t, s) for s, t in hurt):
        return
    named = [s for s, t in hurt if t is not None and not (t.dep_ == "appos" and len(hurt) > 1)]  # "a boy, Ranjit Paswan, …"
    made.counts = [(_lone(named or [s for s, _ in hurt], field_, made.marks), made.sentence)]


def _befalls(trigger: Trigger, field_: str) -> bool:
    """Whether a trigger kills or wounds whom it acts upon."""
    if field_ == "wounded":
        return trigger.verbal and trigger.family == "wound"
    return (trigger.verbal and trigger.family in _DEADLY) or trigger.token.lower_ in _DEATH_OF


def _one_person(token: Token, sighting: Sighting) -> bool:
    if token.tag_ not in ("NN", "NNP") or sighting.kind in ("object", "crowd") or sighting.head in _COLLECTIVE:
        return False
    return sighting.actor is None or sighting.kind == "civilian" or sighting.head in _ONE


def _lone(people: Sequence[Sighting], field_: str, marks: Marks) -> Count:
    start, end = min(s.start for s in people), max(s.end for s in people)
    toll = Toll(low=len(people), best=len(people), high=len(people), who=None, words=marks.sentence.text[start:end])
    return Count(field_, start, end, toll)


_COLLECTIVE = wordlist("drafts", "collective")
_ONE = wordlist("drafts", "one")
_VAGUE_GROUND = wordlist("drafts", "vague ground")


def _counted(
    counts: Sequence[Count], marks: Marks, targets: Sequence[Sighting], initiators: Sequence[Sighting], parties: Parties
) -> list[Sighting]:
    """Whom a toll counts, where nobody else is named as hit: "leaving six people dead"."""
    for count in counts:
        if count.field not in ("killed", "wounded") or not count.toll.who:
            continue
        for token in marks.sentence.doc:
            if count.start <= token.idx < count.end and token.tag_ in ("NNS", "NN") and token.dep_ not in ("compound", "amod"):
                sighting = parties.see(token, marks, "target")
                if sighting is None or sighting.kind not in ("civilian", "armed", "state", "crowd"):
                    continue
                if any(t.head == sighting.head or (t.start < sighting.end and sighting.start < t.end) for t in (*targets, *initiators)):
                    return []
                return [sighting]
    return []


def _distinct(sightings: list[Sighting]) -> list[Sighting]:
    kept: list[Sighting] = []
    for one in sightings:
        if any(one.name.lower() == k.name.lower() or (k.start <= one.start and one.end <= k.end) for k in kept):
            continue
        kept = [k for k in kept if not (one.start <= k.start and k.end <= one.end)]
        kept.append(one)
    return kept


def distance(token: Token, triggers: Sequence[Trigger]) -> float:
    """How far a token is from a happening: steps in the parse, with a little for words between."""
    heads = triggers[0].sentence.heads
    up = {token.i: 0}
    at, steps = token.i, 0
    while heads[at] != at:
        at, steps = heads[at], steps + 1
        up[at] = steps
    best = 99.0
    for trigger in triggers:
        at, steps = trigger.token.i, 0
        while at not in up and heads[at] != at:
            at, steps = heads[at], steps + 1
        if at in up:
            best = min(best, up[at] + steps * 1.2 + abs(token.i - trigger.token.i) * 0.02)
    if best >= 99:
        best = 6 + min(abs(token.i - t.token.i) for t in triggers) * 0.2
    return best


def _mine(token: Token | None, triggers: Sequence[Trigger], rivals: Sequence[Trigger], alone: bool) -> bool:
    """Whether a token belongs to this happening rather than to another of the sentence."""
    if alone or token is None:
        return True
    return distance(token, triggers) <= distance(token, rivals) + 0.01


def _arms(marks: Marks, triggers: Sequence[Trigger], rivals: Sequence[Trigger], alone: bool) -> list[Hit[str]]:
    found = []
    for hit in marks.arms:
        if any(a.start <= hit.start and hit.end <= a.end and a.last - a.first > 1 for a in marks.actors):
            continue  # "the Syrian Air Defense Forces" is nobody's weapon
        token = marks.sentence.token_at(hit.start)
        if _mine(token, triggers, rivals, alone):
            found.append(hit)
    return found


def _places(
    marks: Marks, triggers: Sequence[Trigger], rivals: Sequence[Trigger], alone: bool, initiators: Sequence[Sighting], codebook: Codebook
) -> list[PlaceMark]:
    """The most specific places of a happening, in the order told; what only holds another place is left out."""
    sentence = marks.sentence
    holders = {id(p.within) for p in marks.places if p.within is not None}
    found: list[tuple[float, PlaceMark]] = []
    for place in marks.places:
        token = sentence.token_at(place.start)
        if token is None or not _mine(token, triggers, rivals, alone):
            continue
        if any(i.start <= place.start < i.end for i in initiators):
            continue
        apart = distance(token, triggers)
        if any(token in t.subtree for x in triggers for t in x.places):
            apart = min(apart, 1.0)  # "took X, the park and the southern part of Y": all of them
        if not place.locative and not place.feature:
            # A bare name is the event's place only as what is acted upon: "bombed Aleppo", "Aleppo was shelled".
            acted = any(token.i == t.i or (token in t.subtree and t.i - token.i < 4) for x in triggers for t in (*x.places, *x.targets))
            head = token
            while place.start <= head.head.idx < place.end and head.head.i != head.i:
                head = head.head  # "al" of "al-Qaryatayn"
            if not acted or (head.dep_ in ("compound", "amod", "poss") and not place.feature and head.head.tag_ in ("NNP", "NNPS")):
                continue
            if token.i and sentence.doc[token.i - 1].tag_ in ("NNP", "NNPS") and place.start == token.idx and not place.within:
                continue  # the last word of a longer name: a person's
        if id(place) in holders and any(
            p.within is place and _mine(sentence.token_at(p.start), triggers, rivals, alone) for p in marks.places
        ):
            continue
        before = sentence.text[max(0, place.told_start - 8) : place.told_start].lower()
        if re.search(
            r"\b(?:over|via|across)\s+(?:the\s+(?:territory\s+of\s+)?)?\Z",
            sentence.text[max(0, place.told_start - 24) : place.told_start].lower(),
        ):
            continue
        if place.within is None and any(p.beside is place for p in marks.places):
            continue
        if re.search(r"\bfrom\s+(?:the\s+)?\Z", before) and triggers[0].family not in (
            "displace",
            "withdraw",
            "expel",
            "dislodge",
            "evacuate",
            "handover",
        ):
            continue
        found.append((apart, place))
    if not found:
        return []
    nearest = min(d for d, _ in found)
    return [p for d, p in found if d <= nearest + 2.5][:6]


def _date(
    marks: Marks, triggers: Sequence[Trigger], rivals: Sequence[Trigger], alone: bool, codebook: Codebook, lemmas: Lemmas
) -> Dated | None:
    """The date of a happening: not the day on which somebody spoke of it, unless there is no other."""
    speech = codebook.lists["speech"]
    best: tuple[float, Dated] | None = None
    for dated in marks.dates:
        token = marks.sentence.token_at(dated.start)
        if token is None:
            continue
        if not _mine(token, triggers, rivals, alone):
            continue
        cost = distance(token, triggers)
        head = token
        for _ in range(4):
            head = head.head
            if head.tag_ in VERBS:
                break
        own = {t.token.i for t in triggers}
        if head.tag_ in VERBS and head.i not in own and lemmas.of(head, "VERB" if head.pos_ != "VERB" else None) in speech:
            cost += 4
        if dated.when is not None and dated.when.basis == "stated":
            cost -= 0.5
        if best is None or cost < best[0]:
            best = (cost, dated)
    return best[1] if best else None
