"""What a user types into a search box, as words, phrases and beginnings of words.

Nobody has to know the syntax of full-text search, and nothing typed can break it: every term is quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TERM = re.compile(r'"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words in quotation marks that must stand together; a star after a word asks for words that begin so."""

    words: str
    begins: bool = False


def terms_of(typed: str) -> list[Term]:
    """The terms of what was typed. What holds no letter or digit is no term."""
    typed = typed.encode("utf-8", "ignore").decode().replace("\0", " ")
    terms = []
    for phrase, word in _TERM.findall(typed):
        words = phrase or word.replace('"', "")
        begins = words.endswith("*")
        words = words.rstrip("*").strip()
        if any(character.isalnum() for character in words):
            terms.append(Term(words, begins))
    return terms


def match_of(typed: str) -> str:
    """The terms as an expression of SQLite's full-text search, all of which must be met; empty when there are none."""
    return " AND ".join(f'"{term.words}"{"*" if term.begins else ""}' for term in terms_of(typed))
