"""``thuc control``: who holds what on a day, what changed between two days, and the map of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thucydides.desk.filters import ActorOption, CountryOption, PlaceOption

if TYPE_CHECKING:
    from thucydides.actors import Actors
    from thucydides.archive import Archive
    from thucydides.control import Chart, Conflict, Known
    from thucydides.desk.settings import Settings
    from thucydides.desk.states import Shown
    from thucydides.exports.flat import Flat
    from thucydides.record import Control

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
HEADS = ("place", "status", "holder", "against", "share", "since", "last heard", "confidence", "claims", "said otherwise")


def control(
    on: Annotated[str | None, typer.Option("--on", help="The state on this day; else the last day told.", metavar="DAY")] = None,
    changes: Annotated[
        tuple[str, str] | None, typer.Option("--changes", help="What changed between two days, both counted.", metavar="FROM TO")
    ] = None,
    map_: Annotated[Path | None, typer.Option("--map", help="Write the state as GeoJSON points.", metavar="OUT.geojson")] = None,
    imported: Annotated[
        Path | None, typer.Option("--import", help="A known state: CSV with place, holder, date, source.", metavar="FILE.csv")
    ] = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    country: CountryOption = None,
    by: Annotated[str, typer.Option("--by", help="actor or side: whom to show as holder.", metavar="actor|side")] = "actor",
    half_days: Annotated[
        float | None, typer.Option("--half-days", help="Days without news after which half the confidence is left.", metavar="DAYS", min=1)
    ] = None,
    json: JsonOption = False,
) -> None:
    """Show who holds what, since when, who says so and who says otherwise, traced from all claims in the archive."""
    from thucydides.actors import Camps
    from thucydides.chronicle import trace
    from thucydides.control import Fading, conflicts
    from thucydides.desk.delaying import delayed
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.desk.states import Shown, last_day
    from thucydides.desk.weighing import weigher
    from thucydides.errors import BadSetting

    if by not in ("actor", "side"):
        raise BadSetting(f"--by: {by!r} is neither actor nor side", remedy="Give one of them.")
    settings = Settings.read()
    fading = Fading() if half_days is None else Fading(half_days=half_days)
    span = tuple(_day("--changes", day) for day in changes) if changes else None
    camps = Camps.load(settings.camps)
    with recalled(settings) as archive:
        scale = weigher(settings)
        known = _known(settings, imported, scale.actors) if imported else []
        sieve = partial(delayed, settings=settings)
        chart = trace(archive, scale, known, sieve=sieve).chart()
        shown = Shown(scale.actors, camps, fading, by == "side", place, actor, country)
        if known:
            _tell_conflicts(conflicts(known, trace(archive, scale, sieve=sieve).chart(), scale.actors))
        if span:
            _print_changes(chart, span[0], span[-1], shown, json)
            return
        day = _day("--on", on) if on else last_day(chart)
        states = [state for state in chart.on(day) if shown.wanted(state)]
        if map_ is not None:
            _write_map(map_, archive, states, shown, day)
        else:
            _print_states(states, shown, day, json)


def _day(option: str, words: str) -> date:
    from thucydides.errors import BadSetting

    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise BadSetting(f"{option}: {words!r} is no day", remedy="Write it as 2016-03-27.") from error


def _known(settings: Settings, path: Path, actors: Actors) -> list[Known]:
    from thucydides.control import read_known
    from thucydides.places import locate, settle
    from thucydides.record import Where

    gazetteer = settings.gazetteer()

    def placed(name: str, country: str | None) -> Where:
        return locate(name, settle([name], gazetteer, countries_hint={country: 3.0} if country else None), gazetteer)

    return read_known(path, actors, placed)


def _tell_conflicts(found: Iterable[Conflict]) -> None:
    from thucydides.desk.console import out, words

    for one in found:
        held = one.known.holder.name if one.known.holder else "nobody for certain"
        told = one.reports.holder.name if one.reports.holder else one.reports.status
        line = f"conflict: {one.known.where.name} on {one.known.day}: {one.known.source} has {held}, reports have {told}"
        out().print(words(f"{line} ({one.reports.status}; claims {' '.join(claim[:8] for claim in one.reports.claims)})", "yellow"))


def _print_states(states: list[Control], shown: Shown, day: date, json: bool) -> None:
    from thucydides.desk.console import out, table_of, words
    from thucydides.desk.states import place_told
    from thucydides.desk.telling import some

    if json:
        _print_all(shown.flat(state, day) for state in states)
        return
    if not states:
        out().print(words("no claim in the archive says who holds a place that passes these filters"))
        return
    out().print(table_of(HEADS, (shown.row(state, day) for state in sorted(states, key=place_told)), title=f"Who holds what on {day}"))
    out().print(words(f"{some(len(states), 'place')}. 'thuc show CLAIM' shows the words behind a claim."))


def _print_changes(chart: Chart, first: date, last: date, shown: Shown, json: bool) -> None:
    from thucydides.desk.console import out, table_of, words
    from thucydides.desk.states import place_told

    found = [change for change in chart.changes(first, last) if shown.wanted(change.after)]
    if json:
        _print_all(
            {
                "day": str(change.day),
                "before": shown.flat(change.before, change.day) if change.before else None,
                "after": shown.flat(change.after, change.day),
            }
            for change in found
        )
        return
    if not found:
        out().print(words(f"no change is told between {first} and {last}"))
        return
    rows = (
        (
            str(change.day), place_told(change.after), _told(change.before, shown), _told(change.after, shown),
            " ".join(claim[:8] for claim in change.after.claims[:3]), "; ".join(one.says for one in change.after.rivals),
        )
        for change in found
    )  # fmt: skip
    out().print(table_of(("day", "place", "from", "to", "claims", "said otherwise"), rows))


def _told(state: Control | None, shown: Shown) -> str:
    if state is None:
        return ""
    opponents = ", ".join(dict.fromkeys(shown.name(party, state) for party in state.opponents))
    return " ".join(filter(None, (state.status, shown.name(state.holder, state), f"against {opponents}" if opponents else "")))


def _write_map(path: Path, archive: Archive, states: list[Control], shown: Shown, day: date) -> None:
    from thucydides.desk.console import err, words
    from thucydides.exports import write_control

    def told() -> Iterator[tuple[Flat, Mapping[str, str]]]:
        for state in states:
            yield shown.flat(state, day), {claim: _words(archive, claim) for claim in state.claims if ":" not in claim}

    with path.open("w", encoding="utf-8") as file:
        count = write_control(told(), file, day)
    err().print(words(f"{count} places on {day} written to {path}"))


def _words(archive: Archive, claim: str) -> str:
    return next((passage.words for passage in archive.recall_claim(claim).evidence if passage.field == "claim"), "")


def _print_all(objects: Iterable[object]) -> None:
    from json import dumps

    for one in objects:
        typer.echo(dumps(one, ensure_ascii=False))
