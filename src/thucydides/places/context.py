"""What a report's own places say about where it is set."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from thucydides.places.gazetteer import Gazetteer, Match, prominence, standing
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import fold_name
from thucydides.places.readings import readings
from thucydides.places.tables import countries
from thucydides.record import Place

_ROUNDS = 3
_MOST_ANCHORS = 12
_CAPITAL_SHARE = 0.35  # capitals are often only where somebody speaks
_MOST_HOMONYMS = 60
_UNTOLD = 0.04  # the weight of a country that nothing else speaks of
_HOME = 0.1  # what a user's own list of places says about its countries: it decides where nothing else does
_OPEN = 0.3  # the share of a name's meanings that the likeliest must have to be an anchor
_RIVAL = 0.01  # and that another must have to be weighed against it
_SAME_PLACE_KM = 30.0
LINEAR = frozenset({"river", "road", "canal", "border", "front", "valley", "mountains"})
_WIDEST_KM = 120.0
_LONGEST_KM = 30.0  # the middle of a longer line or range says nothing of where a report is set
_GREAT = 0.8  # the standing of a first-level area whose name is not taken for that of a country without a look around
_COUNTRY = 5.0  # how much likelier than its standing says a country is meant by such a name
_FAINT = 0.05  # the weight below which a first-level area is not told, and what a place outside all that are told has
_SPELT = 20.0  # what another spelling costs a meaning, in powers of ten for the whole name


_Open = tuple[str, float, list[tuple[Place, float]]]
"""A name of several meanings: folded, its voice, and the meanings with how likely each is before anything is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Countries and first-level areas (``area_key``) with weights (the strongest 1), places that are surely meant, the surest first,
    and the year that is spoken of.
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    anchors: tuple[Point, ...] = ()
    areas: Mapping[str, float] = field(default_factory=dict)
    year: int | None = None

    def __hash__(self) -> int:
        return hash((frozenset(self.countries.items()), self.anchors, frozenset(self.areas.items()), self.year))


NOWHERE = Context()


def area_key(place: Place) -> str | None:
    """The first-level area of a place with its country, as "US.Kentucky"."""
    return f"{place.country}.{place.admin1}" if place.country and place.admin1 else None


def settle(
    names: Sequence[str], gazetteer: Gazetteer, *, countries_hint: Mapping[str, float] | None = None, year: int | None = None
) -> Context:
    """Where a report is set, from all place-like names in it (with repeats) and countries hinted at (outlet, actors, demonyms).

    ``year`` is the one that the report speaks of: it decides between a name of that time and another of today.

    Names vote for countries, ambiguous ones by how prominent each meaning is, then again in the light of the votes of the others.
    A hint of 1 weighs as much as the country named once.
    """
    hints = countries_hint or {}
    told = Counter(folded for name in names if (folded := fold_name(name)))
    usual = {fold_name(name): name for name in reversed(names)}
    fixed: dict[str, float] = defaultdict(float)
    for code, weight in hints.items():
        fixed[code] += weight
    for code, part in gazetteer.homes.items():
        fixed[code] += _HOME * part
    open_names: list[_Open] = []
    demonyms = gazetteer.demonyms()
    capitals = countries().capitals
    for folded, count in told.items():
        voice = count**0.7
        country = gazetteer.country_named(usual[folded])
        if country is not None and not _also_area(usual[folded], country, gazetteer):
            fixed[country] += 1.2 * voice
        elif folded in demonyms:
            fixed[demonyms[folded]] += 0.7 * voice
        else:
            meanings = _meanings(usual[folded], gazetteer)
            if meanings:
                open_names.append((folded, voice * (_CAPITAL_SHARE if folded in capitals else 1.0), meanings))
    weights: dict[str, float] = dict(fixed)
    shares: list[list[float]] = []
    own: list[dict[str, float]] = [{} for _ in open_names]  # what each name has said for countries: it is weighed by what the others say
    for _ in range(_ROUNDS):
        votes = defaultdict(float, fixed)
        loud = sorted(weights.items(), key=lambda one: -one[1])
        shares, said = [], []
        for (_folded, voice, meanings), before in zip(open_names, own, strict=True):
            top = _loudest(loud, before) or 1.0
            likely = [
                prior * (_UNTOLD + (weights.get(place.country or "", 0.0) - before.get(place.country or "", 0.0)) / top)
                for place, prior in meanings
            ]
            total = sum(likely)
            share = [one / total for one in likely]
            shares.append(share)
            loudest: dict[str, float] = {}  # one voice a country: thirty American Palmyras are no likelier than one
            for (place, _), part in zip(meanings, share, strict=True):
                if place.country:
                    loudest[place.country] = max(part, loudest.get(place.country, 0.0))
            said.append({code: voice * part / sum(loudest.values()) for code, part in loudest.items()})
            for code, part in said[-1].items():
                votes[code] += part
        own = said
        weights = dict(votes)
    top = max(weights.values(), default=0.0)
    ranked = sorted(weights.items(), key=lambda one: (-one[1], one[0]))
    scaled = {code: round(weight / top, 3) for code, weight in ranked if top and weight / top >= 0.03}
    shares, areas = _by_area(open_names, shares, scaled)
    return Context(countries=scaled, anchors=_anchors(open_names, shares, scaled, capitals), areas=areas, year=year)


def _loudest(loud: Sequence[tuple[str, float]], own: Mapping[str, float]) -> float:
    """The greatest weight of a country, the loudest given first, less what a name itself has said for it."""
    top = 0.0
    for code, weight in loud:
        if weight <= top:
            break
        top = max(top, weight - own.get(code, 0.0))
    return top


