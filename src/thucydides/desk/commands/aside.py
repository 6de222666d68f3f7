"""``thuc aside``: what could not be read, and trying it again."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="List what was set aside, and try it again.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_(json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False) -> None:
    """List what was set aside and why, oldest first."""
    from json import dumps

    from thucydides.desk.console import out, table_of, words
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings

    with recalled(Settings.read()) as archive:
        found = archive.aside()
    if json:
        for one in found:
            told = {"id": one.id, "name": one.name, "reason": one.reason, "since": one.since.isoformat(), "size_bytes": one.size_bytes}
            typer.echo(dumps(told, ensure_ascii=False))
        return
    console = out()
    if not found:
        console.print(words("nothing is set aside"))
        return
    rows = [
        (str(one.id), one.name, one.reason.removeprefix(f"{one.name}: "), f"{one.since:%Y-%m-%d %H:%M}", f"{one.size_bytes or 0:,}")
        for one in found
    ]
    console.print(table_of(("id", "name", "why", "since", "bytes"), rows))
    console.print(words("'thuc aside retry' tries them again."))


@app.command("retry")
def retry(ids: Annotated[list[int] | None, typer.Argument(help="Which; else all.", metavar="[ID...]")] = None) -> None:
    """Read again what was set aside; what can be read now is kept. Ends with 1 if anything stays aside."""
    from thucydides.desk.coding import prepare
    from thucydides.desk.console import out, words
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.reports import Raw

    settings = Settings.read()
    console = out()
    with recalled(settings) as archive:
        wanted = ids or [one.id for one in archive.aside()]
        chronicler = prepare(settings) if wanted else None
        read = stay = 0
        for id_ in wanted:
            one = archive.recall_aside(id_)
            if chronicler is None or not one.raw:
                console.print(words(f"{one.id} {one.name}: its bytes were not kept; read it from its file again"))
                stay += 1
                continue
            for reading in chronicler.chronicle([Raw(one.name, one.raw)], archive):
                if reading.error is not None:
                    stay += 1
                    console.print(words(f"{one.id} {reading.error}"))
                else:
                    read += 1
                    console.print(words(f"{one.id} {one.name}: read, {len(reading.claims)} claims"))
    console.print(words(f"{read} read, {stay} still aside"))
    raise typer.Exit(1 if stay else 0)
