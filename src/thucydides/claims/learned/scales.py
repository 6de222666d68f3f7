"""Scales: named evidence weighed by a table of weights."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import read_table

FOLDER = Path(__file__).parent
BIAS = "bias"
NAMES = tuple(
    (
        "arm certainty claim day day_around folding how initiator "
        "initiator_around place place_around speaker statement target target_around type"
    ).split()
)

Evidence = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights by name of evidence; ``bias`` is what stands before anything is known. Evidence without a weight says nothing."""

    weights: Mapping[str, float]

    def score(self, evidence: Evidence) -> float:
        """The sum of what is present: above zero is more likely than not."""
        known = self.weights
        return known.get(BIAS, 0.0) + sum(known.get(name, 0.0) * times for name, times in evidence.items())

    def chance(self, evidence: Evidence) -> float:
        """The score as a probability."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.score(evidence)))))

    def reasons(self, evidence: Evidence, most: int = 6) -> list[tuple[str, float]]:
        """What weighed most, heaviest first."""
        parts = [(name, self.weights.get(name, 0.0) * times) for name, times in evidence.items()]
        return sorted((p for p in parts if p[1]), key=lambda p: -abs(p[1]))[:most]


NOTHING = Scale({})


@dataclass(frozen=True, slots=True)
class Learned:
    """The scales of the claims room."""

    arm: Scale = NOTHING  # was an arm used in a happening
    certainty: Scale = NOTHING  # how likely would an annotator agree with what was made of it
    claim: Scale = NOTHING  # does a draft state a claim
    day: Scale = NOTHING  # is a day of its sentence a happening's
    day_around: Scale = NOTHING  # is a day told elsewhere
    folding: Scale = NOTHING  # do two drafts tell one happening
    how: Scale = NOTHING  # is this its factuality
    initiator: Scale = NOTHING  # does a party act in a happening
    initiator_around: Scale = NOTHING  # does one told around it
    place: Scale = NOTHING  # is a place of its sentence a happening's
    place_around: Scale = NOTHING  # is a place told elsewhere
    speaker: Scale = NOTHING  # is somebody credited with it
    statement: Scale = NOTHING  # does a draft of another kind state a claim
    target: Scale = NOTHING  # is a party acted upon
    target_around: Scale = NOTHING  # is one told around it
    type: Scale = NOTHING  # is this its type
    digest: str = ""

    @classmethod
    def load(cls) -> Learned:
        """The shipped scales."""
        return _load()


@lru_cache(maxsize=1)
def _load() -> Learned:
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update((FOLDER / f"{name}.tsv").read_bytes())
    return Learned(**{name: read_scale(FOLDER / f"{name}.tsv") for name in NAMES}, digest=digest.hexdigest()[:12])


def read_scale(path: Path) -> Scale:
    """A table of columns evidence, weight and note. A damaged line is an error at once."""
    errors: list[BadRoster] = []
    found = {row["evidence"]: float(row["weight"]) for row in read_table(path, ("evidence", "weight", "note"), errors)}
    if errors:
        raise errors[0]
    return Scale(found)
