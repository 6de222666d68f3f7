"""A report's text with the words of its claims marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thucydides.desk.highlights import Mark, Stretch, lines_of, marks_of, stretches, unwrapped
from thucydides.desk.page.html import Html, el, words
from thucydides.record import Claim, Report

DIM = frozenset({"boilerplate", "header", "byline"})


def text_of(report: Report, claims: Sequence[Claim], numbers: Mapping[str, int]) -> Html:
    """The text by paragraphs. Words are linked to their claims by the claims' numbers; boilerplate is dimmed, nothing is left out."""
    marks = marks_of(claims)
    opened: set[str] = set()
    lines = []
    text = unwrapped(report)
    for start, end in lines_of(text):
        kind = _section(report, start, end)
        mine = [mark for mark in marks if mark.start < end and mark.end > start]
        inside = [_stretch(stretch, text, numbers, opened) for stretch in stretches(start, end, mine)]
        lines.append(el("p", *inside, dir="auto", class_=kind if kind in DIM or kind in ("title", "dateline") else None))
    return el("div", *lines, class_="text", lang=report.language, dir="auto")


def _section(report: Report, start: int, end: int) -> str:
    """What most of a line is."""
    kinds: dict[str, int] = {}
    for section in report.sections:
        shared = min(end, section.end) - max(start, section.start)
        if shared > 0:
            kinds[section.kind] = kinds.get(section.kind, 0) + shared
    return max(kinds, key=lambda kind: kinds[kind], default="body")


def _stretch(stretch: Stretch, text: str, numbers: Mapping[str, int], opened: set[str]) -> Html:
    told = words(text[stretch.start : stretch.end])
    if not stretch.marks:
        return told
    ids = list(dict.fromkeys(f"c{numbers[mark.claim]}" for mark in stretch.marks))
    role = stretch.role or "claim"
    links = [_number(mark, numbers[mark.claim]) for mark in stretch.marks if _begins(mark, stretch, opened)]
    inside = told if role == "claim" else el("mark", told, class_=role)
    return el("span", *links, inside, class_="said", data_c=" ".join(ids))


def _begins(mark: Mark, stretch: Stretch, opened: set[str]) -> bool:
    """Whether a claim's first sentence begins here: there its number stands."""
    if mark.role != "claim" or mark.claim in opened or mark.start != stretch.start:
        return False
    opened.add(mark.claim)
    return True


def _number(mark: Mark, number: int) -> Html:
    return el("a", str(number), href=f"#c{number}", id=f"t{number}", class_="n", aria_label=f"Claim {number}")
