"""The tagger: a small network that reads the sentences of a report together and scores its words.

For every word it tells how likely it states a claim, of which type and how sure the telling is; for a word that states a claim, how
likely every other word fills a part of it (who, whom, where, when, with what, how many, who says so); and for two such words, whether
they tell one happening. It decides nothing: its scores are evidence beside the constructions of the codebook (``scales.py``).
``docs/models.md`` is its card: what it was taught with, by which command, and how well it does.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Token

FOLDER = Path(__file__).parent
NETWORK, VOCABULARY, LAYOUT = FOLDER / "tagger.onnx", FOLDER / "tagger.vocabulary.json", FOLDER / "tagger.json"
THREADS = 1  # reports are many and short: whoever has more cores reads several reports at a time
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of the network's answer mean, in order, and how long a window is."""

    types: tuple[str, ...]  # "none", the event types, the other kinds
    how: tuple[str, ...]  # factuality
    roles: tuple[str, ...]
    width: int  # of a role's query and key
    pair: int  # of the vector that two tellings of one happening share
    window: int  # word pieces
    near: int  # how far a distance in word pieces is told
    bias: Scores  # by role and distance
    sharpness: tuple[float, float]  # of the likeness of two tellings: factor and offset

    @classmethod
    def read(cls, path: Path = LAYOUT) -> Layout:
        told = json.loads(path.read_text("utf-8"))
        lists = {name: tuple(told[name]) for name in ("types", "how", "roles", "sharpness")}
        return cls(**{**told, **lists, "bias": np.array(told["bias"], np.float32)})


class Worded(Protocol):
    """A sentence, parsed or not: its place in the report and its text."""

    @property
    def index(self) -> int: ...

    @property
    def text(self) -> str: ...


class Tagger:
    """Holds the network. One for a process; reports share nothing."""

    def __init__(self, network: Path = NETWORK, vocabulary: Path = VOCABULARY, layout: Path = LAYOUT) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = THREADS
        self._session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        self._pieces = Tokenizer.from_file(str(vocabulary))
        self._pieces.no_padding()
        self._pieces.no_truncation()
        self.layout = Layout.read(layout)
        self.digest = hashlib.sha256(network.read_bytes()).hexdigest()

    @classmethod
    def load(cls) -> Tagger:
        """The shipped tagger."""
        return _load()

    def read(self, sentences: Sequence[Worded]) -> Tags:
        """The tags of a report's sentences, or of some of them. What fits into a window is read together, a longer one without its end."""
        layout = self.layout
        windows: list[list[int]] = []
        last = max((s.index for s in sentences), default=-1)
        places = [(0, 0)] * (last + 1)  # window and first position of every sentence
        starts: list[list[int]] = [[] for _ in places]  # offset of every piece of every sentence; none of one that is not read
        encoded = self._pieces.encode_batch([" ".join(s.text.split("\n")) for s in sentences], add_special_tokens=False)
        for sentence, one in zip(sentences, encoded, strict=True):
            ids = one.ids[: layout.window - 2]
            if not windows or len(windows[-1]) + len(ids) > layout.window - 2:
                windows.append([])
            places[sentence.index] = (len(windows) - 1, len(windows[-1]))
            windows[-1].extend(ids)
            starts[sentence.index] = [start for start, _ in one.offsets[: len(ids)]]
        return Tags(layout, places, starts, [self._answer(window) for window in windows])

    def _answer(self, window: Sequence[int]) -> Scores:
        """The scores of a window's pieces. It goes in alone: filling several up to one length takes longer than it saves."""
        ids = np.array([[101, *window, 102]], np.int64)
        out: Any = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]
        answer: Scores = out[0, 1:-1]
        return answer


@lru_cache(maxsize=1)
def _load() -> Tagger:
    return Tagger()


