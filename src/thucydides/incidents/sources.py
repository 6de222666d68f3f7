"""A report on sources: of every outlet how often it is first, copied, contradicted, and whom its words and figures favour.

Everything is a count with what it is counted of. An outlet is never given a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from thucydides.incidents.losses import likeliest, whom
from thucydides.incidents.testimony import Telling
from thucydides.record import Incident, Wording


@dataclass(slots=True)
class Standing:
    """What is counted of one outlet."""

    name: str
    kind: str | None = None
    reports: set[str] = field(default_factory=set)
    copies: set[str] = field(default_factory=set)  # of its reports, those whose words come from another outlet
    claims: int = 0
    incidents: int = 0  # that it tells
    shared: int = 0  # of these, told by other witnesses as well
    first: int = 0  # of the shared, those that it told first
    disputed: int = 0  # of the shared, those in which it takes part in a dispute
    alone: int = 0  # of the disputed, those in which nobody else tells its version
    figures: int = 0  # tolls that can be compared with what is held
    higher: int = 0
    lower: int = 0
    favours: Counter[str] = field(default_factory=Counter)  # parties that its loaded words speak for
    against: Counter[str] = field(default_factory=Counter)

    def flat(self) -> dict[str, object]:
        """The counts as one JSON object."""
        counts = ("claims", "incidents", "shared", "first", "disputed", "alone", "figures", "higher", "lower")
        return {
            "name": self.name, "kind": self.kind, "reports": len(self.reports), "copies": len(self.copies),
            **{name: getattr(self, name) for name in counts}, "favours": dict(self.favours), "against": dict(self.against),
        }  # fmt: skip


def standings(told: Iterable[tuple[Incident, Sequence[Telling]]]) -> list[Standing]:
    """What is counted of all outlets, those with most reports first."""
    found: dict[str, Standing] = {}
    for incident, testimonies in told:
        several = len(incident.witnesses) > 1
        outlets = {_outlet(t) for t in testimonies}
        earliest = min((t for t in testimonies if t.report.published), key=lambda t: t.when_told, default=None)
        for outlet in outlets:
            mine = [t for t in testimonies if _outlet(t) == outlet]
            one = found.setdefault(outlet, Standing(mine[0].report.source.name, mine[0].report.source.kind))
            one.incidents += 1
            one.shared += several
            one.first += several and earliest is not None and _outlet(earliest) == outlet
            claims = {t.claim.id for t in mine}
            versions = [v for dispute in incident.disputed for v in dispute.versions if claims & set(v.claims)]
            one.disputed += bool(versions)
            one.alone += any(len(v.witnesses) == 1 for v in versions)
            for t in mine:
                _count(one, t, incident, several)
    return sorted(found.values(), key=lambda one: (-len(one.reports), one.name))


def _outlet(testimony: Telling) -> str:
    return testimony.report.source.id or testimony.report.source.name


def _count(one: Standing, testimony: Telling, incident: Incident, several: bool) -> None:
    claim, report = testimony.claim, testimony.report
    one.reports.add(report.id)
    if report.copied_from:
        one.copies.add(report.id)
    one.claims += 1
    for word in claim.wording:
        _favour(one, word)
    held = {(losses.status, losses.whom): losses for losses in incident.losses}
    for status in ("killed", "wounded"):
        toll = getattr(testimony.event, status)
        compared = held.get((status, whom(toll))) if toll is not None else None
        if toll is not None and compared is not None and several and len(compared.witnesses) > 1:
            one.figures += 1
            one.higher += likeliest(toll) > compared.best
            one.lower += likeliest(toll) < compared.best


def _favour(one: Standing, word: Wording) -> None:
    if word.party is not None:
        (one.favours if word.sway == "for" else one.against)[word.party] += 1
