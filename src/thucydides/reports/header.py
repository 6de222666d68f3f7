"""What stands above the paragraphs: title, byline, dates, section lines, and the dateline that opens the first of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from thucydides.lexicon import fold
from thucydides.reports.dates import BARE, Dated, day_of
from thucydides.reports.lines import Line, lines_of
from thucydides.reports.phrasing import phrase_of
from thucydides.reports.tables import table

_CAPITALS = r"[A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]*){0,4}"
_CAPITALISED = r"[A-Z][\w.'-]+(?: (?:[A-Z][\w.'-]*|of|the|and|al|el|de|la)){0,4}"
_DASH = r"(?:\s*(?:--|[-–—]+)\s*)"
_DAY_MONTH = r"\d{1,2}\s+[A-Za-z]{3,9}\.?(?:\s+'?\d{2,4})?"
_MONTH_DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?"
_BRACKETS = re.compile(r"\s*\[(?:[^\[\]\n]|\n(?!\s*\n)){2,120}\]")
# How a first paragraph opens, by the parts that are told. Each names a place and, where they can be told, a day and an agency.
_DATELINES = {
    # SAN SALVADOR, 12 JAN 90 (ACAN-EFE) -- · WASHINGTON, Jan 22 (Reuters) - · QAMISHLI, Syria (North Press) –
    "agency": rf"(?P<place>{_CAPITALISED}(?: ?\([A-Z][\w .'-]{{1,30}}\))?(?:, ?{_CAPITALISED})??)"
    rf"(?:\s*,\s*(?P<day>{_DAY_MONTH}|{_MONTH_DAY}))?"
    r"\s*\((?P<agency>[A-Z][^()\n]{1,45}?)\)\s*\.?(?:--|[-–—:])+\s*",
    # BEIRUT (AP) Syrian jets … : the dash was lost
    "wire": rf"(?P<place>{_CAPITALS}(?:, ?{_CAPITALISED})??)\s*\((?P<agency>[A-Z][A-Za-z]{{1,14}}(?: [A-Z][a-z]+)?)\)\s+(?=[A-Z\"'])",
    # BOGOTA, 23 JAN 89 -- · BAGHDAD/MOSUL, Iraq, May 12 -
    "day": rf"(?P<place>{_CAPITALS}(?:/{_CAPITALS})?(?: ?\([A-Z .'-]{{2,30}}\))?(?:, ?{_CAPITALISED})??)"
    rf"\s*,\s*(?P<day>{_DAY_MONTH}|{_MONTH_DAY}){_DASH}",
    # (July 5, 2022 / JNS)
    "bracketed": rf"(?P<place>)\((?P<day>{_MONTH_DAY}|{_DAY_MONTH})\s*[/|–—-]\s*(?P<agency>[A-Z][^()\n]{{1,45}}?)\)\s*",
    # December 20, 2021 (KHARTOUM) –
    "day first": rf"(?P<day>[A-Z][a-z]{{2,8}}\.? \d{{1,2}},? \d{{4}})\s*\((?P<place>[A-Z][^()\n\d]{{2,40}})\){_DASH}",
    # Damascus, SANA-
    "agency after comma": r"(?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}) ?, ?(?P<agency>[A-Z][A-Z]{1,9}) ?(?:--|[-–—])\s*(?=\S)",
    # TAMPA, Fla. – · BAGHDAD -
    "capitals": rf"(?P<place>{_CAPITALS}(?:, ?[A-Z][\w.]+(?: [A-Z][\w.]+)?)?)(?:\s+(?:--|[-–—])\s*|--\s*|:\s+(?=[A-Z\"'])|[–—]\s*)",
    # Addis Abeba –
    "dash": r"(?P<place>[A-Z][a-z][\w'-]+(?:[ -][A-Z][\w'-]+){0,2}(?:, ?[A-Z][\w.]+)?)\s*[–—]\s+(?=[A-Z\"'])",
    # Al-Hasakah province:
    "area": r"(?P<place>[A-Z][\w'-]+(?:[ -][A-Z]?[\w'-]+){0,3}? (?:province|governorate|countryside|city|district)) ?: (?=\S)",
}
# mumbai: (a report in small letters)
_SMALL_DATELINE = r"(?P<place>[a-z][a-z'-]{2,20}(?: [a-z'-]{2,20}){0,2})(?:, [a-z]+ \d{1,2})? ?: ?(?=[a-z\"'])"
_BEFORE_DAY = phrase_of("header", "before day")
_LOWER = phrase_of("header", "lower")
SHORTEST_PLACE = 4  # letters: "UN - " opens a list, not a report


@dataclass(slots=True)
class Header:
    """What the header lines gave, gathered line by line."""

    byline: str | None = None
    topics: list[str] = field(default_factory=list)
    dates: list[tuple[str | None, Dated, int]] = field(default_factory=list)  # the outlet named beside it, the date, its line
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a first paragraph: where and when it was written, and for whom. ``end`` is where the paragraph proper begins."""

    end: int
    place: str
    day: str
    agency: str


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"].replace("{date}", BARE), re.IGNORECASE)) for row in table("header.tsv"))


