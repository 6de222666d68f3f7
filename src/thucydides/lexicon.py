"""How roster files are read, and how their names are found in words.

Actors, arms, places and the codebook all keep their vocabulary in tab-separated tables (``docs/rosters.md``); ``read_table``
reads one and reports every bad line, ``Phrases`` finds thousands of names in a sentence in one pass over its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from thucydides.errors import BadRoster

T = TypeVar("T")
WORD = re.compile(r"[^\W_]+(?:['’‘`ʻʼʿ][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’‘`ʻʼʿʾ´]")
_JOINERS = re.compile(r"[\-‐‑–—/.]+")


def fold(words: str) -> str:
    """Lower case without accents, apostrophes or hyphens: "Deir ez-Zôr" is "deir ez zor"."""
    if not words.isascii():
        words = unicodedata.normalize("NFKD", words)
        words = "".join(c for c in words if not unicodedata.combining(c))
    words = _APOSTROPHES.sub("", words)
    return " ".join(_JOINERS.sub(" ", words).lower().split())


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals and should match capitals only: "SDF", "M23", "JNIM"."""
    return len(name) <= 8 and " " not in name and name.isupper() and any(c.isalpha() for c in name)


def split_cell(cell: str) -> tuple[str, ...]:
    """The values of a cell, separated by bars."""
    return tuple(part for raw in cell.split("|") if (part := raw.strip()))


def any_of(words: Iterable[Iterable[str]]) -> str:
    """A pattern of any of some words, the longest first, each given as its letters or as pieces of a pattern.

    Words that begin alike share their beginning, so that a search need not try one after the other at every place.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _any_below(tree)


def _any_below(node: Mapping[str, Any]) -> str:
    ways = [letter + _any_below(after) for letter, after in node.items() if letter]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)})" + ("?" if "" in node else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: where it stands and its cells by column name."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def values(self, column: str) -> tuple[str, ...]:
        return split_cell(self.cells.get(column, ""))


def read_table(path: Path, columns: Sequence[str], errors: list[BadRoster]) -> Iterator[Row]:
    """The rows of a tab-separated table. Lines that cannot be used are appended to ``errors`` and skipped, the rest is kept."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        errors.append(BadRoster(path.name, 1, f"the file is not UTF-8 (byte {error.start})", remedy="Save it as UTF-8."))
        return
    except OSError as error:
        errors.append(BadRoster(path.name, 0, f"the file cannot be read ({error.strerror})", remedy="Check its name and permissions."))
        return
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            unknown = [c for c in cells if c not in columns]
            if unknown or ("id" in columns and "id" not in cells):
                what = f"the first line must name the columns, found {cells!r}"
                errors.append(BadRoster(path.name, number, what, remedy=f"Columns are: {' '.join(columns)}, separated by tabs."))
                return
            header = cells
            continue
        if len(cells) > len(header):
            what = f"{len(cells)} cells for {len(header)} columns: {line[:80]!r}"
            errors.append(BadRoster(path.name, number, what, remedy="Separate cells by one tab and values in a cell by ' | '."))
            continue
        yield Row(path.name, number, dict(zip(header, cells, strict=False)))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its folded form and where it stands. Hyphens part words, apostrophes do not; a possessive 's is left out."""

    folded: str
    start: int
    end: int
    capital: bool  # begins with a capital
    capitals: bool  # all of its letters are capitals, or it is a number


