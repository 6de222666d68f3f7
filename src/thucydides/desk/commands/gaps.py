"""``thuc gaps``: the names and words that reports use and no table knows, as lines for the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from thucydides.claims import Gap, Gaps

LACKING = frozenset({"places"})  # kinds whose line no loader takes before it has coordinates: it is written behind a #
DESTINATIONS = {
    "actors": "rosters/actors.tsv in your data folder, or --actors FILE; check 'kind', fill what you know",
    "places": "rosters/places.tsv in your data folder, or --places FILE; fill lat, lon and radius_km and take away the # before the line;\n"
    "# or fill in the command before it, which writes the line",
    "arms": "rosters/arms.tsv in your data folder, or --arms FILE; check 'class', fill what you know",
    "verbs": "claims/codebook/verbs.tsv; check 'family' and who is subject and object (docs/claims.md)",
    "nouns": "claims/codebook/nouns.tsv; check 'family' (docs/claims.md)",
}


def gaps(
    limit: Annotated[int, typer.Option("--limit", help="At most so many of each kind.", metavar="N", min=1)] = 40,
    least: Annotated[int, typer.Option("--min", help="Only what so many reports use.", metavar="N", min=1)] = 2,
    kind: Annotated[
        str | None, typer.Option("--kind", help="actors, places, arms, verbs or nouns; else all of them.", metavar="KIND")
    ] = None,
) -> None:
    """List names and words that the archive's reports use and no table knows, as lines for the tables.

    Codes all reports again. With --kind the output is a table of that kind: 'thuc gaps --kind actors > my.tsv', check it, and
    'thuc read --actors my.tsv' knows them.
    """
    from thucydides.claims import find_gaps
    from thucydides.claims.gaps import KINDS
    from thucydides.desk.coding import prepare
    from thucydides.desk.console import err, progress, words
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.desk.telling import shown, some
    from thucydides.errors import BadSetting
    from thucydides.record import Report

    if kind is not None and kind not in KINDS:
        raise BadSetting(f"--kind: {kind!r} is no kind of gap", remedy=f"Kinds are: {', '.join(KINDS)}.")
    settings = Settings.read()
    with recalled(settings) as archive:
        coder = prepare(settings).coder
        total = sum(1 for _ in archive.reports())
        with progress("coding again", total) as bar:

            def each() -> Iterator[Report]:
                for report in archive.reports():
                    yield report
                    bar.advance(bar.task_ids[0])

            found = find_gaps(each(), coder)
    asked = (kind,) if kind is not None else KINDS
    for name in asked:
        for line in lines(found, name, limit, least):
            typer.echo(shown(line))
    told = ", ".join(f"{sum(gap.reports >= least for gap in found.found[name]):,} {name}" for name in asked)
    err().print(words(f"{some(found.reports, 'report')} coded again; unknown in {some(least, 'report')} or more: {told}"))


def lines(found: Gaps, kind: str, limit: int, least: int) -> Iterator[str]:
    """A table of one kind: where it belongs, its columns, and every gap with its count and an example before its line."""
    from thucydides.claims.gaps import COLUMNS

    chosen = [gap for gap in found.found[kind] if gap.reports >= least]
    rest = f", the first {limit}" if len(chosen) > limit else ""
    yield f"# ── {kind}: {len(chosen):,} unknown in {least} or more of {found.reports:,} reports{rest}"
    yield f"# for {DESTINATIONS[kind]}"
    yield "\t".join(COLUMNS[kind])
    for gap in chosen[:limit]:
        yield from _told(gap)


def _told(gap: Gap) -> Iterator[str]:
    remark = f"; {' '.join(gap.remark.split())}" if gap.remark else ""
    yield f"# {gap.name}: {gap.reports:,} report{'' if gap.reports == 1 else 's'}{remark}"
    yield f"# “{gap.example}” (report {gap.report[:16]})"
    if gap.kind == "places":
        name = gap.name.replace('"', "'").replace("$", "").replace("`", "'")
        yield f'# thuc places fix "{name}" --lat … --lon … --radius-km … --why "…"'
    yield f"#{gap.line}" if gap.kind in LACKING else gap.line
