"""Reading the tables of actors, and finding their names in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Hit, Phrases, Row, Word, fold, is_acronym, read_table
from thucydides.record import Actor

FOLDER = Path(__file__).parent / "roster"
SPELLINGS = Path(__file__).with_name("spellings.tsv")
COLUMNS = ("id", "name", "aliases", "demonyms", "kind", "country", "parent", "start", "end", "outlet_names", "note")
KINDS = frozenset(
    (
        "state army branch unit police intelligence rebel jihadist separatist militia communal cartel gang pmc coalition "
        "peacekeeper party monitor official civilian crowd generic label"
    ).split()
)
# Acronyms that are words as well: a text in small letters means the word.
_WORDS = frozenset(
    "ACT AIM ALL AMAL AND ANY ARC ARE ARM ART ASK BAR CAN CAR CUT DAY FAN FAR FAST FIR FOR FUN GAM GAP HOPE KEY LAW LIFE "
    "MAN MAP MEN MID MOB NEW NOT ONE OUR OUT PACT PEACE POPE RAM RAPID SAFE SAW SEA SON STAR TIP WAR WAY WHO WILL".split()
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Actors:
    """The roster: entries by id, their names as phrases, and every line that could not be used."""

    def __init__(self, entries: Iterable[Actor], errors: Sequence[BadRoster] = (), digest: str = "") -> None:
        self.by_id: Mapping[str, Actor] = {actor.id: actor for actor in entries}
        self.errors = tuple(errors)
        self.digest = digest
        names = (name for actor in self.by_id.values() for name in (actor.name, *actor.aliases))
        self.acronyms: frozenset[str] = frozenset(name for name in names if is_acronym(name) and len(name) > 2 and name not in _WORDS)
        self._phrases: Phrases[str] = Phrases()
        self.demonyms: Phrases[str] = Phrases()
        self._outlet_phrases: dict[str, Phrases[str]] = {}
        for actor in self.by_id.values():
            for name in (actor.name, *actor.aliases):
                self._phrases.add(name, actor.id)
            for name in actor.demonyms:
                self.demonyms.add(name, actor.id)
            for outlet, name in actor.outlet_names:
                self._outlet_phrases.setdefault(outlet, Phrases()).add(name, actor.id)
        others = [(spelt, actor.id) for actor in self.by_id.values() for name in (actor.name, *actor.aliases) for spelt in _respelt(name)]
        for spelt, id_ in [one for one in others if not self._phrases.get(one[0])]:
            self._phrases.add(spelt, id_)

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def find(self, words: Sequence[Word]) -> list[Hit[str]]:
        """All roster names in a sentence: hits hold actor ids."""
        return self._phrases.find(words)

    def named(self, name: str) -> tuple[str, ...]:
        """Ids of the actors that go by a whole name."""
        return self._phrases.get(name)

    def told_by(self, outlet: str, name: str) -> tuple[str, ...]:
        """Ids of the actors that an outlet calls by this name."""
        phrases = self._outlet_phrases.get(outlet)
        return phrases.get(name) if phrases else ()

    def lineage(self, actor_id: str) -> tuple[str, ...]:
        """The ids of an actor and all it belongs to, nearest first. A circle of parents ends where it closes."""
        chain: list[str] = []
        at: str | None = actor_id
        while at and at in self.by_id and at not in chain:
            chain.append(at)
            at = self.by_id[at].parent
        return tuple(chain)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Actors:
        """The shipped tables with a user's own laid over them. Bad lines are in ``errors``; the rest stands."""
        return _load(tuple(extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Actors:
    entries: dict[str, Actor] = {}
    errors: list[BadRoster] = []
    digest = hashlib.sha256()
    shipped = sorted(FOLDER.glob("*.tsv"))
    rows: list[tuple[Row, bool]] = []
    digest.update(SPELLINGS.read_bytes())
    for path in (*shipped, *extra):
        if path.is_file():
            digest.update(path.read_bytes())
        rows += [(row, path in extra) for row in read_table(path, COLUMNS, errors)]
    for row, own in rows:
        if own and row["name"] == "-":
            entries.pop(row["id"], None)
            continue
        actor = _actor(row, errors)
        if actor is None:
            continue
        if actor.id in entries and not own:
            remedy = "Give the entry an id of its own."
            errors.append(BadRoster(row.file, row.line, f"the id {actor.id!r} is used twice", remedy=remedy))
            continue
        entries[actor.id] = actor
    for row, _ in rows:
        parent = row["parent"]
        if parent and row["id"] in entries and parent not in entries:
            remedy = "Name an existing id or leave the cell empty."
            errors.append(BadRoster(row.file, row.line, f"the parent {parent!r} of {row['id']!r} is unknown", remedy=remedy))
    errors += _circles([row for row, _ in rows if row["id"] in entries], entries)
    return Actors(entries.values(), errors, digest.hexdigest()[:12])


def _respelt(name: str) -> Iterator[str]:
    """A name with each of its words in turn as ``spellings.tsv`` has it otherwise."""
    words = fold(name).split()
    for at, word in enumerate(words):
        for other in _spellings().get(word, ()):
            yield " ".join((*words[:at], other, *words[at + 1 :]))


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """The other spellings of a word."""
    errors: list[BadRoster] = []
    groups = [row.values("spellings") for row in read_table(SPELLINGS, ("spellings", "note"), errors)]
    if errors:
        raise errors[0]
    return {word: tuple(other for other in group if other != word) for group in groups for word in group}


def _circles(rows: Iterable[Row], entries: Mapping[str, Actor]) -> Iterator[BadRoster]:
    """Actors that belong to each other in a circle, each circle named once, at the line that closes it."""
    named: set[frozenset[str]] = set()
    for row in rows:
        path = [row["id"]]
        while (parent := entries[path[-1]].parent) in entries and parent not in path:
            path.append(str(parent))
        if parent == path[0] and frozenset(path) not in named:
            named.add(frozenset(path))
            circle = " > ".join((*path, path[0]))
            yield BadRoster(row.file, row.line, f"actors belong to each other: {circle}", remedy="Take one parent out.")


def _actor(row: Row, errors: list[BadRoster]) -> Actor | None:
    def bad(what: str, remedy: str) -> None:
        errors.append(BadRoster(row.file, row.line, what, remedy=remedy))

    if not _ID.match(row["id"]):
        bad(f"{row['id']!r} is no id", "Use lower-case letters, digits and single hyphens.")
        return None
    if not row["name"]:
        bad(f"{row['id']!r} has no name", "Fill the column 'name'.")
        return None
    if row["kind"] not in KINDS:
        bad(f"{row['kind']!r} is no kind of actor", f"Kinds are: {', '.join(sorted(KINDS))}.")
        return None
    years: list[int | None] = []
    for column in ("start", "end"):
        year = row[column]
        if year and not (year.isdigit() and len(year) == 4):
            bad(f"{column} {year!r} is no year", "Write four digits or leave the cell empty.")
            return None
        years.append(int(year) if year else None)
    if years[0] and years[1] and years[0] > years[1]:
        bad(f"it ends ({years[1]}) before it starts ({years[0]})", "Check both years.")
        return None
    countries = row.values("country")
    if any(len(code) != 2 or not code.isupper() for code in countries):
        bad(f"{row['country']!r} is no list of country codes", "Use ISO 3166-1 alpha-2 codes separated by ' | '.")
        return None
    outlet_names = []
    for pair in row.values("outlet_names"):
        outlet, equals, words = (part.strip() for part in pair.partition("="))
        if not equals or not outlet or not words:
            bad(f"{pair!r} is no outlet name", "Write 'outlet-id = words'.")
            return None
        outlet_names.append((outlet, words))
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        aliases=row.values("aliases"),
        demonyms=row.values("demonyms"),
        countries=countries,
        parent=row["parent"] or None,
        start=years[0],
        end=years[1],
        outlet_names=tuple(outlet_names),
        note=row["note"],
    )
