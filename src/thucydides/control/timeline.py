"""The timeline of one place: its moves, day by day, become spans of control."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from thucydides.control.bodies import Bodies
from thucydides.control.moves import Move, placed
from thucydides.control.steps import RIVAL_DAYS, State, same, step
from thucydides.control.versions import asserted, rivals_of, sureness
from thucydides.record import Control, Where


def fullness(where: Where) -> tuple[object, ...]:
    """The best-known of several readings of one place stands first, whatever the order they came in."""
    return (
        where.lat is None, where.radius_km or 0.0, where.name, where.relation or "", where.precision, where.lat or 0.0, where.lon or 0.0,
        where.admin1 or "", where.country or "", where.rule, where.score or 0.0, where.aliases,
    )  # fmt: skip


def timeline(place: str, moves: Sequence[Move], bodies: Bodies) -> list[Control]:
    """The spans of one place, in order of days, whatever the order of the moves."""
    where = min((move.where for move in moves), key=fullness)
    spans: list[State] = []
    days: dict[date, list[Move]] = {}
    for day, move in placed(moves):
        days.setdefault(day, []).append(move)
    state = State()
    for day, together in days.items():
        state = _day(state, day, together, bodies, spans)
    if state.moves:
        spans.append(state)
    return [_control(place, where, span, spans[at + 1].seen if at + 1 < len(spans) else None) for at, span in enumerate(spans)]


def _day(state: State, day: date, moves: Sequence[Move], bodies: Bodies, spans: list[State]) -> State:
    """All moves of one day: what holds at its end. Of one report the last word on who holds the place counts."""
    holding, rest = _parted(moves)
    first = state
    best, others, disputed = _weighed(*asserted(holding, bodies), first, bodies)
    lasting = all(move.effect == "hold" for move in best)
    for move in [*best, *rest] if lasting else [*rest, *best]:
        state = _next(state, day, move, bodies, spans)
    otherwise = [move for other in others for move in other]
    if disputed:
        state = _disputed(state, day, otherwise, first, spans)
    state.against += [move for move in otherwise if move not in state.against]
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


def _weighed(best: list[Move], others: list[list[Move]], first: State, bodies: Bodies) -> tuple[list[Move], list[list[Move]], bool]:
    """The version that counts, the others, and whether two with equally many witnesses are in dispute.

    They are not where one only says that somebody took what he had the day before, which tells an older taking, and the other is new.
    """
    if not others or len({move.witness for move in best}) != len({move.witness for move in others[0]}):
        return best, others, False
    older = [version for version in (best, others[0]) if _told_before(version, first, bodies)]
    newer = others[0] if older and older[0] is best else best
    if len(older) == 1 and all(move.effect == "take" for move in newer):
        return newer, [older[0], *others[1:]], False
    return best, others, True


def _told_before(version: Sequence[Move], first: State, bodies: Bodies) -> bool:
    return first.body is not None and all(move.effect == "take" and bodies.same(first.body, move.bodies[0]) for move in version)


def _next(state: State, day: date, move: Move, bodies: Bodies, spans: list[State]) -> State:
    """The state after one move."""
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
    if move not in after.against:
        after.moves.append(move)
    return after


def _disputed(state: State, day: date, rival: Sequence[Move], first: State, spans: list[State]) -> State:
    """Two versions of one day with equally many witnesses: contested, held by whom held it before if he is one of them."""
    opponents = {move.bodies[0]: move.by[0] for move in rival}
    holder, body = state.holder, state.body
    if first.body in opponents and body is not None and holder is not None:
        opponents.pop(first.body)
        opponents[body] = holder
        holder, body = first.holder, first.body
    moves = state.moves if state.seen == day else [move for move in state.moves if move.last == day]
    made = State(holder=holder, body=body, status="contested", opponents=opponents, seen=day, moves=list(moves), against=list(rival))
    if state.seen < day and state.moves:
        spans.append(state)
    return made


def _denied(state: State, day: date, move: Move, bodies: Bodies, spans: list[State]) -> State:
    """A taking that is denied within days: contested, with both versions kept."""
    if state.body is None or move.effect != "take" or not same(bodies, state.body, move) or (day - state.seen).days > RIVAL_DAYS:
        return state
    state.against.append(move)
    if state.status == "contested":
        return state
    before = spans[-1] if spans and spans[-1].body not in (None, state.body) else None
    opponents = {before.body: before.holder} if before is not None and before.body and before.holder else {}
    made = State(holder=state.holder, body=state.body, status="contested", opponents=opponents, seen=day, since=None, against=[move])
    made.moves = [*state.moves] if state.seen == day else [move]
    if state.seen < day:
        spans.append(state)
    return made


def _control(place: str, where: Where, state: State, until: date | None) -> Control:
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
