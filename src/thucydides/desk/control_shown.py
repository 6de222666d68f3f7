"""Which places of a chart are asked for, and how their states are told: as rows, as JSON, and as marks of a map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from thucydides.actors.camps import name_of
from thucydides.control import Bodies, Chart, Fading
from thucydides.control.armies import Armies
from thucydides.control.bodies import JIHADISTS, OPPOSITION
from thucydides.control.spots import unnamed
from thucydides.control.symbols import unit_symbol
from thucydides.desk.control_map import Mark, Quote
from thucydides.exports import flatten_control
from thucydides.lexicon import fold
from thucydides.places import Bounds
from thucydides.record import Control, Party

if TYPE_CHECKING:
    from thucydides.actors import Actors, Camps
    from thucydides.exports.flat import Flat

UNNAMED = {OPPOSITION: "rebels not named", JIHADISTS: "jihadists not named"}
_NO_NAMES = frozenset(("generic", "label", "official"))
"""Kinds of the roster's rows that name nobody: what they are called is told in the report's words."""
_NUMBER = re.compile(r"^(?:\d[\d,.]*|dozens of|hundreds of|thousands of)\s+(?=\w)", re.I)
QUOTES = 3
"""Claims whose words stand beside a place; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is asked for and how it is shown."""

    actors: Actors
    camps: Camps
    fading: Fading
    by_side: bool = False
    place: str | None = None
    actor: str | None = None
    country: str | None = None
    area: Bounds | None = None

    def wanted(self, state: Control) -> bool:
        """Whether a state passes what is asked for."""
        names = [state.where.name, state.where.relation or "", state.place, *state.where.aliases]
        if self.place and not any(fold(self.place) in fold(name) for name in names):
            return False
        if self.country and state.where.country != self.country.upper():
            return False
        if self.area and not self.area.holds(state.where):
            return False
        return not self.actor or any(self._is(party, self.actor) for party in (state.holder, *state.opponents) if party)

    def _is(self, party: Party, asked: str) -> bool:
        return asked in self.actors.lineage(party.actor or "") or fold(asked) in fold(party.name)

    def asked(self) -> str:
        """What is asked for, in words."""
        area = f"in {self.area.place.name}" if self.area else ""
        return ", ".join(filter(None, (self.place and f"“{self.place}”", area, self.country, self.actor and f"of {self.actor}")))

    def side(self, party: Party | None, state: Control) -> str | None:
        """The camp of a party in the war of the place, by the year from which the state is known."""
        if party is None:
            return None
        country = state.where.country
        body = self.bodies.of(party, country)
        side = (*self.actors.lineage(party.actor or ""), body)
        return self.camps.of(side, {country} if country else set(), state.seen.year)

    @cached_property
    def bodies(self) -> Bodies:
        """Whose a party is."""
        return Bodies(self.actors, self.camps)

    def name(self, party: Party | None, state: Control) -> str:
        """Who a party is shown as: its side, the roster's name of it, or the words told without their number ("129 rebels")."""
        if party is None:
            return ""
        side, actor = self._side_name(party, state), self.actors.by_id.get(party.actor or "")
        named = actor is not None and actor.kind not in _NO_NAMES and not self.unit(party)
        return side or (actor.name if actor is not None and named else _NUMBER.sub("", party.name))

    def _side_name(self, party: Party, state: Control) -> str | None:
        """What the side of a party is called, where sides are shown and it has one."""
        side = self.side(party, state) if self.by_side else None
        return name_of(side) if side else None

    def body(self, party: Party, state: Control) -> str:
        """Who a party is shown as on a map, where one name must stand for all that belongs together: its side, state or group."""
        side = self._side_name(party, state)
        if side is not None:
            return side
        id_ = self.body_id(party, state)
        known = self.actors.by_id.get(id_)
        return known.name if known else UNNAMED.get(id_, party.name if id_.startswith(("name:", "state")) else id_)

    def body_id(self, party: Party, state: Control) -> str:
        """What stands for that name: a side, an actor of the roster, else words that begin with ``name:``."""
        return (self.side(party, state) if self.by_side else None) or self.bodies.of(party, state.where.country)

    def status(self, state: Control, day: date) -> str:
        """The status; of what was heard too long ago only the last known one is told."""
        if not self.fading.confidence(state, day):
            return f"unknown, last {state.status}" if state.status != "unknown" else "unknown"
        return f"{state.status} again, no word of fighting" if state.lapsed and state.status == "held" else state.status

    def row(self, state: Control, day: date) -> tuple[str, ...]:
        """A line of the table in a terminal."""
        return (
            place_told(state), self.status(state, day), self.name(state.holder, state),
            ", ".join(dict.fromkeys(self.name(p, state) for p in state.opponents)),
            "" if state.share is None else f"{state.share:.0%}", since_told(state), str(state.heard),
            f"{self.fading.confidence(state, day):.2f}", " ".join(claim if ":" in claim else claim[:8] for claim in state.claims[-3:]),
            "; ".join(f"{one.says} ({', '.join(one.witnesses)})" for one in state.rivals),
        )  # fmt: skip

    def flat(self, state: Control, day: date) -> Flat:
        """A state as JSON."""
        return flatten_control(state, confidence=self.fading.confidence(state, day), side=self.side(state.holder, state))

    def mark(self, number: int, state: Control, day: date, quotes: Mapping[str, Quote]) -> Mark:
        """A state as it stands on a map."""
        where = state.where
        told = [quotes[claim] for claim in state.claims[-QUOTES:] if claim in quotes]
        holder = self.body(state.holder, state) if state.holder else None
        return Mark(
            number=number, name=place_told(state), status=state.status, told=self.status(state, day), holder=holder,
            told_holder=self.unit(state.holder) if state.holder else "", symbol=self.symbol(state.holder) if state.holder else "",
            others=tuple(one for one in dict.fromkeys(self.body(p, state) for p in state.opponents) if one != holder),
            share=state.share, since=since_told(state), heard=str(state.heard), confidence=self.fading.confidence(state, day),
            quotes=tuple(told), more=len(state.claims) - len(told),
            rivals=tuple(f"{one.says} ({', '.join(one.witnesses)})" for one in state.rivals),
            lat=where.lat, lon=where.lon, radius_km=where.radius_km or 0.0, country=where.country,
            precision="near" if unnamed(where) else "part" if state.place.startswith("part:") else where.precision,
        )  # fmt: skip

    def unit(self, party: Party) -> str:
        """The name of a party that is told as a unit, else nothing."""
        actor = self.actors.by_id.get(party.actor or "")
        return party.name if (actor is not None and actor.kind == "unit") or self.armies.read(party.name) else ""

    def symbol(self, party: Party) -> str:
        """The unit symbol's code of a party, by its name and what the roster knows of it."""
        actor = self.actors.by_id.get(party.actor or "")
        name = next(iter(self.armies.read(party.name)), None)
        return unit_symbol(actor.kind if actor else "unit" if name else party.kind, name)

    @cached_property
    def armies(self) -> Armies:
        """The roster, asked for units."""
        return Armies(self.actors)

    def order(self, chart: Chart) -> list[str]:
        """Whoever holds or contests a place on any day, those of most places first: the order in which colours are given."""
        held = Counter(
            name
            for spans in chart.timelines.values()
            for name in {self.body(party, span) for span in spans for party in (span.holder, *span.opponents) if party}
        )
        return sorted(held, key=lambda name: (-held[name], name))


def place_told(state: Control) -> str:
    """The name of a place, of unnamed ones the words of their area."""
    where = state.where
    if unnamed(where):
        return f"places: {where.relation or where.name}"
    return where.relation if where.precision == "part" and where.relation else where.name


def since_told(state: Control) -> str:
    """Since when a state lasts, or by when it was so."""
    return str(state.since) if state.since else f"by {state.seen}" if state.seen > date.min else "no day told"


def last_day(chart: Chart) -> date:
    """The last day on which anybody said anything of control."""
    return max((span.heard for spans in chart.timelines.values() for span in spans), default=date.min)
