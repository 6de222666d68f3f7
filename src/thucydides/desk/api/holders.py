"""Who holds a place, as an actor or as the side he stands on, and a number for each that stays the same from day to day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from thucydides.control import Chart, Fading
from thucydides.desk.api.indexes import NAMELESS
from thucydides.desk.states import Shown
from thucydides.record import Control

if TYPE_CHECKING:
    from thucydides.desk.api.rosters import Tables


def shown_by(tables: Tables, by: str, place: str | None = None, actor: str | None = None, country: str | None = None) -> Shown:
    """What decides which states are shown and how."""
    return Shown(tables.actors, tables.camps, Fading(), by == "side", place, actor, country)


def holder_of(state: Control, shown: Shown) -> tuple[str, str] | None:
    """Id and name of who holds a place: of an actor no roster knows the name stands for it."""
    party = state.holder
    if party is None:
        return None
    side = shown.side(party, state) if shown.by_side else None
    if side is not None:
        return side, side.replace("-", " ")
    actor = shown.actors.by_id.get(party.actor or "")
    return party.actor or NAMELESS + party.name.casefold(), actor.name if actor is not None else party.name


def in_order(chart: Chart, shown: Shown) -> dict[str, int]:
    """All who ever hold anything, who holds most often first."""
    found: Counter[str] = Counter()
    for spans in chart.timelines.values():
        for span in spans:
            holder = holder_of(span, shown)
            if holder is not None:
                found[holder[0]] += 1
    return {holder: n for n, (holder, _) in enumerate(sorted(found.items(), key=lambda one: (-one[1], one[0])))}
