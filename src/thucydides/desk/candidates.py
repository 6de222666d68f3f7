"""What a place name may mean, told to somebody who looks it up: its candidates with their reasons, and why none or which is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from thucydides.desk.telling import some
from thucydides.errors import BadRoster, BadSetting
from thucydides.lexicon import read_table
from thucydides.places import NOWHERE, Context, Gazetteer, locate
from thucydides.places.areas import area_at
from thucydides.places.choosing import Weighed
from thucydides.places.namesakes import nearest_anchor_km
from thucydides.places.tables import DATA, refuse
from thucydides.record import Where

POSSIBLE, REFUSED = 12, 3  # how many candidates are shown: of those that may be meant, and of those that may not
REASONS = 3
HEADS = ("", "name", "kind", "where", "point", "km", "score", "why", "id")
LEGEND = (
    "score: the chance that it is meant; km: from the place of --near; why: what weighed most for it (+) and against it (-)",
    "'--json' tells everything",
)


def context_of(near: str | None, gazetteer: Gazetteer) -> Context:
    """Where the report is set, as told: in a country, or by a place."""
    if near is None:
        return NOWHERE
    country = gazetteer.country_named(near) or (near.upper() if len(near) == 2 and gazetteer.country(near.upper()) else None)
    if country is not None:
        return Context(countries={country: 1.0})
    where = locate(near, NOWHERE, gazetteer)
    if where.lat is None or where.lon is None:
        raise BadSetting(f"--near: {near!r} is unknown", remedy="Give a country, its code, or a place that is known.")
    return Context(countries={where.country: 1.0} if where.country else {}, anchors=((where.lat, where.lon),))


def flat(one: Weighed, context: Context, *, chosen: bool) -> dict[str, object]:
    """A candidate as one JSON object, with every reason."""
    place = one.match.place
    away = nearest_anchor_km((place.lat, place.lon), context)
    reasons = ", ".join(f"{words} {value:+.2f}" for words, value in one.reasons)
    return {
        "chosen": "→" if chosen else "",
        "name": place.name,
        "kind": place.kind,
        "where": ", ".join(part for part in (place.country, place.admin1) if part),
        "point": f"{place.lat:.4f}, {place.lon:.4f} ± {place.radius_km:g}",
        "km": "" if away is None else round(away),
        "score": one.score,
        "source": f"{one.match.source or 'embedded'} ({place.id})",
        "why": f"not here: {one.refused}" if one.refused else f"{one.match.how}: {reasons}",
    }


def rows_of(found: Sequence[Weighed], context: Context, chosen: str | None) -> list[tuple[str, ...]]:
    """The candidates that are shown, as the cells of ``HEADS``."""
    rows = []
    for one in (*_possible(found)[:POSSIBLE], *_refused(found)[:REFUSED]):
        told = flat(one, context, chosen=one.match.place.id == chosen)
        score = "" if one.refused else f"{one.score:.2f}"
        cells = [str(told[name]) for name in ("chosen", "name", "kind", "where", "point", "km")]
        rows.append((*cells, score, _why(one), one.match.place.id))
    return rows


def rest_of(found: Sequence[Weighed]) -> Iterator[str]:
    """What is not shown of the candidates, counted, with why."""
    more = len(_possible(found)) - POSSIBLE
    if more > 0:
        yield f"and {more} less likely"
    for why, many in Counter(one.refused for one in _refused(found)[REFUSED:]).most_common():
        yield f"and {some(many, 'place')} not here: {why}"


def none_chosen(name: str, found: Sequence[Weighed], where: Where, near: str | None, gazetteer: Gazetteer) -> Iterator[str]:
    """Why no candidate is chosen, and what to do."""
    likely = _possible(found)
    if likely:
        most = f"{some(len(likely), 'place')} may be meant, the likeliest by {likely[0].score:.2f}; under {gazetteer.least_score:g} none is"
        yield f"none is chosen: {most}" + ("" if near else "; say where the report is set: --near COUNTRY or PLACE")
    else:
        yield f"none is chosen: {where.rule}" + ("" if near or not found else "; say where the report is set: --near COUNTRY or PLACE")
    yield f'if you know where it is: thuc places fix "{name}" --lat … --lon … --radius-km … --why …'


def lying(lat: float, lon: float, gazetteer: Gazetteer) -> str:
    """The country and areas of a point, and by whose map."""
    area = area_at(lat, lon, gazetteer)
    if area is None:
        return "it lies in no country: at sea, or far from all that is known"
    return f"it lies in: {', '.join(one for one in (area.country, area.admin1, area.admin2) if one)}, by {area.by} ({area.view})"


def _possible(found: Sequence[Weighed]) -> list[Weighed]:
    return [one for one in found if not one.refused]


def _refused(found: Sequence[Weighed]) -> list[Weighed]:
    return [one for one in found if one.refused]


def _why(one: Weighed) -> str:
    if one.refused:
        return f"not here: {one.refused}"
    source = {"": "", "own": "in a table of one's own; "}.get(one.match.source, f"in the gazetteer {one.match.source}; ")
    return source + ", ".join(f"{_plain().get(words, words)} {value:+.1f}" for words, value in one.reasons[:REASONS])


@cache
def _plain() -> dict[str, str]:
    """Evidence in plain words."""
    errors: list[BadRoster] = []
    plain = {
        name: row["words"] for row in read_table(DATA / "reasons.tsv", ("evidence", "words"), errors) for name in row.values("evidence")
    }
    refuse("reasons.tsv", errors)
    return plain
