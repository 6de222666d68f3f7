"""Which comes first in dates of numbers alone, day or month: what the report's other dates and its outlet's country tell."""

from __future__ import annotations

import re

from thucydides.claims.times.vocabulary import values

_NUMBERS = re.compile(r"(?<![\d/.-])(?P<one>\d{1,2})(?P<mark>[/-])(?P<other>\d{1,2})(?P=mark)(?:(?:19|20)\d\d|\d\d)(?![\d/-])")
_MONTHS = 12


def day_order(text: str, country: str | None) -> str | None:
    """ "day" or "month", whatever stands first; ``None`` where nothing tells it or the dates of a text disagree."""
    told = {_first(int(m["one"]), int(m["other"])) for m in _NUMBERS.finditer(text)} - {None}
    if told:
        return told.pop() if len(told) == 1 else None
    if country is None or country.lower() in values("eitherway"):
        return None
    return "month" if country.lower() in values("monthfirst") else "day"


def _first(one: int, other: int) -> str | None:
    if one > _MONTHS >= other:
        return "day"
    return "month" if other > _MONTHS >= one else None
