"""Which stretch of the world a map shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import cos, hypot, radians
from statistics import median
from typing import Protocol, TypeVar

from thucydides.desk.page.ground import HEIGHT, KM, WIDTH, Frame

LEAST_KM = 160.0  # the map is never closer than this: borders are drawn from a coarse file
FAR_KM = 2500.0  # a map wider than this is looked at for places that lie far from all others
FEW = 0.03  # of all that is told, what may lie beyond the edge of a map of many spots
CLOSER = 0.6  # and how small the stretch without them must be, against that with them
WIDE = frozenset({"country", "unknown"})  # too vague to decide what the map shows


class Lying(Protocol):
    """What lies on a map: a point, how far off it may be, how vague it is, and how much it counts."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...
    @property
    def radius_km(self) -> float: ...
    @property
    def precision(self) -> str: ...
    @property
    def weight(self) -> int: ...


One = TypeVar("One", bound=Lying)


def frame_of(spots: Sequence[Lying], least_km: float = LEAST_KM) -> Frame:
    """The frame that shows the spots and their circles, some km wide at least; countries decide it only where nothing finer is known."""
    fine = _bulk([spot for spot in spots if spot.precision not in WIDE] or list(spots))
    while len(fine) > 2 and _diagonal(fine) >= FAR_KM:
        # One place on another continent must not shrink the war to a dot: the page names what lies outside.
        far = max(fine, key=lambda spot: sum(_apart(spot, other) for other in fine))
        rest = [spot for spot in fine if spot is not far]
        if _span(fine) < FAR_KM or _span(rest) * 3 > _span(fine) or far.weight * 4 > sum(s.weight for s in fine):
            break
        fine = rest
    reach = [min(spot.radius_km, 150.0) / KM for spot in fine]
    low, high = min(s.lat - r for s, r in zip(fine, reach, strict=True)), max(s.lat + r for s, r in zip(fine, reach, strict=True))
    lat = (low + high) / 2
    squeeze = max(0.05, cos(radians(lat)))
    left = min(s.lon - r / squeeze for s, r in zip(fine, reach, strict=True))
    right = max(s.lon + r / squeeze for s, r in zip(fine, reach, strict=True))
    height = max(high - low, least_km / KM)
    width = max((right - left) * squeeze, least_km / KM)
    return Frame((left + right) / 2, lat, min(HEIGHT * 0.78 / height, WIDTH * 0.8 / width))


def outside(spots: Sequence[One], least_km: float = LEAST_KM) -> list[One]:
    """The spots that the frame leaves out; the map can be widened to them."""
    box = frame_of(spots, least_km).box(0)
    return [spot for spot in spots if not box.holds((spot.lon, spot.lat))]


def _bulk(spots: Sequence[One]) -> list[One]:
    """Of many spots those that lie together: without the farthest, few of all, where the map is much closer then."""
    lat, lon = median(spot.lat for spot in spots), median(spot.lon for spot in spots)
    near = sorted(spots, key=lambda spot: hypot(spot.lat - lat, (spot.lon - lon) * max(0.05, cos(radians(lat)))))
    least = sum(spot.weight for spot in spots) * (1 - FEW)
    held = next(n for n, told in enumerate(accumulate(spot.weight for spot in near), start=1) if told >= least)
    return near[:held] if _diagonal(near[:held]) < CLOSER * _diagonal(near) else near


def _apart(one: Lying, other: Lying) -> float:
    """Roughly how many km lie between two spots."""
    turn = abs(one.lon - other.lon)
    east = min(turn, 360 - turn) * max(0.05, cos(radians((one.lat + other.lat) / 2)))
    return float(hypot(east, one.lat - other.lat) * KM)


def _diagonal(spots: Sequence[Lying]) -> float:
    """Roughly how many km the rectangle about some spots measures across: never less than what lies between any two."""
    high = max(spot.lat for spot in spots) - min(spot.lat for spot in spots)
    wide = max(spot.lon for spot in spots) - min(spot.lon for spot in spots)
    return float(hypot(min(wide, 360.0), high) * KM)


def _span(spots: Sequence[Lying]) -> float:
    return max((_apart(one, other) for one in spots for other in spots), default=0.0)
