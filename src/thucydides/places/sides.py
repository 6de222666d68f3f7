"""Directions before the name of an area: "southern Idlib" is the south of the province, "eastern Nangarhar province" all of it."""

from __future__ import annotations

from thucydides.places.geometry import Point, bearing_between, shifted
from thucydides.places.names import alike
from thucydides.places.shapes import Shape, Shapes
from thucydides.places.tables import countries
from thucydides.record import Where

_STEP_KM, _FARTHEST_KM = 3, 300
_METROPOLIS_KM = 15.0  # "eastern Aleppo" may well be a half of the city; nobody tells the halves of a smaller town so
_TOWARDS = 50.0  # degrees between a direction told and that in which an area lies in its country


def province_of(town: Where) -> Shape | None:
    """The outline of the first-level area that has a town's name, where the town lies in one."""
    if town.place is None or town.admin1 is None or not any(alike(town.admin1, name) for name in (town.name, *town.aliases)):
        return None
    shape = Shapes.open().of(f"gn:{town.place}", town.country, town.admin1)
    return shape if shape is not None and shape.kind == "area" else None


def province_km(town: Where, bearing: float) -> float:
    """How far the province that has a town's name reaches from the town in a direction; 0 where there is none."""
    shape = province_of(town)
    steps = range(_STEP_KM, _FARTHEST_KM, _STEP_KM) if shape is not None else ()
    return next((float(km) for km in steps if shape is not None and not shape.holds(shifted(_point(town), bearing, km))), 0.0)


def side_of_province(town: Where, bearing: float) -> Shape | None:
    """The outline of the province that a town's name means behind a direction; ``None`` where it may be the town.

    It may be in a great city, and where the province lies in that direction of its country: "southern Kandahar" is Kandahar in the south.
    """
    if town.precision != "place" or (town.radius_km or 0.0) > _METROPOLIS_KM or lies_towards(town, bearing):
        return None
    return province_of(town)


def lies_towards(where: Where, bearing: float) -> bool:
    """Whether a place lies in a direction of its country, so that the direction may tell of the country and not of a part of the place."""
    country = countries().by_code.get(where.country or "")
    if country is None or where.lat is None:
        return False
    apart = abs(bearing_between((country.lat, country.lon), _point(where)) - bearing) % 360
    return min(apart, 360 - apart) <= _TOWARDS


def _point(where: Where) -> Point:
    return where.lat or 0.0, where.lon or 0.0
