"""Tracing: the moves of a place, in order of the days they tell, become its spans of control.

The result depends on the set of claims alone, never on the order in which they came. ``docs/control.md`` tells the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from thucydides.actors import Actors
from thucydides.control.bodies import OPPOSITION, Bodies
from thucydides.control.charting import Chart
from thucydides.control.importing import Known, moves_known
from thucydides.control.moves import Move, Witnessed, elsewhere, moves_of, placed, publisher
from thucydides.control.versions import asserted, rivals_of, sureness
from thucydides.places.geometry import distance_km
from thucydides.record import Claim, Control, Party, Report, Where

RIVAL_DAYS = 14
"""Who is said to hold a place by another witness so soon after it was taken contradicts the taking; later, the place changed hands."""
_HELD = ("take", "hold", "part")


def trace(told: Iterable[tuple[Claim, Report]], *, actors: Actors | None = None, witness: Witnessed = publisher) -> Chart:
    """The chart of all that claims say of control."""
    tracer = Tracer(actors=actors, witness=witness)
    for claim, report in told:
        tracer.add(claim, report)
    return tracer.chart()


class Tracer:
    """A chart that is kept up claim by claim: only places that a claim touches are traced anew."""

    def __init__(self, *, actors: Actors | None = None, witness: Witnessed = publisher) -> None:
        self._bodies = Bodies(actors or Actors.load())
        self._witness = witness
        self._moves: dict[str, dict[str, list[Move]]] = defaultdict(dict)  # by place, by claim
        self._places: dict[str, set[str]] = {}  # of a claim
        self._wheres: dict[str, dict[str, Where]] = defaultdict(dict)  # by place, by claim
        self._covering: dict[str, list[Move]] = {}  # by claim
        self._traced: dict[str, list[Control]] = {}
        self._stale: set[str] = set()

    def add(self, claim: Claim, report: Report) -> None:
        """Adds what a claim says; a claim that is there already is replaced."""
        self.put(claim.id, list(moves_of(claim, report, self._bodies, self._witness)))

    def know(self, known: Known) -> None:
        """Adds a line of an import."""
        self.put(known.id, list(moves_known(known, self._bodies)))

    def put(self, claim: str, moves: Sequence[Move]) -> None:
        """Adds moves that stand under one claim's id."""
        self.remove(claim)
        for move in moves:
            self._moves[move.place].setdefault(claim, []).append(move)
            self._places.setdefault(claim, set()).add(move.place)
            if move.covers:
                self._covering.setdefault(claim, []).append(move)
        self._touch(claim)

    def remove(self, claim: str) -> None:
        """Takes a claim back."""
        if claim not in self._places:
            return
        self._touch(claim)
        for place in self._places.pop(claim):
            del self._moves[place][claim]
            if not self._moves[place]:
                del self._moves[place]
        self._covering.pop(claim, None)

    def chart(self) -> Chart:
        """The chart as of now."""
        for place in self._stale:
            moves = [*self._told(place), *self._covered(place)]
            if moves and place in self._moves:
                self._traced[place] = _trace(place, moves, self._bodies)
            else:
                self._traced.pop(place, None)
        self._stale.clear()
        return Chart({place: self._traced[place] for place in sorted(self._traced)})

    def _told(self, place: str) -> Iterator[Move]:
        for moves in self._moves.get(place, {}).values():
            yield from moves

    def _touch(self, claim: str) -> None:
        self._stale |= self._places.get(claim, set())
        for move in self._covering.get(claim, ()):
            self._stale |= {place for place in self._moves if _within(self._where(place), move.where)}

    def _covered(self, place: str) -> Iterator[Move]:
        where = self._where(place)
        for moves in self._covering.values():
            for move in moves:
                if move.place != place and where is not None and _within(where, move.where):
                    yield elsewhere(move, place, where)

    def _where(self, place: str) -> Where | None:
        moves = self._moves.get(place)
        return min((move.where for told in moves.values() for move in told), key=_fullness) if moves else None


def _fullness(where: Where) -> tuple[bool, float, str, str]:
    """The best-known of several readings of one place stands first, whatever the order they came in."""
    return where.lat is None, where.radius_km or 0.0, where.name, repr(where)


def _within(where: Where | None, area: Where) -> bool:
    """Whether a named place lies in an area of which all is meant: by province, else by the area's radius."""
    if where is None or where.precision not in ("place", "part"):
        return False
    if area.precision == "admin1" and area.admin1 and where.admin1:
        return (area.admin1, area.country) == (where.admin1, where.country)
    if where.lat is None or where.lon is None or area.lat is None or area.lon is None or area.radius_km is None:
        return False
    return distance_km((where.lat, where.lon), (area.lat, area.lon)) <= area.radius_km


# ── one place ────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _State:
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


