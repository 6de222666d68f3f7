"""The front door: ``thucydides``, or ``thuc`` for short.

Commands are declared here and written in ``commands/``. Nothing heavy is imported before a command runs: ``--help`` must be quick.
Exit codes: 0 done; 1 not all of it (something was set aside, not found or below its floor); 2 asked in a way that makes no sense.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from thucydides.desk.commands import (
    aside,
    ask,
    bench_kinds,
    control,
    explain,
    export,
    forces,
    gaps,
    incidents,
    page,
    places,
    read,
    rosters,
    serve,
)
from thucydides.errors import BadSetting, ThucydidesError, UnknownFormat


class Desk(TyperGroup):
    """Tells a refusal in one line, with what to do about it, instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ThucydidesError as error:
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(2 if isinstance(error, BadSetting | UnknownFormat) else 1) from error


def _version(asked: bool) -> None:
    if asked:
        from thucydides import __version__

        typer.echo(f"thucydides {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="thucydides",
    cls=Desk,
    no_args_is_help=True,
    rich_markup_mode=None,  # rich would take longer to import than the help to read
    pretty_exceptions_enable=False,
    help="Reads reports of armed conflict and writes down who says what happened, where and when.",
)


@app.callback()
def desk(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version.")) -> None:
    """Reads reports of armed conflict and writes down who says what happened, where and when, and how far to believe it."""


app.command("read")(read.read)
app.command("claims")(ask.claims)
app.command("show")(ask.show)
app.command("search")(ask.search)
app.command("explain")(explain.explain)
app.command("incidents")(incidents.incidents)
app.command("judge")(incidents.judge)
app.command("split")(incidents.split)
app.command("merges")(incidents.merges)
app.command("timeline")(incidents.timeline)
app.command("sources")(incidents.sources)
app.command("forces")(forces.forces)
app.command("arms")(forces.arms)
app.command("control")(control.control)
app.command("export")(export.export)
app.add_typer(rosters.app, name="rosters")
app.add_typer(places.app, name="places")
app.command("gaps")(gaps.gaps)
app.add_typer(aside.app, name="aside")
app.command("page")(page.page)
app.command("serve")(serve.serve)
app.command("demo")(page.demo)
app.add_typer(bench_kinds.app, name="bench")


def main() -> None:
    """Runs the command line."""
    app()
