"""Accounts: what the judge compares. An account is one event claim with what its report tells beside it, made small.

``account_of`` makes one from a claim and its report; everything in it is derived and can be made again at will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from thucydides.actors import Actors
from thucydides.errors import BadRoster
from thucydides.incidents.bounds import Bounds, bounds_of
from thucydides.incidents.overlaps import Marks, marks_of, together
from thucydides.incidents.phrasing import wordlist
from thucydides.incidents.rows import row_of
from thucydides.incidents.terms import NOTHING, TELLING_KINDS, Terms, full_names, terms_of
from thucydides.lexicon import fold, read_table
from thucydides.record import Basis, Claim, Event, Factuality, Kind, Party, Report, Toll, When, Where

HEAD_LENGTH = 400  # code points: title and lead of a report
SURE = frozenset({Basis.STATED, Basis.RELATIVE})
WIDEST_DAYS = 31  # a span longer than this tells a period, not a day
SURE_PLACE = 0.9  # score of a place above which a namesake elsewhere is hardly meant
NEAR_KM = 40.0  # a place whose radius is wider is an area, not a spot
_IDLE = wordlist("accounts", "idle")
NOBODY = frozenset({"object", "generic", "label", "civilian", "crowd", "official"})  # kinds that name nobody in particular


Rank = tuple[int, int, str, str]
"""Where an account stands in the order of all: by how full it is, its day of publication, its report, its claim."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an account: where, how far it may reach, and what it is called."""

    name: str
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float
    country: str | None
    admin1: str | None
    sure: bool = True  # whether the place meant is beyond doubt


@dataclass(frozen=True)
class Sketch:
    """What a report tells apart from others. One for all of its accounts."""

    report: str
    source: str  # the outlet's id, else its name
    published: int | None  # ordinal day
    terms: Terms
    head: Terms
    full_names: frozenset[int]

    @classmethod
    def marked(cls, report: str, source: str, published: int | None, marks: Marks, rarities: tuple[int, ...], full_names: int) -> Sketch:
        """A sketch whose marks are known, how rare those of each kind are, how many full names it has."""
        made = cls.__new__(cls)
        vars(made).update(report=report, source=source, published=published, marks=marks, size=(*rarities, full_names))
        return made

    def __getattr__(self, name: str) -> Any:
        """What :meth:`marked` left to be told when it is asked for."""
        if name not in _OF_MARKS or "marks" not in vars(self):
            raise AttributeError(name)
        value = vars(self)[name] = _OF_MARKS[name](vars(self)["marks"])
        return value

    @cached_property
    def marks(self) -> Marks:
        """Its terms by kind: names, words and figures, those of the head, full names."""
        return together(
            self.terms.marks, self.head.marks.as_kinds_from(TELLING_KINDS), marks_of(self.full_names).as_kinds_from(2 * TELLING_KINDS)
        )

    @cached_property
    def size(self) -> tuple[int, int, int, int]:
        """How much its names, words and figures tell, doubled so that it is whole, and how many full names it has."""
        names, words, figures, _ = self.terms.size
        return names, words, figures, len(self.full_names)


_OF_MARKS: Mapping[str, Callable[[Marks], Any]] = {
    "terms": lambda marks: Terms.marked(marks.kinds(0, TELLING_KINDS)),
    "head": lambda marks: Terms.marked(marks.kinds(TELLING_KINDS, 2 * TELLING_KINDS)),
    "full_names": lambda marks: marks.of(2 * TELLING_KINDS),
}


@dataclass(frozen=True)
class Account:
    """An event as one report tells it. Days are ordinals (``date.toordinal``)."""

    claim: str
    sketch: Sketch
    type: str | None = None
    denied: bool = False
    first_day: int | None = None
    last_day: int | None = None
    sure_day: bool = False
    spots: tuple[Spot, ...] = ()
    initiators: frozenset[str] = frozenset()  # ids of who they are and whom they belong to
    targets: frozenset[str] = frozenset()
    killed: tuple[int, int] | None = None  # lowest, highest; an open end repeats the other
    wounded: tuple[int, int] | None = None
    arms: frozenset[str] = frozenset()
    telling: Terms = NOTHING  # terms of the sentences that state the claim
    among: int = 1  # how many events its report tells
    things: frozenset[str] = frozenset()  # words for whom and what was hit: "market", "convoy", "policemen"
    time_of_day: str | None = None

    @property
    def report(self) -> str:
        """The id of its report."""
        return self.sketch.report

    @cached_property
    def day(self) -> int | None:
        """The day it is looked for by: of the event, else of publication."""
        if self.first_day is not None and (self.last_day is None or self.last_day - self.first_day <= WIDEST_DAYS):
            return self.first_day
        return self.last_day if self.last_day is not None else self.sketch.published

    @property
    def fullness(self) -> int:
        """How much it tells: fuller accounts are compared first, and others lean on them."""
        exact = self.sure_day and self.first_day is not None and self.first_day == self.last_day
        near = any(spot.lat is not None and spot.radius_km <= NEAR_KM for spot in self.spots)
        told = (self.type is not None, self.initiators, self.targets, self.killed, self.wounded, self.arms)
        return 3 * exact + 3 * near + 2 * bool(self.spots) + sum(bool(one) for one in told)

    @cached_property
    def row(self) -> bytes:
        """What is compared of it by numbers."""
        return row_of(self)

    @cached_property
    def bounds(self) -> Bounds:
        """Where and when it can have been at all."""
        return bounds_of(self)

    @cached_property
    def rank(self) -> Rank:
        """A total order of accounts that depends on nothing else: the fullest first, then the earliest published."""
        return (-self.fullness, self.sketch.published or 0, self.report, self.claim)


