"""All places known: the embedded gazetteer, those a user added, the table of countries and the supplement; by name or by spot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import ceil, cos, floor, log10, radians
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import is_acronym
from thucydides.places.file import GazetteerFile, cell_of
from thucydides.places.geometry import distance_km
from thucydides.places.names import ARTICLES, ASSIMILATED, cost_between, fold_name, like_acronym, sound, unmerged
from thucydides.places.tables import DATA, Named, abbreviations, countries, formers, never, read_places
from thucydides.record import Place

FILE = DATA / "gazetteer.db"
LEAST_SCORE = 0.3
SAME_NAME = 0.045  # costs below this are of the very name, but for articles and joints
_MERGED_COST = 0.08
_COUNTRY_COST = 0.12  # "Ukraina", "Lybia"
_MOST_FUZZY = 40
_WELL_KNOWN = 0.7  # the standing of a city of 80,000: the very name of one is not taken for another spelling
_OF_A_LIST = 0.4
_OF_WAR = 0.15
_SMALL_KM = 15.0  # wider places of our own tables are regions and lines: every country has those
OWN = "own"
"""The source of places of a user's own tables: each was looked at by somebody, so it goes before all others of its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place that a name may mean: ``cost`` 0 for the very name, 0.04 but for articles or joints, up to 0.3 for other spellings."""

    place: Place
    cost: float
    how: str  # exact, article, spelling, former
    source: str = ""  # the gazetteer that has it: ``OWN``, or the name of an added one; "" is what comes with the program
    listed: bool = False  # of an added gazetteer that is somebody's choice of places
    years: tuple[int | None, int | None] | None = None  # of a former name: from which year until which it was the place's


