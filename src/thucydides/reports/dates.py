"""Written-out dates, as headers, datelines and metadata give them: "3 November 2017", "Jun 062016", "12 JAN 90", ISO, 03/11/2017.

Only whole dates count: a day without a year is no date here. Numbers alone are read day first unless that is impossible or month first is
asked for; where either could be, the date says so (``unsure``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from thucydides.reports.phrasing import phrase_of

MONTHS = {name: number for number, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
     "sep sept september", "oct october", "nov november", "dec december"), start=1) for name in names.split()}  # fmt: skip
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    "|dec(?:ember)?)"
)
_DAY = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[,.،]? *)?"
_FORMS = (
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]*(?P<m1>{_MONTH})\b[.,،]*[ -]*(?P<y1>\d{{4}})(?!\d)",
    rf"(?P<m2>{_MONTH})\b\.? *(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[,،]? ?(?:at \d{{1,2}}:\d\d ?(?:am|pm)?,? )?(?P<y2>\d{{4}})(?!\d)",
    r"(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?!\d)(?:t\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?",
    r"(?P<d4>\d{1,2})[-/.](?P<m4>\d{1,2})[-/.](?P<y4>\d{4})(?!\d)",
)
PATTERN = rf"(?<![\w/.-]){_DAY}(?:{'|'.join(_FORMS)})"
BARE = re.sub(r"\?P<\w+>", "?:", PATTERN)
_SHORT_YEAR = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}) +(?P<m>{_MONTH})\.? +'?(?P<y>\d\d)(?!\d)", re.IGNORECASE)
_NO_YEAR = re.compile(
    rf"(?<!\w)(?:(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})|(?P<d_>\d{{1,2}}) (?P<m_>{_MONTH})\.?)(?![\w,]* ?\d{{4}})", re.IGNORECASE
)
_URL = re.compile(r"(?:/|-(?=\d{4}-\d\d-\d\d/?$))(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=\D|$)")
_URL_WORD = re.compile(rf"/(?P<y>(?:19|20)\d\d)/(?P<d>\d{{1,2}})-(?P<m>{_MONTH})(?=[-/]|$)", re.IGNORECASE)
_POST = phrase_of("dates", "post")
_POSTS_SINCE_MS = 1_288_834_974_657  # the ids of posts on Twitter count milliseconds from here, above 22 bits of other numbers


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found: its span, its day, and whether day and month could be the other way round."""

    start: int
    end: int
    day: date
    unsure: bool = False


def find_dates(words: str, *, month_first: bool = False) -> Iterator[Dated]:
    """The whole dates of a stretch of text, in order; impossible ones are passed over."""
    for match in _whole().finditer(words):
        parts = {name[0]: value for name, value in match.groupdict().items() if value is not None}
        month, unsure = parts["m"], False
        day, number = int(parts["d"]), MONTHS.get(month.lower().rstrip("."), 0) or int(month)
        if match["d4"] is not None:
            unsure = day <= 12 and number <= 12 and day != number
            if number > 12 >= day or (unsure and month_first):
                day, number = number, day
        found = _day(int(parts["y"]), number, day)
        if found is not None:
            yield Dated(match.start(), match.end(), found, unsure)


@lru_cache(maxsize=1)
def _whole() -> re.Pattern[str]:
    return re.compile(PATTERN, re.IGNORECASE)


def day_of(words: str, *, month_first: bool = False) -> Dated | None:
    """The first date in some words, also "12 JAN 90" and compact ISO (20171103)."""
    first = next(find_dates(words, month_first=month_first), None)
    if first is not None:
        return first
    if short := _SHORT_YEAR.search(words):
        year = int(short["y"])
        found = _day(year + (1900 if year >= 50 else 2000), MONTHS[short["m"].lower()], int(short["d"]))
        return None if found is None else Dated(short.start(), short.end(), found)
    if re.fullmatch(r"(?:19|20)\d{6}", words.strip()):
        found = _day(int(words.strip()[:4]), int(words.strip()[4:6]), int(words.strip()[6:]))
        return None if found is None else Dated(0, len(words), found)
    return None


def day_in_year(words: str, year: int) -> date | None:
    """ "Jan 22" in a year known from elsewhere."""
    match = _NO_YEAR.search(words)
    if match is None:
        return None
    return _day(year, MONTHS[(match["m"] or match["m_"]).lower()], int(match["d"] or match["d_"]))


def day_of_address(url: str) -> date | None:
    """The date that an address tells: /2017/11/03/, a last "-2023-06-20", /2021/24-november-…, or the id of a post on Twitter (UTC)."""
    if match := _URL.search(url):
        return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _URL_WORD.search(url):
        return _day(int(match["y"]), MONTHS[match["m"].lower()], int(match["d"]))
    if match := _POST.search(url):
        return datetime.fromtimestamp(((int(match["id"]) >> 22) + _POSTS_SINCE_MS) / 1000, UTC).date()
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if not (1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    try:
        return date(year, month, day)
    except ValueError:  # 31 June and its like: no date, so nothing is known
        return None
