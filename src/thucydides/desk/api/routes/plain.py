"""Plain pages, and originals in a frame."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from thucydides.desk.api import originals, plain
from thucydides.desk.api.answers import status_of
from thucydides.desk.api.report_view import report_told, report_view
from thucydides.desk.api.routes.asking import InRoom
from thucydides.errors import NotKept, ThucydidesError

router = APIRouter(tags=["plain pages"], default_response_class=HTMLResponse)


@router.get("/e/{id}", responses={308: {"description": "It was merged into another."}})
def incident(room: InRoom, id: str) -> Response:
    """An incident as a plain page."""
    try:
        found = room.incident(id)
        if found.id != id:
            return RedirectResponse(f"/e/{quote(found.id, safe='')}", 308)
        return _page(plain.incident_page(room.incident_view(found)))
    except ThucydidesError as error:
        return _trouble("event", id, error)


@router.get("/r/{id:anything}")
def report(room: InRoom, id: str) -> Response:
    """A report as a plain page."""
    try:
        found, claims = report_told(room.archive, room.settings, id)
        if found.id != id:
            return RedirectResponse(f"/r/{quote(found.id, safe='')}", 308)
        return _page(plain.report_page(report_view(room, id), found, claims))
    except ThucydidesError as error:
        return _trouble("report", id, error)


@router.get("/plain.css", include_in_schema=False)
def style() -> Response:
    """The style of the plain pages."""
    return Response(plain.STYLE, headers={"Cache-Control": "public, max-age=3600"}, media_type="text/css")


@router.get("/api/reports/{id:anything}/original")
def original(room: InRoom, id: str) -> Response:
    """A report as it was received, without scripts and pictures; its text where that was not kept."""
    found, _ = report_told(room.archive, room.settings, id)
    headers = {"Content-Security-Policy": originals.POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(room.originals.shown(found), headers=headers)


def _page(words: str, status: int = 200) -> Response:
    return HTMLResponse(words.encode("utf-8", "replace"), status, headers={"Content-Security-Policy": plain.POLICY})


def _trouble(noun: str, id_: str, error: ThucydidesError) -> Response:
    if isinstance(error, NotKept):
        return _page(plain.not_found_page(noun, id_, error.what, error.remedy), 404)
    return _page(plain.trouble_page(error.what, error.remedy), status_of(error))
