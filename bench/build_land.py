"""Builds the page's map, ``src/thucydides/desk/page/land.json``, from Natural Earth's 1:50 million countries.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz --one-top-level=world-atlas
    python bench/build_land.py world-atlas/package/countries-50m.json

Natural Earth is in the public domain; world-atlas (ISC) packs it as TopoJSON. The file keeps its quantised arcs, each a flat list of
steps, the rings of every country as lists of arcs (a negative number is the arc backwards), and which arcs are borders between two
countries. Antarctica is left out. Borders are drawn as Natural Earth draws them and say nothing on anybody's status.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "src" / "thucydides" / "desk" / "page" / "land.json"
LEFT_OUT = {"Antarctica"}


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """All rings of a polygon or multipolygon; holes are rings like any other, for a path filled by the even-odd rule."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("countries", type=Path, help="countries-50m.json of world-atlas")
    atlas = json.loads(parser.parse_args().countries.read_text(encoding="utf-8"))
    countries = [g for g in atlas["objects"]["countries"]["geometries"] if g["properties"]["name"] not in LEFT_OUT]
    users: dict[int, set[str]] = defaultdict(set)
    for country in countries:
        for ring in rings_of(country):
            for arc in ring:
                users[arc if arc >= 0 else ~arc].add(country["properties"]["name"])
    number = {old: new for new, old in enumerate(sorted(users))}

    def renumbered(arc: int) -> int:
        return number[arc] if arc >= 0 else ~number[~arc]

    land = {
        "credit": "Natural Earth 1:50m, public domain",
        "scale": atlas["transform"]["scale"],
        "translate": atlas["transform"]["translate"],
        "arcs": [[value for step in atlas["arcs"][old] for value in step] for old in sorted(users)],
        "borders": sorted(number[arc] for arc, names in users.items() if len(names) > 1),
        "countries": [
            {"name": country["properties"]["name"], "rings": [[renumbered(arc) for arc in ring] for ring in rings_of(country)]}
            for country in sorted(countries, key=lambda c: c["properties"]["name"])
        ],
    }
    OUT.write_text(json.dumps(land, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size / 1e3:.0f} kB, {len(land['arcs'])} arcs, {len(countries)} countries")


if __name__ == "__main__":
    main()
