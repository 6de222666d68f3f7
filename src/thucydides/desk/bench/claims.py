"""Claims against gold claims."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from thucydides.desk.bench.benches import Measured
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.errors import BadSetting, ThucydidesError
from thucydides.exports import flatten
from thucydides.reports import Raw


def measure(chronicler: Chronicler, gold: Path, scorer: Path | None = None) -> Measured:
    """Codes the text of every gold report and has the scorer compare. The scorer is a script of its own and knows nothing of us.

    It is called as ``scorer GOLD_DIR PREDICTIONS.jsonl [--json]``.
    """
    scorer = scorer or gold.resolve().parent / "score.py"
    files = sorted(gold.glob("*.json"))
    if not files:
        raise BadSetting(f"{gold} holds no gold reports", remedy="Give a folder of JSON files, one a report.")
    if not scorer.is_file():
        raise BadSetting(f"there is no scorer at {scorer}", remedy="Name it with --scorer.")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        with predictions.open("w", encoding="utf-8") as stream, progress("coding", len(files)) as bar:
            for path in files:
                for reading in chronicler.chronicle([Raw(path.name, path.read_bytes())]):
                    if reading.report is None:
                        failed += 1
                        continue
                    told = [flatten(claim, reading.report) for claim in reading.claims]
                    stream.write(json.dumps({"id": reading.report.id, "claims": told}, ensure_ascii=False) + "\n")
                bar.advance(bar.task_ids[0])
        table = _score(scorer, gold, predictions)
        found = json.loads(_score(scorer, gold, predictions, "--json"))
    lines = (*table.rstrip().splitlines(), *((f"  {failed} reports were set aside",) if failed else ()))
    return Measured(figures={**_figures(found), "failed": failed}, lines=lines, of={"gold": str(gold), "reports": len(files)})


def _score(scorer: Path, gold: Path, predictions: Path, *options: str) -> str:
    run = subprocess.run([sys.executable, str(scorer), str(gold), str(predictions), *options], capture_output=True, text=True, check=False)
    if run.returncode:
        said = (run.stderr or run.stdout).strip().splitlines()
        raise ThucydidesError(
            f"the scorer ended with {run.returncode}: {said[-1] if said else 'no word'}", remedy=f"Run {scorer} by itself."
        )
    return run.stdout


def _figures(found: Any, name: str = "") -> dict[str, float]:
    """The scorer's JSON as flat figures: a list of three is precision, recall and F1."""
    if isinstance(found, bool) or found is None or isinstance(found, str):
        return {}
    if isinstance(found, int | float):
        return {name: float(found)}
    if isinstance(found, list):
        if len(found) == 3 and all(isinstance(value, int | float) for value in found):
            return {f"{name}.{part}": float(value) for part, value in zip(("p", "r", "f1"), found, strict=True)}
        return {}
    figures: dict[str, float] = {}
    for key, value in found.items():
        figures |= _figures(value, f"{name}.{key}".strip(".").replace(" ", "_"))
    return figures
