"""When? Date words in a sentence become first and last days, reckoned from the report's own day.

A weekday is the nearest such day at or before the report's day; "overnight" is the night into it; "the past three days" end with
it; "early" is the 1st to the 10th of a month, "mid" the 11th to the 20th, "late" and "end" from the 21st.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from thucydides.record import Basis, When

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_DAYS |= {"mon": 0, "tues": 1, "tue": 1, "wed": 2, "thurs": 3, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_NUMBERS = {
    w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
} | {"a": 1, "an": 1, "few": 3, "several": 3, "couple of": 2, "a few": 3, "a couple of": 2, "fourteen": 14, "fifteen": 15, "twenty": 20}

_M = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)\.?"
)
_D = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_Y = r"(?P<{0}>(?:19|20)\d\d)"
_W = r"(?P<{0}>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_N = (
    r"(?P<{0}>\d{{1,3}}|a few|few|several|a couple of|couple of|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|"
    r"fifteen|twenty)"
)
_U = r"(?P<{0}>minute|hour|day|night|week|weekend|fortnight|month|year|decade)s?"
_PART = (
    r"(?:(?P<part>early|mid|middle of|late|the end of|end of|end|the beginning of|beginning of|the start of|start of)[\s-]+(?:in\s+|"
    r"on\s+)?)?"
)
_TOD = r"(?:\s+(?P<tod>morning|afternoon|evening|night|dawn|noon|midnight))?"


def _m(pattern: str, *names: str) -> str:
    return pattern.format(*names)


_PATTERNS: list[tuple[str, str]] = [
    ("iso", r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"),
    ("dmy", r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)"),
    (
        "range_dm",
        r"(?:between |from )?"
        + _m(_D, "d1")
        + r"(?:\s+"
        + _m(_M, "m1")
        + r")?\s*(?:-|–|to|and|until|through)\s*"
        + _m(_D, "d2")
        + r"(?:\s+of)?\s+"
        + _m(_M, "m2")
        + r"(?:,?\s+"
        + _m(_Y, "y")
        + ")?",
    ),
    (
        "range_md",
        r"(?:between |from )?"
        + _m(_M, "m1")
        + r"\s+"
        + _m(_D, "d1")
        + r"\s*(?:-|–|to|and|until|through)\s*(?:"
        + _m(_M, "m2")
        + r"\s+)?"
        + _m(_D, "d2")
        + r"\b(?!\s*(?:people|civilians|killed))(?:,?\s+"
        + _m(_Y, "y")
        + ")?",
    ),
    ("dm", _m(_D, "d") + r"(?:\s+of)?\s+" + _m(_M, "m") + r"(?:[,،]?\s+" + _m(_Y, "y") + r"|\s+(?P<y2>\d\d)\b)?" + _TOD),
    ("md", _PART + _m(_M, "m") + r"\s+" + _m(_D, "d") + r"\b(?:,?\s+" + _m(_Y, "y") + ")?" + _TOD),
    ("years", r"(?:between |from )?" + _m(_Y, "y1") + r"\s*(?:-|–|to|and)\s*(?:" + _m(_Y, "y2") + r"|(?P<y3>\d\d))\b"),
    ("my", _PART + _m(_M, "m") + r"(?:\s+of)?,?\s+" + _m(_Y, "y")),
    ("m_last", _PART + _m(_M, "m") + r"\s+(?:of\s+)?(?P<which>last|this|that) year"),
    ("m", r"(?:(?P<last>last|this|next)\s+)?" + _PART + r"\b" + _m(_M, "m") + r"\b(?=\W|$)"),
    (
        "weekday",
        r"(?:(?P<last>last|this|next|this past|early|late|late on|early on|previous|the previous|the following)\s+)?"
        + _m(_W, "w")
        + r"(?:'s)?"
        + _TOD
        + r"(?P<previous> (?:before|last week|of last week))?",
    ),
    ("ago", _N.format("n") + r"(?:\s+or\s+\w+)?\s+" + _U.format("u") + r"\s+(?:ago|earlier|before|previously|prior)"),
    ("later", _N.format("n") + r"\s+" + _U.format("u") + r"\s+(?:later|after)"),
    ("recent", r"(?:over |in |during )?(?:the )?recent (?P<u>day|week|month|year)s"),
    ("this", r"(?:earlier |later |late |early )?(?P<which>this|last|next|the same|that) (?P<u>week|weekend|month|year)"),
    ("today", r"\b(?:earlier |late |early )?today\b|\bthis (?P<tod>morning|afternoon|evening)\b|\btonight\b"),
    ("yesterday", r"\b(?:late |early )?yesterday\b" + _TOD + r"|\blast night\b"),
    ("overnight", r"\bovernight\b|\bduring the night\b|\bat dawn\b(?! (?:on|yesterday|of|today|\w+day))"),
    ("sameday", r"\b(?:the |that )same (?:day|night|evening|morning|afternoon|time)\b|\bthat (?:day|night|evening|morning)\b"),
    ("dayafter", r"\bthe (?:next|following) (?:day|morning|night|evening)\b|\b[ao]n?e? day (?:after|later)\b|\bthe day after\b"),
    (
        "daybefore",
        r"\bthe (?:previous|preceding) (?:day|night|evening|morning)\b|\b(?:a|one|the) day (?:before|earlier)\b|\bthe night before\b",
    ),
    (
        "past",
        r"(?:over |in |during |for |within )?(?:the |these )?(?:last|past|previous|preceding|first)\s+(?:"
        + _N.format("n")
        + r"\s+)?"
        + _U.format("u"),
    ),
    (
        "year",
        r"\b(?:in|since|of|during|by|until|early|late|mid|after|before|end of)[\s-]+(?:"
        + r"(?P<half>early|mid|late|summer|spring|autumn|winter|the summer of|the spring of|the end of|late in|early in)[\s-]+)?"
        + _m(_Y, "y")
        + r"\b",
    ),
    ("bareyear", r"\b(?P<y>(?:19|20)\d\d)\b(?![-,]\d|-strong| (?:people|civilians|soldiers|dead|persons|fighters|troops|rebels))"),
]
_GROUP = re.compile(r"\(\?P<(\w+)>")


def _numbered(index: int, body: str) -> str:
    return f"(?P<k{index}>{_GROUP.sub(lambda group: f'(?P<{group.group(1)}_{index}>', body)})"


# One pass over a sentence tries every pattern at every place, the first listed first.
_ALL = re.compile("|".join(_numbered(i, body) for i, (_, body) in enumerate(_PATTERNS)), re.I)
_GROUPS = [sorted(set(_GROUP.findall(body))) for _, body in _PATTERNS]
_QUICK = re.compile(
    r"\d|day\b|days\b|night|week|month|year|hour|ago|earlier|later|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|dawn|yesterday|recent|"
    r"decade",
    re.I,
)
_BEFORE = re.compile(r"\b(since|until|till|before|by|after|from|up to)\s+(?:the\s+|at least\s+|early\s+on\s+)?\Z", re.I)
_NOT_MAY = re.compile(r"\b(?:in|of|on|since|until|last|this|early|late|mid|by|from|and|to|during|before|after)\s+\Z|\d\s+\Z", re.I)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression found: its span in the sentence and the days it allows, or how to reckon them from another event."""

    start: int
    end: int
    when: When | None
    shift_days: int | None = None  # reckoned from the event told before: 0 the same day, 1 the next


