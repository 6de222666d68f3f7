"""The timeline of one place: its moves, day by day, become spans of control."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from thucydides.control.bodies import Bodies
from thucydides.control.days import placed
from thucydides.control.moves import Move
from thucydides.control.news import Silence
from thucydides.control.steps import State, Terms, fought, same, step
from thucydides.control.versions import asserted, rivals_of, sureness
from thucydides.record import Control, Party, Where


def fullness(where: Where) -> tuple[object, ...]:
    """The best-known of several readings of one place stands first, whatever the order they came in."""
    return (
        where.lat is None, where.radius_km or 0.0, where.name, where.relation or "", where.precision, where.lat or 0.0, where.lon or 0.0,
        where.admin1 or "", where.country or "", where.rule, where.score or 0.0, where.aliases,
    )  # fmt: skip


def timeline(place: str, moves: Sequence[Move], terms: Terms) -> tuple[list[Control], list[Silence]]:
    """The spans of one place, in order of days, whatever the order of the moves; and how long its fights went untold."""
    where = _called_mostly(min((move.where for move in moves), key=fullness), place, moves)
    spans: list[State] = []
    days: dict[date, list[Move]] = {}
    for day, move in _voiced(placed(moves, terms.rules.least_chance), terms):
        days.setdefault(day, []).append(move)
    silences: list[Silence] = []
    state = State()
    for day, together in days.items():
        state = _day(_over(state, day, terms, spans, silences), day, together, terms, spans)
    state = _over(state, date.max, terms, spans, silences)
    if not state.empty:
        spans.append(state)
    until = [span.seen for span in spans[1:]]
    return [_control(place, where, span, end, terms) for span, end in zip(spans, [*until, None], strict=False)], silences


def _called_mostly(where: Where, place: str, moves: Sequence[Move]) -> Where:
    """A place by the name that most claims give it; of equals the name of its fullest reading, else the first by the alphabet."""
    told = Counter({move.where.name: 0 for move in moves})
    told.update(name for _, name in {(move.claim, move.where.name) for move in moves if move.place == place})
    return replace(where, name=min(told, key=lambda name: (-told[name], name != where.name, name)))


def _voiced(moves: Sequence[tuple[date, Move]], terms: Terms) -> Iterator[tuple[date, Move]]:
    """Moves with how many say the same in the days before, and whether one is too unlikely to count alone."""
    rules = terms.rules
    lately: deque[tuple[date, Move]] = deque()
    for day, move in moves:
        while lately and (day - lately[0][0]).days > rules.together_days:
            lately.popleft()
        lately.append((day, move))
        if move.chance >= rules.least_chance and not move.passing:
            yield day, move
            continue
        alike = [one for _, one in lately if _alike(one, move, terms)]
        best: dict[str, float] = {}
        for one in alike:
            best[one.witness] = max(best.get(one.witness, 0.0), one.chance)
        wrong = 1.0
        for chance in sorted(best.values()):
            wrong *= 1.0 - chance
        yield day, replace(move, voices=len(best), alone=1.0 - wrong < rules.least_chance)


def _alike(one: Move, other: Move, terms: Terms) -> bool:
    """Whether two moves say the same of a place: the same thing done, or somebody's holding it, by the same body."""
    holding = ("take", "hold")
    if one.denied != other.denied or (one.effect != other.effect and not (one.effect in holding and other.effect in holding)):
        return False
    return not one.bodies or not other.bodies or terms.bodies.same(one.bodies[0], other.bodies[0])


def _over(state: State, day: date, terms: Terms, spans: list[State], silences: list[Silence]) -> State:
    """The state on a day before anything is told of it: a fight or siege of which nobody told for long is over."""
    lasting = {"contested": ("contest", terms.rules.lapse_days), "besieged": ("besiege", terms.rules.siege_days)}.get(state.status)
    if lasting is None or all(move.effect != lasting[0] for move in state.moves):
        return state  # two versions of who holds it do not lapse: they fade
    silence = Silence.between(fought(state), day, lasting[1], terms.news)
    silences.append(silence)
    over = silence.over
    if over is None or over <= state.seen:
        return state
    spans.append(state)
    if state.body is None:
        return State(status="unknown", opponents=state.opponents, seen=over, moves=list(state.moves), lapsed=True)
    base = state.base or state.moves
    status, parts = ("partly", dict(state.parts)) if state.parts else ("held", {})
    return State(
        holder=state.holder, body=state.body, status=status, opponents=parts, seen=over, moves=list(base), base=list(base), lapsed=True
    )


