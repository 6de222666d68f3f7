"""Testimony: a claim with its report and with who vouches for it, and what witnesses say together.

A witness that speaks often is one witness: of each field its latest word counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from thucydides.record import Claim, Event, Factuality, Report, Source, Version, Witness

T = TypeVar("T")


class Published(Protocol):
    """What must be known of a report to know who told something when: a report without its text will do."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> Source: ...
    @property
    def published(self) -> date | None: ...
    @property
    def copied_from(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One claim of an incident with its report."""

    claim: Claim
    report: Published

    @property
    def event(self) -> Event:
        """What the claim tells."""
        event = self.claim.says
        if not isinstance(event, Event):
            raise ValueError(f"claim {self.claim.id!r} tells no event")
        return event

    @property
    def when_told(self) -> tuple[int, str, str]:
        """The order in which testimonies were given; those of reports without a day come first."""
        published = self.report.published
        return (published.toordinal() if published else 0, self.report.id, self.claim.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony(Telling):
    """One claim of an incident, its report, and the witness whose word it is."""

    report: Report
    witness: Witness

    @property
    def denies(self) -> bool:
        """Whether it says that this did not happen."""
        return self.claim.factuality is Factuality.DENIED


def latest(testimonies: Iterable[Testimony], answer: Callable[[Testimony], T | None]) -> dict[str, tuple[T, Testimony]]:
    """By witness its latest answer to a question, with the testimony that gives it. Who does not answer is left out."""
    found: dict[str, tuple[T, Testimony]] = {}
    for one in sorted(testimonies, key=lambda t: t.when_told):
        said = answer(one)
        if said is not None:
            found[one.witness.id] = (said, one)
    return found


def version(says: str, told: Sequence[Testimony]) -> Version:
    """A version with all that say so."""
    return Version(
        says=says,
        claims=tuple(dict.fromkeys(t.claim.id for t in told)),
        witnesses=tuple(dict.fromkeys(t.witness.name for t in told)),
    )


def by_support(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Versions, those of most witnesses first."""
    return tuple(sorted(versions, key=lambda v: (-len(v.witnesses), -len(v.claims), v.says)))
