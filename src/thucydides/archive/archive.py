"""The archive itself: one store of reports and what was read in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, inspect, or_, select, tuple_
from sqlalchemy.exc import IntegrityError

from thucydides.archive import keeping, opening, searching, shapes
from thucydides.archive.asked import Aside, ClaimFilter, Kept, SearchHit
from thucydides.archive.selecting import asked, holds
from thucydides.archive.tables import INDEXES, aside, claims, reports
from thucydides.errors import ArchiveError, BadSetting, NotKept
from thucydides.record import Claim, Report

PAGE = 500
"""How many claims are read at a time: a page is read whole, between pages others may write."""

_REPORT = (reports.c.number, reports.c.text, reports.c.reading, reports.c.sections, reports.c.rest)


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
    def open(cls, url_or_path: str | Path, *, wait_seconds: float = 10.0) -> Archive:
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
            return keeping.forget(connection, self._one(connection, reports, report, "report").number)

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
            return _report(
                connection.execute(select(*_REPORT).where(reports.c.number == self._one(connection, reports, id_, "report").number)).one()
            )

    def recall_claim(self, id_: str) -> Claim:
        """The claim of an id, or of the beginning of one that no other claim shares; of several versions the current one."""
        with self._reading() as connection:
            number = self._one(connection, claims, id_, "claim").number
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
        chosen = select(*_REPORT).order_by(reports.c.published.is_not(None), reports.c.published, reports.c.number)
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
            yield from (_report(row) for row in rows)
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
                missing = select(*_REPORT).where(reports.c.number.in_(numbers - told.keys()))
                told |= {row.number: _report(row) for row in connection.execute(missing)}
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
                last = self._one(connection, claims, filter_.after, "claim")
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

    def _one(self, connection: Connection, table: Table, id_: str, noun: str) -> Any:
        """The row of an id or of an unshared beginning of one, of several versions the current and newest."""
        columns = [table.c.number, table.c.id, *([claims.c.day, claims.c.current] if table is claims else [])]
        found: Sequence[Any] = []
        if id_:
            found = connection.execute(select(*columns).where(table.c.id == id_).order_by(table.c.number)).all()
            if not found:
                begun = select(*columns).where(table.c.id.startswith(id_, autoescape=True)).order_by(table.c.number).limit(1000)
                found = [row for row in connection.execute(begun) if row.id.startswith(id_)]
        ids = list(dict.fromkeys(row.id for row in found))
        if not ids:
            raise NotKept(f"no {noun} is kept under {id_!r}", remedy=f"Give the id of a {noun}, or its beginning.")
        if len(ids) > 1:
            raise NotKept(f"{len(ids)} {noun}s begin with {id_!r}, such as {ids[0]} and {ids[1]}", remedy="Give more of the id.")
        return max(found, key=lambda row: (table is claims and row.current, row.number))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with opening.plainly(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with opening.plainly(self._engine), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection


def _report(row: Any) -> Report:
    return shapes.report_from_json(row.rest, row.sections, row.text, row.text if row.reading is None else row.reading)