def _by_area(
    names: Sequence[_Open], shares: Sequence[Sequence[float]], weights: Mapping[str, float]
) -> tuple[list[list[float]], dict[str, float]]:
    """The shares of the names' meanings once first-level areas have voted too, and the votes: towns told together lie together."""
    areas: dict[str, float] = {}

    def told_in(place: Place) -> float:
        return weights.get(place.country or "", 0.0) if place.kind == "country" else areas.get(area_key(place) or "", 0.0)

    now = [list(share) for share in shares]
    for _ in range(_ROUNDS):
        votes: dict[str, float] = defaultdict(float)
        for (_, voice, meanings), share in zip(names, now, strict=True):
            loudest: dict[str, float] = {}
            for (place, _), part in zip(meanings, share, strict=True):
                key = area_key(place)
                if key is not None:
                    loudest[key] = max(part, loudest.get(key, 0.0))
            for key, part in loudest.items():
                votes[key] += voice * part / max(1.0, sum(loudest.values()))
        top = max(votes.values(), default=0.0) or 1.0
        areas = {key: round(vote / top, 3) for key, vote in sorted(votes.items()) if vote / top >= _FAINT}
        now = [
            _normal([part * (_FAINT + told_in(place)) for (place, _), part in zip(meanings, share, strict=True)])
            for (_, _, meanings), share in zip(names, shares, strict=True)
        ]
    return now, areas


def _also_area(name: str, country: str, gazetteer: Gazetteer) -> bool:
    """Whether a country's name is that of a great first-level area of another country, too: Georgia."""
    places = [match.place for match in gazetteer.candidates(name) if match.cost == 0]
    return any(place.kind == "admin1" and place.country != country and standing(place) >= _GREAT for place in places)


def _normal(parts: Sequence[float]) -> list[float]:
    total = sum(parts)
    return [part / total for part in parts]


def _held(meanings: list[tuple[Place, float]], holder: str, gazetteer: Gazetteer) -> list[tuple[Place, float]]:
    """The meanings that lie in the country or area told behind a name."""
    areas = [match.place for match in gazetteer.candidates(holder) if match.cost == 0]
    return [(place, prior) for place, prior in meanings if any(_lies_in(place, area) for area in areas)]


def _lies_in(place: Place, area: Place) -> bool:
    if place.country != area.country:
        return False
    if area.kind == "country":
        return True
    if area.kind == "admin1":
        return place.admin1 == area.admin1
    return distance_km((place.lat, place.lon), (area.lat, area.lon)) <= area.radius_km + _SAME_PLACE_KM


def _prior(match: Match, gazetteer: Gazetteer) -> float:
    # Ten times as prominent is a thousand times as likely, before anything else is known; another spelling is less so.
    power = 3 * prominence(match, gazetteer.at_war(match.place.country)) - (_SPELT * match.cost if match.how == "spelling" else 0.0)
    return float(10**power) * (_COUNTRY if match.place.kind == "country" else 1.0)


def _meanings(name: str, gazetteer: Gazetteer) -> list[tuple[Place, float]]:
    for reading in readings(name):
        matches = gazetteer.candidates(reading.name, even_never=reading.feature is not None)
        found = [(match.place, _prior(match, gazetteer)) for match in matches if match.cost < 0.08]
        if reading.holder is not None:
            found = _held(found, reading.holder, gazetteer) or found
        if found:
            found.sort(key=lambda meaning: (-meaning[1], meaning[0].id))
            return found[:_MOST_HOMONYMS]
    return []


def _seat(meanings: Sequence[tuple[Place, float]], share: Sequence[float], best: int) -> int:
    """Of an area too wide to say where a report is set, the town of its name within it, if it has one."""
    area = meanings[best][0]
    if area.kind not in ("admin1", "admin2") or area.radius_km <= _WIDEST_KM:
        return best
    inside = [
        number
        for number, (place, _) in enumerate(meanings)
        if place.kind in ("city", "town") and distance_km((place.lat, place.lon), (area.lat, area.lon)) <= area.radius_km
    ]
    return max(inside, key=share.__getitem__, default=best)


def _anchors(
    names: Sequence[_Open],
    shares: Sequence[Sequence[float]],
    weights: Mapping[str, float],
    capitals: frozenset[str],
) -> tuple[Point, ...]:
    sure: list[tuple[float, bool, Point]] = []
    open_: list[tuple[float, bool, list[Point]]] = []
    for (folded, voice, meanings), share in zip(names, shares, strict=True):
        best = _seat(meanings, share, max(range(len(share)), key=share.__getitem__))
        place = meanings[best][0]
        long = place.kind in LINEAR and place.radius_km > _LONGEST_KM
        if share[best] <= _OPEN or long or place.radius_km > _WIDEST_KM or weights.get(place.country or "", 0.5) < 0.12:
            continue
        rivals = [(p.lat, p.lon) for (p, _), part in zip(meanings, share, strict=True) if part >= _RIVAL and p is not place]
        at = (place.lat, place.lon)
        if any(distance_km(at, rival) > _SAME_PLACE_KM for rival in rivals):
            open_.append((voice * share[best], folded in capitals, [at, *rivals]))
        else:
            sure.append((voice * share[best], folded in capitals, at))
    known = [point for _, _, point in sure]
    for voice, capital, points in open_:  # a name of several places means the one nearest to what is sure
        sure.append(
            (voice, capital, min(points, key=lambda p: min((distance_km(p, k) for k in known), default=0.0)) if known else points[0])
        )
    if any(not capital for _, capital, _ in sure):
        sure = [one for one in sure if not one[1]]
    sure.sort(key=lambda one: (-one[0], one[2]))
    points = list(dict.fromkeys(point for _, _, point in sure))
    if len(points) >= 3:
        points = [p for p in points if any(q != p and distance_km(p, q) <= 700 for q in points)] or points
    return tuple(points[:_MOST_ANCHORS])
