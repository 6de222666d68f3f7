"""A stream of reports as it comes: few of them about war. What the whole chain costs against parsing all of it.

The stream is mixed by chance, the same with the same seed: so large a share of texts about war, the rest of sets about something else.
The figure to bring down is ``ratio_stock``: CPU seconds of reading and coding everything, over those of the parser's own pipeline on the
same texts in the same run. ``ratio_sorted`` is where it would stand if the reports about war were known at no cost and only they were
coded; what a triage misses shows in ``caught``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.sets import raw, read_set
from thucydides.desk.bench.speed import WARM
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.errors import BadSetting, ThucydidesError
from thucydides.record import Kind
from thucydides.reports import Raw

WAR = ("fakes.jsonl",)
ELSE = ("geovirus.jsonl", "lgl.jsonl", "polnear.jsonl")
SHARE = 0.05
REPORTS = 400
SEED = 7
STRANGE = "Der Rat der Stadt hat am Dienstag beschlossen, das Dach der Markthalle zu erneuern."  # loads what tells languages apart


@dataclass(slots=True)
class Spent:
    """What one sort of reports cost, in CPU seconds, and what came of it."""

    reading: float = 0.0
    coding: float = 0.0
    reports: int = 0
    with_event: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.reading + self.coding

    def line(self, name: str) -> str:
        counts = f"{self.reports:5,} reports  {self.with_event:5,} with an event"
        return f"  {name:15} {counts}  {self.reading:8.2f} s reading  {self.coding:8.2f} s coding"


def measure(chronicler: Chronicler, folder: Path, reports: int = REPORTS, share: float = SHARE) -> Measured:
    """Mixes a stream of the sets in a folder and times the chain on it. Loading is not counted."""
    spent = {True: Spent(), False: Spent()}
    stream = mix(folder, reports, share)
    chronicler.coder.code(chronicler.reader(raw("warm", WARM)))
    chronicler.reader(raw("warm", STRANGE))
    with progress("coding", len(stream)) as bar:
        for of_war, one in stream:
            _spend(chronicler, one, spent[of_war])
            bar.advance(bar.task_ids[0])
    war, other = spent[True], spent[False]
    stock = stock_seconds(war.texts + other.texts)
    figures = {
        "ratio_stock": (war.seconds + other.seconds) / stock,
        "ratio_sorted": (war.seconds + other.reading) / stock,
        "caught": war.with_event / war.reports if war.reports else 0.0,
        "alarmed": other.with_event / other.reports if other.reports else 0.0,
        "seconds": war.seconds + other.seconds,
        "stock_seconds": stock,
    }
    lines = (
        f"{len(stream)} reports, {war.reports / len(stream):.1%} of them about war",
        war.line("about war"),
        other.line("something else"),
        f"  all of it {figures['seconds']:.2f} s, parsing it all with the stock pipeline {stock:.2f} s: ratio {figures['ratio_stock']:.2f}",
        f"  if only the reports about war were coded: ratio {figures['ratio_sorted']:.2f}",
    )
    return Measured(figures=figures, lines=lines, of={"folder": str(folder), "reports": len(stream), "share": share, "seed": SEED})


def mix(folder: Path, reports: int, share: float) -> list[tuple[bool, Raw]]:
    """A stream of reports, each with whether it is about war. Of every sort its sets are drawn from evenly, never a text twice."""
    if not 0 < share < 1:
        raise BadSetting(f"--share is {share:g}", remedy="Give a share between 0 and 1.")
    chance = random.Random(SEED)
    wanted = {True: max(1, round(reports * share))}
    wanted[False] = reports - wanted[True]
    stream = []
    for of_war, names in ((True, WAR), (False, ELSE)):
        pools = [_texts(folder / name) for name in names if (folder / name).is_file()]
        for pool in pools:
            chance.shuffle(pool)
        turns = [pool[n] for n in range(max(map(len, pools), default=0)) for pool in pools if n < len(pool)]
        if len(turns) < wanted[of_war]:
            what = f"{folder} holds {len(turns)} texts of {', '.join(names)}, {wanted[of_war]} are needed"
            raise BadSetting(what, remedy="Give the folder of the sets, or fewer --reports.")
        stream += [(of_war, one) for one in turns[: wanted[of_war]]]
    chance.shuffle(stream)
    return stream


def _texts(file: Path) -> list[Raw]:
    return [
        raw(f"{file.stem}-{n}", item["text"], source=item.get("source"), title=item.get("title"), published=item.get("date"))
        for n, item in enumerate(read_set(file, file.name, "text"))
    ]


def _spend(chronicler: Chronicler, one: Raw, spent: Spent) -> None:
    began = process_time()
    try:
        report = chronicler.reader(one)
    except ThucydidesError:
        spent.reading += process_time() - began
        return
    read = process_time()
    claims = chronicler.coder.code(report)
    spent.reading += read - began
    spent.coding += process_time() - read
    spent.reports += 1
    spent.with_event += any(claim.kind is Kind.EVENT for claim in claims)
    spent.texts.append(report.text)


def stock_seconds(texts: list[str]) -> float:
    """CPU seconds of the parser's whole pipeline, as it is published, on all texts."""
    import spacy

    from thucydides.claims.sentences import MODEL

    nlp = spacy.load(MODEL)
    nlp.max_length = max(nlp.max_length, *(len(text) + 1 for text in texts))
    nlp(WARM)
    began = process_time()
    for _ in nlp.pipe(texts, batch_size=64):
        pass
    return process_time() - began
