"""What phrases such as "30km south of Homs city" or "near the Syrian-Lebanese border" say, before any place is looked up.

:func:`relate` only reads the words; ``locating`` turns a relation into a point and a radius by the table in ``docs/places.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

KINDS = ("distance", "direction", "between", "outskirts", "near", "border", "along", "countryside", "part", "bank", "coast", "inside")

_POINTS = {"north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0}
_HALVES = {"north": {"northeast": 22.5, "northwest": 337.5}, "south": {"southeast": 157.5, "southwest": 202.5},
           "east": {"northeast": 67.5, "southeast": 112.5}, "west": {"northwest": 292.5, "southwest": 247.5}}  # fmt: skip
_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0,
    "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "twenty-five": 25.0, "thirty": 30.0, "forty": 40.0,
    "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0, "a hundred": 100.0, "one hundred": 100.0, "hundred": 100.0,
    "half a": 0.5, "a half": 0.5, "a few": 4.0, "few": 4.0, "several": 6.0, "a couple of": 2.0, "dozens of": 36.0, "tens of": 36.0,
    "a few dozen": 36.0, "a few hundred": 300.0, "several hundred": 500.0, "hundreds of": 400.0,
}  # fmt: skip
_UNITS = (("nautical", 1.852), ("mi", 1.609344), ("k", 1.0), ("m", 0.001), ("y", 0.0009144))

_SIDE = r"(?:(?:north|south)(?:[ -]?(?:east|west|north|south))?(?:[ -]?(?:east|west))?|(?:east|west)(?:[ -](?:north|south)[ -]?(?:east|west))?)"
_DIR = rf"(?:{_SIDE}|[ns][ew]|[ns][ns][ew]|[ew][ns][ew])"
_WARD = r"(?:ern(?:most)?|erly|wards?)?"
_NUMBER = r"(?:\d+(?:[.,]\d+)?(?:\s?(?:-|–|to|or)\s?\d+(?:[.,]\d+)?)?|" + "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + r")"
_UNIT = r"(?:nautical miles?|kilomet(?:er|re)s?|kms?|miles?|mi|met(?:er|re)s?|m|yards?)"
_ABOUT = (
    r"(?:(?:about|some|roughly|around|approximately|nearly|almost|just|only|less than|more than|under|over|up to|within|at least|an? estimated|"
    r"located|situated|lying|lies|is)\s+)*"
)
_ROAD = r"(?:roads?|highways?|motorways?|freeways?|routes?|axis|corridor|railway|railroad|line|expressway|rail line|supply line|supply route)"
_LAND = (
    r"(?:countryside|country-side|rural areas?|rural parts?|hinterland|farmlands?|farms|plains?|suburbs?|(?:rural )?suburban areas?|rural|"
    r"reef|rif)"
)
_PART = r"(?:parts?|areas?|sections?|sectors?|side|half|quarters?|districts?|neighbou?rhoods?|regions?|portions?|corner|tip|end|reaches|entrance|flank)"
_RIM = r"(?:outskirts|edges?|periphery|fringes?|perimeter|approaches|limits|gates|entrances?)"
_NAME = r"(?P<name>.+?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a spot stands to the places it is told by. ``bearing`` is in degrees clockwise from north."""

    kind: str
    words: str
    anchors: tuple[str, ...] = ()
    distance_km: float | None = None
    bearing: float | None = None


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"(?:(?:in|at|on|to|from|into|of|by|inside)\s+)?(?:the\s+)?" + words, re.IGNORECASE)


