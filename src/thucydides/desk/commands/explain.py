"""``thuc explain``: why a claim says what it says, from the words that state it to the answers weighed and left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from thucydides.desk.why import Found
    from thucydides.record import Claim, Report


def explain(
    id_: Annotated[str, typer.Argument(help="Id of a claim, or the beginning of one.", metavar="CLAIM")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one object.")] = False,
) -> None:
    """Explain a claim: the words that state it, the answers weighed for every field, and how to change it.

    Its report is coded again. Ends with 1 where no claim is made of its sentence any more.
    """
    from json import dumps

    from thucydides.desk.coding import prepare
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.desk.why import flat, why

    settings = Settings.read()
    with recalled(settings) as archive:
        claim = archive.recall_claim(id_)
        report = archive.recall_report(claim.report)
    found, hints = why(claim, report, prepare(settings).coder, settings.data / "rosters")
    if json:
        typer.echo(dumps(flat(claim, report, found, hints), ensure_ascii=False))
    else:
        _print(claim, report, found, hints)
    raise typer.Exit(0 if found.account is not None else 1)


# ── in the terminal ──────────────────────────────────────────────────────────────────────────────


def _print(claim: Claim, report: Report, found: Found, hints: Sequence[str]) -> None:
    from thucydides.desk.accounts import lines
    from thucydides.desk.console import out, words
    from thucydides.desk.excerpts import excerpts
    from thucydides.desk.telling import title_of, what

    console = out()
    account = found.account
    told = account.claim if account is not None else claim
    console.print(words(what(told), "bold"), words(f"  {told.id}  confidence {told.confidence:.0%}", "dim"), sep="")
    console.print(words(f"{title_of(report)}, {report.source.name}, {report.published or 'no date'}  report {report.id[:16]}", "dim"))
    if found.remark:
        console.print(words(f"note: {found.remark}", "yellow"))
    for line in lines(account) if account is not None else excerpts(report, [claim]):
        console.print(line)
    if hints:
        console.print(words("to change it", "dim"))
        for hint in hints:
            console.print(words(f"  {hint}"), soft_wrap=True)
    console.print(words(f"coded by {told.by}", "dim"))
