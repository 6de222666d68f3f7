"""Learns how much each piece of evidence weighs when two sentences may tell one happening (``claims/codebook/folding.tsv``).

    python bench/fit_folding.py GOLD_DIR [--scorer score.py] [--write]

GOLD_DIR holds annotated reports (``{"id", "source", "published", "text", "claims"}``, each claim with its ``quote`` and ``also``). Every
pair of event drafts of a report is a case: the same happening where a gold claim covers both sentences, another where different ones do. A
later sentence that no gold claim covers counts a quarter, as the same: folding it away is right whatever it says. A ridge-penalised
logistic regression, started from and drawn towards the weights in use, gives the new ones; no chance enters, so it needs no seed.

It prints the F1 of "same" over pairs, by five folds that leave whole sources out, and, with ``--scorer``, the scorer's figures of a run in
which every report was coded with weights learned without its source. ``--write`` puts the weights learned on everything in the table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from thucydides.chronicle import chronicle
from thucydides.claims import Coder, folding
from thucydides.claims import coder as coding
from thucydides.claims.drafts import Draft
from thucydides.exports import flatten
from thucydides.lexicon import read_table
from thucydides.record import Kind, Report
from thucydides.reports import Raw, read

FOLDS = 5
RIDGE = 2.0
UNCOVERED = 0.25  # what a case counts whose later sentence no gold claim covers

Case = tuple[str, dict[str, float], bool, float]  # source, evidence, same, weight


def spans(claim: Mapping[str, Any], text: str) -> list[tuple[int, int]]:
    quotes = [claim["quote"], *(claim.get("also") or [])]
    return [(at, at + len(q)) for q in quotes if (at := text.find(q)) >= 0]


def covering(draft: Draft, gold: Sequence[Mapping[str, Any]], text: str) -> set[int]:
    """The gold event claims of which a draft's sentence holds at least a third."""
    start, end = draft.sentence.start, draft.sentence.end
    found = set()
    for number, claim in enumerate(gold):
        for a, b in spans(claim, text):
            if min(b, end) - max(a, start) >= 0.3 * min(b - a, end - start):
                found.add(number)
    return found


def source_of(gold: Mapping[str, Any]) -> str:
    return str(gold.get("source") or gold["id"])


def fold_of(source: str) -> int:
    return int(hashlib.sha256(source.encode()).hexdigest(), 16) % FOLDS


def read_gold(gold: Mapping[str, Any], coder: Coder) -> Report:
    return read(Raw(f"{gold['id']}.json", json.dumps(gold).encode()), proper=coder.vocabulary.proper)


def cases(golds: Sequence[Mapping[str, Any]], coder: Coder) -> list[Case]:
    """All pairs of drafts that folding would weigh, with what they are."""
    found: list[Case] = []
    plain = coding.fold
    for gold in golds:
        events = [c for c in gold["claims"] if c["kind"] == "event"]

        def watch(
            drafts: Sequence[Draft], located: folding.Located, typed: folding.Typed, events: Any = events, gold: Any = gold
        ) -> list[Draft]:
            told = [d for d in drafts if d.kind is Kind.EVENT]
            covers = [covering(d, events, gold["text"]) for d in told]
            for later, one in enumerate(told):
                for earlier, other in enumerate(told[:later]):
                    if folding.likeness(one, other, located, typed) <= folding.NEVER or not covers[earlier]:
                        continue
                    known = bool(covers[later])
                    same = bool(covers[later] & covers[earlier]) if known else True
                    evidence = dict(folding.evidence(one, other, located, typed))
                    found.append((source_of(gold), evidence, same, 1.0 if known else UNCOVERED))
            return plain(drafts, located, typed)

        coding.fold = watch  # type: ignore[attr-defined]
        coder.code(read_gold(gold, coder))
    coding.fold = plain  # type: ignore[attr-defined]
    return found


def fit(some: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    """Weights by name, "bias" among them."""
    x = np.array([[evidence.get(n, 0.0) for n in names] + [1.0] for _, evidence, _, _ in some])
    y = np.array([float(same) for _, _, same, _ in some])
    w = np.array([weight for _, _, _, weight in some])
    prior = np.array([folding.WEIGHTS.get(n, 0.0) for n in (*names, "bias")])
    b = prior.copy()
    for _ in range(200):
        p = 1 / (1 + np.exp(-x @ b))
        slope = x.T @ ((p - y) * w) + RIDGE * (b - prior)
        curve = (x * (p * (1 - p) * w)[:, None]).T @ x + RIDGE * np.eye(len(b))
        b = b - 0.5 * np.linalg.solve(curve, slope)
    return {n: round(float(v), 2) for n, v in zip((*names, "bias"), b, strict=True)}


def pair_f1(some: Sequence[Case], weights: Mapping[str, float]) -> tuple[int, int, int]:
    right = wrong = missed = 0
    for _, evidence, same, weight in some:
        if weight < 1:
            continue
        joined = weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in evidence.items()) > folding.THRESHOLD
        right, wrong, missed = right + (joined and same), wrong + (joined and not same), missed + (same and not joined)
    return right, wrong, missed


def write(weights: Mapping[str, float]) -> None:
    notes = {row["evidence"]: row["note"] for row in read_table(folding.FILE, ("evidence", "weight", "note"), [])}
    rows = [f"{name}\t{weight}\t{notes.get(name, '')}" for name, weight in sorted(weights.items())]
    folding.FILE.write_text("evidence\tweight\tnote\n" + "\n".join(rows) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    golds = [json.loads(p.read_text("utf-8")) for p in sorted(asked.gold.glob("*.json"))]
    if not golds:
        sys.exit(f"error: no annotated reports in {asked.gold}. Name a folder of JSON files with 'claims'.")
    coder = Coder()
    some = cases(golds, coder)
    names = sorted({n for _, evidence, _, _ in some for n in evidence})
    learned = {k: fit([c for c in some if fold_of(c[0]) != k], names) for k in range(FOLDS)}
    sums = np.sum([pair_f1([c for c in some if fold_of(c[0]) == k], learned[k]) for k in range(FOLDS)], axis=0)
    print(f"{len(some)} pairs; same happening, sources left out: F1 {2 * sums[0] / (2 * sums[0] + sums[1] + sums[2]):.3f}")
    if asked.scorer:
        in_use = folding.WEIGHTS
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as out:
            for gold in golds:
                folding.WEIGHTS = learned[fold_of(source_of(gold))]
                raw = Raw(f"{gold['id']}.json", json.dumps(gold).encode())
                for reading in chronicle([raw], coder, reader=partial(read, proper=coder.vocabulary.proper)):
                    report = reading.report
                    claims = [flatten(c, report) for c in reading.claims] if report else []
                    print(json.dumps({"id": gold["id"], "claims": claims}, default=str), file=out)
            out.flush()
            folding.WEIGHTS = in_use
            subprocess.run([sys.executable, str(asked.scorer), str(asked.gold), out.name], check=True)
    if asked.write:
        write(fit(some, names))
        print(f"written: {folding.FILE.name}")


if __name__ == "__main__":
    main()
