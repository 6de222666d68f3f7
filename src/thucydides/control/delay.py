"""Keeping back what was seen too lately to be told: nothing here is to serve as a live picture of anybody.

A claim was *seen* on the last day that its words allow; where they leave that open, on the day its report appeared, else on the day it
was received. What has no day at all is kept back as well, because nothing says that it is old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from thucydides.record import Claim, Plan, Report


def seen_on(claim: Claim, report: Report) -> date | None:
    """The last day on which what a claim tells was seen."""
    said = claim.says.event if isinstance(claim.says, Plan) else claim.says
    if said.when is not None and said.when.end is not None:
        return said.when.end
    return report.published or (report.retrieved.date() if report.retrieved else None)


def told_by(told: Iterable[tuple[Claim, Report]], today: date, delay_days: int) -> Iterator[tuple[Claim, Report]]:
    """The claims that are older than a delay; all of them where it is 0."""
    if delay_days <= 0:
        yield from told
        return
    last = today - timedelta(days=delay_days)
    for claim, report in told:
        seen = seen_on(claim, report)
        if seen is not None and seen <= last:
            yield claim, report
