"""Who stands in which role of MUC-4: perpetrators as persons or organisations, targets as persons or things, arms as instruments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from thucydides.actors import Actors
from thucydides.desk.bench.muc_key import PERSON
from thucydides.desk.bench.sets import table
from thucydides.lexicon import Word, fold, words_of
from thucydides.record import Claim, Event, Party, Report

_ARMED = frozenset(
    "army police unit branch intelligence militia rebel jihadist separatist cartel gang label generic pmc peacekeeper".split()
)
_NAMELESS = frozenset("generic label civilian crowd kind communal official".split())
_HEAD_ENDS = frozenset("of in at from on for to by with who that which whose wearing belonging including near under".split())
_DETERMINERS = frozenset("a an the at least about his her their its".split())
_COUNTS = frozenset(
    "a an the one two three four five six seven eight nine ten eleven twelve several some many other others another at least more than "
    "about approximately over nearly almost unspecified his her their its".split()
)


@dataclass(slots=True)
class Cast:
    """The words of a claim for each role, and what MUC-4 asks of its sides."""

    words: dict[str, list[str]] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()  # perpetrators of the roster that have a name
    unarmed: bool = False  # a person who is not armed, or a thing that is not military, suffers
    armed: bool = False

    def add(self, role: str, words: str) -> None:
        if words:
            self.words.setdefault(role, []).append(words)


@dataclass(frozen=True, slots=True)
class Roles:
    """Tells roles by the kinds that parties have in claims, by the roster's names and by ``muc_words.tsv``."""

    actors: Actors

    def cast(self, claim: Claim, event: Event, report: Report) -> Cast:
        """The cast of a claim, in the words of the report."""
        cast = Cast()
        initiators = [(party, words) for party, words in _told(claim, event, report) if party.role == "initiator"]
        cast.groups = frozenset(party.actor for party, _ in initiators if party.actor and party.kind not in _NAMELESS)
        for party, words in initiators:
            self._perpetrator(cast, party, words)
        for party, words in _told(claim, event, report):
            if party.role == "target":
                _target(cast, party, words, report)
        if not cast.words.get(PERSON) and event.killed is not None and event.killed.who:
            cast.add(PERSON, event.killed.who)
        for use in event.arms:
            if use.kind not in _words("platform"):
                cast.add("weapon", _arm(use.name))
        return cast

    def _perpetrator(self, cast: Cast, party: Party, words: str) -> None:
        """An organisation's name goes to the one role; "members of" it, people described and persons named to the other."""
        told = _undetermined(words)
        for hit in self.actors.find(words_of(told)):
            kinds = {self.actors.by_id[actor].kind for actor in hit.values}
            name = told[hit.start : hit.end]
            if not kinds <= _NAMELESS | {"state"} and _head(name) not in _words("individual"):
                cast.add("perp_org", name)
        head = _head(told)
        if head in _words("individual") or (head in _words("group") and not any(word.capital for word in words_of(told))):
            cast.add("perp_ind", told)
            whole = _uncounted(told.partition(" of ")[2])
            if _head(whole) in _words("organisation"):
                cast.add("perp_org", whole)
        elif head in _words("organisation"):
            cast.add("perp_org", told)
        elif party.actor is None and (name := _name(words)):
            cast.add("perp_ind", name)


def _arm(words: str) -> str:
    """The name of an arm without its size; "" of what only leaves one ("bullets")."""
    parts = _uncounted(words).split()
    while len(parts) > 1 and fold(parts[0]) in _words("size"):
        parts = parts[1:]
    while len(parts) > 1 and fold(parts[-1]) in _words("no arm"):
        parts = parts[:-1]
    return "" if fold(parts[-1]) in _words("no arm") else " ".join(parts)


