"""The flow: read, code, keep, judge, merge, trace. What later rooms do with claims starts from what this gives out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import TYPE_CHECKING

import numpy as np

from thucydides.control import Known, Rules, Tracer
from thucydides.errors import ThucydidesError, UnreadableReport
from thucydides.incidents.copies import Fingerprint, fingerprint
from thucydides.incidents.judged import Judged
from thucydides.incidents.merging import Merger
from thucydides.incidents.origins import Provenance, later_copies, provenance
from thucydides.incidents.parts import parts_of, wholes_of
from thucydides.record import Claim, Incident, Kind, Report
from thucydides.reports import Limits, Raw, read, split

if TYPE_CHECKING:
    from thucydides.archive import Archive
    from thucydides.archive.weighing import Weighing
    from thucydides.claims import Coder
    from thucydides.incidents import Account, Weigher

Reader = Callable[[Raw], Report]
Sieve = Callable[[Iterable[tuple[Claim, Report]]], Iterator[tuple[Claim, Report]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one report: the report and its claims, or the error for which it was set aside.

    ``unread`` is the reason where nothing in a report spoke of conflict, so that it was kept but not searched for claims.
    """

    name: str
    report: Report | None = None
    claims: tuple[Claim, ...] = ()
    error: ThucydidesError | None = None
    unread: str | None = None


def chronicle(
    raws: Iterable[Raw], coder: Coder, archive: Archive | None = None, *, reader: Reader = read, limits: Limits | None = None
) -> Iterator[Reading]:
    """Reads and codes what was handed over, report by report, and keeps it if there is an archive.

    A report that cannot be read, coded or kept is set aside with the reason and the batch goes on. Only an archive that cannot
    even note that stops it. ``reader`` is ``read`` with a user's own outlets or limits.
    """
    for raw in raws:
        pieces = split(raw, limits)
        while (reading := _next(raw, pieces, coder, archive, reader)) is not None:
            yield reading


def _next(raw: Raw, pieces: Iterator[Raw], coder: Coder, archive: Archive | None, reader: Reader) -> Reading | None:
    """The reading of the next report in a file, ``None`` after the last."""
    try:
        piece = next(pieces, None)
        if piece is None:
            return None
        raw = piece
        report = reader(raw)
        claims, unread = coder.coded(report)
        if archive is not None:
            archive.keep(report, claims)
        return Reading(name=raw.name, report=report, claims=tuple(claims), unread=unread)
    except ThucydidesError as refusal:
        error = refusal
    except Exception as fault:  # noqa: BLE001 - whatever one report provokes must not cost the others; caught here and nowhere else
        what = f"{raw.name}: {type(fault).__name__} while reading it ({fault})"
        error = UnreadableReport(what, remedy="The fault is the program's: please report it with the file.")
        error.__cause__ = fault
    if archive is not None:
        archive.keep_aside(raw.name, str(error), raw.data)
    return Reading(name=raw.name, error=error)


# ── judge, merge ─────────────────────────────────────────────────────────────────────────────────

PROCESSES = 2
"""How many processes share a large turn, where no other thread asks a database meanwhile."""

TURN = 200
"""How many claims are weighed in one transaction: others who write to the archive wait no longer than that takes."""

LARGE_TURN = 2_500
"""How many where many wait and nobody else is served: it takes some seconds."""

MANY = 5_000
"""So many claims that wait are many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What came of a turn at weighing: how many claims were weighed, and which incidents are new or changed."""

    claims: int
    incidents: tuple[str, ...]


def weigh(archive: Archive, weigher: Weigher, *, turn: int = TURN, processes: int = 1) -> Iterator[Weighed]:
    """Weighs what the archive holds unweighed, turn by turn: claims that are new, and those that a newer coding replaced.

    ``processes`` is for who has no other thread that asks a database: what it holds at that moment a new process would wait for.
    Only neighbours of what is new are touched. When nothing is left the archive's incidents are what all its claims and judgements
    together make, in whatever order they came.
    """
    from thucydides.archive import Remembered

    remembered = Remembered()
    while True:
        with archive.weighing(weigher.by, remembered) as weighing:
            weighed = _turn(weighing, weigher, turn, processes)
        if not weighed.claims:
            return
        yield weighed


def reconsider(archive: Archive, weigher: Weigher, claims: Iterable[str]) -> tuple[str, ...]:
    """Merges anew what two claims touch, after a judgement was kept or taken back; the ids of the incidents that changed."""
    with archive.weighing(weigher.by) as weighing:
        merger = _merger(weighing, weigher)
        for claim in claims:
            merger.reconsider(claim)
        return _settled(weighing, weigher, merger, ())


def _merger(weighing: Weighing, weigher: Weigher, processes: int = 1) -> Merger:
    return Merger(weighing.shelf, weigher.judge.scores, Judged.by_people(weighing.judgements()), processes)


