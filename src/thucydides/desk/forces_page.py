"""An order of battle as one HTML file that needs no network: the tree with unit symbols, and the claims behind every line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from thucydides.control.forces import Force, Line, Order, years_told
from thucydides.desk.page.html import Html, el, joined
from thucydides.desk.page.sheet import FOLDER as PAGE
from thucydides.desk.page.sheet import document
from thucydides.desk.telling import some
from thucydides.desk.unit_symbols import unit_sign

STYLE = Path(__file__).with_name("forces_page.css")
SHOWN = 12
"""Lines of one kind that a force shows; the JSON has all."""
QUOTED = 3
"""Claims whose words stand behind a line."""
_PARTS = (("In", "places"), ("Against", "opponents"), ("Office held", "offices"), ("Arms", "arms"))
_BY = {"told": "belongs there as told", "coded": "belongs there as coded", "roster": "belongs there by the roster"}


def forces_page(order: Order, words: Mapping[str, str], *, note: str = "") -> str:
    """The page of an order of battle. ``words`` are those of its claims by id."""
    told = sum(1 for _, force in order.root.walk() if force.claims) + len(order.loose)
    body = joined(
        el("header", el("h1", f"Forces of {order.root.name}"), el("p", f"{some(told, 'force')} told of{f'; {note}' if note else ''}")),
        el(
            "main",
            el("section", el("ul", _force(order.root, words), class_="tree")),
            _loose(order.loose, words),
        ),
        el("footer", *(el("p", line) for line in COLOPHON), class_="colophon"),
    )
    style = (PAGE / "page.css").read_text(encoding="utf-8") + STYLE.read_text(encoding="utf-8")
    return document(f"Forces of {order.root.name}", body, style, "")


COLOPHON = (
    "Every line is told by the claims behind it, or by the roster where it says so. A claim is what one report says, not what happened.",
    "Symbols after MIL-STD-2525D and APP-6D, drawn by milsymbol. Yellow is unknown: only a user says who is friend, and nobody is hostile.",
)


def _loose(forces: Sequence[Force], words: Mapping[str, str]) -> Html | None:
    if not forces:
        return None
    rows = [_force(force, words) for force in forces]
    return el("section", el("h2", "Told of here, but by no words of whose army"), el("ul", *rows, class_="tree"))


def _force(force: Force, words: Mapping[str, str]) -> Html:
    days = " to ".join(dict.fromkeys(str(day) for day in (force.first, force.last) if day))
    years = years_told(force.years)
    facts = (force.echelon or force.kind, _BY.get(force.by, ""), f"existed {years}" if years else "", days)
    head = el(
        "div",
        unit_sign(force.symbol),
        el("strong", el("bdi", force.name)),
        el("span", ", ".join(fact for fact in facts if fact), class_="facts"),
        _behind(force.claims, words) if force.claims else el("span", "by the roster alone", class_="facts"),
        class_="force",
    )
    lines = [line for label, part in _PARTS for line in _part(label, getattr(force, part), words)]
    notes = [el("li", f"Note: {note}") for note in force.notes]
    below = el("ul", *(_force(one, words) for one in force.below)) if force.below else None
    return el("li", head, el("ul", *lines, *notes, class_="lines") if lines or notes else None, below)


def _part(label: str, lines: Sequence[Line], words: Mapping[str, str]) -> Iterator[Html]:
    for line in lines[:SHOWN]:
        days = " to ".join(dict.fromkeys(str(day) for day in (line.first, line.last) if day))
        behind = _behind(line.claims, words) if line.by == "told" else el("span", "no claim: by the roster of camps", class_="facts")
        yield el("li", el("span", label, class_="label"), " ", el("bdi", line.says), " ", el("span", days, class_="facts"), behind)
    if len(lines) > SHOWN:
        yield el("li", el("span", label, class_="label"), " ", el("span", f"and {len(lines) - SHOWN} more", class_="facts"))


def _behind(claims: Sequence[str], words: Mapping[str, str]) -> Html:
    """The claims behind a line, to be opened."""
    quotes = [el("li", el("q", words[claim], dir="auto"), " ", el("code", claim[:8])) for claim in claims[:QUOTED] if claim in words]
    more = el("li", f"and {some(len(claims) - len(quotes), 'claim')} more") if len(claims) > len(quotes) else None
    return el("details", el("summary", some(len(claims), "claim")), el("ul", *quotes, more, class_="said-by"))
