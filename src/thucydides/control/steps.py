"""What one move does to the state of a place: who takes, loses, contests, besieges it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from thucydides.control.bodies import NAMELESS, Bodies
from thucydides.control.moves import Move
from thucydides.control.rules import Rules
from thucydides.record import Party


@dataclass(frozen=True, slots=True)
class Division:
    """Days in which two bodies or more are told to hold parts of one town, each with its day."""

    told: tuple[tuple[date, str, Party], ...]

    def among(self, day: date, rules: Rules, taken: date) -> dict[str, Party]:
        """Who holds a part by words of the last days, since the whole was taken; nobody where it is but one."""
        since = max(taken, day - timedelta(days=min(rules.divided_days, (day - date.min).days)))
        found = {body: party for told, body, party in self.told if since <= told <= day}
        return found if len(found) > 1 else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """By what a place's moves are judged: who is whose, the rules, the country of the place, and who holds parts of it."""

    bodies: Bodies
    rules: Rules
    country: str | None = None
    news: Sequence[date] = ()  # the days on which anything is told of the country, in order
    parted: Division = Division(())
    called: Callable[[str], str] = str  # the name of a witness

    def allied(self, one: str, others: Sequence[str], day: date) -> bool:
        """Whether a body stands with any of others in the war of the place."""
        return any(self.bodies.allied(one, other, self.country, day.year) for other in others)


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
    base: list[Move] = field(default_factory=list)  # those by which the holder holds it, before anybody fought for it
    parts: dict[str, Party] = field(default_factory=dict)  # of a town that is fought over: who besides the holder had parts of it before
    lapsed: bool = False  # whether a place fell back to its holder because nobody told of the fighting any more

    @property
    def empty(self) -> bool:
        """Whether nothing at all is told yet."""
        return not self.moves and not self.against

    def told(self) -> tuple[object, ...]:
        """What makes it another state."""
        return self.body, self.status, tuple(sorted(self.opponents)), self.share, self.lapsed


HALF = 0.5

Step = Callable[["State", Move, Terms, date], "State | None"]
"""The state after a move; ``None`` where it changes and confirms nothing, the state itself where it only confirms."""


def step(state: State, move: Move, terms: Terms, day: date) -> State | None:
    """The state after a move."""
    return _STEPS[move.effect](state, move, terms, day)


def _take(state: State, move: Move, terms: Terms, day: date) -> State | None:
    bodies = terms.bodies
    if state.body is not None and state.status == "held" and not state.lapsed and same(bodies, state.body, move):
        return state
    if state.body is not None and state.status == "held" and not _from(state, move) and terms.allied(state.body, move.bodies, day):
        return State(holder=state.holder, body=state.body, status="held") if state.lapsed else state  # a camp that has it has taken it
    if state.status in ("besieged", "partly", "contested") and _from_another(state, move, terms, day):
        taken = {one: party for one, party in state.opponents.items() if not any(bodies.same(one, other) for other in move.other_bodies)}
        return State(holder=state.holder, body=state.body, status="partly", opponents=taken | {move.bodies[0]: move.by[0]})
    body = state.body if state.body is not None and same(bodies, state.body, move) else move.bodies[0]
    if body in NAMELESS and state.status in ("contested", "besieged"):
        body = next((one for one in state.opponents if bodies.same(one, move.bodies[0])), body)
    holder = move.by[0] if body == move.bodies[0] or state.holder is None else state.opponents.get(body, state.holder)
    return State(holder=holder, body=body, status="held")


def _from(state: State, move: Move) -> bool:
    """Whether a place is told to be taken from its holder."""
    return state.body in move.other_bodies


def _from_another(state: State, move: Move, terms: Terms, day: date) -> bool:
    """Whether a place is told to be taken from somebody who did not have all of it: what he had of it is taken."""
    if state.body is None or not move.other_bodies or same(terms.bodies, state.body, move):
        return False
    return not any(terms.bodies.same(state.body, one) or terms.allied(state.body, [one], day) for one in move.other_bodies)


