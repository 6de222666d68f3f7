"""The codebook: the words and constructions that make a claim, read from tables a researcher can edit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Phrases, Row, read_table

FOLDER = Path(__file__).parent / "codebook"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb or noun means and who its neighbours are: roles I initiator, T target, P place, W arm, M both, E event noun, L lives."""

    lemma: str
    family: str
    subject: str = ""
    object: str = ""
    preps: tuple[tuple[str, str], ...] = ()
    strength: float = 1.0

    def prep(self, word: str) -> str:
        """The role of what follows a preposition, or ""."""
        for known, role in self.preps:
            if known == word:
                return role
        return ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that ties what is said or thought to whoever says or thinks it, and what it must take to be such a cue."""

    kind: str
    words: tuple[str, ...]
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class TypeRule:
    """One line of ``types.tsv``: conditions (empty cells hold always) and the type they give."""

    families: frozenset[str]
    arms: frozenset[str]
    initiators: frozenset[str]
    targets: frozenset[str]
    words: tuple[str, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """All tables, by first word where names have several words."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    nouns: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    light: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    types: tuple[TypeRule, ...]
    tagged: Mapping[str, Frame]  # by type: what a word of no table is read as when the tagger hears the type in it
    defaults: Mapping[str, str]
    cues: Mapping[str, Phrases[str]]  # by class: speech, denial, hedge, plan, …
    attribution: Mapping[tuple[str, str], tuple[Cue, ...]]  # by part of speech and first word
    loaded: Phrases[tuple[str, str]]  # words that take a side: for or against, and whom
    lists: Mapping[str, frozenset[str]]  # single words by class: objects, people, …
    digest: str


def load() -> Codebook:
    """The shipped codebook. A damaged table is an error at once, with its line: without it nothing can be coded."""
    return _load()


@lru_cache(maxsize=1)
def _load() -> Codebook:
    errors: list[BadRoster] = []
    digest = hashlib.sha256()
    for path in (*sorted(FOLDER.glob("*.tsv")), FOLDER.parent / "phrasing.tsv"):
        digest.update(path.read_bytes())

    def rows(name: str, *columns: str) -> list[Row]:
        return list(read_table(FOLDER / name, columns, errors))

    verbs = _frames(rows("verbs.tsv", "lemmas", "family", "subject", "object", "preps", "strength"))
    nouns = _frames(rows("nouns.tsv", "lemmas", "family", "strength"))
    light = _frames(rows("light.tsv", "lemmas", "subject", "object"))
    defaults = {row["family"]: row["type"] for row in rows("families.tsv", "family", "kind", "type", "note")}
    tagged = {
        row["type"]: Frame("", row["family"], row["subject"], row["object"], strength=0.5)
        for row in rows("tagged.tsv", "type", "family", "subject", "object", "note")
    }
    types = tuple(
        TypeRule(
            frozenset(row.values("family")),
            frozenset(row.values("arms")),
            frozenset(row.values("initiators")),
            frozenset(row.values("targets")),
            tuple(row.values("words")),
            row["type"],
        )
        for row in rows("types.tsv", "family", "arms", "initiators", "targets", "words", "type", "reason")
    )
    attribution = _attribution(rows("attribution.tsv", "class", "part", "words", "takes", "note"))
    loaded: Phrases[tuple[str, str]] = Phrases()
    for row in rows("loaded.tsv", "words", "sway", "whom", "note"):
        for word in row.values("words"):
            loaded.add(word, (row["sway"], row["whom"]))
    cues: dict[str, Phrases[str]] = {}
    lists: dict[str, set[str]] = {}
    for row in rows("cues.tsv", "class", "words", "note"):
        for word in row.values("words"):
            cues.setdefault(row["class"], Phrases()).add(word, row["class"])
            lists.setdefault(row["class"], set()).add(word)
    for row in rows("heads.tsv", "class", "words", "note"):
        lists.setdefault(row["class"], set()).update(row.values("words"))
    if errors:
        raise errors[0]
    frozen = {name: frozenset(words) for name, words in lists.items()}
    return Codebook(verbs, nouns, light, types, tagged, defaults, cues, attribution, loaded, frozen, digest.hexdigest()[:12])


def _frames(rows: list[Row]) -> dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for row in rows:
        preps = tuple((p, r) for p, _, r in (part.partition("=") for part in row["preps"].split()))
        for lemma in row.values("lemmas"):
            parts = tuple(lemma.lower().replace("-", " - ").split())
            frame = Frame(lemma, row["family"], row["subject"], row["object"], preps, float(row["strength"] or 1))
            found.setdefault(parts[0], []).append((parts, frame))
    return {first: tuple(sorted(frames, key=lambda f: -len(f[0]))) for first, frames in found.items()}


def _attribution(rows: list[Row]) -> dict[tuple[str, str], tuple[Cue, ...]]:
    found: dict[tuple[str, str], tuple[Cue, ...]] = {}
    for row in rows:
        for entry in row.values("words"):
            words = tuple(entry.split())
            key = (row["part"], words[0])
            found[key] = (*found.get(key, ()), Cue(row["class"], words, frozenset(row["takes"].split())))
    return found
