"""What the words of two accounts share: those of their whole reports, and those of the sentences that state them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import log1p

import numpy as np
from numpy.typing import NDArray

from thucydides.incidents.accounts import Account
from thucydides.incidents.overlaps import Floats, Marks, shared
from thucydides.incidents.pieces import Piece, either, one_or_none
from thucydides.incidents.rows import Numbers, Pairs
from thucydides.incidents.terms import RARE_NAME, RAREST, TELLING_KINDS

FEW = 3  # events that a report tells which is about one of them
FEWEST_TERMS = 5  # of a sentence that can be known again
COPIED, ALIKE = 0.8, 0.5  # how much of the longer sentence stands in the shorter one that is the same, or like it
NAMES, WORDS, FIGURES, HEAD_NAMES, HEAD_WORDS, _, FULL_NAMES, SKETCH_KINDS = range(8)  # as in ``Sketch.marks``
RARE = SKETCH_KINDS  # a column of counts beside them: the rare names
TOGETHER = 32  # sets that are compared with others at once; no more than ``overlaps.MOST``
Shares = Callable[[Sequence[Marks], Numbers, Numbers], tuple[Floats, Floats]]
LOGS = np.array([log1p(n) for n in range(4096)])  # of whole numbers; larger ones count as the last

_KINDS = ("names", "words", "figures")
_OF = ("", "digest: ", "sides: ")  # what whole reports share says less of one event the more events they tell
_WHOLE = tuple(
    tuple((f"{of}{name}",) for of in _OF)
    for name in ("shared wording", "shared names", "names contained", "shared words", "words contained", "shared head")
)
_KIND_OF_REPORT = either("digest", "sides")
_RARE = either("rare names", "no rare name")
_FULL = either("full names", "other full names")
_FIGURES = one_or_none("shared figures")
_TELLING = (
    (one_or_none("telling names"), one_or_none("telling names, weight"), 7.0),
    (one_or_none("telling words"), one_or_none("telling words, weight"), 10.0),
)
_OTHER_NAMES, _TELLING_FIGURES = one_or_none("other telling names"), one_or_none("telling figures")
_SENTENCES = either("same sentence", "like sentence")


def of_words(pairs: Pairs) -> Iterator[Piece]:
    """What whole reports share."""
    many, sided = np.maximum(*pairs.both("among")) > FEW, np.minimum(*pairs.both("sided")) > 0
    of = np.where(many, 1, np.where(sided, 2, 0))
    (mine, its), (my_words, its_words), (my_figures, its_figures) = (_halves(pairs, f"{kind}_told") for kind in _KINDS)
    weights, counts = _shared(pairs, "sketch", lambda account: account.sketch.marks, _of_sketches)
    names, words, figures, head = (weights[:, kind] for kind in (NAMES, WORDS, FIGURES, HEAD_NAMES))
    fewer = np.minimum(mine, its)
    for named, value in zip(
        _WHOLE,
        (
            (names + words + figures) / np.sqrt((mine + my_words + my_figures) * (its + its_words + its_figures) + 1),
            names / np.sqrt(mine * its + 1),
            names / (fewer + 1),
            words / np.sqrt(my_words * its_words + 1),
            words / (np.minimum(my_words, its_words) + 1),
            np.minimum(1.0, head / 50),
        ),
        strict=True,
    ):
        yield Piece(named, of, value)
    yield Piece(_KIND_OF_REPORT, of)
    rare, full, figured = counts[:, RARE], counts[:, FULL_NAMES], counts[:, FIGURES]
    yield Piece(_RARE, _first(rare > 0, fewer > 0), np.where(rare > 0, np.minimum(10.0, rare), 1.0))
    named_in_full = _first(full > 0, np.minimum(*pairs.both("full_names")) > 0)
    yield Piece(_FULL, named_in_full, np.where(full > 0, LOGS[np.minimum(full, len(LOGS) - 1).astype(np.int64)], 1.0))
    yield Piece(_FIGURES, (figured > 0).astype(np.int64), np.minimum(5.0, figured))


def of_telling(pairs: Pairs) -> Iterator[Piece]:
    """What the sentences share that state the two."""
    weights, counts = _shared(pairs, "telling", lambda account: account.telling.marks, _of_sentences)
    sizes = [_halves(pairs, f"{kind}_stating") for kind in _KINDS]
    for kind, (share, weight, full) in enumerate(_TELLING):
        fewer = np.minimum(*sizes[kind])
        there = (fewer > 0).astype(np.int64)
        yield Piece(share, there, weights[:, kind] / (fewer + 1))
        yield Piece(weight, there, np.minimum(3.0, weights[:, kind] / full))
        if not kind:
            yield Piece(_OTHER_NAMES, there * (weights[:, kind] == 0))
    yield Piece(_TELLING_FIGURES, (counts[:, FIGURES] > 0).astype(np.int64), np.minimum(3.0, counts[:, FIGURES]))
    longer = np.maximum(sum(mine for mine, _ in sizes), sum(its for _, its in sizes))
    alike = np.where(np.minimum(*pairs.both("terms_stating")) >= FEWEST_TERMS, weights.sum(1) / np.maximum(1.0, longer), 0.0)
    yield Piece(_SENTENCES, _first(alike >= COPIED, alike >= ALIKE))


def _halves(pairs: Pairs, field: str) -> tuple[Floats, Floats]:
    """What is told of a kind, as it weighs: rows hold it doubled."""
    mine, its = pairs.both(field)
    return mine / 2, its / 2


def _first(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> Numbers:
    """1 where the one holds, else 2 where the other does, else 0."""
    return np.where(one, 1, np.where(other, 2, 0))


def _of_sketches(marks: Sequence[Marks], ones: Numbers, others: Numbers) -> tuple[Floats, Floats]:
    """Weights and counts of what sketches share; a term of the head is one term, though it is here a name and there none."""
    found = shared(marks, ones, others, SKETCH_KINDS)
    weights, counts = found.weights, found.counts
    of_heads = np.flatnonzero((found.kinds == HEAD_NAMES) | (found.kinds == HEAD_WORDS))
    once = np.unique((found.rows[of_heads] << 32) | found.terms[of_heads])
    weights[:, HEAD_NAMES] = np.bincount(once >> 32, once & RAREST, len(weights)) / 2
    rare = (found.kinds == NAMES) & ((found.terms & RAREST) >= RARE_NAME)
    return weights, np.column_stack((counts, np.bincount(found.rows[rare], minlength=len(counts))))


def _of_sentences(marks: Sequence[Marks], ones: Numbers, others: Numbers) -> tuple[Floats, Floats]:
    found = shared(marks, ones, others, TELLING_KINDS)
    return found.weights, found.counts


def _shared(pairs: Pairs, name: str, marks_of: Callable[[Account], Marks], of: Shares) -> tuple[Floats, Floats]:
    """The weights and counts of what every pair shares; accounts of one report have the same marks, which are compared once."""
    marks, at = pairs.distinct(name, marks_of)
    cells = at[pairs.ones] * len(marks) + at[pairs.others]
    some, of_cell = np.unique(cells, return_inverse=True)
    ones, others = some // len(marks), some % len(marks)
    found = [of(marks, ones[first:last], others[first:last]) for first, last in _runs(ones)]
    return np.concatenate([weights for weights, _ in found])[of_cell], np.concatenate([counts for _, counts in found])[of_cell]


def _runs(ones: Numbers) -> Iterator[tuple[int, int]]:
    """Where stretches of numbers in order begin and end that have few enough different ones to be reckoned together."""
    starts = np.flatnonzero(np.diff(ones, prepend=-1))[::TOGETHER].tolist()
    yield from pairwise((*starts, len(ones)))
