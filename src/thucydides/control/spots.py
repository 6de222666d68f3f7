"""Which place a claim of control is about: a named one, or the unnamed places of an area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from thucydides.claims.standing import share_of
from thucydides.errors import BadRoster
from thucydides.lexicon import Row, fold, read_table
from thucydides.places.geometry import distance_km
from thucydides.record import Where

_TABLE = Path(__file__).with_name("features.tsv")
_DIRECTION = re.compile(
    r"\b(?:north|south|east|west|north-?east\w*|north-?west\w*|south-?east\w*|south-?west\w*|northern|southern|eastern|western|near|outside|"
    r"around|surrounding|outskirts|vicinity|villages|towns|settlements|hamlets|positions|checkpoints|hills|heights|countryside|km|"
    r"kilomet\w+|miles|between|along|close to)\b",
    re.I,
)
_OF = re.compile(r"^(?:the )?(?:villages|towns|cities|hamlets|settlements) of (?=(?:the )?\S+$)")
_WHOLE = (
    r"\b(?:all of|all|whole|entire|entirety of|every (?:town|village|part) (?:of|in)|full control (?:of|over)|"
    r"complete control (?:of|over))\b"
)
_NEARLY = re.compile(r"\b(?:almost|nearly|virtually|practically|most of|not)\s+(?:all|the whole|the entire|whole|entire)\b", re.I)
_ENTIRE = re.compile(_WHOLE, re.I)
_AREAS = frozenset(("admin1", "area", "part"))
_NAMELESS = frozenset(("south", "north", "east", "west", "area", "areas", "region", "city", "town", "village"))


def place_of(where: Where) -> str | None:
    """What stands for a place: its gazetteer id or name; for unnamed places of an area the words of the area. ``None`` is no place.

    "Six villages east of Raqqa" says nothing of Raqqa; nor does a neighbourhood or "the southern part of" a town say anything of the town.
    """
    name = fold(where.name)
    if not name or name in _NAMELESS or where.precision == "country":
        return None
    if unnamed(where):
        return f"near:{fold(where.relation or where.name)}"
    side = _side(where)
    if side is not None:
        return f"part:{side[0]} {side[1]}"
    if where.precision == "part" and where.relation:
        return f"part:{fold(where.relation)}"
    return where.place or f"name:{bare(name)}"


def unnamed(where: Where) -> bool:
    """Whether only unnamed places around a named one are meant."""
    if where.relation is None:
        return where.precision == "near" and where.place is None and _DIRECTION.search(where.name) is not None
    about = _OF.sub("", fold(where.relation))
    name = bare(fold(where.name))  # "Aleppo city", told as "east of Aleppo"
    return where.precision != "part" and name in about and _DIRECTION.search(about.replace(name, " ")) is not None


def town_of(where: Where) -> tuple[str, str | None] | None:
    """The name and country of the town that a place is told to be a part of."""
    side = _side(where)
    if side is not None:
        return side[1], where.country
    if where.precision == "part" and where.relation and fold(where.name) in fold(where.relation) and not _DISTRICT.search(where.name):
        return bare(fold(where.name)), where.country
    return None


def is_held_part(where: Where) -> bool:
    """Whether a side of a town is meant, or what somebody holds or besieges of it: who takes the town has taken that."""
    return sided(where) or (where.precision == "part" and _HELD_PART.search(where.relation or "") is not None)


_HELD_PART = re.compile(r"(?:-held|\bbesieged)\s+parts of ", re.I)


def sided(where: Where) -> bool:
    """Whether one side of a town is meant: "the east of Aleppo"."""
    return _side(where) is not None


def _side(where: Where) -> tuple[str, str] | None:
    """The side of a town that is told, in whatever words: "the rebel-held eastern parts of the city of Aleppo" is the east of Aleppo."""
    if where.precision not in ("part", "area") or (where.precision == "area" and where.place is not None) or _DISTRICT.search(where.name):
        return None
    if _BEYOND.match(where.relation or ""):
        return None  # "the area east of Aleppo" is no part of it
    words = _HOLDER.sub("", fold(where.relation or where.name)).split()
    left = [word for word in words if word not in _SIDE_WORDS]
    sides = [side for word in left if (side := _SIDES.get(word)) is not None]
    town = [word for word in left if word not in _SIDES]
    return (sides[0], " ".join(town)) if len(sides) == 1 and town and left[0] in _SIDES else None


_BEYOND = re.compile(r"(?:north|south|east|west)[\w-]* of\b", re.I)
_SIDES = {
    form: side
    for side in ("north", "northeast", "northwest", "south", "southeast", "southwest", "east", "west")
    for form in (side, f"{side}ern")
}
_SIDE_WORDS = frozenset(
    "the of in part parts half side section sector sectors district districts neighbourhood neighbourhoods neighborhood neighborhoods "
    "quarter quarters area areas suburb suburbs city town".split()
)
_HOLDER = re.compile(r"\b[\w-]+[ -](?:held|controlled|occupied|besieged)\b")


def inside(where: Where) -> bool:
    """Whether what is told happened in the place itself, so that fighting contests it; a fight in a province is only somewhere in it."""
    return where.precision not in ("near", "country", "admin1") and not unnamed(where)


def whole(where: Where, clause: str) -> bool:
    """Whether "all of" an area is told, so that every place in it is meant."""
    at = clause.casefold().find(where.name.casefold())
    before = clause[max(0, at - 60) : max(0, at)]
    return where.precision in _AREAS and at >= 0 and _ENTIRE.search(before[-45:]) is not None and _NEARLY.search(before) is None


def namesake(where: Where) -> tuple[str, str | None] | None:
    """The name and country under which readings of one town meet: gazetteers have a town and a district of one name, and "the town of
    X" may be read as either. ``None`` for what is told as a district, province or part."""
    if where.lat is None or where.precision not in ("place", "area") or _DISTRICT.search(where.name) or unnamed(where):
        return None
    return bare(fold(where.name)), where.country


