"""The parser made quicker gives the answers of the parser as it is published."""

from __future__ import annotations

import re

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from thucydides.claims.learned import Tagger
from thucydides.claims.quicker import NumpyProducts, numpy_products
from thucydides.claims.sentences import MODEL, Lemmas, Sentence, parse, pipeline
from thucydides.lexicon import any_of

SENTENCES = {
    "There were three attacks, and there's another to come.": "a rule of two words: what follows 'there'",
    "The army  shelled Aleppo\ton Monday.": "spaces are words",
    "I'm gonna tell 'em nothin' about it, y'all.": "words that rules know by their shape",
    "It was the shelling that they feared, because you had to run.": "words that rules name",
    "Rebels had been driving through Douma when Zarbuqil-7 fell.": "words of no rule",
    "But who did that, and who has it now?": "one word in several roles",
}


def told(doc: Doc) -> list[tuple[str, str, str, int, str]]:
    return [(t.tag_, t.pos_, t.dep_, t.head.i, str(t.morph)) for t in doc]


@pytest.mark.parametrize(("text", "reason"), SENTENCES.items())
def test_words_are_told_as_by_the_stock_parser(text: str, reason: str) -> None:
    stock = spacy.load(MODEL, exclude=["ner", "lemmatizer"])
    for _ in range(2):  # found out, and remembered
        assert told(pipeline()(text)) == told(stock(text)), reason


def test_products_are_those_of_numpy_whichever_matrix_is_turned_over() -> None:
    x, y = np.arange(6, dtype=np.float32).reshape(2, 3), np.arange(12, dtype=np.float32).reshape(3, 4)
    with numpy_products():
        ops = NumpyProducts()
        assert (ops.gemm(x, y) == x @ y).all()
        assert (ops.gemm(x.T, y, trans1=True) == x @ y).all()
        assert (ops.gemm(x, y.T, trans2=True) == x @ y).all()
        out = np.zeros((2, 4), np.float32)
        ops.gemm(x, y, out=out)
        assert (out == x @ y).all()


def test_dictionary_forms_are_those_of_the_parser() -> None:
    doc = pipeline()("The armies were shelling two cities and attacked buses.")
    lemmas = Lemmas(pipeline())
    assert [lemmas.of(t) for t in doc if t.pos_ in ("NOUN", "VERB")] == ["army", "shell", "city", "attack", "bus"]


def test_a_sentence_that_is_not_parsed_keeps_its_place_and_words() -> None:
    text = "Rebels shelled Aleppo. The council met."
    first, second = parse([(0, 22, 0, "body"), (23, 39, 0, "body")], text, pipeline(), {0})
    assert (first.parsed, second.parsed) == (True, False)
    assert [w.folded for w in second.words] == ["the", "council", "met"]
    assert second.token_at(4) is None
    assert not second.content


def test_a_window_is_answered_alike_whatever_stands_beside_it() -> None:
    tagger = Tagger.load()
    text = "Gunmen killed two soldiers in an ambush near Gao on Monday. " * 14
    nlp = pipeline()
    sentences = [Sentence(n, 0, 0, len(text), text, "body", [], nlp.make_doc("")) for n in range(2)]
    alone, both = tagger.read(sentences[:1]), tagger.read(sentences)
    assert (alone.chances(0) == both.chances(0)).all()
    assert (both.chances(0) == both.chances(1)).all()


@pytest.mark.parametrize("text", ["one", "one hundred", "seven", "seventeen", "seventy", "a dozen"])
def test_any_of_some_words_the_longest_first(text: str) -> None:
    words = "one|one hundred|seven|seventeen|seventy|a dozen".split("|")
    found = re.search(any_of(map(re.escape, word) for word in words), f"about {text} others")
    assert found is not None
    assert found.group() == text
