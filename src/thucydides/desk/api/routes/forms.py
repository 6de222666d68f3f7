"""Every list as a file: exactly what is shown with the same filters, all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from thucydides.desk.api import forms
from thucydides.desk.api.claim_pages import told
from thucydides.desk.api.control_view import Ledger
from thucydides.desk.api.facets import facets
from thucydides.desk.api.histogram import histogram
from thucydides.desk.api.incident_pages import all_lines
from thucydides.desk.api.lines import report_line
from thucydides.desk.api.routes.asking import FAULTS, Incidents, InRoom
from thucydides.desk.api.routes.control import Asked, First, Last, On
from thucydides.desk.api.routes.finding import Few, Name, Words, named
from thucydides.desk.api.routes.incidents import Order
from thucydides.desk.api.routes.reports import ClaimsWanted, ReportsWanted
from thucydides.desk.api.searching import hits
from thucydides.desk.api.shapes import ReportLine
from thucydides.errors import UnknownFormat
from thucydides.exports import flatten, write
from thucydides.exports.withhold import withhold as kept_out

FILES: dict[int | str, dict[str, Any]] = {200: {"content": {media.partition(";")[0]: {} for media in forms.MEDIA.values()}}}
router = APIRouter(prefix="/api", tags=["files"], responses=FAULTS | FILES, default_response_class=Response)


def kept_out_of(
    withhold: Annotated[list[str] | None, Query(description="What to keep out: coordinates, civilians, passages.")] = None,
) -> frozenset[str]:
    """What a file is not to hold."""
    return forms.withheld_of(withhold)


Withheld = Annotated[frozenset[str], Depends(kept_out_of)]


@router.get("/incidents.{form}")
def incidents(room: InRoom, asked: Incidents, form: str, withheld: Withheld, order: Order = "-day") -> Response:
    """Incidents as csv, geojson or json."""
    return forms.sent(forms.incident_rows(all_lines(room, asked, order), withheld), form)


@router.get("/histogram.{form}")
def over_time(room: InRoom, asked: Incidents, form: str) -> Response:
    """Incidents over time as csv or json."""
    masks = room.masks
    return forms.sent(forms.bar_rows(histogram(masks.columns, masks.of(asked), asked.since, asked.until)), form)


@router.get("/facets.{form}")
def by_field(room: InRoom, asked: Incidents, form: str) -> Response:
    """Counts by field as csv or json."""
    return forms.sent(forms.facet_rows(facets(room.masks, asked)), form)


@router.get("/claims.{form}")
def claims(room: InRoom, asked: ClaimsWanted, form: str, withheld: Withheld, incident: str | None = None) -> Response:
    """Claims as csv, geojson or json: the same files that `thuc export` writes."""
    if form not in forms.MEDIA:
        raise UnknownFormat(f"claims are not to be had as {form!r}", remedy=f"Forms are: {', '.join(forms.MEDIA)}.")
    archive = room.archive
    if incident is not None:
        pairs = iter(room.told_of_incident(incident))
    else:
        pairs = told(archive, room.settings, room.with_kin(asked))
    if form == "json":
        rows = (kept_out(flatten(claim, report), withheld) for claim, report in pairs)
        return forms.sent(forms.Table("claims", (), rows), form)
    return forms.streamed(lambda to: write(pairs, as_=form, to=to, withhold=withheld), "claims", form)


@router.get("/reports.{form}")
def reports(room: InRoom, asked: ReportsWanted, form: str) -> Response:
    """Reports as csv or json."""

    def all_of_them() -> Iterator[ReportLine]:
        behind = None
        while True:
            page, behind = room.archive.glance.brief_page(asked, behind, 500)
            yield from map(report_line, page)
            if behind is None:
                return

    return forms.sent(forms.report_rows(all_of_them()), form)


@router.get("/control.{form}")
def control(room: InRoom, asked: Asked, form: str, withheld: Withheld, on: On = None) -> Response:
    """Who holds what on a day as csv, geojson or json."""
    return forms.sent(forms.control_rows(Ledger(room, asked).view(on).spots, withheld), form)


@router.get("/control/changes.{form}")
def changes(room: InRoom, asked: Asked, form: str, from_: First = None, to: Last = None) -> Response:
    """What changed between two days as csv or json."""
    ledger = Ledger(room, asked)
    return forms.sent(forms.move_rows(ledger.changes(from_ or date.min, to or max(ledger.last_day, from_ or date.min))), form)


@router.get("/control/shares.{form}")
def shares(room: InRoom, asked: Asked, form: str, from_: First = None, to: Last = None) -> Response:
    """How many places each holder has, over time, as csv or json."""
    return forms.sent(forms.share_rows(Ledger(room, asked).shares(from_, to)), form)


@router.get("/sources.{form}")
def sources(room: InRoom, form: str, q: Name = "") -> Response:
    """Outlets as csv or json."""
    return forms.sent(forms.source_rows(named(room.sources.value(), q)), form)


@router.get("/search.{form}")
def search(room: InRoom, form: str, q: Words = "", limit: Few = 100) -> Response:
    """Reports found by their words as csv or json."""
    return forms.sent(forms.hit_rows(hits(room.archive, q, limit, room.told_until)), form)
