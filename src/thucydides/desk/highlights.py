"""Which words of a report serve which claims, for terminal and page alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from thucydides.record import Claim, Report

ROLES = {
    "initiators": "initiator",
    "supporters": "initiator",
    "targets": "target",
    "places": "place",
    "where": "place",
    "date": "date",
    "when": "date",
    "weapons": "arm",
    "arms": "arm",
    "killed": "toll",
    "wounded": "toll",
    "captured": "toll",
    "displaced": "toll",
    "said_by": "speaker",
    "said_on": "speaker",
    "claim": "claim",
}
"""The role in which a passage of evidence is shown, by the field it is evidence for; other fields are shown as ``detail``."""

ORDER = ("initiator", "target", "toll", "arm", "place", "date", "speaker", "detail", "claim")
"""The roles, the one that wins where words serve several first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of one claim as it is shown."""

    start: int
    end: int
    role: str
    claim: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that serve the same marks from first to last; none where nothing is marked."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def role(self) -> str | None:
        """The role to colour it in."""
        return min((mark.role for mark in self.marks), key=ORDER.index, default=None)


def marks_of(claims: Iterable[Claim]) -> list[Mark]:
    """The marks of claims, by where they begin."""
    found = [
        Mark(passage.start, passage.end, ROLES.get(passage.field, "detail"), claim.id) for claim in claims for passage in claim.evidence
    ]
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def stretches(start: int, end: int, marks: Sequence[Mark]) -> Iterator[Stretch]:
    """A span cut wherever a mark begins or ends, without gaps."""
    mine = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(cut for mark in mine for cut in (mark.start, mark.end) if start < cut < end)})
    for first, last in itertools.pairwise(cuts):
        yield Stretch(first, last, tuple(mark for mark in mine if mark.start <= first and mark.end >= last))


def wraps(report: Report) -> list[int]:
    """Where line ends stand in a paragraph that was wrapped at a typed width: it was read as one line, and is shown as one."""
    found, at = [], report.text.find("\n")
    while at >= 0:
        if report.reading[at] == " ":
            found.append(at)
        at = report.text.find("\n", at + 1)
    return found


def unwrapped(report: Report) -> str:
    """The text, character for character, with spaces for the line ends that were wrapped."""
    cuts = [-1, *wraps(report), len(report.text)]
    return " ".join(report.text[last + 1 : end] for last, end in itertools.pairwise(cuts))


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop
        start = stop + 1
