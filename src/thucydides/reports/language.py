"""Which language a report is in. Plain English is seen from its small words; only other text loads the language model."""

from __future__ import annotations

import re

from thucydides.reports.tables import words

_WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 12  # words: less says nothing to a model of letter sequences


def language_of(text: str) -> str | None:
    """ISO 639-1 code, ``None`` where the text is too short to tell."""
    found = [word.lower() for word in _WORD.findall(text[:2500])]
    if not found:
        return None
    english = words("small_words.txt")
    latin = sum(word.isascii() for word in found)
    small = sum(word in english for word in found)
    if latin > 0.85 * len(found) and small >= 0.16 * len(found) and small >= 2:
        return "en"
    if len(found) < ENOUGH:
        return None if latin == len(found) or len("".join(found)) < 20 else _guess(text)
    return _guess(text)


def _guess(text: str) -> str:
    from py3langid import classify  # its model takes about a second to load

    return str(classify(text[:3000].lower())[0])