def _hold(state: State, move: Move, terms: Terms, day: date) -> State | None:
    bodies, rules = terms.bodies, terms.rules
    taken = max((one.last for one in state.moves if one.effect == "take" and one.last), default=date.min)
    divided = terms.parted.among(day, rules, taken if state.status == "held" else date.min)
    if divided and any(bodies.same(one, move.bodies[0]) for one in divided):
        return _divided(state, move, divided, terms)
    if (state.status == "partly" or (state.parts and move.passing)) and not move.covers and _shares(state, move, terms, day):
        return state
    if any(bodies.same(one, move.bodies[0]) for one in state.parts) and not same(bodies, state.body or "", move):
        return state
    if state.body is not None and same(bodies, state.body, move):
        if state.status in ("contested", "unknown") and state.seen < day:
            return _settled(state) if state.status == "unknown" or _quiet(state, move, terms, day) else state
        named = state.body in NAMELESS and move.bodies[0] not in NAMELESS
        holder, body = (move.by[0], move.bodies[0]) if named else (state.holder, state.body)
        if state.lapsed or (named and state.status == "held"):
            return State(holder=holder, body=body, status="held")
        return state
    if state.body is None and state.status in ("besieged", "contested") and move.bodies[0] not in state.opponents:
        return State(holder=move.by[0], body=move.bodies[0], status=state.status, opponents=dict(state.opponents))
    if state.body is not None and terms.allied(state.body, move.bodies[:1], day):
        return _settled(state) if state.status == "contested" and _quiet(state, move, terms, day) else state
    quiet = (day - heard(state)).days
    if move.passing and move.voices < 2 and state.body is not None and quiet <= rules.passing_days:
        state.against.append(move)
        return None
    recent = state.body is not None and not state.empty and quiet <= rules.rival_days
    if recent and move.witness not in {one.witness for one in state.moves}:
        opponents = state.opponents | {move.bodies[0]: move.by[0]}
        against = [*state.against, move]
        moves, base = [*state.moves], state.base
        parts = dict(state.opponents) if state.status == "partly" else state.parts
        return State(state.holder, state.body, "contested", opponents, moves=moves, against=against, base=base, parts=parts)
    return State(holder=move.by[0], body=move.bodies[0], status="held")


def _quiet(state: State, move: Move, terms: Terms, day: date) -> bool:
    """Whether nobody has told of fighting for so many days that who is told to hold a place has it in peace."""
    fought = max((one.last or date.min for one in state.moves if one.effect == "contest"), default=state.seen)
    return (day - fought).days >= terms.rules.settle_days and not move.passing


def _shares(state: State, move: Move, terms: Terms, day: date) -> bool:
    """Whether somebody who is told to hold a town has a part of it: by the way, or where another was told of another part within days."""
    sides = (state.body, *state.opponents, *state.parts)
    if not any(side is not None and terms.bodies.same(side, move.bodies[0]) for side in sides):
        return False
    if move.passing:
        return True
    told = [one.last for one in state.moves if one.last and any(not terms.bodies.same(body, move.bodies[0]) for body in one.bodies)]
    return bool(told) and (day - max(told)).days <= terms.rules.divided_days


def _settled(state: State) -> State:
    """A place over which nobody fights any more: its holder's, or divided as it was."""
    return State(holder=state.holder, body=state.body, status="partly" if state.parts else "held", opponents=dict(state.parts))


def _divide(state: State, move: Move, terms: Terms, day: date) -> State | None:
    """ "Divided between X and Y": each has a part, whoever fights there."""
    told = dict(zip(move.bodies, move.by, strict=False))
    if state.body is None or state.holder is None:
        body, holder = next(iter(told.items()))
    else:
        body, holder = state.body, state.holder
    others = {one: party for one, party in told.items() if not terms.bodies.same(one, body)}
    if not others and state.status in ("partly", "contested", "besieged"):
        return state
    if not others:
        return None
    if state.status in ("contested", "besieged") and any(terms.bodies.same(one, side) for one in others for side in state.opponents):
        state.parts = others
        return state
    return State(holder=holder, body=body, status="partly", opponents=others)


def _divided(state: State, move: Move, divided: dict[str, Party], terms: Terms) -> State:
    """Of a town whose parts two sides hold, who "holds" it holds his part; who else does stands against him."""
    bodies = terms.bodies
    if state.status in ("partly", "contested", "besieged") and state.body is not None:
        sides = (state.body, *state.opponents)
        if any(bodies.same(side, move.bodies[0]) for side in sides) and len(sides) > 1:
            return state
    body, holder = (state.body, state.holder) if state.body and state.holder else (move.bodies[0], move.by[0])
    others = {one: party for one, party in (divided | {move.bodies[0]: move.by[0]}).items() if not bodies.same(one, body)}
    return State(holder=holder, body=body, status="partly", opponents=others, base=state.base)


def _part(state: State, move: Move, terms: Terms, day: date) -> State | None:
    """ "X holds 60% of it", or with nobody but a loser told "X lost 40% of it": the rest is another's."""
    loser = not move.bodies
    body, holder = (move.other_bodies[0], move.others[0]) if loser else (move.bodies[0], move.by[0])
    share = round(1 - move.share, 4) if loser and move.share is not None else move.share
    opponents = {one: party for one, party in state.opponents.items() if one != body}
    if state.body is not None and state.holder is not None and state.body != body:
        if share is not None and share < HALF and not loser:  # the rest, which is more, is still another's
            rest = {one: party for one, party in opponents.items() if one != state.body} | {body: holder}
            return State(holder=state.holder, body=state.body, status="partly", share=round(1 - share, 4), opponents=rest)
        opponents[state.body] = state.holder
    return State(holder=holder, body=body, status="partly", share=share, opponents=opponents)


