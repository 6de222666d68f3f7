"""The coder: one report in, its claims out.

Sentences are parsed, marked with what rosters and gazetteer know, searched for the codebook's triggers; triggers are grouped into
happenings, happenings of several sentences folded into one, and what a sentence leaves unsaid (day, place) is carried over from
its neighbours. The result is checked against the words before it is given out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from thucydides.actors import Actors
from thucydides.arms import Arms
from thucydides.claims import arming, dating, placing
from thucydides.claims import codebook as codebooks
from thucydides.claims.building import Builder
from thucydides.claims.codebook import Codebook
from thucydides.claims.complete import LEAST, is_complete, of_the_slain, told_plainly
from thucydides.claims.crediting import credit
from thucydides.claims.dating import reckon
from thucydides.claims.drafts import CLUSTER, CONSEQUENCES, Draft, Weighed, draft, group, lone_victim
from thucydides.claims.folding import fold
from thucydides.claims.glance import Glance, glance
from thucydides.claims.hearing import counted, heard, stated
from thucydides.claims.learned import Learned, Tagger, Tags
from thucydides.claims.marks import Marks, mark
from thucydides.claims.modality import FUTURE, has_condition, modality
from thucydides.claims.narrowing import Narrowing
from thucydides.claims.parties import ARMED_KINDS, Parties, Sighting
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.quotations import Voice, voices
from thucydides.claims.roles import Around, settle
from thucydides.claims.sentences import Lemmas, Sentence, parse, pipeline, stretches
from thucydides.claims.speakers import PRONOUNS, Speaker, find_speakers, governs
from thucydides.claims.standing import find_control, find_holding, find_toll
from thucydides.claims.statements import believed, statements
from thucydides.claims.support import supported
from thucydides.claims.times.anchor import own_day
from thucydides.claims.times.order import day_order
from thucydides.claims.times.vocabulary import tables_digest
from thucydides.claims.tolls import Count, find_counts
from thucydides.claims.triage import Triage, conflict_only
from thucydides.claims.triggers import Trigger, conjoined, find_triggers, subjects_of
from thucydides.claims.typology import choose_type
from thucydides.claims.weighing import evidences
from thucydides.claims.whereabouts import Whereabouts
from thucydides.places import Gazetteer
from thucydides.places.names import fold_name
from thucydides.places.tables import countries
from thucydides.record import Claim, Factuality, Kind, Report
from thucydides.reports import is_common

_NO_LOSS = wordlist("coder", "no loss")
_LONG_AGO = phrase_of("coder", "long ago")
_UNDERTAKE = wordlist("coder", "undertake")
HEARD = -2.0  # a logit of the tagger above says whose a count is; below, the nearest happening has it
UNHEARD = 0.03  # a group of triggers that the tagger gives less is not worth weighing
LIKELY = 0.33  # drafts less likely to state a claim are left out
LIKELY_ENOUGH = 0.5  # from here on a single fact is enough, where the day and the place are told around it
_HEADING = 4  # words of a heading that a stroke parts from the headline
NAME = "weighed"
VERSION = "2"


def _is_heading(marks: Marks) -> bool:
    """Whether a piece of a title names its subject and tells nothing: "Border clash | Four soldiers wounded"."""
    return marks.sentence.text.endswith("|") and len(marks.sentence.words) <= _HEADING and not marks.places


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything a coder knows by heart: rosters, gazetteer and codebook."""

    actors: Actors
    arms: Arms
    gazetteer: Gazetteer
    codebook: Codebook
    learned: Learned
    tagger: Tagger | None  # None: constructions and scales alone

    def proper(self, word: str) -> str | None:
        """The right form of a word that is a name by roster or gazetteer, for reports that lost their capitals."""
        upper = word.upper()
        if upper in self.actors.acronyms and fold_name(word) not in countries().capitals:  # LIMA is a militia's short name, too
            return upper
        title = word.title()
        return title if len(word) > 4 and not is_common(word.lower()) and self.gazetteer.known(title) else None

    @classmethod
    def load(cls) -> Vocabulary:
        return cls(Actors.load(), Arms.load(), Gazetteer.open(), codebooks.load(), Learned.load(), Tagger.load())


