"""The actors of ACLED's notes, as ACLED names them, against the parties of the claims coded from the notes.

Parties are named as the ACLED export names them, whoever is left unnamed too. Two ways of comparing: *strict*, the whole name as filed, and
*lenient*, by what the name means (``forms``). Actor 1 and 2 of ACLED each head a list whose rest are associated actors ("Women (Kenya)"):
all of them are asked for, and, as ``main``, the two heads alone, where an associated actor that is told is neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from thucydides.actors import Actors
from thucydides.chronicle import Reading
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Score
from thucydides.desk.bench.sets import coded, raw, read_set, table
from thucydides.desk.coding import Chronicler
from thucydides.exports.acled_actors import file_party
from thucydides.exports.acled_tables import Country, Filed, countries, sub_events
from thucydides.lexicon import fold
from thucydides.record import Event, Kind, Party

USUAL = "ceha_acled.jsonl"
Forms = frozenset[str]
_BRACKETS = re.compile(r"\([^()]*\)")
_UNIDENTIFIED = re.compile(r"Unidentified (?P<force>(?:Military|Police) Forces) \((?P<country>[^()]+)\)")


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """F1 of the actors of every note."""
    notes = read_set(path, USUAL, "text", "actor1", "actor2", limit=limit)
    raws = [raw(str(note.get("id", n)), note["text"]) for n, note in enumerate(notes, start=1)]
    scores = dict.fromkeys(("strict", "lenient", "main strict", "main lenient"), Score())
    for note, reading in zip(notes, coded(chronicler, raws), strict=True):
        told = actors_of(reading, chronicler.coder.vocabulary.actors)
        sides = [[name.strip() for name in note[side].split(";") if name.strip()] for side in ("actor1", "actor2")]
        heads = list(dict.fromkeys(side[0] for side in sides if side))
        others = [name for name in dict.fromkeys(name for side in sides for name in side) if name not in heads]
        for way, mine, read in (("strict", [whole(name) for name in told], whole), ("lenient", list(told.values()), forms)):
            first, rest = [read(name) for name in heads], [read(name) for name in others]
            scores[way] += compare(mine, [*first, *rest])
            scores[f"main {way}"] += compare(mine, first, rest)
    figures = {key: value for name, score in scores.items() for key, value in score.figures(name.replace(" ", "_")).items()}
    lines = (f"{len(notes)} notes", HEAD, *(score.line(name) for name, score in scores.items()))
    return Measured(figures=figures, lines=lines, of={"file": str(path), "notes": len(notes)})


def actors_of(reading: Reading, actors: Actors) -> dict[str, Forms]:
    """The actors of a note by the name that the ACLED export gives them, with all that each may be called.

    An actor told by two names is one. Where no event of the note names a first or a second actor, the export's word for whoever it was is
    taken, from the first event.
    """
    events = [claim.says for claim in reading.claims if claim.kind is Kind.EVENT and isinstance(claim.says, Event)]
    found: dict[str, Forms] = {}
    known: dict[str, str] = {}  # the name under which an actor of the roster was first filed
    named = {False: False, True: False}
    for event in events:
        for party in event.parties:
            filed = _filed(party, _country(event))
            if filed is not None:
                name = known.setdefault(party.actor or filed.name, filed.name)
                found[name] = found.get(name, frozenset()) | party_forms(party, filed, actors)
                named[party.role == "target"] = True
    rule = next((sub_events()[event.type] for event in events if event.type in sub_events()), None)
    if rule is not None:
        country = _country(events[0])
        unnamed = [None if named[False] else rule.unnamed_first(country), None if named[True] else rule.unnamed_second(country)]
        found |= {filed.name: forms(filed.name) for filed in unnamed if filed is not None and filed.name not in found}
    return found


def _filed(party: Party, country: Country | None) -> Filed | None:
    names = list(dict.fromkeys((party.name, *party.names)))
    return file_party({"kind": party.kind}, names, country=country, abroad=False, unarmed=party.role == "target")


def _country(event: Event) -> Country | None:
    return next((countries()[where.country] for where in event.where if where.country in countries()), None)


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
