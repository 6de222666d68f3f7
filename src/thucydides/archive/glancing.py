"""Many things of the archive at a glance, without texts or evidence: what lists, maps and counts are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, text, true

from thucydides.archive import judgements_kept, shapes
from thucydides.archive.recalling import REPORT, report_from
from thucydides.archive.searching import with_words
from thucydides.archive.selecting import holds, stating
from thucydides.archive.tables import (
    claims,
    incident_claims,
    incident_redirects,
    incidents,
    judgements,
    origins,
    passages,
    reports,
    unweighed,
)
from thucydides.archive.unshelving import parts
from thucydides.record import Claim, Incident, Judgement, Kind, Report, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much an archive holds, and the days that its claims tell of."""

    reports: int
    claims: int  # current ones
    incidents: int
    unweighed: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A report without its text."""

    id: str
    source: Source
    title: str | None
    url: str | None
    published: date | None
    retrieved: date | None
    language: str | None
    copied_from: tuple[str, ...]
    claims: int  # current ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An incident as it is kept, one line of JSON, with the highest confidence and the last day seen of any of its claims.

    ``seen`` is ``None`` where a claim tells no day, nor does its report.
    """

    id: str
    json: str
    confidence: float
    seen: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsAsked:
    """Which reports are asked for: words of the text or title, an outlet's id or words of its name, days of publication."""

    words: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None


Behind = tuple[date | None, int]
"""The place of a report in the order of a list: its day and the number under which it is kept."""


Words = tuple[str, str, int, int]
"""A passage without its words: the id of its claim, its field, where it begins and ends."""


