"""Fits the weights by which two accounts are judged one event (``incidents/weights.tsv``).

    python training/judging.py --bench SETS [--write]

Learned from families of our own invented reports (``accounts/*.txt``, each paragraph's family known), from articles on gun violence and
from texts on strikes in Syria, whose incident is known by the text: there the two accounts of a pair of texts that fit best are taken
for the event. Figures come from folds that leave whole families and incidents out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

import accounts as invented
from fit import Case, fit
from thucydides.desk.bench.clustering import Text, agreement, articles, clusters, strikes
from thucydides.desk.coding import Chronicler, prepare
from thucydides.desk.settings import Settings
from thucydides.incidents.accounts import Account, account_of, sketch_of
from thucydides.incidents.evidence import evidence_of, never
from thucydides.incidents.judging import SHIPPED, Judge
from thucydides.incidents.rows import Pairs, beside
from thucydides.incidents.shelf import InMemory
from thucydides.lexicon import read_table
from thucydides.record import Kind
from thucydides.scales import BIAS, Scale

FOLDS = 5
RIDGE, SELDOM = 4.0, 5
ROUNDS = 3  # in which the pair of accounts that fits best is chosen anew
FIRST = ("telling names", "same day", "same place", "same killed")  # what is looked at before there are weights
COUNTS = {"articles": 1.0, "strikes": 5.0, "families": 3.0}  # how much a pair of each set counts


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that share a key: what speaks for and against, and the answer, ``None`` where only the texts' answer is known."""

    one: Account
    other: Account
    events: tuple[str, str]  # the events they tell
    set: str
    exact: bool  # whether the events are known of the accounts themselves, not of their texts

    @property
    def same(self) -> bool:
        """Whether both tell, or stand in texts about, one event."""
        return self.events[0] == self.events[1]

    @property
    def folds(self) -> tuple[int, int]:
        """The folds that must not learn from it."""
        return fold(self.events[0]), fold(self.events[1])


def fold(event: str) -> int:
    """The fold of an event; its neighbours of the same file share it, so that they are never learned from either."""
    return crc32(event.encode()) % FOLDS


def families(chronicler: Chronicler) -> Iterator[tuple[Account, str]]:
    """Accounts of our own reports with the family of the paragraph that states them; what speaks of no family is left out."""
    actors = chronicler.coder.vocabulary.actors
    for told in invented.load().reports():
        reading = next(iter(chronicler.chronicle([told.raw()])))
        if reading.report is None:
            raise SystemExit(f"{told.id} could not be read: {reading.error}")
        events = [claim for claim in reading.claims if claim.kind is Kind.EVENT]
        sketch = sketch_of(reading.report)
        for claim in events:
            start = next(p.start for p in claim.evidence if p.field == "claim")
            words = reading.report.text[start : start + 40]
            of = next((p.family for p in told.paragraphs if words[:30] in p.text), None)
            if of is not None:
                yield account_of(claim, sketch, actors, len(events)), of


def pairs_of(accounts: Sequence[tuple[Account, str]], set_: str, *, exact: bool, ties: Collection[tuple[str, str]] = ()) -> list[Pair]:
    """All pairs that share a key and are not ruled out; a part and its whole (``ties``) are neither one event nor two."""
    shelf, event_of = InMemory(), {}
    for account, event in accounts:
        shelf.put(account)
        event_of[account.claim] = event
    found = []
    for one, event in accounts:
        others = [
            other
            for other in shelf.near(one)
            if one.claim < other.claim and not {(event, event_of[other.claim]), (event_of[other.claim], event)} & set(ties)
        ]
        possible = never(beside([one] * len(others), others)).tolist() if others else []
        found += [
            Pair(one, other, (event, event_of[other.claim]), set_, exact) for other, no in zip(others, possible, strict=True) if not no
        ]
    return found


def cases(pairs: Sequence[Pair], found: Sequence[dict[str, float]], scale: Scale | None) -> Iterator[tuple[Case, tuple[int, int]]]:
    """What to learn: of texts about one event the pair of accounts that fits best, of all others every pair, each less of many."""
    many = Counter((pair.one.report, pair.other.report) for pair in pairs)
    best: dict[tuple[str, str], tuple[float, int]] = {}
    for n, (pair, its) in enumerate(zip(pairs, found, strict=True)):
        if pair.same and not pair.exact:
            fits = scale.score(its) if scale else sum(its.get(name, 0.0) for name in FIRST)
            key = (pair.one.report, pair.other.report)
            best[key] = max(best.get(key, (-1e9, -1)), (fits, n))
    chosen = {n for _, n in best.values()}
    for n, (pair, its) in enumerate(zip(pairs, found, strict=True)):
        if pair.same and not pair.exact and n not in chosen:
            continue
        if not pair.same and not pair.exact and "same sentence" in its:
            continue  # one text that stands in the set under two incidents: its claims are the same all the same
        counts = COUNTS[pair.set] * (1.0 if pair.same else many[pair.one.report, pair.other.report] ** -0.5)
        yield Case(its, pair.same, counts, pair.folds[0], False), pair.folds


