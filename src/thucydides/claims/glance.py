"""The glance at a report before it is parsed: is it worth a parse, and which of its sentences are?

The table of words costs next to nothing, the tagger half a parse, what follows the parse as much again. So each says what the next gets:

- What the table finds calm is left unread; what it finds plainly of war, and what is short, is read from end to end.
- Of what lies between, the tagger reads the lead and the passages that the table minds. Where it hears no conflict either, the report is
  left unread, unless the table thought it likely.
- What remains is parsed around the sentences in which the tagger hears anything; the others keep their places, without a parse.

``training/glance.py`` tells what each threshold costs and saves with the shipped table and tagger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thucydides.claims.learned import Tagger, Tags
from thucydides.claims.sentences import Stretch, stretches
from thucydides.claims.triage import FEW_WORDS, Triage, split_words
from thucydides.record import Report

PLAINLY = 0.9  # reports likelier than this by their words are read whole
LIKELY = 0.4  # and those likelier than this are never left unread
CONFLICT = 0.6  # what the tagger must give conflict somewhere in a report that is less likely
MURMUR, TOLD = 0.3, 0.9  # a sentence that it gives conflict less than the one, and any claim less than the other, is not parsed for itself
LEAD = 2  # sentences at the beginning that are read in any case: title, dateline, the day and place of the rest
BEFORE, AFTER = 1, 1  # sentences around one to be parsed that are parsed with it: who speaks, where, when
CALM = frozenset("none|Other|Agreement|Arrests|Change to group/activity|toll|plan|holding|control".split("|"))  # told of peace as well


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A sentence as the tagger takes it."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen: the sentences of the report, which to parse (``None``: all), what was tagged, or why it is left unread."""

    stretches: Sequence[Stretch] = ()
    parsed: frozenset[int] | None = None
    tags: Tags | None = None
    unread: str | None = None


def glance(report: Report, triage: Triage | None, tagger: Tagger | None) -> Glance:
    """Looks at a report. Without a triage all of it is to be read."""
    unread = triage.left_unread(report) if triage is not None else None
    if unread is not None:
        return Glance(unread=unread)
    spans = list(stretches(report))
    texts = [report.reading[start:end] for start, end, _, _ in spans]
    if triage is None or not spans:
        return Glance(spans, None, _tags(tagger, texts, range(len(texts))))
    lines = [[word for line in split_words(text) for word in line] for text in texts]
    chance = triage.chance(report.reading)
    if chance >= PLAINLY or sum(map(len, lines)) < FEW_WORDS:
        return Glance(spans, None, _tags(tagger, texts, range(len(texts))))
    minded = around(triage.minded(lines), len(texts), 0, 0)
    tags = _tags(tagger, texts, minded)
    if tags is None:
        return Glance(spans, minded)
    if chance < LIKELY and (most := tags.likeliest(minded, CALM)) < CONFLICT:
        reason = f"left unread: some words speak of conflict (chance {chance:.2f}), no sentence of it tells any (chance {most:.2f})"
        return Glance(unread=reason)
    return Glance(spans, minded & around(worth_a_parse(tags, minded), len(texts), BEFORE, AFTER), tags)


def worth_a_parse(tags: Tags, sentences: Iterable[int]) -> list[int]:
    """The sentences in which the tagger hears conflict, be it faintly, or surely a claim of another kind."""
    return [n for n in sorted(sentences) if tags.likeliest([n], CALM) >= MURMUR or tags.likeliest([n], ("none",)) >= TOLD]


def around(some: Iterable[int], sentences: int, before: int, after: int) -> frozenset[int]:
    """Sentences with those that stand beside them, and the lead."""
    beside = (n for at in some for n in range(max(0, at - before), min(sentences, at + after + 1)))
    return frozenset((*range(min(LEAD, sentences)), *beside))


def _tags(tagger: Tagger | None, texts: Sequence[str], which: Iterable[int]) -> Tags | None:
    return tagger.read([Unparsed(n, texts[n]) for n in sorted(which)]) if tagger is not None and texts else None
