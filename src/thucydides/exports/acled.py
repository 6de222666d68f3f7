"""Event rows in the 31 columns of ACLED, so that claims stand beside its data in the same tools.

Only events that are told as having happened are rows: no denials, plans, conditions, states or running totals. A claim is one row for
each of its places, on one day (see ``precision.day_of``). What ACLED would not code, for want of a day or a place, is left out
and counted. Nothing here is an ACLED event: it is what one report says, filed in ACLED's columns (``docs/formats.md``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TextIO, cast

from thucydides.exports.acled_actors import Scene, interaction
from thucydides.exports.acled_countries import country_of_text, roster_homes
from thucydides.exports.acled_sides import sides
from thucydides.exports.acled_tables import Country, Filed, SubEvent, count_in_words, countries, sub_events
from thucydides.exports.cells import write_table
from thucydides.exports.flat import Flat
from thucydides.exports.precision import day_of, geo_precision
from thucydides.exports.rows import row_number, share_of
from thucydides.record import Report, Source

# fmt: off
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
    "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2",
    "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)
# fmt: on
UNTOLD = ("denied", "planned", "conditional")
CROWDS = ("Protests", "Riots")
# fmt: off
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
# fmt: on


_REGAINS, _OVERTAKES, _FOREIGN = "Government regains territory", "Non-state actor overtakes territory", "External/Other forces"


def write(
    claims: Iterable[tuple[Flat, Report]],
    to: TextIO,
    *,
    left_out: Counter[str] | None = None,
    homes: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Writes a header and the rows, and counts in ``left_out`` why claims or places of them are no rows."""
    return write_table(COLUMNS, _rows(claims, Counter() if left_out is None else left_out, homes or roster_homes()), to)


def _rows(claims: Iterable[tuple[Flat, Report]], left_out: Counter[str], homes: Mapping[str, Sequence[str]]) -> Iterator[dict[str, object]]:
    for flat, report in claims:
        sub_event = sub_events().get(str(flat["type"]))
        day = day_of(cast("Flat | None", flat["date"]))
        if flat["kind"] != "event":
            left_out[f"a {flat['kind']}, no event"] += 1
        elif flat["factuality"] in UNTOLD:
            left_out[f"told as {flat['factuality']}"] += 1
        elif sub_event is None:
            left_out["no type of event known"] += 1
        elif day is None:
            left_out["no day known to within a month"] += 1
        else:
            places = [place for place in cast("list[Flat]", flat["places"]) if _is_codable(place, sub_event)]
            if not places:
                left_out["no place known better than its country"] += 1
            for number, place in enumerate(places):
                yield _row(flat, report, sub_event, day, place, (number, len(places)), homes)


def _is_codable(place: Flat, sub_event: SubEvent) -> bool:
    """Only strategic developments may stand for a whole country."""
    if place["precision"] == "country":
        return sub_event.event_type == "Strategic developments"
    return geo_precision(place) is not None


def _row(
    flat: Flat,
    report: Report,
    sub_event: SubEvent,
    day: tuple[date, int],
    place: Flat,
    share: tuple[int, int],
    homes: Mapping[str, Sequence[str]],
) -> dict[str, object]:
    country = countries().get(str(place["country"]))
    event_date, time_precision = day
    code = str(place["country"] or country_of_text(report.text) or "")
    named = list(zip(cast("list[Flat]", flat["parties"]), names_of(flat), strict=True))
    words = " ".join(str(one["text"]) for one in cast("list[Flat]", flat["evidence"]) if one["field"] == "claim")
    (first, *others), targets = sides(named, Scene(code=code, day=event_date, sub_event=sub_event, homes=homes, words=words))
    second = targets[0] if targets else None
    if sub_event.name == _REGAINS and all(actor.inter == _FOREIGN for actor in (first, *others)):
        sub_event = sub_events()[_OVERTAKES]  # a foreign army alone, by ACLED's codebook, whomever it takes the place from
    fatalities, counted = _fatalities(flat, share)
    return {
        "event_id_cnty": _event_id(str(flat["id"]), share[0], country),
        "event_date": event_date.isoformat(),
        "year": event_date.year,
        "time_precision": time_precision,
        "disorder_type": sub_event.disorder_type,
        "event_type": sub_event.event_type,
        "sub_event_type": sub_event.name,
        "actor1": first.name,
        "assoc_actor_1": _listed(actor.name for actor in others),
        "inter1": first.inter,
        "actor2": second.name if second else "",
        "assoc_actor_2": _listed(actor.name for actor in targets[1:]),
        "inter2": second.inter if second else "",
        "interaction": interaction(first, second),
        "civilian_targeting": _civilian_targeting(sub_event, second),
        "iso": country.iso if country else None,
        "region": country.region if country else None,
        "country": country.name if country else None,
        "admin1": place["admin1"],
        "location": place["name"],
        "latitude": _degrees(place["lat"]),
        "longitude": _degrees(place["lon"]),
        "geo_precision": geo_precision(place),
        "source": _listed([report.source.name]),
        "source_scale": _scale(report.source, str(place["country"] or "")),
        "notes": _notes(flat, report, event_date, counted),
        "fatalities": fatalities,
        "tags": _tags(flat, sub_event),
        "timestamp": _timestamp(report),
    }


