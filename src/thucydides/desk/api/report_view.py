"""A report with its text, what was read in it and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thucydides.archive.archive import Archive
from thucydides.archive.glancing import Words
from thucydides.claims.sentences import stretches
from thucydides.desk.api.lines import DETAIL, Units, report_line
from thucydides.desk.api.masks import told_until
from thucydides.desk.api.shapes import ClaimLine, Page, ReportView
from thucydides.desk.delaying import delayed, today
from thucydides.desk.highlights import ROLES, wraps
from thucydides.desk.settings import Settings
from thucydides.errors import NotKept
from thucydides.incidents.origins import Provenance
from thucydides.record import Claim, Report

if TYPE_CHECKING:
    from thucydides.desk.api.room import Room


def report_view(room: Room, id_: str, claims: int | None = None) -> ReportView:
    """A report with everything about it, and so many of its claims, else all."""
    archive = room.archive
    report = report_found(archive, room.settings, id_)
    glance = archive.glance
    units = Units(report.text)
    words = words_told(archive, room.settings, report)
    ids = as_stated(words)
    told = archive.origins([report.id]).get(report.id)
    copies = Provenance.from_json(told).copies if told else None
    around = glance.briefs([*glance.copies_of(report.id), *([copies] if copies else [])])
    if room.told_until is not None:
        around = {id_: one for id_, one in around.items() if one.published is not None and one.published <= room.told_until}
    return ReportView(
        line=report_line(glance.briefs([report.id])[report.id]),
        text=report.text,
        sections=[(units.at(one.start), units.at(one.end), one.kind) for one in report.sections],
        wraps=[units.at(one) for one in wraps(report)],
        notes=list(report.notes),
        ids=ids,
        claims=claims_stated(archive, ids[:claims]),
        spans=_spans(words, ids, units),
        roles={field: ROLES.get(field, DETAIL) for field in {field for _, field, _, _ in words}},
        copies=[report_line(one) for id_, one in around.items() if id_ != copies],
        origin=report_line(around[copies]) if copies in around else None,
        has_original=room.originals.has(report),
    )


def claims_of_report(room: Room, id_: str, skip: int, limit: int) -> Page[ClaimLine]:
    """Some of the claims of a report in the order in which they are stated, without their sentences."""
    report = report_found(room.archive, room.settings, id_)
    ids = as_stated(words_told(room.archive, room.settings, report))
    return Page(items=claims_stated(room.archive, ids[skip : skip + limit]), total=len(ids))


def unread_of_report(room: Room, id_: str) -> list[tuple[int, int]]:
    """Where the sentences of a report's body stand that state no claim, in UTF-16 units."""
    report = report_found(room.archive, room.settings, id_)
    units = Units(report.text)
    return [(units.at(start), units.at(end)) for start, end in unread(report, words_told(room.archive, room.settings, report))]


def report_found(archive: Archive, settings: Settings, id_: str) -> Report:
    """A report, if it may be told today."""
    report = archive.recall_report(id_)
    until = told_until(today(), settings.delay_days)
    if until is not None and (report.published is None or report.published > until):
        raise NotKept(f"report {report.id!r} is kept back", remedy=f"What was seen within {settings.delay_days} days is not shown yet.")
    return report


def report_told(archive: Archive, settings: Settings, id_: str) -> tuple[Report, list[Claim]]:
    """A report and its claims in the order in which they are stated, as far as they may be told today."""
    report = report_found(archive, settings, id_)
    return report, archive.glance.claims(as_stated(words_told(archive, settings, report)))


def words_told(archive: Archive, settings: Settings, report: Report) -> list[Words]:
    """The passages of a report's claims, as far as these may be told today."""
    words = archive.glance.words_of_report(report.id)
    if not settings.delay_days:
        return words
    claims = archive.glance.claims(list(dict.fromkeys(claim for claim, *_ in words)))
    kept = {claim.id for claim, _ in delayed(((claim, report) for claim in claims), settings)}
    return [one for one in words if one[0] in kept]


def as_stated(words: Sequence[Words]) -> list[str]:
    """The claims that passages belong to, by where they are first stated; those that no sentence states come first."""
    begins: dict[str, int] = {}
    for claim, field, start, _ in words:
        if field == "claim":
            begins[claim] = min(start, begins.get(claim, start))
    return sorted(dict.fromkeys(claim for claim, *_ in words), key=lambda claim: begins.get(claim, 0))


def claims_stated(archive: Archive, ids: Sequence[str]) -> list[ClaimLine]:
    """Claims of one report on a line each, without the words that stand in its text."""
    claims, homes = archive.glance.claims(ids), archive.glance.incidents_of(ids)
    lines = {id_: report_line(one) for id_, one in archive.glance.briefs({claim.report for claim in claims}).items()}
    return [
        ClaimLine(claim=claim, report=lines[claim.report], incident=homes.get(claim.id), sentence="", spans=[])
        for claim in claims
        if claim.report in lines
    ]


def _spans(words: Sequence[Words], ids: Sequence[str], units: Units) -> list[tuple[int, int, int, str]]:
    numbers = {claim: number for number, claim in enumerate(ids)}
    found = [(units.at(start), units.at(end), numbers[claim], field) for claim, field, start, end in words]
    return sorted(found, key=lambda span: (span[0], -span[1], span[2], span[3]))


def unread(report: Report, words: Sequence[Words]) -> list[tuple[int, int]]:
    """The sentences of the body that state no claim."""
    stating = sorted((start, end) for _, field, start, end in words if field == "claim")
    found, at, reach = [], 0, 0
    for start, end, _, section in stretches(report):
        while at < len(stating) and stating[at][0] < end:
            reach = max(reach, stating[at][1])
            at += 1
        if section == "body" and reach <= start:
            found.append((start, end))
    return found
