"""Whom a report copies: the outlets that its text credits as its origin, the most direct first.

Only outlets count, never speakers: "Reuters reported" is a credit, "the ministry reported" is not. The ways of crediting stand in
``credits.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from thucydides.lexicon import fold
from thucydides.record import Section, Source
from thucydides.reports.lines import Line
from thucydides.reports.outlets import Outlets, names_of
from thucydides.reports.phrasing import phrase_of
from thucydides.reports.tables import table

LEAD = 1500  # characters: "X reports that …" further down is one source among several
_OUTLET = r"(?-i:(?:[A-Z@][\w&'-]*(?:\.[A-Za-z]{2,3})?)(?: (?:of|for|the|al|and|[A-Z\d][\w&'-]*)){0,5})"
_TRIGGER = phrase_of("credits", "trigger")
_NO_NAME = phrase_of("credits", "no name")
_NOT_OUTLETS = frozenset(("monitor", "official", "party", "research"))


class _Credit(NamedTuple):
    rank: int
    where: str
    who: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _credits() -> tuple[_Credit, ...]:
    rows = enumerate(table("credits.tsv"))
    return tuple(
        _Credit(n, row["where"], row["who"], re.compile(row["pattern"].replace("{outlet}", _OUTLET), re.IGNORECASE)) for n, row in rows
    )


def copied_from(
    blanked: str, lines: list[Line], sections: list[Section], source: Source, agency: str | None, outlets: Outlets
) -> tuple[str, ...]:
    """The names of the outlets credited; the publisher itself is left out. ``agency`` is the dateline's."""
    found = [(hit[0], hit[1]) for hit in _line_credits(lines, outlets)]
    if agency and not _NO_NAME.match(agency):
        found.append((6, _named(agency, "any", outlets)))
    body = [s for s in sections if s.kind == "body"]
    if body:
        closing = " ".join(
            blanked[body[-1].start : (sections[-1].end if body[-1] is sections[-1] else _after(sections, body[-1]))].split()
        )[-300:]
        found += _searched(closing, "end", outlets)
        lead, text = _near_triggers(blanked, body)
        found += _searched(lead, "lead", outlets)
        found += _searched(text, "text", outlets)
    ranked = sorted(((rank, order, s) for order, (rank, s) in enumerate(found) if s is not None), key=lambda item: item[:2])
    own = _squeezed(source.name)
    return names_of(s for _, _, s in ranked if _squeezed(s.name) != own and (s.id is None or s.id != source.id))


def _squeezed(name: str) -> str:
    """A name for comparing: "Kurdistan 24" is "Kurdistan24"."""
    return fold(name).replace(" ", "")


def _after(sections: list[Section], last: Section) -> int:
    """Where the boilerplate on the last paragraph's own line ends: the close of the text may have been set aside as such."""
    at = sections.index(last)
    return sections[at + 1].end if at + 1 < len(sections) and sections[at + 1].end - sections[at + 1].start < 80 else last.end


def _line_credits(lines: list[Line], outlets: Outlets) -> Iterator[tuple[int, Source | None]]:
    for line in lines:
        if line.count > 30:
            continue
        for credit in _credits():
            if credit.where == "line" and (match := credit.pattern.match(line.words)) is not None:
                yield credit.rank, _named(match["name"], credit.who, outlets)


def _near_triggers(blanked: str, body: list[Section]) -> tuple[str, str]:
    """The sentences' stretches around the verbs of reporting: in the first paragraphs, and in all."""
    pieces, lead, at = [], [], -1
    for section in body:
        for match in _TRIGGER.finditer(blanked, section.start, section.end):
            if match.start() < at:
                continue
            start, at = max(section.start, match.start() - 90, at), min(section.end, match.end() + 110)
            piece = " ".join(blanked[start:at].split())
            pieces.append(piece)
            if match.start() - body[0].start < LEAD:
                lead.append(piece)
    return "\n".join(lead), "\n".join(pieces)


def _searched(text: str, where: str, outlets: Outlets) -> Iterator[tuple[int, Source | None]]:
    if not text:
        return
    for credit in _credits():
        if credit.where == where:
            for match in credit.pattern.finditer(text):
                yield credit.rank, _named(match["name"], credit.who, outlets)


def _named(name: str, who: str, outlets: Outlets) -> Source | None:
    """The outlet meant, ``None`` where the pattern wants a known one and it is not."""
    name = " ".join(name.split()).strip(" .,;:-–—|\"'()[]")
    known = outlets.find(name)
    if known is None and who != "any":
        parts = name.split()
        for start in range(1, len(parts)):  # "the Lebanese newspaper An-Nahar": the name is at the end
            known = outlets.find(" ".join(parts[start:]))
            if known is not None:
                break
    if known is not None:
        kind = known.source.kind
        if (who == "wire" and kind not in ("wire", "state")) or (who == "known" and kind in _NOT_OUTLETS):
            return None
        return known.source
    if who != "any" or not name or _NO_NAME.match(name) or len(name.split()) > 7:
        return None
    return Source(name=name.title() if name.isupper() and " " in name else name)
