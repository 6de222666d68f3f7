"""What a set of terms shares with many others, reckoned at a stroke.

A set's *marks* are its terms, each with the kind it is of in the bits above the 32 of the term. Sums are of whole numbers, so that
they are the same in whatever order and company two sets are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RARITY = 15  # the bits of a term that tell how rare it is
_SLOTS = 1 << 16
_KIND_BITS = 32
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Terms by kind, sorted, and for each the slot in which it is looked for first."""

    terms: Ints
    slots: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.terms)

    def of(self, kind: int) -> frozenset[int]:
        """The terms of a kind."""
        first, last = np.searchsorted(self.terms, (kind << _KIND_BITS, (kind + 1) << _KIND_BITS))
        return frozenset((self.terms[first:last] & ((1 << _KIND_BITS) - 1)).tolist())

    def rarities(self, kinds: int) -> list[int]:
        """How rare the terms of each of the first kinds are, added up."""
        return np.bincount(self.terms >> _KIND_BITS, self.terms & RARITY, kinds).astype(np.int64).tolist()[:kinds]  # type: ignore[no-any-return]

    def part(self, first: int, last: int) -> Marks:
        """Those from one place to another."""
        return Marks(self.terms[first:last], self.slots[first:last])

    def as_kinds_from(self, kind: int) -> Marks:
        """The same with every kind moved up by so many."""
        return Marks(self.terms + (kind << _KIND_BITS), self.slots)


class Shared(NamedTuple):
    """What pairs of sets share: weights and counts by kind, a row for every pair, and every single term met."""

    weights: Floats
    counts: Floats
    rows: Ints  # of every single term that is shared, by which pair
    kinds: Ints
    terms: Ints


def marks_of(*kinds: Collection[int]) -> Marks:
    """The marks of terms, kind by kind."""
    return marked([term for terms in kinds for term in sorted(terms)], [len(terms) for terms in kinds])


def marked(terms: Sequence[int] | NDArray[np.uint32], lengths: Sequence[int]) -> Marks:
    """The marks of terms that stand kind by kind in order, so many of each."""
    return marked_all(terms, lengths, len(lengths))[0].marks


class Weighed(NamedTuple):
    """The marks of a set, and how rare the terms of each kind are, added up."""

    marks: Marks
    rarities: tuple[int, ...]


def marked_all(terms: Sequence[int] | NDArray[np.uint32], lengths: Sequence[int], kinds: int) -> list[Weighed]:
    """The marks of many sets that stand one after the other, each kind by kind, with so many terms of each kind of each set."""
    bare = np.asarray(terms, np.int64)
    many = len(lengths) // kinds
    whole = bare + np.repeat(np.tile(_KINDS[:kinds], many), lengths)
    slots = ((bare >> 4) ^ (bare >> 20)).astype(np.uint16)
    ends = np.cumsum(lengths)
    rarity = np.cumsum(bare & RARITY)[ends - 1] * (ends > 0) if len(bare) else np.zeros(len(ends), np.int64)
    sums = np.diff(rarity, prepend=0).reshape(many, kinds).tolist()
    firsts = [0, *ends[kinds - 1 :: kinds].tolist()]
    return [
        Weighed(Marks(whole[first:last], slots[first:last]), tuple(its)) for first, last, its in zip(firsts, firsts[1:], sums, strict=False)
    ]


_KINDS = np.arange(16) << _KIND_BITS


def together(*marks: Marks) -> Marks:
    """Marks whose kinds follow upon each other as one."""
    return Marks(np.concatenate([its.terms for its in marks]), np.concatenate([its.slots for its in marks]))


def shared(marks: Sequence[Marks], ones: Ints, others: Ints, kinds: int) -> Shared:
    """What the two of each pair share. A pair is the places of two among some sets; none is there twice."""
    mine, one_at = np.unique(ones, return_inverse=True)
    its, other_at = np.unique(others, return_inverse=True)
    rows, terms = _met([marks[n] for n in mine.tolist()], [marks[n] for n in its.tolist()], one_at, other_at)
    which, size = terms >> _KIND_BITS, len(ones) * kinds
    cells = rows * kinds + which
    weights = np.bincount(cells, terms & RARITY, size) / 2
    counts = np.bincount(cells, minlength=size).astype(np.float64)
    return Shared(weights.reshape(-1, kinds), counts.reshape(-1, kinds), rows, which, terms & ((1 << _KIND_BITS) - 1))


def _met(mine: Sequence[Marks], its: Sequence[Marks], one_at: Ints, other_at: Ints) -> tuple[Ints, Ints]:
    """Every term that one of mine has with one of others, where the two are a pair: which pair, and the term."""
    known, owners = _in_order(mine)
    held = np.zeros(_SLOTS, np.bool_)
    for one in mine:
        held[one.slots] = True
    hits = np.flatnonzero(held[np.concatenate([other.slots for other in its])])
    terms = np.concatenate([other.terms for other in its])[hits]
    first = np.searchsorted(known, terms)
    many = np.searchsorted(known, terms, "right") - first
    real = many > 0  # two terms may have one slot
    hits, terms, first, many = hits[real], terms[real], first[real], many[real]
    met = np.repeat(np.arange(len(hits)), many)  # a term that several of mine have is met as often
    before = np.cumsum(many) - many
    owner = owners[np.repeat(first - before, many) + np.arange(len(met))]
    ends = np.cumsum([len(other.terms) for other in its])
    its_own = np.searchsorted(ends, hits, "right")
    pair_of = np.full(len(mine) * len(its), -1)
    pair_of[one_at * len(its) + other_at] = np.arange(len(one_at))
    rows = pair_of[owner * len(its) + its_own[met]]
    asked = rows >= 0
    return rows[asked], terms[met[asked]]


def _in_order(ones: Sequence[Marks]) -> tuple[Ints, Ints]:
    """All terms of some sets in order, and for each whose it is."""
    if len(ones) == 1:
        return ones[0].terms, np.zeros(len(ones[0]), np.int64)
    terms = np.concatenate([one.terms for one in ones])
    order = np.argsort(terms)
    return terms[order], np.repeat(np.arange(len(ones)), [len(one) for one in ones])[order]
