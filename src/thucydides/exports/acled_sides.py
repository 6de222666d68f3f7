"""The two sides of an event as ACLED lists them: each an actor, then those associated with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thucydides.exports.acled_actors import Scene, file_party
from thucydides.exports.acled_circumstances import circumstances_in
from thucydides.exports.acled_tables import Filed, in_country
from thucydides.exports.flat import Flat

Named = tuple[Flat, Sequence[str]]
"""A party and its names, as told first."""
_ARMED = ("State forces", "Rebel group", "Political militia", "Identity militia", "External/Other forces")
_UNNAMED = "Unidentified"


def sides(parties: Sequence[Named], scene: Scene, *more: tuple[Sequence[Named], Scene]) -> tuple[list[Filed], list[Filed]]:
    """Who acts, with supporters last, and who is acted on; where nobody is told, whom ACLED puts there for the type of event.

    ``more`` are the parties of claims that tell of the same event. Of violence against civilians the victim is the second actor, whoever
    else is named. In protests the protesters come first, whoever moves against them.
    """
    told = ((parties, scene), *more)
    initiators = _side(told, "initiator")
    supporters = [actor for actor in _side(told, "supporter") if actor not in initiators]
    targets = _side(told, "target")
    event = scene.sub_event
    if event is None:
        return [*initiators, *supporters], targets
    first, second = event.unnamed_first(scene.country), event.unnamed_second(scene.country)
    if event.event_type == "Violence against civilians":
        targets.sort(key=lambda actor: actor.inter != "Civilians")
    if event.event_type == "Protests" and second and _is_led_by_protesters(initiators) and not targets:
        targets = [first]
    initiators = initiators or [first]
    targets = targets or ([second] if second else [])
    if event.event_type == "Protests" and _is_led_by_protesters(targets) and not _is_led_by_protesters(initiators):
        return targets, [*initiators, *supporters]
    return [*initiators, *supporters], targets


def _with_circumstances(side: list[Filed], role: str, scene: Scene) -> list[Filed]:
    """A side with the groups that the words of the event tell of it: "Vigilante Group" beside those who lynch a thief.

    A narrower group of the same kind that is already told stands for it: no "Christian Group" beside "Protestant Christian Group".
    """
    inters = {actor.inter for actor in side}
    found = list(side)
    for name, inter in circumstances_in(scene, role):
        actor = Filed(name=in_country(name, scene.country), inter=inter)
        if inter in inters and not any(one.name.endswith(actor.name) for one in found):
            found.append(actor)
    return found


def _side(told: Sequence[tuple[Sequence[Named], Scene]], role: str) -> list[Filed]:
    """The actors of a role, each once. Peoples told beside civilians are theirs; beside those who fight a battle civilians are no side."""
    filed: dict[Filed, None] = {}
    for parties, scene in told:
        mine = [(party, names) for party, names in parties if party["role"] == role]
        victims = any(actor.inter == "Civilians" for party, names in mine for actor in file_party(party, names, scene))
        beside = replace(scene, victims=victims and role == "target")
        filed |= dict.fromkeys(actor for party, names in mine for actor in file_party(party, names, beside))
    battle = "Battles" in told[0][1].events and role == "target" and any(actor.inter in _ARMED for actor in filed)
    side = [actor for actor in filed if not _is_nameless(actor, list(filed)) and not (battle and actor.inter == "Civilians")]
    return _with_circumstances(side, role, told[0][1])


def _is_nameless(actor: Filed, side: Sequence[Filed]) -> bool:
    """Whether an actor is armed men without a name beside armed men with one: they are the same."""
    armed = [one for one in side if one.inter in _ARMED and not one.name.startswith(_UNNAMED)]
    if actor.inter == "Identity militia":
        armed = [one for one in armed if one.inter == "Identity militia"]
    return actor.inter in _ARMED and actor.name.startswith(_UNNAMED) and bool(armed)


def _is_led_by_protesters(side: Sequence[Filed]) -> bool:
    return bool(side) and side[0].inter == "Protesters"