@dataclass(slots=True)
class _Heard:
    """What one gazetteer file has for a name: the numbers of places with the cost of the cheapest name."""

    file: GazetteerFile
    costs: dict[int, float] = field(default_factory=dict)

    def note(self, place: int, cost: float) -> None:
        if cost < self.costs.get(place, 1.0):
            self.costs[place] = cost

    def matches(self) -> Iterable[Match]:
        """All places of the very name, and the nearest of other spellings."""
        exact = [number for number, cost in self.costs.items() if cost < SAME_NAME]
        fuzzy = sorted((cost, number) for number, cost in self.costs.items() if cost >= SAME_NAME)[: _MOST_FUZZY * 4]
        places = self.file.places([*exact, *(number for _, number in fuzzy)])
        for number, place in places.items():
            yield _match(place, self.costs[number], self.file.name, self.file.listed)


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

    def __init__(self, extra: Sequence[Path] = (), added: Sequence[Path] = (), least_score: float = LEAST_SCORE) -> None:
        self.files = (GazetteerFile(FILE), *(GazetteerFile(path, path.stem) for path in added))
        self.least_score = least_score  # a place of a lower score stays unknown
        self._own: dict[str, list[Place]] = {}
        self._acronyms: dict[str, list[Place]] = {}  # as written: they match capitals only
        self._own_by_sound: dict[str, list[str]] | None = None
        self._own_places: list[Place] = []
        errors: list[BadRoster] = []
        # A row of a later table takes the place of an earlier one with the same id; files given come before the shipped supplement.
        rows: dict[str, Named] = {}
        for path in sorted(DATA.glob("supplement*.tsv")):
            rows.update((named.place.id, named) for named in read_places(path, errors))
        own = {named.place.id: named for path in extra for named in read_places(path, errors)}
        rows.update(own)
        self._fixed = frozenset(own)
        self._mended = frozenset(id_ for id_ in rows if id_[:3] == "gn:")  # these stand for a gazetteer's places
        self._fronts = Counter(named.place.country for named in rows.values() if named.place.radius_km <= _SMALL_KM)
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
        self._namesakes = lru_cache(maxsize=32768)(self._of_very_name)

    @classmethod
    def open(cls, extra: Sequence[Path] = (), added: Sequence[Path] = (), least_score: float = LEAST_SCORE) -> Gazetteer:
        """The shipped gazetteer, with tables in the supplement's shape laid over it and added gazetteer files beside it.

        Opened once for the same files; a place of a lower score than ``least_score`` stays unknown.
        """
        stamps = tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in (*extra, *added))
        return _opened(tuple(extra), tuple(added), least_score, stamps)

    # ── by name ──────────────────────────────────────────────────────────────────────────────────

    def candidates(self, name: str, *, even_never: bool = False) -> list[Match]:
        """The places that a name may mean, the cheapest and most prominent first; none for words of the never-table."""
        written = self._acronyms.get(name.strip()) or self.shortened(name.strip())
        if written:
            return [self._own_match(place, 0.0) for place in written]
        folded = fold_name(name)
        if not folded:
            return []
        matches = self._matches(folded)
        if folded in never() or self._only_a_people(folded):
            return [match for match in matches if match.cost == 0 and (even_never or match.source == OWN)]
        if like_acronym(name):
            return [match for match in matches if match.cost == 0 and len(name) > 3 and fold_name(match.place.name) == folded]
        # "Algeria" is never a village of nearly that name, nor "Assam" one of a nearer country.
        if any(match.cost < SAME_NAME and standing(match.place) >= _WELL_KNOWN for match in matches):
            return [match for match in matches if match.cost < SAME_NAME]
        # Nor is "Lubya" a Libya: every country has its one name in English.
        return [match for match in matches if match.place.kind != "country" or match.cost < _COUNTRY_COST]

    def _only_a_people(self, folded: str) -> bool:
        """Whether a name is a demonym (Thai, Dane), or of two letters: such places count only with a word for their kind."""
        return folded not in self._own and (folded in countries().demonyms or (len(folded) < 3 and folded.isascii()))

    def _own_match(self, place: Place, cost: float) -> Match:
        return _match(place, cost, OWN if place.id in self._fixed else "")

    def _known(self, name: str) -> bool:
        """Whether the very name (articles aside) is in the gazetteer and not in the never-table. No other spellings are tried."""
        if name in self._acronyms:
            return True
        folded = fold_name(name)
        if len(folded) < 2:
            return False
        if folded in never():
            return any(place.id in self._fixed for place in self._own.get(folded, ()))
        if folded in self._own or folded in formers():
            return True
        if self._only_a_people(folded):
            return False
        forms, key = _article_forms(folded), sound(folded).key
        return any(file.knows(key, forms) for file in self.files)

    def shortened(self, name: str) -> tuple[Place, ...]:
        """The area that newspapers shorten so ("Ky.", "N.S.W.", "Oxon"), as written; none for other names."""
        short = abbreviations().as_written.get(name)
        return self._area(short.area, short.country) if short is not None else ()

    def _area(self, name: str, country: str) -> tuple[Place, ...]:
        found = [m.place for m in self._matches(fold_name(name)) if m.cost < SAME_NAME and m.place.country == country]
        areas = [place for place in found if place.kind in ("admin1", "admin2", "region")]
        return tuple(sorted(areas, key=lambda place: place.kind)[:1])

    def namesakes(self, name: str, *, even_never: bool = False) -> tuple[Place, ...]:
        """The places of the very name (articles aside), the most prominent first. No other spellings are tried, so it is quick."""
        return self._namesakes(name, even_never)

    def _of_very_name(self, name: str, even_never: bool) -> tuple[Place, ...]:
        written = self._acronyms.get(name)
        folded = fold_name(name)
        if written or len(folded) < 2:
            return tuple(written or ())
        found = list(self._own.get(folded, ()))
        if folded in never() and not even_never:
            return tuple(place for place in found if place.id in self._fixed)
        found += [match.place for match in self._once_named(folded)]
        if not self._only_a_people(folded) or even_never:
            forms, key = _article_forms(folded), sound(folded).key
            for file in self.files:
                found += (place for place in file.of_names(key, forms) if place.id not in self._mended)
        return tuple(sorted(dict.fromkeys(found), key=lambda place: (-standing(place), place.id)))

    def country(self, code: str) -> Place | None:
        """A country by its ISO 3166-1 alpha-2 code."""
        return countries().by_code.get(code)

    def place(self, id_: str) -> Place | None:
        """The place of an id: of a table, of a country ("country:SY") or of a gazetteer file ("gn:170794")."""
        own = next((place for place in self._own_places if place.id == id_), None)
        if own is not None or id_.startswith("country:"):
            return own or self.country(id_.removeprefix("country:"))
        return next((place for file in self.files if (place := file.place(id_)) is not None), None)

    def country_named(self, name: str) -> str | None:
        """The code of the country of that name."""
        known = countries()
        return known.by_acronym.get(name) or known.by_name.get(fold_name(name))

    def demonyms(self) -> Mapping[str, str]:
        """Folded demonyms and adjectives with the code of their country."""
        return countries().demonyms

    def _find(self, folded: str) -> tuple[Match, ...]:
        costs: dict[str, float] = {}
        forms = [(folded, 0.0)]
        bare = unmerged(folded)
        if bare is not None:
            forms.append((bare, _MERGED_COST))
        found = self._once_named(folded)
        heard = [_Heard(file) for file in self.files]
        for form, added in forms:
            query, values = _asked(form)
            for one in heard:
                for name, place in one.file.rows(query, values):
                    cost = costs.get(name)
                    if cost is None:
                        apart = cost_between(form, name)
                        cost = costs[name] = 9.0 if apart is None else apart + added
                    one.note(place, cost)
            for name in self._own_like(form):
                apart = cost_between(form, name)
                if apart is not None:
                    found += [self._own_match(place, apart + added) for place in self._own[name]]
        for one in heard:
            found += (match for match in one.matches() if match.place.id not in self._mended)
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

    def _once_named(self, folded: str) -> list[Match]:
        """The places that once bore a name, or bear it as a second one; each is the most prominent of its present name in its country."""
        found = []
        for former in formers().get(folded, ()):
            now = [m.place for m in self._matches(fold_name(former.now)) if m.cost < SAME_NAME and m.place.country == former.country]
            towns = [place for place in now if place.kind not in ("admin1", "admin2")] or now
            if towns:
                place = max(towns, key=standing)
                found.append(Match(place=place, cost=0.0, how="former", years=(former.since, former.until)))
        return found

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

    def at_war(self, country: str | None) -> float:
        """How much of war a country has seen, 0 to 1: by the places of it that reports of war name and gazetteers of towns lack."""
        return min(1.0, log10(1 + self._fronts.get(country, 0)) / 2.5)

    @cached_property
    def homes(self) -> Mapping[str, float]:
        """The countries that a user's own lists of places speak of, by their share of the places."""
        counts: Counter[str] = Counter()
        for file in self.files:
            if file.listed:
                counts.update(file.countries())
        return {code: count / counts.total() for code, count in counts.items()}

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
        for file in self.files:
            found += [p for p in file.in_cells(cells) if p.id not in self._mended and distance_km(at, (p.lat, p.lon)) <= km]
        found.sort(key=lambda place: (distance_km(at, (place.lat, place.lon)), place.id))
        return list({place.id: place for place in reversed(found)}.values())[::-1][:limit]


