"""What a report's own places say about where it is set."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from thucydides.places.gazetteer import Gazetteer, standing
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import fold_name
from thucydides.places.readings import readings
from thucydides.places.tables import countries
from thucydides.record import Place

_ROUNDS = 3
_MOST_ANCHORS = 12
_CAPITAL_SHARE = 0.35  # capitals are often only where somebody speaks
_MOST_HOMONYMS = 60
_OPEN = 0.3  # the share of a name's meanings that the likeliest must have to be an anchor
_RIVAL = 0.01  # and that another must have to be weighed against it
_SAME_PLACE_KM = 30.0
_SPELT = 20.0  # what another spelling costs a meaning, in powers of ten for the whole name


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Countries with weights (the strongest 1) and places that are surely meant, the surest first."""

    countries: Mapping[str, float] = field(default_factory=dict)
    anchors: tuple[Point, ...] = ()

    def __hash__(self) -> int:
        return hash((frozenset(self.countries.items()), self.anchors))


NOWHERE = Context()


def settle(names: Sequence[str], gazetteer: Gazetteer, *, countries_hint: Mapping[str, float] | None = None) -> Context:
    """Where a report is set, from all place-like names in it (with repeats) and countries hinted at (outlet, actors, demonyms).

    Names vote for countries, ambiguous ones by how prominent each meaning is, then again in the light of the votes of the others.
    A hint of 1 weighs as much as the country named once.
    """
    hints = countries_hint or {}
    told = Counter(folded for name in names if (folded := fold_name(name)))
    usual = {fold_name(name): name for name in reversed(names)}
    fixed: dict[str, float] = defaultdict(float)
    for code, weight in hints.items():
        fixed[code] += weight
    open_names: list[tuple[str, float, list[tuple[Place, float]]]] = []
    demonyms = gazetteer.demonyms()
    capitals = countries().capitals
    for folded, count in told.items():
        voice = count**0.7
        country = gazetteer.country_named(usual[folded])
        if country is not None:
            fixed[country] += 1.2 * voice
        elif folded in demonyms:
            fixed[demonyms[folded]] += 0.7 * voice
        else:
            meanings = _meanings(usual[folded], gazetteer)
            if meanings:
                open_names.append((folded, voice * (_CAPITAL_SHARE if folded in capitals else 1.0), meanings))
    weights: dict[str, float] = dict(fixed)
    shares: list[list[float]] = []
    for _ in range(_ROUNDS):
        top = max(weights.values(), default=0.0) or 1.0
        votes = defaultdict(float, fixed)
        shares = []
        for _folded, voice, meanings in open_names:
            likely = [prior * (0.04 + weights.get(place.country or "", 0.0) / top) for place, prior in meanings]
            total = sum(likely)
            share = [one / total for one in likely]
            shares.append(share)
            loudest: dict[str, float] = {}  # one voice a country: thirty American Palmyras are no likelier than one
            for (place, _), part in zip(meanings, share, strict=True):
                if place.country:
                    loudest[place.country] = max(part, loudest.get(place.country, 0.0))
            for code, part in loudest.items():
                votes[code] += voice * part / sum(loudest.values())
        weights = dict(votes)
    top = max(weights.values(), default=0.0)
    ranked = sorted(weights.items(), key=lambda one: (-one[1], one[0]))
    scaled = {code: round(weight / top, 3) for code, weight in ranked if top and weight / top >= 0.03}
    return Context(countries=scaled, anchors=_anchors(open_names, shares, scaled, capitals))


def _meanings(name: str, gazetteer: Gazetteer) -> list[tuple[Place, float]]:
    for reading in readings(name):
        # Ten times as prominent is a thousand times as likely, before anything else is known; another spelling is less so.
        found = [
            (m.place, 10 ** (3 * standing(m.place) - (_SPELT * m.cost if m.how == "spelling" else 0.0)))
            for m in gazetteer.candidates(reading.name)
            if m.cost < 0.08
        ]
        if found:
            found.sort(key=lambda meaning: (-meaning[1], meaning[0].id))
            return found[:_MOST_HOMONYMS]
    return []


def _anchors(
    names: Sequence[tuple[str, float, list[tuple[Place, float]]]],
    shares: Sequence[Sequence[float]],
    weights: Mapping[str, float],
    capitals: frozenset[str],
) -> tuple[Point, ...]:
    sure: list[tuple[float, bool, Point]] = []
    open_: list[tuple[float, bool, list[Point]]] = []
    for (folded, voice, meanings), share in zip(names, shares, strict=True):
        best = max(range(len(share)), key=share.__getitem__)
        place = meanings[best][0]
        if share[best] <= _OPEN or place.radius_km > 120 or weights.get(place.country or "", 0.5) < 0.12:
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
