"""What one move does to the state of a place: who takes, loses, contests, besieges it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from thucydides.control.bodies import OPPOSITION, Bodies
from thucydides.control.moves import Move
from thucydides.record import Party

RIVAL_DAYS = 14
"""Who is said to hold a place by another witness so soon after it was taken contradicts the taking; later, the place changed hands."""


@dataclass(slots=True)
class State:
    """What is held of a place while its moves are gone through."""

    holder: Party | None = None
    body: str | None = None
    status: str = "unknown"
    opponents: dict[str, Party] = field(default_factory=dict)
    share: float | None = None
    since: date | None = None
    seen: date = date.min
    moves: list[Move] = field(default_factory=list)  # those behind it
    against: list[Move] = field(default_factory=list)  # those of rival versions

    def told(self) -> tuple[object, ...]:
        """What makes it another state."""
        return self.body, self.status, tuple(sorted(self.opponents)), self.share


Step = Callable[["State", Move, Bodies, date], "State | None"]
"""The state after a move; ``None`` where it changes and confirms nothing, the state itself where it only confirms."""


def step(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    """The state after a move."""
    return _STEPS[move.effect](state, move, bodies, day)


def _take(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    if state.body is not None and state.status == "held" and same(bodies, state.body, move):
        return state
    body = state.body if state.body is not None and same(bodies, state.body, move) else move.bodies[0]
    if body == OPPOSITION and state.status in ("contested", "besieged"):
        body = next((one for one in state.opponents if bodies.same(one, OPPOSITION)), body)
    holder = move.by[0] if body == move.bodies[0] or state.holder is None else state.opponents.get(body, state.holder)
    return State(holder=holder, body=body, status="held")


def _hold(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    if state.body is not None and same(bodies, state.body, move):
        if state.status in ("contested", "unknown") and state.seen < day:
            return State(holder=state.holder, body=state.body, status="held")
        return state
    if state.body is None and state.status in ("besieged", "contested") and move.bodies[0] not in state.opponents:
        return State(holder=move.by[0], body=move.bodies[0], status=state.status, opponents=dict(state.opponents))
    recent = state.body is not None and bool(state.moves) and (day - _heard(state)).days <= RIVAL_DAYS
    if recent and move.witness not in {one.witness for one in state.moves}:
        opponents = state.opponents | {move.bodies[0]: move.by[0]}
        against = [*state.against, move]
        return State(
            holder=state.holder, body=state.body, status="contested", opponents=opponents, moves=[*state.moves], against=against
        )  # fmt: skip
    return State(holder=move.by[0], body=move.bodies[0], status="held")


def _part(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    """"X holds 60% of it", or with nobody but a loser told "X lost 40% of it": the rest is another's."""
    loser = not move.bodies
    body, holder = (move.other_bodies[0], move.others[0]) if loser else (move.bodies[0], move.by[0])
    share = round(1 - move.share, 4) if loser and move.share is not None else move.share
    opponents = {one: party for one, party in state.opponents.items() if one != body}
    if state.body is not None and state.holder is not None and state.body != body:
        opponents[state.body] = state.holder
    return State(holder=holder, body=body, status="partly", share=share, opponents=opponents)


def _lose(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    """Who leaves no longer holds it; where exactly one other fought for it or lay before it, that one has it now."""
    if state.body is None or same(bodies, state.body, move):
        left = {body: party for body, party in state.opponents.items() if not any(bodies.same(body, one) for one in move.bodies)}
        if len(left) == 1:
            body, holder = next(iter(left.items()))
            return State(holder=holder, body=body, status="held")
        return State(status="unknown", opponents=left)
    left = {body: party for body, party in state.opponents.items() if not any(bodies.same(body, one) for one in move.bodies)}
    if len(left) == len(state.opponents):
        return None
    return State(holder=state.holder, body=state.body, status=state.status if left else "held", opponents=left)


def _contest(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    fighting = dict(zip((*move.bodies, *move.other_bodies), (*move.by, *move.others), strict=False))
    if state.body is None:
        holder = move.others[0] if len(set(move.other_bodies)) == 1 and move.other_bodies[0] not in move.bodies else None
        if holder is not None and state.status == "unknown":
            against = dict(zip(move.bodies, move.by, strict=False))
            return State(holder=holder, body=move.other_bodies[0], status="contested", opponents=against)
        return State(status="contested", opponents=state.opponents | fighting)
    rivals = {body: party for body, party in fighting.items() if not bodies.same(body, state.body)}
    if not rivals and not move.mutual:
        return None
    return State(holder=state.holder, body=state.body, status="contested", opponents=state.opponents | rivals, share=state.share)


def _besiege(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    if state.body is not None and same(bodies, state.body, move):
        return None
    holder, body = state.holder, state.body
    if body is None and move.others:
        holder, body = move.others[0], move.other_bodies[0]
    return State(holder=holder, body=body, status="besieged", opponents=state.opponents | dict(zip(move.bodies, move.by, strict=False)))


def _relieve(state: State, move: Move, bodies: Bodies, day: date) -> State | None:
    if state.status == "besieged":
        return State(holder=state.holder, body=state.body, status="held" if state.body else "unknown")
    if state.body is None and move.bodies:
        return State(holder=move.by[0], body=move.bodies[0], status="held")
    return None


def same(bodies: Bodies, body: str, move: Move) -> bool:
    """Whether a body is meant by a move, and not its other side."""
    if body in move.bodies:
        return True
    return any(bodies.same(body, one) for one in move.bodies) and body not in move.other_bodies


def _heard(state: State) -> date:
    return max((move.last or date.min for move in state.moves), default=state.seen)


_STEPS: Mapping[str, Step] = {
    "take": _take, "hold": _hold, "part": _part, "lose": _lose, "contest": _contest, "besiege": _besiege, "relieve": _relieve,
}  # fmt: skip
