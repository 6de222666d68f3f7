"""Who holds what on a day, what changed between two days, and how many places each holder has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thucydides.control import Chart
from thucydides.desk.api.holders import holder_of, shown_by
from thucydides.desk.api.room import Room
from thucydides.desk.api.shapes import ControlView, Count, Move, Shares, Spot
from thucydides.desk.control_shown import place_told
from thucydides.errors import BadSetting
from thucydides.record import Control

MOST_DAYS = 120
"""Days on which shares are told at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAsked:
    """Which states are asked for, and whether holders are actors or the sides they stand on."""

    by: str = "actor"
    place: str | None = None
    area: str | None = None  # a country by its two letters, else an area by name
    actor: str | None = None


class Ledger:
    """The chart of an archive as it is asked for."""

    def __init__(self, room: Room, asked: ControlAsked) -> None:
        if asked.by not in ("actor", "side"):
            raise BadSetting(f"by={asked.by!r} is neither actor nor side", remedy="Give one of them.")
        self.chart: Chart = room.chart.value()
        self.last_day = room.last_day_of_control
        self._order = room.holders[asked.by].value()
        self._shown = shown_by(room.tables, asked.by, asked.place or None, asked.actor or None, asked.area or None)
        self.by = asked.by
        self._spans: Sequence[tuple[Control, ...]] = [
            spans for spans in self.chart.timelines.values() if any(self._shown.wanted(span) for span in spans)
        ]

    def on(self, day: date) -> list[Spot]:
        """The places under control on a day."""
        return [self._spot(state, day) for state in self._states(day)]

    def view(self, on: date | None) -> ControlView:
        """Who holds what on a day, else on the last day told."""
        day = on or self.last_day
        spots = sorted(self.on(day), key=lambda spot: (spot.control.where.name, spot.control.place))
        seen = [span.seen for spans in self._spans for span in spans if span.seen > date.min]
        heard = [span.heard for spans in self._spans for span in spans]
        return ControlView(
            on=day, by=self.by, first_day=min(seen, default=None), last_day=max(heard, default=None), spots=spots, holders=_holders(spots)
        )

    def changes(self, first: date, last: date) -> list[Move]:
        """What changed between two days, both counted."""
        return [
            Move(
                day=one.day, place=one.after.place, name=place_told(one.after), before=one.before, after=one.after,
                claims=list(one.after.claims),
            )
            for one in self.chart.changes(first, last)
            if self._shown.wanted(one.after)
        ]  # fmt: skip

    def shares(self, first: date | None, last: date | None) -> Shares:
        """How many places each holder has, on days evenly spread over a time."""
        told = [span.seen for spans in self._spans for span in spans if span.seen > date.min]
        first, last = first or min(told, default=self.last_day), last or max(self.last_day, first or date.min)
        if first > last:
            raise BadSetting(f"from {first} is after to {last}", remedy="Exchange the two days.")
        length = (last - first).days
        step = max(1, -(-length // (MOST_DAYS - 1)))
        days = [first + timedelta(days=n) for n in range(0, length, step)] + [last]
        spots = [self.on(day) for day in days]
        holders = _holders([spot for many in spots for spot in many])
        counts = [Counter(spot.holder for spot in many if spot.holder and spot.control.status != "contested") for many in spots]
        return Shares(
            days=days,
            holders=holders,
            held=[[count[holder.value] for count in counts] for holder in holders],
            contested=[sum(spot.control.status == "contested" for spot in many) for many in spots],
        )

    def _states(self, day: date) -> list[Control]:
        found = []
        for spans in self._spans:
            state = next((span for span in reversed(spans) if span.seen <= day), None)
            if state is not None and self._shown.wanted(state):
                found.append(state)
        return found

    def _spot(self, state: Control, day: date) -> Spot:
        holder, name = holder_of(state, self._shown) or (None, None)
        left = self._shown.fading.confidence(state, day)
        return Spot(control=state, holder=holder, holder_name=name, left=left, colour=str(self._order.get(holder or "", 0)))


def _holders(spots: Sequence[Spot]) -> list[Count]:
    """Who holds how many places, those with most first."""
    counts = Counter(spot.holder for spot in spots if spot.holder)
    names = {spot.holder: spot.holder_name or spot.holder for spot in spots if spot.holder}
    return [Count(value=holder, label=names[holder], count=n) for holder, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
