"""The formats of gazetteers, and how one is told from the first bytes of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from thucydides.errors import BadGazetteer
from thucydides.places.adding import geojson, geonames, tables
from thucydides.places.adding.columns import shape_of
from thucydides.places.adding.entries import Step
from thucydides.places.adding.known import Known
from thucydides.places.adding.sources import Source


class Reader(Protocol):
    """Reads the rows of a source from an offset on; ``swap`` takes latitude and longitude the other way round."""

    def __call__(self, source: Source, known: Known, offset: int, line: int, swap: bool) -> Iterator[Step]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: what it is and how its rows are read. ``dump``: everything that has a name, not somebody's choice of places."""

    says: str
    rows: Reader
    dump: bool = False


def _dump(source: Source, known: Known, offset: int, line: int, swap: bool) -> Iterator[Step]:
    if swap:
        raise BadGazetteer("GeoNames dumps are never turned round as a whole", remedy="Leave --swap out.")
    return geonames.rows(source, known, offset, line)


FORMATS = {
    "geonames": Format(says="a GeoNames dump: allCountries or XX, .txt or .zip", rows=_dump, dump=True),
    "csv": Format(says="a CSV table with columns for name, latitude and longitude", rows=tables.csv_rows),
    "geojson": Format(says="a GeoJSON FeatureCollection whose features have names", rows=geojson.rows),
    "acled": Format(says="a CSV export of ACLED: its coded places", rows=tables.csv_rows),
    "ucdp": Format(says="a CSV export of UCDP GED: its coded places", rows=tables.csv_rows),
    "jsonl": Format(says="JSON Lines with name, lat and lon", rows=tables.json_rows),
}


def format_of(source: Source) -> str:
    """The name of a file's format, told from its first bytes."""
    head = source.head()
    text = head.decode("utf-8-sig", "replace").lstrip()
    if geonames.is_dump(head):
        return "geonames"
    if text[:1] == "{" or text[:1] == "[":
        if '"FeatureCollection"' in text or '"features"' in text:
            return "geojson"
        first = text.split("\n", 1)[0].rstrip()
        if text[:1] == "{" and (first.endswith("}") or len(first) < 2):
            return "jsonl"
        raise BadGazetteer(f"{source.name} is JSON of no known shape", remedy="Give GeoJSON, or JSON Lines with one place a line.")
    if not text or b"\0" in head[:1000]:
        raise BadGazetteer(f"{source.name} is empty or no text", remedy=f"Formats are: {', '.join(FORMATS)}.")
    columns = tables.header_of(source)[0]
    if len(columns) < 3:
        what = f"{source.name} is in no known format: its first line is {text.splitlines()[0][:60]!r}"
        raise BadGazetteer(what, remedy="Formats are: " + "; ".join(f"{one.says}" for one in FORMATS.values()) + ".")
    shape = shape_of(dict.fromkeys(columns, ""))
    return "csv" if shape == "table" else shape
