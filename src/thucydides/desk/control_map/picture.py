"""The same drawing as a picture (PNG), with a heading and what the signs mean, on a light ground."""

from __future__ import annotations

import re
from pathlib import Path

from thucydides.desk.control_map.colours import colours
from thucydides.desk.control_map.drawing import LEAST_KM, colour_of, draw, symbol
from thucydides.desk.control_map.marks import Mark, Scene
from thucydides.desk.control_map.sheet import holders_key, statuses_key
from thucydides.desk.page.framing import outside
from thucydides.desk.page.ground import HEIGHT, WIDTH, Near
from thucydides.desk.page.html import Html, el
from thucydides.desk.page.sheet import FOLDER as PAGE
from thucydides.desk.telling import some

FOLDER = Path(__file__).parent
TIMES = 2.0  # pixels for a unit of the drawing
HEAD, LINE, EDGE, ICON = 56.0, 24.0, 16.0, 22.0
LETTER = 6.6  # units that a letter of the key takes
LONGEST = 110  # letters of an entry of the key
FONTS = "Noto Sans, DejaVu Sans, Liberation Sans, Arial, Helvetica, sans-serif"
_VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")
_USED = re.compile(r"var\(--([\w-]+)(?:,\s*[^)]*)?\)")


def picture(scene: Scene, *, near: Near | None = None, shaded: bool = False) -> bytes:
    """The picture's bytes, 2000 pixels wide."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=poster(scene, near=near, shaded=shaded), zoom=TIMES, font_family="DejaVu Sans"))


def poster(scene: Scene, *, near: Near | None = None, shaded: bool = False) -> str:
    """The drawing with its heading and key as one SVG."""
    lines = _lines(scene, [*holders_key(scene), *statuses_key(scene)])
    high = HEAD + HEIGHT + EDGE + LINE * len(lines) + LINE
    far = sum(spot.weight for spot in outside(scene.spots(), LEAST_KM)) if scene.spots() else 0
    beyond, side = f"{far} beyond the edge" if far else "", "by side" if scene.by_side else ""
    told = ", ".join(filter(None, (some(len(scene.marks), "place"), beyond, scene.asked, side, *scene.notes)))
    estimate = el("text", "Shaded areas are an estimate between places; nobody has reported them.", x=WIDTH - EDGE, y=24, class_="warning")
    key = [el("g", *line, transform=f"translate({EDGE} {HEAD + HEIGHT + EDGE + LINE * (at + 0.5):.0f})") for at, line in enumerate(lines)]
    inside = draw(scene, near, shaded=shaded) if scene.spots() else el("text", "No place that is told has a point.", x=EDGE, y=40)
    drawing = Html(inside.replace("<svg", f'<svg x="0" y="{HEAD:.0f}" width="{WIDTH:.0f}" height="{HEIGHT:.0f}"', 1))
    return str(
        el(
            "svg",
            el("style", Html(style())),
            el("rect", width=WIDTH, height=high, class_="paper"),
            el("text", f"Who holds what on {scene.day}", x=EDGE, y=28, class_="heading"),
            el("text", told, x=EDGE, y=46, class_="quiet"),
            estimate if shaded else None,
            drawing,
            *key,
            el("text", SOURCE, x=EDGE, y=high - 9, class_="quiet small"),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH:.0f} {high:.0f}",
            width=f"{WIDTH:.0f}",
            height=f"{high:.0f}",
            font_family=FONTS,
        )
    )


SOURCE = (
    "Derived from claims of reports by Thucydides. Map: Natural Earth (public domain), its borders say nothing on anybody's status; "
    "towns: GeoNames (CC BY 4.0)."
)


def style() -> str:
    """The page's rules for drawings with the colours of a light ground put in, which is all that a drawing program understands."""
    page = (PAGE / "page.css").read_text(encoding="utf-8")
    variables = dict(_VARIABLE.findall(page.split("@media")[0]))
    drawn = page[page.index(".sea {") : page.index(".hidden")] + ".hidden { visibility: hidden; }" + page[page.index(".scale path") :]
    rules = drawn.split(".tools")[0] + (FOLDER / "control.css").read_text(encoding="utf-8") + _OWN
    rules = re.sub(r"[^{}]*:(?:hover|focus)[^{}]*\{[^}]*\}", "", rules)
    rules = re.sub(r"\.fixed \{[^}]*\}", "", rules)
    return _USED.sub(lambda match: variables.get(match[1], "#000"), rules) + "".join(
        f".g{at}{{color:{one.light}}}" for at, one in enumerate(colours())
    )


_OWN = """
.paper { fill: var(--paper); }
.heading { fill: var(--accent); font: 600 20px Georgia, "DejaVu Serif", serif; }
.quiet { fill: var(--soft); font-size: 12px; }
.small { font-size: 10px; }
.words { fill: var(--ink); font-size: 12px; }
.warning { fill: var(--accent); font-size: 12px; font-weight: 600; text-anchor: end; }
"""


def _lines(scene: Scene, key: list[tuple[Mark, str]]) -> list[list[Html]]:
    """The key, broken into lines."""
    lines: list[list[Html]] = [[]]
    x = 0.0
    for mark, words in key:
        told = words if len(words) <= LONGEST else words[:LONGEST].rsplit(",", 1)[0] + " and others"
        wide = ICON + LETTER * len(told) + 18
        if lines[-1] and x + wide > WIDTH - 2 * EDGE:
            lines.append([])
            x = 0.0
        icon = el(
            "g", *symbol(mark, scene), class_=f"spot {colour_of(mark.holder, scene)[0]}", transform=f"translate({x + 9:.1f} -4) scale(.85)"
        )
        lines[-1] += [icon, el("text", told, x=x + ICON, y=0, class_="words")]
        x += wide
    return lines
