"""A dump of GeoNames' shape made up from nothing: ``python bench/dump.py allCountries.txt --mb 400``.

Nineteen columns, the classes of features about as often as in ``allCountries``, names of made-up syllables in Latin, Arabic and
Cyrillic script, points within the reach of their country. Every ``--faulty``-th row has one of the faults that ``thuc places add`` is
to tell. The same arguments always give the same bytes. Then, to see time and memory, and what a cut run does::

    /usr/bin/time -v thuc places add allCountries.txt --name made      # kill it half way and give it again
    thuc places remove made
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from itertools import count
from pathlib import Path

from thucydides.places.tables import countries as known_countries
from thucydides.record import Place

CLASSES = {"P": 38, "H": 18, "S": 18, "T": 13, "A": 4, "L": 4, "V": 2, "R": 2, "U": 1}
"""How many of a hundred features are of each class."""
CODES = {
    "P": ("PPL", "PPL", "PPL", "PPL", "PPLL", "PPLX", "PPLA3", "PPLA2"),
    "H": ("STM", "STMI", "WLL", "LK", "SPNG"),
    "S": ("HTL", "SCH", "FRM", "CH", "AIRF", "HSP", "MILB"),
    "T": ("MT", "HLL", "PK", "VAL", "ISL"),
    "A": ("ADM4", "ADM3", "ADM2", "ADMD"),
    "L": ("LCTY", "AREA", "PRK", "OILF"),
    "V": ("FRST",),
    "R": ("RD", "RDJCT"),
    "U": ("BNKU",),
}
LATIN = "ba be bi da der fa ga hal ir ja ka khan la ma min na or pa qa ra ri sa shir ta tel u wa ya za".split()
ARABIC = "با بي دا در فا حل ما نا قا را سا شي تل وا يا زا".split()
CYRILLIC = "ба бе ви го да ив ка ко ло ма ни но ор по ро са ск то".split()


def row(number: int, countries: list[Place], chance: random.Random) -> list[str]:
    """The cells of one feature."""
    country = chance.choice(countries)
    class_ = chance.choices(list(CLASSES), list(CLASSES.values()))[0]
    name = _name(LATIN, chance)
    others = [_name(script, chance) for script in (LATIN, LATIN, ARABIC, CYRILLIC) if chance.random() < 0.35]
    lat, lon = (middle + chance.uniform(-0.4, 0.4) * country.radius_km / 111 for middle in (country.lat, country.lon))
    people = int(chance.paretovariate(0.8) * 40) if class_ == "P" and chance.random() < 0.15 else 0
    return [
        str(number), name, name, ",".join(others), f"{max(-89.9, min(89.9, lat)):.5f}", f"{max(-179.9, min(179.9, lon)):.5f}", class_,
        chance.choice(CODES[class_]), country.country or "", "", f"{chance.randrange(1, 25):02}", str(chance.randrange(100, 999)), "", "",
        str(min(people, 20_000_000)), "", str(chance.randrange(0, 2500)), "Etc/UTC", "2024-01-01",
    ]  # fmt: skip


def _name(syllables: list[str], chance: random.Random) -> str:
    return " ".join("".join(chance.choices(syllables, k=chance.randint(2, 4))).capitalize() for _ in range(chance.choice((1, 1, 2))))


def _swapped(cells: list[str]) -> list[str]:
    return [*cells[:4], cells[5], cells[4], *cells[6:]]


def _same_id(cells: list[str]) -> list[str]:
    return [str(max(1, int(cells[0]) - 7)), *cells[1:]]


FAULTS: tuple[Callable[[list[str]], list[str]], ...] = (
    lambda cells: cells[:11],
    lambda cells: [*cells[:4], "95.5", *cells[5:6], "P", "PPL", *cells[8:]],
    lambda cells: [*cells[:4], "north", *cells[5:6], "P", "PPL", *cells[8:]],
    lambda cells: ["", *cells[1:6], "P", "PPL", *cells[8:]],
    lambda cells: _swapped([*cells[:6], "P", "PPL", *cells[8:]]),
    lambda cells: _same_id([*cells[:6], "P", "PPL", *cells[8:]]),
)
"""What may be wrong with a row: cut, out of range, no number, no id, turned round, an id used before."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--mb", type=float, default=400, help="size in megabytes")
    parser.add_argument("--faulty", type=int, default=20_000, help="every so many rows one is faulty; 0 for none")
    given = parser.parse_args()
    chance = random.Random(1)
    countries = [place for code, place in sorted(known_countries().by_code.items()) if len(code) == 2]
    left = given.mb * 1e6
    with given.file.open("w", encoding="utf-8") as stream:
        for number in count(1):
            cells = row(number, countries, chance)
            if given.faulty and number % given.faulty == 0:
                cells = FAULTS[number // given.faulty % len(FAULTS)](cells)
            line = "\t".join(cells) + "\n"
            left -= len(line.encode())
            if left < 0:
                break
            stream.write(line)


if __name__ == "__main__":
    main()
