"""Who says what, in what words: the sources, cues and contents of PolNeAR against the attributions that the claims room finds.

PolNeAR marks an attribution as a source, a cue and a content, each perhaps in pieces. It marks those that the article makes in its own
voice: what a speaker attributes in turn, in quotation marks or in what he is said to have said, is left out here too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from thucydides.claims.attributions import Attribution as Told
from thucydides.claims.attributions import attributions
from thucydides.claims.sentences import Lemmas, pipeline
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Pieces, Score, covered, overlap, overlaps
from thucydides.desk.bench.sets import Item, parsed, raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.record import Report

USUAL = "polnear.jsonl"
PARTS = ("Source", "Cue", "Content")
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
    """The attributions of a report in its own voice; a quotation may run on over sentences, up to the end of its paragraph."""
    codebook, lemmas = chronicler.coder.vocabulary.codebook, Lemmas(pipeline())
    found: list[Attribution] = []
    quoted, paragraph = False, -1
    for sentence in parsed(report):
        quoted = quoted and sentence.paragraph == paragraph
        told = attributions(sentence, codebook, lemmas, quoted=quoted)
        found += [_moved(parts_of(one), sentence.start) for one in told if not one.inner]
        quoted = (quoted + sentence.text.count('"')) % 2 == 1
        paragraph = sentence.paragraph
    return found


def parts_of(one: Told) -> Attribution:
    """An attribution by PolNeAR's names of its parts."""
    spans = (("Source", one.source and (one.source,)), ("Cue", one.cue and (one.cue,)), ("Content", one.content))
    return {part: pieces for part, pieces in spans if pieces}


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


def _moved(found: Attribution, by: int) -> Attribution:
    return {part: tuple((start + by, end + by) for start, end in pieces) for part, pieces in found.items()}
