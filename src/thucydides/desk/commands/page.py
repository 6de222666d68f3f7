"""``thuc page`` and ``thuc demo``: reports as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thucydides.desk.coding import Chronicler
    from thucydides.desk.settings import Settings
    from thucydides.record import Claim, Report

MOST = 200
"""Reports on one page: more would make it too heavy to open."""


def page(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders to read; nothing of them is kept.", metavar="[PATH...]")
    ] = None,
    to: Annotated[Path, typer.Option("-o", "--output", help="File to write.", metavar="FILE")] = Path("thucydides.html"),
    all_: Annotated[bool, typer.Option("--all", help="The reports in the archive instead.")] = False,
) -> None:
    """Write one HTML file with the texts, their claims and a map. It needs no network to be read."""
    from thucydides.desk.coding import prepare
    from thucydides.desk.settings import Settings
    from thucydides.desk.telling import some
    from thucydides.errors import BadSetting

    if bool(paths) == all_:
        raise BadSetting("a page is made of files or of the archive", remedy="Give paths, or --all.")
    settings = Settings.read()
    chronicler = prepare(settings)
    aside = 0
    if all_:
        readings = _kept(settings)
    else:
        readings, aside = _read(chronicler, paths or [])
    readings = [(report, list(told)) for report, claims in readings if (told := _may_go_out(report, claims, settings)) is not None]
    if not readings:
        raise BadSetting("there is no report to show", remedy="Give reports that can be read.")
    if len(readings) > MOST:
        typer.echo(f"the page holds the last {MOST} of {len(readings)} reports", err=True)
        readings = readings[-MOST:]
    _write(chronicler, readings, to)
    typer.echo(f"{some(len(readings), 'report')}, {some(sum(len(claims) for _, claims in readings), 'claim')} written to {to}")
    raise typer.Exit(1 if aside else 0)


def demo(to: Annotated[Path, typer.Option("-o", "--output", help="Page to write.", metavar="FILE")] = Path("demo/thucydides.html")) -> None:
    """Read the three sample reports, show their claims and write their page. Nothing is kept."""
    from thucydides.desk.coding import prepare
    from thucydides.desk.commands.read import Told
    from thucydides.desk.console import out
    from thucydides.desk.gathering import gather, open_up
    from thucydides.desk.settings import Settings

    chronicler = prepare(Settings.read())
    told = Told()
    readings = []
    for reading in chronicler.chronicle(open_up(gather([str(SAMPLE)]))):
        told.add(reading)
        if reading.report is not None:
            readings.append((reading.report, reading.claims))
    told.tables(out())
    told.summary(out(), None)
    _write(chronicler, readings, to, make_folder=True)
    typer.echo(f"The same as a page, with the words and a map: {to}")
    raise typer.Exit(1 if told.aside else 0)


SAMPLE = Path(__file__).parent.parent / "sample"


def _read(chronicler: Chronicler, paths: list[str]) -> tuple[list[tuple[Report, Sequence[Claim]]], int]:
    from thucydides.desk.console import progress
    from thucydides.desk.gathering import gather, open_up

    files = gather(paths)
    found: list[tuple[Report, Sequence[Claim]]] = []
    aside = 0
    with progress("reading", len(files)) as bar:
        for raw in open_up(files):
            for reading in chronicler.chronicle([raw]):
                if reading.report is None:
                    aside += 1
                    typer.echo(f"set aside: {reading.error}", err=True)
                else:
                    found.append((reading.report, reading.claims))
            bar.advance(bar.task_ids[0])
    return found, aside


def _may_go_out(report: Report, claims: Sequence[Claim], settings: Settings) -> list[Claim] | None:
    """The claims of a report that may be told today; ``None`` where the report itself is too new to be shown."""
    from datetime import timedelta

    from thucydides.desk.delaying import delayed, today

    if settings.delay_days and (report.published is None or report.published > today() - timedelta(days=settings.delay_days)):
        return None
    return [claim for claim, _ in delayed(((claim, report) for claim in claims), settings)]


def _kept(settings) -> list[tuple[Report, Sequence[Claim]]]:  # type: ignore[no-untyped-def]
    from thucydides.archive import ClaimFilter
    from thucydides.desk.opening import recalled

    with recalled(settings) as archive:
        return [
            (report, [claim for page in archive.claims(ClaimFilter(report=report.id)) for claim in page]) for report in archive.reports()
        ]


def _write(chronicler: Chronicler, readings: Sequence[tuple[Report, Sequence[Claim]]], to: Path, *, make_folder: bool = False) -> None:
    from thucydides.desk.page import page as page_of
    from thucydides.errors import ThucydidesError

    try:
        if make_folder:
            to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(page_of(readings, near=chronicler.near), encoding="utf-8", errors="replace")
    except OSError as error:
        raise ThucydidesError(
            f"{to} cannot be written ({error.strerror})", remedy="Choose a file in a folder that exists and is yours."
        ) from error
