"""Merging: accounts that speak of one event become one group.

Every account *leans* on the fuller account that it is most like, if it is likely the same event; what leans on each other is a stand
of accounts, and a stand is parted into groups, the fullest first: an account joins the group that it fits best as a whole, and none that
holds one judged different from it. All of this depends on the set of accounts and judgements alone, not on the order in which they came,
and a new account touches only the stands of its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from thucydides.incidents.accounts import Account
from thucydides.incidents.shelf import InMemory, Shelf
from thucydides.incidents.spreading import spread
from thucydides.record import Judgement, Verdict

CLOSEST = 40  # accounts in a stand that is parted pair by pair, the most alike first
NEVER = float("-inf")
COMPARED = 12  # members of a group, the fullest, that an account is compared with
JOIN = 0.5  # mean log odds above which an account joins a group: a wrong join is worse than a missed one
LEAN = 0.0  # log odds above which an account leans on another
WORTH_SHARING = 50  # accounts; fewer are done sooner than another process begins
Scorer = Callable[[Sequence[Account], Sequence[Account]], Sequence[float]]
"""Log odds that two accounts are one event, for many pairs at once: the ones, and beside each the other. What a pair scores depends on
nothing but the two, whichever stands first and whatever is scored with them."""
Beside = tuple[Account, Sequence[Account]]  # an account, and others that it is compared with
Pair = frozenset[str]
Group = tuple[Account, ...]


class Judged:
    """What people judged of pairs of claims: the same event or not. The later judgement of a pair stands."""

    def __init__(self, verdicts: Mapping[Pair, bool] | None = None) -> None:
        self._verdicts = dict(verdicts or {})
        self._same: dict[str, dict[str, None]] = {}
        for pair, same in self._verdicts.items():
            if same and len(pair) == 2:
                one, other = sorted(pair)
                self._same.setdefault(one, {})[other] = None
                self._same.setdefault(other, {})[one] = None

    @classmethod
    def by_people(cls, judgements: Iterable[Judgement]) -> Judged:
        """What people judged, in the order in which they did: of contradictory judgements the last one stands."""
        said = {frozenset((j.one, j.other)): j.verdict for j in judgements}
        return cls({pair: verdict is Verdict.SAME for pair, verdict in said.items() if verdict in (Verdict.SAME, Verdict.DIFFERENT)})

    def different(self, one: str, other: str) -> bool:
        """Whether two claims were judged different."""
        return bool(self._verdicts) and self._verdicts.get(frozenset((one, other))) is False

    def same_as(self, claim: str) -> Collection[str]:
        """The claims that were judged the same event as this one."""
        return self._same.get(claim, ())


class Merger:
    """Keeps a shelf of accounts merged. ``add`` and ``remove`` as often as wanted, then ``settle`` gives the groups that changed.

    Of many accounts added at once, and many stands, ``processes`` share the work; what comes of it is the same.
    """

    def __init__(self, shelf: Shelf, score: Scorer, judged: Judged | None = None, processes: int = 1) -> None:
        self._shelf = shelf
        self._score = score
        self._judged = judged or Judged()
        self._processes = processes
        self._touched: dict[str, None] = {}

    def add(self, account: Account) -> None:
        """Takes an account in: it leans on its best neighbour, and less full neighbours that it is more like now lean on it."""
        self.add_all([account])

    def add_all(self, accounts: Sequence[Account]) -> None:
        """Takes accounts in, as if one by one."""
        beside: list[Beside] = []
        for account in accounts:
            beside.append((account, self._others(account)))
            self._shelf.put(account)
            self._touched[account.claim] = None
        for (account, near), likely in zip(beside, spread(self._likely, beside, self._shares(len(beside))), strict=True):
            self._lean(account, [(near[n], score) for n, score in likely])

    def _lean(self, account: Account, likely: Iterable[tuple[Account, float]]) -> None:
        """Lets an account lean on the likeliest that is fuller, and others on it to whom it is likelier than whom they lean on."""
        leader: tuple[float, tuple[int, int, str, str], str] | None = None
        for other, score in likely:
            if other.rank < account.rank:
                leader = min(leader or (0.0, other.rank, ""), (-score, other.rank, other.claim))
            elif self._better(score, account, *self._shelf.leader(other.claim)):
                self._touch(other.claim)
                self._shelf.lean(other.claim, account.claim, score)
        if leader is not None:
            self._shelf.lean(account.claim, leader[2], -leader[0])

    def remove(self, claim: str) -> None:
        """Lets an account go; who leaned on it leans on the next best."""
        followers = list(self._shelf.followers(claim))
        self._touch(claim)
        self._shelf.drop(claim)
        self._touched.pop(claim, None)
        for follower in followers:
            self.reconsider(follower)

    def reconsider(self, claim: str) -> None:
        """Finds anew whom an account leans on: after a judgement, or when its leader is gone."""
        account = self._shelf.get(claim)
        if account is None:
            return
        self._touch(claim)
        fuller = [other for other in self._others(account) if other.rank < account.rank]
        likely = self._likely([(account, fuller)])[0]
        best = min(((-score, fuller[n].rank, fuller[n].claim) for n, score in likely), default=None)
        self._shelf.lean(claim, *((None, 0.0) if best is None else (best[2], -best[0])))

    def settle(self) -> Iterator[tuple[tuple[str, ...], list[Group]]]:
        """Every stand that was touched since the last time: its claims, and the groups into which it falls now."""
        done: set[str] = set()
        stands: list[list[Account]] = []
        for claim in self._touched:
            if claim in done or self._shelf.get(claim) is None:
                continue
            claims = self._stand(claim)
            done.update(claims)
            stands.append([account for account in map(self._shelf.get, claims) if account is not None])
        self._touched.clear()
        for stand, groups in zip(stands, spread(self._parted, stands, self._shares(len(done))), strict=True):
            named = {account.claim: account for account in stand}
            yield tuple(named), [tuple(named[claim] for claim in group) for group in groups]

    def _shares(self, many: int) -> int:
        """Among how many processes so many accounts are shared."""
        return self._processes if many >= WORTH_SHARING else 1

    def _parted(self, stands: Sequence[Sequence[Account]]) -> list[list[tuple[str, ...]]]:
        """The groups of stands, by claims."""
        return [[tuple(account.claim for account in group) for group in part(stand, self._score, self._judged)] for stand in stands]

    def _others(self, account: Account) -> list[Account]:
        """All that an account is compared with: who is near, but for those whom people judged different."""
        return [other for other in self._shelf.near(account) if not self._judged.different(account.claim, other.claim)]

    def _likely(self, beside: Sequence[Beside]) -> list[list[tuple[int, float]]]:
        """Of accounts and those near them which are likely the same, by their places, each with its score."""
        found = []
        for account, near in beside:
            scores = self._score([account] * len(near), near)
            found.append([(n, score) for n, score in enumerate(scores) if score > LEAN])
        return found

    def _better(self, score: float, account: Account, leader: str | None, before: float) -> bool:
        if leader is None or score != before:
            return score > before or leader is None
        led_by = self._shelf.get(leader)
        return led_by is None or account.rank < led_by.rank

    def touch(self, claim: str) -> None:
        """Marks an account whose stand is to be settled, though nobody leans otherwise."""
        self._touched[claim] = None

    def _touch(self, claim: str) -> None:
        """Marks an account and those beside it, so that both halves of a stand that breaks are looked at."""
        leader, _ = self._shelf.leader(claim)
        for one in (claim, leader, *self._shelf.followers(claim), *self._judged.same_as(claim)):
            if one is not None:
                self._touched[one] = None

    def _stand(self, claim: str) -> dict[str, None]:
        """All accounts that lean on each other, or were judged the same, by way of any number of others."""
        found: dict[str, None] = {claim: None}
        open_ = [claim]
        while open_:
            at = open_.pop()
            leader, _ = self._shelf.leader(at)
            for one in (leader, *self._shelf.followers(at), *self._judged.same_as(at)):
                if one is not None and one not in found and self._shelf.get(one) is not None:
                    found[one] = None
                    open_.append(one)
        return found


def merge(accounts: Iterable[Account], score: Scorer, judged: Judged | None = None) -> list[Group]:
    """All groups of a set of accounts, each fullest first, in the order of their fullest accounts."""
    merger = Merger(InMemory(), score, judged)
    for account in accounts:
        merger.add(account)
    return sorted((group for _, groups in merger.settle() for group in groups), key=lambda group: group[0].rank)


def part(stand: Collection[Account], score: Scorer, judged: Judged) -> list[Group]:
    """Parts a stand into groups. What people judged the same stays together, what they judged different is never together."""
    bounds = _bound(sorted(stand, key=lambda account: account.rank), judged)
    return _closest_first(bounds, score, judged) if len(bounds) <= CLOSEST else _fullest_first(bounds, score, judged)


def _closest_first(groups: list[list[Account]], score: Scorer, judged: Judged) -> list[Group]:
    """The two groups that are most alike become one, again and again, as long as any are alike enough."""
    likeness = _Likeness(score, judged)
    likeness.know([account for group in groups for account in group])
    alike = {(i, j): likeness.of(groups[i], groups[j]) for j in range(len(groups)) for i in range(j)}
    alive = set(range(len(groups)))
    while alike:
        (one, other), most = max(alike.items(), key=lambda pair: (pair[1], -pair[0][0], -pair[0][1]))
        if most <= JOIN:
            break
        groups[one] = sorted((*groups[one], *groups[other]), key=lambda account: account.rank)
        alive.discard(other)
        alike = {pair: value for pair, value in alike.items() if one not in pair and other not in pair}
        for third in alive - {one}:
            alike[min(one, third), max(one, third)] = likeness.of(groups[one], groups[third])
    return [tuple(groups[i]) for i in sorted(alive)]


def _fullest_first(bounds: Sequence[list[Account]], score: Scorer, judged: Judged) -> list[Group]:
    """The same for a large stand, more quickly: one after the other joins the group that it fits best."""
    groups: list[list[Account]] = []
    for first in range(0, len(bounds), CLOSEST):
        some = bounds[first : first + CLOSEST]
        likeness = _Likeness(score, judged)
        new = [account for bound in some for account in bound[:COMPARED]]
        likeness.know(new)
        likeness.compare(new, [account for group in groups for account in group[:COMPARED]])
        for bound in some:
            _join(groups, bound, likeness)
    return [tuple(group) for group in groups]


def _join(groups: list[list[Account]], bound: Sequence[Account], likeness: _Likeness) -> None:
    """Lets accounts that are bound join the group that they fit best, or be one of their own."""
    best: tuple[float, list[Account]] | None = None
    for group in groups:
        mean = likeness.of(bound, group)
        if mean > JOIN and (best is None or mean > best[0]):
            best = (mean, group)
    if best is None:
        groups.append(list(bound))
    else:
        best[1].extend(bound)
        best[1].sort(key=lambda account: account.rank)


class _Likeness:
    """How alike groups are, from scores that are asked for many at once and remembered."""

    def __init__(self, score: Scorer, judged: Judged) -> None:
        self._score = score
        self._judged = judged
        self._known: dict[tuple[str, str], float] = {}

    def know(self, accounts: Sequence[Account]) -> None:
        """Scores all pairs of accounts."""
        self._note([(one, other) for n, one in enumerate(accounts) for other in accounts[:n]])

    def compare(self, ones: Sequence[Account], others: Sequence[Account]) -> None:
        """Scores every one with every other."""
        self._note([(one, other) for one in ones for other in others])

    def of(self, one: Sequence[Account], other: Sequence[Account]) -> float:
        """The mean over the fullest accounts of two groups; never where one report tells both, or somebody judged them different."""
        judged = self._judged
        if {a.report for a in one} & {b.report for b in other} or any(judged.different(a.claim, b.claim) for a in one for b in other):
            return NEVER
        known = self._known
        fits = [known[a.claim, b.claim] for a in one[:COMPARED] for b in other[:COMPARED]]
        return sum(fits) / len(fits)

    def _note(self, pairs: Sequence[tuple[Account, Account]]) -> None:
        for (one, other), fits in zip(pairs, self._score([a for a, _ in pairs], [b for _, b in pairs]), strict=True):
            self._known[one.claim, other.claim] = self._known[other.claim, one.claim] = fits


def _bound(accounts: Sequence[Account], judged: Judged) -> list[list[Account]]:
    """Accounts in order, those that people judged the same as one; a pair judged different is never bound, not even by way of others."""
    home: dict[str, list[Account]] = {account.claim: [account] for account in accounts}
    for account in accounts:
        for claim in sorted(judged.same_as(account.claim)):
            one, other = home[account.claim], home.get(claim)
            if other is None or one is other or any(judged.different(a.claim, b.claim) for a in one for b in other):
                continue
            one.extend(other)
            home.update({moved.claim: one for moved in other})
    bound = {id(group): sorted(group, key=lambda account: account.rank) for group in home.values()}
    return sorted(bound.values(), key=lambda group: group[0].rank)
