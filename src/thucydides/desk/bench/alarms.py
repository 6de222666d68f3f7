"""False alarms: reports of something else than war in which the coder sees events."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from thucydides.desk.bench.benches import Measured
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.desk.gathering import open_up
from thucydides.desk.telling import what
from thucydides.errors import BadSetting
from thucydides.record import Kind
from thucydides.reports import split


def measure(chronicler: Chronicler, path: Path) -> Measured:
    """The share of the reports that get an event claim, and of which types. Reports that cannot be read count as none."""
    raws = [piece for raw in open_up([path]) for piece in split(raw, chronicler.limits)]
    alarmed = read = 0
    types: Counter[str] = Counter()
    shown = []
    with progress("coding", len(raws)) as bar:
        for reading in chronicler.chronicle(raws):
            bar.advance(bar.task_ids[0])
            if reading.report is None:
                continue
            read += 1
            events = [claim for claim in reading.claims if claim.kind is Kind.EVENT]
            alarmed += bool(events)
            types.update(what(claim) for claim in events)
            shown += [f"  {reading.report.id}: {what(claim)}: {claim.evidence[0].words[:110]!r}" for claim in events[:1]]
    if not read:
        raise BadSetting(f"{path} holds no report that can be read", remedy="Give JSON Lines with a 'text' on each line.")
    lines = (
        f"{read} reports, {alarmed} with an event claim ({alarmed / read:.1%})",
        *(f"  {n:4} {name}" for name, n in types.most_common()),
        *shown,
    )
    return Measured(figures={"share": alarmed / read, "alarmed": alarmed}, lines=lines, of={"file": str(path), "reports": read})
