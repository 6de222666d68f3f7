"""A filter of claims as SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, false, func, literal_column, or_, select, text, true

from thucydides.archive.asked import ClaimFilter
from thucydides.archive.phrases import match_of, terms_of
from thucydides.archive.tables import claim_actors, claim_arms, claim_places, claims, passages, reports
from thucydides.errors import BadSetting
from thucydides.lexicon import words_of
from thucydides.record import Kind


def folded(*names: str) -> str:
    """Names as they are searched for: words without case or accents, names parted by bars, a space around everything."""
    return f" {' | '.join(dict.fromkeys(_folded(name) for name in names))} "


def _folded(name: str) -> str:
    return " ".join(word.folded for word in words_of(name))


def asked(filter_: ClaimFilter, *, indexed: bool) -> ColumnElement[bool]:
    """The condition that a filter puts on ``claims`` joined with ``reports``."""
    check(filter_)
    conditions: list[ColumnElement[bool]] = [] if filter_.all_versions else [claims.c.current.is_(True)]
    if filter_.actor is not None:
        ids = sorted({filter_.actor.lower(), *filter_.kin})
        named = or_(claim_actors.c.actor.in_(ids), holds(claim_actors.c.folded, filter_.actor))
        of_role = claim_actors.c.role == filter_.role if filter_.role else true()
        conditions.append(exists().where(claim_actors.c.claim == claims.c.number, named, of_role))
    places = []
    if filter_.place is not None:
        places.append(or_(claim_places.c.place == filter_.place, holds(claim_places.c.folded, filter_.place)))
    if filter_.country is not None:
        places.append(claim_places.c.country == filter_.country.upper())
    if filter_.bbox is not None:
        places.append(_inside(*filter_.bbox))
    if places:
        # One place must meet all that is asked of a place.
        conditions.append(exists().where(claim_places.c.claim == claims.c.number, *places))
    if filter_.arm is not None:
        named = or_(claim_arms.c.arm == filter_.arm.lower(), holds(claim_arms.c.folded, filter_.arm))
        conditions.append(exists().where(claim_arms.c.claim == claims.c.number, named))
    if filter_.since is not None or filter_.until is not None:
        conditions.append(or_(claims.c.first_day.is_not(None), claims.c.last_day.is_not(None)))
    if filter_.since is not None:
        # An open end: known to have begun, not known to have ended.
        conditions.append(or_(claims.c.last_day >= filter_.since, claims.c.last_day.is_(None)))
    if filter_.until is not None:
        conditions.append(or_(claims.c.first_day <= filter_.until, claims.c.first_day.is_(None)))
    if filter_.kind is not None:
        # Most claims tell events: an index that finds these by their kind would have all of them sorted anew for every page.
        kind = claims.c.kind.concat("") if filter_.kind is Kind.EVENT else claims.c.kind
        conditions.append(kind == str(filter_.kind))
    if filter_.type is not None:
        conditions.append(func.lower(claims.c.type) == filter_.type.lower())
    if filter_.report is not None:
        conditions.append(reports.c.id == filter_.report)
    if filter_.source is not None:
        conditions.append(or_(reports.c.source_id == filter_.source.lower(), holds(reports.c.source_folded, filter_.source)))
    if filter_.min_confidence is not None:
        conditions.append(claims.c.confidence >= filter_.min_confidence)
    if filter_.words is not None:
        conditions.append(claims.c.number.in_(stating(filter_.words, indexed=indexed)))
    return and_(true(), *conditions)


def check(filter_: ClaimFilter) -> None:
    """Refuses a filter that no claim can meet by its own contradictions."""
    if filter_.since and filter_.until and filter_.since > filter_.until:
        raise BadSetting(f"since {filter_.since} is after until {filter_.until}", remedy="Exchange the two days.")
    if filter_.offset < 0 or (filter_.limit is not None and filter_.limit < 0):
        raise BadSetting(f"limit {filter_.limit} or offset {filter_.offset} is less than nothing", remedy="Give whole numbers from 0.")
    if filter_.bbox is not None:
        west, south, east, north = filter_.bbox
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            raise BadSetting(f"{filter_.bbox} is no box on the globe", remedy="Give west, south, east, north in degrees.")


def stating(words: str, *, indexed: bool) -> Select[Any]:
    """The numbers of the claims of which a stating sentence holds all the words."""
    chosen = select(passages.c.claim).where(passages.c.field == "claim")
    match = match_of(words)
    if not match:
        return chosen.where(false())
    if not indexed:
        return chosen.where(*(passages.c.words.icontains(term.words, autoescape=True) for term in terms_of(words)))
    matches = text("passage_words MATCH :words").bindparams(words=match)
    found = select(literal_column("rowid", Integer)).select_from(text("passage_words")).where(matches)
    return chosen.where(passages.c.number.in_(found))


def holds(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether the folded names of a column hold the words of a name, whole and in order."""
    words = _folded(name)
    return column.like(f"% {words} %") if words else false()


def _inside(west: float, south: float, east: float, north: float) -> ColumnElement[bool]:
    lon, lat = claim_places.c.lon, claim_places.c.lat
    along = lon.between(west, east) if west <= east else or_(lon >= west, lon <= east)
    return and_(lat.between(south, north), along)
