"""Templates of MUC-4, as its answer key writes them and as the benchmark compares them.

A key holds one list of lines a slot: ``"A" / "B"`` are other words for one filler, a further line is a further filler, ``-`` is nothing,
``*`` does not apply, a leading ``?`` marks a filler that need not be found, ``"A": "B"`` says A of the filler B. Quotes within are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from thucydides.desk.bench.sets import Item

TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ROBBERY", "ARSON", "FORCED WORK STOPPAGE")
SLOTS = {
    "perp_ind": "PERP: INDIVIDUAL ID",
    "perp_org": "PERP: ORGANIZATION ID",
    "target": "PHYS TGT: ID",
    "victim": "HUM TGT: NAME",
    "weapon": "INCIDENT: INSTRUMENT ID",
}
"""The five roles of the GTT paper and the slots of the key they are read from: a victim is a person who is named."""

PERSON = "person"
"""A sixth role: whoever suffers, named or described, as MUC-4 itself has it."""

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ARTICLES = frozenset(("a", "an", "the"))
_OTHER_SIGNS = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: all words that may stand for it, without capitals, articles and punctuation."""

    mentions: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """An incident: its type (several where the key allows them) and who or what fills its roles."""

    types: frozenset[str]
    roles: Mapping[str, tuple[Filler, ...]]
    optional: bool = False

    def fillers(self, role: str) -> tuple[Filler, ...]:
        return self.roles.get(role, ())


def normal(words: str) -> str:
    """Words as they are compared: lower case, without punctuation and articles (the rule of GTT's scorer)."""
    return " ".join(word for word in _OTHER_SIGNS.sub("", words.lower()).split() if word not in _ARTICLES)


def read_templates(item: Item) -> list[Template]:
    """The templates of a report's key, without doubles. Words that do not stand in the report are no answers and left out, as GTT does."""
    text = f" {normal(str(item['text']))} "
    templates: list[Template] = []
    for told in item["templates"]:
        types = frozenset(part.strip(" ?") for line in _lines(told, "INCIDENT: TYPE") for part in line.split("/")) & frozenset(TYPES)
        if not types:
            continue
        roles = {role: _fillers(_lines(told, slot), text) for role, slot in SLOTS.items()}
        roles[PERSON] = _persons(roles["victim"], _lines(told, "HUM TGT: DESCRIPTION"), text)
        template = Template(types, roles, "OPTIONAL" in " ".join(_lines(told, "MESSAGE: TEMPLATE")))
        if template not in templates:
            templates.append(template)
    return templates


def _lines(told: Mapping[str, Sequence[str]], slot: str) -> Sequence[str]:
    return told.get(slot, ())


def _fillers(lines: Sequence[str], text: str) -> tuple[Filler, ...]:
    found = (Filler(_standing(mentions, text), optional) for mentions, _, optional in _parsed(lines))
    return tuple(filler for filler in found if filler.mentions)


def _persons(named: tuple[Filler, ...], lines: Sequence[str], text: str) -> tuple[Filler, ...]:
    """Named victims with what describes them, then those who are only described."""
    known = list(named)
    for mentions, of, optional in _parsed(lines):
        words = _standing(mentions, text)
        at = next((n for n, filler in enumerate(known) if filler.mentions & frozenset(map(normal, of))), None)
        if at is not None:
            known[at] = Filler(known[at].mentions | words, known[at].optional)
        elif words:
            known.append(Filler(words, optional))
    return tuple(known)


def _parsed(lines: Sequence[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    """Of each line: the words for the filler, the words for what it is said of, and whether it is optional."""
    for line in lines:
        if line.strip(" ?") in ("", "-", "*"):
            continue
        spans = list(_QUOTED.finditer(line))
        outside = _QUOTED.sub(lambda match: " " * len(match.group()), line)
        colon = outside.find(":") if ":" in outside else len(line)
        mentions = [match.group(1) for match in spans if match.start() < colon] or ([line] if not spans else [])
        of = [match.group(1) for match in spans if match.start() > colon]
        yield [words.replace("\\", "") for words in mentions], [words.replace("\\", "") for words in of], line.lstrip().startswith("?")


def _standing(mentions: Sequence[str], text: str) -> frozenset[str]:
    return frozenset(words for mention in mentions if (words := normal(mention)) and f" {words} " in text)