def words_of(text: str, offset: int = 0) -> list[Word]:
    """The words of a text in order. Spans are code points, moved by ``offset``."""
    found = []
    for match in WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if len(word) > 2 and word[-1] in "sS" and word[-2] in "'’`":
            word, end = word[:-2], end - 2
        folded = word.lower() if word.isascii() and word.isalnum() else fold(word)
        if folded:
            found.append(Word(folded, start + offset, end + offset, word[0].isupper(), word.isupper() or word.isdigit()))
    return found


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A name found: words ``first`` to ``last`` (not included), its span in the text, and what it may stand for."""

    first: int
    last: int
    start: int
    end: int
    values: tuple[T, ...]


class Phrases(Generic[T]):
    """Names of one word or more, found in a list of words, longest first.

    A name matches word by word after :func:`fold`; an acronym only where the text has capitals too. Several values may share
    a name: a hit holds them all, in the order in which they were added.
    """

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[tuple[str, T]] = ()) -> None:
        # By first word, then by second ("" for a name of one word): what follows a common first word is soon told apart.
        self._by_first: dict[str, dict[str, list[tuple[tuple[str, ...], bool, list[T]]]]] = {}
        for name, value in names:
            self.add(name, value)

    def __len__(self) -> int:
        return sum(len(entries) for seconds in self._by_first.values() for entries in seconds.values())

    def add(self, name: str, value: T) -> None:
        """Adds a name for a value."""
        parts = tuple(word.folded for word in words_of(name))
        if not parts:
            return
        acronym = is_acronym(name)
        entries = self._by_first.setdefault(parts[0], {}).setdefault(parts[1] if len(parts) > 1 else "", [])
        for known, only_capitals, values in entries:
            if known == parts and only_capitals == acronym:
                if value not in values:
                    values.append(value)
                return
        entries.append((parts, acronym, [value]))
        if len(entries) > 1:
            entries.sort(key=lambda entry: (-len(entry[0]), not entry[1]))

    def get(self, name: str) -> tuple[T, ...]:
        """What a whole name may stand for."""
        words = words_of(name)
        hit = self.at(words, 0) if words else None
        return hit.values if hit and hit.last == len(words) else ()

    def at(self, words: Sequence[Word], index: int) -> Hit[T] | None:
        """The longest name that begins at a word."""
        word = words[index]
        seconds = self._by_first.get(word.folded)
        if seconds is None:
            return None
        longer = seconds.get(words[index + 1].folded, ()) if index + 1 < len(words) else ()
        for entries in (longer, seconds.get("", ())):
            for parts, acronym, values in entries:
                last = index + len(parts)
                if last > len(words) or (acronym and not word.capitals):
                    continue
                if len(parts) < 3 or all(words[index + k].folded == parts[k] for k in range(2, len(parts))):
                    return Hit(index, last, word.start, words[last - 1].end, tuple(values))
        return None

    def find(self, words: Sequence[Word]) -> list[Hit[T]]:
        """All names in a list of words, left to right, the longest at each place, none overlapping."""
        hits: list[Hit[T]] = []
        known = self._by_first
        last = 0
        for index, word in enumerate(words):
            if index < last or word.folded not in known:
                continue
            hit = self.at(words, index)
            if hit is not None:
                hits.append(hit)
                last = hit.last
        return hits


class Phrasing:
    """What a room's rules listen for: a table of named patterns and lists of words, by the module whose rule they serve.

    ``kind`` is ``pattern`` (a regular expression, whatever the case), ``pattern as written`` (one that minds capitals) or ``words``
    (a list, separated by bars). A table with a bad line is refused with the line and the reason.
    """

    COLUMNS = ("module", "name", "kind", "text", "note")
    KINDS: Mapping[str, re.RegexFlag] = {"pattern": re.IGNORECASE, "pattern as written": re.NOFLAG, "words": re.NOFLAG}

    def __init__(self, path: Path) -> None:
        self._path = path
        self._patterns: dict[tuple[str, str], re.Pattern[str]] = {}
        self._words: dict[tuple[str, str], frozenset[str]] = {}
        errors: list[BadRoster] = []
        for row in read_table(path, self.COLUMNS, errors):
            self._add(row)
        if errors:
            raise errors[0]

    def pattern(self, module: str, name: str) -> re.Pattern[str]:
        return self._patterns[module, name]

    def words(self, module: str, name: str) -> frozenset[str]:
        return self._words[module, name]

    def _add(self, row: Row) -> None:
        key = row["module"], row["name"]
        if row["kind"] not in self.KINDS:
            raise BadRoster(row.file, row.line, f"the kind {row['kind']!r} is unknown", remedy=f"Write one of: {', '.join(self.KINDS)}.")
        if key in self._patterns or key in self._words:
            raise BadRoster(row.file, row.line, f"{row['name']!r} of {row['module']} stands there twice", remedy="Take one of them out.")
        if row["kind"] == "words":
            self._words[key] = frozenset(row.values("text"))
            return
        try:
            self._patterns[key] = re.compile(row["text"], self.KINDS[row["kind"]])
        except re.error as error:
            what = f"the pattern {row['text']!r} cannot be read: {error}"
            raise BadRoster(row.file, row.line, what, remedy="Mend the regular expression.") from error
