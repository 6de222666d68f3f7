"""One gazetteer in one compact read-only SQLite file: the embedded one, or one that a user added. Both have the same shape.

Names are sorted by sound, so that all spellings of a name lie side by side; places are numbered by one-degree cells, so that
neighbours are a range of numbers. Degrees are kept in ten-thousandths, radii in tenths of a kilometre.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import floor
from os import getpid
from pathlib import Path
from typing import Any

from thucydides.errors import BadGazetteer
from thucydides.places.geometry import distance_km
from thucydides.record import Place

VERSION = "1"
KINDS = ("city", "town", "village", "neighbourhood", "admin1", "admin2")
"""Kinds kept as a number; any other is kept as its word."""

TABLES = """
    PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE areas (id INTEGER PRIMARY KEY, country TEXT, name TEXT);
    CREATE TABLE places (id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, kind INTEGER, lat INTEGER, lon INTEGER,
                         radius INTEGER, country TEXT, area INTEGER, population INTEGER);
    CREATE TABLE cells (cell INTEGER PRIMARY KEY, first INTEGER, last INTEGER);
    CREATE TABLE names (sound TEXT, name TEXT, place INTEGER, PRIMARY KEY (sound, name, place)) WITHOUT ROWID;
"""

FEW_NAMES = 300_000  # up to so many distinct names of an added gazetteer are held in memory, to be asked without the file
_KNOWN = "SELECT 1 FROM names WHERE sound = ? AND name IN ({}) LIMIT 1"
_KNOWS: dict[int, str] = {}  # the query for so many forms
_COLUMNS = "p.id, p.geonameid, p.name, p.kind, p.lat, p.lon, p.radius, p.country, a.name, p.population"


def cell_of(lat: float, lon: float) -> int:
    """The one-degree cell of a point."""
    return min(179, floor(lat) + 90) * 360 + (floor(lon) + 180) % 360


class GazetteerFile:
    """A gazetteer file, opened when it is first asked. One instance serves all threads and processes."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name  # "" is the embedded one
        self._lock = threading.Lock()
        self._connections: dict[int, sqlite3.Connection] = {}

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._lock:
            return self._connection().execute(query, tuple(values)).fetchall()

    @cached_property
    def about(self) -> dict[str, str]:
        """What the file says of itself: how many places and names, and where an added one comes from."""
        return dict(self.rows("SELECT key, value FROM about"))

    @cached_property
    def prefix(self) -> str:
        """What its places' ids begin with: ``gn`` for all that come from GeoNames, else the name of the gazetteer."""
        return self.about.get("prefix", "gn")

    @property
    def listed(self) -> bool:
        """Whether it is a list that somebody chose, not a dump of everything that has a name."""
        return self.prefix != "gn"

    @cached_property
    def few(self) -> frozenset[str] | None:
        """All of its names where they are few, ``None`` where they must be asked for one by one."""
        if not self.name or int(self.about.get("names", "0")) > FEW_NAMES:
            return None
        return frozenset(name for (name,) in self.rows("SELECT DISTINCT name FROM names"))

    def knows(self, key: str, forms: Sequence[str]) -> bool:
        """Whether any of these folded forms of one sound is among its names."""
        if self.few is not None:
            return not self.few.isdisjoint(forms)
        query = _KNOWS.get(len(forms)) or _KNOWS.setdefault(len(forms), _KNOWN.format(",".join("?" * len(forms))))
        with self._lock:
            return self._connection().execute(query, (key, *forms)).fetchone() is not None

    def of_names(self, key: str, forms: Sequence[str]) -> Iterable[Place]:
        """The places of any of these folded forms of one sound."""
        if self.few is not None and self.few.isdisjoint(forms):
            return ()
        query = f"SELECT place FROM names WHERE sound = ? AND name IN ({','.join('?' * len(forms))})"
        return self.places(dict.fromkeys(row[0] for row in self.rows(query, (key, *forms)))).values()

    def places(self, numbers: Iterable[int]) -> dict[int, Place]:
        """Places by their numbers in this file."""
        wanted = list(numbers)
        found: dict[int, Place] = {}
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            query = f"SELECT {_COLUMNS} FROM places p LEFT JOIN areas a ON a.id = p.area WHERE p.id IN ({marks})"
            for number, own_id, name, kind, lat, lon, radius, country, area, people in self.rows(query, part):
                found[number] = Place(
                    id=f"{self.prefix}:{own_id}", name=name, kind=KINDS[kind] if isinstance(kind, int) else kind, lat=lat / 1e4,
                    lon=lon / 1e4, radius_km=radius / 10, country=country, admin1=area, population=people,
                )  # fmt: skip
        return found

    def place(self, id_: str) -> Place | None:
        """The place of an id. No index leads there, so all are looked through."""
        prefix, _, number = id_.rpartition(":")
        if prefix != self.prefix or not number.isdecimal():
            return None
        rows = self.rows("SELECT id FROM places WHERE geonameid = ?", (int(number),))
        return next(iter(self.places(row[0] for row in rows).values()), None)

    def in_cells(self, cells: Iterable[int]) -> list[Place]:
        """The places of one-degree cells."""
        found: list[Place] = []
        for cell in sorted(cells):
            span = self.rows("SELECT first, last FROM cells WHERE cell = ?", (cell,))
            if span:
                found += self.places(range(span[0][0], span[0][1] + 1)).values()
        return found

    def countries(self) -> dict[str, int]:
        """How many of its places each country has."""
        return dict(self.rows("SELECT country, count(*) FROM places WHERE country IS NOT NULL GROUP BY country"))

    def second_level(self, lat: float, lon: float) -> tuple[float, str] | None:
        """How far the nearest of its places is whose second-level area is known, within the cell, and that area's name."""
        if "admin2" not in self.about:
            return None
        span = self.rows("SELECT first, last FROM cells WHERE cell = ?", (cell_of(lat, lon),))
        if not span:
            return None
        query = "SELECT p.lat, p.lon, w.name FROM within2 w JOIN places p ON p.id = w.place WHERE w.place BETWEEN ? AND ?"
        told = [(distance_km((lat, lon), (y / 1e4, x / 1e4)), name) for y, x, name in self.rows(query, span[0])]
        return min(told, default=None)

    def _connection(self) -> sqlite3.Connection:
        # A connection must not cross a fork, so each process has its own.
        process = getpid()
        if process not in self._connections:
            self._connections[process] = self._opened()
        return self._connections[process]

    def _opened(self) -> sqlite3.Connection:
        what = f"The gazetteer {self.path}"
        mend = "'thuc places remove' it and add it again." if self.name else "Reinstall the package or run bench/build_gazetteer.py."
        if not self.path.is_file():
            raise BadGazetteer(f"{what} is missing", remedy=mend)
        db = sqlite3.connect(f"file:{self.path.as_posix()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            db.execute("PRAGMA cache_size = -6000")
            version = db.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        except sqlite3.DatabaseError as error:
            raise BadGazetteer(f"{what} is damaged ({error})", remedy=mend) from error
        if version is None or version[0] != VERSION:
            raise BadGazetteer(f"{what} is of version {version and version[0]}, not {VERSION}", remedy=mend)
        return db
