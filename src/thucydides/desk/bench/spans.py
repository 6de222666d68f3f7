"""Spans of organisations, weapons and military platforms in re3d's documents, against what rosters and parties find.

Organisations are the roster's actors and the groups that the parties room sees in nouns ("Iraqi forces", "the victims"), as re3d counts any
group of people; a country's bare name is one where it acts. Weapons and platforms are the roster's arms by class
(``re3d_types.tsv``). Of re3d are asked the spans that its judges confirmed, without pronouns: who "we" are is no matter of names.
"""

from __future__ import annotations

from pathlib import Path

from thucydides.claims import Vocabulary
from thucydides.claims.marks import Marks
from thucydides.claims.parties import Parties
from thucydides.claims.sentences import Lemmas, pipeline
from thucydides.claims.triggers import SUBJECTS
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Pieces, Score, covered, overlap
from thucydides.desk.bench.sets import Item, marked, raw, read_set, table
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.lexicon import Hit
from thucydides.record import Report

USUAL = "re3d.jsonl"
ORGANISATION, WEAPON, PLATFORM = TYPES = ("Organisation", "Weapon", "MilitaryPlatform")
CONFIRMED = 0.5  # re3d's confidence in a span; many of less are a machine's guesses that a person refused
GROUPS = frozenset({"state", "armed", "crowd", "civilian"})  # sightings that are people; objects and the rest are not
COMMON = frozenset({"generic", "label", "civilian", "crowd"})  # kinds whose names are words: "military", "terrorist"
PRONOUNS = frozenset(
    (
        "we us our ours ourselves they them their theirs themselves it its itself he him his she her you your i me my who whom whose which"
    ).split()
)
Found = dict[str, set[Pieces]]


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """F1 of spans that overlap, of each type and of all three together whatever the type; and of the words that they cover."""
    documents = read_set(path, USUAL, "text", "entities", limit=limit)
    names = [*TYPES, "together", "words together"]
    scores = dict.fromkeys(names, Score())
    pronouns = 0
    with progress("marking", len(documents)) as bar:
        for n, document in enumerate(documents, start=1):
            asked, left_out = spans_of(document)
            pronouns += left_out
            told = spans_found(chronicler, chronicler.reader(raw(str(document.get("id", n)), document["text"])))
            for kind in TYPES:
                scores[kind] += overlap(sorted(told[kind]), sorted(asked[kind]))
            mine, theirs = (sorted(set().union(*found.values())) for found in (told, asked))
            scores["together"] += overlap(mine, theirs)
            scores["words together"] += covered(document["text"], mine, theirs)
            bar.advance(bar.task_ids[0])
    figures = {key: value for name in names for key, value in scores[name].figures(name.lower().replace(" ", "_")).items()}
    lines = (
        f"{len(documents)} documents; {pronouns} spans that are pronouns are not asked for",
        HEAD,
        *(scores[name].line(name) for name in names),
    )
    return Measured(figures=figures, lines=lines, of={"file": str(path), "documents": len(documents)})


def spans_of(document: Item) -> tuple[Found, int]:
    """The confirmed spans of a document by type, and how many of them are pronouns and left out."""
    found: Found = {kind: set() for kind in TYPES}
    pronouns = 0
    for entity in document["entities"]:
        if entity["type"] not in TYPES or entity.get("confidence", 1) < CONFIRMED:
            continue
        start, end = entity["begin"], entity["end"]
        if document["text"][start:end].lower() in PRONOUNS:
            pronouns += 1
        else:
            found[entity["type"]].add(((start, end),))
    return found, pronouns


def spans_found(chronicler: Chronicler, report: Report) -> Found:
    """The spans of a report that rosters and parties find, by re3d's types."""
    words, lemmas = chronicler.coder.vocabulary, Lemmas(pipeline())
    parties = Parties(words.actors, words.codebook, lemmas, {}, report.published, report.source.id, words.gazetteer.known)
    kinds = {kind: row["id"] for row in table("re3d_types.tsv", "id", "classes") for kind in row.values("classes")}
    found: Found = {kind: set() for kind in TYPES}
    for marks in marked(chronicler, report):
        at = marks.sentence.start
        for hit in marks.arms:
            kind = kinds.get(words.arms.by_id[hit.values[0]].kind)
            if kind is not None:
                found[kind].add(((at + hit.start, at + hit.end),))
        for start, end in groups(marks, parties, words):
            found[ORGANISATION].add(((at + start, at + end),))
    return found


def groups(marks: Marks, parties: Parties, words: Vocabulary) -> list[tuple[int, int]]:
    """The groups of people in a sentence, each by its longest span: actors of the roster by name, and nouns that read as a party.

    One person is no group: a noun that no named actor stands for must be a plural or a force of a state. What ends in an arm is that arm.
    """
    named = {actor.id for actor in words.actors if actor.kind not in COMMON}
    countries = [hit for hit in marks.actors if _is_country(marks.sentence.text[hit.start : hit.end], words)]
    found = [(hit.start, hit.end) for hit in marks.actors if named & set(hit.values) and (hit not in countries or _acts(hit, marks))]
    for token in marks.sentence.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound" or any(c.start <= token.idx < c.end for c in countries):
            continue
        seen = parties.see(token, marks, "candidate")
        if seen is None or seen.kind not in GROUPS or seen.head in words.codebook.lists["platform"]:
            continue
        if seen.actor in named or seen.kind == "state" or token.tag_ in ("NNS", "NNPS"):
            found.append((seen.start, seen.end))
    found = [(start, end) for start, end in found if not any(arm.start < end <= arm.end for arm in marks.arms)]
    return [one for one in set(found) if not any(a <= one[0] and one[1] <= b and (a, b) != one for a, b in found)]


def _acts(country: Hit[str], marks: Marks) -> bool:
    """Whether a country's bare name is a party and not a place: a subject, or after "by"."""
    token = marks.sentence.token_at(country.end - 1)
    while token is not None and token.dep_ == "conj":
        token = token.head
    return token is not None and (token.dep_ in SUBJECTS or (token.dep_ == "pobj" and token.head.lower_ == "by"))


def _is_country(name: str, words: Vocabulary) -> bool:
    return words.gazetteer.known(name) and any(words.actors.by_id[i].kind == "state" for i in words.actors.named(name))
