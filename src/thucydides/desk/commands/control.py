"""``thuc control``: who holds what on a day, what changed between two days, and the map of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    from thucydides.desk.control_map import Quote
    from thucydides.desk.control_shown import Shown
    from thucydides.desk.settings import Settings
    from thucydides.exports.flat import Flat
    from thucydides.places import Bounds
    from thucydides.record import Control

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
HEADS = ("place", "status", "holder", "against", "share", "since", "last heard", "confidence", "claims", "said otherwise")


def control(
    on: Annotated[str | None, typer.Option("--on", help="The state on this day; else the last day told.", metavar="DAY")] = None,
    changes: Annotated[
        tuple[str, str] | None, typer.Option("--changes", help="What changed between two days, both counted.", metavar="FROM TO")
    ] = None,
    map_: Annotated[
        Path | None, typer.Option("--map", help="Write the state as a map: .html, .png or .geojson.", metavar="OUT.html")
    ] = None,
    shaded: Annotated[bool, typer.Option("--shaded", help="On the map, areas estimated from the nearest places.")] = False,
    imported: Annotated[
        Path | None, typer.Option("--import", help="A known state: CSV with place, holder, date, source.", metavar="FILE.csv")
    ] = None,
    place: PlaceOption = None,
    area: Annotated[str | None, typer.Option("--area", help="All places in a province, region or country.", metavar="NAME")] = None,
    actor: ActorOption = None,
    country: CountryOption = None,
    by: Annotated[str, typer.Option("--by", help="actor or side: whom to show as holder.", metavar="actor|side")] = "actor",
    half_days: Annotated[
        float | None, typer.Option("--half-days", help="Days without news after which half the confidence is left.", metavar="DAYS", min=1)
    ] = None,
    lapse_days: Annotated[
        int | None, typer.Option("--lapse-days", help="Days with news but none of a fight, after which it is over.", metavar="DAYS", min=1)
    ] = None,
    json: JsonOption = False,
) -> None:
    """Show who holds what, since when, who says so and who says otherwise, traced from all claims in the archive."""
    from thucydides.actors import Camps
    from thucydides.chronicle import trace
    from thucydides.control import Fading, Rules, conflicts
    from thucydides.desk.control_shown import Shown, last_day
    from thucydides.desk.delaying import delayed
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.desk.weighing import weigher
    from thucydides.errors import BadSetting

    if by not in ("actor", "side"):
        raise BadSetting(f"--by: {by!r} is neither actor nor side", remedy="Give one of them.")
    _check_map(map_, shaded)
    settings = Settings.read()
    fading = Fading() if half_days is None else Fading(half_days=half_days)
    span = tuple(_day("--changes", day) for day in changes) if changes else None
    camps = Camps.load(settings.camps)
    with recalled(settings) as archive:
        scale = weigher(settings)
        known = _known(settings, imported, scale.actors) if imported else []
        rules = Rules.load(settings.control_rules).but({"lapse_days": lapse_days})
        told = partial(trace, archive, scale, sieve=partial(delayed, settings=settings), rules=rules)
        chart = told(known).chart()
        shown = Shown(
            actors=scale.actors, camps=camps, fading=fading, by_side=by == "side", place=place, actor=actor, country=country,
            area=_bounds(settings, area, country) if area else None,
        )  # fmt: skip
        if known:
            _tell_conflicts(conflicts(known, told().chart(), scale.actors))
        if span:
            _print_changes(chart, span[0], span[-1], shown, json)
            return
        day = _day("--on", on) if on else last_day(chart)
        states = [state for state in chart.on(day) if shown.wanted(state)]
        if map_ is not None:
            _write_map(map_, states, _Drawn(archive, chart, shown, settings, day, shaded))
        else:
            _print_states(states, shown, day, json)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a map is drawn of."""

    archive: Archive
    chart: Chart
    shown: Shown
    settings: Settings
    day: date
    shaded: bool


