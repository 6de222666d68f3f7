"""What claims say of control: each move is one claim's word on one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from thucydides.control.approaches import another_is_nearer, is_meant, is_named, is_of_another, is_seat, told_at
from thucydides.control.bodies import Bodies
from thucydides.control.described import described
from thucydides.control.divided import is_divided, sides, was_divided
from thucydides.control.effects import Effect, effect_of
from thucydides.control.losses import counted_loss
from thucydides.control.objects import is_object
from thucydides.control.spots import awaited, feature_in, inside, listed, part_told, place_of, share_taken, sided, unnamed, whole
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
TAKEN = ("Government regains territory", "Non-state actor overtakes territory")
DESCRIBED = 0.8
"""How far "the X-held town" is believed beside what the same sentence states."""
_FIGHTING = re.compile(r"\b(?:clash\w*|fighting|fought|battle\w*|battling|firefights?|gunfights?|gun battles?|contested|disputed)\b", re.I)
"""Words of fighting: somebody is on the other side, named or not."""
_CLAUSES = re.compile(
    r"[;:—]|,?\s+\b(?:but|since(?= being| its| their| the| it | they )|while|whereas|after|before|hours after|days after|"
    r"following|despite|although|as|when|which|where|whom|who)\b"
    r"|,\s+(?=and\b)"
)


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


_Done = tuple[str, tuple[Party, ...], tuple[Party, ...]]
"""An effect, who does it, and the other side."""


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
    for told_where in _wheres(says, words, report, stands):
        where = _finer(told_where, says, words)
        place = place_of(where)
        if place is None:
            continue
        own = where in says.where
        holder = next((party for spot, party in held if spot is told_where), None)
        found = _done(says, words, where, bodies, own=own)
        common: dict[str, object] = {
            "place": place, "where": where, "first": span[0], "last": span[1], "dated": span[2], "claim": claim.id, "report": report.id,
            "witness": witness(claim, report), "heard": report.published,
            "chance": chance(claim) * (UNNAMED if own and not is_named(words, where) else 1.0),
        }  # fmt: skip
        if holder is not None and where is told_where:
            sure = DESCRIBED * claim.certainty.get("places", 1.0)
            told = common | _part_of_town(where, words, holder)
            yield _move(told, "hold", (holder,), (), bodies, weight=weight * DESCRIBED, order=stands - 1, passing=True, chance=sure)
        if found is None:
            continue
        effect, by, others = found
        if weakly(says, words, where):
            if _FAILED.search(words):
                continue
            common["chance"] = float(str(common["chance"])) * UNSAID
        share = says.share if isinstance(says, Hold) else share_taken(where, words) if effect == "take" else None
        effect = "part" if effect == "take" and share is not None else effect
        if holder is not None and effect in ("contest", "besiege"):
            others = (holder,)
        move = _move(
            common, effect, by, others, bodies, weight=weight, order=stands, denied=claim.factuality is Factuality.DENIED,
            share=share, since=_open(says.when),
            mutual=effect == "contest" and _FIGHTING.search(words) is not None,
            covers=effect in ("take", "hold") and whole(where, words),
        )  # fmt: skip
        yield move
        if isinstance(says, Hold) and move.since and report.published and _STILL.search(words) and not _WAS.search(words):
            yield replace(move, first=report.published, last=report.published, dated=False, since=False)


def _since_then(claim: Claim, words: str, stands: int) -> bool:
    """Whether what is told came after the day that the words give: "broke into X in June and has since taken 90% of it"."""
    later = _SINCE.search(words)
    day = next((passage for passage in claim.evidence if passage.field == "date"), None)
    return later is not None and day is not None and stands <= day.start < stands + later.start()


_SINCE = re.compile(r"\b(?:has|have)\s+since\s+\w+")
_STILL = re.compile(r"\b(?:has|have|is|are|remains?|holds?|controls?)\b")
_WAS = re.compile(r"\b(?:had|was|were)\b")
"""What has lasted since a day lasts still, if it is not told as past."""


def _finer(where: Where, says: Event | Hold, words: str) -> Where:
    """The camp, plant or quarter "in" a town that is told, where the town only says where it is."""
    shared = share_taken(where, words) is not None or (isinstance(says, Hold) and says.share is not None)
    feature = None if shared else feature_in(where, words)
    if feature is None or (where.relation is not None and (where.precision != "place" or unnamed(where))):
        return where
    return replace(where, relation=feature, precision="part")


def _done(says: Event | Hold, words: str, where: Where, bodies: Bodies, *, own: bool) -> _Done | None:
    """What is done to a place, if it is done there. ``own``: whether it is a place of the claim as coded, which may be mistaken."""
    if isinstance(says, Event) and awaited(where, words):
        return None
    found = _effect(says, clause_of(words, where), where, bodies, words)
    if found is None or not own:
        return found
    not_here = elsewhere_told(found[0], words, where) or (isinstance(says, Hold) and _of_another(says, found[0], words, where))
    return None if not_here else found


def _of_another(says: Hold, effect: str, words: str, where: Where) -> bool:
    """Whether something else is held: a place that stands nearer, or a thing ("controls the pumping station in X")."""
    if another_is_nearer(words, where, says.where):
        return True
    if effect != "hold" or says.share is not None or where.precision == "part" or unnamed(where):
        return False
    return is_object(words, where.name, held=True) is False


def _part_of_town(where: Where, words: str, holder: Party) -> dict[str, object]:
    """Of "the X-held parts of Y" only these parts are X's: a place of their own, which tells that the town is divided."""
    if where.precision not in ("place", "part") or not _PARTS.search(words[: max(0, words.find(where.name))]):
        return {}
    part = replace(where, relation=f"{holder.name}-held parts of {where.name}", precision="part")
    return {"where": part, "place": place_of(part)}


