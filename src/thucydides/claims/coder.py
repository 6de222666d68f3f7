"""The coder: one report in, its claims out.

Sentences are parsed, marked with what rosters and gazetteer know, searched for the codebook's triggers; triggers are grouped into
happenings, happenings of several sentences folded into one, and what a sentence leaves unsaid (day, place) is carried over from
its neighbours. The result is checked against the words before it is given out.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from thucydides.actors import Actors
from thucydides.arms import Arms
from thucydides.claims import codebook as codebooks
from thucydides.claims.building import Builder
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import CLUSTER, CONSEQUENCES, Draft, draft, group
from thucydides.claims.folding import fold
from thucydides.claims.marks import Marks, PlaceMark, mark
from thucydides.claims.modality import FUTURE, has_condition, modality
from thucydides.claims.parties import ARMED_KINDS, Parties, Sighting
from thucydides.claims.sentences import Lemmas, Sentence, parse, pipeline, stretches
from thucydides.claims.speakers import PRONOUNS, Speaker, find_speakers, governs
from thucydides.claims.standing import find_control, find_holding, find_toll
from thucydides.claims.support import supported
from thucydides.claims.tolls import Count, find_counts
from thucydides.claims.triage import conflict_only
from thucydides.claims.triggers import Trigger, conjoined, find_triggers, subjects_of
from thucydides.claims.typology import choose_type
from thucydides.claims.when import Dated
from thucydides.claims.whereabouts import Whereabouts
from thucydides.places import Gazetteer
from thucydides.record import Claim, Factuality, Kind, Report

_LONG_AGO = re.compile(r"\b(?:in|of|since|by) (?:1[0-8]\d\d)\b")  # older wars are history, told for comparison
_UNDERTAKE = frozenset("vow plan threaten intend prepare promise pledge aim want".split())
NAME = "rules"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything a coder knows by heart: rosters, gazetteer and codebook."""

    actors: Actors
    arms: Arms
    gazetteer: Gazetteer
    codebook: Codebook

    def proper(self, word: str) -> str | None:
        """The right form of a word that is a name by roster or gazetteer, for reports that lost their capitals."""
        upper = word.upper()
        if upper in self.actors.acronyms:
            return upper
        title = word.title()
        return title if len(word) > 4 and self.gazetteer.known(title) else None

    @classmethod
    def load(cls) -> Vocabulary:
        return cls(Actors.load(), Arms.load(), Gazetteer.open(), codebooks.load())


