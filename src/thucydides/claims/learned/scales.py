"""The scales of the claims room, each a table of its own beside this file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.scales import BIAS, Evidence, Scale, read_scale

__all__ = ["BIAS", "NAMES", "NOTHING", "Evidence", "Learned", "Scale", "read_scale"]

FOLDER = Path(__file__).parent
NAMES = tuple(
    (
        "arm certainty claim day day_around folding how initiator "
        "initiator_around place place_around place_within speaker statement target target_around type"
    ).split()
)

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
    place_within: Scale = NOTHING  # is a finer place told around it, in its own place
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
