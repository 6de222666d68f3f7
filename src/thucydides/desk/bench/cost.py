"""What the stages of the chain cost: the share of each in the CPU time of reading and coding.

The functions at which a stage begins are timed while the bench runs. A moment belongs to the innermost stage that is at work: a place
looked up while happenings are folded is the cost of places. What no stage claims is the rest: triggers, parties, folding, building.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.speed import WARM
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.desk.gathering import gather, open_up
from thucydides.errors import BadSetting
from thucydides.reports import Raw, split

REST = "happenings"
STAGES: Mapping[str, Sequence[tuple[str, str]]] = {
    "reading": [("chronicle", "_next")],  # less what is coded in it
    REST: [("claims.coder", "Coder.coded")],
    "triage": [
        *(("claims.triage", f"Triage.{name}") for name in ("left_unread", "minded", "chance")),
        ("claims.coder", "conflict_only"),
    ],
    "tagger": [("claims.learned.tagger", "Tagger.read")],
    "parse": [("claims.coder", "parse")],
    "places": [
        ("claims.marks", "_places"),
        ("claims.placing", "place"),
        *(("claims.placing", f"Around.{name}") for name in ("__init__", "carry_over")),
        *(("claims.whereabouts", f"Whereabouts.{name}") for name in ("__init__", "where", "of")),
    ],
    "time": [
        ("claims.marks", "find_dates"),
        *(("claims.coder", name) for name in ("own_day", "day_order", "reckon")),
        ("claims.dating", "date_here"),
        *(("claims.dating", f"Around.{name}") for name in ("__init__", "carry_over")),
    ],
}


class Clock:
    """Whose turn it is, and how many CPU seconds every stage has had."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = process_time()

    def timed(self, stage: str, what: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose time goes to a stage. What gives its answer bit by bit is asked for all of it."""

        @wraps(what)
        def run(*given: Any, **named: Any) -> Any:
            self._turn()
            self._open.append(stage)
            try:
                answer = what(*given, **named)
                return list(answer) if isinstance(answer, Iterator) else answer
            finally:
                self._turn()
                self._open.pop()

        return run

    def _turn(self) -> None:
        now = process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


@contextmanager
def timed_stages(clock: Clock) -> Iterator[None]:
    """Within, the stages are timed."""
    kept: list[tuple[Any, str, Any]] = []
    try:
        for stage, places in STAGES.items():
            for module, path in places:
                holder: Any = import_module(f"thucydides.{module}")
                *within, name = path.split(".")
                for part in within:
                    holder = getattr(holder, part)
                what = getattr(holder, name)
                kept.append((holder, name, what))
                setattr(holder, name, clock.timed(stage, what))
        yield
    finally:
        for holder, name, what in reversed(kept):
            setattr(holder, name, what)


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """The share of every stage, and of places and time together. Loading is not counted."""
    raws = [piece for raw in open_up(gather([str(path)])) for piece in split(raw, chronicler.limits)]
    raws = raws[:: max(1, len(raws) // limit)][:limit] if limit else raws
    if not raws:
        raise BadSetting("there is nothing to time", remedy="Give files of reports.")
    chronicler.coder.code(chronicler.reader(Raw("warm.txt", WARM.encode())))
    clock = Clock()
    with timed_stages(clock), progress("coding", len(raws)) as bar:
        for raw in raws:
            list(chronicler.chronicle([raw]))
            bar.advance(bar.task_ids[0])
    whole = sum(clock.seconds.values())
    figures = {stage: clock.seconds[stage] / whole for stage in STAGES} | {"seconds": whole}
    figures["places_and_time"] = figures["places"] + figures["time"]
    lines = (
        f"{len(raws)} reports, {whole:.2f} s of CPU",
        *(f"  {stage:12} {clock.seconds[stage]:8.2f} s  {figures[stage]:6.1%}" for stage in STAGES),
        f"  places and time together {figures['places_and_time']:.1%}",
    )
    return Measured(figures=figures, lines=lines, of={"path": str(path), "reports": len(raws)})
