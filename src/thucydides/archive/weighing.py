"""A turn at weighing: what is to be weighed, the shelf it is merged on, and the incidents that come of it, all in one transaction.

An incident has its id from its earliest kept claim, so it keeps it while reports arrive. Two that become one live on under the id of the
earlier; an incident that falls apart gives the ids of its parts back. An id that ceases leads on to where most of its claims are now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy import delete as delete_from

from thucydides.archive import copies_kept, forgetting, incidents_kept, judgements_kept, shapes
from thucydides.archive.accounts_packed import FORM
from thucydides.archive.recalling import REPORT, report_from
from thucydides.archive.shelving import Remembered, SqlShelf
from thucydides.archive.tables import accounts, claims, incident_claims, incident_redirects, incidents, meta, reports, unweighed
from thucydides.archive.unshelving import parts, stamp, stamped
from thucydides.errors import NotKept
from thucydides.incidents.parting import Group
from thucydides.record import Claim, Incident, Judgement, Report

ID_DIGITS = 11
"""Hexadecimal digits of an incident's id; more of them where two would have the same."""

_TOGETHER = 200
"""How many claims are regrouped together at least."""

Told = tuple[Claim, Report]
Held = Callable[[Sequence[Told], str], Incident]


@dataclass(frozen=True, slots=True)
class _Grouped:
    """A group of claims on its way to be an incident."""

    id: str
    claims: tuple[str, ...]  # the fullest first
    numbers: tuple[int, ...]
    earliest: str


