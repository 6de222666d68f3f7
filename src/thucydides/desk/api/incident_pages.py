"""Incidents in an order, page by page."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thucydides.desk.api.asked import Asked
from thucydides.desk.api.columns import ORDERS, UNDATED, Columns
from thucydides.desk.api.cursors import cursor_of, place_of
from thucydides.desk.api.lines import incident_line
from thucydides.desk.api.room import Room
from thucydides.desk.api.rows import Array
from thucydides.desk.api.shapes import IncidentLine, Page
from thucydides.errors import BadSetting

TOGETHER = 500  # incidents read at a time where all are wanted


def incident_page(room: Room, asked: Asked, order: str, limit: int, after: str | None) -> Page[IncidentLine]:
    """A page of the incidents asked for."""
    columns, mask = room.masks.columns, room.masks.of(asked)
    ordered, keys = _ordered(columns, order)
    start = _behind(columns, ordered, keys, order, after) if after else 0
    rows = _next(ordered, mask, start, limit + 1)
    more = _cursor(columns, order, int(rows[limit - 1])) if len(rows) > limit else None
    return Page(items=lines_of(room, columns, rows[:limit]), total=int(np.count_nonzero(mask)), next=more)


def _next(ordered: Array, mask: Array, start: int, limit: int) -> Array:
    """The first rows of a mask in an order from a place on: no more of it is looked at than need be."""
    found, length, step = [ordered[:0]], 0, 20 * limit
    while start < len(ordered) and length < limit:
        rows = ordered[start : start + step]
        found.append(rows[mask[rows]])
        length += len(found[-1])
        start, step = start + step, 2 * step
    return np.concatenate(found)[:limit]


def all_lines(room: Room, asked: Asked, order: str) -> Iterator[IncidentLine]:
    """All incidents asked for."""
    columns = room.masks.columns
    ordered, _ = _ordered(columns, order)
    chosen = ordered[room.masks.of(asked)[ordered]]
    for first in range(0, len(chosen), TOGETHER):
        yield from lines_of(room, columns, chosen[first : first + TOGETHER])


def _ordered(columns: Columns, order: str) -> tuple[Array, Array]:
    """All rows in an order, and what they are sorted by."""
    if order not in ORDERS:
        raise BadSetting(f"{order!r} is no order of incidents", remedy=f"Choose from {', '.join(ORDERS)}.")
    return columns.orders[order]


def lines_of(room: Room, columns: Columns, rows: Array) -> list[IncidentLine]:
    """The lines of rows, as the archive has them."""
    return [incident_line(one, room.tables.unit) for one in room.archive.glance.incidents(columns.ids(rows))]


def _cursor(columns: Columns, order: str, row: int) -> str:
    """Where a row stands, in terms that still hold when others have come or gone."""
    day = int(columns.day[row]) or UNDATED
    key = {"killed": -int(columns["killed"][row]), "witnesses": -int(columns["witnesses"][row]), "day": day}.get(
        order, -day if day < UNDATED else day
    )
    return cursor_of(order, key, day, columns["id"][row].decode())


def _behind(columns: Columns, ordered: Array, keys: Array, order: str, after: str) -> int:
    """How many of all rows stand before the end of a cursor's page."""
    told, key, day, id_ = place_of(after, 4)
    if told != order or not isinstance(key, int) or not isinstance(day, int) or not isinstance(id_, str):
        raise BadSetting(f"after={after[:40]!r} is of another order", remedy="Keep the order while paging, or begin anew.")
    first, last = (int(np.searchsorted(keys, key, side)) for side in ("left", "right"))
    same = ordered[first:last]
    days = np.where(columns.day[same] > 0, columns.day[same], UNDATED)
    low, high = (int(np.searchsorted(days, day, side)) for side in ("left", "right"))
    ids = columns["id"][same[low:high]]
    return first + low + int(np.searchsorted(ids, np.array(id_.encode("ascii", "ignore"), dtype=ids.dtype), "right"))
