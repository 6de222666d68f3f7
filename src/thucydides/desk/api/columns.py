"""All incidents of an archive as columns in memory, in the order of their days, with what is reckoned from them once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from thucydides.desk.api.indexes import Index, index_of
from thucydides.desk.api.rows import ROLES, Array, Rows, Vocabulary
from thucydides.desk.api.spread import Spread

UNDATED = 2**30
"""Stands behind every day in the order of days."""
ORDERS = ("day", "-day", "killed", "witnesses")


@dataclass(frozen=True, slots=True)
class Rosters:
    """What names are shown for ids, and what belongs to what."""

    lineage: Callable[[str], Sequence[str]]  # an actor and all it belongs to
    actor: Callable[[str], str | None]
    arm: Callable[[str], str | None]
    place: Callable[[str], str | None]
    family: Callable[[str], str]  # of a type


class Columns:
    """Incidents sorted by day and id. Never changed: what changes makes new columns."""

    def __init__(self, rows: Rows, vocabulary: Vocabulary, rosters: Rosters, number: int = 0) -> None:
        single = rows.single
        day = np.where(single["first"] > 0, single["first"], single["last"])
        order = np.lexsort((single["id"], np.where(day > 0, day, UNDATED)))
        self.rows = rows.taken(order.astype(np.int32))
        self.vocabulary, self.rosters, self.number = vocabulary, rosters, number
        self.day: Array = day[order]
        self.dated = int(np.count_nonzero(day > 0))  # how many have a day: they stand before those that have none
        self.x, self.y = mercator(self["lon"], self["lat"])
        self.mapped: Array = ~np.isnan(self["lat"])

    @cached_property
    def spread(self) -> Spread:
        """The rows by where they stand on the map."""
        return Spread.of(np.where(self.mapped, self.x, np.nan), self.y)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, column: str) -> Array:
        return self.rows.single[column]

    def named(self, column: str, row: int) -> str:
        """The name in a column of a row."""
        return self.vocabulary[column].of[int(self[column][row])]

    @cached_property
    def by_id(self) -> Array:
        """The rows in the order of their ids."""
        return np.argsort(self["id"], kind="stable").astype(np.int32)

    def rows_of(self, ids: Sequence[str]) -> Array:
        """The rows of those of these ids that there are."""
        wanted = np.array([id_.encode("ascii", "ignore") for id_ in ids], dtype=self["id"].dtype)
        if not len(self) or not len(wanted):
            return np.zeros(0, dtype=np.int32)
        at = np.searchsorted(self["id"], wanted, sorter=self.by_id)
        found = self.by_id[np.minimum(at, len(self) - 1)]
        same: Array = found[self["id"][found] == wanted]
        return same

    def ids(self, rows: Array) -> list[str]:
        """The ids of rows."""
        return [id_.decode() for id_ in self["id"][rows].tolist()]

    @cached_property
    def orders(self) -> Mapping[str, tuple[Array, Array]]:
        """By order the rows in it and, row by row in it, the key that it is sorted by, ascending; of one key rows stand as by day."""
        dated = np.where(self.day > 0, self.day, UNDATED).astype(np.int64)
        keys = {
            "day": dated,
            "-day": np.where(self.day > 0, -self.day.astype(np.int64), UNDATED),
            "killed": -self["killed"].astype(np.int64),
            "witnesses": -self["witnesses"].astype(np.int64),
        }
        orders = {}
        for name, key in keys.items():
            order = np.argsort(key, kind="stable").astype(np.int32)
            orders[name] = (order, key[order])
        return orders

    @cached_property
    def indexes(self) -> Mapping[str, Index]:
        """The indexes: country, actor (with all it belongs to), the same of one role, arm, place and source."""
        found = {
            column: index_of(self.vocabulary[column], *self.rows.pairs[column], above=_alone, label=label)
            for column, label in (("arm", self.rosters.arm), ("place", self.rosters.place), ("source", _unknown))
        }
        rows, parties = self.rows.pairs["party"]
        names, roles = parties // 3, parties % 3
        wanted = {"actor": roles >= 0, **{role: roles == number for number, role in enumerate(ROLES[:2])}}
        for role, of in wanted.items():
            above, label = self.rosters.lineage, self.rosters.actor
            found[role] = index_of(self.vocabulary["party"], rows[of], names[of], above=above, label=label)
        countries = self.vocabulary["country"]
        found["country"] = Index(countries, countries.of, *self.rows.pairs["country"])
        return found

    def parts_of(self, claims: Sequence[str]) -> Array:
        """The rows of the incidents that any of these claims sums up."""
        names = self.vocabulary["whole"]
        numbers = [number for claim in claims if (number := names.known(claim)) is not None]
        rows, wholes = self.rows.pairs["whole"]
        return np.unique(rows[np.isin(wholes, numbers)])

    @cached_property
    def families(self) -> tuple[list[str], Array]:
        """The families of types, and by number of a type that of its family."""
        names: list[str] = []
        of = []
        for type_ in self.vocabulary["type"]:
            family = self.rosters.family(type_)
            if family not in names:
                names.append(family)
            of.append(names.index(family))
        return names, np.array(of, dtype=np.int64)


def _alone(_: str) -> Sequence[str]:
    return ()


def _unknown(_: str) -> None:
    return None


def mercator(lon: Array, lat: Array) -> tuple[Array, Array]:
    """Points of the web's map: 0 to 1 eastward and southward; latitudes beyond its edge stand at the edge."""
    with np.errstate(invalid="ignore"):
        bounded = np.radians(np.clip(lat, -85.0511, 85.0511))
        return (lon + 180.0) / 360.0, (1.0 - np.arcsinh(np.tan(bounded)) / np.pi) / 2.0
