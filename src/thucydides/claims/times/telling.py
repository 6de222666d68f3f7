"""Whose time a date is: the happening's, the saying's, or the page's; and whether it is still to come."""

from __future__ import annotations

import re
from functools import cache

from thucydides.claims.phrasing import phrase_of
from thucydides.claims.times.vocabulary import any_word

EVENT, SAID, PUBLISHED = "event", "said", "published"
_LOOK_BACK = 80  # characters before a date in which its saying is sought
_CAPITAL_BEFORE = phrase_of("telling", "capital before")
_CAPITAL_AFTER = re.compile(r"(?:\s+\d{1,2}:?\d\d)?[\s)|:–—-]+[A-Z\"“]")
_NAMES = r"(?:(?!that\b)[\w'’.-]+\s+)"
_NAME = r"(?!that\b)[\w'’.-]+"
_ON = r"(?:,?\s+(?:late|early|earlier|later))?(?:\s+on)?(?:\s+the\s+(?:evening|morning|afternoon|night)\s+of)?\s*\Z"
_OPENING = phrase_of("telling", "opening")
_AHEAD = phrase_of("telling", "ahead")


@cache
def _said_before() -> re.Pattern[str]:
    """What leads to the day of a saying, up to that day."""
    says, paper, issued, speaker, site = (any_word(name) for name in ("saying", "paper", "issued", "speaker", "site"))
    ways = (
        # said on, said in a statement on, told by phone on; "was reported on" tells of the happening
        rf"(?<!was\s)(?<!were\s)(?<!been\s)\b(?:{says})"
        rf"(?:\s+by\s+(?:tele)?phone|\s+(?:in|at|on|via|through)\s+(?:(?:an?|its|his|her|their|the)\s+)?(?:\w+\s+){{0,4}}(?:{paper}|{site}))?",
        # told the agency on
        rf"\btold\s+{_NAMES}{{0,4}}{_NAME}",
        # …", said spokesman Ali Hassan on
        rf"[,\"”]\s*(?:said|reported|announced|added)\s+{_NAMES}{{0,6}}?{_NAME}",
        # said the army on, according to the ministry on
        rf"\b(?:said|according\s+to)\s+(?:the\s+|an?\s+)?(?:[\w'’-]+\s+){{0,2}}(?:{speaker})",
        # a statement on, a report published by the ministry on
        rf"\b(?:{paper})s?,?(?:\s+(?:that\s+was\s+)?(?:{issued}))?(?:\s+by\s+(?:[\w'’-]+\s+){{0,3}}[\w'’-]+)?(?:,?\s+(?:{issued}))?"
        # …, posted on the ministry's website on
        rf"(?:\s+on\s+(?:[\w'’-]+\s+){{0,5}}(?:{site}))?",
        # — U.S. Embassy (@USEmbassy) April 24, 2022; Name@name·May 15
        r"\(@\w+\)(?:\s*[·•|–—-])?|@\w+\s*[·•|]",
    )
    return re.compile(rf"(?:{'|'.join(ways)}){_ON}", re.IGNORECASE)


@cache
def _says_after() -> re.Pattern[str]:
    """ "On Tuesday" … "the army said": what follows the day that opens a sentence."""
    wording = rf",?\s+(?:(?!said\b)[\w'’.-]+\s+){{1,5}}?(?:{any_word('saying')})\b(?!\s+(?:dead|killed|wounded|captured))"
    return re.compile(wording, re.IGNORECASE)


@cache
def _page() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word('page')})(?:\s*:|\s+on|\s+at)?\s*\Z", re.IGNORECASE)


@cache
def _paper() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word('paper')})\b[^.;:]{{0,30}}\Z", re.IGNORECASE)


def heads(text: str, start: int, end: int) -> bool:
    """Whether a whole date in a report's first sentence is the page's: "rally Monitor AFP Friday 23 May 2014 Rebels bombarded …"."""
    return _CAPITAL_BEFORE.search(text[:start]) is not None and _CAPITAL_AFTER.match(text, end) is not None


def whose(text: str, start: int, end: int) -> str:
    """Whether a date tells of a happening, of its telling, or of the page."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _page().search(before) and not _paper().search(before):
        return PUBLISHED
    if _said_before().search(before) or (_OPENING.match(text[:start]) and _says_after().match(text, end)):
        return SAID
    return EVENT


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word('future')})\b(?P<between>[^.;:]*)\Z", re.IGNORECASE)


@cache
def _says() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word('saying')})\b", re.IGNORECASE)


def to_come(before: str, after: str) -> bool:
    """Whether what a date belongs to is still to come, by the words around it."""
    found = _future().search(before)
    if found is not None:
        return not _says().search(found["between"])
    return _AHEAD.match(after) is not None and not _says().search(after[:40])
