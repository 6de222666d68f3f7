"""How far the chances that claims carry can be trusted: reliability by tenths, and what is kept above each threshold.

Right and wrong are told by the scorer's own functions (``match``, ``fields_right`` and the like), so that the curve speaks of the same
thing as ``thuc bench claims``. Claims may be given as coded elsewhere (``training/fit.py --keep``): by scales that never saw the reports.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from thucydides.desk.bench.benches import Measured
from thucydides.desk.coding import Chronicler
from thucydides.errors import BadSetting
from thucydides.exports import flatten
from thucydides.reports import Raw

EDGES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
THRESHOLDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
CLAIM = "claim"
Flat = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One claim or field: the chance it carries, and whether it is right."""

    of: str
    chance: float
    right: bool


def measure(chronicler: Chronicler, gold: Path, scorer: Path | None = None, claims: Path | None = None) -> Measured:
    """Reliability of the claims' and fields' chances against gold reports."""
    files = sorted(gold.glob("*.json"))
    if not files:
        raise BadSetting(f"{gold} holds no gold reports", remedy="Give a folder of JSON files, one a report.")
    judge = _scorer(scorer or gold.resolve().parent / "score.py")
    told = _kept(claims) if claims is not None else None
    answers: list[Answer] = []
    for path in files:
        report = json.loads(path.read_text("utf-8"))
        coded = told.get(report["id"], []) if told is not None else _coded(chronicler, path)
        answers += _answers(report, coded, judge)
    by = {name: [a for a in answers if a.of == name] for name in dict.fromkeys(a.of for a in answers)}
    figures = {f"{name}.error": _error(some) for name, some in by.items()}
    figures |= {f"{name}.right": sum(a.right for a in some) / len(some) for name, some in by.items()}
    return Measured(figures=figures, lines=tuple(_table(by)), of={"gold": str(gold), "reports": len(files)})


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        raise BadSetting(f"there is no scorer at {path}", remedy="Name it with --scorer.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _kept(path: Path) -> dict[str, list[Flat]]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return {row["id"]: row["claims"] for row in rows}


def _coded(chronicler: Chronicler, path: Path) -> list[Flat]:
    for reading in chronicler.chronicle([Raw(path.name, path.read_bytes())]):
        if reading.report is not None:
            return [flatten(claim, reading.report) for claim in reading.claims]
    return []


def _answers(report: Flat, coded: Sequence[Flat], judge: ModuleType) -> Iterator[Answer]:
    pairs = judge.match(report["claims"], coded, report["text"])
    matched = {j for _, j in pairs}
    for n, claim in enumerate(coded):
        yield Answer(CLAIM, claim["confidence"], n in matched)
    for i, j in pairs:
        gold, claim = report["claims"][i], coded[j]
        if gold["kind"] != "event":
            continue
        fields = judge.fields_right(gold, claim)
        right = {"type": fields["type"], "initiators": fields["initiators"], "targets": fields["targets"]}
        right["factuality"] = gold.get("factuality", "asserted") == claim["factuality"]
        right["said_by"] = judge.same_speaker(gold, claim, report["text"])
        if gold.get("places"):
            right["places"] = fields["place"]
        if gold.get("date"):
            right["date"] = fields["date"]
        for name in ("killed", "wounded"):
            if gold.get(name) is not None or claim.get(name) is not None:
                right[name] = judge.same_count(gold.get(name), claim.get(name))
        for name, ok in right.items():
            if name in claim.get("certainty", {}):
                yield Answer(name, claim["certainty"][name], ok)


def _error(answers: Sequence[Answer]) -> float:
    """The expected calibration error: how far, on average, the chance of a tenth is from the share that is right in it."""
    off = sum(abs(sum(a.chance for a in some) - sum(a.right for a in some)) for some in _tenths(answers) if some)
    return off / max(1, len(answers))


def _tenths(answers: Sequence[Answer]) -> list[list[Answer]]:
    lows = (0.0, *EDGES[:-1])
    return [[a for a in answers if low <= a.chance < high] for low, high in zip(lows, EDGES, strict=True)]


def _table(by: Mapping[str, Sequence[Answer]]) -> Iterable[str]:
    yield "reliability: of the answers with such a chance, the share that is right (how many)"
    lows = (0.0, *EDGES[:-1])
    head = [f"{low:.1f} to {min(1.0, high):.1f}" for low, high in zip(lows, EDGES, strict=True)]
    yield f"  {'of':12}" + "".join(f"{h:>15}" for h in head) + f"{'error':>8}"
    for name, some in by.items():
        cells = [f"{sum(a.right for a in t) / len(t):.2f} ({len(t)})" if t else "-" for t in _tenths(some)]
        yield f"  {name:12}" + "".join(f"{c:>15}" for c in cells) + f"{_error(some):8.3f}"
    yield "thresholds: the share of answers kept at or above, and the share of these that is right"
    yield f"  {'of':12}" + "".join(f"{t:>15.1f}" for t in THRESHOLDS)
    for name, some in by.items():
        cells = []
        for least in THRESHOLDS:
            kept = [a for a in some if a.chance >= least]
            cells.append(f"{len(kept) / len(some):.2f}: {sum(a.right for a in kept) / len(kept):.2f}" if kept else "-")
        yield f"  {name:12}" + "".join(f"{c:>15}" for c in cells)
