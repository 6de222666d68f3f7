"""Borders told by their countries: "near the Syrian-Turkish border", "the border with Niger", "Kenya's border with Somalia"."""

from __future__ import annotations

from collections.abc import Iterator

from thucydides.claims.phrasing import phrase_of
from thucydides.places.tables import countries

_BEHIND, _BEFORE = phrase_of("borders", "behind its countries"), phrase_of("borders", "before its countries")
_LED = phrase_of("borders", "led")


def borders(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a sentence tells of borders, and what introduces each as a place. Of "the border" alone nothing is known here."""
    for match in (*_BEHIND.finditer(text), *_BEFORE.finditer(text)):
        sides = [name for name in ("one", "other", "further") if match.groupdict().get(name)]
        known = [name for name in sides if countries().called(match[name])]
        if not known or (len(known) < len(sides) and sides[-1] not in known):
            continue
        start = match.start(known[0]) if match.re is _BEHIND else match.start("border")
        led = _LED.search(text, 0, start)
        yield start, match.end(), led["how"].lower() if led is not None else ""
