"""Who fights for whom: orders of battle, put together from what reports say of units.

In: claims with their reports. Out: a tree of forces under an actor, in which every line has the claims, or the roster, behind it. A unit
is known by its army, its echelon and its number, letter or name; the 47th Brigade of one army is never that of another, and where no
words say whose it is, it stays apart. Denials and plans count for nothing, places are as told, and persons are named by office alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from thucydides.control.armies import Armies
from thucydides.control.echelons import branch_of, echelons
from thucydides.control.mustering import Mention, Muster
from thucydides.control.symbols import unit_symbol
from thucydides.control.unit_names import UnitName
from thucydides.record import Claim, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something told of a force: the words for it, the first and last day, and the claims behind it."""

    says: str
    first: date | None
    last: date | None
    claims: tuple[str, ...]
    id: str | None = None  # of an opponent or an arm, where a roster knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A unit, or an actor that units belong to. ``by`` is where its parent is known from: told, coded, roster."""

    id: str  # the roster's, else army/echelon/which
    name: str
    actor: str | None  # roster id
    kind: str
    symbol: str
    echelon: str | None = None
    number: int | None = None
    parent: str | None = None
    by: str = ""
    names: tuple[str, ...] = ()  # as told
    first: date | None = None
    last: date | None = None
    claims: tuple[str, ...] = ()  # none of a force that only stands between others
    places: tuple[Line, ...] = ()
    opponents: tuple[Line, ...] = ()
    offices: tuple[Line, ...] = ()
    arms: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    below: tuple[Force, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Force]]:
        """This force and all below it, with how deep they stand."""
        yield depth, self
        for force in self.below:
            yield from force.walk(depth + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of battle: the tree under an actor, and units told of in its countries that no words give to any army."""

    root: Force
    loose: tuple[Force, ...] = ()


def muster(
    told: Iterable[tuple[Claim, Report]], armies: Armies, actor: str, *, on: date | None = None, own: Collection[str] = ()
) -> Order:
    """The order of battle under an actor. ``on`` leaves out what happened after that day; ``own`` are actors of the user's own side."""
    mustered = Muster(told, armies, on)
    forces = {id_: _force(id_, mentions, armies, own) for id_, mentions in mustered.units().items()}
    rows = _belonging(forces, mustered.parents, armies, actor, own)
    countries = set(armies.actors.by_id[actor].countries)
    loose = [force for id_, force in forces.items() if id_.startswith("?") and id_[1:3] in countries]
    return Order(root=_tree(actor, rows), loose=tuple(sorted(loose, key=_order)))


def _belonging(
    forces: Mapping[str, Force], parents: Mapping[str, tuple[str | None, str]], armies: Armies, root: str, own: Collection[str]
) -> dict[str, Force]:
    """The forces under an actor, with those of the roster that stand between."""
    found: dict[str, Force] = {}
    for id_, force in forces.items():
        chain = [id_]
        parent, by = parents[id_]
        rows = {id_: replace(force, parent=parent, by=by)}
        while parent is not None and parent not in chain and id_ != root:
            chain.append(parent)
            rows[parent] = forces.get(parent) or _stands_between(parent, armies, own)
            above, by = parents.get(parent) or _roster_parent(parent, armies)
            rows[parent] = replace(rows[parent], parent=above, by=by)
            if parent == root:
                break
            parent = above
        if root in chain:
            found |= {one: rows[one] for one in chain}
    found.setdefault(root, _stands_between(root, armies, own))
    found[root] = replace(found[root], parent=None, by="")
    return found


def _roster_parent(id_: str, armies: Armies) -> tuple[str | None, str]:
    actor = armies.actors.by_id.get(id_)
    return (actor.parent, "roster") if actor and actor.parent else (None, "")


def _tree(root: str, rows: Mapping[str, Force]) -> Force:
    below: dict[str, list[Force]] = {}
    for force in rows.values():
        if force.parent is not None:
            below.setdefault(force.parent, []).append(force)

    def whole(force: Force) -> Force:
        return replace(force, below=tuple(whole(one) for one in sorted(below.get(force.id, ()), key=_order)))

    return whole(rows[root])


def _order(force: Force) -> tuple[int, int, str]:
    """The largest first, then by number, then by name."""
    rank = echelons()[force.echelon].rank if force.echelon else 99
    return -rank, force.number or 0, force.name


def _stands_between(id_: str, armies: Armies, own: Collection[str]) -> Force:
    return _force(id_, [], armies, own)


def _force(id_: str, mentions: list[Mention], armies: Armies, own: Collection[str]) -> Force:
    actor = armies.actors.by_id.get(id_)
    name = armies.name_of(id_) if actor else next((m.name for m in mentions if m.name is not None), None)
    belongs = sorted({m.name.belongs for m in mentions if m.name is not None and m.name.belongs})
    if name is not None and name.branch is None:
        name = replace(name, branch=next((branch for words in belongs if (branch := branch_of(words))), None))
    seen = [m for m in mentions if not m.office]
    kind = actor.kind if actor else "unit"
    lineage = set(armies.actors.lineage(actor.id if actor else id_.split("/")[0]))
    return Force(
        id=id_,
        name=actor.name if actor else _title(mentions),
        actor=actor.id if actor else None,
        kind=kind,
        symbol=unit_symbol(kind, name, own=bool(lineage & set(own))),
        echelon=name.echelon if name else None,
        number=name.number if name else None,
        names=tuple(sorted({m.name.words for m in mentions if m.name is not None})),
        first=min((m.first for m in mentions if m.first), default=None),
        last=max((m.last for m in mentions if m.last), default=None),
        claims=_claims(mentions),
        places=_lines((place, None, m) for m in seen for place in m.places),
        opponents=_lines((_called(id_, words, armies), id_ or None, m) for m in seen for id_, words in m.against),
        offices=_lines((m.office, None, m) for m in mentions if m.office),
        arms=_lines((words, arm, m) for m in seen for arm, words in m.arms),
        notes=tuple(sorted({m.note for m in mentions if m.note})),
    )


def _called(id_: str, words: str, armies: Armies) -> str:
    actor = armies.actors.by_id.get(id_)
    return actor.name if actor else words


def _title(mentions: list[Mention]) -> str:
    """The fullest of the names told."""
    names: list[UnitName] = [m.name for m in mentions if m.name is not None]
    return min((n.words for n in names), key=lambda words: (-len(words.split()), words))


def _claims(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.claim for m in sorted(mentions, key=lambda m: (m.first or date.max, m.claim))))


def _lines(told: Iterable[tuple[str, str | None, Mention]]) -> tuple[Line, ...]:
    """What is told, each once with its days and claims, the earliest first."""
    found: dict[tuple[str, str | None], list[Mention]] = {}
    for says, id_, mention in told:
        found.setdefault((says, id_), []).append(mention)
    lines = [
        Line(
            says=says,
            id=id_,
            first=min((m.first for m in mentions if m.first), default=None),
            last=max((m.last for m in mentions if m.last), default=None),
            claims=_claims(mentions),
        )
        for (says, id_), mentions in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.first or date.max, line.says)))


