"""Merging: accounts that speak of one event become one group.

Every account *leans* on the fuller account that it is most like, if it is likely the same event; what leans on each other is a stand
of accounts (:mod:`stands`), and a stand is parted into groups (:mod:`parting`): an account joins the group that it fits best as a
whole, and none that holds one judged different from it. All of this depends on the set of accounts and judgements alone, not on the
order in which they came, and a new account touches only the stands of its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby, pairwise

import numpy as np

from thucydides.incidents.accounts import Account, Rank
from thucydides.incidents.judged import Judged
from thucydides.incidents.parting import Group, Scorer, part_all
from thucydides.incidents.rows import Pairs
from thucydides.incidents.shelf import InMemory, Shelf
from thucydides.incidents.spreading import batches, spread
from thucydides.incidents.stands import LEAN, Ties

RULES = "4"  # another one whenever the same accounts would fall into other groups than before, or other ones were kept of them
WORTH_SHARING = 250  # accounts; fewer are done sooner than another process begins
TOGETHER = 40  # accounts that are compared with those near them at a stroke
PAIRS = 20_000  # fewer accounts where they make more pairs than this
Beside = tuple[Account, Sequence[Account]]  # an account, and others that it is compared with
Likely = list[tuple[str, Rank, float]]  # which of those others are likely the same: their claims, their ranks, their scores


class Merger:
    """Keeps a shelf of accounts merged. ``add`` and ``remove`` as often as wanted, then ``settle`` gives the groups that changed.

    Of many accounts added at once, and many stands, ``processes`` share the work; what comes of it is the same.
    """

    def __init__(self, shelf: Shelf, score: Scorer, judged: Judged | None = None, processes: int = 1) -> None:
        self._shelf = shelf
        self._score = score
        self._judged = judged or Judged()
        self._processes = processes
        self._ties = Ties(shelf, self._judged)

    def add(self, account: Account) -> None:
        """Takes an account in: it leans on its best neighbour, and less full neighbours that it is more like now lean on it."""
        self.add_all([account])

    def add_all(self, accounts: Sequence[Account]) -> None:
        """Takes accounts in, as if one by one."""
        self._shelf.expect([account.claim for account in accounts])
        shares = self._shares(len(accounts)) if self._shelf.readable_elsewhere else 1
        found = spread(partial(self._looked, accounts), _of_reports(accounts), shares, self._shelf.reopen)
        likely = list(chain.from_iterable(found))
        for account in accounts:
            self._shelf.put(account)
            self._ties.touch(account.claim)
        self._shelf.accounts({other for its in likely for other, _, _ in its})  # so that they are read together
        for account, its in zip(accounts, likely, strict=True):
            self._lean(account, its)

    def _lean(self, account: Account, likely: Likely) -> None:
        """Lets an account lean on the likeliest that is fuller, and others on it to whom it is likelier than whom they lean on."""
        leader: tuple[float, Rank, str] | None = None
        for other, rank, score in likely:
            if rank < account.rank:
                leader = min(leader or (0.0, rank, ""), (-score, rank, other))
            elif self._better(score, account, *self._shelf.leader(other)):
                self._ties.lean(other, account.claim, score)
        if leader is not None:
            self._ties.lean(account.claim, leader[2], -leader[0])

    def remove(self, claim: str) -> None:
        """Lets an account go; who leaned on it leans on the next best."""
        followers = list(self._shelf.followers(claim))
        for one in (claim, *followers):
            self._ties.remember(one)
        self._ties.touch(claim)
        self._shelf.drop(claim)
        for follower in followers:
            self.reconsider(follower)

    def reconsider(self, claim: str) -> None:
        """Finds anew whom an account leans on: after a judgement, or when its leader is gone."""
        account = self._shelf.get(claim)
        if account is None:
            return
        self._ties.touch(claim)
        fuller = [other for other in self._others(account, self._shelf) if other.rank < account.rank]
        best = min(((-score, rank, other) for other, rank, score in self._likely([(account, fuller)])[0]), default=None)
        self._ties.lean(claim, *((None, 0.0) if best is None else (best[2], -best[0])))

    def settle(self) -> Iterator[tuple[tuple[str, ...], list[Group]]]:
        """Every stand that was touched since the last time: its claims, and the groups into which it falls now."""
        found = [list(claims) for claims in self._ties.stands()]
        accounts = self._shelf.accounts({claim for claims in found for claim in claims})
        stands = [stand for claims in found if (stand := [accounts[claim] for claim in claims if claim in accounts])]
        stands.sort(key=len)  # the small ones are parted together, the large ones fall to all processes
        shares = self._shares(len(accounts))
        many = [stands[n::shares] for n in range(shares)]
        for some, parted in zip(many, spread(self._parted, many, shares), strict=True):
            for stand, groups in zip(some, parted, strict=True):
                named = {account.claim: account for account in stand}
                yield tuple(named), [tuple(named[claim] for claim in group) for group in groups]

    def _shares(self, many: int) -> int:
        """Among how many processes so many accounts are shared."""
        return self._processes if many >= WORTH_SHARING else 1

    def _parted(self, many: Sequence[Sequence[Sequence[Account]]]) -> list[list[list[tuple[str, ...]]]]:
        """The groups of stands, by claims."""
        return [
            [[tuple(account.claim for account in group) for group in groups] for groups in part_all(stands, self._score, self._judged)]
            for stands in many
        ]

    def _looked(self, accounts: Sequence[Account], share: Sequence[range]) -> list[list[Likely]]:
        """For stretches of accounts that are to be added: of each account who is likely the same, of the shelf and of those before it."""
        mine = {its.start for its in share}
        before = InMemory()
        beside: dict[int, Beside] = {}
        for report in _of_reports(accounts):
            if report.start in mine:
                beside.update((n, (accounts[n], self._others(accounts[n], self._shelf, before))) for n in report)
            for n in report:
                before.put(accounts[n])
        # Those of one neighbourhood are compared together, because much the same others are near them.
        order = sorted(beside, key=lambda n: _neighbourhood(accounts[n]))
        found: dict[int, Likely] = {}
        for batch in batches(order, {n: len(near) for n, (_, near) in beside.items()}, PAIRS, TOGETHER):
            found.update(zip(batch, self._likely([beside[n] for n in batch]), strict=True))
        return [[found[n] for n in its] for its in share]

    def _others(self, account: Account, *shelves: Shelf) -> list[Account]:
        """All on some shelves that an account is compared with: who is near, but for those whom people judged different."""
        near = [other for shelf in shelves for other in shelf.near(account)]
        different = self._judged.different_from(account.claim)
        return [other for other in near if other.claim not in different] if different else near

    def _likely(self, beside: Sequence[Beside]) -> list[Likely]:
        """Of accounts and those near them which are likely the same."""
        ones = [account for account, _ in beside]
        others = list(chain.from_iterable(near for _, near in beside))
        sizes = [len(near) for _, near in beside]
        ends = np.cumsum(sizes)
        accounts = {id(account): account for account in ones} | dict(zip(map(id, others), others, strict=True))
        place = dict(zip(accounts, range(len(accounts)), strict=True))
        mine = np.repeat([place[id(account)] for account in ones], sizes)
        its = np.fromiter(map(place.__getitem__, map(id, others)), np.int64, len(others))
        found: list[Likely] = [[] for _ in beside]
        if not others:
            return found
        scores = self._score(Pairs(list(accounts.values()), mine, its))
        likely = np.flatnonzero(scores > LEAN)
        for n, at, score in zip(np.searchsorted(ends, likely, "right").tolist(), likely.tolist(), scores[likely].tolist(), strict=True):
            if others[at].report != ones[n].report:  # which tells them as two
                found[n].append((others[at].claim, others[at].rank, score))
        return found

    def _better(self, score: float, account: Account, leader: str | None, before: float) -> bool:
        if leader is None or score != before:
            return score > before or leader is None
        led_by = self._shelf.get(leader)
        return led_by is None or account.rank < led_by.rank

    def touch(self, claim: str) -> None:
        """Marks an account whose stand is to be settled, though nobody leans otherwise."""
        self._ties.touch(claim)


def merge(accounts: Iterable[Account], score: Scorer, judged: Judged | None = None) -> list[Group]:
    """All groups of a set of accounts, each fullest first, in the order of their fullest accounts."""
    merger = Merger(InMemory(), score, judged)
    for _, its in groupby(accounts, lambda account: account.report):
        merger.add_all(list(its))
    return sorted((group for _, groups in merger.settle() for group in groups), key=lambda group: group[0].rank)


def _of_reports(accounts: Sequence[Account]) -> list[range]:
    """Where the accounts of each report stand among accounts that come report by report."""
    firsts = [n for n, account in enumerate(accounts) if not n or account.sketch is not accounts[n - 1].sketch]
    return [range(first, last) for first, last in pairwise((*firsts, len(accounts)))]


def _neighbourhood(account: Account) -> tuple[str, str, str]:
    """Accounts in this order stand beside those of the same place."""
    spot = account.spots[0] if account.spots else None
    return (spot.country or "", spot.admin1 or "", spot.name) if spot else ("", "", account.report)
