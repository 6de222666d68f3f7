"""Which country a party is of, and which one a text speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from thucydides.actors import Actors
from thucydides.exports.acled_tables import countries
from thucydides.lexicon import Phrases, words_of


def home_of(actor: str | None, told: str, homes: Mapping[str, Sequence[str]]) -> str | None:
    """The country of a party: that of its demonym or state ("Eritrean soldiers"), else the only home of its actor in the roster."""
    named = countries_in(told)
    if named:
        return named[0]
    home = homes.get(actor or "", ())
    return home[0] if len(home) == 1 and home[0] in countries() else None


def country_of_text(text: str) -> str | None:
    """The country that a text names most, by name or demonym, the first of several; for want of a place."""
    named = Counter(countries_in(text)).most_common(1)
    return named[0][0] if named else None


def countries_in(told: str) -> list[str]:
    """The countries that words name, as often as they do."""
    words = words_of(told)
    return [hit.values[0] for hit in _states().find(words) if words[hit.first].capital]


@cache
def _states() -> Phrases[str]:
    """Names and demonyms of the roster's states that belong to no other, and the export's own names of countries."""
    states = [one for one in Actors.load() if one.kind == "state" and not one.parent and len(one.countries) == 1]
    named = [(name, one.countries[0]) for one in states if one.countries[0] in countries() for name in (one.name, *one.demonyms)]
    return Phrases([*((country.name, code) for code, country in countries().items() if code != "XS"), *named])


@cache
def roster_homes() -> dict[str, tuple[str, ...]]:
    """The home countries of the shipped roster's actors by id."""
    return {actor.id: actor.countries for actor in Actors.load()}
