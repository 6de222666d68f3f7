"""What is kept about copies: the fingerprints of reports under their keys, and the origins of texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from thucydides.archive.accounts_packed import pack_keys, signed, unpack_keys
from thucydides.archive.recalling import one
from thucydides.archive.tables import fingerprint_keys, fingerprints, origins, reports
from thucydides.archive.unshelving import parts

NEAR_MOST = 500
"""How many fingerprints are given at most: those that share the most keys, of these the earliest kept."""


def fingerprint_near(connection: Connection, keys: Collection[int]) -> dict[str, bytes]:
    """The fingerprints, by report id, that share a key with these, who shares the most first; at most ``NEAR_MOST`` of them."""
    if not keys:
        return {}
    shared = (
        select(fingerprint_keys.c.report, func.count().label("shared"))
        .where(fingerprint_keys.c.key.in_([signed(key) for key in keys]))
        .group_by(fingerprint_keys.c.report)
        .order_by(func.count().desc(), fingerprint_keys.c.report)
        .limit(NEAR_MOST)
        .subquery()
    )
    chosen = (
        select(reports.c.id, fingerprints.c.packed)
        .select_from(shared.join(fingerprints, fingerprints.c.report == shared.c.report).join(reports, reports.c.number == shared.c.report))
        .order_by(shared.c.shared.desc(), shared.c.report)
    )
    return {row.id: row.packed for row in connection.execute(chosen)}


def keep_fingerprint(connection: Connection, report: str, fingerprint: bytes, keys: Iterable[int]) -> None:
    """Keeps the fingerprint of a report under keys of up to 64 bits, instead of any that it had."""
    number = one(connection, reports, report, "report").number
    under = sorted({signed(key) for key in keys})
    let_go(connection, number)
    connection.execute(insert(fingerprints).values(report=number, packed=fingerprint, under=pack_keys(under)))
    if under:
        connection.execute(insert(fingerprint_keys), [{"key": key, "report": number} for key in under])


def let_go(connection: Connection, number: int) -> None:
    """Takes the fingerprint of a report from under its keys."""
    packed = connection.execute(select(fingerprints.c.under).where(fingerprints.c.report == number)).scalar_one_or_none()
    if packed:
        same = (fingerprint_keys.c.key == bindparam("its_key"), fingerprint_keys.c.report == number)
        connection.execute(delete(fingerprint_keys).where(*same), [{"its_key": key} for key in unpack_keys(packed)])
    connection.execute(delete(fingerprints).where(fingerprints.c.report == number))


def origin(connection: Connection, report: str) -> str | None:
    """The origin of a report's text, if it is known."""
    return origins_of(connection, [report]).get(report)


def origins_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The origins of those of these reports that have one, by report."""
    found: dict[str, str] = {}
    for many in parts(ids):
        chosen = select(reports.c.id, origins.c.origin).select_from(origins.join(reports)).where(reports.c.id.in_(many))
        found.update((row.id, row.origin) for row in connection.execute(chosen))
    return found


def keep_origin(connection: Connection, report: str, origin_: str) -> None:
    """Notes the origin of a report's text, instead of any that it had."""
    number = one(connection, reports, report, "report").number
    connection.execute(delete(origins).where(origins.c.report == number))
    connection.execute(insert(origins).values(report=number, origin=origin_))
