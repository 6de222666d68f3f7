"""How a row is found by its id, and how a report is made of its row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from thucydides.archive import shapes
from thucydides.archive.tables import claims, reports
from thucydides.errors import NotKept
from thucydides.record import Report

REPORT = (reports.c.number, reports.c.text, reports.c.reading, reports.c.sections, reports.c.rest)
"""The columns that :func:`report_from` reads."""


def report_from(row: Any) -> Report:
    """The report of a row."""
    return shapes.report_from_json(row.rest, row.sections, row.text, row.text if row.reading is None else row.reading)


def one(connection: Connection, table: Table, id_: str, noun: str) -> Any:
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
