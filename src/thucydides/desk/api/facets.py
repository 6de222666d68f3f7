"""For every field the commonest answers among what the other fields' filters leave."""

from __future__ import annotations

import numpy as np

from thucydides.desk.api.asked import Asked
from thucydides.desk.api.masks import FACETS, Masks
from thucydides.desk.api.rows import Array
from thucydides.desk.api.shapes import Count, Facets

MOST = 50
"""Answers told of a field."""
OUTERMOST = 0.05
ENOUGH = 100_000
"""So many points, taken evenly, tell where nearly all of them are."""


def facets(masks: Masks, asked: Asked) -> Facets:
    """The answers of all fields, with their counts, and how many incidents there are in all and on the map."""
    columns = masks.columns
    mask = masks.of(asked)
    told = {field: _counted(masks, field, masks.of(asked.without(field)) if getattr(asked, field) else mask, asked) for field in FACETS}
    mapped = mask & columns.mapped
    at = np.flatnonzero(mapped)
    lat, lon = columns["lat"][at], columns["lon"][at]
    box = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())) if len(at) else None
    some = slice(None, None, 1 + len(at) // ENOUGH)
    core = _core(lat[some], lon[some], OUTERMOST) if len(at) else None
    return Facets(**told, total=int(np.count_nonzero(mask)), mapped=len(at), box=box, core=core)


def _core(lat: Array, lon: Array, share: float) -> tuple[float, float, float, float]:
    """The area of points without the outermost share of them on every side."""
    (west, east), (south, north) = (np.quantile(degrees, (share, 1 - share), method="nearest") for degrees in (lon, lat))
    return float(west), float(south), float(east), float(north)


def _counted(masks: Masks, field: str, mask: Array, asked: Asked) -> list[Count]:
    """The commonest answers of a field, and those that are asked for even where they are rare."""
    columns = masks.columns
    if field in ("type", "grade"):
        names: list[str] = columns.vocabulary[field].of
        labels: list[str] = [name or "Event" for name in names]
        counts = np.bincount(columns[field][mask], minlength=len(names))
    else:
        index = columns.indexes[asked.role if field == "actor" and asked.role else field]
        names, labels = index.keys.of, list(index.labels)
        counts = index.counts(mask)
    return counted(names, labels, counts, getattr(asked, field))


def counted(names: list[str], labels: list[str], counts: Array, asked: tuple[str, ...] = (), most: int = MOST) -> list[Count]:
    """The commonest names with their counts, and those that are asked for."""
    top = np.argsort(-counts, kind="stable")[:most]
    told = [Count(value=names[n], label=labels[n], count=int(counts[n])) for n in top if counts[n]]
    shown = {one.value for one in told}
    for value in asked:
        for number, name in enumerate(names):
            if name == value and name not in shown:
                told.append(Count(value=name, label=labels[number], count=int(counts[number])))
    return told
