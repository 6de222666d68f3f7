"""How many killed, wounded, captured: counts are read by pattern, which survives broken syntax better than the parse.

Vague counts are numbers by rule: "several" and "some" 3, "dozens" 24, "scores" 40, "hundreds" 200, "thousands" 2000; "at least"
and "more than" leave the high end open, "up to" the low end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from thucydides.record import Toll

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = dict(zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True))
_VAGUE = {
    "several": 3,
    "some": 3,
    "a number of": 3,
    "a few": 3,
    "few": 3,
    "many": 3,
    "a couple of": 2,
    "couple of": 2,
    "a dozen": 12,
    "dozens": 24,
    "dozens of": 24,
    "tens of": 24,
    "scores": 40,
    "scores of": 40,
    "hundreds": 200,
    "hundreds of": 200,
    "thousands": 2000,
    "thousands of": 2000,
    "tens of thousands": 20000,
    "tens of thousands of": 20000,
    "hundreds of thousands": 200000,
    "hundreds of thousands of": 200000,
    "others": 2,
    "unknown number of": 2,
    "an unknown number of": 2,
}
_WORDS = {w: n for n, w in enumerate(_ONES)} | _TENS
_WORDS |= {f"{o} hundred": 100 * k for k, o in enumerate(_ONES[1:10], 1)} | {
    f"{o} thousand": 1000 * k for k, o in enumerate(_ONES[1:13], 1)
}
_WORDS |= {f"{t}-{o}": n + k for t, n in _TENS.items() for k, o in enumerate(_ONES[1:10], 1)}
_WORDS |= {f"{t} {o}": n + k for t, n in _TENS.items() for k, o in enumerate(_ONES[1:10], 1)}

_BOUND = (
    r"(?P<bound{0}>at least|more than|no fewer than|no less than|not less than|over|upwards of|as many as|up to|nearly|almost|about|around|some|an estimated|"
    r"approximately|roughly|well over|all|all of|both|the|its|fewer than|less than|at most|an additional|another|a further|a total of)?"
)
_NUMBER = (
    r"(?P<number{0}>\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?: \d{{3}})\b|\d+(?:\.\d+)? (?:million|thousand)|\d{{1,7}}|"
    + "|".join(sorted((re.escape(v) for v in [*_VAGUE, *_WORDS]), key=len, reverse=True))
    + r"|an?\b)"
)
_RANGE = r"(?:\s*(?:-|–|to|or)\s*(?P<upper{0}>\d{{1,6}}|" + "|".join(_ONES[1:]) + r"))?"
_FILL = r"(?:[\s,]+(?!killed|wounded|injured|dead|died|martyred|and\b\s+\d)[^\s\d.;:,]+){{0,{n}}}?"
_GAP = r"(?:[\s,]+(?!killed|wounded|injured|dead|died|martyred)[^\s\d.;:]+){{0,{n}}}?"
_WERE = r"(?:\s+(?:who\s+)?(?:were|was|are|is|have|has|had|been|be|being|reportedly|also|confirmed|allegedly|all|later|left|lay|got|brutally|instantly|believed)){0,4}"
_KILLED = r"(?:killed|dead|died|martyred|slain|murdered|massacred|executed|assassinated|perished|beheaded|gunned down|shot dead|shot and killed|hacked to death|stabbed to death|burned to death|burnt to death|lost their lives|lost his life|lost her life|lynched|fatalities|deaths|fatally)"
_WOUNDED = r"(?:wounded|injured|hurt|maimed|injuries|casualties wounded|sustained (?:\w+ )?(?:injuries|wounds)|suffered (?:\w+ )?(?:injuries|wounds|burns|from suffocation)|hospitali[sz]ed)"
_KILLING = r"(?:kill(?:ed|ing|s)?|martyr(?:ed|ing)|claim(?:ed|ing|s)?(?: the)? (?:lives?|life) of|murder(?:ed|ing)|execut(?:ed|ing)|massacr(?:ed|ing)|assassinat(?:ed|ing)|behead(?:ed|ing)|the deaths? of|(?:death|killing|murder|martyrdom|assassination|execution)s? of|eliminat(?:ed|ing)|shot dead|shooting dead|gunn(?:ed|ing) down|slaughter(?:ed|ing)|slew|slain|lynch(?:ed|ing)|hack(?:ed|ing) to death|claim(?:ed|ing|s)?)"
_WOUNDING = r"(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es?)|hurt(?:ing)?|injury (?:of|to)|injuries (?:of|to)|wounding of|maim(?:ed|ing))"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I)


def _count(n: int) -> str:
    return _BOUND.format(n) + r"\s*\b" + _NUMBER.format(n) + _RANGE.format(n)


_KILLED_PATTERNS = (
    _pattern(r"\bleft\s+" + _count(1) + r"(?P<who1>" + _GAP.format(n=14) + r")\s+(?:dead|killed)\b"),
    _pattern(
        r"\b(?:death toll|toll)\b[^.;]{0,60}?\b(?:to|at|of|reached|reach|is|was|stood at|stands at)\s+"
        + _count(1)
        + r"\b(?P<who1>)(?!\s*(?:january|february|march|april|may|june|july|august|september|october|november|december))"
    ),
    _pattern(r"\b" + _count(1) + r"\s+(?:confirmed\s+)?(?P<who1>)(?:dead|killed|deaths|fatalities|dead bodies|bodies)\b"),
    _pattern(
        r"\b"
        + _KILLING
        + r"[\s,]+(?:and (?:wound|injur)(?:ed|ing)[\s,]+)?(?:of\s+)?(?:him|her)?"
        + _count(1)
        + r"(?P<who1>"
        + _FILL.format(n=6)
        + r"\s+[^\s\d.;:,]+|\b)"
    ),
    _pattern(r"\b" + _count(1) + r"(?P<who1>" + _GAP.format(n=12) + r")" + _WERE + r"\s+" + _KILLED + r"\b"),
)
_WOUNDED_PATTERNS = (
    _pattern(r"\b" + _WOUNDING + r"[\s,]+(?:of\s+)?" + _count(1) + r"(?P<who1>" + _FILL.format(n=6) + r"\s+[^\s\d.;:,]+|\b)"),
    _pattern(r"\bleft\s+(?:[^.;]{0,60}?\band\s+)?" + _count(1) + r"(?P<who1>" + _GAP.format(n=5) + r")\s+(?:wounded|injured|hurt)\b"),
    _pattern(
        r"\b"
        + _count(1)
        + r"(?P<who1>"
        + _GAP.format(n=10)
        + r")"
        + _WERE
        + r"\s+(?:(?:seriously|slightly|critically|lightly|badly|severely)\s+)?"
        + _WOUNDED
        + r"\b"
    ),
)
_BOTH = _pattern(r"\b" + _count(1) + r"(?P<who1>" + _FILL.format(n=8) + r")" + _WERE + r"\s+killed (?:and|or) (?:wounded|injured)\b")
_CAPTURED = (
    _pattern(
        r"\b(?:captur(?:ed|ing)|arrest(?:ed|ing)|detain(?:ed|ing)|abduct(?:ed|ing)|kidnapp(?:ed|ing)|round(?:ed|ing) up|tak(?:ing|en|e) prisoner)\s+"
        + _count(1)
        + r"(?P<who1>"
        + _FILL.format(n=5)
        + r"\s+[^\s\d.;:,]+|\b)"
    ),
    _pattern(
        r"\b"
        + _count(1)
        + r"(?P<who1>"
        + _FILL.format(n=6)
        + r")"
        + _WERE
        + r"\s+(?:captured|arrested|detained|abducted|kidnapped|taken prisoner|taken hostage)\b"
    ),
)
_NONE = _pattern(
    r"\b(?:no (?:casualties|injuries|deaths|fatalities|one was (?:hurt|injured|killed)|hits)|without casualties|nobody was (?:hurt|injured|killed)|no reports? of (?:casualties|injuries))"
)
_DISPLACED = (
    _pattern(
        r"\b"
        + _count(1)
        + r"(?P<who1>"
        + _GAP.format(n=6)
        + r")"
        + _WERE
        + r"\s+(?:internally\s+)?(?:displaced|forced to (?:flee|leave)|fled|uprooted|homeless)\b"
    ),
    _pattern(
        r"\b(?:displac(?:ed|ing)|forc(?:ed|ing)|uproot(?:ed|ing))\s+"
        + _count(1)
        + r"(?P<who1>"
        + _FILL.format(n=5)
        + r"\s+[^\s\d.;:,]+|\b)"
    ),
)
_QUICK = re.compile(
    r"kill|dead|die|death|martyr|slain|murder|massacr|execut|assassin|perish|behead|gunned|wound|injur|hurt|lives|life|toll|casualt|fatal|captur|arrest|detain|abduct|kidnap|displac|fled|flee|hospitali|suffer|sustain|lynch|hack|stab|eliminat|shot|bod(?:y|ies)",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:years?|months?|days?|weeks?|hours?|minutes?|percent|per cent|km|kilomet\w+|miles?|metres?|meters?|times?|am|pm|villages?|towns?|rockets?|missiles?|shells?|bombs?|strikes?|airstrikes?|raids?|attacks?|houses?|homes?|vehicles?|tanks?|cars?|buildings?|aged|grams?|clashes|war|conflict|report|statement|group|spokesman|man named|weapons?|barrels?|warplanes?|helicopters?|drones?|bomber|bus|blast|explosion|strike|attack|suicide|bomb|car|drone|raid|airstrike|missile|rocket|shell|result|gun|large|massive|series)\b",
    re.I,
)
_PERSONS = re.compile(
    r"\b(?:people|persons?|civilians?|soldiers?|troops?|fighters?|militants?|rebels?|men|man|women|woman|children|child|girls?|boys?|members?|policem[ae]n|officers?|terrorists?|gunm[ae]n|others?|protesters?|demonstrators?|villagers?|residents?|students?|farmers?|workers?|guerrillas?|insurgents?|victims?|journalists?|prisoners?|detainees?|hostages?|commanders?|leaders?|dead|killed|baby|mother|father|teenager|youths?|guards?|elements|personnel|pilgrims?|worshippers?|passengers?|refugees|tribesmen|herders|settlers?|Palestinians?|Israelis?|Syrians?|Americans?|Russians?|Kurds?|Turks?|Iraqis?|nationals?|individuals?|doctors?|nurses?|medics?|rescuers?|tourists?|priests?|nuns?|activists?|suspects?|attackers?|assailants?|bandits?|mourners?|pupils?|teachers?|peasants?|police|militiam[ae]n|paramilitar\w+|combatants?|extremists?|jihadis?t?s?|females?|males?|infants?|elder(?:ly)?|famil(?:y|ies)|relatives?|humans?|bystanders?|locals?|citizens?|lives|life|officials?|minors?|dwellers?|migrants?|brothers?|sisters?|sons?|daughters?|cousins?|drivers?|aid workers?|deputies|commandos?|recruits?|cadets?|sheikh|imam|judge|bodies|casualties)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A count found in a sentence, with its span."""

    field: str  # killed, wounded, captured, displaced
    start: int
    end: int
    toll: Toll


