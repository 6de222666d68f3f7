"""The whole page, put together."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from thucydides.desk.page.cards import card, sign, table
from thucydides.desk.page.framing import outside
from thucydides.desk.page.ground import Near
from thucydides.desk.page.html import Html, el, joined
from thucydides.desk.page.map import Spot, draw, spots_of
from thucydides.desk.page.symbols import symbol_of
from thucydides.desk.page.text import text_of
from thucydides.desk.telling import kinds_told, some, title_of
from thucydides.record import Claim, Report

FOLDER = Path(__file__).parent
ROLES = (
    ("initiator", "who"),
    ("target", "to whom"),
    ("place", "where"),
    ("date", "when"),
    ("arm", "with what"),
    ("toll", "how many"),
    ("speaker", "said by"),
)


def page(readings: Sequence[tuple[Report, Sequence[Claim]]], *, near: Near | None = None) -> str:
    """An HTML page of reports and their claims. Claims are numbered through; ``near`` gives the map its towns.

    A report given twice is shown once.
    """
    readings = list({report.id: (report, claims) for report, claims in readings}.values())
    numbers: dict[str, int] = {}
    rows: list[tuple[int, Claim, Report]] = []
    for report, claims in readings:
        for claim in claims:
            numbers[claim.id] = len(rows) + 1
            rows.append((numbers[claim.id], claim, report))
    told = f"{some(len(readings), 'report')}, {kinds_told([claim for _, claim, _ in rows])}"
    body = joined(
        el(
            "header",
            el("h1", "Thucydides"),
            el("p", told),
            el("nav", el("a", "Map", href="#map"), el("a", "Claims", href="#claims"), *_links(readings), aria_label="On this page"),
        ),
        el(
            "main",
            _map(rows, near),
            _claims(rows),
            *(_report(at, report, claims, numbers) for at, (report, claims) in enumerate(readings, 1)),
        ),
        el("footer", _colophon(rows), class_="colophon"),
    )
    style, script = (FOLDER / "page.css").read_text(encoding="utf-8"), (FOLDER / "page.js").read_text(encoding="utf-8")
    return document(f"Thucydides: {told}", body, style, script)


def document(title: str, body: Html, style: str, script: str) -> str:
    """A whole HTML file in which nothing runs but its own script and nothing is fetched."""
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    head = joined(
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(style)),
    )
    run = el("script", Html(script)) if script else None
    return f'<!doctype html>\n<html lang="en">{el("head", head)}{el("body", body, run)}</html>\n'


def _links(readings: Sequence[tuple[Report, Sequence[Claim]]]) -> list[Html]:
    return [
        el("a", el("bdi", report.source.name), ": ", el("bdi", title_of(report)), href=f"#r{at}", dir="auto")
        for at, (report, _) in enumerate(readings[:12], 1)
    ]


def _map(rows: Sequence[tuple[int, Claim, Report]], near: Near | None) -> Html:
    spots = spots_of((number, claim) for number, claim, _ in rows)
    if not spots:
        return el("section", el("h2", "Map"), el("p", "No claim names a place whose point is known.", class_="none"), id="map")
    used = {symbol_of(claim).id: symbol_of(claim) for spot in spots for _, claim in spot.claims}
    legend = [el("li", sign(symbol), el("span", symbol.name)) for symbol in used.values()]
    reach = el("li", el("span", class_="ring"), el("span", "how far off the place may be"))
    return el(
        "section",
        el("h2", "Map"),
        el("div", draw(spots, near), el("div", class_="tools", hidden=True), class_="sheet"),
        el("ul", *legend, reach, class_="legend"),
        _outside(outside(spots)),
        id="map",
    )


def _outside(spots: Sequence[Spot]) -> Html | None:
    """The places beyond the map's edge, with links to their claims."""
    if not spots:
        return None
    links = [el("li", el("bdi", spot.name), " ", *(el("a", str(n), href=f"#c{n}", class_="n") for n, _ in spot.claims)) for spot in spots]
    return el("ul", el("li", "Beyond the edge:"), *links, class_="legend")


def _claims(rows: Sequence[tuple[int, Claim, Report]]) -> Html:
    if not rows:
        return el("section", el("h2", "Claims"), el("p", "No claims were found.", class_="none"), id="claims")
    return el(
        "section", el("h2", "Claims"), el("div", table(rows), class_="wide", tabindex="0", role="region", aria_label="Claims"), id="claims"
    )


def _report(at: int, report: Report, claims: Sequence[Claim], numbers: dict[str, int]) -> Html:
    lead = [el("bdi", report.source.name), el("time", str(report.published)) if report.published else el("span", "no date")]
    lead += [el("span", "copied from ", el("bdi", ", ".join(report.copied_from)), class_="copied")] if report.copied_from else []
    lead += [el("bdi", report.url)] if report.url else []
    key = [el("li", el("mark", name, class_=role)) for role, name in ROLES]
    return el(
        "section",
        el("h2", title_of(report), dir="auto"),
        el("p", *lead, class_="lead"),
        el("ul", *key, class_="key", aria_label="Colours of the words"),
        el(
            "div",
            text_of(report, claims, numbers),
            el("div", *(card(numbers[claim.id], claim) for claim in claims), class_="cards")
            if claims
            else el("p", "No claims were found in this report.", class_="none"),
            class_="pair",
        ),
        id=f"r{at}",
        class_="report",
    )


def _colophon(rows: Sequence[tuple[int, Claim, Report]]) -> Html:
    coders = ", ".join(sorted({claim.by for _, claim, _ in rows}))
    return joined(
        el("p", "A claim is what one report says, not what happened. Places are never finer than the report's words."),
        el(
            "p",
            f"Coded by {coders}. " if coders else "",
            "Map: Natural Earth (public domain); its borders say nothing on anybody's status. Towns: GeoNames (CC BY 4.0).",
        ),
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
