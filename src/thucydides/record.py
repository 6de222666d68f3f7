"""Every noun of Thucydides, one page.

Values are frozen, slotted and keyword-only; names are the same in Python, SQL and JSON. Spans are code points into
``Report.text``; days are ``date``; instants are aware UTC. As told is ``name`` or ``words``; as found is an id, or
coordinates. ``None`` always means *not known*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """The five shapes of what a claim says."""

    EVENT = "event"
    CONTROL = "control"
    TOLL = "toll"
    HOLDING = "holding"
    PLAN = "plan"


class Factuality(StrEnum):
    """How the report stands to what it says."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    CLAIMED = "claimed"
    DENIED = "denied"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


class Basis(StrEnum):
    """How a day became known."""

    STATED = "stated"  # the words give the date
    RELATIVE = "relative"  # "on Tuesday", "overnight": reckoned from the report's own day
    CONTEXT = "context"  # carried over from a neighbouring sentence
    PUBLISHED = "published"  # the report's own day, for want of anything nearer
    UNKNOWN = "unknown"


# ── who publishes, and what ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who publishes: an outlet of the roster, or just the name as found."""

    name: str
    id: str | None = None
    kind: str | None = None  # press, wire, state, party, monitor, social, aggregator, official, research
    country: str | None = None  # ISO 3166-1 alpha-2
    stands_with: tuple[str, ...] = ()  # actor ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of a report's text and what it is: body, title, byline, dateline, header or boilerplate."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document as received. Its text never changes, so spans into it hold.

    ``reading`` is a copy of ``text`` of exactly equal length in which odd spaces, quotes, controls and lost capitals are
    mended for the parser; a span means the same in both.
    """

    id: str  # the input's own id, else the hash of the raw bytes
    text: str
    reading: str
    source: Source
    raw_hash: str  # SHA-256 of the bytes as received
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    published: date | None = None
    published_basis: str = "unknown"  # given, header, dateline, text, unknown
    dateline_place: str | None = None
    language: str | None = None  # ISO 639-1
    retrieved: datetime | None = None
    topics: tuple[str, ...] = ()  # section lines such as "Region: …", "Theme: …"
    copied_from: tuple[str, ...] = ()  # outlets this text credits as its origin, most direct first
    sections: tuple[Section, ...] = ()  # sorted, not overlapping, together covering all of ``text`` but blank lines
    notes: tuple[str, ...] = ()  # what the reader had to mend or could not find


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The evidence for one field: ``report.text[start:end] == words``, always."""

    field: str
    start: int
    end: int
    words: str


# ── roster entries ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An entry of the roster of actors."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    parent: str | None = None
    start: int | None = None
    end: int | None = None
    outlet_names: tuple[tuple[str, str], ...] = ()  # (outlet id, words)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """A weapon system, munition or generic word for one."""

    id: str
    name: str
    kind: str  # the roster's ``class``
    aliases: tuple[str, ...] = ()
    nato: tuple[str, ...] = ()
    country: str | None = None
    start: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A gazetteer entry. ``radius_km`` says how far from the point the place may reach."""

    id: str  # "gn:170794", "ne:SYR-123" or the supplement's own slug
    name: str
    kind: str  # town, village, neighbourhood, admin1, admin2, country, region, base, airfield, crossing, camp, river, …
    lat: float
    lon: float
    radius_km: float
    country: str | None = None
    admin1: str | None = None
    population: int = 0


# ── the parts of what is said ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor's part in what is said. ``name`` is as told; ``names`` adds the roster's names for it, best first."""

    role: str  # initiator, target, supporter; of a state of control: holder, opponent
    name: str
    actor: str | None = None  # roster id
    kind: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as told (``name``, ``relation``) and as found. Coordinates are never finer than the words."""

    name: str
    relation: str | None = None  # "30km south of Homs", "near the border"
    place: str | None = None  # gazetteer id
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: str = "unknown"  # place, part, near, area, admin1, country, unknown
    rule: str = ""  # how the point was found, in words
    score: float | None = None
    aliases: tuple[str, ...] = ()


# The longest span in days of each grade; a week may have a weekend at either end.
_PRECISIONS = (("day", 1), ("days", 6), ("week", 9), ("month", 31), ("year", 366))


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """First and last day that the words allow; an open end is ``None``."""

    start: date | None
    end: date | None
    basis: Basis
    words: str | None = None
    time_of_day: str | None = None  # dawn, morning, noon, afternoon, evening, night, midnight, or "HH:MM", local unless "HH:MM UTC"

    @property
    def precision(self) -> str:
        """How well the day is known: day (a night counts as one), days (up to six), week, month, year, years, open."""
        if self.start is None or self.end is None:
            return "open"
        length_days = (self.end - self.start).days + 1
        if length_days == 2 and self.time_of_day == "night":
            return "day"
        return next((name for name, longest in _PRECISIONS if length_days <= longest), "years")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """How many of whom: "at least 12" is low 12, high unknown."""

    low: int | None
    best: int | None
    high: int | None
    who: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An arm as told and, where known, as found in the roster."""

    name: str
    arm: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, was denied to have happened, or is intended."""

    type: str | None  # the codebook's sub-event name
    parties: tuple[Party, ...] = ()
    where: tuple[Where, ...] = ()
    when: When | None = None
    killed: Toll | None = None
    wounded: Toll | None = None
    captured: Toll | None = None
    arms: tuple[Use, ...] = ()
    damage: tuple[str, ...] = ()
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Who holds, contests or besieges a place, or how much of it."""

    parties: tuple[Party, ...]  # the holder or besieger as initiator, a named loser as target
    where: tuple[Where, ...]
    status: str  # held, contested, besieged, lost
    share: float | None = None  # 0 to 1
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A running total over many happenings."""

    parties: tuple[Party, ...]
    where: tuple[Where, ...]
    when: When | None
    killed: Toll | None = None
    wounded: Toll | None = None
    displaced: Toll | None = None
    captured: Toll | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arming:
    """An actor has, operates, supplies or lost an arm."""

    parties: tuple[Party, ...]  # who has or supplies it as initiator, who receives it as target
    arms: tuple[Use, ...]
    way: str  # has, operates, supplies, receives, lost
    where: tuple[Where, ...] = ()
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An event that is intended, threatened, forecast or conditional."""

    event: Event
    mode: str  # intended, threatened, forecast, conditional


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A loaded word as told: "for" or "against" whom it speaks, by the name as told where the claim names him."""

    words: str
    sway: str  # for, against
    party: str | None = None


Saying = Event | Hold | Tally | Arming | Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One report's assertion, tied to its words.

    ``evidence`` holds one passage or more of field ``claim`` (the sentences that state it, the fullest first) and passages for
    every field that is filled.
    """

    id: str
    report: str
    kind: Kind
    says: Saying
    evidence: tuple[Passage, ...]
    factuality: Factuality
    said_by: tuple[str, ...] = ()  # the attribution chain as told, nearest speaker first
    said_on: When | None = None  # when they said it, which is not when it happened
    loaded: tuple[str, ...] = ()  # words that take a side, as told
    wording: tuple[Wording, ...] = ()  # the same with whom they favour
    notes: tuple[str, ...] = field(default=())  # "the header's date and the text disagree", …
    confidence: float = 0.5  # the chance that a careful reader would find this claim in the report
    certainty: Mapping[str, float] = field(default_factory=dict)  # by field, the chance that it is right if the claim is
    by: str = ""  # coder name, version and vocabulary digest


