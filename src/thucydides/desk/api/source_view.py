"""Outlets: how often each is first, copied and contradicted, and whom its words and figures favour."""

from __future__ import annotations

from collections import Counter
from datetime import date

from thucydides.actors import Actors
from thucydides.archive.archive import Archive
from thucydides.desk.api.columns import Columns
from thucydides.desk.api.masks import told_until
from thucydides.desk.api.shapes import Count, SourceLine
from thucydides.desk.api.tallies import Tallies
from thucydides.desk.delaying import today
from thucydides.desk.settings import Settings
from thucydides.incidents.origins import Provenance
from thucydides.incidents.sources import Standing

MOST_FAVOURED = 6


def source_lines(archive: Archive, columns: Columns, tallies: Tallies, settings: Settings, actors: Actors) -> list[SourceLine]:
    """All outlets that tell incidents, those with most reports first."""
    until = told_until(today(), settings.delay_days)
    copied, copies = _copied(archive, until)
    sources = archive.glance.sources()
    counts = archive.glance.reports_by_source(until)
    lines = []
    for key, one in tallies.standings(archive, columns, settings).items():
        source = sources.get(key)
        if source is None:
            continue
        lines.append(
            SourceLine(
                source=source, allies=[_name(id_, actors) for id_ in source.stands_with],
                reports=counts.get(key, 0), claims=one.claims, incidents=one.incidents, shared=one.shared,
                first=one.first, copied_from=copied[source.name], copies_others=copies[source.name], contradicted=one.disputed,
                favours=_favours(one), figures=_figures(one),
            )
        )  # fmt: skip
    return sorted(lines, key=lambda line: (-line.reports, line.source.name))


def _copied(archive: Archive, until: date | None) -> tuple[Counter[str], Counter[str]]:
    """By outlet how many reports of others have its words, and how many of its own have another's."""
    copied, copies = Counter[str](), Counter[str]()
    for _, source, line in archive.glance.origins_told(until):
        outlet = Provenance.from_json(line).outlet
        if outlet != source:
            copied[outlet] += 1
            copies[source] += 1
    return copied, copies


def _name(id_: str, actors: Actors) -> str:
    actor = actors.by_id.get(id_)
    return actor.name if actor is not None else id_


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
