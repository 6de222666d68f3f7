"""Countries as UCDP files them (``ucdp_countries.tsv``), and the cells of PRIO-GRID."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor

from thucydides.exports.acled_tables import rows

_REGIONS = ((200, "Americas"), (400, "Europe"), (630, "Africa"), (700, "Middle East"), (1000, "Asia"))
_CELLS = 2  # a degree
_ROWS, _COLUMNS = 180 * _CELLS, 360 * _CELLS


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A country: UCDP's name for it and its number by Gleditsch and Ward."""

    name: str
    number: int

    @property
    def region(self) -> str:
        """UCDP's region: its numbers run by regions."""
        return next(region for below, region in _REGIONS if self.number < below)


@cache
def states() -> dict[str, State]:
    """Countries by ISO 3166-1 alpha-2 code."""
    return {row["id"]: State(name=row["name"], number=int(row["gwno"])) for row in rows("ucdp_countries.tsv", "id", "gwno", "name")}


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID that holds a point: half degrees, counted from 1 at 90° S 180° W eastward, then row by row northward."""
    row = min(floor((lat + 90) * _CELLS), _ROWS - 1)
    column = min(floor((lon + 180) * _CELLS), _COLUMNS - 1)
    return row * _COLUMNS + column + 1