def _lose(state: State, move: Move, terms: Terms, day: date) -> State | None:
    """Who leaves no longer holds it; where exactly one other fought for it or lay before it, that one has it now."""
    bodies = terms.bodies
    if state.body is None or same(bodies, state.body, move):
        left = {body: party for body, party in state.opponents.items() if not any(bodies.same(body, one) for one in move.bodies)}
        if len(left) == 1:
            body, holder = next(iter(left.items()))
            return State(holder=holder, body=body, status="held")
        return State(status="unknown", opponents=left)
    left = {body: party for body, party in state.opponents.items() if not any(bodies.same(body, one) for one in move.bodies)}
    if len(left) == len(state.opponents):
        return None
    return State(holder=state.holder, body=state.body, status=state.status if left else "held", opponents=left, base=state.base)


def _contest(state: State, move: Move, terms: Terms, day: date) -> State | None:
    bodies = terms.bodies
    fighting = dict(zip((*move.bodies, *move.other_bodies), (*move.by, *move.others), strict=False))
    if state.body is None:
        holder = move.others[0] if len(set(move.other_bodies)) == 1 and move.other_bodies[0] not in move.bodies else None
        if holder is not None and state.status == "unknown":
            against = dict(zip(move.bodies, move.by, strict=False))
            return State(holder=holder, body=move.other_bodies[0], status="contested", opponents=against, base=[move])
        return State(status="contested", opponents=state.opponents | fighting)
    ours = state.body
    rivals = {body: party for body, party in fighting.items() if not bodies.same(body, ours) and not terms.allied(ours, [body], day)}
    if not rivals and not move.mutual:
        return None
    opponents = _lately(state, terms, day) | rivals
    if state.status == "besieged":
        return State(state.holder, state.body, "besieged", opponents, base=state.base)  # who is besieged and fights is besieged still
    parts = dict(state.opponents) if state.status == "partly" else state.parts
    return State(state.holder, state.body, "contested", opponents, share=state.share, base=state.base, parts=parts)


def _lately(state: State, terms: Terms, day: date) -> dict[str, Party]:
    """The opponents of whom anybody told within the days after which fighting is over."""

    def told(body: str) -> date:
        return max((one.last or date.min for one in state.moves if body in (*one.bodies, *one.other_bodies)), default=day)

    return {body: party for body, party in state.opponents.items() if (day - told(body)).days <= terms.rules.lapse_days}


def _besiege(state: State, move: Move, terms: Terms, day: date) -> State | None:
    if state.body is not None and (same(terms.bodies, state.body, move) or terms.allied(state.body, move.bodies, day)):
        return None
    if state.status == "partly" or state.parts:
        return state  # of a divided town one part is besieged
    if state.body is not None and (_of_others(state, move, terms, day) or (not move.bodies and state.opponents)):
        return state  # those who are besieged have but a part of it; or nobody is told as who besieges whom
    holder, body = state.holder, state.body
    if body is None and move.others and move.other_bodies[0] not in move.bodies:
        holder, body = move.others[0], move.other_bodies[0]
    opponents = state.opponents | dict(zip(move.bodies, move.by, strict=False))
    return State(holder=holder, body=body, status="besieged", opponents=opponents, base=state.base)


def _of_others(state: State, move: Move, terms: Terms, day: date) -> bool:
    """Whether those who are told to be besieged are not who holds the place, nor of his camp."""
    told = move.other_bodies
    return (
        bool(told)
        and state.body not in told
        and not any(terms.bodies.same(state.body or "", one) or terms.allied(state.body or "", [one], day) for one in told)
    )


def _relieve(state: State, move: Move, terms: Terms, day: date) -> State | None:
    if state.status == "besieged":
        return State(holder=state.holder, body=state.body, status="held" if state.body else "unknown", base=state.base)
    if state.body is None and len(move.bodies) == 1:
        return State(holder=move.by[0], body=move.bodies[0], status="held")
    return None


def same(bodies: Bodies, body: str, move: Move) -> bool:
    """Whether a body is meant by a move, and not its other side."""
    if body in move.bodies:
        return True
    return any(bodies.same(body, one) for one in move.bodies) and body not in move.other_bodies


def heard(state: State) -> date:
    """The last day of which the moves behind a state tell."""
    return max((move.last or date.min for move in state.moves), default=state.seen)


def fought(state: State) -> date:
    """The last day of which anybody tells fighting for a place, or a siege of it: that somebody has it is no word of these."""
    return max((move.last or date.min for move in state.moves if move.effect in ("contest", "besiege")), default=heard(state))


_STEPS: Mapping[str, Step] = {
    "take": _take, "hold": _hold, "part": _part, "divide": _divide, "lose": _lose, "contest": _contest, "besiege": _besiege,
    "relieve": _relieve,
}  # fmt: skip