def _turn(weighing: Weighing, weigher: Weigher, most: int, processes: int) -> Weighed:
    """One turn: what is stale is let go, then so many claims are added report by report, then what they touched is held anew."""
    merger = _merger(weighing, weigher, processes)
    stale = weighing.stale()
    for gone in stale:
        merger.remove(gone)
    told: dict[str, tuple[Report, list[Claim]]] = {}
    touched: dict[str, None] = {}  # claims whose witness or whole is another now, though they lean as before
    for claim, report in weighing.unweighed(most):
        told.setdefault(report.id, (report, []))[1].append(claim)
    accounts: list[Account] = []
    for report, claims in told.values():
        for copy in _traced(weighing, weigher, report):
            touched.update(dict.fromkeys(weighing.shelf.of_report(copy)))
        accounts += weigher.accounts(report, claims)
    merger.add_all(accounts)
    for account in accounts:
        touched.update(dict.fromkeys(parts_of(account, weighing.shelf)))
    for known in touched:
        merger.touch(known)
    incidents = _settled(weighing, weigher, merger, touched)
    return Weighed(claims=len(stale) + sum(len(claims) for _, claims in told.values()), incidents=incidents)


def _traced(weighing: Weighing, weigher: Weigher, report: Report) -> list[str]:
    """Finds out where a report's words come from; the reports that are now known to copy it."""
    print_ = fingerprint(report)
    near = [Fingerprint.from_bytes(blob) for id_, blob in weighing.fingerprint_near(print_.keys).items() if id_ != report.id]
    known = {id_: Provenance.from_json(line) for id_, line in weighing.origins([one.report for one in near]).items()}
    weighing.keep_fingerprint(report.id, print_.to_bytes(), print_.keys)
    known[report.id] = provenance(print_, near, known, weigher.outlets)
    weighing.keep_origin(report.id, known[report.id].to_json())
    later = later_copies(print_, near, known)
    for one in later:
        weighing.keep_origin(one.report, provenance(one, [print_], known, weigher.outlets).to_json())
    return [one.report for one in later]


def _settled(weighing: Weighing, weigher: Weigher, merger: Merger, touched: Collection[str]) -> tuple[str, ...]:
    """Holds anew every incident that changed, and those of the claims that were touched otherwise."""

    def held(told: Sequence[tuple[Claim, Report]], id_: str) -> Incident:
        origins = weighing.origins({report.id for _, report in told})
        outlets = {report: Provenance.from_json(line).outlet for report, line in origins.items()}
        testimonies = [weigher.testimony(claim, report, outlets.get(report.id)) for claim, report in told]
        wholes = wholes_of([claim.id for claim, _ in told], weighing.shelf)
        return replace(weigher.hold(id_, testimonies), part_of=wholes)

    changed = weighing.regroup(merger.settle(), held, anew=touched)
    weighing.finish()
    return tuple(changed)


# ── trace ────────────────────────────────────────────────────────────────────────────────────────


class Traced:
    """Who holds what by all claims that an archive holds, kept up: read are only claims that came, or whose witness turned out another.

    Nothing of it is kept in the archive: it is reckoned anew at will. ``sieve`` lets through what may be told; ``rules`` are the numbers by
    which a user traces.
    """

    def __init__(self, archive: Archive, weigher: Weigher, *, sieve: Sieve = iter, rules: Rules | None = None) -> None:
        self._archive, self._weigher, self._sieve = archive, weigher, sieve
        self.tracer = Tracer(actors=weigher.actors, witness=self._witness, rules=rules, camps=weigher.camps, called=weigher.called)
        self._read = np.zeros(0, dtype=np.int64)  # the claims that were read, by the numbers under which they are kept
        self._moving: dict[int, str] = {}  # of these the ids of those that say anything of control
        self._outlets: dict[str, str] = {}  # by report the outlet that its words come from, where that is known

    def refresh(self) -> Tracer:
        """The tracer of what the archive holds now."""
        glance = self._archive.glance
        now = np.array(glance.current_claims((Kind.EVENT, Kind.CONTROL)), dtype=np.int64)
        outlets = {report: intern(Provenance.from_json(line).outlet) for report, _, line in glance.origins_told()}
        others = [report for report in outlets.keys() | self._outlets.keys() if outlets.get(report) != self._outlets.get(report)]
        self._outlets = outlets
        stale = np.setdiff1d(self._read, now, assume_unique=True)
        if others and len(self._read):
            stale = np.union1d(stale, np.intersect1d(self._read, glance.claims_of_reports(others)))
        for number in stale.tolist():
            if number in self._moving:
                self.tracer.remove(self._moving.pop(number))
        wanted = np.setdiff1d(now, np.setdiff1d(self._read, stale, assume_unique=True), assume_unique=True).tolist()
        for first in range(0, len(wanted), TURN):
            self._take(wanted[first : first + TURN])
        self._read = now
        return self.tracer

    def _take(self, numbers: Sequence[int]) -> None:
        found = self._archive.glance.told(numbers)
        by_id = {claim.id: number for number, claim, _ in found}
        for claim, report in self._sieve((claim, report) for _, claim, report in found):
            if self.tracer.add(claim, report):
                self._moving[by_id[claim.id]] = claim.id

    def _witness(self, claim: Claim, report: Report) -> str:
        return self._weigher.testimony(claim, report, self._outlets.get(report.id)).witness.voice


def trace(archive: Archive, weigher: Weigher, known: Iterable[Known] = (), *, sieve: Sieve = iter, rules: Rules | None = None) -> Tracer:
    """Traces who holds what from all claims that the archive holds as they came, each with the witness whose word it is.

    ``known`` are the lines of an import; the rest is as with ``Traced``.
    """
    tracer = Traced(archive, weigher, sieve=sieve, rules=rules).refresh()
    for one in known:
        tracer.know(one)
    return tracer
