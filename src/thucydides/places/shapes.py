"""Lines and areas of places: rivers, roads, borders, seas, regions, first-level areas and countries, each read when it is asked for.

``data/shapes.db`` holds what Natural Earth draws, the ``shape`` column of ``supplement-lines.tsv`` and ``supplement-regions.tsv`` what
this project draws; ``docs/places.md`` tells how that column is written. A shape is simplified: it may be a kilometre off.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadGazetteer, BadRoster
from thucydides.lexicon import Row, read_table
from thucydides.places.file import cell_of
from thucydides.places.geometry import Point
from thucydides.places.packing import unpacked
from thucydides.places.polygons import around, inside
from thucydides.places.tables import DATA, SUPPLEMENT_COLUMNS, refuse

FILE = DATA / "shapes.db"
VERSION = "1"
TABLES = ("supplement-lines.tsv", "supplement-regions.tsv")
DISPUTED_COLUMNS = ("id", "name", "claimed", "held", "view", "country", "shape")
LINES, AREAS = ("line", "river", "border", "control"), ("area", "around", "lake", "admin1", "country")
_KEYS = {"river": "river:{}", "lake": "lake:{}", "border": "border:{}", "control": "line:{}", "country": "country:{}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A line, or an area of rings. ``holes`` are the numbers of the parts that are cut out of the ring before them."""

    kind: str  # line, area
    parts: tuple[tuple[Point, ...], ...]
    holes: frozenset[int] = frozenset()

    def holds(self, at: Point) -> bool:
        """Whether a point lies in the area."""
        found = False
        for number, ring in enumerate(self.parts):
            if number not in self.holes:
                if found:
                    return True
                found = inside(ring, at)
            elif found and inside(ring, at):
                found = False
        return found

    def rings(self) -> tuple[tuple[Point, ...], ...]:
        """The outer rings."""
        return tuple(ring for number, ring in enumerate(self.parts) if number not in self.holes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The country and first-level area that a point lies in. ``admin1`` is ``None`` where the outline is older than the area."""

    country: str
    admin1: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """An area that more than one side claims: who claims it, who holds it, and whose it is here, in words and (if fixed) by code."""

    id: str
    name: str
    claimed: tuple[str, ...]
    held: str
    view: str
    country: str | None = None


class Shapes:
    """All lines and areas. Nothing is read before the first question; one instance serves all threads."""

    def __init__(self, file: Path = FILE) -> None:
        self._rows, self._cells = _read(file)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number, (key, _, _, _, _) in self._rows.items():
            self._by_key[key].append(number)
        self.written = _written()
        self._neighbours: dict[str, list[str]] = defaultdict(list)
        for key in self._by_key:
            if key.startswith("border:"):
                first, _, second = key.removeprefix("border:").partition("-")
                self._neighbours[first].append(second)
                self._neighbours[second].append(first)
        self.of = lru_cache(maxsize=1024)(self._of)
        self._one = lru_cache(maxsize=1024)(self._read_one)
        self.disputed_at = lru_cache(maxsize=8192)(self._disputed_at)
        self._disputed = [(one, self.drawn(shape)) for one, shape in _disputed()]
        self._boxes = [_box(shape) for _, shape in self._disputed]

    @staticmethod
    def open() -> Shapes:
        """The shipped lines and areas, read once."""
        return _opened()

    def _of(self, place: str, country: str | None = None, admin1: str | None = None) -> Shape | None:
        """The shape of a place by its id ("sy-m5-highway-syria", "country:SY", "border:LB-SY"), or of a first-level area by its names."""
        shape = self.written.get(place)
        if shape is not None:
            return self.drawn(shape)
        if place in self._by_key:
            return self._joined([place])
        if country and admin1 and place.startswith("gn:"):
            return self._joined([f"admin1:{country}.{admin1}"])
        return None

    def drawn(self, shape: Row) -> Shape:
        """The shape that a row's ``shape`` column writes."""
        drawn = [self._drawn(shape, told) for told in shape.values("shape")]
        first = drawn[0]
        holes, parts = set(first.holes), list(first.parts)
        for other in drawn[1:]:
            holes |= {len(parts) + hole for hole in other.holes}
            parts += other.parts
        return Shape(kind=first.kind, parts=tuple(parts), holes=frozenset(holes))

    def _drawn(self, row: Row, told: str) -> Shape:
        word, _, rest = told.partition(" ")
        if word == "line":
            return Shape(kind="line", parts=(tuple(at for at, _ in _points(row, rest, 0)),))
        if word == "area":
            ring = tuple(at for at, _ in _points(row, rest, 0))
            return Shape(kind="area", parts=((*ring, ring[0]),))
        if word == "around":
            return Shape(kind="area", parts=(around(_points(row, rest, 1)),))
        if word == "admin1":
            country, _, names = rest.partition(":")
            keys = [f"admin1:{country.strip()}.{name.strip()}" for name in names.split(",")]
        elif word in _KEYS:
            keys = [_KEYS[word].format(name.strip()) for name in rest.split("+")]
        else:
            what = f"shape {told[:60]!r} begins with an unknown word"
            raise BadRoster(row.file, row.line, what, remedy=f"Words: {' '.join((*LINES, *AREAS))}.")
        shape = self._joined(keys)
        if shape is None or any(key not in self._by_key for key in keys):
            missing = [key for key in keys if key not in self._by_key]
            raise BadRoster(row.file, row.line, f"shapes.db has no {missing}", remedy="See bench/build_shapes.py --list.")
        return shape

    def _joined(self, keys: Sequence[str]) -> Shape | None:
        numbers = [number for key in keys for number in self._by_key.get(key, ())]
        if not numbers:
            return None
        shapes = [self._one(number) for number in numbers]
        holes: set[int] = set()
        parts: list[tuple[Point, ...]] = []
        for shape in shapes:
            holes |= {len(parts) + hole for hole in shape.holes}
            parts += shape.parts
        return Shape(kind=shapes[0].kind, parts=tuple(parts), holes=frozenset(holes))

    def _read_one(self, number: int) -> Shape:
        _, kind, _, _, blob = self._rows[number]
        parts = unpacked(blob)
        holes = frozenset(n for n, (hole, _) in enumerate(parts) if hole)
        return Shape(kind=kind, parts=tuple(tuple(points) for _, points in parts), holes=holes)

    def keys(self, start: str) -> list[str]:
        """The names in ``shapes.db`` that begin so: "river:", "lake:", "border:", "line:", "admin1:", "country:"."""
        return sorted(key for key in self._by_key if key.startswith(start))

    def border(self, first: str, second: str) -> tuple[str, Shape] | None:
        """The land border between two countries, with its id; ``None`` if they share none."""
        key = "border:" + "-".join(sorted((first, second)))
        shape = self._joined([key])
        return (key, shape) if shape is not None else None

    def neighbours(self, country: str) -> Sequence[str]:
        """The countries that share a land border with one."""
        return self._neighbours.get(country, [])

    def at(self, lat: float, lon: float) -> Area | None:
        """The country and first-level area of a point by the outlines, disputed areas as ``disputed.tsv`` gives them; ``None`` at sea."""
        whole, numbers = self._cells.get(cell_of(lat, lon), (False, ()))
        for number in numbers:
            if whole or self._one(number).holds((lat, lon)):
                _, _, country, name, _ = self._rows[number]
                disputed = self.disputed_at(lat, lon)
                if disputed is not None and disputed.country not in (None, country):
                    return Area(country=disputed.country or "", admin1=None)
                return Area(country=country or "", admin1=name)
        return None

    def _disputed_at(self, lat: float, lon: float) -> Disputed | None:
        """The disputed area that a point lies in."""
        for (one, shape), (south, west, north, east) in zip(self._disputed, self._boxes, strict=True):
            if south <= lat <= north and west <= lon <= east and shape.holds((lat, lon)):
                return one
        return None


_Stored = dict[int, tuple[str, str, str | None, str | None, bytes]]


def _read(file: Path) -> tuple[_Stored, dict[int, tuple[bool, tuple[int, ...]]]]:
    if not file.is_file():
        raise BadGazetteer(f"The outlines {file} are missing", remedy="Reinstall the package or run bench/build_shapes.py.")
    db = sqlite3.connect(f"file:{file.as_posix()}?mode=ro&immutable=1", uri=True)
    try:
        version = db.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        if version is None or version[0] != VERSION:
            raise BadGazetteer(f"The outlines {file} are of version {version and version[0]}, not {VERSION}", remedy="Rebuild them.")
        rows = {n: (key, kind, country, name, blob) for n, key, kind, country, name, blob in db.execute("SELECT * FROM shapes")}
        cells = {c: (bool(w), tuple(map(int, areas.split()))) for c, w, areas in db.execute("SELECT cell, whole, areas FROM cells")}
    except sqlite3.DatabaseError as error:
        raise BadGazetteer(f"The outlines {file} are damaged ({error})", remedy="Reinstall the package.") from error
    finally:
        db.close()
    return rows, cells


def _written() -> dict[str, Row]:
    errors: list[BadRoster] = []
    found = {row["id"]: row for table in TABLES for row in read_table(DATA / table, SUPPLEMENT_COLUMNS, errors) if row["shape"]}
    refuse("the tables of lines and regions", errors)
    return found


def _disputed() -> list[tuple[Disputed, Row]]:
    errors: list[BadRoster] = []
    found = [(_dispute(row), row) for row in read_table(DATA / "disputed.tsv", DISPUTED_COLUMNS, errors)]
    refuse("disputed.tsv", errors)
    return found


def _dispute(row: Row) -> Disputed:
    return Disputed(
        id=row["id"], name=row["name"], claimed=row.values("claimed"), held=row["held"], view=row["view"], country=row["country"] or None
    )  # fmt: skip


def _points(row: Row, told: str, more: int) -> list[tuple[Point, float]]:
    """Points as they are written, "34.73 36.72 Homs; 34.60 37.08 Furqlus", or circles with their kilometres before the name."""
    found = []
    for piece in told.split(";"):
        words = piece.split()
        try:
            numbers = [float(word) for word in words[: 2 + more]]
            found.append(((numbers[0], numbers[1]), numbers[2] if more else 0.0))
        except (ValueError, IndexError):
            what = f"{piece.strip()!r} is no point"
            raise BadRoster(
                row.file, row.line, what, remedy="Write latitude, longitude (and kilometres), then a name if you like."
            ) from None
    return found


def _box(shape: Shape) -> tuple[float, float, float, float]:
    lats, lons = [p[0] for ring in shape.parts for p in ring], [p[1] for ring in shape.parts for p in ring]
    return min(lats), min(lons), max(lats), max(lons)


@lru_cache(maxsize=1)
def _opened() -> Shapes:
    return Shapes()
