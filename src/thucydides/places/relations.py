"""What phrases such as "30km south of Homs city" or "near the Syrian-Lebanese border" say, before any place is looked up.

:func:`relate` only reads the words; ``locating`` turns a relation into a point and a radius by the table in ``docs/places.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from thucydides.errors import BadRoster
from thucydides.lexicon import read_table
from thucydides.places.phrasing import phrase_of
from thucydides.places.tables import DATA, refuse

KINDS = ("distance", "direction", "between", "outskirts", "near", "border", "along", "countryside", "part", "bank", "coast", "inside")

_POINTS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_HALVES = {"north": {"northeast": 22.5, "northwest": 337.5}, "south": {"southeast": 157.5, "southwest": 202.5},
           "east": {"northeast": 67.5, "southeast": 112.5}, "west": {"northwest": 292.5, "southwest": 247.5}}  # fmt: skip
_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "twenty-five": 25.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0, "a hundred": 100.0,
    "one hundred": 100.0, "hundred": 100.0, "half a": 0.5, "a half": 0.5, "a few": 4.0, "few": 4.0, "several": 6.0, "a couple of": 2.0,
    "dozens of": 36.0, "tens of": 36.0, "a few dozen": 36.0, "a few hundred": 300.0, "several hundred": 500.0, "hundreds of": 400.0,
}  # fmt: skip
_UNITS = (("nautical", 1.852), ("mi", 1.609344), ("k", 1.0), ("m", 0.001), ("y", 0.0009144))


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a spot stands to the places it is told by. ``bearing`` is in degrees clockwise from north, ``line`` the road named with them."""

    kind: str
    words: str
    anchors: tuple[str, ...] = ()
    distance_km: float | None = None
    bearing: float | None = None
    line: str | None = None


_LEAD = r"(?:(?:in|at|on|to|from|into|of|by|inside)\s+)?(?:the\s+)?"
_COLUMNS = ("kind", "words")
_PIECE = re.compile(r"\{([A-Z]+)\}")


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The grammar of ``data/relations.tsv``: kinds and patterns in the order in which they are tried."""
    errors: list[BadRoster] = []
    pieces = {"NUMERAL": "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))}
    rules = []
    for row in read_table(DATA / "relations.tsv", _COLUMNS, errors):
        words = _PIECE.sub(lambda piece: pieces[piece.group(1)], row["words"])
        if row["kind"].startswith("piece "):
            pieces[row["kind"].removeprefix("piece ")] = words
        elif row["kind"] in KINDS:
            rules.append((row["kind"], re.compile(_LEAD + words, re.IGNORECASE)))
        else:
            errors.append(BadRoster(row.file, row.line, f"{row['kind']!r} is no kind of relation", remedy=f"Kinds are: {' '.join(KINDS)}."))
    refuse("relations.tsv", errors)
    return tuple(rules)


_LEADING = phrase_of("relations", "leading")


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
    for kind, pattern in _rules():
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
        line = _anchor(told.get("line")) or None
        return Relation(kind=kind, words=text, anchors=anchors, distance_km=distance, bearing=_bearing(told.get("dir")), line=line)
    return None


def _sides(name: str | None, other: str | None) -> tuple[str, ...]:
    """The two countries of "Syrian-Lebanese", "Syria's" with "Iraq", or the one of "Lebanese"; none for a bare "border"."""
    first = _anchor(re.sub(r"^(?:the|its|their|country's)\s*|(?:'s|’s)$", "", name or "", flags=re.IGNORECASE))
    if other:
        return tuple(a for a in (first, _anchor(other)) if a)
    return tuple(a for a in (_anchor(part) for part in re.split(r"\s?[-–—/]\s?|\sand\s", first)) if a)
