"""Who a party is: the unit that its name tells, the army that the words give it, and what the roster knows of both."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thucydides.control.armies import FIGHTING, OWNERS, Armies
from thucydides.control.unit_names import UnitName
from thucydides.lexicon import words_of
from thucydides.record import Actor, Claim, Party, Plan, Report, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A unit or actor that a party is. ``by``: whether its owner is told in words, or as the coder found it."""

    name: UnitName | None = None
    actor: str | None = None  # roster id
    owner: str | None = None  # roster id of what it belongs to
    by: str = ""
    note: str = ""


class Meaning:
    """The roster, asked who is meant in a claim."""

    def __init__(self, armies: Armies) -> None:
        self.armies = armies
        self._about: dict[str, frozenset[str]] = {}

    def of_party(self, party: Party, claim: Claim, report: Report) -> list[Meant]:
        """The units, or the actor, that a party is; nobody where it is neither."""
        if self.armies.read(party.name):
            names = self.armies.read(whole_name(party, claim))
            return [self.of_unit(name, party.actor, claim, report) for name in names]
        actor = self.armies.actors.by_id.get(party.actor or "")
        return [Meant(actor=actor.id, owner=actor.parent, by="coded")] if actor and actor.kind in FIGHTING else []

    def of_unit(self, name: UnitName, coded: str | None, claim: Claim, report: Report) -> Meant:
        """The unit of a name, with the actor that the coder gave it. Words stand above the coder and the roster."""
        told = self.owner_told(name)
        actor = self.armies.actors.by_id.get(coded or self.armies.only_one(name) or "")
        if actor is not None and actor.id in self.armies.actors.named(name.words) and name.number is None:
            return Meant(name=name, actor=actor.id, owner=actor.parent, by="coded")
        if actor is not None and actor.kind == "unit" and name.key not in self.armies.keys(actor.id):
            told, actor = told or (actor.id if name.above is None else None), self._parent_of(actor)
        if told is not None:
            same = actor is not None and actor.kind == "unit" and self.armies.same_side(actor.id, told)
            return Meant(name=name, actor=actor.id if actor and same else None, owner=told, by="told")
        if actor is None or actor.kind not in OWNERS | {"unit"}:
            return Meant(name=name)
        if self._is_namesake(name, actor.id, claim, report):
            return Meant(name=name, note=f"the roster's {actor.name} is of an army that the report does not name")
        if actor.kind == "unit":
            return Meant(name=name, actor=actor.id, owner=actor.parent, by="coded")
        return Meant(name=name, owner=actor.id, by="coded")

    def _parent_of(self, actor: Actor) -> Actor | None:
        return self.armies.actors.by_id.get(actor.parent or "")

    def owner_told(self, name: UnitName) -> str | None:
        """The actor that the words of a name give it to: the nearest of those behind it, before it, and of the unit above it."""
        above = self.owner_told(name.above) if name.above else None
        told = [id_ for words in (name.belongs, name.army) if (id_ := self.armies.owner(words))]
        return told[0] if told else above

    def _is_namesake(self, name: UnitName, actor: str, claim: Claim, report: Report) -> bool:
        """Whether a bare number may be another army's: nothing in claim or report speaks of the army that the roster knows it of."""
        if name.number is None or (name.branch and name.branch == self.armies.troops(actor)):
            return False
        countries = {where.country for where in _where(claim) if where.country}
        top = self.armies.top(actor)
        if not countries or countries & set(self.armies.actors.by_id[top].countries):
            return False
        return top not in self._spoken_of(report)

    def _spoken_of(self, report: Report) -> frozenset[str]:
        if report.id not in self._about:
            hits = self.armies.words.find(words_of(report.reading))
            self._about[report.id] = frozenset(self.armies.top(id_) for hit in hits for id_ in hit.values)
        return self._about[report.id]


def whole_name(party: Party, claim: Claim) -> str:
    """A party's name with what it is told to be of, where that was taken for a party of its own: "7 Division" of the "Nigerian Army"."""
    said = claim.says.event if isinstance(claim.says, Plan) else claim.says
    for other in said.parties:
        if other.role == party.role and other is not party:
            told = re.compile(rf"{re.escape(party.name)}\s+(?:of|from|in)\s+(?:the\s+)?{re.escape(other.name)}(?!\w)")
            match = next((m for p in claim.evidence if p.field == "claim" and (m := told.search(p.words))), None)
            if match is not None:
                return match.group()
    return party.name


def _where(claim: Claim) -> tuple[Where, ...]:
    return claim.says.event.where if isinstance(claim.says, Plan) else claim.says.where