def _trace(place: str, moves: Sequence[Move], bodies: Bodies) -> list[Control]:
    where = min((move.where for move in moves), key=_fullness)
    spans: list[_State] = []
    days: dict[date, list[Move]] = {}
    for day, move in placed(moves):
        days.setdefault(day, []).append(move)
    state = _State()
    for day, together in days.items():
        state = _day(state, day, together, bodies, spans)
    if state.moves:
        spans.append(state)
    return [_control(place, where, span, spans[at + 1].seen if at + 1 < len(spans) else None) for at, span in enumerate(spans)]


def _day(state: _State, day: date, moves: Sequence[Move], bodies: Bodies, spans: list[_State]) -> _State:
    """All moves of one day: what holds at its end. Of one report the last word on who holds the place counts."""
    holding, rest = _parted(moves)
    first = state
    best, others = asserted(holding, bodies)
    lasting = all(move.effect == "hold" for move in best)
    for move in [*best, *rest] if lasting else [*rest, *best]:
        state = _next(state, day, move, bodies, spans)
    if best:
        rival = others and _tied(best, others[0])
        if rival:
            state = _disputed(state, day, [move for other in others for move in other], first, spans)
        state.against += [move for other in others for move in other if move not in state.against]
    for move in (move for move in moves if move.denied):
        state = _denied(state, day, move, bodies, spans)
    return state


def _parted(moves: Sequence[Move]) -> tuple[list[Move], list[Move]]:
    """The words on who holds the place, one of each report, and all others that come before the last of these."""
    told = [move for move in moves if not move.denied]
    last: dict[str, Move] = {}
    for move in told:
        if move.effect in ("take", "hold") and (move.report not in last or move.order >= last[move.report].order):
            last[move.report] = move
    kept = {id(move) for move in last.values()}
    return list(last.values()), [move for move in told if id(move) not in kept and move.effect not in ("take", "hold")]


def _tied(best: Sequence[Move], other: Sequence[Move]) -> bool:
    return len({move.witness for move in best}) == len({move.witness for move in other})


def _next(state: _State, day: date, move: Move, bodies: Bodies, spans: list[_State]) -> _State:
    """The state after one move."""
    step = {
        "take": _take, "hold": _hold, "part": _part, "lose": _lose, "contest": _contest, "besiege": _besiege, "relieve": _relieve,
    }[move.effect]  # fmt: skip
    after = step(state, move, bodies, day)
    if after is None:
        return state
    if state.moves and (after is state or after.told() == state.told()):
        state.moves.append(move)
        if after is not state:
            state.holder = after.holder or state.holder
        return state
    known = move.dated and not move.wide and (move.effect != "hold" or move.since)
    after.seen, after.since = day, day if known else None
    if state.moves and state.seen < day:
        spans.append(state)
    else:
        after.moves, after.since = [*state.moves], after.since or state.since
    after.moves.append(move)
    return after


def _take(state: _State, move: Move, bodies: Bodies, day: date) -> _State | None:
    if state.body is not None and state.status == "held" and _same(bodies, state.body, move):
        return state
    body = state.body if state.body is not None and _same(bodies, state.body, move) else move.bodies[0]
    if body == OPPOSITION and state.status in ("contested", "besieged"):
        body = next((one for one in state.opponents if bodies.same(one, OPPOSITION)), body)
    holder = move.by[0] if body == move.bodies[0] or state.holder is None else state.opponents.get(body, state.holder)
    return _State(holder=holder, body=body, status="held")


def _hold(state: _State, move: Move, bodies: Bodies, day: date) -> _State | None:
    if state.body is not None and _same(bodies, state.body, move):
        if state.status in ("contested", "unknown") and state.seen < day:
            return _State(holder=state.holder, body=state.body, status="held")
        return state
    if state.body is None and state.status in ("besieged", "contested") and move.bodies[0] not in state.opponents:
        return _State(holder=move.by[0], body=move.bodies[0], status=state.status, opponents=dict(state.opponents))
    recent = state.body is not None and bool(state.moves) and (day - _heard(state)).days <= RIVAL_DAYS
    if recent and move.witness not in {one.witness for one in state.moves}:
        state.against.append(move)
        opponents = state.opponents | {move.bodies[0]: move.by[0]}
        return _State(holder=state.holder, body=state.body, status="contested", opponents=opponents, against=[move])
    return _State(holder=move.by[0], body=move.bodies[0], status="held")


def _part(state: _State, move: Move, bodies: Bodies, day: date) -> _State | None:
    """"X holds 60% of it", or with nobody but a loser told "X lost 40% of it": the rest is another's."""
    loser = not move.bodies
    body, holder = (move.other_bodies[0], move.others[0]) if loser else (move.bodies[0], move.by[0])
    share = round(1 - move.share, 4) if loser and move.share is not None else move.share
    opponents = {one: party for one, party in state.opponents.items() if one != body}
    if state.body is not None and state.holder is not None and state.body != body:
        opponents[state.body] = state.holder
    return _State(holder=holder, body=body, status="partly", share=share, opponents=opponents)