class Weighing:
    """A turn at weighing. Made by ``Archive.weighing``; what was done holds once that has ended, or not at all."""

    def __init__(self, connection: Connection, by: str = "", remembered: Remembered | None = None) -> None:
        self._connection = connection
        anew = _weigh_all_anew_unless(connection, f"{by} {FORM}")
        self._before: dict[str, list[str]] = {}  # by incident that was touched, the ids of the claims it had
        self._held: dict[str, tuple[str, ...]] = {}  # by incident that was held anew, those it has
        if remembered is not None:
            if not remembered.stamp or remembered.stamp != stamped(connection):
                remembered.clear()
            remembered.stamp = ""  # a turn that ends by an error leaves nothing that is true
        self.shelf = SqlShelf(connection, remembered=remembered)
        self.shelf.changed = anew

    # ── what there is to weigh ───────────────────────────────────────────────────────────────────

    def stale(self) -> list[str]:
        """Ids of the claims that have an account but are current no longer: to be removed before anything is added."""
        return stale(self._connection)

    def unweighed(self, limit: int | None = None) -> list[Told]:
        """Current event claims that have no account yet, with their reports, in the order kept.

        At least so many as the limit says, if there are: of a report all or none.
        """
        return to_weigh(self._connection, limit)

    def judgements(self) -> list[Judgement]:
        """What people judged and did not take back, the earliest first: of a pair the last one stands."""
        return judgements_kept.recall(self._connection)

    def claims_of(self, ids: Collection[str]) -> list[Told]:
        """Claims with their reports, in the order of the ids. Of several versions of a claim the one that has an account counts."""
        numbers = self.shelf.numbers(ids)
        missing = [id_ for id_ in ids if id_ not in numbers]
        if missing:
            raise NotKept(f"claim {missing[0]!r} is not weighed", remedy="Put its account on the shelf first.")
        found = told(self._connection, numbers.values())
        return [found[numbers[id_]] for id_ in ids]

    # ── copies ───────────────────────────────────────────────────────────────────────────────────

    def fingerprint_near(self, keys: Collection[int]) -> dict[str, bytes]:
        """The fingerprints, by report, that share keys; see :func:`copies_kept.fingerprint_near`."""
        return copies_kept.fingerprint_near(self._connection, keys)

    def keep_fingerprint(self, report: str, fingerprint: bytes, keys: Collection[int]) -> None:
        """Keeps the fingerprint of a report under keys of up to 64 bits, instead of any that it had."""
        copies_kept.keep_fingerprint(self._connection, report, fingerprint, keys)

    def origin(self, report: str) -> str | None:
        """The origin of a report's text, if it is known."""
        return copies_kept.origin(self._connection, report)

    def origins(self, ids: Collection[str]) -> dict[str, str]:
        """The origins of those of these reports that have one, by report."""
        return copies_kept.origins_of(self._connection, ids)

    def keep_origin(self, report: str, origin: str) -> None:
        """Notes the origin of a report's text."""
        copies_kept.keep_origin(self._connection, report, origin)

    # ── what came of it ──────────────────────────────────────────────────────────────────────────

    def regroup(
        self, settled: Iterable[tuple[Sequence[str], Sequence[Group]]], held: Held, *, anew: bool | Collection[str] = False
    ) -> list[str]:
        """Keeps the groups into which stands fell (as ``Merger.settle`` gives them) as incidents; returns the ids of those that changed.

        ``held`` tells what is held of claims with their reports, under an id. It is asked only of groups that changed, and of all if
        ``anew``, or of those that hold one of the claims that ``anew`` names: whose origin is known better than before, say.
        """
        self.shelf.flush()
        written = []
        for groups in _together(settled):
            written += self._regroup(groups, held, anew)
        return written

    def finish(self) -> str:
        """Writes what still waits, and lets go the incidents that have no claim left; their ids lead on. The stamp of the tables now."""
        self.shelf.flush()
        self._leave()
        homes = self._claims_in(self._before)
        for ceased in [id_ for id_ in self._before if not homes.get(id_)]:
            self._redirect(ceased)
        self._before.clear()
        self._held.clear()
        return stamp(self._connection) if self.shelf.changed else stamped(self._connection)

    def _regroup(self, groups: Sequence[Group], held: Held, anew: bool | Collection[str]) -> list[str]:
        connection = self._connection
        numbers = self.shelf.numbers([account.claim for group in groups for account in group])
        homes: set[str] = set()
        for many in parts(numbers.values()):
            homes.update(connection.scalars(select(incident_claims.c.incident).where(incident_claims.c.claim.in_(many))))
        self._note(homes)
        grouped = self._named([tuple(account.claim for account in group) for group in groups], numbers)
        kept: set[str] = set()
        for many in parts([group.id for group in grouped]):
            kept.update(connection.scalars(select(incidents.c.id).where(incidents.c.id.in_(many))))
        # What was put in this turn is in no incident as held, even where its incident is known from before all was weighed anew.
        named = self.shelf.added | (frozenset() if isinstance(anew, bool) else frozenset(anew))

        def changed_in(group: _Grouped) -> bool:
            had = set(self._held.get(group.id) or self._before.get(group.id) or ())
            return anew is True or group.id not in kept or had != set(group.claims) or not named.isdisjoint(group.claims)

        changed = [group for group in grouped if changed_in(group)]
        if changed:
            self._move(changed)
            found = told(connection, [number for group in changed for number in group.numbers])
            incidents_kept.keep(connection, [(held([found[n] for n in g.numbers], g.id), g.earliest) for g in changed])
            self._held.update((group.id, group.claims) for group in changed)
        return [group.id for group in changed]

    def _named(self, groups: Sequence[tuple[str, ...]], numbers: dict[str, int]) -> list[_Grouped]:
        """Groups with their ids: of as many digits as no other incident has."""
        earliest = [min(group, key=numbers.__getitem__) for group in groups]
        digests = {claim: sha256(claim.encode("utf-8", "surrogatepass")).hexdigest() for claim in earliest}
        taken: dict[str, str] = {}
        for many in parts([f"i{digest[:ID_DIGITS]}" for digest in digests.values()]):
            rows = self._connection.execute(select(incidents.c.id, incidents.c.earliest).where(incidents.c.id.in_(many)))
            taken.update((row.id, row.earliest) for row in rows)
        named = []
        for group, claim in zip(groups, earliest, strict=True):
            digits = ID_DIGITS
            while taken.setdefault(id_ := f"i{digests[claim][:digits]}", claim) != claim:
                digits += 1
            named.append(_Grouped(id_, group, tuple(numbers[one] for one in group), claim))
        return named

    def _move(self, groups: Sequence[_Grouped]) -> None:
        """Makes groups the claims of their incidents."""
        rows = [{"claim": number, "incident": group.id} for group in groups for number in group.numbers]
        for many in parts([row["claim"] for row in rows]):
            self._connection.execute(delete_from(incident_claims).where(incident_claims.c.claim.in_(many)))
        self._connection.execute(insert(incident_claims), rows)
        for many in parts([group.id for group in groups]):
            self._connection.execute(delete_from(incident_redirects).where(incident_redirects.c.id.in_(many)))

    def _note(self, ids: Iterable[str]) -> None:
        """Notes which claims incidents have, before they change."""
        new = [id_ for id_ in ids if id_ not in self._before]
        self._before.update((id_, []) for id_ in new)
        for many in parts(new):
            chosen = select(incident_claims.c.incident, claims.c.id).select_from(incident_claims.join(claims))
            for id_, claim in self._connection.execute(chosen.where(incident_claims.c.incident.in_(many)).order_by(claims.c.number)):
                self._before[id_].append(claim)

    def _claims_in(self, ids: Iterable[str]) -> Counter[str]:
        """How many claims incidents have now."""
        found: Counter[str] = Counter()
        chosen = select(incident_claims.c.incident, func.count()).group_by(incident_claims.c.incident)
        for many in parts(ids):
            found.update(dict(self._connection.execute(chosen.where(incident_claims.c.incident.in_(many))).tuples().all()))
        return found

    def _leave(self) -> None:
        """Takes claims whose accounts were let go out of their incidents."""
        for many in parts(self.shelf.dropped):
            again = set(self._connection.scalars(select(accounts.c.claim).where(accounts.c.claim.in_(many))))
            gone = [number for number in many if number not in again]
            left = incident_claims.c.claim.in_(gone)
            self._note(set(self._connection.scalars(select(incident_claims.c.incident).where(left))))
            self._connection.execute(delete_from(incident_claims).where(left))
        self.shelf.dropped.clear()

    def _redirect(self, ceased: str) -> None:
        """Lets an incident go; its id leads to the one that holds most of its claims now, of several the one with the lowest id."""
        connection = self._connection
        connection.execute(delete_from(incidents).where(incidents.c.id == ceased))
        connection.execute(delete_from(incident_redirects).where(incident_redirects.c.id == ceased))
        numbers = list(self.shelf.numbers(self._before[ceased]).values())
        now: Counter[str] = Counter()
        for many in parts(numbers):
            now.update(connection.scalars(select(incident_claims.c.incident).where(incident_claims.c.claim.in_(many))))
        led_here = incident_redirects.c.now == ceased
        if not now:
            connection.execute(delete_from(incident_redirects).where(led_here))
            return
        most = min(now, key=lambda id_: (-now[id_], id_))
        connection.execute(delete_from(incident_redirects).where(led_here, incident_redirects.c.id == most))
        connection.execute(update(incident_redirects).where(led_here).values(now=most))
        connection.execute(insert(incident_redirects).values(id=ceased, now=most))


