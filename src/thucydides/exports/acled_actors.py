"""How the parties of a claim are filed as actors of ACLED (``acled_actors.tsv``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from thucydides.exports.acled_countries import countries_in, home_of
from thucydides.exports.acled_groups import filled, group, is_of_a_state
from thucydides.exports.acled_peoples import associates_in, faith_in, is_armed, peoples_in, unnamed
from thucydides.exports.acled_tables import Country, Filed, SubEvent, countries, in_country, rows
from thucydides.exports.flat import Flat
from thucydides.lexicon import fold, words_of

INTERS = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
"""ACLED's kinds of actor in the order of their old numbers, 1 to 8."""
_COMPANIED = frozenset(("Rioters", "Protesters", "Civilians", "Identity militia"))
"""The kinds beside which ACLED files women, farmers, peoples."""
_GROUP = re.compile(r"\b(?:group|community|congregation|worshippers|faithful|believers|followers)s?\b", re.IGNORECASE)
_BY_PEOPLE = frozenset(("rebel", "militia", "separatist", "generic", "communal", "unknown"))
"""Kinds of which "Amhara militia" is filed by the people told, whatever force the roster takes it for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a party's name in ACLED depends on: where, when and in what kind of event, and the homes of the roster's actors.

    ``victims`` tells that civilians are on the party's side of the event, ``words`` what the report tells of it.
    """

    code: str | None = None
    day: date | None = None
    sub_event: SubEvent | None = None
    homes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    victims: bool = False
    words: str = ""

    @property
    def country(self) -> Country | None:
        return countries().get(self.code or "")

    @property
    def events(self) -> set[str]:
        """What the table may ask for: the type and sub-type of the event, and "victims"."""
        types = {self.sub_event.name, self.sub_event.event_type} if self.sub_event else set()
        return types | ({"victims"} if self.victims else set())


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A party as told: its role and kind, its entry of the roster and its names, the first of them in the report's words."""

    role: str
    kind: str
    actor: str
    names: Sequence[str]

    @property
    def words(self) -> str:
        return self.names[0]

    @property
    def own_name(self) -> str:
        """The roster's name, else the name as told."""
        return self.names[1] if len(self.names) > 1 else self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A row of the table: parties of these kinds, words, roles and events are filed so."""

    kinds: frozenset[str]
    words: frozenset[str]
    roles: frozenset[str]
    events: frozenset[str]
    inter: str
    abroad: str
    name: str
    beside: str

    def fits(self, party: Told, events: set[str]) -> bool:
        """Whether the row is for this party in such an event."""
        words = {party.actor, *(word.folded for word in words_of(party.words))}
        return (
            (party.kind in self.kinds or "any" in self.kinds)
            and (not self.roles or party.role in self.roles)
            and (not self.events or bool(self.events & events))
            and (not self.words or bool(self.words & words))
        )


def file_party(flat: Flat, names: Sequence[str], scene: Scene) -> tuple[Filed, ...]:
    """A party as ACLED files it: the actor, then the groups beside it. Empty where the party is no actor, such as a bridge that is struck.

    What is acted on without being known is only filed where its words tell of people ("houses of farmers").
    """
    role = "target" if flat["role"] == "target" else "initiator"
    party = Told(role=role, kind=str(flat["kind"]), actor=str(flat["actor"] or ""), names=names)
    filing = next((row for row in _filings() if row.fits(party, scene.events)), None)
    if not _is_known(party, filing):
        party = replace(party, kind="unknown")
        filing = next((row for row in _filings() if row.fits(party, scene.events)), None)
    if party.kind in _BY_PEOPLE and is_armed(party.words):
        militia = _militia_named([party.words], scene.country)
        if militia:
            return _filed_as(militia, "Identity militia")
    faithful = _faithful(party, scene)
    if faithful:
        return faithful
    if party.kind == "unknown":
        known = _unknown(flat["kind"] == "object", party, scene)
        if known is not None:
            return known
    return _by_row(filing, party, scene) if filing and filing.name != "-" else ()


def _faithful(party: Told, scene: Scene) -> tuple[Filed, ...]:
    """A group told only by its faith, "a Christian group": what ACLED calls those who are of it."""
    faith = faith_in(party.words) if party.kind == "unknown" and _GROUP.search(party.words) else None
    return _filed_as([in_country(f"{faith} Group", scene.country)], "Civilians") if faith else ()


def _is_known(party: Told, filing: Filing | None) -> bool:
    """Whether kind and words tell who it is. "generic" without an entry of the roster is the coder's guess: only its words can."""
    return party.kind not in ("None", "other", "object") and (party.kind != "generic" or bool(party.actor or (filing and filing.words)))


