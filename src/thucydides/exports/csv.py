"""A table, one row a claim. ``docs/formats.md`` describes the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO, cast

from thucydides.exports.cells import write_table
from thucydides.exports.flat import Flat
from thucydides.record import Report

# fmt: off
COLUMNS = (
    "id", "report", "source", "published", "url", "kind", "type", "planned_type", "mode", "factuality", "attributed_to",
    "said_by", "initiators", "initiator_ids", "targets", "target_ids", "supporters", "date_start", "date_end", "date_basis",
    "date_words", "date_precision", "time_of_day", "places", "relations", "place_ids", "lat", "lon", "radius_km", "country",
    "admin1", "precision", "killed_low", "killed_best", "killed_high", "killed_who", "wounded_low", "wounded_best",
    "wounded_high", "wounded_who", "captured_low", "captured_best", "captured_high", "captured_who", "displaced_low",
    "displaced_best", "displaced_high", "displaced_who", "weapons", "damage", "outcome", "status", "share", "way", "loaded",
    "notes", "confidence", "by", "quote",
)
# fmt: on
# fmt: off
_COPIED = (
    "id", "report", "kind", "type", "planned_type", "mode", "factuality", "attributed_to", "said_by", "weapons", "damage", "outcome",
    "status", "share", "way", "loaded", "notes", "confidence", "by", "quote",
)
# fmt: on


def write(claims: Iterable[tuple[Flat, Report]], to: TextIO) -> int:
    """Writes a header and one row a claim. Several values in a cell are joined by " | ", as in the rosters."""
    return write_table(COLUMNS, _rows(claims), to)


def _rows(claims: Iterable[tuple[Flat, Report]]) -> Iterator[dict[str, object]]:
    for flat, report in claims:
        row: dict[str, object] = {name: flat[name] for name in _COPIED}
        row["source"] = report.source.name
        row["published"] = report.published.isoformat() if report.published else None
        row["url"] = report.url
        parties = cast("list[Flat]", flat["parties"])
        for role in ("initiator", "target", "supporter"):
            row[f"{role}s"] = [names[0] for names in cast("list[list[str]]", flat[f"{role}s"])]
            row[f"{role}_ids"] = [party["actor"] for party in parties if party["role"] == role]
        date = cast("Flat | None", flat["date"]) or {}
        row |= {f"date_{name}": date.get(name) for name in ("start", "end", "basis", "words", "precision")}
        row["time_of_day"] = date.get("time_of_day")
        row |= _places(cast("list[Flat]", flat["places"]))
        for name in ("killed", "wounded", "captured", "displaced"):
            toll = cast("Flat | None", flat[name]) or {}
            row |= {f"{name}_{part}": toll.get(part) for part in ("low", "best", "high", "who")}
        yield row


def _places(places: list[Flat]) -> dict[str, object]:
    """All names, and the point of the first place that has one, else of the first."""
    if not places:
        return {}
    shown = next((place for place in places if place["lat"] is not None), places[0])
    return {
        "places": [place["name"] for place in places],
        "relations": [place["relation"] for place in places],
        "place_ids": [place["place"] for place in places],
        **{name: shown[name] for name in ("lat", "lon", "radius_km", "country", "admin1", "precision")},
    }
