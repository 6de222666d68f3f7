"""One happening, one claim: sentences of a report that tell the same happening are folded into one draft.

Each piece of evidence for or against is a small number with a name; their sum decides. A conflict of place, day or actor keeps
two happenings apart however alike they sound.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp

from thucydides.claims.drafts import CLUSTER, Draft
from thucydides.claims.learned import Scale
from thucydides.claims.likeness import Located, Typed, count_of, days_of, evidence, other_actors, same_place, share_party, share_place
from thucydides.claims.parties import NAMES, Sighting
from thucydides.claims.sentences import Sentence
from thucydides.claims.tolls import Count, is_risen, is_vague
from thucydides.record import Kind

THRESHOLD = 0.0
NEW = 0.4  # a telling is a new happening only if it is likelier than this that it states one and repeats none; half of F1, as theory has it
FAINTLY = 0.2  # but what is less likely the same than this joins nothing
FIRST, NEAREST = 10, 50
TELLINGS = 4  # of a happening told often, so many of the surest and of the faintest tellings are compared
AGAINST = 0.5  # how much the mean of all tellings counts where it speaks against
SURE = 1.0  # how much it counts for a telling as the quote that it surely states a claim
NARROW_DAYS = 1
FAR_LESS = 0.6  # a narrower day of so much less a chance than the one at hand is another happening's
ALIKE = 0.1  # chances of days no further apart are the same
NEVER = -9.0  # families that are never one happening

_DAYS_APART = frozenset({"other day", "other month"})
_APART = frozenset({"other place", "other toll", "other initiator"})
Told = tuple[Count, Sentence]
Side = tuple[Sighting, Sentence]


def fold(drafts: Sequence[Draft], located: Located, typed: Typed, scale: Scale) -> list[Draft]:
    """Folds the event drafts of a report; other kinds fold only when they say the same of the same place. In order of telling.

    The surest tellings come first. Each is compared with the tellings of every happening as they stand, and joins the happening that
    holds the one it is most like, if it is rather that than a happening of its own.
    """
    place = {id(one): n for n, one in enumerate(drafts)}
    happenings: list[list[Draft]] = []
    order: list[tuple[int, list[Draft]]] = []  # by where the surest telling stands
    for one in sorted(drafts, key=lambda d: -d.chance):
        best: tuple[float, list[Draft]] | None = None
        for tellings in _near(happenings, order, place[id(one)]):
            if tellings[0].kind != one.kind:
                continue
            score = _belongs(one, tellings, place, located, typed, scale)
            if best is None or score > best[0]:
                best = (score, tellings)
        if best is None or not _joins(one, best[0]):
            happenings.append([one])
            insort(order, (place[id(one)], happenings[-1]), key=lambda pair: pair[0])
        else:
            best[1].append(one)
    for tellings in happenings:
        tellings.sort(key=lambda d: place[id(d)])
        for one in tellings[1:]:
            absorb(tellings[0], one)
    return sorted((tellings[0] for tellings in happenings), key=lambda d: place[id(d)])


def _near(happenings: Sequence[list[Draft]], order: Sequence[tuple[int, list[Draft]]], at: int) -> Sequence[list[Draft]]:
    """The surest happenings and those told nearest to a place in the report, so that a report of thousands stays linear."""
    if len(happenings) <= FIRST + NEAREST:
        return happenings
    here = bisect_left(order, at, key=lambda pair: pair[0])
    around = [tellings for _, tellings in order[max(0, here - NEAREST // 2) : here + NEAREST // 2]]
    return [*happenings[:FIRST], *around]


def _joins(one: Draft, score: float) -> bool:
    """Whether a telling tells a happening again: what is likely the same, or too faintly told and too much like it to be a new one."""
    if score > THRESHOLD:
        return True
    same = 1 / (1 + exp(-score))
    return one.kind is Kind.EVENT and same > FAINTLY and one.chance * (1 - same) < NEW


def _belongs(one: Draft, tellings: Sequence[Draft], place: Mapping[int, int], located: Located, typed: Typed, scale: Scale) -> float:
    """How much speaks for a telling belonging to a happening: what it is most like, less what speaks against its other tellings."""
    compared = (*tellings[:TELLINGS], *tellings[TELLINGS:][-TELLINGS:])
    pairs = [(one, other) if place[id(one)] > place[id(other)] else (other, one) for other in compared]
    if one.kind is not Kind.EVENT:
        return max(_same_statement(later, earlier, located) for later, earlier in pairs)
    scores = [likeness(later, earlier, located, typed, scale) for later, earlier in pairs]
    able = [score for score in scores if score > NEVER]  # what can never be one with a single telling may be with the happening
    return max(able) + AGAINST * min(0.0, sum(able) / len(scores)) if able else NEVER


def likeness(one: Draft, other: Draft, located: Located, typed: Typed, scale: Scale) -> float:
    """How much speaks for two drafts telling one happening; ``one`` is told later."""
    a, b = CLUSTER.get(one.family, one.family), CLUSTER.get(other.family, other.family)
    if a != b and {a, b} not in ({"violence", "taking"}, {"violence", "crowd"}, {"siege", "taking"}, {"custody", "crowd"}):
        return NEVER
    if one.sentence is other.sentence:
        return NEVER
    found = dict(evidence(one, other, located, typed))
    if _DAYS_APART & found.keys() and _APART & found.keys():
        return NEVER  # on another day, and with another toll, actor or place: however alike they sound
    return scale.score(found)


def _same_statement(one: Draft, other: Draft, located: Located) -> float:
    mine, theirs = located(one), located(other)
    if one.kind is Kind.TOLL:
        killed, its_killed = count_of(one, "killed"), count_of(other, "killed")
        return 5.0 if killed is not None and killed == its_killed else 0.0
    if one.kind is Kind.CONTROL:
        return (
            5.0
            if mine
            and theirs
            and same_place(mine, theirs)
            and share_party(one.initiators, other.initiators)
            and not other_actors(one.initiators, other.initiators)
            and one.status == other.status
            else 0.0
        )
    if one.kind is Kind.PLAN:
        same = (mine and theirs and share_place(mine, theirs)) or not mine
        near = one.family == other.family or one.sentence.index - other.sentence.index <= 1
        return (
            5.0
            if same
            and near
            and one.initiators
            and other.initiators
            and share_party(one.initiators, other.initiators)
            and one.family == other.family
            else 0.0
        )
    return 0.0


def absorb(kept: Draft, one: Draft) -> None:
    """Takes what a further telling adds. The fullest sentence becomes the quote."""
    if _fullness(one) > _fullness(kept) and (one.sentence.section != "title"):
        also = kept.sentence
        kept.further.append(replace(kept, further=[], also=[]))
        kept.sentence, kept.marks, kept.family, kept.type = one.sentence, one.marks, one.family, one.type
        # The fuller telling's own words come first: "FARC guerrillas near Tibu", not the headline's "guerrillas in Colombia".
        kept.initiators = one.initiators or kept.initiators
        kept.targets = one.targets or kept.targets
        if one.places and not one.inherited_place:
            kept.places, kept.inherited_place = one.places, False
        kept.factuality, kept.speakers = one.factuality, one.speakers
        kept.weighed = kept.weighed | {name: some for name, some in one.weighed.items() if any(w.taken for w in some)}
    else:
        also = one.sentence
        kept.further.append(one)
    # Two tellings may stand in one sentence: each sentence is kept once.
    kept.also = [s for s in dict.fromkeys((*kept.also, also)) if s is not kept.sentence]
    kept.triggers = [*kept.triggers, *one.triggers]
    if not kept.initiators or (not any(s.named for s, _ in kept.initiators) and any(s.named for s, _ in one.initiators)):
        kept.initiators = _also_called(one.initiators, kept.initiators) or kept.initiators
        _weigh_as(kept, one, "initiators")
    if not kept.targets:
        kept.targets = one.targets
        _weigh_as(kept, one, "targets")
    elif one.targets:
        kinds = {s.kind for s, _ in kept.targets}
        kept.targets = [*kept.targets, *[(s, w) for s, w in one.targets if s.kind not in kinds and s.kind in ("civilian", "object")]][:3]
    if (kept.inherited_place or not kept.places) and one.places and not one.inherited_place:
        kept.places, kept.inherited_place = one.places, False
        _weigh_as(kept, one, "places")
    if (kept.date is None or kept.inherited_date) and one.date is not None and not one.inherited_date:
        kept.date, kept.inherited_date = one.date, False
        _weigh_as(kept, one, "date")
    elif kept.date and one.date and kept.date[0].when and one.date[0].when and _surer_day(one, kept):
        kept.date = one.date
        _weigh_as(kept, one, "date")
    for field_ in dict.fromkeys(c.field for c, _ in one.counts):
        mine, its = ([(c, s) for c, s in d.counts if c.field == field_] for d in (kept, one))
        if not mine or _tells_better(its, mine, kept.sentence):
            kept.counts = [(c, s) for c, s in kept.counts if c.field != field_] + its
    known_arms = {i for h, _ in kept.arms for i in h.values[:1]}
    kept.arms += [(h, s) for h, s in one.arms if not known_arms & set(h.values[:1])]
    kept.strength, kept.chance = max(kept.strength, one.strength), max(kept.chance, one.chance)


def _also_called(sides: list[Side], before: Sequence[Side]) -> list[Side]:
    """The one party that a telling names, with what another calls it: the FMLN with "guerrillas"."""
    if len(sides) != 1 or len(before) != 1 or not sides[0][0].armed:
        return sides
    (party, sentence), (other, _) = sides[0], before[0]
    return [(replace(party, names=tuple(dict.fromkeys((party.name, other.name, *party.names)))[:NAMES]), sentence)]


def _tells_better(its: Sequence[Told], mine: Sequence[Told], quote: Sentence) -> bool:
    """Whether counts of a further telling stand instead of those told before: a toll told anew, figures for "dozens", the quote's own."""
    most, most_before = (max(c.toll.low or 0 for c, _ in some) for some in (its, mine))
    risen, risen_before = (any(is_risen(s.text) for _, s in some) for some in (its, mine))
    if risen != risen_before:
        return risen and most > most_before
    vague, vague_before = (all(is_vague(c.toll) for c, _ in some) for some in (its, mine))
    if vague != vague_before:
        return vague_before
    return any(s is quote for _, s in its) and not any(s is quote for _, s in mine)


