"""What claims say of control: each move is one claim's word on one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from thucydides.control.approaches import is_named
from thucydides.control.bodies import Bodies
from thucydides.control.cues import cue
from thucydides.control.deeds import done, is_open, is_siege, weakly
from thucydides.control.described import described
from thucydides.control.spots import place_of, share_taken, whole
from thucydides.control.told_places import finer, part_of_town, places_told
from thucydides.record import Basis, Claim, Event, Factuality, Hold, Party, Report, When, Where

Witnessed = Callable[[Claim, Report], str]
"""Who vouches for a claim, by name: two reports of one witness are one voice."""

WIDE_DAYS = 9
"""A span of more days than that does not tell the day."""

_WEIGHTS = {
    Factuality.ASSERTED: 0.9,
    Factuality.REPORTED: 0.75,
    Factuality.CLAIMED: 0.6,
    Factuality.DENIED: 0.6,
}
"""How far a statement is believed for its own sake; what is planned or conditional changes nothing and has no weight."""
DESCRIBED = 0.8
"""How far "the X-held town" is believed beside what the same sentence states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One word on who holds a place. ``day`` orders it; ``first`` and ``last`` are the days that its words allow."""

    place: str
    where: Where
    effect: str  # take, hold, give, lose, contest, besiege, relieve, part, divide
    by: tuple[Party, ...]  # who gains, loses, contests or besieges
    others: tuple[Party, ...]  # the other side, where it is told
    bodies: tuple[str, ...]  # of ``by``
    other_bodies: tuple[str, ...]
    first: date | None
    last: date | None
    dated: bool  # whether the words give the day
    denied: bool = False
    share: float | None = None
    covers: bool = False  # all places within are meant
    mutual: bool = False  # of fighting: somebody else fights there, named or not
    since: bool = False  # of a state: the words say since when it lasts
    weight: float
    chance: float  # that the claim is coded rightly: who, what and where
    passing: bool = False  # told by the way: "the X-held town of Y"
    voices: int = 1  # witnesses who say the same within days, this one counted
    alone: bool = False  # too unlikely to change anything by itself, and nobody says the same
    claim: str
    report: str
    witness: str
    heard: date | None  # the day of the report
    order: int  # where in the report it stands

    @property
    def wide(self) -> bool:
        """Whether the words allow so many days that they tell none."""
        return self.first is None or self.last is None or (self.last - self.first).days >= WIDE_DAYS


def publisher(claim: Claim, report: Report) -> str:
    """The plainest witness: the first speaker that a claim names, else the outlet whose words they are."""
    if claim.said_by:
        return claim.said_by[-1]
    return report.copied_from[-1] if report.copied_from else report.source.id or report.source.name


def chance(claim: Claim) -> float:
    """The chance that a claim and its place, by which it counts here, are coded rightly."""
    return claim.confidence * claim.certainty.get("places", 1.0)


def moves_of(claim: Claim, report: Report, bodies: Bodies, witness: Witnessed = publisher) -> Iterator[Move]:
    """The moves that a claim makes: mostly none; one for each place it is about, and one for "the X-held town of Y" beside it."""
    says = claim.says
    weight = claim.confidence * _WEIGHTS.get(claim.factuality, 0.0)
    if not isinstance(says, Event | Hold) or not weight:
        return
    sentence = next((passage for passage in claim.evidence if passage.field == "claim"), None)
    words = report.reading[sentence.start : sentence.end] if sentence else ""
    stands = sentence.start if sentence else 0
    held = tuple(described(words, says.where))
    span = _span(says.when, report, state=isinstance(says, Hold))
    if _since_then(claim, words, stands):
        span = (report.published, report.published, False)
    for told_where in places_told(says, words, report, stands):
        where = finer(told_where, says, words, besieged=is_siege(says, words, told_where))
        place = place_of(where)
        if place is None:
            continue
        own = told_where in says.where
        holder = next((party for spot, party in held if spot is told_where), None)
        found = done(says, words, where, bodies, own=own)
        common: dict[str, object] = {
            "place": place, "where": where, "first": span[0], "last": span[1], "dated": span[2], "claim": claim.id, "report": report.id,
            "witness": witness(claim, report), "heard": report.published,
            "chance": chance(claim) * (UNNAMED if own and not is_named(words, where) else 1.0),
        }  # fmt: skip
        if holder is not None and where is told_where:
            sure = DESCRIBED * claim.certainty.get("places", 1.0)
            told = common | part_of_town(where, words, holder, bodies)
            yield _move(told, "hold", (holder,), (), bodies, weight=weight * DESCRIBED, order=stands - 1, passing=True, chance=sure)
        if found is None:
            continue
        effect, by, others = found
        if weakly(says, words, where):
            if cue("failed").search(words):
                continue
            common["chance"] = float(str(common["chance"])) * UNSAID
        share = says.share if isinstance(says, Hold) else share_taken(where, words) if effect == "take" else None
        effect = "part" if effect == "take" and share is not None else effect
        if holder is not None and effect in ("contest", "besiege"):
            others = (holder,)
        move = _move(
            common, effect, by, others, bodies, weight=weight, order=stands, denied=claim.factuality is Factuality.DENIED,
            share=share, since=is_open(says.when),
            mutual=effect == "contest" and cue("fighting").search(words) is not None,
            covers=effect in ("take", "hold") and whole(where, words),
        )  # fmt: skip
        yield move
        if isinstance(says, Hold) and move.since and report.published and cue("lasting").search(words) and not cue("past").search(words):
            yield replace(move, first=report.published, last=report.published, dated=False, since=False)


def _since_then(claim: Claim, words: str, stands: int) -> bool:
    """Whether what is told came after the day that the words give: "broke into X in June and has since taken 90% of it"."""
    later = _SINCE.search(words)
    day = next((passage for passage in claim.evidence if passage.field == "date"), None)
    return later is not None and day is not None and stands <= day.start < stands + later.start()


_SINCE = re.compile(r"\b(?:has|have)\s+since\s+\w+")


STRANGER = 0.6
"""How far it is believed that a foreign state fights there that has no part in a war whose camps are known."""
UNSAID = 0.5
"""How far a taking is believed of which the clause that names the place has no word."""
UNNAMED = 0.4
"""How far a claim is believed whose sentence does not name its place."""


def _move(common: dict[str, object], effect: str, by: tuple[Party, ...], others: tuple[Party, ...], bodies: Bodies, **more: object) -> Move:
    where = common["where"]
    country = where.country if isinstance(where, Where) else None
    told = common | {
        "effect": effect, "by": by, "others": others, "bodies": tuple(dict.fromkeys(bodies.of(p, country) for p in by)),
        "other_bodies": tuple(dict.fromkeys(bodies.of(p, country) for p in others)),
    } | more  # fmt: skip
    move = Move(**told)  # type: ignore[arg-type]
    year = move.last.year if move.last else None
    if move.bodies and all(bodies.stranger(body, country, year) for body in move.bodies):
        return replace(move, chance=move.chance * STRANGER)
    return move


def _span(when: When | None, report: Report, *, state: bool) -> tuple[date | None, date | None, bool]:
    """The first and last day that are meant, never after the report's own, and whether the words give them.

    A state is as of the report's day, or from the day since which it is said to last; "by March" is March, with no day told.
    """
    limit = report.published
    told = when is not None and when.basis in (Basis.STATED, Basis.RELATIVE, Basis.CONTEXT) and when.start is not None
    first, last = (when.start, when.end) if when else (None, None)
    if state and first is not None and last is None:
        return first, _year_end(first, when), True
    last = min((day for day in (last, limit) if day is not None), default=first)
    first = last if first is None or (last is not None and first > last) else first
    return first, last, told


def _year_end(first: date, when: When | None) -> date:
    """The last day by which a state lasts since a day or a year: "since 2013" is some day of 2013."""
    only_year = when is not None and _YEAR.fullmatch(when.words or "") is not None and (first.month, first.day) == (1, 1)
    return date(first.year, 12, 31) if only_year else first


_YEAR = re.compile(r"(?:(?:since|from)\s+)?(?:the\s+year\s+)?\d{4}", re.I)


def elsewhere(move: Move, place: str, where: Where) -> Move:
    """The same word on a place within the area that it covers."""
    return replace(move, place=place, where=where, covers=False)
