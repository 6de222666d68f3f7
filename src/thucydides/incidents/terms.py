"""The telling words of a text: its names, rare words and figures, as numbers that are quick to compare.

A term is one number: a hash of the folded word above, in its lowest four bits how rare the word is (0 to 15, in half natural logarithms
of the share of texts without it). ``rarity.tsv`` says how often common words stand in reports; a word that it does not know is as
rare as can be. The table is fixed, so that two texts always weigh the same, whatever else was read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from zlib import crc32

import numpy as np

from thucydides.errors import BadRoster
from thucydides.incidents.overlaps import RARITY, Marks, marks_of
from thucydides.lexicon import fold, read_table

SHIPPED = Path(__file__).with_name("rarity.tsv")
RAREST = RARITY
TELLING_KINDS = 3  # names, words, figures
PLAIN = 4  # words of at most this rarity tell nothing
RARE_NAME = 11
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(r"[\s-]([^\W\d_]{3})")  # the beginning of the word that a figure counts: "17 yea", "15 kil"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_BEHIND = re.compile(rf"(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTHS})\.? $", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


class Terms:
    """What a text tells apart from others: names, other words, figures."""

    def __init__(self, names: Collection[int], words: Collection[int], figures: Collection[int]) -> None:
        self.marks = marks_of(names, words, figures)  # by kind, in this order

    @classmethod
    def marked(cls, marks: Marks, rarities: Sequence[int] | None = None) -> Terms:
        """Terms whose marks are known, and how rare those of each kind are, if that is."""
        made = cls.__new__(cls)
        made.marks = marks
        if rarities is not None:
            vars(made)["size"] = (*rarities, len(marks))
        return made

    @cached_property
    def names(self) -> frozenset[int]:
        """Its names."""
        return self.marks.of(0)

    @cached_property
    def words(self) -> frozenset[int]:
        """Its other words."""
        return self.marks.of(1)

    @cached_property
    def figures(self) -> frozenset[int]:
        """Its figures, alone and with what they count."""
        return self.marks.of(2)

    @cached_property
    def size(self) -> tuple[int, int, int, int]:
        """How much its names, words and figures tell, doubled so that it is whole, and how many terms it has."""
        names, words, figures = self.marks.rarities(TELLING_KINDS)
        return names, words, figures, len(self.marks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Terms) and np.array_equal(self.marks.terms, other.marks.terms)

    def __hash__(self) -> int:
        return hash(self.marks.terms.tobytes())

    def __repr__(self) -> str:
        return f"Terms(names={sorted(self.names)}, words={sorted(self.words)}, figures={sorted(self.figures)})"


NOTHING = Terms(frozenset(), frozenset(), frozenset())


def terms_of(text: str) -> Terms:
    """The terms of a text whose capitals can be trusted."""
    names: set[int] = set()
    words: set[int] = set()
    figures: set[int] = set()
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isdigit():
            if not _YEAR.fullmatch(word) and not _of_a_date(text, match):
                figures.add(_number(word.replace(",", ""), RAREST if len(word) > 2 else 6))
                counted = _COUNTED.match(text, match.end())
                if counted:
                    figures.add(_number(f"{word} {counted[1].lower()}", RAREST if len(word) > 2 else 10))
            continue
        folded = fold(_POSSESSIVE.sub("", word))
        rarity, named = _known().get(folded, (RAREST, True))
        if rarity <= PLAIN or len(folded) < 2:
            continue
        (names if named and word[0].isupper() else words).add(_number(folded, rarity))
    return Terms(frozenset(names), frozenset(words), frozenset(figures))


def _of_a_date(text: str, figure: re.Match[str]) -> bool:
    """Whether a figure is the day of a month: dates are compared as dates."""
    return len(figure[0]) <= 2 and bool(_MONTH_BEHIND.match(text, figure.end()) or _MONTH_BEFORE.search(text[: figure.start()][-12:]))


def full_names(text: str) -> Iterator[int]:
    """Two rare names that stand together, each as one number: persons, streets, villages of two words."""
    before: tuple[int, str] | None = None
    for match in _WORD.finditer(text):
        word = match[0]
        folded = fold(_POSSESSIVE.sub("", word))
        rarity, named = _known().get(folded, (RAREST, True))
        rare = word[0].isupper() and named and rarity >= RARE_NAME and len(folded) > 2
        if rare and before is not None and match.start() - before[0] == 1:
            yield crc32(f"{before[1]} {folded}".encode())
        before = (match.end(), folded) if rare else None


def _number(word: str, rarity: int) -> int:
    return (crc32(word.encode()) & 0xFFFFFFF) << 4 | rarity


@cache
def _known() -> dict[str, tuple[int, bool]]:
    """Rarity by word, and whether it is mostly a name."""
    errors: list[BadRoster] = []
    known = {row["word"]: (int(row["rarity"]), bool(row["name"])) for row in read_table(SHIPPED, ("word", "rarity", "name"), errors)}
    if errors:
        raise errors[0]
    return known