class Coder:
    """Codes reports. Holds the parser and vocabulary; has no state between reports.

    ``triage`` leaves reports, and the calm parts of some, unparsed in which nothing speaks of conflict; ``None`` parses everything.
    """

    def __init__(self, vocabulary: Vocabulary | None = None, *, triage: Triage | Literal["shipped"] | None = "shipped") -> None:
        self.triage = Triage.load() if triage == "shipped" else triage
        self.vocabulary = vocabulary or Vocabulary.load()
        self.nlp = pipeline()
        self._lemmas = Lemmas(self.nlp)
        words = self.vocabulary
        digest = hashlib.sha256(
            "".join(
                (
                    words.actors.digest,
                    words.arms.digest,
                    words.codebook.digest,
                    tables_digest(),
                    words.learned.digest,
                    words.tagger.digest if words.tagger else "",
                    self.triage.digest if self.triage else "",
                )
            ).encode()
        ).hexdigest()[:8]
        self.by = f"{NAME}/{VERSION}+{digest}"

    def code(self, report: Report) -> list[Claim]:
        """The claims of a report, in order of telling."""
        return self.coded(report)[0]

    def coded(self, report: Report) -> tuple[list[Claim], str | None]:
        """The claims of a report, or why it was left without a parse."""
        seen = self._glance(report)
        return [claim for claim, _ in self._account(report, seen)], seen.unread

    def left_unread(self, report: Report) -> str | None:
        """Why a report is left without a parse, and so without claims; ``None`` where it is read."""
        return self._glance(report).unread

    def account(self, report: Report) -> list[tuple[Claim, Draft]]:
        """The claims of a report, each with the draft that it was built from: what was weighed for every field (``explaining.py``)."""
        return self._account(report, self._glance(report))

    def _glance(self, report: Report) -> Glance:
        return glance(report, self.triage, self.vocabulary.tagger)

    def _account(self, report: Report, seen: Glance) -> list[tuple[Claim, Draft]]:
        if not seen.stretches:
            return []
        return self.claims(report, list(parse(seen.stretches, report.reading, self.nlp, seen.parsed)), seen.tags)

    def parsed(self, report: Report) -> list[Sentence]:
        """The sentences of a report with their parses."""
        return list(parse(list(stretches(report)), report.reading, self.nlp))

    def claims(self, report: Report, sentences: Sequence[Sentence], tags: Tags | None) -> list[tuple[Claim, Draft]]:
        """The same from sentences already parsed and tagged. Those without a parse tell nothing; they only stand between the others."""
        words = self.vocabulary
        on = own_day(report)
        order = day_order(report.reading, report.source.country)
        marks = [
            mark(s, words.actors, words.arms, words.gazetteer, words.codebook, on, tags, order) if s.parsed else Marks(s, tags=tags)
            for s in sentences
        ]
        whereabouts = Whereabouts(report, marks, words.actors, words.gazetteer, words.codebook)
        parties = Parties(
            words.actors,
            words.codebook,
            self._lemmas,
            whereabouts.context.countries,
            on,
            report.source.id,
            words.gazetteer.known,
        )
        drafts: list[Draft] = []
        last: tuple[Speaker, Sentence] | None = None
        spoken_of: Sighting | None = None
        spoken = [find_speakers(s, words.codebook, self._lemmas) if s.parsed else [] for s in sentences]
        quoting = voices(sentences, spoken)
        for at, sentence in enumerate(sentences):
            if not sentence.parsed:
                continue
            speakers, carried = spoken[at], quoting[at]
            found = self._sentence(marks[at], parties, speakers, whereabouts)
            for one in found:
                self._attribute(one, speakers, carried, last)
                credit(one, speakers, last, words.learned)
                spoken_of = self._point_back(one, spoken_of)
            drafts += found
            named = [s for s in speakers if s.name not in PRONOUNS and not s.vague]
            if named:
                last = (named[0], sentence)
        for one in drafts:
            if one.kind is Kind.EVENT:
                one.type = choose_type(one, words.codebook, words.arms, words.learned.type)
        reckon(drafts, marks)
        around = Around(drafts)
        drafts = self._believe(drafts, len(sentences))
        drafts = list(believed(drafts, words.learned.statement))
        drafts = fold(drafts, whereabouts.of, lambda d: d.type or "", words.learned.folding)
        self._elaborate(drafts, sentences)
        around.carry_over(drafts, words.learned)
        Narrowing(marks, whereabouts).narrow(drafts, words.learned.place_within)
        placing.Around(sentences, marks, whereabouts, words.codebook.lists["feature"]).carry_over(drafts, words.learned.place_around)
        dating.Around(marks, on, report.source.kind).carry_over(drafts, words.learned.day_around)
        dating.close(drafts, on)
        drafts = [d for d in drafts if self._worth(d)]
        drafts = conflict_only(drafts, sentences, words.codebook, self.triage.chance(report.reading) if self.triage else 1.0)
        for one in drafts:
            if one.kind is Kind.EVENT:
                one.type = choose_type(one, words.codebook, words.arms, words.learned.type)
        notes = () if on == report.published else (f"the report bears {report.published}, its days are reckoned from {on}",)
        builder = Builder(report, words.actors, words.arms, words.codebook, whereabouts, self.by, words.learned.certainty, notes)
        return [(builder.build(d), d) for d in drafts]

    # ── one sentence ─────────────────────────────────────────────────────────────────────────────

    def _sentence(self, marks: Marks, parties: Parties, speakers: Sequence[Speaker], whereabouts: Whereabouts) -> list[Draft]:
        words = self.vocabulary
        sentence = marks.sentence
        if sentence.text.endswith("?") or _LONG_AGO.search(sentence.text) or _is_heading(marks):
            return []
        triggers = [
            t
            for t in find_triggers(sentence, words.codebook, self._lemmas, heard(marks, words.codebook, self._lemmas))
            if self._states(t, speakers)
        ]
        triggers = [t for t in triggers if not any(d.start <= t.token.idx < d.end for d in marks.dates)]  # "in March"
        counts = all_counts = find_counts(sentence.text)
        found: list[Draft] = []
        facts: list[Trigger] = []
        plans: list[tuple[Trigger, str]] = []
        for trigger in triggers:
            mood = modality(trigger, words.codebook, self._lemmas)
            if mood == "attempt" and CLUSTER.get(trigger.family) in ("taking", "siege"):
                trigger.frame = replace(trigger.frame, family="assault")
            if mood in ("fact", "attempt"):
                facts.append(trigger)
            elif mood in ("plan", "threat", "condition"):
                plans.append((trigger, mood))
            elif mood == "negated" and any(s.denies for s in speakers):
                facts.append(trigger)
        toll = find_toll(marks, counts)
        if toll is not None:
            found.append(toll)
            told = {c.start for c, _ in toll.counts}
            facts = [
                t
                for t in facts
                if not (t.family in CONSEQUENCES and any(c.start <= t.token.idx <= c.end + 2 for c in counts if c.start in told))
            ]
            counts = [c for c in counts if c.start not in told]
        held = find_control(marks, parties, words.codebook, self._lemmas)
        found += held
        holding = find_holding(marks, parties, words.codebook, self._lemmas)
        if holding is not None:
            found.append(holding)
        holding_verbs = {d.at for d in held}
        groups = [g for g in group([t for t in facts if t.token.i not in holding_verbs]) if stated(marks, g) >= UNHEARD or told_plainly(g)]
        happenings: list[Draft] = []
        for triggers_ in groups:
            if held and triggers_[0].family in ("siege", "cutoff"):
                continue
            rivals = [t for g in groups if g is not triggers_ for t in g]
            mine = self._counts_of(counts, triggers_, groups, marks)
            happenings.append(draft(triggers_, marks, mine, parties, words.codebook, self._lemmas, not rivals, rivals))
        for made in happenings:
            settle(made, [d for d in happenings if d is not made], parties, speakers, words.learned)
            others = [d for d in happenings if d is not made]
            placing.place(made, others, whereabouts, words.learned.place)
            dating.date_here(made, others, words.codebook, self._lemmas, words.learned.day)
            arming.wield(made, others, words.arms, words.codebook, words.learned.arm)
            lone_victim(made)
            made.supported = supported(made, words.codebook, words.arms, self._lemmas)
        found += happenings
        planned = self._plan(plans, marks, parties) if plans or not found else None
        if planned is not None:
            found.append(planned)
        return [*found, *statements(marks, parties, all_counts, found)]

    def _states(self, trigger: Trigger, speakers: Sequence[Speaker]) -> bool:
        """Whether a trigger can state a happening: not a verb of saying's own word, not an attribute."""
        if trigger.verbal and any(s.verb_token == trigger.token.i for s in speakers):
            return False
        token = trigger.token
        if trigger.family == "dislodge" and trigger.frame.strength < 0.5 and trigger.verbal:
            # "was driving a van": people are driven from a place, a van is not.
            lists = self.vocabulary.codebook.lists
            driven = {self._lemmas.of(t, "NOUN") for t in trigger.targets}
            if driven & (lists["object"] | lists["platform"]) and not driven & (lists["armed"] | lists["civilian"]):
                return False
        if trigger.family == "lose" and any(c.dep_ == "dobj" and self._lemmas.of(c, "NOUN") in _NO_LOSS for c in token.children):
            return False
        if token.tag_ == "VBP" and token.dep_ == "relcl" and not any(c.dep_ in ("aux", "auxpass") for c in token.children):
            return False  # "militias who attack posts": what they are wont to do
        return not (not trigger.verbal and token.dep_ in ("compound", "npadvmod") and token.head.i > token.i)

    def _counts_of(
        self, counts: Sequence[Count], triggers: Sequence[Trigger], groups: Sequence[Sequence[Trigger]], marks: Marks
    ) -> list[Count]:
        able = [
            g for g in groups if CLUSTER.get(g[0].family) in ("violence", "taking", "crowd", None) or g[0].family in ("abduct", "arrest")
        ]
        if len(able) <= 1 or triggers not in able:
            return list(counts) if triggers in able or len(groups) == 1 else []
        mine = []
        for count in counts:

            def gap(g: Sequence[Trigger], count: Count = count) -> float:
                return min(
                    0 if count.start <= t.token.idx <= count.end else min(abs(t.token.idx - count.end), abs(t.token.idx - count.start))
                    for t in g
                )

            claimed = {id(g): counted(marks, g, count) for g in able}
            if max(claimed.values()) > HEARD:
                if max(able, key=lambda g: claimed[id(g)]) is triggers:
                    mine.append(count)
            elif min(able, key=gap) is triggers:
                mine.append(count)
        return mine

    def _plan(self, plans: Sequence[tuple[Trigger, str]], marks: Marks, parties: Parties) -> Draft | None:
        """At most one plan a sentence, from its strongest planned trigger."""
        able = [(t, m) for t, m in plans if t.family not in ("casualty", "lives", "bodies", "found", "order", "violence")]
        if not able:
            return self._undertaking(marks, parties)
        triggers = [t for t, _ in able]
        modes = {m for _, m in able}
        made = draft(triggers, marks, [], parties, self.vocabulary.codebook, self._lemmas, True, ())
        kinds = {s.kind for s, _ in made.initiators}
        if not kinds and not made.targets and not made.places:
            return None
        if not kinds & {"armed", "state", "crowd"} and not (made.strength >= 0.6 and (made.targets or made.places)):
            return None
        made.kind = Kind.PLAN
        conditional = "condition" in modes or any(has_condition(v, t.token) for t in triggers for v in (t.token, *t.token.ancestors))
        made.mode = "threatened" if "threat" in modes else "conditional" if conditional else "intended"
        made.factuality = Factuality.CONDITIONAL if conditional else Factuality.PLANNED
        return made

    def _undertaking(self, marks: Marks, parties: Parties) -> Draft | None:
        """A plan told with a verb that the codebook does not list: "the army will continue to act against …"."""
        for token in marks.sentence.doc:
            if token.dep_ not in ("ROOT", "ccomp") or token.pos_ != "VERB":
                continue
            auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
            intends = self._lemmas.of(token) in _UNDERTAKE and any(c.dep_ == "xcomp" for c in token.children)
            if not (auxiliaries & FUTURE or intends) or any(c.dep_ == "neg" for c in token.children):
                continue
            subjects, passive = subjects_of(token)
            if passive:
                continue
            doers = [s for s in (parties.see(t, marks, "initiator") for t in subjects) if s is not None and s.actor is not None and s.armed]
            doers = [s for s in doers if self.vocabulary.actors.by_id[s.actor or ""].kind in ARMED_KINDS]
            if not doers:
                continue
            made = Draft(Kind.PLAN, "plan", marks.sentence, [], marks, mode="intended", factuality=Factuality.PLANNED, strength=0.4)
            if has_condition(token):
                made.mode, made.factuality = "conditional", Factuality.CONDITIONAL
            made.initiators = [(s, marks.sentence) for s in doers[:3]]
            objects = [t for c in token.subtree if c.dep_ == "dobj" for t in conjoined(c)]
            made.targets = [(s, marks.sentence) for s in (parties.see(t, marks, "target") for t in objects) if s is not None][:3]
            made.places = [(p, marks.sentence) for p in marks.places if p.locative][:2]
            return made
        return None

    def _point_back(self, made: Draft, before: Sighting | None) -> Sighting | None:
        """Gives "the terrorist group" the actor named before it; returns the armed group spoken of last."""
        bloc = self.vocabulary.codebook.lists["bloc"]
        for side in (made.initiators, made.targets):
            for n, (sighting, sentence) in enumerate(side):
                lead = sentence.text[max(0, sighting.start - 5) : sighting.start].lower()
                if not sighting.named and before is not None and sighting.head in bloc and lead.endswith(("the ", "this ")):
                    names = tuple(dict.fromkeys((sighting.name, *before.names)))[:6]
                    side[n] = (replace(sighting, actor=before.actor, names=names, named=True), sentence)
        named = [s for s, _ in (*made.initiators, *made.targets) if s.named and s.kind == "armed"]
        return named[-1] if named else before

    def _elaborate(self, drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
        """A sentence that states nothing by itself but tells how the happening before it ended belongs to that claim."""
        ends = self.vocabulary.codebook.cues["outcome"]
        told = {s.index: d for d in drafts if d.kind is Kind.EVENT for s in (d.sentence, *d.also)}
        for sentence in sentences:
            before = told.get(sentence.index - 1)
            if before is None or sentence.index in told or len(sentence.words) > 14 or not ends.find(sentence.words):
                continue
            before.also.append(sentence)
            before.counts += [(c, sentence) for c in find_counts(sentence.text) if not any(c.field == k.field for k, _ in before.counts)]
            told[sentence.index] = before

    def _attribute(self, made: Draft, speakers: Sequence[Speaker], carried: Voice | None, last: tuple[Speaker, Sentence] | None) -> None:
        """Who is credited with a draft, and how sure it is."""
        counted = [t for c, _ in made.counts if (t := made.sentence.token_at(c.start)) is not None]
        tokens = [t.token for t in made.triggers] or counted[:1] or [t for t in made.sentence.doc if t.dep_ == "ROOT"]
        mine = [s for s in speakers if any(governs(s, t, speakers) for t in tokens)]
        # Who acts in the happening does not vouch for it by acting.
        named = [(s, made.sentence) for s in mine if not s.vague]
        if carried is not None and not mine:
            named = [carried]
        made.speakers = [pair for pair in named[:3] if pair[0].name not in PRONOUNS]
        if named and not made.speakers and last is not None:
            made.speakers = [last]  # "It added that …": whoever spoke last
        if made.kind is Kind.PLAN:
            return
        hedged = bool(self.vocabulary.codebook.cues["hedge"].find(made.sentence.words))
        # "X bombed Y; Z denied that anybody was killed" denies the dead, not the bombing.
        if any(s.denies and (len(tokens) < 2 or governs(s, tokens[0], speakers)) for s in mine):
            made.factuality = Factuality.DENIED
        elif named:
            made.factuality = Factuality.CLAIMED
        elif hedged or mine:
            made.factuality = Factuality.REPORTED

    # ── the report as a whole ────────────────────────────────────────────────────────────────────

    def _believe(self, drafts: Sequence[Draft], sentences: int) -> list[Draft]:
        """The drafts likely to state a claim; without a scale, those whose parties bear out their family."""
        events = [d for d in drafts if d.kind is Kind.EVENT]
        scale = self.vocabulary.learned.claim
        for one, found in zip(events, evidences(events, sentences), strict=True):
            one.chance = scale.chance(found) if scale.weights else float(one.supported)
            if one.supported and (is_complete(one) or (of_the_slain(one, self.vocabulary.codebook) and one.counts)):
                one.chance = max(one.chance, LEAST)
            one.weighed["claim"] = [Weighed(one.head.text, one.chance, found, True)]
        return [d for d in drafts if d.kind is not Kind.EVENT or d.chance >= LIKELY]

    def _worth(self, made: Draft) -> bool:
        """Drops what says too little to be a claim."""
        if made.kind is not Kind.EVENT:
            return True
        own_place = bool(made.places) and not made.inherited_place
        own_day = made.date is not None and not made.inherited_date
        facts = sum((bool(made.initiators), bool(made.targets), own_place, own_day, bool(made.counts), own_place and bool(made.arms)))
        when = made.date[0].when if made.date is not None else None
        known = bool(made.places) and when is not None and when.start is not None
        return facts >= 2 or (facts >= 1 and (made.strength >= 0.8 or (known and made.chance >= LIKELY_ENOUGH)))
