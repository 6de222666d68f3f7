"""The stock parser made quicker, with the same answers.

A report is parsed in many small steps, and two of them are dear for no gain: products of matrices by a library that knows few processors,
where numpy's own does them in half the time; and rules that give every word its part of speech by trying some 180 patterns on it, where
nearly all look at nothing but the word, its tag and its dependency, so that what they gave once they give again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
import thinc
from spacy.attrs import DEP, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from thinc.api import NumpyOps, use_ops

RULER = "attribute_ruler"
REMEMBERED = "remembered_attributes"
_SETS = frozenset(("TAG", "POS", "MORPH", "DEP"))  # what rules set that is used: dictionary forms are looked up elsewhere
_TOLD = (TAG, POS, MORPH, DEP)


@lru_cache(maxsize=1)
def _threads() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """How many threads numpy's products of matrices take, and what sets it. ``None`` where numpy is built with another library."""
    from numpy._core import _multiarray_umath as products

    library = ctypes.CDLL(products.__file__)
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
    """Gives words their parts of speech and forms as the parser's rules do, asking these once for every word, tag and dependency."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._known: dict[tuple[int, int, int], tuple[int, int, int, int]] = {}
        # Rules of several words are few. They come last, as they do in the parser.
        self._several = AttributeRuler(ruler.vocab, name="of_several_words")
        self._several.add_patterns(
            [rule for rule in ruler.patterns if max(map(len, rule["patterns"])) > 1 and not _SETS.isdisjoint(rule["attrs"])]  # type: ignore[arg-type]
        )

    def __call__(self, doc: Doc) -> Doc:
        known = self._known
        seen = list(map(tuple, doc.to_array([LOWER, TAG, DEP]).tolist()))
        for at, key in enumerate(seen):
            if key not in known:
                known[key] = self._asked(doc, at)
        doc.from_array(list(_TOLD), np.array([known[key] for key in seen], np.uint64).reshape(len(doc), len(_TOLD)))
        return self._several(doc)

    def _asked(self, doc: Doc, at: int) -> tuple[int, int, int, int]:
        word = doc[at]
        alone = Doc(doc.vocab, words=[word.text], tags=[word.tag_], deps=[word.dep_], heads=[0])
        tag, pos, morph, dep = self._ruler(alone).to_array(list(_TOLD))[0].tolist()
        return tag, pos, morph, dep


@Language.factory(REMEMBERED, assigns=["token.pos", "token.morph"])
def remembered_attributes(nlp: Language, name: str) -> RememberedAttributes:
    """The parser's own rules, remembered; they are to be loaded and disabled."""
    return RememberedAttributes(nlp.get_pipe(RULER))  # type: ignore[arg-type]
