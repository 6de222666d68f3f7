"""Weighing: from reports with their claims to incidents, with the rosters, weights and rules of one user.

A report's claims are weighed in small steps (``accounts``, ``testimony``, ``hold``), so that an archive can take each when it wants;
``weigh`` does all of them in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thucydides.actors import Actors, Camps
from thucydides.incidents.accounts import Account, account_of, sketch_of
from thucydides.incidents.copies import fingerprint
from thucydides.incidents.grading import Grades, Roll
from thucydides.incidents.holding import hold
from thucydides.incidents.judged import Judged
from thucydides.incidents.judging import Judge
from thucydides.incidents.merging import RULES, merge
from thucydides.incidents.origins import provenances
from thucydides.incidents.parts import wholes_of
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
    camps: Camps

    @classmethod
    def load(
        cls, actors: Actors | None = None, outlets: Outlets | None = None, grades: Path | None = None, camps: Sequence[Path] = ()
    ) -> Weigher:
        """The shipped weights, with rosters and rules for grades of a user's own or the shipped ones."""
        return cls(actors or Actors.load(), outlets or shipped(), Judge.load(), Grades.load(grades), Camps.load(camps))

    @property
    def by(self) -> str:
        """What weighs: a digest of weights, rules and rosters. What another one weighed is to be weighed anew."""
        digests = (RULES, self.judge.digest, self.grades.digest, self.actors.digest, self.camps.digest)
        return hashlib.sha256(" ".join(digests).encode()).hexdigest()[:16]

    def accounts(self, report: Report, claims: Iterable[Claim]) -> list[Account]:
        """The accounts of a report's event claims; other kinds tell no event."""
        events = [claim for claim in claims if claim.kind is Kind.EVENT]
        if not events:
            return []
        sketch = sketch_of(report)
        return [account_of(claim, sketch, self.actors, len(events)) for claim in events]

    def testimony(self, claim: Claim, report: Report, origin: str | None) -> Testimony:
        """A claim with the witness whose word it is; ``origin`` is the outlet that its report's words come from."""
        witness = witness_of(claim, report, origin, self.actors, self.outlets)
        return Testimony(claim=claim, report=report, witness=witness)

    def called(self, voice: str) -> str:
        """The name of a witness or of a side, as readers know it; one that no roster knows goes by its own words."""
        sort, _, id_ = voice.partition(":")
        if sort == "outlet":
            outlet = self.outlets.by_id(id_)
            return outlet.source.name if outlet is not None else id_
        actor = self.actors.by_id.get(id_)
        return actor.name if actor is not None else id_ or voice

    def hold(self, id_: str, testimonies: Sequence[Testimony]) -> Incident:
        """The incident that testimonies make together, the fullest first."""
        return hold(id_, testimonies, Roll(self.actors, self.outlets, self.camps), self.grades)


def weigh(
    told: Iterable[Told], weigher: Weigher | None = None, judgements: Iterable[Judgement] = ()
) -> list[tuple[Incident, list[Testimony]]]:
    """All incidents of a set of reports with the testimonies for each, by day. The order of the reports makes no difference."""
    weigher = weigher or Weigher.load()
    reports = {report.id: (report, list(claims)) for report, claims in told}
    origins = provenances((fingerprint(report) for report, _ in reports.values()), weigher.outlets)
    claims = {claim.id: (claim, report) for report, of in reports.values() for claim in of}
    accounts = [account for report, of in reports.values() for account in weigher.accounts(report, of)]
    found: dict[str, tuple[Incident, list[Testimony]]] = {}
    for group in merge(accounts, weigher.judge.scores, Judged.by_people(judgements)):
        testimonies = [weigher.testimony(*claims[account.claim], origins[account.report].outlet) for account in group]
        incident = weigher.hold(incident_id(min(account.claim for account in group)), testimonies)
        found[incident.id] = (incident, testimonies)
    shelf = InMemory()
    for account in accounts:
        shelf.put(account)
    held = [(replace(one, part_of=wholes_of(one.claims, shelf)), testimonies) for one, testimonies in found.values()]
    return sorted(held, key=lambda pair: (str(pair[0].event.when and pair[0].event.when.start), pair[0].id))


def incident_id(claim: str) -> str:
    """The id of the incident that begins with a claim: its earliest-kept one, so that it stays while others join."""
    return "i" + hashlib.sha256(claim.encode()).hexdigest()[:11]
