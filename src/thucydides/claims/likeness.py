"""What speaks for two drafts of a report telling one happening: named pieces of evidence, weighed in ``folding``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import cos, hypot, prod, radians

from thucydides.claims.drafts import CONSEQUENCES, Draft
from thucydides.claims.hearing import alike, told_as
from thucydides.record import Where

FAR_DAYS = 10  # days told further apart are no less one happening's
Located = Callable[[Draft], Sequence[Where]]
Typed = Callable[[Draft], str]


def evidence(one: Draft, other: Draft, located: Located, typed: Typed) -> list[tuple[str, float]]:
    """The named pieces of evidence for a pair, each with how often it counts."""
    found: list[tuple[str, float]] = []
    mine, theirs = located(one), located(other)
    if mine and theirs:
        found.append((_compare_places(mine, theirs), 1))
    elif not mine:
        found.append(("no place of its own", 1))
    day, its_day = days_of(one), days_of(other)
    if day and its_day:
        apart = max(day[0] - its_day[1], its_day[0] - day[1])
        found.append(("same day" if apart <= 0 else "other month" if apart > 20 else "other day", 1))
        found += _surely_apart(apart, one, other)
    elif not day:
        found.append(("no day of its own", 1))
    if one.initiators and other.initiators:
        found.append(("same initiator" if share_party(one.initiators, other.initiators) else "other initiator", 1))
    elif not one.initiators:
        found.append(("no initiator of its own", 1))
    if one.targets and other.targets and share_party(one.targets, other.targets):
        found.append(("same target", 1))
    killed, its_killed = count_of(one, "killed"), count_of(other, "killed")
    wounded, its_wounded = count_of(one, "wounded"), count_of(other, "wounded")
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
    found += _compared(one, other)
    found += _wording(one, other)
    found += alike(one, other).items()
    found += told_as(one).items()
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


def _compared(one: Draft, other: Draft) -> list[tuple[str, float]]:
    """What the parts of both, where both tell them, say beyond being the same or not."""
    found: list[tuple[str, float]] = []
    if one.targets and other.targets and not share_party(one.targets, other.targets):
        found.append(("other target", 1))
    for name, mine, theirs in (("initiator", one.initiators, other.initiators), ("target", one.targets, other.targets)):
        known, its = ({s.actor for s, _ in side if s.actor and s.kind in ("state", "armed")} for side in (mine, theirs))
        if known and its:
            found.append((f"same known {name}" if known & its else f"other known {name}", 1))
    for name in ("killed", "wounded"):
        count, its_count = count_of(one, name), count_of(other, name)
        if count is not None and its_count is not None and count != its_count:
            found.append((f"more {name}" if count > its_count else f"fewer {name}", 1))
        elif count is None and its_count is not None:
            found.append((f"no {name} of its own", 1))
        elif count is not None and its_count is None:
            found.append((f"adds the {name}", 1))
    arms, its_arms = ({i for h, _ in d.arms for i in h.values[:1]} for d in (one, other))
    if arms and its_arms and not arms & its_arms:
        found.append(("other arm", 1))
    says, its_says = ({s.name.lower() for s, _ in d.speakers} for d in (one, other))
    if says and its_says:
        found.append(("same speaker" if says & its_says else "other speaker", 1))
    numbers, its_numbers = ({w.text for w in d.sentence.doc if w.tag_ == "CD"} for d in (one, other))
    if numbers and its_numbers:
        found.append(("same numbers" if numbers & its_numbers else "other numbers", 1))
    before = [c.lower_ for t in one.triggers[:1] for c in t.token.children if c.dep_ == "aux"]
    if "had" in before:
        found.append(("had happened", 1))
    if any(not t.verbal and any(c.lower_ in ("the", "this", "that", "these") for c in t.token.children) for t in one.triggers):
        found.append(("points back in passing", 1))
    if any(t.verbal and any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == "PRP" for c in t.token.children) for t in one.triggers):
        found.append(("told of a pronoun", 1))
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


def share_place(mine: Sequence[Where], theirs: Sequence[Where]) -> bool:
    return _compare_places(mine, theirs) != "other place"


def same_place(mine: Sequence[Where], theirs: Sequence[Where]) -> bool:
    """Whether two tellings name one place, not one within the other."""
    return _compare_places(mine, theirs) == "same place"


def other_actors(mine: Sequence[tuple[object, object]], theirs: Sequence[tuple[object, object]]) -> bool:
    """Whether two tellings both name actors whom the roster knows, and none of them in both."""
    one, other = ({getattr(s, "actor", None) for s, _ in sides} - {None} for sides in (mine, theirs))
    return bool(one and other) and not one & other


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


def _surely_apart(apart: int, one: Draft, other: Draft) -> list[tuple[str, float]]:
    """How sure it is that two tellings tell days that differ: each sentence may tell several, and a guess weighs little."""
    if apart <= 0:
        return []
    sure = prod(next((w.chance for w in d.weighed.get("date", ()) if w.taken), 0.0) for d in (one, other))
    return [("other day, surely", sure), ("days apart, surely", sure * min(1.0, apart / FAR_DAYS))]


def days_of(draft: Draft) -> tuple[int, int] | None:
    when = draft.date[0].when if draft.date else None
    if when is None or draft.inherited_date:
        return None
    start = when.start or (when.end - timedelta(days=365) if when.end else None)
    end = when.end or (when.start + timedelta(days=365) if when.start else None)
    return (start.toordinal(), end.toordinal()) if start and end else None


def share_party(mine: Sequence[tuple[object, object]], theirs: Sequence[tuple[object, object]]) -> bool:
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


def count_of(draft: Draft, field: str) -> int | None:
    for count, _ in draft.counts:
        if count.field == field:
            return count.toll.low if count.toll.low is not None else count.toll.high
    return None
