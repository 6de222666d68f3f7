"""Views as files: tables, map layers and JSON, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TextIO

from fastapi import Response
from fastapi.responses import StreamingResponse

from thucydides.desk.api.pouring import poured
from thucydides.desk.api.shapes import Facets, Histogram, Hit, IncidentLine, Move, ReportLine, Shares, SourceLine, Spot
from thucydides.errors import UnknownFormat
from thucydides.exports import flatten_control
from thucydides.exports.cells import write_table
from thucydides.exports.geojson import metres, point
from thucydides.exports.jsonl import as_json
from thucydides.exports.withhold import check_withheld
from thucydides.lexicon import fold
from thucydides.record import Control, Party

MEDIA: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
}
"""The forms of a view, and what each is called."""
FLAT = ("csv", "json")
"""The forms of a view without points."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one sort: their columns, and whether they have points (``lat``, ``lon``, ``radius_km``)."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Row]

    @property
    def mapped(self) -> bool:
        """Whether it can be a map layer."""
        return "lat" in self.columns


def sent(table: Table, form: str) -> Response:
    """A table as a file of a form. What is wrong with its first row is told before anything is sent."""
    if form not in MEDIA or (form == "geojson" and not table.mapped):
        forms = ", ".join(MEDIA if table.mapped else FLAT)
        raise UnknownFormat(f"{table.name} are not to be had as {form!r}", remedy=f"Forms are: {forms}.")
    rows = _begun(table.rows)
    writers: dict[str, Callable[[TextIO], object]] = {
        "csv": lambda to: write_table(table.columns, rows, to),
        "geojson": lambda to: _write_layer(rows, to),
        "json": lambda to: _write_list(rows, to),
    }
    return streamed(writers[form], table.name, form)


def streamed(write: Callable[[TextIO], object], name: str, form: str) -> Response:
    """What is written, as a file to be kept."""
    headers = {"Content-Disposition": f'attachment; filename="thucydides-{name}.{form}"'}
    return StreamingResponse(poured(write), media_type=MEDIA[form], headers=headers)