def _day(state: State, day: date, moves: Sequence[Move], terms: Terms, spans: list[State]) -> State:
    """All moves of one day: what holds at its end. Of one report the last word on who holds the place counts."""
    faint = [move for move in moves if move.alone]
    moves = [move for move in moves if not move.alone]
    holding, rest = _parted(moves)
    first = state
    best, others, disputed = _weighed(*asserted(holding, terms.bodies), first, terms.bodies)
    lasting = all(move.effect == "hold" for move in best)
    for move in [*best, *rest] if lasting else [*rest, *best]:
        state = _next(state, day, move, terms, spans)
    otherwise = [move for other in others for move in other]
    if disputed:
        state = _disputed(state, day, otherwise, first, spans)
    state.against += [move for move in otherwise if move not in state.against]
    for move in (move for move in moves if move.denied):
        state = _denied(state, day, move, terms, spans)
    return _listed(state, day, faint, terms)


def _listed(state: State, day: date, faint: Sequence[Move], terms: Terms) -> State:
    """What is too unlikely to change anything is listed with what it confirms, or as said otherwise."""
    if faint and state.empty:
        state.seen = day
    for move in faint:
        confirms = move.effect in ("take", "hold") and not move.denied and state.body is not None and same(terms.bodies, state.body, move)
        (state.moves if confirms and not state.empty else state.against).append(move)
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
    if not others or any(all(move.wide for move in version) for version in (best, others[0])):
        return best, others, False  # two takings "in 2014" are not of one day
    if not others or len({move.witness for move in best}) != len({move.witness for move in others[0]}):
        return best, others, False
    older = [version for version in (best, others[0]) if _told_before(version, first, bodies)]
    newer = others[0] if older and older[0] is best else best
    if len(older) == 1 and all(move.effect == "take" for move in newer):
        return newer, [older[0], *others[1:]], False
    return best, others, True


def _told_before(version: Sequence[Move], first: State, bodies: Bodies) -> bool:
    return first.body is not None and all(move.effect == "take" and bodies.same(first.body, move.bodies[0]) for move in version)


def _next(state: State, day: date, move: Move, terms: Terms, spans: list[State]) -> State:
    """The state after one move."""
    after = step(state, move, terms, day)
    if after is None:
        return state
    if state.moves and (after is state or after.told() == state.told()):
        state.moves.append(move)
        if after is not state:
            state.holder = after.holder or state.holder
        return state
    known = move.dated and not move.wide and (move.effect not in ("hold", "divide") or move.since)
    after.seen, after.since = day, day if known else None
    if not state.empty and state.seen < day:
        spans.append(state)
    else:
        after.moves, after.since = [*state.moves], after.since or state.since
    if move not in after.against:
        after.moves.append(move)
    if after.status != "contested":
        after.base = after.moves
    elif not after.base:
        after.base = [one for one in state.moves if one.effect != "contest"]
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
    made = State(
        holder=holder,
        body=body,
        status="contested",
        opponents=opponents,
        seen=day,
        moves=list(moves),
        against=list(rival),
        base=list(first.base),
    )
    if state.seen < day and not state.empty:
        spans.append(state)
    return made


def _denied(state: State, day: date, move: Move, terms: Terms, spans: list[State]) -> State:
    """A taking that is denied within days: contested, with both versions kept."""
    late = (day - state.seen).days > terms.rules.rival_days
    if state.body is None or move.effect != "take" or late or not same(terms.bodies, state.body, move):
        return state
    state.against.append(move)
    if state.status == "contested":
        return state
    before = spans[-1] if spans and spans[-1].body not in (None, state.body) else None
    opponents = {before.body: before.holder} if before is not None and before.body and before.holder else {}
    made = State(holder=state.holder, body=state.body, status="contested", opponents=opponents, seen=day, since=None, against=[move])
    made.base = list(state.base)
    made.moves = [*state.moves] if state.seen == day else [move]
    if state.seen < day:
        spans.append(state)
    return made


def _control(place: str, where: Where, state: State, until: date | None, terms: Terms) -> Control:
    told = [*state.moves, *state.against]
    last = max([_last_heard(move, until) for move in (state.moves or told)])
    sure = sureness(state.moves, state.against)
    return Control(
        place=place,
        where=where,
        status=state.status,
        holder=state.holder,
        opponents=_ranked(state),
        share=state.share,
        since=state.since,
        seen=state.seen,
        until=until,
        heard=last if state.lapsed else max(state.seen, last),
        claims=tuple(dict.fromkeys(move.claim for move in state.moves)),
        rivals=rivals_of(state.against, terms.called),
        confidence=round(sure * terms.rules.lapsed_share, 4) if state.lapsed else sure,
        lapsed=state.lapsed,
    )


def _ranked(state: State) -> tuple[Party, ...]:
    """The opponents, those of most moves first."""
    told = Counter(body for move in (*state.moves, *state.against) for body in {*move.bodies, *move.other_bodies})
    return tuple(party for _, party in sorted(state.opponents.items(), key=lambda one: (-told[one[0]], one[0])))


def _last_heard(move: Move, until: date | None) -> date:
    """The last day for which a move vouches: its own, for a lasting state that of its report."""
    day = move.last or date.min
    if move.effect in ("hold", "part", "divide") and move.heard is not None and (until is None or move.heard < until):
        return max(day, move.heard)
    return day
