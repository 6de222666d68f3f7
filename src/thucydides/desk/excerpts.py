"""A report's words in a terminal, coloured by the role they have in claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from thucydides.desk.console import STYLES, words
from thucydides.desk.highlights import lines_of, marks_of, stretches, unwrapped
from thucydides.record import Claim, Report

DIM = frozenset({"boilerplate", "header", "byline"})


def excerpts(report: Report, claims: Sequence[Claim]) -> Iterator[Text]:
    """The paragraphs that hold words of the claims, the rest left out and marked by an ellipsis."""
    marks = marks_of(claims)
    skipped = False
    text = unwrapped(report)
    for start, end in lines_of(text):
        if any(mark.start < end and mark.end > start for mark in marks):
            if skipped:
                yield words("  […]", "dim")
            yield _coloured(text, start, end, claims)
            skipped = False
        else:
            skipped = True


def whole(report: Report, claims: Sequence[Claim]) -> Iterator[Text]:
    """All of the text; what is not coded is dimmed."""
    text = unwrapped(report)
    for start, end in lines_of(text):
        off = any(section.kind in DIM and section.start <= start < section.end for section in report.sections)
        yield words(text[start:end], "dim") if off else _coloured(text, start, end, claims)


def key() -> Text:
    """What the colours mean."""
    names = {
        "initiator": "who",
        "target": "to whom",
        "place": "where",
        "date": "when",
        "arm": "with what",
        "toll": "how many",
        "speaker": "said by",
    }
    told = Text("  ")
    for role, name in names.items():
        told.append(name, STYLES[role]).append("  ")
    return told


def _coloured(text: str, start: int, end: int, claims: Sequence[Claim]) -> Text:
    line = words(text[start:end])
    for stretch in stretches(start, end, marks_of(claims)):
        if stretch.role is not None:
            line.stylize(STYLES[stretch.role], stretch.start - start, stretch.end - start)
            if stretch.role != "claim":
                line.stylize(STYLES["claim"], stretch.start - start, stretch.end - start)
    return line