_LED = r"(?:just |immediately |directly |due |slightly |further |deep |well |right )*"
# The first that fits the whole phrase is taken.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, _pattern(words))
    for kind, words in (
        # without a place of their own: they belong to the name beside them
        ("countryside", rf"(?:(?P<dir>{_DIR}){_WARD} )?{_LAND}(?: of)?"),
        ("outskirts", rf"(?:(?P<dir>{_DIR}){_WARD} )?{_RIM}(?: of)?"),
        ("part", rf"(?P<dir>{_DIR}){_WARD}(?:most)? {_PART}(?: of)?"),
        ("direction", rf"{_LED}(?:to the )?(?P<dir>{_DIR}){_WARD}(?: of)?"),
        ("near", r"near(?:by)?|close to|around|outside|in the vicinity(?: of)?"),
        ("border", r"(?:.*?\b)?borders? (?:between|of) (?P<name>.+?) and (?P<other>.+)"),
        ("border", rf"(?:(?P<distance>{_ABOUT}(?P<number>{_NUMBER})\s?-?(?P<unit>{_UNIT}))\s+(?:away\s+)?(?:from|of|off|inside)\s+(?:the\s+)?)?"
                   rf"(?:(?:near|along|close to|across|over|astride|around|not far from|adjacent to|next to|towards?)\s+)?(?:the\s+)?"
                   rf"(?:(?P<dir>{_DIR}){_WARD}\s+)?(?P<name>[^,]*?)\s*(?:[- –](?:borders?|frontiers?)|border (?:area|region|zone|line|strip)s?)"
                   r"(?:\s+(?:area|region|zone|line|strip)s?)?(?:\s+with\s+(?P<other>.+))?"),
        ("distance", rf"{_ABOUT}(?P<number>{_NUMBER})\s?-?(?P<unit>{_UNIT})\.?\s*(?:\([^)]*\)\s*)?(?:away\s+)?,?\s*(?:to\s+)?(?:the\s+)?{_LED}"
                     rf"(?P<dir>{_DIR}){_WARD}(?:\s+(?:of|from|outside)(?:\s+the)?\s+{_NAME})?"),
        ("distance", rf"{_ABOUT}(?P<number>{_NUMBER})\s?-?(?P<unit>{_UNIT})\.?\s*(?:\([^)]*\)\s*)?(?:away\s+)?"
                     rf"(?:from|outside(?:\s+of)?|off|of|inside|beyond|short of|into|down|up|along)\s+(?:the\s+)?{_NAME}"),
        ("along", rf"(?:along |on |off |near )?(?:the )?(?:main |international |strategic )?{_ROAD} (?:that links |linking |connecting |from |between |which links )"
                  r"(?P<name>.+?) (?:to|and|with|towards?) (?P<other>.+)"),
        ("along", rf"(?:along |off |near |on )?(?:the )?(?P<name>[^,]+?)\s?(?:-to-|[-–—/]| to | and )\s?(?P<other>[^,]+?) "
                  rf"(?:international |main |coastal |desert |strategic )?{_ROAD}"),
        ("along", rf"(?:along |off |near |on )?(?:the )?(?:main |international )?{_ROAD} (?:to|towards?|into|leading to|out of) (?P<name>.+)"),
        ("between", r"(?:area |region |road |stretch |somewhere |half-?way )?(?:in )?between (?:the )?(?P<name>.+?) and (?:the )?(?P<other>.+)"),
        ("bank", rf"(?P<dir>{_DIR}){_WARD} (?:river)?(?:bank|side|shore)s? of (?:the )?(?:river )?{_NAME}"),
        ("bank", rf"(?:(?:left|right|opposite|other|far) )?(?:river)?banks? of (?:the )?(?:river )?{_NAME}"),
        ("coast", rf"(?:off|near) (?:the )?(?:(?P<dir>{_DIR}){_WARD} )?(?:coasts?|shores?|coastline) of {_NAME}"),
        ("coast", rf"off (?:the )?(?:(?P<dir>{_DIR}){_WARD} )?{_NAME}'?s? (?:coast|shore|coastline)"),
        ("coast", rf"(?:in )?(?:the )?waters off (?:the )?(?:coast of )?{_NAME}"),
        ("outskirts", rf"(?:(?P<dir>{_DIR}){_WARD} )?{_RIM} of {_NAME}"),
        ("outskirts", rf"(?P<name>.+?)(?:'s)? (?:(?P<dir>{_DIR}){_WARD} )?(?:outskirts|fringes|periphery)"),
        ("countryside", rf"(?:(?P<dir>{_DIR}){_WARD}(?: and \w+)? )?{_LAND} of {_NAME}"),
        ("countryside", rf"(?P<name>.+?)(?:'s)? (?P<dir>{_DIR}){_WARD} (?:countryside|country-side|hinterland|rural areas?|suburbs)"),
        ("countryside", rf"(?:(?P<dir>{_DIR}){_WARD} )?(?P<name>.+?)(?:'s)? (?:countryside|country-side|hinterland|rural areas?|suburbs)"),
        ("countryside", rf"(?:(?P<dir>{_DIR}){_WARD} )?rural {_NAME}"),
        ("part", rf"(?P<dir>{_DIR}){_WARD}(?:most)? {_PART} of {_NAME}"),
        ("direction", rf"{_LED}(?:to the )?{_LED}(?P<dir>{_DIR}){_WARD} (?:of|from)(?: the)? {_NAME}"),
        ("near", r"(?:very |just )?(?:near(?:by)?(?: to)?|close to|around|outside(?: of)?|adjacent to|next to|not far from|opposite|beside|surrounding|"
                 rf"vicinity of|surroundings of|environs of|neighbou?rhood of|area (?:of|around|near)|towards?|approaching|overlooking|facing) (?:the )?{_NAME}"),
        ("part", rf"(?P<dir>{_SIDE})(?:ern(?:most)?)? {_NAME}"),
        ("part", rf"central {_NAME}"),
        ("inside", rf"(?:inside|within|across|throughout|in|at) (?:the )?{_NAME}"),
    )
)  # fmt: skip
_LEADING = re.compile(r"^(?:the|city of|town of)\s+", re.IGNORECASE)


