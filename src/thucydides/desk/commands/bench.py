"""``thuc bench``: measuring quality and speed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thucydides.desk.bench import BENCHES

if TYPE_CHECKING:
    from thucydides.desk.bench import Measured
    from thucydides.desk.coding import Chronicler

app = typer.Typer(help="Measure quality and speed on any file or folder of the right shape.", no_args_is_help=True, rich_markup_mode=None)

JsonOption = Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")]
FloorsOption = Annotated[bool, typer.Option("--floors", help="Hold the figures to bench/floors.toml; ends with 1 below a floor.")]


@app.command("list")
def list_() -> None:
    """List the benchmarks, the sets they usually take, and which of these are absent."""
    from thucydides.desk.console import out, table_of
    from thucydides.desk.settings import Settings

    settings = Settings.read()
    usual = {name: bench.usual(settings) or (f"absent: {bench.set}" if bench.set else "made up") for name, bench in BENCHES.items()}
    rows = [(name, bench.says, str(usual[name])) for name, bench in BENCHES.items()]
    out().print(table_of(("bench", "measures", "usual set"), rows))


@app.command("claims")
def claims(
    gold: Annotated[Path | None, typer.Argument(help="Folder of gold reports.", metavar="[GOLD_DIR]")] = None,
    scorer: Annotated[Path | None, typer.Option("--scorer", help="Scorer script; else score.py beside the folder.", metavar="PATH")] = None,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Score claims against gold claims."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.claims import measure as claims_measured

        return claims_measured(chronicler, path, scorer)

    measured_and_held("claims", gold, measure, json, floors)


@app.command("confidence")
def confidence(
    gold: Annotated[Path | None, typer.Argument(help="Folder of gold reports.", metavar="[GOLD_DIR]")] = None,
    scorer: Annotated[Path | None, typer.Option("--scorer", help="Scorer script; else score.py beside the folder.", metavar="PATH")] = None,
    claims: Annotated[Path | None, typer.Option("--claims", help="Claims coded elsewhere, as JSON Lines.", metavar="FILE")] = None,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Tell how far the chances that claims and fields carry can be trusted."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.confidence import measure as confidence_measured

        return confidence_measured(chronicler, path, scorer, claims)

    measured_and_held("confidence", gold, measure, json, floors)


@app.command("speed")
def speed(
    files: Annotated[list[Path] | None, typer.Argument(help="Reports, or folders of them.", metavar="[FILE...]")] = None,
    limit: Annotated[int, typer.Option("--limit", help="At most so many reports.", metavar="N", min=1)] = 200,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Time reading and coding against the bare parse of the same texts in the same run."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.speed import measure as speed_measured

        return speed_measured(chronicler, files or [path], limit)

    measured_and_held("speed", files[0] if files else None, measure, json, floors)


@app.command("alarms")
def alarms(
    sets: Annotated[
        list[Path] | None, typer.Argument(help="Sets: JSON Lines with a 'text' on each line, or folders of texts.", metavar="[SET...]")
    ] = None,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Count the reports of something else than war that get an event claim."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.alarms import measure as alarms_measured

        return alarms_measured(chronicler, sets or [path])

    measured_and_held("alarms", sets[0] if sets else None, measure, json, floors)


@app.command("stream")
def stream(
    folder: Annotated[Path | None, typer.Argument(help="Folder of the sets to mix.", metavar="[FOLDER]")] = None,
    reports: Annotated[int, typer.Option("--reports", help="So many reports.", metavar="N", min=2)] = 400,
    share: Annotated[float, typer.Option("--share", help="So large a part of them about war.", metavar="PART")] = 0.05,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Time the whole chain on a stream of which little is about war, against parsing it all."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.stream import measure as stream_measured

        return stream_measured(chronicler, path, reports, share)

    measured_and_held("stream", folder, measure, json, floors)


@app.command("merging")
def merging(
    claims: Annotated[int, typer.Option("--claims", help="Claims in the archive at the end.", metavar="N", min=1000)] = 100_000,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Time what a report more costs an archive that grows to so many claims, made up by a seed."""
    from thucydides.desk.bench.merging import measure

    _tell("merging", measure(claims), json, floors)


