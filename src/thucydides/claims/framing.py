"""What stands around a place's name: the word for its kind, the relative phrase before it, and the place that holds it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.lexicon import Word

if TYPE_CHECKING:
    from thucydides.claims.marks import PlaceMark

DIRECTIONS = wordlist("framing", "directions")


def frame(mark_: PlaceMark, words: list[Word], first: int, last: int, text: str, codebook: Codebook, floor: int) -> None:
    """Reads the feature word and the relative phrase around a name."""
    feature, site = codebook.lists["feature"], codebook.lists["site"]
    mark_.told_start, mark_.told_end = mark_.start, mark_.end
    behind = last
    while behind < min(len(words), last + 2) and words[behind].folded in site and _adjoin(words, behind, text):
        behind += 1  # "Kandahar military airport", "Diepsloot informal settlement"
    for at in range(behind, last - 1, -1):
        if at < len(words) and words[at].folded in feature and _adjoin(words, at, text):
            mark_.feature = " ".join(w.folded for w in words[last : at + 1])
            mark_.told_end = words[at].end
            break
    owns_kind = last - first > 1 and words[last - 1].folded in feature and (mark_.locative or words[max(0, first - 1)].folded == "the")
    if not mark_.feature and owns_kind:
        mark_.feature = words[last - 1].folded  # "marched on the Tahrir Square"
    at = first - 1
    begin = first
    steps = 0
    while at >= floor and steps < 9 and text[words[at].end : words[at + 1].start] in (" ", "-", "  "):
        folded = words[at].folded
        if folded == "to" and (words[at + 1].folded != "the" or words[max(0, at - 1)].folded not in _UNITS):
            break  # "15 km to the east of X", but "went to X"
        if folded in feature and at + 1 < first and words[at + 1].folded in _BESIDE:
            break  # "blew up a bridge near X": the bridge is not X
        if folded in DIRECTIONS or folded in feature or folded in _RELATION_WORDS or folded[0].isdigit():
            begin = at if folded not in ("the", "of", "and", "to") else begin
            if folded in feature and not mark_.feature and folded != "border":
                mark_.feature = folded
            at -= 1
            steps += 1
            continue
        break
    if begin < first:
        mark_.before = text[words[begin].start : mark_.start].strip()
        mark_.told_start = words[begin].start


def _adjoin(words: list[Word], at: int, text: str) -> bool:
    """Whether a word stands right behind the one before it."""
    return text[words[at - 1].end : words[at].start] in (" ", "-")


_RELATION_WORDS = wordlist("framing", "relation words")


_UNITS = wordlist("framing", "units")
_BESIDE = wordlist("framing", "beside")
_ROAD_FROM = phrase_of("framing", "road from")


_OFFSET = phrase_of("framing", "offset")


def _words_between(one: PlaceMark, other: PlaceMark, text: str) -> list[str]:
    """The words between a place and the relative phrase of the next: none when the phrase belongs to both."""
    return [
        w
        for w in text[max(one.end, one.told_end) : other.told_start].lower().replace(",", " ").split()
        if w not in ("just", "about", "some", "which", "is", "lies", "located", "in", "the")
    ]


def joined(found: list[PlaceMark], text: str) -> list[PlaceMark]:
    """One place for "between X and Y", "the road from X to Y"."""
    kept: list[PlaceMark] = []
    for one in found:
        first = kept[-1] if kept else None
        joint = text[first.end : one.start].strip() if first and not first.after else ""
        between = first is not None and joint == "and" and first.before.lower().endswith("between")
        if first and (between or (joint == "to" and _ROAD_FROM.search(first.before))):
            first.after = text[first.end : one.end]
        else:
            kept.append(one)
    return kept


def contain(found: list[PlaceMark], text: str, codebook: Codebook) -> None:
    """Links "X in Y", "X, Y" and "X district of Y": Y holds X."""
    holding, listed = codebook.lists["holding"], codebook.lists["listed"]
    for one, other in itertools.pairwise(found):
        between = text[max(one.end, one.told_end) : other.start].lower()
        words = between.replace(",", " ").split()
        if between.strip() == "/" or (between.strip() == "(" and text[max(other.end, other.told_end) :].lstrip().startswith(")")):
            one.also, other.also = other, one
            continue
        if words and words[0] in listed and text[one.end : one.end + 1] == " ":
            words = words[1:]  # "A, B and C neighbourhoods in D"
        if len(words) > 6:
            continue
        if other.told_start < other.start and not _words_between(one, other, text) and _OFFSET.match(other.before):
            one.beside, one.within = other, other
            at = found.index(one)
            while at and text[max(found[at - 1].end, found[at - 1].told_end) : found[at].told_start].strip(" ,") in ("and", ""):
                at -= 1  # "the villages of A and B east of C": both are east of C
                found[at].beside, found[at].within = other, other
            continue
        if not words and "," in between and _is_in_a_list(found, other, text):
            continue  # "near A, B and C"
        if (
            (not words and "," in between and other.known)
            or (words and words[0] in holding and not {"and", "or"} & set(words))
            or (words and all(w in DIRECTIONS or w in ("the",) for w in words) and "," in between)
        ):
            one.within = other
            _share(found, found.index(one), other, text)
    for one in reversed(found):
        if one.also is not None and one.within is None and one.also.within is not one:
            one.within = one.also.within  # "al-Malikiyah/Derik in Hasakah countryside": both are there


def _is_in_a_list(found: list[PlaceMark], one: PlaceMark, text: str) -> bool:
    """Whether a bare name stands before the last of a list of bare names."""
    behind = found[found.index(one) + 1 : found.index(one) + 2]
    bare = not one.feature and one.told_start == one.start
    return bare and any(
        text[one.end : other.start].strip(" ,") == "and" and not other.feature and other.told_start == other.start for other in behind
    )


def _share(found: list[PlaceMark], at: int, holder: PlaceMark, text: str) -> None:
    """Gives what holds the last place of a list to those before it: "A, B and C neighbourhoods in D"."""
    listed = False
    while at:
        one, last = found[at - 1], found[at]
        between = text[max(one.end, one.told_end) : last.told_start].strip()
        if between not in ("and", ",", ", and", "") or not (between.endswith("and") or listed) or one.within not in (None, last):
            return
        listed = True
        one.within = holder
        at -= 1