def _check_map(path: Path | None, shaded: bool) -> None:
    """Refuses a map that cannot be drawn before anything is reckoned."""
    from thucydides.errors import BadSetting

    if path is not None and path.suffix not in (".html", ".png", ".geojson"):
        raise BadSetting(f"--map: {path.name!r} is no map that can be written", remedy="End it on .html, .png or .geojson.")
    if shaded and (path is None or path.suffix == ".geojson"):
        raise BadSetting("--shaded is for a map as .html or .png", remedy="Areas are an estimate and never go out as data.")


def _bounds(settings: Settings, area: str, country: str | None) -> Bounds:
    from thucydides.places import bounds_called

    return bounds_called(area, settings.gazetteer(), country.upper() if country else None)


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
    from thucydides.desk.control_shown import place_told
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
    from thucydides.desk.control_shown import place_told

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
    against, again = f"against {opponents}" if opponents else "", "(no word of fighting)" if state.lapsed else ""
    return " ".join(filter(None, (state.status, shown.name(state.holder, state), against, again)))


def _write_map(path: Path, states: Sequence[Control], drawn: _Drawn) -> None:
    """Writes the map in the format that the file's name ends on."""
    from thucydides.desk.console import err, words
    from thucydides.errors import ThucydidesError

    try:
        if path.suffix == ".geojson":
            _write_points(path, states, drawn)
        else:
            _write_sheet(path, states, drawn)
    except OSError as error:
        raise ThucydidesError(
            f"{path} cannot be written ({error.strerror})", remedy="Choose a file in a folder that exists and is yours."
        ) from error
    err().print(words(f"{len(states)} places on {drawn.day} written to {path}"))


def _write_points(path: Path, states: Sequence[Control], drawn: _Drawn) -> None:
    from thucydides.exports import write_control

    def told() -> Iterator[tuple[Flat, Mapping[str, str]]]:
        for state in states:
            yield (
                drawn.shown.flat(state, drawn.day),
                {claim: _quote(drawn.archive, claim).words for claim in state.claims if ":" not in claim},
            )

    with path.open("w", encoding="utf-8") as file:
        write_control(told(), file, drawn.day)


def _write_sheet(path: Path, states: Sequence[Control], drawn: _Drawn) -> None:
    from thucydides.desk.control_map import Scene, picture, sheet
    from thucydides.desk.control_map.colours import given
    from thucydides.desk.control_shown import QUOTES, place_told
    from thucydides.desk.delaying import delay_told

    wanted = {claim for state in states for claim in state.claims[-QUOTES:] if ":" not in claim}
    quotes = {claim: _quote(drawn.archive, claim) for claim in wanted}
    ordered = sorted(states, key=lambda state: place_told(state).casefold())
    scene = Scene(
        day=drawn.day,
        marks=[drawn.shown.mark(number, state, drawn.day, quotes) for number, state in enumerate(ordered, 1)],
        colours=given(drawn.shown.order(drawn.chart)),
        asked=drawn.shown.asked(),
        by_side=drawn.shown.by_side,
        notes=tuple(filter(None, (delay_told(drawn.settings),))),
        area=drawn.shown.area.shape.parts if drawn.shown.area and drawn.shown.area.shape else (),
    )
    near = partial(drawn.settings.gazetteer().near, limit=20_000)
    if path.suffix == ".png":
        path.write_bytes(picture(scene, near=near, shaded=drawn.shaded))
    else:
        path.write_text(sheet(scene, near=near, shaded=drawn.shaded), encoding="utf-8", errors="replace")


def _quote(archive: Archive, claim: str) -> Quote:
    from thucydides.desk.control_map import Quote
    from thucydides.desk.telling import on_one_line

    told = archive.recall_claim(claim)
    report = archive.recall_report(told.report)
    words = next((passage.words for passage in told.evidence if passage.field == "claim"), "")
    return Quote(claim=claim, words=on_one_line(words), source=report.source.name, day=report.published)


def _print_all(objects: Iterable[object]) -> None:
    from json import dumps

    for one in objects:
        typer.echo(dumps(one, ensure_ascii=False))
