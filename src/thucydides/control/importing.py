"""A known state as a starting point: a CSV table of place, holder, date and source, and where reports contradict it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from thucydides.actors import Actors, identify
from thucydides.control.bodies import Bodies
from thucydides.control.charting import Chart, on_day
from thucydides.control.moves import Move
from thucydides.control.spots import place_of
from thucydides.errors import BadRoster
from thucydides.record import Control, Party, Where

NEEDED = ("place", "holder", "date", "source")
ALSO = ("country", "status")
WEIGHT = 0.8
"""How far a line of an import is believed."""

Placed = Callable[[str, str | None], Where]
"""Finds a place by name and, where it is given, the country's two letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A line of an import."""

    id: str  # "import:states.csv:7"
    where: Where
    holder: Party | None  # ``None``: nobody is named, so the place is contested
    day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An import that says otherwise than the reports do for its day."""

    known: Known
    reports: Control


def read_known(path: Path, actors: Actors, placed: Placed) -> list[Known]:
    """The lines of a CSV file. The first line that cannot be used is refused, with what to do."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                remedy = f"Columns are {', '.join(NEEDED)}, and if you like {', '.join(ALSO)}."
                raise BadRoster(path.name, 1, f"the column {missing[0]!r} is missing", remedy=remedy)
            return [_known(path, rows.line_num, row, actors, placed) for row in rows]
    except OSError as error:
        raise BadRoster(path.name, 0, f"the file cannot be read ({error.strerror})", remedy="Check its name.") from error
    except UnicodeDecodeError as error:
        raise BadRoster(path.name, 1, "the file is not UTF-8", remedy="Save it as UTF-8.") from error


def _known(path: Path, line: int, row: dict[str, str | None], actors: Actors, placed: Placed) -> Known:
    cells = {name: (row.get(name) or "").strip() for name in (*NEEDED, *ALSO)}
    try:
        day = date.fromisoformat(cells["date"])
    except ValueError as error:
        raise BadRoster(path.name, line, f"{cells['date']!r} is no day", remedy="Write it as 2016-03-27.") from error
    if not cells["place"]:
        raise BadRoster(path.name, line, "the place is missing", remedy="Name it.")
    holder = None
    if cells["holder"] and cells["holder"].lower() not in ("contested", "disputed", "unknown"):
        actor = actors.by_id.get(cells["holder"]) or identify(cells["holder"], actors, on=day)
        holder = Party(role="holder", name=cells["holder"], actor=actor.id if actor else None, kind=actor.kind if actor else None)
    where = placed(cells["place"], cells["country"].upper() or None)
    return Known(id=f"import:{path.name}:{line}", where=where, holder=holder, day=day, source=cells["source"] or path.name)


def moves_known(known: Known, bodies: Bodies) -> Iterator[Move]:
    """An import's line as a word on its place."""
    place = place_of(known.where)
    if place is None:
        return
    by = (known.holder,) if known.holder else ()
    yield Move(
        place=place, where=known.where, effect="hold" if by else "contest", by=by, others=(),
        bodies=tuple(bodies.of(party, known.where.country) for party in by), other_bodies=(), first=known.day, last=known.day,
        dated=True, mutual=not by, weight=WEIGHT, chance=1.0, claim=known.id, report=known.id, witness=known.source,
        heard=known.day, order=0,
    )  # fmt: skip


def conflicts(known: Iterable[Known], reports: Chart, actors: Actors) -> Iterator[Conflict]:
    """The imports whose holder is another than the one that reports alone give for that day."""
    bodies = Bodies(actors)
    for one in known:
        span = on_day(reports.of(place_of(one.where) or ""), one.day)
        if span is None or span.status == "unknown":
            continue
        country = one.where.country
        told = bodies.of(span.holder, country) if span.holder else None
        held = bodies.of(one.holder, country) if one.holder else None
        if held is None and told is None:
            continue
        if held is None or told is None or not bodies.same(held, told):
            yield Conflict(known=one, reports=span)