_PARTS = re.compile(
    r"-(?:held|controlled|occupied|ruled)\s+(?:[\w-]+\s+)?(?:parts?|areas?|districts?|neighbou?rhoods?|side|half|sectors?|quarters?|suburbs?|zones?)"
    r"\s+(?:of|in|inside)\s+(?:the\s+)?(?:[\w-]+\s+){0,4}$",
    re.I,
)


def elsewhere_told(effect: str, words: str, where: Where) -> bool:
    """Whether the words tell of another place: beside this one, on the way to it, meant for later, or "the town" of a part."""
    whole_place = (where.precision != "part" or sided(where)) and not unnamed(where) and share_taken(where, words) is None
    another = effect in ("take", "lose") and whole_place and is_object(words, where.name) is False
    if not is_named(words, where):
        return another or not is_meant(words, where)
    if effect in ("take", "lose") and whole_place and counted_loss(words, where.name):
        return True
    told = told_at(words, where) if where.precision != "near" and not unnamed(where) else None
    if effect == "hold" and told in _BESIDE and is_seat(words, where):
        told = None  # "offensive aimed at the IS stronghold of X"
    if told is not None and (told not in _INSIDE or effect in _INSIDE[told]) and not (told == "area" and where.precision != "place"):
        return True
    return another or (effect in ("hold", "besiege") and is_of_another(words, where))


_BESIDE = frozenset(("near", "toward", "from", "speaker"))
_INSIDE = {
    "toward": frozenset(("contest", "take", "hold", "lose", "part")),
    "near": frozenset(("contest", "take", "hold", "lose")),
    "from": frozenset(("contest", "besiege")),
}
"""What cannot happen beside a place, on the way to it, or where somebody only came from; of other kinds nothing can."""
STRANGER = 0.6
"""How far it is believed that a foreign state fights there that has no part in a war whose camps are known."""
_FAILED = re.compile(r"\b(?:fail(?:ed|ing|s|ure)?|unable|repelled|repulsed|foiled|thwarted|preparing|attempt(?:ed|ing|s)?)\b", re.I)
"""What speaks against a taking of which the clause has no word."""
UNSAID = 0.5
"""How far a taking is believed of which the clause that names the place has no word."""
UNNAMED = 0.4
"""How far a claim is believed whose sentence does not name its place."""


def _wheres(says: Event | Hold, words: str, report: Report, at: int) -> Sequence[Where]:
    """The places of a claim. Who holds "the northern part of the city" holds that part, not a place that another sentence names."""
    if isinstance(says, Event):
        return (*says.where, *listed(words, says.where, report.reading[: at + len(words)])) if says.type in TAKEN else says.where
    if any(where.name in words for where in says.where):
        return says.where
    part = part_told(words, report.reading[:at])
    if part is None:
        return says.where
    return (Where(name=part, relation=part, precision="part", country=says.where[0].country if says.where else None),)


