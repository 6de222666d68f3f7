"""Which draft tells which annotated claim, and which names mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, hypot, radians
from typing import Any

from thucydides.claims.drafts import Draft

_IDLE = frozenset("the a an of in on at and his her its their al el ad ash as members".split())
_ALIKE = {
    **dict.fromkeys("force forces troops troop army military soldiers soldier".split(), "force"),
    **dict.fromkeys("fighters militants militant gunmen".split(), "fighter"),
    "rebels": "rebel",
    "civilians": "civilian",
}
Claim = Mapping[str, Any]


def _words(name: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`]s\b", "", folded)).split()
    return {_ALIKE.get(w, w) for w in words if w not in _IDLE} or set(words)


def same_name(one: str, other: str) -> bool:
    """Whether two names share two thirds of the shorter's words and a third of the longer's."""
    if not one or not other:
        return False
    a, b = _words(one), _words(other)
    shared = len(a & b)
    return shared > 0 and shared / min(len(a), len(b)) >= 0.67 and shared / max(len(a), len(b)) >= 0.34


def same_party(names: Sequence[str], gold: Sequence[Sequence[str]]) -> bool:
    return any(same_name(n, g) for n in names for actor in gold for g in actor)


def same_place(where: Any, gold: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a place as located is one of a claim's: within 25 km or the radius given where both have a spot, else by name."""
    for one in gold:
        if one.get("lat") is not None and where.lat is not None:
            apart_km = hypot((where.lat - one["lat"]) * 111.2, (where.lon - one["lon"]) * 111.2 * cos(radians(one["lat"])))
            if apart_km <= max(25.0, one.get("radius_km") or 0.0):
                return True
        elif one.get("lat") is None and same_name(where.name, one["name"]):
            return True
    return False


def same_day(when: Any, gold: Mapping[str, Any] | None) -> bool:
    """Whether days as reckoned are a claim's: a day must be that day, the ends of a span may be one off, an open end decides nothing."""
    if when is None or gold is None:
        return False
    start, end = (date.fromisoformat(gold[k]) if gold.get(k) else None for k in ("start", "end"))
    if start is not None and start == end:
        return bool(when.start == start and when.end == end)
    known = [(a, b) for a, b in ((start, when.start), (end, when.end)) if a is not None]
    if known and all(b is not None and abs((a - b).days) <= 1 for a, b in known):
        return True
    if start is None or end is None or when.start is None or when.end is None or (end - start).days < 3:
        return False
    inside = (start - when.start).days <= 1 and (when.end - end).days <= 1
    return inside and 2 * (when.end - when.start).days >= (end - start).days


def spans(claim: Claim, text: str) -> list[tuple[int, int]]:
    """Where a claim's quotes stand."""
    if "spans" in claim:
        return [(a, b) for a, b in claim["spans"]]
    return [(at, at + len(q)) for q in (claim["quote"], *(claim.get("also") or ())) if (at := text.find(q)) >= 0]


def align(drafts: Sequence[Draft], claims: Sequence[Claim], text: str) -> dict[int, int]:
    """Number of the claim that a draft tells, by number of the draft: for every quote of a claim the draft that fits it best."""
    found: dict[int, int] = {}
    for number, claim in enumerate(claims):
        stated = set(claim.get("at") or ())
        for start, end in spans(claim, text):
            best: tuple[float, int] | None = None
            for n, draft in enumerate(drafts):
                a, b = draft.sentence.start, draft.sentence.end
                if min(end, b) - max(start, a) < 0.3 * min(end - start, b - a):
                    continue
                fit = _fit(draft, claim, start, end, stated) - 0.7 * (n in found)
                if fit >= 0.9 and (best is None or fit > best[0]):
                    best = (fit, n)
            if best is not None:
                found[best[1]] = number
    return found


def _fit(draft: Draft, claim: Claim, start: int, end: int, stated: set[int]) -> float:
    at = [draft.sentence.start + t.token.idx for t in draft.triggers]
    if stated:
        if not any(draft.sentence.start <= s < draft.sentence.end for s in stated):
            return 0.0
        inside = 2.0 * any(a in stated for a in at) - 0.3
    else:
        inside = float(start <= at[0] < end)
    fit = inside + (draft.type == claim["type"]) + 0.01 * draft.strength
    fit += 0.5 * any(same_party(s.names, claim["initiators"]) for s, _ in draft.initiators)
    return fit + 0.5 * any(same_party(s.names, claim["targets"]) for s, _ in draft.targets)


def fits(claim: Any, told: Claim) -> dict[str, bool]:
    """Whether each field of an event claim is as annotated (``told``), of those of which the annotation says something."""
    says = claim.says
    sides = {f"{role}s": [p.names for p in says.parties if p.role == role] for role in ("initiator", "target")}
    found = {"type": says.type == told["type"], "factuality": claim.factuality == told["factuality"]}
    found["said_by"] = same_name(claim.said_by[0], told["attributed_to"] or "") if claim.said_by else not told["attributed_to"]
    for side, names in sides.items():
        right = [any(same_party(n, [gold]) for n in names) for gold in told[side]]
        spare = len(names) - sum(right)
        found[side] = sum(right) * 2 >= len(right) > 0 and spare <= max(1, sum(right)) if told[side] else not names
    if told["places"]:
        found["places"] = any(same_place(w, told["places"]) for w in says.where)
    if told["date"] or says.when:
        found["date"] = same_day(says.when, told["date"])
    for name in ("killed", "wounded"):
        if name in told and isinstance(told[name], dict | None):
            toll, gold = getattr(says, name), told[name]
            found[name] = (toll is None and gold is None) or (toll is not None and gold is not None and toll.low == gold["low"])
    found["weapons"] = any(same_name(use.name, gold) for use in says.arms for gold in told["weapons"])
    return found
