"""Origins: where the words of a report come from, kept up one report at a time.

The origin is the outlet that a report itself credits; where it credits none, the origin of the earliest report that it copies; else its
own publisher. So a wire story is one voice in whatever paper it stands, and the order in which papers arrive makes no difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thucydides.incidents.copies import Fingerprint, copied, credited, may_be_copies, order
from thucydides.incidents.reposts import Reposts
from thucydides.reports.outlets import Outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a report's words come from: the outlet, and the earliest report that it copies."""

    outlet: str
    copies: str | None = None  # id of a report
    since: tuple[str, str] | None = None  # day and id of that report: who copies several is tied to the earliest

    def to_json(self) -> str:
        """One line that ``from_json`` reads."""
        return json.dumps([self.outlet, self.copies, self.since], ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Provenance:
        """The provenance that ``to_json`` wrote."""
        outlet, copies, since = json.loads(line)
        return cls(outlet=outlet, copies=copies, since=tuple(since) if since else None)


def provenance(print_: Fingerprint, near: Iterable[Fingerprint], known: Mapping[str, Provenance], outlets: Outlets) -> Provenance:
    """Where a report's words come from. ``near`` are reports that share a key with it, ``known`` is what is known of those."""
    earlier = (one for one in sorted(near, key=order) if order(one) < order(print_) and one_copies(one, print_))
    return _tied(print_, next(earlier, None), known, outlets)


def _tied(print_: Fingerprint, first: Fingerprint | None, known: Mapping[str, Provenance], outlets: Outlets) -> Provenance:
    own = credited(print_, outlets)
    if first is None:
        return Provenance(outlet=own or print_.outlet)
    before = known.get(first.report)
    outlet = own or (before.outlet if before else credited(first, outlets) or first.outlet)
    return Provenance(outlet=outlet, copies=first.report, since=_since(first))


def later_copies(print_: Fingerprint, near: Iterable[Fingerprint], known: Mapping[str, Provenance]) -> list[Fingerprint]:
    """The reports that copy this one and no earlier one: their provenance is to be found anew."""
    found = []
    for later in near:
        before = known.get(later.report)
        tied_earlier = before is not None and before.since is not None and before.since <= _since(print_)
        if order(later) > order(print_) and not tied_earlier and one_copies(print_, later):
            found.append(later)
    return found


def one_copies(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two reports stand in one another; equal words need no look."""
    if one.words and one.words == other.words and one.language == other.language:
        return True
    return may_be_copies(one, other) and copied(one, other) is not None


def provenances(prints: Iterable[Fingerprint], outlets: Outlets) -> dict[str, Provenance]:
    """Where the words of many reports come from, by report."""
    reposts, found = Reposts(), dict[str, Provenance]()
    by_report = {print_.report: print_ for print_ in prints}
    for print_ in by_report.values():
        reposts.add(print_)
    for print_ in sorted(by_report.values(), key=order):  # in this order a report stands behind all that it copies
        tie = reposts.tie(print_.report)
        first = None if tie is None else by_report[tie.first]
        found[print_.report] = _tied(print_, first, found, outlets)
    return found


def _since(print_: Fingerprint) -> tuple[str, str]:
    day, id_ = order(print_)
    return day.isoformat(), id_
