"""What people judged of pairs of claims, kept as it came. Contradictions are kept too: the later judgement of a pair stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from thucydides.archive import shapes
from thucydides.archive.recalling import one
from thucydides.archive.tables import claims, judgements
from thucydides.archive.unshelving import parts
from thucydides.errors import BadSetting, NotKept
from thucydides.record import Judgement

_ORDER = (judgements.c.at, judgements.c.number)


def keep(connection: Connection, judgement: Judgement) -> bool:
    """Keeps a judgement; whether it is new. The one that stands, given again, changes nothing."""
    if judgement.one == judgement.other:
        raise BadSetting(f"claim {judgement.one!r} is judged against itself", remedy="Name two claims.")
    for claim in (judgement.one, judgement.other):
        if one(connection, claims, claim, "claim").id != claim:
            raise NotKept(f"no claim is kept under {claim!r}", remedy="A judgement needs the whole ids of its claims.")
    pair = sorted((judgement.one, judgement.other))
    line = shapes.judgement_to_json(judgement)
    chosen = select(judgements.c.json).where(*_of_pair(*pair)).order_by(*(column.desc() for column in _ORDER)).limit(1)
    if connection.execute(chosen).scalar_one_or_none() == line:
        return False
    at = (judgement.at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    connection.execute(insert(judgements).values(one=pair[0], other=pair[1], at=at, withdrawn=False, json=line))
    return True


def recall(connection: Connection, *, withdrawn: bool = False) -> list[Judgement]:
    """The judgements that were not taken back, or those that were, the earliest first."""
    chosen = select(judgements.c.json).where(judgements.c.withdrawn.is_(withdrawn)).order_by(*_ORDER)
    return [shapes.judgement_from_json(line) for line in connection.scalars(chosen)]


def take_back(connection: Connection, claim: str, other: str) -> Judgement:
    """Withdraws the judgement of a pair that stands, so that the one before it stands again, if there is one."""
    pair = sorted((claim, other))
    chosen = select(judgements.c.number, judgements.c.json).where(*_of_pair(*pair)).order_by(*(column.desc() for column in _ORDER)).limit(1)
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise NotKept(f"nobody judged {claim!r} and {other!r}", remedy="List the judgements to see their claims.")
    connection.execute(update(judgements).where(judgements.c.number == row.number).values(withdrawn=True))
    return shapes.judgement_from_json(row.json)


def forget(connection: Connection, ids: Collection[str]) -> None:
    """Removes all judgements of claims, for good."""
    for many in parts(ids):
        connection.execute(delete(judgements).where(or_(judgements.c.one.in_(many), judgements.c.other.in_(many))))


def _of_pair(claim: str, other: str) -> tuple[ColumnElement[bool], ...]:
    return judgements.c.one == claim, judgements.c.other == other, judgements.c.withdrawn.is_(False)
