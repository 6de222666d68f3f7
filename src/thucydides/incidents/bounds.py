"""Bounds: where and when an account's event can have been at all, so that what only shares a name is mostly not even read."""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from thucydides.places.geometry import EARTH_KM

if TYPE_CHECKING:
    from thucydides.incidents.accounts import Account

NEVER_KM = 150.0  # beyond the radii of both: places that are beyond doubt and farther apart are of two events
NEVER_DAYS = 60  # between days that both reports tell: more are of two events
FAR_DAYS = 30  # between days of places so far apart, though neither may be beyond doubt
LATE_DAYS = 90  # between any days of reports that are not alike
ANY = 1e9  # no bound: farther than any day or degree
SURE_DAY, SURE_PLACE = 1, 2
_MARGIN_KM = NEVER_KM / 2 + 0.1  # around each of two: what does not meet is farther apart than ``NEVER_KM``, whatever is rounded
_WHOLE = (-180.0, 180.0)


class Bounds(NamedTuple):
    """Days, degrees with a margin around, and which of the two are beyond doubt. What is not told has no bound."""

    first_day: float = -ANY
    last_day: float = ANY
    south: float = -ANY
    north: float = ANY
    west: float = -ANY
    east: float = ANY
    sure: int = 0

    def meet(self, other: Bounds, *, alike: bool = False) -> bool:
        """Whether two accounts may be one event as far as bounds tell.

        They may not where both days or both places are beyond doubt and too far apart; nor, unless their reports are alike otherwise,
        where days and places both lie far apart, or days very far.
        """
        first, last, south, north, west, east, sure = self
        its_first, its_last, its_south, its_north, its_west, its_east, its_sure = other
        gap = max(first - its_last, its_first - last)
        if (gap > NEVER_DAYS and sure & its_sure & SURE_DAY) or (gap > LATE_DAYS and not alike):
            return False
        near = south <= its_north and its_south <= north and west <= its_east and its_west <= east
        return near or ((alike or gap <= FAR_DAYS) and not sure & its_sure & SURE_PLACE)


def meeting(bounds: Bounds, others: NDArray[np.float64], alike: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """:meth:`Bounds.meet` with many others, a row of bounds for each and whether its report is alike."""
    first, last, south, north, west, east, sure = bounds
    its_first, its_last, its_south, its_north, its_west, its_east, its_sure = others.T
    gap = np.maximum(first - its_last, its_first - last)
    may: NDArray[np.bool_] = (gap <= LATE_DAYS) | alike
    if sure & SURE_DAY:
        may &= (gap <= NEVER_DAYS) | (its_sure % (2 * SURE_DAY) < SURE_DAY)
    near = (south <= its_north) & (its_south <= north) & (west <= its_east) & (its_west <= east)
    elsewhere = (gap <= FAR_DAYS) | alike
    if sure & SURE_PLACE:
        elsewhere &= its_sure < SURE_PLACE
    found: NDArray[np.bool_] = may & (near | elsewhere)
    return found


def bounds_of(account: Account) -> Bounds:
    """The bounds of an account. Its places are beyond doubt where each of them is."""
    first, last, sure = -ANY, ANY, SURE_DAY * account.sure_day
    if account.first_day is not None:
        first, last = account.first_day, account.first_day if account.last_day is None else account.last_day
    around = [_around(spot.lat, spot.lon, spot.radius_km) for spot in account.spots if spot.lat is not None and spot.lon is not None]
    if not around:
        return Bounds(first, last, sure=sure)
    souths, norths, wests, easts = zip(*around, strict=True)
    sure += SURE_PLACE * all(spot.sure for spot in account.spots)
    return Bounds(first, last, min(souths), max(norths), min(wests), max(easts), sure)


def _around(lat: float, lon: float, radius_km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a place with its margin; the whole round where that reaches a pole or over the date line."""
    arc = (radius_km + _MARGIN_KM) / EARTH_KM
    south, north = lat - degrees(arc), lat + degrees(arc)
    if south <= -90 or north >= 90:
        return south, north, *_WHOLE
    wide = degrees(asin(min(1.0, sin(arc) / cos(radians(lat)))))
    west, east = lon - wide, lon + wide
    return south, north, *((west, east) if _WHOLE[0] <= west and east <= _WHOLE[1] else _WHOLE)
