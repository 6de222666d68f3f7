"""Judging two accounts: same event, different, or unsure, with what spoke for and against it in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from thucydides.errors import BadRoster
from thucydides.incidents.accounts import Account
from thucydides.incidents.evidence import apart, evidence, never, pieces
from thucydides.incidents.parts import sums_up
from thucydides.incidents.pieces import Names
from thucydides.incidents.rows import Pairs, beside
from thucydides.lexicon import read_table
from thucydides.record import Judgement, Verdict
from thucydides.scales import BIAS, Scale

SHIPPED = Path(__file__).with_name("weights.tsv")
NEVER = -30.0
UNSURE = 1.5  # a score nearer to zero than this is no verdict
MOST = 6  # reasons given
AT_ONCE = 8_000  # pairs weighed at a stroke: what is reckoned of them fits into a processor's cache
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
BY = "weights"  # whose verdict it is, beside those of people


class Judge:
    """Weighs pairs with one table of weights. Scores are log odds: above zero the same event is likelier than not."""

    def __init__(self, scale: Scale, words: Mapping[str, str], digest: str = "") -> None:
        self._scale = scale
        self._words = words
        self.digest = digest  # of the table of weights
        self._tables: dict[int, tuple[Names, NDArray[np.float64]]] = {}  # by names of a piece, what each code weighs

    @classmethod
    def load(cls, path: Path | None = None) -> Judge:
        """The judge with the shipped weights, or with a table of a user's own."""
        return _load(path or SHIPPED)

    def score(self, one: Account, other: Account) -> float:
        """The log odds that two accounts are one event; ``NEVER`` where they cannot be."""
        return float(self.scores(beside([one], [other]))[0])

    def scores(self, pairs: Pairs) -> NDArray[np.float64]:
        """The scores of pairs, one by one the same as together."""
        found = np.full(len(pairs), NEVER)
        for first in range(0, len(pairs), AT_ONCE):
            some = pairs if len(pairs) <= AT_ONCE else pairs.chosen(np.arange(first, min(first + AT_ONCE, len(pairs))))
            possible = np.flatnonzero(never(some) == 0)
            if len(possible):
                found[first + possible] = self._weighed(some if len(possible) == len(some) else some.chosen(possible))
        return found

    def _weighed(self, pairs: Pairs) -> NDArray[np.float64]:
        told = np.full(len(pairs), self._scale.weights.get(BIAS, 0.0))
        for piece in pieces(pairs):
            weighs = self._table(piece.names)[piece.codes]
            told += weighs if piece.values is None else weighs * piece.values
        return told

    def _table(self, names: Names) -> NDArray[np.float64]:
        known = self._tables.get(id(names))
        if known is None:
            weights = self._scale.weights
            known = self._tables[id(names)] = names, np.array([sum(weights.get(name, 0.0) for name in its) for its in names])
        return known[1]

    def reasons(self, one: Account, other: Account) -> tuple[str, ...]:
        """What weighed most, in words, the heaviest first, each with its weight."""
        never = apart(one, other)
        if never:
            return (never,)
        found = evidence(one, other)
        return tuple(f"{self._words.get(name, name)} ({value:+.1f})" for name, value in self._scale.reasons(found, MOST))

    def judge(self, one: Account, other: Account) -> Judgement:
        """The verdict on two accounts with its score and reasons."""
        whole = sums_up(other, one)
        if whole is not None:
            return Judgement(one=one.claim, other=other.claim, verdict=Verdict.PART, reasons=(whole,), by=BY)
        score = self.score(one, other)
        verdict = Verdict.UNSURE if abs(score) < UNSURE else Verdict.SAME if score > 0 else Verdict.DIFFERENT
        reasons = self.reasons(one, other)
        return Judgement(one=one.claim, other=other.claim, verdict=verdict, score=round(score, 2), reasons=reasons, by=BY)


@cache
def _load(path: Path) -> Judge:
    errors: list[BadRoster] = []
    rows = list(read_table(path, ("evidence", "weight", "words"), errors))
    for row in rows:
        if not _NUMBER.fullmatch(row["weight"]):
            errors.append(BadRoster(row.file, row.line, f"{row['weight']!r} is no weight", remedy="Write a number, such as 1.5 or -0.3."))
    if errors:
        raise errors[0]
    words = {row["evidence"]: row["words"] for row in rows if row["words"]}
    digest = sha256(path.read_bytes()).hexdigest()
    return Judge(Scale({row["evidence"]: float(row["weight"]) for row in rows}), words, digest)
