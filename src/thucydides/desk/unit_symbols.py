"""Unit symbols (MIL-STD-2525, APP-6) as drawings for pages: milsymbol draws them from the codes of ``control.symbols``."""

from __future__ import annotations

import re
from functools import lru_cache

from thucydides.desk.page.html import Html

_SIZE = re.compile(r'<svg[^>]*?viewBox="([^"]*)"[^>]*>')
_CODE = re.compile(r"\d{20}")


@lru_cache(maxsize=1024)
def unit_sign(code: str) -> Html:
    """The symbol of a code of twenty digits as an inline drawing that takes the size its style gives; nothing for what is no code."""
    if not _CODE.fullmatch(code):
        return Html("")
    return Html(f'<svg viewBox="{_box(code)}" class="unit" aria-hidden="true">{_inside(code)}</svg>')


def unit_mark(code: str, x: float, y: float, high: float) -> Html:
    """The same as a part of another drawing: its middle at a point, so many units high."""
    if not _CODE.fullmatch(code):
        return Html("")
    _, _, width, height = (float(part) for part in _box(code).split())
    wide = high * width / height
    place = f'x="{x - wide / 2:.1f}" y="{y - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return Html(f'<svg {place} viewBox="{_box(code)}" class="unit">{_inside(code)}</svg>')


@lru_cache(maxsize=1024)
def _drawn(code: str) -> str:
    from milsymbol import Symbol

    return str(Symbol(code, size=30).as_svg())


def _box(code: str) -> str:
    match = _SIZE.search(_drawn(code))
    assert match is not None
    return match[1]


def _inside(code: str) -> str:
    drawn = _drawn(code)
    match = _SIZE.search(drawn)
    assert match is not None
    return drawn[match.end() :].removesuffix("</svg>")
