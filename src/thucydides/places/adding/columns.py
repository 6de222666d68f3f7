"""Rows with named columns: CSV tables, JSON Lines, map layers, exports of ACLED and UCDP. Columns are known by many names."""

from __future__ import annotations

from collections.abc import Mapping

from thucydides.places.adding.entries import RADIUS_KM, USUAL_KM, Entry, Remark, id_of, names_of, number
from thucydides.places.adding.known import Known
from thucydides.places.namesakes import SETTLEMENTS
from thucydides.record import Place

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "place_id", "geonameid", "pcode", "uid", "code"),
    "name": ("name", "where_coordinates", "location", "place", "place_name", "placename", "toponym", "name_en", "title"),
    "aliases": ("aliases", "alternatenames", "alternate_names", "other_names", "alt_names", "name_local", "name_ar", "asciiname"),
    "kind": ("kind", "type", "place_type", "feature", "class"),
    "country": ("country", "country_code", "iso2", "countrycode", "adm0_name", "adm0"),
    "admin1": ("admin1", "adm_1", "adm1", "admin_1", "adm1_name", "province", "governorate", "state", "region"),
    "admin2": ("admin2", "adm_2", "adm2", "admin_2", "adm2_name", "district", "county"),
    "lat": ("lat", "latitude", "y", "lat_dd"),
    "lon": ("lon", "lng", "long", "longitude", "x", "lon_dd"),
    "radius_km": ("radius_km", "radius"),
    "population": ("population", "pop"),
}
"""What each column may be called, the first that has a value counts. Case, spaces and hyphens do not matter."""

EVENTS = {"ucdp": ("where_coordinates", "where_prec"), "acled": ("event_id_cnty", "location")}
"""Columns that tell an export of coded events, whose rows are events and not places: many share a place, their ids are not places'."""

_NO_PLACE = 6


def shape_of(columns: Mapping[str, str]) -> str:
    """``ucdp`` or ``acled`` for the columns of their exports, else ``table``."""
    return next((name for name, needed in EVENTS.items() if all(column in columns for column in needed)), "table")


def plain(column: str) -> str:
    """A column's name as it is compared."""
    return column.strip().lower().replace(" ", "_").replace("-", "_").lstrip("#")


def cell(row: Mapping[str, str], what: str) -> str:
    """A value of a row by any of the names of its column."""
    return next((value for column in COLUMNS[what] if (value := row.get(column, "").strip())), "")


def entry(row: Mapping[str, str], line: int, known: Known, *, shape: str, swap: bool) -> tuple[Entry | Remark, ...]:
    """What a row becomes. With ``swap`` latitude and longitude are taken the other way round."""
    name = cell(row, "name")
    lat_told, lon_told = (cell(row, "lon"), cell(row, "lat")) if swap else (cell(row, "lat"), cell(row, "lon"))
    value = f"{name} {lat_told} {lon_told}".strip()[:80]
    if not name:
        return (Remark(line=line, value=value, what="no name", remedy="Give every place a name."),)
    if shape != "table" and _precision(row) >= _NO_PLACE:
        return ()
    lat, lon = number(lat_told, "latitude", 90), number(lon_told, "longitude", 180)
    if isinstance(lat, str) or isinstance(lon, str):
        return (_bad_point(lat, lon, lat_told, lon_told, line, value),)
    if lat == 0 and lon == 0:
        return (Remark(line=line, value=value, what="the point is 0, 0", remedy="Give the real coordinates, or leave the row out."),)
    country, admin1 = known.country(cell(row, "country")), cell(row, "admin1") or None
    astray = known.astray(lat, lon, country, admin1)
    if astray == "swapped":
        what = f"latitude and longitude look swapped: turned round the point lies in {known.called(country, admin1)}"
        return (Remark(line=line, value=value, what=what, remedy="Swap the two, or add the file with --swap if all are."),)
    made = _made(row, line, known, name, (lat, lon), country, admin1, shape)
    odd = f"the point lies {astray}" if astray else _strange_country(cell(row, "country"), country, made.country)
    return (
        (made, Remark(line=line, value=value, what=odd, remedy="Check the coordinates, country and area.", taken=True)) if odd else (made,)
    )


def _strange_country(told: str, country: str | None, made: str | None) -> str:
    """What is odd about a country that nobody knows: the place is taken as lying where its point does."""
    return f"the country {told[:40]!r} is unknown; by its point it is {made or 'in none'}" if told and country is None else ""


def _made(
    row: Mapping[str, str], line: int, known: Known, told: str, at: tuple[float, float], country: str | None, admin1: str | None, shape: str
) -> Entry:
    names, told_kind = names_of(told)
    kind = cell(row, "kind").lower() if shape == "table" else ""
    kind = kind or told_kind or "place"
    if country is None or admin1 is None:
        lies_in, around = known.area(*at, admin1)
        country = country or lies_in
        admin1 = admin1 or (around if country == lies_in else None)
    names = known.own_names(names, kind, country) or (told.strip(),)
    radius_km, people = _size(row, kind, known.town(names[0], at, country) if kind in SETTLEMENTS | {"place"} else None)
    own_id = cell(row, "id") if shape == "table" else ""
    others = tuple(part.strip() for part in cell(row, "aliases").replace(";", "|").split("|") if part.strip())
    return Entry(
        line=line, id=own_id or id_of(names[0].casefold(), admin1, f"{at[0]:.2f}", f"{at[1]:.2f}"), name=names[0],
        names=tuple(dict.fromkeys((*names, *others))), kind=kind, lat=at[0], lon=at[1],
        radius_km=radius_km, country=country, admin1=known.title(admin1, country), admin2=cell(row, "admin2") or None, population=people,
        own_id=bool(own_id),
    )  # fmt: skip


def _size(row: Mapping[str, str], kind: str, town: Place | None) -> tuple[float, int]:
    """Reach and people of a place: those of its row, else those of the town that it is in the shipped gazetteer, else those of its kind."""
    radius, people = number(cell(row, "radius_km"), "radius", 5000), number(cell(row, "population"), "population", 1e11)
    usual = max(town.radius_km if town is not None else 0.0, RADIUS_KM.get(kind, USUAL_KM))
    return (
        radius if isinstance(radius, float) and radius > 0 else usual,
        int(people) if isinstance(people, float) and people > 0 else town.population if town is not None else 0,
    )


def _bad_point(lat: float | str, lon: float | str, lat_told: str, lon_told: str, line: int, value: str) -> Remark:
    if "out of range" in str(lat) and isinstance(number(lat_told, "", 180), float) and isinstance(number(lon_told, "", 90), float):
        what = f"{lat}: latitude and longitude look swapped"
        return Remark(line=line, value=value, what=what, remedy="Swap the two, or add the file with --swap if all are.")
    what = lat if isinstance(lat, str) else str(lon)
    return Remark(line=line, value=value, what=what, remedy="Write degrees as 33.51, latitude -90 to 90, longitude -180 to 180.")


def _precision(row: Mapping[str, str]) -> float:
    """How rough the place of a coded event is; an event of a whole country or sea names no place."""
    told = number(row.get("where_prec", ""), "", 9)
    return told if isinstance(told, float) else 0.0
