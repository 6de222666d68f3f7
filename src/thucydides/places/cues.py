"""The spans of a text that may name places, and what speaks for and against each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from thucydides.lexicon import Word, words_of
from thucydides.places.gazetteer import Gazetteer, standing
from thucydides.places.names import fold_name
from thucydides.places.phrasing import wordlist
from thucydides.places.tables import Feature, abbreviations, features, never, persons
from thucydides.record import Place

LONGEST = 5  # words of a name
_JOINTS = frozenset({" ", "-", "’", "'", "‘", "\u00a0"})
_POSSESSIVE = frozenset({"'s ", "’s ", "' ", "’ "})  # "People's Republic of China"
_SHORT = frozenset({"st", "mt", "ft", "pt", "ste", "n", "s", "e", "w"})  # their full stop ends no sentence
_SMALL = frozenset("al el as ash ad an ar at az de da do di del dos du la las los le of the and bin ez es e y on upon in sur".split())
_PLACING = wordlist("cues", "placing")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_SPEAKING = wordlist("cues", "speaking")
_ENDS = re.compile(r"[.!?…:;\n]|^$")
HOLDERS = frozenset({"area", "country", "short", "code", "county"})
_DIRECTIONS = wordlist("cues", "directions")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``first`` to ``last`` (not included) of a page, as a name: what the gazetteer takes it for is its ``kind``."""

    first: int
    last: int
    start: int
    end: int
    name: str
    folded: str
    kind: str  # country, people, area, county, city, town, village, own, rare, short, code, featured, unknown
    namesakes: int
    feature: Feature | None

    @property
    def holds(self) -> bool:
        """Whether it is of a kind that holds the place told before it."""
        return self.kind in HOLDERS


