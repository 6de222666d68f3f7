"""In which order a file of many reports writes the days that it gives in numbers: "4/7/2017" beside "6/23/2015" is the seventh of April."""

from __future__ import annotations

import re
from enum import StrEnum

_GIVEN = rb'(?<!\\)"%s"\s*:\s*"\s*(\d{1,2})\s*\\?[-/.]\s*(\d{1,2})\s*\\?[-/.]\s*\d{4}'
_FIELDS = tuple(re.compile(_GIVEN % name) for name in (b"published", b"date"))
"""The fields of a report that give its day, the one that counts first; a slash may be escaped."""
MONTHS = 12


class DateOrder(StrEnum):
    """What the dates of a file tell together."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    BOTH = "both"  # some can only be read the one way, some only the other
    OPEN = "open"  # all of them could be read either way, or there are none


def order_of(data: bytes) -> DateOrder:
    """The order of the days that the reports of a file give: one day above the twelfth tells it for all, if none tells the other."""
    found = next((days for field in _FIELDS if (days := field.findall(data))), [])
    first, second = (any(int(days[at]) > MONTHS for days in found) for at in (0, 1))
    if first and second:
        return DateOrder.BOTH
    return DateOrder.DAY_FIRST if first else DateOrder.MONTH_FIRST if second else DateOrder.OPEN
