"""Incidents and reports as plain pages: no script, printable, to be archived and found."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from thucydides.desk.api.shapes import ClaimLine, IncidentLine, IncidentView, ReportLine, ReportView
from thucydides.desk.incident_tables import loss_words
from thucydides.desk.page.html import Html, el, joined
from thucydides.desk.page.text import text_of
from thucydides.desk.telling import count, day, event_of, on_one_line, place, sides, title_of, tolls, voice, what
from thucydides.record import Claim, Report, Where

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 52rem; overflow-wrap: anywhere; }
h1 { line-height: 1.2; } dt { font-weight: 600; } dd { margin: 0 0 .5rem 1.5rem; } small { opacity: .8; }
blockquote { border-inline-start: .25rem solid currentcolor; margin: .5rem 0; padding-inline-start: .75rem; }
table { border-collapse: collapse; } th, td { border: 1px solid; padding: .25rem .5rem; text-align: start; vertical-align: top; }
mark { background: none; color: inherit; text-decoration: underline; } .boilerplate, .header, .byline { opacity: .6; }
nav { margin-block-end: 1rem; } a.n { font-size: .75em; vertical-align: super; text-decoration: none; padding-inline: .2em; }
@media print { nav { display: none; } a { color: inherit; text-decoration: none; } body { max-width: none; } }
"""
"""The style of the plain pages, which they take from ``/plain.css``: their policy allows none of their own."""


def incident_page(view: IncidentView) -> str:
    """An incident with what is held of it and every voice that tells it."""
    incident, event = view.incident, view.incident.event
    title = incident_title(view.line)
    held = [
        ("What", event.type or "Event"),
        ("Who", _names(p.name for p in event.parties if p.role == "initiator")),
        ("To whom", _names(p.name for p in event.parties if p.role == "target")),
        ("Where", joined(*_places(event.where))),
        ("When", day(event.when)),
        ("Losses", _lines(f"{loss_words(one)}: {one.rule}" for one in incident.losses)),
        ("With what", _names(use.name for use in event.arms)),
        ("Grade", joined(el("strong", f"{incident.grade.incident} {incident.grade.admiralty}"), _lines(incident.grade.reasons))),
    ]
    disputes = [
        el("li", f"{one.field}: ", _lines(f"{version.says} ({', '.join(version.witnesses)})" for version in one.versions))
        for one in incident.disputed
    ]
    voices = [
        el(
            "section",
            el("h3", el("bdi", origin.witness.name), dir="auto"),
            *(_claim(line) for line in origin.claims),
            *_repeated(origin.repeated_by),
        )
        for origin in view.origins
    ]
    changes = [el("li", f"{str(one.at or 'no date')[:10]}: ", el("bdi", one.what)) for one in view.history]
    body = [
        el("h1", title, dir="auto"),
        _list(held),
        *([el("h2", "In dispute"), el("ul", *disputes)] if disputes else []),
        el("h2", "Who says so"),
        *voices,
        *([el("h2", "Part of"), _links(view.wholes)] if view.wholes else []),
        *([el("h2", "Its parts"), _links(view.parts)] if view.parts else []),
        el("h2", "How it came to be known"),
        el("ol", *changes),
    ]
    return page_of(title, f"/event/{quote(incident.id, safe='')}", body)


def report_page(view: ReportView, report: Report, claims: list[Claim]) -> str:
    """A report's text with the words of its claims marked, and the claims."""
    line = view.line
    numbers = {claim.id: n for n, claim in enumerate(claims, start=1)}
    about = [
        ("Published by", el("bdi", line.source.name) if line.source.name else None),
        ("On", str(line.published) if line.published else "a day that is not told"),
        ("At", _address(line.url)),
        ("Credits", _names(line.copied_from)),
        ("Same words as", _report_link(view.origin) if view.origin is not None else None),
        ("Copied in", joined(*(el("div", _report_link(one)) for one in view.copies)) if view.copies else None),
        ("Notes", _lines(view.notes) if view.notes else None),
    ]
    told = [
        el(
            "li",
            el("strong", what(claim)),
            _list(
                [
                    ("Who", _names(sides(claim, "initiator"))),
                    ("To whom", _names(sides(claim, "target"))),
                    ("Where", _names(map(place, _wheres(claim)))),
                    ("Toll", _names(tolls(claim))),
                    ("As told", voice(claim)),
                    ("Confidence", f"{claim.confidence:.0%}"),
                    ("Event", _event_link(entry.incident)),
                ]
            ),
            id=f"c{numbers[claim.id]}",
            dir="auto",
        )
        for claim, entry in zip(claims, view.claims, strict=True)
    ]
    title = title_of(report)
    body = [
        el("h1", title, dir="auto"),
        _list(about),
        el("h2", "Text"),
        text_of(report, claims, numbers),
        el("h2", "What was read in it"),
        el("ol", *told) if told else el("p", "No claim was found in it."),
    ]
    return page_of(title, f"/report/{quote(report.id, safe='')}", body)