def find_dates(text: str, anchor: date | None) -> list[Dated]:
    """The date expressions of a sentence, left to right. Without an anchor, only full dates give days."""
    if not _QUICK.search(text):
        return []
    found = []
    for match in _ALL.finditer(text):
        index = _kind(match)
        name = _PATTERNS[index][0]
        groups = {g: match.group(f"{g}_{index}") for g in _GROUPS[index]}
        start, end = match.span()
        if (
            name == "m"
            and (groups["m"] or "").lower() in ("may", "mar", "march")
            and not (
                (groups["m"] or " ")[0].isupper()
                and (_NOT_MAY.search(text[max(0, start - 12) : start]) or groups["last"] or groups["part"])
            )
        ):
            continue
        if name == "m" and not (groups["m"] or " ")[0].isupper() and text != text.lower():
            continue
        try:
            reckoned = _RECKON[name](groups, anchor, match.group().lower())
        except (ValueError, OverflowError):  # "31 June", "year 0": no such day
            continue
        if reckoned is None:
            continue
        if isinstance(reckoned, int):
            found.append(Dated(start, end, None, reckoned))
            continue
        first, last, basis = reckoned
        lead = _BEFORE.search(text[max(0, start - 20) : start])
        if lead and first is not None:
            word = lead.group(1).lower()
            if word in ("since", "from") and name not in ("range_dm", "range_md", "years"):
                last = None
            elif word in ("until", "till", "up to", "before") or (word == "by" and first != last):
                first, last = None, last
        tod = groups.get("tod") or ("night" if name == "overnight" else None)
        found.append(
            Dated(start, end, When(start=first, end=last, basis=basis, words=match.group(), time_of_day=tod.lower() if tod else None))
        )
    return _joined(found, text)


