"""States of control as people are shown them: which are asked for, on which side a holder stands, what is left of old news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thucydides.actors import Actors, Camps
from thucydides.control import Bodies, Chart, Fading
from thucydides.control.spots import unnamed
from thucydides.exports import flatten_control
from thucydides.exports.flat import Flat
from thucydides.lexicon import fold
from thucydides.record import Control, Party


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked for and how it is shown."""

    actors: Actors
    camps: Camps
    fading: Fading
    by_side: bool
    place: str | None
    actor: str | None
    country: str | None

    def wanted(self, state: Control) -> bool:
        """Whether a state is asked for."""
        names = [state.where.name, state.where.relation or "", state.place, *state.where.aliases]
        if self.place and not any(fold(self.place) in fold(name) for name in names):
            return False
        if self.country and state.where.country != self.country.upper():
            return False
        return not self.actor or any(self._is(party, self.actor) for party in (state.holder, *state.opponents) if party)

    def _is(self, party: Party, asked: str) -> bool:
        return asked in self.actors.lineage(party.actor or "") or fold(asked) in fold(party.name)

    def side(self, party: Party | None, state: Control) -> str | None:
        """The camp of a party in the war of the place, by the year from which the state is known."""
        if party is None or party.actor is None:
            return None
        country = state.where.country
        lineage = self.actors.lineage(party.actor)
        body = Bodies(self.actors).of(party, country)
        return self.camps.of((*lineage, body), {country} if country else set(), state.seen.year)

    def name(self, party: Party | None, state: Control) -> str:
        """A party's name, or that of its side."""
        if party is None:
            return ""
        return (self.side(party, state) if self.by_side else None) or party.name

    def status(self, state: Control, day: date) -> str:
        """The status; of what was heard too long ago only the last known one is told."""
        return state.status if self.fading.confidence(state, day) else f"unknown, last {state.status}"

    def row(self, state: Control, day: date) -> tuple[str, ...]:
        """A state as a row of a table."""
        return (
            place_told(state), self.status(state, day), self.name(state.holder, state),
            ", ".join(dict.fromkeys(self.name(p, state) for p in state.opponents)),
            "" if state.share is None else f"{state.share:.0%}",
            str(state.since) if state.since else f"by {state.seen}" if state.seen > date.min else "no day told", str(state.heard),
            f"{self.fading.confidence(state, day):.2f}", " ".join(claim if ":" in claim else claim[:8] for claim in state.claims[-3:]),
            "; ".join(f"{one.says} ({', '.join(one.witnesses)})" for one in state.rivals),
        )  # fmt: skip

    def flat(self, state: Control, day: date) -> Flat:
        """A state as plain JSON."""
        return flatten_control(state, confidence=self.fading.confidence(state, day), side=self.side(state.holder, state))


def place_told(state: Control) -> str:
    """The place of a state as people are told it."""
    where = state.where
    if unnamed(where):
        return f"places: {where.relation or where.name}"
    return where.relation if where.precision == "part" and where.relation else where.name


def last_day(chart: Chart) -> date:
    """The last day on which anybody said anything of control."""
    return max((span.heard for spans in chart.timelines.values() for span in spans), default=date.min)
