"""Whether what a sentence tells of a place happened in it (the table ``approaches.tsv``), and whether it names the place at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from thucydides.control.cues import cue
from thucydides.control.tables import rows_of
from thucydides.errors import BadRoster
from thucydides.lexicon import fold, read_table
from thucydides.record import Where

TABLE = Path(__file__).with_name("approaches.tsv")
COLUMNS = ("kind", "words", "verbs", "gap", "note")
KINDS = frozenset(("aim", "toward", "near", "except", "from", "area", "speaker"))
WITHIN, BEHIND = "within", "behind"
_BEFORE = 150
"""Characters before a place's name that are looked at."""
_AGAIN = re.compile(
    r"\b(?:the|that|this)\s+(?:[\w-]+\s+){0,3}?(?P<kind>town|city|village|province|capital|island|port|stronghold|bastion|enclave)\b", re.I
)
_AREA = re.compile(r"(?:(?:,| and|, and) [A-Z][\w’'-]+)*\s+(?:provinces?|governorates?|countrysides?)\b")
_TOWNS = frozenset(("town", "city", "village", "capital", "island", "port", "stronghold", "bastion"))


def told_at(words: str, where: Where) -> str | None:
    """What the words before a place's name say of it, a kind of the table; ``None`` where what is told happened there."""
    at = words.find(where.name)
    if at < 0:
        return None
    if where.precision == "place" and _AREA.match(words, at + len(where.name)):
        return "area"
    if _behind().match(words, at + len(where.name)):
        return "near"
    before = re.split(r"[;:.]\s", words[max(0, at - _BEFORE) : at])[-1]
    before = re.sub(r"(?:[A-Z][\w’'-]*\s+)+\($", "", before)  # "near X (Y)" is near Y too
    return next((kind for kind, pattern in _patterns() if kind != WITHIN and pattern.search(before)), None)


def is_within(words: str, where: Where) -> bool:
    """Whether a province only says where something else is: "the town, in the province of X, is held by"; not "X province, which is"."""
    at = words.find(where.name)
    if at < 0 or _GOES_ON.match(words, at + len(where.name)):
        return False
    before = re.split(r"[;:.]\s", words[max(0, at - _BEFORE) : at])[-1]
    pattern = next(pattern for kind, pattern in _patterns() if kind == WITHIN)
    match = pattern.search(before)
    return match is not None and cue("most").search(before, match.start()) is None


_GOES_ON = re.compile(r"(?:\s+(?:province|governorate|region|state))?,?\s+(?:which|that)\s+(?:is|has|are|was|were)\b", re.I)


def is_seat(words: str, where: Where) -> bool:
    """Whether a place is told to be somebody's: "the stronghold of X", "X, the de facto capital"; whatever happens near it."""
    at = words.find(where.name)
    return at >= 0 and (_SEAT_OF.search(words[:at]) is not None or _SEAT.match(words, at + len(where.name)) is not None)


def lies_in(words: str, demonym: str) -> bool:
    """Whether a country only says where somebody's seat lies: "the group's main Iraqi bastion" is not Iraq's."""
    return re.search(rf"\b{re.escape(demonym)}\s+(?:[\w-]+\s+){{0,2}}?{_SEATS}\b", words) is not None


_SEATS = r"(?:stronghold|bastion|capital|heartland|redoubt|hub)s?"
_SEAT_OF = re.compile(rf"\b{_SEATS}\s+(?:(?:of|in|at)\s+)?(?:the\s+)?(?:(?:city|town|province)\s+(?:of\s+)?)?$", re.I)
_SEAT = re.compile(rf"(?:\s+(?:city|province))?,?\s+(?:the|a|its|their)\s+(?:[\w’'-]+\s+){{0,4}}?{_SEATS}\b", re.I)


def is_named(words: str, where: Where) -> bool:
    """Whether a sentence names a place itself."""
    return any(name and name in words for name in (where.name, *where.aliases)) or fold(where.name) in fold(words)


def is_meant(words: str, where: Where) -> bool:
    """Whether a sentence that does not name a place may mean it: "the town" is no province and no part of it, "two villages" no town."""
    match, town = _AGAIN.search(words), where.precision == "place"
    if match is None:
        return not (town and cue("several").search(words))
    return town if match["kind"].lower() in _TOWNS else not town


