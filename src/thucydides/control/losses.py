"""Who lost what: "the brigade lost two tanks in the town" tells of tanks, not of the town, and the loser stands before the verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thucydides.record import Party

_LOST = re.compile(r"\b(?:lost|lose|loses|losing)\s+", re.I)
_ENDS = re.compile(
    r"\b(?:in|near|at(?! least)|over(?! \d)|during|on|to|since|while|when|as(?! many| few)|around(?! \d)|inside|outside|after|before)\b"
    r"|[,;.]"
)
_COUNTED = re.compile(
    r"(?:(?:at least|up to|about|around|some|over|more than|nearly|almost|as many as|a total of)\s+)?"
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores?|hundreds?|thousands?|several|many|numerous|\d[\d,.]*)\b"
    r"(?!\s*(?:%|per ?cent\b|third|quarter|half|half of|quarter of))",
    re.I,
)


def counted_loss(words: str, place: str) -> bool:
    """Whether what is lost is counted and no place: "lost three tanks in X", "lost ten soldiers", not "lost X to", "lost half of X"."""
    match = _LOST.search(words)
    if match is None:
        return False
    end = _ENDS.search(words, match.end())
    lost = words[match.end() : end.start() if end else len(words)]
    return place not in lost and _COUNTED.match(lost) is not None


def loser(words: str, parties: Sequence[Party]) -> Party | None:
    """The party that stands before a word of losing, the nearest; ``None`` where none does."""
    match = _LOST.search(words)
    before = [(at, party) for party in parties if match and 0 <= (at := words.find(party.name)) < match.start()]
    return max(before, key=lambda one: one[0])[1] if before else None
