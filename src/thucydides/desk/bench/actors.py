"""The actors of ACLED's notes, as ACLED names them, against the parties of the claims coded from the notes.

Parties are named as the ACLED export names them, whoever is left unnamed too. Two ways of comparing: *strict*, the whole name as filed, and
*lenient*, by what the name means (``forms``). Actor 1 and 2 of ACLED each head a list whose rest are associated actors ("Women (Kenya)"):
all of them are asked for, and, as ``main``, the two heads alone, where an associated actor that is told is neither right nor wrong.

The day of a note is given as that of the report, its country is not: that is found. A note is one event of ACLED (``filed_events``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from thucydides.actors import Actors
from thucydides.chronicle import Reading
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Score
from thucydides.desk.bench.sets import Item, coded, raw, read_set, table
from thucydides.desk.coding import Chronicler
from thucydides.exports.acled_actors import Scene, file_party
from thucydides.exports.acled_countries import countries_in
from thucydides.exports.acled_peoples import peoples_in
from thucydides.exports.acled_sides import Named, sides
from thucydides.exports.acled_tables import Filed, countries, sub_events
from thucydides.exports.flat import Flat
from thucydides.lexicon import fold, words_of
from thucydides.places import Gazetteer, settle
from thucydides.places.tables import countries as known_countries
from thucydides.record import Event, Kind, Party

USUAL = "ceha_acled.jsonl"
UNARMED = ("Rioters", "Protesters", "Civilians")
STRATEGIC = "Strategic developments"
DEMONSTRATIONS = frozenset(("Protests", "Riots"))
LEADING = ("Excessive force against protesters", "Protest with intervention", "Mob violence", "Violent demonstration", "Peaceful protest")
FORCES = frozenset(("state", "army", "branch", "unit", "police", "intelligence", "official", "coalition", "peacekeeper", "pmc"))
AT_HOME = 1.5
BY_NAMES = 8.0  # how much more all names of a note tell of its country than where one event was put
SHORTEST = 4  # letters of a name that is looked up: "May" is rather a month
Forms = frozenset[str]
_RUN = re.compile(r"[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|el|al|of))*")
_BRACKETS = re.compile(r"\([^()]*\)")
_UNIDENTIFIED = re.compile(r"Unidentified (?P<force>(?:Military|Police) Forces) \((?P<country>[^()]+)\)")


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """F1 of the actors of every note."""
    notes = read_set(path, USUAL, "text", "actor1", "actor2", limit=limit)
    raws = [raw(str(note.get("id", n)), note["text"], published=note.get("date")) for n, note in enumerate(notes, start=1)]
    words = chronicler.coder.vocabulary
    scores = dict.fromkeys(("strict", "lenient", "main strict", "main lenient"), Score())
    for note, reading in zip(notes, coded(chronicler, raws), strict=True):
        told = actors_of(reading, words.actors, words.gazetteer, _day_of(note))
        asked = [[name.strip() for name in note[side].split(";") if name.strip()] for side in ("actor1", "actor2")]
        heads = list(dict.fromkeys(side[0] for side in asked if side))
        others = [name for name in dict.fromkeys(name for side in asked for name in side) if name not in heads]
        for way, mine, read in (("strict", [whole(name) for name in told], whole), ("lenient", list(told.values()), forms)):
            first, rest = [read(name) for name in heads], [read(name) for name in others]
            scores[way] += compare(mine, [*first, *rest])
            scores[f"main {way}"] += compare(mine, first, rest)
    figures = {key: value for name, score in scores.items() for key, value in score.figures(name.replace(" ", "_")).items()}
    lines = (f"{len(notes)} notes", HEAD, *(score.line(name) for name, score in scores.items()))
    return Measured(figures=figures, lines=lines, of={"file": str(path), "notes": len(notes)})


def actors_of(reading: Reading, actors: Actors, gazetteer: Gazetteer, day: date | None = None) -> dict[str, Forms]:
    """The actors of a note by the name that the ACLED export gives them, with all that each may be called.

    A note is one event of ACLED, so what its claims tell is one pair of sides. ``day`` is that of the note, for what has no day of its own.
    """
    text = reading.report.text if reading.report else ""
    code, homes = country_of(reading, actors, gazetteer), {actor.id: actor.countries for actor in actors}
    also: dict[str, Forms] = {}
    told = []
    for event in filed_events(reading):
        scene = Scene(code=code, day=_day(event) or day, sub_event=sub_events()[str(event.type)], homes=homes, words=text)
        named: list[Named] = []
        for party in event.parties:
            flat: Flat = {"role": party.role, "kind": party.kind, "actor": party.actor}
            named.append((flat, list(dict.fromkeys((party.name, *party.names)))))
            for one in file_party(*named[-1], scene)[:1]:
                if one.inter not in UNARMED:
                    also[one.name] = also.get(one.name, frozenset()) | party_forms(party, one, actors)
        told.append((named, scene))
    filed = [one for side in sides(*told[0], *told[1:]) for one in side] if told else []
    return {one.name: forms(one.name) | also.get(one.name, frozenset()) for one in filed}


def filed_events(reading: Reading) -> list[Event]:
    """The events told that are part of what ACLED files a note as, in order.

    ACLED files one event a note, and of several types the highest in its hierarchy, so a strategic development told beside anything else is
    no part of it. A demonstration has one type too, and of arrests there only who arrests counts: the arrested are its protesters.
    """
    told = [claim.says for claim in reading.claims if claim.kind is Kind.EVENT and isinstance(claim.says, Event)]
    events = [event for event in told if event.type in sub_events()]
    types = {_type(event) for event in events} - {STRATEGIC}
    if not types:
        return events
    if not types <= DEMONSTRATIONS:
        return [event for event in events if _type(event) != STRATEGIC]
    kind = min((event for event in events if _type(event) in types), key=lambda event: LEADING.index(str(event.type))).type
    kept = [event for event in events if _type(event) in types or event.type == "Arrests"]
    return [replace(event, type=kind, parties=_demonstrating(event)) for event in kept]


def _demonstrating(event: Event) -> tuple[Party, ...]:
    """The parties of an event that is part of a demonstration: not those arrested, nor those that a peaceful one is told to be against."""
    one_sided = event.type in ("Arrests", "Peaceful protest")
    return tuple(party for party in event.parties if party.role != "target" or not one_sided)


def _type(event: Event) -> str:
    return sub_events()[str(event.type)].event_type


def country_of(reading: Reading, actors: Actors, gazetteer: Gazetteer) -> str | None:
    """The country of a note: the one in which the names of its text are together likeliest, and of equal ones where its events were put.

    Peoples and groups are names of where they are at home, and a capital, of which the note tells what happened there, of its country.
    What a state's forces are proves nothing.
    """
    text = reading.report.text if reading.report else ""
    votes: dict[str, float] = {}
    for event in [claim.says for claim in reading.claims if isinstance(claim.says, Event)]:
        for code, weight in [(where.country, 1.0) for where in event.where] + [h for p in event.parties for h in _homes(p, actors)]:
            if code in countries():
                votes[code] = votes.get(code, 0.0) + weight
    put = sum(votes.values())
    told = {code: weight for code, weight in told_in(text, actors, gazetteer).items() if code in countries()}
    told_ = sum(told.values())
    votes = {code: weight / put for code, weight in votes.items()}
    for code, weight in told.items():
        votes[code] = votes.get(code, 0.0) + BY_NAMES * weight / told_
    return max(votes, key=lambda code: votes[code]) if votes else None


def told_in(text: str, actors: Actors, gazetteer: Gazetteer) -> Mapping[str, float]:
    """The countries of which the names of a text tell, with weights."""
    names = list(_known_names(text, gazetteer))
    hints: dict[str, float] = {}
    told = [(people.home, AT_HOME) for people in peoples_in(text, None)] + [(code, 1.0) for code in countries_in(text)]
    told += [(code, 1.0) for name in names for code, seat in known_countries().seats if seat == fold(name)]
    for hit in actors.find(words_of(text)):
        actor = actors.by_id[hit.values[0]]
        if actor.kind not in FORCES and len(actor.countries) in (1, 2):
            told += [(code, 0.5 / len(actor.countries)) for code in actor.countries]
    for code, weight in told:
        if code:
            hints[code] = hints.get(code, 0.0) + weight
    return settle(names, gazetteer, countries_hint=hints).countries


def _known_names(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Runs of words with capitals that the gazetteer knows, the longest of each first."""
    for run in _RUN.findall(text):
        words, first = run.split(), 0
        while first < len(words):
            last = next((n for n in range(len(words), first, -1) if gazetteer.known(" ".join(words[first:n]))), first)
            name = " ".join(words[first:last])
            if len(name) >= SHORTEST:
                yield name
            first = max(last, first + 1)


