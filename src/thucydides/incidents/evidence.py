"""The evidence that two accounts speak of one event, in small named pieces, each of which can say itself in words.

``weights.tsv`` holds what every piece counts and its wording. What can never be one event is told by ``apart``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import log1p, sqrt

from thucydides.incidents.accounts import NEAR_KM, Account, Spot, kindred, without_force
from thucydides.incidents.terms import RARE_NAME, RAREST, Terms, weight
from thucydides.places.geometry import distance_km

NEVER_KM = 150.0  # beyond the radii of both
NEVER_DAYS = 60  # between days that both reports tell
FEWEST_TERMS = 5  # of a sentence that can be known again
COPIED, ALIKE = 0.8, 0.5  # how much of the longer sentence stands in the shorter one that is the same, or like it
FEW = 3  # events that a report tells which is about one of them
# What says more together than one by one: the same village on the same day, the same dead in the next village.
_DAYS = ("same exact day", "same day, guessed", "next day", "days apart", "a day untold")
_PLACES = ("same place", "same name of place", "places meet", "within a wider place", "places near", "places apart", "a place untold")
_TOLLS = ("same killed", "killed alike", "other killed", "same wounded")
_TYPES = ("same type", "kindred type", "other type")
_TOGETHER: dict[str, list[tuple[str, str]]] = {}
for _one, _other in (*product(_DAYS, _PLACES), *product(_PLACES, _TOLLS), *product(_DAYS, _TOLLS), *product(_TYPES, (*_PLACES, *_DAYS))):
    _TOGETHER.setdefault(_one, []).append((_other, f"{_one}, {_other}"))
_GAPS = ((0, "same day"), (1, "next day"), (4, "days apart"), (10, "a week apart"))
_FAR = ((10.0, "places near"), (50.0, "places apart"), (NEVER_KM, "places far apart"))
Evidence = dict[str, float]


def apart(one: Account, other: Account) -> str | None:
    """Why two accounts can never be one event, in words; ``None`` where they can."""
    if one.report == other.report:
        return "one report tells them as two happenings"
    if one.first_day is not None and other.first_day is not None and one.sure_day and other.sure_day:
        gap = _gap(one, other)
        if gap > NEVER_DAYS:
            return f"their days are {gap} apart"
    if one.type and other.type and other.type not in kindred().get(one.type, ()) and _one_forceless(one.type, other.type):
        return f"{one.type} and {other.type} are never one event"
    if one.spots and other.spots and all(spot.sure for spot in (*one.spots, *other.spots)) and (far := _nearest(one, other)[0]) > NEVER_KM:
        return f"their places are {far:.0f} km apart"
    return None


def _one_forceless(one: str, other: str) -> bool:
    return (one in without_force()) != (other in without_force())


def evidence(one: Account, other: Account) -> Evidence:
    """All pieces of evidence for a pair, each with how much of it there is. The order of the two makes no difference."""
    found: Evidence = {}
    found.update(_of_words(one, other))
    found.update(_of_days(one, other))
    found.update(_of_places(one, other))
    found.update(_of_parties(one, other))
    found.update(_of_tolls(one, other))
    if one.type and other.type:
        kin = other.type in kindred().get(one.type, ())
        found["same type" if one.type == other.type else "kindred type" if kin else "other type"] = 1.0
    if one.things and other.things:
        shared = one.things & other.things
        found["same thing hit" if shared else "other thing hit"] = min(2.0, float(len(shared))) if shared else 1.0
    if one.time_of_day and other.time_of_day:
        found["same time of day" if one.time_of_day == other.time_of_day else "other time of day"] = 1.0
    if one.arms and other.arms:
        found["same arm" if one.arms & other.arms else "other arm"] = 1.0
    if one.sketch.source == other.sketch.source:
        found["same outlet"] = 1.0
    for name in [name for name in found if name in _TOGETHER]:
        for other_name, both in _TOGETHER[name]:
            if other_name in found:
                found[both] = 1.0
    return found


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _of_words(one: Account, other: Account) -> Iterator[tuple[str, float]]:
    a, b = one.sketch, other.sketch
    names, words, figures = a.terms.names & b.terms.names, a.terms.words & b.terms.words, a.terms.figures & b.terms.figures
    mine, its = a.terms.weights, b.terms.weights
    shared_names, shared_words, shared_figures = weight(names), weight(words), weight(figures)
    # What whole reports share says less of one event the more events they tell.
    of = "digest: " if max(one.among, other.among) > FEW else "sides: " if one.initiators and other.initiators else ""
    yield f"{of}shared wording", (shared_names + shared_words + shared_figures) / sqrt(sum(mine) * sum(its) + 1)
    yield f"{of}shared names", shared_names / sqrt(mine[0] * its[0] + 1)
    yield f"{of}names contained", shared_names / (min(mine[0], its[0]) + 1)
    yield f"{of}shared words", shared_words / sqrt(mine[1] * its[1] + 1)
    yield f"{of}words contained", shared_words / (min(mine[1], its[1]) + 1)
    yield f"{of}shared head", min(1.0, weight((a.head.names & b.head.names) | (a.head.words & b.head.words)) / 50)
    if of:
        yield of.rstrip(": "), 1.0
    rare = [name for name in names if name & RAREST >= RARE_NAME]
    if rare:
        yield "rare names", min(10.0, len(rare))
    elif mine[0] and its[0]:
        yield "no rare name", 1.0
    if a.full_names & b.full_names:
        yield "full names", log1p(len(a.full_names & b.full_names))
    elif a.full_names and b.full_names:
        yield "other full names", 1.0
    if figures:
        yield "shared figures", min(5.0, len(figures))
    yield from _of_telling(one.telling, other.telling)


def _of_telling(mine: Terms, its: Terms) -> Iterator[tuple[str, float]]:
    """What the sentences share that state the two."""
    if mine.names and its.names:
        shared = weight(mine.names & its.names)
        yield "telling names", shared / (min(mine.weights[0], its.weights[0]) + 1)
        yield "telling names, weight", min(3.0, shared / 7)
        if not shared:
            yield "other telling names", 1.0
    if mine.words and its.words:
        shared = weight(mine.words & its.words)
        yield "telling words", shared / (min(mine.weights[1], its.weights[1]) + 1)
        yield "telling words, weight", min(3.0, shared / 10)
    if mine.figures & its.figures:
        yield "telling figures", min(3.0, len(mine.figures & its.figures))
    sizes = [len(told.names) + len(told.words) + len(told.figures) for told in (mine, its)]
    if min(sizes) >= FEWEST_TERMS:
        both = weight(mine.names & its.names) + weight(mine.words & its.words) + weight(mine.figures & its.figures)
        alike = both / max(sum(mine.weights), sum(its.weights))
        if alike >= ALIKE:
            yield "same sentence" if alike >= COPIED else "like sentence", 1.0


# ── days ─────────────────────────────────────────────────────────────────────────────────────────


def _gap(one: Account, other: Account) -> int:
    """Days between two spans; 0 where they meet."""
    first, last = one.first_day or one.last_day or 0, one.last_day or one.first_day or 0
    its_first, its_last = other.first_day or other.last_day or 0, other.last_day or other.first_day or 0
    return max(first - its_last, its_first - last, 0)


def _of_days(one: Account, other: Account) -> Iterator[tuple[str, float]]:
    if one.day is not None and other.day is not None and one.first_day is not None and other.first_day is not None:
        gap, sure = _gap(one, other), "" if one.sure_day and other.sure_day else ", guessed"
        name = next((name for most, name in _GAPS if gap <= most), "weeks apart")
        yield name + sure, 1.0
        exact = one.first_day == one.last_day and other.first_day == other.last_day
        if gap == 0 and exact and not sure:
            yield "same exact day", 1.0
    else:
        yield "a day untold", 1.0
        mine, its = one.day, other.day  # of the event, else of publication: near at least
        if mine is not None and its is not None:
            gap = abs(mine - its)
            yield next((name for most, name in _GAPS if gap <= most), "weeks apart") + ", untold", 1.0
    mine, its = one.sketch.published, other.sketch.published
    if mine is not None and its is not None:
        between = abs(mine - its)
        yield "published apart", log1p(between)
        for name, most in (("published within a day", 1), ("published within three days", 3), ("published within a week", 7)):
            if between <= most:
                yield name, 1.0
        for name, least in (("published a month apart", 30), ("published four months apart", 120)):
            if between > least:
                yield name, 1.0


# ── places ───────────────────────────────────────────────────────────────────────────────────────


def _nearest(one: Account, other: Account) -> tuple[float, Spot | None, Spot | None]:
    """How far apart the nearest places are beyond their radii, in kilometres, and which they are; no distance where none has a point."""
    best: tuple[float, Spot | None, Spot | None] = (-1.0, None, None)
    for mine in one.spots:
        for its in other.spots:
            if mine.lat is None or mine.lon is None or its.lat is None or its.lon is None:
                continue
            far = distance_km((mine.lat, mine.lon), (its.lat, its.lon)) - mine.radius_km - its.radius_km
            if best[1] is None or far < best[0]:
                best = (max(0.0, far), mine, its)
    return best


def _of_places(one: Account, other: Account) -> Iterator[tuple[str, float]]:
    if not one.spots or not other.spots:
        yield "a place untold", 1.0
        return
    if {s.place for s in one.spots if s.place and s.radius_km <= NEAR_KM} & {s.place for s in other.spots if s.place}:
        yield "same place", 1.0
        return
    if {s.name for s in one.spots} & {s.name for s in other.spots}:
        yield "same name of place", 1.0
        return
    far, mine, its = _nearest(one, other)
    if not {word for s in one.spots for word in s.name.split()} & {word for s in other.spots for word in s.name.split()}:
        yield "other name of place", 1.0
    if mine is None or its is None:
        yield "a place unknown", 1.0
    elif far == 0:
        wide = max(mine.radius_km, its.radius_km) > NEAR_KM
        yield "within a wider place" if wide else "places meet", 1.0
    else:
        yield next((name for most, name in _FAR if far <= most), "places elsewhere"), 1.0


# ── parties ──────────────────────────────────────────────────────────────────────────────────────


def _of_parties(one: Account, other: Account) -> Iterator[tuple[str, float]]:
    if one.initiators and other.initiators:
        yield ("same initiator" if one.initiators & other.initiators else "other initiator"), 1.0
    if one.targets and other.targets:
        yield ("same target" if one.targets & other.targets else "other target"), 1.0
    if not one.initiators & other.initiators and (one.initiators & other.targets or one.targets & other.initiators):
        yield "roles changed", 1.0
    if one.denied != other.denied:
        yield "one denies", 1.0


# ── tolls ────────────────────────────────────────────────────────────────────────────────────────


def _of_tolls(one: Account, other: Account) -> Iterator[tuple[str, float]]:
    for name, mine, its in (("killed", one.killed, other.killed), ("wounded", one.wounded, other.wounded)):
        if mine is None or its is None:
            continue
        if mine == its:
            yield f"same {name}", 1.0
            if mine[0] >= 4:
                yield f"same {name}, many", 1.0
        else:
            ratio = (max(mine[1], its[1]) + 1) / (min(mine[1], its[1]) + 1)
            yield f"{name} alike" if ratio <= 1.34 else f"other {name}", 1.0 if ratio <= 1.34 else min(3.0, log1p(ratio - 1))
