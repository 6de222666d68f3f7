"""Part of a claim as a test expects it, in one line: ``type=Attack; i=ADF / ADF rebels; t=farmers; p=Beni; k=9+``.

Parts are ``key=value`` between semicolons; several claims stand between `` // ``; ``none`` expects no claim at all. Keys:

    kind          event (when left out), control, toll, holding, plan
    type          the sub-event, of a plan the planned one
    i t           initiators, targets: several between ``+``, other names of one between ``/``; ``-`` is nobody
    p notp        places that must, and must not, be there; near=LAT,LON,KM a point and how far off it may be; rel=words of the relation
    d             a day, or FIRST..LAST with an open end left empty
    k w c displaced   tolls: 12 (exactly), 12+ (low 12, high open), <=12 (high 12, low open), 12-15, ``-`` nothing said
    x             weapons, several between ``+``; ``-`` none
    f by          factuality, speaker (``-`` nobody)
    status share way mode   as in ``record.py``
    n             how many claims of that kind there are in all

Names agree when they share most of their words, as in the scoring of claims: tests of sentences are not tests of articles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, hypot, radians
from typing import Any

KINDS = ("event", "control", "toll", "holding", "plan")
KEYS = frozenset("kind type i t p notp near rel d k w c displaced x f by status share way mode n".split())
_TOLLS = {"k": "killed", "w": "wounded", "c": "captured", "displaced": "displaced"}
_IDLE = frozenset("the a an of in on at and his her its their al el de la".split())
_ALIKE = {
    word: words.split()[0]
    for words in (
        "forces force troops troop army military soldiers soldier", "rebels rebel", "fighters fighter militants militant gunmen",
        "civilians civilian", "missiles missile", "rockets rocket", "drones drone", "bombs bomb", "mortars mortar shells shell",
        "machetes machete", "grenades grenade", "people person", "villages village", "men man",
    )
    for word in words.split()
}  # fmt: skip


def plain(words: object) -> str:
    folded = unicodedata.normalize("NFKD", str(words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`]s\b", "", folded)).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two names share most of their words."""
    if plain(one) == plain(other) != "":
        return True
    mine, theirs = ({_ALIKE.get(w, w) for w in plain(name).split() if w not in _IDLE} for name in (one, other))
    shared = len(mine & theirs)
    return shared > 0 and shared / min(len(mine), len(theirs)) >= 0.67 and shared / max(len(mine), len(theirs)) >= 0.34


def parse(line: str) -> list[dict[str, str]]:
    """The expected claims of a line; none for ``none``."""
    if line.strip() == "none":
        return []
    claims = []
    for part in line.split(" // "):
        claim = {"kind": "event"}
        for pair in part.split(";"):
            key, equals, value = pair.strip().partition("=")
            if not equals or key not in KEYS or not value:
                raise ValueError(f"{pair.strip()!r} is no expectation; keys are {' '.join(sorted(KEYS))}")
            claim[key] = value.strip()
        claims.append(claim)
    return claims


