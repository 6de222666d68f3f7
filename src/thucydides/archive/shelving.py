"""The shelf of accounts in the archive: what merging asks of a store, answered from the tables within one transaction.

It answers what :class:`~thucydides.incidents.shelf.InMemory` answers. What was put lately waits in memory and is written many at a time;
what was read lately is remembered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from thucydides.archive.accounts_packed import pack_account, pack_keys, pack_sketch, unpack_accounts, unpack_sketches
from thucydides.archive.nearby import Nearby
from thucydides.archive.opening import engine_for, in_memory
from thucydides.archive.recent import Recent
from thucydides.archive.tables import account_keys, accounts, claims, reports, sketch_keys, sketches, undisguised, unweighed
from thucydides.archive.unshelving import listed, parts, take_off
from thucydides.errors import ArchiveError
from thucydides.incidents import blocking
from thucydides.incidents.accounts import Account, Sketch
from thucydides.incidents.shelf import InMemory

WAITING = 1000
"""How many accounts wait in memory before they are written."""

REMEMBERED = 10_000
"""How many accounts, and how many reports' sketches, are remembered at least; some 25 kB each."""

FURTHER = 4
"""How many times as many are remembered of whom accounts lean on, which is small."""

STEPS = 3
"""How many steps from accounts that are looked at those who lean on them are read together; farther ones are asked for one by one."""


class Remembered:
    """What was lately read of the tables and written there. A turn leaves it to the next: reports of one week have the same others near.

    ``stamp`` is that of the tables of which it is true; see :func:`thucydides.archive.unshelving.stamp`.
    """

    def __init__(self, least: int = REMEMBERED) -> None:
        self.least = least
        self.clear()

    def clear(self) -> None:
        """Forgets all."""
        self.stamp = ""
        self.accounts: Recent[int, Account] = Recent(self.least)
        self.numbers: Recent[str, int] = Recent(self.least)
        self.sketches: Recent[int, Sketch] = Recent(self.least)
        self.told: Recent[int, NDArray[np.float64]] = Recent(self.least)  # by report, of each account its claim's number and its bounds
        self.followers: Recent[str, dict[str, float]] = Recent(self.least)
        self.known: Recent[str, tuple[str | None, float]] = Recent(FURTHER * self.least)  # whom accounts lean on


