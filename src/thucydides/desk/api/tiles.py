"""The map's tiles of incidents: far out what stands near together is one cluster, close by every incident is a point."""

from __future__ import annotations

import json
import math
from datetime import date

import numpy as np

from thucydides.desk.api.columns import Columns
from thucydides.desk.api.mvt import EXTENT, POINTS, Feature, Value, tile
from thucydides.desk.api.rows import Array
from thucydides.desk.api.spread import cells_of

CLOSE = 12
"""From this zoom on only what stands on one spot is a cluster."""
CELLS = 8  # cells of clusters along a side of a tile: 64 of its 512 pixels each
SPOT = 3  # so many incidents on one spot are still points; more are a cluster that no zoom opens
DEEPEST = 22
WORLD_PX, WORLD_KM = 512, 40075.017
TYPES = 5  # types told of a cluster


def incident_tile(columns: Columns, mask: Array, z: int, x: int, y: int) -> bytes:
    """The tile of the incidents of a mask."""
    first, last = columns.spread.within(z, x, y)
    rows, keys = columns.spread.rows[first:last], columns.spread.keys[first:last]
    asked = mask[rows]
    rows, keys = rows[asked], keys[asked]
    if not len(rows):
        return b""
    cells = cells_of(keys, z + (CELLS if z < CLOSE else EXTENT).bit_length() - 1)
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    counts = np.diff(starts, append=len(rows))
    few = counts <= (1 if z < CLOSE else SPOT)
    single = np.repeat(few, counts)
    across, down = columns.x[rows] * 2**z - x, columns.y[rows] * 2**z - y
    alone = np.flatnonzero(single)
    alone = alone[np.argsort(rows[alone])]  # the later one is drawn above
    incidents = [_incident(columns, int(rows[n]), across[n], down[n]) for n in alone]
    clusters = _clusters(columns, rows[~single], across[~single], down[~single], counts[~few], z)
    return tile({"clusters": clusters, "incidents": incidents})


def _clusters(columns: Columns, rows: Array, across: Array, down: Array, counts: Array, z: int) -> list[Feature]:
    """One point for each group, in the middle of it; ``counts`` are how many of the rows each has, one group behind the other."""
    number = len(counts)
    if not number:
        return []
    starts = np.cumsum(counts) - counts
    group = np.repeat(np.arange(number), counts)
    names = columns.vocabulary["type"].of
    types = np.bincount(group * len(names) + columns["type"][rows], minlength=number * len(names)).reshape(number, len(names))
    middle = np.add.reduceat(across, starts) / counts, np.add.reduceat(down, starts) / counts
    wide = np.maximum(_extent(across, starts), _extent(down, starts))
    killed = np.add.reduceat(np.maximum(columns["killed"][rows], 0), starts)
    points: list[Feature] = []
    for n in range(number):
        order = np.argsort(-types[n], kind="stable")
        told = {names[t] or "Event": int(types[n][t]) for t in order[:TYPES] if types[n][t]}
        main = int(order[0])
        properties: dict[str, Value | None] = {
            "count": int(counts[n]),
            "type": names[main] or "Event",
            "family": columns.families[0][columns.families[1][main]],
            "types": json.dumps(told, separators=(",", ":")),
            "killed": int(killed[n]),
            "expand": _expand(z, float(wide[n])),
        }
        points.append((POINTS, [[(_unit(middle[0][n]), _unit(middle[1][n]))]], properties))
    return points


def _extent(values: Array, starts: Array) -> Array:
    """How far the values of each group reach."""
    wide: Array = np.maximum.reduceat(values, starts) - np.minimum.reduceat(values, starts)
    return wide


def _expand(z: int, wide: float) -> int:
    """The zoom at which a cluster so wide (in sides of its tile) falls apart; ``DEEPEST`` where it stands on one spot."""
    if wide <= 1e-9:
        return DEEPEST
    return int(min(DEEPEST, max(z + 1, z + np.ceil(np.log2(1 / (wide * CELLS))) + 1)))


def _incident(columns: Columns, row: int, across: float, down: float) -> Feature:
    type_ = columns["type"][row]
    day, killed = int(columns.day[row]), int(columns["killed"][row])
    return (
        POINTS,
        [[(_unit(across), _unit(down))]],
        {
            "id": columns["id"][row].decode(),
            "type": columns.vocabulary["type"].of[type_] or "Event",
            "family": columns.families[0][columns.families[1][type_]],
            "grade": columns.named("grade", row),
            "day": date.fromordinal(day).isoformat() if day else None,
            "radius_km": round(float(columns["radius_km"][row]), 3),
            "reach": _reach(float(columns["radius_km"][row]), float(columns["lat"][row])),
            "precision": columns.named("precision", row),
            "label": columns.named("label", row),
            "killed": killed if killed >= 0 else None,
        },
    )


def _reach(radius_km: float, lat: float) -> float:
    """A radius in pixels of a map of zoom 0, whose side is 512: a map's pixels are fewer km the farther from the equator."""
    return round(radius_km * WORLD_PX / (WORLD_KM * math.cos(math.radians(min(85.0, abs(lat))))), 7)


def _unit(share: float) -> int:
    return int(share * EXTENT)
