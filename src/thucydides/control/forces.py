"""Who fights for whom: orders of battle, put together from what reports say of units.

In: claims with their reports. Out: a tree of forces under an actor, in which every line has the claims, or the roster, behind it. A unit
is known by its army, its echelon and its number, letter or name; the 47th Brigade of one army is never that of another, and where no
words say whose it is, it stays apart. Denials and plans count for nothing, places are as told, and persons are named by office alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from thucydides.actors import Camps
from thucydides.control.armies import Armies
from thucydides.control.echelons import branch_of, echelons
from thucydides.control.mustering import Mention, Muster
from thucydides.control.symbols import unit_symbol
from thucydides.control.unit_names import UnitName
from thucydides.record import Actor, Claim, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something told of a force: the words for it, the first and last day, and the claims behind it."""

    says: str
    first: date | None
    last: date | None
    claims: tuple[str, ...]
    id: str | None = None  # of an opponent or an arm, where a roster knows it
    by: str = "told"  # told by the claims; camps: known from the roster of camps alone, where no claim tells it


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
    years: tuple[int | None, int | None] = (None, None)  # from and until when it existed, by the roster
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
    told: Iterable[tuple[Claim, Report]],
    armies: Armies,
    actor: str,
    *,
    on: date | None = None,
    own: Collection[str] = (),
    camps: Camps | None = None,
) -> Order:
    """The order of battle under an actor. ``on`` leaves out what happened after that day; ``own`` are actors of the user's own side.

    Where no claim tells whom a force fought, its enemies are those of its camp, marked as such.
    """
    mustered = Muster(told, armies, on)
    known = Camps.load() if camps is None else camps
    forces = {id_: _opposed(_force(id_, mentions, armies, own), mentions, armies, known) for id_, mentions in mustered.units().items()}
    rows = _belonging(forces, mustered.parents, armies, actor, own)
    countries = set(armies.actors.by_id[actor].countries)
    loose = [force for id_, force in forces.items() if id_.startswith("?") and id_[1:3] in countries]
    return Order(root=_tree(actor, rows), loose=tuple(sorted(loose, key=_order)))


def _opposed(force: Force, mentions: Iterable[Mention], armies: Armies, camps: Camps) -> Force:
    """A force with the enemies of its camp, where it was told of in that camp's war and no claim tells its opponents."""
    if force.opponents:
        return force
    side = armies.actors.lineage(force.actor or force.id.split("/")[0])
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        year = mention.first.year if mention.first else None
        camp = camps.of(side, {mention.country}, year) if mention.country and not mention.office else None
        for enemy in sorted(camps.by_id[camp].against) if camp else ():
            if enemy in camps.by_id and mention.country and camps.by_id[enemy].fought({mention.country}, year):
                found.setdefault(enemy, []).append(mention)
    lines = [
        Line(
            says=", ".join(sorted(armies.actors.by_id[one].name for one in camps.by_id[enemy].members if one in armies.actors.by_id)),
            id=enemy,
            first=min((m.first for m in told if m.first), default=None),
            last=max((m.last for m in told if m.last), default=None),
            claims=(),
            by="camps",
        )
        for enemy, told in found.items()
    ]
    return replace(force, opponents=tuple(lines))


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
        years=(actor.start, actor.end) if actor else (None, None),
        notes=tuple(sorted({m.note for m in mentions if m.note} | set(_untimely(actor, seen)))),
    )


def _untimely(actor: Actor | None, seen: Iterable[Mention]) -> Iterator[str]:
    """What is told of a force in years in which, by the roster, it did not exist."""
    if actor is None or (actor.start is None and actor.end is None):
        return
    for year in sorted({m.first.year for m in seen if m.first}):
        if (actor.start is not None and year < actor.start) or (actor.end is not None and year > actor.end):
            yield f"told of in {year}, but the roster has it {years_told((actor.start, actor.end))}"


def years_told(years: tuple[int | None, int | None]) -> str:
    """Years in words: "from 2014", "until 2003", "2014 to 2022"; nothing where neither is known."""
    start, end = years
    if start is not None and end is not None:
        return f"{start} to {end}" if start != end else str(start)
    return f"from {start}" if start is not None else f"until {end}" if end is not None else ""


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
