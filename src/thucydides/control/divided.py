"""Towns told to be divided: "split between rebel and government sectors", "divided into a rebel-held east and a regime-held west"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from thucydides.control.described import party_called
from thucydides.record import Party

_BETWEEN = re.compile(r"\b(?:divided|split|partitioned)\s+(?:[\w’'-]+\s+){0,4}?(?:between|among|into)\s+(?P<sides>[^.;:]+)", re.I)
_TOWN = re.compile(r"\b(?:divided|partitioned)\s+(?:[\w’'-]+\s+)?(?:city|town|capital)\b", re.I)
_ONCE = re.compile(r"\b(?:was|were|had been|once)\s+(?:\w+ly\s+)?(?:divided|split|partitioned)\b", re.I)
_ENDS = re.compile(r"\b(?:since|for|with|where|while|after|when|until|as|who|which|because|amid|but)\b")
_AND = re.compile(r",\s+(?:and\s+)?|\s+and\s+(?!its\b|their\b|allied\b)")
_HELD = re.compile(r"[-‐ ](?:held|controlled|occupied|ruled|run)\b", re.I)
_ARTICLE = re.compile(r"^(?:an?|the|both|forces loyal to)\s+", re.I)
MOST = 4
"""Words of a side's name that are looked up, from its first on."""


def is_divided(words: str) -> bool:
    """Whether a town of the sentence is told to be divided."""
    return _BETWEEN.search(words) is not None or _TOWN.search(words) is not None


def was_divided(words: str) -> bool:
    """Whether that is told of the past."""
    return _ONCE.search(words) is not None


def sides(words: str) -> Iterator[Party]:
    """Those between whom a town is divided, as far as the sentence names them."""
    match = _BETWEEN.search(words)
    if match is None:
        return
    told = match["sides"]
    end = _ENDS.search(told)
    for side in _AND.split(told[: end.start() if end else len(told)]):
        named = _HELD.sub(" ", _ARTICLE.sub("", side.strip())).split()[:MOST]
        for length in range(len(named), 0, -1):
            party = party_called(" ".join(named[:length]))
            if party is not None:
                yield replace(party, role="initiator")
                break