def sketch_of(report: Report) -> Sketch:
    """The sketch of a report: its terms without header and boilerplate."""
    parts = [report.reading[s.start : s.end] for s in report.sections if s.kind in ("title", "body", "dateline")] or [report.reading]
    text = "\n".join(parts)
    return Sketch(
        report=report.id,
        source=report.source.id or fold(report.source.name),
        published=report.published.toordinal() if report.published else None,
        terms=terms_of(text),
        head=terms_of(f"{report.title or ''}\n{text[:HEAD_LENGTH]}"),
        full_names=frozenset(full_names(text)),
    )


def account_of(claim: Claim, sketch: Sketch, actors: Actors, among: int = 1) -> Account:
    """The account of an event claim. A claim of another kind is refused: it tells no happening."""
    event = claim.says
    if claim.kind is not Kind.EVENT or not isinstance(event, Event):
        raise ValueError(f"claim {claim.id!r} is a {claim.kind}, not an event: only events are weighed into incidents")
    first, last, sure = _days(event.when)
    stated = " ".join(passage.words for passage in claim.evidence if passage.field == "claim")
    return Account(
        claim=claim.id,
        sketch=sketch,
        type=event.type,
        denied=claim.factuality is Factuality.DENIED,
        first_day=first,
        last_day=last,
        sure_day=sure,
        spots=tuple(_spot(where) for where in event.where),
        initiators=_sides(event.parties, "initiator", actors),
        targets=_sides(event.parties, "target", actors),
        killed=_range(event.killed),
        wounded=_range(event.wounded),
        arms=frozenset(name for use in event.arms for name in (use.kind or fold(use.name), use.arm) if name),
        telling=terms_of(stated),
        among=among,
        things=_things(event),
        time_of_day=event.when.time_of_day if event.when else None,
    )


def bare(sketch: Sketch) -> Account:
    """An account of a report in which no event was read: what can be compared is its words and its day."""
    return Account(claim=f"report:{sketch.report}", sketch=sketch)


def _days(when: When | None) -> tuple[int | None, int | None, bool]:
    if when is None:
        return None, None, False
    first = when.start.toordinal() if when.start else None
    last = when.end.toordinal() if when.end else None
    return first, last, when.basis in SURE


def _spot(where: Where) -> Spot:
    sure = (where.score or 0.0) >= SURE_PLACE
    return Spot(fold(where.name), where.place, where.lat, where.lon, where.radius_km or 0.0, where.country, where.admin1, sure)


def _sides(parties: Iterable[Party], role: str, actors: Actors) -> frozenset[str]:
    """Who somebody is and belongs to; words that name nobody in particular ("gunmen", "civilians") count for nothing."""
    found: set[str] = set()
    for party in parties:
        if party.role != role or party.kind in NOBODY:
            continue
        found.update(actors.lineage(party.actor) if party.actor else (fold(party.name),))
    return frozenset(found)


def _things(event: Event) -> frozenset[str]:
    """The words of what was hit, in the singular as far as an ending tells; figures and names of actors left out."""
    told = (*(party.name for party in event.parties if party.role == "target" and party.kind in (None, *NOBODY)), *event.damage)
    words = (fold(word) for name in told for word in name.split())
    return frozenset(word.removesuffix("s") for word in words if len(word) > 3 and word.isalpha() and word not in _IDLE)


def _range(toll: Toll | None) -> tuple[int, int] | None:
    told = [n for n in (toll.low, toll.best, toll.high) if n is not None] if toll else []
    return (min(told), max(told)) if told else None


@cache
def without_force() -> frozenset[str]:
    """Types of event that are never one with a fight, an attack or a strike."""
    return next(types for group, types in _groups() if group == "without force")


@cache
def kindred() -> Mapping[str, frozenset[str]]:
    """For each type of event the types it may be told as."""
    found: dict[str, set[str]] = {}
    for _, types in _groups():
        for type_ in types:
            found.setdefault(type_, set()).update(types)
    return {type_: frozenset(others) for type_, others in found.items()}


@cache
def _groups() -> tuple[tuple[str, frozenset[str]], ...]:
    errors: list[BadRoster] = []
    rows = list(read_table(Path(__file__).with_name("kindred.tsv"), ("group", "types", "note"), errors))
    if errors:
        raise errors[0]
    return tuple((row["group"], frozenset(row.values("types"))) for row in rows)
