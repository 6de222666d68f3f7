"""The two sides of an event as UCDP sees them, its type of violence, and whose the dead are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from thucydides.actors import Actors, identify
from thucydides.exports.acled_actors import Scene, file_party
from thucydides.exports.acled_countries import home_of
from thucydides.exports.acled_sides import Named
from thucydides.exports.acled_tables import rows, sub_events
from thucydides.exports.flat import Flat
from thucydides.exports.ucdp_countries import State, states
from thucydides.lexicon import words_of

CIVILIANS = "Civilians"
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
_UNARMED = ("Civilians", "Protesters", "Rioters")
_OF_A_STATE = ("State forces", "External/Other forces")
_SEVERAL_STATES = ("coalition", "peacekeeper")
_NAMELESS = ("generic", "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side: its name in UCDP's files, empty for armed men who are not told apart, and the state whose government it is."""

    name: str
    state: State | None = None

    @property
    def is_named(self) -> bool:
        return bool(self.name) and self.name != CIVILIANS


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """Who used force against whom, and UCDP's type of violence: 1 with a state, 2 between groups, 3 against civilians."""

    violence: int
    a: Side
    b: Side

    def column_of(self, side: Side | None) -> str:
        """The column in which the dead of a side are counted. Armed men without a name are of the only side that they can be of."""
        if side is not None and side.name == CIVILIANS:
            return "deaths_civilians"
        if side is not None and side.is_named:
            return {self.a.name: "deaths_a", self.b.name: "deaths_b"}.get(side.name, "deaths_unknown")
        if self.violence == ONE_SIDED:
            return "deaths_civilians" if side is None else "deaths_unknown"
        if side is not None and (self.a.state is None) != (self.b.state is None):
            return "deaths_b" if self.a.state else "deaths_a"
        return "deaths_unknown"


def dyad_of(parties: Sequence[Named], scene: Scene, one_sided: bool) -> Dyad | None:
    """The sides of an event, a government first; ``None`` where one of them is not known by name, or nobody is fought or meant."""
    acting = [side for party, names in parties if party["role"] == "initiator" if (side := side_of(party, names, scene))]
    struck = [side for party, names in parties if party["role"] == "target" if (side := side_of(party, names, scene))]
    first = next((side for side in acting if side.is_named), None)
    if first is None:
        return None
    against = [side for side in struck if side.name != CIVILIANS]
    if one_sided or (not against and struck):
        return Dyad(violence=ONE_SIDED, a=first, b=Side(name=CIVILIANS))
    second = next((side for side in against or acting if side.is_named and side != first), None)
    if second is None:
        return None
    if first.state is None and second.state is not None:
        first, second = second, first
    return Dyad(violence=STATE_BASED if first.state else NON_STATE, a=first, b=second)


def side_of(party: Flat, names: Sequence[str], scene: Scene) -> Side | None:
    """A party as a side; ``None`` for what is none: a thing, peacekeepers, a coalition of states."""
    filed = file_party(party, names, scene)
    if not filed or party["kind"] in _SEVERAL_STATES:
        return None
    inter = filed[0].inter
    if inter in _UNARMED:
        return Side(name=CIVILIANS)
    actor = str(party["actor"] or "")
    if actor in _groups():
        return Side(name=_groups()[actor])
    if inter in _OF_A_STATE and party["kind"] != "pmc":
        state = states().get(home_of(actor, names[0], scene.homes) or scene.code or "")
        return Side(name=f"Government of {state.name}", state=state) if state else None
    if party["kind"] in _NAMELESS:
        return Side(name="")
    return Side(name=names[1] if len(names) > 1 else names[0])


def dead_of(flat: Flat, parties: Sequence[Named], dyad: Dyad, scene: Scene) -> str:
    """The column in which the dead of an event are counted: whose they are by the words that count them."""
    who = cast("str | None", cast("Flat", flat["killed"])["who"])
    if dyad.violence != ONE_SIDED:
        scene = replace(scene, sub_event=sub_events()["Armed clash"])  # "people" killed in fighting may be anybody
    asked = [word.folded for word in words_of(who or "")]
    told = next(((party, names) for party, names in parties if asked and _holds([w.folded for w in words_of(names[0])], asked)), None)
    if told is None and who:
        actor = identify(who, _roster())
        if actor is not None:
            told = {"role": "target", "kind": actor.kind, "actor": actor.id}, (who, actor.name)
    return dyad.column_of(side_of({**told[0], "role": "target"}, told[1], scene) if told else None)


def _holds(words: Sequence[str], asked: Sequence[str]) -> bool:
    return any(list(words[first : first + len(asked)]) == list(asked) for first in range(len(words)))


@cache
def _roster() -> Actors:
    return Actors.load()


@cache
def _groups() -> dict[str, str]:
    return {row["id"]: row["name"] for row in rows("ucdp_groups.tsv", "id", "name")}
