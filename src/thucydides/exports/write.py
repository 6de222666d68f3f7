"""Writes claims in one of the formats."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from thucydides.errors import BadSetting, ThucydidesError, UnknownFormat
from thucydides.exports import acled, csv, geojson, jsonl, ucdp
from thucydides.exports.flat import Flat, flatten
from thucydides.exports.withhold import check_withheld
from thucydides.exports.withhold import withhold as without
from thucydides.record import Claim, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an export holds: claims that went in, rows, lines or features that came out, and why any were left out."""

    claims: int
    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What a format is given to write: flat claims with their reports, once through, and where to count what it leaves out."""

    claims: Iterable[tuple[Flat, Report]]
    left_out: Counter[str]
    withheld: tuple[str, ...] = ()
    homes: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: what it is, the usual file name ending, and the function that writes it and returns the number of rows."""

    says: str
    suffix: str
    write: Callable[[Outgoing, TextIO], int]


FORMATS: dict[str, Format] = {
    "csv": Format(
        says="a table, one row a claim, for spreadsheets",
        suffix=".csv",
        write=lambda out, to: csv.write(out.claims, to),
    ),
    "jsonl": Format(
        says="JSON Lines, one flat claim a line, nothing lost",
        suffix=".jsonl",
        write=lambda out, to: jsonl.write(out.claims, to),
    ),
    "geojson": Format(
        says="a map layer (RFC 7946), one feature for each claim and place",
        suffix=".geojson",
        write=lambda out, to: geojson.write(out.claims, to, withheld=out.withheld),
    ),
    "acled": Format(
        says="event rows in the 31 columns of ACLED",
        suffix=".csv",
        write=lambda out, to: acled.write(out.claims, to, left_out=out.left_out, homes=out.homes),
    ),
    "ucdp": Format(
        says="event rows in the 49 columns of UCDP GED",
        suffix=".csv",
        write=lambda out, to: ucdp.write(out.claims, to, left_out=out.left_out, homes=out.homes, withheld=out.withheld),
    ),
    "outlines": Format(
        says="the map layer of geojson with rivers, roads, borders and areas drawn as lines and outlines",
        suffix=".geojson",
        write=lambda out, to: geojson.write(out.claims, to, withheld=out.withheld, outlines=True),
    ),
}


def write(
    claims_with_reports: Iterable[tuple[Claim, Report]],
    *,
    as_: str,
    to: Path | TextIO | BinaryIO,
    withhold: Collection[str] = (),
    homes: Mapping[str, Sequence[str]] | None = None,
    bom: bool = False,
) -> Written:
    """Writes claims in a format of ``FORMATS`` to a file or an open stream, which is not closed.

    A file is replaced only when all is written. ``withhold`` names what to keep out (``SENSITIVE``). ``homes`` gives the home
    countries of roster actors by id; with it the event export tells a state's forces at home from those abroad. ``bom`` puts a
    byte order mark in front, which some spreadsheets need to take a table for UTF-8.
    """
    form = FORMATS.get(as_)
    if form is None:
        raise UnknownFormat(f"there is no export format {as_!r}", remedy=f"Formats are: {', '.join(FORMATS)}.")
    if bom and form.suffix != ".csv":
        raise BadSetting(f"a byte order mark is asked for in {as_!r}", remedy="Only the tables (csv, acled, ucdp) may have one.")
    check_withheld(withhold)
    seen = 0

    def flat_claims() -> Iterator[tuple[Flat, Report]]:
        nonlocal seen
        for claim, report in claims_with_reports:
            seen += 1
            yield without(flatten(claim, report), withhold), report

    outgoing = Outgoing(claims=flat_claims(), left_out=Counter(), withheld=tuple(sorted(withhold)), homes=homes or {})
    with _stream(to) as stream:
        if bom:
            stream.write("\ufeff")
        rows = form.write(outgoing, stream)
    return Written(claims=seen, rows=rows, left_out=dict(outgoing.left_out))


@contextmanager
def _stream(to: Path | TextIO | BinaryIO) -> Iterator[TextIO]:
    """A text stream into a path, a text stream or a binary stream."""
    if isinstance(to, Path):
        with _replacing(to) as stream:
            yield stream
    elif isinstance(to, io.TextIOBase) or hasattr(to, "encoding"):
        yield cast("TextIO", to)
    else:
        wrapped = io.TextIOWrapper(to, encoding="utf-8", errors="replace", newline="")
        try:
            yield wrapped
        finally:
            wrapped.flush()
            wrapped.detach()


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """A stream into a new file beside ``path`` that takes its place at the end, so that nobody finds half an export."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with new.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream
        new.replace(path)
    except OSError as error:
        remedy = "Choose a file in a folder that exists, is yours and has room."
        raise ThucydidesError(f"{path} cannot be written ({error.strerror})", remedy=remedy) from error
    finally:
        if new.exists():
            new.unlink()
