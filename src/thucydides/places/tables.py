"""The editable tables of the places room: countries, our own supplement, words that are never places, words for kinds of places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadGazetteer, BadRoster
from thucydides.lexicon import Row, is_acronym, read_table
from thucydides.places.names import fold_name
from thucydides.record import Place

DATA = Path(__file__).parent / "data"
COUNTRY_COLUMNS = ("code", "name", "aliases", "demonyms", "lat", "lon", "radius_km", "capital", "note")
SUPPLEMENT_COLUMNS = ("id", "name", "aliases", "kind", "country", "admin1", "lat", "lon", "radius_km", "note", "shape")
NEVER_COLUMNS = ("name", "why")
FORMER_COLUMNS = ("name", "aliases", "now", "country", "from", "until", "note")
FEATURE_COLUMNS = ("words", "stands", "kind", "effect", "radius_km", "note")
ABBREVIATION_COLUMNS = ("area", "country", "abbreviations", "code")
PERSON_COLUMNS = ("name", "part")
EFFECTS = frozenset({"settlement", "area", "country", "part", "site", "around", "water"})
STANDS = frozenset({"before", "after", "both"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place with all its names, the usual one first."""

    place: Place
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A word for a kind of place, and what it does to the precision of the name beside it.

    ``effect``: a settlement or an area picks places of that kind; a *part* (neighbourhood, market, university) lies inside the
    place that gives it its name; a *site* (airbase, dam) may lie ``radius_km`` outside it; *around* is the land about it.
    """

    words: str
    stands: str  # before, after, both: "town of X", "X airbase", "district of X" and "X district"
    kind: str
    effect: str
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A name that a place had, or has beside the usual one: the usual name, and the years of this one (``None``: open)."""

    now: str
    country: str
    since: int | None
    until: int | None


def number_of(row: Row, column: str, low: float, high: float) -> float:
    """A number of a row, refused where it is none or out of range."""
    try:
        value = float(row[column])
    except ValueError:
        raise BadRoster(
            row.file, row.line, f"{column} {row[column]!r} is no number", remedy="Write degrees or kilometres as 33.51."
        ) from None
    if not low <= value <= high:
        raise BadRoster(row.file, row.line, f"{column} {value} is out of range", remedy=f"It must lie between {low:g} and {high:g}.")
    return value


