"""Whose a holder is: the state or group that counts as one where control is compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.actors import Actors, Camps
from thucydides.errors import BadRoster
from thucydides.lexicon import fold, read_table
from thucydides.record import Party

_TABLE = Path(__file__).with_name("bodies.tsv")
_OUTSIDE = frozenset(("rebel", "jihadist", "separatist", "militia", "communal", "cartel", "gang", "pmc"))
_JIHADIST = frozenset(("jihadist",))
_ARMED = _OUTSIDE | frozenset(("state", "army", "branch", "unit", "police", "intelligence", "coalition", "peacekeeper", "generic"))
_BACKED = re.compile(r"[\w]-(?:backed|supported|allied|led|aligned)\b")
"""Who is backed by a state is not that state."""
_AGAINST = re.compile(r"\banti-", re.I)
"""Who is told as against somebody is taken for him."""
OPPOSITION, JIHADISTS, NOBODY = "opposition", "jihadists", "nobody"
NAMELESS = frozenset((OPPOSITION, JIHADISTS))


class Bodies:
    """Parties as bodies: a brigade counts as its state's, "rebels" of whom no more is told as the opposition of the country."""

    def __init__(self, actors: Actors, camps: Camps | None = None) -> None:
        self._actors = actors
        self._camps = Camps.load() if camps is None else camps
        self._known: dict[tuple[str | None, str, str | None], str] = {}

    def of(self, party: Party, country: str | None) -> str:
        """The body that a party is or belongs to, in a country."""
        asked = (party.actor, party.name, country)
        if asked not in self._known:
            self._known[asked] = self._of(party, country)
        return self._known[asked]

    def _of(self, party: Party, country: str | None) -> str:
        actor = self._actors.by_id.get(party.actor or "")
        means = _means(party)
        if means == "state":
            code = (country or "").lower()
            return code if code in self._actors.by_id else "state"
        if means in NAMELESS:
            return means
        if actor is None:
            return f"name:{fold(party.name)}"
        lineage = self._actors.lineage(actor.id)
        return next((one for one in lineage if self._actors.by_id[one].kind == "state"), lineage[-1])

    def same(self, one: str, other: str) -> bool:
        """Whether two bodies may be one: "rebels" may be any group that is no state's, "jihadists" any jihadist one."""
        if one == other:
            return True
        if one not in NAMELESS:
            one, other = other, one
        if one not in NAMELESS:
            return False
        named = self._actors.by_id.get(other)
        return other in NAMELESS or (named is not None and named.kind in (_OUTSIDE if one == OPPOSITION else _JIHADIST))

    def allied(self, one: str, other: str, country: str | None, year: int) -> bool:
        """Whether two bodies stand in one camp in the war of a country and year."""
        if one == other or not country:
            return one == other
        camps = [self._camps.of(self._actors.lineage(body) or (body,), {country}, year) for body in (one, other)]
        return camps[0] is not None and camps[0] == camps[1]

    def stranger(self, body: str, country: str | None, year: int | None) -> bool:
        """Whether a body is a foreign state that has no part in the wars of a country that the roster of camps knows."""
        actor = self._actors.by_id.get(body)
        if actor is None or actor.kind != "state" or not country or country in actor.countries:
            return False
        wars = [camp for camp in self._camps if country in camp.countries and camp.fought({country}, year)]
        return bool(wars) and all(body not in camp.members for camp in wars)

    def armed(self, party: Party) -> bool:
        """Whether a party can hold or fight for a place at all: civilians, houses and speakers cannot."""
        actor = self._actors.by_id.get(party.actor or "")
        means = _means(party)
        if actor is not None and _AGAINST.search(party.name) and "anti" not in fold(actor.name):
            return False
        return means != NOBODY and (means is not None or (actor.kind if actor else party.kind) in _ARMED)


def _means(party: Party) -> str | None:
    """What the table says that a party stands for, ``None`` where it is somebody of its own."""
    name = fold(party.name)
    if name.rsplit(" ", 1)[-1] in _table().heads:
        return NOBODY
    if party.actor:
        return _table().actors.get(party.actor) or (OPPOSITION if _BACKED.search(party.name) and party.kind == "state" else None)
    if name in _table().names:
        return _table().names[name]
    words = f" {name} "
    told = next((means for word, means in _table().words if f" {word} " in words), None)
    return told or (NOBODY if party.kind == "generic" and party.name == party.name.lower() else None)


@dataclass(frozen=True, slots=True)
class _Table:
    """What common words mean: by actor id, by whole name, and by a word of a name in the table's order."""

    actors: Mapping[str, str]
    names: Mapping[str, str]
    words: tuple[tuple[str, str], ...]
    heads: frozenset[str]  # last words of names of those who hold no ground, whoever's they are


@lru_cache(maxsize=1)
def _table() -> _Table:
    errors: list[BadRoster] = []
    rows = list(read_table(_TABLE, ("means", "actors", "names", "words", "heads", "note"), errors))
    if errors:
        raise errors[0]
    return _Table(
        {actor: row["means"] for row in rows for actor in row.values("actors")},
        {fold(name): row["means"] for row in rows for name in row.values("names")},
        tuple((fold(word), row["means"]) for row in rows for word in row.values("words")),
        frozenset(fold(word) for row in rows for word in row.values("heads")),
    )
