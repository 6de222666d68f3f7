"""Teaches the tagger (``src/thucydides/claims/learned/tagger.onnx``) from the lessons.

    python training/teach.py [--bench DIR] [--gold DIR] [--half a|b] [--out DIR] [--epochs N] [--seed N] [--hold N]

Needs the dependency group ``training`` of pyproject.toml beside the package itself. ``--half`` leaves the other half of the lessons out, so
that scales can be fitted on scores of texts that the tagger never saw (``fit.py``). ``--hold`` keeps N lessons back and tells how well they
are read. The run is seeded; sums on several cores may still differ in their last bits.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import torch
from torch import nn

from gold import gold
from lessons import Lesson, annotated, own
from network import ROLES, Network, Window, export, losses, pieces, windows
from scenes import elsewhere, place_names
from thucydides.claims import Coder
from thucydides.claims.learned import tagger
from thucydides.reports import read

RATE, HEADS_RATE, WARM_UP = 2e-4, 1.6e-3, 0.1
BATCH = 1200  # word pieces
HIDDEN = 0.08  # of the word pieces are masked
SWAPPED = 0.5  # of the readings of a lesson are set in other places
SHORT = 70  # windows up to this length go into batches of their own: padding costs


def batches(reports: Sequence[Sequence[Window]]) -> list[list[Window]]:
    """The windows in batches, those of a report beside each other, in an order of chance."""
    order = list(reports)
    random.shuffle(order)
    made: list[list[Window]] = []
    for short in (True, False):
        batch: list[Window] = []
        for report in order:
            if (max(len(w.ids) for w in report) <= SHORT) is not short:
                continue
            for window in report:
                if batch and sum(len(w.ids) for w in batch) + len(window.ids) > BATCH:
                    made.append(batch)
                    batch = []
                batch.append(window)
        if batch:
            made.append(batch)
    random.shuffle(made)
    return made


def teach(lessons: Sequence[Lesson], epochs: int, seed: int, held: Sequence[Lesson] = ()) -> Network:
    """Trains a network: AdamW, linear warm-up and decay, half precision where it is safe."""
    random.seed(seed)
    torch.manual_seed(seed)
    tokenizer = pieces()
    network = Network()
    chance = random.Random(seed)
    names = place_names(lessons)

    def reading() -> list[list[Window]]:
        """The lessons as they are read in one epoch: cut anew, half of them in other places."""
        told = (elsewhere(one, names, chance) if chance.random() < SWAPPED else one for one in lessons)
        return [found for one in told if (found := windows(one, tokenizer, chance))]

    groups: list[list[nn.Parameter]] = [[], []]
    for name, weights in network.named_parameters():
        if weights.requires_grad:
            groups[not name.startswith("encoder")].append(weights)
    rates = (RATE, HEADS_RATE)
    optimiser = torch.optim.AdamW([{"params": g, "lr": r} for g, r in zip(groups, rates, strict=True)])
    steps, step, started = len(batches(reading())) * epochs, 0, time.monotonic()
    for epoch in range(epochs):
        network.train()
        sums: Counter[str] = Counter()
        for batch in batches(reading()):
            done = min(1.0, step / steps)
            share = done / WARM_UP if done < WARM_UP else max(0.0, (1 - done) / (1 - WARM_UP))
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = losses(network, batch, HIDDEN)
                loss = torch.stack([v.float() for v in found.values()]).sum()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            sums.update({name: float(value.detach()) for name, value in found.items()})
        told = " ".join(f"{name} {total / steps * epochs:.3f}" for name, total in sums.items())
        print(f"epoch {epoch + 1} of {epochs}, {time.monotonic() - started:.0f} s: {told}", flush=True)
    if held:
        print(" ".join(f"{name} {value:.3f}" for name, value in tried(network, held)), flush=True)
    return network


@torch.no_grad()
def tried(network: Network, lessons: Sequence[Lesson]) -> Iterator[tuple[str, float]]:
    """How well held lessons are read: F1 of the words that state something, share of their types right, F1 of every role's words."""
    network.eval()
    tokenizer = pieces()
    counts: Counter[str] = Counter()
    for window in (w for lesson in lessons for w in windows(lesson, tokenizer)):
        ids = torch.tensor([[101, *window.ids, 102]])
        type_, _, any_, query, key, _ = network(ids, torch.ones_like(ids))
        chances = type_[0, 1:-1].softmax(-1)
        said = {i for i, row in enumerate(chances) if 1 - float(row[0]) > 0.5}
        _count(counts, "states", said, set(window.labels))
        for at, label in window.labels.items():
            counts["types"] += 1
            counts["types right"] += int(chances[at, 1:].argmax()) + 1 == label
        for at, _, fillers, _ in window.tellings:
            scores = network.roles(any_, query, key, torch.tensor([0]), torch.tensor([at + 1]))[0, :, 1:-1]
            for n, role in enumerate(ROLES):
                filled = {p for r, positions in fillers if r == n for p in positions}
                _count(counts, role, {i for i, v in enumerate(scores[n]) if v > 0}, filled)
    yield "types", counts["types right"] / max(1, counts["types"])
    for name in ("states", *ROLES):
        right = counts[f"{name} right"]
        yield name, 2 * right / max(1, counts[f"{name} said"] + counts[f"{name} true"])


def _count(counts: Counter[str], name: str, said: set[int], true: set[int]) -> None:
    counts.update({f"{name} right": len(said & true), f"{name} said": len(said), f"{name} true": len(true)})


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bench", type=Path, help="folder of the benchmark sets whose texts are annotated")
    parser.add_argument("--gold", type=Path, help="folder of annotated reports, if they are to teach too")
    parser.add_argument("--half", choices=("a", "b"))
    parser.add_argument("--out", type=Path, default=tagger.FOLDER)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--hold", type=int, default=0)
    asked = parser.parse_args()
    coder = Coder(triage=None)
    reader = partial(read, proper=coder.vocabulary.proper)
    lessons = [*own(), *(annotated(asked.bench, reader) if asked.bench else ()), *(gold(asked.gold, coder, reader) if asked.gold else ())]
    lessons = [one for one in lessons if asked.half in (None, one.half)]
    random.seed(asked.seed)
    random.shuffle(lessons)
    print(f"{len(lessons)} lessons, {sum(len(c.tellings) for one in lessons for c in one.claims)} tellings", flush=True)
    network = teach(lessons[asked.hold :], asked.epochs, asked.seed, lessons[: asked.hold])
    asked.out.mkdir(parents=True, exist_ok=True)
    export(network, asked.out)


if __name__ == "__main__":
    main()
