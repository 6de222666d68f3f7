"""Filters as masks over the columns: true where an incident is asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date, timedelta

import numpy as np

from thucydides.archive.selecting import folded
from thucydides.desk.api.asked import Asked
from thucydides.desk.api.columns import Columns
from thucydides.desk.api.rows import Array

KEPT_BYTES = 64_000_000
"""How much memory masks may take that may be asked for again."""
FACETS = ("type", "country", "actor", "arm", "source", "grade", "place")
"""The fields of which several values may be asked for."""


class Masks:
    """The masks of one set of columns; those asked for lately are remembered."""

    def __init__(self, columns: Columns, stating: Callable[[str], list[str]], told_until: date | None) -> None:
        self.columns, self._stating = columns, stating
        self.told_until = told_until
        self._lately: OrderedDict[Hashable, Array] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, asked: Asked) -> Array:
        """The mask of a filter."""
        return self._remembered(asked, lambda: self._all(asked))

    def _all(self, asked: Asked) -> Array:
        mask = self._term("may be told", self._may_be_told)
        terms: list[tuple[Hashable, Callable[[], Array]]] = []
        for field in FACETS:
            values = getattr(asked, field)
            if values:
                role = asked.role if field == "actor" else None
                terms.append(((field, values, role), lambda f=field, v=values, r=role: self._any(f, v, r)))  # type: ignore[misc]
        if asked.q:
            words = asked.q
            terms.append((("q", words), lambda: self._with_words(words)))
        if asked.since or asked.until or asked.undated:
            terms.append((("days", asked.since, asked.until, asked.undated), lambda: self._within(asked)))
        if asked.box:
            terms.append((("box", asked.box), lambda: self._boxed(asked.box)))
        if asked.disputed:
            terms.append(("disputed", lambda: self.columns["disputed"]))
        if asked.mapped:
            terms.append(("mapped", lambda: self.columns.mapped))
        if asked.least is not None:
            terms.append((("least", asked.least), lambda: self.columns["confidence"] >= np.float32(asked.least or 0.0)))
        for name, make in terms:
            mask = mask & self._term(name, make)
        return mask

    def _term(self, name: Hashable, make: Callable[[], Array]) -> Array:
        return self._remembered(("term", name), make)

    def _remembered(self, name: Hashable, make: Callable[[], Array]) -> Array:
        with self._lock:
            found = self._lately.get(name)
            if found is not None:
                self._lately.move_to_end(name)
                return found
        made = make()
        with self._lock:
            self._lately[name] = made
            while len(self._lately) > 4 and len(self._lately) * len(self.columns) > KEPT_BYTES:
                self._lately.popitem(last=False)
        return made

    # ── terms ────────────────────────────────────────────────────────────────────────────────────

    def _may_be_told(self) -> Array:
        """All but what was seen too lately to be told."""
        if self.told_until is None:
            return np.ones(len(self.columns), dtype=bool)
        seen = self.columns["seen"]
        return (seen > 0) & (seen <= self.told_until.toordinal())

    def _any(self, field: str, values: tuple[str, ...], role: str | None) -> Array:
        if field in ("type", "grade"):
            names = self.columns.vocabulary[field]
            wanted = {value.casefold() for value in values}
            numbers = [number for number, name in enumerate(names) if name.casefold() in wanted]
            found: Array = np.isin(self.columns[field], numbers)
            return found
        mask = np.zeros(len(self.columns), dtype=bool)
        for value in values:
            mask[self._rows(field, value, role)] = True
        return mask

    def _rows(self, field: str, value: str, role: str | None) -> Array:
        """The rows of an id, else of words of a name."""
        index = self.columns.indexes[role if field == "actor" and role else field]
        for spelt in (value, value.casefold()):
            key = index.keys.known(spelt)
            if key is not None:
                return index.rows([key])
        if field == "country":
            return index.rows([])
        column = "party" if field == "actor" else field
        words = folded(value).strip()
        if not words:
            return index.rows([])
        sought = f" {words} "
        numbers = [number for number, name in enumerate(self.columns.vocabulary[column]) if sought in name.split("\t", 2)[2]]
        rows, names = self.columns.rows.pairs[column]
        if field == "actor":
            roles, names = names % 3, names // 3
            if role:
                at = roles == ("initiator", "target").index(role)
                rows, names = rows[at], names[at]
        found: Array = rows[np.isin(names, numbers)]
        return found

    def _with_words(self, words: str) -> Array:
        mask = np.zeros(len(self.columns), dtype=bool)
        mask[self.columns.rows_of(self._stating(words))] = True
        return mask

    def _within(self, asked: Asked) -> Array:
        first, last = self.columns["first"], self.columns["last"]
        mask: Array = (first > 0) | (last > 0)
        if asked.undated:
            return ~mask
        if asked.since:
            mask = mask & ((last >= asked.since.toordinal()) | (last == 0))
        if asked.until:
            mask = mask & ((first <= asked.until.toordinal()) | (first == 0))
        return mask

    def _boxed(self, box: tuple[float, float, float, float] | None) -> Array:
        assert box is not None
        west, south, east, north = box
        lat, lon = self.columns["lat"], self.columns["lon"]
        along = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        return along & (lat >= south) & (lat <= north)


def told_until(today: date, delay_days: int) -> date | None:
    """The last day of which anything may be told; ``None`` where nothing is kept back."""
    return today - timedelta(days=delay_days) if delay_days > 0 else None
