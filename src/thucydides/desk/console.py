"""Writing for people: tables, colours and progress. Words of reports are shown as words, never as markup or control codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from thucydides.desk.telling import arms, day, event_of, places, shown, sides, tolls, voice, what
from thucydides.record import Claim

STYLES = {
    "initiator": "bold blue",
    "target": "bold red",
    "place": "green",
    "date": "magenta",
    "arm": "yellow",
    "toll": "bold bright_red",
    "speaker": "cyan",
    "detail": "dim",
    "claim": "underline",
}
"""How each role is shown in a terminal."""

WIDE = 150  # columns assumed where the output is no terminal, so that tables in files are not broken to pieces


def out() -> Console:
    """Standard output."""
    return Console(markup=False, highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)


def err() -> Console:
    """Standard error: progress, summaries and warnings."""
    return Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)


def words(text: str, style: str = "") -> Text:
    """Words as they are, without anything that would steer the terminal."""
    return Text(shown(text), style=style)


def claims_table(claims: Iterable[Claim], title: str | None = None) -> Table:
    """Claims, one a row."""
    table = _table(title)
    for name, ratio in (
        ("id", None),
        ("what", 4),
        ("who", 4),
        ("to whom", 4),
        ("where", 4),
        ("when", 3),
        ("toll, arms", 4),
        ("as told", 4),
    ):
        table.add_column(name, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for claim in claims:
        said = event_of(claim)
        more = [*tolls(claim), *arms(claim)]
        table.add_row(
            words(claim.id[:8], "dim"),
            words(what(claim), "bold"),
            words(", ".join(sides(claim, "initiator")), "blue"),
            words(", ".join(sides(claim, "target")), "red"),
            words(", ".join(places(claim)), "green"),
            words(day(said.when), "magenta"),
            words(", ".join(more), "yellow"),
            words(voice(claim), "cyan"),
        )
    return table


def table_of(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> Table:
    """A plain table of words."""
    table = _table(title)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(words(cell) for cell in row))
    return table


def _table(title: str | None) -> Table:
    return Table(
        title=words(title) if title else None,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Progress]:
    """A bar on standard error, drawn only where that is a terminal; ``advance(task_id)`` of its only task, 0, moves it on."""
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=err(), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        bar.add_task(what, total=total)
        yield bar
