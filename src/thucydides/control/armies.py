"""Whose unit, and whose word: states, armies and speakers recognised in the words of a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from thucydides.actors import Actors
from thucydides.control.unit_names import UnitName, read_units
from thucydides.lexicon import Phrases, is_acronym, words_of
from thucydides.record import Actor, Claim, Event

OWNERS = frozenset(("state", "army", "branch", "police", "rebel", "jihadist", "separatist", "militia", "pmc", "coalition"))
"""Kinds of actors that have units."""

FIGHTING = OWNERS | {"unit", "peacekeeper", "cartel", "gang", "intelligence", "communal"}
"""Kinds of actors that can be an opponent."""

PEACEFUL = frozenset(("Agreement", "Change to group/activity", "Headquarters or base established", "Non-violent transfer of territory"))
"""Types of events whose parties are no opponents."""


class Armies:
    """The roster of actors, asked for owners of units."""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors
        self.words: Phrases[str] = Phrases()
        self._read: dict[str, tuple[UnitName, ...]] = {}
        self._owners: dict[str, str | None] = {}
        self._keys: dict[str, frozenset[tuple[str, str]]] = {}
        for actor in actors:
            names = (actor.name, *actor.aliases)
            if actor.kind not in ("state", "army", "branch"):
                # Units are named after rebels, "Sultan Murad"; their initials are no unit's own name: "KIA Brigade".
                names = tuple(name for name in names if is_acronym(name)) if actor.kind in OWNERS else ()
            for name in (*names, *actor.demonyms):
                self.words.add(name, actor.id)

    def read(self, name: str) -> tuple[UnitName, ...]:
        """The units that a name tells, without the words for states and armies. Each name is read once."""
        if name not in self._read:
            self._read[name] = read_units(name, self.words)
        return self._read[name]

    def called(self, name: str) -> tuple[str, ...]:
        """The ids of the owners and units that go by an id, or by a name; of several those that have units, if only one has."""
        if name.lower() in self.actors.by_id:
            return (name.lower(),)
        ids = [id_ for id_ in self.actors.named(name) if self.actors.by_id[id_].kind in FIGHTING]
        states = [id_ for id_ in self.actors.demonyms.get(name) if self.actors.by_id[id_].kind in OWNERS] if not ids else []
        return tuple(ids or states)

    def owner(self, words: str) -> str | None:
        """The actor that words before or behind a unit's name mean: "Ukraine's", "Syrian Air Defense Forces"; ``None`` if several."""
        if words not in self._owners:
            self._owners[words] = self._owner(words) if words else None
        return self._owners[words]

    def _owner(self, words: str) -> str | None:
        told = words_of(words)
        whole = [id_ for id_ in self.actors.named(words) if self.actors.by_id[id_].kind in OWNERS]
        if len(whole) == 1:
            return whole[0]
        found: list[tuple[str, ...]] = []
        for hit in self.actors.find(told):
            found.append(tuple(id_ for id_ in hit.values if self.actors.by_id[id_].kind in OWNERS))
        for hit in self.actors.demonyms.find(told):
            found.append(tuple(id_ for id_ in hit.values if self.actors.by_id[id_].kind in OWNERS))
        ids = list(dict.fromkeys(id_ for ids in found for id_ in ids))
        if not ids:
            return None
        return max(ids, key=lambda id_: len(self.actors.lineage(id_))) if self._of_one_state(ids) else None

    def speaker(self, words: str) -> str | None:
        """The side that a speaker speaks for: "the Russian Defence Ministry"; ``None`` where it is nobody's, or could be several's."""
        told = words_of(words)
        ids = [id_ for hits in (self.actors.find(told), self.actors.demonyms.find(told)) for hit in hits for id_ in hit.values]
        ids = [id_ for id_ in dict.fromkeys(ids) if self.actors.by_id[self.top(id_)].kind in OWNERS]
        return max(ids, key=lambda id_: (len(self.actors.lineage(id_)), id_)) if ids and self._of_one_state(ids) else None

    def enemies(self, claims: Iterable[Claim]) -> frozenset[tuple[str, str]]:
        """Who fights whom by these claims, each pair both ways, as the states and organisations that they belong to in the end."""
        found: set[tuple[str, str]] = set()
        for claim in claims:
            if isinstance(claim.says, Event) and claim.says.type not in PEACEFUL:
                sides: dict[str, set[str]] = {"initiator": set(), "target": set()}
                for party in claim.says.parties:
                    actor = self.actors.by_id.get(party.actor or "")
                    if party.role in sides and actor is not None and actor.kind in FIGHTING:
                        sides[party.role].add(self.top(actor.id))
                found |= {(a, b) for a in sides["initiator"] for b in sides["target"] if a != b}
        return frozenset(found | {(b, a) for a, b in found})

    def _of_one_state(self, ids: list[str]) -> bool:
        return len({self.top(id_) for id_ in ids}) == 1

    def top(self, actor: str) -> str:
        """The last of all that an actor belongs to: of a brigade its state."""
        return (self.actors.lineage(actor) or (actor,))[-1]

    def same_side(self, one: str, other: str) -> bool:
        """Whether two actors belong to each other, or to the same state or organisation."""
        return self.top(one) == self.top(other)

    @cached_property
    def units(self) -> Mapping[tuple[str, tuple[str, str]], tuple[str, ...]]:
        """The roster's units by what they belong to in the end and by the key of each of their names."""
        found: dict[tuple[str, tuple[str, str]], list[str]] = {}
        for actor in self.actors:
            if actor.kind != "unit":
                continue
            for words in (actor.name, *actor.aliases):
                for name in self.read(words)[:1]:
                    if name.office is None and actor.id not in found.setdefault((self.top(actor.id), name.key), []):
                        found[self.top(actor.id), name.key].append(actor.id)
        return {key: tuple(ids) for key, ids in found.items()}

    def entry(self, name: UnitName, owner: str, year: int | None = None) -> Actor | None:
        """The roster's unit that a name means within its army; ``None`` if there is none or it could be several.

        Of several those count that existed in the year: a number was often given again.
        """
        ids = self.units.get((self.top(owner), name.key), ())
        if len(ids) > 1 and year is not None:
            ids = tuple(id_ for id_ in ids if self.existed(id_, year)) or ids
        if len(ids) > 1 and name.branch:
            told = [id_ for id_ in ids if self.troops(id_) == name.branch]
            ids = tuple(told) or ids
        if len(ids) != 1:
            return None
        troops = self.troops(ids[0])
        if name.branch and troops and troops != name.branch:
            return None
        return self.actors.by_id[ids[0]]

    def existed(self, id_: str, year: int) -> bool:
        """Whether an actor existed in a year by the roster; what is not known is no bar."""
        actor = self.actors.by_id[id_]
        return (actor.start is None or actor.start <= year) and (actor.end is None or year <= actor.end)

    def name_of(self, id_: str) -> UnitName | None:
        """What the roster's name of a unit says."""
        return next(iter(self.read(self.actors.by_id[id_].name)), None) if self.actors.by_id[id_].kind == "unit" else None

    def only_one(self, name: UnitName) -> str | None:
        """The only actor of the roster that goes by a unit's own name; a number is never enough."""
        ids = [id_ for id_ in self.actors.named(name.words) if self.actors.by_id[id_].kind in FIGHTING]
        return ids[0] if len(ids) == 1 and name.number is None else None

    def keys(self, id_: str) -> frozenset[tuple[str, str]]:
        """The keys of all names of a unit of the roster."""
        if id_ not in self._keys:
            actor = self.actors.by_id[id_]
            self._keys[id_] = frozenset(name.key for words in (actor.name, *actor.aliases) for name in self.read(words)[:1])
        return self._keys[id_]

    def troops(self, id_: str) -> str | None:
        """The kind of troops that the roster's name of a unit tells."""
        name = self.name_of(id_)
        return name.branch if name else None