def _lose(state: _State, move: Move, bodies: Bodies, day: date) -> _State | None:
    """Who leaves no longer holds it; where exactly one other fought for it or lay before it, that one has it now."""
    if state.body is None or _same(bodies, state.body, move):
        left = {body: party for body, party in state.opponents.items() if not any(bodies.same(body, one) for one in move.bodies)}
        if len(left) == 1:
            body, holder = next(iter(left.items()))
            return _State(holder=holder, body=body, status="held")
        return _State(status="unknown", opponents=left)
    left = {body: party for body, party in state.opponents.items() if not any(bodies.same(body, one) for one in move.bodies)}
    if len(left) == len(state.opponents):
        return None
    return _State(holder=state.holder, body=state.body, status=state.status if left else "held", opponents=left)


def _contest(state: _State, move: Move, bodies: Bodies, day: date) -> _State | None:
    fighting = dict(zip((*move.bodies, *move.other_bodies), (*move.by, *move.others), strict=False))
    if state.body is None:
        holder = move.others[0] if len(set(move.other_bodies)) == 1 and move.other_bodies[0] not in move.bodies else None
        if holder is not None and state.status == "unknown":
            against = dict(zip(move.bodies, move.by, strict=False))
            return _State(holder=holder, body=move.other_bodies[0], status="contested", opponents=against)
        return _State(status="contested", opponents=state.opponents | fighting)
    rivals = {body: party for body, party in fighting.items() if not bodies.same(body, state.body)}
    if not rivals:
        return None
    return _State(holder=state.holder, body=state.body, status="contested", opponents=state.opponents | rivals, share=state.share)


def _besiege(state: _State, move: Move, bodies: Bodies, day: date) -> _State | None:
    if state.body is not None and _same(bodies, state.body, move):
        return None
    holder, body = state.holder, state.body
    if body is None and move.others:
        holder, body = move.others[0], move.other_bodies[0]
    return _State(holder=holder, body=body, status="besieged", opponents=state.opponents | dict(zip(move.bodies, move.by, strict=False)))


def _relieve(state: _State, move: Move, bodies: Bodies, day: date) -> _State | None:
    if state.status == "besieged":
        return _State(holder=state.holder, body=state.body, status="held" if state.body else "unknown")
    if state.body is None and move.bodies:
        return _State(holder=move.by[0], body=move.bodies[0], status="held")
    return None


def _disputed(state: _State, day: date, rival: Sequence[Move], first: _State, spans: list[_State]) -> _State:
    """Two versions of one day with equally many witnesses: contested, held by whom held it before if he is one of them."""
    opponents = {move.bodies[0]: move.by[0] for move in rival}
    if first.body is not None and first.holder is not None and first.body in opponents and state.body is not None and state.holder is not None:
        opponents.pop(first.body)
        opponents[state.body] = state.holder
        holder, body = first.holder, first.body
    else:
        holder, body = state.holder, state.body
    moves = state.moves if state.seen == day else [move for move in state.moves if move.last == day]
    made = _State(holder=holder, body=body, status="contested", opponents=opponents, seen=day, moves=list(moves), against=list(rival))
    if state.seen < day and state.moves:
        spans.append(state)
    return made


def _denied(state: _State, day: date, move: Move, bodies: Bodies, spans: list[_State]) -> _State:
    """A taking that is denied within days: contested, with both versions kept."""
    if state.body is None or move.effect != "take" or not _same(bodies, state.body, move) or (day - state.seen).days > RIVAL_DAYS:
        return state
    state.against.append(move)
    if state.status == "contested":
        return state
    before = spans[-1] if spans and spans[-1].body not in (None, state.body) else None
    opponents = {before.body: before.holder} if before is not None and before.body and before.holder else {}
    made = _State(holder=state.holder, body=state.body, status="contested", opponents=opponents, seen=day, since=None, against=[move])
    made.moves = [*state.moves] if state.seen == day else [move]
    if state.seen < day:
        spans.append(state)
    return made


def _same(bodies: Bodies, body: str, move: Move) -> bool:
    """Whether a body is meant by a move, and not its other side."""
    if body in move.bodies:
        return True
    return any(bodies.same(body, one) for one in move.bodies) and body not in move.other_bodies


def _heard(state: _State) -> date:
    return max((move.last or date.min for move in state.moves), default=state.seen)


def _control(place: str, where: Where, state: _State, until: date | None) -> Control:
    heard = max([state.seen, *(_last_heard(move, until) for move in state.moves)])
    return Control(
        place=place,
        where=where,
        status=state.status,
        holder=state.holder,
        opponents=tuple(party for _, party in sorted(state.opponents.items(), key=lambda one: one[0])),
        share=state.share,
        since=state.since,
        seen=state.seen,
        until=until,
        heard=heard,
        claims=tuple(dict.fromkeys(move.claim for move in state.moves)),
        rivals=rivals_of(state.against),
        confidence=sureness(state.moves, state.against),
    )


def _last_heard(move: Move, until: date | None) -> date:
    """The last day for which a move vouches: its own, for a lasting state that of its report."""
    day = move.last or date.min
    if move.effect in ("hold", "part") and move.heard is not None and (until is None or move.heard < until):
        return max(day, move.heard)
    return day