def _target(cast: Cast, party: Party, words: str, report: Report) -> None:
    told = _uncounted(words)
    if party.kind == "object" or _head(told) in _words("property"):
        cast.add("target", told)
        cast.unarmed |= not _is(told, "military")
        cast.armed |= _is(told, "military")
        return
    armed = (party.kind in _ARMED or _is(told, "military")) and not _is(told, "retired")
    cast.armed |= armed
    cast.unarmed |= not armed
    name = _name(words) if party.kind not in _ARMED | {"state", "party"} else ""
    name = name if party.kind == "other" or " " in name else ""  # "Jesuits" is a name of many
    name = "" if _head(name) in _words("organisation") | _words("property") else _in_full(name, report)
    cast.add("victim", name)
    cast.add(PERSON, name or told)


def _in_full(name: str, report: Report) -> str:
    """A person's name as the report first tells it with a given name: "Galan" where it says "Luis Carlos Galan"."""
    if not name:
        return name
    longer = re.findall(rf"(?:(?<![.!?] )\b[A-Z][\w'-]+ ){{1,3}}{re.escape(name)}\b", report.reading)
    full = [_name(words) for words in longer]
    return next((words for words in full if len(words) > len(name)), name)


def _told(claim: Claim, event: Event, report: Report) -> Iterator[tuple[Party, str]]:
    """Each party with its words as the reader mended them: texts in capitals get their small letters back."""
    spans = [passage for passage in claim.evidence if passage.field in ("initiators", "targets")]
    for party in event.parties:
        span = next((s for s in spans if s.field == f"{party.role}s" and s.words == party.name), None)
        words = report.reading[span.start : span.end] if span else party.name
        yield party, " ".join(words.split())


def _uncounted(words: str) -> str:
    """Words without what counts them: "the key may exclude quantifiers"; "a group of armed men" are armed men."""
    parts = words.split()
    while len(parts) > 1 and (fold(parts[0]) in _COUNTS or (parts[0][0].isdigit() and not parts[0][-1].isalpha())):
        parts = parts[1:]
    if len(parts) > 2 and fold(parts[0]) in _words("group") and parts[1].lower() == "of":
        return _uncounted(" ".join(parts[2:]))
    return " ".join(parts)


def _undetermined(words: str) -> str:
    """Words without an article or owner before them. Perpetrators keep their number: the key has "five soldiers"."""
    parts = words.split()
    while len(parts) > 1 and fold(parts[0]) in _DETERMINERS:
        parts = parts[1:]
    return " ".join(parts)


def _head(words: str) -> str:
    """The head of a noun phrase in the singular, by place alone: what stands last before "of", "in", "who", a bracket or a comma."""
    heads: list[str] = []
    for part in words.split():
        if heads and (part.lower() in _HEAD_ENDS or part[0] in "[("):
            break
        heads.append(fold(part.strip(".,;:\"'()[]")))
        if part[-1] == ",":
            break
    return _singular(heads[-1]) if heads else ""


def _singular(word: str) -> str:
    """A word as it stands in the tables."""
    known = _words("individual") | _words("organisation") | _words("property") | _words("group")
    forms = (word, *(word.removesuffix(ending) + instead for ending, instead in (("ies", "y"), ("es", ""), ("s", ""))))
    return next((form for form in forms if form in known), word)


def _name(words: str) -> str:
    """The person's name that ends a party's words, without titles; "" where they end in no name ("mayor of Villanueva", "peasants")."""
    parts = words_of(words)
    kept: list[Word] = []
    for part in reversed(parts):
        if not (part.capital or (kept and part.folded in _words("particle"))) or part.folded in _words("title"):
            break
        kept.insert(0, part)
    while kept and kept[0].folded in _words("particle"):
        kept = kept[1:]
    before = parts[len(parts) - len(kept) - 1].folded if 0 < len(kept) < len(parts) else ""
    if not kept or before in _HEAD_ENDS or any(c.isdigit() for c in kept[-1].folded):
        return ""
    return words[kept[0].start : kept[-1].end]


def _is(words: str, kind: str) -> bool:
    return any(word.folded in _words(kind) for word in words_of(words))


def _words(kind: str) -> frozenset[str]:
    return _lists().get(kind, frozenset())


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {row["class"]: frozenset(row.values("words")) for row in table("muc_words.tsv", "class", "words", "note")}