def _bearing(words: str | None) -> float | None:
    if not words:
        return None
    plain = re.sub(r"[ -]", "", words.lower())
    if re.fullmatch("[nsew]{2,3}", plain):
        plain = "".join({"n": "north", "s": "south", "e": "east", "w": "west"}[c] for c in plain)
    if plain in _POINTS:
        return _POINTS[plain]
    for first, rest in _HALVES.items():  # north-northeast
        if plain.startswith(first) and plain[len(first) :] in rest:
            return rest[plain[len(first) :]]
    return None


def _kilometres(number: str, unit: str) -> float:
    plain = number.lower()
    if plain in _NUMBERS:
        value = _NUMBERS[plain]
    else:
        values = [float(part.replace(",", ".")) for part in re.findall(r"\d+(?:[.,]\d+)?", plain)]
        value = sum(values) / len(values)
    lower = unit.lower()
    scale = next(km for start, km in _UNITS if lower.startswith(start))
    if lower.startswith("met"):
        scale = 0.001
    elif lower.startswith("mil"):
        scale = 1.609344
    return round(value * scale, 3)


def _anchor(words: str | None) -> str:
    plain = (words or "").strip(" ,.;:\"'")
    return _LEADING.sub("", plain) if plain[:5].lower() != "town " else plain


@lru_cache(maxsize=4096)
def relate(words: str) -> Relation | None:
    """The relation that a phrase tells, or ``None`` if it tells none: "30km south of Homs city", "between A and B", "northern X"."""
    text = " ".join(words.split()).strip(" ,.;:")
    if not text or len(text) > 200:
        return None
    for kind, pattern in _RULES:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        told = match.groupdict()
        anchors = tuple(a for a in (_anchor(told.get("name")), _anchor(told.get("other"))) if a)
        distance = _kilometres(told["number"], told["unit"]) if told.get("number") else None
        if kind == "border":
            anchors = _sides(told.get("name"), told.get("other"))
        elif not anchors and "name" in pattern.groupindex and kind != "distance":
            continue
        return Relation(kind=kind, words=text, anchors=anchors, distance_km=distance, bearing=_bearing(told.get("dir")))
    return None


def _sides(name: str | None, other: str | None) -> tuple[str, ...]:
    """The two countries of "Syrian-Lebanese", "Syria's" with "Iraq", or the one of "Lebanese"; none for a bare "border"."""
    first = _anchor(re.sub(r"^(?:the|its|their|country's)\s*|(?:'s|’s)$", "", name or "", flags=re.IGNORECASE))
    if other:
        return tuple(a for a in (first, _anchor(other)) if a)
    return tuple(a for a in (_anchor(part) for part in re.split(r"\s?[-–—/]\s?|\sand\s", first)) if a)
