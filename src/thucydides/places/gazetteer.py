"""All places known: the embedded gazetteer, the table of countries and the supplement, asked by name or by spot."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, floor, log10, radians
from os import getpid
from pathlib import Path
from typing import Any

from thucydides.errors import BadGazetteer, BadRoster
from thucydides.lexicon import is_acronym
from thucydides.places.geometry import Point, distance_km, nearest_on_line
from thucydides.places.names import ARTICLES, cost_between, fold_name, like_acronym, sound, unmerged
from thucydides.places.tables import DATA, Named, countries, never, read_places
from thucydides.record import Place

FILE = DATA / "gazetteer.db"
VERSION = "1"
KINDS = ("city", "town", "village", "neighbourhood", "admin1", "admin2")
SAME_NAME = 0.045  # costs below this are of the very name, but for articles and joints
_MERGED_COST = 0.08
_MOST_FUZZY = 40
_WELL_KNOWN = 0.7  # the standing of a city of 80,000: the very name of one is not taken for another spelling
_COLUMNS = "p.id, p.geonameid, p.name, p.kind, p.lat, p.lon, p.radius, p.country, a.name, p.population"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place that a name may mean: ``cost`` 0 for the very name, 0.04 but for articles or joints, up to 0.3 for other spellings."""

    place: Place
    cost: float
    how: str  # exact, article, spelling


def cell_of(lat: float, lon: float) -> int:
    """The one-degree cell of a point."""
    return min(179, floor(lat) + 90) * 360 + (floor(lon) + 180) % 360


_SMALL = frozenset({"village", "neighbourhood", "camp", "checkpoint", "hill", "farm", "street", "square"})


def standing(place: Place) -> float:
    """How prominent a place is, 0 to 1: by population, with countries first and our own entries as towns."""
    if place.kind == "country":
        return 1.0
    size = min(1.0, log10(place.population + 10) / 7)
    if place.kind == "admin1":
        return max(0.62, 0.9 * size)
    if place.kind == "admin2":
        return 0.5 * size
    if place.id[:3] != "gn:":
        return max(0.3 if place.kind in _SMALL else 0.6, size)
    return 0.8 * size if place.kind == "neighbourhood" else size


