"""Parting: what leans on each other falls into groups, each of them one event.

The two groups most alike become one, again and again; a stand of many is parted more quickly, one account after the other. Scores are
asked for many pairs at once. What comes of it depends on the accounts and the judgements alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from thucydides.incidents.accounts import Account
from thucydides.incidents.judged import Judged
from thucydides.incidents.rows import Numbers, Pairs
from thucydides.incidents.spreading import batches

CLOSEST = 40  # accounts in a stand that is parted pair by pair, the most alike first
NEVER = float("-inf")
COMPARED = 12  # members of a group, the fullest, that an account is compared with
JOIN = 0.5  # mean log odds above which an account joins a group: a wrong join is worse than a missed one
TOGETHER = 400  # accounts of small stands whose pairs are scored together at most
Floats = NDArray[np.float64]
Scorer = Callable[[Pairs], Floats]
"""Log odds that two accounts are one event, for many pairs at once. What a pair scores depends on nothing but the two, whichever stands
first and whatever is scored with them."""
Group = tuple[Account, ...]
Bound = list[int]  # accounts that are never parted, by their places in a stand, in order


def part(stand: Collection[Account], score: Scorer, judged: Judged) -> list[Group]:
    """Parts a stand into groups. What people judged the same stays together, what they judged different is never together."""
    return part_all([stand], score, judged)[0]


def part_all(stands: Sequence[Collection[Account]], score: Scorer, judged: Judged) -> list[list[Group]]:
    """Parts stands, as if one by one."""
    ordered = [sorted(stand, key=lambda account: account.rank) for stand in stands]
    bounds = [_bound(stand, judged) for stand in ordered]
    found: list[list[Group]] = [[] for _ in stands]
    small = [n for n, its in enumerate(bounds) if len(its) <= CLOSEST]
    for some in batches(small, [len(stand) for stand in ordered], TOGETHER):
        for n, fits in zip(some, _fits_within([ordered[n] for n in some], score), strict=True):
            found[n] = _closest_first(ordered[n], bounds[n], fits, judged)
    for n in set(range(len(stands))).difference(small):
        found[n] = _fullest_first(ordered[n], bounds[n], score, judged)
    return found


def _fits_within(stands: Sequence[Sequence[Account]], score: Scorer) -> list[Floats]:
    """How well the accounts of each stand fit each other."""
    accounts = [account for stand in stands for account in stand]
    firsts = np.cumsum([0, *map(len, stands)]).tolist()
    within = [np.tril_indices(len(stand), -1) for stand in stands]
    ones, others = (np.concatenate([its[side] + first for its, first in zip(within, firsts, strict=False)]) for side in (0, 1))
    scores = _scored(accounts, ones, others, score)
    found = []
    at = 0
    for stand, (mine, its) in zip(stands, within, strict=True):
        fits = np.full((len(stand), len(stand)), NEVER)
        fits[mine, its] = fits[its, mine] = scores[at : at + len(mine)]
        found.append(fits)
        at += len(mine)
    return found


def _scored(accounts: Sequence[Account], ones: Numbers, others: Numbers, score: Scorer) -> Floats:
    """The scores of pairs; two of one report are never one event, so nobody asks."""
    numbers: dict[str, int] = {}
    report = np.array([numbers.setdefault(account.report, len(numbers)) for account in accounts], np.int64)
    found = np.full(len(ones), NEVER)
    asked = np.flatnonzero(report[ones] != report[others])
    if len(asked):
        found[asked] = score(Pairs(accounts, ones[asked], others[asked]))
    return found


# ── the most alike first ─────────────────────────────────────────────────────────────────────────


def _closest_first(stand: Sequence[Account], bounds: Sequence[Bound], fits: Floats, judged: Judged) -> list[Group]:
    """The two groups that are most alike become one, again and again, as long as any are alike enough."""
    groups = [list(bound) for bound in bounds]
    reports = [{stand[n].report for n in group} for group in groups]
    alike = np.full((len(groups), len(groups)), NEVER)  # above the diagonal

    def compare(one: int, other: int) -> None:
        """The mean over the fullest accounts of two groups; never where one report tells both, or somebody judged them different."""
        mine, its = groups[one], groups[other]
        apart = not reports[one].isdisjoint(reports[other]) or judged.apart([stand[n].claim for n in mine], [stand[n].claim for n in its])
        some = [float(fits[a, b]) for a in mine[:COMPARED] for b in its[:COMPARED]] if not apart else [NEVER]
        alike[min(one, other), max(one, other)] = sum(some) / len(some)

    firsts, above = [group[0] for group in groups], np.triu_indices(len(groups), 1)
    alike[above] = fits[np.ix_(firsts, firsts)][above]
    for other in range(len(groups)):  # most are of one account, and of these most are judged by nobody
        told = len(groups[other]) > 1 or bool(judged.different_from(stand[firsts[other]].claim))
        for one in range(len(groups)) if told else ():
            if one != other:
                compare(one, other)
    alive = set(range(len(groups)))
    while len(alive) > 1:
        one, other = divmod(int(alike.argmax()), len(groups))
        if alike[one, other] <= JOIN:
            break
        groups[one] = sorted((*groups[one], *groups[other]))
        reports[one] |= reports[other]
        alive.discard(other)
        alike[other, :] = alike[:, other] = NEVER
        for third in alive - {one}:
            compare(one, third)
    return [tuple(stand[n] for n in groups[at]) for at in sorted(alive)]


# ── one after the other ──────────────────────────────────────────────────────────────────────────


def _fullest_first(stand: Sequence[Account], bounds: Sequence[Bound], score: Scorer, judged: Judged) -> list[Group]:
    """The same for a large stand, more quickly: one after the other joins the group that it fits best."""
    groups = _Groups(stand, judged)
    for first in range(0, len(bounds), CLOSEST):
        some = bounds[first : first + CLOSEST]
        new = np.array([n for bound in some for n in bound[:COMPARED]], np.int64)
        groups.know(new, score)
        for bound in some:
            groups.take(bound)
    return [tuple(stand[n] for n in group) for group in groups.members]


class _Groups:
    """Groups that grow: of each the fullest members are at hand, so that all groups are compared at a stroke."""

    def __init__(self, stand: Sequence[Account], judged: Judged) -> None:
        self._stand = stand
        self._judged = judged
        self.members: list[Bound] = []
        self._fullest = np.full((0, COMPARED), len(stand))  # by group; one beyond the stand where there are fewer
        self._home: dict[int, int] = {}  # by account, its group
        self._telling: dict[str, list[int]] = {}  # by report, the groups that hold one of its claims
        self._place = {account.claim: n for n, account in enumerate(stand)}
        self._fits: dict[int, Floats] = {}  # of accounts that are to be taken in, how well they fit each of the stand

    def know(self, new: Numbers, score: Scorer) -> None:
        """Scores accounts with each other and with the fullest of all groups."""
        old = self._fullest[self._fullest < len(self._stand)]
        among, beside = np.tril_indices(len(new), -1)
        ones = np.concatenate((new[among], np.repeat(new, len(old))))
        others = np.concatenate((new[beside], np.tile(old, len(new))))
        scores = _scored(self._stand, ones, others, score)
        fits = np.zeros((len(new), len(self._stand) + 1))
        where = np.zeros(len(self._stand), np.int64)
        where[new] = np.arange(len(new))
        fits[where[ones], others] = scores
        fits[beside, new[among]] = scores[: len(among)]
        self._fits = {int(n): fits[where[n]] for n in new}

    def take(self, bound: Bound) -> None:
        """Lets accounts that are bound join the group that they fit best, or be one of their own."""
        best = self._best(bound)
        if best is None:
            best = len(self.members)
            self.members.append([])
            if best == len(self._fullest):
                self._fullest = np.concatenate((self._fullest, np.full((max(CLOSEST, best), COMPARED), len(self._stand))))
        self.members[best] = sorted((*self.members[best], *bound))
        fullest = self.members[best][:COMPARED]
        self._fullest[best, : len(fullest)] = fullest
        for n in bound:
            self._home[n] = best
            self._telling.setdefault(self._stand[n].report, []).append(best)

    def _best(self, bound: Bound) -> int | None:
        """The group that fits best, if any does: none where one report tells both, or somebody judged them different."""
        fullest = self._fullest[: len(self.members)]
        if not len(fullest):
            return None
        total: Floats = np.zeros(len(fullest))
        for n in bound[:COMPARED]:
            fits = self._fits[n]
            for nth in fullest.T:  # one by one, so that a sum is the same in whatever company
                total = total + fits[nth]
        mean = total / ((fullest < len(self._stand)).sum(1) * len(bound[:COMPARED]))
        for n in bound:
            mean[self._telling.get(self._stand[n].report, [])] = NEVER
            judged = (self._place.get(claim, -1) for claim in self._judged.different_from(self._stand[n].claim))
            mean[[self._home[other] for other in judged if other in self._home]] = NEVER
        best = int(mean.argmax())
        return best if mean[best] > JOIN else None


def _bound(accounts: Sequence[Account], judged: Judged) -> list[Bound]:
    """Accounts in order, those that people judged the same as one; a pair judged different is never bound, not even by way of others."""
    place = {account.claim: n for n, account in enumerate(accounts)}
    home: dict[int, Bound] = {n: [n] for n in range(len(accounts))}
    for n, account in enumerate(accounts):
        for claim in sorted(judged.same_as(account.claim)):
            one, other = home[n], home.get(place.get(claim, -1))
            if other is None or one is other or judged.apart([accounts[a].claim for a in one], [accounts[b].claim for b in other]):
                continue
            one.extend(other)
            home.update(dict.fromkeys(other, one))
    bound = {id(group): sorted(group) for group in home.values()}
    return sorted(bound.values())