_AND = re.compile(r"\s*(?:and|to|until|through|-|–)\s*(?:on\s+|in\s+|late\s+|early\s+)?\Z", re.I)
_JOINED_DAYS = 100


def _joined(found: list[Dated], text: str) -> list[Dated]:
    """Two dates side by side as one span: "in November and December last year", "on Saturday and Sunday"."""
    kept: list[Dated] = []
    for dated in found:
        before = kept[-1] if kept else None
        if before is not None and before.when is not None and dated.when is not None and _AND.match(text[before.end : dated.start]):
            first, last = before.when.start, dated.when.end
            if first is not None and last is not None and 0 < (last - first).days <= _JOINED_DAYS:
                when = replace(before.when, end=last, words=text[before.start : dated.end])
                kept[-1] = Dated(before.start, dated.end, when)
                continue
        kept.append(dated)
    return kept


def _kind(match: re.Match[str]) -> int:
    for i in range(len(_PATTERNS)):
        if match.group(f"k{i}") is not None:
            return i
    raise AssertionError("an alternative matched")


Reckoned = tuple[date | None, date | None, Basis] | int | None
Groups = dict[str, str | None]


def _number(text: str | None) -> int:
    if not text:
        return 1
    return int(text) if text.isdigit() else _NUMBERS.get(text.lower(), 1)


def month_span(year: int, month: int, part: str | None = None) -> tuple[date, date]:
    """First and last day of a month or of its early, middle or late part."""
    last = calendar.monthrange(year, month)[1]
    part = (part or "").lower()
    if part.startswith(("early", "the beginning", "beginning", "the start", "start")):
        return date(year, month, 1), date(year, month, 10)
    if part.startswith("mid"):
        return date(year, month, 11), date(year, month, 20)
    if part:
        return date(year, month, 21), date(year, month, last)
    return date(year, month, 1), date(year, month, last)


def _year_for(month: int, day: int, anchor: date) -> int:
    """The year that puts a day without one nearest, not more than a month after the anchor."""
    year = anchor.year
    day = min(day, calendar.monthrange(year, month)[1])
    return year - 1 if date(year, month, day) > anchor + timedelta(days=31) else year


def _one(day: date, basis: Basis) -> Reckoned:
    return day, day, basis


def _iso(g: Groups, anchor: date | None, words: str) -> Reckoned:
    return _one(date(int(g["y"] or 0), int(g["m"] or 0), int(g["d"] or 0)), Basis.STATED)


def _month(text: str | None) -> int:
    return _MONTHS[(text or "").lower().rstrip(".")[:4] if (text or "").lower().startswith("sept") else (text or "").lower()[:3]]


def _day_month(g: Groups, anchor: date | None, words: str) -> Reckoned:
    month, day = _month(g["m"]), int(g["d"] or 0)
    if g.get("y2"):
        year = 1900 + int(g["y2"] or 0) if int(g["y2"] or 0) > 50 else 2000 + int(g["y2"] or 0)
    elif g["y"]:
        year = int(g["y"])
    elif anchor:
        year = _year_for(month, day, anchor)
    else:
        return None
    return _one(date(year, month, day), Basis.STATED)


