"""Words by which a sentence is understood: the table ``cues.tsv``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from thucydides.control.effects import phrases
from thucydides.control.tables import rows_of

TABLE = Path(__file__).with_name("cues.tsv")


def cue(kind: str) -> re.Pattern[str]:
    """Any of the phrases of a kind, as whole words."""
    return _cues()[kind]


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, re.Pattern[str]]:
    found = {row["cue"]: phrases(row["words"]) for row in rows_of(TABLE, ("cue", "words", "note"))}
    return {kind: pattern for kind, pattern in found.items() if pattern is not None}