@app.command("serve")
def serve(
    incidents: Annotated[int, typer.Option("--incidents", help="Incidents in the archive.", metavar="N", min=1000)] = 100_000,
    minutes: Annotated[float, typer.Option("--minutes", help="How long many ask at once; 0 leaves that out.", metavar="N", min=0)] = 1.0,
    archive: Annotated[
        Path | None, typer.Option("--archive", help="Where to keep the archive; it is made if it is not there.", metavar="FILE")
    ] = None,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Time what the workbench's server takes to answer over so many incidents, made up by a seed, and let many ask at once."""
    from thucydides.desk.bench.serve import measure

    _tell("serve", measure(incidents, minutes, archive), json, floors)


def _plain(name: str, says: str) -> None:
    """The command of a benchmark that takes a path and a limit and no more."""

    @app.command(name, help=f"Measure {says}.")
    def command(
        path: Annotated[Path | None, typer.Argument(help="The set: a file, or a folder of such files.", metavar="[PATH]")] = None,
        limit: Annotated[int, typer.Option("--limit", help="At most so many items, evenly spread; 0 is all.", metavar="N", min=0)] = 0,
        json: JsonOption = False,
        floors: FloorsOption = False,
    ) -> None:
        def measure(chronicler: Chronicler, path: Path) -> Measured:
            module = import_module(f"thucydides.desk.bench.{name.replace('-', '_')}")
            measured: Measured = module.measure(chronicler, path, limit)
            return measured

        measured_and_held(name, path, measure, json, floors)


for _name, _bench in BENCHES.items():
    if _bench.plain:
        _plain(_name, _bench.says)


def measured_and_held(name: str, given: Path | None, measure: Callable[[Chronicler, Path], Measured], json: bool, floors: bool) -> None:
    """Measures on what is given, else on the usual set; tells the figures and holds them to the floors."""
    from thucydides.desk.coding import prepare
    from thucydides.desk.settings import Settings
    from thucydides.errors import BadSetting

    settings = Settings.read()
    path = given or BENCHES[name].usual(settings)
    if path is None:
        variable = "THUCYDIDES_GOLD" if BENCHES[name].set == "gold" else "THUCYDIDES_BENCH"
        typer.echo(f"bench {name}: its set {BENCHES[name].set!r} is absent, skipped. Name a path, or set {variable}.", err=True)
        return
    if not path.exists():
        raise BadSetting(f"there is no file or folder {str(path)!r}", remedy="Check the name.")
    _tell(name, measure(prepare(settings), path), json, floors)


def _tell(name: str, measured: Measured, json: bool, floors: bool) -> None:
    """Tells the figures of a benchmark and holds them to the floors."""
    from json import dumps

    from thucydides.desk.bench.floors import check, read_floors
    from thucydides.desk.console import out, words

    wanted = read_floors() if floors else []
    checked = list(check(name, measured.figures, wanted))
    if json:
        told = {"bench": name, "of": dict(measured.of), "figures": {key: round(value, 4) for key, value in measured.figures.items()}}
        told |= {"below": [str(floor) for floor, _, holds in checked if not holds]} if floors else {}
        typer.echo(dumps(told, ensure_ascii=False, indent=1))
    else:
        console = out()
        for line in measured.lines:
            console.print(words(line))
        for floor, value, holds in checked:
            found = "missing" if value is None else f"{value:.3f}"
            console.print(words(f"  {'holds' if holds else 'BELOW'}  {floor}: {found}", "" if holds else "bold red"))
    raise typer.Exit(1 if any(not holds for _, _, holds in checked) else 0)
