"""Named areas that places are asked of: a province, a country, a region of the gazetteer, and whether a place lies in one."""

from __future__ import annotations

from dataclasses import dataclass

from thucydides.errors import BadSetting
from thucydides.places.gazetteer import SAME_NAME, Gazetteer
from thucydides.places.geometry import distance_km
from thucydides.places.readings import readings
from thucydides.places.shapes import Shape, Shapes
from thucydides.record import Place, Where

_SETTLED = frozenset(("city", "town", "village", "neighbourhood", "camp", "base", "airfield", "crossing", "port", "river"))
_ORDER = ("country", "admin1", "region", "admin2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """An area by its gazetteer entry, with its outline where one is drawn."""

    place: Place
    shape: Shape | None

    def holds(self, where: Where) -> bool:
        """Whether a place lies in the area: by the gazetteer's own province or country, else by outline, else within its reach."""
        if where.place == self.place.id:
            return True
        if where.precision == "country":
            return False
        if self.place.kind == "country" and where.country:
            return where.country == self.place.country
        if self.place.kind == "admin1" and where.admin1 and where.country:
            return (where.admin1, where.country) == (self.place.admin1, self.place.country)
        if where.lat is None or where.lon is None:
            return False
        if self.shape is not None:
            return self.shape.holds((where.lat, where.lon))
        return distance_km((where.lat, where.lon), (self.place.lat, self.place.lon)) <= self.place.radius_km


def bounds_called(name: str, gazetteer: Gazetteer, country: str | None = None) -> Bounds:
    """The area of a name. A name of areas in several countries is refused with their countries; a country settles it."""
    found = [bounds for bounds in _called(name, gazetteer) if country in (None, bounds.place.country)]
    if not found:
        raise BadSetting(f"no area is called {name!r}", remedy="Give the name of a province, district, region or country, or use --place.")
    countries = dict.fromkeys(bounds.place.country or "none" for bounds in found)
    if len(countries) > 1:
        told = ", ".join(f"{bounds.place.name} ({bounds.place.kind}, {bounds.place.country})" for bounds in found)
        raise BadSetting(f"{name!r} is the name of several areas: {told}", remedy="Say which with --country.")
    return found[0]


def _called(name: str, gazetteer: Gazetteer) -> list[Bounds]:
    """The areas of the very name, those of the highest kind first; "Homs province" is looked for as Homs too."""
    shapes = Shapes.open()
    names = dict.fromkeys((name, *(reading.name for reading in readings(name) if reading.holder is None)))
    matches = [match for told in names for match in gazetteer.candidates(told) if match.cost < SAME_NAME]
    areas = {match.place.id: match.place for match in matches if match.place.kind not in _SETTLED and match.place.radius_km > 0}
    found = [Bounds(place=place, shape=_shape(place, shapes)) for place in areas.values()]
    rank = {kind: at for at, kind in enumerate(_ORDER)}
    return sorted(found, key=lambda one: (rank.get(one.place.kind, 9), one.shape is None, -one.place.radius_km, one.place.id))


def _shape(place: Place, shapes: Shapes) -> Shape | None:
    shape = shapes.of(place.id, place.country, place.admin1 if place.kind == "admin1" else None)
    return shape if shape is not None and shape.kind == "area" else None