@lru_cache(maxsize=4)
def _opened(extra: tuple[Path, ...], added: tuple[Path, ...], least_score: float, stamps: tuple[int, ...]) -> Gazetteer:
    """One gazetteer for the same files as they were at these times."""
    return Gazetteer(extra, added, least_score)


def prominence(match: Match, at_war: float) -> float:
    """How prominent a place is in reports of war, with a user's own lists and the countries at war before the rest."""
    return min(1.0, standing(match.place) + (_OF_A_LIST if match.listed or match.source == OWN else 0.0)) + _OF_WAR * at_war


def _match(place: Place, cost: float, source: str = "", listed: bool = False) -> Match:
    how = "exact" if cost == 0 else "article" if cost < SAME_NAME else "spelling"
    return Match(place=place, cost=round(cost, 4), how=how, source=source, listed=listed)


def _asked(form: str) -> tuple[str, tuple[str | int, ...]]:
    """The query for all names that may be another spelling of a folded one."""
    heard = sound(form)
    if not heard.consonants or len(form.replace(" ", "")) < 4:
        return "SELECT name, place FROM names WHERE sound = ? AND name = ?", (heard.key, form)
    if len(heard.consonants) <= 2:
        return "SELECT name, place FROM names WHERE sound = ?", (heard.key,)
    query, reach = "SELECT name, place FROM names WHERE sound >= ? AND sound < ?", (heard.skeleton + ".", heard.skeleton + "/")
    if len(heard.consonants) == 3:  # these must agree in the number of their vowels, too: see cost_between
        return f"{query} AND length(sound) = ?", (*reach, len(heard.key))
    return query, reach


def _article_forms(folded: str) -> list[str]:
    """A folded name with every article that it may have, and with none: before it, and within it ("deir ezzor", "deir ez zor")."""
    first, _, rest = folded.partition(" ")
    bare = rest if rest and first in ARTICLES else folded
    forms = {folded, bare} | {f"{article} {bare}" for article in _articles(bare)}
    tokens = folded.split()
    for at in range(1, len(tokens)):
        after = tokens[at + 1 :]
        if tokens[at] in ARTICLES and after:
            noun, after = after[0], after[1:]
        elif ASSIMILATED.match(tokens[at]):
            noun = tokens[at][2:]
        else:
            continue
        forms |= {" ".join([*tokens[:at], *article.split(), noun, *after]) for article in ("", *_articles(noun))}
        break
    return sorted(forms)


def _articles(noun: str) -> set[str]:
    """The articles that may stand before a noun, by its first letter."""
    letter = noun[0]
    return {"al", "el"} | ({f"a{letter}", f"e{letter}"} if letter in "sdtnrz" else set()) | ({"ash", "esh"} if noun[:2] == "sh" else set())
