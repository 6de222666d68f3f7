"""Capitals told by their countries: "the Syrian capital", "Yemen's capital", "the capital of Niger"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from thucydides.claims.phrasing import phrase_of
from thucydides.places.tables import countries

_BEHIND, _BEFORE = phrase_of("capitals", "behind its country"), phrase_of("capitals", "before its country")
_NAMED = phrase_of("capitals", "named before")


def capitals(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a sentence tells of a capital without its name, and which it is. Of "the capital" alone nothing is known here."""
    for match in (*_BEHIND.finditer(text), *_BEFORE.finditer(text)):
        name = _seats().get(countries().called(match["country"]) or "")
        if name is not None and not _NAMED.search(text, 0, match.start()):
            yield match.start("told"), match.end("told"), name


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    """The capital of every country that has one only."""
    several = [code for code, _ in countries().seats]
    return {code: name.title() for code, name in countries().seats if several.count(code) == 1}
