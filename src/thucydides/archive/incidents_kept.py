"""Incidents in the tables: how they are kept, found by id and chosen by a filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, true

from thucydides.archive import shapes
from thucydides.archive.asked import GRADES, ClaimFilter, IncidentFilter
from thucydides.archive.recalling import one
from thucydides.archive.selecting import asked as claims_asked
from thucydides.archive.selecting import check
from thucydides.archive.tables import claims, incident_claims, incident_redirects, incidents, reports
from thucydides.archive.unshelving import parts
from thucydides.errors import BadSetting, NotKept
from thucydides.record import Incident


def keep(connection: Connection, told: Iterable[tuple[Incident, str]]) -> None:
    """Keeps incidents, each with the id of its earliest claim, in the place of those that had their ids."""
    rows = [_columns(incident, earliest) for incident, earliest in told]
    for many in parts([row["id"] for row in rows]):
        connection.execute(delete(incidents).where(incidents.c.id.in_(many)))
    connection.execute(insert(incidents), rows)


def _columns(incident: Incident, earliest: str) -> dict[str, Any]:
    when, where = incident.event.when, incident.event.where
    first_day, last_day = (when.start, when.end) if when else (None, None)
    day = first_day or last_day or incident.first_reported
    return {
        "id": incident.id,
        "earliest": earliest,
        "day": day.isoformat() if day else "",
        "type": incident.event.type,
        "first_day": first_day,
        "last_day": last_day,
        "grade": incident.grade.incident,
        "credibility": incident.grade.credibility,
        "witnesses": len(incident.witnesses),
        "disputed": bool(incident.disputed),
        "place": where[0].name if where else None,
        "country": next((place.country for place in where if place.country), None),
        "json": shapes.incident_to_json(incident),
    }


def recall(connection: Connection, id_: str) -> Incident:
    """The incident of an id, of one that has ceased, of the beginning of one, or of a claim."""
    lives = _live(connection, id_)
    line = connection.execute(select(incidents.c.json).where(incidents.c.id == lives)).scalar_one_or_none()
    if line is None:
        raise NotKept(f"no incident is kept under {id_!r}", remedy="Weigh what was kept since, or give the id of an incident or claim.")
    return shapes.incident_from_json(line)


def _live(connection: Connection, id_: str) -> str:
    """The id of the incident that an id or its beginning leads to."""
    for begins in (False, True):
        lives = list(dict.fromkeys(_led_to(connection, id_, begins=begins))) if id_ else []
        if len(lives) > 1:
            raise NotKept(f"{len(lives)} incidents begin with {id_!r}, such as {lives[0]} and {lives[1]}", remedy="Give more of the id.")
        if lives:
            return lives[0]
    try:
        claim = one(connection, claims, id_, "claim")
    except NotKept as error:
        raise NotKept(f"no incident is kept under {id_!r}", remedy="Give the id of an incident or of a claim, or its beginning.") from error
    home = of_claim(connection, claim.id)
    if home is None:
        raise NotKept(f"claim {claim.id} is of no incident", remedy="Only current claims of events are weighed; weigh what was kept since.")
    return home


def _led_to(connection: Connection, id_: str, *, begins: bool) -> Iterator[str]:
    for table, now in ((incidents, incidents.c.id), (incident_redirects, incident_redirects.c.now)):
        same = table.c.id.startswith(id_, autoescape=True) if begins else table.c.id == id_
        for row in connection.execute(select(table.c.id, now.label("leads_to")).where(same).limit(1000)):
            if row.id.startswith(id_):
                yield row.leads_to


def of_claim(connection: Connection, claim: str) -> str | None:
    """The id of the incident that a claim is of."""
    chosen = select(incident_claims.c.incident).select_from(incident_claims.join(claims)).where(claims.c.id == claim)
    return connection.execute(chosen.order_by(claims.c.current.desc()).limit(1)).scalar_one_or_none()


def asked(filter_: IncidentFilter, *, indexed: bool) -> ColumnElement[bool]:
    """The condition that a filter puts on ``incidents``."""
    check(filter_)
    conditions: list[ColumnElement[bool]] = []
    of_claims = ClaimFilter(**{name: getattr(filter_, name) for name in _OF_CLAIMS})
    if of_claims != ClaimFilter():
        joined = incident_claims.join(claims).join(reports, reports.c.number == claims.c.report)
        chosen = select(incident_claims.c.incident).select_from(joined)
        conditions.append(incidents.c.id.in_(chosen.where(claims_asked(replace(of_claims, all_versions=True), indexed=indexed))))
    if filter_.since is not None or filter_.until is not None:
        conditions.append(or_(incidents.c.first_day.is_not(None), incidents.c.last_day.is_not(None)))
    if filter_.since is not None:
        conditions.append(or_(incidents.c.last_day >= filter_.since, incidents.c.last_day.is_(None)))
    if filter_.until is not None:
        conditions.append(or_(incidents.c.first_day <= filter_.until, incidents.c.first_day.is_(None)))
    if filter_.type is not None:
        conditions.append(func.lower(incidents.c.type) == filter_.type.lower())
    if filter_.disputed is not None:
        conditions.append(incidents.c.disputed.is_(filter_.disputed))
    if filter_.min_grade is not None:
        if filter_.min_grade not in GRADES:
            raise BadSetting(f"{filter_.min_grade!r} is no grade of an incident", remedy=f"Choose from {', '.join(GRADES)}.")
        conditions.append(incidents.c.grade.in_(GRADES[GRADES.index(filter_.min_grade) :]))
    return and_(true(), *conditions)


_OF_CLAIMS = ("actor", "kin", "role", "place", "country", "bbox", "arm", "kind", "report", "source", "min_confidence", "words")
"""What a claim of the incident must meet, all of it by the same claim."""


def page(connection: Connection, condition: ColumnElement[bool], behind: tuple[str, str] | None, size: int, offset: int) -> Sequence[Any]:
    """Rows of incidents by day and id, behind a place in that order."""
    chosen = select(incidents.c.json, incidents.c.day, incidents.c.id).where(condition).order_by(incidents.c.day, incidents.c.id)
    if behind is not None:
        day, id_ = behind
        chosen = chosen.where(or_(incidents.c.day > day, and_(incidents.c.day == day, incidents.c.id > id_)))
    return connection.execute(chosen.limit(size).offset(offset)).all()


def place_of(connection: Connection, id_: str) -> tuple[str, str]:
    """Where an incident stands in the order of pages."""
    row = connection.execute(select(incidents.c.day, incidents.c.id).where(incidents.c.id == _live(connection, id_))).one()
    return row.day, row.id


def count(connection: Connection, condition: ColumnElement[bool]) -> int:
    """How many incidents meet a condition."""
    return connection.execute(select(func.count()).select_from(incidents).where(condition)).scalar_one()


def read(rows: Iterable[Any]) -> Iterator[Incident]:
    """The incidents of rows."""
    return (shapes.incident_from_json(row.json) for row in rows)
