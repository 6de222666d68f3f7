"""How long reading and coding take, against the bare parse of the same texts in the same process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from thucydides.desk.bench.benches import Measured
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.desk.gathering import gather, open_up
from thucydides.errors import BadSetting
from thucydides.record import Report
from thucydides.reports import split

if TYPE_CHECKING:
    from spacy.language import Language

WARM = (  # what loads everything that is loaded when it is first wanted: names as told otherwise, days, counts, lines and areas
    "The army shelled Alepo on Monday, killing three people near the Euphrates, a monitor said. Rebels then took the village of Tall Rifat."
)
BLOCK = 64  # reports coded and then parsed, which is what the parser takes at once
FIRST = Path(__file__).parent.parent / "sample" / "1-agency.json"


def measure(chronicler: Chronicler, paths: Sequence[Path], limit: int = 200) -> Measured:
    """Times in CPU seconds of this process, so that neighbours on the machine count little. Loading is not counted, memory is.

    Blocks of reports are coded and parsed in turn: what slows the machine down for a while slows both. The peak of memory is taken after
    the first block, before the stock pipeline is loaded beside ours.
    """
    raws = [piece for raw in open_up(gather([str(path) for path in paths])) for piece in split(raw, chronicler.limits)][:limit]
    if not raws:
        raise BadSetting("there is nothing to time", remedy="Give files of reports.")
    chronicler.coder.code(chronicler.reader(type(raws[0])("warm.txt", WARM.encode())))
    reports: list[Report] = []
    claims, ours, same, stock, peak_mb = 0, 0.0, 0.0, 0.0, 0.0
    with progress("coding", len(raws)) as bar:
        for first in range(0, len(raws), BLOCK):
            block: list[Report] = []
            for raw in raws[first : first + BLOCK]:
                began = process_time()
                for reading in chronicler.chronicle([raw]):
                    if reading.report is not None:
                        block.append(reading.report)
                        claims += len(reading.claims)
                ours += process_time() - began
                bar.advance(bar.task_ids[0])
            peak_mb = peak_mb or _peak_mb()
            texts = [report.text for report in block]
            same, stock = (spent + _parse(nlp, texts) for spent, nlp in zip((same, stock), _parsers(), strict=True))
            reports += block
    if not reports:
        raise BadSetting("none of the files can be read", remedy="Give files of reports.")
    words = sum(len(report.text.split()) for report in reports)
    figures = {
        "ratio_stock": ours / stock,
        "ratio_same": ours / same,
        "words_per_second": words / ours,
        "seconds": ours,
        "stock_seconds": stock,
        "same_seconds": same,
        "peak_mb": peak_mb,
        "first_claim_seconds": _first_claim_seconds(),
    }
    lines = (
        f"{len(reports)} reports, {words:,} words, {claims:,} claims",
        f"  reading and coding          {ours:8.2f} s  {words / ours:8,.0f} words/s",
        f"  bare parse, stock pipeline  {stock:8.2f} s  ratio {ours / stock:.2f}",
        f"  bare parse, the same pipes  {same:8.2f} s  ratio {ours / same:.2f}",
        f"  peak memory                 {peak_mb:8.0f} MB",
        f"  start to first claim        {figures['first_claim_seconds']:8.2f} s (wall)",
    )
    return Measured(figures=figures, lines=lines, of={"reports": len(reports), "words": words, "claims": claims})


@lru_cache(maxsize=1)
def _parsers() -> tuple[Language, Language]:
    """The parser as coding uses it, and the whole pipeline as it is published."""
    import spacy

    from thucydides.claims.sentences import MODEL, pipeline

    both = pipeline(), spacy.load(MODEL)
    for nlp in both:
        nlp(WARM)
    return both


def _parse(nlp: Language, texts: list[str]) -> float:
    """CPU seconds of the parse of some texts."""
    longest, nlp.max_length = nlp.max_length, max(nlp.max_length, *(len(text) + 1 for text in texts), 1)
    began = process_time()
    for _ in nlp.pipe(texts, batch_size=BLOCK):
        pass
    spent = process_time() - began
    nlp.max_length = longest
    return spent


def _peak_mb() -> float:
    """The most memory this process has held."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def _first_claim_seconds() -> float:
    """Wall time from starting the program to the first report with its claims on standard output."""
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "thucydides", "read", "--json", str(FIRST)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as run:
        assert run.stdout is not None
        run.stdout.readline()
        took = perf_counter() - began
        run.stdout.read()
    return took
