"""What can be kept out of an export: points on the map, names of civilians, the words themselves.

Withholding works on the flat claim, before any format sees it, so no format can leak what another one hides. What is withheld
is ``None``, never left out: every format keeps its shape.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import cast

from thucydides.errors import BadSetting
from thucydides.exports.flat import Flat
from thucydides.lexicon import fold

TOLLS = ("killed", "wounded", "captured", "displaced")


def withhold(flat: Flat, what: Collection[str]) -> Flat:
    """A copy of a flat claim without what is to be withheld: names of ``SENSITIVE``."""
    check_withheld(what)
    for name, without in SENSITIVE.items():
        if name in what:
            flat = without(flat)
    return flat


def check_withheld(what: Collection[str]) -> None:
    """Refuses a name that is none of ``SENSITIVE``: better no export than one that shows what was to be hidden."""
    unknown = sorted(set(what) - set(SENSITIVE))
    if unknown:
        raise BadSetting(f"{unknown[0]!r} cannot be withheld", remedy=f"What can be withheld: {', '.join(SENSITIVE)}.")


def without_coordinates(flat: Flat) -> Flat:
    """Places keep their names and precision, not their points."""
    hidden = {"lat": None, "lon": None, "radius_km": None, "rule": ""}
    return flat | {"places": [{**place, **hidden} for place in _dicts(flat["places"])]}


def without_civilians(flat: Flat) -> Flat:
    """A civilian's name becomes the roster's word for the group, and words of the report that hold the name are withheld with it.

    A name that is itself one of the roster's words for the group ("villagers") says nothing of a person and stays.
    """
    hidden: dict[str, str] = {}
    for party in _dicts(flat["parties"]):
        if party["kind"] == "civilian":
            name, names = str(party["name"]), _strings(party["names"])
            if fold(name) not in {fold(other) for other in names} | {"civilians", "civilian"}:
                hidden[name] = names[0] if names else "Civilians"
    if not hidden:
        return flat
    folded = [fold(name) for name in hidden]

    def shown(words: object) -> object:
        return None if isinstance(words, str) and any(name in fold(words) for name in folded) else words

    def renamed(sides: object) -> list[list[str]]:
        lists = cast("list[list[str]]", sides)
        return [list(dict.fromkeys([hidden[names[0]], *names[1:]])) if names[0] in hidden else names for names in lists]

    return flat | {
        **{f"{role}s": renamed(flat[f"{role}s"]) for role in ("initiator", "target", "supporter")},
        "parties": [
            {**party, "name": hidden[str(party["name"])]} if party["name"] in hidden else party for party in _dicts(flat["parties"])
        ],
        "quote": shown(flat["quote"]),
        "evidence": [{**passage, "text": shown(passage["text"])} for passage in _dicts(flat["evidence"])],
        **{name: _within(flat[name], shown, "who", "words") for name in TOLLS},
        **{name: _within(flat[name], shown, "words") for name in ("date", "said_on")},
        "places": [{**place, "relation": shown(place["relation"])} for place in _dicts(flat["places"])],
        "attributed_to": shown(flat["attributed_to"]),
        "wording": [{**one, "words": shown(one["words"]), "party": shown(one["party"])} for one in _dicts(flat["wording"])],
        "outcome": shown(flat["outcome"]),
        **{name: [words for words in _strings(flat[name]) if shown(words)] for name in ("also", "said_by", "loaded", "damage", "notes")},
    }


def without_passages(flat: Flat) -> Flat:
    """Every passage of the report is withheld: quotes, the words of evidence, dates and tolls. Their offsets stay."""

    def nothing(_: object) -> None:
        return None

    return flat | {
        "quote": None,
        "also": [],
        "loaded": [],
        "wording": [],
        "evidence": [{**passage, "text": None} for passage in _dicts(flat["evidence"])],
        **{name: _within(flat[name], nothing, "words") for name in TOLLS},
        **{name: _within(flat[name], nothing, "words") for name in ("date", "said_on")},
    }


SENSITIVE: dict[str, Callable[[Flat], Flat]] = {
    "coordinates": without_coordinates,
    "civilians": without_civilians,
    "passages": without_passages,
}


def _dicts(values: object) -> list[Flat]:
    return cast("list[Flat]", values)


def _strings(values: object) -> list[str]:
    return cast("list[str]", values)


def _within(value: object, shown: Callable[[object], object], *keys: str) -> Flat | None:
    """A copy of a nested object in which some of the values are shown or not."""
    if value is None:
        return None
    nested = cast("Flat", value)
    return {**nested, **{key: shown(nested[key]) for key in keys}}
