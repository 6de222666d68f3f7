"""The two sides of an event as ACLED lists them: each an actor, then those associated with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thucydides.exports.acled_actors import Scene, file_party
from thucydides.exports.acled_circumstances import circumstances_in
from thucydides.exports.acled_countries import home_of
from thucydides.exports.acled_tables import Filed, in_country
from thucydides.exports.flat import Flat

Named = tuple[Flat, Sequence[str]]
"""A party and its names, as told first."""
_ARMED = ("State forces", "Rebel group", "Political militia", "Identity militia", "External/Other forces")
_NOT_OF_A_STATE = frozenset(("communal", "rebel", "separatist", "jihadist"))
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
        mine = [(party, names) for party, names in mine if not _is_origin(party, names, mine, scene)]
        victims = any(actor.inter == "Civilians" for party, names in mine for actor in file_party(party, names, scene))
        beside = replace(scene, victims=victims and role == "target")
        filed |= dict.fromkeys(actor for party, names in mine for actor in file_party(party, names, beside))
    battle = "Battles" in told[0][1].events and role == "target" and any(actor.inter in _ARMED for actor in filed)
    kept = [actor for actor in filed if not _is_nameless(actor, list(filed)) and not (battle and actor.inter == "Civilians")]
    side = _with_circumstances(_as_companions(kept), role, told[0][1])
    return [actor for actor in side if not any(_is_wider(actor, other) for other in side)]


def _is_origin(party: Flat, names: Sequence[str], side: Sequence[Named], scene: Scene) -> bool:
    """Whether a state is told only as where a group beside it comes from, which does not fight for it: "raiders from South Sudan"."""
    if party["kind"] != "state":
        return False
    home = home_of(str(party["actor"] or ""), names[0], scene.homes)
    groups = [str(other["actor"] or "") for other, _ in side if other["kind"] in _NOT_OF_A_STATE]
    return home is not None and any(home in scene.homes.get(group, ()) for group in groups)


def _as_companions(side: Sequence[Filed]) -> list[Filed]:
    """Peoples beside a crowd are part of it, not a militia of their own: "youths from the X clan" are rioters and "X Clan Group"."""
    crowd = next((actor.inter for actor in side if actor.inter in ("Rioters", "Protesters")), None)
    if crowd is None or side[0].inter != crowd:
        return list(side)
    return list(
        dict.fromkeys(
            Filed(name=actor.name.replace(" Militia", " Group"), inter=crowd) if actor.inter == "Identity militia" else actor
            for actor in side
        )
    )


def _is_wider(actor: Filed, other: Filed) -> bool:
    """Whether another actor of the side is a part of this one and stands for it: "Christian Group" beside "Orthodox Christian Group",
    a clan beside one of its sub-clans.
    """
    if actor.name == other.name:
        return False
    clan, _, rest = actor.name.partition(" Clan ")
    return (other.name.endswith(f" {actor.name}") and " Group" in actor.name) or (
        bool(rest) and other.name.startswith(f"{clan}-") and other.name.endswith(f" Sub-Clan {rest}")
    )


def _is_nameless(actor: Filed, side: Sequence[Filed]) -> bool:
    """Whether an actor is armed men without a name beside others who act: they are the same.

    An unidentified communal militia is only that of a people told; who else is unidentified may be any who are armed, or a mob.
    """
    if actor.inter not in _ARMED or not actor.name.startswith(_UNNAMED):
        return False
    if actor.inter == "Identity militia":
        return any(one.inter == actor.inter and not one.name.startswith(_UNNAMED) for one in side)
    if any(one.inter in _ARMED and (one.inter == "Identity militia" or not one.name.startswith(_UNNAMED)) for one in side):
        return True
    return actor.inter == "Political militia" and any(one.inter == "Rioters" for one in side)


def _is_led_by_protesters(side: Sequence[Filed]) -> bool:
    return bool(side) and side[0].inter == "Protesters"
