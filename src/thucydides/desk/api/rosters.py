"""The tables of names as the server needs them, with a user's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from thucydides.actors import Actors, Camps
from thucydides.arms import Arms
from thucydides.desk.api.columns import Rosters
from thucydides.desk.settings import Settings
from thucydides.exports.acled_tables import sub_events
from thucydides.places import Gazetteer

OTHER = "Other"


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
        return Rosters(lineage=self.actors.lineage, actor=self._actor, arm=self._arm, place=lambda _: None, family=family_of)

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
