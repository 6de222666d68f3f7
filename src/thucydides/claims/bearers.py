"""Whose a name is: an outlet's, a body's, a family's, a government's or a person's, and so no place where anything happened."""

from __future__ import annotations

from thucydides.claims.codebook import Codebook
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Sentence
from thucydides.lexicon import Word
from thucydides.places.names import fold_name
from thucydides.places.tables import countries
from thucydides.reports.outlets import shipped

_BODIES = wordlist("bearers", "bodies")
_PRESS = wordlist("bearers", "press")
_SAID = wordlist("bearers", "said")
_PLACED = wordlist("bearers", "placed")


def is_anothers(name: str, known: bool, sentence: Sentence, first: int, end: int, codebook: Codebook) -> bool:
    """Whether a name only says whose something is, or is the beginning of a longer name of no place.

    ``first`` and ``end`` are the words of the sentence that it takes, ``known`` whether a gazetteer has it.
    """
    words, last = sentence.words, sentence.words[end - 1]
    return (
        _is_an_outlets(words, end, sentence.text, codebook)
        or (not known and _is_of_the_press(words, first, end, name))
        or (not known and end - first == 1 and _is_a_family(words, first))
        or _is_a_bodys(sentence, last, codebook)
        or _is_a_governments(name, sentence, last, codebook)
    )


def stands_for(name: str, sentence: Sentence, last: Word, codebook: Codebook) -> bool:
    """Whether a name is no place: a capital for its government ("Kyiv rejected", but "Kabul fell"), a deal for where it was made."""
    token = sentence.token_at(last.start)
    if token is None:
        return False
    if token.dep_ == "compound" and token.head.i > token.i and token.head.lower_ in codebook.lists["document"]:
        return True
    if fold_name(name) not in countries().capitals:
        return False
    if token.dep_ == "conj":
        token = token.head
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        return True
    return token.dep_ == "nsubj" and token.head.pos_ == "VERB" and token.head.lower_ not in codebook.lists["undergo"]


def is_person(words: list[Word], first: int, last: int, text: str, codebook: Codebook) -> bool:
    """Whether a name reads as a person: a title before it, a verb of saying after it."""
    before = words[first - 1] if first else None
    if before is not None and before.folded in codebook.lists["title"] and not text[before.end : words[first].start].strip(". "):
        return True
    if last == len(words) or text[words[last - 1].end : words[last].start] not in (" ", ", "):
        return False
    return words[last].folded in _SAID and (before is None or before.folded not in _PLACED)


def is_short(name: str) -> bool:
    """Whether a name is an agency's or group's in short ("SANA", "AFP"), not a country's ("UAE")."""
    return name.isupper() and len(name) < 6 and name not in countries().by_acronym


def is_agency(name: str) -> bool:
    """Whether a short name is that of an outlet, which no preposition makes a place: "according to SANA"."""
    return shipped().find(name) is not None


def _is_an_outlets(words: list[Word], end: int, text: str, codebook: Codebook) -> bool:
    """Whether a name is the head of an outlet's: "the Jerusalem Post", "Kathmandu Gazette", "Aleppo Today TV"."""
    if end >= len(words) or not words[end].capital or text[words[end - 1].end : words[end].start] != " " or text.isupper():
        return False
    if words[end].folded not in codebook.lists["press"]:
        return False
    return end + 1 == len(words) or words[end + 1].folded not in codebook.lists["feature"]


def _is_of_the_press(words: list[Word], first: int, end: int, name: str) -> bool:
    """Whether a name that is no known place is an outlet's: "Al-Bilad newspaper", "the TV channel Al-Ufuq", or one of the roster."""
    behind = end < len(words) and words[end].folded in _PRESS
    return behind or (first > 0 and words[first - 1].folded in _PRESS) or is_agency(name)


def _is_a_family(words: list[Word], first: int) -> bool:
    """Whether a name is a family's: "the fall of the Duvaliers"."""
    return words[first].folded.endswith("s") and first > 0 and words[first - 1].folded == "the"


def _is_a_bodys(sentence: Sentence, last: Word, codebook: Codebook) -> bool:
    """Whether a name only says whose a force or body is: "the Oregon Army National Guard", "the Ituri Women's League"."""
    token = sentence.token_at(last.start)
    if token is None or token.dep_ != "compound" or token.head.i <= token.i or not token.head.text[:1].isupper() or sentence.text.isupper():
        return False
    apart = token.head.i > token.i + 1
    return (apart and not token.head.text.isupper() and token.head.lower_ in codebook.lists["armed"]) or token.head.lower_ in _BODIES


def _is_a_governments(name: str, sentence: Sentence, last: Word, codebook: Codebook) -> bool:
    """Whether a capital only says whose a policy or force is: "in Ankara's offensive against", "Moscow's allies"."""
    token = sentence.token_at(last.start)
    if token is None or token.dep_ not in ("poss", "compound") or token.head.lower_ not in codebook.lists["policy"]:
        return False
    if token.dep_ == "compound":  # "Kabul offensive" is one there; "Kabuls offensive" has lost its apostrophe
        return name.endswith("s") and fold_name(name) not in countries().capitals and fold_name(name[:-1]) in countries().capitals
    return fold_name(name) in countries().capitals
