"""Learns which words tell a report of conflict from any other (``src/thucydides/claims/learned/triage.tsv``).

    python training/triage.py --bench SETS [--gold DIR] [--write]

A logistic model over the words of windows of about 60 words, numpy only, no chance in it. Windows with a sentence that tells a claim
(``lessons.py``) speak for conflict; those of lessons without a claim and of sets about other things speak against. These hold some
real violence: what a model that never saw a text finds likely is left out, and the model is fitted again. Only common words are weighed:
in eight texts and three sets at least, no names, no function words. Scores of texts whose whole set was left out set the scale, so that the
best window's score is the chance of the report. Gold reports are measured, never learned from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

from lessons import Lesson, annotated, own
from thucydides.claims.learned import Scale
from thucydides.claims.learned.scales import BIAS, FOLDER
from thucydides.claims.triage import BRIEF, UNLIKELY, WINDOW, Triage, split_words, stem, windows
from thucydides.lexicon import fold
from thucydides.reports import read

OTHER = ("lgl", "polnear", "geovirus")  # sets about something else; half of the last is held back
HELD = "geovirus (held back)"
SENTENCES = ("case2021_task2", "event_location", "ceha_acled")  # sets of single sentences, no reports
LEAST_TEXTS, LEAST_SETS, LEAST_SMALL = 8, 3, 3
RIDGE = 8.0
UNSURE = 0.7  # a text against, found likelier than this, is left out
FOLDS = 3
CUTS = (4, 9, 14, 20, 28, 36)  # lengths of the short windows cut from texts against, as lines can be short
MOST, LIGHT = 2500, 0.03  # rows of the table; lighter words are not worth one
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its set, whether it tells of conflict, the windows to learn from and those it is judged by."""

    id: str
    set: str
    text: str
    conflict: bool
    learned: tuple[frozenset[str], ...]
    lengths: tuple[int, ...]

    @property
    def fold(self) -> int:
        return int(hashlib.md5(self.id.encode()).hexdigest(), 16)


def text_of(id_: str, set_: str, text: str, conflict: bool, some: Iterable[Sequence[str]]) -> Text:
    pieces = list(some)
    return Text(id_, set_, text, conflict, tuple(frozenset(p) for p in pieces), tuple(len(p) for p in pieces))


def calm(id_: str, set_: str, text: str) -> Text:
    """A text against: a third of its windows, as they overlap, and short pieces of them."""
    whole = list(windows(split_words(text)))
    thin = whole[::3] if len(whole) > 6 else whole
    return text_of(id_, set_, text, False, [*thin, *(w[: CUTS[n % len(CUTS)]] for n, w in enumerate(whole[::2]))])


def warlike(lesson: Lesson) -> Text:
    """A lesson with claims: each sentence that tells one, alone and with those that follow it."""
    telling = {t.sentence for claim in lesson.claims for t in claim.tellings}
    some = []
    for at, span in enumerate(lesson.sentences):
        if span in telling:
            alone = [w for line in split_words(lesson.text[slice(*span)]) for w in line]
            after = [w for s in lesson.sentences[at + 1 : at + 9] for line in split_words(lesson.text[slice(*s)]) for w in line]
            some += [alone[:WINDOW], [*alone, *after][:WINDOW]]
    return text_of(lesson.id, lesson.set, lesson.text, True, some)


def gathered(bench: Path) -> Iterator[Text]:
    for lesson in (*own(), *annotated(bench, read)):
        if lesson.claims:
            yield warlike(lesson)
        elif lesson.set != "event_location":  # a sentence without a claim, out of a report with some
            yield calm(lesson.id, lesson.set, lesson.text)
    for name in OTHER:
        for number, text in enumerate(texts(bench / f"{name}.jsonl")):
            one = calm(f"{name}-{number}", name, text)
            yield replace(one, set=HELD) if name == "geovirus" and one.fold % 2 == 0 else one


def texts(file: Path) -> list[str]:
    return [json.loads(line)["text"] for line in file.read_text("utf-8").split("\n") if line.strip()]


