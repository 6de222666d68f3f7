"""GeoNames country dumps: ``allCountries`` or ``XX``, as text or ZIP, with alternate names and the names of areas beside it.

Nineteen tab-separated columns, no header. ``data/geonames.tsv`` says which features are taken and what they are here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import read_table
from thucydides.places.adding.entries import Entry, Remark, Step, number
from thucydides.places.adding.known import Known
from thucydides.places.adding.sources import Source, no_text
from thucydides.places.tables import DATA, number_of, refuse

COLUMNS = 19
SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC")
_NO_NAMES = frozenset("link wkdt post iata icao faac unlc tcid abbr phon piny".split())  # "languages" that are no names
_SIZES = ((1_000, 1.5), (5_000, 2.0), (20_000, 3.0), (60_000, 4.0), (150_000, 6.0), (500_000, 9.0), (1_500_000, 13.0), (5_000_000, 18.0))


def readable(name: str) -> bool:
    """Whether an alternate name may stand in a report: Latin, Arabic or Cyrillic, no airport code, no machine transliteration."""
    if not 2 <= len(name) <= 48 or (len(name) == 3 and name.isascii() and name.isupper()) or any(c.isdigit() for c in name):
        return False
    letters = [c for c in name if c.isalpha()]
    if name.isascii():
        scripts = {"LATIN"} if letters else set()
    else:
        scripts = {next((s for s in SCRIPTS if unicodedata.name(c, "").startswith(s)), "") for c in letters}
    if len(scripts) != 1 or "" in scripts:
        return False
    return scripts == {"ARABIC"} or any(c.isupper() for c in letters)


def town_radius_km(population: int) -> float:
    """How far a settlement of so many people may reach from its middle."""
    return next((km for limit, km in _SIZES if population < limit), 25.0)


def town_kind(code: str, population: int) -> str:
    """The kind of a settlement, from its GeoNames feature code and size."""
    if code == "PPLX":
        return "neighbourhood"
    if code == "PPLC" or population >= 100_000:
        return "city"
    if population >= 5_000 or code in ("PPLA", "PPLA2", "PPLA3"):
        return "town"
    return "village"


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, float]]:
    """Kind and radius by feature code, or by class where a code is not told by itself."""
    errors: list[BadRoster] = []
    found: dict[str, tuple[str, float]] = {}
    for row in read_table(DATA / "geonames.tsv", ("code", "kind", "radius_km"), errors):
        radius = number_of(row, "radius_km", 0, 500) if row["radius_km"] else 0.0
        found.update((code, (row["kind"], radius)) for code in row.values("code"))
    refuse("geonames.tsv", errors)
    return found


def kind_of(class_: str, code: str, population: int) -> tuple[str, float] | None:
    """Our kind and radius of a feature, ``None`` for one that is left out."""
    kind, radius = _kinds().get(code) or _kinds().get(class_) or ("-", 0.0)
    if kind == "-":
        return None
    if class_ == "P":
        return town_kind(code, population), town_radius_km(population)
    return kind, radius


def is_dump(head: bytes) -> bool:
    """Whether a file begins as a dump does."""
    cells = head.split(b"\n", 1)[0].removeprefix(b"\xef\xbb\xbf").split(b"\t")
    return len(cells) == COLUMNS and cells[0].isdigit() and len(cells[6]) <= 1


def rows(source: Source, known: Known, offset: int, line: int) -> Iterator[Step]:
    """The rows of a dump from an offset on."""
    for after, n, text in source.lines(offset, line):
        found = _row(text, n, known)
        yield Step(offset=after, line=n, found=found)


def _row(text: str | None, line: int, known: Known) -> tuple[Entry | Remark, ...]:
    if text is None:
        return (Remark(line=line, value="", what=no_text(line), remedy="Save the file as UTF-8."),)
    cells = text.rstrip("\r\n").split("\t")
    if len(cells) == 1 and not cells[0].strip():
        return ()
    if len(cells) != COLUMNS:
        what = f"{len(cells)} cells instead of {COLUMNS}"
        return (Remark(line=line, value=text[:80].strip(), what=what, remedy="Fetch the dump again: the line is cut or was edited."),)
    people = int(cells[14]) if cells[14].isdigit() else 0
    kind = kind_of(cells[6], cells[7], people)
    if kind is None:
        return ()
    lat, lon = number(cells[4], "latitude", 90), number(cells[5], "longitude", 180)
    wrong = lat if isinstance(lat, str) else lon if isinstance(lon, str) else "" if cells[0].isdigit() and cells[1] else "no id or no name"
    if wrong or isinstance(lat, str) or isinstance(lon, str):
        return (Remark(line=line, value="\t".join(cells[:6])[:80], what=wrong, remedy="Mend the line, or leave it out."),)
    country = cells[8] or None
    remark = _remark(known.astray(lat, lon, country, None), line, f"{cells[1]} {lat:g} {lon:g}", known.called(country, None))
    if remark is not None and not remark.taken:
        return (remark,)
    names = dict.fromkeys((cells[1], cells[2], *filter(readable, cells[3].split(","))))
    entry = Entry(
        line=line, id=cells[0], name=cells[1], names=tuple(name for name in names if name), kind=kind[0], lat=lat, lon=lon,
        radius_km=kind[1], country=country, admin1=f"{country}.{cells[10]}" if cells[10] else None,
        admin2=f"{country}.{cells[10]}.{cells[11]}" if cells[11] else None, population=people,
    )  # fmt: skip
    return (entry,) if remark is None else (entry, remark)


def _remark(astray: str, line: int, value: str, country: str) -> Remark | None:
    """What is said of a point that is not where its row says."""
    if not astray:
        return None
    if astray == "swapped":
        what = f"latitude and longitude look swapped: turned round the point lies in {country}"
        return Remark(line=line, value=value, what=what, remedy="Swap the two, or add the file with --swap.")
    return Remark(line=line, value=value, what=f"the point lies {astray}", remedy="Check the coordinates and the country.", taken=True)


def titles_of(steps: Iterable[Step]) -> Iterator[tuple[str, str]]:
    """The names of first- and second-level areas among the rows of a dump, by their codes."""
    for step in steps:
        for one in step.found:
            if isinstance(one, Entry) and one.kind in ("admin1", "admin2") and one.line == step.line:
                code = one.admin1 if one.kind == "admin1" else one.admin2
                if code is not None and code[2:3] == ".":
                    yield code, one.name


# ── beside the dump ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The files of GeoNames found beside a dump."""

    alternate: Path | None = None
    areas: tuple[Path, ...] = ()

    @classmethod
    def of(cls, dump: Source) -> Beside:
        folder, stem = dump.path.parent, Path(dump.name).stem
        places = [
            folder / sub / f"{name}{end}"
            for sub, name in (("", "alternateNamesV2"), ("", "alternateNames"), ("alternatenames", stem), ("", f"alternateNames-{stem}"))
            for end in (".txt", ".zip")
        ]
        areas = tuple(folder / name for name in ("admin1CodesASCII.txt", "admin2Codes.txt") if (folder / name).is_file())
        return cls(alternate=next((path for path in places if path.is_file()), None), areas=areas)

    def titles(self) -> Iterator[tuple[str, str]]:
        """Names of areas by their codes ("SY.07")."""
        for path in self.areas:
            for _, _, text in Source(path).lines():
                cells = (text or "").split("\t")
                if len(cells) >= 2:
                    yield cells[0], cells[1]


def alternate(source: Source, offset: int, line: int) -> Iterator[tuple[int, int, str, str]]:
    """The names of an alternateNames file: offset behind the line, its number, the place's id, the name."""
    for after, n, text in source.lines(offset, line):
        cells = (text or "").rstrip("\r\n").split("\t")
        name = cells[3] if len(cells) > 3 and cells[2] not in _NO_NAMES and readable(cells[3]) else ""
        yield after, n, cells[1] if len(cells) > 1 else "", name
