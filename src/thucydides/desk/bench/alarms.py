"""False alarms: reports of something else than war in which the coder sees events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thucydides.desk.bench.benches import Measured
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.desk.gathering import gather, open_up
from thucydides.desk.telling import what
from thucydides.errors import BadSetting
from thucydides.record import Kind
from thucydides.reports import split


@dataclass(slots=True)
class Alarms:
    """What was seen in one set: its reports, those with an event, the types, and of each the words it was first seen in."""

    name: str
    read: int = 0
    alarmed: int = 0
    types: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.alarmed / self.read

    def __str__(self) -> str:
        return f"{self.read} reports, {self.alarmed} with an event claim ({self.share:.1%})"


def measure(chronicler: Chronicler, paths: Sequence[Path]) -> Measured:
    """The share of the reports that get an event claim, and of which types. Reports that cannot be read count as none.

    Each path is a set: a file of many reports, or a folder of texts. Of several the figures are given one by one and together.
    """
    sets = [_alarms(chronicler, path) for path in paths]
    for path, one in zip(paths, sets, strict=True):
        if not one.read:
            raise BadSetting(f"{path} holds no report that can be read", remedy="Give JSON Lines with a 'text' on each line, or texts.")
    whole = Alarms("together", sum(one.read for one in sets), sum(one.alarmed for one in sets), sum((one.types for one in sets), Counter()))
    figures: dict[str, float] = {"share": whole.share, "alarmed": whole.alarmed}
    if len(sets) > 1:
        figures |= {f"{one.name}.{name}": value for one in sets for name, value in (("share", one.share), ("alarmed", one.alarmed))}
    lines = (
        str(whole),
        *(f"  {one.name}: {one}" for one in sets if len(sets) > 1),
        *(f"  {n:4} {name}" for name, n in whole.types.most_common()),
        *(line for one in sets for line in one.shown),
    )
    files = str(paths[0]) if len(paths) == 1 else [str(path) for path in paths]
    return Measured(figures=figures, lines=lines, of={"file": files, "reports": whole.read})


def _alarms(chronicler: Chronicler, path: Path) -> Alarms:
    found = Alarms(path.stem if path.is_file() else path.name)
    raws = [piece for raw in open_up(gather([str(path)])) for piece in split(raw, chronicler.limits)]
    with progress(f"coding {found.name}", len(raws)) as bar:
        for reading in chronicler.chronicle(raws):
            bar.advance(bar.task_ids[0])
            if reading.report is None:
                continue
            found.read += 1
            events = [claim for claim in reading.claims if claim.kind is Kind.EVENT]
            found.alarmed += bool(events)
            found.types.update(what(claim) for claim in events)
            found.shown += [f"  {reading.report.id}: {what(claim)}: {claim.evidence[0].words[:110]!r}" for claim in events[:1]]
    return found