class Gazetteer:
    """Everything that is known of places. One instance serves all threads; nothing is read before it is asked for."""

    def __init__(self, file: Path = FILE, extra: Sequence[Path] = ()) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connections: dict[int, sqlite3.Connection] = {}
        self._own: dict[str, list[Place]] = {}
        self._acronyms: dict[str, list[Place]] = {}  # as written: they match capitals only
        self._own_by_sound: dict[str, list[str]] | None = None
        self._own_places: list[Place] = []
        errors: list[BadRoster] = []
        # A row of a later table takes the place of an earlier one with the same id; files given come before the shipped supplement.
        rows: dict[str, Named] = {}
        for path in (*sorted(DATA.glob("supplement*.tsv")), *extra):
            rows.update((named.place.id, named) for named in read_places(path, errors))
        self.bad_lines = tuple(errors)
        for named in rows.values():
            self._own_places.append(named.place)
            for name in dict.fromkeys(named.names):
                table, key = (self._acronyms, name) if is_acronym(name) else (self._own, fold_name(name))
                entries = table.setdefault(key, [])
                if named.place not in entries:
                    entries.append(named.place)
        known = countries()
        for name, code in known.by_name.items():
            self._own.setdefault(name, []).insert(0, known.by_code[code])
        for name, code in known.by_acronym.items():
            self._acronyms.setdefault(name, []).insert(0, known.by_code[code])
        self._matches = lru_cache(maxsize=8192)(self._find)
        self.known = lru_cache(maxsize=32768)(self._known)

    @classmethod
    def open(cls, extra: Sequence[Path] = ()) -> Gazetteer:
        """The shipped gazetteer, with tables in the supplement's shape laid over it. Opened once for the same tables."""
        return _opened(tuple(extra))

    # ── by name ──────────────────────────────────────────────────────────────────────────────────

    def candidates(self, name: str, *, even_never: bool = False) -> list[Match]:
        """The places that a name may mean, the cheapest and most prominent first; none for words of the never-table."""
        written = self._acronyms.get(name.strip())
        if written is not None:
            return [_match(place, 0.0) for place in written]
        folded = fold_name(name)
        if not folded:
            return []
        matches = self._matches(folded)
        if folded in never() or self._only_a_people(folded):
            return [match for match in matches if match.cost == 0] if even_never else []
        if like_acronym(name):
            return [match for match in matches if match.cost == 0 and len(name) > 3 and fold_name(match.place.name) == folded]
        # "Algeria" is never a village of nearly that name, nor "Assam" one of a nearer country.
        if any(match.cost < SAME_NAME and standing(match.place) >= _WELL_KNOWN for match in matches):
            return [match for match in matches if match.cost < SAME_NAME]
        return list(matches)

    def _only_a_people(self, folded: str) -> bool:
        """Whether a name is a demonym (Thai, Dane), or of two letters: such places count only with a word for their kind."""
        return folded not in self._own and (folded in countries().demonyms or (len(folded) < 3 and folded.isascii()))

    def _known(self, name: str) -> bool:
        """Whether the very name (articles aside) is in the gazetteer and not in the never-table. No other spellings are tried."""
        if name in self._acronyms:
            return True
        folded = fold_name(name)
        if len(folded) < 2 or folded in never():
            return False
        if folded in self._own:
            return True
        if self._only_a_people(folded):
            return False
        forms = _article_forms(folded)
        marks = ",".join("?" * len(forms))
        query = f"SELECT 1 FROM names WHERE sound = ? AND name IN ({marks}) LIMIT 1"
        return bool(self._rows(query, (sound(folded).key, *forms)))

    def country(self, code: str) -> Place | None:
        """A country by its ISO 3166-1 alpha-2 code."""
        return countries().by_code.get(code)

    def country_named(self, name: str) -> str | None:
        """The code of the country of that name."""
        known = countries()
        return known.by_acronym.get(name) or known.by_name.get(fold_name(name))

    def demonyms(self) -> Mapping[str, str]:
        """Folded demonyms and adjectives with the code of their country."""
        return countries().demonyms

    def _find(self, folded: str) -> tuple[Match, ...]:
        costs: dict[str, float] = {}
        by_place: dict[int, float] = {}
        forms = [(folded, 0.0)]
        bare = unmerged(folded)
        if bare is not None:
            forms.append((bare, _MERGED_COST))
        found: list[Match] = []
        for form, added in forms:
            heard = sound(form)
            if not heard.consonants or len(form.replace(" ", "")) < 4:
                rows = self._rows(
                    "SELECT name, place FROM names WHERE sound = ? AND name = ?", (heard.key if heard.consonants else ".", form)
                )
            elif len(heard.consonants) <= 2:
                rows = self._rows("SELECT name, place FROM names WHERE sound = ?", (heard.key,))
            else:
                query = "SELECT name, place FROM names WHERE sound >= ? AND sound < ?"
                rows = self._rows(query, (heard.skeleton + ".", heard.skeleton + "/"))
            for name, place in rows:
                cost = costs.get(name)
                if cost is None:
                    apart = cost_between(form, name)
                    cost = costs[name] = 9.0 if apart is None else apart + added
                if cost < by_place.get(place, 1.0):
                    by_place[place] = cost
            for name in self._own_like(form):
                apart = cost_between(form, name)
                if apart is not None:
                    found += [_match(place, apart + added) for place in self._own[name]]
        exact = [number for number, cost in by_place.items() if cost < SAME_NAME]
        fuzzy = sorted((cost, number) for number, cost in by_place.items() if cost >= SAME_NAME)[: _MOST_FUZZY * 4]
        places = self._places([*exact, *(number for _, number in fuzzy)])
        found += [_match(places[number], by_place[number]) for number in exact]
        found += [_match(places[number], cost) for cost, number in fuzzy]
        found.sort(key=lambda m: (m.cost, -standing(m.place), m.place.id))
        best: dict[str, Match] = {}
        fuzzy_left = _MOST_FUZZY
        for match in found:
            if match.place.id in best:
                continue
            if match.cost >= SAME_NAME:
                if not fuzzy_left:
                    break
                fuzzy_left -= 1
            best[match.place.id] = match
        return tuple(best.values())

    def _own_like(self, folded: str) -> Iterable[str]:
        if self._own_by_sound is None:
            by_sound: dict[str, list[str]] = {}
            for name in self._own:
                heard = sound(name)
                if heard.consonants:
                    by_sound.setdefault(heard.skeleton, []).append(name)
            self._own_by_sound = by_sound
        heard = sound(folded)
        if not heard.consonants or len(folded) < 4:
            return [folded] if folded in self._own else []
        return self._own_by_sound.get(heard.skeleton, [])

    # ── by spot ──────────────────────────────────────────────────────────────────────────────────

    def near(self, lat: float, lon: float, km: float, limit: int = 20) -> list[Place]:
        """The places within ``km`` of a point, the nearest first."""
        at = (lat, lon)
        dlat = km / 111.0
        dlon = min(180.0, km / (111.0 * max(0.05, cos(radians(min(89.0, abs(lat) + dlat))))))
        cells = {
            cell_of(float(y), float(x))
            for y in range(max(-90, floor(lat - dlat)), min(90, ceil(lat + dlat)) + 1)
            for x in range(floor(lon - dlon), ceil(lon + dlon) + 1)
        }
        found = [place for place in self._own_places if distance_km(at, (place.lat, place.lon)) <= km]
        for cell in sorted(cells):
            span = self._rows("SELECT first, last FROM cells WHERE cell = ?", (cell,))
            if span:
                found += [p for p in self._places(range(span[0][0], span[0][1] + 1)).values() if distance_km(at, (p.lat, p.lon)) <= km]
        found.sort(key=lambda place: (distance_km(at, (place.lat, place.lon)), place.id))
        return found[:limit]

    def on_border(self, first: str, second: str, near: Sequence[Point] = ()) -> tuple[Point, float] | None:
        """A point of the border between two countries and how far along it the border may go on; ``None`` if they share none.

        Of the points ``near`` the one closest to the border (within 300 km) says where; without it, the border's middle.
        """
        a, b = sorted((first, second))
        rows = self._rows("SELECT lines FROM borders WHERE a = ? AND b = ?", (a, b))
        if not rows:
            return None
        lines: list[list[Point]] = [[(lat, lon) for lat, lon in line] for line in json.loads(rows[0][0])]
        best = None
        for at in near:
            on = min((nearest_on_line(line, at) for line in lines), key=lambda point: distance_km(point, at))
            gap = distance_km(on, at)
            if gap <= 300 and (best is None or gap < best[0]):
                best = (gap, on)
        if best is not None:
            return best[1], max(40.0, best[0] / 2)
        points = [point for line in lines for point in line]
        middle = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
        on = min((nearest_on_line(line, middle) for line in lines), key=lambda point: distance_km(point, middle))
        return on, max(distance_km(on, point) for point in points)

    # ── the file ─────────────────────────────────────────────────────────────────────────────────

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection().execute(query, tuple(values)).fetchall()

    def _connection(self) -> sqlite3.Connection:
        # A connection must not cross a fork, so each process has its own.
        process = getpid()
        if process not in self._connections:
            if not self._file.is_file():
                raise BadGazetteer(
                    f"The gazetteer {self._file} is missing", remedy="Reinstall the package or run bench/build_gazetteer.py."
                )
            db = sqlite3.connect(f"file:{self._file.as_posix()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            try:
                db.execute("PRAGMA cache_size = -6000")
                version = db.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
            except sqlite3.DatabaseError as error:
                raise BadGazetteer(f"The gazetteer {self._file} is damaged ({error})", remedy="Reinstall the package.") from error
            if version is None or version[0] != VERSION:
                raise BadGazetteer(
                    f"The gazetteer {self._file} is of version {version and version[0]}, not {VERSION}", remedy="Rebuild it."
                )
            self._connections[process] = db
        return self._connections[process]

    def _places(self, numbers: Iterable[int]) -> dict[int, Place]:
        wanted = list(numbers)
        found: dict[int, Place] = {}
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            query = f"SELECT {_COLUMNS} FROM places p LEFT JOIN areas a ON a.id = p.area WHERE p.id IN ({marks})"
            for number, geonameid, name, kind, lat, lon, radius, country, area, people in self._rows(query, part):
                found[number] = Place(
                    id=f"gn:{geonameid}", name=name, kind=KINDS[kind], lat=lat / 1e4, lon=lon / 1e4, radius_km=radius / 10,
                    country=country, admin1=area, population=people,
                )  # fmt: skip
        return found


@lru_cache(maxsize=4)
def _opened(extra: tuple[Path, ...]) -> Gazetteer:
    return Gazetteer(extra=extra)


def _match(place: Place, cost: float) -> Match:
    return Match(place=place, cost=round(cost, 4), how="exact" if cost == 0 else "article" if cost < SAME_NAME else "spelling")


def _article_forms(folded: str) -> list[str]:
    first, _, rest = folded.partition(" ")
    bare = rest if rest and first in ARTICLES else folded
    letter = bare[0]
    added = {"al", "el"} | ({f"a{letter}", f"e{letter}"} if letter in "sdtnrz" else set()) | ({"ash", "esh"} if bare[:2] == "sh" else set())
    return sorted({folded, bare} | {f"{article} {bare}" for article in added})
