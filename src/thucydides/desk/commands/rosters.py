"""``thuc rosters``: the tables of actors, arms, outlets and places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from thucydides.desk.settings import Settings
    from thucydides.errors import BadRoster

app = typer.Typer(help="Check and list the tables of actors, arms, outlets and places.", no_args_is_help=True, rich_markup_mode=None)

FileArgument = Annotated[
    Path | None, typer.Argument(help="Your own table; else the shipped ones and those of the data folder.", metavar="[FILE]")
]
KindOption = Annotated[str | None, typer.Option("--kind", help="actors, arms, outlets or places; else told from the file.", metavar="KIND")]


@app.command("check")
def check(file: FileArgument = None, kind: KindOption = None) -> None:
    """List every bad line with its file and number and what to do. Ends with 1 if there is any."""
    from thucydides.desk.settings import ROSTERS, Settings

    settings = Settings.read()
    names = (_kind(file, kind),) if file is not None or kind is not None else ROSTERS
    bad, known = [], []
    for name in names:
        entries, errors = _entries(settings, name, file)
        known.append(f"{len(entries):,} {name}")
        bad += errors
    for error in bad:
        typer.echo(str(error))
    typer.echo(f"{', '.join(known)}; {len(bad) or 'no'} bad line{'' if len(bad) == 1 else 's'}", err=bool(bad))
    raise typer.Exit(1 if bad else 0)


@app.command("list")
def list_(
    file: FileArgument = None,
    kind: KindOption = None,
    find: Annotated[str | None, typer.Option("--find", help="Only entries one of whose names holds these words.", metavar="NAME")] = None,
) -> None:
    """List what is known: id, name, kind, country, other names. Places are only listed with --find."""
    from thucydides.desk.console import out, table_of
    from thucydides.desk.settings import ROSTERS, Settings
    from thucydides.lexicon import fold

    settings = Settings.read()
    names = (_kind(file, kind),) if file is not None or kind is not None else ROSTERS if find else ("actors", "arms", "outlets")
    console = out()
    for name in names:
        rows = [row for row in _found(settings, file, find) if row] if name == "places" and find else _entries(settings, name, file)[0]
        wanted = fold(find) if find else ""
        chosen = [row for row in rows if name == "places" or any(wanted in fold(cell) for cell in (row[0], row[1], *row[4].split(" | ")))]
        if chosen:
            console.print(table_of(("id", "name", "kind", "country", "other names"), chosen, f"{name}: {len(chosen):,}"))


Row = tuple[str, str, str, str, str]


def _entries(settings: Settings, name: str, file: Path | None) -> tuple[list[Row], list[BadRoster]]:
    """The entries of one roster with a file laid over it, and all bad lines."""
    extra = settings.roster(name, file)
    if name == "actors":
        from thucydides.actors import Actors

        actors = Actors.load(extra)
        return [(a.id, a.name, a.kind, " ".join(a.countries), " | ".join((*a.aliases, *a.demonyms))) for a in actors], [*actors.errors]
    if name == "arms":
        from thucydides.arms import Arms

        arms = Arms.load(extra)
        return [(a.id, a.name, a.kind, a.country or "", " | ".join((*a.aliases, *a.nato))) for a in arms], [*arms.errors]
    if name == "outlets":
        from thucydides.reports import Outlets

        outlets = Outlets.load(*extra)
        told = [(o.source, " | ".join((*o.aliases, *o.domains))) for o in outlets.entries]
        return [(s.id or "", s.name, s.kind or "", s.country or "", other) for s, other in told], [*outlets.errors]
    from thucydides.places.tables import DATA, read_places

    errors: list[BadRoster] = []
    own = [named for path in (*sorted(DATA.glob("supplement*.tsv")), *extra) for named in read_places(path, errors)]
    return [(n.place.id, n.place.name, n.place.kind, n.place.country or "", " | ".join(n.names)) for n in own], errors


def _found(settings: Settings, file: Path | None, find: str) -> Iterator[Row]:
    """Places of the whole gazetteer by name, other spellings included."""
    for match in settings.gazetteer(file).candidates(find, even_never=True)[:40]:
        place = match.place
        where = f"{place.lat:.3f}, {place.lon:.3f} ± {place.radius_km:g} km" + (
            f", {place.population:,} people" if place.population else ""
        )
        yield (place.id, place.name, place.kind, place.country or "", f"{where}, {match.how}")


def _kind(file: Path | None, kind: str | None) -> str:
    """Which roster a file belongs to: as told, else by its name, else by its columns."""
    from thucydides.desk.settings import ROSTERS
    from thucydides.errors import BadSetting

    if kind is not None:
        if kind not in ROSTERS:
            raise BadSetting(f"--kind: {kind!r} is no roster", remedy=f"Rosters are: {', '.join(ROSTERS)}.")
        return kind
    assert file is not None
    if not file.is_file():
        raise BadSetting(f"there is no file {str(file)!r}", remedy="Check the name.")
    if file.stem in ROSTERS:
        return file.stem
    columns = next((line.split("\t") for line in file.read_text("utf-8", "replace").splitlines() if line.strip() and line[0] != "#"), [])
    for name, column in (("actors", "demonyms"), ("actors", "outlet_names"), ("arms", "class"), ("outlets", "domains"), ("places", "lat")):
        if column in [cell.strip() for cell in columns]:
            return name
    raise BadSetting(f"{file.name} does not say which roster it is", remedy=f"Give --kind: {', '.join(ROSTERS)}.")