def joins(other: Where, town: Where) -> bool:
    """Whether a place of a town's name is a reading of that town: an area that reaches it, or an entry for the same spot."""
    if other.lat is None or other.lon is None or town.lat is None or town.lon is None:
        return False
    reach = max(other.radius_km or 0.0, TOWN_KM) if other.precision == "area" else TOWN_KM
    return distance_km((other.lat, other.lon), (town.lat, town.lon)) <= reach


TOWN_KM = 5.0
_DISTRICT = re.compile(r"\b(?:district|province|region|governorate|oblast|raion|county|state|area|division|department|valley)\b", re.I)
_KINDS = re.compile(r"\b(?:the|town|village|city|district|neighbou?rhood|quarter|suburb|of)\b")


def bare(name: str) -> str:
    """A folded name without the words that only say what kind of place it is."""
    return " ".join(_KINDS.sub(" ", name).split()) or name


def feature_in(where: Where, clause: str) -> str | None:
    """A camp, plant or quarter "in" or "of" a town, where that is what is told and the town only says where: "plant in Mariupol"."""
    for match in _features().finditer(clause):
        if clause.startswith(where.name, match.end()):
            return clause[match.start() : match.end() + len(where.name)]
    return None


@lru_cache(maxsize=1)
def _rows() -> tuple[Row, ...]:
    errors: list[BadRoster] = []
    rows = tuple(read_table(_TABLE, ("features", "named", "note"), errors))
    if errors:
        raise errors[0]
    return rows


@lru_cache(maxsize=1)
def _features() -> re.Pattern[str]:
    told: list[str] = []
    for row in _rows():
        words = "|".join(re.escape(word) for word in sorted(row.values("features"), key=len, reverse=True))
        before = r"(?:[A-Z][\w’'-]*\s+)" if row["named"] == "yes" else ""
        joints = "in|inside|within|around" if row["named"] == "in" else "in|of|at|inside"
        told.append(
            rf"{before}(?:{words})(?:\s+of(?:\s+[\w’'-]+){{1,3}})?\s+(?:{joints})"
            if joints[:4] == "in|i"
            else rf"{before}(?:{words})\s+(?:{joints})"
        )
    return re.compile(rf"\b(?:{'|'.join(told)})\s+(?:the\s+)?(?:(?:[\w-]+\s+){{0,2}}(?:city|town)\s+of\s+)?")


def awaited(where: Where, words: str) -> bool:
    """Whether what happens to a place is only a condition: "as soon as X is liberated, they will"."""
    at = words.find(where.name)
    return at > 0 and _AWAITED.search(words[:at]) is not None


_AWAITED = re.compile(r"\b(?:as soon as|if|once|unless|in case|provided that|should)\s+[^,.;]*\Z", re.I)


def share_taken(where: Where, clause: str) -> float | None:
    """The share of a place that a clause says was taken: "wrested 90 percent of the city"."""
    match = _SHARE.search(clause)
    if match is None or not (match["kind"] or clause.startswith(where.name, match.end())):
        return None
    return share_of(match[0])


_SHARE = re.compile(
    r"\b(?:\d{1,3}(?:\.\d+)?\s*(?:%|per ?cent\b)|[a-z-]+\s+per ?cent\b"
    r"|(?:half|a third|two thirds|two-thirds|three quarters|a quarter))\s+of\s+(?:the\s+|its\s+)?"
    r"(?P<kind>(?:city|town|area|district|province|region|territory|camp|village)\b)?",
    re.I,
)
_PART = re.compile(
    r"\b((?:north|south|east|west)\w*|central|old|outer|remaining)\s+((?:part|half|side|section|quarter|district|neighbou?rhood|suburb)s?\s+)?"
    r"of\s+the\s+(city|town)\b",
    re.I,
)
_CITY = re.compile(r"\b(?:city|town)\s+of\s+((?:[A-Z][\w’'-]*\s?)+)|\b((?:[A-Z][\w’'-]*\s)+)(?:city|town)\b")


def part_told(words: str, before: str) -> str | None:
    """The part of a city that a sentence tells, with the city last named before: "northern part of Deir Ezzor"."""
    part = _PART.search(words)
    if part is None:
        return None
    return f"{part[1]} {part[2] or ''}of {_city(before) or f'the {part[3]}'}"


def listed(words: str, places: Sequence[Where], before: str) -> Iterator[Where]:
    """Parts of a city that stand in a list between two places that were found: "A quarter, the central park area and B quarter".

    They have no name of their own, so they are told with the city last named before; without one they are left out.
    """
    spots = sorted(((at, where) for where in places if (at := words.find(where.name)) >= 0), key=lambda one: one[0])
    city = _city(before) if len(spots) > 1 else None
    if city is None:
        return
    start, end = spots[0][0] + len(spots[0][1].name), spots[-1][0]
    for match in _LISTED.finditer(words, start, end):
        yield Where(name=match[1], relation=f"{match[1]} of {city}", precision="part", country=places[0].country)


def _city(before: str) -> str | None:
    named = list(_CITY.finditer(before))
    return (named[-1][1] or named[-1][2]).strip() if named else None


_LISTED = re.compile(r"(?:,|\band)\s+the\s+((?:[a-z]+\s+){1,6}?(?:area|neighbou?rhood|district|quarter|compound|suburb))\b")
