"""An incident with everything behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from thucydides.archive.archive import Archive
from thucydides.desk.api.lines import claim_lines, incident_line, report_line
from thucydides.desk.api.shapes import Change, ClaimLine, IncidentView, Origin, ReportLine
from thucydides.incidents.origins import Provenance
from thucydides.incidents.weigher import Weigher
from thucydides.record import Incident, Witness


def incident_view(
    archive: Archive, scale: Weigher, incident: Incident, parts: Sequence[str], unit: Callable[[str], str | None]
) -> IncidentView:
    """An incident with the voices that tell it, one column each, what it sums up and is a part of, and how it came to be."""
    told = claim_lines(archive, archive.glance.claims(incident.claims), dict.fromkeys(incident.claims, incident.id))
    return IncidentView(
        incident=incident,
        line=incident_line(incident, unit),
        origins=_origins(archive, scale, told),
        wholes=[incident_line(one, unit) for one in archive.glance.incidents(_homes(archive, incident.part_of, incident.id))],
        parts=[incident_line(one, unit) for one in archive.glance.incidents(parts)],
        history=_history(archive, incident, told),
    )


def _homes(archive: Archive, claims: tuple[str, ...], but: str) -> list[str]:
    homes = archive.glance.incidents_of(claims)
    return [id_ for id_ in dict.fromkeys(homes[claim] for claim in claims if claim in homes) if id_ != but]


def _origins(archive: Archive, scale: Weigher, told: list[ClaimLine]) -> list[Origin]:
    """The claims by the voice that they come from, the voice of most claims first; copies of a report stand beside it."""
    reports = {line.report.id: archive.recall_report(line.report.id) for line in told}
    origins = {id_: Provenance.from_json(line) for id_, line in archive.origins(reports).items()}
    found: dict[str, tuple[Witness, list[ClaimLine]]] = {}
    for line in told:
        provenance = origins.get(line.report.id)
        outlet = provenance.outlet if provenance is not None else None
        witness = scale.testimony(line.claim, reports[line.report.id], outlet).witness
        found.setdefault(witness.voice, (witness, []))[1].append(line)
    return [
        Origin(witness=witness, claims=lines, repeated_by=_repeating(lines))
        for witness, lines in sorted(found.values(), key=lambda one: -len(one[1]))
    ]


def _repeating(lines: list[ClaimLine]) -> list[ReportLine]:
    """The reports behind the first one that tell the same voice's words again."""
    reports = {line.report.id: line.report for line in sorted(lines, key=lambda one: str(one.report.published or ""))}
    return list(reports.values())[1:]


def _history(archive: Archive, incident: Incident, told: list[ClaimLine]) -> list[Change]:
    """What happened to it, the earliest first: reports that tell it by their day, and judgements."""
    changes = []
    for report in archive.glance.briefs(incident.reports).values():
        line = report_line(report)
        first = next((one.claim.id for one in told if one.report.id == line.id), None)
        what = f"{line.source.name or 'A report'} tells it"
        changes.append(Change(at=report.published or report.retrieved, what=what, report=line.id, claim=first))
    for judgement in archive.glance.judgements_of(set(incident.claims)):
        why = f": {'; '.join(judgement.reasons)}" if judgement.reasons else ""
        what = f"{judgement.by or 'Somebody'} judged two claims {judgement.verdict}{why}"
        changes.append(Change(at=judgement.at, what=what, claim=judgement.one))
    return sorted(changes, key=lambda one: (one.at is not None, _moment(one)))


def _moment(change: Change) -> str:
    return change.at.isoformat() if isinstance(change.at, datetime) else str(change.at or "")
