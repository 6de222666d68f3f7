"""How fast and how heavy the places room is: ``python bench/places.py [--json]``.

Prints the time to open names and outlines, look-ups a second by ``known``, ``locate`` (fresh and repeated names) and coordinates, and the
memory that the room adds.
"""

from __future__ import annotations

import argparse
import json
import resource
from time import perf_counter


def resident_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    before = resident_mb()
    start = perf_counter()
    from thucydides.places import Gazetteer, Shapes, locate, settle

    imported = perf_counter()
    gazetteer = Gazetteer.open()
    gazetteer.known("Homs")
    opened = perf_counter()
    Shapes.open().at(34.73, 36.72)
    drawn = perf_counter()
    names = ["Homs", "al-Qusayr", "Deir Ezzor", "al-Bukamal", "Syrian", "Damascus", "Hisyah", "Hama", "Idlib", "Khan Sheikhun"]
    context = settle(names, gazetteer)
    fresh = [f"{name} {suffix}".strip() for name in names for suffix in ("", "city", "province", "airbase", "countryside", "neighbourhood")]
    fresh += [
        f"{word}{end}"
        for word in ("Kafr Nab", "Tell Aby", "Zubay", "Mansur", "Bahril", "Qanat")
        for end in ("el", "il", "ad", "id", "ah", "ar", "an")
    ]
    first = perf_counter()
    for name in fresh:
        locate(name, context, gazetteer)
    second = perf_counter()
    for _ in range(200):
        for name in fresh:
            locate(name, context, gazetteer)
    third = perf_counter()
    distinct = [
        f"{a}{b}{c}" for a in ("Ka", "Mo", "Tu", "Be", "Sha") for b in "bdfgklmnrst" for c in ("ari", "una", "el", "ov", "ice", "ad")
    ]
    for name in distinct:
        gazetteer.known(name)
    fourth = perf_counter()
    spots = [(lat / 7, lon / 5) for lat in range(70, 260, 7) for lon in range(-40, 300, 9)]
    begun = perf_counter()
    for lat, lon in spots:
        Shapes.open().at(lat, lon)
    placed = perf_counter()
    again = perf_counter()
    for _ in range(200):
        for name in distinct:
            gazetteer.known(name)
    last = perf_counter()
    figures = {
        "import_s": round(imported - start, 3),
        "open_s": round(opened - imported, 3),
        "shapes_open_s": round(drawn - opened, 3),
        "locate_fresh_per_s": round(len(fresh) / (second - first)),
        "locate_repeated_per_s": round(200 * len(fresh) / (third - second)),
        "known_fresh_per_s": round(len(distinct) / (fourth - third)),
        "known_repeated_per_s": round(200 * len(distinct) / (last - again)),
        "areas_of_points_per_s": round(len(spots) / (placed - begun)),
        "memory_added_mb": round(resident_mb() - before, 1),
    }
    if given.json:
        print(json.dumps(figures))
    else:
        for key, value in figures.items():
            print(f"{key:24}{value:>12,}")


if __name__ == "__main__":
    main()
