"""The roster of outlets: who publishes, known by name, other names and domains.

``outlets.tsv`` is laid out in ``docs/rosters.md``. A user's own file goes on top: a known ``id`` replaces that row, a new one adds a row, a
row whose ``name`` is ``-`` removes it. Lines that cannot be used are listed in ``errors`` and left out; the rest works.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Phrases, Row, fold, is_acronym, read_table, words_of
from thucydides.record import Source
from thucydides.reports.capitals import is_common
from thucydides.reports.phrasing import phrase_of
from thucydides.reports.tables import FOLDER

SHIPPED = FOLDER / "outlets.tsv"
COLUMNS = ("id", "name", "aliases", "domains", "kind", "country", "stands_with", "languages", "note")
KINDS = frozenset(("press", "wire", "state", "party", "monitor", "social", "aggregator", "official", "research"))
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_ARTICLE = phrase_of("outlets", "article")
LABEL = 5
"""Letters that the beginning of a domain must have to stand for an outlet."""
UNKNOWN = Source(name="unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A row of the roster."""

    source: Source
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outlets:
    """A roster of outlets, ready to be asked."""

    entries: tuple[Outlet, ...]
    errors: tuple[BadRoster, ...] = ()
    _ids: dict[str, Outlet] = field(default_factory=dict, repr=False)
    _domains: dict[str, Outlet] = field(default_factory=dict, repr=False)
    _names: dict[str, Outlet] = field(default_factory=dict, repr=False)
    _labels: dict[str, Outlet | None] = field(default_factory=dict, repr=False)  # of domains; of several outlets none
    _phrases: Phrases[Outlet] = field(default_factory=Phrases, repr=False)

    def __post_init__(self) -> None:
        for outlet in self.entries:
            if outlet.source.id is not None:
                self._ids[outlet.source.id] = outlet
            for domain in outlet.domains:
                host = domain.lower().removeprefix("www.")
                self._domains.setdefault(host, outlet)
                label = host.partition(".")[0]
                if len(label) >= LABEL and not is_common(label):
                    self._labels[label] = outlet if self._labels.get(label, outlet) is outlet else None
            for name in (outlet.source.name, *outlet.aliases):
                self._names.setdefault(fold(name), outlet)
                self._names.setdefault(_ARTICLE.sub("", fold(name)), outlet)
                self._phrases.add(name, outlet)

    @classmethod
    def load(cls, *own: Path) -> Outlets:
        """The shipped roster with a user's files laid over it, later files last."""
        errors: list[BadRoster] = []
        by_id: dict[str, Outlet] = {}
        for path in (SHIPPED, *own):
            seen: dict[str, int] = {}
            for row in read_table(path, COLUMNS, errors):
                fault = _fault(row, seen)
                if fault:
                    errors.append(BadRoster(row.file, row.line, fault[0], remedy=fault[1]))
                    continue
                seen[row["id"]] = row.line
                if row["name"] == "-":
                    by_id.pop(row["id"], None)
                else:
                    by_id[row["id"]] = _outlet(row)
        return cls(tuple(by_id.values()), tuple(errors))

    def by_id(self, id_: str) -> Outlet | None:
        """The outlet of an id."""
        return self._ids.get(id_)

    def find(self, name: str) -> Outlet | None:
        """The outlet of a name or domain, or of its beginning ("dailysabah"); an acronym that could be a word is known in capitals."""
        name = " ".join(name.split()).strip(" .,;:-–—|\"'()[]")
        if not name:
            return None
        host = _HOST.fullmatch(name)
        if host is not None and (found := self._of_host(host[1].lower())) is not None:
            return found
        folded = fold(name)
        known = self._names.get(folded) or self._names.get(_ARTICLE.sub("", folded))
        if (
            known is not None
            and len(folded) <= 4
            and name.islower()
            and any(is_acronym(n) and fold(n) == folded for n in (known.source.name, *known.aliases))
        ):
            return known if " " not in name else None
        return known or self._labels.get(name.lower())

    def within(self, words: str) -> Outlet | None:
        """The last outlet named in a few words: "the state news agency SANA"."""
        hits = self._phrases.find(words_of(words))
        return hits[-1].values[0] if hits else None

    def identify_source(self, name: str) -> Source:
        """Who publishes under a name or domain; a name that the roster lacks stands for itself."""
        known = self.find(name)
        if known is not None:
            return known.source
        host = _HOST.fullmatch(name.strip())
        shown = host[1].lower().removeprefix("www.") if host is not None and "/" in name else " ".join(name.split())
        return Source(name=shown) if shown else UNKNOWN

    def _of_host(self, host: str) -> Outlet | None:
        parts = host.split(".")
        for start in range(len(parts) - 1):
            found = self._domains.get(".".join(parts[start:]))
            if found is not None:
                return found
        return None


def _fault(row: Row, seen: dict[str, int]) -> tuple[str, str] | None:
    if not _ID.fullmatch(row["id"]):
        return f"{row['id']!r} is no id", "Use small letters, digits and hyphens."
    if row["id"] in seen:
        return f"the id {row['id']!r} stands on line {seen[row['id']]} already", "Give each outlet its own id."
    if not row["name"]:
        return f"{row['id']!r} has no name", "Give its usual English name, or - to remove it."
    if row["name"] != "-" and row["kind"] and row["kind"] not in KINDS:
        return f"{row['kind']!r} is no kind of outlet", f"Use one of: {', '.join(sorted(KINDS))}."
    if row["country"] and not re.fullmatch(r"[A-Z]{2}", row["country"]):
        return f"{row['country']!r} is no country code", "Use ISO 3166-1 alpha-2, such as SY, or leave it empty."
    for domain in row.values("domains"):
        if "/" in domain or "." not in domain:
            return f"{domain!r} is no domain", "Write the host alone: example.org."
    return None


def _outlet(row: Row) -> Outlet:
    source = Source(
        id=row["id"], name=row["name"], kind=row["kind"] or None, country=row["country"] or None, stands_with=row.values("stands_with")
    )
    return Outlet(
        source=source, aliases=row.values("aliases"), domains=row.values("domains"), languages=row.values("languages"), note=row["note"]
    )


@lru_cache(maxsize=1)
def shipped() -> Outlets:
    """The roster that comes with the program."""
    return Outlets.load()


def identify_source(name_or_domain: str, outlets: Outlets | None = None) -> Source:
    """Who publishes under a name or domain, by the shipped roster or another."""
    return (outlets or shipped()).identify_source(name_or_domain)


def names_of(sources: Iterable[Source]) -> tuple[str, ...]:
    """Names without repetition, in order."""
    return tuple(dict.fromkeys(source.name for source in sources))