def read_places(path: Path, errors: list[BadRoster]) -> Iterator[Named]:
    """The places of a table in the supplement's shape. Lines that cannot be used go to ``errors``."""
    seen: set[str] = set()
    for row in read_table(path, SUPPLEMENT_COLUMNS, errors):
        try:
            if not row["id"] or not row["name"] or row["id"] in seen:
                raise BadRoster(row.file, row.line, f"no name, or no id of its own: {row['id']!r}", remedy="Give each row an id used once.")
            lat, lon = number_of(row, "lat", -90, 90), number_of(row, "lon", -180, 180)
            radius = number_of(row, "radius_km", 0, 5000)
        except BadRoster as error:
            errors.append(error)
            continue
        seen.add(row["id"])
        place = Place(
            id=row["id"], name=row["name"], kind=row["kind"] or "place", lat=lat, lon=lon, radius_km=radius,
            country=(row.values("country") or (None,))[0], admin1=row["admin1"] or None,
        )  # fmt: skip
        yield Named(place=place, names=(row["name"], *row.values("aliases")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Countries:
    """All countries: by code, by folded name, and by folded demonym."""

    by_code: Mapping[str, Place]
    by_name: Mapping[str, str]
    by_acronym: Mapping[str, str]  # as written: "US" is a country, "us" is not
    demonyms: Mapping[str, str]
    capitals: frozenset[str]
    seats: frozenset[tuple[str, str]]  # the code of a country with the folded name of its capital

    def called(self, told: str) -> str | None:
        """The code of the country that is told by its name or its people, with or without an apostrophe: "Yemen's", "Syrian", "US"."""
        bare = re.sub(r"['’]s?\Z", "", told)
        folded = fold_name(bare)
        return self.by_name.get(folded) or self.demonyms.get(folded) or self.by_acronym.get(bare)


@lru_cache(maxsize=1)
def countries() -> Countries:
    """The shipped table of countries, read once."""
    errors: list[BadRoster] = []
    by_code: dict[str, Place] = {}
    by_name: dict[str, str] = {}
    by_acronym: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    seats: set[tuple[str, str]] = set()
    for row in read_table(DATA / "countries.tsv", COUNTRY_COLUMNS, errors):
        code = row["code"]
        by_code[code] = Place(
            id=f"country:{code}", name=row["name"], kind="country", lat=number_of(row, "lat", -90, 90),
            lon=number_of(row, "lon", -180, 180), radius_km=number_of(row, "radius_km", 0, 9000), country=code if len(code) == 2 else None,
        )  # fmt: skip
        for name in (row["name"], *row.values("aliases")):
            if is_acronym(name):
                by_acronym.setdefault(name, code)
            else:
                by_name.setdefault(fold_name(name), code)
        for name in row.values("demonyms"):
            demonyms.setdefault(fold_name(name), code)
        seats.update((code, fold_name(name)) for name in row.values("capital"))
    refuse("countries.tsv", errors)
    return Countries(
        by_code=by_code, by_name=by_name, by_acronym=by_acronym, demonyms=demonyms,
        capitals=frozenset(name for _, name in seats), seats=frozenset(seats),
    )  # fmt: skip


@lru_cache(maxsize=1)
def formers() -> Mapping[str, Sequence[Former]]:
    """Former and second names by their folded form."""
    errors: list[BadRoster] = []
    found: dict[str, list[Former]] = {}
    for row in read_table(DATA / "former.tsv", FORMER_COLUMNS, errors):
        years = [int(number_of(row, column, -3000, 3000)) if row[column] else None for column in ("from", "until")]
        former = Former(now=row["now"], country=row["country"], since=years[0], until=years[1])
        names = [fold_name(name) for name in (row["name"], *row.values("aliases"))]
        if fold_name(former.now) in names:
            errors.append(BadRoster(row.file, row.line, f"{former.now!r} is called so today", remedy="Leave it out of its former names."))
            continue
        for name in names:
            found.setdefault(name, []).append(former)
    refuse("former.tsv", errors)
    return found


@lru_cache(maxsize=1)
def never() -> frozenset[str]:
    """Folded words that gazetteers list and reports almost never mean as places."""
    errors: list[BadRoster] = []
    words = frozenset(fold_name(name) for row in read_table(DATA / "never.tsv", NEVER_COLUMNS, errors) for name in row.values("name"))
    refuse("never.tsv", errors)
    return words


@lru_cache(maxsize=1)
def features() -> Sequence[Feature]:
    """The words for kinds of places, longest first."""
    errors: list[BadRoster] = []
    found = []
    for row in read_table(DATA / "features.tsv", FEATURE_COLUMNS, errors):
        if row["effect"] not in EFFECTS or row["stands"] not in STANDS:
            what = f"effect {row['effect']!r} or stands {row['stands']!r} is unknown"
            errors.append(BadRoster(row.file, row.line, what, remedy=f"Effects: {sorted(EFFECTS)}; stands: {sorted(STANDS)}."))
            continue
        for words in row.values("words"):
            radius = number_of(row, "radius_km", 0, 500) if row["radius_km"] else 0.0
            found.append(Feature(words=fold_name(words), stands=row["stands"], kind=row["kind"], effect=row["effect"], radius_km=radius))
    refuse("features.tsv", errors)
    return sorted(found, key=lambda feature: (-len(feature.words), feature.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """An area that newspapers shorten, and the short form that stands anywhere, where there is one."""

    area: str
    country: str
    usual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """Short forms of areas: ``as_written`` count anywhere ("Ky."), ``codes`` only behind a place and a comma ("KY")."""

    as_written: Mapping[str, Shortened]
    codes: Mapping[str, Shortened]


@lru_cache(maxsize=1)
def abbreviations() -> Abbreviations:
    """The shipped table of abbreviations, read once."""
    errors: list[BadRoster] = []
    as_written: dict[str, Shortened] = {}
    codes: dict[str, Shortened] = {}
    for row in read_table(DATA / "abbreviations.tsv", ABBREVIATION_COLUMNS, errors):
        short = row.values("abbreviations")
        shortened = Shortened(area=row["area"], country=row["country"], usual=(short or (row["area"],))[0])
        as_written.update(dict.fromkeys(short, shortened))
        if row["code"]:
            codes.setdefault(row["code"], shortened)
    refuse("abbreviations.tsv", errors)
    return Abbreviations(as_written=as_written, codes=codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Folded words that tell of a person: common given names and family names, and titles."""

    given: frozenset[str]
    family: frozenset[str]
    titles: frozenset[str]


@lru_cache(maxsize=1)
def persons() -> Persons:
    """The shipped table of persons, read once."""
    errors: list[BadRoster] = []
    found: dict[str, set[str]] = {"given": set(), "family": set(), "title": set()}
    for row in read_table(DATA / "persons.tsv", PERSON_COLUMNS, errors):
        if row["part"] not in found:
            errors.append(BadRoster(row.file, row.line, f"part {row['part']!r} is unknown", remedy=f"Parts: {sorted(found)}."))
            continue
        found[row["part"]].update(fold_name(name) for name in row.values("name"))
    refuse("persons.tsv", errors)
    return Persons(given=frozenset(found["given"]), family=frozenset(found["family"]), titles=frozenset(found["title"]))


def refuse(name: str, errors: Sequence[BadRoster]) -> None:
    """Refuses a shipped table with bad lines; a user's own are listed and skipped instead."""
    if errors:
        raise BadGazetteer(f"{name} has {len(errors)} bad lines; the first: {errors[0].what}", remedy="Mend them or reinstall the package.")
