"""A glance at an account: its days and how far its places reach, in 20 bytes, so that what can never be one event with another account
need not be read whole.

Names are shared by reports of all wars and years. Of accounts that are near by names alone, half are beyond doubt of another place or time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from thucydides.incidents.accounts import Account
from thucydides.incidents.evidence import NEVER_DAYS, NEVER_KM
from thucydides.places.geometry import EARTH_KM, distance_km

_GLANCE = np.dtype([("first", "<i4"), ("last", "<i4"), ("lat", "<f4"), ("lon", "<f4"), ("reach", "<f4")])
"""Days as ordinals, 0 where they are not told beyond doubt; the point of a place in degrees and the kilometres within which all places
lie with their radii, ``nan`` where a place is in doubt or has no point."""
_DOUBT = 1.01, 1.0  # distances are taken for so many times, and kilometres, less than reckoned: numbers are rounded


def glance_of(account: Account) -> bytes:
    """The glance at an account."""
    first, last = account.first_day, account.last_day
    days = (0, 0) if not account.sure_day or first is None else (first, first if last is None else last)
    return np.array((*days, *_reach(account)), _GLANCE).tobytes()


def _reach(account: Account) -> tuple[float, float, float]:
    points = [(spot.lat, spot.lon) for spot in account.spots if spot.lat is not None and spot.lon is not None and spot.sure]
    if not points or len(points) < len(account.spots):
        return (np.nan, np.nan, np.nan)
    reach = max(distance_km(points[0], point) + spot.radius_km for point, spot in zip(points, account.spots, strict=True))
    return (*points[0], reach)


def possible(account: Account, glances: Sequence[bytes]) -> NDArray[np.bool_]:
    """Which others may be one event with an account, as far as a glance at each tells: none of ``evidence.never`` by days or places."""
    its = np.frombuffer(b"".join(glances), _GLANCE)
    mine = np.frombuffer(glance_of(account), _GLANCE)[0]
    gap = np.maximum(its["first"] - mine["last"], mine["first"] - its["last"])
    days = (its["first"] > 0) & (mine["first"] > 0) & (gap > NEVER_DAYS)
    lat, lon = np.radians(its["lat"].astype(float)), np.radians(its["lon"].astype(float))
    my_lat, my_lon = np.radians(float(mine["lat"])), np.radians(float(mine["lon"]))
    haversine = np.sin((lat - my_lat) / 2) ** 2 + np.cos(lat) * np.cos(my_lat) * np.sin((lon - my_lon) / 2) ** 2
    between = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(haversine)))  # nan where either is not known, and nan is never far
    times, less = _DOUBT
    far = between / times - less - (its["reach"].astype(float) + float(mine["reach"])) > NEVER_KM
    found: NDArray[np.bool_] = ~(days | far)
    return found
