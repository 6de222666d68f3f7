"""Outlets: how often each is first, copied and contradicted, and whom its words and figures favour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from thucydides.archive.archive import Archive
from thucydides.desk.api.masks import told_until
from thucydides.desk.api.shapes import Count, SourceLine
from thucydides.desk.delaying import delayed, today
from thucydides.desk.settings import Settings
from thucydides.incidents.origins import Provenance
from thucydides.incidents.sources import Standing, standings
from thucydides.incidents.testimony import Testimony
from thucydides.incidents.weigher import Weigher
from thucydides.record import Incident

TOGETHER = 200
MOST_FAVOURED = 6


def source_lines(archive: Archive, scale: Weigher, settings: Settings) -> list[SourceLine]:
    """All outlets that tell incidents, those with most reports first."""
    found = standings(_testimonies(archive, scale, settings))
    until = told_until(today(), settings.delay_days)
    copied, copies = _copied(archive, until)
    some = {min(one.reports): one for one in found}
    sources = {some[id_].name: brief.source for id_, brief in archive.glance.briefs(list(some)).items()}
    counts = archive.glance.reports_by_source(until)
    lines = []
    for one in found:
        source = sources.get(one.name)
        if source is None:
            continue
        key = source.id or source.name
        lines.append(
            SourceLine(
                source=source, reports=counts.get(key, len(one.reports)), claims=one.claims, incidents=one.incidents, shared=one.shared,
                first=one.first, copied_from=copied[source.name], copies_others=copies[source.name], contradicted=one.disputed,
                favours=_favours(one), figures=_figures(one),
            )
        )  # fmt: skip
    return sorted(lines, key=lambda line: (-line.reports, line.source.name))


def _testimonies(archive: Archive, scale: Weigher, settings: Settings) -> Iterator[tuple[Incident, list[Testimony]]]:
    """Incidents with the claims that tell them, as far as these may be told."""
    together: list[Incident] = []
    for page in archive.incidents(page=TOGETHER):
        together = list(page)
        claims = {claim.id: claim for claim in archive.glance.claims([id_ for one in together for id_ in one.claims])}
        reports = {report.id: report for report in archive.glance.reports({claim.report for claim in claims.values()})}
        outlets = {id_: Provenance.from_json(line).outlet for id_, line in archive.origins(reports).items()}
        for incident in together:
            told = [
                (claims[id_], reports[claims[id_].report]) for id_ in incident.claims if id_ in claims and claims[id_].report in reports
            ]
            testimonies = [scale.testimony(claim, report, outlets.get(report.id)) for claim, report in delayed(told, settings)]
            if testimonies:
                yield incident, testimonies


def _copied(archive: Archive, until: date | None) -> tuple[Counter[str], Counter[str]]:
    """By outlet how many reports of others have its words, and how many of its own have another's."""
    copied, copies = Counter[str](), Counter[str]()
    for _, source, line in archive.glance.origins_told(until):
        outlet = Provenance.from_json(line).outlet
        if outlet != source:
            copied[outlet] += 1
            copies[source] += 1
    return copied, copies


def _favours(one: Standing) -> list[Count]:
    """Whom its loaded words speak for, less those that speak against him."""
    names = {**one.favours, **one.against}
    told = ((name, one.favours[name] - one.against[name]) for name in names)
    ordered = sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))
    return [Count(value=name, label=name, count=n) for name, n in ordered if n][:MOST_FAVOURED]


def _figures(one: Standing) -> str:
    """What its figures are like beside those that are held, in words."""
    if not one.figures:
        return ""
    return f"of {one.figures} figures {one.higher} are higher and {one.lower} lower than what is held"
