"""From a finished draft to a claim: values with ids, every field tied to its words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from thucydides.actors import Actors
from thucydides.arms import Arms
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft
from thucydides.claims.parties import Sighting
from thucydides.claims.sentences import Sentence
from thucydides.claims.whereabouts import Whereabouts
from thucydides.lexicon import Hit
from thucydides.record import (
    Arming,
    Basis,
    Claim,
    Event,
    Hold,
    Kind,
    Party,
    Passage,
    Plan,
    Report,
    Saying,
    Tally,
    Toll,
    Use,
    When,
    Where,
)

_BODY_LIMIT = 4  # further sentences kept as evidence of one claim


class Builder:
    """Builds the claims of one report."""

    def __init__(self, report: Report, actors: Actors, arms: Arms, codebook: Codebook, whereabouts: Whereabouts, by: str) -> None:
        self._cues = codebook.cues
        self._platforms = codebook.lists["platform"]
        self._report = report
        self._actors = actors
        self._arms = arms
        self._whereabouts = whereabouts
        self._by = by

    def build(self, draft: Draft) -> Claim:
        """The claim that a draft makes."""
        evidence: list[Passage] = [self._passage("claim", s.start, s.end) for s in (draft.sentence, *draft.also[:_BODY_LIMIT])]
        parties = [*self._parties(draft.initiators, "initiator", evidence), *self._parties(draft.targets, "target", evidence)]
        where = self._where(draft, evidence)
        when = self._when(draft, evidence)
        tolls = {name: self._toll(draft, name, evidence) for name in ("killed", "wounded", "captured", "displaced")}
        arms = self._uses(draft, evidence)
        for speaker, sentence in draft.speakers:
            evidence.append(self._passage("said_by", sentence.start + speaker.start, sentence.start + speaker.end))
        says: Saying
        event = Event(
            type=draft.type,
            parties=tuple(parties),
            where=where,
            when=when,
            killed=tolls["killed"],
            wounded=tolls["wounded"],
            captured=tolls["captured"],
            arms=arms,
            damage=self._damage(draft, evidence),
            outcome=next(iter(self._told(draft, "outcome", evidence)), None),
        )
        if draft.kind is Kind.EVENT:
            says = event
        elif draft.kind is Kind.PLAN:
            says = Plan(event=event, mode=draft.mode)
        elif draft.kind is Kind.CONTROL:
            says = Hold(parties=tuple(parties), where=where, status=draft.status, share=draft.share, when=when)
        elif draft.kind is Kind.TOLL:
            says = Tally(
                parties=tuple(parties),
                where=where,
                when=when,
                killed=tolls["killed"],
                wounded=tolls["wounded"],
                displaced=tolls["displaced"],
                captured=tolls["captured"],
            )
        else:
            says = Arming(parties=tuple(parties), arms=arms, way=draft.way, where=where, when=when)
        told = (*(s.name for s, _ in draft.initiators), *(p.name for p, _ in draft.places), *(str(t.first) for t in draft.triggers[:1]))
        key = "|".join((self._report.id, self._by, draft.kind, draft.type or draft.status or draft.way, str(draft.sentence.start), *told))
        return Claim(
            id=hashlib.sha256(key.encode()).hexdigest()[:16],
            report=self._report.id,
            kind=draft.kind,
            says=says,
            evidence=tuple(dict.fromkeys(evidence)),
            factuality=draft.factuality,
            said_by=tuple(dict.fromkeys(s.name for s, _ in draft.speakers)),
            loaded=self._loaded(draft, evidence),
            confidence=_confidence(draft, where),
            by=self._by,
        )

    def _passage(self, field: str, start: int, end: int) -> Passage:
        return Passage(field=field, start=start, end=end, words=self._report.text[start:end])

    def _parties(self, sides: Sequence[tuple[Sighting, Sentence]], role: str, evidence: list[Passage]) -> list[Party]:
        found = []
        for sighting, sentence in sides:
            start, end = sentence.start + sighting.start, sentence.start + sighting.end
            evidence.append(self._passage(f"{role}s", start, end))
            actor = self._actors.by_id[sighting.actor] if sighting.actor else None
            name = self._report.text[start:end]
            kind = (
                actor.kind
                if actor
                else {"state": "generic", "armed": "generic", "crowd": "crowd", "civilian": "civilian"}.get(sighting.kind, sighting.kind)
            )
            found.append(
                Party(role=role, name=name, actor=sighting.actor, kind=kind, names=tuple(dict.fromkeys((name, *sighting.names[1:]))))
            )
        return found

    def _where(self, draft: Draft, evidence: list[Passage]) -> tuple[Where, ...]:
        found: dict[str, Where] = {}
        places = [(self._whereabouts.where(mark, sentence.text), mark, sentence) for mark, sentence in draft.places]
        finer = any(where.precision != "country" and where.lat is not None for where, _, _ in places)
        for where, mark, sentence in places:
            if finer and where.precision == "country":
                continue
            if where.name.lower() in found:
                continue
            found[where.name.lower()] = where
            evidence.append(self._passage("places", sentence.start + mark.told_start, sentence.start + max(mark.told_end, mark.end)))
        return tuple(found.values())

    def _when(self, draft: Draft, evidence: list[Passage]) -> When | None:
        if draft.date is not None and draft.date[0].when is not None:
            dated, sentence = draft.date
            if dated.end > dated.start:
                evidence.append(self._passage("date", sentence.start + dated.start, sentence.start + dated.end))
            when = dated.when
            if draft.inherited_date and when is not None:
                return When(start=when.start, end=when.end, basis=Basis.CONTEXT, words=when.words, time_of_day=when.time_of_day)
            return when
        if draft.kind is Kind.EVENT and self._report.published is not None:
            day = self._report.published
            return When(start=day, end=day, basis=Basis.PUBLISHED)
        return None

    def _toll(self, draft: Draft, field: str, evidence: list[Passage]) -> Toll | None:
        counts = [(c, s) for c, s in draft.counts if c.field == field]
        if not counts:
            return None
        own = [pair for pair in counts if pair[1] is draft.sentence]
        count, sentence = max(own or counts, key=lambda pair: pair[0].toll.low or pair[0].toll.high or 0)
        evidence.append(self._passage(field, sentence.start + count.start, sentence.start + count.end))
        return count.toll

    def _damage(self, draft: Draft, evidence: list[Passage]) -> tuple[str, ...]:
        """What the report says was destroyed or damaged: the things a verb of destruction acts upon, else the words of damage."""
        if draft.kind is not Kind.EVENT:
            return ()
        if any(t.family == "destroy" for t in draft.triggers):
            things = [(s, w) for s, w in draft.targets if s.kind == "object"]
            evidence += [self._passage("damage", w.start + s.start, w.start + s.end) for s, w in things]
            if things:
                return tuple(dict.fromkeys(s.name for s, _ in things))
        return self._told(draft, "damage", evidence)

    def _told(self, draft: Draft, cue: str, evidence: list[Passage]) -> tuple[str, ...]:
        """The words of a class of cues in a draft's sentences, as told."""
        if draft.kind is not Kind.EVENT:
            return ()
        found = []
        for sentence in (draft.sentence, *draft.also[:_BODY_LIMIT]):
            for hit in self._cues[cue].find(sentence.words):
                passage = self._passage(cue, sentence.start + hit.start, sentence.start + hit.end)
                evidence.append(passage)
                found.append(passage.words)
        return tuple(dict.fromkeys(found))

    def _loaded(self, draft: Draft, evidence: list[Passage]) -> tuple[str, ...]:
        """Words that take a side ("terrorists", "martyred", "regime"), kept as told; they never sway type or actor."""
        found = []
        for hit in draft.marks.actors:
            if any(self._actors.by_id[i].kind == "label" for i in hit.values):
                passage = self._passage("loaded", draft.sentence.start + hit.start, draft.sentence.start + hit.end)
                if draft.marks.sentence is draft.sentence:
                    evidence.append(passage)
                    found.append(passage.words)
        return tuple(dict.fromkeys(found))

    def _uses(self, draft: Draft, evidence: list[Passage]) -> tuple[Use, ...]:
        """The arms of a happening, each by its longest name; what was struck, and verbs ("torched"), are no arms used."""
        found: dict[str, Use] = {}
        used = [(h, s) for h, s in draft.arms if draft.kind is Kind.HOLDING or self._wielded(draft, h, s)]
        names = {self._report.text[s.start + h.start : s.start + h.end].lower() for h, s in used}
        for hit, sentence in used:
            start, end = sentence.start + hit.start, sentence.start + hit.end
            name = self._report.text[start:end]
            arm = self._arms.by_id[hit.values[0]]
            whole = f" {name.lower()} "
            if name.lower() not in found and not any(whole in f" {n} " and n != name.lower() for n in names):
                found[name.lower()] = Use(name=name, arm=arm.id, kind=arm.kind)
                evidence.append(self._passage("weapons", start, end))
        return tuple(found.values())

    def _wielded(self, draft: Draft, hit: Hit[str], sentence: Sentence) -> bool:
        last = sentence.token_at(hit.end - 1)
        deeds = [t.token.idx for t in draft.triggers if sentence is draft.sentence and t.token.tag_.startswith("VB")]
        if (last is not None and last.tag_.startswith("VB")) or any(hit.start <= deed < hit.end for deed in deeds):
            return False
        if draft.family in ("disrupt", "loot"):
            return True  # "shot down a drone", "seized a cache of arms": the arms are what it is about
        if self._arms.by_id[hit.values[0]].id == "weapons":
            return False  # "arms": nothing is said of which
        if any(s is sentence and t.start <= hit.start < t.end for t, s in draft.targets):
            return False
        # "the 72 brigade of the Air Defense Forces" is no arm; "Russian warplanes" and "a helicopter of the army" are.
        return not any(s is sentence and p.start <= hit.start < p.end and p.head not in self._platforms for p, s in draft.initiators)


def _confidence(draft: Draft, where: Sequence[Where]) -> float:
    score = 0.35 + 0.25 * draft.strength
    score += 0.08 * bool(draft.initiators) + 0.08 * bool(draft.targets)
    score += (
        0.08 * bool(where and not draft.inherited_place) + 0.06 * bool(draft.date and not draft.inherited_date) + 0.05 * bool(draft.counts)
    )
    return round(min(0.98, score), 2)
