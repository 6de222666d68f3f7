"""How templates told are compared with those of a key: aligned one to one, then counted by type and role.

The rule of the GTT paper's scorer (Du, Rush and Cardie, NAACL 2021, ``eval.py``): two templates can only stand for each other if their
types agree. A filler told is right if its words are among those the key has for a filler of that role in the template aligned, and finds
that filler. Types and fillers of templates that stand for none are spurious or missing. Micro figures add the type and the five roles.
GTT tries every alignment of a report for the best F1; the greatest sum of right and found, as here, gave the same counts on 433 reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from thucydides.desk.bench.muc_key import PERSON, SLOTS, Filler, Template
from thucydides.desk.bench.scoring import Score

TYPE = "type"
_INNER = frozenset("of in at from on for to by with who that which whose wearing belonging including near and or".split())


def strict(told: Filler, asked: Filler) -> bool:
    """GTT's rule: all words told for a filler are among the key's alternatives for it."""
    return told.mentions <= asked.mentions


def lenient(told: Filler, asked: Filler) -> bool:
    """One holds the other in whole words, or both have the same head: the last word before "of", "in", "who" and the like."""
    return any(_alike(one, other) for one in told.mentions for other in asked.mentions)


def _alike(one: str, other: str) -> bool:
    return f" {one} " in f" {other} " or f" {other} " in f" {one} " or _head(one) == _head(other)


def _head(words: str) -> str:
    """The head of a noun phrase, by place alone: "members of the front" is "members"."""
    heads: list[str] = []
    for word in words.split():
        if heads and word in _INNER:
            break
        heads.append(word)
    return heads[-1] if heads else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of scoring: which roles, when two fillers are the same, and whether what the key calls optional may be missing."""

    name: str
    says: str
    roles: tuple[str, ...]
    same: Callable[[Filler, Filler], bool]
    forgives: bool


_OTHERS = tuple(role for role in SLOTS if role != "victim")
RULES = (
    Rule("strict", "GTT's scorer: the key's own words, named victims, optional is asked for too", tuple(SLOTS), strict, False),
    Rule("lenient", "head or contained words suffice, what is optional may be missing", tuple(SLOTS), lenient, True),
    Rule("described", "lenient, and victims are all who suffer, named or described", (*_OTHERS, PERSON), lenient, True),
)

Counts = Mapping[str, Score]
"""Scores by type and role."""


def score(told: Sequence[Template], asked: Sequence[Template], rule: Rule) -> Counts:
    """The counts of one report under the alignment with the most right and found."""
    pairs = [[_pair(one, other, rule) for other in asked] for one in told]
    weights = [[sum(s.right + s.found for s in counts.values()) for counts in row] for row in pairs]
    partner = align(weights)
    found: dict[str, Score] = {name: Score() for name in (TYPE, *rule.roles)}
    for n, one in enumerate(told):
        counts = pairs[n][partner[n]] if n in partner else _pair(one, None, rule)
        found = {name: found[name] + counts[name] for name in found}
    for n, other in enumerate(asked):
        if n not in partner.values():
            counts = _pair(None, other, rule)
            found = {name: found[name] + counts[name] for name in found}
    return found


def _pair(told: Template | None, asked: Template | None, rule: Rule) -> Counts:
    """The counts of two templates that stand for each other, or of one alone; if their types differ nothing is right."""
    agree = told is not None and asked is not None and told.types <= asked.types
    forgiven = rule.forgives and asked is not None and asked.optional and told is None
    counts = {TYPE: Score(int(agree), int(told is not None), int(agree), int(asked is not None and not forgiven))}
    for role in rule.roles:
        mine = told.fillers(role) if told else ()
        theirs = asked.fillers(role) if asked else ()
        right = sum(agree and any(rule.same(one, other) for other in theirs) for one in mine)
        met = [agree and any(rule.same(one, other) for one in mine) for other in theirs]
        wanted = [hit or not (forgiven or (rule.forgives and other.optional)) for hit, other in zip(met, theirs, strict=True)]
        counts[role] = Score(right, len(mine), sum(met), sum(wanted))
    return counts


def total(counts: Counts) -> Score:
    """The micro score over type and roles."""
    return sum(counts.values(), Score())


def align(weights: Sequence[Sequence[int]]) -> dict[int, int]:
    """The partners (row to column) with the greatest sum of weights, one to one; pairs without weight are left apart.

    Kuhn and Munkres' method in the form with potentials, on the square filled up with zeros: exact, in cubic time.
    """
    size = max(len(weights), max((len(row) for row in weights), default=0))
    cost = [[-weights[r][c] if r < len(weights) and c < len(weights[r]) else 0 for c in range(size)] for r in range(size)]
    rows, columns, row_of = [0] * (size + 1), [0] * (size + 1), [size] * (size + 1)  # index ``size`` stands for none
    for row in range(size):
        row_of[size], column = row, size
        slack, before, seen = [float("inf")] * size, [size] * size, set[int]()
        while row_of[column] != size:
            seen.add(column)
            at = row_of[column]
            for other in set(range(size)) - seen:
                reduced = cost[at][other] - rows[at] - columns[other]
                if reduced < slack[other]:
                    slack[other], before[other] = reduced, column
            nearest = min((c for c in range(size) if c not in seen), key=lambda c: slack[c])
            step = int(slack[nearest])
            for other in seen:
                rows[row_of[other]] += step
                columns[other] -= step
            for other in set(range(size)) - seen:
                slack[other] -= step
            column = nearest
        while column != size:
            row_of[column], column = row_of[before[column]], before[column]
    paired = {row_of[c]: c for c in range(size) if row_of[c] < len(weights) and c < len(weights[row_of[c]])}
    return {r: c for r, c in sorted(paired.items()) if weights[r][c]}
