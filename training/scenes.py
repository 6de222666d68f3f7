"""Lessons set in other places: what is told stays, the names of places change.

A network that reads the same few hundred reports again and again learns their names by heart. Read in other places each time, it must go by
the words around them.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lessons import Lesson
from standoff import Span, Telling

_PLACE = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}")


def place_names(lessons: Sequence[Lesson]) -> list[str]:
    """The plain names of places that the lessons tell."""
    told = {lesson.text[a:b] for lesson in lessons for claim in lesson.claims for t in claim.tellings for a, b in t.roles.get("at", ())}
    return sorted(name for name in told if _PLACE.fullmatch(name) and len(name) > 3)


def elsewhere(lesson: Lesson, names: Sequence[str], chance: random.Random) -> Lesson:
    """A lesson set in other places: every plain place name of its claims by another, throughout. What is told stays."""
    if not names:
        return lesson
    told = {lesson.text[a:b] for c in lesson.claims for t in c.tellings for a, b in t.roles.get("at", ())}
    other = {name: chance.choice(names) for name in sorted(told) if _PLACE.fullmatch(name) and len(name) > 3}
    if not other:
        return lesson
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(other, key=len, reverse=True))) + r")\b")
    text, at, moves = "", 0, list[tuple[int, int]]()  # where the text has moved from an offset on, by how much
    for match in pattern.finditer(lesson.text):
        text += lesson.text[at : match.start()] + other[match.group()]
        at = match.end()
        moves.append((match.end(), len(text) - match.end()))
    text += lesson.text[at:]
    starts = [start for start, _ in moves]

    def moved(span: Span) -> Span:
        first, last = (bisect_right(starts, offset) for offset in (span[0], span[1]))
        return span[0] + (moves[first - 1][1] if first else 0), span[1] + (moves[last - 1][1] if last else 0)

    def roles(spans: Mapping[str, list[Span]]) -> dict[str, list[Span]]:
        return {role: [moved(span) for span in some] for role, some in spans.items()}

    claims = tuple(
        replace(c, tellings=[Telling(moved(t.sentence), moved(t.on), roles(t.roles), roles(t.elsewhere), t.how) for t in c.tellings])
        for c in lesson.claims
    )
    return replace(lesson, text=text, sentences=tuple(map(moved, lesson.sentences)), claims=claims)
