"""One happening, one claim: sentences of a report that tell the same happening are folded into one draft.

Each piece of evidence for or against is a small number with a name; their sum decides. A conflict of place, day or actor keeps
two happenings apart however alike they sound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from math import cos, hypot, radians

from thucydides.claims.drafts import CLUSTER, CONSEQUENCES, Draft
from thucydides.claims.hearing import alike
from thucydides.claims.learned import Scale
from thucydides.claims.sentences import Sentence
from thucydides.claims.tolls import Count, is_risen, is_vague
from thucydides.record import Kind, Where

THRESHOLD = 0.0
FIRST, LAST = 10, 50
TELLINGS = 4  # of a happening told often, so many of the first and of the last tellings are compared
AGAINST = 0.5  # how much the mean of all tellings counts where it speaks against
NARROW_DAYS = 1
ALIKE = 0.1  # chances of days no further apart are the same
NEVER = -9.0  # families that are never one happening

Located = Callable[[Draft], Sequence[Where]]
Typed = Callable[[Draft], str]
Told = tuple[Count, Sentence]


def fold(drafts: Sequence[Draft], located: Located, typed: Typed, scale: Scale) -> list[Draft]:
    """Folds the event drafts of a report, in order of telling; other kinds fold only when they say the same of the same place.

    A telling is compared with the tellings of every happening as they stand, and joins the happening that holds the one it is most like.
    """
    happenings: list[list[Draft]] = []
    for one in drafts:
        best: tuple[float, list[Draft]] | None = None
        # A telling is compared with the report's first happenings and the last ones told: a report of thousands stays linear.
        for tellings in happenings if len(happenings) <= FIRST + LAST else [*happenings[:FIRST], *happenings[-LAST:]]:
            if tellings[0].kind != one.kind:
                continue
            score = _belongs(one, tellings, located, typed, scale)
            if score > THRESHOLD and (best is None or score > best[0]):
                best = (score, tellings)
        if best is None:
            happenings.append([one])
        else:
            best[1].append(one)
    for first, *rest in happenings:
        for one in rest:
            absorb(first, one)
    return [tellings[0] for tellings in happenings]


def _belongs(one: Draft, tellings: Sequence[Draft], located: Located, typed: Typed, scale: Scale) -> float:
    """How much speaks for a telling belonging to a happening: what it is most like, less what speaks against its other tellings."""
    if one.kind is not Kind.EVENT:
        return max(_same_statement(one, other, located) for other in tellings)
    compared = (*tellings[:TELLINGS], *tellings[TELLINGS:][-TELLINGS:])
    scores = [likeness(one, other, located, typed, scale) for other in compared]
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


def evidence(one: Draft, other: Draft, located: Located, typed: Typed) -> list[tuple[str, float]]:
    """The named pieces of evidence for a pair, each with how often it counts."""
    found: list[tuple[str, float]] = []
    mine, theirs = located(one), located(other)
    if mine and theirs:
        found.append((_compare_places(mine, theirs), 1))
    elif not mine:
        found.append(("no place of its own", 1))
    day, its_day = _days(one), _days(other)
    if day and its_day:
        apart = max(day[0] - its_day[1], its_day[0] - day[1])
        found.append(("same day" if apart <= 0 else "other month" if apart > 20 else "other day", 1))
    elif not day:
        found.append(("no day of its own", 1))
    if one.initiators and other.initiators:
        found.append(("same initiator" if _share_party(one.initiators, other.initiators) else "other initiator", 1))
    elif not one.initiators:
        found.append(("no initiator of its own", 1))
    if one.targets and other.targets and _share_party(one.targets, other.targets):
        found.append(("same target", 1))
    killed, its_killed = _count(one, "killed"), _count(other, "killed")
    wounded, its_wounded = _count(one, "wounded"), _count(other, "wounded")
    if killed is not None and its_killed is not None:
        found.append(("same toll" if killed == its_killed else "other toll", 1))
    elif wounded is not None and its_wounded is not None:
        found.append(("same toll" if wounded == its_wounded else "other toll", 1))
    type_, its_type = typed(one), typed(other)
    result_only = all(t.family in CONSEQUENCES for t in one.triggers) if one.triggers else False
    plain_result = other.triggers and all(t.family in CONSEQUENCES for t in other.triggers)
    if type_ == its_type:
        found.append(("same type", 1))
    elif not result_only and not plain_result and "attack" not in (one.family, other.family):
        found.append(("other type", 1))
    if one.definite:
        found.append(("points back", 1))
    if result_only and not mine:
        found.append(("only a result", 1))
    gap = one.sentence.index - other.sentence.index
    if other.sentence.section == "title" or (other.sentence.index <= 1 and gap <= 4):
        found.append(("lead and detail", 1))
    if gap == 1:
        found.append(("next sentence", 1))
    found.append(("far apart", max(0, min(gap, 12) - 2)))
    arms, its_arms = {i for h, _ in one.arms for i in h.values[:1]}, {i for h, _ in other.arms for i in h.values[:1]}
    if arms & its_arms:
        found.append(("same arm", 1))
    found += _wording(one, other)
    found += alike(one, other).items()
    found += _crossed({name for name, _ in found}, gap)
    words = one.sentence.text[:80].lower()
    if any(
        w in words
        for w in (
            "another ",
            "a separate",
            "separately",
            "also ",
            "in a second",
            "other attacks",
            "elsewhere",
            "meanwhile",
            "similarly",
            "in addition",
            " other persons",
            " other people",
            " other civilians",
            "later on",
            " more ",
            "previously",
            "earlier this",
            "a second",
            " two other",
            " three other",
            " 3 other",
            "next day",
        )
    ):
        found.append(("second", 1))
    return found


def _wording(one: Draft, other: Draft) -> list[tuple[str, float]]:
    """How much of the later sentence stood in the earlier one: names, other words, and the trigger itself."""
    mine, theirs = one.sentence.content, other.sentence.content
    names, words = {w for w, name in mine if name}, {w for w, name in mine if not name}
    known = {w for w, _ in theirs}
    found = [("shared words", len(words & known) / max(4, len(words)))]
    if names:
        found.append(("shared names", len(names & known) / len(names)))
        found.append(("new names", min(5, len(names - known)) / 5))
    own, its = {t.frame.lemma for t in one.triggers}, {t.frame.lemma for t in other.triggers}
    found.append(("same trigger", float(bool(own & its))))
    found.append(("same family", float(one.family == other.family)))
    head = one.triggers[0] if one.triggers else None
    if head is not None:
        found.append(("told by a verb" if head.verbal else "told by a noun", 1))
        found.append(("told in a main clause", float(head.verbal and head.token.dep_ in ("ROOT", "ccomp", "conj"))))
    if one.sentence.paragraph == other.sentence.paragraph:
        found.append(("same paragraph", 1))
    found.append(("says more", float(bool(one.initiators) + bool(one.targets) + bool(one.places) + bool(one.date) + bool(one.counts) >= 3)))
    return found


_AGAINST = frozenset({"other day", "other month", "other place", "other toll", "other initiator", "other type"})
_DAYS_APART = frozenset({"other day", "other month"})
_APART = frozenset({"other place", "other toll", "other initiator"})
_CROSSED = ("same place", "other place", "no place of its own", "same type", "other type", "points back", "same family", "other initiator")


def _crossed(names: set[str], gap: int) -> list[tuple[str, float]]:
    """Pairs of evidence that say more together than each alone."""
    against = len(names & _AGAINST)
    found = [("against each other twice", float(against >= 2)), ("against each other thrice", float(against >= 3))]
    if "same type" in names:
        found += [
            (f"same type, {n}", 1.0)
            for n in ("same place", "no place of its own", "other place", "same day", "other day", "same toll")
            if n in names
        ]
    if gap == 1:
        found += [(f"next sentence, {n}", 1.0) for n in _CROSSED if n in names]
    if "lead and detail" in names:
        found += [(f"lead and detail, {n}", 1.0) for n in _CROSSED if n in names]
    return found


def _share_place(mine: Sequence[Where], theirs: Sequence[Where]) -> bool:
    return _compare_places(mine, theirs) != "other place"


def _compare_places(mine: Sequence[Where], theirs: Sequence[Where]) -> str:
    """Whether two tellings name the same place, a wider one around it, or another."""
    best = "other place"
    for a in mine:
        for b in theirs:
            if a.name.lower() == b.name.lower() or (a.place is not None and a.place == b.place):
                return "same place"
            if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
                continue
            apart = hypot((a.lat - b.lat) * 111.2, (a.lon - b.lon) * 111.2 * cos(radians(a.lat)))
            if _small(a) and _small(b):
                # Two quarters of a town, two villages: another place even where both are only held at the town.
                if apart <= 2 and a.place is not None and b.place is not None:
                    return "same place"
            elif apart <= max(a.radius_km or 5.0, b.radius_km or 5.0, 12.0):
                best = "wider place"
    return best


def _small(where: Where) -> bool:
    """A quarter, village or site, known or only held at the place named before it."""
    if where.precision == "part" or (where.precision == "area" and "held at" in where.rule):
        return True
    return where.radius_km is not None and where.radius_km <= 5.0


def _days(draft: Draft) -> tuple[int, int] | None:
    when = draft.date[0].when if draft.date else None
    if when is None or draft.inherited_date:
        return None
    start = when.start or (when.end - timedelta(days=365) if when.end else None)
    end = when.end or (when.start + timedelta(days=365) if when.start else None)
    return (start.toordinal(), end.toordinal()) if start and end else None


def _share_party(mine: Sequence[tuple[object, object]], theirs: Sequence[tuple[object, object]]) -> bool:
    def keys(sides: Sequence[tuple[object, object]]) -> set[str]:
        found: set[str] = set()
        for sighting, _ in sides:
            actor = getattr(sighting, "actor", None)
            if actor:
                found.add(actor)
                found.add(actor.split("-")[0])
            found.add(getattr(sighting, "head", ""))
            found.update(n.lower() for n in getattr(sighting, "names", ())[:1])
        return found - {"force", "forces", "group", "fighter", "troop", "army"}

    a, b = keys(mine), keys(theirs)
    generic = all(getattr(s, "actor", None) is None for s, _ in mine) or all(getattr(s, "actor", None) is None for s, _ in theirs)
    return bool(a & b) or generic


def _count(draft: Draft, field: str) -> int | None:
    for count, _ in draft.counts:
        if count.field == field:
            return count.toll.low if count.toll.low is not None else count.toll.high
    return None


def _same_statement(one: Draft, other: Draft, located: Located) -> float:
    mine, theirs = located(one), located(other)
    if one.kind is Kind.TOLL:
        killed, its_killed = _count(one, "killed"), _count(other, "killed")
        return 5.0 if killed is not None and killed == its_killed else 0.0
    if one.kind is Kind.CONTROL:
        return (
            5.0
            if mine
            and theirs
            and _share_place(mine, theirs)
            and _share_party(one.initiators, other.initiators)
            and one.status == other.status
            else 0.0
        )
    if one.kind is Kind.PLAN:
        same = (mine and theirs and _share_place(mine, theirs)) or not mine
        near = one.family == other.family or one.sentence.index - other.sentence.index <= 1
        return (
            5.0
            if same
            and near
            and one.initiators
            and other.initiators
            and _share_party(one.initiators, other.initiators)
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
    if not kept.initiators or (not any(s.actor for s, _ in kept.initiators) and any(s.actor for s, _ in one.initiators)):
        kept.initiators = one.initiators or kept.initiators
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
    kept.strength = max(kept.strength, one.strength)


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
    days = _days(draft)
    return days[1] - days[0] if days else 10_000


def _surer_day(one: Draft, other: Draft) -> bool:
    """Whether a telling's day is the narrower, or of two that are narrow the likelier: "overnight" and "on Thursday"."""
    mine, theirs = ([w.chance for w in d.weighed.get("date", ()) if w.taken] for d in (one, other))
    if mine and theirs and max(_width(one), _width(other)) <= NARROW_DAYS and abs(mine[0] - theirs[0]) > ALIKE:
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
        + 0.3 * bool(draft.arms)
        + (0.3 if any(t.verbal for t in draft.triggers) else 0)
        + 0.9 * bool(draft.speakers)
        - 1.5 * (draft.sentence.section == "title")
    )
