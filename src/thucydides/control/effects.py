"""What a claim does to control: the table ``effects.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table, split_cell
from thucydides.record import Event, Hold

TABLE = Path(__file__).with_name("effects.tsv")
COLUMNS = ("shape", "type", "status", "words", "outcome", "effect", "by", "note")
EFFECTS = frozenset(("take", "hold", "give", "lose", "contest", "besiege", "relieve", "none"))
_BY = frozenset(("initiator", "target", "either", "nobody"))


@dataclass(frozen=True, slots=True)
class Effect:
    """A row of the table: when it fits, what it does, and for whom."""

    shape: str
    types: frozenset[str]
    status: str
    words: re.Pattern[str] | None
    outcome: re.Pattern[str] | None
    effect: str
    by: str

    def fits(self, says: Event | Hold, clause: str) -> bool:
        """Whether a claim with this clause is meant by the row."""
        if self.shape != type(says).__name__:
            return False
        if isinstance(says, Hold):
            if self.status and says.status != self.status:
                return False
        elif (self.types and (says.type or "") not in self.types) or (self.outcome and not self.outcome.search(says.outcome or "")):
            return False
        return self.words is None or self.words.search(clause) is not None


def effect_of(says: Event | Hold, clause: str) -> Effect | None:
    """The first row that fits, ``None`` where no row does or the row says that nothing changes."""
    found = next((row for row in effects() if row.fits(says, clause)), None)
    return found if found is not None and found.effect != "none" else None


@lru_cache(maxsize=1)
def effects() -> tuple[Effect, ...]:
    """The table, read once. A bad line in it is a fault of the program, so the first one is raised."""
    errors: list[BadRoster] = []
    rows = tuple(_effect(row) for row in read_table(TABLE, COLUMNS, errors))
    if errors:
        raise errors[0]
    return rows


def _effect(row: Row) -> Effect:
    if row["effect"] not in EFFECTS or row["by"] not in _BY:
        remedy = f"Effects: {', '.join(sorted(EFFECTS))}."
        raise BadRoster(row.file, row.line, f"{row['effect']!r} by {row['by']!r} is no effect", remedy=remedy)
    return Effect(
        row["shape"], frozenset(row.values("type")), row["status"], phrases(row["words"]), phrases(row["outcome"]), row["effect"], row["by"]
    )


def phrases(cell: str) -> re.Pattern[str] | None:
    """Any of the phrases of a cell as whole words; a star stands for any ending."""
    parts = [re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in split_cell(cell)]
    return re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)", re.I) if parts else None
