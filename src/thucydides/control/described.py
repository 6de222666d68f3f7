"""Holders told in passing: "the ISIS-held town of Y", "rebel-controlled Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from thucydides.actors import Actors, identify
from thucydides.record import Party, Where

_HELD = re.compile(
    r"(?P<who>(?:[A-Z][\w’']*[ -]){0,3}?[\w’']+)[-‐ ](?:held|controlled|occupied|ruled)\s+"
    r"(?P<gap>(?:[\w’'-]+\s+){0,5}?)(?=[A-Za-z])"
)


def described(words: str, places: Sequence[Where]) -> Iterator[tuple[Where, Party]]:
    """The places of a sentence that an adjective before them gives a holder."""
    if "-held" not in words and "-controlled" not in words and "-occupied" not in words and "-ruled" not in words:
        return
    for where in places:
        if where.precision in ("near", "country"):
            continue
        at = words.find(where.name)
        for match in _HELD.finditer(words):
            between = words[match.end("gap") : at] if at >= 0 else ""
            if at >= match.end("gap") and len(between.split()) <= 5 and not re.search(r"[,.;]", between):
                party = party_called(match["who"])
                if party is not None:
                    yield where, party
                    break


@lru_cache(maxsize=4096)
def party_called(words: str) -> Party | None:
    """Whom an adjective or short name means: "rebel", "ISIS", "government"."""
    actors = Actors.load()
    name = words.strip()
    for told in (name, name.split()[-1], f"{name.split()[-1]}s", f"{name.split()[-1]} forces"):
        actor = identify(told, actors)
        if actor is not None:
            return Party(role="holder", name=name, actor=actor.id, kind=actor.kind)
    return None