def _effect(says: Event | Hold, clause: str, where: Where, bodies: Bodies, words: str) -> _Done | None:
    """What is done, by whom and to whom; ``None`` where nothing changes or nobody is known who could."""
    if isinstance(says, Hold) and says.status == "held" and is_divided(words):
        return _divided(says, words, where, bodies)
    row = effect_of(says, clause)
    if row is None:
        return None
    initiators = _told_here(tuple(p for p in says.parties if p.role == "initiator" and bodies.armed(p)), clause, words)
    targets = tuple(p for p in says.parties if p.role == "target" and bodies.armed(p))
    effect = row.effect
    if effect == "contest" and isinstance(says, Event) and says.type in TAKEN and _DESERTED.search(words):
        effect = "take"
    if isinstance(says, Hold) and says.share is not None and effect in ("hold", "lose"):
        return ("part", initiators, targets) if initiators or targets else None
    if effect == "give":
        return ("take", targets, initiators) if targets else ("lose", initiators, ()) if initiators else None
    if effect == "lose":
        return _lost(row, clause, initiators, targets)
    if effect == "contest":
        if not inside(where) or len(initiators) + len(targets) < (2 if row.by == "either" and not _FIGHTING.search(clause) else 1):
            return None
        return (effect, (*initiators, *targets), ()) if row.by == "either" else (effect, initiators, targets)
    if effect == "relieve":
        return effect, initiators, targets
    if effect == "take":
        stayed = tuple(party for party in initiators if not _leaver(party, words))
        if initiators and not stayed and _AFTER.search(words):
            return None
        if initiators and not stayed:
            return ("take", targets, initiators) if row.by == "either" and targets else ("lose", initiators, ())
        initiators = stayed
    if effect == "take" and not initiators and targets and row.by != "either":
        return "lose", targets, ()
    by = {"initiator": initiators, "target": targets, "either": initiators or targets}[row.by]
    others = targets if by is initiators else ()
    return (effect, by, others) if by or effect == "besiege" else None


def _divided(says: Hold, words: str, where: Where, bodies: Bodies) -> _Done | None:
    """Who is told to hold a part each; nothing where it was so once, or no town is told."""
    if where.precision in ("admin1", "country", "near") or (was_divided(words) and not _open(says.when)):
        return None
    told = tuple(party for party in sides(words) if bodies.armed(party))
    named = tuple(party for party in says.parties if party.role == "initiator" and bodies.armed(party))
    found = told if len(told) > 1 else (*told, *named)
    return ("divide", found, ()) if found else None


def weakly(says: Event | Hold, words: str, where: Where) -> bool:
    """Whether a taking is told by no word of taking in the clause that names the place."""
    row = effect_of(says, clause_of(words, where))
    return row is not None and isinstance(says, Event) and row.effect == "take" and row.words is None


def _told_here(parties: tuple[Party, ...], clause: str, words: str) -> tuple[Party, ...]:
    """The parties that a clause itself names; of "… from the group, which took X" the nearest before it; all, where that tells none."""
    named = tuple(party for party in parties if party.name in clause)
    if named or not _RELATIVE.match(clause):
        return named or parties
    start = words.find(clause)
    before = [(at, party) for party in parties if (at := words.rfind(party.name, 0, start)) >= 0]
    return (max(before, key=lambda one: one[0])[1],) if before else parties


_RELATIVE = re.compile(r"[,\s]*(?:which|who)\b", re.I)
_DESERTED = re.compile(
    r"\b(?:after|as|when|hours after|days after)\s+(?:[\w’'-]+\s+){1,6}?"
    r"(?:fled|withdrew|retreated|left|pulled out|abandoned|surrendered)\b",
    re.I,
)
"""Who enters a place that others have left has it."""
_LEFT = r"['’]?s?\s+(?:\w+ly\s+)?(?:(?:had|has|have)\s+)?(?:retreat|withdr|fled|flee|pulled out|left|abandon|surrender)\w*"
"""Who does that takes nothing."""
_AFTER = re.compile(r"\b(?:followed by|led to|prompted|triggered|sparked)\b", re.I)


