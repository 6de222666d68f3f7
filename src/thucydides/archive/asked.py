"""What the archive is asked, and what it answers besides reports and claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thucydides.record import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What keeping a report changed: nothing, when all of it was there."""

    report_new: bool
    claims_new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Something given to be read that could not be, kept until it can: its name, why, and its bytes where they were kept.

    A list of what was set aside has no ``raw``, only its length; ``recall_aside`` has both.
    """

    id: int
    name: str
    reason: str
    since: datetime
    size_bytes: int | None = None  # of the bytes kept; None where none were
    raw: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A report in which all words asked for occur.

    ``spans`` are the places of the words in ``Report.text``, in order; ``start`` and ``end`` bound the snippet around them. A report
    found by its title alone has no spans. ``claims`` are the claims whose own sentences hold all the words.
    """

    report: str
    title: str | None
    source: str
    published: date | None
    snippet: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims are asked for. Everything given must hold; a filter with nothing given takes all claims.

    Names match whole words in any case and with or without accents, roster ids in any case. Days match when the claim's own span
    touches them; a claim without a day is found only where no day is asked for.
    """

    actor: str | None = None  # a roster id, or words of a party's name
    kin: frozenset[str] = frozenset()  # with ``actor``: roster ids that are meant too, such as all that belongs to it
    role: str | None = None  # with ``actor``: initiator, target, supporter
    place: str | None = None  # a gazetteer id, or words of a place's name
    country: str | None = None  # ISO 3166-1 alpha-2, of a place
    bbox: tuple[float, float, float, float] | None = None  # west, south, east, north; west > east spans the date line
    arm: str | None = None  # a roster id, or words of an arm's name
    since: date | None = None
    until: date | None = None
    kind: Kind | None = None
    type: str | None = None  # of an event or planned event
    report: str | None = None  # report id
    source: str | None = None  # outlet id, or words of its name
    min_confidence: float | None = None
    words: str | None = None  # words of the sentences that state the claim
    all_versions: bool = False  # also what earlier codings of a report found
    limit: int | None = None
    offset: int = 0
    after: str | None = None  # id of the last claim of the page before


GRADES = ("discounted", "weak", "contested", "fair", "confirmed")
"""The grades of incidents, the least to be believed first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter(ClaimFilter):
    """Which incidents are asked for. Days and type are those that the incident holds; all else must be met by one of its claims.

    ``after`` is the id of the last incident of the page before.
    """

    disputed: bool | None = None
    min_grade: str | None = None  # of ``GRADES``: this one or better
