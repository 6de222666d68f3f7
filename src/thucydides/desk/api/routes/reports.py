"""Reports and claims."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from thucydides.archive.asked import ClaimFilter
from thucydides.archive.glancing import ReportsAsked
from thucydides.desk.api.answers import answer
from thucydides.desk.api.asked import box_of
from thucydides.desk.api.claim_pages import claim_page, claims_named, claims_of_incident
from thucydides.desk.api.cursors import cursor_of, place_of
from thucydides.desk.api.lines import report_line
from thucydides.desk.api.report_view import claims_of_report, report_view, unread_of_report
from thucydides.desk.api.routes.asking import FAULTS, After, InRoom, Limit
from thucydides.desk.api.shapes import ClaimLine, Page, ReportLine, ReportView
from thucydides.record import Kind

router = APIRouter(prefix="/api", responses=FAULTS)
First = Annotated[date | None, Query(alias="from", description="First day.")]
Last = Annotated[date | None, Query(description="Last day.")]


def reports_asked(room: InRoom, q: str | None = None, source: str | None = None, from_: First = None, to: Last = None) -> ReportsAsked:
    """The filter of reports: words of their text or title, their outlet, days of publication."""
    until = min(filter(None, (to, room.told_until)), default=None)
    return ReportsAsked(words=q or None, source=source or None, since=from_, until=until)


def claims_asked(
    q: str | None = None, kind: Kind | None = None, type: str | None = None, report: str | None = None, actor: str | None = None,
    role: str | None = None, place: str | None = None, country: str | None = None, arm: str | None = None, source: str | None = None,
    from_: First = None, to: Last = None, box: str | None = None, least: Annotated[float | None, Query(ge=0, le=1)] = None,
) -> ClaimFilter:  # fmt: skip
    """The filter of claims: what one claim must meet."""
    return ClaimFilter(
        words=q or None, kind=kind, type=type or None, report=report or None, actor=actor or None, role=role or None, place=place or None,
        country=country or None, arm=arm or None, source=source or None, since=from_, until=to, bbox=box_of(box) if box else None,
        min_confidence=least,
    )  # fmt: skip


Named = Annotated[tuple[str, ...], Query(description="Ids of claims, which alone are told.", max_length=100)]
Skip = Annotated[int, Query(description="How many before them are left out.", ge=0)]
ReportsWanted = Annotated[ReportsAsked, Depends(reports_asked)]
ClaimsWanted = Annotated[ClaimFilter, Depends(claims_asked)]


@router.get("/reports", response_model=Page[ReportLine], tags=["reports"])
def reports(room: InRoom, asked: ReportsWanted, limit: Limit = 50, after: After = None) -> Response:
    """Reports, the newest first."""
    glance = room.archive.glance
    behind = None
    if after:
        day, number = place_of(after, 2)
        behind = (date.fromisoformat(day) if isinstance(day, str) else None, int(number or 0))
    page, last = glance.brief_page(asked, behind, limit)
    following = cursor_of(last[0].isoformat() if last[0] else None, last[1]) if last is not None else None
    told = Page(items=[report_line(one) for one in page], total=glance.count_briefs(asked), next=following)
    return answer(told, Page[ReportLine])


@router.get("/reports/{id:anything}/claims", response_model=Page[ClaimLine], tags=["reports"])
def claims_in_order(room: InRoom, id: str, skip: Skip = 0, limit: Limit = 50) -> Response:
    """The claims of a report in the order in which they are stated, without their sentences."""
    return answer(claims_of_report(room, id, skip, limit), Page[ClaimLine])


@router.get("/reports/{id:anything}/unread", response_model=list[tuple[int, int]], tags=["reports"])
def unread(room: InRoom, id: str) -> Response:
    """Where the sentences of a report stand that state no claim: first and last of each, in UTF-16 units of its text."""
    return answer(unread_of_report(room, id), list[tuple[int, int]])


@router.get("/reports/{id:anything}", response_model=ReportView, tags=["reports"])
def report(
    room: InRoom, id: str, claims: Annotated[int | None, Query(description="How many of its claims come along, else all.", ge=0)] = None
) -> Response:
    """A report with its text and the words behind every claim."""
    return answer(report_view(room, id, claims), ReportView)


@router.get("/claims", response_model=Page[ClaimLine], tags=["claims"])
def claims(
    room: InRoom, asked: ClaimsWanted, incident: str | None = None, id: Named = (), limit: Limit = 50, after: After = None
) -> Response:
    """Claims, by day; those of an incident the fullest first; those named by their ids in that order."""
    if id:
        return answer(claims_named(room, id), Page[ClaimLine])
    if incident is not None:
        return answer(claims_of_incident(room, incident, limit, after), Page[ClaimLine])
    return answer(claim_page(room, room.with_kin(asked), limit, after), Page[ClaimLine])
