"""Which colour and shape a holder has on the map: ``colours.tsv``, given in order of how many places somebody holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import read_table

FILE = Path(__file__).parent / "colours.tsv"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour on a light and on a dark ground, with the outline that goes with it."""

    light: str
    dark: str
    name: str
    path: str


@lru_cache(maxsize=1)
def colours() -> tuple[Colour, ...]:
    """The table, in order; the last is for all who come after the others."""
    errors: list[BadRoster] = []
    rows = list(read_table(FILE, ("name", "light", "dark", "path"), errors))
    if errors:
        raise errors[0]
    return tuple(Colour(row["light"], row["dark"], row["name"], row["path"]) for row in rows)


def given(holders: Sequence[str]) -> dict[str, int]:
    """The number of each holder's colour, the first named having the first."""
    last = len(colours()) - 1
    return {holder: min(at, last) for at, holder in enumerate(dict.fromkeys(holders))}