class Page:
    """A text as words, runs of capitalised words, and candidates, with what the whole text tells of a name."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.words = words_of(text)
        self._gazetteer = gazetteer
        self.runs = self._runs()
        self.shouting = sum(c.isupper() for c in text) > 0.4 * max(1, sum(c.isalpha() for c in text))
        self.candidates = list(self._candidates())
        self.starting = {c.first: c for c in sorted(self.candidates, key=lambda c: c.last)}  # the longest that begins there
        self.ending = {c.last: c for c in sorted(self.candidates, key=lambda c: -c.first) if c.kind != "unknown"}
        self.placed = {c.folded for c in self.candidates if self.word(c.first - 1) in _PLACING and self.gap(c.first) == " "}
        self.held = {c.folded for c in self.candidates if self._followed_by_area(c)}
        self.persons, self.lasts = self._persons()
        self.speaking = {self.word(at - 1) for at in range(1, len(self.words)) if self.word(at) in _SPEAKING and self.gap(at) == " "}

    def word(self, at: int) -> str:
        """The folded word at an index, empty beyond the text."""
        return self.words[at].folded if 0 <= at < len(self.words) else ""

    def telling(self, at: int) -> str:
        """A word as evidence: numbers as one, names of places and persons not at all, for a scale must know kinds of words, not names."""
        if not 0 <= at < len(self.words):
            return ""
        word = self.words[at]
        if word.folded.isdigit():
            return "#"
        if not _capital(word, self.text) or word.folded in _feature_words() or word.folded in _DIRECTIONS:
            return word.folded
        known = persons()
        if word.folded in known.titles or word.folded in never():
            return "" if word.folded in known.given | known.family else word.folded
        named = word.folded in known.given or word.folded in known.family or self._gazetteer.known(word.folded)
        return "" if named or word.folded in self._gazetteer.demonyms() else word.folded

    def gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        if at <= 0 or at >= len(self.words):
            return ""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def joined(self, at: int) -> bool:
        """Whether a word and the one before it belong to one run of capitalised words."""
        return 0 < at < len(self.words) and self.runs[at] == self.runs[at - 1] != -1

    def before_area(self, candidate: Candidate) -> Candidate | None:
        """The area or country told right behind a name and a comma."""
        other = self.starting.get(candidate.last)
        behind = self.text[candidate.end : self.words[candidate.last].start] if candidate.last < len(self.words) else ""
        return other if other is not None and other.holds and behind in (", ", " (") else None

    def _followed_by_area(self, candidate: Candidate) -> bool:
        return self.before_area(candidate) is not None

    def _runs(self) -> list[int]:
        runs = [-1] * len(self.words)
        run = 0
        for at, word in enumerate(self.words):
            if not _capital(word, self.text):
                continue
            gap = self.gap(at)
            before = self.words[at - 1] if at else None
            joins = gap in _JOINTS or (gap == ". " and before is not None and (before.folded in _SHORT or len(before.folded) == 1))
            if not (joins or gap == ".") or runs[at - 1] == -1 or at == 0:
                run += 1
            runs[at] = run
        return runs

    def _candidates(self) -> Iterator[Candidate]:
        words = self.words
        for first, word in enumerate(words):
            if not _capital(word, self.text) and not (word.folded in _SMALL and self.gap(first + 1) == "-" and self.runs[first + 1] > 0):
                continue
            for last in range(first + 1, min(first + LONGEST, len(words)) + 1):
                if last > first + 1 and not self._goes_on(last - 1):
                    break
                if _capital(words[last - 1], self.text):
                    found = self._candidate(first, last)
                    if found is not None:
                        yield found

    def _goes_on(self, at: int) -> bool:
        """Whether a name may go on with a word."""
        gap, word = self.gap(at), self.words[at]
        if gap == ". ":
            return self.word(at - 1) in _SHORT
        if gap not in _JOINTS and gap not in _POSSESSIVE and gap != ".":
            return False
        return _capital(word, self.text) or word.folded in _SMALL or gap == "-"

    def _candidate(self, first: int, last: int) -> Candidate | None:
        start, end = self.words[first].start, self.words[last - 1].end
        name = self.text[start:end]
        if self.text[end : end + 1] == "." and (f"{name}." in abbreviations().as_written or _DOTTED.fullmatch(name)):
            name, end = f"{name}.", end + 1
        behind_place = first > 0 and self.runs[first - 1] > 0 and self.gap(first) in (", ", " (")
        kind, read_as, namesakes = kind_of(name, self._gazetteer, behind_place)
        feature = _feature(self.words[first:last])
        whole = self._whole(first, last)
        if kind == "unknown" and feature is not None and last - first > 1 and self._one_run(first, last):
            kind = "featured"
        if kind == "unknown" and not (whole and self._one_run(first, last)):
            return None
        return Candidate(first, last, start, end, read_as, fold_name(name), kind, namesakes, feature)

    def _one_run(self, first: int, last: int) -> bool:
        return all(self.joined(at) for at in range(first + 1, last))

    def _whole(self, first: int, last: int) -> bool:
        return not self.joined(first) and not self.joined(last)

    def _persons(self) -> tuple[set[str], set[str]]:
        """The last words of runs that begin with a given name ("Darryl Keith Warden" is "Warden" later), and those of all longer runs."""
        given = persons().given
        named: set[str] = set()
        lasts: set[str] = set()
        for at in range(1, len(self.words)):
            if self.joined(at) and not self.joined(at + 1):
                first = at
                while self.joined(first):
                    first -= 1
                lasts.add(self.words[at].folded)
                if self.words[first].folded in given:
                    named.add(self.words[at].folded)
        return named, lasts


def kind_of(name: str, gazetteer: Gazetteer, behind_place: bool = False) -> tuple[str, str, int]:
    """What the gazetteer takes a name for, the name to locate, and how many places share it. Codes of areas count only behind a place."""
    short = abbreviations()
    if name in short.as_written:
        return "short", name, 1
    if behind_place and name in short.codes:
        return "code", short.codes[name].usual, 1
    folded = fold_name(name)
    if folded in gazetteer.demonyms() and not gazetteer.country_named(name):
        return "people", name, 1
    places = gazetteer.namesakes(name)
    if places:
        return _kind_of_places(places), name, len(places)
    rare = gazetteer.namesakes(name, even_never=True) if folded in never() and folded in _family_like() else ()
    return ("rare", f"the town of {name}", len(rare)) if rare else ("unknown", name, 0)


@lru_cache(maxsize=1)
def _family_like() -> frozenset[str]:
    """Names of people: such places are told now and then, other words that are never places hardly ever."""
    return persons().given | persons().family


def _kind_of_places(places: Sequence[Place]) -> str:
    """The kind of the most prominent of the places that share a name."""
    best = places[0]
    if best.kind in ("country", "admin1"):
        return "country" if best.kind == "country" else "area"
    if best.id[:3] != "gn:":
        return "own"
    if best.kind == "admin2":
        return "county"
    size = standing(best)
    return "city" if size >= 0.75 else "town" if size >= 0.6 else "village"


def _capital(word: Word, text: str) -> bool:
    return (word.capital or any(c.isupper() for c in text[word.start : word.end])) and not word.folded.isdigit()


@lru_cache(maxsize=1)
def _feature_words() -> dict[str, Feature]:
    return {feature.words: feature for feature in features() if " " not in feature.words}


def _feature(words: list[Word]) -> Feature | None:
    """The word for its kind at the end or the head of a name of several words."""
    if len(words) < 2:
        return None
    known = _feature_words()
    return known.get(words[-1].folded) or known.get(words[0].folded)


def evidence(candidate: Candidate, page: Page) -> dict[str, float]:
    """What speaks for and against a candidate, by name."""
    found: dict[str, float] = {f"is {candidate.kind}": 1.0, "namesakes": log(1 + candidate.namesakes)}
    found[f"{min(3, candidate.last - candidate.first)} words"] = 1.0
    found |= _shape(candidate, page)
    found |= _around(candidate, page)
    found |= _elsewhere(candidate, page)
    found |= {f"{candidate.kind}: {name}": 1.0 for name in _CROSSED if name in found}
    return found


_CROSSED = (
    "begins a sentence", "whole run", "joined before", "joined behind", "placed", "placed elsewhere", "before a possessive",
    "a person elsewhere", "a family name", "behind a comma", "before a comma", "a given name",
)  # fmt: skip


def _shape(candidate: Candidate, page: Page) -> dict[str, float]:
    found: dict[str, float] = {}
    words = page.words[candidate.first : candidate.last]
    if len(words) > 1:
        found |= _worded("ends in", page.telling(candidate.last - 1)) | _worded("begins with", page.telling(candidate.first))
    if candidate.feature is not None:
        found[f"feature {candidate.feature.kind}"] = 1.0
    given, family = persons().given, persons().family
    if len(words) == 1:
        found["a given name"] = float(words[0].folded in given)
        found["a family name"] = float(words[0].folded in family)
    elif candidate.kind in ("unknown", "featured"):
        found["begins with a given name"] = float(words[0].folded in given)
        found["ends in a family name"] = float(words[-1].folded in family)
    if all(word.capitals for word in words) and not page.shouting and candidate.kind not in ("short", "code"):
        found["long capitals" if candidate.end - candidate.start > 5 else "capitals"] = 1.0
    found["short name"] = float(candidate.end - candidate.start < 5)
    return {name: times for name, times in found.items() if times}


def _worded(where: str, word: str) -> dict[str, float]:
    return {f"{where} {word}": 1.0} if word else {}


def _around(candidate: Candidate, page: Page) -> dict[str, float]:
    return _before(candidate, page) | _behind(candidate, page)


def _before(candidate: Candidate, page: Page) -> dict[str, float]:
    at, gap = candidate.first - 1, page.gap(candidate.first)
    word = page.word(at)
    found: dict[str, float] = {}
    if word in persons().titles and gap in (" ", ". "):
        found["title before" if gap == " " else "short title before"] = 1.0
    if gap == ". " and found:
        return found
    if _ENDS.search(gap) and not (page.joined(candidate.first)):
        found["begins a sentence"] = 1.0
    elif page.joined(candidate.first):
        found |= {"joined before": 1.0} | _worded("joined to", page.telling(at))
        found["given name before"] = float(word in persons().given)
        found["initial before"] = float(len(word) == 1)
        found["known name before"] = float(candidate.first in page.ending)
        found["direction before"] = float(word in _DIRECTIONS)
    elif gap.strip() == "":
        found |= _worded("behind", page.telling(at)) | _worded("two before:", page.telling(at - 1))
        found["placed"] = float(word in _PLACING)
        found["number before"] = float(word.isdigit())
        if word in ("the", "of", "and"):
            found |= _worded(f"behind {word}, with before it", page.telling(at - 1))
    elif gap.strip() in (",", "("):
        found["behind a comma" if gap.strip() == "," else "in brackets"] = 1.0
        other = page.ending.get(candidate.first)
        if other is not None:
            found["behind a place"] = 1.0
            found[f"{candidate.kind} behind {other.kind}"] = 1.0
        found["behind a number and a comma"] = float(word.isdigit())
    else:
        found[f"gap before {gap.strip()[-1:]}"] = 1.0
    if gap == "-":
        found["hyphen before"] = 1.0
    return {name: times for name, times in found.items() if times}


def _behind(candidate: Candidate, page: Page) -> dict[str, float]:
    at = candidate.last
    word = page.word(at)
    gap = page.text[candidate.end : page.words[at].start] if at < len(page.words) else "."
    found: dict[str, float] = {}
    if page.joined(at):
        found |= {"joined behind": 1.0} | _worded("joined by", page.telling(at))
        found["family name behind"] = float(word in persons().family)
        feature = _feature_words().get(word)
        if feature is not None:
            found[f"before feature {feature.kind}"] = 1.0
        end = at
        while page.joined(end + 1):
            end += 1
        found |= _worded("run ends in", page.telling(end))
    else:
        if not page.joined(candidate.first):
            found["whole run"] = 1.0
        if gap in (" ", "\u00a0"):
            found |= _worded("before", page.telling(at))
        elif gap.startswith(("'s", "’s")):
            found |= {"before a possessive": 1.0} | _worded("before 's", page.telling(at))
        elif gap.strip() == ",":
            found |= {"before a comma": 1.0} | _worded("before ,", page.telling(at))
        elif gap == "-":
            found |= {"hyphen behind": 1.0} | _worded("before -", page.telling(at))
        else:
            found[f"gap behind {gap.strip()[:1]}"] = 1.0
    area = page.before_area(candidate)
    if area is not None:
        found["before its area"] = 1.0
        found[f"{candidate.kind} before {area.kind}"] = 1.0
    return {name: times for name, times in found.items() if times}


def _elsewhere(candidate: Candidate, page: Page) -> dict[str, float]:
    found = {
        "placed elsewhere": float(candidate.folded in page.placed),
        "with its area elsewhere": float(candidate.folded in page.held),
        "a person elsewhere": float(candidate.folded in page.persons),
        "ends a longer name elsewhere": float(candidate.folded in page.lasts and not page.joined(candidate.first)),
        "speaks or is elsewhere": float(candidate.folded in page.speaking),
    }
    return {name: times for name, times in found.items() if times}
