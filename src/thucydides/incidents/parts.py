"""Parts and wholes: a strike within an offensive, a village's dead within a week's toll. Never one event, but one sums the other up."""

from __future__ import annotations

from collections.abc import Collection

from thucydides.incidents.accounts import Account, Spot
from thucydides.incidents.shelf import Shelf
from thucydides.places.geometry import distance_km

LONGER_DAYS = 3  # so many days more must the whole last
LONGEST_DAYS = 400  # what lasts longer is a war, not an event that others are part of


def sums_up(whole: Account, part: Account) -> str | None:
    """Why one account sums up what another tells, in words; ``None`` where it does not.

    The whole lasts longer and covers the day, is told of the same place or a wider one that holds it, by or against the same side, and
    its toll is not smaller.
    """
    if whole.report == part.report and whole.claim == part.claim:
        return None
    days, its_days = _span(whole), _span(part)
    if days is None or its_days is None or not whole.sure_day or not (days[0] <= its_days[0] and its_days[1] <= days[1]):
        return None
    longer = (days[1] - days[0]) - (its_days[1] - its_days[0])
    if not LONGER_DAYS <= longer <= LONGEST_DAYS:
        return None
    if not whole.spots or not part.spots or not any(_holds(wide, spot) for wide in whole.spots for spot in part.spots):
        return None
    if not (whole.initiators & part.initiators or whole.targets & part.targets):
        return None
    if part.killed and whole.killed and whole.killed[1] < part.killed[0]:
        return None
    return f"it lasts {days[1] - days[0] + 1} days, covers the day and the place, and names the same side"


def wholes_of(claims: Collection[str], shelf: Shelf) -> tuple[str, ...]:
    """The claims that sum up what these claims of one incident tell, and are none of them."""
    found: set[str] = set()
    for claim in claims:
        part = shelf.get(claim)
        if part is not None:
            found.update(whole.claim for whole in shelf.near(part) if whole.claim not in claims and sums_up(whole, part))
    return tuple(sorted(found))


def parts_of(whole: Account, shelf: Shelf) -> list[str]:
    """The claims that an account sums up."""
    days = _span(whole)
    if days is None or days[1] - days[0] < LONGER_DAYS:
        return []
    return [part.claim for part in shelf.near(whole) if sums_up(whole, part)]


def _span(account: Account) -> tuple[int, int] | None:
    first, last = account.first_day, account.last_day
    return None if first is None or last is None else (first, last)


def _holds(wide: Spot, spot: Spot) -> bool:
    if wide.lat is None or wide.lon is None or spot.lat is None or spot.lon is None:
        return wide.name == spot.name
    return distance_km((wide.lat, wide.lon), (spot.lat, spot.lon)) <= max(wide.radius_km, 1.0) and spot.radius_km <= wide.radius_km + 1.0