class Glance:
    """What an archive holds, at a glance. Made by ``Archive.glance``."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]], *, indexed: bool) -> None:
        self._reading, self._indexed = reading, indexed

    def size(self, *, roughly: bool = False) -> Size:
        """How much there is. ``roughly`` counts claims of all codings and tells no days: what an index can answer at once."""
        with self._reading() as connection:
            return _size(connection, roughly=roughly)

    def is_empty(self) -> bool:
        """Whether no report is kept."""
        with self._reading() as connection:
            return connection.scalar(select(reports.c.number).limit(1)) is None

    def mark(self) -> str:
        """What moves on whenever anything is written: a server's own count of its transactions, else the archive's sizes."""
        with self._reading() as connection:
            return _mark(connection)

    def briefs(self, ids: Collection[str]) -> dict[str, Brief]:
        """Reports by id; those not kept are left out."""
        with self._reading() as connection:
            found = [one for many in parts(ids) for one in _briefly(connection, select(*_BRIEF).where(reports.c.id.in_(many)))]
        return {brief.id: brief for _, brief in found}

    def brief_page(self, asked: ReportsAsked, behind: Behind | None, limit: int) -> tuple[list[Brief], Behind | None]:
        """Reports asked for, the newest first and those without a day last, and the place of the last one where more follow."""
        chosen = select(*_BRIEF).where(_condition(asked, indexed=self._indexed))
        chosen = chosen.order_by(reports.c.published.is_(None), reports.c.published.desc(), reports.c.number.desc())
        if behind is not None:
            chosen = chosen.where(_later(behind))
        with self._reading() as connection:
            found = _briefly(connection, chosen.limit(limit + 1))
        last = found[limit - 1] if len(found) > limit else None
        return [brief for _, brief in found[:limit]], (last[1].published, last[0]) if last is not None else None

    def count_briefs(self, asked: ReportsAsked) -> int:
        """How many reports are asked for."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(reports).where(_condition(asked, indexed=self._indexed))) or 0

    def sources_of_reports(self) -> list[tuple[str, str | None, str]]:
        """Of every report its id and the id and name of its outlet."""
        with self._reading() as connection:
            return list(connection.execute(select(reports.c.id, reports.c.source_id, reports.c.source)).tuples())

    def sources(self) -> dict[str, Source]:
        """The outlets of all reports by id, else name, as the first report of each tells them."""
        key = func.coalesce(reports.c.source_id, reports.c.source)
        firsts = select(func.min(reports.c.number)).group_by(key)
        with self._reading() as connection:
            found = connection.execute(select(reports.c.rest).where(reports.c.number.in_(firsts))).all()
        told = [_source(json.loads(row.rest)["source"]) for row in found]
        return {one.id or one.name: one for one in told}

    def lines(self, behind: str, limit: int) -> list[Line]:
        """Incidents by id, behind one."""
        with self._reading() as connection:
            return _lines(connection, behind, limit)

    def incidents_stating(self, words: str) -> list[str]:
        """The ids of the incidents of which a claim's own sentence holds all the words."""
        stating_them = incident_claims.c.claim.in_(stating(words, indexed=self._indexed))
        with self._reading() as connection:
            return list(connection.scalars(select(incident_claims.c.incident).where(stating_them).distinct()))

    def incidents_of(self, ids: Collection[str]) -> dict[str, str]:
        """By claim the id of the incident that it is of; claims that are of none are left out."""
        found: dict[str, str] = {}
        chosen = select(claims.c.id, incident_claims.c.incident).select_from(incident_claims.join(claims)).order_by(claims.c.current)
        with self._reading() as connection:
            for many in parts(ids):
                found.update(connection.execute(chosen.where(claims.c.id.in_(many))).tuples().all())
        return found

    def incidents(self, ids: Sequence[str]) -> list[Incident]:
        """Incidents in the order of their whole ids; those not kept are left out."""
        found: dict[str, str] = {}
        with self._reading() as connection:
            for many in parts(ids):
                found.update(connection.execute(select(incidents.c.id, incidents.c.json).where(incidents.c.id.in_(many))).tuples().all())
        return [shapes.incident_from_json(found[id_]) for id_ in ids if id_ in found]

    def claims(self, ids: Sequence[str]) -> list[Claim]:
        """Claims in the order of their whole ids, of several versions the current one; those not kept are left out."""
        found: dict[str, str] = {}
        chosen = select(claims.c.id, claims.c.json).order_by(claims.c.current, claims.c.number)
        with self._reading() as connection:
            for many in parts(ids):
                found.update(connection.execute(chosen.where(claims.c.id.in_(many))).tuples().all())
        return [shapes.claim_from_json(found[id_]) for id_ in ids if id_ in found]

    def current_claims(self, kinds: Collection[Kind]) -> list[int]:
        """The numbers under which the current claims of some kinds are kept, ascending: what is kept under one never changes."""
        wanted = claims.c.kind.in_([str(kind) for kind in kinds])
        with self._reading() as connection:
            return list(connection.scalars(select(claims.c.number).where(wanted, claims.c.current.is_(True)).order_by(claims.c.number)))

    def claims_of_reports(self, ids: Collection[str]) -> list[int]:
        """The numbers under which the claims of some reports are kept."""
        chosen = select(claims.c.number).select_from(claims.join(reports))
        with self._reading() as connection:
            return [number for many in parts(ids) for number in connection.scalars(chosen.where(reports.c.id.in_(many)))]

    def told(self, numbers: Sequence[int]) -> list[tuple[int, Claim, Report]]:
        """The claims that are kept under some numbers, each with its report."""
        with self._reading() as connection:
            chosen = select(claims.c.number, claims.c.report, claims.c.json)
            rows = [row for many in parts(numbers) for row in connection.execute(chosen.where(claims.c.number.in_(many)))]
            wanted = {row.report for row in rows}
            found = [row for many in parts(wanted) for row in connection.execute(select(*REPORT).where(reports.c.number.in_(many)))]
        of = {row.number: report_from(row) for row in found}
        return [(row.number, shapes.claim_from_json(row.json), of[row.report]) for row in rows if row.report in of]

    def words_of_report(self, report: str) -> list[Words]:
        """The passages behind the current claims of a report, the claims by day as everywhere."""
        chosen = (
            select(claims.c.id, passages.c.field, passages.c.start, passages.c.end)
            .select_from(passages.join(claims).join(reports, reports.c.number == claims.c.report))
            .where(reports.c.id == report, claims.c.current.is_(True))
            .order_by(claims.c.day, claims.c.number, passages.c.number)
        )
        with self._reading() as connection:
            return list(connection.execute(chosen).tuples())

    def reports(self, ids: Collection[str]) -> list[Report]:
        """Reports of whole ids, with their texts; those not kept are left out."""
        with self._reading() as connection:
            chosen = select(*REPORT)
            return [report_from(row) for many in parts(ids) for row in connection.execute(chosen.where(reports.c.id.in_(many)))]

    def reports_by_source(self, until: date | None = None) -> dict[str, int]:
        """By outlet, its id or else its name, how many reports are kept, or were published until a day."""
        source = func.coalesce(reports.c.source_id, reports.c.source)
        published = true() if until is None else reports.c.published <= until
        with self._reading() as connection:
            return dict(connection.execute(select(source, func.count()).where(published).group_by(source)).tuples().all())

    def origins_told(self, until: date | None = None) -> list[tuple[str, str, str]]:
        """Of every report, or every one published until a day, whose origin is known its id, its outlet's name and the origin."""
        chosen = select(reports.c.id, reports.c.source, origins.c.origin).select_from(origins.join(reports))
        if until is not None:
            chosen = chosen.where(reports.c.published <= until)
        with self._reading() as connection:
            return list(connection.execute(chosen).tuples())

    def coder(self) -> str:
        """What coded the report that was coded last; empty where nothing is kept."""
        with self._reading() as connection:
            return connection.scalar(select(claims.c.by).order_by(claims.c.number.desc()).limit(1)) or ""

    def redirect(self, id_: str) -> str | None:
        """Where the whole id of an incident that has ceased leads to."""
        with self._reading() as connection:
            return connection.scalar(select(incident_redirects.c.now).where(incident_redirects.c.id == id_))

    def copies_of(self, id_: str) -> list[str]:
        """The ids of the reports whose words are known to come from a report."""
        named = origins.c.origin.contains(json.dumps(id_, ensure_ascii=False), autoescape=True)
        chosen = select(reports.c.id, origins.c.origin).select_from(origins.join(reports)).where(named).order_by(reports.c.published)
        with self._reading() as connection:
            return [row.id for row in connection.execute(chosen) if json.loads(row.origin)[1] == id_]

    def judgements_of(self, ids: Collection[str]) -> list[Judgement]:
        """What people judged of claims and did not take back, the earliest first."""
        with self._reading() as connection:
            return [one for one in judgements_kept.recall(connection) if one.one in ids or one.other in ids]


