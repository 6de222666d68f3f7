"""The words of unit names: what sizes of units, kinds of troops and the small words round them are called, from this room's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.control.tables import rows_of
from thucydides.lexicon import Phrases, Word, words_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Echelon:
    """A size of unit: its id, digits in a symbol code, order by size, and what its word needs to be a name."""

    id: str
    code: str
    rank: int
    needs: str


@lru_cache(maxsize=1)
def echelons() -> dict[str, Echelon]:
    """All echelons by id."""
    rows = rows_of(FOLDER / "echelons.tsv", ("id", "code", "rank", "needs", "words", "plurals"))
    return {row["id"]: Echelon(id=row["id"], code=row["code"], rank=int(row["rank"]), needs=row["needs"]) for row in rows}


@lru_cache(maxsize=1)
def branches() -> dict[str, str]:
    """The entity of a symbol code by the id of a branch."""
    return {row["id"]: row["entity"] for row in rows_of(FOLDER / "branches.tsv", ("id", "entity", "words"))}


def branch_of(words: str) -> str | None:
    """The kind of troops that words name: of "Syrian Air Defense Forces" air defence."""
    hits = unit_words().branches.find(words_of(words))
    return max(hits, key=lambda hit: (hit.last - hit.first, -hit.first)).values[0] if hits else None


class UnitWords:
    """The words of all tables, as phrases."""

    def __init__(self) -> None:
        self.echelons: Phrases[tuple[str, bool]] = Phrases()
        self.branches: Phrases[str] = Phrases()
        self.kinds: dict[str, Phrases[str]] = {}
        self.ordinals: Phrases[int] = Phrases()
        for row in rows_of(FOLDER / "echelons.tsv", ("id", "code", "rank", "needs", "words", "plurals")):
            for column, many in (("words", False), ("plurals", True)):
                for words in row.values(column):
                    self.echelons.add(words, (row["id"], many))
        for row in rows_of(FOLDER / "branches.tsv", ("id", "entity", "words")):
            for words in row.values("words"):
                self.branches.add(words, row["id"])
        for row in rows_of(FOLDER / "unit_words.tsv", ("kind", "words")):
            for words in row.values("words"):
                if row["kind"].isdigit():
                    self.ordinals.add(words, int(row["kind"]))
                else:
                    self.kinds.setdefault(row["kind"], Phrases()).add(words, words)

    def at(self, kind: str, words: Sequence[Word], index: int) -> int:
        """How many words a small word of a kind takes at an index; 0 where there is none."""
        hit = self.kinds[kind].at(words, index)
        return hit.last - index if hit else 0


@lru_cache(maxsize=1)
def unit_words() -> UnitWords:
    """All of them, read once."""
    return UnitWords()