def is_of_another(words: str, where: Where) -> bool:
    """Whether a state is told in a clause of another place: "… on X are aimed at the airport of Y, which they have besieged"."""
    relative = _RELATIVE.search(words)
    if relative is None or _STATE.search(words[: relative.start()]) or not _STATE.search(words[relative.end() :]):
        return False
    at = words.find(where.name)
    return 0 <= at < relative.start() and len(words[at + len(where.name) : relative.start()].split()) > 4


_RELATIVE = re.compile(r",?\s+(?:which|where|that)\s+")
_STATE = re.compile(
    r"\b(?:besieg\w*|sieges?|encircl\w*|surround\w*|held|holds?|holding|control\w*|strongholds?|bastions?|ruled?|capital|seat)\b", re.I
)


def another_is_nearer(words: str, where: Where, places: Sequence[Where]) -> bool:
    """Whether "held by" stands behind another place of the sentence: "drove them out of X and turned to Y, a town held by the group"."""
    passive = _PASSIVE.search(words)
    if passive is None:
        return False
    before = [(at, one.name) for one in places if 0 <= (at := words.find(one.name)) < passive.start()]
    here = words.find(where.name)
    if not before or not 0 <= here < passive.start():
        return False
    at, name = max(before)
    between = words[here + len(where.name) : at]
    return name != where.name and at > here and _LISTED.fullmatch(between) is None


_PASSIVE = re.compile(r"\b(?:held|controlled|besieged|ruled|occupied|run|surrounded|encircled)\s+by\b", re.I)
_LISTED = re.compile(r"(?:\s*,\s*|\s+and\s+|\s*\(|\s+)*(?:(?:and|the|town|city|village|of)\s+|[A-Z][\w’'-]*(?:,|\s)\s*|and\s+)*")


_JOINTS = "and|or|"
_ONWARD = (
    "but|then|while|after|before|when|who|which|that|where|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "captur(?:ed|es|ing)|seiz(?:ed|es|ing)|took|taken|takes|taking|recaptured|retook|entered|stormed|overran|regained|liberated|attacked|"
    "clashed|fought|killed|battled|shelled|bombed|controls?|holds?|withdrew|retreated|fled|lost"
)
"""Words behind which a sentence goes on to something else: what stands before them says nothing of a place behind."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    errors: list[BadRoster] = []
    found = []
    for row in read_table(TABLE, COLUMNS, errors):
        if row["kind"] == BEHIND:
            continue
        if row["kind"] not in KINDS | {WITHIN} or not row["gap"].isdigit():
            errors.append(BadRoster(row.file, row.line, f"{row['kind']!r} with gap {row['gap']!r} is no approach", remedy="See the head."))
            continue
        words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(row.values("words"), key=len, reverse=True))
        control = r"(?:(?:full |complete )?control\s+(?:of|over)\s+)?"
        joints = _JOINTS if row["kind"] in ("toward", "near") else ""
        gap = rf"(?:(?!(?:{joints}{_ONWARD})\b)[\w’'“\"-]+\s+){{0,{row['gap']}}}"
        verbs = "|".join(map(re.escape, row.values("verbs")))
        if not verbs:
            told = rf"\b(?:{words})\s+{gap}$"
        elif all(verb.endswith("ing") for verb in row.values("verbs")):
            told = rf"\b(?:{words})\s+(?:[\w-]+\s+){{0,2}}?(?:{verbs})\s+{control}{gap}$"
        else:
            told = rf"\b(?:{words})\b(?:\s+[\w’'-]+){{0,11}}?\s+to\s+(?:\w+ly\s+)?(?:{verbs})\s+{control}{gap}$"
        found.append((row["kind"], re.compile(told, re.I)))
    if errors:
        raise errors[0]
    return tuple(found)


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    """What stands right behind a name and is beside the place: "X suburbs"."""
    words = [word for row in rows_of(TABLE, COLUMNS) if row["kind"] == BEHIND for word in row.values("words")]
    return re.compile(rf"(?:['’]?s)?\s+(?:{'|'.join(map(re.escape, words))})\b")
