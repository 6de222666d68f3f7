"""Names of places that look like somebody's: "Abu Ghraib", "Sheikh Zuweid", "Ayn Issa"; and names told with the word for their kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Sentence
from thucydides.lexicon import Hit, Word
from thucydides.places.tables import persons

SITE_WORDS = 2  # "military", "refugee" and the like may stand between a name and the word for its kind


class KnownPlaces(Protocol):
    """What the marks need of a gazetteer."""

    def known(self, name: str) -> bool: ...

    def demonyms(self) -> Mapping[str, str]: ...


HEADS = wordlist("lookalikes", "heads")


def names_its_kind(words: list[Word], index: int, feature: frozenset[str]) -> bool:
    """Whether the word for a kind of place stands behind a capital, whatever the tagger takes it for: "shells target Aleppo city"."""
    return words[index].capital and index + 1 < len(words) and not words[index + 1].capital and words[index + 1].folded in feature


def kind_behind(words: list[Word], end: int, text: str, feature: frozenset[str], site: frozenset[str]) -> bool:
    """Whether the word for a kind of place stands right behind a name: "Yarmouk camp", "Diepsloot informal settlement"."""
    for at in range(end, min(len(words), end + 1 + SITE_WORDS)):
        if text[words[at - 1].end : words[at].start] not in (" ", "-"):
            return False
        if words[at].folded in feature:
            return True
        if words[at].folded not in site or words[at].capital:
            return False
    return False


def is_subject(sentence: Sentence, last: Word) -> bool:
    """Whether a name that ends in a word is the subject of a verb, as persons mostly are."""
    token = sentence.token_at(last.start)
    return token is not None and token.dep_.startswith("nsubj")


def begins_a_place(words: list[Word], hit: Hit[str], titles: frozenset[str], text: str, gazetteer: KnownPlaces) -> bool:
    """Whether what was taken for somebody is the head of a place's name: "Sheikh" of "Sheikh Zuweid"."""
    first, last = hit.first, hit.last + 1
    if hit.last - first > 1 or last > len(words) or words[first].folded not in titles:
        return False
    return is_placed(words, first, last) and _is_known_pair(words, first, text, gazetteer)


def ends_a_place(words: list[Word], hit: Hit[str], text: str, gazetteer: KnownPlaces) -> bool:
    """Whether what was taken for a people is the end of a place's name: "Issa" of "Ayn Issa"."""
    if hit.first == 0 or hit.last - hit.first > 1 or words[hit.first - 1].folded not in HEADS:
        return False
    return _is_known_pair(words, hit.first - 1, text, gazetteer)


def _is_known_pair(words: list[Word], first: int, text: str, gazetteer: KnownPlaces) -> bool:
    """Whether two words in capitals, side by side, are a known place's name."""
    one, other = words[first], words[first + 1]
    return one.capital and other.capital and text[one.end : other.start] in (" ", "-") and gazetteer.known(text[one.start : other.end])


def is_placed(words: list[Word], first: int, last: int) -> bool:
    """Whether a known name that begins as a person's does is a place's: "Abu Ghraib", "Sheikh Zuweid", but not "Abu Omar"."""
    ends = words[last - 1].folded
    return last - first > 1 and ends not in persons().given and ends not in persons().family
