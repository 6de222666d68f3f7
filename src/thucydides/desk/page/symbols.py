"""The map's symbols, from ``symbols.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import read_table
from thucydides.record import Claim, Event

FILE = Path(__file__).parent / "symbols.tsv"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A sign on the map: its id, what it stands for, and its outline."""

    id: str
    name: str
    path: str


@lru_cache(maxsize=1)
def symbols() -> dict[str, Symbol]:
    """The symbols by the types and kinds of claim they stand for; they tell apart by shape, not by colour alone."""
    errors: list[BadRoster] = []
    found: dict[str, Symbol] = {}
    for row in read_table(FILE, ("id", "name", "types", "path"), errors):
        symbol = Symbol(row["id"], row["name"], row["path"])
        found.update(dict.fromkeys(row.values("types"), symbol))
    if errors:
        raise errors[0]
    return found


def symbol_of(claim: Claim) -> Symbol:
    """The symbol of a claim."""
    known = symbols()
    if isinstance(claim.says, Event):
        return known.get(claim.says.type or "Event", known["Event"])
    return known[str(claim.kind)]
