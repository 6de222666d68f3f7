"""What speaks for and against one of the places that share a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Protocol

from thucydides.places.context import Context, area_key
from thucydides.places.gazetteer import OWN, Match, standing
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import alike, fold_name
from thucydides.places.tables import Feature, countries
from thucydides.record import Place, Where

SETTLEMENTS = frozenset({"city", "town", "village", "neighbourhood"})
AREAS = frozenset({"admin1", "admin2", "region", "country"})
WATERS = frozenset({"river", "sea", "lake", "gulf", "strait", "canal", "ocean", "region"})
SITES = frozenset({"airfield", "base", "bridge", "checkpoint", "crossing", "dam", "energy", "hospital", "industry", "prison"})
WIDE = AREAS | WATERS | {"mountains", "desert", "border", "road", "island", "islands", "valley", "forest"}
_COMPANY_KM = 100.0
_ITSELF_KM, _SPOT_KM = 1.0, 0.05
_DEGREE_KM = 111.0  # a degree of latitude, rounded down
_HARDLY = 0.08  # a country of less weight is hardly told
_ABROAD = 0.5  # a country of less weight is not what the report is about
_LEVELS = frozenset({"admin1", "admin2"})
_REACHES_KM = (30.0, 150.0, 600.0)  # nearness to the report's other places wears off at once, slowly, very slowly

_TRANSLITERATED = frozenset(
    "AE AF AM AZ BA BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MD ME MK MM MN MR "
    "MV NP OM PK PS QA RS RU SA SD SO SY TD TH TJ TM TN TW UA UZ XK XS YE".split()
)
"""Countries whose names come into English from another script, or from a language that foreigners spell by ear."""


class Meant(Protocol):
    """An option as far as it is needed here."""

    @property
    def match(self) -> Match: ...


@dataclass(frozen=True, kw_only=True)
class Told:
    """A name as told: the word for its kind and the place that holds it, if any, and all places that it may mean."""

    name: str
    feature: Feature | None
    within: Where | None
    places: tuple[Place, ...]

    @cached_property
    def foremost(self) -> float:
        """The standing of the most prominent of the places, but for areas that are called after a town in them."""
        return max(standing(place) for place in self.places if not (place.kind in _LEVELS and self.has_town_in(place)))

    def has_town_in(self, area: Place) -> bool:
        """Whether a town of the same name lies in an area that the name may mean: Homs is first the city, Kentucky never."""
        return any(lies_within(town, area) for town in self._towns.get(area.country, ()))

    @cached_property
    def _towns(self) -> dict[str | None, list[Place]]:
        """The settlements of the name by country."""
        found: dict[str | None, list[Place]] = {}
        for place in self.places:
            if place.kind in SETTLEMENTS:
                found.setdefault(place.country, []).append(place)
        return found


def lies_within(town: Place, area: Place) -> bool:
    """Whether a town lies in the reach of an area of its country."""
    if town.country != area.country or abs(town.lat - area.lat) * _DEGREE_KM > area.radius_km:
        return False
    return distance_km((town.lat, town.lon), (area.lat, area.lon)) <= area.radius_km


def evidence(match: Match, told: Told, context: Context) -> dict[str, float]:
    """What speaks for and against a place of a name."""
    place, name = match.place, told.name
    found = {"standing": standing(place), "cost": match.cost, f"named by {match.how}": 1.0}
    if match.how == "spelling" and place.country in _TRANSLITERATED:
        found |= {"cost of a transliteration": match.cost, "named by transliteration": 1.0}
    found["most prominent"] = float(standing(place) >= told.foremost and not (place.kind in _LEVELS and told.has_town_in(place)))
    found["a settlement of unknown size"] = float(place.kind in SETTLEMENTS and place.population == 0 and place.id[:3] == "gn:")
    found["its first name"] = float(fold_name(place.name) == fold_name(name))
    found["its first name, or sounding so"] = float(alike(place.name, name))
    found["a capital"] = float(_is_capital(place))
    found |= _of_kind(place, told) | _in_country(place, context) | _near(place, told, context) | _held(place, told.within)
    return {key: value for key, value in found.items() if value}


def given_evidence(match: Match, context: Context, at_war: float) -> dict[str, float]:
    """What speaks for and against a place that no set of articles teaches: a user's own lists, former names in their years, fronts."""
    found: dict[str, float] = {}
    if match.source == OWN:
        found["in a table of one's own"] = 1.0
    elif match.listed:
        found["in a gazetteer that was added"] = 1.0
    if match.years is not None and context.year is not None:
        since, until = match.years
        timely = (since is None or since <= context.year) and (until is None or context.year <= until)
        found["its name in the year told" if timely else "not its name in the year told"] = 1.0
    if at_war and not context.countries:
        found["in a country of many fronts"] = at_war
    return found


