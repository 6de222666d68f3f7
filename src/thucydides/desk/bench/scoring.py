"""Scores that several benchmarks share: precision, recall and F1, spans that overlap, words that spans cover."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from thucydides.lexicon import WORD

Pieces = tuple[tuple[int, int], ...]
"""A span of a text, in one piece or several: (start, end) in code points."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many answers were told and how many of them are right; how many were asked for and how many of those were found.

    ``right`` and ``found`` are the same number where answers are matched one to one; one long span may find several short ones.
    """

    right: int = 0
    told: int = 0
    found: int = 0
    asked: int = 0

    @classmethod
    def matched(cls, right: int, told: int, asked: int) -> Score:
        """A score of answers that are matched one to one."""
        return cls(right, told, right, asked)

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.told + other.told, self.found + other.found, self.asked + other.asked)

    def figures(self, name: str) -> dict[str, float]:
        """Named figures: ``name.p``, ``name.r``, ``name.f1``."""
        return {f"{name}.p": self.precision, f"{name}.r": self.recall, f"{name}.f1": self.f1}

    def line(self, name: str) -> str:
        """A row of the table under ``HEAD``."""
        counts = f"{self.right:6,} of {self.told:6,}  {self.found:6,} of {self.asked:6,}"
        return f"  {name:26} {self.precision:7.3f} {self.recall:7.3f} {self.f1:7.3f}  {counts}"


HEAD = f"  {'':26} {'prec.':>7} {'recall':>7} {'F1':>7}  {'right of told':>16}  {'found of asked':>16}"


def overlap(told: Sequence[Pieces], asked: Sequence[Pieces]) -> Score:
    """Overlap: a span told is right if it shares a character with one asked for, which is found by that."""
    right = sum(any(overlaps(one, other) for other in asked) for one in told)
    found = sum(any(overlaps(one, other) for other in told) for one in asked)
    return Score(right, len(told), found, len(asked))


def overlaps(one: Pieces, other: Pieces) -> bool:
    """Whether two spans share a character."""
    return any(a < d and c < b for a, b in one for c, d in other)


def covered(text: str, told: Sequence[Pieces], asked: Sequence[Pieces]) -> Score:
    """The words of a text that spans cover in part or whole, each counted once: stricter than overlap where spans are long."""
    words = [match.span() for match in WORD.finditer(text)]
    mine, theirs = _words_in(words, told), _words_in(words, asked)
    return Score.matched(len(mine & theirs), len(mine), len(theirs))


def _words_in(words: Sequence[tuple[int, int]], spans: Collection[Pieces]) -> set[tuple[int, int]]:
    pieces = [piece for span in spans for piece in span]
    return {word for word in words if any(word[0] < end and start < word[1] for start, end in pieces)}
