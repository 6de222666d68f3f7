"""What a row of somebody's gazetteer becomes: an entry, or a remark on why it is none and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from thucydides.places.names import fold_name
from thucydides.places.readings import readings

RADIUS_KM = {
    "city": 6.0, "town": 3.0, "village": 2.0, "neighbourhood": 1.5, "admin1": 60.0, "admin2": 20.0, "country": 400.0, "region": 40.0,
    "river": 50.0, "lake": 10.0, "mountains": 25.0, "mountain": 5.0, "desert": 60.0, "forest": 15.0, "valley": 15.0, "road": 20.0,
    "area": 10.0, "airfield": 3.0, "base": 3.0, "island": 8.0, "sea": 200.0, "border": 30.0,
}  # fmt: skip
"""How far a place of a kind may reach where nothing says it, in kilometres."""

USUAL_KM = 3.0
_APART = re.compile(r"[/()|;]")
_OWN_KINDS = frozenset({"settlement", "area"})  # a village's name is known without the word, an airport's is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place on its way into a gazetteer."""

    line: int
    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    lat: float
    lon: float
    radius_km: float
    country: str | None = None
    admin1: str | None = None  # a name, or a GeoNames code such as "SY.07"
    admin2: str | None = None
    population: int = 0
    own_id: bool = True  # whether the row gave the id: then the same id again is a mistake, else it is the same place again


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Why a row was not taken, or what is odd about one that was."""

    line: int
    value: str
    what: str
    remedy: str
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row read: what became of it, and where to go on after it. Nothing at all: the row is left out on purpose."""

    offset: int
    line: int
    found: tuple[Entry | Remark, ...] = ()


def number(text: str, what: str, most: float) -> float | str:
    """A coordinate or a radius, else why it is none."""
    plain = text.strip()
    if not plain:
        return f"no {what}"
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return f"{what} {text[:40]!r} is no number"
    if not abs(value) <= most:
        return f"{what} {value:g} is out of range"
    return value


def names_of(told: str) -> tuple[tuple[str, ...], str]:
    """The names in a coded place's name, the plainest first, and the kind that its words tell.

    "Tadmur/Palmyra town" is Tadmur and Palmyra, a town; "Aleppo University" is nothing else, or it would be found as Aleppo.
    """
    names: list[str] = []
    kind = ""
    if fold_name(told).endswith(" border"):
        return (told.strip(),), "border"  # "Homs/Hama border" is neither Homs nor Hama
    for part in (piece.strip() for piece in _APART.split(told)):
        for reading in reversed(readings(part)):
            feature = reading.feature
            if reading.holder is not None or (feature is not None and feature.effect not in _OWN_KINDS and feature.kind != "neighbourhood"):
                continue
            names.append(reading.name)
            kind = kind or (feature.kind if feature is not None else "")
        if not kind:
            kind = next((reading.feature.kind for reading in readings(part) if reading.feature is not None), "")
    return tuple(dict.fromkeys(name for name in (*names, told.strip()) if len(fold_name(name)) > 1)), kind


def id_of(*parts: object) -> str:
    """A short id that the same row has whenever it is read."""
    return sha256("\t".join(str(part) for part in parts).encode()).hexdigest()[:10]
