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
_SLOTS = 1 << 14
_KIND_BITS = 32
_OWNER_BIT = 40  # above the kinds
_BITS = np.uint64(1) << np.arange(64, dtype=np.uint64)
MOST = len(_BITS)
"""How many different sets may stand first in pairs that are compared at a stroke."""
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
        return frozenset((self.kinds(kind, kind + 1).terms & ((1 << _KIND_BITS) - 1)).tolist())

    def kinds(self, first: int, last: int) -> Marks:
        """Those of the kinds from one to before another, counted from 0."""
        begin, end = np.searchsorted(self.terms, (first << _KIND_BITS, last << _KIND_BITS))
        return Marks(self.terms[begin:end] - (first << _KIND_BITS), self.slots[begin:end])

    def rarities(self, kinds: int) -> list[int]:
        """How rare the terms of each of the first kinds are, added up."""
        return np.bincount(self.terms >> _KIND_BITS, self.terms & RARITY, kinds).astype(np.int64).tolist()[:kinds]  # type: ignore[no-any-return]

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
    slots = (((bare >> 4) ^ (bare >> 20)) & (_SLOTS - 1)).astype(np.uint16)
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
    """What the two of each pair share. A pair is the places of two among some sets; none is there twice.

    No more than ``MOST`` different ones stand first.
    """
    mine, one_at = np.unique(ones, return_inverse=True)
    its, other_at = np.unique(others, return_inverse=True)
    rows, terms = _met([marks[n] for n in mine.tolist()], [marks[n] for n in its.tolist()], one_at, other_at)
    which, size = terms >> _KIND_BITS, len(ones) * kinds
    cells = rows * kinds + which
    weights = np.bincount(cells, terms & RARITY, size) / 2
    counts = np.bincount(cells, minlength=size).astype(np.float64)
    return Shared(weights.reshape(-1, kinds), counts.reshape(-1, kinds), rows, which, terms & ((1 << _KIND_BITS) - 1))


def _met(mine: Sequence[Marks], its: Sequence[Marks], one_at: Ints, other_at: Ints) -> tuple[Ints, Ints]:
    """Every term that one of mine has with one of others, where the two are a pair: which pair, and the term.

    Each of mine has a bit of its own. A term is looked at where its slot holds the bit of one with which its set is a pair.
    """
    in_slot = np.zeros(_SLOTS, np.uint64)
    for bit, one in zip(_BITS, mine, strict=False):
        in_slot[one.slots] |= bit
    paired = np.zeros(len(its), np.uint64)
    np.bitwise_or.at(paired, other_at, _BITS[one_at])
    lengths = [len(other.terms) for other in its]
    owners = in_slot[np.concatenate([other.slots for other in its])] & np.repeat(paired, lengths)
    hits = np.flatnonzero(owners)
    met, owner = _single(owners[hits])
    hits = hits[met]
    terms = np.concatenate([other.terms for other in its])[hits]
    known = np.concatenate([one.terms | n << _OWNER_BIT for n, one in enumerate(mine)])  # in order
    wanted = terms | owner << _OWNER_BIT
    real = np.flatnonzero(known.take(np.searchsorted(known, wanted), mode="clip") == wanted)  # two terms may have one slot
    pair_of = np.zeros((len(mine), len(its)), np.int64)
    pair_of[one_at, other_at] = np.arange(len(one_at))
    its_own = np.repeat(np.arange(len(its)), lengths)[hits[real]]
    return pair_of[owner[real], its_own], terms[real]


def _single(bits: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """The bits that are set in each of some numbers: in which of them, and which bit."""
    at, which = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    left = np.flatnonzero(bits)
    bits = bits[left]
    while len(left):
        at.append(left)
        lowest = bits & (~bits + np.uint64(1))
        which.append(np.frexp(lowest.astype(np.float64))[1].astype(np.int64) - 1)
        bits = bits ^ lowest
        more = np.flatnonzero(bits)
        left, bits = left[more], bits[more]
    return np.concatenate(at), np.concatenate(which)
