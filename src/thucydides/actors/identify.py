"""Choosing between actors that share a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from thucydides.actors.roster import Actors
from thucydides.record import Actor

# A name that several actors share is left open when the best is not clearly ahead: "SDF" in a report about Japan and Syria.
CLEAR_LEAD = 0.5


def identify(
    name: str, actors: Actors, *, on: date | None = None, near: Mapping[str, float] | None = None, outlet: str | None = None
) -> Actor | None:
    """The actor that a name means, or ``None`` when nobody is known by it or it could be several.

    ``on`` is the day spoken of: an actor is not expected outside its years (one year of grace). ``near`` weighs countries by
    how much the report is about them. An outlet's own words for an actor count only in that outlet.
    """
    ids = actors.named(name)
    if outlet and not ids:
        ids = actors.told_by(outlet, name)
    if not ids:
        return None
    if len(ids) == 1:
        return actors.by_id[ids[0]]
    ranked = sorted(((_fit(actors.by_id[i], on, near or {}), -order, i) for order, i in enumerate(ids)), reverse=True)
    if ranked[0][0] - ranked[1][0] < CLEAR_LEAD and not _kin(actors, ranked[0][2], ranked[1][2]):
        return None
    return actors.by_id[ranked[0][2]]


def _kin(actors: Actors, one: str, other: str) -> bool:
    return one in actors.lineage(other) or other in actors.lineage(one)


def _fit(actor: Actor, on: date | None, near: Mapping[str, float]) -> float:
    fit = 0.0
    if on and ((actor.start and on.year < actor.start - 1) or (actor.end and on.year > actor.end + 1)):
        fit -= 2.0
    if near and actor.countries:
        fit += 2.0 * max(near.get(code, 0.0) for code in actor.countries)
        if not any(code in near for code in actor.countries):
            fit -= 1.0
    return fit
