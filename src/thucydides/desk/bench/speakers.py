"""Who says what, in what words: the sources, cues and contents of PolNeAR against the speakers that the claims room finds.

PolNeAR marks an attribution as a source, a cue and a content, each perhaps in pieces. Of a speaker found, the name is the source, the verb
of saying the cue ("according to" where there is none), and the clause that the verb governs the content. A verb that governs none, for it
stands after or amid what is said, has said the rest of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from thucydides.claims.sentences import Lemmas, Sentence, pipeline
from thucydides.claims.speakers import Speaker, find_speakers
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Pieces, Score, covered, overlap, overlaps
from thucydides.desk.bench.sets import Item, parsed, raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.record import Report

if TYPE_CHECKING:
    from spacy.tokens import Token

USUAL = "polnear.jsonl"
PARTS = ("Source", "Cue", "Content")
GOVERNED = frozenset({"ccomp", "xcomp", "acl", "parataxis", "dobj"})  # what is said, as the parse hangs it on the verb
LEAST_WORDS = 3  # of a piece of what is said beside the speaker's own words: " on Tuesday" is none
Attribution = Mapping[str, Pieces]
_PLACE = re.compile(r"(\d+) (\d+)")


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """F1 of spans that overlap, by part, of whole attributions, and of the words of all contents."""
    articles = read_set(path, USUAL, "text", "brat", limit=limit)
    names = [*PARTS, "whole", *(f"words of {part}" for part in PARTS)]
    scores = dict.fromkeys(names, Score())
    with progress("parsing", len(articles)) as bar:
        for n, article in enumerate(articles, start=1):
            text, asked = article["text"], attributions_of(article)
            told = attributions_found(chronicler, chronicler.reader(raw(str(article.get("id", n)), text)))
            for part in PARTS:
                mine, theirs = ([one[part] for one in some if part in one] for some in (told, asked))
                scores[part] += overlap(mine, theirs)
                scores[f"words of {part}"] += covered(text, mine, theirs)
            scores["whole"] += agree(told, asked)
            bar.advance(bar.task_ids[0])
    figures = {key: value for name in names for key, value in scores[name].figures(name.lower().replace(" ", "_")).items()}
    lines = (f"{len(articles)} articles", HEAD, *(scores[name].line(name) for name in names))
    return Measured(figures=figures, lines=lines, of={"file": str(path), "articles": len(articles)})


def attributions_of(article: Item) -> list[Attribution]:
    """The attributions of brat's stand-off lines: ``T1<tab>Source 0 4;6 9<tab>words`` and ``E1<tab>Attribution:T4 Content:T3 …``."""
    lines = [line.split("\t") for line in article["brat"].splitlines() if line.strip()]
    spans = {cells[0]: tuple((int(a), int(b)) for a, b in _PLACE.findall(cells[1])) for cells in lines if cells[0].startswith("T")}
    found: list[Attribution] = []
    for cells in lines:
        if cells[0].startswith("E"):
            told: dict[str, Pieces] = {}
            for label, _, span in (part.partition(":") for part in cells[1].split()):
                part = label.rstrip("0123456789")  # "Content2": a further piece
                if part in PARTS:
                    told[part] = (*told.get(part, ()), *spans[span])
            if told:
                found.append(told)
    return found


def attributions_found(chronicler: Chronicler, report: Report) -> list[Attribution]:
    """An attribution for every speaker of every sentence."""
    codebook, lemmas = chronicler.coder.vocabulary.codebook, Lemmas(pipeline())
    return [
        _moved(part_of(speaker, sentence), sentence.start)
        for sentence in parsed(report)
        for speaker in find_speakers(sentence, codebook, lemmas)
    ]


def part_of(speaker: Speaker, sentence: Sentence) -> Attribution:
    """Source, cue and content of a speaker, in offsets of the sentence."""
    source = (speaker.start, speaker.end)
    cue = _cue(speaker, sentence)
    found: dict[str, Pieces] = {"Source": (source,)}
    if cue is not None:
        found["Cue"] = (cue,)
    content = tuple(_governed(speaker, sentence)) or tuple(_beside([source, *([cue] if cue else [])], sentence))
    if content:
        found["Content"] = content
    return found


def agree(told: list[Attribution], asked: list[Attribution]) -> Score:
    """Attributions as a whole, one to one: every part that PolNeAR marks overlaps."""
    left = list(told)
    right = 0
    for theirs in asked:
        match = next((mine for mine in left if all(part in mine and overlaps(mine[part], span) for part, span in theirs.items())), None)
        if match is not None:
            left.remove(match)
            right += 1
    return Score.matched(right, len(told), len(asked))


def _cue(speaker: Speaker, sentence: Sentence) -> tuple[int, int] | None:
    """The verb of saying; without one the words that lead to the name ("according to") or follow it ("said", a colon)."""
    if speaker.verb_token >= 0:
        return _span(sentence.doc[speaker.verb_token])
    if not speaker.verb:
        return _leading(speaker, sentence)
    colon = re.compile(r"\s*:").match(sentence.text, speaker.end)
    if colon is not None:
        return colon.end() - 1, colon.end()
    after = (token for token in sentence.doc if token.idx >= speaker.end and token.pos_ == "VERB")
    return next((_span(token) for token in after), None)


def _leading(speaker: Speaker, sentence: Sentence) -> tuple[int, int] | None:
    before = [token for token in sentence.doc if token.idx + len(token) <= speaker.start and token.pos_ != "PUNCT"]
    if not before:
        return None
    last = before[-1]
    first = last.head if last.pos_ == "ADP" and last.i - 3 <= last.head.i < last.i else last
    return first.idx, last.idx + len(last)


def _governed(speaker: Speaker, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses or objects that hang on the verb of saying."""
    if speaker.verb_token < 0:
        return
    for child in sentence.doc[speaker.verb_token].children:
        first, last = child.left_edge, child.right_edge
        if child.dep_ in GOVERNED and not first.idx <= speaker.start <= last.idx:
            yield first.idx, last.idx + len(last)


def _beside(own: list[tuple[int, int]], sentence: Sentence) -> Iterator[tuple[int, int]]:
    """What is left of a sentence before and after a speaker's own words."""
    first, last = min(start for start, _ in own), max(end for _, end in own)
    for start, end in ((0, first), (last, len(sentence.text))):
        words = [word for word in sentence.words if start <= word.start and word.end <= end]
        if len(words) >= LEAST_WORDS:
            yield words[0].start, words[-1].end


def _span(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _moved(found: Attribution, by: int) -> Attribution:
    return {part: tuple((start + by, end + by) for start, end in pieces) for part, pieces in found.items()}
