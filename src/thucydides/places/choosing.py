"""Which of the places that share a name is meant.

All that are possible (:func:`options`) are weighed against each other, and against none of them, by the scale ``data/namesake.tsv`` and by
what no set of articles teaches: former names, fronts and a user's own lists (``data/namesake-given.tsv``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from thucydides.places.context import Context, area_key
from thucydides.places.gazetteer import OWN, SAME_NAME, Gazetteer, Match, standing
from thucydides.places.geometry import distance_km
from thucydides.places.names import alike, fold_name
from thucydides.places.namesakes import (
    AREAS,
    SETTLEMENTS,
    SITES,
    WATERS,
    WIDE,
    Told,
    evidence,
    given_evidence,
    lies_within,
    nearest_anchor_km,
    unknown_evidence,
)
from thucydides.places.readings import readings
from thucydides.places.tables import DATA, Feature, countries
from thucydides.record import Place, Where
from thucydides.scales import Evidence, Scale, read_scale

SAME_SPOT_KM = 25.0
_CLOSE_KM = 120.0
HOME = 0.3
_WORLD_KNOWN = 0.86  # the standing of a city of a million, which may be named in a report about another country


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The place chosen, how sure (0 to 1), and why in words."""

    place: Place
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A place that a name may mean here, with the evidence for and against it."""

    match: Match
    evidence: Evidence

    @property
    def place(self) -> Place:
        return self.match.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A place that has the name, its score, what weighed for and against it in words, and why it cannot be meant here, if so."""

    match: Match
    score: float = 0.0
    reasons: tuple[tuple[str, float], ...] = ()
    refused: str = ""


@lru_cache(maxsize=1)
def shipped() -> Scale:
    """The scale that comes with the program; what was learned goes before what was given."""
    given, learned = (read_scale(DATA / name).weights for name in ("namesake-given.tsv", "namesake.tsv"))
    return Scale({**given, **learned})


def options(
    name: str, context: Context, gazetteer: Gazetteer, *, feature: Feature | None = None, within: Where | None = None
) -> list[Option]:
    """The places that a name may mean in a context.

    A spelling that only resembles the name counts only in a country of the context or near its places; a village or small town
    of that very name in a country that the report does not mention does not count at all.
    """
    allowed = [match for match, refused in _tried(name, context, gazetteer, feature, within) if not refused]
    told = Told(name=name, feature=feature, within=within, places=tuple(match.place for match in allowed))
    return [
        Option(match=match, evidence=evidence(match, told, context) | given_evidence(match, context, gazetteer.at_war(match.place.country)))
        for match in allowed
    ]


def chances(found: Sequence[Option], context: Context, scale: Scale) -> list[float]:
    """How likely each option is meant. What is missing to 1 is the chance that the name means a place that nobody knows."""
    scores = [scale.score(option.evidence) for option in found]
    unknown = scale.score(unknown_evidence(found, context))
    top = max([unknown, *scores])
    total = exp(unknown - top) + sum(exp(score - top) for score in scores)
    return [exp(score - top) / total for score in scores]


def choose(
    name: str, context: Context, gazetteer: Gazetteer, *, feature: Feature | None = None, within: Where | None = None
) -> Choice | None:
    """The place most likely meant by a name, or ``None`` where none is likely enough. The score is the chance of being within 25 km."""
    ranked = _ranked(options(name, context, gazetteer, feature=feature, within=within), context)
    if not ranked:
        return None
    match, score = ranked[0][1].match, _score(ranked, ranked[0][1].place)
    if score < gazetteer.least_score:
        return None
    why = {
        "exact": "named so", "article": "named so but for article or joints", "spelling": f"spelt like {match.place.name}",
        "former": f"named so{_years(match)}, now {match.place.name}",
    }[match.how]  # fmt: skip
    if match.source:
        why += ", in a table of one's own" if match.source == OWN else f", in the gazetteer {match.source}"
    if any(not _same_spot(match.place, option.place) for _, option in ranked):
        why += ", the likeliest of several"
    return Choice(place=match.place, score=score, why=why)


def candidates_of(name: str, context: Context, gazetteer: Gazetteer) -> list[Weighed]:
    """All places that a name may mean in any of its readings ("the town of X" is X, a town), each as it is likeliest."""
    best: dict[str, Weighed] = {}
    for way in readings(name):
        if way.holder is None:
            for one in _weighed(way.name, context, gazetteer, way.feature):
                known = best.get(one.match.place.id)
                if known is None or _order(one) < _order(known):
                    best[one.match.place.id] = one
    return sorted(best.values(), key=_order)


def _weighed(name: str, context: Context, gazetteer: Gazetteer, feature: Feature | None) -> Iterator[Weighed]:
    ranked = _ranked(options(name, context, gazetteer, feature=feature), context)
    for _, option in ranked:
        reasons = tuple(shipped().reasons(option.evidence))
        yield Weighed(match=option.match, score=_score(ranked, option.place), reasons=reasons)
    for match, refused in _tried(name, context, gazetteer, feature, None):
        if refused:
            yield Weighed(match=match, refused=refused)


def _order(one: Weighed) -> tuple[bool, float, str]:
    return bool(one.refused), -one.score, one.match.place.id


