"""Rival versions: what several witnesses say of one place and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thucydides.control.bodies import NAMELESS, Bodies
from thucydides.control.moves import Move
from thucydides.record import Version


def asserted(moves: Sequence[Move], bodies: Bodies) -> tuple[list[Move], list[list[Move]]]:
    """The moves of the holder whom most witnesses name, of equals the better believed, and those of every other holder."""
    groups: list[tuple[str, list[Move]]] = []
    for move in sorted(moves, key=lambda one: (one.bodies[0] in NAMELESS, one.bodies, one.claim)):
        home = next((group for body, group in groups if bodies.same(body, move.bodies[0])), None)
        if home is None:
            groups.append((move.bodies[0], [move]))
        else:
            home.append(move)
    groups.sort(key=lambda one: (-len({move.witness for move in one[1]}), -sureness(one[1], ()), one[0]))
    ordered = [sorted(group, key=lambda one: (one.order, one.claim)) for _, group in groups]
    return (ordered[0], ordered[1:]) if ordered else ([], [])


def rivals_of(moves: Sequence[Move], called: Callable[[str], str] = str) -> tuple[Version, ...]:
    """What is said otherwise, one version for each thing said, the best supported first. ``called`` gives a witness's name."""
    said: dict[str, list[Move]] = {}
    for move in moves:
        said.setdefault(_says(move), []).append(move)
    versions = [
        Version(
            says=says,
            claims=tuple(sorted({move.claim for move in told})),
            witnesses=tuple(sorted({called(move.witness) for move in told})),
        )
        for says, told in said.items()
    ]
    return tuple(sorted(versions, key=lambda one: (-len(one.witnesses), one.says)))


def sureness(moves: Sequence[Move], against: Sequence[Move]) -> float:
    """How sure a state is on its last day: the chance that not all its witnesses err, shared with what is said against it."""
    told, otherwise = _together(moves), _together(against)
    return round(told * told / (told + otherwise), 4) if told else 0.0


def _together(moves: Sequence[Move]) -> float:
    best: dict[str, float] = {}
    for move in moves:
        best[move.witness] = max(best.get(move.witness, 0.0), move.weight)
    wrong = 1.0
    for weight in sorted(best.values()):
        wrong *= 1.0 - weight
    return 1.0 - wrong


def _says(move: Move) -> str:
    who = ", ".join(party.name for party in move.by)
    return f"{who or 'somebody'} {'did not take it' if move.denied else _VERBS.get(move.effect, move.effect)}"


_VERBS = {
    "take": "took it", "hold": "holds it", "part": "holds part of it", "divide": "hold parts of it", "lose": "left it",
    "contest": "fought for it",
    "besiege": "besieges it", "relieve": "broke the siege",
}  # fmt: skip
