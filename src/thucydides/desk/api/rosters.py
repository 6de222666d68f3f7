"""The tables of names as the server needs them, with a user's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from thucydides.actors import Actors, Camps
from thucydides.arms import Arms
from thucydides.control.symbols import unit_symbol
from thucydides.control.unit_names import read_unit
from thucydides.desk.api.columns import Rosters
from thucydides.desk.settings import Settings
from thucydides.exports.acled_tables import sub_events
from thucydides.places import Gazetteer
from thucydides.places.tables import countries

OTHER = "Other"
UNITS = frozenset(("army", "branch", "unit"))
"""The kinds of actors that stand as units with a symbol in lists: forces of a state or group, not these themselves."""


@dataclass(frozen=True)
class Tables:
    """Actors, arms, camps and places, each loaded when first asked for."""

    settings: Settings

    @cached_property
    def actors(self) -> Actors:
        """The roster of actors."""
        return Actors.load(self.settings.roster("actors"))

    @cached_property
    def arms(self) -> Arms:
        """The roster of arms."""
        return Arms.load(self.settings.roster("arms"))

    @cached_property
    def camps(self) -> Camps:
        """Who stands together."""
        return Camps.load(self.settings.camps)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All places that this user knows."""
        return self.settings.gazetteer()

    @cached_property
    def rosters(self) -> Rosters:
        """What the columns need of them."""
        return Rosters(lineage=self.actors.lineage, actor=self._actor, arm=self._arm, place=_country, family=family_of)

    def unit(self, id_: str) -> str | None:
        """The symbol code of an actor that is a unit."""
        if id_ not in self._units:
            self._units[id_] = self._unit(id_)
        return self._units[id_]

    @cached_property
    def _units(self) -> dict[str, str | None]:
        return {}

    def _unit(self, id_: str) -> str | None:
        found = self.actors.by_id.get(id_)
        return unit_symbol(found.kind, read_unit(found.name)) if found is not None and found.kind in UNITS else None

    def _actor(self, id_: str) -> str | None:
        found = self.actors.by_id.get(id_)
        return found.name if found is not None else None

    def _arm(self, id_: str) -> str | None:
        found = self.arms.by_id.get(id_)
        return found.name if found is not None else None


@lru_cache(maxsize=1024)
def family_of(type_: str) -> str:
    """The family of a type of event: ACLED's event type."""
    found = sub_events().get(type_)
    return found.event_type if found is not None else OTHER


def _country(id_: str) -> str | None:
    """The name of a country, which may be told by its people ("Syrian"); other places go by what they are mostly told as."""
    found = countries().by_code.get(id_.removeprefix("country:")) if id_.startswith("country:") else None
    return found.name if found is not None else None
