"""``thuc export``: claims go out in a format that other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from thucydides.desk.filters import (
    ActorOption,
    Asked,
    ConfidenceOption,
    CountryOption,
    FromOption,
    KindOption,
    LimitOption,
    PlaceOption,
    ReportOption,
    SourceOption,
    ToOption,
    TypeOption,
)


def export(
    as_: Annotated[str, typer.Option("--as", help="csv, jsonl, geojson, outlines, acled or ucdp.", metavar="FORMAT")],
    to: Annotated[Path | None, typer.Option("-o", "--output", help="File to write; else standard output.", metavar="FILE")] = None,
    withhold: Annotated[
        list[str] | None, typer.Option("--withhold", help="Keep out: coordinates, civilians, passages (several by commas).", metavar="WHAT")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin a table with a byte order mark, for old spreadsheets.")] = False,
    actor: ActorOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    since: FromOption = None,
    until: ToOption = None,
    kind: KindOption = None,
    type_: TypeOption = None,
    source: SourceOption = None,
    report: ReportOption = None,
    min_confidence: ConfidenceOption = None,
    limit: LimitOption = None,
) -> None:
    """Write claims of the archive as a table, JSON Lines, a map layer or event rows."""
    from thucydides.actors import Actors
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.desk.telling import some
    from thucydides.exports import write

    settings = Settings.read()
    asked = Asked(
        actor=actor, place=place, country=country, since=since, until=until, kind=kind, type=type_, source=source, report=report,
        min_confidence=min_confidence, limit=limit,
    ).filter()  # fmt: skip
    kept_out = [name.strip() for names in withhold or [] for name in names.split(",") if name.strip()]
    homes = {one.id: one.countries for one in Actors.load(settings.roster("actors"))} if as_ in ("acled", "ucdp") else None
    with recalled(settings) as archive:
        pairs = archive.claims_with_reports(asked)
        written = write(pairs, as_=as_, to=to or sys.stdout.buffer, withhold=kept_out, homes=homes, bom=bom)
    left_out = "".join(f"; {n} left out: {why}" for why, n in written.left_out.items())
    typer.echo(f"{some(written.claims, 'claim')}, {some(written.rows, 'row')} written{f' to {to}' if to else ''}{left_out}", err=True)
