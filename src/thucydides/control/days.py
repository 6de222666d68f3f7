"""The day from which a move counts among the moves of its place, whatever the order they came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from thucydides.control.moves import Move


def placed(moves: Sequence[Move], least: float) -> list[tuple[date, Move]]:
    """Moves of one place by the day from which they count, whatever the order they came in; those of no day at all count first.

    A narrow span counts from its middle. "In 2022" counts from its last day too, unless better-dated words of the place lie
    within it: then from the day before the earliest of these. A taking "late in 2016" waits for who else took the place within it, or
    for who took it being told to have it, when nobody else is told there any more; that others were there or fought says only that it was
    not yet taken. What is less likely than ``least`` dates nothing.
    """
    narrow = sorted(((_middle(move), move) for move in moves if not move.wide and move.chance >= least), key=lambda one: one[0])
    days = [(_day(move, narrow), move) for move in moves]
    return sorted(days, key=lambda one: (one[0], _RANK[one[1].effect], one[1].order, _rest(one[1])))


_RANK = {"hold": 0, "relieve": 1, "divide": 2, "part": 2, "besiege": 3, "contest": 4, "lose": 5, "take": 6, "give": 6}


def _rest(move: Move) -> tuple[str, str, str, tuple[str, ...]]:
    return move.report, move.claim, move.effect, move.bodies


def _day(move: Move, narrow: Sequence[tuple[date, Move]]) -> date:
    if move.last is None:
        return date.min
    if not move.wide:
        return _middle(move)
    first = move.first or date.min
    within = [(day, other) for day, other in narrow if first <= day <= move.last]
    if move.effect == "take":
        own = next((day for day, other in within if other.effect == "take" and set(other.bodies) & set(move.bodies)), None)
        if own is not None:
            return own
        others = max((day for day, other in within if _is_another(other, move)), default=first)
        within = [(day, other) for day, other in within if other.effect == "take" or (_has_it(other, move) and day >= others)]
    better = next((day for day, _ in within), None)
    return move.last if better is None else max(first, better - timedelta(days=1)) if better > date.min else better


def _has_it(other: Move, taking: Move) -> bool:
    """Whether better-dated words tell that who took a place has it."""
    return other.effect == "hold" and not other.passing and bool(set(other.bodies) & set(taking.bodies))


def _is_another(other: Move, taking: Move) -> bool:
    """Whether better-dated words tell that somebody else still fights for a place, or has it or a part of it."""
    return other.effect in ("contest", "besiege", "divide", "part") or (
        other.effect == "hold" and not set(other.bodies) & set(taking.bodies)
    )


def _middle(move: Move) -> date:
    assert move.first is not None and move.last is not None
    return move.first + (move.last - move.first) // 2