def find_counts(text: str) -> list[Count]:
    """All counts of people in a sentence, by field and place."""
    if not _QUICK.search(text):
        return []
    found: list[Count] = []
    if both := _BOTH.search(text):
        toll = _toll(both)
        if toll:
            found += [Count("killed", *both.span(), toll)]
            return found
    for field, patterns in (
        ("killed", _KILLED_PATTERNS),
        ("wounded", _WOUNDED_PATTERNS),
        ("captured", _CAPTURED),
        ("displaced", _DISPLACED),
    ):
        taken: list[tuple[int, int]] = []
        for pattern in patterns:
            for match in pattern.finditer(text):
                span = match.span("number1")
                if any(a < span[1] and span[0] < b for a, b in taken):
                    continue
                toll = _toll(match)
                if toll is None:
                    continue
                taken.append(span)
                found.append(Count(field, *match.span(), toll))
    if (none := _NONE.search(text)) and not found:
        nil = Toll(low=0, best=0, high=0, who=None, words=none.group())
        found.append(Count("killed", *none.span(), nil))
        found.append(Count("wounded", *none.span(), nil))
    return found


def _toll(match: re.Match[str]) -> Toll | None:
    raw = match.group("number1").lower()
    who = " ".join((match.group("who1") or "").split()).strip(" ,")
    if raw in ("a", "an") and not _PERSONS.search(who or ""):
        return None
    tail = match.string[match.end("number1") : match.end("number1") + 24]
    if re.match(
        r"\s*(?:%|percent|per cent|th\b|st\b|nd\b|rd\b|-year|-month|-day|years?\b|days?\b|months?\b|weeks?\b|hours?\b|km\b|kilomet|miles?\b|[ap]\.?m\b|:\d|\.\d)",
        tail,
    ):
        return None
    if (who and _PEOPLE.match(who.split()[0])) or (who and _PEOPLE.search(who) and not _PERSONS.search(who)):
        return None
    if (
        raw in _VAGUE
        and not _PERSONS.search(who)
        and raw not in ("dozens", "scores", "hundreds", "thousands", "several", "others", "tens of thousands")
    ):
        return None
    if raw.isdigit() and re.match(r",", tail) and match.string[: match.start("number1")].endswith(", "):
        return None  # an age: "Maria, 7, was killed"
    if (
        re.match(
            r"\s*(?:others?|more|people|persons)?\s*(?:were |was )?(?:wounded|injured|hurt)",
            match.string[match.end() :] if match.end("who1") >= match.end() - 1 else "",
        )
        and match.re in _KILLED_PATTERNS[3:4]
    ):
        return None  # "8 killed 58 injured": the second figure is not the first verb's
    before = match.string[max(0, match.start("number1") - 14) : match.start("number1")].lower()
    if re.search(
        r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+$",
        before,
    ):
        return None
    number = _value(raw)
    if number is None or (1900 <= number <= 2100 and raw.isdigit() and len(raw) == 4 and not who):
        return None
    bound = (match.group("bound1") or "").lower()
    vague = raw in _VAGUE and raw not in ("a dozen", "a couple of", "couple of")
    low: int | None = number
    high: int | None = number
    if bound in ("at least", "more than", "no fewer than", "no less than", "not less than", "over", "upwards of") or vague:
        high = None
    elif bound in ("as many as", "up to", "fewer than", "less than", "at most"):
        low = None
    if match.group("upper1") and not vague:
        upper = _value(match.group("upper1").lower())
        if upper and upper > number:
            high = upper
    words = match.string[match.start("bound1") if match.group("bound1") else match.start("number1") : match.end()]
    return Toll(low=low, best=number if low == high else None, high=high, who=who or None, words=words)


def _value(raw: str) -> int | None:
    if raw in ("a", "an"):
        return 1
    if raw in _VAGUE:
        return _VAGUE[raw]
    if raw in _WORDS:
        return _WORDS[raw]
    for word, factor in (("million", 1_000_000), ("thousand", 1_000)):
        if raw.endswith(word):
            return int(float(raw[: -len(word)].strip()) * factor)
    digits = raw.replace(",", "").replace(" ", "")
    return int(digits) if digits.isdigit() else None
