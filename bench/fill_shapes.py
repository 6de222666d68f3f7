"""Completes the tables of lines and regions after an edit: ``python bench/fill_shapes.py [TABLE ...]``.

In the ``shape`` column a point may be written by the name of a town alone ("line Homs; Palmyra"): it gets the gazetteer's coordinates,
the town being one of the row's countries, nearest to the points before it. A row's ``lat``, ``lon`` and ``radius_km`` are computed
from its shape: a point of the line, or the middle of the area, and the distance to the farthest corner. An area's own point stays if
it lies inside: the middle of Darfur's people is not that of its desert. Rows that cannot be completed are told and left as they are.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table
from thucydides.places import Context, Gazetteer
from thucydides.places.choosing import choose
from thucydides.places.geometry import Point, distance_km
from thucydides.places.lines import length_km, nearest_spot, stretch
from thucydides.places.polygons import middle_and_reach
from thucydides.places.shapes import TABLES, Shape, Shapes
from thucydides.places.tables import DATA, SUPPLEMENT_COLUMNS, features

_NUMBERED = re.compile(r"-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?(?: |$)")
_FAR_KM = 900.0
_TOWN = next(feature for feature in features() if feature.words == "town")  # "Bago" is the town, not the region about it


def placed(piece: str, countries: Sequence[str], before: Sequence[Point], around: bool) -> str:
    """A point with its coordinates; towns are sought in the row's countries, near the points before it."""
    if _NUMBERED.match(piece):
        return piece
    km = ""
    if around:
        piece, _, km = piece.rpartition(" ")
        km = f" {float(km):g}"
    context = Context(countries=dict.fromkeys(countries, 1.0), anchors=tuple(before[-2:]))
    choice = choose(piece, context, Gazetteer.open(), feature=_TOWN)
    if choice is None or (choice.place.country not in countries):
        raise ValueError(f"{piece!r} is not known in {' '.join(countries)}")
    if before and distance_km(before[-1], (choice.place.lat, choice.place.lon)) > _FAR_KM:
        raise ValueError(f"{piece!r} lies {distance_km(before[-1], (choice.place.lat, choice.place.lon)):.0f} km from the point before")
    return f"{choice.place.lat:.2f} {choice.place.lon:.2f}{km} {piece}"


def filled(told: str, countries: Sequence[str]) -> str:
    """A shape with coordinates at every point."""
    word, _, rest = told.partition(" ")
    if word not in ("line", "area", "around"):
        return told
    done: list[str] = []
    spots: list[Point] = []
    for piece in rest.split(";"):
        done.append(placed(" ".join(piece.split()), countries, spots, word == "around"))
        lat, lon = done[-1].split()[:2]
        spots.append((float(lat), float(lon)))
    return f"{word} {'; '.join(done)}"


def middle_of(shape: Shape, given: Point | None) -> tuple[Point, float]:
    """The point given if it lies in the area, else its middle, or a point of the line near its middle; and how far a corner lies."""
    corners = [point for part in shape.parts for point in part]
    if shape.kind == "area":
        middle, reach = middle_and_reach(shape.rings())
        return (given, max(distance_km(given, at) for at in corners)) if given is not None and shape.holds(given) else (middle, reach)
    lats, lons = [p[0] for p in corners], [p[1] for p in corners]
    box = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    at = nearest_spot(shape.parts, box).at
    if len(shape.parts) == 1:
        line = shape.parts[0]
        at = stretch(line, 0.0, length_km(line)).at
    return at, max(distance_km(at, corner) for corner in corners)


def complete(row: Row, shapes: Shapes) -> dict[str, str]:
    """A row's cells with shape, point and radius."""
    cells = {column: row[column] for column in SUPPLEMENT_COLUMNS}
    countries = row.values("country")
    cells["shape"] = " | ".join(filled(told, countries) for told in row.values("shape"))
    drawn = shapes.drawn(Row(row.file, row.line, cells))
    given = (float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None
    at, reach = middle_of(drawn, given)
    cells["lat"], cells["lon"], cells["radius_km"] = f"{at[0]:.2f}", f"{at[1]:.2f}", f"{max(1.0, reach + 0.6):.1f}"
    return cells


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path, nargs="*", default=[DATA / name for name in TABLES])
    parser.add_argument("--list", action="store_true", help="list the rivers, lakes, borders and areas that a shape may name")
    given = parser.parse_args()
    shapes, missed = Shapes.open(), 0
    if given.list:
        print("\n".join(shapes.keys("")))
        return 0
    for table in given.tables:
        errors: list[BadRoster] = []
        done: dict[int, str] = {}
        for row in read_table(table, SUPPLEMENT_COLUMNS, errors):
            try:
                done[row.line] = "\t".join(complete(row, shapes).values())
            except (BadRoster, ValueError) as error:
                missed += 1
                print(f"{table.name}:{row.line}: {row['name']}: {error}")
        lines = table.read_text(encoding="utf-8").split("\n")
        table.write_text("\n".join(done.get(number, line) for number, line in enumerate(lines, start=1)), encoding="utf-8")
        print(f"{table.name}: {len(done)} rows complete, {len(errors)} bad lines")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