def _range(g: Groups, anchor: date | None, words: str) -> Reckoned:
    one, other = g["m1"] or g["m2"], g["m2"] or g["m1"]
    if not g["y"] and anchor is None:
        return None
    last_month = _month(other)
    year = int(g["y"]) if g["y"] else _year_for(last_month, int(g["d2"] or 0), anchor or date.today())
    first, last = date(year, _month(one), int(g["d1"] or 0)), date(year, last_month, int(g["d2"] or 0))
    if first > last:
        first = first.replace(year=year - 1)
    return first, last, Basis.STATED


def _years(g: Groups, anchor: date | None, words: str) -> Reckoned:
    first = int(g["y1"] or 0)
    last = int(g["y2"]) if g["y2"] else first // 100 * 100 + int(g["y3"] or 0)
    if not first <= last <= first + 60:
        return None
    return date(first, 1, 1), date(last, 12, 31), Basis.STATED


def _month_year(g: Groups, anchor: date | None, words: str) -> Reckoned:
    return *month_span(int(g["y"] or 0), _month(g["m"]), g["part"]), Basis.STATED


def _month_of(g: Groups, anchor: date | None, words: str) -> Reckoned:
    if anchor is None:
        return None
    year = anchor.year - (g["which"] or "").lower().startswith("last")
    return *month_span(year, _month(g["m"]), g["part"]), Basis.RELATIVE


def _bare_month(g: Groups, anchor: date | None, words: str) -> Reckoned:
    if anchor is None:
        return None
    month = _month(g["m"])
    year = anchor.year - (month > anchor.month)
    if (g["last"] or "").lower() == "next":
        year = anchor.year + (month <= anchor.month)
    first, last = month_span(year, month, g["part"])
    return first, min(last, anchor) if first <= anchor else last, Basis.RELATIVE


def _weekday(g: Groups, anchor: date | None, words: str) -> Reckoned:
    if anchor is None:
        return None
    back = (anchor.weekday() - _DAYS[(g["w"] or "").lower()]) % 7
    lead = (g["last"] or "").lower()
    if lead == "next":
        return _one(anchor + timedelta(days=7 - back if back else 7), Basis.RELATIVE)
    if (back == 0 and lead == "last") or (g["previous"] and "last week" in words and back < anchor.weekday() + 1):
        back += 7
    return _one(anchor - timedelta(days=back), Basis.RELATIVE)


_UNIT_DAYS = {
    "minute": 0,
    "hour": 0,
    "day": 1,
    "night": 1,
    "week": 7,
    "weekend": 7,
    "fortnight": 14,
    "month": 30,
    "year": 365,
    "decade": 3650,
}


def _ago(g: Groups, anchor: date | None, words: str) -> Reckoned:
    unit, count = (g["u"] or "").lower(), _number(g["n"])
    if words.endswith(("earlier", "before", "previously")) and unit == "day":
        return -count
    if anchor is None:
        return None
    if unit in ("minute", "hour"):
        return _one(anchor - timedelta(days=1 if unit == "hour" and count >= 24 else 0), Basis.RELATIVE)
    middle = anchor - timedelta(days=_UNIT_DAYS[unit] * count)
    if unit == "day" and not words.startswith(("a few", "few", "several")):
        return _one(middle, Basis.RELATIVE)
    if unit == "year":
        return date(middle.year, 1, 1), date(middle.year, 12, 31), Basis.RELATIVE
    slack = {"day": 2, "night": 0, "week": 3, "weekend": 1, "fortnight": 4, "month": 15, "decade": 400}.get(unit, 0)
    return middle - timedelta(days=slack), middle + timedelta(days=slack), Basis.RELATIVE


def _later(g: Groups, anchor: date | None, words: str) -> Reckoned:
    unit = (g["u"] or "").lower()
    return _number(g["n"]) * _UNIT_DAYS[unit] if unit in ("day", "hour", "night") else None


def _past(g: Groups, anchor: date | None, words: str) -> Reckoned:
    unit = (g["u"] or "").lower()
    if anchor is None or unit == "minute":
        return None
    if (
        unit in ("week", "month", "year", "weekend")
        and g["n"] is None
        and " last " in f" {words}"
        and not words.startswith(("over", "during", "within", "in the"))
    ):
        return _calendar("last", unit, anchor)
    days = (max(1, round(_number(g["n"]) / 24)) if unit == "hour" else _number(g["n"]) * _UNIT_DAYS[unit]) if g["n"] or unit != "day" else 3
    return anchor - timedelta(days=days), anchor, Basis.RELATIVE


