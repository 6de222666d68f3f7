"""Incidents, reports and claims on one line each, and spans as a browser counts them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from thucydides.archive.archive import Archive
from thucydides.archive.glancing import Brief
from thucydides.desk.api.shapes import ClaimLine, IncidentLine, ReportLine, Span
from thucydides.desk.highlights import ROLES
from thucydides.record import Claim, Incident, Losses, Passage

DETAIL = "detail"
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""A character that takes two units."""


class Units:
    """Offsets of a text in UTF-16 units, as browsers count, by those in code points."""

    def __init__(self, text: str) -> None:
        self._beyond = [found.start() for found in _BEYOND.finditer(text)] if not text.isascii() else []

    def at(self, offset: int) -> int:
        """The offset in UTF-16 units."""
        if not self._beyond:
            return offset
        return offset + bisect_left(self._beyond, offset)


def incident_line(incident: Incident, unit: Callable[[str], str | None]) -> IncidentLine:
    """An incident on one line. ``unit`` gives the symbol of an actor that is a unit."""
    event = incident.event
    where = next((one for one in event.where if one.lat is not None and one.lon is not None), next(iter(event.where), None))
    when = event.when
    return IncidentLine(
        id=incident.id,
        type=event.type,
        first_day=when.start if when else None,
        last_day=when.end if when else None,
        precision=when.precision if when else None,
        place=" ".join(where.name.split()) if where else None,
        place_id=where.place if where else None,
        country=next((one.country for one in event.where if one.country), None),
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        radius_km=where.radius_km if where else None,
        initiators=[party for party in event.parties if party.role == "initiator"],
        targets=[party for party in event.parties if party.role == "target"],
        killed=_numbers(incident.losses, "killed"),
        wounded=_numbers(incident.losses, "wounded"),
        arms=list(dict.fromkeys(" ".join(use.name.split()) for use in event.arms)),
        grade=incident.grade.incident,
        admiralty=incident.grade.admiralty,
        witnesses=len(incident.witnesses),
        reports=len(incident.reports),
        disputed=[dispute.field for dispute in incident.disputed],
        units={party.actor: symbol for party in event.parties if party.actor and (symbol := unit(party.actor)) is not None},
    )


def _numbers(losses: Iterable[Losses], status: str) -> tuple[int, int, int] | None:
    """Lowest, likeliest and highest of the largest group that is told, never a sum."""
    told = [one for one in losses if one.status == status]
    most = max(told, key=lambda one: one.best, default=None)
    return (most.low, most.best, most.high) if most is not None else None


def report_line(brief: Brief) -> ReportLine:
    """A report on one line."""
    return ReportLine(
        id=brief.id, title=brief.title, source=brief.source, published=brief.published, language=brief.language, url=brief.url,
        claims=brief.claims, copied_from=list(brief.copied_from),
    )  # fmt: skip


def spans_of(claims: Iterable[Claim], units: Units) -> list[Span]:
    """The passages of claims, sorted."""
    found = [
        Span(
            claim=claim.id, field=p.field, role=ROLES.get(p.field, DETAIL), start=p.start, end=p.end,
            from_unit=units.at(p.start), to_unit=units.at(p.end), words=p.words,
        )
        for claim in claims
        for p in claim.evidence
    ]  # fmt: skip
    return sorted(found, key=lambda span: (span.start, -span.end, span.claim, span.field))


def claim_line(claim: Claim, line: ReportLine, incident: str | None) -> ClaimLine:
    """A claim with the sentence that states it."""
    stating = next((p for p in claim.evidence if p.field == "claim"), None)
    if stating is None:
        return ClaimLine(claim=claim, report=line, incident=incident, sentence="", spans=[])
    return ClaimLine(claim=claim, report=line, incident=incident, sentence=stating.words, spans=_within(claim, stating))


def _within(claim: Claim, sentence: Passage) -> list[Span]:
    """The passages of a claim that lie in one of its sentences, counted from its beginning."""
    inside = [
        replace(p, start=p.start - sentence.start, end=p.end - sentence.start)
        for p in claim.evidence
        if p.start >= sentence.start and p.end <= sentence.end
    ]
    return spans_of([replace(claim, evidence=tuple(inside))], Units(sentence.words))


def claim_lines(archive: Archive, claims: Sequence[Claim], incidents: Mapping[str, str] | None = None) -> list[ClaimLine]:
    """Claims with their reports and incidents. Those whose report is gone by now are left out."""
    glance = archive.glance
    briefs = glance.briefs({claim.report for claim in claims})
    homes = glance.incidents_of([claim.id for claim in claims]) if incidents is None else incidents
    return [claim_line(claim, report_line(briefs[claim.report]), homes.get(claim.id)) for claim in claims if claim.report in briefs]
