"""The rules of tracing that have a number: ``rules.tsv``, with a user's own lines laid over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table

TABLE = Path(__file__).with_name("rules.tsv")
COLUMNS = ("rule", "value", "meaning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers by name; the table says what each means. Without an argument they are those of the table."""

    lapse_days: int
    siege_days: int
    lapsed_share: float
    least_chance: float
    together_days: int
    rival_days: int
    settle_days: int
    passing_days: int
    divided_days: int

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Rules:
        """The shipped rules with a user's own lines laid over them. A bad line is refused."""
        return _load(tuple(extra))

    def but(self, given: Mapping[str, float | None]) -> Rules:
        """The same rules but for those that are given a number."""
        return replace(self, **{name: _typed(name, value) for name, value in given.items() if value is not None})  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Rules:
    errors: list[BadRoster] = []
    rows: dict[str, Row] = {}
    for path in (TABLE, *extra):
        for row in read_table(path, COLUMNS, errors):
            rows[row["rule"]] = row
    if errors:
        raise errors[0]
    return Rules(**{name: _value(row) for name, row in rows.items()})  # type: ignore[arg-type]


def _value(row: Row) -> int | float:
    known = {field.name for field in fields(Rules)}
    if row["rule"] not in known:
        raise BadRoster(row.file, row.line, f"{row['rule']!r} is no rule", remedy=f"Rules: {', '.join(sorted(known))}.")
    try:
        value = float(row["value"])
    except ValueError:
        value = -1.0
    share = row["rule"] in ("lapsed_share", "least_chance")
    if value < 0 or (share and value > 1) or (not share and value != int(value)):
        told = "a share from 0 to 1" if share else "a whole number of days"
        raise BadRoster(row.file, row.line, f"{row['rule']} {row['value']!r} is not {told}", remedy=f"Write {told}.")
    return _typed(row["rule"], value)


def _typed(name: str, value: float) -> int | float:
    return value if name in ("lapsed_share", "least_chance") else int(value)
