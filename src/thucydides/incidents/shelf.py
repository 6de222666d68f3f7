"""Where accounts stand while they are merged: what the merging asks of a store, and a store in memory that gives it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from thucydides.incidents import blocking
from thucydides.incidents.accounts import Account, Sketch


class Shelf(Protocol):
    """What merging asks of a store of accounts. Claims are named by their ids."""

    @property
    def readable_elsewhere(self) -> bool:
        """Whether a process that begins now, with all that this one holds in memory, can be asked what is near."""

    def reopen(self) -> None:
        """To be called in such a process before anything is asked: connections cannot be shared."""

    def put(self, account: Account) -> None:
        """Takes an account in, under its keys."""

    def expect(self, claims: Collection[str]) -> None:
        """Makes ready for these to be put: a store may look up together which stand already."""

    def drop(self, claim: str) -> None:
        """Lets an account go, with what it leaned on."""

    def get(self, claim: str) -> Account | None:
        """The account of a claim."""

    def near(self, account: Account) -> Iterable[Account]:
        """All others that share a key with an account and stand in its window; of those who share names alone, whom its bounds meet."""

    def of_report(self, report: str) -> Collection[str]:
        """The claims of a report that have an account."""

    def leader(self, claim: str) -> tuple[str | None, float]:
        """Whom an account leans on, and how much."""

    def followers(self, claim: str) -> Mapping[str, float]:
        """Who leans on an account, and how much."""

    def gather(self, claims: Collection[str]) -> None:
        """Makes ready to be asked who leans on these and near them: a store may read that together."""

    def accounts(self, claims: Collection[str]) -> Mapping[str, Account]:
        """The accounts of those of some claims that have one."""

    def lean(self, claim: str, leader: str | None, score: float) -> None:
        """Notes whom an account leans on."""


class InMemory:
    """A shelf that is gone with the program."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._by_place: dict[int, dict[str, Account]] = {}
        self._by_report: dict[str, dict[str, Account]] = {}
        self._reports: dict[str, Sketch] = {}
        self._by_name: dict[int, dict[str, None]] = {}
        self._named: tuple[Sketch, Collection[tuple[str, bool]]] | None = None  # of the report asked last
        self._leaders: dict[str, tuple[str, float]] = {}
        self._followers: dict[str, dict[str, float]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._accounts)

    @property
    def readable_elsewhere(self) -> bool:
        """All of it is in memory."""
        return True

    def reopen(self) -> None:
        """Nothing is open."""

    def put(self, account: Account) -> None:
        """Takes an account in, under its keys."""
        self._accounts[account.claim] = account
        for key in blocking.place_keys(account):
            self._by_place.setdefault(key, {})[account.claim] = account
        if account.report not in self._reports:
            self._named = None
            self._reports[account.report] = account.sketch
            for key in blocking.name_keys(account.sketch):
                self._by_name.setdefault(key, {})[account.report] = None
        self._by_report.setdefault(account.report, {})[account.claim] = account

    def expect(self, claims: Collection[str]) -> None:
        """All of them are at hand."""

    def drop(self, claim: str) -> None:
        """Lets an account go, with what it leaned on."""
        account = self._accounts.pop(claim)
        for key in blocking.place_keys(account):
            self._by_place[key].pop(claim)
        of_report = self._by_report[account.report]
        of_report.pop(claim)
        if not of_report:
            self._named = None
            for key in blocking.name_keys(self._reports.pop(account.report)):
                self._by_name[key].pop(account.report, None)
        self.lean(claim, None, 0.0)
        self._followers.pop(claim, None)

    def get(self, claim: str) -> Account | None:
        """The account of a claim."""
        return self._accounts.get(claim)

    def near(self, account: Account) -> Iterable[Account]:
        """All others that share a key with an account and stand in its window; of those who share names alone, whom its bounds meet."""
        found: dict[str, Account] = {}
        day, window_days = account.day, blocking.PLACE_DAYS
        for key in blocking.places_asked(account):
            standing = self._by_place.get(key)
            if standing:
                found.update(
                    (claim, other)
                    for claim, other in standing.items()
                    if day is None or (its_day := other.day) is None or -window_days <= day - its_day <= window_days
                )
        for report, alike in self._near_by_names(account.sketch):
            told = self._by_report[report]
            found.update((claim, other) for claim, other in told.items() if account.bounds.meet(other.bounds, alike=alike))
        found.pop(account.claim, None)
        return found.values()

    def _near_by_names(self, sketch: Sketch) -> Collection[tuple[str, bool]]:
        """The reports that are near one by names, each with whether it is alike: the same for all of its accounts until another is put."""
        if self._named is None or self._named[0] is not sketch:
            shared: dict[str, list[int]] = {}
            for key in blocking.name_keys(sketch):
                for report in self._by_name.get(key, ()):
                    shared.setdefault(report, []).append(key)
            days = {report: self._reports[report].published for report in shared}
            self._named = sketch, list(blocking.near_by_names(shared, days, sketch.published))
        return self._named[1]

    def of_report(self, report: str) -> Collection[str]:
        """The claims of a report that have an account."""
        return tuple(self._by_report.get(report, ()))

    def leader(self, claim: str) -> tuple[str | None, float]:
        """Whom an account leans on, and how much."""
        return self._leaders.get(claim, (None, 0.0))

    def followers(self, claim: str) -> Mapping[str, float]:
        """Who leans on an account, and how much."""
        return self._followers.get(claim, {})

    def gather(self, claims: Collection[str]) -> None:
        """All of them are at hand."""

    def accounts(self, claims: Collection[str]) -> Mapping[str, Account]:
        """The accounts of those of some claims that have one."""
        return {claim: self._accounts[claim] for claim in claims if claim in self._accounts}

    def lean(self, claim: str, leader: str | None, score: float) -> None:
        """Notes whom an account leans on."""
        before = self._leaders.pop(claim, None)
        if before is not None:
            self._followers.get(before[0], {}).pop(claim, None)
        if leader is not None:
            self._leaders[claim] = (leader, score)
            self._followers.setdefault(leader, {})[claim] = score
