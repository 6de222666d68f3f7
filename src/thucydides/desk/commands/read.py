"""``thuc read``: reports go in, claims come out and are kept."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from thucydides.archive import Archive
    from thucydides.chronicle import Reading
    from thucydides.record import Kind

FEW = 5  # up to so many reports have their claims shown as tables
SETS_ASIDE = 20  # reasons told one by one before the rest is only counted

PathsArgument = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH...")]
ActorsOption = Annotated[Path | None, typer.Option("--actors", help="Your own table of actors, laid over the shipped one.", metavar="FILE")]
ArmsOption = Annotated[Path | None, typer.Option("--arms", help="Your own table of arms.", metavar="FILE")]
OutletsOption = Annotated[Path | None, typer.Option("--outlets", help="Your own table of outlets.", metavar="FILE")]
PlacesOption = Annotated[Path | None, typer.Option("--places", help="Your own table of places.", metavar="FILE")]


def read(
    paths: PathsArgument,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a report; keeps nothing unless --keep is given.")] = False,
    keep: Annotated[
        bool | None, typer.Option("--keep/--no-keep", help="Keep reports and claims in the archive.", show_default=False)
    ] = None,
    triage: Annotated[
        bool, typer.Option("--triage/--no-triage", help="Leave reports unread in which nothing speaks of conflict, or read them all.")
    ] = True,
    published: Annotated[
        datetime | None,
        typer.Option("--published", formats=["%Y-%m-%d"], help="The day of reports that tell none themselves.", metavar="YYYY-MM-DD"),
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="The outlet of reports that name none themselves.", metavar="NAME")] = None,
    actors: ActorsOption = None,
    arms: ArmsOption = None,
    outlets: OutletsOption = None,
    places: PlacesOption = None,
) -> None:
    """Read reports and write down their claims.

    Reads text, HTML, PDF, DOCX, JSON and JSON Lines. What cannot be read is set aside with the reason and never stops the rest.
    Ends with 0 when all was read, 1 when something was set aside, 2 when the command makes no sense.
    """
    from thucydides.desk.coding import prepare
    from thucydides.desk.console import err, out, progress
    from thucydides.desk.gathering import gather, open_up
    from thucydides.desk.opening import opened
    from thucydides.desk.settings import Settings
    from thucydides.reports import Untold

    settings = Settings.read()
    files = gather(paths)
    untold = Untold(published.date() if published is not None else None, outlet)
    given = {"actors": actors, "arms": arms, "outlets": outlets, "places": places}
    chronicler = prepare(settings, given, triage=triage, untold=untold)
    keeping = keep if keep is not None else not json
    told = Told()
    with opened(settings, keeping) as archive, progress("reading", len(files)) as bar:
        for path, raw in zip(files, open_up(files), strict=True):
            name = path.name if path else "standard input"
            for reading in chronicler.chronicle([raw], archive):
                told.add(reading)
                bar.update(bar.task_ids[0], description=f"{name}, {told.read:,} reports read")
                if json and reading.report is not None:
                    _print_json(reading)
            bar.advance(bar.task_ids[0])
    if not json:
        told.tables(out())
    told.summary(err() if json else out(), archive)
    raise typer.Exit(1 if told.aside else 0)


def _print_json(reading: Reading) -> None:
    from json import dumps

    from thucydides.exports import flatten_reading

    assert reading.report is not None
    flat = flatten_reading(reading.report, reading.claims)
    if reading.unread is not None:
        flat["unread"] = reading.unread
    typer.echo(dumps(flat, ensure_ascii=False).encode("utf-8", "replace").decode())


class Told:
    """What is told at the end of a run: counts, the first few readings and the reasons for what was set aside."""

    def __init__(self) -> None:
        self.read = 0
        self.unread = 0  # reports in which nothing spoke of conflict
        self.kinds: Counter[Kind] = Counter()
        self.aside: list[Reading] = []
        self.undated = 0  # reports with claims that tell no day of their own
        self.foreign: Counter[str] = Counter()  # reports in other languages than English, by language
        self._few: list[Reading] = []

    def add(self, reading: Reading) -> None:
        if reading.error is not None:
            self.aside.append(reading)
            return
        self.read += 1
        self.unread += reading.unread is not None
        self.kinds.update(claim.kind for claim in reading.claims)
        self.undated += bool(reading.claims) and reading.report is not None and reading.report.published is None
        if reading.report is not None and not reading.claims and reading.report.language not in (None, "en"):
            self.foreign[reading.report.language] += 1
        if len(self._few) <= FEW:
            self._few.append(reading)

    def tables(self, console) -> None:  # type: ignore[no-untyped-def]  # rich is imported only where it is used
        """The claims of the reports, where these are few."""
        from thucydides.desk.console import claims_table

        if self.read > FEW:
            return
        for reading in self._few:
            report = reading.report
            assert report is not None
            copied = f", copied from {', '.join(report.copied_from)}" if report.copied_from else ""
            when = report.published or "no date"
            title = f"{report.title or reading.name}\n{report.source.name}, {when}{copied}, report {report.id[:16]}"
            if reading.claims:
                console.print(claims_table(reading.claims, title))
            else:
                from thucydides.desk.console import words

                console.print(words(f"{title}\n  {reading.unread or 'no claims found'}"))
            console.print()

    def summary(self, console, archive: Archive | None) -> None:  # type: ignore[no-untyped-def]
        """How much was read and found, and what was set aside and why."""
        from thucydides.desk.console import words
        from thucydides.desk.telling import counts_told, some

        where = f"; kept in {archive.address}" if archive is not None and self.read else ""
        console.print(words(f"{some(self.read, 'report')} read: {counts_told(self.kinds)}{where}"))
        if self.unread:
            console.print(words(f"{some(self.unread, 'report')} left unread, nothing in them speaks of conflict: --no-triage reads them"))
        if self.undated:
            told = some(self.undated, "report")
            console.print(words(f"{told} without a day, so 'on Monday' says none: give it with --published YYYY-MM-DD"))
        if self.foreign:
            languages = ", ".join(sorted(self.foreign))
            console.print(words(f"{some(self.foreign.total(), 'report')} not in English ({languages}): only English is read for claims"))
        if self.aside:
            console.print(words(f"{len(self.aside)} set aside:"))
            for reading in self.aside[:SETS_ASIDE]:
                console.print(words(f"  {reading.error}"))
            if len(self.aside) > SETS_ASIDE:
                console.print(words(f"  and {len(self.aside) - SETS_ASIDE} more"))
            if archive is not None:
                console.print(words("'thuc aside list' lists them, 'thuc aside retry' tries them again."))