def _weigh_all_anew_unless(connection: Connection, weighed_by: str) -> bool:
    """Lets everything go that was weighed otherwise than now; returns whether there was anything."""
    row = meta.c.key == "weighed by"
    before = connection.execute(select(meta.c.value).where(row)).scalar()
    if before == weighed_by:
        return False
    if before is not None:
        forgetting.let_all_go(connection)
        connection.execute(delete_from(meta).where(row))
    connection.execute(insert(meta).values(key="weighed by", value=weighed_by))
    return before is not None


def stale(connection: Connection) -> list[str]:
    """Ids of the claims that have an account but are current no longer."""
    chosen = select(accounts.c.id).select_from(unweighed.join(accounts, accounts.c.claim == unweighed.c.claim)).order_by(accounts.c.claim)
    return list(connection.scalars(chosen))


def to_weigh(connection: Connection, limit: int | None) -> list[Told]:
    """Current event claims without an account, with their reports, in the order kept; of a report all or none."""
    waiting = unweighed.outerjoin(accounts, accounts.c.claim == unweighed.c.claim)
    chosen = select(unweighed.c.claim).select_from(waiting).where(accounts.c.claim.is_(None)).order_by(unweighed.c.claim)
    numbers = dict.fromkeys(connection.scalars(chosen.limit(limit)))
    if limit is not None:
        for many in parts(list(numbers)):
            of_reports = select(claims.c.report).where(claims.c.number.in_(many))
            its_claims = select(claims.c.number).where(claims.c.report.in_(of_reports))
            numbers.update(dict.fromkeys(connection.scalars(chosen.where(unweighed.c.claim.in_(its_claims)))))
    found = told(connection, numbers)
    return [found[number] for number in sorted(numbers)]


def told(connection: Connection, numbers: Iterable[int]) -> dict[int, Told]:
    """Claims with their reports, by the numbers of the claims."""
    rows: list[Any] = []
    for many in parts(numbers):
        rows += connection.execute(select(claims.c.number, claims.c.report, claims.c.json).where(claims.c.number.in_(many))).all()
    of_reports = {}
    for many in parts({row.report for row in rows}):
        for row in connection.execute(select(*REPORT).where(reports.c.number.in_(many))):
            of_reports[row.number] = report_from(row)
    return {row.number: (shapes.claim_from_json(row.json), of_reports[row.report]) for row in rows}


def _together(settled: Iterable[tuple[Sequence[str], Sequence[Group]]]) -> Iterator[list[Group]]:
    """The groups of stands, several stands together where they are small."""
    together: list[Group] = []
    size = 0
    for stand, groups in settled:
        together += groups
        size += len(stand)
        if size >= _TOGETHER:
            yield together
            together, size = [], 0
    if together:
        yield together
