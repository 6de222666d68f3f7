"""Which of the places that share a name is meant."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from thucydides.places.context import Context
from thucydides.places.gazetteer import SAME_NAME, Gazetteer, Match, standing
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import fold_name
from thucydides.places.tables import Feature, countries
from thucydides.record import Place, Where

SETTLEMENTS = frozenset({"city", "town", "village", "neighbourhood"})
AREAS = frozenset({"admin1", "admin2", "region", "country"})
WATERS = frozenset({"river", "sea", "lake", "gulf", "strait", "canal", "ocean", "region"})
WIDE = AREAS | WATERS | {"mountains", "desert", "border", "road", "island", "islands", "valley", "forest"}
LEAST_SCORE = 0.3
_NEAR_KM = 200.0  # how fast nearness to the report's other places wears off
_SAME_SPOT_KM = 40.0
_WORLD_KNOWN = 0.86  # the standing of a city of a million, which may be named in a report about another country
_NO_CONTEXT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The place chosen, how sure (0 to 1), and why in words."""

    place: Place
    score: float
    why: str


def choose(
    name: str, context: Context, gazetteer: Gazetteer, *, feature: Feature | None = None, within: Where | None = None
) -> Choice | None:
    """The place most likely meant by a name, or ``None`` where every meaning is too far-fetched.

    A spelling that only resembles the name counts only in a country of the context or near its places; a village or small town
    of that very name in a country that the report does not mention does not count at all.
    """
    matches = gazetteer.candidates(name, even_never=feature is not None)
    if feature is None and any(match.place.kind == "country" and match.cost == 0 for match in matches):
        # Many villages are called Moldova or Turkey; a report that means one of them says so.
        matches = [match for match in matches if standing(match.place) >= 0.6]
    allowed = [(_weigh(match, context, feature, within), match) for match in matches if _allowed(match, context, feature, within)]
    if not allowed:
        return None
    allowed.sort(key=lambda pair: (-pair[0], pair[1].place.id))
    total, match = allowed[0]
    place = match.place
    rival = next((t for t, other in allowed[1:] if not _same_spot(place, other.place)), None)
    score = 1 / (1 + exp(-1.6 * (total - 1.0)))
    if rival is not None:
        score *= 0.35 + 0.65 / (1 + exp(-3.5 * (total - rival)))
    if score < LEAST_SCORE:
        return None
    why = {"exact": "named so", "article": "named so but for article or joints", "spelling": f"spelt like {place.name}"}[match.how]
    if rival is not None:
        why += ", the likeliest of several"
    return Choice(place=place, score=round(min(0.99, score), 3), why=why)


def nearest_anchor_km(at: Point, context: Context) -> float | None:
    """How far the nearest of the report's sure places is."""
    return min((distance_km(at, anchor) for anchor in context.anchors), default=None)


def _allowed(match: Match, context: Context, feature: Feature | None, within: Where | None) -> bool:
    place = match.place
    at = (place.lat, place.lon)
    if feature is not None and (
        not _may_be(place, feature, within) or (match.cost > 0.12 and feature.effect in ("part", "site", "around"))
    ):
        return False
    if within is not None and within.lat is not None and within.lon is not None:
        reach = (within.radius_km or 0.0) * 1.3 + 30.0
        if distance_km(at, (within.lat, within.lon)) > reach + (place.radius_km if place.kind in WIDE else 0.0):
            return False
    near = nearest_anchor_km(at, context)
    close = near is not None and near <= 120.0 + (place.radius_km if place.kind in WIDE else 0.0)
    weight = context.countries.get(place.country or "", 0.0)
    if feature is not None and feature.effect in ("part", "site", "around") and context.countries and weight < 0.08 and not close:
        return False
    if match.cost >= SAME_NAME:
        if not context.countries:
            return match.cost < 0.08
        return weight >= 0.25 or (weight >= 0.08 and close)
    if not context.countries or place.country is None or place.kind == "country" or weight >= 0.08 or close:
        return True
    # Regions of our own table (Donbas, Abyei) have names that no other place has; capitals and great cities are named everywhere.
    ours = place.id[:3] != "gn:" and place.kind in WIDE
    return ours or standing(place) >= _WORLD_KNOWN or fold_name(place.name) in countries().capitals


def _may_be(place: Place, feature: Feature, within: Where | None) -> bool:
    """Whether the word for its kind leaves a place possible."""
    if feature.effect == "settlement":
        return place.kind not in AREAS | WATERS or place.kind == "admin2"
    if feature.effect == "water":
        return place.kind in WATERS
    if feature.effect == "area":
        return place.kind not in WATERS or place.kind == "region"
    if feature.kind in ("neighbourhood", "street"):
        # Such names are their own: a town that happens to be called so is another place, unless it lies in the city named.
        return place.kind in ("neighbourhood", feature.kind) or (
            within is not None and within.lat is not None and place.kind in SETTLEMENTS
        )
    if feature.effect == "part" and feature.kind != "district":
        return (
            place.kind == feature.kind
            or (place.kind in SETTLEMENTS and standing(place) >= 0.5)
            or (within is not None and within.lat is not None)
        )
    return place.kind != "country"


def _weigh(match: Match, context: Context, feature: Feature | None, within: Where | None) -> float:
    place = match.place
    at = (place.lat, place.lon)
    if not context.countries or place.country is None:
        weight = _NO_CONTEXT
    else:
        weight = context.countries.get(place.country, 0.0)
    total = 1.7 * weight + 1.3 * standing(place) - 4.0 * match.cost
    if within is not None and within.lat is not None and within.lon is not None:
        total += 1.2 * exp(-distance_km(at, (within.lat, within.lon)) / 60.0)
    near = nearest_anchor_km(at, context)
    if near is not None:
        total += 0.9 * exp(-max(0.0, near - (place.radius_km if place.kind in WIDE else 0.0)) / _NEAR_KM)
    if feature is None:
        total += (
            0.6
            if place.kind == "country"
            else 0.2
            if place.kind in SETTLEMENTS
            else -0.4
            if place.kind == "admin2"
            else 0.1
            if place.id[:3] != "gn:"
            else 0.0
        )
    elif feature.effect == "area":
        total += 0.7 if place.kind == feature.kind else 0.45 if place.kind in AREAS else -0.5
    elif feature.kind == "district":
        total += 0.4 if place.kind in ("admin2", "neighbourhood") else -0.2
    elif place.kind == feature.kind or (feature.effect == "settlement" and place.kind in SETTLEMENTS):
        total += 0.4
    elif place.kind in AREAS:
        total -= 0.5
    return total


def _same_spot(a: Place, b: Place) -> bool:
    reach = max(_SAME_SPOT_KM, *(p.radius_km for p in (a, b) if p.kind in WIDE), 0.0)
    return distance_km((a.lat, a.lon), (b.lat, b.lon)) <= reach