class Tags:
    """What the tagger says of the words of one report."""

    def __init__(
        self, layout: Layout, places: Sequence[tuple[int, int]], starts: Sequence[Sequence[int]], scores: Sequence[Scores]
    ) -> None:
        self.layout, self._places, self._starts, self._scores = layout, places, starts, scores
        t, h, r = len(layout.types), len(layout.how), len(layout.roles)
        at = np.cumsum([0, t, h, r, r * layout.width, r * layout.width, layout.pair])
        self._columns = [slice(a, b) for a, b in pairwise(at)]
        self._rows: dict[tuple[int, int, int], list[float]] = {}
        self._types: dict[int, Scores] = {}

    def chances(self, sentence: int) -> Scores:
        """The chance of every type for every piece of a sentence, in their order; worked out once a window."""
        window, first = self._places[sentence]
        known = self._types.get(window)
        if known is None:
            raw = self._scores[window][:, self._columns[0]]
            known = np.exp(raw - raw.max(axis=1, keepdims=True))
            known /= known.sum(axis=1, keepdims=True)
            self._types[window] = known
        return known[first : first + len(self._starts[sentence])]

    def stating(self, sentence: int, above: float, type_: str | None = None) -> list[tuple[float, int]]:
        """The pieces that state a claim, or one of a type, with a chance over ``above``: chance and offset, the likeliest first."""
        chances = self.chances(sentence)
        told = 1 - chances[:, 0] if type_ is None else chances[:, self.layout.types.index(type_)]
        starts = self._starts[sentence]
        found = [(float(told[n]), starts[n]) for n in map(int, np.flatnonzero(told > above))]
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))

    def likeliest(self, sentences: Iterable[int], but: Collection[str]) -> float:
        """The highest chance of a word in some sentences to state a claim of any type ``but`` some."""
        columns = [n for n, name in enumerate(self.layout.types) if name not in but]
        return max((float(c[:, columns].sum(axis=1).max()) for c in map(self.chances, sentences) if len(c)), default=0.0)

    def types(self, sentence: int, token: Token) -> Scores | None:
        """The chance of every type for a word, as the first of its pieces that states something has it."""
        here = self._pieces(sentence, token.idx, token.idx + len(token))
        if here is None:
            return None
        first = self._places[sentence][1]
        chances = self.chances(sentence)[here.start - first : here.stop - first]
        best: Scores = chances[0] if len(chances) == 1 else chances[int(chances[:, 0].argmin())]
        return best

    def states(self, sentence: int, token: Token) -> float:
        """How likely a word states a claim of any kind, from 0 to 1."""
        chances = self.types(sentence, token)
        return 0.0 if chances is None else float(1 - chances[0])

    def how(self, sentence: int, token: Token) -> Scores | None:
        """The chance of every factuality for a claim that a word states."""
        here = self._pieces(sentence, token.idx, token.idx + len(token))
        if here is None:
            return None
        raw = self._part(sentence, 1)[here.start]
        chances = np.exp(raw - raw.max())
        chances /= chances.sum()
        told: Scores = chances
        return told

    def fills(self, role: str, sentence: int, token: Token, start: int, end: int, other: int | None = None) -> float:
        """How much speaks for the words from ``start`` to ``end`` of a sentence filling a role of what ``token`` states.

        A logit: above zero is more likely than not. ``other`` is the sentence of the words where it is another; out of the window it is -6.
        """
        heads = self._pieces(sentence, token.idx, token.idx + len(token))
        words = self._pieces(sentence if other is None else other, start, end)
        if heads is None or words is None or (other is not None and self._places[other][0] != self._places[sentence][0]):
            return -6.0
        return max(self.row(role, sentence, token)[words])

    def row(self, role: str, sentence: int, token: Token) -> list[float]:
        """The logit of every piece of the window for a role of what a word states."""
        layout = self.layout
        n = layout.roles.index(role)
        window, first = self._places[sentence]
        heads = self._pieces(sentence, token.idx, token.idx + len(token))
        at = heads.start if heads is not None else first
        known = self._rows.get((n, window, at))
        if known is not None:
            return known
        width = layout.width
        scores = self._scores[window]
        key = scores[:, self._columns[2]][:, n]
        asks = scores[at, self._columns[3]][n * width : (n + 1) * width]
        answers = scores[:, self._columns[4]][:, n * width : (n + 1) * width]
        apart = np.clip(np.arange(len(scores)) - at, -layout.near, layout.near) + layout.near
        found: list[float] = (answers @ asks + key + layout.bias[n][apart]).tolist()  # single scores are read faster from a list
        self._rows[n, window, at] = found
        return found

    def spans(self, role: str, sentence: int, token: Token, above: float = 0.0) -> list[tuple[int, int, float]]:
        """The stretches of the sentence that fill a role: first and last offset where a piece begins, and the best logit."""
        first = self._places[sentence][1]
        row = self.row(role, sentence, token)[first : first + len(self._starts[sentence])]
        found: list[tuple[int, int, float]] = []
        open_ = False
        for start, score in zip(self._starts[sentence], row, strict=True):
            if score <= above:
                open_ = False
            elif open_:
                found[-1] = (found[-1][0], start, max(found[-1][2], score))
            else:
                found.append((start, start, score))
                open_ = True
        return found

    def summary(self) -> Scores:
        """The report as a whole in one row: for every type the highest chance of a word, and the mean of all that is told of its words."""
        told = np.concatenate(self._scores)
        types = told[:, self._columns[0]]
        chances = np.exp(types - types.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        return np.concatenate([chances[:, 1:].max(axis=0), told.mean(axis=0), told.max(axis=0)])

    def alike(self, one: tuple[int, Token], other: tuple[int, Token]) -> float:
        """How much speaks for two words, each with its sentence, stating one happening: a logit."""
        vectors = []
        for sentence, token in (one, other):
            here = self._pieces(sentence, token.idx, token.idx + len(token))
            if here is None:
                return 0.0
            vectors.append(self._part(sentence, 5)[here.start])
        factor, offset = self.layout.sharpness
        return float(vectors[0] @ vectors[1] * factor + offset)

    def _part(self, sentence: int, column: int) -> Scores:
        return self._scores[self._places[sentence][0]][:, self._columns[column]]

    def _pieces(self, sentence: int, start: int, end: int) -> slice | None:
        """The positions in the window of the pieces that begin between two offsets of a sentence."""
        starts, first = self._starts[sentence], self._places[sentence][1]
        a, b = bisect_left(starts, start), bisect_left(starts, end)
        return slice(first + a, first + b) if b > a else None
