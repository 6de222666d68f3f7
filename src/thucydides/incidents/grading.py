"""Grading: how far an incident is to be believed, by declared rules over counted facts. Every grade says why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from operator import ge, gt, le, lt
from pathlib import Path
from typing import Any

from thucydides.actors import Actors, Camps
from thucydides.errors import BadSetting
from thucydides.incidents.testimony import Testimony
from thucydides.incidents.witnesses import independent
from thucydides.record import Dispute, Grade, Party, Witness
from thucydides.reports.outlets import Outlets

SHIPPED = Path(__file__).with_name("grades.toml")
INCIDENT = ("discounted", "weak", "contested", "fair", "confirmed")  # worst first: the order of --min-grade
LETTERS = "ABCDEF"
GRAVE = frozenset({"happened", "initiators", "place", "date", "type"})
_COMPARISONS = {">=": ge, "<=": le, ">": gt, "<": lt}
_CONDITION = re.compile(r"(\w+) (>=|<=|>|<) (\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules may ask. Every number counts independent witnesses, disputes or versions."""

    told_independently: int  # witnesses that tell it
    told_outside: int  # of these, those that are no party to it and stand with none
    rivals_agree: int  # pairs of rival sides that tell the same
    admissions: int  # witnesses of the side that is said to have done it, who say so
    denials: int  # witnesses that deny it
    denied_outside: int  # of these, those that are no party
    initiator_versions: int  # rival versions of who did it
    disputes: int  # fields in dispute
    grave_disputes: int  # of these whether, who, what, where and when
    unknown_witnesses: int  # witnesses of which nothing is known
    kinds: tuple[str, ...] = ()  # what kinds of witness tell it, for the reliability
    counted: tuple[str, ...] = ()  # how the witnesses were counted, in words


@dataclass(frozen=True, slots=True)
class Rule:
    """A grade, its conditions, and why in words."""

    grade: Any
    when: tuple[tuple[str, str, str], ...]
    says: str

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Whether every condition holds."""
        return all(_COMPARISONS[sign](facts[fact], int(than) if than.isdigit() else facts[than]) for fact, sign, than in self.when)


class Grades:
    """The rules by which incidents are graded."""

    def __init__(self, incident: Sequence[Rule], credibility: Sequence[Rule], reliability: Mapping[str, str], digest: str = "") -> None:
        self._incident = incident
        self._credibility = credibility
        self._reliability = reliability
        self.digest = digest  # of the file of rules

    @classmethod
    def load(cls, path: Path | None = None) -> Grades:
        """The shipped rules, or a user's own file; a rule that cannot be used is an error that names it."""
        return _load(path or SHIPPED)

    def grade(self, facts: Facts) -> Grade:
        """The grades of an incident with their reasons."""
        told = {one.name: getattr(facts, one.name) for one in fields(facts)}
        incident = next(rule for rule in self._incident if rule.holds(told))
        credibility = next(rule for rule in self._credibility if rule.holds(told))
        letters = sorted((self._reliability.get(kind, "F"), kind) for kind in facts.kinds) or [("F", "unknown")]
        letter, kind = letters[0]
        reasons = (
            f"{incident.grade}: {incident.says}",
            f"{letter}: its best source is {_KIND_WORDS.get(kind, f'of kind {kind}')}",
            f"{credibility.grade}: {credibility.says}",
            _counted(facts),
            *facts.counted,
        )
        return Grade(incident=incident.grade, reliability=letter, credibility=credibility.grade, reasons=reasons)


