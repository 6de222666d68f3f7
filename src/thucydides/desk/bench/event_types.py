"""Which kind of event a snippet tells of: the 30 classes of CASE 2021, task 2, by the type of the first event claim.

25 classes are ACLED's sub-events; five others have cue words in ``event_types.tsv`` that exist for this benchmark alone. Beside the rule
stands a plain alternative that never sees a claim: word n-grams and a linear classifier in five folds. With ``learn`` a third is tried in
the same folds: the same classifier given what the coder found as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from thucydides.chronicle import Reading
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.event_types_learned import Matrix, folded, hashed, scaled
from thucydides.desk.bench.scoring import HEAD, Score
from thucydides.desk.bench.sets import coded, raw, read_set, table
from thucydides.desk.coding import Chronicler
from thucydides.lexicon import Phrases, words_of
from thucydides.record import Claim, Event, Kind

USUAL = "case2021_task2.jsonl"
FOLDS = 5
HEARD = 1.5  # how much the tagger's row weighs beside the others, each of length 1
UNHEARD = 1e-3  # chances of a type below this are all as good as none
REST = "OTHER"
"""The class of a snippet without event claim and cue: ACLED's own word for what fits nowhere."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes, the type of claim that stands for each, and the cue words of those without."""

    names: tuple[str, ...]
    by_type: Mapping[str, str]
    always: Phrases[str]
    otherwise: Phrases[str]

    def of(self, text: str, claims: Sequence[Claim]) -> str:
        """The class of a snippet: cues that always decide, then the first event claim, then the other cues."""
        return self._cued(self.always, text) or self._claimed(claims) or self._cued(self.otherwise, text) or REST

    def cues(self, text: str) -> Counter[str]:
        """How many cue words of each class a text has."""
        words = words_of(text)
        return Counter(label for phrases in (self.always, self.otherwise) for hit in phrases.find(words) for label in hit.values)

    def _claimed(self, claims: Sequence[Claim]) -> str | None:
        told = [(claim.evidence[0].start, -claim.confidence, label) for claim, label in self.labelled(claims)]
        return min(told)[2] if told else None

    def labelled(self, claims: Sequence[Claim]) -> list[tuple[Claim, str]]:
        """The event claims whose type stands for a class, with the class."""
        typed = [(claim, claim.says.type) for claim in claims if isinstance(claim.says, Event) and claim.says.type]
        return [(claim, self.by_type[type_]) for claim, type_ in typed if type_ in self.by_type]

    @staticmethod
    def _cued(phrases: Phrases[str], text: str) -> str | None:
        """The class with the most cue words, the one whose first cue comes first where several have as many."""
        found = Counter(label for hit in phrases.find(words_of(text)) for label in hit.values)
        return found.most_common(1)[0][0] if found else None


@cache
def classes() -> Classes:
    """The classes of ``event_types.tsv``."""
    rows = table("event_types.tsv", "label", "type", "always", "else")
    always, otherwise = (Phrases((words, row["label"]) for row in rows for words in row.values(column)) for column in ("always", "else"))
    return Classes(tuple(row["label"] for row in rows), {row["type"]: row["label"] for row in rows if row["type"]}, always, otherwise)


def measure(chronicler: Chronicler, path: Path, learn: bool = False, limit: int = 0) -> Measured:
    """The weighted F1 of the classes, over all of them and over ACLED's alone, and a table by class. A snippet set aside has no claims."""
    items = read_set(path, USUAL, "text", "label", limit=limit)
    texts, labels = [str(item["text"]) for item in items], [str(item["label"]) for item in items]
    readings = list(coded(chronicler, [raw(f"snippet-{n}", text) for n, text in enumerate(texts)]))
    claims = [reading.claims for reading in readings]
    grams = hashed(texts)
    told = {"rule": [classes().of(text, said) for text, said in zip(texts, claims, strict=True)], "ngrams": folded(grams, labels, FOLDS)}
    if learn:
        found = np.hstack([grams, evidence(texts, claims)])
        told["evidence"] = folded(found, labels, FOLDS)
        told["tagger"] = folded(np.hstack([found, heard(chronicler, readings)]), labels, FOLDS)
    figures = {f"{name}.{part}": value for name, answers in told.items() for part, value in _figures(labels, answers).items()}
    return Measured(figures=figures, lines=_lines(labels, told), of={"file": str(path), "snippets": len(items), "folds": FOLDS})


