"""Event rows in the 49 columns of UCDP GED, so that claims stand beside its data in the same tools.

Rows are uses of armed force between sides that are known, with at least one death, told as having happened. A claim is one row for
each of its places. What UCDP would not count is left out, with the reason. Identifiers that UCDP gives are left empty: nothing here
is a UCDP event, it is what one report says, filed in UCDP's columns (``docs/formats.md``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TextIO, cast

from thucydides.exports.acled import UNTOLD, names_of
from thucydides.exports.acled_actors import Scene
from thucydides.exports.acled_countries import roster_homes
from thucydides.exports.acled_tables import rows as rows_of
from thucydides.exports.acled_tables import sub_events
from thucydides.exports.cells import write_table
from thucydides.exports.flat import Flat
from thucydides.exports.precision import days_of, where_precision
from thucydides.exports.rows import row_number, share_of
from thucydides.exports.ucdp_countries import priogrid, states
from thucydides.exports.ucdp_sides import STATE_BASED, Dyad, dead_of, dyad_of
from thucydides.record import Report

# fmt: off
COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name",
    "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country",
    "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)
# fmt: on
DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_WEEK = 3  # the date_prec from which on an event is told as a summary


def write(
    claims: Iterable[tuple[Flat, Report]],
    to: TextIO,
    *,
    left_out: Counter[str] | None = None,
    homes: Mapping[str, Sequence[str]] | None = None,
    withheld: Sequence[str] = (),
) -> int:
    """Writes a header and the rows, and counts in ``left_out`` why claims or places of them are no rows.

    The title of a report is withheld with the report's words, and with the names of civilians, which it may hold.
    """
    titled = not {"passages", "civilians"} & set(withheld)
    return write_table(COLUMNS, _rows(claims, Counter() if left_out is None else left_out, homes or roster_homes(), titled), to)


def _rows(
    claims: Iterable[tuple[Flat, Report]], left_out: Counter[str], homes: Mapping[str, Sequence[str]], titled: bool
) -> Iterator[dict[str, object]]:
    for flat, report in claims:
        why = _why_none(flat)
        if why:
            left_out[why] += 1
            continue
        places = [place for place in cast("list[Flat]", flat["places"]) if where_precision(place) is not None]
        if not places:
            left_out["no place known"] += 1
        for number, place in enumerate(places):
            sides = _sides(flat, place, homes)
            deaths = {name: share_of(many, number, len(places)) for name, many in _deaths(flat).items()}
            if sides is None:
                left_out["a side that is not known"] += 1
            elif not deaths["high"]:
                left_out["no death left for one of several places"] += 1
            else:
                yield _row(flat, report, sides, place, (number, len(places)), deaths) | _source(flat, report, titled)


def _why_none(flat: Flat) -> str:
    """Why a claim is no event to UCDP, whatever its place and sides; empty if it may be one."""
    if flat["kind"] != "event":
        return f"a {flat['kind']}, no event"
    if flat["factuality"] in UNTOLD:
        return f"told as {flat['factuality']}"
    if str(flat["type"]) not in _armed_force():
        return "no use of armed force"
    if not _deaths(flat)["high"]:
        return "no death told"
    return "" if days_of(cast("Flat | None", flat["date"])) else "no day known to within a year"


def _deaths(flat: Flat) -> dict[str, int]:
    """The estimates: what is told, else the nearest lower figure told; ``low <= best <= high``."""
    told = cast("Flat | None", flat["killed"]) or {}
    low, best, high = (max(figure, 0) if isinstance(figure := told.get(name), int) else None for name in ("low", "best", "high"))
    likeliest = best if best is not None else low or 0
    return {
        "best": likeliest,
        "high": max(likeliest, high or 0),
        "low": min(likeliest, low if low is not None else likeliest),
    }


def _sides(flat: Flat, place: Flat, homes: Mapping[str, Sequence[str]]) -> tuple[Dyad, str] | None:
    """The dyad and the column of its dead."""
    day, _, _ = days_of(cast("Flat | None", flat["date"])) or (None, None, 0)
    type_ = str(flat["type"])
    scene = Scene(code=str(place["country"] or ""), day=day, sub_event=sub_events()[type_], homes=homes)
    parties = list(zip(cast("list[Flat]", flat["parties"]), names_of(flat), strict=True))
    dyad = dyad_of(parties, scene, _armed_force()[type_] == "always")
    return (dyad, dead_of(flat, parties, dyad, scene)) if dyad else None


def _row(
    flat: Flat, report: Report, sides: tuple[Dyad, str], place: Flat, share: tuple[int, int], deaths: dict[str, int]
) -> dict[str, object]:
    dyad, column = sides
    first, last, date_prec = cast("tuple[date, date, int]", days_of(cast("Flat", flat["date"])))
    country = states().get(str(place["country"]))
    name = f"{dyad.a.name} - {dyad.b.name}"
    lat, lon = place["lat"], place["lon"]
    point = (round(lat, 4), round(lon, 4)) if isinstance(lat, int | float) and isinstance(lon, int | float) else None
    aliases = cast("list[str]", place["aliases"])
    return {
        "id": row_number(str(flat["id"]), share[0]),
        "relid": f"{flat['id']}.{share[0]}",
        "year": first.year,
        "type_of_violence": dyad.violence,
        "conflict_name": None if dyad.violence == STATE_BASED else name,
        "dyad_name": name,
        "side_a": dyad.a.name,
        "side_b": dyad.b.name,
        "where_prec": where_precision(place),
        "where_coordinates": aliases[0] if aliases else place["name"],
        "where_description": place["relation"] or place["name"],
        "adm_1": place["admin1"],
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
        "geom_wkt": f"POINT ({point[1]} {point[0]})" if point else None,
        "priogrid_gid": priogrid(*point) if point else None,
        "country": country.name if country else None,
        "country_id": country.number if country else None,
        "region": country.region if country else None,
        "event_clarity": 2 if share[1] > 1 or date_prec >= _WEEK else 1,
        "date_prec": date_prec,
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
        **dict.fromkeys(DEATHS, 0),
        column: deaths["best"],
        **deaths,
        "gwnoa": dyad.a.state.number if dyad.a.state else None,
        "gwnob": dyad.b.state.number if dyad.b.state else None,
    }


def _source(flat: Flat, report: Report, titled: bool) -> dict[str, object]:
    """Where the claim comes from: its report, and who is said to have said it."""
    headline = report.title if report.title and titled else flat["quote"]
    told = (report.source.name, report.published, headline)
    return {
        "number_of_sources": 1,
        "source_article": ", ".join(str(part) for part in told if part),
        "source_office": report.source.name,
        "source_date": report.published,
        "source_headline": headline,
        "source_original": "; ".join(cast("list[str]", flat["said_by"])),
    }


@cache
def _armed_force() -> dict[str, str]:
    """The sub-event types that are uses of armed force, and whether they are always one-sided."""
    return {row["id"]: row["one_sided"] for row in rows_of("ucdp.tsv", "id", "one_sided")}
