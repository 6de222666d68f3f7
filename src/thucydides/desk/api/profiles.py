"""What the archive knows of an actor, a place or an arm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from thucydides.archive.asked import ClaimFilter
from thucydides.control.symbols import arm_symbol, unit_symbol
from thucydides.control.unit_names import read_unit
from thucydides.desk.api.asked import Asked
from thucydides.desk.api.claim_pages import told
from thucydides.desk.api.facets import counted
from thucydides.desk.api.indexes import NAMELESS, Index
from thucydides.desk.api.lines import claim_lines
from thucydides.desk.api.room import Room
from thucydides.desk.api.rows import Array
from thucydides.desk.api.shapes import ClaimLine, Count, Profile
from thucydides.errors import NotKept
from thucydides.record import Actor, Arm, Control, Kind, Place

MOST = 20
"""Answers told of a list, and claims of arms."""


@dataclass(frozen=True, slots=True)
class _Told:
    """The incidents that tell of it, as masks."""

    room: Room
    any: Array
    initiator: Array
    target: Array

    def counts(self, of: str, mask: Array, but: Iterable[str] = ()) -> list[Count]:
        """The commonest names of an index among the rows of a mask."""
        index = self.room.masks.columns.indexes[of]
        counts = index.counts(mask)
        for name in but:
            number = index.keys.known(name)
            if number is not None:
                counts[number] = 0
        return counted(index.keys.of, list(index.labels), counts, most=MOST)

    def losses(self, mask: Array) -> dict[str, tuple[int, int, int]]:
        """Killed and wounded of the incidents of a mask, added up but for what a wider incident sums up already."""
        columns = self.room.masks.columns
        whole = mask.copy()
        whole[columns.rows.pairs["whole"][0]] = False
        found = {}
        for status in ("killed", "wounded"):
            at = whole & (columns[status] >= 0)
            if at.any():
                low, best, high = (int(columns[name][at].sum(dtype=np.int64)) for name in (f"{status}_low", status, f"{status}_high"))
                found[status] = (low, best, high)
        return found


def actor_profile(room: Room, id_: str) -> Profile:
    """An actor, with all that belongs to it."""
    actors = room.tables.actors
    entry = actors.by_id.get(id_.lower())
    told_of = _of_actor(room, id_)
    _check(told_of, entry, "actor", id_)
    lineage = actors.lineage(entry.id) if entry is not None else ()
    below = [one for one in actors if entry is not None and one.parent == entry.id]
    index = room.masks.columns.indexes["actor"]
    counts = index.counts(room.masks.of(Asked()))
    kin = {one.id for one in actors if entry is not None and entry.id in actors.lineage(one.id)} | set(lineage)
    opponents = _added(
        told_of.counts("target", told_of.initiator, kin or {_exact(id_)}), told_of.counts("initiator", told_of.target, kin or {_exact(id_)})
    )
    name = entry.name if entry is not None else _name_of(index, id_)
    return Profile(
        kind="actor",
        id=entry.id if entry is not None else id_,
        name=name,
        names=_names((entry.name, *entry.aliases) if entry is not None else (name,)),
        entry=entry,
        within=[_count(index, counts, one, actors.by_id[one].name) for one in lineage[1:]],
        contains=_most(_count(index, counts, one.id, one.name) for one in below),
        incidents=int(told_of.any.sum()),
        as_initiator=int(told_of.initiator.sum()),
        as_target=int(told_of.target.sum()),
        losses=told_of.losses(told_of.target),
        opponents=opponents,
        places=told_of.counts("place", told_of.any),
        arms=told_of.counts("arm", told_of.initiator),
        actors=[],
        holdings=_holdings(room, room.with_kin(ClaimFilter(actor=id_, kind=Kind.HOLDING))),
        control=_held(room, entry),
        symbol=unit_symbol(entry.kind, read_unit(entry.name)) if entry is not None else None,
        note=entry.note if entry is not None else "",
    )


def place_profile(room: Room, id_: str) -> Profile:
    """A place, with who fights there and who held it."""
    index = room.masks.columns.indexes["place"]
    told_of = _of(room, "place", id_)
    entry = room.tables.gazetteer.place(id_)
    spans = room.chart.value().of(id_)
    if not spans:
        _check(told_of, entry, "place", id_)
    name = entry.name if entry is not None else spans[0].where.name if spans else _name_of(index, id_)
    country = room.tables.gazetteer.country(entry.country) if entry is not None and entry.country else None
    within = [Count(value=f"country:{country.country}", label=country.name, count=0)] if country is not None and country != entry else []
    if entry is not None and entry.admin1 and entry.admin1 != entry.name:
        within.insert(0, Count(value=entry.admin1, label=entry.admin1, count=0))
    return Profile(
        kind="place",
        id=id_,
        name=name,
        names=_names([name, *(other for span in spans for other in (span.where.name, *span.where.aliases))]),
        entry=entry,
        within=within,
        contains=[],
        incidents=int(told_of.any.sum()),
        as_initiator=0,
        as_target=0,
        losses=told_of.losses(told_of.any),
        opponents=[],
        places=told_of.counts("place", told_of.any, [id_]),
        arms=told_of.counts("arm", told_of.any),
        actors=told_of.counts("actor", told_of.any),
        holdings=[],
        control=list(spans),
    )


def arm_profile(room: Room, id_: str) -> Profile:
    """An arm, with who uses it where and who is said to have it."""
    arms = room.tables.arms
    entry = arms.by_id.get(id_.lower())
    index = room.masks.columns.indexes["arm"]
    told_of = _of(room, "arm", id_)
    holdings = _holdings(room, ClaimFilter(arm=id_, kind=Kind.HOLDING))
    if not holdings:
        _check(told_of, entry, "arm", id_)
    name = entry.name if entry is not None else _name_of(index, id_)
    return Profile(
        kind="arm",
        id=entry.id if entry is not None else id_,
        name=name,
        names=_names((entry.name, *entry.aliases, *entry.nato) if entry is not None else (name,)),
        entry=entry,
        within=[],
        contains=[],
        incidents=int(told_of.any.sum()),
        as_initiator=0,
        as_target=0,
        losses=told_of.losses(told_of.any),
        opponents=told_of.counts("target", told_of.any),
        places=told_of.counts("place", told_of.any),
        arms=told_of.counts("arm", told_of.any, [id_]),
        actors=told_of.counts("initiator", told_of.any),
        holdings=holdings,
        control=[],
        symbol=arm_symbol(entry.kind) if entry is not None else None,
        note=entry.note if entry is not None else "",
    )


# ── within ───────────────────────────────────────────────────────────────────────────────────────


def _of_actor(room: Room, id_: str) -> _Told:
    masks = room.masks
    any_, initiator, target = (masks.of(Asked(actor=(id_,), role=role)) for role in (None, "initiator", "target"))
    return _Told(room, any_, initiator, target)


def _of(room: Room, field: str, id_: str) -> _Told:
    masks = room.masks
    any_ = masks.of(Asked(place=(id_,)) if field == "place" else Asked(arm=(id_,)))
    nothing = np.zeros_like(any_)
    return _Told(room, any_, nothing, nothing)


def _check(told_of: _Told, entry: Actor | Place | Arm | None, noun: str, id_: str) -> None:
    """Refuses what neither the tables nor the archive know."""
    if entry is None and not told_of.any.any():
        raise NotKept(
            f"nothing is known of {noun} {id_[:100]!r}", remedy=f"Give the id of an {noun}, or words of its name; try the search."
        )


def _exact(name: str) -> str:
    return name if name.startswith(NAMELESS) else NAMELESS + name.casefold()


def _name_of(index: Index, id_: str) -> str:
    number = index.keys.known(id_)
    return index.labels[number] if number is not None else id_.removeprefix(NAMELESS)


def _names(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(name.split()) for name in names))


def _count(index: Index, counts: Array, id_: str, label: str) -> Count:
    number = index.keys.known(id_)
    return Count(value=id_, label=label, count=int(counts[number]) if number is not None else 0)


def _most(counts: Iterable[Count]) -> list[Count]:
    return sorted(counts, key=lambda one: (-one.count, one.label))[: 3 * MOST]


def _added(*lists: Sequence[Count]) -> list[Count]:
    """Counts of the same names added."""
    found: dict[str, Count] = {}
    for one in (one for counts in lists for one in counts):
        before = found.get(one.value)
        found[one.value] = Count(value=one.value, label=one.label, count=one.count + (before.count if before is not None else 0))
    return _most(found.values())[:MOST]


def _holdings(room: Room, asked: ClaimFilter) -> list[ClaimLine]:
    found = []
    for claim, _ in told(room.archive, room.settings, asked):
        found.append(claim)
        if len(found) == MOST:
            break
    return claim_lines(room.archive, found)


def _held(room: Room, entry: Actor | None) -> list[Control]:
    """The places that an actor, or what belongs to it, holds on the last day that anybody told."""
    if entry is None:
        return []
    chart, day = room.chart.value(), room.last_day_of_control
    lineage = room.tables.actors.lineage
    held = (state for state in chart.on(day) if state.holder is not None and entry.id in lineage(state.holder.actor or ""))
    return sorted(held, key=lambda state: (state.where.name, state.place))
