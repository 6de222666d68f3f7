"""Control as GeoJSON (RFC 7946): a point for each place with its state on one day and the claims behind it. No areas are guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TextIO

from thucydides.exports.flat import Flat
from thucydides.exports.geojson import metres, point
from thucydides.exports.jsonl import as_json
from thucydides.record import Control, Party


def flatten_control(control: Control, *, confidence: float | None = None, side: str | None = None) -> Flat:
    """A span of control as plain JSON; ``confidence`` is that on the day asked for."""
    return {
        "place": control.place,
        "name": control.where.name,
        "relation": control.where.relation,
        "lat": control.where.lat,
        "lon": control.where.lon,
        "radius_km": control.where.radius_km,
        "country": control.where.country,
        "status": control.status,
        "holder": _party(control.holder),
        "side": side,
        "opponents": [_party(party) for party in control.opponents],
        "share": control.share,
        "since": _day(control.since),
        "seen": _day(control.seen),
        "until": _day(control.until),
        "heard": _day(control.heard),
        "confidence": round(control.confidence if confidence is None else confidence, 3),
        "lapsed": control.lapsed,
        "claims": list(control.claims),
        "rivals": [{"says": one.says, "claims": list(one.claims), "witnesses": list(one.witnesses)} for one in control.rivals],
    }


def write_control(states: Iterable[tuple[Flat, Mapping[str, str]]], to: TextIO, on: date) -> int:
    """Writes one feature a state, each given with the words of its claims by id; how many were written."""
    to.write(f'{{"type": "FeatureCollection", "on": "{on.isoformat()}", "features": [')
    count = 0
    for flat, words in states:
        properties = {name: value for name, value in flat.items() if name not in ("lat", "lon", "radius_km")}
        properties["uncertainty_m"] = metres(flat["radius_km"])
        properties["told"] = [{"claim": claim, "words": told} for claim, told in words.items()]
        feature: Flat = {"type": "Feature", "id": flat["place"], "geometry": point(flat["lat"], flat["lon"]), "properties": properties}
        to.write((",\n" if count else "\n") + as_json(feature))
        count += 1
    to.write("\n]}\n")
    return count


def _party(party: Party | None) -> Flat | None:
    return None if party is None else {"name": party.name, "actor": party.actor}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None and day > date.min else None
