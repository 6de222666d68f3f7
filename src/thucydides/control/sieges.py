"""Sieges in words: who besieges, and what of a town is besieged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thucydides.control.cues import cue
from thucydides.control.described import party_called
from thucydides.record import Party, Where

_WORDS = r"(?:[\w’'-]+\s+)"
_REACH = 60
"""Characters behind "siege by" in which the besieger is named."""
_SIDES = re.compile(r"\b(north|south|east|west)(?:ern)?\b", re.I)


def besiegers(words: str, parties: Sequence[Party]) -> tuple[Party, ...] | None:
    """Who besieges by the words beside a siege: "a siege by the army", "a government siege", "the regime-besieged town".

    Nobody of whom anything is told where somebody only means to break it; ``None`` where the words leave it open.
    """
    ring = cue("ring").pattern
    behind = re.search(rf"{ring}\s+{_WORDS}?by\s+(?:the\s+)?(?P<who>[^,.;]{{3,{_REACH}}})", words, re.I)
    if behind is not None:
        named = [(at, party) for party in parties if (at := behind["who"].find(party.name)) >= 0]
        return (min(named, key=lambda one: one[0])[1],) if named else None
    noun = cue("siege").pattern
    owned = rf"(?:['’]s)?(?:[\s-](?:imposed|enforced|led))?[\s-](?:{noun})|-besieged\b"
    before = re.search(rf"(?P<who>[\w’'-]+?(?:\s+[\w’'-]+?){{0,2}}?)(?:{owned})", words, re.I)
    owner = _owner(before["who"], parties) if before is not None else None
    if owner is not None:
        return (owner,)
    return () if re.search(rf"{cue('opening').pattern}\s+{_WORDS}{{0,4}}?{ring}", words, re.I) else None


def _owner(told: str, parties: Sequence[Party]) -> Party | None:
    """The party that stands right before a siege as its owner: one of the claim, else whom an adjective means."""
    last = told.split()[-1]
    named = next((party for party in parties if party.name.endswith(last)), None)
    if named is not None:
        return named
    called = party_called(last) if last[0].isalpha() else None
    return replace(called, role="initiator") if called is not None and called.kind != "civilian" else None


def part_besieged(words: str, where: Where) -> Where | None:
    """What of a town is besieged: "the besieged eastern districts of X", "X's rebel-held east"; ``None`` where all of it is."""
    if where.precision not in ("place", "area") or where.relation is not None:
        return None
    ring, part = cue("ring").pattern, cue("besieged").pattern
    after = re.search(rf"{ring}\s+(?P<gap>{_WORDS}{{0,6}}?)(?P<part>{part})", words, re.I)
    before = re.search(rf"(?P<gap>{_WORDS}{{0,2}})(?P<part>{part})\s+{_WORDS}{{0,5}}?{ring}", words, re.I)
    found = after or before
    if found is None or _is_another(words[found.end("part") :], where):
        return None
    side = _SIDES.search(f"{found['gap']}{found['part']}")
    name = re.sub(r"\s+(?:city|town)$", "", where.name, flags=re.I)
    return replace(where, name=name, relation=f"{side[1].lower()} {name}" if side else f"besieged parts of {name}", precision="part")


def _is_another(behind: str, where: Where) -> bool:
    """Whether the part is of another place: "X, a besieged suburb of Y"."""
    told = re.match(r"\s+(?:of|in)\s+(?:the\s+)?(?:city\s+of\s+)?(?P<name>[A-Z][\w’'-]+)", behind)
    return told is not None and not where.name.startswith(told["name"]) and told["name"] not in where.name