def evidence(texts: Sequence[str], claims: Sequence[Sequence[Claim]]) -> Matrix:
    """One row a snippet: confidence of its claims by class, the class of the first, its cue words by class, its claims by kind."""
    names = {name: n for n, name in enumerate(classes().names)}
    kinds = {kind: 3 * len(names) + n for n, kind in enumerate(Kind)}
    rows = np.zeros((len(texts), 3 * len(names) + len(kinds)))
    for row, text, said in zip(rows, texts, claims, strict=True):
        for claim, label in classes().labelled(said):
            row[names[label]] = max(row[names[label]], claim.confidence)
        row[len(names) + names[classes().of(text, said)]] = 1
        for label, count in classes().cues(text).items():
            row[2 * len(names) + names[label]] = min(count, 3) / 3
        for kind, count in Counter(claim.kind for claim in said).items():
            row[kinds[kind]] = min(count, 3) / 3
    return scaled(rows)


def heard(chronicler: Chronicler, readings: Sequence[Reading]) -> Matrix:
    """One row a snippet: what the tagger tells of its words, each column as far from its mean as usual. Empty without a tagger.

    How likely it hears each type stands twice: once more by itself, as logarithms, among which a type that is only unlikely and one that
    is out of the question are as far apart as they mean.
    """
    coder = chronicler.coder
    tagger = coder.vocabulary.tagger
    if tagger is None:
        return np.zeros((len(readings), 0))
    rows: list[Matrix] = []
    for reading in readings:
        parsed = coder.parsed(reading.report) if reading.report is not None else []
        rows.append(tagger.read(parsed).summary().astype(float) if parsed else np.zeros(0))
    width = max(map(len, rows), default=0)
    told = np.stack([row if len(row) else np.zeros(width) for row in rows])
    types = np.log(told[:, : len(tagger.layout.types) - 1] + UNHEARD)
    return np.hstack([scaled(_standard(types)), HEARD * scaled(_standard(told))])


def _standard(rows: Matrix) -> Matrix:
    """Columns as distances from their mean, in usual distances."""
    told: Matrix = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-6)
    return told


def by_class(labels: Sequence[str], told: Sequence[str]) -> dict[str, Score]:
    """The score of each class that is asked for."""
    right = Counter(label for label, answer in zip(labels, told, strict=True) if label == answer)
    asked, answered = Counter(labels), Counter(told)
    return {label: Score.matched(right[label], answered[label], count) for label, count in sorted(asked.items())}


def weighted(scores: Mapping[str, Score]) -> float:
    """F1 weighted by how often each class is asked for."""
    return sum(score.f1 * score.asked for score in scores.values()) / sum(score.asked for score in scores.values())


def _figures(labels: Sequence[str], told: Sequence[str]) -> dict[str, float]:
    acled = frozenset(classes().by_type.values())
    pairs = [(label, answer) for label, answer in zip(labels, told, strict=True) if label in acled]
    figures = {"f1": weighted(by_class(labels, told)), "accuracy": sum(map(str.__eq__, labels, told)) / len(labels)}
    if pairs:
        figures["acled.f1"] = weighted(by_class(*map(list, zip(*pairs, strict=True))))
    return figures


_SAYS = {
    "rule": "type of the first event claim, cue words for what is no event",
    "ngrams": f"plain alternative: word n-grams, linear, {FOLDS} folds",
    "tagger": f"the same and what the tagger hears, linear, {FOLDS} folds",
    "evidence": f"n-grams and what the coder found, linear, {FOLDS} folds",
}


def _lines(labels: Sequence[str], told: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    figures = {name: _figures(labels, answers) for name, answers in told.items()}
    return (
        f"{len(labels)} snippets, {len(set(labels))} classes; weighted F1 over all, over those of ACLED's classes; accuracy",
        *(f"  {name:10} {f['f1']:.3f}  {f.get('acled.f1', 0):.3f}  {f['accuracy']:.3f}  {_SAYS[name]}" for name, f in figures.items()),
        HEAD,
        *(score.line(label) for label, score in by_class(labels, told["rule"]).items()),
    )