def _homes(party: Party, actors: Actors) -> list[tuple[str, float]]:
    """Where a party is at home, and how much that tells of where it is."""
    peoples = [(people.home, AT_HOME) for people in peoples_in(party.name, None) if people.home]
    actor = actors.by_id.get(party.actor or "")
    if peoples or actor is None or party.kind in FORCES:
        return peoples
    return [(code, AT_HOME if party.kind == "communal" else 0.5) for code in actor.countries]


def _day_of(note: Item) -> date | None:
    return date.fromisoformat(note["date"]) if note.get("date") else None


def _day(event: Event) -> date | None:
    return event.when.start if event.when else None


def compare(told: Sequence[Forms], asked: Sequence[Forms], beside: Sequence[Forms] = ()) -> Score:
    """Matches actors one to one by any form they share. What is told and only matches one of ``beside`` is left out."""
    left = list(asked)
    right = missed = 0
    for mine in told:
        match = next((other for other in left if mine & other), None)
        if match is not None:
            left.remove(match)
            right += 1
        elif not any(mine & other for other in beside):
            missed += 1
    return Score.matched(right, right + missed, len(asked))


def whole(name: str) -> Forms:
    """A name as filed, years, country and all."""
    return frozenset({fold(name)})


def forms(name: str) -> Forms:
    """What an actor of ACLED is called once years, country and faction in brackets are off.

    The acronym before a colon and the name after it are two names of one actor, a unit after the brackets ("Police Forces of Uganda (1986-)
    Uganda Wildlife Authority") is the force and itself; a people's militia is known by the people (``acled_names.tsv``).
    """
    parts = [part for piece in _BRACKETS.split(name) for part in piece.split(": ")]
    unidentified = _UNIDENTIFIED.match(name)
    if unidentified is not None:  # "police", of whom no more is said, are those of the country
        parts.append(f"{unidentified['force']} of {unidentified['country']}")
    return frozenset(_core(part) for part in parts if fold(part))