class SqlShelf:
    """Accounts in the tables. Changes are there for others once :meth:`flush` was called and the transaction has ended."""

    def __init__(self, connection: Connection, *, waiting: int = WAITING, remembered: Remembered | None = None) -> None:
        self._connection = connection
        self._most_waiting = waiting
        self._waiting = InMemory()
        self._new: dict[str, Account] = {}
        self._leans: dict[str, tuple[str | None, float]] = {}
        self._led: dict[str, dict[str, float]] = {}  # by leader, those of ``_leans``
        remembered = remembered or Remembered()
        self._accounts, self._numbers, self._sketches = remembered.accounts, remembered.numbers, remembered.sketches
        self._followers, self._known, self._told = remembered.followers, remembered.known, remembered.told
        self._absent: set[str] = set()  # claims that are known to have no account in the tables
        self._cursor = connection.connection.cursor()
        self._nearby = Nearby(self._cursor, self._stored, self._told)
        self.dropped: dict[int, None] = {}  # numbers of the claims that were let go
        self.added: set[str] = set()  # claims whose accounts were put
        self.changed = False  # whether anything in the tables is otherwise than before

    @property
    def readable_elsewhere(self) -> bool:
        """Whether another connection finds what this one does: a database in memory has but one, and what was written is not yet there."""
        return not self.changed and not in_memory(self._connection.engine.url)

    def reopen(self) -> None:
        """Asks by a connection of its own. The old one belongs to another process: it is kept, for closing it here would harm it there."""
        self._inherited = self._connection, self._cursor
        self._connection = engine_for(self._connection.engine.url).connect()
        self._cursor = self._connection.connection.cursor()
        self._nearby = Nearby(self._cursor, self._stored, self._told)

    # ── what merging asks ────────────────────────────────────────────────────────────────────────

    def put(self, account: Account) -> None:
        """Takes an account in, under its keys. One that stands already is replaced; who leaned on it still does."""
        number = self._number_of(account.claim)
        if number is not None:
            self._leans[account.claim] = self.leader(account.claim)
            self._take_off(number, account.claim)
        self._waiting.put(account)
        self._new[account.claim] = account
        self.added.add(account.claim)
        if number is not None or len(self._new) >= self._most_waiting:
            self.flush()

    def expect(self, claims: Collection[str]) -> None:
        """Looks up together which of some claims that are to be put have an account already."""
        known = self.numbers(claims)
        self._absent.update(claim for claim in claims if claim not in known)

    def drop(self, claim: str) -> None:
        """Lets an account go, with what it leaned on."""
        self.flush()
        number = self._number_of(claim)
        if number is None:
            raise KeyError(claim)
        for one in (*self.followers(claim), claim):
            self.lean(one, None, 0.0)
        self._leans.pop(claim)
        self._take_off(number, claim)
        self.dropped[number] = None
        self._followers.pop(claim)

    def get(self, claim: str) -> Account | None:
        """The account of a claim."""
        waiting = self._waiting.get(claim)
        if waiting is not None:
            return waiting
        number = self._number_of(claim)
        return None if number is None else self._stored([number]).get(number)

    def near(self, account: Account) -> Iterable[Account]:
        """All others that share a key with an account and stand in its window; of those who share names alone, whom its bounds meet."""
        found = self._nearby.of(account)
        number = self._number_of(account.claim)
        if number is not None:
            found.pop(number, None)
        return [*found.values(), *self._waiting.near(account)]

    def of_report(self, report: str) -> Collection[str]:
        """The claims of a report that have an account."""
        found = dict.fromkeys(self._connection.scalars(_IDS_OF_REPORT, {"report": report}))
        found.update(dict.fromkeys(self._waiting.of_report(report)))
        return list(found)

    def leader(self, claim: str) -> tuple[str | None, float]:
        """Whom an account leans on, and how much."""
        lean = self._leans.get(claim) or (None if claim in self._new else self._known.get(claim))
        if lean is None and claim not in self._new:
            row = self._connection.execute(_LEADER, {"id": claim}).tuples().first()
            if row is not None:
                lean = row
                self._known.put(claim, lean)
        return lean or (None, 0.0)

    def followers(self, claim: str) -> Mapping[str, float]:
        """Who leans on an account, and how much."""
        found = self._followers.get(claim)
        if found is None:
            if claim not in self._new:
                self._read_followers({claim})
            found = self._followers.get(claim)
            if found is None:
                found = dict(self._led.get(claim, {}))
                self._followers.put(claim, found)
        return dict(found)

    def gather(self, claims: Collection[str]) -> None:
        """Reads who leans on these, who leans on those, and so on for some steps."""
        nearest = {one for claim in claims for one in (claim, self.leader(claim)[0]) if one is not None}
        asked: set[str] = set()
        for _ in range(STEPS):
            new = [claim for claim in nearest if claim not in asked and claim not in self._new and self._followers.get(claim) is None]
            if not new:
                return
            asked.update(new)
            nearest = self._read_followers(new)

    def accounts(self, claims: Collection[str]) -> Mapping[str, Account]:
        """The accounts of those of some claims that have one."""
        found = {claim: account for claim in claims if (account := self._new.get(claim)) is not None}
        numbers = self.numbers([claim for claim in claims if claim not in found])
        stored = self._stored(numbers.values())
        found.update((claim, stored[number]) for claim, number in numbers.items() if number in stored)
        return found

    def lean(self, claim: str, leader: str | None, score: float) -> None:
        """Notes whom an account leans on."""
        before, _ = self.leader(claim)
        if before is not None:
            for led in (self._led.get(before), self._followers.get(before)):
                if led is not None:
                    led.pop(claim, None)
        self._leans[claim] = (leader, score)
        if leader is not None:
            self._led.setdefault(leader, {})[claim] = score
            known = self._followers.get(leader)
            if known is not None:
                known[claim] = score

    def flush(self) -> None:
        """Writes what waits in memory."""
        self._nearby.forget()
        self.changed = self.changed or bool(self._new or self._leans)
        if self._new:
            numbers = self._write_new(list(self._new.values()))
            for claim, number in numbers.items():
                self._numbers.put(claim, number)
            self._absent.difference_update(self._new)
            self._new.clear()
            self._waiting = InMemory()
        if self._leans:
            self._write_leans()

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of claims that have an account in the tables."""
        found: dict[str, int] = {}
        missing = []
        for id_ in ids:
            number = self._numbers.get(id_)
            if number is None:
                missing.append(id_)
            else:
                found[id_] = number
        for many in parts(missing):
            for id_, number in self._connection.execute(_NUMBERS, {"ids": many}).tuples():
                found[id_] = number
                self._numbers.put(id_, number)
        return found

    # ── within: reading ──────────────────────────────────────────────────────────────────────────

    def _read_followers(self, claims: Collection[str]) -> set[str]:
        """Reads who leans on accounts that stand in the tables; returns these."""
        numbers = self.numbers(claims)
        led: dict[str, dict[str, float]] = {claim: {} for claim in numbers}
        by_number = {number: claim for claim, number in numbers.items()}
        for many in parts(by_number):
            self._cursor.execute(f"SELECT claim, id, leader, score FROM accounts WHERE leader IN ({listed(many)})")
            for number, kept, leader, score in self._cursor.fetchall():
                id_ = undisguised(kept)
                if id_ not in self._leans:
                    led[by_number[leader]][id_] = score
                    self._known.put(id_, (by_number[leader], score))
                    self._numbers.put(id_, number)
        for claim, followers in led.items():
            followers.update(self._led.get(claim, {}))
            self._followers.put(claim, followers)
        return {follower for followers in led.values() for follower in followers}

    def _stored(self, numbers: Iterable[int]) -> dict[int, Account]:
        """What stands in the tables under numbers of claims."""
        found, missing = self._accounts.of(numbers)
        for many in parts(missing):
            self._cursor.execute(f"{_ACCOUNTS} WHERE its.claim IN ({listed(many)})")
            rows = self._cursor.fetchall()
            sketched = self._sketched({report for _, _, report, *_ in rows})
            told = [(undisguised(id_), sketched[report], of, telling) for _, id_, report, of, telling, _, _ in rows]
            for (number, *_, score, leader), account in zip(rows, unpack_accounts(told), strict=True):
                self._accounts.put(number, account)
                self._numbers.put(account.claim, number)
                self._known.put(account.claim, (leader if leader is None else undisguised(leader), score))
                found[number] = account
        return found

    def _number_of(self, claim: str) -> int | None:
        """The number of a claim, if it has an account in the tables."""
        return None if claim in self._absent or claim in self._new else self.numbers([claim]).get(claim)

    def _sketched(self, reports: Collection[int]) -> dict[int, Sketch]:
        """The sketches of reports, by their numbers."""
        found = {report: sketch for report in reports if (sketch := self._sketches.get(report)) is not None}
        for many in parts([report for report in reports if report not in found]):
            self._cursor.execute(f"SELECT report, packed FROM sketches WHERE report IN ({listed(many)})")
            rows = self._cursor.fetchall()
            for (report, _), sketch in zip(rows, unpack_sketches([packed for _, packed in rows]), strict=True):
                self._sketches.put(report, sketch)
                found[report] = sketch
        return found

    # ── within: writing ──────────────────────────────────────────────────────────────────────────

    def _take_off(self, number: int, claim: str) -> None:
        self._nearby.forget()
        self.changed = True
        take_off(self._connection, [number])
        self._accounts.pop(number)
        self._numbers.pop(claim)
        self._known.pop(claim)
        self._told.clear()

    def _write_new(self, new: Sequence[Account]) -> dict[str, int]:
        """Writes accounts that waited, and the sketches of their reports; returns the numbers of their claims."""
        connection = self._connection
        of_claims, of_reports = _numbers_of(connection, new)
        put: list[dict[str, Any]] = []
        under: list[dict[str, Any]] = []
        for account in new:
            claim, keys, day = of_claims[account.claim], blocking.place_keys(account), account.day or 0
            told, telling = pack_account(account)
            put.append(
                {"claim": claim, "id": account.claim, "report": of_reports[account.report], "day": day}
                | {"told": told, "telling": telling, "under": pack_keys(keys), "leader": None, "score": 0.0}
                | account.bounds._asdict()
            )
            under += [{"key": key, "day": day, "claim": claim} for key in keys]
        wanted = {of_reports[account.report]: account.sketch for account in new}
        known = {number for many in parts(wanted) for number in connection.scalars(_SKETCHED, {"reports": many})}
        fresh = {number: sketch for number, sketch in wanted.items() if number not in known}
        by_name = {number: blocking.name_keys(sketch) for number, sketch in fresh.items()}
        packed = [{"report": n, "packed": pack_sketch(sketch), "under": pack_keys(by_name[n])} for n, sketch in fresh.items()]
        named = [
            {"key": key, "day": sketch.published or 0, "report": number} for number, sketch in fresh.items() for key in by_name[number]
        ]
        named.sort(key=lambda row: (row["key"], row["day"]))
        under.sort(key=lambda row: (row["key"], row["day"]))
        for table, rows in ((sketches, packed), (sketch_keys, named), (accounts, put), (account_keys, under)):
            if rows:
                connection.execute(insert(table), rows)
        for many in parts(of_claims.values()):
            connection.execute(delete(unweighed).where(unweighed.c.claim.in_(many)))
        for account in new:
            number = of_reports[account.report]
            self._told.pop(number)
            self._sketches.put(number, account.sketch)
            self._accounts.put(of_claims[account.claim], account)
            self._known.put(account.claim, (None, 0.0))
        return of_claims

    def _write_leans(self) -> None:
        numbers = self.numbers({one for claim, (leader, _) in self._leans.items() for one in (claim, leader) if one is not None})
        rows = []
        for claim, (leader, score) in self._leans.items():
            number = numbers.get(claim)
            if number is None:
                continue
            rows.append({"number": number, "leader_number": None if leader is None else numbers.get(leader), "lean_score": score})
            self._known.put(claim, (leader, score))
        if rows:
            self._connection.execute(_LEAN, rows)
        self._leans.clear()
        self._led.clear()


def _numbers_of(connection: Connection, new: Sequence[Account]) -> tuple[dict[str, int], dict[str, int]]:
    """The numbers of the claims and of the reports of accounts."""
    of_claims: dict[str, int] = {}
    of_reports: dict[str, int] = {}
    for many in parts([account.claim for account in new]):
        of_claims.update((row.id, row.number) for row in connection.execute(_CLAIM_NUMBERS, {"ids": many}))
    for many in parts({account.report for account in new}):
        of_reports.update((row.id, row.number) for row in connection.execute(_REPORT_NUMBERS, {"ids": many}))
    for account in new:
        if account.claim not in of_claims or account.report not in of_reports:
            raise ArchiveError(f"claim {account.claim!r} of report {account.report!r} is not kept", remedy="Keep the report first.")
    return of_claims, of_reports


def _many(name: str) -> Any:
    return bindparam(name, expanding=True)


# ── the statements ───────────────────────────────────────────────────────────────────────────────

_IDS_OF_REPORT = select(accounts.c.id).select_from(accounts.join(reports)).where(reports.c.id == bindparam("report"))
_led_by = accounts.alias("led_by")
_ACCOUNTS = """
SELECT its.claim, its.id, its.report, its.told, its.telling, its.score, led_by.id
FROM accounts AS its LEFT JOIN accounts AS led_by ON led_by.claim = its.leader"""
_LEADER = (
    select(_led_by.c.id, accounts.c.score)
    .select_from(accounts.outerjoin(_led_by, _led_by.c.claim == accounts.c.leader))
    .where(accounts.c.id == bindparam("id"))
)
_SKETCHED = select(sketches.c.report).where(sketches.c.report.in_(_many("reports")))
_NUMBERS = select(accounts.c.id, accounts.c.claim).where(accounts.c.id.in_(_many("ids")))
_CLAIM_NUMBERS = select(claims.c.id, claims.c.number).where(claims.c.id.in_(_many("ids"))).order_by(claims.c.current, claims.c.number)
_REPORT_NUMBERS = select(reports.c.id, reports.c.number).where(reports.c.id.in_(_many("ids")))
_LEAN = (
    update(accounts).where(accounts.c.claim == bindparam("number")).values(leader=bindparam("leader_number"), score=bindparam("lean_score"))
)
