"""Which rows a name belongs to, both ways: rows of some names, and counts of all names among some rows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from thucydides.desk.api.names import Names
from thucydides.desk.api.rows import Array

NAMELESS = "name:"
"""What stands before a name that no roster knows, where it is asked for exactly."""


class Index:
    """Rows under names. A row stands under a name once at most."""

    def __init__(self, keys: Names, labels: Sequence[str], rows: Array, values: Array) -> None:
        order = np.argsort(values, kind="stable")
        self.keys, self.labels = keys, labels
        self._rows, self._values = rows[order], values[order]
        self._starts = np.searchsorted(self._values, np.arange(len(keys) + 1))

    def rows(self, keys: Iterable[int]) -> Array:
        """The rows under any of some names."""
        found = [self._rows[self._starts[key] : self._starts[key + 1]] for key in keys]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int32)

    def counts(self, mask: Array) -> Array:
        """By name how many of the rows of a mask stand under it."""
        return np.bincount(self._values[mask[self._rows]], minlength=len(self.keys))

    def of_rows(self, wanted: Iterable[int]) -> dict[int, list[str]]:
        """The names of a few rows."""
        numbers = np.array(list(wanted), dtype=np.int32)
        at = np.flatnonzero(np.isin(self._rows, numbers))
        found: dict[int, list[str]] = {}
        for row, value in zip(self._rows[at], self._values[at], strict=True):
            found.setdefault(int(row), []).append(self.keys.of[value])
        return found


def index_of(
    names: Names, rows: Array, values: Array, *, above: Callable[[str], Sequence[str]], label: Callable[[str], str | None]
) -> Index:
    """An index of pairs by what their names lead to: a name's id and all ``above`` it, or the name itself where it has no id.

    ``names`` are keys of ``rows.key_of``; ``label`` gives the name to show of an id, else it is the one most often told.
    """
    keys = Names()
    labels: list[str] = []
    most: list[int] = []  # how often that name is told; a name of the roster yields to none
    leads_to: list[list[int]] = []
    often = np.bincount(values, minlength=len(names.of)).tolist()
    for times, name in zip(often, names.of, strict=True):
        id_, told, _ = name.split("\t", 2)
        found = []
        for one in (above(id_) or (id_,)) if id_ else (NAMELESS + told.casefold(),):
            number = keys.number(one)
            if number == len(labels):
                known = label(one) if id_ else None
                labels.append(known or told)
                most.append(sys.maxsize if known else times)
            elif times > most[number]:
                labels[number], most[number] = told, times
            found.append(number)
        leads_to.append(found)
    lengths = np.array([len(found) for found in leads_to], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    flat = np.array([number for found in leads_to for number in found], dtype=np.int64)
    each = lengths[values] if len(values) else np.zeros(0, dtype=np.int64)
    spread = np.repeat(rows.astype(np.int64), each)
    within = np.arange(len(spread)) - np.repeat(np.cumsum(each) - each, each)
    led = flat[np.repeat(starts[values], each) + within] if len(spread) else np.zeros(0, dtype=np.int64)
    both = np.unique(spread * max(1, len(keys)) + led)
    return Index(keys, labels, (both // max(1, len(keys))).astype(np.int32), (both % max(1, len(keys))).astype(np.int32))
