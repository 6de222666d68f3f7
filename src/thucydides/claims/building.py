"""From a finished draft to a claim: values with ids, every field tied to its words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from thucydides.actors import Actors
from thucydides.arms import Arms
from thucydides.claims.certainty import certainty
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft
from thucydides.claims.learned import Scale
from thucydides.claims.parties import Sighting
from thucydides.claims.sentences import Sentence
from thucydides.claims.times.clock import time_of_day
from thucydides.claims.times.telling import SAID
from thucydides.claims.whereabouts import Whereabouts
from thucydides.claims.wording import wordings
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
    Wording,
)

_BODY_LIMIT = 4  # further sentences kept as evidence of one claim


class Builder:
    """Builds the claims of one report."""

    def __init__(
        self,
        report: Report,
        actors: Actors,
        arms: Arms,
        codebook: Codebook,
        whereabouts: Whereabouts,
        by: str,
        scale: Scale,
        notes: Sequence[str] = (),
    ) -> None:
        self._codebook = codebook
        self._cues = codebook.cues
        self._report = report
        self._actors = actors
        self._arms = arms
        self._whereabouts = whereabouts
        self._by = by
        self._certainty = scale
        self._notes = tuple(notes)

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
        said_on = self._said_on(draft, evidence)
        wording = self._wording(draft, evidence)
        sure, told_sure = certainty(draft, self._certainty)
        return Claim(
            id=hashlib.sha256(key.encode()).hexdigest()[:16],
            report=self._report.id,
            kind=draft.kind,
            says=says,
            evidence=tuple(dict.fromkeys(evidence)),
            factuality=draft.factuality,
            said_by=tuple(dict.fromkeys(s.name for s, _ in draft.speakers)),
            said_on=said_on,
            loaded=tuple(w.words for w in wording),
            wording=wording,
            notes=(*self._notes, *self._notes_on_day(draft, when)),
            confidence=sure,
            certainty=told_sure,
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
        if draft.date is None or draft.date[0].when is None:
            return None
        dated, sentence = draft.date
        if dated.end > dated.start:
            evidence.append(self._passage("date", sentence.start + dated.start, sentence.start + dated.end))
        when = dated.when
        if when is None or not draft.inherited_date:
            return when
        if when.basis is not Basis.PUBLISHED:
            when = replace(when, basis=Basis.CONTEXT)
        return replace(when, time_of_day=self._time_of_day(draft, evidence)) if when.start == when.end else when

    def _time_of_day(self, draft: Draft, evidence: list[Passage]) -> str | None:
        """The time of day that a sentence tells whose day is told elsewhere."""
        clock = time_of_day(draft.sentence.text)
        if clock is None:
            return None
        evidence.append(self._passage("date", draft.sentence.start + clock.start, draft.sentence.start + clock.end))
        return clock.told

    def _said_on(self, draft: Draft, evidence: list[Passage]) -> When | None:
        """When the speakers spoke: the day told with the saying in the claim's own sentence."""
        told = next((d for d in draft.marks.dates if d.of == SAID and d.when is not None), None)
        if told is None or not draft.speakers:
            return None
        evidence.append(self._passage("said_on", draft.sentence.start + told.start, draft.sentence.start + told.end))
        return told.when

    def _notes_on_day(self, draft: Draft, when: When | None) -> tuple[str, ...]:
        """What is to be said of a claim's day: another calendar, two readings, a day after the report's own."""
        if draft.date is None or when is None:
            return ()
        notes = [draft.date[0].note] if draft.date[0].note else []
        published = self._report.published
        if draft.kind is not Kind.PLAN and published is not None and when.start is not None and when.start > published:
            notes.append(f"the header's date and the text disagree: the day told, {when.start}, is after the report's, {published}")
        return tuple(notes)

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

    def _wording(self, draft: Draft, evidence: list[Passage]) -> tuple[Wording, ...]:
        """Words that take a side, each told once; they never sway type or actor."""
        found: dict[str, Wording] = {}
        for start, end, wording in wordings(draft, self._actors, self._codebook):
            if wording.words.lower() not in found:
                found[wording.words.lower()] = wording
                evidence.append(self._passage("loaded", draft.sentence.start + start, draft.sentence.start + end))
        return tuple(found.values())

    def _uses(self, draft: Draft, evidence: list[Passage]) -> tuple[Use, ...]:
        """The arms of a happening, each by its longest name."""
        found: dict[str, Use] = {}
        names = {self._report.text[s.start + h.start : s.start + h.end].lower() for h, s in draft.arms}
        for hit, sentence in draft.arms:
            start, end = sentence.start + hit.start, sentence.start + hit.end
            name = self._report.text[start:end]
            arm = self._arms.by_id[hit.values[0]] if hit.values else None
            whole = f" {name.lower()} "
            if name.lower() not in found and not any(whole in f" {n} " and n != name.lower() for n in names):
                found[name.lower()] = Use(name=name, arm=arm.id if arm else None, kind=arm.kind if arm else None)
                evidence.append(self._passage("weapons", start, end))
        return tuple(found.values())
