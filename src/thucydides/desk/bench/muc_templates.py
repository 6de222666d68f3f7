"""From claims to templates of MUC-4: which claims it counts, who stands in which role, and which claims tell one incident.

What MUC-4 counts is told by its task description (``template-doc-part1.v7``, section 1.0): no fights between armed sides unless civilians
or property suffer, no acts that are denied or merely possible, nothing older than two months, nothing without any detail. Incidents are
apart where place, day or perpetrator differ (section 5.0), so claims of one type that differ in none are one template. Not held: that
one side must belong to nine countries of Latin America, and that attacks on foreign soldiers count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from thucydides.desk.bench.muc_key import PERSON, SLOTS, Filler, Template, normal
from thucydides.desk.bench.muc_roles import Roles
from thucydides.desk.bench.sets import table
from thucydides.lexicon import Row, fold
from thucydides.record import Basis, Claim, Event, Factuality, Report, When, Where

RECENT = timedelta(days=62)
"""An incident is recent "if it occurred within two months of the date of the article"."""

LIKELY = 0.45
"""Claims less likely are not counted. From 0.45 to 0.55 the templates of the development part are met best."""

_WITHOUT = {"KIDNAPPING": ("target", "weapon"), "ARSON": ("weapon",)}
"""Roles that do not apply to a type (section 7)."""


@dataclass(slots=True)
class Draft:
    """An incident in the making: what is known of where, when and by whom, and the words for each role."""

    type: str
    when: When | None
    where: tuple[Where, ...]
    groups: frozenset[str]
    roles: dict[str, list[str]] = field(default_factory=dict)

    def meets(self, other: Draft) -> bool:
        """Whether two may be one incident: of one type and apart neither in day nor in place nor in perpetrator."""
        return self.type == other.type and not (
            _days_apart(self.when, other.when)
            or _places_apart(self.where, other.where)
            or (self.groups and other.groups and not self.groups & other.groups)
        )

    def take(self, other: Draft) -> None:
        """Takes in another telling of the same incident."""
        self.when = self.when or other.when
        self.where = self.where or other.where
        self.groups |= other.groups
        for role, words in other.roles.items():
            self.roles.setdefault(role, []).extend(words)

    def template(self) -> Template:
        """The template, each filler told once: of words that hold one another the longest stand, of arms the shortest."""
        roles = {}
        for role in (*SLOTS, PERSON):
            told = list(dict.fromkeys(normal(words) for words in self.roles.get(role, ())))
            held = {one for one in told for other in told if one != other and f" {one} " in f" {other} "}
            holding = {other for one in told for other in told if one != other and f" {one} " in f" {other} "}
            kept = [one for one in told if one and one not in (holding if role == "weapon" else held)]
            roles[role] = tuple(Filler(frozenset((words,))) for words in kept)
        return Template(frozenset((self.type,)), roles)


def templates_of(claims: Sequence[Claim], report: Report, roles: Roles) -> list[Template]:
    """The templates that a report's claims make, in the order of their first claims."""
    drafts: list[Draft] = []
    for claim in claims:
        for draft in _drafted(claim, report, roles):
            same = next((one for one in drafts if one.meets(draft)), None)
            if same is None:
                drafts.append(draft)
            else:
                same.take(draft)
    return [draft.template() for draft in drafts]


def _drafted(claim: Claim, report: Report, roles: Roles) -> Iterator[Draft]:
    event = claim.says
    if not isinstance(event, Event) or claim.confidence < LIKELY:
        return
    if claim.factuality is Factuality.DENIED or _is_old(event.when, report.published):
        return
    cast = roles.cast(claim, event, report)
    arms = f" {fold(' '.join(cast.words.get('weapon', ())))} "
    type_ = _type(event.type or "", f" {fold(claim.evidence[0].words)} ", arms, cast.unarmed)
    if type_ is None or (cast.armed and not cast.unarmed):
        return
    told = {role: words for role, words in cast.words.items() if words and role not in _WITHOUT.get(type_, ())}
    if told:
        yield Draft(type_, event.when, event.where, cast.groups, told)


def _type(told: str, sentence: str, arms: str, unarmed: bool) -> str | None:
    """The incident type of MUC-4 by ``muc_types.tsv``, ``None`` where it counts no such event."""
    for row in table("muc_types.tsv", "types", "words", "arms", "only", "muc", "reason"):
        if told in row.values("types") and (unarmed or not row["only"]) and _holds(row, "words", sentence) and _holds(row, "arms", arms):
            return row["muc"]
    return None


def _holds(row: Row, column: str, told: str) -> bool:
    words = row.values(column)
    return not words or any(f" {word} " in told for word in words)


def _is_old(when: When | None, published: date | None) -> bool:
    return when is not None and when.end is not None and published is not None and when.end < published - RECENT


def _days_apart(one: When | None, other: When | None) -> bool:
    """Whether both days are told and no day fits both. A day that is only the report's own, or a neighbour's, keeps nothing apart."""
    if one is None or other is None or not {one.basis, other.basis} <= {Basis.STATED, Basis.RELATIVE}:
        return False
    return (one.start or date.min) > (other.end or date.max) or (other.start or date.min) > (one.end or date.max)


def _places_apart(one: Sequence[Where], other: Sequence[Where]) -> bool:
    """Whether both are told to a town or better and no two of the places are the same."""
    mine, theirs = ([where for where in told if where.precision in ("place", "part", "near", "area")] for told in (one, other))
    names = [{where.place or fold(where.name) for where in told} for told in (mine, theirs)]
    return bool(mine and theirs and not names[0] & names[1])
