"""A report's lines and paragraphs, as the layout sees them: where each stands, its words, and whether it reads like prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TERMINAL = re.compile(r"[.!?:;][\"')\]]*$")
_CUT = re.compile(r"(?:\.\.\.|…)[\"')\]]*$")
_LINE = re.compile(r"[^\n]+")
_LINKS = re.compile(r"(?:\W*!?\[[^\[\]]*\]\([^()\s]*\)\W*){1,40}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer spaces. ``words`` has links reduced to their words, ``full`` has their addresses too."""

    start: int
    end: int
    words: str
    full: str
    count: int  # of words
    prose: bool  # it reads like a paragraph: a closed sentence, or long
    links: bool  # it is nothing but links

    def closed(self) -> bool:
        """Whether it ends as a sentence does and is not cut short with dots."""
        return bool(_TERMINAL.search(self.words)) and not _CUT.search(self.words)


def lines_of(plain: str, blanked: str) -> list[Line]:
    """The lines of a report that hold anything."""
    found = []
    for match in _LINE.finditer(blanked):
        start, end = match.span()
        while start < end and plain[start].isspace():
            start += 1
        while end > start and plain[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        words = " ".join(blanked[start:end].split())
        source = plain[start:end]
        full = words if len(words) == end - start else " ".join(source.split())
        count = words.count(" ") + 1 if words else 0
        ended = bool(_TERMINAL.search(words)) and not _CUT.search(words)
        prose = (count >= 6 and ended and not words.endswith((":", ";"))) or count >= 30
        links = "](" in source and _LINKS.fullmatch(source) is not None
        found.append(Line(start, end, words, full, count, prose, links))
    return found


def reads_like_headline(line: Line) -> bool:
    """Whether a line may be a title: a few words, not closed by a full stop."""
    return (
        3 <= line.count <= 32
        and len(line.words) <= 240
        and not line.words.endswith((".", ":", ";", ",", ")", "]"))
        and any(map(str.isalpha, line.words))
    )
