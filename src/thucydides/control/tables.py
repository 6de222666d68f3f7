"""Reading this room's own tables: a bad line is an error at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table


def rows_of(path: Path, columns: Sequence[str]) -> list[Row]:
    """All rows of a shipped table."""
    errors: list[BadRoster] = []
    rows = list(read_table(path, columns, errors))
    if errors:
        raise errors[0]
    return rows
