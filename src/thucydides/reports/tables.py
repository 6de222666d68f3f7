"""The room's vocabulary: tables of patterns and words beside this file, read once, when first needed.

A shipped table that is damaged is a fault of the installation, so the first bad line is raised as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table

FOLDER = Path(__file__).parent
COLUMNS = {
    "boilerplate.tsv": ("scope", "pattern", "reason"),
    "header.tsv": ("kind", "pattern", "reason"),
    "credits.tsv": ("where", "who", "pattern", "reason"),
    "mends.tsv": ("kind", "found", "mended", "reason"),
    "names.tsv": ("kind", "names"),
}


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of one of the room's tables."""
    errors: list[BadRoster] = []
    rows = tuple(read_table(FOLDER / name, COLUMNS[name], errors))
    if errors:
        raise errors[0]
    return rows


@cache
def words(name: str) -> frozenset[str]:
    """A plain list of words, separated by spaces and lines, comments left out."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def boilerplate(scope: str) -> re.Pattern[str]:
    """All patterns of a scope as one."""
    return any_of([row["pattern"] for row in table("boilerplate.tsv") if row["scope"] == scope])


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern, in any case, that matches where one of several does."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) if patterns else r"(?!)", re.IGNORECASE)