def not_found_page(noun: str, id_: str, error: str, remedy: str) -> str:
    """What helps somebody who comes with a broken address."""
    body = [
        el("h1", f"There is no such {noun}"),
        el("p", error + ". ", remedy),
        el(
            "p",
            "Ids may have been cut off when an address was copied: check its end. What was found under ",
            el("code", id_[:200]),
            " may also stand in another archive, or have been removed.",
        ),
        el("ul", el("li", el("a", "All events", href="/")), el("li", el("a", "Search the reports", href="/search"))),
    ]
    return page_of(f"No such {noun}", "/", body)


def trouble_page(error: str, remedy: str) -> str:
    """What is wrong with the archive."""
    return page_of("The archive cannot be used", "/", [el("h1", "The archive cannot be used"), el("p", error, dir="auto"), el("p", remedy)])


def incident_title(line: IncidentLine) -> str:
    """An incident in a few words."""
    days = line.first_day if line.first_day == line.last_day or line.last_day is None else f"{line.first_day or '?'} to {line.last_day}"
    parts = [line.type or "Event", line.place, str(days) if days else None]
    return ", ".join(part for part in parts if part)


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def page_of(title: str, screen: str, body: Iterable[Html]) -> str:
    """A page of elements, with the way to the workbench's screen of the same."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{on_one_line(title)} · Thucydides"),
        Html('<link rel="stylesheet" href="/plain.css">'),
    )
    nav = el("nav", el("a", "Open in the workbench", href=screen), aria_label="Workbench")
    note = el(
        "footer",
        el("hr"),
        el("small", "A claim is what a report says, not what happened. An event is what its claims together let one hold."),
    )
    return f"<!doctype html>\n{el('html', head, el('body', nav, el('main', *body), note), lang='en')}"


def _list(rows: Iterable[tuple[str, str | None]]) -> Html:
    return el("dl", *(joined(el("dt", label), el("dd", value, dir="auto")) for label, value in rows if value))


def _names(names: Iterable[str]) -> Html | None:
    parts = [el("bdi", on_one_line(name)) for name in names]
    return joined(*(part for n, one in enumerate(parts) for part in (", " if n else None, one))) if parts else None


def _lines(lines: Iterable[str]) -> Html | None:
    told = [el("div", line, dir="auto") for line in lines]
    return joined(*told) if told else None


def _places(wheres: Iterable[Where]) -> Iterable[Html]:
    for where in wheres:
        point = f" ({where.lat:.3f}, {where.lon:.3f}" if where.lat is not None and where.lon is not None else ""
        reach = f" ± {where.radius_km:g} km)" if point and where.radius_km else ")" if point else ""
        yield el("div", el("bdi", place(where)), point + reach, dir="auto")


def _wheres(claim: Claim) -> Iterable[Where]:
    return event_of(claim).where


def _claim(line: ClaimLine) -> Html:
    said = f"{what(line.claim)}, {voice(line.claim)}"
    toll = [f"{count(toll)} {name}" for name in ("killed", "wounded") if (toll := getattr(line.claim.says, name, None)) is not None]
    return joined(
        el("p", ". ".join([said, *toll]), dir="auto"),
        el("blockquote", line.sentence, dir="auto"),
        el("p", _report_link(line.report), dir="auto"),
    )


def _repeated(reports: list[ReportLine]) -> Iterable[Html]:
    if reports:
        yield el("p", "Told again in: ", *(el("span", _report_link(one), " ") for one in reports), dir="auto")


def _report_link(line: ReportLine) -> Html:
    name = ", ".join(filter(None, (line.title or line.id[:16], line.source.name, str(line.published or ""))))
    return el("a", el("bdi", on_one_line(name)), href=f"/r/{quote(line.id, safe='')}")


def _event_link(incident: str | None) -> Html | None:
    return el("a", incident, href=f"/e/{quote(incident, safe='')}") if incident is not None else None


def _links(lines: Iterable[IncidentLine]) -> Html:
    return el("ul", *(el("li", el("a", incident_title(line), href=f"/e/{quote(line.id, safe='')}"), dir="auto") for line in lines))


def _address(url: str | None) -> Html | None:
    if not url:
        return None
    safe = url.startswith(("http://", "https://"))
    return el("a", url, href=url, rel="noopener noreferrer nofollow") if safe else el("bdi", url)
