"""The map's tiles of incidents: far out what stands near together is one cluster, close by every incident is a point."""

from __future__ import annotations

import json
import math
from datetime import date

import numpy as np

from thucydides.desk.api.columns import Columns
from thucydides.desk.api.mvt import EXTENT, POINTS, Feature, Value, tile
from thucydides.desk.api.rows import Array

CLOSE = 12
"""From this zoom on only what stands on one spot is a cluster."""
CELLS = 8  # cells of clusters along a side of a tile: 64 of its 512 pixels each
SPOT = 3  # so many incidents on one spot are still points; more are a cluster that no zoom opens
DEEPEST = 22
WORLD_PX, WORLD_KM = 512, 40075.017
TYPES = 5  # types told of a cluster


def incident_tile(columns: Columns, mask: Array, z: int, x: int, y: int) -> bytes:
    """The tile of the incidents of a mask."""
    side = 2**z
    east, south = columns.x * side - x, columns.y * side - y
    rows = np.flatnonzero(mask & columns.mapped & (east >= 0) & (east < 1) & (south >= 0) & (south < 1))
    if not len(rows):
        return b""
    across, down = east[rows], south[rows]
    cells = CELLS if z < CLOSE else EXTENT
    cell = (across * cells).astype(np.int64) * cells + (down * cells).astype(np.int64)
    _, group, counts = np.unique(cell, return_inverse=True, return_counts=True)
    single = counts[group] <= (1 if z < CLOSE else SPOT)
    incidents = [_incident(columns, int(rows[n]), across[n], down[n]) for n in np.flatnonzero(single)]
    clusters = _clusters(columns, rows[~single], across[~single], down[~single], group[~single], z)
    return tile({"clusters": clusters, "incidents": incidents})


def _clusters(columns: Columns, rows: Array, across: Array, down: Array, group: Array, z: int) -> list[Feature]:
    """One point for each group, in the middle of it."""
    if not len(rows):
        return []
    _, group, counts = np.unique(group, return_inverse=True, return_counts=True)
    number = len(counts)
    names = columns.vocabulary["type"].of
    types = np.bincount(group * len(names) + columns["type"][rows], minlength=number * len(names)).reshape(number, len(names))
    middle = np.bincount(group, across, number) / counts, np.bincount(group, down, number) / counts
    wide = np.maximum(_extent(group, across, number), _extent(group, down, number))
    killed = np.bincount(group, np.maximum(columns["killed"][rows], 0), number)
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


def _extent(group: Array, values: Array, number: int) -> Array:
    low, high = np.full(number, 2.0), np.full(number, -1.0)
    np.minimum.at(low, group, values)
    np.maximum.at(high, group, values)
    wide: Array = high - low
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
