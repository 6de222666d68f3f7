"""What is taken or lost: the object behind a word of taking (``objects.tsv``), and whether it is the place that a claim gives."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import read_table, split_cell

TABLE = Path(__file__).with_name("objects.tsv")
_ENDING = (
    r"\b(?:in|inside|into|from|near|at|on|after|before|by|with|as|while|when|which|who|that|where|during|following|to|for|since|but|until|"
    r"amid|despite|under|around|outside|towards?|between|within|along|against|says?|said|told|reported|is|was|were|are|has|have|had|"
    r"then|later|early|late|yesterday|today|last|this|earlier|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|overlooking|surrounding|linking|leading|connecting)\b"
)
ENDING = re.compile(_ENDING)
"""Words that are no part of an object."""
_ENDS = re.compile(
    r"[.;:()\"“”—]|,(?!\s+(?:and\s+)?(?:the\s+)?(?:(?:town|city|village|district)s?\s+of\s+)?(?:[A-Z]|al-|el-))"
    r"|\band\s+(?!(?:the\s+)?(?:(?:towns?|city|cities|villages?|districts?)\s+(?:of\s+)?)?(?:[A-Z]|al-|el-|as-|ar-))|" + _ENDING
)
"""Where an object ends: behind a comma or "and" it goes on only with another name."""
_LAST = re.compile(r"(?:the|its|their)?\s*(?:last|late|early)\b")
_SOURCE = re.compile(r"\b(?:from|out of|of)\s+", re.I)
_COUNTED = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|many|more|most|other|another|new|further|remaining|last)"
)
_SIDE = r"(?:(?:north|south|east|west)\w*|central|old|outer)"
_RELATIVE = re.compile(r"\b(?:that|which)\s+(?:the\s+|its\s+|their\s+)?(?:[\w’'-]+\s+){1,4}?(?:has|have|had)?\s*$", re.I)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?$", re.I)
SPAN = 14
"""Words behind a verb that are looked at."""


def is_object(words: str, name: str, *, held: bool = False) -> bool | None:
    """Whether a place of this name is what is taken or lost in words, or ``held``; ``None`` where they leave it open.

    "Seized a village in X" takes no X; "X was seized" and "entered X and took the town" leave it open.
    """
    verbs = _holding() if held else _verbs()
    told = [_told(words, match, name) for match in verbs.finditer(words) if not _goes_on(words, match)]
    if not told or True in told:
        return True if told else None
    return None if None in told else False


def _goes_on(words: str, match: re.Match[str]) -> bool:
    """Whether nobody is driven out: "pushed into X"."""
    return match.lastgroup == "source" and _SOURCE.search(" ".join(words[match.end() :].split()[:SPAN])) is None


def _told(words: str, match: re.Match[str], name: str) -> bool | None:
    rest = words[match.end() :].lstrip(" ")
    if match.lastgroup == "source":
        return _source(rest, name, passive=_PASSIVE.search(words[: match.start()]) is not None)
    start = _LAST.match(rest)
    end = _ENDS.search(rest, start.end() if start else 0)
    thing = " ".join(rest[: end.start() if end else len(rest)].split()[:SPAN]).strip(" ,")
    if not thing or rest.startswith(","):
        before = words[: match.start()]
        return False if _within(before, name) else _antecedent(before, name)
    if name in thing:
        return _part_of(name).search(thing) is None
    if _points(thing) and name not in words[: match.start()]:
        return False
    return None if _again(thing) else False


def _source(rest: str, name: str, *, passive: bool) -> bool | None:
    """Whether a place is what somebody was driven from, or was cleared of him."""
    source = _SOURCE.search(rest)
    if passive or source is None:
        return None
    end = _ENDS.search(rest, source.end())
    thing = rest[: end.start() if end else len(rest)]
    return True if name in thing else None if _again(thing[source.end() :].strip()) else False


def _within(before: str, name: str) -> bool:
    """Whether what "was captured" is only in a place: "the headquarters inside X"."""
    passive = _PASSIVE.search(before)
    if passive is None:
        return False
    subject = re.split(r"[,;:]|\b(?:that|said|and|but|while)\b", before[: passive.start()])[-1]
    inside = rf"\b(?:in|inside|within|near|around|outside)\s+(?:[\w’'-]+\s+){{0,4}}?{re.escape(name)}\s*$"
    return re.search(inside, subject, re.I) is not None


def _antecedent(before: str, name: str) -> bool | None:
    """Of "areas that the army has taken" the areas are meant, and no place before them."""
    relative = _RELATIVE.search(before)
    if relative is None:
        return None
    antecedent = before[: relative.start()].split()[-5:]
    return None if name in " ".join(antecedent) or _again(" ".join(antecedent[-2:])) else False


def _points(thing: str) -> bool:
    """Whether a thing points back, to nothing that stands only behind it: "took control of it on a road to X"."""
    return _POINTS.match(thing) is not None or _table()["again"][1].search(thing) is not None


_POINTS = re.compile(r"(?:it|them)\b", re.I)


def _again(thing: str) -> bool:
    once, definite = _table()["again"]
    return once.match(thing) is not None or definite.search(thing) is not None


@lru_cache(maxsize=4096)
def _part_of(name: str) -> re.Pattern[str]:
    kinds = _table()["part"][0].pattern
    few = rf"\b{_COUNTED}\s+(?:[\w’'-]+\s+){{0,3}}?(?:{kinds})\s+(?:of|in)\s+(?:[\w’'-]+\s+){{0,5}}?{re.escape(name)}"
    side = rf"\b{_SIDE}\s+(?:[\w’'-]+\s+){{0,2}}?(?:{kinds})\s+(?:of|in)\s+(?:[\w’'-]+\s+){{0,5}}?{re.escape(name)}"
    own = rf"{re.escape(name)}(?:\s*['’]?s)?(?:\s+(?:city|town)(?:['’]?s)?)?\s+(?:{_SIDE}\s+)?(?:{kinds})"
    thing = rf"{re.escape(name)}(?:['’]?s)?\s+(?:[\w-]+\s+){{0,2}}?(?:{_table()['thing'][0].pattern})\b"
    return re.compile(f"{few}|{side}|{own}|{thing}", re.I)


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    control = r"(?:\s+(?:(?:full|complete|total|partial|effective)\s+)?(?:control|possession|charge)\s+(?:of|over))?"
    table = _table()
    taken, source = table["object"][0].pattern, table["source"][0].pattern
    return re.compile(rf"\b(?:(?P<object>(?:{taken}){control})|(?P<source>{source}))(?![\w-])", re.I)


@lru_cache(maxsize=1)
def _holding() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<object>{_table()['hold'][0].pattern})(?![\w-])", re.I)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[re.Pattern[str], ...]]:
    errors: list[BadRoster] = []
    found: dict[str, list[str]] = {}
    for row in read_table(TABLE, ("kind", "words", "note"), errors):
        found.setdefault(row["kind"], []).append("|".join(_word(word) for word in split_cell(row["words"])))
    if errors:
        raise errors[0]
    joined = {kind: (re.compile("|".join(cells), re.I),) for kind, cells in found.items() if kind != "again"}
    once, definite = found["again"]
    pointing = rf"\b(?:the|that|this|its|his|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{definite})s?$"
    return joined | {"again": (re.compile(rf"(?:{once})\b", re.I), re.compile(pointing, re.I))}


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
