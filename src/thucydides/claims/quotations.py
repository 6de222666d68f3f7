"""Who speaks in a quotation that runs over several sentences: whoever is named as its speaker in any of them, before or after."""

from __future__ import annotations

from collections.abc import Sequence

from thucydides.claims.sentences import Sentence
from thucydides.claims.speakers import Speaker

MARK = '"'  # the reading copy knows no other


def stretches_of(sentences: Sequence[Sentence]) -> list[tuple[bool, bool]]:
    """Of every sentence, whether a quotation is open where it begins and where it ends.

    A quotation of several paragraphs has a mark at the head of each and only one at its end. One that is open at the end of a paragraph,
    where the next has no mark at its head, has lost its end and is over.
    """
    found: list[tuple[bool, bool]] = []
    is_open, paragraph = False, -1
    for sentence in sentences:
        marks = sentence.text.count(MARK)
        if sentence.paragraph != paragraph:
            repeated = is_open and sentence.text.startswith(MARK)
            is_open, marks = repeated, marks - repeated
            paragraph = sentence.paragraph
        begins = is_open
        is_open = (is_open + marks) % 2 == 1
        found.append((begins, is_open))
    return found


Voice = tuple[Speaker, Sentence]  # a speaker and the sentence that names him


def voices(sentences: Sequence[Sentence], speakers: Sequence[Sequence[Speaker]]) -> list[Voice | None]:
    """Of every sentence that names no speaker and is part of a quotation: who speaks in it, the nearest before, else after."""
    open_ = stretches_of(sentences)
    found: list[Voice | None] = []
    for at in range(len(sentences)):
        named = None if speakers[at] else _before(at, open_, speakers)
        if named is None and not speakers[at]:
            named = _after(at, open_, speakers)
        found.append(None if named is None else (speakers[named][0], sentences[named]))
    return found


def _before(at: int, open_: Sequence[tuple[bool, bool]], speakers: Sequence[Sequence[Speaker]]) -> int | None:
    while at and open_[at][0]:
        at -= 1
        if speakers[at]:
            return at
    return None


def _after(at: int, open_: Sequence[tuple[bool, bool]], speakers: Sequence[Sequence[Speaker]]) -> int | None:
    while at + 1 < len(open_) and open_[at][1]:
        at += 1
        if speakers[at]:
            return at
    return None
