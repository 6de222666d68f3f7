"""What is told as a state or a sum, not as a happening: who holds a place, running totals, who is armed with what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.parties import Parties, Sighting
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.sentences import Lemmas
from thucydides.claims.tolls import Count, written_number
from thucydides.claims.triggers import NOUNS, VERBS, agents_of, conjoined, spoken_for, subjects_of
from thucydides.claims.when import Dated
from thucydides.lexicon import Hit
from thucydides.record import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARE = phrase_of("standing", "share")
_SHARES = {"half": 0.5, "a third": 0.33, "two thirds": 0.67, "two-thirds": 0.67, "three quarters": 0.75, "a quarter": 0.25}
_CONTROL_NOUN = phrase_of("standing", "control noun")
_STRONGHOLD = phrase_of("standing", "stronghold")
_WAR = phrase_of("standing", "war")


def find_control(marks: Marks, parties: Parties, codebook: Codebook, lemmas: Lemmas) -> list[Draft]:
    """Statements of who holds, contests or besieges a place, or how much of it; adjectives ("the rebel-held town") are none."""
    sentence = marks.sentence
    found: list[Draft] = []
    verbs = codebook.lists["control_verb"]
    for token in sentence.doc:
        if token.tag_ not in VERBS or token.dep_ in ("amod", "compound"):
            continue
        lemma = lemmas.of(token, "VERB" if token.pos_ != "VERB" else None)
        if lemma not in verbs or token.dep_ == "xcomp":
            continue
        if token.dep_ == "acl" and not any(p.start <= token.head.idx < p.end for p in marks.places):
            continue  # "areas controlled by …", "a town held by …" only describe
        subjects, passive = subjects_of(token)
        if token.dep_ == "acl" and token.tag_ == "VBN":
            passive = True
        agents = agents_of(token)
        stative = lemma in (
            "control",
            "hold",
            "besiege",
            "occupy",
            "dominate",
            "rule",
            "govern",
            "retain",
            "encircle",
            "surround",
            "administer",
            "run",
            "contest",
        )
        if lemma in ("besiege", "encircle", "surround", "occupy", "contest") and not (
            passive and token.tag_ == "VBN" and (_present(token) or (token.dep_ == "acl" and agents))
        ):
            continue
        if any(c.lower_ in ("will", "would", "could", "may", "might", "to", "can", "should") and c.dep_ == "aux" for c in token.children):
            continue
        if passive:
            holders, held = agents, subjects
        else:
            holders = subjects
            held = [
                t
                for c in token.children
                if c.dep_ in ("dobj", "prep")
                for t in ([c] if c.dep_ == "dobj" else [p for p in c.children if p.dep_ == "pobj"])
            ]
            held = [t for h in held for t in conjoined(h)]
        if lemma in ("hold", "run", "rule", "lose", "maintain", "keep") and not _is_place(held, marks, codebook, lemmas):
            continue
        if lemma == "lose" and not _SHARE.search(sentence.text):
            continue
        sides = [s for s in (parties.see(t, marks, "initiator") for t in holders) if s is not None and s.kind != "object"]
        places = _places(held, marks)
        if not places and not _is_place(held, marks, codebook, lemmas):
            continue
        if not sides and lemma != "lose" and not (passive and stative and lemma in ("besiege", "encircle", "surround")):
            continue
        losers: list[Sighting] = []
        status = (
            "besieged"
            if lemma in ("besiege", "encircle", "surround")
            else "contested"
            if lemma == "contest"
            else "lost"
            if lemma == "lose"
            else "held"
        )
        if lemma == "lose":
            sides, losers = [], sides
        found.append(_hold(marks, sides, losers, places, status))
        found[-1].at = token.i
    found += [] if found else _in_control(marks, parties)
    for match in _CONTROL_NOUN.finditer(sentence.text):
        at = sentence.token_at(match.start("noun"))
        if at is None or any(d for d in found):
            continue
        noun = match.group("noun").lower()
        holders = [t for c in at.children if c.lower_ in ("of", "by") for p in c.children if p.dep_ == "pobj" for t in conjoined(p)]
        holders += [c for c in at.children if c.dep_ in ("poss", "amod", "compound")]
        if noun == "control" and match.group().lower().startswith("in ") and any(_is_named(t, marks) for t in holders):
            continue  # "in control of X": who has it is the subject
        if not holders:
            later = [t for t in sentence.doc[at.i + 1 : at.i + 4] if t.lower_ == "by"]
            holders = [t for b in later for p in b.children if p.dep_ == "pobj" for t in conjoined(p)]
        sides = [s for s in (parties.see(t, marks, "initiator" if t.dep_ != "amod" else "modifier") for t in holders) if s is not None]
        verb = at.head.head if at.head.dep_ == "prep" else at.head
        subjects, _ = subjects_of(verb) if verb.tag_ in VERBS or verb.pos_ == "AUX" else ([verb], False)
        if re.search(
            r"\b(?:bring|brought|came|come|put|place|fell|fall|taking|took|take|seiz|gain|regain)\w*\b",
            sentence.text[max(0, match.start() - 40) : match.start()],
        ):
            continue
        places = _places(subjects, marks) or [p for p in marks.places if p.start < match.start()][-1:]
        if (sides or noun in ("siege", "blockade")) and (places or subjects):
            found.append(_hold(marks, sides, [], places, "besieged" if noun in ("siege", "blockade") else "held"))
    if not found and (stronghold := _STRONGHOLD.search(sentence.text)):
        at = sentence.token_at(stronghold.end() - 1)
        if at is not None and at.dep_ in ("appos", "attr", "pobj", "dobj") and (at.dep_ in ("appos", "attr")):
            owners = [c for c in at.children if c.dep_ == "poss"]
            holders = (owners or [c for c in at.children if c.dep_ in ("compound", "amod")]) + [
                t for c in at.children if c.lower_ in ("of", "for") for p in c.children if p.dep_ == "pobj" for t in conjoined(p)
            ]
            told = [(t, parties.see(t, marks, "modifier" if t.i < at.i else "initiator")) for t in holders]
            told = [(t, s) for t, s in told if s is not None and not _is_named(t, marks)]
            sides = [s for t, s in told if s is not None and t.dep_ != "amod"] or [s for _, s in told if s is not None]
            place = [p for p in marks.places if p.start < stronghold.start()][-1:] or marks.places[:1]
            if sides and place:
                found.append(_hold(marks, sides, [], place, "held"))
    return found[:2]


def _is_named(token: Token, marks: Marks) -> bool:
    return any(place.start <= token.idx < place.end for place in marks.places)


def _in_control(marks: Marks, parties: Parties) -> list[Draft]:
    """ "The army has full control of X", "is firmly in control of X": who has it as the subject of a verb of having or being."""
    found = []
    for token in marks.sentence.doc:
        if token.lower_ != "control":
            continue
        verb = token.head
        if token.dep_ == "pobj" and verb.lower_ == "in" and verb.head.lower_ in _BEING:
            verb = verb.head
        elif token.dep_ != "dobj" or verb.lower_ not in _HAVING:
            continue
        if any(c.dep_ in ("aux", "neg") and c.lower_ not in ("has", "have", "still") for c in verb.children):
            continue
        places = _places([p for c in token.children if c.lower_ in ("of", "over") for p in c.children if p.dep_ == "pobj"], marks)
        subjects, _ = subjects_of(verb)
        sides = [s for s in (parties.see(spoken_for(t, verb), marks, "initiator") for t in subjects) if s is not None]
        if places and sides:
            found.append(_hold(marks, sides, [], places, "held"))
            found[-1].at = verb.i
    return found[:1]


_BEING = wordlist("standing", "being")
_HAVING = wordlist("standing", "having")


def _present(verb: Token) -> bool:
    if verb.dep_ in ("acomp", "oprd", "attr") and verb.head.lower_ in ("remain", "remains", "is", "are", "stays"):
        return True
    return any(c.lower_ in ("is", "are", "been", "remains", "remain", "being", "'s") for c in verb.children)


def _is_place(tokens: Sequence[Token], marks: Marks, codebook: Codebook, lemmas: Lemmas) -> bool:
    return any(
        lemmas.of(t, "NOUN") in codebook.lists["place"] or any(p.start <= t.idx < p.end for p in marks.places) for t in tokens
    ) or any(lemmas.of(p, "NOUN") in codebook.lists["place"] for t in tokens for c in t.children if c.lower_ == "of" for p in c.children)


def _places(tokens: Sequence[Token], marks: Marks) -> list[PlaceMark]:
    found = []
    for place in marks.places:
        token = marks.sentence.token_at(place.start)
        if token is not None and any(token.i == t.i or token in t.subtree for t in tokens):
            found.append(place)
    holders = {id(p.within) for p in found if p.within is not None}
    return [p for p in found if id(p) not in holders] or found


def _hold(marks: Marks, holders: Sequence[Sighting], losers: Sequence[Sighting], places: Sequence[PlaceMark], status: str) -> Draft:
    sentence = marks.sentence
    made = Draft(Kind.CONTROL, "control", sentence, [], marks, status=status, strength=0.7)
    made.initiators = [(s, sentence) for s in holders[:4]]
    made.targets = [(s, sentence) for s in losers[:4]]
    made.places = [(p, sentence) for p in places[:6]]
    made.share = share_of(sentence.text)
    if marks.dates:
        made.date = (marks.dates[0], sentence)
    return made


def share_of(text: str) -> float | None:
    """Which share of a place a sentence speaks of, from 0 to 1: "40% of the area", "half of the town"."""
    match = _SHARE.search(text)
    if match is None:
        return None
    if match.group("word"):
        return _SHARES.get(match.group("word").lower())
    hundredths = int(match.group("share")) if match.group("share") else written_number(match.group("number"))
    return None if hundredths is None else min(1.0, hundredths / 100)


def find_toll(marks: Marks, counts: Sequence[Count]) -> Draft | None:
    """A running total over separate happenings: a count with "since", a span of weeks, a war."""
    sentence = marks.sentence
    dead = [c for c in counts if c.field in ("killed", "wounded")]
    displaced = [c for c in counts if c.field == "displaced"]
    if not dead and not displaced:
        return None
    text = sentence.text
    spans = [
        d
        for d in marks.dates
        if d.when is not None and (d.when.start is None or d.when.end is None or (d.when.end - d.when.start).days >= 6)
    ]
    since = (
        re.search(
            r"\bsince\b(?! (?:\w+ )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|yesterday|dawn|last night|today))", text, re.I
        )
        is not None
    )
    if (
        not since
        and any(d.when is not None and d.when.start is not None and d.when.start == d.when.end for d in marks.dates)
        and not displaced
    ):
        return None  # one day is one happening
    biggest = max((c.toll.low or c.toll.high or 0) for c in [*dead, *displaced])
    if displaced and biggest >= 100:
        pass
    elif not dead or not _running(text, biggest, since, spans):
        return None
    made = Draft(Kind.TOLL, "toll", sentence, [], marks, strength=0.7)
    made.counts = [(c, sentence) for c in (dead or displaced)]
    if displaced and dead:
        made.counts += [(c, sentence) for c in displaced]
    holders = {id(p.within) for p in marks.places if p.within is not None}
    made.places = [(p, sentence) for p in marks.places if id(p) not in holders and p.locative][:4]
    chosen = spans[0] if spans else marks.dates[0] if marks.dates else None
    if chosen is not None and chosen.when is not None and since and chosen.when.end is not None:
        chosen = replace(chosen, when=replace(chosen.when, end=None))  # "since the war began in March 2011" goes on
    made.date = (chosen, sentence) if chosen else None
    return made


NEVER_AT_ONCE = 5000  # so many die in no single attack
_PERIOD = phrase_of("standing", "period")
_ONE_BLOW = phrase_of("standing", "one blow")


def _running(text: str, biggest: int, since: bool, spans: Sequence[Dated]) -> bool:
    """Whether a count adds up separate happenings: since a day, over a period, in a war."""
    war = _WAR.search(text) is not None
    period = _PERIOD.search(text) is not None
    if _ONE_BLOW.search(text) and not since and not period:
        return False
    if since and (spans or war or re.search(r"\ba total of\b", text)) and biggest >= 5:
        return True
    if period and (spans or war or "death toll" in text.lower()) and biggest >= 10:
        return True
    return (biggest >= 100 and war) or (biggest >= 1000 and bool(spans)) or biggest >= NEVER_AT_ONCE


def find_holding(marks: Marks, parties: Parties, codebook: Codebook, lemmas: Lemmas) -> Draft | None:
    """Who is armed with, operates, supplies or received what."""
    sentence = marks.sentence
    arms = [h for h in marks.arms if not any(a.start <= h.start and h.end <= a.end and a.last - a.first > 1 for a in marks.actors)]
    if not arms:
        return None
    for verb in sentence.doc:
        if verb.tag_ not in VERBS or verb.dep_ in ("amod", "compound", "aux", "auxpass", "advcl"):
            continue
        lemma = lemmas.of(verb, "VERB" if verb.pos_ != "VERB" else None)
        way = next((w for w in ("has", "armed", "operates", "receives", "supplies") if lemma in codebook.lists[f"way_{w}"]), "")
        if not way or any(c.dep_ == "aux" and c.lower_ in ("will", "would", "could", "may", "might", "to", "can") for c in verb.children):
            continue
        made = _arming(verb, way, arms, marks, parties)
        if made is not None:
            return made
    return None


def _arming(verb: Token, way: str, arms: Sequence[Hit[str]], marks: Marks, parties: Parties) -> Draft | None:
    sentence = marks.sentence
    subjects, passive = subjects_of(verb)
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.tag_ in NOUNS]
    behind = {c.lower_: [p for p in c.children if p.dep_ == "pobj"] for c in verb.children if c.dep_ in ("prep", "dative", "agent")}

    def named(tokens: Sequence[Token]) -> list[Hit[str]]:
        return [h for h in arms if any(t.left_edge.idx <= h.start <= t.right_edge.idx + len(t.right_edge) for t in tokens)]

    def seen(tokens: Sequence[Token]) -> list[Sighting]:
        found = (parties.see(t, marks, "initiator") for token in tokens for t in conjoined(token))
        return [s for s in found if s is not None and s.kind in ("armed", "state")]

    held = named(behind.get("with", [])) if way in ("armed", "supplies") else []
    holders, receivers = seen(subjects), list[Sighting]()
    if way == "armed":
        receivers = [] if passive else seen(objects)
    elif way == "supplies" and held:
        receivers = seen(subjects if passive else objects)
        holders = seen(behind.get("by", [])) if passive else holders
    elif way == "supplies":
        held = named(subjects if passive else objects)
        receivers = seen([*behind.get("to", []), *behind.get("into", []), *(o for o in objects if not named([o]))])
        holders = seen(behind.get("by", [])) if passive else holders
    else:
        held = named(objects)
    if not held or not (holders or receivers) or (way == "supplies" and not receivers):
        return None
    told = {"armed": "supplies" if receivers else "has"}.get(way, way)
    made = Draft(Kind.HOLDING, "holding", sentence, [], marks, way=told, strength=0.7)
    made.initiators = [(s, sentence) for s in holders[:3]]
    made.targets = [(s, sentence) for s in receivers[:3]]
    made.arms = [(h, sentence) for h in held[:4]]
    if marks.dates:
        made.date = (marks.dates[0], sentence)
    return made
