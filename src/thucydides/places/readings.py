"""Ways to read a place's name as told: with and without the word for its kind, and with the place that holds it.

"the town of al-Bukamal" is al-Bukamal, a town; "Aleppo University" may be so named, or a school in Aleppo; "Tabqa, Raqqa
province" is Tabqa held by Raqqa province.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from thucydides.places.names import fold_name
from thucydides.places.phrasing import phrase_of, wordlist
from thucydides.places.tables import Feature, abbreviations, features

_POSSESSIVE = re.compile(r"['’]s?$")
_HELD = phrase_of("readings", "held")
_OF = phrase_of("readings", "of")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
_SMALL_WORDS = wordlist("readings", "small words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A name to look up, with what was said of its kind and of the place that holds it."""

    name: str
    feature: Feature | None = None
    holder: str | None = None
    of: bool = False  # held by "of", as armed forces are of a country: no place unless its own words say so


@lru_cache(maxsize=8192)
def readings(name: str) -> tuple[Reading, ...]:
    """All readings of a name, the most literal first."""
    plain = _trimmed(name)
    if not plain:
        return ()
    if plain in abbreviations().as_written:
        return (Reading(name=plain),)
    found = [Reading(name=plain)]
    _strip(plain, None, found, 0)
    for pattern in (_HELD, _OF):
        match = pattern.match(plain)
        if match:
            head, holder = _trimmed(match["name"]), _trimmed(match["holder"])
            if head and holder:
                inner = [Reading(name=head)]
                _strip(head, None, inner, 0)
                found += [Reading(name=one.name, feature=one.feature, holder=holder, of=pattern is _OF) for one in inner]
    return tuple(dict.fromkeys(found))


def _strip(words: str, feature: Feature | None, found: list[Reading], depth: int) -> None:
    if depth == 2:
        return
    for bare, taken in _without_feature(words):
        # Of two words for its kind the outer says what is meant: the airport of the city of Homs is an airport.
        found.append(Reading(name=bare, feature=feature or taken))
        _strip(bare, feature or taken, found, depth + 1)
        return


def _without_feature(words: str) -> list[tuple[str, Feature]]:
    tokens = words.split()
    plain = [fold_name(token) or token for token in tokens]
    for width in (4, 3, 2, 1):
        if width < len(tokens):
            after = _by_words().get(" ".join(plain[-width:]))
            if after is not None and after.stands != "before":
                bare = _trimmed(_POSSESSIVE.sub("", " ".join(tokens[:-width])))
                if bare and fold_name(bare) not in _SMALL_WORDS:
                    return [(bare, after)]
            before = _by_words().get(" ".join(plain[:width]))
            if before is not None and before.stands != "after":
                rest = tokens[width:]
                if rest and rest[0].lower() == "of":
                    rest = rest[1:]
                if rest and rest[0].lower() == "the":
                    rest = rest[1:]
                if rest:
                    return [(" ".join(rest), before)]
    return []


@lru_cache(maxsize=1)
def _by_words() -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    for feature in features():
        found.setdefault(feature.words, feature)
    return found


def _trimmed(words: str) -> str:
    spaced = " ".join(words.split())
    plain = spaced.strip(' ,.;:"“”()[]')
    last = f"{plain.rpartition(',')[2].strip()}."
    if f"{plain}." in spaced and (last in abbreviations().as_written or _DOTTED.fullmatch(last)):
        plain += "."  # "Ky.", "U.S.": its full stop is part of it
    lower = plain.lower()
    for article in ("the ", "a ", "an "):
        if lower.startswith(article):
            return plain[len(article) :]
    return plain
