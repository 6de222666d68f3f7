"""Claims in the order of their days, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thucydides.archive.archive import Archive
from thucydides.archive.asked import ClaimFilter
from thucydides.desk.api.cursors import cursor_of, place_of
from thucydides.desk.api.lines import claim_lines
from thucydides.desk.api.shapes import ClaimLine, Page
from thucydides.desk.delaying import delayed
from thucydides.desk.settings import Settings
from thucydides.record import Claim, Report


def claim_page(
    archive: Archive, settings: Settings, asked: ClaimFilter, limit: int, after: str | None, incident: str | None = None
) -> Page[ClaimLine]:
    """A page of the claims asked for, or of those of an incident."""
    if incident is not None:
        return _of_incident(archive, settings, incident, limit, after)
    behind = str(place_of(after, 1)[0]) if after else None
    found: list[Claim] = []
    for claim, _ in told(archive, settings, replace(asked, after=behind)):
        found.append(claim)
        if len(found) > limit:
            break
    page = found[:limit]
    more = cursor_of(page[-1].id) if len(found) > limit else None
    return Page(items=claim_lines(archive, page), total=archive.count(asked), next=more)


def told(archive: Archive, settings: Settings, asked: ClaimFilter) -> Iterator[tuple[Claim, Report]]:
    """Claims asked for that may be told today, with their reports."""
    return delayed(archive.claims_with_reports(asked), settings)


def _of_incident(archive: Archive, settings: Settings, incident: str, limit: int, after: str | None) -> Page[ClaimLine]:
    ids = archive.recall_incident(incident).claims
    start = int(place_of(after, 1)[0] or 0) if after else 0
    claims = archive.glance.claims(ids[start : start + limit])
    more = cursor_of(start + limit) if start + limit < len(ids) else None
    return Page(items=claim_lines(archive, claims), total=len(ids), next=more)
