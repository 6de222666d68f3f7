"""What the API answers, where the nouns of ``record`` alone do not say it. Everything else is answered as it stands in ``record``.

Days are ISO dates. Spans are given twice: ``start`` and ``end`` count code points, as everywhere else; ``from_unit`` and ``to_unit``
count UTF-16 units, as a browser does. Points are degrees, distances km.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from thucydides.record import Actor, Arm, Claim, Control, Incident, Party, Place, Source, Witness

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A page of a list. ``next`` is the cursor of the page behind it, to be given as ``after``; ``None`` behind the last."""

    items: list[T]
    total: int
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseMap:
    """What the map is drawn on: whose view the borders are, and a map of the user's own where one is set."""

    borders: str  # the view drawn unless another is chosen: gazetteer or held
    views: dict[str, str]  # by view what is to be said of it
    credit: str
    own: str | None  # THUCYDIDES_BASEMAP: the address of a .pmtiles file, or of raster tiles with {z}, {x} and {y}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the archive holds, and what this server may do."""

    version: str
    archive: str  # address without password
    reports: int
    claims: int
    incidents: int
    unweighed: int
    aside: int
    first_day: date | None
    last_day: date | None
    sample: bool  # the embedded sample is shown because the archive is empty
    may_fetch: bool  # started with --allow-fetch
    may_write: bool
    delay_days: int
    base_map: BaseMap
    changed: str  # moves on whenever anything in the archive does; the ETag of every view holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """An incident on one line of a list."""

    id: str
    type: str | None
    first_day: date | None
    last_day: date | None
    precision: str | None  # of the days
    place: str | None
    place_id: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    initiators: list[Party]
    targets: list[Party]
    killed: tuple[int, int, int] | None  # low, best, high
    wounded: tuple[int, int, int] | None
    arms: list[str]
    grade: str
    admiralty: str
    witnesses: int
    reports: int
    disputed: list[str]  # fields
    units: dict[str, str]  # of the parties that are units by id the code of their symbol (SIDC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report on one line of a list."""

    id: str
    title: str | None
    source: Source
    published: date | None
    language: str | None
    url: str | None
    claims: int
    copied_from: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a report's text that stands for a field of a claim."""

    claim: str
    field: str
    role: str  # one of desk.highlights.ROLES' values: the colour
    start: int
    end: int
    from_unit: int
    to_unit: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim with its report, its incident and its sentence."""

    claim: Claim
    report: ReportLine
    incident: str | None
    sentence: str  # the words that state it, with what stands around them
    spans: list[Span]  # of the sentence; units count from its beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One voice about an incident: who vouches, which claims came from him, in which reports."""

    witness: Witness
    claims: list[ClaimLine]
    repeated_by: list[ReportLine]  # copies of the same words


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step in an incident's history: a report arrived, somebody judged."""

    at: date | datetime | None
    what: str
    report: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An incident with everything behind it."""

    incident: Incident
    line: IncidentLine
    origins: list[Origin]
    wholes: list[IncidentLine]  # what sums it up
    parts: list[IncidentLine]
    history: list[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report with its text and what was read in it."""

    line: ReportLine
    text: str
    sections: list[tuple[int, int, str]]  # UTF-16 units, kind
    wraps: list[int]  # UTF-16 units: line ends within a paragraph, to be shown as spaces
    notes: list[str]
    ids: list[str]  # of all its claims, in the order in which they are stated
    claims: list[ClaimLine]  # the first of them, without sentence and spans: these stand in ``text`` and ``spans``
    spans: list[tuple[int, int, int, str]]  # sorted: UTF-16 units from and to, which of ``ids``, the field that the words stand for
    roles: dict[str, str]  # by field one of desk.highlights.ROLES' values: the colour
    copies: list[ReportLine]
    origin: ReportLine | None  # the report that its words come from, if kept
    has_original: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One bar of a histogram: days from first to last, how many incidents by type (families where there are many)."""

    first: date
    last: date
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Incidents over time. ``unit`` is day, week, month or year, so chosen that there are at most 120 bars."""

    unit: str
    bins: list[Bin]
    undated: int
    total: int
    outside: int  # dated ones that stand in no bar
    earliest: date | None  # first and last day of all that is asked for
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One answer of a facet."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """For every facet the commonest answers among what the other filters leave, each with its count."""

    type: list[Count]
    country: list[Count]
    actor: list[Count]
    arm: list[Count]
    source: list[Count]
    grade: list[Count]
    place: list[Count]
    total: int
    mapped: int  # with a point
    box: tuple[float, float, float, float] | None  # west, south, east, north of all points
    core: tuple[float, float, float, float] | None  # the same of all but the outermost twentieths on every side: where a map looks first


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the archive knows of an actor, a place or an arm."""

    kind: str  # actor, place, arm
    id: str
    name: str
    names: list[str]
    entry: Actor | Place | Arm | None  # of the roster
    within: list[Count]  # parents, nearest first; count is of incidents
    contains: list[Count]  # units of an actor, places of an area, kinds of an arm
    incidents: int
    as_initiator: int
    as_target: int
    losses: dict[str, tuple[int, int, int]]  # status -> low, best, high as claimed, never summed across incidents that overlap
    opponents: list[Count]
    places: list[Count]
    arms: list[Count]
    actors: list[Count]  # of places and arms
    holdings: list[ClaimLine]  # claims of arming
    control: list[Control]  # of a place: its timeline; of an actor: what it holds
    symbol: str | None = None  # SIDC of a unit
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place under control on a day."""

    control: Control
    holder: str | None  # actor or side id, as asked
    holder_name: str | None
    left: float  # what is left of the confidence on that day
    colour: str  # of the holder: an index into the page's palette, stable for a holder


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlView:
    """Who holds what on a day."""

    on: date
    by: str  # actor or side
    first_day: date | None
    last_day: date | None
    spots: list[Spot]
    holders: list[Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A change of control between two days."""

    day: date
    place: str
    name: str
    before: Control | None
    after: Control | None
    claims: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How many known places each holder has, over time: one row a day of ``days``."""

    days: list[date]
    holders: list[Count]
    held: list[list[int]]  # by holder, by day
    contested: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """An outlet: how often it is first, copied, contradicted, and whom its words and figures favour. Counts with their base."""

    source: Source
    allies: list[str]  # the names of those that it stands with, in the order of their ids
    reports: int
    claims: int
    incidents: int
    shared: int  # of these, told by other witnesses as well: the base of ``first`` and ``contradicted``
    first: int
    copied_from: int  # reports of others that have its words
    copies_others: int  # of its reports
    contradicted: int
    favours: list[Count]
    figures: str  # in words, "" where nothing can be said


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report found by its words. Spans are UTF-16 units of ``snippet``."""

    report: ReportLine
    snippet: str
    spans: list[tuple[int, int]]
    claims: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What somebody typing may mean."""

    kind: str  # actor, place, arm, type, source
    id: str
    name: str
    note: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Reading that goes on: how far it is, what came of it, what was set aside."""

    id: str
    state: str  # waiting, reading, weighing, done, failed
    total: int | None
    done: int
    reports: list[ReportLine] = field(default_factory=list)
    aside: list[AsideLine] = field(default_factory=list)
    claims: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideLine:
    """Something that could not be read, and why."""

    id: int
    name: str
    reason: str
    since: datetime
    size_bytes: int | None
    retriable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How it is done: the codebook and the rules in words, measured quality."""

    types: list[tuple[str, str, str]]  # family, type, what it means
    texts: list[tuple[str, str]]  # title, sanitised HTML of the shipped documents
    grades: list[tuple[str, str]]  # grade, rule
    coder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What was wrong with a request: what, and what to do."""

    error: str
    remedy: str
    schema_version: str | None = None
