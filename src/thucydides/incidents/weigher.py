"""Weighing: from reports with their claims to incidents, with the rosters, weights and rules of one user.

A report's claims are weighed in small steps (``accounts``, ``testimony``, ``hold``), so that an archive can take each when it wants;
``weigh`` does all of them in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from thucydides.actors import Actors
from thucydides.incidents.accounts import Account, account_of, sketch_of
from thucydides.incidents.copies import Origin, fingerprint, origin_of
from thucydides.incidents.grading import Grades, Roll
from thucydides.incidents.holding import hold
from thucydides.incidents.judging import Judge
from thucydides.incidents.merging import Judged, merge
from thucydides.incidents.parts import sums_up
from thucydides.incidents.reposts import Reposts
from thucydides.incidents.shelf import InMemory
from thucydides.incidents.testimony import Testimony
from thucydides.incidents.witnesses import witness_of
from thucydides.record import Claim, Incident, Judgement, Kind, Report
from thucydides.reports.outlets import Outlets, shipped

Told = tuple[Report, Sequence[Claim]]
"""A report with what its newest coding found in it."""


@dataclass(frozen=True, slots=True)
class Weigher:
    """All that weighing needs: loaded once a run."""

    actors: Actors
    outlets: Outlets
    judge: Judge
    grades: Grades

    @classmethod
    def load(cls) -> Weigher:
        """The shipped rosters, weights and rules."""
        return cls(Actors.load(), shipped(), Judge.load(), Grades.load())

    def accounts(self, report: Report, claims: Iterable[Claim]) -> list[Account]:
        """The accounts of a report's event claims; other kinds tell no event."""
        events = [claim for claim in claims if claim.kind is Kind.EVENT]
        if not events:
            return []
        sketch = sketch_of(report)
        return [account_of(claim, sketch, self.actors, len(events)) for claim in events]

    def testimony(self, claim: Claim, report: Report, origin: Origin | None) -> Testimony:
        """A claim with the witness whose word it is; ``origin`` is where its report's words come from."""
        witness = witness_of(claim, report, origin, self.actors, self.outlets)
        return Testimony(claim=claim, report=report, witness=witness)

    def hold(self, id_: str, testimonies: Sequence[Testimony]) -> Incident:
        """The incident that testimonies make together, the fullest first."""
        return hold(id_, testimonies, Roll(self.actors, self.outlets), self.grades)


def weigh(
    told: Iterable[Told], weigher: Weigher | None = None, judgements: Iterable[Judgement] = ()
) -> list[tuple[Incident, list[Testimony]]]:
    """All incidents of a set of reports with the testimonies for each, by day. The order of the reports makes no difference."""
    weigher = weigher or Weigher.load()
    reports = {report.id: (report, list(claims)) for report, claims in told}
    origins = origins_of((report for report, _ in reports.values()), weigher.outlets)
    claims = {claim.id: (claim, report) for report, of in reports.values() for claim in of}
    accounts = [account for report, of in reports.values() for account in weigher.accounts(report, of)]
    found: dict[str, tuple[Incident, list[Testimony]]] = {}
    home: dict[str, str] = {}
    for group in merge(accounts, weigher.judge.score, Judged.by_people(judgements)):
        testimonies = [weigher.testimony(*claims[account.claim], origins.get(account.report)) for account in group]
        incident = weigher.hold(incident_id(min(account.claim for account in group)), testimonies)
        found[incident.id] = (incident, testimonies)
        home.update({account.claim: incident.id for account in group})
    wholes = wholes_of(accounts, home)
    held = [(replace(one, part_of=tuple(sorted(wholes.get(one.id, ())))), testimonies) for one, testimonies in found.values()]
    return sorted(held, key=lambda pair: (str(pair[0].event.when and pair[0].event.when.start), pair[0].id))


def incident_id(claim: str) -> str:
    """The id of the incident that begins with a claim: its earliest-kept one, so that it stays while others join."""
    return "i" + hashlib.sha256(claim.encode()).hexdigest()[:11]


def origins_of(reports: Iterable[Report], outlets: Outlets) -> dict[str, Origin]:
    """Where the words of every report come from that is a copy, or credits an outlet."""
    prints = {report.id: fingerprint(report) for report in reports}
    reposts = Reposts()
    for print_ in prints.values():
        reposts.add(print_)
    return {
        id_: origin_of(prints[id_], [prints[other] for other in copies], outlets) for copies in reposts.sets().values() for id_ in copies
    }


def wholes_of(accounts: Sequence[Account], home: Mapping[str, str]) -> dict[str, set[str]]:
    """By incident the incidents that sum it up."""
    shelf, found = InMemory(), dict[str, set[str]]()
    for account in accounts:
        shelf.put(account)
    for account in accounts:
        for other in shelf.near(account):
            if home[other.claim] != home[account.claim] and sums_up(other, account):
                found.setdefault(home[account.claim], set()).add(home[other.claim])
    return found