def _size(connection: Connection, *, roughly: bool) -> Size:
    counts = [connection.scalar(select(func.count()).select_from(table)) or 0 for table in (reports, incidents, unweighed, claims)]
    first = last = None
    if not roughly:
        days = select(func.count(), func.min(claims.c.first_day), func.max(claims.c.last_day)).where(claims.c.current.is_(True))
        counts[3], first, last = connection.execute(days).one()
    return Size(reports=counts[0], claims=counts[3], incidents=counts[1], unweighed=counts[2], first_day=first, last_day=last)


def _mark(connection: Connection) -> str:
    if connection.dialect.name == "postgresql":
        return str(connection.execute(text("SELECT pg_current_snapshot()::text")).scalar_one())
    counts = [connection.scalar(select(func.count()).select_from(table)) for table in (reports, claims, incidents, unweighed, judgements)]
    return ".".join(map(str, counts))


_BRIEF = (reports.c.number, reports.c.id, reports.c.title, reports.c.url, reports.c.published, reports.c.language, reports.c.rest)


def _condition(asked: ReportsAsked, *, indexed: bool) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if asked.words:
        conditions.append(with_words(asked.words, indexed=indexed))
    if asked.source is not None:
        conditions.append(or_(reports.c.source_id == asked.source.lower(), holds(reports.c.source_folded, asked.source)))
    if asked.since is not None:
        conditions.append(reports.c.published >= asked.since)
    if asked.until is not None:
        conditions.append(reports.c.published <= asked.until)
    return and_(true(), *conditions)


def _later(behind: Behind) -> ColumnElement[bool]:
    day, number = behind
    if day is None:
        return and_(reports.c.published.is_(None), reports.c.number < number)
    return or_(reports.c.published < day, and_(reports.c.published == day, reports.c.number < number), reports.c.published.is_(None))


def _briefly(connection: Connection, chosen: Select[Any]) -> list[tuple[int, Brief]]:
    """Reports with the numbers under which they are kept."""
    rows = connection.execute(chosen).all()
    counts: dict[int, int] = {}
    counted = select(claims.c.report, func.count()).where(claims.c.current.is_(True)).group_by(claims.c.report)
    for many in parts([row.number for row in rows]):
        counts.update(connection.execute(counted.where(claims.c.report.in_(many))).tuples().all())
    return [(row.number, _brief(row, counts.get(row.number, 0))) for row in rows]


def _brief(row: Any, claims_: int) -> Brief:
    rest = json.loads(row.rest)
    retrieved = rest.get("retrieved")
    return Brief(
        id=row.id,
        source=_source(rest["source"]),
        title=row.title,
        url=row.url,
        published=row.published,
        retrieved=date.fromisoformat(retrieved[:10]) if retrieved else None,
        language=row.language,
        copied_from=tuple(rest.get("copied_from", ())),
        claims=claims_,
    )


def _source(told: dict[str, Any]) -> Source:
    return Source(**{**told, "stands_with": tuple(told.get("stands_with", ()))})


def _lines(connection: Connection, behind: str, limit: int) -> list[Line]:
    rows = connection.execute(
        select(incidents.c.id, incidents.c.json).where(incidents.c.id > behind).order_by(incidents.c.id).limit(limit)
    ).all()
    if not rows:
        return []
    day = func.coalesce(claims.c.last_day, reports.c.published)
    told = (
        select(incident_claims.c.incident, func.max(claims.c.confidence), func.max(day), func.count(day) == func.count())
        .select_from(incident_claims.join(claims).join(reports, reports.c.number == claims.c.report))
        .where(incident_claims.c.incident.between(rows[0].id, rows[-1].id))
        .group_by(incident_claims.c.incident)
    )
    about = {incident: (confidence, seen if every else None) for incident, confidence, seen, every in connection.execute(told)}
    return [Line(id=row.id, json=row.json, confidence=about[row.id][0], seen=about[row.id][1]) for row in rows if row.id in about]
