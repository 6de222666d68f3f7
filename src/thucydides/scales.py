"""Scales: named evidence weighed by a table of weights that anyone can read and change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import read_table

BIAS = "bias"
Evidence = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights by name of evidence; ``bias`` is what stands before anything is known. Evidence without a weight says nothing."""

    weights: Mapping[str, float]

    def score(self, evidence: Evidence) -> float:
        """The sum of what is present: above zero is more likely than not."""
        known = self.weights
        found = 0.0
        for name, times in evidence.items():
            weight = known.get(name)
            if weight is not None:
                found += weight * times
        return known.get(BIAS, 0.0) + found

    def chance(self, evidence: Evidence) -> float:
        """The score as a probability."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.score(evidence)))))

    def reasons(self, evidence: Evidence, most: int = 6) -> list[tuple[str, float]]:
        """What weighed most, heaviest first."""
        parts = [(name, self.weights.get(name, 0.0) * times) for name, times in evidence.items()]
        return sorted((p for p in parts if p[1]), key=lambda p: -abs(p[1]))[:most]


def read_scale(path: Path) -> Scale:
    """A table of columns evidence, weight and note. A damaged line is an error at once."""
    errors: list[BadRoster] = []
    found = {row["evidence"]: float(row["weight"]) for row in read_table(path, ("evidence", "weight", "note"), errors)}
    if errors:
        raise errors[0]
    return Scale(found)
