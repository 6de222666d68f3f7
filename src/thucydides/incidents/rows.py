"""Rows: what is compared of an account by numbers, laid out so that hundreds of pairs are compared at a stroke.

Days are ordinals, an absent number is ``NONE``. Values that are no numbers (places, sides, words) get one, so that what two of them have
in common is reckoned once and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from struct import Struct
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from thucydides.incidents.accounts import Account

NONE = -1
NUMBERED = 200_000
"""How many values, or pairs of values, are remembered at once; beyond that they are forgotten and numbered, or reckoned, anew."""

ROW = np.dtype(
    [
        (name, "<i8")
        for name in (
            "report", "source", "published", "day", "first", "last", "sure", "exact", "killed", "killed_high", "wounded", "wounded_high",
            "among", "denied", "sided", "type", "places", "sides", "things", "arms", "time",
        )
    ]
)  # fmt: skip
_PACKED = Struct(f"<{len(ROW.names or ())}q")
Numbers = NDArray[np.int64]


class Numbering:
    """Numbers for values: equal values have the same as long as they are remembered, no two values ever have the same. Nothing has 0."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}
        self._last = 0

    def number(self, value: Hashable) -> int:
        """The number of a value; 0 for one that is empty or absent."""
        if not value:
            return 0
        found = self._known.get(value)
        if found is None:
            if len(self._known) >= NUMBERED:
                self._known.clear()
            self._last += 1
            found = self._known[value] = self._last
        return found


_TYPES, _PLACES, _SIDES, _THINGS, _ARMS, _TIMES = (Numbering() for _ in range(6))


def row_of(account: Account) -> bytes:
    """The row of an account."""
    first, last = account.first_day, account.last_day
    killed, wounded = account.killed or (NONE, NONE), account.wounded or (NONE, NONE)
    published, day = account.sketch.published, account.day
    sides = (account.initiators, account.targets) if account.initiators or account.targets else None
    values = (
        hash(account.report), hash(account.sketch.source), NONE if published is None else published, NONE if day is None else day,
        NONE if first is None else first, (NONE if first is None else first) if last is None else last,
        account.sure_day, first == last, *killed, *wounded, account.among, account.denied, bool(account.initiators),
        _TYPES.number(account.type), _PLACES.number(account.spots), _SIDES.number(sides), _THINGS.number(account.things),
        _ARMS.number(account.arms), _TIMES.number(account.time_of_day),
    )  # fmt: skip
    return _PACKED.pack(*values)


@dataclass(frozen=True)
class Pairs:
    """Pairs of accounts side by side."""

    ones: Sequence[Account]
    others: Sequence[Account]

    def __len__(self) -> int:
        return len(self.ones)

    @cached_property
    def mine(self) -> NDArray[Any]:
        """The rows of the ones."""
        return np.frombuffer(b"".join([account.row for account in self.ones]), ROW)

    @cached_property
    def its(self) -> NDArray[Any]:
        """The rows of the others."""
        return np.frombuffer(b"".join([account.row for account in self.others]), ROW)

    def both(self, field: str) -> tuple[Numbers, Numbers]:
        """A field of both."""
        return self.mine[field], self.its[field]

    def chosen(self, which: NDArray[np.bool_]) -> Pairs:
        """Those of the pairs that are chosen."""
        at = np.flatnonzero(which).tolist()
        return Pairs([self.ones[n] for n in at], [self.others[n] for n in at])


class Compared:
    """What two values of a numbered field have in common, as a code. Reckoned once for a pair of values, in whatever order."""

    def __init__(self, field: str, compare: Callable[[Account, Account], int]) -> None:
        self._field = field
        self._compare = compare
        self._known: dict[int, int] = {}

    def codes(self, pairs: Pairs) -> Numbers:
        """The code of every pair."""
        mine, its = pairs.both(self._field)
        keys = ((np.minimum(mine, its) << 32) | np.maximum(mine, its)).tolist()
        found = list(map(self._known.get, keys))
        if None in found:
            if len(self._known) >= NUMBERED:
                self._known.clear()
            for n, code in enumerate(found):
                if code is None:
                    found[n] = self._known[keys[n]] = self._compare(pairs.ones[n], pairs.others[n])
        return np.array(found, np.int64)
