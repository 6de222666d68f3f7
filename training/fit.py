"""Learns the scales of the claims room (``src/thucydides/claims/learned/*.tsv``) and tells how well they do on sources they never saw.

    python training/fit.py [--gold DIR] [--bench DIR] [--halves DIR] [--whole DIR] [--scorer score.py] [--without KIND] [--write]

Learned from are the folders of ``--gold`` (JSON files with ``id, source, published, text, claims``), whole, and the lessons of the tagger
(``lessons.py``), which count less. A lesson is coded with a tagger that was taught without it: ``--halves`` holds the folders ``a`` and
``b`` that ``teach.py --half a`` and ``--half b`` made. ``--whole`` holds a tagger taught on all lessons and no gold report: the shipped one
may have been taught with these too, and would be trusted too much. Each report is coded with scales learned without its source (five folds
by source), step by step, so that every scale learns from what the one before it really gives, and all figures are of unseen sources.
``--scorer`` is called with the gold reports and the claims coded so. ``--write`` stores the scales learned on everything. No chance enters.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from cases import STEPS, Annotated, Evidence, Run
from lessons import Lesson, annotated, own
from thucydides.claims import Coder
from thucydides.claims.learned import Learned, Scale, Tagger, Tags, scales
from thucydides.claims.sentences import Sentence
from thucydides.exports import flatten
from thucydides.lexicon import read_table
from thucydides.record import Report
from thucydides.reports import Raw, read

FOLDS = 5
RIDGE = {"folding": 2.0, "claim": 6.0, "day_around": 6.0, "type": 6.0}
STIFF = 3.0  # the ridge of all others
SELDOM = {"folding": 3}
FEW = 6  # evidence seen in fewer cases is not weighed
LESSON = 0.3  # what a case of a lesson counts beside one of a gold report
LESSON_OF = {"type": 0.05, "place_around": 0.0, "place": 0.1, "arm": 0.1, "claim": 0.2}
"""The same for decisions on which lessons are less like gold: half-taught taggers know types less well, lessons tell no coordinates.
Chosen by the likelihood of gold cases of unseen sources."""
CODED = ("own", "fakes", "muc4", "airwars", "re3d", "lgl")  # sets of whole reports; single sentences teach the tagger alone
RULES = ("told", "supported", "rule")  # evidence that is the answer of a rule, to compare with


@dataclass(frozen=True, slots=True)
class Taught:
    """A report to learn from: its annotations, what its cases count, and the tagger that never saw it."""

    told: Annotated
    counts: float
    tagger: Tagger | None

    @property
    def fold(self) -> int:
        """The fold that must not learn from it: all reports of a source share one."""
        return int(hashlib.sha256(str(self.told.get("source") or self.told["id"]).encode()).hexdigest(), 16) % FOLDS


@dataclass(frozen=True, slots=True)
class Case:
    """One decision to learn: the evidence, the answer, how much it counts, its fold, and whether it is of a gold report."""

    evidence: Evidence
    answer: bool
    counts: float
    fold: int
    gold: bool


def fit(cases: Sequence[Case], ridge: float, seldom: int) -> Scale:
    """A logistic model with a ridge penalty, by Newton's method."""
    seen = Counter(name for c in cases for name, times in c.evidence.items() if times)
    names = sorted(n for n, times in seen.items() if times >= seldom)
    at = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(cases), len(names) + 1))
    x[:, -1] = 1
    for row, case in enumerate(cases):
        for name, times in case.evidence.items():
            if name in at:
                x[row, at[name]] = times
    y = np.array([float(c.answer) for c in cases])
    w = np.array([c.counts for c in cases])
    penalty = np.full(len(names) + 1, ridge)
    penalty[-1] = 0.01
    b = np.zeros(len(names) + 1)
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ b))
        slope = x.T @ ((p - y) * w) + penalty * b
        curve = (x * (p * (1 - p) * w)[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        b = b - step
        if float(np.abs(step).max()) < 1e-4:
            break
    kept = {n: round(float(v), 3) for n, v in zip((*names, scales.BIAS), b, strict=True)}
    return Scale({n: v for n, v in kept.items() if abs(v) >= 0.01 or n == scales.BIAS})


class Trainer:
    """Codes the reports again and again, each time with the scales learned so far, and gathers cases."""

    def __init__(self, taught: Sequence[Taught]) -> None:
        self.coder = Coder(triage=None)
        self.taught = taught
        self._vocabulary = self.coder.vocabulary
        self._reports: dict[str, Report] = {}
        self._parsed: dict[str, tuple[list[Sentence], Tags | None]] = {}
        self.folds = [Learned()] * FOLDS
        self.whole = Learned()

    def report(self, told: Annotated) -> Report:
        if told["id"] not in self._reports:
            raw = Raw(f"{told['id']}.json", json.dumps({k: v for k, v in told.items() if k != "claims"}).encode())
            self._reports[told["id"]] = read(raw, proper=self._vocabulary.proper)
        return self._reports[told["id"]]

    def run(self, one: Taught) -> Run:
        """The coder set to code a report as one of a source that nothing was learned from. Parses and tags are made once."""
        report = self.report(one.told)
        if report.id not in self._parsed:
            sentences = self.coder.parsed(report)
            self._parsed[report.id] = sentences, one.tagger.read(sentences) if one.tagger is not None and sentences else None
        self.coder.vocabulary = replace(self._vocabulary, learned=self.folds[one.fold], tagger=None)
        return Run(self.coder, report, one.told, *self._parsed[report.id])

    def learn(self, step: str) -> None:
        """Gathers the cases of a step and fits its scales, for each fold and on everything."""
        cases: dict[str, list[Case]] = {}
        for one in self.taught:
            for scale, evidence, answer, counts in STEPS[step](self.run(one)):
                gold = one.counts == 1.0
                case = Case(evidence, answer, counts if gold else counts * LESSON_OF.get(scale, one.counts), one.fold, gold)
                cases.setdefault(scale, []).append(case)
        for scale, some in cases.items():
            learned = [fit([c for c in some if c.fold != k], RIDGE.get(scale, STIFF), _few(scale, some)) for k in range(FOLDS)]
            self.folds = [replace(f, **{scale: one}) for f, one in zip(self.folds, learned, strict=True)]
            self.whole = replace(self.whole, **{scale: fit(some, RIDGE.get(scale, STIFF), _few(scale, some))})
            for title, gold in (("gold", True), ("lessons", False)):
                part = [c for c in some if c.gold is gold]
                if part:
                    print(f"  {scale:12} {title:8} {_figures(part, learned)}", flush=True)


def _few(scale: str, cases: Sequence[Case]) -> int:
    """In how many cases evidence must be seen to be weighed."""
    return max(SELDOM.get(scale, FEW), len(cases) // 1500)


def _figures(cases: Sequence[Case], learned: Sequence[Scale]) -> str:
    def f1(said: Sequence[bool]) -> str:
        right, taken, true = (sum(p and c.answer for p, c in zip(said, cases, strict=True)), sum(said), sum(c.answer for c in cases))
        return f"P {right / max(1, taken):.3f} R {right / max(1, true):.3f} F1 {2 * right / max(1, taken + true):.3f}"

    told = f1([learned[c.fold].chance(c.evidence) >= 0.5 for c in cases])
    rule = next((name for name in RULES if cases and any(name in c.evidence for c in cases)), None)
    plain = f"   rule alone: {f1([bool(c.evidence.get(rule)) for c in cases])}" if rule else ""
    return f"{len(cases):6} cases, {sum(c.answer for c in cases):5} yes: {told}{plain}"


def as_annotated(lesson: Lesson) -> Annotated:
    """A lesson in the shape of a gold report."""

    def names(claim: Any, role: str) -> list[list[str]]:
        told = [lesson.text[a:b] for t in claim.tellings for spans in (t.roles, t.elsewhere) for a, b in spans.get(role, ())]
        return [[name] for name in dict.fromkeys(told)]

    claims = []
    for claim in lesson.claims:
        quotes = [lesson.text[slice(*t.sentence)] for t in claim.tellings]
        kind = claim.type if claim.type in ("control", "toll", "holding", "plan") else "event"
        claims.append(
            {
                "kind": kind,
                "type": claim.type if kind == "event" else None,
                "quote": quotes[0],
                "also": quotes[1:],
                "at": [t.on[0] for t in claim.tellings],
                "spans": [t.sentence for t in claim.tellings],
                "initiators": names(claim, "by"),
                "targets": names(claim, "to"),
                "places": [{"name": n, "lat": None, "lon": None} for n, *_ in names(claim, "at")],
                "weapons": [n for n, *_ in names(claim, "with")],
                "date": {"start": claim.date[0], "end": claim.date[1]} if claim.date else None,
                "factuality": claim.tellings[0].how,
                "attributed_to": next((n for n, *_ in names(claim, "said")), None),
            }
        )
    # Only what was annotated is coded: the sentences behind it hold claims that nobody marked.
    text = lesson.text[: lesson.sentences[-1][1]]
    told = {"id": f"{lesson.set}:{lesson.id}", "source": lesson.source, "text": text, "claims": claims}
    return told | ({"published": lesson.published} if lesson.published else {})


def gathered(asked: argparse.Namespace) -> Iterator[Taught]:
    """The gold reports and the lessons, each with its tagger."""
    whole = None if asked.without == "tagger" else _tagger(asked.whole) if asked.whole else Tagger.load()
    for folder in asked.gold:
        for path in sorted(folder.glob("*.json")):
            yield Taught(json.loads(path.read_text("utf-8")), 1.0, whole)
    if asked.without == "lessons" or (asked.without != "tagger" and not asked.halves):
        return
    halves = {name: _tagger(asked.halves / name) for name in "ab"} if asked.without != "tagger" else {}
    reader = partial(read, proper=Coder().vocabulary.proper)
    for lesson in (*own(), *(annotated(asked.bench, reader) if asked.bench else ())):
        if lesson.set in CODED and lesson.sentences:
            yield Taught(as_annotated(lesson), LESSON, halves.get("b" if lesson.half == "a" else "a"))


def _tagger(folder: Path) -> Tagger:
    return Tagger(folder / "tagger.onnx", folder / "tagger.vocabulary.json", folder / "tagger.json")


def write(scale: Scale, name: str) -> None:
    """Stores a scale; notes that people have made in its table stay."""
    path = scales.FOLDER / f"{name}.tsv"
    notes = {row["evidence"]: row["note"] for row in read_table(path, ("evidence", "weight", "note"), [])}
    rows = [f"{n}\t{v}\t{notes.get(n, '')}".rstrip("\t") for n, v in sorted(scale.weights.items())]
    path.write_text("evidence\tweight\tnote\n" + "\n".join(rows) + "\n", "utf-8")


def score(trainer: Trainer, scorer: Path, kept: Path | None) -> None:
    """Calls the scorer on the gold reports, coded with scales that never saw their source."""
    with tempfile.TemporaryDirectory() as folder:
        coded = kept or Path(folder, "claims.jsonl")
        gold = Path(folder, "gold")
        gold.mkdir()
        with coded.open("w", encoding="utf-8") as out:
            for one in trainer.taught:
                if one.counts == 1.0:
                    Path(gold, f"{one.told['id']}.json").write_text(json.dumps(one.told), "utf-8")
                    run = trainer.run(one)
                    claims = [flatten(claim, run.report) for claim, _ in run.account()]
                    print(json.dumps({"id": one.told["id"], "claims": claims}, default=str), file=out)
        subprocess.run([sys.executable, str(scorer), str(gold), str(coded)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, action="append", default=[])
    parser.add_argument("--bench", type=Path, help="folder of the sets whose texts are annotated")
    parser.add_argument("--halves", type=Path, help="folder of the two taggers that were each taught on half of the lessons")
    parser.add_argument("--whole", type=Path, help="folder of a tagger that no gold report taught; usual: the shipped one")
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--keep", type=Path, help="where to keep the claims that were scored")
    parser.add_argument("--without", choices=("tagger", "lessons"))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    taught = list(gathered(asked))
    if not taught:
        sys.exit("error: no annotated reports. Name a folder of JSON files with 'claims' as --gold, or --halves for the lessons.")
    trainer = Trainer(taught)
    for step in STEPS:
        print(step, flush=True)
        trainer.learn(step)
    if asked.scorer:
        score(trainer, asked.scorer, asked.keep)
    if asked.write:
        for name in scales.NAMES:
            write(getattr(trainer.whole, name), name)
        print("written: " + " ".join(f"{n}.tsv" for n in scales.NAMES))


if __name__ == "__main__":
    main()