def small_words(known: Iterable[Text]) -> set[str]:
    """Words that are mostly written small inside sentences: no names of people, places or groups."""
    small: Counter[str] = Counter()
    great: Counter[str] = Counter()
    for one in known:
        letters = [c for c in one.text if c.isalpha()]
        if sum(map(str.isupper, letters)) > 0.3 * len(letters):
            continue
        for word in re.findall(r"(?<=[a-z,] )[A-Za-z]+", one.text):
            (great if word[0].isupper() else small)[stem(word.lower())] += 1
    return {w for w, n in small.items() if n >= LEAST_SMALL and n > 1.5 * great[w]} - {stem(fold(w)) for w in STOP_WORDS} - {BIAS}


def fit(known: Sequence[Text], small: set[str]) -> Scale:
    """The weights, by accelerated descent; both sides weigh the same. Few of many words are in a window, so only those are added up."""
    seen: Counter[str] = Counter()
    sets: defaultdict[str, set[str]] = defaultdict(set)
    for one in known:
        for word in frozenset().union(*one.learned) & small:
            seen[word] += 1
            sets[word].add(one.set)
    names = sorted(w for w, n in seen.items() if n >= LEAST_TEXTS and len(sets[w]) >= LEAST_SETS)
    at = {w: n for n, w in enumerate(names)}
    rows = [sorted(at[w] for w in piece if w in at) for one in known for piece in one.learned]
    words, sizes = np.array([n for row in rows for n in row]), np.array([len(row) for row in rows])
    owner = np.repeat(np.arange(len(rows)), sizes)
    brief = np.array([1 - n / WINDOW for one in known for n in one.lengths])
    answer = np.array([float(one.conflict) for one in known for _ in one.learned])
    counts = np.where(answer == 1, (answer == 0).sum() / max(1, (answer == 1).sum()), 1.0)

    def forward(b: Numbers) -> Numbers:
        found: Numbers = np.bincount(owner, b[words], len(rows)) + brief * b[-2] + b[-1]
        return found

    def back(r: Numbers) -> Numbers:
        return np.concatenate([np.bincount(words, r[owner], len(names)), [brief @ r, r.sum()]])

    largest = np.ones(len(names) + 2)
    for _ in range(15):
        largest = back(counts * forward(largest / np.linalg.norm(largest)))
    rate = 1 / (0.25 * float(np.linalg.norm(largest)) + RIDGE)
    ridge = np.append(np.full(len(names), RIDGE), [0, 0])
    b, ahead, pace = np.zeros(len(names) + 2), np.zeros(len(names) + 2), 1.0
    for _ in range(250):
        chance = 1 / (1 + np.exp(-forward(ahead)))
        after = ahead - rate * (back((chance - answer) * counts) + ridge * ahead)
        pace = 1.0 if (ahead - after) @ (after - b) > 0 else pace
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        b, ahead, pace = after, after + (pace - 1) / faster * (after - b), faster
    return Scale(dict(zip((*names, BRIEF, BIAS), map(float, b), strict=True)))


def score(scale: Scale, text: str) -> float:
    chance = Triage(scale).chance(text)
    return float(np.log(chance / (1 - chance)))


def unlikely_only(known: Sequence[Text], small: set[str]) -> list[Text]:
    """Leaves out texts against that a model, fitted without them, finds likely to tell of conflict."""
    kept = []
    for part in range(FOLDS):
        scale = fit([t for t in known if t.conflict or t.fold % FOLDS != part], small)
        mine = [t for t in known if t.fold % FOLDS == part]
        kept += [t for t in mine if t.conflict or Triage(scale).chance(t.text) <= UNSURE]
    return kept


