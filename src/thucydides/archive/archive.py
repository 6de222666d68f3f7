"""The archive itself: one store of reports and what was read in them."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, inspect, or_, select, tuple_
from sqlalchemy.exc import IntegrityError

from thucydides.archive import forgetting, incidents_kept, judgements_kept, keeping, opening, searching, shapes, weighing
from thucydides.archive.asked import Aside, ClaimFilter, IncidentFilter, Kept, SearchHit
from thucydides.archive.copies_kept import origins_of
from thucydides.archive.glancing import Glance
from thucydides.archive.recalling import REPORT, one, report_from
from thucydides.archive.selecting import asked, holds
from thucydides.archive.shelving import Remembered
from thucydides.archive.tables import INDEXES, aside, claims, meta, reports, unweighed
from thucydides.archive.watching import Watch
from thucydides.archive.weighing import Told, Weighing
from thucydides.errors import ArchiveError, BadSetting, NotKept
from thucydides.record import Claim, Incident, Judgement, Report

PAGE = 500
"""How many claims are read at a time: a page is read whole, between pages others may write."""


class Archive:
    """What was read, kept. Made by :meth:`open`; close it, or use it in a ``with``.

    Reports and claims are kept as they came and never changed. A report coded again has its new claims beside the old ones; those of
    its newest coding are the ones shown unless all versions are asked for. Each report is one transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with opening.plainly(engine):
            self._indexed = engine.dialect.name == "sqlite" and all(inspect(engine).has_table(name) for name in INDEXES)

    @classmethod
    def open(cls, url_or_path: str | Path, *, wait_seconds: float = opening.WAIT_SECONDS) -> Archive:
        """Opens an archive, or makes it: a file, or a database by its URL (``postgresql+psycopg://user@host/name``).

        An older archive is brought up to date, a newer one refused (:class:`NewerArchive`). ``wait_seconds`` is how long to wait for
        another program that writes to the same file.
        """
        address = opening.address_of(url_or_path)
        engine = opening.engine_for(address, wait_seconds=wait_seconds)
        try:
            with opening.plainly(engine):
                opening.migrate(engine)
            return cls(engine)
        except BaseException:
            engine.dispose()
            raise

    def close(self) -> None:
        """Lets go of the file or server."""
        self._engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where the archive is, without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def glance(self) -> Glance:
        """What it holds without texts and evidence: for lists, maps and counts."""
        return Glance(self._reading, indexed=self._indexed)

    def watch(self) -> Watch:
        """What tells whether anything was written."""
        return Watch(self._engine, self.glance.mark)

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────

    def keep(self, report: Report, claims: Sequence[Claim]) -> Kept:
        """Keeps a report and what its newest coding found in it, all or nothing.

        ``claims`` is the whole of that coding: claims of earlier ones that are not among them are shown no longer, but kept. What was
        set aside with the same bytes is set aside no longer. Another text under the id of a report already kept is refused.
        """
        try:
            with self._writing() as connection:
                return keeping.keep(connection, report, claims)
        except ArchiveError as error:
            if not isinstance(error.__cause__, IntegrityError):
                raise
        # On a server somebody else kept the same in this very moment; now it is there to be seen.
        with self._writing() as connection:
            return keeping.keep(connection, report, claims)

    def forget(self, report: str) -> int:
        """Removes a report, all its claims and their words, for good, and returns how many claims it had."""
        with self._writing() as connection:
            return keeping.forget(connection, one(connection, reports, report, "report").number)

    def keep_aside(self, name: str, reason: str, raw: bytes | None = None) -> int:
        """Notes what could not be read, with its bytes if it is to be tried again, and returns the note's id.

        The same name and bytes set aside again keep their id and have the newest reason.
        """
        with self._writing() as connection:
            return keeping.keep_aside(connection, name, reason, raw)

    def aside(self) -> list[Aside]:
        """All that is set aside, oldest first, without the bytes."""
        chosen = select(aside.c.id, aside.c.name, aside.c.reason, aside.c.since, func.length(aside.c.raw).label("size")).order_by(
            aside.c.id
        )
        with self._reading() as connection:
            return [
                Aside(id=row.id, name=row.name, reason=row.reason, since=datetime.fromisoformat(row.since), size_bytes=row.size)
                for row in connection.execute(chosen)
            ]

    def recall_aside(self, id_: int) -> Aside:
        """One thing set aside, with its bytes, to be tried again."""
        with self._reading() as connection:
            row = connection.execute(select(aside).where(aside.c.id == id_)).one_or_none()
        if row is None:
            raise NotKept(f"nothing is set aside under {id_}", remedy="List what is set aside to see the ids.")
        size_bytes = None if row.raw is None else len(row.raw)
        since = datetime.fromisoformat(row.since)
        return Aside(id=row.id, name=row.name, reason=row.reason, since=since, size_bytes=size_bytes, raw=row.raw)

    def forget_aside(self, id_: int) -> None:
        """Takes something off the list of what was set aside. A report kept with the same bytes does so by itself."""
        with self._writing() as connection:
            gone = connection.execute(delete(aside).where(aside.c.id == id_)).rowcount
        if not gone:
            raise NotKept(f"nothing is set aside under {id_}", remedy="List what is set aside to see the ids.")

    # ── recalling ────────────────────────────────────────────────────────────────────────────────

    def recall_report(self, id_: str) -> Report:
        """The report of an id, or of the beginning of one that no other report shares."""
        with self._reading() as connection:
            number = one(connection, reports, id_, "report").number
            return report_from(connection.execute(select(*REPORT).where(reports.c.number == number)).one())

    def recall_claim(self, id_: str) -> Claim:
        """The claim of an id, or of the beginning of one that no other claim shares; of several versions the current one."""
        with self._reading() as connection:
            number = one(connection, claims, id_, "claim").number
            return shapes.claim_from_json(connection.execute(select(claims.c.json).where(claims.c.number == number)).scalar_one())

    def reports(
        self,
        *,
        source: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Report]:
        """Reports by day of publication, those without one first. ``source`` is an outlet's id or words of its name."""
        chosen = select(*REPORT).order_by(reports.c.published.is_not(None), reports.c.published, reports.c.number)
        if source is not None:
            chosen = chosen.where(or_(reports.c.source_id == source, holds(reports.c.source_folded, source)))
        if since is not None:
            chosen = chosen.where(reports.c.published >= since)
        if until is not None:
            chosen = chosen.where(reports.c.published <= until)
        step = 50
        while limit is None or limit > 0:
            with self._reading() as connection:
                rows = connection.execute(chosen.limit(step if limit is None else min(step, limit)).offset(offset)).all()
            yield from (report_from(row) for row in rows)
            if len(rows) < step:
                return
            offset += len(rows)
            limit = None if limit is None else limit - len(rows)

    def claims(self, filter_: ClaimFilter | None = None, *, page: int = PAGE) -> Iterator[tuple[Claim, ...]]:
        """Claims that pass a filter, page by page, by day and then in the order in which they were kept.

        The id of a page's last claim, given as ``after``, goes on behind it, whatever was kept since.
        """
        for rows in self._pages(filter_ or ClaimFilter(), page):
            yield tuple(shapes.claim_from_json(row.json) for row in rows)

    def claims_with_reports(self, filter_: ClaimFilter | None = None) -> Iterator[tuple[Claim, Report]]:
        """The same claims one by one, each with its report: what an export needs."""
        told: dict[int, Report] = {}
        for rows in self._pages(filter_ or ClaimFilter(), 100):
            numbers = {row.report for row in rows}
            told = {number: report for number, report in told.items() if number in numbers}
            with self._reading() as connection:
                missing = select(*REPORT).where(reports.c.number.in_(numbers - told.keys()))
                told |= {row.number: report_from(row) for row in connection.execute(missing)}
            for row in rows:
                yield shapes.claim_from_json(row.json), told[row.report]

    def count(self, filter_: ClaimFilter | None = None) -> int:
        """How many claims pass a filter, whatever its limit, offset and page."""
        chosen = select(func.count()).select_from(claims.join(reports)).where(asked(filter_ or ClaimFilter(), indexed=self._indexed))
        with self._reading() as connection:
            return connection.execute(chosen).scalar_one()

    def search(self, words: str, limit: int = 20) -> list[SearchHit]:
        """Reports in whose title or text all words occur, best first. Words in quotation marks stand together, ``bomb*`` begins a word.

        Case and accents do not matter on SQLite; elsewhere accents do, and parts of words are found too.
        """
        with self._reading() as connection:
            return searching.search(connection, words, limit=limit, indexed=self._indexed)

    # ── weighing ─────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def weighing(self, by: str = "", remembered: Remembered | None = None) -> Iterator[Weighing]:
        """A turn at weighing claims into incidents: all of it holds when the block ends, nothing if it ends by an error.

        Only one can have a turn; meanwhile nothing else is written. What it needs is asked of the turn itself. ``by`` names what weighs:
        its version, a digest of its weights. What another weighed, or a version that packs accounts otherwise, is let go to be weighed
        anew. Turns that are given the same ``remembered`` leave to each other what they read, unless others changed it meanwhile.
        """
        with self._writing() as connection, _uncollected():
            # On a server this is what others wait for; SQLite lets one write at a time by itself.
            connection.execute(select(meta.c.key).where(meta.c.key == "made").with_for_update())
            turn = Weighing(connection, by, remembered)
            yield turn
            now = turn.finish()
        if remembered is not None:
            remembered.stamp = now

    def unweighed(self, limit: int | None = None) -> list[Told]:
        """Current event claims that have no account yet, with their reports, in the order kept."""
        with self._reading() as connection:
            return weighing.to_weigh(connection, limit)

    def stale(self) -> list[str]:
        """Ids of the claims that were weighed but are current no longer."""
        with self._reading() as connection:
            return weighing.stale(connection)

    def count_unweighed(self) -> int:
        """How many claims are to be weighed, or to be let go."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(unweighed)).scalar_one()

    def unweigh(self) -> None:
        """Lets all incidents go, and what they were computed from, so that everything is weighed anew. Judgements stay."""
        with self._writing() as connection:
            forgetting.let_all_go(connection)

    def incidents(self, filter_: IncidentFilter | None = None, *, page: int = PAGE) -> Iterator[tuple[Incident, ...]]:
        """Incidents that pass a filter, page by page, by day. The id of a page's last incident, given as ``after``, goes on behind it."""
        if page < 1:
            raise BadSetting(f"a page of {page} incidents", remedy="Give 1 or more.")
        filter_ = filter_ or IncidentFilter()
        condition = incidents_kept.asked(filter_, indexed=self._indexed)
        left, offset, behind = filter_.limit, filter_.offset, None
        if filter_.after is not None:
            with self._reading() as connection:
                behind = incidents_kept.place_of(connection, filter_.after)
        while left is None or left > 0:
            size = page if left is None else min(page, left)
            with self._reading() as connection:
                rows = incidents_kept.page(connection, condition, behind, size, offset)
            if rows:
                yield tuple(incidents_kept.read(rows))
            if len(rows) < size:
                return
            left = None if left is None else left - len(rows)
            offset, behind = 0, (rows[-1].day, rows[-1].id)

    def count_incidents(self, filter_: IncidentFilter | None = None) -> int:
        """How many incidents pass a filter, whatever its limit, offset and page."""
        condition = incidents_kept.asked(filter_ or IncidentFilter(), indexed=self._indexed)
        with self._reading() as connection:
            return incidents_kept.count(connection, condition)

    def recall_incident(self, id_: str) -> Incident:
        """The incident of an id, or of an unshared beginning of one. An id that has ceased leads on; a claim's leads to its incident."""
        with self._reading() as connection:
            return incidents_kept.recall(connection, id_)

    def incident_of(self, claim: str) -> str | None:
        """The id of the incident that a claim is of, ``None`` where it was not weighed."""
        with self._reading() as connection:
            return incidents_kept.of_claim(connection, claim)

    def keep_judgement(self, judgement: Judgement) -> bool:
        """Keeps what somebody judged of two claims; whether it is new. Earlier ones of the pair are kept too, the later stands."""
        with self._writing() as connection:
            return judgements_kept.keep(connection, judgement)

    def judgements(self, *, withdrawn: bool = False) -> list[Judgement]:
        """The judgements that were not taken back, or those that were, the earliest first: of a pair the last one stands."""
        with self._reading() as connection:
            return judgements_kept.recall(connection, withdrawn=withdrawn)

    def take_back(self, claim: str, other: str) -> Judgement:
        """Withdraws the judgement of two claims that stands, so that the one before it stands again, and returns it."""
        with self._writing() as connection:
            return judgements_kept.take_back(connection, claim, other)

    def origins(self, ids: Collection[str]) -> dict[str, str]:
        """The origins of the texts of reports, by report; those not known are left out."""
        with self._reading() as connection:
            return origins_of(connection, ids)

    # ── within ───────────────────────────────────────────────────────────────────────────────────

    def _pages(self, filter_: ClaimFilter, page: int) -> Iterator[Sequence[Any]]:
        if page < 1:
            raise BadSetting(f"a page of {page} claims", remedy="Give 1 or more.")
        chosen = (
            select(claims.c.json, claims.c.day, claims.c.number, claims.c.report)
            .select_from(claims.join(reports))
            .where(asked(filter_, indexed=self._indexed))
            .order_by(claims.c.day, claims.c.number)
        )
        left, offset, place = filter_.limit, filter_.offset, None
        if filter_.after is not None:
            with self._reading() as connection:
                last = one(connection, claims, filter_.after, "claim")
            place = (last.day, last.number)
        while left is None or left > 0:
            size = page if left is None else min(page, left)
            behind = chosen if place is None else chosen.where(tuple_(claims.c.day, claims.c.number) > place)
            with self._reading() as connection:
                rows = connection.execute(behind.limit(size).offset(offset)).all()
            if rows:
                yield rows
            if len(rows) < size:
                return
            left = None if left is None else left - len(rows)
            offset, place = 0, (rows[-1].day, rows[-1].number)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with opening.plainly(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with opening.plainly(self._engine), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spares a turn the search for garbage in rings: weighing leaves none, and what it remembers is much to search through."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