def _leaver(party: Party, words: str) -> bool:
    """Whether a party is told to leave, or to come in only by what followed."""
    if re.search(re.escape(party.name) + _LEFT, words):
        return True
    after = _AFTER.search(words)
    return after is not None and words.find(party.name) > after.start()


def _lost(
    row: Effect, clause: str, initiators: tuple[Party, ...], targets: tuple[Party, ...]
) -> tuple[str, tuple[Party, ...], tuple[Party, ...]] | None:
    """Who lost it stands before the verb, who has it now may stand behind it: "the rebels lost X to the army"."""
    cue = row.words.search(clause) if row.words else None
    at = cue.start() if cue else 0
    parties = (*initiators, *targets)
    before = tuple(party for party in parties if 0 <= clause.find(party.name) < at)
    losers = before or initiators or targets
    gainers = tuple(party for party in parties if party not in losers and clause.find(party.name) > at)
    if gainers:
        return "take", gainers, losers
    return ("lose", losers, ()) if losers else None


def _move(
    common: dict[str, object], effect: str, by: tuple[Party, ...], others: tuple[Party, ...], bodies: Bodies, **more: object
) -> Move:
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
        return first, first, True
    last = min((day for day in (last, limit) if day is not None), default=first)
    first = last if first is None or (last is not None and first > last) else first
    return first, last, told


def _open(when: When | None) -> bool:
    return when is not None and when.start is not None and when.end is None


def clause_of(words: str, where: Where) -> str:
    """The clause of a sentence that names a place, the whole sentence where that cannot be told."""
    cuts = [0, *(match.start() for match in _CLAUSES.finditer(words)), len(words)]
    name = where.name.casefold()
    parts = [words[a:b] for a, b in pairwise(cuts)]
    return next((part for part in parts if name in part.casefold() and len(part.split()) > len(name.split()) + 2), words)


def placed(moves: Sequence[Move]) -> list[tuple[date, Move]]:
    """Moves of one place by the day from which they count, whatever the order they came in; those of no day at all count first.

    A narrow span counts from its middle. "In 2022" counts from its last day too, unless better-dated words of the place lie
    within it: then from the day before the earliest of these. A taking "late in 2016" waits for who else took the place within it, or
    for who took it being told to have it; that others were there or fought says only that it was not yet taken.
    """
    narrow = sorted(((_middle(move), move) for move in moves if not move.wide), key=lambda one: one[0])
    days = [(_day(move, narrow), move) for move in moves]
    return sorted(days, key=lambda one: (one[0], _RANK[one[1].effect], one[1].order, _rest(one[1])))


_RANK = {"hold": 0, "relieve": 1, "divide": 2, "part": 2, "besiege": 3, "contest": 4, "lose": 5, "take": 6, "give": 6}


def _rest(move: Move) -> tuple[str, str, str, tuple[str, ...]]:
    return move.report, move.claim, move.effect, move.bodies


def _day(move: Move, narrow: Sequence[tuple[date, Move]]) -> date:
    if move.last is None:
        return date.min
    if not move.wide:
        return _middle(move)
    first = move.first or date.min
    within = [(day, other) for day, other in narrow if first <= day <= move.last]
    if move.effect == "take":
        own = next((day for day, other in within if other.effect == "take" and set(other.bodies) & set(move.bodies)), None)
        if own is not None:
            return own
        within = [one for one in within if _settles(one[1], move)]
    better = next((day for day, _ in within), None)
    return move.last if better is None else max(first, better - timedelta(days=1)) if better > date.min else better


def _settles(other: Move, taking: Move) -> bool:
    """Whether better-dated words tell that a taking came before them."""
    if other.effect == "take":
        return True
    return other.effect == "hold" and not other.passing and bool(set(other.bodies) & set(taking.bodies))


def _middle(move: Move) -> date:
    assert move.first is not None and move.last is not None
    return move.first + (move.last - move.first) // 2


def elsewhere(move: Move, place: str, where: Where) -> Move:
    """The same word on a place within the area that it covers."""
    return replace(move, place=place, where=where, covers=False)
