"""``thuc places``: a user's own gazetteers, and what a name may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from thucydides.places.adding import Added
    from thucydides.places.adding.staging import Counts

app = typer.Typer(help="Add gazetteers of your own, and see what a name may mean.", no_args_is_help=True, rich_markup_mode=None)

FileArgument = Annotated[
    Path, typer.Argument(help="A GeoNames dump, CSV, GeoJSON, JSON Lines, or an export of ACLED or UCDP.", metavar="FILE")
]
FormatOption = Annotated[
    str, typer.Option("--as", help="geonames, csv, geojson, acled, ucdp or jsonl; else told from the file.", metavar="FORMAT")
]
SwapOption = Annotated[bool, typer.Option("--swap", help="Latitude and longitude are the other way round in the file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a candidate.")]
SHOWN = 20  # remarks told by check


@app.command("add")
def add(
    file: FileArgument,
    name: Annotated[str, typer.Option("--name", help="What to call the gazetteer; else as the file.", metavar="NAME")] = "",
    as_: FormatOption = "",
    swap: SwapOption = False,
) -> None:
    """Add a gazetteer: every command that reads reports knows its places from now on.

    A gazetteer of the same name is replaced. A run that was cut goes on where it was when it is given again. Rows that cannot be
    taken are written to a table, with what to do. Ends with 1 if there are any.
    """
    from thucydides.desk.console import err, out, words
    from thucydides.desk.settings import Settings
    from thucydides.places.adding import add as added_to

    settings = Settings.read()
    with _telling(f"adding {file.name}") as tell:
        added = added_to(file, settings.places, name=name, as_=as_, swap=swap, tell=tell)
    console = out()
    if added.resumed:
        err().print(words(f"went on behind line {added.resumed:,}, where an earlier run was cut"))
    console.print(words(f"{added.name}: {_counted(added.counts)}; {added.names:,} names; {added.path.stat().st_size / 1e6:.1f} MB"))
    _tell_remarks(added)
    raise typer.Exit(1 if added.counts.rejected else 0)


def _tell_remarks(added: Added) -> None:
    from thucydides.desk.console import err, words

    counts = added.counts
    if not counts.rejected and not counts.warned:
        return
    with added.rejected.open(encoding="utf-8") as lines:
        first = [line.rstrip("\n").split("\t") for _, line in zip(range(4), lines, strict=False)][1:]
    console = err()
    for line, value, what, remedy in first:
        console.print(words(f"  line {line}: {value}: {what}. {remedy}"))
    console.print(words(f"warning: {counts.rejected:,} rows rejected, {counts.warned:,} odd: all in {added.rejected}"))


def _counted(counts: Counts) -> str:
    from thucydides.desk.telling import some

    told = [some(counts.taken, "place")]
    rest = ((counts.rejected, "rejected"), (counts.warned, "odd but taken"), (counts.again, "seen again"), (counts.left_out, "left out"))
    for many, what in rest:
        told += [f"{many:,} {what}"] if many else []
    return ", ".join(told)


@contextmanager
def _telling(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar for the progress of a long reading, in hundredths."""
    from thucydides.desk.console import progress

    with progress(what, 100) as bar:

        def tell(done: int, total: int, doing: str) -> None:
            bar.update(bar.task_ids[0], completed=100 * done // max(1, total), description=f"{what}: {doing}")

        yield tell


@app.command("check")
def check(file: FileArgument, as_: FormatOption = "", swap: SwapOption = False) -> None:
    """Tell what of a file would be taken and what not, and why, without adding it. Ends with 1 if any row would be rejected."""
    from thucydides.desk.console import out, table_of, words
    from thucydides.desk.telling import some
    from thucydides.places.adding import FORMATS, look

    with _telling(f"checking {file.name}") as tell:
        told = look(file, as_=as_, swap=swap, tell=tell)
    console = out()
    console.print(words(f"{file.name}: {FORMATS[told.format].says}: {_counted(told.counts)}"))
    if told.remarks:
        rows = [(f"{r.line:,}", r.value, r.what + (" (taken)" if r.taken else ""), r.remedy) for r in told.remarks[:SHOWN]]
        console.print(table_of(("line", "value", "what", "what to do"), rows))
    swapped = sum("swapped" in remark.what for remark in told.remarks)
    if swapped:
        console.print(words(f"{some(swapped, 'row')} with latitude and longitude swapped: if all are, add the file with --swap"))
    first = [
        (e.name, e.kind, e.country or "", e.admin1 or "", f"{e.lat:.4f}, {e.lon:.4f} ± {e.radius_km:g} km", " | ".join(e.names))
        for e in told.few
    ]
    if first:
        console.print(table_of(("name", "kind", "country", "admin 1", "where", "names"), first, "the first places"))
    raise typer.Exit(1 if told.counts.rejected or not told.counts.taken else 0)


@app.command("list")
def list_() -> None:
    """List the gazetteers added, and your own table of places."""
    from thucydides.desk.console import out, table_of
    from thucydides.desk.settings import Settings
    from thucydides.places.file import GazetteerFile

    settings = Settings.read()
    rows = []
    for path in settings.gazetteers:
        about = GazetteerFile(path, path.stem).about
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        rows.append((path.stem, about["format"], f"{int(about['places']):,}", about["from"], about["added"], about["rejected"], size))
    for path in settings.roster("places"):
        rows.append(("own", "table", str(len(_lines(path))), path.name, "", "", str(path)))
    for path in sorted(settings.places.glob("*.part")):
        rows.append((path.stem, "not whole yet: add it again to go on", "", "", "", "", f"{path.stat().st_size / 1e6:.1f} MB"))
    out().print(table_of(("name", "format", "places", "from", "added", "rejected", "size"), rows, "gazetteers of your own"))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8-sig").splitlines() if line.strip() and not line.startswith("#")][1:]


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="The gazetteer's name, as 'thuc places list' tells it.", metavar="NAME")]) -> None:
    """Remove a gazetteer that was added. Claims coded with it keep what they say."""
    from thucydides.desk.settings import Settings
    from thucydides.errors import BadSetting

    settings = Settings.read()
    known = [path.stem for path in (*settings.gazetteers, *settings.places.glob("*.part"))]
    if name not in known:
        raise BadSetting(f"there is no gazetteer {name!r}", remedy=f"There are: {', '.join(known) or 'none'}.")
    for end in (".db", ".part", ".rejected.tsv"):
        (settings.places / f"{name}{end}").unlink(missing_ok=True)
    typer.echo(f"removed {name}")


