"""Which part of a text is the report and which is the page around it.

Lines are judged from the top (title, header), then throughout (boilerplate patterns), then from the end (author boxes, buttons, legal
notices). What nothing claims is body: in doubt, a line in the middle of a text is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from thucydides.lexicon import fold
from thucydides.record import Section
from thucydides.reports.dates import PATTERN, day_of
from thucydides.reports.header import Dateline, Header, dateline_of, take_header_line
from thucydides.reports.lines import Line, lines_of, reads_like_headline
from thucydides.reports.outlets import Outlets
from thucydides.reports.tables import boilerplate

TOP = 14  # lines: a header is not longer
SHORTEST_BODY = 5  # words: with less left, the title is what there is to read
HEADLINES = 3  # lines in a row that make a list of other news
SIGNATURE = 4  # words: a longer line at the very end is no signature
_NAME = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}?(?=\s+[A-Z\"'\d])")


@dataclass(slots=True)
class Layout:
    """A text laid out: its sections and what its header said."""

    lines: list[Line]
    sections: list[Section]
    header: Header
    title: str | None = None
    dateline: Dateline | None = None
    lead_outlet: str | None = None  # an outlet named between title and text of a report in one paragraph


def lay_out(plain: str, blanked: str, title: str | None, outlets: Outlets) -> Layout:
    """The layout of a text. ``title`` is the title given with it, if any."""
    lines = lines_of(plain, blanked)
    layout = Layout(lines, [], Header(), title)
    kinds = _boilerplate_lines(lines)
    _top(lines, kinds, layout)
    _end(lines, kinds)
    _keep_something(lines, kinds)
    body = [number for number, kind in enumerate(kinds) if kind == "body"]
    cuts: dict[int, list[Section]] = {}
    for number in body[:1]:
        cuts[number] = _lead(lines[number], plain, layout, outlets)
    for number in body[:5]:
        begin = cuts[number][-1].end if cuts.get(number) else lines[number].start
        found = dateline_of(plain[begin : lines[number].end])
        if found is not None:
            layout.dateline = found
            cuts.setdefault(number, []).append(Section(start=begin, end=begin + found.end, kind="dateline"))
            _above_dateline(lines, kinds, body, number)
            break
    last = next((number for number in reversed(body) if kinds[number] == "body" and lines[number].prose), None)
    for number, line in enumerate(lines):
        parts = cuts.get(number, [])
        begin = parts[-1].end if parts else line.start
        end = _tail(line, blanked, begin) if number == last else line.end
        layout.sections += [Section(start=s.start, end=_stripped(plain, s.start, s.end), kind=s.kind) for s in parts]
        if begin < end:
            layout.sections.append(Section(start=begin, end=_stripped(plain, begin, end), kind=kinds[number] or "body"))
        if end < line.end:
            while plain[end].isspace():
                end += 1
            layout.sections.append(Section(start=end, end=line.end, kind="boilerplate"))
    return layout


def _stripped(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _boilerplate_lines(lines: list[Line]) -> list[str | None]:
    """Lines known by their own words, wherever they stand, and the lists of headlines under "Related news" and its like."""
    kinds: list[str | None] = [None] * len(lines)
    always, caption, related = boilerplate("line"), boilerplate("caption"), boilerplate("related")
    listing = False
    for number, line in enumerate(lines):
        if not line.words:
            kinds[number] = "boilerplate"  # nothing but an address
            continue
        if listing and not (line.closed() and line.count >= 8) and not line.count > 60:
            kinds[number] = "boilerplate"
            continue
        listing = False
        if line.count <= 60 and caption.fullmatch(line.words):
            kinds[number] = "boilerplate"
        elif number == 0 and line.count >= 5 and reads_like_headline(line):
            continue
        elif line.count <= 12 and related.fullmatch(line.words):
            listing = True
            kinds[number] = "boilerplate"
        elif always.fullmatch(line.words) or (line.full is not line.words and always.fullmatch(line.full)):
            kinds[number] = "boilerplate"
    return kinds


def _top(lines: list[Line], kinds: list[str | None], layout: Layout) -> None:
    """Title, byline, dates and labels above (and just below) the first paragraph."""
    given = fold(layout.title or "")
    first = next((n for n, line in enumerate(lines) if kinds[n] is None and line.prose), len(lines))
    for number, line in enumerate(lines[:TOP]):
        if kinds[number] is not None:
            continue
        if given and _same_title(given, line):
            kinds[number] = "title"
            continue
        kind = take_header_line(line, layout.header, number)
        if kind is not None and not (line.prose and line.count > 12):
            kinds[number] = kind
    untitled = "title" not in kinds
    for number, line in enumerate(lines[: min(first, TOP)]):
        if kinds[number] is not None:
            continue
        if untitled and (not given or number == 0) and line.count >= (4 if number else 3) and reads_like_headline(line) and len(lines) > 1:
            kinds[number] = "title"
            layout.title = layout.title or line.words
            untitled = False
        elif line.count <= 4 and not line.closed() and first < len(lines):
            kinds[number] = "header"  # a menu or a label of the desk
    for number in range(first, min(len(lines), TOP)):  # "ANF", "SHEHBA" around a date under the standfirst
        beside = [kinds[n] for n in (number - 1, number + 1) if first < n < len(lines)]
        if kinds[number] is None and lines[number].count <= 3 and lines[number].words.isupper() and "header" in beside:
            kinds[number] = "header"
    if given and layout.title and len(layout.title) > 240:
        layout.title = layout.title[:240]


def _same_title(given: str, line: Line) -> bool:
    """Whether a line is the title given with the report, which pages repeat and lengthen with their own name."""
    if not 3 <= line.count <= 45:
        return False
    words = fold(line.words)
    return len(words) > 12 and (words in given or (given in words and len(given) > 0.7 * len(words)))


def _end(lines: list[Line], kinds: list[str | None]) -> None:
    """What follows the last paragraph: legal notices, author boxes, signatures, lists of links."""
    legal, ending, cue = boilerplate("legal"), boilerplate("end"), boilerplate("cue")
    bodies = [n for n, line in enumerate(lines) if kinds[n] is None and line.prose]
    start = bodies[0] if bodies else len(lines)
    for number in range(start + 1, len(lines)):
        if kinds[number] is None and legal.fullmatch(lines[number].words):
            after = [n for n in range(number + 1, len(lines)) if kinds[n] is None]
            kinds[number] = "boilerplate"
            report = any(lines[n].prose and not cue.search(lines[n].full) for n in after)
            for n in after:
                if not report or (cue.search(lines[n].full) and not lines[n].prose):
                    kinds[n] = "boilerplate"
    _last_headlines(lines, kinds, start)
    over = True  # no paragraph has been met yet, coming from the end
    for number in range(len(lines) - 1, start, -1):
        line = lines[number]
        if kinds[number] is not None:
            continue
        known = ending.fullmatch(line.words) or (line.full is not line.words and ending.fullmatch(line.full))
        if (
            (known and (over or not line.prose))
            or (line.links and not line.closed())
            or (over and not line.closed() and line.count <= SIGNATURE)
        ):
            kinds[number] = "boilerplate"
        else:
            over = False
    for number, kind in enumerate(kinds):
        kinds[number] = kind or "body"


def _last_headlines(lines: list[Line], kinds: list[str | None], start: int) -> None:
    """Headlines of other news listed under a report: a run of lines after its last paragraph none of which closes like a sentence."""
    last = next((n for n in range(len(lines) - 1, start - 1, -1) if kinds[n] is None and lines[n].closed() and lines[n].count >= 8), None)
    if last is None:
        return
    after = [n for n in range(last + 1, len(lines)) if kinds[n] is None]
    if len(after) >= HEADLINES and all(4 <= lines[n].count <= 30 and not lines[n].closed() for n in after):
        for number in after:
            kinds[number] = "boilerplate"


def _keep_something(lines: list[Line], kinds: list[str | None]) -> None:
    """A report that is all title (a headline, a post) has that for its body."""
    if sum(line.count for line, kind in zip(lines, kinds, strict=True) if kind == "body") >= SHORTEST_BODY:
        return
    for wanted in ("title", "byline"):
        for number, kind in enumerate(kinds):
            if kind == wanted and lines[number].count >= 3:
                kinds[number] = "body"
        if "body" in kinds:
            return


def _above_dateline(lines: list[Line], kinds: list[str | None], body: list[int], dated: int) -> None:
    """Lines between title and dateline that are no sentences are captions and labels."""
    for number in body:
        if number < dated and not lines[number].closed():
            kinds[number] = "header"


def _lead(line: Line, plain: str, layout: Layout, outlets: Outlets) -> list[Section]:
    """Date, title and agency run into the first paragraph, as texts saved without line ends have them."""
    found: list[Section] = []
    at = line.start
    title = _title_pattern(layout.title)
    for _ in range(4):
        if line.end - at < 60:
            break
        rest = plain[at : line.end]
        if found or at == line.start:
            match = _lead_date().match(rest)
            if match and not re.match(r"[a-z,]", rest[match.end() : match.end() + 1]):
                day = day_of(match.group())
                if day is not None and not rest[match.end() :].startswith("("):
                    layout.header.dates.append((None, day, -1))
                    found.append(Section(start=at, end=at + match.end(), kind="header"))
                    at += match.end()
                    continue
        if title is not None and (match := title.match(rest)) and not any(s.kind == "title" for s in found):
            found.append(Section(start=at, end=at + match.end(), kind="title"))
            at += match.end()
            continue
        if found and (match := _NAME.match(rest)):
            known = outlets.find(match.group())
            if known is not None and layout.lead_outlet is None:
                layout.lead_outlet = known.source.name
                end = match.end() + len(rest[match.end() :]) - len(rest[match.end() :].lstrip())
                found.append(Section(start=at, end=at + end, kind="header"))
                at += end
                continue
        break
    return found


@lru_cache(maxsize=1)
def _lead_date() -> re.Pattern[str]:
    before = r"(?:(?:date of publication|published|posted(?: on)?|last updated(?: at| on)?|updated|issued on)[: ]+)?"
    return re.compile(rf"{before}{PATTERN}(?: at \d{{3,4}})?\s*[-–—:,.|]?\s*", re.IGNORECASE)


def _title_pattern(title: str | None) -> re.Pattern[str] | None:
    """The title as it may stand at the head of the text: any punctuation between its words, its outlet's name left off."""
    if not title:
        return None
    head = re.split(r"\s[|_–—]\s", title)[0]
    words = re.findall(r"\w+", head)
    if not 4 <= len(words) <= 40:
        return None
    return re.compile(r"\W*" + r"\W+".join(map(re.escape, words)) + r"\b[\s.:!?\"')|-]*", re.IGNORECASE)


def _tail(line: Line, blanked: str, begin: int) -> int:
    """Where the last paragraph ends and the page's own words begin."""
    pattern, end = boilerplate("tail"), line.end
    for _ in range(3):
        match = pattern.search(blanked, max(begin, end - 500), end)
        if match is None or match.start() - begin < 40:
            break
        end = match.start()
        while end > begin and blanked[end - 1].isspace():
            end -= 1
    return end