def _begun(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, the first of them made already."""
    all_ = iter(rows)
    first = next(all_, None)
    return iter(()) if first is None else chain((first,), all_)


def _write_layer(rows: Iterable[Row], to: TextIO) -> None:
    to.write('{"type": "FeatureCollection", "features": [')
    for number, row in enumerate(rows):
        properties = {name: value for name, value in row.items() if name not in ("lat", "lon", "radius_km")}
        properties["uncertainty_m"] = metres(row["radius_km"])
        feature: Row = {"type": "Feature", "geometry": point(row["lat"], row["lon"]), "properties": properties}
        to.write((",\n" if number else "\n") + as_json(feature))
    to.write("\n]}\n")


def _write_list(rows: Iterable[Row], to: TextIO) -> None:
    to.write("[")
    for number, row in enumerate(rows):
        to.write((",\n" if number else "\n") + as_json(row))
    to.write("\n]\n")


# ── what is withheld ─────────────────────────────────────────────────────────────────────────────


def withheld_of(names: Sequence[str] | None) -> frozenset[str]:
    """What is to be kept out: coordinates, civilians, passages, one by one or joined by commas."""
    found = frozenset(name.strip() for one in names or () for name in one.split(",") if name.strip())
    check_withheld(found)
    return found


def without(line: IncidentLine, withheld: frozenset[str]) -> IncidentLine:
    """An incident's line without what is to be kept out."""
    if "coordinates" in withheld:
        line = replace(line, lat=None, lon=None, radius_km=None)
    if "civilians" in withheld:
        line = replace(line, initiators=[_veiled(one) for one in line.initiators], targets=[_veiled(one) for one in line.targets])
    return line


def _veiled(party: Party) -> Party:
    """A civilian under the roster's word for the group; a name that is such a word itself says nothing of a person and stays."""
    if party.kind != "civilian" or fold(party.name) in {fold(name) for name in party.names[1:]} | {"civilians", "civilian"}:
        return party
    group = next((name for name in party.names if name != party.name), "Civilians")
    return replace(party, name=group, names=tuple(name for name in party.names if name != party.name))


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────

INCIDENTS = (
    "id", "type", "first_day", "last_day", "precision", "place", "place_id", "country", "lat", "lon", "radius_km", "initiators", "targets",
    "killed_low", "killed", "killed_high", "wounded_low", "wounded", "wounded_high", "arms", "grade", "admiralty", "witnesses", "reports",
    "disputed",
)  # fmt: skip


def incident_rows(lines: Iterable[IncidentLine], withheld: frozenset[str] = frozenset()) -> Table:
    """Incidents, one a row."""
    return Table("incidents", INCIDENTS, (_incident(without(line, withheld)) for line in lines))


def _incident(line: IncidentLine) -> Row:
    row = {name: getattr(line, name) for name in INCIDENTS if hasattr(line, name) and name not in ("killed", "wounded")}
    row |= {"first_day": _day(line.first_day), "last_day": _day(line.last_day)}
    row |= {"initiators": [p.name for p in line.initiators], "targets": [p.name for p in line.targets]}
    for status, numbers in (("killed", line.killed), ("wounded", line.wounded)):
        low, best, high = numbers if numbers is not None else (None, None, None)
        row |= {f"{status}_low": low, status: best, f"{status}_high": high}
    return {name: row[name] for name in INCIDENTS}


def report_rows(lines: Iterable[ReportLine]) -> Table:
    """Reports, one a row."""
    columns = ("id", "title", "source", "source_id", "published", "language", "url", "claims", "copied_from")
    return Table("reports", columns, (_report(line) for line in lines))


def _report(line: ReportLine) -> Row:
    return {
        "id": line.id, "title": line.title, "source": line.source.name, "source_id": line.source.id, "published": _day(line.published),
        "language": line.language, "url": line.url, "claims": line.claims, "copied_from": line.copied_from,
    }  # fmt: skip


CONTROL = (
    "place", "name", "relation", "lat", "lon", "radius_km", "country", "status", "holder", "holder_id", "opponents", "share", "since",
    "seen", "until", "heard", "confidence", "claims", "rivals",
)  # fmt: skip


def control_rows(spots: Iterable[Spot], withheld: frozenset[str] = frozenset()) -> Table:
    """Places under control, one a row."""
    return Table("control", CONTROL, (_state(spot.control, spot.left, spot.holder, spot.holder_name, withheld) for spot in spots))


def _state(state: Control, left: float, holder: str | None, name: str | None, withheld: frozenset[str]) -> Row:
    row = flatten_control(state, confidence=left)
    row |= {"holder": name, "holder_id": holder, "opponents": [party.name for party in state.opponents]}
    row["rivals"] = [f"{one.says} ({', '.join(one.witnesses)})" for one in state.rivals]
    if "coordinates" in withheld:
        row |= {"lat": None, "lon": None, "radius_km": None}
    return {column: row[column] for column in CONTROL}


def move_rows(moves: Iterable[Move]) -> Table:
    """Changes of control, one a row."""
    columns = ("day", "place", "name", "status_before", "holder_before", "status_after", "holder_after", "claims")
    return Table("changes", columns, (_move(one) for one in moves))


def _move(one: Move) -> Row:
    told: Row = {"day": one.day.isoformat(), "place": one.place, "name": one.name}
    for when, state in (("before", one.before), ("after", one.after)):
        told[f"status_{when}"] = state.status if state is not None else None
        told[f"holder_{when}"] = state.holder.name if state is not None and state.holder is not None else None
    return told | {"claims": one.claims}


def share_rows(shares: Shares) -> Table:
    """How many places each holder has, one day and holder a row."""
    rows = (
        {"day": day.isoformat(), "holder": holder.value, "name": holder.label, "places": held[n]}
        for n, day in enumerate(shares.days)
        for holder, held in zip(shares.holders, shares.held, strict=True)
    )
    return Table("shares", ("day", "holder", "name", "places"), rows)


def source_rows(lines: Iterable[SourceLine]) -> Table:
    """Outlets, one a row."""
    counts = ("reports", "claims", "incidents", "shared", "first", "copied_from", "copies_others", "contradicted", "figures")
    rows = (
        {
            "id": one.source.id, "name": one.source.name, "kind": one.source.kind, "country": one.source.country,
            **{name: getattr(one, name) for name in counts}, "favours": [f"{favour.label} {favour.count:+d}" for favour in one.favours],
        }
        for one in lines
    )  # fmt: skip
    return Table("sources", ("id", "name", "kind", "country", *counts, "favours"), rows)


def hit_rows(hits: Iterable[Hit]) -> Table:
    """Reports found, one a row."""
    columns = ("id", "title", "source", "published", "snippet", "claims")
    rows = (
        {
            "id": one.report.id, "title": one.report.title, "source": one.report.source.name, "published": _day(one.report.published),
            "snippet": one.snippet, "claims": one.claims,
        }
        for one in hits
    )  # fmt: skip
    return Table("search", columns, rows)


def bar_rows(histogram: Histogram) -> Table:
    """The bars of a histogram, one type of a bar a row."""
    rows = (
        {"first": bar.first.isoformat(), "last": bar.last.isoformat(), "type": type_, "incidents": count}
        for bar in histogram.bins
        for type_, count in bar.counts.items()
    )
    return Table("histogram", ("first", "last", "type", "incidents"), rows)


def facet_rows(facets: Facets) -> Table:
    """The answers of all fields, one a row."""
    fields = ("type", "country", "actor", "arm", "source", "grade", "place")
    rows = (
        {"field": field, "value": one.value, "label": one.label, "incidents": one.count}
        for field in fields
        for one in getattr(facets, field)
    )
    return Table("facets", ("field", "value", "label", "incidents"), rows)


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