def _unknown(thing: bool, party: Told, scene: Scene) -> tuple[Filed, ...] | None:
    """A party that no roster knows: by the people that its words tell of, else ``()``; ``None`` leaves it to the table.

    Whoever acts goes by a name only if that is a proper one.
    """
    civil = bool(scene.events & {"Protests", "Riots"})
    if party.role == "target" and ("Battles" not in scene.events or scene.victims):
        beside = associates_in(party.words, scene.country)
        is_victim = bool(beside) and not scene.events & {"Peaceful protest", "Violent demonstration"}
        return _filed_as([in_country("Civilians", scene.country), *beside], "Civilians") if is_victim else ()
    peoples = [name for people in peoples_in(party.words, scene.country) for name in people.called("Militia")]
    if peoples and not civil and not thing:
        return _filed_as(peoples, "Identity militia")
    proper = any(word.capital for word in words_of(party.words)) and not countries_in(party.words)
    return () if thing or party.role == "target" or not (proper or civil) else None


def _by_row(filing: Filing, party: Told, scene: Scene) -> tuple[Filed, ...]:
    """The actor and what is beside it by a row of the table."""
    home = home_of(party.actor, party.words, scene.homes)
    head = _called(filing.name, party, scene, home)
    beside = [name for name in _called(filing.beside, party, scene, home) if name not in head] if filing.beside else []
    if filing.inter in _COMPANIED:
        people = {name.replace(" Militia", " Group") for name in head}
        beside += [name for name in associates_in(party.words, scene.country) if name not in people]
    return _filed_as([*head, *beside], _inter(filing, party, scene, home))


def _inter(filing: Filing, party: Told, scene: Scene, home: str | None) -> str:
    """The kind of actor: that of the group's own entry, else the row's, at home or abroad."""
    entry = group(party.actor, scene.day) if _is_own(filing.name) else None
    if entry and entry.inter:
        return entry.inter
    return filing.abroad if filing.abroad and home and scene.code and home != scene.code else filing.inter


def _called(name: str, party: Told, scene: Scene, home: str | None) -> list[str]:
    """The names behind a cell of the table."""
    entry = group(party.actor, scene.day)
    code = home or scene.code
    if entry and _is_own(name):
        return [filled(entry.name, code if code in countries() else None, scene.day)]
    if name == "=":
        return [party.own_name]
    if name == "{militia}":
        return _militia_named(party.names, scene.country) or [unnamed(party.words, "Militia", scene.country)]
    if is_of_a_state(name):
        if code in countries():
            return [filled(name, code, scene.day)]
        return [filled(name, None, scene.day) if party.kind == "generic" else party.own_name]
    return [name if name.endswith(")") else in_country(name, scene.country)]


def _is_own(name: str) -> bool:
    """Whether a cell asks for the actor's own name, for which ACLED may have one: its name, its force, its people."""
    return name in ("=", "{militia}", "{military}", "{police}", "{government}")


def _militia_named(names: Sequence[str], country: Country | None) -> list[str]:
    """The militia of the first people, clan or religion that one of the names tells of."""
    for name in names:
        peoples = peoples_in(name, country)
        if peoples:
            return list(peoples[0].called("Militia"))
        faith = faith_in(name)
        if faith:
            return [in_country(f"{faith} Militia", country)]
    return []


def _filed_as(names: Sequence[str], inter: str) -> tuple[Filed, ...]:
    return tuple(Filed(name=name, inter=inter) for name in dict.fromkeys(names))


def interaction(first: Filed | None, second: Filed | None) -> str:
    """ACLED's word for who met whom: the lower number first, "… only" for one side, and civilians last beside external forces."""
    inters = sorted(INTERS.index(actor.inter) for actor in (first, second) if actor)
    if not inters:
        return ""
    if len(inters) == 1:
        return f"{INTERS[inters[0]]} only"
    if inters == [INTERS.index("Civilians"), INTERS.index("External/Other forces")]:
        inters.reverse()
    return "-".join(INTERS[number] for number in inters)


@cache
def _filings() -> list[Filing]:
    columns = ("id", "kind", "words", "roles", "events", "inter", "abroad", "name", "beside")
    return [
        Filing(
            kinds=frozenset(row.values("kind")),
            words=frozenset(word if "-" in word else fold(word) for word in row.values("words")),
            roles=frozenset(row.values("roles")),
            events=frozenset(row.values("events")),
            inter=row["inter"],
            abroad=row["abroad"],
            name=row["name"],
            beside=row["beside"],
        )
        for row in rows("acled_actors.tsv", *columns)
    ]