def party_forms(party: Party, filed: Filed, actors: Actors) -> Forms:
    """What a party may be called in ACLED: as filed, as told, by the roster, and as a force of its state."""
    actor = actors.by_id.get(party.actor or "")
    names = {filed.name, party.name, *party.names, *((actor.name, *actor.aliases) if actor else ())}
    return frozenset({form for name in names for form in forms(name)} | {_core(name) for name in _of_the_state(party, actors)})


def _of_the_state(party: Party, actors: Actors) -> list[str]:
    """What ACLED calls an actor that belongs to a state: "Military Forces of Sudan" for its army, an air force, a brigade."""
    lineage = [actors.by_id[i] for i in actors.lineage(party.actor)] if party.actor else []
    states = [actor for actor in lineage if actor.kind == "state" and actor.countries]
    if not states or states[-1].countries[0] not in countries():
        return []
    country = countries()[states[-1].countries[0]].name
    rows = [row for row in table("acled_names.tsv", "id", "class", "means", "words") if row["class"] == "state"]
    return [row["means"].format(country) for row in rows if lineage[0].kind in row.values("words")]


def _core(name: str) -> str:
    """A name in plain words; of a people's militia or group the people, after what it is: "militia luo"."""
    plain = fold(name)
    for row in table("acled_names.tsv", "id", "class", "means", "words"):
        for ending in (fold(words) for words in row.values("words") if row["class"] == "ending"):
            if plain.endswith(f" {ending}"):
                return f"{row['means']} {plain.removesuffix(ending).strip()}"
    return plain
