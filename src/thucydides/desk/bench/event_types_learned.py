"""A plain classifier in numpy: hashed word n-grams and softmax regression, tried in folds. Nothing of it is kept or used elsewhere."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from thucydides.lexicon import words_of

Matrix = NDArray[np.float64]
WIDTH = 2**14
STEPS = 300
RIDGE = 1e-5
"""Weight of the squared norm beside the mean loss; between 3e-6 and 1e-4 the answers hardly change."""


def hashed(texts: Sequence[str], width: int = WIDTH) -> Matrix:
    """One row a text, of length 1: its words and pairs of words, each in the column of its checksum, the rarer in the set the heavier."""
    rows = np.zeros((len(texts), width))
    for row, text in zip(rows, texts, strict=True):
        words = [word.folded for word in words_of(text)]
        for gram in {*words, *map(" ".join, pairwise(words))}:
            row[zlib.crc32(gram.encode()) % width] = 1
    return scaled(rows * (1 + np.log((1 + len(texts)) / (1 + rows.sum(axis=0)))))


def scaled(rows: Matrix) -> Matrix:
    """Rows of length 1; empty rows stay empty."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Matrix = rows / np.where(lengths > 0, lengths, 1)
    return unit


def folded(rows: Matrix, labels: Sequence[str], folds: int) -> list[str]:
    """For each row the likeliest label by a softmax regression that was fitted to the rows of the other folds."""
    inner, told = rows @ rows.T, [""] * len(labels)
    for held in split(labels, folds):
        kept = sorted(set(range(len(labels))) - set(held))
        names = sorted({labels[n] for n in kept})
        if names:
            truth = np.eye(len(names))[[names.index(labels[n]) for n in kept]]
            scores = inner[np.ix_(held, kept)] @ fit(inner[np.ix_(kept, kept)], truth)
            for n, best in zip(held, scores.argmax(axis=1), strict=True):
                told[n] = names[best]
    return told


def split(labels: Sequence[str], folds: int) -> Iterator[list[int]]:
    """The folds: items in the order of their labels dealt out in turn, so that every fold has its share of each. Always the same."""
    dealt = sorted(range(len(labels)), key=lambda n: (labels[n], n))
    for fold in range(folds):
        if held := sorted(dealt[fold::folds]):
            yield held


def fit(inner: Matrix, truth: Matrix) -> Matrix:
    """The weights of a softmax regression as shares of the rows it is fitted to, found from the rows' inner products."""
    pace = 1 / (np.linalg.norm(inner, 2) / 2 / len(truth) + RIDGE)
    shares = ahead = np.zeros_like(truth)
    for step in range(STEPS):  # gradient descent with Nesterov's look ahead
        slope = (_softmax(inner @ ahead) - truth) / len(truth) + RIDGE * ahead
        before, shares = shares, ahead - pace * slope
        ahead = shares + step / (step + 3) * (shares - before)
    return shares


def _softmax(scores: Matrix) -> Matrix:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = grown / grown.sum(axis=1, keepdims=True)
    return shares
