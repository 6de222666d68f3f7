"""Claims as cards beside the text, and as one table."""

from __future__ import annotations

from collections.abc import Sequence

from thucydides.desk.page.html import Html, el, joined, words
from thucydides.desk.page.symbols import Symbol, symbol_of
from thucydides.desk.telling import arms, day, event_of, place, sides, tolls, voice, what
from thucydides.record import Basis, Claim, Event, Report, When, Where

UNSURE = {
    Basis.RELATIVE: "reckoned from the report's day",
    Basis.CONTEXT: "from a sentence nearby",
    Basis.PUBLISHED: "the report's own day",
}


def card(number: int, claim: Claim) -> Html:
    """One claim with all of its fields; its number leads to its words."""
    said = event_of(claim)
    symbol = symbol_of(claim)
    rows = [
        ("Who", "initiator", _names(sides(claim, "initiator"))),
        ("With", "initiator", _names(sides(claim, "supporter"))),
        ("To whom", "target", _names(sides(claim, "target"))),
        ("Where", "place", joined(*(_place(where) for where in said.where)) if said.where else None),
        ("When", "date", _when(said.when)),
        ("Toll", "toll", _names(tolls(claim))),
        ("Arms", "arm", _names(arms(claim))),
        ("Damage", "detail", _names(list(said.damage)) if isinstance(said, Event) else None),
        ("Outcome", "detail", words(said.outcome) if isinstance(said, Event) and said.outcome else None),
        ("Said by", "speaker", _names(list(claim.said_by))),
        ("Loaded", "detail", _names(list(claim.loaded))),
        ("Note", "detail", _names(list(claim.notes))),
    ]
    fields = [joined(el("dt", label), el("dd", value, class_=role)) for label, role, value in rows if value]
    return el(
        "article",
        el(
            "h3",
            el("a", str(number), href=f"#t{number}", class_="n", aria_label=f"Claim {number}: to its words"),
            sign(symbol),
            el("span", what(claim), class_="what"),
            el("span", str(claim.factuality), class_=f"chip {claim.factuality}"),
        ),
        el("dl", *fields),
        el(
            "footer",
            el("span", f"confidence {claim.confidence:.0%}"),
            el("code", claim.id),
        ),
        id=f"c{number}",
        data_c=f"c{number}",
        class_=f"card {symbol.id}",
        tabindex="-1",
    )


def table(rows: Sequence[tuple[int, Claim, Report]]) -> Html:
    """All claims, one a row: what the map shows, in words."""
    heads = ("", "What", "Who", "To whom", "Where", "When", "Toll", "As told", "Source")
    return el(
        "table",
        el("caption", "Every claim of the reports on this page"),
        el("thead", el("tr", *(el("th", head or "No.", scope="col", class_=None if head else "no") for head in heads))),
        el("tbody", *(_row(*row) for row in rows)),
    )


def _row(number: int, claim: Claim, report: Report) -> Html:
    said = event_of(claim)
    cells = (
        ("What", joined(sign(symbol_of(claim)), words(what(claim)))),
        ("Who", _names(sides(claim, "initiator"))),
        ("To whom", _names(sides(claim, "target"))),
        ("Where", _names([place(where) for where in said.where])),
        ("When", words(day(said.when))),
        ("Toll", _names(tolls(claim))),
        ("As told", words(voice(claim))),
        ("Source", el("bdi", report.source.name)),
    )
    return el(
        "tr",
        el("th", el("a", str(number), href=f"#c{number}", class_="n"), scope="row"),
        *(el("td", el("div", value) if value else None, data_label=label) for label, value in cells),
        data_c=f"c{number}",
    )


def sign(symbol: Symbol) -> Html:
    """A symbol beside words that say the same."""
    path = el("path", d=symbol.path, class_="sign")
    return el("svg", path, viewBox="-9 -9 18 18", class_=f"icon {symbol.id}", aria_hidden="true")


def _names(names: Sequence[str]) -> Html | None:
    """Names one by one, each turned by its own letters and not by its neighbours'."""
    if not names:
        return None
    return joined(*(part for at, name in enumerate(names) for part in (words(" · ") if at else None, el("bdi", name))))


def _place(where: Where) -> Html:
    found = ""
    if where.lat is not None and where.lon is not None:
        reach = f" ± {where.radius_km:g} km" if where.radius_km else ""
        found = f"{abs(where.lat):.2f}°{'N' if where.lat >= 0 else 'S'} {abs(where.lon):.2f}°{'E' if where.lon >= 0 else 'W'}{reach}"
        found += f", {where.rule}" if where.rule else ""
    country = ", ".join(part for part in (where.admin1, where.country) if part)
    small = " · ".join(part for part in (country, found or "no point known") if part)
    return el("div", el("bdi", place(where)), el("small", small))


def _when(when: When | None) -> Html | None:
    told = day(when)
    if when is None or not told:
        return None
    how = UNSURE.get(when.basis)
    quoted = f"“{when.words}”" if when.words else None
    small = ", ".join(part for part in (when.time_of_day, quoted, how) if part)
    return joined(words(told), el("small", small) if small else None)
