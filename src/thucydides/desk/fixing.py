"""A reviewer's word on where a place is: a line in the user's own table of places."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from thucydides.desk.settings import Settings
from thucydides.errors import BadSetting, ThucydidesError
from thucydides.lexicon import fold, split_cell
from thucydides.places.areas import area_at
from thucydides.places.tables import SUPPLEMENT_COLUMNS

_WORD = re.compile(r"[a-z0-9]+")


def fix(settings: Settings, name: str, at: tuple[float, float], radius_km: float, why: str, country: str | None, kind: str) -> str:
    """Writes the line, in place of an earlier one for the same name, and tells it.

    Without a country the name means this place in all reports, with one only where the report speaks of it or of none.
    """
    names = split_cell(name)
    if not names or not fold(names[0]):
        raise BadSetting(f"{name!r} is no name", remedy="Give the name as reports tell it.")
    if not why.strip():
        raise BadSetting("--why is empty", remedy="Say how you know: a map, a report, a person.")
    gazetteer = settings.gazetteer()
    code = gazetteer.country_named(country) or country.upper() if country else ""
    if code and gazetteer.country(code) is None:
        raise BadSetting(f"--country: {country!r} is no country", remedy="Give its name or two-letter code.")
    path = settings.data / "rosters" / "places.tsv"
    lying = area_at(*at, gazetteer)
    cells = {
        "id": "-".join(("own", *_WORD.findall(fold(names[0])))) if _WORD.search(fold(names[0])) else f"own-{names[0]}",
        "name": names[0],
        "aliases": " | ".join(names[1:]),
        "kind": kind,
        "country": code,
        "admin1": (lying.admin1 if lying is not None else None) or "",
        "lat": f"{at[0]:g}",
        "lon": f"{at[1]:g}",
        "radius_km": f"{radius_km:g}",
        "note": f"{' '.join(why.split())} ({date.today().isoformat()})",
    }
    replaced = _write(path, cells)
    where = f"{cells['lat']}, {cells['lon']} ± {cells['radius_km']} km"
    return f"{'replaced' if replaced else 'fixed'}: {names[0]} is at {where} in {f'reports of {code}' if code else 'all reports'}; {path}"


def _write(path: Path, cells: dict[str, str]) -> bool:
    """Puts a row into the table, which is made if it is not there. Comments and all other rows stay as they are."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text("utf-8-sig").splitlines() if path.is_file() else []
        header = _columns(lines)
        kept = [line for line in lines if line.split("\t")[0].strip() != cells["id"]]
        row = "\t".join(" ".join(cells[column].split()) if column in cells else "" for column in header)
        text = "\n".join([*(kept or ["\t".join(header)]), row]) + "\n"
        fresh = path.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise ThucydidesError(f"{path} cannot be written ({error.strerror})", remedy="Check its permissions.") from error
    return len(kept) < len(lines)


def _columns(lines: list[str]) -> list[str]:
    """The columns of the table as it is; it must have those of a place."""
    told = next((line for line in lines if line.strip() and not line.startswith("#")), None)
    if told is None:
        return list(SUPPLEMENT_COLUMNS)
    columns = [cell.strip() for cell in told.split("\t")]
    missing = {"id", "name", "country", "lat", "lon", "radius_km"} - set(columns)
    if missing:
        what = f"your table of places lacks the columns {', '.join(sorted(missing))}"
        raise BadSetting(what, remedy=f"Its first line names the columns: {' '.join(SUPPLEMENT_COLUMNS)}.")
    return columns
