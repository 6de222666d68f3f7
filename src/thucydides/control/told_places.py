"""Of which places a claim of control tells: a town, a plant in it, its besieged east, the parts that somebody holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from thucydides.control.bodies import OPPOSITION, Bodies
from thucydides.control.cues import cue
from thucydides.control.deeds import TAKEN
from thucydides.control.sieges import part_besieged
from thucydides.control.spots import feature_in, listed, part_told, place_of, share_taken, unnamed
from thucydides.record import Event, Hold, Party, Report, Where


def places_told(says: Event | Hold, words: str, report: Report, at: int) -> Sequence[Where]:
    """The places of a claim. Who holds "the northern part of the city" holds that part, not a place that another sentence names."""
    if isinstance(says, Event):
        return (*says.where, *listed(words, says.where, report.reading[: at + len(words)])) if says.type in TAKEN else says.where
    if any(where.name in words for where in says.where):
        return says.where
    part = part_told(words, report.reading[:at])
    if part is None:
        return says.where
    return (Where(name=part, relation=part, precision="part", country=says.where[0].country if says.where else None),)


def finer(where: Where, says: Event | Hold, words: str, *, besieged: bool) -> Where:
    """The camp, plant or quarter "in" a town that is told, where the town only says where it is; what of it is ``besieged``."""
    if besieged:
        return part_besieged(words, where) or where
    shared = share_taken(where, words) is not None or (isinstance(says, Hold) and says.share is not None)
    feature = None if shared else feature_in(where, words)
    if feature is None or (where.relation is not None and (where.precision != "place" or unnamed(where))):
        return where
    return replace(where, relation=feature, precision="part")


def part_of_town(where: Where, words: str, holder: Party, bodies: Bodies) -> dict[str, object]:
    """Of "the X-held parts of Y" only these parts are X's: a place of their own, which tells that the town is divided.

    "The insurgent-held districts of Y city" and "rebel-held parts of Y" are one place.
    """
    if where.precision in ("near", "country") or not _parts().search(words[: max(0, words.find(where.name))]):
        return {}
    body = bodies.of(holder, where.country)
    whose = "rebel" if body == OPPOSITION else "government" if body == (where.country or "").lower() else holder.name
    town = re.sub(r"\s+(?:city|town)$", "", where.name, flags=re.I)
    part = replace(where, name=town, relation=f"{whose}-held parts of {town}", precision="part")
    return {"where": part, "place": place_of(part)}


@lru_cache(maxsize=1)
def _parts() -> re.Pattern[str]:
    told = (
        rf"-(?:held|controlled|occupied|ruled)\s+(?:[\w-]+\s+)?{cue('part').pattern}\s+(?:of|in|inside)\s+(?:the\s+)?(?:[\w-]+\s+){{0,4}}$"
    )
    return re.compile(told, re.I)