def _weigh_as(kept: Draft, one: Draft, name: str) -> None:
    """What a field taken from another telling was weighed against comes with it."""
    if name in one.weighed:
        kept.weighed[name] = one.weighed[name]


def _width(draft: Draft) -> int:
    days = days_of(draft)
    return days[1] - days[0] if days else 10_000


def _narrow(*drafts: Draft) -> bool:
    return max(map(_width, drafts)) <= NARROW_DAYS


def _surer_day(one: Draft, other: Draft) -> bool:
    """Whether a telling's day is the narrower, or of two that are narrow the likelier: "overnight" and "on Thursday"."""
    mine, theirs = ([w.chance for w in d.weighed.get("date", ()) if w.taken] for d in (one, other))
    if mine and theirs and abs(mine[0] - theirs[0]) > ALIKE and (_narrow(one, other) or mine[0] < FAR_LESS * theirs[0]):
        return mine[0] > theirs[0]
    return _width(one) < _width(other)


def _fullness(draft: Draft) -> float:
    """How much a telling says. One with its speaker is the better quote, and what a headline states is quoted from the text."""
    return (
        1.0 * bool(draft.initiators)
        + 1.0 * bool(draft.targets)
        + 1.2 * bool(draft.places and not draft.inherited_place)
        + 0.8 * bool(draft.date and not draft.inherited_date)
        + 0.8 * bool(draft.counts)
        + 0.3 * draft.strength
        + SURE * draft.chance
        + 0.3 * bool(draft.arms)
        + (0.3 if any(t.verbal for t in draft.triggers) else 0)
        + 0.9 * bool(draft.speakers)
        - 1.5 * (draft.sentence.section == "title")
    )
