"""The stock parser made quicker, with the same answers.

A report is parsed in many small steps, and two of them are dear for no gain: products of matrices by a library that knows few processors,
where numpy's own does them in half the time; and rules that give every word its part of speech by trying some 180 patterns on it, where
nearly all look at nothing but the word, its tag and its dependency, so that what they gave once they give again.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
import thinc
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from thinc.api import NumpyOps, use_ops

RULER = "attribute_ruler"
REMEMBERED = "remembered_attributes"
_SETS = frozenset(("TAG", "POS", "MORPH", "DEP"))  # what rules set that is used: dictionary forms are looked up elsewhere
_ASKS = frozenset(("LOWER", "TAG", "DEP", "IS_SPACE"))
_TOLD = ("TAG", "POS", "MORPH", "DEP")


@lru_cache(maxsize=1)
def _threads() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """How many threads numpy's products of matrices take, and what sets it. ``None`` where numpy is built with another library."""
    try:
        products = import_module("numpy._core._multiarray_umath")
    except ModuleNotFoundError:  # an older numpy
        return None
    library = ctypes.CDLL(str(products.__file__))
    for prefix, suffix in (("scipy_", "64_"), ("", "64_"), ("scipy_", ""), ("", "")):
        told, put = f"{prefix}openblas_get_num_threads{suffix}", f"{prefix}openblas_set_num_threads{suffix}"
        if hasattr(library, told) and hasattr(library, put):
            return getattr(library, told), getattr(library, put)
    return None


@thinc.registry.ops("ThucydidesOps")
class NumpyProducts(NumpyOps):  # type: ignore[misc]
    """Products of matrices by numpy, in one thread: they are small, and waiting for each other takes threads longer than the work."""

    name = "thucydides"

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices, either turned over first."""
        threads = _threads()
        assert threads is not None
        told, put = threads
        before = told()
        put(1)
        try:
            return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)
        finally:
            put(before)


@contextmanager
def numpy_products() -> Iterator[None]:
    """What is loaded within takes its products from numpy, where that is known to be the quicker way."""
    if _threads() is None:
        yield
        return
    with use_ops(NumpyProducts.name):
        yield


class RememberedAttributes:
    """Gives words their parts of speech and forms as the parser's rules do, asking these once for every word, tag and dependency.

    A word that no rule names is like any other such word: of these the rules are asked once for every tag and dependency.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._named, self._shapes = _named(ruler)
        self._words: dict[int, int] = {}  # words as the rules tell them apart
        self._known: dict[tuple[int, int, int], tuple[int, int, int, int]] = {}
        # Rules of several words are few. They come last, as they do in the parser.
        self._several = AttributeRuler(ruler.vocab, name="of_several_words")
        rules: list[Any] = list(ruler.patterns)
        several = [rule for rule in rules if max(map(len, rule["patterns"])) > 1 and not _SETS.isdisjoint(rule["attrs"])]
        self._several.add_patterns(several)
        # Where all of them begin at words of a few dependencies, most sentences need not be searched for them.
        deps = [pattern[0].get("DEP") for rule in several for pattern in rule["patterns"]]
        self._begins = frozenset(map(ruler.vocab.strings.add, deps)) if all(isinstance(dep, str) for dep in deps) else None

    def __call__(self, doc: Doc) -> Doc:
        known, words = self._known, self._words
        told = []
        seen = doc.to_array(["LOWER", "TAG", "DEP"]).tolist()
        for at, (lower, tag, dep) in enumerate(seen):
            word = words.get(lower)
            if word is None:
                word = words[lower] = self._as_told_apart(doc[at])
            found = known.get((word, tag, dep))
            if found is None:
                found = known[word, tag, dep] = self._asked(doc[at])
            told.append(found)
        columns: Any = np.array(told, np.uint64).reshape(len(doc), len(_TOLD))
        doc.from_array(list(_TOLD), columns)
        if self._begins is None or any(dep in self._begins for _, _, dep in seen):
            self._several(doc)
        return doc

    def _as_told_apart(self, word: Token) -> int:
        lower = word.lower_
        named = self._named is None or lower in self._named or word.is_space or any(shape.search(lower) for shape in self._shapes)
        return int(word.lower) if named else 0

    def _asked(self, word: Token) -> tuple[int, int, int, int]:
        alone = Doc(word.doc.vocab, words=[word.text], tags=[word.tag_], deps=[word.dep_], heads=[0])
        tag, pos, morph, dep = self._ruler(alone).to_array(list(_TOLD))[0].tolist()
        return tag, pos, morph, dep


def _named(ruler: AttributeRuler) -> tuple[frozenset[str] | None, list[re.Pattern[str]]]:
    """The words and shapes of words that the rules name; no words at all where a rule asks for something that is not known here."""
    words: set[str] = set()
    shapes: list[re.Pattern[str]] = []
    rules: list[Any] = list(ruler.patterns)
    for asked in (token for rule in rules for pattern in rule["patterns"] for token in pattern):
        word = asked.get("LOWER", ())
        ways: Any = word if isinstance(word, dict) else {"IN": [word] if isinstance(word, str) else []}
        if not asked.keys() <= _ASKS or not ways.keys() <= {"IN", "REGEX"}:
            return None, []
        words.update(ways.get("IN", ()))
        shapes += [re.compile(ways["REGEX"])] if "REGEX" in ways else []
    return frozenset(words), shapes


@Language.factory(REMEMBERED, assigns=["token.pos", "token.morph"])
def remembered_attributes(nlp: Language, name: str) -> RememberedAttributes:
    """The parser's own rules, remembered; they are to be loaded and disabled."""
    return RememberedAttributes(nlp.get_pipe(RULER))  # type: ignore[arg-type]