def take_header_line(line: Line, header: Header, number: int) -> str | None:
    """The kind of section a line is, if it belongs to a header; what it says goes into ``header``."""
    if line.count > 30 or not line.words:
        return None
    for kind, pattern in _patterns():
        match = pattern.match(line.words)
        if match is None:
            continue
        named = match.groupdict().get("name")
        if kind == "byline":
            header.byline = header.byline or (named or "").strip(" ,.-")
            return "byline"
        if kind in ("dated", "outlet_dated"):
            day = day_of(line.words)
            if day is None or (kind == "outlet_dated" and named and len(named.split()) > 6) or _tells(line.words, named):
                continue
            header.dates.append((named.strip(" ,-") if named else None, day, number))
        elif kind == "topic":
            header.topics.append(f"{match['key']}: {(named or '').replace(' ,', ',')}")
        elif kind == "publisher":
            header.publisher = header.publisher or (named or "").strip()
        return "header"
    return None


def is_header_line(words: str) -> bool:
    """Whether a line reads like one of a header: a byline, a date, an outlet and a date."""
    return any(take_header_line(line, Header(), 0) is not None for line in lines_of(words, words))


def _tells(words: str, named: str | None) -> bool:
    """Whether a line with a date is a sentence and no header: "Rebels shelled Homs on 4 May 2014." """
    if named and _BEFORE_DAY.search(named):
        return True
    if not words.endswith((".", "!", "?")):
        return False
    if named:
        return _LOWER.search(named) is not None
    starts = _whole_date().match(words)
    return starts is not None and len(_LOWER.findall(words, starts.end())) > 1


@lru_cache(maxsize=1)
def _whole_date() -> re.Pattern[str]:
    return re.compile(BARE, re.IGNORECASE)


def dateline_of(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph opens with, editors' brackets after it included. Takes plain text with its brackets."""
    opening = paragraph[:400]
    for form, pattern in _datelines(any(map(str.isupper, opening))):
        match = pattern.match(opening)
        if match is None or len(match["place"].split()) > 6 or (form in ("capitals", "wire") and len(match["place"]) < SHORTEST_PLACE):
            continue
        told = match.groupdict()
        day, agency, end = told.get("day") or "", told.get("agency") or "", match.end()
        if day or agency:
            while bracket := _BRACKETS.match(paragraph, end):
                end = bracket.end()
        while end < len(paragraph) and paragraph[end].isspace():
            end += 1
        return Dateline(end, _place(match["place"]), day, agency) if end < len(paragraph) else None
    return None


@lru_cache(maxsize=2)
def _datelines(has_capitals: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    forms = _DATELINES if has_capitals else {"small": _SMALL_DATELINE}
    return tuple((form, re.compile(pattern)) for form, pattern in forms.items())


def _place(told: str) -> str:
    """A dateline's place without shouting: "SAN JOSE (COSTA RICA)" is "San Jose (Costa Rica)"."""
    told = " ".join(told.split()).rstrip(" ,")
    return told.title().replace("'S", "'s") if told.isupper() or told.islower() else re.sub(r"[A-Z]{4,}", lambda m: m[0].title(), told)


def published_day(header: Header, origins: tuple[str, ...], publisher: str | None) -> tuple[date, bool] | None:
    """The publisher's own day among the header's dates: beside its name, else beside nobody's, else the first that no origin claims."""
    if not header.dates:
        return None
    foreign = {fold(name) for name in origins}
    if header.byline:
        foreign.add(fold(header.byline))

    def rank(item: tuple[str | None, Dated, int]) -> tuple[int, int]:
        name, _, number = item
        if name and publisher and fold(name) == fold(publisher):
            return 0, number
        if name and fold(name) in foreign:
            return 3, number
        return (2 if name else 1), number

    best = min(header.dates, key=rank)
    return best[1].day, best[1].unsure
