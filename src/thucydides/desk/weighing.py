"""Weighing what the archive holds, with a user's own rosters and rules, and recalling what stands behind an incident."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thucydides.archive import Archive
    from thucydides.desk.settings import Settings
    from thucydides.incidents import Testimony, Weigher
    from thucydides.record import Incident


def weigher(settings: Settings) -> Weigher:
    """All that weighing needs, with this user's tables."""
    from thucydides.actors import Actors
    from thucydides.incidents import Weigher
    from thucydides.reports import Outlets

    return Weigher.load(Actors.load(settings.roster("actors")), Outlets.load(*settings.roster("outlets")), settings.grades, settings.camps)


@contextmanager
def weighed(settings: Settings) -> Iterator[tuple[Archive, Weigher]]:
    """The archive with everything in it weighed."""
    from thucydides.desk.opening import recalled

    with recalled(settings) as archive:
        scale = weigher(settings)
        catch_up(archive, scale)
        yield archive, scale


def catch_up(archive: Archive, scale: Weigher) -> int:
    """Weighs what is unweighed, with a bar where that takes long; how many incidents are new or changed."""
    from thucydides.chronicle import LARGE_TURN, MANY, PROCESSES, TURN, weigh
    from thucydides.desk.console import progress

    with archive.weighing(scale.by):
        pass  # what was weighed with other weights, rules or rosters is let go, to be weighed anew
    left = archive.count_unweighed()
    if not left:
        return 0
    changed: set[str] = set()
    with progress("weighing", left) as bar:
        for turn in weigh(archive, scale, turn=LARGE_TURN if left > MANY else TURN, processes=PROCESSES):
            changed.update(turn.incidents)
            bar.advance(bar.task_ids[0], turn.claims)
    return len(changed)


def testimonies_of(archive: Archive, scale: Weigher, incident: Incident) -> list[Testimony]:
    """The claims of an incident with their reports and witnesses, the fullest first."""
    from thucydides.incidents.origins import Provenance

    claims = [archive.recall_claim(id_) for id_ in incident.claims]
    reports = {id_: archive.recall_report(id_) for id_ in incident.reports}
    outlets = {id_: Provenance.from_json(line).outlet for id_, line in archive.origins(reports).items()}
    return [scale.testimony(claim, reports[claim.report], outlets.get(claim.report)) for claim in claims]
