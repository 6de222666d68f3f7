"""The page of a map of control: the drawing, what its signs mean, and a table that says all that the map says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from thucydides.desk.control_map.colours import colours
from thucydides.desk.control_map.drawing import LEAST_KM, colour_of, draw, symbol
from thucydides.desk.control_map.marks import Mark, Quote, Scene
from thucydides.desk.control_map.shading import RULE
from thucydides.desk.page.framing import outside
from thucydides.desk.page.ground import Near
from thucydides.desk.page.html import Html, el, joined
from thucydides.desk.page.sheet import FOLDER as PAGE
from thucydides.desk.page.sheet import document
from thucydides.desk.telling import some
from thucydides.desk.unit_symbols import unit_sign

FOLDER = Path(__file__).parent
HEADS = ("Place", "State", "Held by", "Against", "Since", "Last heard", "Confidence", "Says who", "Said otherwise")
STATUSES = {
    "contested": "contested: both colours", "besieged": "besieged: a ring of the besieger’s colour",
    "partly": "held in part", "unknown": "nobody known to hold it now",
}  # fmt: skip


MOST = 8
"""Holders named in the key who share the last colour; the table names all."""
LONGEST = 260
"""Letters of a claim's words in the table; ``thuc show`` has all."""
RULES = (
    "Every state is derived from claims, each with its report; nobody has drawn it by hand. A sign stands where the place is told to be.",
    "Colours and shapes are given by how many places somebody is told to hold, and say nothing else.",
    "What is less sure is paler: confidence falls by half in about three months when nothing is heard.",
    "Faint signs are provinces or areas whose point says little of where; they decide no shaded area.",
)


def sheet(scene: Scene, *, near: Near | None = None, shaded: bool = False) -> str:
    """The whole page as text."""
    title = f"Who holds what on {scene.day}"
    asked = f"{some(len(scene.marks), 'place')}{f', {scene.asked}' if scene.asked else ''}{', by side' if scene.by_side else ''}"
    body = joined(
        el(
            "header",
            el("h1", title),
            el("p", asked),
            el(
                "nav",
                el("a", "Map", href="#map"),
                el("a", "Places", href="#places"),
                el("a", "Rules", href="#rules"),
                aria_label="On this page",
            ),
        ),
        el("main", _map(scene, near, shaded), _places(scene), _rules(scene, shaded)),
        el("footer", _colophon(), class_="colophon"),
    )
    style = palette() + "".join((folder / name).read_text(encoding="utf-8") for folder, name in _STYLES)
    script = "".join((folder / name).read_text(encoding="utf-8") for folder, name in _SCRIPTS)
    return document(title, body, style, script)


_STYLES = ((PAGE, "page.css"), (FOLDER, "control.css"), (FOLDER, "control_page.css"))
_SCRIPTS = ((PAGE, "page.js"), (FOLDER, "control.js"))


def palette() -> str:
    """The classes of the holders' colours, on a light and on a dark ground."""
    light = "".join(f".g{at}{{color:{one.light}}}" for at, one in enumerate(colours()))
    dark = "".join(f".g{at}{{color:{one.dark}}}" for at, one in enumerate(colours()))
    return f"{light}\n@media (prefers-color-scheme: dark) {{{dark}}}\n"


def _map(scene: Scene, near: Near | None, shaded: bool) -> Html:
    spots = scene.spots()
    if not spots:
        return el("section", el("h2", "Map"), el("p", "No place that is told has a point.", class_="none"), id="map")
    stamp = el("span", "shaded areas are an estimate", class_="stamp") if shaded else None
    inside = (draw(scene, near, shaded=shaded), stamp, el("div", class_="tools", hidden=True), el("div", class_="peek", hidden=True))
    far = outside(spots, LEAST_KM)
    beyond = [el("li", el("a", el("bdi", spot.first.name), href=f"#c{spot.first.number}")) for spot in far]
    return el(
        "section",
        el("h2", "Map"),
        el("div", *inside, class_="sheet"),
        _key(holders_key(scene), scene, "key", "Holders"),
        _key(statuses_key(scene), scene, "key statuses", "States"),
        el("ul", el("li", "Beyond the edge:"), *beyond, class_="legend") if beyond else None,
        el("p", el("strong", "Estimate. "), RULE, class_="estimate") if shaded else None,
        id="map",
    )


def _key(lines: Sequence[tuple[Mark, str]], scene: Scene, class_: str, label: str) -> Html:
    return el("ul", *(el("li", _icon(mark, scene), el("bdi", words)) for mark, words in lines), class_=class_, aria_label=label)


