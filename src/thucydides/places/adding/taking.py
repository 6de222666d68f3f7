"""Adding a gazetteer, and looking what would be added."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from thucydides.errors import BadGazetteer, BadSetting
from thucydides.places.adding import geonames
from thucydides.places.adding.entries import Entry, Remark
from thucydides.places.adding.formats import FORMATS, format_of
from thucydides.places.adding.known import Known
from thucydides.places.adding.sources import Source
from thucydides.places.adding.staging import BATCH, Counts, Staging
from thucydides.places.adding.writing import write

Tell = Callable[[int, int, str], None]
"""Told now and then: how far (bytes, or features), of how many, and what is being done."""

MOST_REMARKS = 200  # remarks that a look keeps; the rest is counted
_NAME = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A gazetteer that was added: where it is, what became of the rows, and the table of those that were not taken."""

    name: str
    path: Path
    rejected: Path
    format: str
    counts: Counts
    names: int
    resumed: int = 0  # the line from which a run that was cut went on


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a look at a file found, without adding it."""

    format: str
    counts: Counts
    remarks: tuple[Remark, ...]
    few: tuple[Entry, ...]


def name_of(path: Path) -> str:
    """The name that a gazetteer gets from its file's: lower case, letters, digits and hyphens."""
    return "-".join(_NAME.findall(path.name.split(".")[0].lower())) or "places"


def add(path: Path, folder: Path, *, name: str = "", as_: str = "", swap: bool = False, tell: Tell | None = None) -> Added:
    """Reads a file into a gazetteer of the folder. A run that was cut goes on where it last committed.

    A gazetteer of the same name is replaced, when the new one is whole. ``as_`` is one of ``FORMATS``, told from the file if empty.
    """
    source = Source(path)
    format_ = _format(source, as_)
    name = name or name_of(path)
    if name != name_of(Path(name)) or name in ("gn", "own", "country"):
        raise BadSetting(f"{name!r} is no name for a gazetteer", remedy="Use lower case letters, digits and hyphens.")
    try:
        return _added(source, folder, name, format_, swap, tell)
    except (sqlite3.Error, OSError) as error:
        what = f"{folder / name}.db cannot be written ({error})"
        raise BadGazetteer(what, remedy=f"Make room, or remove {name}.part if it is damaged, and add it again.") from error


def _added(source: Source, folder: Path, name: str, format_: str, swap: bool, tell: Tell | None) -> Added:
    folder.mkdir(parents=True, exist_ok=True)
    rejected = folder / f"{name}.rejected.tsv"
    staging = Staging(folder / f"{name}.part", f"{source.mark()} {format_} {swap}", rejected)
    resumed = staging.line
    try:
        _read(source, format_, staging, swap, tell)
        if not staging.counts.taken:
            raise BadGazetteer(f"nothing in {source.path.name} could be taken", remedy=f"{rejected} tells why, line by line.")
        about = {"prefix": "gn" if FORMATS[format_].dump else name, "name": name, "format": format_, "from": source.path.name}
        about |= {"added": date.today().isoformat(), "rejected": str(staging.counts.rejected)}
        names = write(staging, folder / f"{name}.db", about)
    finally:
        staging.close()
    staging.path.unlink()
    if not staging.counts.rejected and not staging.counts.warned:
        rejected.unlink()
    return Added(
        name=name, path=folder / f"{name}.db", rejected=rejected, format=format_, counts=staging.counts, names=names, resumed=resumed
    )


def look(path: Path, *, as_: str = "", swap: bool = False, tell: Tell | None = None) -> Told:
    """What would become of the rows of a file. Nothing is written; ids used twice are only found by adding."""
    source = Source(path)
    format_ = _format(source, as_)
    counts, remarks, few = Counts(), list[Remark](), list[Entry]()
    seen: set[str] = set()
    for n, step in enumerate(FORMATS[format_].rows(source, Known(), 0, 0, swap), start=1):
        counts.left_out += not step.found
        for one in step.found:
            if isinstance(one, Remark):
                counts.warned += one.taken
                counts.rejected += not one.taken
                remarks += [one] if len(remarks) < MOST_REMARKS else []
            elif one.id in seen:
                counts.again += 1
            else:
                counts.taken += 1
                seen.add(one.id) if len(seen) < 2_000_000 else None
                few += [one] if len(few) < 5 else []
        if tell is not None and n % BATCH == 0:
            tell(step.offset, source.size, "looking")
    return Told(format=format_, counts=counts, remarks=tuple(remarks), few=tuple(few))


def _format(source: Source, as_: str) -> str:
    if as_ and as_ not in FORMATS:
        raise BadSetting(f"{as_!r} is no format of gazetteers", remedy=f"Formats are: {', '.join(FORMATS)}.")
    return as_ or format_of(source)


def _read(source: Source, format_: str, staging: Staging, swap: bool, tell: Tell | None) -> None:
    """Reads the rows, then what stands beside a dump, from where an earlier run came to."""
    beside = geonames.Beside.of(source) if format_ == "geonames" else geonames.Beside()
    with _kept(staging):
        if staging.phase == "rows":
            staging.title(beside.titles())
            steps = FORMATS[format_].rows(source, Known(), staging.offset, staging.line, swap)
            while some := list(islice(steps, BATCH)):
                for step in some:
                    staging.take(step)
                staging.title(geonames.titles_of(some))
                staging.commit()
                if tell is not None:
                    tell(staging.offset, source.size, f"{staging.counts.taken:,} places")
            staging.turn("names")
        if staging.phase == "names":
            if beside.alternate is not None:
                _alternate(Source(beside.alternate), staging, tell)
            staging.turn("writing")
    if tell is not None:
        tell(source.size, source.size, "sorting")


def _alternate(source: Source, staging: Staging, tell: Tell | None) -> None:
    for after, line, id_, name in geonames.alternate(source, staging.offset, staging.line):
        staging.offset, staging.line = after, line
        if name:
            staging.name(id_, name)
        if staging.line % (10 * BATCH) == 0:
            staging.commit()
            if tell is not None:
                tell(staging.offset, source.size, f"{staging.counts.alternate:,} other names")


@contextmanager
def _kept(staging: Staging) -> Iterator[None]:
    """What was read before a file breaks off, or somebody breaks in, is kept for the next run."""
    try:
        yield
    except (BadGazetteer, KeyboardInterrupt):
        staging.commit()
        raise
