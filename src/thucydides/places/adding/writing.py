"""From rows as they came to a gazetteer file: places numbered by cells, names sorted by sound."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from thucydides.places.adding.staging import Staging
from thucydides.places.file import TABLES, VERSION

_ORDERED = """
    SELECT number, id, name, kind, lat, lon, radius, country, admin1, admin2, population, cell FROM entries ORDER BY cell, number
"""


def write(staging: Staging, to: Path, about: Mapping[str, str]) -> int:
    """Writes the gazetteer and returns how many names it has. It appears under its name only when it is whole."""
    fresh = to.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    db = sqlite3.connect(fresh)
    try:
        db.executescript(TABLES + "CREATE TABLE within2 (place INTEGER PRIMARY KEY, name TEXT);")
        numbers = _places(staging, db)
        db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", _names(staging, numbers))
        names = db.execute("SELECT count(*) FROM names").fetchone()[0]
        told = {"version": VERSION, "places": str(staging.counts.taken), "names": str(names), **about}
        if db.execute("SELECT 1 FROM within2 LIMIT 1").fetchone():
            told["admin2"] = "yes"
        db.executemany("INSERT INTO about VALUES (?, ?)", told.items())
        db.commit()
    finally:
        db.close()
    fresh.replace(to)
    return int(names)


def _places(staging: Staging, db: sqlite3.Connection) -> array[int]:
    """Writes places in the order of cells, with the spans of the cells; gives their new numbers by the old."""
    titles: dict[str, str] = dict(staging.rows("SELECT code, name FROM titles"))
    numbers: array[int] = array("I", [0]) * (1 + int(next(staging.rows("SELECT coalesce(max(number), 0) FROM entries"))[0]))
    areas: dict[tuple[str | None, str], int] = {}
    spans: dict[int, list[int]] = {}

    def ordered() -> Iterator[tuple[Any, ...]]:
        for new, (old, id_, name, kind, lat, lon, radius, country, admin1, admin2, people, cell) in enumerate(staging.rows(_ORDERED), 1):
            numbers[old] = new
            spans.setdefault(cell, [new, new])[1] = new
            within = _title(admin1, titles)
            area = areas.setdefault((country, within), len(areas) + 1) if within else None
            if title := _title(admin2, titles):
                second.append((new, title))
            yield new, id_, name, kind, lat, lon, radius, country, area, people

    second: list[tuple[int, str]] = []
    rows = ordered()
    while part := [row for _, row in zip(range(50_000), rows, strict=False)]:
        db.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?)", part)
        db.executemany("INSERT INTO within2 VALUES (?, ?)", second)
        second.clear()
    db.executemany("INSERT INTO areas VALUES (?, ?, ?)", [(number, country, name) for (country, name), number in areas.items()])
    db.executemany("INSERT INTO cells VALUES (?, ?, ?)", [(cell, *span) for cell, span in sorted(spans.items())])
    return numbers


def _title(area: str | None, titles: Mapping[str, str]) -> str | None:
    """An area's name: that of its code, or the words themselves; a code that nothing names is no name."""
    if not area:
        return None
    if len(area) > 3 and area[2] == "." and area[:2].isupper():
        return titles.get(area)
    return area


def _names(staging: Staging, numbers: array[int]) -> Iterator[tuple[str, str, int]]:
    for sounded, name, old in staging.rows("SELECT sound, name, number FROM heard ORDER BY sound, name"):
        yield sounded, name, numbers[old]
