"""The evidence that two accounts speak of one event, in small named pieces, each of which can say itself in words.

``weights.tsv`` holds what every piece counts and its wording. Many pairs are compared at a stroke, each as if it were alone. What can
never be one event is told by ``apart``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import log1p

import numpy as np
from numpy.typing import NDArray

from thucydides.incidents.accounts import NEAR_KM, Account, Spot, kindred, without_force
from thucydides.incidents.bounds import NEVER_DAYS, NEVER_KM
from thucydides.incidents.pieces import Names, Piece, either, one_or_none
from thucydides.incidents.rows import NONE, Compared, Numbers, Pairs, beside
from thucydides.incidents.wording import LOGS, of_telling, of_words
from thucydides.places.geometry import distance_km

Evidence = dict[str, float]

_GAPS = ((0, "same day"), (1, "next day"), (4, "days apart"), (10, "a week apart"))  # days at most
_GAP_DAYS = np.array([most for most, _ in _GAPS])
_GAP_NAMES = (*(name for _, name in _GAPS), "weeks apart")
_UNTOLD = "a day untold"
_DAY_NAMES: Names = (
    *((name,) for name in _GAP_NAMES),
    *((f"{name}, guessed",) for name in _GAP_NAMES),
    *((_UNTOLD, f"{name}, untold") for name in _GAP_NAMES),
    (_UNTOLD,),
)
_PUBLISHED: Names = (
    ("published within a day", "published within three days", "published within a week"),
    ("published within three days", "published within a week"),
    ("published within a week",),
    (),
    ("published a month apart",),
    ("published a month apart", "published four months apart"),
)
_PUBLISHED_DAYS = np.array([1, 3, 7, 30, 120])
_PUBLISHED_APART = one_or_none("published apart")
_FAR = ((10.0, "places near"), (50.0, "places apart"), (NEVER_KM, "places far apart"))  # kilometres at most
_PLACES = (
    "a place untold", "same place", "same name of place", "places meet", "within a wider place", "places near", "places apart",
    "places far apart", "places elsewhere", "a place unknown",
)  # fmt: skip
_OTHER_NAME, _TOO_FAR = 16, 32  # beside the code of a place
_PLACE_NAMES: Names = (*((name,) for name in _PLACES), *[()] * 6, *((name, "other name of place") for name in _PLACES))
_SIDE_NAMES: Names = tuple(
    tuple(name for name in (initiator, target, "roles changed" if changed else "") if name)
    for changed in (False, True)
    for target in ("", "same target", "other target")
    for initiator in ("", "same initiator", "other initiator")
)
_DENIES, _OUTLET = one_or_none("one denies"), one_or_none("same outlet")
_TYPE_NAMES, _FORCELESS = either("same type", "kindred type", "other type"), 4
_THING_NAMES, _ARM_NAMES = either("same thing hit", "same thing hit", "other thing hit"), either("same arm", "other arm")
_TIMES = either("same time of day", "other time of day")
_TOLL_NAMES: dict[str, Names] = {
    toll: ((), (f"same {toll}",), (f"same {toll}", f"same {toll}, many"), (f"{toll} alike",), (f"other {toll}",))
    for toll in ("killed", "wounded")
}
_MANY = 4
_TOLL_RATIO = 1.34

# What says more together than one by one: the same village on the same day, the same dead in the next village.
_JOINT = (
    ("", "same exact day", "same day, guessed", "next day", "days apart", _UNTOLD),
    ("", *_PLACES[:7]),
    ("", "same killed", "killed alike", "other killed"),
    ("", "same wounded"),
    ("", "same type", "kindred type", "other type"),
)
_SIZES = tuple(map(len, _JOINT))


def _together(day: str, place: str, killed: str, wounded: str, type_: str) -> tuple[str, ...]:
    tolls = (killed, wounded)
    both = (*product((day,), (place, *tolls)), *product((place,), tolls), *product((type_,), (place, day)))
    return (*(f"{one}, {other}" for one, other in both if one and other), *((day,) if day == "same exact day" else ()))


_JOINT_NAMES: Names = tuple(_together(*parts) for parts in product(*_JOINT))
_SURE_DAYS = np.array([0, 3, 4, 0, 0])  # the joint code of a gap that both tell, by the gap
_PLACE_CODES = np.array([1, 2, 3, 4, 5, 6, 7, 0, 0, 0])  # and of a place, by its code
_TOLL_CODES = np.array([0, 1, 1, 2, 3])


def apart(one: Account, other: Account) -> str | None:
    """Why two accounts can never be one event, in words; ``None`` where they can."""
    pair = beside([one], [other])
    match int(never(pair)[0]):
        case 1:
            return "one report tells them as two happenings"
        case 2:
            return f"their days are {int(_gap(pair)[0])} apart"
        case 3:
            return f"{one.type} and {other.type} are never one event"
        case 4:
            return f"their places are {_nearest(one, other)[0]:.0f} km apart"
    return None


def never(pairs: Pairs) -> Numbers:
    """Which pairs can never be one event: 1 where one report tells both, 2 by their days, 3 by their types, 4 by their places, else 0."""
    same_report = np.equal(*pairs.both("report"))
    days = _both_known(pairs) & (np.minimum(*pairs.both("sure")) > 0) & (_gap(pairs) > NEVER_DAYS)
    types = pairs.codes(_TYPES) >= _FORCELESS
    places = pairs.codes(_NEARNESS) >= _TOO_FAR
    return np.where(same_report, 1, np.where(days, 2, np.where(types, 3, np.where(places, 4, 0))))


def pieces(pairs: Pairs) -> Iterator[Piece]:
    """All pieces of evidence for pairs. The order of the two of a pair makes no difference."""
    yield from of_words(pairs)
    yield from of_telling(pairs)
    days, day = _of_days(pairs)
    yield days
    yield from _of_publication(pairs)
    nearness = pairs.codes(_NEARNESS) % _TOO_FAR
    yield Piece(_PLACE_NAMES, nearness)
    yield Piece(_SIDE_NAMES, pairs.codes(_SIDES))
    yield Piece(_DENIES, np.not_equal(*pairs.both("denied")).astype(np.int64))
    killed, wounded = _of_toll(pairs, "killed"), _of_toll(pairs, "wounded")
    yield from (killed, wounded)
    type_ = pairs.codes(_TYPES) % _FORCELESS
    yield Piece(_TYPE_NAMES, type_)
    things = pairs.codes(_THINGS)
    yield Piece(_THING_NAMES, things, np.where(things == 2, 2.0, 1.0))
    yield Piece(_ARM_NAMES, pairs.codes(_ARMS))
    mine, its = pairs.both("time")
    yield Piece(_TIMES, np.where((mine > 0) & (its > 0), np.where(mine == its, 1, 2), 0))
    yield Piece(_OUTLET, np.equal(*pairs.both("source")).astype(np.int64))
    same_wounded = (wounded.codes == 1) | (wounded.codes == 2)
    joint = (day, _PLACE_CODES[nearness % _OTHER_NAME], _TOLL_CODES[killed.codes], same_wounded, type_)
    code: Numbers = np.zeros(len(pairs), np.int64)
    for size, part in zip(_SIZES, joint, strict=True):
        code = code * size + part
    yield Piece(_JOINT_NAMES, code)


def evidence_of(pairs: Pairs) -> list[Evidence]:
    """All evidence for each of some pairs: by name, how much there is of it."""
    found: list[Evidence] = [{} for _ in range(len(pairs))]
    for piece in pieces(pairs):
        values = [1.0] * len(pairs) if piece.values is None else piece.values.tolist()
        for its, code, value in zip(found, piece.codes.tolist(), values, strict=True):
            if value:
                its.update((name, value) for name in piece.names[code])
    return found


def evidence(one: Account, other: Account) -> Evidence:
    """All evidence for a pair."""
    return evidence_of(beside([one], [other]))[0]


# ── days ─────────────────────────────────────────────────────────────────────────────────────────


def _both_known(pairs: Pairs) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = np.minimum(*pairs.both("first")) != NONE
    return known


def _gap(pairs: Pairs) -> Numbers:
    """Days between two spans; 0 where they meet. It says nothing where one has no first day."""
    (first, its_first), (last, its_last) = pairs.both("first"), pairs.both("last")
    gap: Numbers = np.maximum(np.maximum(first - its_last, its_first - last), 0)
    return gap


def _step(gap: Numbers) -> Numbers:
    """The place of a gap in ``_GAP_NAMES``."""
    return np.searchsorted(_GAP_DAYS, gap)


def _of_days(pairs: Pairs) -> tuple[Piece, Numbers]:
    """How far the days are apart, and their joint code."""
    known, sure = _both_known(pairs), np.minimum(*pairs.both("sure")) > 0
    gap = _gap(pairs)
    step = _step(gap)
    mine, its = pairs.both("day")  # of the event, else of publication: near at least
    steps = len(_GAP_NAMES)
    untold = np.where((mine != NONE) & (its != NONE), 2 * steps + _step(np.abs(mine - its)), 3 * steps)
    exact = known & sure & (gap == 0) & (np.minimum(*pairs.both("exact")) > 0)
    joint = np.where(known, np.where(exact, 1, np.where(sure, _SURE_DAYS[step], 2 * (step == 0))), 5)
    return Piece(_DAY_NAMES, np.where(known, np.where(sure, step, steps + step), untold)), joint


def _of_publication(pairs: Pairs) -> Iterator[Piece]:
    mine, its = pairs.both("published")
    known = (mine != NONE) & (its != NONE)
    between = np.where(known, np.abs(mine - its), _PUBLISHED_DAYS[3])
    yield Piece(_PUBLISHED_APART, known.astype(np.int64), LOGS[np.minimum(between, len(LOGS) - 1)])
    yield Piece(_PUBLISHED, np.searchsorted(_PUBLISHED_DAYS, between))


# ── tolls ────────────────────────────────────────────────────────────────────────────────────────


def _of_toll(pairs: Pairs, toll: str) -> Piece:
    (low, its_low), (high, its_high) = pairs.both(toll), pairs.both(f"{toll}_high")
    known, same = (high != NONE) & (its_high != NONE), (low == its_low) & (high == its_high)
    ratio = np.where(known, (np.maximum(high, its_high) + 1) / np.maximum(1, np.minimum(high, its_high) + 1), 1.0)
    codes = np.where(same, 1 + (low >= _MANY), np.where(ratio <= _TOLL_RATIO, 3, 4)) * known
    values = np.ones(len(pairs))
    other = np.flatnonzero(codes == 4)
    times, which = np.unique(ratio[other], return_inverse=True)  # many pairs, few ratios
    values[other] = np.array([min(3.0, log1p(time - 1)) for time in times.tolist()])[which]
    return Piece(_TOLL_NAMES[toll], codes, values)


# ── what is compared once ────────────────────────────────────────────────────────────────────────


def _nearest(one: Account, other: Account) -> tuple[float, Spot | None, Spot | None]:
    """How far apart the nearest places are beyond their radii, in kilometres, and which they are; no distance where none has a point."""
    best: tuple[float, Spot | None, Spot | None] = (-1.0, None, None)
    for mine in one.spots:
        for its in other.spots:
            if mine.lat is None or mine.lon is None or its.lat is None or its.lon is None:
                continue
            far = distance_km((mine.lat, mine.lon), (its.lat, its.lon)) - (mine.radius_km + its.radius_km)
            if best[1] is None or far < best[0]:
                best = (max(0.0, far), mine, its)
    return best


def _nearness(one: Account, other: Account) -> int:
    """How the places of two accounts lie: a place in ``_PLACES``, and whether they have no word in common, or are too far apart."""
    if not one.spots or not other.spots:
        return _PLACES.index("a place untold")
    far, mine, its = _nearest(one, other)
    too_far = _TOO_FAR if far > NEVER_KM and all(spot.sure for spot in (*one.spots, *other.spots)) else 0
    if _narrow(one.spots) & _meant(other.spots) or _meant(one.spots) & _narrow(other.spots):
        return _PLACES.index("same place") + too_far
    if {s.name for s in one.spots} & {s.name for s in other.spots}:
        return _PLACES.index("same name of place") + too_far
    words, its_words = ({word for spot in spots for word in spot.name.split()} for spots in (one.spots, other.spots))
    named = too_far if words & its_words else _OTHER_NAME + too_far
    if mine is None or its is None:
        return _PLACES.index("a place unknown") + named
    if far == 0:
        wide = max(mine.radius_km, its.radius_km) > NEAR_KM
        return _PLACES.index("within a wider place" if wide else "places meet") + named
    return _PLACES.index(next((name for most, name in _FAR if far <= most), "places elsewhere")) + named


def _meant(spots: Sequence[Spot]) -> set[str]:
    return {spot.place for spot in spots if spot.place}


def _narrow(spots: Sequence[Spot]) -> set[str]:
    return {spot.place for spot in spots if spot.place and spot.radius_km <= NEAR_KM}


def _sides(one: Account, other: Account) -> int:
    """Whether the same sides did it and were hit, and whether who did it for the one was hit for the other."""
    initiator = 0 if not one.initiators or not other.initiators else 1 if one.initiators & other.initiators else 2
    target = 0 if not one.targets or not other.targets else 1 if one.targets & other.targets else 2
    crossed = one.initiators & other.targets or one.targets & other.initiators
    return initiator + 3 * target + (9 if crossed and initiator != 1 else 0)


def _types(one: Account, other: Account) -> int:
    if not one.type or not other.type:
        return 0
    if one.type == other.type:
        return 1
    if other.type in kindred().get(one.type, ()):
        return 2
    return 3 + (_FORCELESS if (one.type in without_force()) != (other.type in without_force()) else 0)


def _things(one: Account, other: Account) -> int:
    if not one.things or not other.things:
        return 0
    shared = len(one.things & other.things)
    return min(2, shared) if shared else 3


def _arms(one: Account, other: Account) -> int:
    return 0 if not one.arms or not other.arms else 1 if one.arms & other.arms else 2


_NEARNESS, _SIDES, _TYPES = Compared("places", _nearness), Compared("sides", _sides), Compared("type", _types)
_THINGS, _ARMS = Compared("things", _things), Compared("arms", _arms)