@app.command("find")
def find(
    name: Annotated[str, typer.Argument(help="A place's name, in any spelling.", metavar="NAME")],
    near: Annotated[str | None, typer.Option("--near", help="Where the report is set: a country or a place.", metavar="PLACE")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only places of a kind: town, village, admin1 …", metavar="KIND")] = None,
    json: JsonOption = False,
) -> None:
    """Show what a name may mean: candidates with scores, distances, sources and reasons, and which is chosen, or why none."""
    from json import dumps

    from thucydides.desk.candidates import HEADS, LEGEND, context_of, flat, lying, none_chosen, rest_of, rows_of
    from thucydides.desk.console import out, table_of, words
    from thucydides.desk.settings import Settings
    from thucydides.desk.telling import some
    from thucydides.places import locate
    from thucydides.places.choosing import candidates_of

    gazetteer = Settings.read().gazetteer()
    context = context_of(near, gazetteer)
    where = locate(name, context, gazetteer)
    found = [one for one in candidates_of(name, context, gazetteer) if kind is None or one.match.place.kind == kind]
    if json:
        for one in found:
            typer.echo(dumps(flat(one, context, chosen=one.match.place.id == where.place), ensure_ascii=False))
        raise typer.Exit(0 if where.lat is not None else 1)
    console = out()
    title = f"{name}{f', near {near}' if near else ''}: {some(len(found), 'candidate')}"
    rows = rows_of(found, context, where.place)
    console.print(table_of(HEADS, rows, title) if rows else words(title))
    told = [*rest_of(found), *(LEGEND if rows else ())]
    if where.lat is None:
        told += none_chosen(name, found, where, near, gazetteer)
    else:
        told.append(
            f"chosen: {where.lat:.4f}, {where.lon:.4f} within {where.radius_km:g} km, {where.precision}, score {where.score}: {where.rule}"
        )
        told.append(lying(where.lat, where.lon or 0.0, gazetteer))
    for line in told:
        console.print(words(line))
    raise typer.Exit(0 if where.lat is not None else 1)


@app.command("fix")
def fix(
    name: Annotated[str, typer.Argument(help="The name as reports tell it; other spellings may follow, parted by |.", metavar="NAME")],
    lat: Annotated[float, typer.Option("--lat", help="Latitude in degrees, north positive.", metavar="DEGREES", min=-90, max=90)],
    lon: Annotated[float, typer.Option("--lon", help="Longitude in degrees, east positive.", metavar="DEGREES", min=-180, max=180)],
    radius_km: Annotated[
        float, typer.Option("--radius-km", help="How far it may reach; wider if unsure.", metavar="KM", min=0.1, max=5000)
    ],
    why: Annotated[str, typer.Option("--why", help="How you know.", metavar="WORDS")],
    country: Annotated[
        str | None, typer.Option("--country", help="Only in reports that speak of this country; else in all.", metavar="CODE")
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="What it is: town, village, base …", metavar="KIND")] = "place",
) -> None:
    """Say once and for all reports where a place is. The entry goes to your own table of places, before all other gazetteers."""
    from thucydides.desk.fixing import fix as fixed
    from thucydides.desk.settings import Settings

    typer.echo(fixed(Settings.read(), name, (lat, lon), radius_km, why, country, kind))