def _ranked(found: Sequence[Option], context: Context) -> list[tuple[float, Option]]:
    return (
        sorted(zip(chances(found, context, shipped()), found, strict=True), key=lambda pair: (-pair[0], pair[1].place.id)) if found else []
    )


def _score(ranked: Sequence[tuple[float, Option]], place: Place) -> float:
    """The chance that what is meant lies at the spot of a place: namesakes in one spot add up."""
    return round(min(0.99, sum(chance for chance, option in ranked if _same_spot(place, option.place))), 3)


def _years(match: Match) -> str:
    since, until = match.years or (None, None)
    return (f" from {since}" if since is not None else "") + (f" until {until}" if until is not None else "")


def _tried(name: str, context: Context, gazetteer: Gazetteer, feature: Feature | None, within: Where | None) -> list[tuple[Match, str]]:
    """All places of a name, each with why it cannot be meant here, "" if it may."""
    matches = gazetteer.candidates(name, even_never=feature is not None)
    if feature is not None:
        return [(match, _refusal(match, context, feature, within)) for match in matches]
    # Many villages are called Moldova or Turkey; a report that means one of them says so.
    country = any(match.place.kind == "country" and match.cost == 0 for match in matches)
    tried = []
    for match in matches:
        small = country and standing(match.place) < 0.6 and match.source != OWN and not _at_home(match.place, context, within)
        tried.append((match, "a country has that name" if small else _refusal(match, context, feature, within)))
    # "Homs" alone is the city; a report that means the province says so.
    towns = [match.place for match, refused in tried if not refused and match.place.kind in SETTLEMENTS and alike(match.place.name, name)]
    return [(match, refused or _after_town(match.place, towns)) for match, refused in tried]


def _after_town(area: Place, towns: Sequence[Place]) -> str:
    called = area.kind == "admin1" and any(lies_within(town, area) for town in towns)
    return "a first-level area called after a town in it, and no word for its kind" if called else ""


def _refusal(match: Match, context: Context, feature: Feature | None, within: Where | None) -> str:
    """Why a place cannot be meant, "" if it may."""
    place = match.place
    at = (place.lat, place.lon)
    if match.source == OWN and match.cost < SAME_NAME and place.country is None:
        return ""  # somebody said that the name means this place in all reports
    if feature is not None and (
        not _may_be(place, feature, within) or (match.cost > 0.12 and feature.effect in ("part", "site", "around"))
    ):
        return f"it is no {feature.kind}"
    if within is not None and within.lat is not None and within.lon is not None:
        reach = (within.radius_km or 0.0) * 1.3 + 30.0
        out = distance_km(at, (within.lat, within.lon)) > reach + (place.radius_km if place.kind in WIDE else 0.0)
        if out and not _in_its_province(place, within):
            return "it is not in the place that is said to hold it"
    weight = context.countries.get(place.country or "", 0.0)
    part = feature is not None and feature.effect in ("part", "site", "around")
    if part and context.countries and weight < 0.08 and not _is_close(place, context):
        return _ABROAD
    if match.cost >= SAME_NAME:
        if not context.countries:
            return "" if match.cost < 0.08 else "another spelling, and nothing says which country is meant"
        return "" if weight >= 0.25 or (weight >= 0.08 and _is_close(place, context)) else f"another spelling, {_ABROAD}"
    if not context.countries or place.country is None or place.kind == "country" or weight >= 0.08:
        return ""
    # Regions of our own table (Donbas, Abyei) have names that no other place has; capitals and great cities are named everywhere.
    ours = place.id[:3] != "gn:" and place.kind in WIDE
    known = ours or standing(place) >= _WORLD_KNOWN or fold_name(place.name) in countries().capitals
    return "" if known or _is_close(place, context) else _ABROAD


def _in_its_province(place: Place, within: Where) -> bool:
    """Whether a place lies in the first-level area that has the name of the town whose country is told: "Derik in Hasakah countryside"."""
    if within.precision != "area" or place.country != within.country or not place.admin1 or not within.admin1:
        return False
    return alike(place.admin1, within.admin1) and any(alike(within.admin1, name) for name in (within.name, *within.aliases))


def _is_close(place: Place, context: Context) -> bool:
    """Whether a place lies by those that are surely meant in the report."""
    near = nearest_anchor_km((place.lat, place.lon), context)
    return near is not None and near <= _CLOSE_KM + (place.radius_km if place.kind in WIDE else 0.0)


_ABROAD = "in a country that is not spoken of"


def _may_be(place: Place, feature: Feature, within: Where | None) -> bool:
    """Whether the word for its kind leaves a place possible."""
    if feature.effect == "settlement":
        return place.kind not in AREAS | WATERS | SITES or place.kind == "admin2"
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


def _same_spot(a: Place, b: Place) -> bool:
    return distance_km((a.lat, a.lon), (b.lat, b.lon)) <= SAME_SPOT_KM


def _at_home(place: Place, context: Context, within: Where | None) -> bool:
    """Whether a place lies in what holds it, or in a first-level area that the report is about."""
    if context.areas.get(area_key(place) or "", 0.0) >= HOME:
        return True
    if within is None or within.lat is None or within.lon is None or place.country != within.country:
        return False
    return distance_km((place.lat, place.lon), (within.lat, within.lon)) <= (within.radius_km or 0.0) * 1.1 + 20.0
