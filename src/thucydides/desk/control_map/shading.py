"""Areas between places, as an estimate: what the nearest places say, and nothing where none is near.

Every point takes the state of the place that bears on it most. How much a place bears is its confidence times a weight of its distance,
the logistic by which Anders (2020, Journal of Peace Research 57(6)) weighs events in space: 1 / (1 + exp(-(7 - 0.35 x))), x in km, which is
half at 20 km. What bears less than ``LEAST`` says nothing. Places bear only within their own country, and only if their point is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from thucydides.desk.control_map.contours import Grid, contours
from thucydides.desk.control_map.marks import Mark
from thucydides.desk.page.ground import HEIGHT, KM, WIDTH, Frame
from thucydides.desk.page.land import Point

HALF_KM, STEEPNESS = 20.0, 0.35
LEAST = 0.2
REACH_KM = 28.0  # beyond that nothing bears so much
BEYOND = 0.35  # how far it is reckoned beyond the frame on each side, in widths and heights of it
STEP = 5.0  # units of the drawing between two points that are reckoned

RULE = (
    "Every point takes the state of the place that bears on it most, which is the place's confidence times a weight of its "
    "distance (nearly all at first, half at 20 km). Where nothing bears a fifth, nothing is drawn. No place bears beyond its country's "
    "border or the area asked for. Contested and unknown are hatched. Nobody has reported these areas; only the points are told."
)


@dataclass(frozen=True, slots=True)
class Patch:
    """An area of one state: outlines in units of the drawing, to be filled by the even-odd rule, within one country."""

    holder: str | None
    other: str | None  # whom it is contested by
    status: str  # held, contested, unknown
    country: str | None
    loops: tuple[tuple[Point, ...], ...]


def patches(marks: Iterable[Mark], frame: Frame) -> list[Patch]:
    """The areas of all marks whose point is fine enough to say something of what lies around it."""
    by_country: dict[str | None, list[Mark]] = defaultdict(list)
    box = frame.box(BEYOND + 0.1)
    for mark in marks:
        if mark.fine and mark.lat is not None and mark.lon is not None and box.holds((mark.lon, mark.lat)):
            by_country[mark.country].append(mark)
    found: list[Patch] = []
    for country, here in sorted(by_country.items(), key=lambda one: one[0] or ""):
        found += _of_country(country, here, frame)
    return found


def _of_country(country: str | None, marks: Sequence[Mark], frame: Frame) -> list[Patch]:
    kinds: dict[tuple[str, str | None, str | None], list[Mark]] = defaultdict(list)
    for mark in marks:
        kinds[_kind(mark)].append(mark)
    columns, rows = _axis(WIDTH), _axis(HEIGHT)
    lons = frame.lon + (columns - WIDTH / 2) / frame.squeeze / frame.scale
    lats = frame.lat - (rows - HEIGHT / 2) / frame.scale
    bearing = [_bearing(here, lats, lons) for here in kinds.values()]
    found = []
    for at, (status, holder, other) in enumerate(kinds):
        rest = np.maximum.reduce([np.full_like(bearing[at], LEAST), *(field for n, field in enumerate(bearing) if n != at)])
        loops = contours(bearing[at] - rest)
        if loops:
            told = tuple(tuple((float(columns[0]) + x * STEP, float(rows[0]) + y * STEP) for x, y in loop) for loop in loops)
            found.append(Patch(holder, other, status, country, told))
    return found


def _kind(mark: Mark) -> tuple[str, str | None, str | None]:
    """What is told apart: who holds it alone, who contests whose, and what nobody is known to hold."""
    if mark.status in ("contested", "partly"):
        return "contested", mark.holder, mark.others[0] if mark.others else None
    return ("held", mark.holder, None) if mark.holder and mark.status != "unknown" else ("unknown", None, None)


def _axis(length: float) -> Grid:
    return np.arange(-BEYOND * length, (1 + BEYOND) * length + STEP, STEP, dtype=np.float64)


def _bearing(marks: Sequence[Mark], lats: Grid, lons: Grid) -> Grid:
    """How much the best of some places bears on every point of a grid; what bears too little to count is left out."""
    best: Grid = np.zeros((len(lats), len(lons)))
    for mark in marks:
        assert mark.lat is not None and mark.lon is not None
        north = (lats - mark.lat) * KM
        east = (lons - mark.lon) * KM * float(np.cos(np.radians(mark.lat)))
        rows, columns = np.flatnonzero(np.abs(north) < REACH_KM), np.flatnonzero(np.abs(east) < REACH_KM)
        if not len(rows) or not len(columns):
            continue
        here = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        km = np.sqrt(north[here[0], None] ** 2 + east[None, here[1]] ** 2)
        np.maximum(best[here], mark.confidence * weight(km), out=best[here])
    return best


def weight(km: Grid) -> Grid:
    """What is left of a place's say at a distance, 1 to 0."""
    told: Grid = 1.0 / (1.0 + np.exp(np.minimum(60.0, STEEPNESS * (km - HALF_KM))))
    return told
