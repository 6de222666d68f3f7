"""Claims in the order of their days, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from thucydides.archive.archive import Archive
from thucydides.archive.asked import ClaimFilter
from thucydides.desk.api.cursors import cursor_of, place_of
from thucydides.desk.api.lines import claim_lines
from thucydides.desk.api.shapes import ClaimLine, Page
from thucydides.desk.delaying import delayed
from thucydides.desk.settings import Settings
from thucydides.errors import BadSetting, NotKept
from thucydides.record import Claim, Report

if TYPE_CHECKING:
    from thucydides.desk.api.room import Room


def claim_page(room: Room, asked: ClaimFilter, limit: int, after: str | None) -> Page[ClaimLine]:
    """A page of the claims asked for."""
    behind = str(place_of(after, 1)[0]) if after else None
    found: list[Claim] = []
    for claim, _ in told(room.archive, room.settings, replace(asked, after=behind)):
        found.append(claim)
        if len(found) > limit:
            break
    more = cursor_of(found[limit - 1].id) if len(found) > limit else None
    return Page(items=claim_lines(room.archive, found[:limit]), total=room.archive.count(_told_by_now(room, asked)), next=more)


def _told_by_now(room: Room, asked: ClaimFilter) -> ClaimFilter:
    """The same filter without the days that are kept back."""
    until = room.told_until
    return asked if until is None else replace(asked, until=min(filter(None, (asked.until, until))))


def claims_of_incident(room: Room, incident: str, limit: int, after: str | None) -> Page[ClaimLine]:
    """A page of the claims of an incident, the fullest first."""
    claims = [claim for claim, _ in room.told_of_incident(incident)]
    start = place_of(after, 1)[0] if after else 0
    if not isinstance(start, int):
        raise BadSetting(f"after={str(after)[:40]!r} is of another list", remedy="Keep the filters while paging, or begin anew.")
    more = cursor_of(start + limit) if start + limit < len(claims) else None
    return Page(items=claim_lines(room.archive, claims[start : start + limit]), total=len(claims), next=more)


def claims_named(room: Room, ids: Sequence[str]) -> Page[ClaimLine]:
    """The claims of some ids in that order, as far as they are kept and may be told today."""
    found: list[tuple[Claim, Report]] = []
    for id_ in ids:
        with suppress(NotKept):
            claim = room.archive.recall_claim(id_)
            found.append((claim, room.archive.recall_report(claim.report)))
    lines = claim_lines(room.archive, [claim for claim, _ in delayed(found, room.settings)])
    return Page(items=lines, total=len(lines))


def told(archive: Archive, settings: Settings, asked: ClaimFilter) -> Iterator[tuple[Claim, Report]]:
    """Claims asked for that may be told today, with their reports."""
    return delayed(archive.claims_with_reports(asked), settings)