_KIND_WORDS = {
    "wire": "a news agency", "monitor": "a monitor", "research": "a research body", "press": "a newspaper or broadcaster",
    "official": "an official body that is no party to it", "state": "a state's outlet that is no party to it",
    "actor": "a body that is no party to it",
    "aggregator": "an aggregator", "social": "a social-media account", "party": "a party to it, or an outlet that stands with one",
    "unnamed": "nobody who is named", "unknown": "an outlet of which nothing is known",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is a party to an event: those who did it and were hit, who stands with them, and who is at war with them there and then."""

    did: frozenset[str]
    hit: frozenset[str]
    camps: frozenset[str]

    @classmethod
    def of(cls, initiators: Sequence[Party], targets: Sequence[Party], testimonies: Sequence[Testimony], roll: Roll) -> Parties:
        """The parties of an event as it is held."""
        did = _sides_of(initiators, roll)
        hit = _sides_of(targets, roll) - did
        countries = {where.country for t in testimonies for where in t.event.where if where.country}
        years = sorted(t.report.published.year for t in testimonies if t.report.published)
        known = {roll.camps.of([side], countries, years[0] if years else None) for side in did | hit} - {None}
        near = {camp for one in known for camp in (one, *roll.camps.by_id[str(one)].against)}
        return cls(did, hit, frozenset(str(camp) for camp in near))

    def has(self, witness: Witness) -> bool:
        """Whether a witness is a party, or stands with one."""
        return bool((self.did | self.hit) & set(witness.side)) or witness.camp in self.camps


def _sides_of(parties: Sequence[Party], roll: Roll) -> frozenset[str]:
    return frozenset(side for party in parties if party.actor for side in roll.actors.lineage(party.actor))


@dataclass(frozen=True, slots=True)
class Roll:
    """The rosters by which witnesses are known, and who stands together."""

    actors: Actors
    outlets: Outlets
    camps: Camps


def facts_of(
    testimonies: Sequence[Testimony], initiators: Sequence[Party], targets: Sequence[Party], disputed: Sequence[Dispute],
    parties: Parties, roll: Roll,
) -> Facts:  # fmt: skip
    """What is counted of an incident."""
    did = parties.did
    told = {t.witness: t for t in testimonies if not t.denies}
    denied = {t.witness.voice: t for t in testimonies if t.denies}
    opposed = [(a.actor, b.actor) for a in initiators for b in targets if a.actor and b.actor and a.actor != b.actor]
    counted = independent(told, opposed)
    # Rivals agree only where they say the same of who did it.
    alike = [witness for witness, t in told.items() if not _doers(t, roll) or _doers(t, roll) & did]
    versions = next((len(dispute.versions) for dispute in disputed if dispute.field == "initiators"), 1 if initiators else 0)
    agreeing = independent(alike, opposed)
    outside = [witness for witness in told if not parties.has(witness)]
    return Facts(
        told_independently=counted.independent,
        told_outside=independent(outside).independent,
        rivals_agree=len(agreeing.rivals),
        admissions=len({t.witness.voice for t in told.values() if _of(t, did) and _names(t, did, roll.actors)}),
        denials=len(denied),
        denied_outside=sum(not parties.has(t.witness) for t in denied.values()),
        initiator_versions=versions,
        disputes=len(disputed),
        grave_disputes=sum(dispute.field in GRAVE for dispute in disputed),
        unknown_witnesses=sum(_kind(witness, roll) in ("unknown", "unnamed") for witness in told),
        kinds=tuple(sorted({"party" if parties.has(witness) else _kind(witness, roll) for witness in told})),
        counted=(*counted.how, *agreeing.agreements),
    )


def _of(testimony: Testimony, sides: frozenset[str]) -> bool:
    return bool(sides & set(testimony.witness.side))


def _names(testimony: Testimony, sides: frozenset[str], actors: Actors) -> bool:
    """Whether a testimony itself names one of these as having done it."""
    doers = [p.actor for p in testimony.event.parties if p.role == "initiator" and p.actor]
    return any(sides & set(actors.lineage(actor)) for actor in doers)


def _doers(testimony: Testimony, roll: Roll) -> set[str]:
    """Whom a testimony names as having done it, by their ids or words."""
    parties = [party for party in testimony.event.parties if party.role == "initiator"]
    return {side for party in parties for side in (roll.actors.lineage(party.actor) if party.actor else (party.name,))}


def _kind(witness: Witness, roll: Roll) -> str:
    """What kind of witness it is for the table of reliabilities."""
    outlet = witness.id.removeprefix("outlet:")
    if outlet != witness.id:
        known = roll.outlets.by_id(outlet)
        return (known.source.kind or "unknown") if known is not None else "unknown"
    return witness.kind


def _counted(facts: Facts) -> str:
    parts = [f"{facts.told_independently} independent {'witness tells' if facts.told_independently == 1 else 'witnesses tell'} it"]
    parts.append(f"{facts.told_outside} of them no party to it")
    if facts.denials:
        parts.append(f"{facts.denials} {'denies' if facts.denials == 1 else 'deny'} it")
    if facts.disputes:
        parts.append(f"{facts.disputes} {'field is' if facts.disputes == 1 else 'fields are'} in dispute")
    return ", ".join(parts)


@cache
def _load(path: Path) -> Grades:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = f"the rules for grades in {path} cannot be read ({error})"
        raise BadSetting(what, remedy="Copy the shipped file and change that.") from error
    for name in ("incident", "credibility"):
        if not isinstance(told.get(name), list) or not all(isinstance(one, dict) for one in told[name]):
            raise BadSetting(f"{path} has no rules [[{name}]]", remedy="Copy the shipped file and change that.")
    rules = {name: [_rule(path, name, one) for one in told[name]] for name in ("incident", "credibility")}
    for name, of in rules.items():
        if not of or of[-1].when:
            raise BadSetting(f"{path} has no last rule of {name!r} without conditions", remedy="End the list with one that always holds.")
    reliability = told.get("reliability")
    if not isinstance(reliability, dict):
        raise BadSetting(f"{path} has no table [reliability]", remedy="Copy the shipped file and change that.")
    bad = [f"{kind} = {letter!r}" for kind, letter in reliability.items() if str(letter) not in tuple(LETTERS)]
    if bad:
        raise BadSetting(f"{path} gives a reliability that does not exist: {bad[0]}", remedy="Use a letter from A to F.")
    unknown = [kind for kind in reliability if kind not in _KIND_WORDS]
    if unknown:
        raise BadSetting(f"{path}: there is no kind of witness {unknown[0]!r}", remedy=f"Kinds are: {', '.join(_KIND_WORDS)}.")
    return Grades(rules["incident"], rules["credibility"], reliability, sha256(path.read_bytes()).hexdigest())


def _rule(path: Path, name: str, told: Mapping[str, Any]) -> Rule:
    known = {one.name for one in fields(Facts)} - {"kinds", "counted"}
    conditions = []
    if not isinstance(told.get("when"), list) or not str(told.get("says", "")).strip():
        what = f"{path}: a rule of {name!r} has no list 'when' or no words 'says'"
        raise BadSetting(what, remedy='Write when = ["denials >= 1"], or [] for always, and why in says.')
    for condition in told["when"]:
        match = _CONDITION.fullmatch(str(condition))
        if match is None or match[1] not in known or not (match[3].isdigit() or match[3] in known):
            remedy = f"Write a fact, a comparison and a number, such as 'denials >= 1'. The facts are {', '.join(sorted(known))}."
            raise BadSetting(f"{path}: the condition {condition!r} of a rule of {name!r} cannot be used", remedy=remedy)
        conditions.append((match[1], match[2], match[3]))
    grade = told.get("grade")
    allowed: Sequence[object] = INCIDENT if name == "incident" else range(1, 7)
    if grade not in allowed:
        raise BadSetting(f"{path}: {name!r} has no grade {grade!r}", remedy=f"Use one of {', '.join(map(str, allowed))}.")
    return Rule(grade, tuple(conditions), str(told.get("says", "")))