def missing(line: str, claims: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a coder's claims lack of a line's, in words; empty when all is there."""
    expected = parse(line)
    if not expected:
        return [f"{c['kind']} {c['type'] or ''} where none should be: {c['quote']!r}" for c in claims]
    left, faults = list(claims), []
    for want in expected:
        tried = sorted(
            ((faults_of(want, claim), n) for n, claim in enumerate(left) if claim["kind"] == want["kind"]), key=lambda t: len(t[0])
        )
        if not tried:
            faults.append(f"no {want['kind']}" + (f" {want['type']}" if "type" in want else ""))
            continue
        faults += tried[0][0]
        left.pop(tried[0][1])
        told = sum(claim["kind"] == want["kind"] for claim in claims)
        if "n" in want and told != int(want["n"]):
            faults.append(f"n: expected {want['n']} of kind {want['kind']}, got {told}")
    return faults


def faults_of(want: Mapping[str, str], claim: Mapping[str, Any]) -> list[str]:
    """The keys that a claim does not meet, each with what it has instead."""
    return [
        f"{key}: expected {value!r}, got {got!r}"
        for key, value in want.items()
        if key != "n" and (got := _wrong(key, value, claim)) is not None
    ]


def _wrong(key: str, value: str, claim: Mapping[str, Any]) -> object:
    """What a claim has under a key if it is not what was expected, else ``None``; an absent value is "nothing"."""
    if key == "type":
        got = claim["type"] or claim["planned_type"]
        return None if got == value else got or "nothing"
    if key in ("kind", "status", "way", "mode"):
        return None if claim[key] == value else claim[key] or "nothing"
    if key == "share":
        return None if claim["share"] is not None and abs(claim["share"] - float(value)) < 0.02 else claim["share"] or "nothing"
    if key in ("i", "t"):
        actors = claim["initiators" if key == "i" else "targets"]
        return None if _actors_met(value, actors) else [names[0] for names in actors]
    if key == "x":
        met = not claim["weapons"] if value == "-" else _each(value, [[name] for name in claim["weapons"]])
        return None if met else claim["weapons"] or "nothing"
    if key in ("p", "notp", "near", "rel"):
        return _place_wrong(key, value, claim["places"])
    if key == "d":
        told = claim["date"]
        return None if _date_met(value, told) else f"{told['start']}..{told['end']}" if told else "nothing"
    if key in _TOLLS:
        toll = claim[_TOLLS[key]]
        return None if _toll_met(value, toll) else f"{toll['low']}-{toll['high']} {toll['words']!r}" if toll else "nothing"
    if key == "f":
        return None if claim["factuality"] == value else claim["factuality"]
    speaker = claim["attributed_to"]
    met = speaker is None if value == "-" else speaker is not None and any(same_name(v, speaker) for v in value.split(" / "))
    return None if met else speaker or "nobody"


def _each(value: str, found: Sequence[Sequence[str]]) -> bool:
    """Whether each name between plus signs is met by a thing of its own."""
    left = list(found)
    for want in value.split(" + "):
        hit = next((names for names in left if any(same_name(w, n) for w in want.split(" / ") for n in names[:6])), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def _actors_met(value: str, actors: Sequence[Sequence[str]]) -> bool:
    if value == "-":
        return not actors
    wanted = len(value.split(" + "))
    return _each(value, actors) and len(actors) - wanted <= max(1, wanted)


def _place_wrong(key: str, value: str, places: Sequence[Mapping[str, Any]]) -> object:
    shown = [f"{p['relation'] or p['name']} ({p['lat']}, {p['lon']} ±{p['radius_km']})" for p in places] or "nothing"
    names = [[p["name"], p["relation"] or p["name"], *p["aliases"]] for p in places]
    if key == "p":
        return None if _each(value, names) else shown
    if key == "notp":
        return shown if any(same_name(value, n) for group in names for n in group) else None
    if key == "rel":
        return None if any(plain(value) in plain(p["relation"] or "") for p in places) else shown
    lat, lon, reach_km = map(float, value.split(","))
    for p in places:
        if p["lat"] is not None and 111.2 * hypot(p["lat"] - lat, (p["lon"] - lon) * cos(radians(lat))) <= reach_km:
            return None
    return shown


def _date_met(value: str, told: Mapping[str, str | None] | None) -> bool:
    if told is None:
        return False
    first, dots, last = value.partition("..")
    start, end = (date.fromisoformat(d) if d else None for d in (told["start"], told["end"]))
    if not dots:
        return start == end == date.fromisoformat(first)
    return all(
        got is not None and abs((got - date.fromisoformat(want)).days) <= 1 if want else got is None
        for want, got in ((first, start), (last, end))
    )


def _toll_met(value: str, toll: Mapping[str, int | None] | None) -> bool:
    if value == "-" or toll is None:
        return value == "-" and toll is None
    if value.startswith("<="):
        return (toll["low"], toll["high"]) == (None, int(value[2:]))
    if value.endswith("+"):
        return (toll["low"], toll["high"]) == (int(value[:-1]), None)
    low, _, high = value.partition("-")
    return (toll["low"], toll["high"]) == (int(low), int(high or low))