def _recent(g: Groups, anchor: date | None, words: str) -> Reckoned:
    if anchor is None:
        return None
    return anchor - timedelta(days={"day": 3, "week": 21, "month": 90, "year": 1095}[(g["u"] or "").lower()]), anchor, Basis.RELATIVE


def _calendar(which: str, unit: str, anchor: date) -> Reckoned:
    back = which == "last"
    if unit in ("week", "weekend"):
        monday = anchor - timedelta(days=anchor.weekday() + 7 * back)
        if unit == "weekend":
            saturday = monday + timedelta(days=5)
            return saturday, saturday + timedelta(days=1), Basis.RELATIVE
        return monday, monday + timedelta(days=6) if back else anchor, Basis.RELATIVE
    if unit == "month":
        year, month = (anchor.year, anchor.month) if not back else (anchor.year - (anchor.month == 1), (anchor.month - 2) % 12 + 1)
        first, last = month_span(year, month)
        return first, last if back else anchor, Basis.RELATIVE
    year = anchor.year - back
    return date(year, 1, 1), date(year, 12, 31) if back else anchor, Basis.RELATIVE


def _this(g: Groups, anchor: date | None, words: str) -> Reckoned:
    which, unit = (g["which"] or "").lower(), (g["u"] or "").lower()
    if anchor is None or which in ("next", "the same", "that"):
        return None
    reckoned = _calendar(which, unit, anchor)
    if words.startswith("earlier") and isinstance(reckoned, tuple) and reckoned[0] and reckoned[0] < anchor:
        return reckoned[0], anchor - timedelta(days=1), Basis.RELATIVE
    return reckoned


def _today(g: Groups, anchor: date | None, words: str) -> Reckoned:
    return _one(anchor, Basis.RELATIVE) if anchor else None


def _yesterday(g: Groups, anchor: date | None, words: str) -> Reckoned:
    return _one(anchor - timedelta(days=1), Basis.RELATIVE) if anchor else None


def _overnight(g: Groups, anchor: date | None, words: str) -> Reckoned:
    if anchor is None:
        return None
    if "dawn" in words:
        return _one(anchor, Basis.RELATIVE)
    return anchor - timedelta(days=1), anchor, Basis.RELATIVE


def _year(g: Groups, anchor: date | None, words: str) -> Reckoned:
    year = int(g["y"] or 0)
    half = (g["half"] or words.split()[0]).lower()
    first, last = date(year, 1, 1), date(year, 12, 31)
    if words.startswith("since"):
        return first, None, Basis.STATED
    if words.startswith(("until", "before", "by ")):
        return None, first if words.startswith("before") else last, Basis.STATED
    for season, (a, b) in {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "mid": (5, 8)}.items():
        if season in half:
            return date(year, a, 1), month_span(year, b)[1], Basis.STATED
    if "early" in half:
        last = date(year, 4, 30)
    elif "late" in half or "end" in half:
        first = date(year, 9, 1)
    return first, last, Basis.STATED


def _bare_year(g: Groups, anchor: date | None, words: str) -> Reckoned:
    year = int(g["y"] or 0)
    if anchor and year > anchor.year:
        return None
    return date(year, 1, 1), date(year, 12, 31), Basis.STATED


_RECKON: dict[str, Callable[[Groups, date | None, str], Reckoned]] = {
    "iso": _iso,
    "dmy": _iso,
    "range_dm": _range,
    "range_md": _range,
    "dm": _day_month,
    "md": _day_month,
    "years": _years,
    "my": _month_year,
    "m_last": _month_of,
    "m": _bare_month,
    "weekday": _weekday,
    "ago": _ago,
    "later": _later,
    "past": _past,
    "recent": _recent,
    "this": _this,
    "today": _today,
    "yesterday": _yesterday,
    "overnight": _overnight,
    "sameday": lambda g, a, w: 0,
    "dayafter": lambda g, a, w: 1,
    "daybefore": lambda g, a, w: -1,
    "year": _year,
    "bareyear": _bare_year,
}
