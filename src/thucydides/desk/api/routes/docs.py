"""The API's documentation, and why a claim says what it says."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from thucydides.desk.api import plain
from thucydides.desk.api.answers import answer
from thucydides.desk.api.api_docs import docs_page
from thucydides.desk.api.report_view import report_told
from thucydides.desk.api.routes.asking import FAULTS, InRoom
from thucydides.desk.why import flat, why

router = APIRouter(prefix="/api", responses=FAULTS)


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """The documentation as a page."""
    return HTMLResponse(docs_page(request.app.openapi()), headers={"Content-Security-Policy": plain.POLICY})


@router.get("/claims/{id}/why", tags=["claims"], response_model=dict[str, Any])
def account(room: InRoom, id: str) -> Response:
    """Why a claim says what it says: its report is coded again, and every answer that was weighed is told. As `thuc explain --json`."""
    claim = room.archive.recall_claim(id)
    report, _ = report_told(room.archive, room.settings, claim.report)
    with room.coding:
        found, hints = why(claim, report, room.chronicler.coder, room.settings.data / "rosters")
    return answer(flat(claim, report, found, hints), dict[str, Any])