def names_of(flat: Flat) -> list[list[str]]:
    """The names of each party in order, as told first: the flat claim lists them by role."""
    by_role = {role: iter(cast("list[list[str]]", flat[f"{role}s"])) for role in ("initiator", "target", "supporter")}
    return [next(by_role[str(party["role"])]) for party in cast("list[Flat]", flat["parties"])]


def _civilian_targeting(sub_event: SubEvent, second: Filed | None) -> str:
    """Set where civilians were the main target. ACLED's files say "Civilian targeting"."""
    if sub_event.civilians == "always":
        return "Civilian targeting"
    return "Civilian targeting" if sub_event.civilians == "possible" and second and second.inter == "Civilians" else ""


def _fatalities(flat: Flat, share: tuple[int, int]) -> tuple[int, str]:
    """Deaths in this row and, where they need explaining, how they were counted.

    The lowest figure told: a count in words by ACLED's table, else the low figure, else the best one, else 0. Deaths told for several
    places are divided in whole numbers, what remains going to the first.
    """
    killed = cast("Flat | None", flat["killed"])
    if killed is None:
        return 0, ""
    words = cast("str | None", killed["words"])
    told = f' ("{words}")' if words else ""
    in_words = count_in_words(words or "")
    figures = [figure for figure in (in_words, killed["low"], killed["best"]) if isinstance(figure, int)]
    if not figures:
        return 0, f"Deaths told without a lowest figure{told} are counted as 0."
    number, places = share
    total = max(figures[0], 0)
    part = share_of(total, number, places)
    counted = f"Deaths told{told}: {total}"
    return part, f"{counted}, divided over {places} places." if places > 1 else f"{counted}." if told else ""


def _notes(flat: Flat, report: Report, event_date: date, counted: str) -> str:
    when = cast("Flat", flat["date"])
    notes = [f"On {_in_words(event_date)}, as told by {report.source.name}"]
    quote = flat["quote"]
    notes[0] += f': "{quote}"' if quote else "."
    if when["start"] != when["end"]:
        notes.append(f"The report allows {when['start']} to {when['end']}.")
    said_by = cast("list[str]", flat["said_by"])
    if said_by:
        notes.append(f"Said by {', according to '.join(said_by)}.")
    weapons = cast("list[str]", flat["weapons"])
    if weapons:
        notes.append(f"Weapons: {', '.join(weapons)}.")
    if counted:
        notes.append(counted)
    return " ".join(" ".join(notes).split())


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _tags(flat: Flat, sub_event: SubEvent) -> str:
    tags = ["crowd size=no report"] if sub_event.event_type in CROWDS else []
    tags += [f"factuality={flat['factuality']}", f"confidence={cast('float', flat['confidence']):.2f}", f"claim={flat['id']}"]
    return _listed(tags)


def _scale(source: Source, code: str) -> str:
    """ACLED's word for how far a source reaches, as far as kind and country of the outlet tell."""
    if source.kind == "social":
        return "New media"
    if source.kind in ("monitor", "research"):
        return "Other"
    if source.country is None:
        return "International" if source.kind in ("wire", "aggregator") else ""
    return "National" if source.country == code else "International"


def _event_id(claim: str, number: int, country: Country | None) -> str:
    """Country letters and a number of ten digits, the same for the same claim and place each time it is exported."""
    return f"{country.iso3 if country else 'XXX'}{row_number(claim, number):010d}"


def _timestamp(report: Report) -> int | None:
    """When the report was retrieved, else midnight of the day of publication: never the time of export, so that exports repeat."""
    if report.retrieved:
        return int(report.retrieved.timestamp())
    return int(datetime(*report.published.timetuple()[:3], tzinfo=UTC).timestamp()) if report.published else None


def _degrees(value: object) -> str | float:
    return round(value, 4) if isinstance(value, int | float) else ""


def _listed(names: Iterable[str]) -> str:
    """Names in one cell, separated by semicolons; those within a name become commas."""
    return "; ".join(dict.fromkeys(name.replace(";", ",") for name in names if name))
