"""Who has what: arms held, supplied, captured, lost and used, each as one report tells it and by whose word.

In: claims with their reports. Out: one account for each claim and arm, with its count as told. Accounts are **never added up**: several may
tell of the same arms, and a side's claims about its enemy's losses are not that enemy's admissions. ``Account.word`` says whose word it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from thucydides.arms import Arms
from thucydides.claims.tolls import count_before
from thucydides.control.armies import PEACEFUL, Armies
from thucydides.control.fates import fate
from thucydides.control.losses import loser
from thucydides.control.meaning import Meaning
from thucydides.control.mustering import UNTOLD, days_of
from thucydides.control.symbols import arm_symbol
from thucydides.lexicon import Hit, words_of
from thucydides.record import Arming, Claim, Event, Party, Plan, Report, Toll

OWNER, OTHER, THIRD, UNKNOWN = "owner", "other side", "third", "unknown"
LOSSES = frozenset(("destroyed", "shot down", "damaged", "captured", "lost"))
"""Ways in which ``of`` is the owner who lost an arm."""

_DISRUPTED = "Disrupted weapons use"
_LOOTING = "Looting/property destruction"
_ABOUT = 48  # characters before an arm in which its count stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party to an account of arms: its name, and the roster's id where it is known."""

    name: str
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one claim tells of an arm.

    ``way``: holds, used, supplied, destroyed, shot down, damaged, captured, lost. ``by`` has, uses, supplies, takes or destroys it; ``of``
    owned it, or is who receives what is supplied. ``word`` is whose word it is: the owner's (of a loss an admission; of arms held or
    used their own word), the other side's, a third's, or unknown.
    """

    claim: str
    report: str
    source: str
    arm: str | None
    name: str
    kind: str | None
    way: str
    by: tuple[Side, ...]
    of: tuple[Side, ...]
    count: Toll | None
    first: date | None
    last: date | None
    said_by: str | None
    word: str
    factuality: str
    symbol: str

    @property
    def sides(self) -> tuple[Side, ...]:
        """Everybody it tells of."""
        return (*self.by, *self.of)


def armaments(told: Iterable[tuple[Claim, Report]], armies: Armies, arms: Arms) -> list[Account]:
    """All accounts of arms, by way, arm and day. Denials and plans are none."""
    pairs = [(claim, report) for claim, report in told if claim.factuality not in UNTOLD]
    enemies, meaning = armies.enemies(claim for claim, _ in pairs), Meaning(armies)
    found = [one for claim, report in pairs for one in _Told(claim, report, meaning, arms, enemies).accounts()]
    return sorted(found, key=lambda a: (a.way, a.kind or "", a.arm or a.name.lower(), a.first or date.max, a.claim))


def of_actor(accounts: Iterable[Account], actor: str, armies: Armies) -> list[Account]:
    """The accounts in which an actor, or one that belongs to it, is a party."""
    return [a for a in accounts if any(side.actor and actor in armies.actors.lineage(side.actor) for side in a.sides)]


def of_arm(accounts: Iterable[Account], arm: str) -> list[Account]:
    """The accounts of an arm by its id, or of a whole class of arms."""
    return [a for a in accounts if arm in (a.arm, a.kind)]


class _Told:
    """One claim's accounts."""

    def __init__(self, claim: Claim, report: Report, meaning: Meaning, arms: Arms, enemies: frozenset[tuple[str, str]]) -> None:
        self.claim, self.report, self.armies, self.arms, self.enemies = claim, report, meaning.armies, arms, enemies
        self.meaning = meaning
        self.stated = [p.words for p in claim.evidence if p.field == "claim"]

    def accounts(self) -> Iterator[Account]:
        says = self.claim.says
        if isinstance(says, Arming):
            yield from self._armed(says)
        elif isinstance(says, Event) and says.type not in PEACEFUL:
            objects = list(self._objects(says))
            yield from objects
            yield from self._used(says, {a.name.lower() for a in objects})

    # ── statements ───────────────────────────────────────────────────────────────────────────────

    def _armed(self, says: Arming) -> Iterator[Account]:
        by, of = self._sides(says.parties, "initiator"), self._sides(says.parties, "target")
        way = {"supplies": "supplied", "receives": "supplied", "lost": "lost"}.get(says.way, "holds")
        first = says.arms[0].name if says.arms else ""
        if way == "holds" and by and of and fate(self._sentence(first), first) == "supplied":
            way = "supplied"
        if says.way == "receives" and by and not of:
            by, of = (), by
        elif way == "lost":
            by, of = self._parted(says.parties, self._sentence(first))
        for name, arm, count in self._weapons([(use.name, use.arm) for use in says.arms]):
            yield self._account(name, arm, way, by, of, count, says.parties)

    # ── events ───────────────────────────────────────────────────────────────────────────────────

    def _objects(self, says: Event) -> Iterator[Account]:
        """Arms that an event befell: "29 tanks destroyed", "captured three T-72s", "lost a Su-25"."""
        befell = [party for party in says.parties if party.role == "target"]
        words = [party.name for party in befell] + [w for w in says.damage if all(w not in party.name for party in befell)]
        seen: set[str] = set()
        for told in words:
            owner = next((p for p in befell if p.name == told and p.actor), None)
            for name, known, before in self._named(told):
                seen.add(name.lower())
                count = count_before(before) or count_before(self._before(name)[-_ABOUT:])
                yield from self._lost(says, name, known, count, owner, told)
        if says.type in (_DISRUPTED, _LOOTING):
            left = [(u.name, u.arm) for u in says.arms if not any(u.name.lower() in s or s in u.name.lower() for s in seen)]
            for name, arm, count in self._weapons(left):
                yield from self._lost(says, name, arm, count, None, name)

    def _lost(self, says: Event, name: str, arm: str | None, count: Toll | None, owner: Party | None, told: str) -> Iterator[Account]:
        way = fate(self._sentence(name), name)
        if way is None or way == "supplied":
            way = "destroyed" if told in says.damage else None
        if way is None:
            return
        by, others = self._sides(says.parties, "initiator"), self._sides(says.parties, "target")
        if way == "lost":
            by, of = self._parted(says.parties, self._sentence(name))
        else:
            whose = owner.actor if owner is not None else self.armies.owner(told)
            of = (self._side(whose),) if whose else others
        yield self._account(name, arm, way, by, of, count, says.parties)

    def _used(self, says: Event, objects: set[str]) -> Iterator[Account]:
        """Arms an event was done with."""
        if says.type in (_DISRUPTED, _LOOTING):
            return
        uses = [(u.name, u.arm) for u in says.arms if not any(u.name.lower() in o or o in u.name.lower() for o in objects)]
        by, of = self._sides(says.parties, "initiator"), self._sides(says.parties, "target")
        for name, arm, count in self._weapons(uses):
            if by and self._anothers(name, by):
                continue
            yield self._account(name, arm, "used", by, of, count, says.parties)

    def _parted(self, parties: Sequence[Party], sentence: str) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
        """Who took and who lost: the loser stands before the verb, else who is coded as acting, else who is acted on."""
        told = loser(sentence, [party for party in parties if tuple(self._sides_of(party))])
        role = told.role if told is not None else "initiator"
        of = self._sides(parties, role) or self._sides(parties, "target")
        by = self._sides(parties, "target" if role == "initiator" else "initiator")
        return tuple(side for side in by if side not in of), of

    # ── parts ────────────────────────────────────────────────────────────────────────────────────

    def _named(self, told: str) -> Iterator[tuple[str, str, str]]:
        """The arms of a party's name with the words before each; what was cut short ("two Leopard" of "two Leopard 2") is made whole."""
        hits = self._heads(told)
        if hits:
            yield from ((told[hit.start : hit.end], hit.values[0], told[: hit.start]) for hit in hits)
            return
        sentence = self._sentence(told)
        at = sentence.find(told)
        for hit in self._heads(sentence[at:]) if at >= 0 and not self.armies.read(told) else ():
            if hit.start < len(told) < hit.end:
                yield sentence[at + hit.start : at + hit.end], hit.values[0], told[: hit.start]

    def _heads(self, words: str) -> list[Hit[str]]:
        """The arms named in words; of "S-75 air defense system" the S-75 alone. Words that speak of a unit name no arms."""
        if self.armies.read(words):
            return []
        kept: list[Hit[str]] = []
        for hit in self.arms.find(words_of(words)):
            beside = kept and hit.start - kept[-1].end <= 1 and self._kind(hit.values[0]) == self._kind(kept[-1].values[0])
            if not beside:
                kept.append(hit)
        return kept

    def _weapons(self, uses: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str | None, Toll | None]]:
        """Arms as told with their counts, without general words that only say again what stands beside them."""
        passages = {p.words.lower(): p for p in self.claim.evidence if p.field == "weapons"}
        ends: dict[int, str | None] = {}
        for name, arm in uses:
            passage = passages.get(name.lower())
            if passage is None:
                yield name, arm, None
                continue
            before = self.report.reading[max(0, passage.start - _ABOUT) : passage.start]
            if any(abs(passage.start - end) <= 1 and self._kind(arm) == self._kind(other) for end, other in ends.items()):
                continue
            ends[passage.end] = arm
            yield name, arm, count_before(before.split(". ")[-1])

    def _sentence(self, name: str) -> str:
        """The first of the stating sentences that tells of an arm."""
        return next((words for words in self.stated if name in words), self.stated[0] if self.stated else "")

    def _before(self, name: str) -> str:
        """The words of its sentence that stand before an arm."""
        return self._sentence(name).partition(name)[0] if name in self._sentence(name) else ""

    def _anothers(self, name: str, by: tuple[Side, ...]) -> bool:
        """Whether the words before an arm give it to somebody who is not one of those it would be used by: "at the Israeli warplanes"."""
        owner = self.armies.owner(" ".join(self._before(name).split()[-2:]))
        return owner is not None and all(side.actor and not self.armies.same_side(side.actor, owner) for side in by)

    def _kind(self, arm: str | None) -> str | None:
        known = self.arms.by_id.get(arm) if arm else None
        return known.kind if known else None

    def _sides(self, parties: Iterable[Party], role: str) -> tuple[Side, ...]:
        """The armed parties of a role. People and things are no side, and nobody is named who is no unit or actor."""
        found: dict[Side, None] = {}
        for party in parties:
            if party.role == role:
                found |= dict.fromkeys(self._sides_of(party))
        return tuple(found)

    def _sides_of(self, party: Party) -> Iterator[Side]:
        meant = self.meaning.of_party(party, self.claim, self.report)
        actor = self.armies.actors.by_id.get(party.actor or "")
        if not meant and actor is not None and actor.kind == "generic":
            yield Side(name=actor.name, actor=actor.id)
        for one in meant:
            entry = self.armies.entry(one.name, one.owner) if one.name and one.owner and one.actor is None else None
            id_ = entry.id if entry else one.actor
            if id_ is not None:
                yield self._side(id_)
            elif one.name is not None and one.name.office is None:
                yield Side(name=one.name.words, actor=one.owner)

    def _side(self, actor: str) -> Side:
        return Side(name=self.armies.actors.by_id[actor].name, actor=actor)

    def _account(
        self, name: str, arm: str | None, way: str, by: tuple[Side, ...], of: tuple[Side, ...], count: Toll | None, parties: Sequence[Party]
    ) -> Account:
        says = self.claim.says
        assert not isinstance(says, Plan)
        first, last = days_of(says.when, self.report)
        owners, others = (of, by) if way in LOSSES else (by, of)
        kind = self._kind(arm)
        return Account(
            claim=self.claim.id,
            report=self.report.id,
            source=self.report.source.name,
            arm=arm,
            name=" ".join(name.split()),
            kind=kind,
            way=way,
            by=by,
            of=of,
            count=count,
            first=first,
            last=last,
            said_by=self._speaker_told(),
            word=self._word(owners, others),
            factuality=str(self.claim.factuality),
            symbol=arm_symbol(kind),
        )

    def _speaker_told(self) -> str | None:
        """Who says so: the roster's name, or the office; a private person stays unnamed."""
        speaker = self._speaker()
        return self.armies.actors.by_id[speaker].name if speaker else None

    def _speaker(self) -> str | None:
        return next((id_ for words in self.claim.said_by if (id_ := self.armies.speaker(words))), None)

    def _word(self, owners: tuple[Side, ...], others: tuple[Side, ...]) -> str:
        """Whose word it is. An outlet that stands with a side speaks for it where nobody else is credited."""
        speaker = self._speaker()
        if speaker is None:
            if self.claim.said_by:
                return UNKNOWN
            speaker = next((s for s in self.report.source.stands_with if s in self.armies.actors.by_id), None)
        if speaker is None:
            return THIRD
        for sides, word in ((owners, OWNER), (others, OTHER)):
            if any(side.actor and self.armies.same_side(side.actor, speaker) for side in sides):
                return word
        if any(side.actor and (self.armies.top(side.actor), self.armies.top(speaker)) in self.enemies for side in owners):
            return OTHER
        return THIRD
