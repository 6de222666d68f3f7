"""Cells of comma-separated exports, safe to open in a spreadsheet.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` (or their full-width forms, or after a tab or line break) as a
formula, and the words of a report are anybody's words. Such a text gets an apostrophe in front, as does one in which only
apostrophes stand before the sign, so that taking one apostrophe away (:func:`plain`) always gives back the text. Numbers are
written as numbers.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_GUARDED = re.compile(r"'(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r\n]))")
_NUL = str.maketrans({"\0": "\ufffd"})


def safe(value: object) -> str:
    """A value as the text of a cell. ``None`` is an empty cell, a list is joined by " | "."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return format(value, ".6g") if math.isfinite(value) else ""
    if isinstance(value, list | tuple):
        value = " | ".join(str(part) for part in value if part is not None)
    words = str(value).translate(_NUL)
    return f"'{words}" if _FORMULA.match(words) else words


def plain(cell: str) -> str:
    """The text of a cell written by :func:`safe`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write_table(columns: Sequence[str], rows: Iterable[dict[str, object]], to: TextIO) -> int:
    """Writes a header and rows, one by one, and returns how many. A column that a row does not have is left empty.

    Lines end as RFC 4180 wants; with a shorter ending the writer would leave lone carriage returns in cells unquoted.
    """
    writer = csv.writer(to, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([safe(row.get(column)) for column in columns])
        count += 1
    return count