class Coder:
    """Codes reports. Holds the parser and vocabulary; has no state between reports."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary.load()
        self._nlp = pipeline()
        self._lemmas = Lemmas(self._nlp)
        words = self.vocabulary
        digest = hashlib.sha256("".join((words.actors.digest, words.arms.digest, words.codebook.digest)).encode()).hexdigest()[:8]
        self.by = f"{NAME}/{VERSION}+{digest}"

    def code(self, report: Report) -> list[Claim]:
        """The claims of a report, in order of telling."""
        words = self.vocabulary
        sentences = list(parse(list(stretches(report)), report.reading, self._nlp))
        if not sentences:
            return []
        marks = [mark(s, words.actors, words.arms, words.gazetteer, words.codebook, report.published) for s in sentences]
        whereabouts = Whereabouts(report, marks, words.actors, words.gazetteer, words.codebook)
        parties = Parties(
            words.actors,
            words.codebook,
            self._lemmas,
            whereabouts.context.countries,
            report.published,
            report.source.id,
            words.gazetteer.known,
        )
        drafts: list[Draft] = []
        speaker: Speaker | None = None
        last: tuple[Speaker, Sentence] | None = None
        spoken_of: Sighting | None = None
        quoting = False
        for at, sentence in enumerate(sentences):
            speakers = find_speakers(sentence, words.codebook, self._lemmas)
            quotes = sentence.text.count('"')
            carried = speaker if quoting and not speakers else None
            found = self._sentence(marks[at], parties, speakers)
            for one in found:
                self._attribute(one, speakers, carried, last)
                spoken_of = self._point_back(one, spoken_of)
            drafts += found
            named = [s for s in speakers if s.name not in PRONOUNS and not s.vague]
            if named:
                last = (named[0], sentence)
            if quotes % 2:
                quoting = not quoting
            speaker = speakers[0] if speakers else speaker if quoting else None
        for one in drafts:
            if one.kind is Kind.EVENT:
                one.type = choose_type(one, words.codebook, words.arms)
        _reckon(drafts, marks)
        drafts = fold(drafts, whereabouts.of, lambda d: d.type or "")
        self._elaborate(drafts, sentences)
        self._carry_over(drafts, sentences, marks, whereabouts)
        drafts = [d for d in drafts if self._worth(d)]
        drafts = conflict_only(drafts, sentences, words.codebook)
        for one in drafts:
            if one.kind is Kind.EVENT:
                one.type = choose_type(one, words.codebook, words.arms)
        builder = Builder(report, words.actors, words.arms, words.codebook, whereabouts, self.by)
        return [builder.build(d) for d in drafts]

    # ── one sentence ─────────────────────────────────────────────────────────────────────────────

    def _sentence(self, marks: Marks, parties: Parties, speakers: Sequence[Speaker]) -> list[Draft]:
        words = self.vocabulary
        sentence = marks.sentence
        if sentence.text.endswith("?") or _LONG_AGO.search(sentence.text):
            return []
        triggers = [t for t in find_triggers(sentence, words.codebook, self._lemmas) if self._states(t, speakers)]
        triggers = [t for t in triggers if not any(d.start <= t.token.idx < d.end for d in marks.dates)]  # "in March"
        counts = find_counts(sentence.text)
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
        groups = group([t for t in facts if t.token.i not in holding_verbs])
        for triggers_ in groups:
            if held and triggers_[0].family in ("siege", "cutoff"):
                continue
            rivals = [t for g in groups if g is not triggers_ for t in g]
            mine = self._counts_of(counts, triggers_, groups, sentence)
            made = draft(triggers_, marks, mine, parties, words.codebook, self._lemmas, not rivals, rivals)
            if supported(made, words.codebook, words.arms, self._lemmas):
                found.append(made)
        planned = self._plan(plans, marks, parties) if plans or not found else None
        if planned is not None:
            found.append(planned)
        return found

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
        if token.tag_ == "VBP" and token.dep_ == "relcl" and not any(c.dep_ in ("aux", "auxpass") for c in token.children):
            return False  # "militias who attack posts": what they are wont to do
        return not (not trigger.verbal and token.dep_ in ("compound", "npadvmod") and token.head.i > token.i)

    def _counts_of(
        self, counts: Sequence[Count], triggers: Sequence[Trigger], groups: Sequence[Sequence[Trigger]], sentence: Sentence
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

            if min(able, key=gap) is triggers:
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
        conditional = "condition" in modes or any(has_condition(v) for t in triggers for v in (t.token, *t.token.ancestors))
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
                if sighting.actor is None and before is not None and sighting.head in bloc and lead.endswith(("the ", "this ")):
                    names = tuple(dict.fromkeys((sighting.name, *before.names)))[:6]
                    side[n] = (replace(sighting, actor=before.actor, names=names), sentence)
        named = [s for s, _ in (*made.initiators, *made.targets) if s.actor is not None and s.kind == "armed"]
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

    def _attribute(self, made: Draft, speakers: Sequence[Speaker], carried: Speaker | None, last: tuple[Speaker, Sentence] | None) -> None:
        """Who is credited with a draft, and how sure it is."""
        tokens = [t.token for t in made.triggers] or [made.sentence.doc[0]]
        mine = [s for s in speakers if any(governs(s, t) for t in tokens)]
        # Who acts in the happening does not vouch for it by acting.
        named = [s for s in mine if not s.vague]
        if carried is not None and not mine:
            named = [carried]
        made.speakers = [(s, made.sentence) for s in named[:3] if s.name not in PRONOUNS]
        if named and not made.speakers and last is not None:
            made.speakers = [last]  # "It added that …": whoever spoke last
        elif carried is not None and not mine and last is not None:
            made.speakers = [last]
        if made.kind is Kind.PLAN:
            return
        hedged = bool(self.vocabulary.codebook.cues["hedge"].find(made.sentence.words))
        if any(s.denies for s in mine):
            made.factuality = Factuality.DENIED
        elif named:
            made.factuality = Factuality.CLAIMED
        elif hedged or mine:
            made.factuality = Factuality.REPORTED

    # ── the report as a whole ────────────────────────────────────────────────────────────────────

    def _carry_over(self, drafts: Sequence[Draft], sentences: Sequence[Sentence], marks: Sequence[Marks], whereabouts: Whereabouts) -> None:
        """Days and places that a sentence leaves unsaid come from the sentences before it."""
        by_sentence = _days_told(marks)
        where: list[tuple[PlaceMark, Sentence]] | None = None
        starts = {id(p.beside) for m in marks for p in m.places if p.beside is not None}  # Y of "X, south of Y": no place of its own
        told = [(p, m.sentence) for m in marks for p in m.places if p.known and (p.locative or p.feature) and id(p) not in starts]
        common = Counter(p.name.lower() for p, _ in told)
        local = [pair for pair in told if whereabouts.where(pair[0], pair[1].text).precision != "country"]
        main = max(local or told, key=lambda pair: common[pair[0].name.lower()], default=None)
        for one in sorted(drafts, key=lambda d: d.sentence.index):
            if one.places:
                where = one.places
            elif one.kind in (Kind.EVENT, Kind.PLAN, Kind.CONTROL):
                nearby = [p for p in marks[one.sentence.index].places if p.known and (p.locative or p.feature)]
                before = [
                    p
                    for back in (1, 2)
                    if one.sentence.index >= back
                    for p in marks[one.sentence.index - back].places
                    if p.locative and p.known
                ]
                meant = _place_meant(one.sentence, marks)
                if meant is not None:
                    one.places, one.inherited_place = [meant], True
                elif nearby:
                    one.places, one.inherited_place = [(nearby[0], one.sentence)], True
                elif where is not None:
                    one.places, one.inherited_place = where, True
                elif before:
                    one.places, one.inherited_place = [(before[0], sentences[one.sentence.index - 1])], True
                elif main is not None:
                    one.places, one.inherited_place = [main], True
            if one.date is None and one.kind is Kind.EVENT:
                near = by_sentence.get(one.sentence.index)
                if near is not None and near[0].when is not None:
                    one.date, one.inherited_date = near, True

    def _worth(self, made: Draft) -> bool:
        """Drops what says too little to be a claim."""
        if made.kind is not Kind.EVENT:
            return True
        own_place = bool(made.places) and not made.inherited_place
        own_day = made.date is not None and not made.inherited_date
        facts = sum((bool(made.initiators), bool(made.targets), own_place, own_day, bool(made.counts), own_place and bool(made.arms)))
        return facts >= 2 or (made.strength >= 0.8 and facts >= 1)


_THE_PLACE = re.compile(
    r"\b(?:the|this|that) (?:same )?(city|town|village|province|governorate|district|camp|airport|airbase|island|enclave)\b", re.I
)


def _place_meant(sentence: Sentence, marks: Sequence[Marks]) -> tuple[PlaceMark, Sentence] | None:
    """What "the city" or "the town" means: the place last named with that word."""
    match = _THE_PLACE.search(sentence.text)
    if match is None:
        return None
    word = match.group(1).lower()
    for m in reversed(marks[: sentence.index]):
        for place in reversed(m.places):
            if place.feature == word:
                return place, m.sentence
    return None


def _days_told(marks: Sequence[Marks]) -> dict[int, tuple[Dated, Sentence] | None]:
    """The single day told last, up to and with each sentence."""
    found: dict[int, tuple[Dated, Sentence] | None] = {}
    day: tuple[Dated, Sentence] | None = None
    for m in marks:
        stated = [d for d in m.dates if d.when is not None and d.when.start is not None and d.when.start == d.when.end]
        if stated:
            day = (stated[0], m.sentence)
        found[m.sentence.index] = day
    return found


def _reckon(drafts: Sequence[Draft], marks: Sequence[Marks]) -> None:
    """Reckons "the next day" and "three days later" from the day told before."""
    by_sentence = _days_told(marks)
    for one in drafts:
        if one.date is None or one.date[0].when is not None or one.date[0].shift_days is None:
            continue
        base = by_sentence.get(one.sentence.index - 1)
        moved = _shifted(base[0], one.date[0]) if base is not None else None
        one.date = (moved, one.sentence) if moved is not None else None


def _shifted(base: Dated, told: Dated) -> Dated | None:
    """ "The next day" reckoned from the day told before it."""
    when = base.when
    if when is None or when.start is None or when.end is None:
        return None
    move = timedelta(days=told.shift_days or 0)
    return replace(told, when=replace(when, start=when.start + move, end=when.end + move, words=None), shift_days=None)
