"""Blocking: which accounts are compared at all.

An account stands under keys of its places, its report under keys of its rare names. A key is a number; with a window of days it finds
all that is told of the same neighbourhood at about the same time, and all reports that share rare names. What shares nothing is never
compared: a raid told without a place and without a rare name stays alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from math import ceil, cos, floor, radians
from zlib import crc32

from thucydides.incidents.accounts import NEAR_KM, Account, Sketch, Spot
from thucydides.incidents.terms import RAREST

CELL_DEGREES = 0.5
REACH = 0.7  # of a cell's width at the equator, some 39 km: so far to the east and west a neighbourhood reaches at least
PLACE_DAYS = 6  # how far the days of two accounts of one neighbourhood may be apart
NAMES_DAYS = 90  # how far reports that share two rare names
NAME_DAYS = 10  # or one
FULL_NAME_DAYS = 800  # or two names that stand together: the trial of the gunman
RARE = 11  # rarity from which a name is a key
RARE_NAMES = 24  # keys of a report: its rarest names
RARE_WORDS = 12  # and its rarest other words
ALIKE_KEYS = 4  # reports that share so many are alike: what tells their events far apart may be misread
ALIKE_FULL_NAMES = 2  # or so many names that stand together
REMEMBERED = 10_000  # places, and reports, whose keys are remembered
FULL = 1 << 32
"""Keys of names that stand together are above this, those of single names below."""


def place_keys(account: Account) -> frozenset[int]:
    """The keys of an account's places: the cell of a spot, the province it lies in; of a wide place the province alone."""
    return frozenset(key for spot in account.spots for key in _standing(spot))


def places_asked(account: Account) -> frozenset[int]:
    """The keys under which others of the same neighbourhood stand: cells around its own, the province above, or the villages within."""
    return frozenset(key for spot in account.spots for key in _asked(spot))


@lru_cache(maxsize=REMEMBERED)
def name_keys(sketch: Sketch) -> frozenset[int]:
    """The keys of a report's rare names."""
    terms = sketch.terms
    names, words = _rarest(terms.names, RARE, RARE_NAMES), _rarest(terms.words, RAREST, RARE_WORDS)
    return frozenset((*names, *words, *(FULL + name for name in sketch.full_names)))


def _rarest(terms: Iterable[int], least: int, most: int) -> Iterator[int]:
    """The rarest terms; those of equal rarity by their numbers, so that all reports choose alike."""
    rare = sorted((RAREST - (term & RAREST), term >> 4) for term in terms if term & RAREST >= least)
    return (number for _, number in rare[:most])


def near_by_names(shared: Mapping[str, Collection[int]], days: Mapping[str, int | None], day: int | None) -> Iterator[tuple[str, bool]]:
    """The reports, of those that share keys of names, which share enough for the days between; of each whether it is alike."""
    for report, keys in shared.items():
        its_day = days[report]
        if day is None or its_day is None:
            yield report, len(keys) >= ALIKE_KEYS
            continue
        between = abs(day - its_day)
        full = sum(key >= FULL for key in keys) if between <= FULL_NAME_DAYS else 0
        single = sum(key < FULL for key in keys)
        if between > (NAMES_DAYS if single > 1 else NAME_DAYS):
            single = 0
        if single or full:
            yield report, full >= ALIKE_FULL_NAMES or single + full >= ALIKE_KEYS


@lru_cache(maxsize=REMEMBERED)
def _asked(spot: Spot) -> tuple[int, ...]:
    return *_standing(spot), *_around(spot)


def _standing(spot: Spot) -> Iterator[int]:
    if spot.lat is None or spot.lon is None:
        yield crc32(f"name {spot.name}".encode())
    elif spot.radius_km <= NEAR_KM:
        yield _cell_key(*_cell(spot.lat, spot.lon))
        yield crc32(f"within {spot.country} {spot.admin1}".encode())
    else:
        yield crc32(f"wide {spot.country} {spot.admin1}".encode())


def _around(spot: Spot) -> Iterator[int]:
    if spot.lat is None or spot.lon is None:
        return
    if spot.radius_km > NEAR_KM:
        yield crc32(f"within {spot.country} {spot.admin1}".encode())
        return
    yield crc32(f"wide {spot.country} {spot.admin1}".encode())
    row, column = _cell(spot.lat, spot.lon)
    for its_row in (row - 1, row, row + 1):
        reach = _reach(max(row, its_row, -row, -its_row))
        for its_column in range(column - reach, column + reach + 1):
            yield _cell_key(its_row, its_column)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / CELL_DEGREES), floor(lon / CELL_DEGREES)


def _cell_key(row: int, column: int) -> int:
    return crc32(f"cell {row} {column}".encode())


def _reach(row: int) -> int:
    """How many columns of cells a neighbourhood reaches to either side: meridians draw together towards the poles.

    It depends on the row farther from the equator alone, so that of two cells each is around the other or neither.
    """
    return ceil(REACH / max(0.1, cos(radians(min(90.0, row * CELL_DEGREES)))))
