"""One coder for the whole run, and a short way to code a text with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import settings

from thucydides.claims import Coder
from thucydides.exports.flat import Flat, flatten
from thucydides.record import Claim, Report
from thucydides.reports import read
from web_made import browser, open_page, page, sample, theme  # noqa: F401 - fixtures of all that is seen in a browser

settings.register_profile("any machine", deadline=None)  # a law holds or not; how soon is measured elsewhere
settings.load_profile("any machine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A report, its claims, and the same claims in the public form."""

    report: Report
    claims: tuple[Claim, ...]
    flat: tuple[Flat, ...]


Code = Callable[..., Coded]


def reading(text: str, *, published: date | str | None = None, source: str | None = None, title: str | None = None) -> Report:
    """A report read from JSON, as the gold reports are given."""
    given = {"id": "test", "text": text, "published": str(published) if published else None, "source": source, "title": title}
    return read(json.dumps({key: value for key, value in given.items() if value is not None}).encode(), name="test.json")


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder, loaded once."""
    return Coder()


@pytest.fixture(scope="session")
def code(coder: Coder) -> Code:
    """``code(text, published=…, source=…)``: the text as a report, coded."""

    def coded(text: str, *, published: date | str | None = None, source: str | None = None, title: str | None = None) -> Coded:
        report = reading(text, published=published, source=source, title=title)
        claims = tuple(coder.code(report))
        return Coded(report=report, claims=claims, flat=tuple(flatten(claim, report) for claim in claims))

    return coded
