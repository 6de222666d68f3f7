"""``thuc claims``, ``thuc show`` and ``thuc search``: asking the archive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from thucydides.archive import Archive
    from thucydides.record import Claim, Report

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def claims(
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
    json: JsonOption = False,
) -> None:
    """List claims in the archive, by day. Without --json and --limit the first 50."""
    from json import dumps

    from thucydides.desk.console import claims_table, out, words
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.desk.telling import some
    from thucydides.exports import flatten

    asked = Asked(
        actor=actor, place=place, country=country, since=since, until=until, kind=kind, type=type_, source=source, report=report,
        min_confidence=min_confidence, limit=limit if limit or json else 50,
    ).filter()  # fmt: skip
    with recalled(Settings.read()) as archive:
        if json:
            for claim, of in archive.claims_with_reports(asked):
                typer.echo(dumps(flatten(claim, of), ensure_ascii=False))
            return
        found = [claim for page in archive.claims(asked) for claim in page]
        console = out()
        if not found:
            empty = archive.count() == 0
            console.print(
                words("the archive holds no claims yet: 'thuc read PATH...' fills it" if empty else "no claim passes these filters")
            )
            return
        console.print(claims_table(found))
        total = archive.count(asked)
        rest = "" if total <= len(found) else f" of {total:,}; --limit shows more, filters fewer"
        console.print(words(f"{some(len(found), 'claim')}{rest}. 'thuc show ID' shows one in its report's words."))


def show(
    id_: Annotated[str, typer.Argument(help="Id of a claim, report or incident, or the beginning of one.", metavar="ID")],
    json: JsonOption = False,
) -> None:
    """Show a claim with its words in their context, a report with all of its claims, or an incident with its witnesses side by side."""
    from json import dumps

    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.exports import flatten, flatten_reading

    if _INCIDENT.fullmatch(id_):
        _show_incident(id_, json)
        return
    with recalled(Settings.read()) as archive:
        claim, report = _recalled(archive, id_)
        if claim is not None:
            if json:
                typer.echo(dumps(flatten(claim, report), ensure_ascii=False))
            else:
                _show_claim(claim, report)
            return
        from thucydides.archive import ClaimFilter

        found = [claim for page in archive.claims(ClaimFilter(report=report.id)) for claim in page]
        if json:
            typer.echo(dumps(flatten_reading(report, found), ensure_ascii=False))
        else:
            _show_report(report, found)


_INCIDENT = re.compile("i[0-9a-f]+")


def _show_incident(id_: str, json: bool) -> None:
    from json import dumps

    from thucydides.desk.console import out
    from thucydides.desk.incident_tables import incident_shown
    from thucydides.desk.settings import Settings
    from thucydides.desk.weighing import testimonies_of, weighed
    from thucydides.exports import flatten_incident

    with weighed(Settings.read()) as (archive, scale):
        incident = archive.recall_incident(id_)
        if json:
            typer.echo(dumps(flatten_incident(incident), ensure_ascii=False))
            return
        wholes = sorted({whole for claim in incident.part_of if (whole := archive.incident_of(claim)) is not None})
        incident_shown(incident, testimonies_of(archive, scale, incident), wholes, out())


def _recalled(archive: Archive, id_: str) -> tuple[Claim | None, Report]:
    """The claim of an id with its report, else the report of that id."""
    from thucydides.errors import NotKept

    try:
        claim = archive.recall_claim(id_)
    except NotKept as no_claim:
        try:
            return None, archive.recall_report(id_)
        except NotKept as no_report:
            # An id that several share is worth more to say than that there is none of the other noun.
            error = next((e for e in (no_claim, no_report) if "begin with" in e.what), None)
            if error is not None:
                raise error from no_claim
            raise NotKept(f"no claim or report is kept under {id_!r}", remedy="'thuc claims' lists ids.") from no_claim
    return claim, archive.recall_report(claim.report)


def _show_claim(claim: Claim, report: Report) -> None:
    from thucydides.desk.console import out, words
    from thucydides.desk.excerpts import excerpts, key
    from thucydides.desk.telling import arms, day, event_of, place, sides, tolls, voice, what

    console = out()
    said = event_of(claim)
    console.print(words(what(claim), "bold"), words(f"  {claim.id}  confidence {claim.confidence:.0%}", "dim"))
    fields = [
        ("who", sides(claim, "initiator"), "blue"),
        ("with", sides(claim, "supporter"), "blue"),
        ("to whom", sides(claim, "target"), "red"),
        ("where", [_where(place(w), w.lat, w.lon, w.radius_km, w.rule) for w in said.where], "green"),
        ("when", [f"{day(said.when)} ({said.when.basis})"] if said.when is not None and day(said.when) else [], "magenta"),
        ("toll", tolls(claim), "bright_red"),
        ("arms", arms(claim), "yellow"),
        ("as told", [voice(claim)], "cyan"),
        ("loaded", [f"{w.words} ({w.sway}{f' {w.party}' if w.party else ''})" for w in claim.wording], ""),
        ("note", list(claim.notes), ""),
    ]
    for label, values, style in fields:
        if values:
            console.print(words(f"  {label:<9}", "dim"), words("; ".join(values), style), sep="")
    actors = [f"{party.name} = {party.actor}" for party in said.parties if party.actor]
    if actors:
        console.print(words(f"  {'roster':<9}", "dim"), words("; ".join(actors)), sep="")
    console.print()
    console.print(words(f"{report.source.name}, {report.published or 'no date'}: {report.title or ''}".rstrip(": "), "bold"))
    for excerpt in excerpts(report, [claim]):
        console.print(excerpt)
    console.print(key())
    console.print(words(f"report {report.id}   coded by {claim.by}", "dim"))


def _where(name: str, lat: float | None, lon: float | None, radius_km: float | None, rule: str) -> str:
    if lat is None or lon is None:
        return f"{name} (no point known)"
    reach = f" ± {radius_km:g} km" if radius_km else ""
    return f"{name} ({lat:.3f}, {lon:.3f}{reach}{', ' + rule if rule else ''})"


def _show_report(report: Report, claims: list[Claim]) -> None:
    from thucydides.desk.console import claims_table, out, words
    from thucydides.desk.excerpts import key, whole
    from thucydides.desk.telling import title_of

    console = out()
    console.print(words(title_of(report), "bold"))
    copied = f", copied from {', '.join(report.copied_from)}" if report.copied_from else ""
    console.print(words(f"{report.source.name}, {report.published or 'no date'} ({report.published_basis}){copied}", "dim"))
    console.print()
    for line in whole(report, claims):
        console.print(line)
    console.print(key())
    if claims:
        console.print(claims_table(claims))
    for note in report.notes:
        console.print(words(f"note: {note}", "dim"))


def search(
    words_: Annotated[
        list[str], typer.Argument(help='Words; "two words" together in quotation marks; bomb* for beginnings.', metavar="WORDS...")
    ],
    limit: Annotated[int, typer.Option("--limit", help="At most so many reports.", metavar="N", min=1)] = 20,
    json: JsonOption = False,
) -> None:
    """Find reports by their words."""
    from json import dumps

    from thucydides.desk.console import out, words
    from thucydides.desk.opening import recalled
    from thucydides.desk.settings import Settings
    from thucydides.desk.telling import some

    with recalled(Settings.read()) as archive:
        hits = archive.search(" ".join(words_), limit=limit)
    if json:
        for hit in hits:
            found = {
                "report": hit.report, "title": hit.title, "source": hit.source, "published": str(hit.published) if hit.published else None,
                "start": hit.start, "end": hit.end, "snippet": hit.snippet, "spans": [list(span) for span in hit.spans],
                "claims": list(hit.claims),
            }  # fmt: skip
            typer.echo(dumps(found, ensure_ascii=False))
        return
    console = out()
    for hit in hits:
        console.print(
            words(hit.title or "without a title", "bold"),
            words(f"  {hit.source}, {hit.published or 'no date'}  report {hit.report[:16]}", "dim"),
            sep="",
        )
        snippet = words(hit.snippet)
        for start, end in hit.spans:
            snippet.stylize("bold yellow", max(0, start - hit.start), max(0, end - hit.start))
        console.print("  ", snippet, sep="")
        if hit.claims:
            console.print(words(f"  claims: {', '.join(id_[:8] for id_ in hit.claims)}", "dim"))
    console.print(words(f"{some(len(hits), 'report')} found"))
