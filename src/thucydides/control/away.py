"""Whether what a sentence tells did not happen in the place of a claim: beside it, on the way to it, in another, or to another thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thucydides.control.approaches import another_is_nearer, is_meant, is_named, is_of_another, is_seat, is_within, told_at
from thucydides.control.losses import counted_loss
from thucydides.control.objects import ENDING, is_object
from thucydides.control.spots import share_taken, sided, unnamed
from thucydides.record import Hold, Where


def of_another(says: Hold, effect: str, words: str, where: Where) -> bool:
    """Whether something else is held: a place that stands nearer, or a thing ("controls the pumping station in X")."""
    if another_is_nearer(words, where, says.where):
        return True
    if effect not in ("hold", "part", "divide") or says.share is not None or where.precision == "part" or unnamed(where):
        return False
    return is_object(words, where.name, held=True) is False


def elsewhere_told(effect: str, words: str, where: Where, places: Sequence[Where] = ()) -> bool:
    """Whether the words tell of another place: beside this one, on the way to it, meant for later, or "the town" of a part.

    ``places`` are all that the claim gives.
    """
    whole_place = (where.precision != "part" or sided(where)) and not unnamed(where) and share_taken(where, words) is None
    another = effect in ("take", "lose") and whole_place and is_object(words, where.name) is False and not _joins(words, where, places)
    if not is_named(words, where):
        return another or not is_meant(words, where)
    if where.precision == "admin1" and effect in ("hold", "part", "divide", "take", "lose") and is_within(words, where):
        return True
    if effect in ("take", "lose") and whole_place and counted_loss(words, where.name):
        return True
    told = told_at(words, where) if where.precision != "near" and not unnamed(where) else None
    if effect == "hold" and told in _BESIDE and is_seat(words, where):
        told = None  # "offensive aimed at the IS stronghold of X"
    if told is not None and (told not in _INSIDE or effect in _INSIDE[told]) and not (told == "area" and where.precision != "place"):
        return True
    return another or (effect in ("hold", "besiege") and is_of_another(words, where))


def _joins(words: str, where: Where, places: Sequence[Where]) -> bool:
    """Whether a side of a place ends a list of what is taken: "captured X, the market area and the southern part of Y"."""
    relation = where.relation or ""
    at = words.find(relation) if where.precision == "part" and relation else -1
    if at < 0 or _ITEM.search(words, 0, at) is None:
        return False
    before = ((words.find(one.name), one.name) for one in places if one.name != where.name)
    return any(
        0 <= first < at and is_object(words, name) is True and ENDING.search(words, first + len(name), at) is None for first, name in before
    )


_ITEM = re.compile(r"(?:,|\band)\s+(?:the\s+)?\Z")
_BESIDE = frozenset(("near", "toward", "from", "speaker"))
_INSIDE = {
    "toward": frozenset(("contest", "take", "hold", "lose", "part")),
    "near": frozenset(("contest", "take", "hold", "lose")),
    "from": frozenset(("contest", "besiege")),
}
"""What cannot happen beside a place, on the way to it, or where somebody only came from; of other kinds nothing can."""
