"""Rows: what is compared of an account by numbers, laid out so that hundreds of pairs are compared at a stroke.

Days are ordinals, an absent number is ``NONE``. Values that are no numbers (places, sides, words) get one, so that what two of them have
in common is reckoned once and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from struct import Struct
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from thucydides.incidents.accounts import Account

NONE = -1
NUMBERED = 200_000
"""How many values, or pairs of values, are remembered at once; beyond that they are forgotten and numbered, or reckoned, anew."""

SPARSE = 8
"""Values so many times as many, squared, as pairs are looked at pair by pair, not in a table of all that could meet."""

FIELDS = (
    "report", "source", "published", "day", "first", "last", "sure", "exact", "killed", "killed_high", "wounded", "wounded_high",
    "among", "denied", "sided", "type", "places", "sides", "things", "arms", "time",
    "names_told", "words_told", "figures_told", "full_names", "names_stating", "words_stating", "figures_stating", "terms_stating",
)  # fmt: skip
_COLUMNS = {name: n for n, name in enumerate(FIELDS)}
_PACKED = Struct(f"<{len(FIELDS)}q")
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
        *account.sketch.size, *account.telling.size,
    )  # fmt: skip
    return _PACKED.pack(*values)


class Pairs:
    """Pairs among some accounts, each two places in their row, with what is told of both side by side."""

    def __init__(self, accounts: Sequence[Account], ones: Numbers, others: Numbers) -> None:
        self.accounts, self.ones, self.others = accounts, ones, others
        packed = np.frombuffer(b"".join([account.row for account in accounts]), np.int64)
        self._columns: NDArray[np.int64] = np.ascontiguousarray(packed.reshape(len(accounts), len(FIELDS)).T)
        self._codes: dict[str, Numbers] = {}
        self._distinct: dict[str, tuple[list[Any], Numbers]] = {}

    def __len__(self) -> int:
        return len(self.ones)

    def of(self, field: str) -> Numbers:
        """A field of all accounts."""
        column: Numbers = self._columns[_COLUMNS[field]]
        return column

    def both(self, field: str) -> tuple[Numbers, Numbers]:
        """A field of both."""
        column = self.of(field)
        return column[self.ones], column[self.others]

    def codes(self, compared: Compared) -> Numbers:
        """What the two have in common of a field."""
        known = self._codes.get(compared.field)
        if known is None:
            known = self._codes[compared.field] = compared.codes(self)
        return known

    def distinct(self, name: str, of: Callable[[Account], Any]) -> tuple[list[Any], Numbers]:
        """What the accounts have that several of them may share, each once, and for every account its place among these."""
        known = self._distinct.get(name)
        if known is None:
            each = [of(account) for account in self.accounts]
            values = dict(zip(map(id, each), each, strict=True))
            place = dict(zip(values, range(len(values)), strict=True))
            at = np.fromiter(map(place.__getitem__, map(id, each)), np.int64, len(each))
            known = self._distinct[name] = list(values.values()), at
        return known

    def chosen(self, at: Numbers) -> Pairs:
        """Those of the pairs that stand at some places."""
        some = Pairs.__new__(Pairs)
        some.accounts, some.ones, some.others = self.accounts, self.ones[at], self.others[at]
        some._columns, some._distinct = self._columns, self._distinct
        some._codes = {field: codes[at] for field, codes in self._codes.items()}
        return some


def beside(ones: Sequence[Account], others: Sequence[Account]) -> Pairs:
    """Pairs of accounts of two rows, the first with the first and so on."""
    accounts = {id(account): account for account in (*ones, *others)}
    place = {key: n for n, key in enumerate(accounts)}
    at = np.fromiter((place[id(account)] for account in (*ones, *others)), np.int64, 2 * len(ones))
    return Pairs(list(accounts.values()), at[: len(ones)], at[len(ones) :])


class Compared:
    """What two values of a numbered field have in common, as a code. Reckoned once for a pair of values, in whatever order."""

    def __init__(self, field: str, compare: Callable[[Account, Account], int]) -> None:
        self.field = field
        self._compare = compare
        self._known: dict[int, int] = {}

    def codes(self, pairs: Pairs) -> Numbers:
        """The code of every pair."""
        values, at = np.unique(pairs.of(self.field), return_inverse=True)
        cells = at[pairs.ones] * len(values) + at[pairs.others]
        if len(values) ** 2 > SPARSE * len(pairs):
            _, first, of = np.unique(cells, return_index=True, return_inverse=True)
            return self._looked_up(pairs, first)[of]
        some = np.full(len(values) ** 2, NONE)  # a pair for every two values that meet
        some[cells] = np.arange(len(pairs))
        met = np.flatnonzero(some != NONE)
        some[met] = self._looked_up(pairs, some[met])
        found: Numbers = some[cells]
        return found

    def _looked_up(self, pairs: Pairs, at: Numbers) -> Numbers:
        """The codes of the pairs at some places."""
        mine, its = (side[at] for side in pairs.both(self.field))
        keys = ((np.minimum(mine, its) << 32) | np.maximum(mine, its)).tolist()
        found = list(map(self._known.get, keys))
        if None in found:
            if len(self._known) >= NUMBERED:
                self._known.clear()
            accounts, ones, others = pairs.accounts, pairs.ones[at], pairs.others[at]
            for n, code in enumerate(found):
                if code is None:
                    found[n] = self._known[keys[n]] = self._compare(accounts[ones[n]], accounts[others[n]])
        return np.array(found, np.int64)
