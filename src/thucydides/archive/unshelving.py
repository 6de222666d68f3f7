"""Taking accounts off the shelf, what is to be weighed again, and the stamp that tells whether anything changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from thucydides.archive.accounts_packed import unpack_keys, unpack_sketches
from thucydides.archive.tables import account_keys, accounts, claims, meta, sketch_keys, sketches, unweighed

MANY = 500
"""How many ids are asked for in one statement: databases limit the values a statement may hold."""

_STAMP = "accounts stamp"


def stamped(connection: Connection) -> str:
    """The stamp of the tables as they are: another one whenever accounts were changed by a turn or let go."""
    return connection.execute(select(meta.c.value).where(meta.c.key == _STAMP)).scalar() or ""


def stamp(connection: Connection) -> str:
    """Gives the tables a new stamp, so that nothing remembered of them before is taken for true."""
    new = token_hex(8)
    if not connection.execute(update(meta).where(meta.c.key == _STAMP).values(value=new)).rowcount:
        connection.execute(insert(meta).values(key=_STAMP, value=new))
    return new


def take_off(connection: Connection, numbers: Iterable[int]) -> None:
    """Takes the accounts of claims from under their keys, and the sketches of reports that have no account left."""
    for many in parts(numbers):
        rows = connection.execute(
            select(accounts.c.claim, accounts.c.report, accounts.c.day, accounts.c.under).where(accounts.c.claim.in_(many))
        )
        read = rows.all()
        _delete_keys(connection, account_keys, "claim", [(row.claim, row.day, row.under) for row in read])
        connection.execute(delete(accounts).where(accounts.c.claim.in_(many)))
        left = {row.report for row in read}
        left -= set(connection.scalars(select(accounts.c.report).where(accounts.c.report.in_(left))))
        if left:
            take_off_sketches(connection, left)
        requeue(connection, many)


def take_off_sketches(connection: Connection, numbers: Collection[int]) -> None:
    """Takes the sketches of reports from under their keys."""
    for row in connection.execute(select(sketches).where(sketches.c.report.in_(numbers))).all():
        _delete_keys(connection, sketch_keys, "report", [(row.report, unpack_sketches([row.packed])[0].published or 0, row.under)])
    connection.execute(delete(sketches).where(sketches.c.report.in_(numbers)))


def requeue(connection: Connection, numbers: Collection[int]) -> None:
    """Notes which of these claims are to be weighed, or to be let go because they are current no longer."""
    for many in parts(numbers):
        connection.execute(delete(unweighed).where(unweighed.c.claim.in_(many)))
        connection.execute(insert(unweighed).from_select(["claim"], _AMISS.where(claims.c.number.in_(many))))


def requeue_all(connection: Connection) -> None:
    """Notes all claims that are to be weighed, or to be let go."""
    connection.execute(delete(unweighed))
    connection.execute(insert(unweighed).from_select(["claim"], _AMISS))


def stand_of(connection: Connection, numbers: Collection[int]) -> list[int]:
    """All accounts that lean on each other, these among them, by way of any number of others."""
    found: dict[int, None] = {}
    for many in parts(numbers):
        found.update(dict.fromkeys(connection.exec_driver_sql(_STAND.format(claims=listed(many))).scalars()))
    return list(found)


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in parts small enough for one statement."""
    whole = list(values)
    for first in range(0, len(whole), MANY):
        yield whole[first : first + MANY]


def listed(numbers: Iterable[int]) -> str:
    """Numbers as a statement lists them."""
    return ",".join(map(str, numbers))


def _delete_keys(connection: Connection, table: Table, of: str, packed: Iterable[tuple[int, int, bytes]]) -> None:
    rows = [{"its_key": key, "its_day": day, "its": number} for number, day, keys in packed for key in unpack_keys(keys)]
    if rows:
        same = (table.c.key == bindparam("its_key"), table.c.day == bindparam("its_day"), table.c[of] == bindparam("its"))
        connection.execute(delete(table).where(*same), rows)


_STAND = """
WITH RECURSIVE
  above (claim, leader) AS (
    SELECT claim, leader FROM accounts WHERE claim IN ({claims})
    UNION SELECT its.claim, its.leader FROM accounts AS its JOIN above ON its.claim = above.leader
  ),
  stand (claim) AS (
    SELECT claim FROM above WHERE leader IS NULL
    UNION SELECT its.claim FROM accounts AS its JOIN stand ON its.leader = stand.claim
  )
SELECT claim FROM stand
"""
"""Nobody leans on others in a ring: who leads stands at the top, and all others below."""
_AMISS = (
    select(claims.c.number)
    .select_from(claims.outerjoin(accounts))
    .where(claims.c.kind == "event", claims.c.current == accounts.c.claim.is_(None))
)
"""Claims whose account is missing, or too much."""