def learn(pairs: Sequence[Pair], found: Sequence[dict[str, float]]) -> tuple[Scale, list[Scale]]:
    """The weights from everything, and for each fold the weights that never saw it."""
    scale: Scale | None = None
    for _ in range(ROUNDS):
        scale = fit([case for case, _ in cases(pairs, found, scale)], RIDGE, SELDOM)
    assert scale is not None
    told = list(cases(pairs, found, scale))
    return scale, [fit([case for case, folds in told if k not in folds], RIDGE, SELDOM) for k in range(FOLDS)]


def figures(pairs: Sequence[Pair], found: Sequence[dict[str, float]], scales: Sequence[Scale], set_: str) -> str:
    """How pairs of a set are judged by weights that never saw them."""
    told = [(p.same, scales[p.folds[0]].score(its) > 0) for p, its in zip(pairs, found, strict=True) if p.set == set_]
    right = sum(same and said for same, said in told)
    precision, recall = right / max(1, sum(said for _, said in told)), right / max(1, sum(same for same, _ in told))
    return f"{len(told):6} pairs of accounts, {sum(s for s, _ in told)} one event: P {precision:.3f} R {recall:.3f}"


def text_figures(texts: Sequence[Text], scales: Sequence[Scale]) -> str:
    """How texts are clustered by weights that never saw them."""
    fold_of = {account.report: fold(text.incident) for text in texts for account in text.accounts}

    judges = [Judge(scale, {}) for scale in scales]

    def score(pairs: Pairs) -> NDArray[np.float64]:
        folds = np.array([fold_of[account.report] for account in pairs.accounts], np.int64)[pairs.ones]
        found = np.zeros(len(pairs))
        for k in set(folds.tolist()):
            at = np.flatnonzero(folds == k)
            found[at] = judges[k].scores(pairs.chosen(at))
        return found

    return agreement([text.incident for text in texts], clusters(texts, score)).line()


def write(scale: Scale, path: Path = SHIPPED) -> None:
    """Writes the weights; the words of a piece of evidence stay as they stand in the table, those of two together are made of theirs."""
    words = {row["evidence"]: row["words"] for row in read_table(path, ("evidence", "weight", "words"), [])} if path.exists() else {}
    names = sorted(scale.weights, key=lambda name: (name != BIAS, name))
    lines = [f"{name}\t{scale.weights[name]}\t{words.get(name) or _joined(name, words)}" for name in names]
    path.write_text("# What every piece of evidence counts, in log odds, made by training/judging.py; the words are written by hand\n"
                    "evidence\tweight\twords\n" + "\n".join(lines) + "\n", encoding="utf-8")  # fmt: skip


def _joined(name: str, words: Mapping[str, str]) -> str:
    """The words of two pieces of evidence that are one together; nothing where either has none yet."""
    parts = name.split(", ")
    told = ((words.get(", ".join(parts[:cut])), words.get(", ".join(parts[cut:]))) for cut in range(1, len(parts)))
    return next((f"{one}, and {other}" for one, other in told if one and other), "")


def main() -> None:
    """Fits, tells the figures and, where asked, writes the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--bench", type=Path, required=True)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    chronicler = prepare(Settings.read())
    own = list(families(chronicler))
    sets = {"articles": articles(chronicler, given.bench / "gva.jsonl"), "strikes": strikes(chronicler, given.bench / "airwars.jsonl")}
    pairs = pairs_of(own, "families", exact=True, ties=invented.load().parts)
    for name, texts in sets.items():
        pairs += pairs_of([(account, text.incident) for text in texts for account in text.accounts], name, exact=False)
    found = evidence_of(beside([pair.one for pair in pairs], [pair.other for pair in pairs]))
    scale, folds = learn(pairs, found)
    for name in COUNTS:
        print(f"{name:9} {figures(pairs, found, folds, name)}")
    for name, texts in sets.items():
        print(f"{name:9} {text_figures(texts, folds)}")
    if given.write:
        write(scale)


if __name__ == "__main__":
    main()
