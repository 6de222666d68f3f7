"""Incidents in an order, page by page."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thucydides.desk.api.asked import Asked
from thucydides.desk.api.columns import ORDERS, UNDATED, Columns
from thucydides.desk.api.cursors import cursor_of, place_of
from thucydides.desk.api.lines import incident_line
from thucydides.desk.api.masks import Masks
from thucydides.desk.api.room import Room
from thucydides.desk.api.rows import Array
from thucydides.desk.api.shapes import IncidentLine, Page
from thucydides.errors import BadSetting

TOGETHER = 500  # incidents read at a time where all are wanted


def incident_page(room: Room, asked: Asked, order: str, limit: int, after: str | None) -> Page[IncidentLine]:
    """A page of the incidents asked for."""
    masks = room.masks
    columns = masks.columns
    chosen = in_order(masks, asked, order)
    start = _behind(columns, chosen, order, after) if after else 0
    rows = chosen[start : start + limit]
    more = start + len(rows) < len(chosen)
    return Page(items=lines_of(room, columns, rows), total=len(chosen), next=_cursor(columns, order, int(rows[-1])) if more else None)


def all_lines(room: Room, asked: Asked, order: str) -> Iterator[IncidentLine]:
    """All incidents asked for."""
    masks = room.masks
    chosen = in_order(masks, asked, order)
    for first in range(0, len(chosen), TOGETHER):
        yield from lines_of(room, masks.columns, chosen[first : first + TOGETHER])


def in_order(masks: Masks, asked: Asked, order: str) -> Array:
    """The rows asked for, in an order."""
    if order not in ORDERS:
        raise BadSetting(f"{order!r} is no order of incidents", remedy=f"Choose from {', '.join(ORDERS)}.")
    rows, _ = masks.columns.orders[order]
    return rows[masks.of(asked)[rows]]


def lines_of(room: Room, columns: Columns, rows: Array) -> list[IncidentLine]:
    """The lines of rows, as the archive has them."""
    return [incident_line(one) for one in room.archive.glance.incidents(columns.ids(rows))]


def _keys(columns: Columns, order: str, rows: Array) -> Array:
    """What rows are sorted by, ascending."""
    if order == "killed":
        return -columns["killed"][rows].astype(np.int64)
    if order == "witnesses":
        return -columns["witnesses"][rows].astype(np.int64)
    day = columns.day[rows].astype(np.int64)
    return np.where(day > 0, day if order == "day" else -day, UNDATED)


def _cursor(columns: Columns, order: str, row: int) -> str:
    """Where a row stands, in terms that still hold when others have come or gone."""
    at = np.array([row])
    return cursor_of(order, int(_keys(columns, order, at)[0]), int(columns.day[row]) or UNDATED, columns["id"][row].decode())


def _behind(columns: Columns, chosen: Array, order: str, after: str) -> int:
    """How many of the rows chosen stand before the end of a cursor's page."""
    told, key, day, id_ = place_of(after, 4)
    if told != order or not isinstance(key, int) or not isinstance(day, int) or not isinstance(id_, str):
        raise BadSetting(f"after={after[:40]!r} is of another order", remedy="Keep the order while paging, or begin anew.")
    keys = _keys(columns, order, chosen)
    first, last = (int(np.searchsorted(keys, key, side)) for side in ("left", "right"))
    same = chosen[first:last]
    days = np.where(columns.day[same] > 0, columns.day[same], UNDATED)
    low, high = (int(np.searchsorted(days, day, side)) for side in ("left", "right"))
    ids = columns["id"][same[low:high]]
    return first + low + int(np.searchsorted(ids, np.array(id_.encode("ascii", "ignore"), dtype=ids.dtype), "right"))
