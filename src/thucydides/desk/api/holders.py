"""Who holds a place, as an actor or as the side he stands on, and a number for each that stays the same from day to day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from thucydides.actors.camps import name_of
from thucydides.control import Chart, Fading
from thucydides.desk.api.indexes import NAMELESS
from thucydides.desk.control_shown import Shown
from thucydides.places import bounds_called
from thucydides.record import Control

if TYPE_CHECKING:
    from thucydides.desk.api.rosters import Tables


def shown_by(tables: Tables, by: str, place: str | None = None, actor: str | None = None, area: str | None = None) -> Shown:
    """What decides which states are shown and how. ``area`` is a country by its two letters, else a province, region or country by name."""
    country = area if area and len(area) == 2 else None
    bounds = bounds_called(area, tables.gazetteer) if area and not country else None
    return Shown(
        actors=tables.actors, camps=tables.camps, fading=Fading(), by_side=by == "side", place=place, actor=actor, country=country,
        area=bounds,
    )  # fmt: skip


def holder_of(state: Control, shown: Shown) -> tuple[str, str] | None:
    """Id and name of who holds a place, as on every map of control; of a body that no roster knows the name stands for the id."""
    party = state.holder
    if party is None:
        return None
    id_, name = shown.body_id(party, state), shown.body(party, state)
    if id_ in shown.actors.by_id:
        return id_, name
    return (id_, name_of(id_)) if id_ in shown.camps.by_id else (NAMELESS + name.casefold(), name)


def in_order(chart: Chart, shown: Shown) -> dict[str, int]:
    """All who ever hold anything, who holds most often first."""
    found: Counter[str] = Counter()
    for spans in chart.timelines.values():
        for span in spans:
            holder = holder_of(span, shown)
            if holder is not None:
                found[holder[0]] += 1
    return {holder: n for n, (holder, _) in enumerate(sorted(found.items(), key=lambda one: (-one[1], one[0])))}
