"""How many killed, wounded, captured: counts are read by pattern, which survives broken syntax better than the parse.

Vague counts are numbers by rule: "several" and "some" 3, "dozens" 24, "scores" 40, "hundreds" 200, "thousands" 2000; "at least"
and "more than" leave the high end open, "up to" the low end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, any_of, read_table
from thucydides.record import Toll

FILE = Path(__file__).parent / "codebook" / "tolls.tsv"

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_WORDS = {word: n for n, word in enumerate(_ONES)} | _TENS
_WORDS |= {f"{one} hundred": 100 * k for k, one in enumerate(_ONES[1:10], 1)}
_WORDS |= {f"{one} thousand": 1000 * k for k, one in enumerate(_ONES[1:13], 1)}
_WORDS |= {f"{one} dozen": 12 * k for k, one in enumerate(_ONES[2:10], 2)}
_WORDS |= dict.fromkeys(("half a dozen", "half-a-dozen", "a half dozen", "a half-dozen"), 6)
_WORDS |= {f"{ten}{joint}{one}": n + k for ten, n in _TENS.items() for k, one in enumerate(_ONES[1:10], 1) for joint in "- "}


def written_number(words: str) -> int | None:
    """The number that words write out, ``None`` where they are none: "twenty-five"."""
    return _WORDS.get(words.lower())


def _read() -> list[Row]:
    errors: list[BadRoster] = []
    rows = list(read_table(FILE, ("kind", "name", "text", "note"), errors))
    if errors:
        raise errors[0]
    return rows


_ROWS = _read()
_VAGUE = {row["text"]: int(row["name"]) for row in _ROWS if row["kind"] == "vague"}
_FRAGMENTS = {row["name"]: row["text"] for row in _ROWS if row["kind"] == "fragment"}
_FRAGMENTS["bound"] = any_of(map(re.escape, words) for words in _FRAGMENTS["bound"].split("|"))
_WRITTEN = any_of(map(re.escape, word) for word in _WORDS)
_FRAGMENTS["written"] = _WRITTEN
_EXACT = re.compile(rf"\d|\b{_WRITTEN}\b", re.I)
_STEP = r"[\s,]+(?!killed|wounded|injured|dead|died|martyred{0})[^\s\d.;:{1}]+"
_NUMBER = (
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})\b|\d+(?:\.\d+)? (?:million|thousand)|\d{1,7}|"
    + any_of(map(re.escape, word) for word in (*_VAGUE, *_WORDS))
    + r"|an?\b)"
)
_COUNT = rf"(?P<bound>{_FRAGMENTS['bound']})?\s*\b{_NUMBER}(?:\s*(?P<joint>-|–|to|or|and)\s*(?P<upper>\d{{1,6}}|{'|'.join(_ONES[1:])}))?"
_BRACED = re.compile(r"\{([a-z]+)(\d*)\}")


def _compile(text: str) -> re.Pattern[str]:
    def put(match: re.Match[str]) -> str:
        name, most = match.groups()
        if name == "count":
            return _COUNT
        if name in ("gap", "fill"):
            step = _STEP.format("", "") if name == "gap" else _STEP.format(r"|and\b\s+\d", ",")
            return f"(?:{step}){{0,{most}}}?"
        return _FRAGMENTS[name]

    return re.compile(_BRACED.sub(put, text), re.I)


_CUES = {row["name"]: row["text"] for row in _ROWS if row["kind"] == "cue"}


def _cue(name: str) -> re.Pattern[str]:
    """The words around a count that say what it is, by their name in the table."""
    return _compile(_CUES[name])


_PATTERNS: dict[str, list[tuple[re.Pattern[str], bool]]] = {}
for _row in _ROWS:
    if _row["kind"] == "pattern" and not _row["name"].startswith("quick "):
        _field, _, _active = _row["name"].partition(" ")
        _PATTERNS.setdefault(_field, []).append((_compile(_row["text"]), bool(_active)))
_QUICK_OF = {_row["name"].split()[1]: re.compile(_row["text"], re.I) for _row in _ROWS if _row["name"].startswith("quick ")}
_QUICK, _NONE, _BOTH, _RISEN = (_PATTERNS.pop(name)[0][0] for name in ("quick", "none", "both", "risen"))
_PERSON, _THING = re.compile(_FRAGMENTS["person"], re.I), re.compile(_FRAGMENTS["thing"], re.I)
_FLOOR, _CEILING = frozenset(_FRAGMENTS["floor"].split("|")), frozenset(_FRAGMENTS["ceiling"].split("|"))
_NO_COUNT, _MONTH_BEFORE, _FILLER, _SPARED = _cue("no count"), _cue("month before"), _cue("filler"), _cue("spared")
_NOBODY = _cue("nobody")
_AND_MORE, _MORE_BEFORE, _NEXT_VERB = _cue("and more"), _cue("more before"), _cue("next verb")
_BREAKS, _OF_KILLING, _NEW_CLAUSE, _OPENS, _ACTED = (_cue(name) for name in ("breaks", "of killing", "new clause", "opens", "acted"))
_CREDIT = _cue("credit")
_PART, _BETWEEN, _OTHER_FATE, _OTHER_DEED = (_cue(name) for name in ("part", "between", "other fate", "other deed"))
_DEATHS, _WOUNDS = _cue("deaths"), _cue("wounds")
_RATE, _ON_AVERAGE, _HOUSEHOLD, _AS_MANY, _PERSON_BEHIND = map(_cue, ("rate", "on average", "household", "as many", "a person behind"))
_SINGLY, _BARELY, _JOINED, _HURT_BEHIND, _SEVERAL = map(_cue, ("told singly", "told barely", "joined", "hurt behind", "several"))
LIST = 3  # people told in fewer items are no list: "a man and his wife" is read by the patterns
_ITEMS, _ITEM, _NO_ITEM = _cue("items"), _cue("item"), _cue("no item")
_ONE_OF = frozenset(_FRAGMENTS["one"].split("|"))


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
    text = _FILLER.sub(lambda m: " " * len(m.group()), text)
    found: list[Count] = []
    if (both := _BOTH.search(text)) and (toll := _toll(both, False)):
        return [Count("killed", *both.span(), toll)]
    none = _NONE.search(text)
    if none is not None:
        text = text[: none.start()] + " " * (none.end() - none.start()) + text[none.end() :]
    for field, patterns in _PATTERNS.items():
        if not _QUICK_OF[field].search(text):
            continue
        found += (singly := list(_told_singly(text, field)))
        taken = [(count.start, count.end) for count in singly]
        for pattern, active in patterns:
            at = 0
            while told := pattern.search(text, at):
                match = told if active else _inmost(pattern, told)
                at = told.end("number")  # what is no toll may hide one: "On 19 July 2022, two soldiers were injured"
                span = match.span("number")
                if any(a < span[1] and span[0] < b for a, b in taken):
                    continue
                toll = _toll(match, active)
                if toll is None:
                    continue
                at = max(at, match.end())
                taken.append(span)
                found.append(Count(field, match.start(), match.start() + len(_CREDIT.sub("", match.group())), toll))
    if none is not None and not found:
        nil = Toll(low=0, best=0, high=0, who=None, words=none.group())
        told_of = {"killed": _DEATHS, "wounded": _WOUNDS}
        named = [name for name, words in told_of.items() if words.search(none.group())] or list(told_of)
        found += [Count(name, *none.span(), nil) for name in named]
    return found


_LEADS_ON = re.compile(_COUNT + r"(?P<gap>(?:[\s-]+[^\s\d.;:,()\"“”]+){0,2})[\s-]*\Z", re.I)
_OF_WHAT_KIND = _cue("of what kind")


def is_risen(text: str) -> bool:
    """Whether a sentence tells a toll anew: "has risen to 16", "the updated toll is 20"."""
    return _RISEN.search(text) is not None


def is_vague(toll: Toll) -> bool:
    """Whether a toll is told by no number: "dozens", "several"."""
    return not _EXACT.search(toll.words)


def count_before(text: str) -> Toll | None:
    """The count that words end with, before the things that are counted: "at least six Russian-made" before "tanks"."""
    match = next((m for start in range(len(text)) if (m := _LEADS_ON.match(text, start)) is not None), None)
    if match is None or _NO_COUNT.match(text[match.end("number") :]) or _MONTH_BEFORE.search(text[: match.start("number")].lower()):
        return None
    raw = match.group("number").lower()
    number = _value(raw)
    year = raw.isdigit() and 1900 <= int(raw) <= 2100
    # What stands between tells of what kind, never of what else: "1300 people using" counts people.
    if number is None or year or not all(_OF_WHAT_KIND.fullmatch(word) for word in match.group("gap").split()):
        return None
    bound = (match.group("bound") or "").lower()
    low, high = number if bound not in _CEILING else None, number
    if match.group("upper") and (upper := _value(match.group("upper").lower())) and upper > number:
        high = upper
    open_end = bound in _FLOOR or (raw in _VAGUE and raw not in ("a dozen", "a couple of", "couple of"))
    start = match.start("bound") if match.group("bound") else match.start("number")
    best = low if low == high and not open_end else None
    return Toll(low=low, best=best, high=None if open_end else high, who=None, words=text[start:].strip())


def _inmost(pattern: re.Pattern[str], match: re.Match[str]) -> re.Match[str]:
    """The count next to a passive verb: of "a source said six more civilians were injured", the six."""
    while cut := _BREAKS.search(match.group("who") or ""):
        inner = pattern.search(match.string, match.start("who") + cut.end())
        if inner is None or inner.start() > match.end():
            break
        match = inner
    told = match.group("who") or ""
    for cut in _NEW_CLAUSE.finditer(told):
        if cut.group().strip() == "," and (match.group("number").lower() not in ("a", "an") or _listed(f"a{told}") > 1):
            continue  # a comma begins another clause only where no list of people goes on
        if cut.group().strip() == "and" and not _OF_KILLING.search(match.string, 0, match.start("number")):
            continue  # "five soldiers and three others were killed" are eight, "killing five and three others were hurt" are not
        inner = pattern.match(match.string, match.start("who") + cut.end())
        if inner is not None and inner.end() == match.end() and _toll(inner, False) is not None:
            return inner
    return match


def _listed(text: str) -> int:
    """How many people a list begins with: "a woman, two of her children and an old man" are four; 0 where it is no list of people."""
    total = items = 0
    for item in _ITEMS.split(_BETWEEN.sub("", text.strip())):
        told = _ITEM.match(item)
        if told is None or not _PERSON.search(told.group("who")) or _NO_ITEM.search(item):
            break
        raw = told.group("number").lower()
        number = 1 if raw in _ONE_OF else _value(raw)
        if number is None:
            break
        total, items = total + number, items + 1
    return total if items >= LIST else 0


_ACTING = {field: _compile(rf"\b{_FRAGMENTS[verb]}[\s,\"“]+(?:of\s+)?") for field, verb in (("killed", "killing"), ("wounded", "wounding"))}
_DIED = _compile(r"\b(?:{killed})\b")
_SUFFERING = {field: _compile(rf"{_FRAGMENTS['were']}\s+{_FRAGMENTS[field]}\b") for field in _ACTING}
_ALONGSIDE = {
    field: _compile(rf"{_FRAGMENTS['were']}\s+{_FRAGMENTS[field]}\s+(?:alongside|along with|together with)\s+") for field in _ACTING
}
_PART_BEFORE = re.compile(rf"{_CUES['part']}\s*\Z", re.I)
_BEGINS = re.compile(r"(?<![\w'’-])(?:an?|the|one|his|her|their|its|another)\s", re.I)


def _told_singly(text: str, field: str) -> Iterator[Count]:
    """People told one by one, not all of them by a number: "killing his wife and two daughters", "a father and son were killed"."""
    if field not in _ACTING:
        return
    for verb in _ACTING[field].finditer(text):
        people = _people(text, verb.end(), acted=True)
        if people is not None and not verb.group().lower().startswith("claim"):
            yield Count(field, verb.start(), people[0], _exactly(people[1], text[verb.end() : people[0]]))
    for verb in _ALONGSIDE[field].finditer(text):
        people = _people(text, verb.end(), acted=True)
        if people is not None:
            yield Count(field, verb.start(), people[0], _exactly(1 + people[1], text[verb.start() : people[0]].strip()))
    at = 0
    while begins := _BEGINS.search(text, at):
        people = _people(text, begins.start(), acted=False)
        suffers = _SUFFERING[field].match(text, people[0]) if people is not None else None
        at = begins.end()
        apart = _OF_KILLING.search(text, 0, begins.start()) or _PART_BEFORE.search(text, 0, begins.start())
        if people is not None and suffers is not None and not apart:
            yield Count(field, begins.start(), suffers.end(), _exactly(people[1], text[begins.start() : suffers.end()]))
            at = suffers.end()


def _people(text: str, at: int, *, acted: bool) -> tuple[int, int] | None:
    """Where a list of people ends that begins at a place, and how many they are; none where one person is no list, or all have numbers.

    ``acted`` tells that a verb before acts upon them all: the last of them may share another fate behind.
    """
    told: list[tuple[int, int]] = []
    counted, pair = True, False
    while item := _SINGLY.match(text, at) or (_BARELY.match(text, at) if told else None):
        parts = item.groupdict()
        if parts.get("many"):
            number = _value(parts["many"].lower())
        elif parts.get("who") and _SEVERAL.search(parts["who"].lower()):
            break
        else:
            pair = pair or bool(parts.get("pair"))
            number, counted = 2 if parts.get("pair") else 1, False
        if number is None or (acted and told and _HURT_BEHIND.match(text, item.end())):
            break
        told.append((item.end(), number))
        joint = _JOINED.match(text, item.end())
        if joint is None:
            break
        at = joint.end()
    if counted or not told or (len(told) < 2 and not pair):
        return None
    return told[-1][0], sum(number for _, number in told)


def _exactly(number: int, words: str) -> Toll:
    return Toll(low=number, best=number, high=number, who=None, words=words)


def _toll(match: re.Match[str], active: bool) -> Toll | None:
    """The toll that a match tells, or ``None`` where the number counts years, rockets or houses."""
    raw = match.group("number").lower()
    who = _CREDIT.sub("", " ".join((match.group("who") or "").split())).strip(" ,")
    text = match.string
    tail = text[match.end("number") : match.end("number") + 24]
    if (raw in ("a", "an") and not _PERSON.search(who)) or _NO_COUNT.match(tail):
        return None
    before = text[: match.start("bound") if match.group("bound") else match.start("number")]
    if _RATE.match(text, match.end("number")) or _ON_AVERAGE.search(before) or (raw == "many" and _AS_MANY.search(before)):
        return None
    kind = _PERSON_BEHIND.match(text, match.end("number")) if active and raw in _VAGUE else None
    end = max(match.end(), kind.end()) if kind is not None else match.end()
    who = who if kind is None else " ".join(text[match.end("number") : end].split())
    if who and (_THING.match(who.split()[0]) or (_THING.search(who) and not _PERSON.search(who))):
        return None
    if raw in _VAGUE and not raw.endswith("s") and who and not _PERSON.search(who):
        return None
    if not active and not who and (_value(raw) or 0) > 1 and match.string[match.end("number") :].lower().startswith(" was "):
        return None  # "in ward 15 was killed"
    if (active and match.group("who") and _OTHER_FATE.match(text, match.start("who"))) or _SPARED.search(who):
        return None
    if not active and _OTHER_DEED.search(who):
        return None
    if not active and match.end("who") < match.end() and re.search(r"\band\s*\Z", text[: match.end("who")]):
        return None  # "killed 15 fighters and injured others": the fifteen are the first verb's
    if raw.isdigit() and tail.startswith(",") and text[: match.start("number")].endswith(", "):
        return None  # an age: "Maria, 7, was killed"
    if active and match.end("who") >= match.end() - 1 and who.lower() != "and" and _NEXT_VERB.match(text[match.end() :]):
        return None  # "8 killed 58 injured": the second figure is not the first verb's
    if _MONTH_BEFORE.search(text[max(0, match.start("number") - 14) : match.start("number")].lower()):
        return None
    household = _HOUSEHOLD.match(text, match.end("number"))
    end = max(end, household.end()) if household is not None else end
    number = _value(raw) if household is None else _value(household["members"].lower())
    if number is None or (1900 <= number <= 2100 and raw.isdigit() and not _PERSON.search(" ".join(who.split()[:2]))):
        return None
    bound = (match.group("bound") or "").lower()
    vague = raw in _VAGUE and raw not in ("a dozen", "a couple of", "couple of")
    low: int | None = number
    high: int | None = number
    if bound in _FLOOR or vague:
        high = None
    elif bound in _CEILING:
        low = None
    if match.group("upper") and not vague and (match.group("joint") != "and" or bound == "between"):
        upper = _value(match.group("upper").lower())
        if upper and upper > number:
            high = upper
    elif (second := _AND_MORE.search(text[match.start("who") : match.end() + 40] if active else who)) and not match.group("upper"):
        more = 1 if second["one"] else _value(second["more"].lower())
        cut = second.start("one" if second["one"] else "more")
        first_who = who[:cut] if not active else second.group()[: cut - second.start()]
        if _WOUNDS.search(first_who) or (not active and text[match.end("who") : match.end()].lower().startswith(" was ")):
            pass  # "killing a soldier and injuring a woman", "a guard and a nurse was injured": the second shares no fate
        elif (
            more and not active and (_ACTED.search(first_who) or _DIED.search(first_who) or (number <= 1 and not _PERSON.search(first_who)))
        ):
            # "Four gunmen attacked the base and six soldiers were killed": the first are not among the second
            low, high, who = more, more, who[second.start("whom") :]
        elif more and _PERSON.match(second["whom"]) and not _PART.search(first_who):
            low, high = (low + more if low is not None else None), (high + more if high is not None else None)
    people = _listed(text[match.start("number") :] if active else text[match.start("number") : match.end("who")])
    if low is not None and people > low:
        low, high = people, (people if high is not None else None)
    number = low if low is not None else number
    start = match.start("bound") if match.group("bound") else match.start("number")
    if (
        not active
        and who
        and not who.lower().startswith(("other", "more"))
        and (first := _MORE_BEFORE.search(text, 0, start))
        and _PERSON.search(first.group("who"))
        and not _ACTED.search(first.group("who"))
        and _OPENS.search(text, 0, first.start())
    ):
        more = _value(first.group("number").lower())
        if more and low is not None:
            open_ended = high is None or (first.group("bound") or "").lower() in _FLOOR
            low, high, start = low + more, (None if open_ended or high is None else high + more), first.start()
            who = f"{' '.join(first.group('who').split())} and {who}"
    aside = (match.group("who") or "").lstrip().startswith(",") and not _PERSON.search(who)  # "wounding 45, hospital sources said"
    who = "" if aside or _NOBODY.fullmatch(who) else who
    return Toll(low=low, best=low if low == high else None, high=high, who=who or None, words=_CREDIT.sub("", text[start:end]))


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
