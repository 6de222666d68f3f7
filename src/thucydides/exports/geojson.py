"""GeoJSON (RFC 7946): a FeatureCollection with one feature for each claim and place, for any map program.

A claim without a place, or a place without a point, is a feature with ``null`` geometry: it is in the table of the layer and not on
the map. ``uncertainty_m`` says how far off the point may be, ``geo_precision`` the same in the three grades of ACLED. Drawn with
``outlines``, a place that is a river, road, border, region or area is its line or outline: of a line, the stretch within the radius.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TextIO, cast

from thucydides.exports.flat import Flat
from thucydides.exports.jsonl import as_json
from thucydides.exports.outlines import outlined
from thucydides.exports.precision import geo_precision
from thucydides.record import Report

# fmt: off
_COPIED = (
    "report", "kind", "type", "planned_type", "mode", "factuality", "attributed_to", "said_by", "date", "killed", "wounded", "captured",
    "displaced", "weapons", "damage", "outcome", "status", "share", "way", "confidence", "by", "quote",
)
# fmt: on


def write(claims: Iterable[tuple[Flat, Report]], to: TextIO, *, withheld: tuple[str, ...] = (), outlines: bool = False) -> int:
    """Writes the collection feature by feature, so that no export is too large for memory."""
    to.write('{"type": "FeatureCollection", ')
    if withheld:
        to.write(f'"withheld": {as_json(cast("Flat", list(withheld)))}, ')
    to.write('"features": [')
    count = 0
    for flat, report in claims:
        for number, place in enumerate(cast("list[Flat | None]", flat["places"]) or [None]):
            to.write((",\n" if count else "\n") + as_json(_feature(flat, report, number, place, outlines)))
            count += 1
    to.write("\n]}\n")
    return count


def _feature(flat: Flat, report: Report, number: int, place: Flat | None, outlines: bool) -> Flat:
    properties = {"claim": flat["id"]} | {name: flat[name] for name in _COPIED}
    properties |= {
        "source": report.source.name,
        "published": report.published.isoformat() if report.published else None,
        "url": report.url,
        **{role: [names[0] for names in cast("list[list[str]]", flat[role])] for role in ("initiators", "targets", "supporters")},
        **{name: place[name] if place else None for name in ("relation", "country", "admin1", "precision", "rule")},
        "name": place["name"] if place else None,
        "place": place["place"] if place else None,
        "uncertainty_m": metres(place["radius_km"]) if place else None,
        "geo_precision": geo_precision(place) if place else None,
    }
    return {
        "type": "Feature",
        "id": f"{flat['id']}.{number}",
        "geometry": ((outlined(place) if outlines else None) or point(place["lat"], place["lon"])) if place else None,
        "properties": properties,
    }


def point(lat: object, lon: object) -> Flat | None:
    """A point, longitude first, to five decimals (about a metre); none where either is unknown or off the globe."""
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]}


def metres(radius_km: object) -> int | None:
    return round(radius_km * 1000) if isinstance(radius_km, int | float) and math.isfinite(radius_km) else None