def unseen(known: Sequence[Text], clean: Sequence[Text], small: set[str]) -> dict[str, list[float]]:
    """The score of every text from a model that never saw it: of lessons with claims the whole set is left out, of others a third."""
    found: dict[str, list[float]] = defaultdict(list)
    for name in sorted({t.set for t in known if t.conflict}):
        scale = fit([t for t in clean if t.set != name], small)
        found[name] = [score(scale, t.text) for t in known if t.conflict and t.set == name]
    for part in range(FOLDS):
        scale = fit([t for t in clean if t.conflict or t.fold % FOLDS != part], small)
        for t in known:
            if not t.conflict and t.fold % FOLDS == part:
                found[f"no claim: {t.set}"].append(score(scale, t.text))
    return found


def scaled(found: dict[str, list[float]]) -> tuple[float, float]:
    """Factor and offset that make scores of reports chances, both sides weighing the same, by Newton's method."""
    war = [s for name, some in found.items() if not name.startswith("no claim") and name not in SENTENCES for s in some]
    other = [s for name in OTHER for s in found[f"no claim: {name}"]]
    x = np.column_stack([np.array(war + other), np.ones(len(war) + len(other))])
    y = np.array([1.0] * len(war) + [0.0] * len(other))
    w = np.array([1 / len(war)] * len(war) + [1 / len(other)] * len(other)) * len(other)
    b = np.zeros(2)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ b))
        b -= np.linalg.solve((x * (p * (1 - p) * w)[:, None]).T @ x + 1e-3 * np.eye(2), x.T @ ((p - y) * w) + 1e-3 * b)
    return float(b[0]), float(b[1])


def told(name: str, chances: Sequence[float]) -> str:
    shares = "  ".join(f"{at:g}: {np.mean([c >= at for c in chances]):.3f}" for at in sorted({0.02, 0.05, 0.08, 0.1, 0.2, UNLIKELY}))
    return f"  {name:30} {len(chances):5}  lowest {min(chances):.3f}  pass at {shares}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder of the sets, annotated and about other things")
    parser.add_argument("--gold", type=Path, help="folder of gold reports, to measure")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    everything = list(gathered(asked.bench))
    known = [t for t in everything if t.set != HELD]
    small = small_words(known)
    clean = unlikely_only(known, small)
    print(f"{len(known)} texts, {len(known) - len(clean)} without a claim left out as likely violent")
    found = unseen(known, clean, small)
    factor, offset = scaled(found)
    raw = fit(clean, small)
    kept = {n: round(factor * v + (offset if n == BIAS else 0.0), 2) for n, v in raw.weights.items()}
    frame = (BIAS, BRIEF)
    words = sorted((n for n, v in kept.items() if abs(v) >= LIGHT and n not in frame), key=lambda n: (-abs(kept[n]), n))
    scale = Scale({n: kept[n] for n in (*frame, *words[: MOST - len(frame)])})
    print(f"{len(scale.weights)} weights; scores times {factor:.2f} {offset:+.2f}; reports below {UNLIKELY} stay unread")
    print("unseen, the whole set or a third:")
    for name, some in sorted(found.items()):
        print(told(name, [1 / (1 + np.exp(-factor * s - offset)) for s in some]))
    whole = [s for name, some in found.items() if not name.startswith("no claim") and name not in SENTENCES for s in some]
    print(told("all whole reports with a claim", [1 / (1 + np.exp(-factor * s - offset)) for s in whole]))
    triage = Triage(scale)
    print("the table itself:")
    print(told(HELD, [triage.chance(t.text) for t in everything if t.set == HELD]))
    for name in OTHER[:2]:
        print(told(f"{name} (learned from)", [triage.chance(t.text) for t in known if t.set == name]))
    if asked.gold:
        gold = [json.loads(p.read_text("utf-8")) for p in sorted(asked.gold.glob("*.json"))]
        print(told("gold with a claim", [triage.chance(g["text"]) for g in gold if g["claims"]]))
    if asked.write:
        rows = [f"{n}\t{scale.weights[n]:g}" for n in sorted(scale.weights)]
        (FOLDER / "triage.tsv").write_text("evidence\tweight\tnote\n" + "\n".join(rows) + "\n", "utf-8")
        print("written: triage.tsv")


if __name__ == "__main__":
    main()
