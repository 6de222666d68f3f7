"""Keeping back what was seen too lately to be told: nothing here is to serve as a live picture of anybody.

A claim was *seen* on the last day that its words allow; where they leave that open, on the day its report appeared, else on the day it
was received. What has no day at all is kept back as well, because nothing says that it is old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from thucydides.record import Claim, Plan


class Dated(Protocol):
    """What must be known of a report to know when it was seen: a report without its text will do."""

    @property
    def published(self) -> date | None: ...
    @property
    def retrieved(self) -> date | None: ...


R = TypeVar("R", bound=Dated)


def seen_on(claim: Claim, report: Dated) -> date | None:
    """The last day on which what a claim tells was seen."""
    said = claim.says.event if isinstance(claim.says, Plan) else claim.says
    if said.when is not None and said.when.end is not None:
        return said.when.end
    received = report.retrieved
    return report.published or (received.date() if isinstance(received, datetime) else received)


def told_by(told: Iterable[tuple[Claim, R]], today: date, delay_days: int) -> Iterator[tuple[Claim, R]]:
    """The claims that are older than a delay; all of them where it is 0."""
    if delay_days <= 0:
        yield from told
        return
    last = today - timedelta(days=delay_days)
    for claim, report in told:
        seen = seen_on(claim, report)
        if seen is not None and seen <= last:
            yield claim, report
