"""Whose a holder is: the state or group that counts as one where control is compared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from thucydides.actors import Actors
from thucydides.errors import BadRoster
from thucydides.lexicon import fold, read_table
from thucydides.record import Party

_TABLE = Path(__file__).with_name("bodies.tsv")
_OUTSIDE = frozenset(("rebel", "jihadist", "separatist", "militia", "communal", "cartel", "gang", "pmc"))
_ARMED = _OUTSIDE | frozenset(("state", "army", "branch", "unit", "police", "intelligence", "coalition", "peacekeeper", "generic"))
OPPOSITION = "opposition"


class Bodies:
    """Parties as bodies: a brigade counts as its state's, "rebels" of whom no more is told as the opposition of the country."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
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
        if means == OPPOSITION:
            return OPPOSITION
        if actor is None:
            return f"name:{fold(party.name)}"
        lineage = self._actors.lineage(actor.id)
        return next((one for one in lineage if self._actors.by_id[one].kind == "state"), lineage[-1])

    def same(self, one: str, other: str) -> bool:
        """Whether two bodies may be one: "rebels" may be any group that is no state's."""
        if one == other:
            return True
        if OPPOSITION not in (one, other):
            return False
        named = self._actors.by_id.get(other if one == OPPOSITION else one)
        return named is not None and named.kind in _OUTSIDE

    def armed(self, party: Party) -> bool:
        """Whether a party can hold or fight for a place at all: civilians, houses and speakers cannot."""
        actor = self._actors.by_id.get(party.actor or "")
        means = _means(party)
        return means != "nobody" and (means is not None or (actor.kind if actor else party.kind) in _ARMED)


def _means(party: Party) -> str | None:
    return _common().get(party.actor if party.actor else f"name:{fold(party.name)}")


@lru_cache(maxsize=1)
def _common() -> Mapping[str, str]:
    """What common words mean, by actor id or name."""
    errors: list[BadRoster] = []
    found: dict[str, str] = {}
    for row in read_table(_TABLE, ("means", "actors", "names", "note"), errors):
        found |= dict.fromkeys(row.values("actors"), row["means"])
        found |= {f"name:{fold(name)}": row["means"] for name in row.values("names")}
    if errors:
        raise errors[0]
    return found
