"""How a report and its claims are put into the tables, within one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from thucydides.archive import forgetting, shapes
from thucydides.archive.asked import Kept
from thucydides.archive.selecting import folded
from thucydides.archive.tables import aside, claim_actors, claim_arms, claim_places, claims, passages, reports
from thucydides.archive.unshelving import requeue
from thucydides.errors import ArchiveError
from thucydides.record import Arming, Claim, Event, Plan, Report

_MANY = 500
"""How many ids are asked for in one statement: databases limit the values a statement may hold."""


def keep(connection: Connection, report: Report, told: Sequence[Claim]) -> Kept:
    """Keeps a report and the claims of its newest coding; see :meth:`Archive.keep`."""
    check(report, told)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    number, report_new = _keep_report(connection, report, now)
    versions = {(claim.id, claim.by): claim for claim in told}
    known = _known(connection, [claim.id for claim in told])
    for key in versions.keys() & known.keys():
        if known[key][1] != number:
            raise ArchiveError(f"claim {key[0]!r} is kept already, of another report", remedy="Claims need ids of their own.")
    new = [claim for key, claim in versions.items() if key not in known]
    shown = {known[key][0] for key in versions.keys() & known.keys()}
    kept = [_keep_claim(connection, claim, number, report.published, now) for claim in new]
    changed = _show_only(connection, number, shown.union(kept))
    requeue(connection, [*kept, *changed])
    if (kept or changed) and not report_new:
        # An account says how many events its report tells.
        forgetting.weigh_anew(connection, number)
    if report.raw_hash:
        connection.execute(delete(aside).where(aside.c.raw_hash == report.raw_hash))
    return Kept(report_new=report_new, claims_new=len(new))


def check(report: Report, told: Sequence[Claim]) -> None:
    """Refuses what would break the laws of the record once it is kept: evidence must be the words of the report."""
    if len(report.reading) != len(report.text):
        raise ArchiveError(f"the reading of report {report.id!r} is not as long as its text", remedy="Read the report again.")
    for claim in told:
        if claim.report != report.id:
            raise ArchiveError(
                f"claim {claim.id!r} is of report {claim.report!r}, not {report.id!r}", remedy="Keep it with its own report."
            )
        for passage in claim.evidence:
            if report.text[passage.start : passage.end] != passage.words:
                what = f"the words {passage.words[:60]!r} of claim {claim.id!r} do not stand at {passage.start} in report {report.id!r}"
                raise ArchiveError(what, remedy="Code the report again.")


def _keep_report(connection: Connection, report: Report, now: str) -> tuple[int, bool]:
    """The number of a report and whether it is new. What a better reader finds out about a text already kept is taken over."""
    columns = (reports.c.number, reports.c.text, reports.c.reading, reports.c.sections, reports.c.rest)
    kept = connection.execute(select(*columns).where(reports.c.id == report.id)).one_or_none()
    if kept is None:
        row = connection.execute(insert(reports).values(**_columns(report), id=report.id, text=report.text, kept=now)).inserted_primary_key
        assert row is not None
        return int(row[0]), True
    if kept.text != report.text:
        remedy = "Give the new text an id of its own, or forget the old report first."
        raise ArchiveError(f"another text is kept under the id {report.id!r}", remedy=remedy)
    before = shapes.report_from_json(kept.rest, kept.sections, kept.text, kept.text if kept.reading is None else kept.reading)
    # When it was first retrieved stays: fetching the same again is no news.
    now_told = replace(report, retrieved=before.retrieved or report.retrieved)
    if now_told != before:
        connection.execute(update(reports).where(reports.c.number == kept.number).values(**_columns(now_told)))
        forgetting.weigh_anew(connection, kept.number)
    return int(kept.number), False


def _columns(report: Report) -> dict[str, Any]:
    rest, sections = shapes.report_to_json(report)
    return {
        "source": report.source.name,
        "source_id": report.source.id,
        "source_folded": folded(report.source.name),
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "language": report.language,
        "raw_hash": report.raw_hash,
        "reading": None if report.reading == report.text else report.reading,
        "sections": sections,
        "rest": rest,
    }


def _known(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """Number and report number of claims already kept, by id and coder."""
    known: dict[tuple[str, str], tuple[int, int]] = {}
    for first in range(0, len(ids), _MANY):
        chosen = select(claims.c.id, claims.c.by, claims.c.number, claims.c.report).where(claims.c.id.in_(ids[first : first + _MANY]))
        known |= {(row.id, row.by): (row.number, row.report) for row in connection.execute(chosen)}
    return known


def _keep_claim(connection: Connection, claim: Claim, report: int, published: date | None, now: str) -> int:
    says = claim.says
    event = says.event if isinstance(says, Plan) else says
    first_day, last_day = (event.when.start, event.when.end) if event.when else (None, None)
    day = first_day or last_day or published
    values = {
        "id": claim.id,
        "by": claim.by,
        "report": report,
        "current": True,
        "day": day.isoformat() if day else "",
        "kind": str(claim.kind),
        "type": event.type if isinstance(event, Event) else None,
        "first_day": first_day,
        "last_day": last_day,
        "factuality": str(claim.factuality),
        "confidence": claim.confidence,
        "json": shapes.claim_to_json(claim),
        "kept": now,
    }
    row = connection.execute(insert(claims).values(**values)).inserted_primary_key
    assert row is not None
    number = int(row[0])
    parties = [
        {"claim": number, "role": p.role, "name": p.name, "folded": folded(p.name, *p.names), "actor": p.actor, "kind": p.kind}
        for p in event.parties
    ]
    places = [
        {
            "claim": number,
            "name": where.name,
            "folded": folded(where.name, *where.aliases),
            "place": where.place,
            "lat": where.lat,
            "lon": where.lon,
            "radius_km": where.radius_km,
            "country": where.country,
            "admin1": where.admin1,
            "precision": where.precision,
        }
        for where in event.where
    ]
    uses = event.arms if isinstance(event, Event | Arming) else ()
    arms = [{"claim": number, "name": use.name, "folded": folded(use.name), "arm": use.arm, "kind": use.kind} for use in uses]
    words = [{"claim": number, "field": p.field, "start": p.start, "end": p.end, "words": p.words} for p in claim.evidence]
    for table, rows in ((claim_actors, parties), (claim_places, places), (claim_arms, arms), (passages, words)):
        if rows:
            connection.execute(insert(table), rows)
    return number


def _show_only(connection: Connection, report: int, shown: Iterable[int]) -> list[int]:
    """Makes these the current claims of a report, and returns those that were not or are no longer."""
    wanted = set(shown)
    all_changed: list[int] = []
    rows = connection.execute(select(claims.c.number, claims.c.current).where(claims.c.report == report)).all()
    for current in (True, False):
        changed = [row.number for row in rows if bool(row.current) != current and (row.number in wanted) == current]
        for first in range(0, len(changed), _MANY):
            connection.execute(update(claims).where(claims.c.number.in_(changed[first : first + _MANY])).values(current=current))
        all_changed += changed
    return all_changed


def forget(connection: Connection, report: int) -> int:
    """Removes a report and all that hangs on it."""
    count = connection.execute(select(func.count()).select_from(claims).where(claims.c.report == report)).scalar_one()
    forgetting.let_go(connection, report)
    connection.execute(delete(reports).where(reports.c.number == report))
    return count


def keep_aside(connection: Connection, name: str, reason: str, raw: bytes | None) -> int:
    """Notes what could not be read; see :meth:`Archive.keep_aside`."""
    raw_hash = "" if raw is None else hashlib.sha256(raw).hexdigest()
    same = (aside.c.name == name, aside.c.raw_hash == raw_hash)
    known = connection.execute(select(aside.c.id, aside.c.reason).where(*same)).one_or_none()
    if known is not None:
        if known.reason != reason:
            connection.execute(update(aside).where(*same).values(reason=reason))
        return int(known.id)
    since = datetime.now(UTC).isoformat(timespec="seconds")
    row = connection.execute(insert(aside).values(name=name, reason=reason, raw_hash=raw_hash, raw=raw, since=since)).inserted_primary_key
    assert row is not None
    return int(row[0])
