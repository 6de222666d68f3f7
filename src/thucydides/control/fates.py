"""What became of an arm, by the words of the sentence that tells it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from thucydides.control.tables import rows_of
from thucydides.lexicon import Phrases, words_of

FILE = Path(__file__).parent / "fates.tsv"


@lru_cache(maxsize=1)
def _fates() -> Phrases[str]:
    return Phrases((words, row["way"]) for row in rows_of(FILE, ("way", "words")) for words in row.values("words"))


def fate(sentence: str, arm: str) -> str | None:
    """The way in which a sentence tells of an arm: by the nearest word before it, else the nearest behind it; ``None`` if by none."""
    at = sentence.find(arm) if arm else -1
    hits = _fates().find(words_of(sentence))
    if not hits:
        return None
    if at < 0:
        return hits[0].values[0]
    before = [hit for hit in hits if hit.end <= at]
    behind = [hit for hit in hits if hit.start >= at + len(arm)]
    # "two tanks destroyed and a gun captured": what stands close behind an arm, without a word of fate nearer before it, is told of it.
    if before and (not behind or at - before[-1].end <= behind[0].start - at - len(arm)):
        return before[-1].values[0]
    return behind[0].values[0] if behind else before[-1].values[0] if before else None
