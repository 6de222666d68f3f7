"""What the embedded gazetteer knows about a row: its country, whether its point lies where it should, or turned round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from thucydides.places.areas import area_at
from thucydides.places.gazetteer import Gazetteer
from thucydides.places.geometry import Point, distance_km, shifted
from thucydides.places.namesakes import SETTLEMENTS, WIDE
from thucydides.places.shapes import Shapes
from thucydides.record import Place

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_AREA_SLACK_KM = 80.0
_COUNTRY_SLACK_KM = 250.0
_SAME_KM = 5.0  # a place of the same name no further off is the same one
_INSIDE_KM = 15.0  # outlines are simplified: what lies nearer to a border may be on either side
_TURNED_KM = 50.0  # a point that moves less by being turned round may as well be by a border


class Known:
    """The embedded gazetteer as it is asked about rows, each question once."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or Gazetteer.open()
        self.country = lru_cache(maxsize=1024)(self._country)
        self._circles = lru_cache(maxsize=4096)(self._where_it_should_be)
        self._areas = lru_cache(maxsize=4096)(self._first_level)
        self._around = lru_cache(maxsize=16384)(self._area_at)

    def _country(self, told: str) -> str | None:
        """The code of a country told by code or name: "SY", "Syria", "Yemen (North Yemen)"."""
        plain = told.strip()
        if len(plain) == 2 and self._gazetteer.country(plain.upper()) is not None:
            return plain.upper()
        return self._gazetteer.country_named(plain) or self._gazetteer.country_named(_BRACKETS.sub("", plain)) if plain else None

    def area(self, lat: float, lon: float, admin1: str | None) -> tuple[str | None, str | None]:
        """Country and first-level area of a point, where the row names no country: that of the area it names, else as its neighbours."""
        named = {area.country for area in self._areas(admin1) if distance_km((lat, lon), (area.lat, area.lon)) <= 1.2 * area.radius_km}
        if len(named) == 1:
            return named.pop(), admin1
        return self._around(round(lat, 2), round(lon, 2))

    def title(self, admin1: str | None, country: str | None) -> str | None:
        """The embedded gazetteer's own name for a first-level area, else the row's: one area, one name."""
        return next((area.name for area in self._areas(admin1) if area.country == country), admin1)

    def own_names(self, names: Sequence[str], kind: str, country: str | None) -> tuple[str, ...]:
        """The names that mean the place of a row and nothing larger or better known.

        "Syria" of "Syria/Turkey border" is the country; "Homs" of "Homs governorate" or "Homs desert" is a town, and the area is told
        with the word for it.
        """
        kept = [name for name in names if kind == "country" or self.country(name) is None]
        return tuple(name for name in kept if kind not in WIDE or not self._towns(name, country))

    def town(self, name: str, at: Point, country: str | None) -> Place | None:
        """The settlement of the shipped gazetteer that a place of this name and point is."""
        return next((p for p in self._towns(name, country) if distance_km((p.lat, p.lon), at) <= max(_SAME_KM, p.radius_km)), None)

    def _towns(self, name: str, country: str | None) -> list[Place]:
        return [place for place in self._gazetteer.namesakes(name) if place.kind in SETTLEMENTS and place.country == country]

    def _area_at(self, lat: float, lon: float) -> tuple[str | None, str | None]:
        area = area_at(lat, lon, self._gazetteer)
        return (area.country, area.admin1) if area is not None else (None, None)

    def astray(self, lat: float, lon: float, country: str | None, admin1: str | None) -> str:
        """Why a point cannot be where its row says: "swapped", or how far off it is; "" if all is well or nothing can be said."""
        circles = self._circles(country, admin1)
        turned = abs(lon) <= 90 and _within((lon, lat), circles)
        if not circles or _within((lat, lon), circles):
            return "swapped" if turned and _lies_only_turned(lat, lon, country) else ""
        if turned:
            return "swapped"
        return f"{min(distance_km((lat, lon), middle) for middle, _ in circles):,.0f} km from the middle of {self.called(country, admin1)}"

    def called(self, country: str | None, admin1: str | None) -> str:
        """What a row's area or country is called, to tell somebody."""
        whole = self._gazetteer.country(country) if country else None
        return admin1 or (whole.name if whole is not None else country or "")

    def _where_it_should_be(self, country: str | None, admin1: str | None) -> tuple[tuple[Point, float], ...]:
        areas = [area for area in self._areas(admin1) if country is None or area.country == country]
        if areas:
            return tuple(((area.lat, area.lon), 1.4 * area.radius_km + _AREA_SLACK_KM) for area in areas)
        whole = self._gazetteer.country(country) if country else None
        return (((whole.lat, whole.lon), 1.2 * whole.radius_km + _COUNTRY_SLACK_KM),) if whole is not None else ()

    def _first_level(self, admin1: str | None) -> tuple[Place, ...]:
        """The first-level areas of a name, with or without the word for what they are: "Homs Governorate"."""
        for name in (admin1, admin1.rsplit(" ", 1)[0]) if admin1 else ():
            found = tuple(m.place for m in self._gazetteer.candidates(name, even_never=True) if m.place.kind == "admin1")
            if found:
                return found
        return ()


def _lies_only_turned(lat: float, lon: float, country: str | None) -> bool:
    """Whether a point lies well inside another country, and in its own when turned round: circles tell little of neighbours."""
    if country is None or distance_km((lat, lon), (lon, lat)) < _TURNED_KM or _country_at((lon, lat)) != country:
        return False
    about = ((lat, lon), *(shifted((lat, lon), bearing, _INSIDE_KM) for bearing in range(0, 360, 45)))
    return all(_country_at(point) not in (None, country) for point in about)


def _country_at(point: Point) -> str | None:
    area = Shapes.open().at(*point)
    return area.country if area is not None else None


def _within(at: Point, circles: tuple[tuple[Point, float], ...]) -> bool:
    return any(distance_km(at, middle) <= km for middle, km in circles)
