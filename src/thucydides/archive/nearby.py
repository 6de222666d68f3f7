"""Which accounts of the tables are near one: told of its neighbourhood at about its time, or by reports that share rare names with its own.

The rules are those of :mod:`thucydides.incidents.blocking`. Accounts and reports without a day stand at day 0 and are found from any day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thucydides.archive.recent import Recent
from thucydides.archive.tables import BOUNDS
from thucydides.archive.unshelving import listed, parts
from thucydides.incidents import blocking
from thucydides.incidents.accounts import Account, Sketch
from thucydides.incidents.bounds import Bounds, meeting

UNDATED_MOST = 1000
"""How many of those without a day are looked at by who shares their keys; how many of a key are looked at by who tells no day itself."""


@dataclass(slots=True)
class _Named:
    """The accounts of all reports near one by names: the numbers of their claims, a row of bounds for each, whether its report is alike."""

    sketch: Sketch
    claims: NDArray[np.int64]
    bounds: NDArray[np.float64]
    alike: NDArray[np.bool_]


class Nearby:
    """Asks by a cursor of the database; ``stored`` gives the accounts of claims by their numbers.

    ``told`` remembers the accounts of reports that were near: for each its claim's number and its bounds. What is near is the same
    until something is written, when :meth:`forget` is to be called.
    """

    def __init__(self, cursor: Any, stored: Callable[[Iterable[int]], dict[int, Account]], told: Recent[int, NDArray[np.float64]]) -> None:
        self._cursor = cursor
        self._stored = stored
        self._told = told
        self._placed: dict[tuple[frozenset[int], int | None], dict[int, Account]] = {}
        self._named: _Named | None = None  # of the report asked last: the same for each of its accounts

    def of(self, account: Account) -> dict[int, Account]:
        """All accounts near one, by the numbers of their claims; of those that share names alone, whom its bounds meet."""
        return self._in_place(account) | self._by_names(account)

    def forget(self) -> None:
        """What is near is to be looked for anew, because the tables change."""
        self._placed.clear()
        self._named = None

    def _column(self, statement: str) -> list[int]:
        """The numbers that a statement finds. It is asked hundreds of times a second, so it is plain, with its numbers in it."""
        self._cursor.execute(statement)
        return [number for (number,) in self._cursor.fetchall()]

    def _in_place(self, account: Account) -> dict[int, Account]:
        """The accounts of its neighbourhood, about its time. Much of what is told in a turn is of one place and day."""
        keys, day = blocking.places_asked(account), account.day
        found = self._placed.get((keys, day))
        if found is None:
            found = self._placed[keys, day] = self._stored(self._numbers_in_place(keys, day))
        return found

    def _numbers_in_place(self, keys: Collection[int], day: int | None) -> Iterable[int]:
        if not keys:
            return ()
        if day is None:
            return self._of_any_day("claim", "account_keys", keys)
        between = f"day BETWEEN {day - blocking.PLACE_DAYS} AND {day + blocking.PLACE_DAYS}"
        undated = _undated("claim", "account_keys", keys)
        return self._column(f"SELECT claim FROM account_keys WHERE key IN ({listed(keys)}) AND {between} UNION {undated}")

    def _by_names(self, account: Account) -> dict[int, Account]:
        """The accounts of all reports near by names, whom its bounds meet."""
        if self._named is None or self._named.sketch is not account.sketch:
            self._named = self._named_near(account.sketch)
        named = self._named
        return self._stored(named.claims[meeting(account.bounds, named.bounds, named.alike)].tolist())

    def _named_near(self, sketch: Sketch) -> _Named:
        """All accounts of the reports near by names, with their bounds."""
        near = self._reports_by_names(sketch)
        found = {report: told for report in near if (told := self._told.get(report)) is not None}
        told_of = f"SELECT report, claim, {', '.join(BOUNDS)} FROM accounts"
        for many in parts(report for report in near if report not in found):
            self._cursor.execute(f"{told_of} WHERE report IN ({listed(many)}) ORDER BY report")
            for report, rows in groupby(self._cursor.fetchall(), itemgetter(0)):
                found[report] = np.array([row[1:] if row[-1] is not None else (row[1], *Bounds()) for row in rows])
                self._told.put(report, found[report])
        told = np.concatenate((np.empty((0, 1 + len(Bounds._fields))), *found.values()))
        alike = np.repeat([near[report] for report in found], [len(its) for its in found.values()])
        return _Named(sketch, told[:, 0].astype(np.int64), told[:, 1:], alike.astype(np.bool_))

    def _reports_by_names(self, sketch: Sketch) -> dict[int, bool]:
        """The numbers of the reports that share enough rare names for the days between: the rule of :func:`blocking.near_by_names`."""
        keys, day = blocking.name_keys(sketch), sketch.published
        if not keys:
            return {}
        if day is None:
            shared = Counter(self._of_any_day("report", "sketch_keys", keys))
            return {report: many >= blocking.ALIKE_KEYS for report, many in shared.items()}
        asked = [f"SELECT report, 1 AS keys, 0 AS whole FROM ({_undated('report', 'sketch_keys', keys)}) AS found"]
        single = [key for key in keys if key < blocking.FULL]
        full = [key for key in keys if key >= blocking.FULL]
        if full:
            between = f"day BETWEEN {day - blocking.FULL_NAME_DAYS} AND {day + blocking.FULL_NAME_DAYS}"
            asked.append(f"SELECT report, count(*), count(*) FROM sketch_keys WHERE key IN ({listed(full)}) AND {between} GROUP BY report")
        if single:
            between = f"day BETWEEN {day - blocking.NAMES_DAYS} AND {day + blocking.NAMES_DAYS}"
            enough = f"count(*) > 1 OR min(day) BETWEEN {day - blocking.NAME_DAYS} AND {day + blocking.NAME_DAYS}"
            asked.append(
                f"SELECT report, count(*), 0 FROM sketch_keys WHERE key IN ({listed(single)}) AND {between} GROUP BY report HAVING {enough}"
            )
        alike = f"sum(keys) >= {blocking.ALIKE_KEYS} OR max(whole) >= {blocking.ALIKE_FULL_NAMES}"
        self._cursor.execute(f"SELECT report, {alike} FROM ({' UNION ALL '.join(asked)}) AS shared GROUP BY report")
        return {report: bool(is_alike) for report, is_alike in self._cursor.fetchall()}

    def _of_any_day(self, of: str, table: str, keys: Iterable[int]) -> Iterator[int]:
        """What stands under keys on any day, the latest first, of every key up to a bound."""
        for key in sorted(keys):
            yield from self._column(f"SELECT {of} FROM {table} WHERE key = {key} ORDER BY day DESC, {of} DESC LIMIT {UNDATED_MOST}")


def _undated(of: str, table: str, keys: Iterable[int]) -> str:
    """Asks for what stands under keys without a day, up to a bound."""
    where = f"WHERE key IN ({listed(keys)}) AND day = 0"
    return f"SELECT {of} FROM (SELECT {of} FROM {table} {where} ORDER BY key, {of} LIMIT {UNDATED_MOST}) AS undated"