def unknown_evidence(found: Sequence[Meant], context: Context) -> dict[str, float]:
    """What speaks for none of the options."""
    told = {"unknown": 1.0}
    if all(option.match.how == "spelling" for option in found):
        heard = any(option.match.place.country in _TRANSLITERATED for option in found)
        told["unknown, transliterations alone" if heard else "unknown, other spellings alone"] = 1.0
    if context.countries:
        home = max(context.countries.get(option.match.place.country or "", 0.0) for option in found)
        told["unknown, none at home"] = float(home < _HARDLY)
        told["unknown, home"] = home
    return {key: value for key, value in told.items() if value}


def nearest_anchor_km(at: Point, context: Context) -> float | None:
    """How far the nearest of the report's sure places is."""
    return min((distance_km(at, anchor) for anchor in context.anchors), default=None)


def _is_capital(place: Place) -> bool:
    return place.kind == "city" and (place.country, fold_name(place.name)) in countries().seats


def _kind(place: Place) -> str:
    if place.kind in ("country", "admin1", "admin2"):
        return place.kind
    if place.id[:3] != "gn:":
        return "own area" if place.kind in WIDE else "own place"
    return "neighbourhood" if place.kind == "neighbourhood" else "settlement"


def _of_kind(place: Place, told: Told) -> dict[str, float]:
    kind, feature = _kind(place), told.feature
    if feature is None and kind in _LEVELS and told.has_town_in(place):
        return {f"{kind} with a town of its name, no word for its kind": 1.0}
    if feature is None:
        return {f"{kind}, no word for its kind": 1.0}
    found = {f"{kind}, word for {feature.effect}": 1.0}
    alike = place.kind == feature.kind or (feature.effect == "settlement" and place.kind in SETTLEMENTS)
    if alike or (feature.kind == "district" and place.kind in ("admin2", "neighbourhood")):
        found["of the kind told"] = 1.0
    return found


def _in_country(place: Place, context: Context) -> dict[str, float]:
    if not context.countries or place.country is None:
        return {"no country": 1.0}
    weight = context.countries.get(place.country, 0.0)
    found = {"country": weight, "first country": float(weight == 1.0), "hardly its country": float(weight < _HARDLY)}
    area = context.areas.get(area_key(place) or "", 0.0)
    if weight < _ABROAD:
        found |= {"a capital abroad": float(_is_capital(place)), "admin1 abroad": float(place.kind == "admin1")}
    if place.kind != "country":
        found |= {"area": area, "first area": float(area == 1.0)}
    return found


def _near(place: Place, told: Told, context: Context) -> dict[str, float]:
    gaps = [distance_km((place.lat, place.lon), anchor) for anchor in context.anchors]
    # A quarter lies in its town and is not the town; anything else so near an anchor is the anchor.
    others = [gap for gap in gaps if gap > (_SPOT_KM if place.kind == "neighbourhood" else _ITSELF_KM)]
    found = {"surely meant": float(len(others) < len(gaps)), "meant for another": float(bool(gaps) and len(others) == len(gaps))}
    if not others:
        return found
    wide = place.kind in WIDE and not (place.kind in _LEVELS and told.has_town_in(place))
    reach = place.radius_km if wide else 0.0
    found |= {f"near, {km:g} km": exp(-max(0.0, min(others) - reach) / km) for km in _REACHES_KM}
    found["company"] = sum(exp(-max(0.0, gap - reach) / _COMPANY_KM) for gap in others) / len(others)
    return found


def _held(place: Place, within: Where | None) -> dict[str, float]:
    if within is None or within.lat is None or within.lon is None:
        return {}
    gap = distance_km((place.lat, place.lon), (within.lat, within.lon))
    same = within.country is not None and within.country == place.country
    area = same and (within.precision == "country" or (within.admin1 is not None and within.admin1 == place.admin1))
    return {"by its holder": exp(-gap / 60.0), "in its holder's area": float(area), "in its holder's country": float(same)}
