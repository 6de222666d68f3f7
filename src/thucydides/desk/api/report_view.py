"""A report with its text, what was read in it and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thucydides.archive.archive import Archive
from thucydides.archive.asked import ClaimFilter
from thucydides.claims.sentences import stretches
from thucydides.desk.api.lines import Units, report_line, spans_of
from thucydides.desk.api.shapes import ClaimLine, ReportView
from thucydides.desk.delaying import delayed
from thucydides.desk.settings import Settings
from thucydides.errors import NotKept
from thucydides.incidents.origins import Provenance
from thucydides.record import Claim, Report

if TYPE_CHECKING:
    from thucydides.desk.api.room import Room


def report_told(archive: Archive, settings: Settings, id_: str) -> tuple[Report, list[Claim]]:
    """A report and its claims, as far as they may be told today."""
    from thucydides.desk.api.masks import told_until
    from thucydides.desk.delaying import today

    report = archive.recall_report(id_)
    until = told_until(today(), settings.delay_days)
    if until is not None and (report.published is None or report.published > until):
        raise NotKept(f"report {report.id!r} is kept back", remedy=f"What was seen within {settings.delay_days} days is not shown yet.")
    claims = [claim for page in archive.claims(ClaimFilter(report=report.id)) for claim in page]
    claims.sort(key=lambda claim: min((p.start for p in claim.evidence if p.field == "claim"), default=0))
    return report, [claim for claim, _ in delayed(((claim, report) for claim in claims), settings)]


def report_view(room: Room, id_: str) -> ReportView:
    """A report with everything about it."""
    archive = room.archive
    report, claims = report_told(archive, room.settings, id_)
    glance = archive.glance
    line = report_line(glance.briefs([report.id])[report.id])
    units = Units(report.text)
    homes = glance.incidents_of([claim.id for claim in claims])
    told = archive.origins([report.id]).get(report.id)
    copies = Provenance.from_json(told).copies if told else None
    around = glance.briefs([*glance.copies_of(report.id), *([copies] if copies else [])])
    if room.told_until is not None:
        around = {id_: one for id_, one in around.items() if one.published is not None and one.published <= room.told_until}
    return ReportView(
        line=line,
        text=report.text,
        sections=[(units.at(one.start), units.at(one.end), one.kind) for one in report.sections],
        notes=list(report.notes),
        claims=[ClaimLine(claim=claim, report=line, incident=homes.get(claim.id), sentence="", spans=[]) for claim in claims],
        spans=spans_of(claims, units),
        unread=[(units.at(start), units.at(end)) for start, end in unread(report, claims)],
        copies=[report_line(one) for id_, one in around.items() if id_ != copies],
        origin=report_line(around[copies]) if copies in around else None,
        has_original=room.originals.has(report),
    )


def unread(report: Report, claims: list[Claim]) -> list[tuple[int, int]]:
    """The sentences of the body that state no claim."""
    stating = sorted((p.start, p.end) for claim in claims for p in claim.evidence if p.field == "claim")
    found, at, reach = [], 0, 0
    for start, end, _, section in stretches(report):
        while at < len(stating) and stating[at][0] < end:
            reach = max(reach, stating[at][1])
            at += 1
        if section == "body" and reach <= start:
            found.append((start, end))
    return found