def holders_key(scene: Scene) -> list[tuple[Mark, str]]:
    """What the colours and shapes mean, in their order. All who share the last colour share one line."""
    told = [party for mark in scene.marks if not mark.lapsed for party in (mark.holder, *mark.others) if party]
    order = sorted(dict.fromkeys(told), key=lambda one: (scene.colours.get(one, 99), -told.count(one), one))
    own = [one for one in order if scene.colours.get(one, 99) < len(colours()) - 1]
    rest = [one for one in order if one not in own]
    lines = [(_sample("held", one), one) for one in own]
    if not rest:
        return lines
    more = f" and {some(len(rest) - MOST, 'other')}" if len(rest) > MOST else ""
    return [*lines, (_sample("held", rest[0]), ", ".join(rest[:MOST]) + more)]


def statuses_key(scene: Scene) -> list[tuple[Mark, str]]:
    """What the fillings mean, each shown by a place that has it."""
    used: dict[str, Mark] = {}
    for mark in scene.marks:
        used.setdefault("unknown" if mark.lapsed else mark.status, mark)
    return [(replace(used[status], confidence=1.0), words) for status, words in STATUSES.items() if status in used]


def _sample(status: str, holder: str) -> Mark:
    return Mark(number=0, name="", status=status, told=status, holder=holder)


def _icon(mark: Mark, scene: Scene) -> Html:
    """A sign by itself."""
    inside = el("g", *symbol(mark, scene), class_=f"spot {colour_of(mark.holder, scene)[0]}")
    return el("svg", inside, viewBox="-13 -13 26 26", class_="state", aria_hidden="true")


def _places(scene: Scene) -> Html:
    if not scene.marks:
        return el("section", el("h2", "Places"), el("p", "No claim says who holds a place that was asked for.", class_="none"), id="places")
    rows = [_row(mark, scene) for mark in scene.marks]
    head = el("thead", el("tr", *(el("th", name, scope="col") for name in HEADS)))
    table = el("table", el("caption", f"Who holds what on {scene.day}"), head, el("tbody", *rows))
    inside = el("div", table, class_="wide", tabindex="0", role="region", aria_label="Places")
    return el("section", el("h2", "Places"), inside, id="places")


def _row(mark: Mark, scene: Scene) -> Html:
    cells = (
        joined(_icon(mark, scene), " ", mark.told, f" ({mark.share:.0%})" if mark.share is not None else None),
        _holder(mark),
        joined(*(part for other in mark.others for part in (el("bdi", other), el("br")))),
        mark.since,
        mark.heard,
        joined(f"{mark.confidence:.2f}", _amount(mark.confidence)),
        el("ul", *(_quote(one) for one in mark.quotes), _more(mark), class_="said-by") if mark.quotes or mark.more else "",
        "; ".join(mark.rivals),
    )
    return el(
        "tr",
        el("th", mark.name, scope="row", dir="auto"),
        *(el("td", el("div", cell) if cell else None, data_label=head) for head, cell in zip(HEADS[1:], cells, strict=True)),
        id=f"c{mark.number}",
        data_c=f"c{mark.number}",
        data_told=f"{mark.summary}. {_since(mark)}, last heard {mark.heard}, confidence {mark.confidence:.2f}",
    )


def _holder(mark: Mark) -> Html | str:
    """Who holds it, and with its unit symbol who is told to."""
    if not mark.holder:
        return ""
    told = el("small", el("bdi", mark.told_holder)) if mark.told_holder else None
    return joined(unit_sign(mark.symbol) if mark.symbol else None, el("bdi", mark.holder), el("br") if told else None, told)


def _since(mark: Mark) -> str:
    return mark.since.capitalize() if mark.since.startswith(("by ", "no ")) else f"Since {mark.since}"


def _amount(share: float) -> Html:
    """A small bar, drawn so that no style of its own is needed."""
    bar = el("rect", width=round(36 * share, 1), height=6, fill="currentColor")
    return el("svg", bar, viewBox="0 0 36 6", class_="amount", aria_hidden="true")


def _quote(quote: Quote) -> Html:
    told = ", ".join(part for part in (quote.source, str(quote.day) if quote.day else "") if part)
    words = quote.words if len(quote.words) <= LONGEST else quote.words[:LONGEST].rsplit(" ", 1)[0] + " …"
    return el("li", el("q", words, dir="auto"), " ", el("small", el("bdi", told), " ", el("code", quote.claim[:8])))


def _more(mark: Mark) -> Html | None:
    return el("li", el("small", f"and {some(mark.more, 'claim')} more")) if mark.more else None


def _rules(scene: Scene, shaded: bool) -> Html:
    told = (*RULES, *scene.notes, *([f"Shaded areas. {RULE}"] if shaded else []))
    return el("section", el("h2", "Rules"), *(el("p", one) for one in told), id="rules", class_="rules")


def _colophon() -> Html:
    return joined(
        el("p", "A claim is what one report says, not what happened. Places are never finer than the report’s words."),
        el("p", "Map: Natural Earth (public domain); its borders say nothing on anybody’s status. Towns: GeoNames (CC BY 4.0)."),
    )
