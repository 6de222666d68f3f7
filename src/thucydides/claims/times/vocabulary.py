"""The tables of times: words by class (``words.tsv``) and expressions as patterns of them (``expressions.tsv``), read once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, any_of, read_table

FOLDER = Path(__file__).parent
_COLUMNS = {"words.tsv": ("class", "words", "value", "note"), "expressions.tsv": ("name", "reads", "pattern", "example")}
_SLOT = re.compile(r"\{([a-z]+)(?::(\w+))?\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_LOOKS = re.compile(r"\(\?<?[!=](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")  # what a pattern asks of the words around, two brackets deep
_SIGNS = re.compile(r"\(\?P<\w+>|\\[a-zA-Z]|\{\w+(?::\w+)?\}")
_LITERAL = re.compile(r"([a-zA-Z]+)(\??)")  # letters, of which a question mark makes the last one optional
_LONG = 5  # words of so many letters are known by their beginning: "ThursdayRebels attacked", where a blank was lost
_PIECE = re.compile(r"[^\W\d_]+")
# Fragments that are more than a list of words: what may stand before and behind it.
_SHAPES = {
    "day": r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?",
    "year": r"(?P<{0}>(?:19|20)\d\d)",
    "n": r"(?P<{0}>\d{{1,3}}|{words})",
    "unit": r"(?P<{0}>{words})s?",
    "month": r"(?P<{0}>{words})\.?",
    "to": r"\s*(?:-|–|—|to|and|until|till|through|or)\s*",
}
_CLASSES = {"n": "number"}


@cache
def _rows(name: str) -> tuple[Row, ...]:
    errors: list[BadRoster] = []
    rows = tuple(read_table(FOLDER / name, _COLUMNS[name], errors))
    if errors:
        raise errors[0]
    return rows


@cache
def tables_digest() -> str:
    """What the tables hold, for a coder to sign with."""
    return hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in sorted(_COLUMNS))).hexdigest()[:12]


@cache
def values(name: str) -> Mapping[str, str]:
    """The words of a class, each with its value."""
    return {word.lower(): row["value"] for row in _rows("words.tsv") if row["class"] == name for word in row.values("words")}


@cache
def numbers(name: str) -> Mapping[str, int]:
    """The words of a class whose values are numbers."""
    return {word: int(value) for word, value in values(name).items()}


def any_word(name: str) -> str:
    """A pattern of all words of a class, the longest first."""
    return any_of(map(_letter, word) for word in values(name))


def _letter(letter: str) -> str:
    return {" ": r"\s+", "'": "['’]?"}.get(letter) or re.escape(letter)


def plain(words: str) -> str:
    """Words as the tables write them."""
    return " ".join(words.lower().replace("’", "'").rstrip(".").split())


def meaning(name: str, words: str | None) -> str | None:
    """The value of a word of a class as told, ``None`` without one."""
    if not words:
        return None
    told = plain(words)
    found = values(name)
    return found.get(told) or next((value for word, value in found.items() if word.replace("'", "") == told.replace("'", "")), None)


def number(words: str | None) -> int:
    """A number in figures or words; without one, one."""
    return int(words) if words and words.isdigit() else numbers("number").get(plain(words or ""), 1)


def written_out(pattern: str) -> str:
    """A pattern of the table with its classes of words put in."""
    return _SLOT.sub(lambda slot: _fragment(slot[1], slot[2]), pattern)


def _fragment(name: str, group: str | None) -> str:
    words = any_word(_CLASSES.get(name, name)) if name not in ("day", "year", "to") else ""
    shape = _SHAPES.get(name, r"(?P<{0}>{words})").format(group or "_", words=words)
    return shape if group else shape.replace("(?P<_>", "(?:")


@dataclass(frozen=True, slots=True)
class Expressions:
    """All expressions as one pattern: which of them matched, and its groups by their own names."""

    pattern: re.Pattern[str]
    reads: Sequence[str]
    groups: Sequence[Sequence[str]]

    def told(self, match: re.Match[str]) -> tuple[str, dict[str, str | None]]:
        """How an expression is reckoned, and what its groups hold."""
        index = int((match.lastgroup or "k0")[1:])
        return self.reads[index], {name: match[f"{name}_{index}"] for name in self.groups[index]}


@cache
def expressions() -> Expressions:
    """The expressions of the table, compiled."""
    rows = _rows("expressions.tsv")
    bodies = [written_out(row["pattern"]) for row in rows]
    pattern = _opening(rows) + "(?:" + "|".join(_numbered(n, body) for n, body in enumerate(bodies)) + ")"
    return Expressions(
        re.compile(pattern, re.IGNORECASE), [row["reads"] for row in rows], [sorted(set(_GROUP.findall(body))) for body in bodies]
    )


def _opening(rows: Sequence[Row]) -> str:
    """Where an expression may begin: at a figure, or at a word of one; at a small word ("in the") only where one of these follows.

    All words of all expressions are allowed, wherever in them they stand: this only spares most words of a sentence the trial.
    """
    small, words = any_word("small"), sorted(_words_in(rows))
    short, long = (any_of(word for word in words if (len(word) < _LONG) is brief) for brief in (True, False))
    word = rf"(?!{small}\b)(?:\d|{long}|{short}s?\b)"
    return rf"\b(?=(?:{small}[\s-]+){{0,4}}{word})"


def _words_in(rows: Sequence[Row]) -> set[str]:
    """Every word that an expression may hold: the letters of its pattern, and the words of its classes in one piece and in several."""
    found: set[str] = set()
    for row in rows:
        for letters, question in _LITERAL.findall(_SIGNS.sub(" ", _LOOKS.sub(" ", row["pattern"]))):
            found |= {letters.lower(), letters.lower()[:-1] if question else ""}
        for name, _ in _SLOT.findall(row["pattern"]):
            for words in values(_CLASSES.get(name, name)):
                found |= {piece for way in (words, words.replace("'", "")) for piece in _PIECE.findall(way)}
    return found - {""}


def _numbered(index: int, body: str) -> str:
    return f"(?P<k{index}>{_GROUP.sub(lambda group: f'(?P<{group[1]}_{index}>', body)})"


@cache
def hints() -> re.Pattern[str]:
    """What a sentence must hold to be worth a search: a figure or part of a word of time."""
    words = {
        *"day night week month year hour ago later earlier recent decade dawn yesterday today tomorrow spring summer autumn winter".split(),
        *("morning", "afternoon", "evening"),
    }
    for name in ("month", "hijri", "persian", "ethiopian", "feast"):
        words |= {word[:4] for word in values(name)}
    return re.compile(r"\d|" + any_of(map(re.escape, word) for word in words), re.IGNORECASE)
