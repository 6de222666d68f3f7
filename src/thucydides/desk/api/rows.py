"""Incidents as rows of numbers: what is filtered, counted and mapped without asking the archive.

Every column is an array with one value a row. What an incident has several of (countries, parties, arms, places, sources) stands in pair
columns: the row and the number of the name. Days are ordinals (``date.toordinal``), 0 where none is known; numbers of people are -1 where
none is told; points are not-a-number where there is none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thucydides.archive.glancing import Line
from thucydides.archive.selecting import folded
from thucydides.desk.api.names import Names

Array = NDArray[Any]

ROLES = ("initiator", "target", "supporter")
SINGLE: Mapping[str, str] = {
    "id": "S20", "digest": "u4", "first": "i4", "last": "i4", "seen": "i4", "type": "i2", "grade": "i1", "disputed": "?",
    "witnesses": "i4", "reports": "i4", "killed": "i4", "killed_low": "i4", "killed_high": "i4", "wounded": "i4", "wounded_low": "i4",
    "wounded_high": "i4", "lat": "f8", "lon": "f8", "radius_km": "f4", "precision": "i1", "label": "i4", "confidence": "f4",
}  # fmt: skip
"""The columns with one value a row, and their types."""
PAIRED = ("country", "party", "arm", "place", "source", "whole")
"""The pair columns. The number of a party is its name's times three and its role; a whole is a claim that sums the incident up."""
NAMED = ("type", "grade", "precision", "label", *PAIRED)
"""The columns whose numbers stand for names."""


@dataclass(slots=True)
class Vocabulary:
    """The names behind the numbers. Of parties, places, arms and sources a name is a key: id, name, and all names as searched for."""

    names: dict[str, Names] = field(default_factory=lambda: {column: Names() for column in NAMED})

    def __getitem__(self, column: str) -> Names:
        return self.names[column]


def key_of(id_: str | None, name: str, searched: str) -> str:
    """Id, name and all names as searched for, in one."""
    return f"{id_ or ''}\t{' '.join(name.split())}\t{searched}"


@dataclass(frozen=True, slots=True)
class Rows:
    """Some incidents. ``pairs`` are by column the rows, ascending, and the numbers that belong to them."""

    single: dict[str, Array]
    pairs: dict[str, tuple[Array, Array]]

    def __len__(self) -> int:
        return len(self.single["id"])

    def taken(self, wanted: Array) -> Rows:
        """The rows of these numbers, in that order."""
        new = np.full(len(self), -1, dtype=np.int32)
        new[wanted] = np.arange(len(wanted), dtype=np.int32)
        pairs = {}
        for column, (rows, values) in self.pairs.items():
            moved = new[rows]
            kept = np.flatnonzero(moved >= 0)
            order = kept[np.argsort(moved[kept], kind="stable")]
            pairs[column] = moved[order], values[order]
        return Rows({column: values[wanted] for column, values in self.single.items()}, pairs)


def no_rows() -> Rows:
    """No incident at all."""
    nothing = np.zeros(0, dtype=np.int32)
    return Rows({column: np.zeros(0, dtype=type_) for column, type_ in SINGLE.items()}, dict.fromkeys(PAIRED, (nothing, nothing)))


def digest_of(line: Line) -> int:
    """A digest of everything that a row is made of."""
    return zlib.crc32(f"{line.json}{line.confidence}{line.seen}".encode("utf-8", "surrogatepass"))


class Reader:
    """Makes rows of incidents. ``sources`` are by report the number of its outlet."""

    def __init__(self, vocabulary: Vocabulary, sources: Mapping[str, int]) -> None:
        self._vocabulary, self._sources = vocabulary, sources
        self._searched: dict[tuple[str, ...], str] = {}

    def rows(self, lines: Iterable[Line]) -> Rows:
        """The rows of incidents, in their order."""
        single: dict[str, list[Any]] = {column: [] for column in SINGLE}
        pairs: dict[str, tuple[list[int], list[int]]] = {column: ([], []) for column in PAIRED}
        for row, line in enumerate(lines):
            told = json.loads(line.json)
            for column, value in self._single(line, told).items():
                single[column].append(value)
            for column, values in self._paired(told).items():
                for value in dict.fromkeys(values):
                    pairs[column][0].append(row)
                    pairs[column][1].append(value)
        return Rows(
            {column: np.array(values, dtype=SINGLE[column]) for column, values in single.items()},
            {column: (np.array(rows, dtype=np.int32), np.array(values, dtype=np.int32)) for column, (rows, values) in pairs.items()},
        )

    def _single(self, line: Line, told: dict[str, Any]) -> dict[str, Any]:
        event, names = told["event"], self._vocabulary
        when = event["when"] or {}
        where = next((one for one in event["where"] if one["lat"] is not None and one["lon"] is not None), None)
        label = where or next(iter(event["where"]), None)
        return {
            "id": line.id,
            "digest": digest_of(line),
            "first": _ordinal(when.get("start")),
            "last": _ordinal(when.get("end")),
            "type": names["type"].number(event["type"] or ""),
            "grade": names["grade"].number(told["grade"]["incident"]),
            "witnesses": len(told["witnesses"]),
            "reports": len(told["reports"]),
            "disputed": bool(told["disputed"]),
            **_losses(told["losses"], "killed"),
            **_losses(told["losses"], "wounded"),
            "lat": where["lat"] if where else np.nan,
            "lon": where["lon"] if where else np.nan,
            "radius_km": (where["radius_km"] if where else None) or 0.0,
            "precision": names["precision"].number(label["precision"] if label else ""),
            "label": names["label"].number(" ".join(label["name"].split()) if label else ""),
            "confidence": line.confidence,
            "seen": line.seen.toordinal() if line.seen else 0,
        }

    def _paired(self, told: dict[str, Any]) -> dict[str, list[int]]:
        event, names = told["event"], self._vocabulary
        parties = (
            3 * names["party"].number(key_of(p["actor"], p["name"], self._folded(p["name"], *p["names"]))) + ROLES.index(p["role"])
            for p in event["parties"]
            if p["role"] in ROLES
        )
        places = (names["place"].number(key_of(w["place"], w["name"], self._folded(w["name"], *w["aliases"]))) for w in event["where"])
        arms = (names["arm"].number(key_of(one["arm"], one["name"], self._folded(one["name"]))) for one in event["arms"])
        return {
            "country": [names["country"].number(one["country"]) for one in event["where"] if one["country"]],
            "party": list(parties),
            "arm": list(arms),
            "place": list(places),
            "whole": [names["whole"].number(claim) for claim in told["part_of"]],
            "source": [self._sources[report] for report in told["reports"] if report in self._sources],
        }

    def _folded(self, *names: str) -> str:
        found = self._searched.get(names)
        if found is None:
            found = self._searched[names] = folded(*names)
        return found


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _losses(losses: list[dict[str, Any]], status: str) -> dict[str, int]:
    """Likeliest, lowest and highest of the largest group of which a loss is told."""
    most = max((one for one in losses if one["status"] == status), key=lambda one: one["best"], default=None)
    best, low, high = (most["best"], most["low"], most["high"]) if most is not None else (-1, -1, -1)
    return {status: best, f"{status}_low": low, f"{status}_high": high}