# ── what many reports let us hold ────────────────────────────────────────────────────────────────


class Verdict(StrEnum):
    """What a judgement says of two claims."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    PART = "part"  # the first tells a part of what the second sums up


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether two claims speak of the same event. A person's judgement stands above the program's, a later one above an earlier."""

    one: str  # claim ids
    other: str
    verdict: Verdict
    score: float | None = None  # log odds that they are one event; a person gives none
    reasons: tuple[str, ...] = ()  # what spoke for and against it, the heaviest first; of a person, why
    by: str = ""  # the person, or the program with its version
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Who vouches for a claim: the body that is credited in the end, else the outlet that its words come from."""

    id: str  # "outlet:sana", "actor:sy-army"; of an unnamed speaker the id of the outlet that heard him
    name: str
    kind: str  # outlet, actor, unnamed
    side: tuple[str, ...] = ()  # ids of the actors it stands with, nearest first
    organ: bool = False  # speaks for its side
    camp: str | None = None  # the camp of its side in the war that the claim is about, by camps.tsv
    heard: str = ""  # of a speaker whom no roster knows, the name in small letters

    @property
    def voice(self) -> str:
        """What it counts as: all organs of a side are one voice."""
        return f"side:{self.side[-1]}" if self.organ and self.side else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One answer to a disputed question: what is said, by which claims and which witnesses."""

    says: str
    claims: tuple[str, ...]
    witnesses: tuple[str, ...]  # names


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A field in which accounts of one event cannot all be right, with every version."""

    field: str
    versions: tuple[Version, ...]  # the best supported first


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """How many of whom, over all witnesses: the lowest and highest that any gives, and what is held likeliest."""

    status: str  # killed, wounded, captured
    whom: str  # civilians, fighters, all
    low: int
    best: int
    high: int
    rule: str  # how the best was chosen, in words
    open: bool = False  # every witness says "at least": there may be more
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How far an incident is to be believed, by the declared rules of ``grades.toml``."""

    incident: str  # confirmed, fair, weak, contested, discounted
    reliability: str  # A to F, of the best source
    credibility: int  # 1 to 6, of the information
    reasons: tuple[str, ...] = ()

    @property
    def admiralty(self) -> str:
        """The two characters of the Admiralty code, such as "C2"."""
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims judged one event: the event that we hold, what is disputed, who vouches for it and how far to believe it."""

    id: str
    event: Event
    claims: tuple[str, ...]  # the fullest first
    reports: tuple[str, ...]
    witnesses: tuple[Witness, ...]  # independent ones; copies and quotations are one voice
    losses: tuple[Losses, ...]
    disputed: tuple[Dispute, ...]
    grade: Grade
    rules: Mapping[str, str] = field(default_factory=dict)  # by field, how what is held was chosen, in words
    part_of: tuple[str, ...] = ()  # claims that sum it up; each leads to its incident
    first_reported: date | None = None
    last_reported: date | None = None


# ── who holds what ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Who holds a place over one span of days, says who, and who says otherwise. Spans of one place never overlap.

    A capture without a day stands from the day it was first told, with ``since`` open.
    """

    place: str  # gazetteer id, else what stands for the place: "name:al akidat", "near:villages east of raqqa"
    where: Where
    status: str  # held, contested, besieged, partly, unknown
    holder: Party | None
    opponents: tuple[Party, ...] = ()  # who contests or besieges it, or holds the rest
    share: float | None = None  # of the place, what the holder has: 0 to 1
    since: date | None = None  # the day it came about, ``None`` where only known to be so later
    seen: date  # the first day on which it is known to be so
    until: date | None = None  # the first day on which it is no longer so
    heard: date  # the last day on which anybody said so
    claims: tuple[str, ...] = ()  # what stands behind it, in order of the days they tell
    rivals: tuple[Version, ...] = ()  # what others say of the same days
    confidence: float = 0.5  # on the day it was last heard; ``control.Fading`` says what is left later
    lapsed: bool = False  # whether it fell back to this because nobody told of the fighting any more
