"""Map layers in GeoJSON, feature by feature: points as they are, lines and areas by their middle and reach."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

from thucydides.errors import BadGazetteer
from thucydides.places.adding.columns import cell, entry
from thucydides.places.adding.entries import Entry, Remark, Step
from thucydides.places.adding.known import Known
from thucydides.places.adding.sources import Source
from thucydides.places.adding.tables import flat
from thucydides.places.geometry import Point, distance_km
from thucydides.places.phrasing import phrase_of

_CHUNK = 1 << 18
_LARGEST = 64_000_000  # characters of one feature
_FEATURES = phrase_of("geojson", "features")
_REMEDY = "Check the feature in a map program."


def rows(source: Source, known: Known, offset: int, line: int, swap: bool = False) -> Iterator[Step]:
    """The features from the ``offset``-th on: lines and offsets count features here."""
    for n, feature in enumerate(_features(source), start=1):
        if n > offset:
            yield Step(offset=n, line=n, found=_feature(feature, n, known, swap))


def _features(source: Source) -> Iterator[object]:
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8-sig")("replace")
    text, inside = "", False
    with source.opened() as stream:
        while True:
            chunk = stream.read(_CHUNK)
            text += decode.decode(chunk, final=not chunk)
            if not inside:
                begin = _FEATURES.search(text)
                if begin is None:
                    if not chunk:
                        raise BadGazetteer(f"{source.name} holds no features", remedy="Save it as a GeoJSON FeatureCollection.")
                    continue
                text, inside = text[begin.end() :], True
            while (text := text.lstrip(" \t\r\n,")) and text[0] != "]":
                try:
                    feature, end = decoder.raw_decode(text)
                except (ValueError, RecursionError):
                    break
                yield feature
                text = text[end:]
            if text[:1] == "]":
                return
            if not chunk or len(text) > _LARGEST:
                what = f"{source.name} breaks off or is no JSON at: {text[:60]!r}"
                raise BadGazetteer(what, remedy="Fetch or save it again: what was read is kept.")


def _feature(feature: Any, n: int, known: Known, swap: bool) -> tuple[Entry | Remark, ...]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return (Remark(line=n, value="", what="a feature without properties", remedy=_REMEDY),)
    row = flat(feature["properties"])
    if isinstance(feature.get("id"), str | int):
        row.setdefault("id", str(feature["id"]))
    points = list(_points((feature.get("geometry") or {}).get("coordinates") if isinstance(feature.get("geometry"), dict) else None))
    if not points:
        return (Remark(line=n, value=cell(row, "name")[:80], what="a feature without a point", remedy=_REMEDY),)
    middle = (_half([p[0] for p in points]), _half([p[1] for p in points]))
    row |= {"lat": repr(middle[0]), "lon": repr(middle[1])}
    if len(points) > 1:
        reach = max(distance_km(middle, point) for point in points) if all(abs(p[0]) <= 90 for p in points) else 0.0
        row.setdefault("radius_km", f"{max(1.0, reach):.1f}")
        row.setdefault("kind", "area")
    return entry(row, n, known, shape="table", swap=swap)


def _half(values: list[float]) -> float:
    return round((min(values) + max(values)) / 2, 6)


def _points(told: Any) -> Iterator[Point]:
    """Latitude and longitude of all corners; GeoJSON writes longitude first."""
    if isinstance(told, list) and len(told) >= 2 and all(isinstance(value, int | float) for value in told[:2]):
        yield float(told[1]), float(told[0])
    elif isinstance(told, list):
        for part in told:
            yield from _points(part)
