"""When a happening was: every day that its sentence tells is weighed; where it tells none, the days around it and the report's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft, Weighed, distance, ranked
from thucydides.claims.hearing import fills, weighed
from thucydides.claims.learned import Scale
from thucydides.claims.marks import Marks
from thucydides.claims.modality import goes_on
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.sentences import Lemmas, Sentence
from thucydides.claims.times.telling import SAID
from thucydides.claims.times.vocabulary import any_word
from thucydides.claims.triggers import VERBS, Trigger
from thucydides.claims.when import Dated, find_dates
from thucydides.record import Basis, Kind, When

if TYPE_CHECKING:
    from spacy.tokens import Token

LIKELY = 0.35  # a day of the sentence weighed below is not taken
POSSIBLE = 0.05  # one told around it, or the report's own, is taken down to this: its basis and its chance tell how it was found
UNTOLD = 0.5  # a day less likely than this share of the chance that none is known is left open
BACK, ON = 3, 1
LEAD = 1  # the sentences up to this one set the time of what a report goes on to tell
SHORT_DAYS = 3
LONG_DAYS = 20
COUNTED_DAYS = 27
_WHEN = phrase_of("dating", "when")
_PAST = wordlist("dating", "past")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day told somewhere in the report, with the evidence for its being a draft's."""

    dated: Dated
    sentence: Sentence
    evidence: dict[str, float]


def here(made: Draft, others: Sequence[Draft], codebook: Codebook, lemmas: Lemmas) -> Iterator[Candidate]:
    """Every day told in a draft's own sentence but those of sayings, of things ("the 2019 deal") and of counting ("the third in 2022").

    ``others`` are the other drafts of the sentence.
    """
    text = made.sentence.text
    dates = [d for d in made.marks.dates if d.of != SAID and not _of_a_thing(d, made) and not _counted_over(text, d)]
    apart = [_distance(made, d) for d in dates]
    first = made.triggers[0].token.idx if made.triggers else 0
    for n, dated in enumerate(dates):
        found = weighed("tagger", fills(made, "day", dated.start, max(dated.end, dated.start + 1)))
        told = made.date is not None and made.date[0] is dated
        found["told"], found["told nowhere"] = float(told), float(made.date is None)
        found["of another happening"] = float(any(d.date is not None and d.date[0] is dated for d in others))
        found["nearest"], found["steps"] = float(apart[n] == min(apart)), min(8.0, apart[n]) / 4
        found["only one"], found["before the trigger"] = float(len(dates) == 1), float(dated.start < first)
        found["of the speech"] = float(_of_speech(made.sentence.token_at(dated.start), made, codebook, lemmas))
        when = dated.when
        found["reckoned from another"] = float(when is None)
        if when is not None:
            found[f"basis {when.basis}"] = 1
            found["single day"] = float(when.start is not None and when.start == when.end)
            found["open"] = float(when.start is None or when.end is None)
            found["long"] = float(when.start is not None and when.end is not None and (when.end - when.start).days > 40)
        yield Candidate(dated, made.sentence, found)


def _distance(made: Draft, dated: Dated) -> float:
    token = made.sentence.token_at(dated.start)
    return distance(token, made.triggers) if token is not None and made.triggers else 4.0


def _of_speech(token: Token | None, made: Draft, codebook: Codebook, lemmas: Lemmas) -> bool:
    """Whether a day hangs on a verb of saying that does not state the happening."""
    own = {t.token.i for t in made.triggers}
    for _ in range(4):
        if token is None or token.head.i == token.i:
            return False
        token = token.head
        if token.tag_ in VERBS:
            return token.i not in own and lemmas.of(token, "VERB" if token.pos_ != "VERB" else None) in codebook.lists["speech"]
    return False


def _of_a_thing(dated: Dated, made: Draft) -> bool:
    """Whether a day only tells which thing is meant: "a 2019 deal", "the May talks", "a 1981 Chevrolet"."""
    token = made.sentence.token_at(dated.start)
    if token is None or token.dep_ not in ("compound", "nummod", "amod", "nmod") or token.head.idx < dated.end:
        return False
    return token.head.pos_ in ("NOUN", "PROPN") and all(t.token.i != token.head.i for t in made.triggers)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\b(?:\d+(?:st|nd|rd|th)|{any_word('ordinal')})\b[^.;|]{{3,60}}\Z", re.IGNORECASE)


def _counted_over(text: str, dated: Dated) -> bool:
    """Whether happenings are counted over a span: "the third massacre in 2022" was on some day of it, which the report takes as known."""
    when = dated.when
    if when is None or when.start is None or (when.end is not None and (when.end - when.start).days < COUNTED_DAYS):
        return False
    return _counted().search(text[: dated.start]) is not None


def date_here(made: Draft, others: Sequence[Draft], codebook: Codebook, lemmas: Lemmas, scale: Scale) -> None:
    """Gives a draft the likeliest day of its sentence, if one is likely; without a scale, what stands nearest stays."""
    if not scale.weights or not made.triggers:
        return
    able = [(scale.chance(c.evidence), n, c) for n, c in enumerate(here(made, others, codebook, lemmas))]
    best = max(able, default=None)
    made.date = (_then(best[2].dated, made), made.sentence) if best is not None and best[0] >= LIKELY else None
    made.weighed["date"] = _ranked(made, able)


def _then(dated: Dated, made: Draft) -> Dated:
    """The day itself of "since March 2011, when protests were crushed", for what is told behind "when"."""
    when = dated.when
    behind = _WHEN.match(made.sentence.text, dated.end)
    if when is None or when.start is None or when.end is not None or behind is None or made.triggers[0].token.idx < behind.end():
        return dated
    alone = next(iter(find_dates(made.sentence.text[dated.start : dated.end], when.start)), None)
    return replace(dated, when=replace(when, end=alone.when.end)) if alone is not None and alone.when is not None else dated


class Around:
    """The days told around a happening."""

    def __init__(self, marks: Sequence[Marks], published: date | None, kind: str | None) -> None:
        self._marks, self._published, self._kind = marks, published, kind
        self._days = {
            d.when.start for m in marks for d in m.dates if d.when is not None and d.when.start is not None and d.when.start == d.when.end
        }
        self._sayings = {d.when.start for m in marks for d in m.dates if d.when is not None and d.of == SAID}
        self._of: dict[int, Draft] = {}  # by the identity of a day: the happening that tells it
        self._lead = next((d for m in marks[: LEAD + 1] for d in m.dates if _sets_time(d)), None)

    def candidates(self, made: Draft, before: tuple[Dated, Sentence] | None) -> Iterator[Candidate]:
        """The days near a draft that has none, the day of the report, and none at all.

        ``before`` is the day of the happening told before it.
        """
        told = list(self._told(made, before))
        yield from told
        plain = {
            "": 1.0,
            "the lead has a day": float(self._lead is not None),
            "a day told before": float(any(c.evidence["nearest before"] for c in told)),
            "going on": float(goes_on(made.triggers)),
            "nothing else told": float(not told),
            "sayings alone": float(bool(told) and all(c.dated.of == SAID for c in told)),
            "other days told": float(bool(self._days - {self._published})),
            "a happening dated": float(any(d.date is not None for d in self._of.values())),
            "a happening that day": float(any(_on(d, self._published) for d in self._of.values())),
            "first sentence": float(made.sentence.index == 0),
            "early": float(made.sentence.index <= 2),
            "a verb": float(bool(made.triggers) and made.triggers[0].verbal),
            f"{self._kind}": 1.0,
            "no toll": float(not made.counts),
            "no place of its own": float(not made.places or made.inherited_place),
            "nobody told": float(not made.initiators or not made.targets),
            "many": float(bool(made.triggers) and made.triggers[0].token.tag_ in ("NNS", "NNPS")),
            "told once": float(not made.also),
            "claimed": float(bool(made.speakers)),
        }
        if self._published is not None:
            plain["told too"] = float(self._published in self._days)
            plain["a saying that day"] = float(self._published in self._sayings)
            when = When(start=self._published, end=self._published, basis=Basis.PUBLISHED)
            found = {f"published, {piece}" if piece else "published": value for piece, value in plain.items()}
            found["published, as the happening before"] = float(before is not None and _same(before[0].when, when))
            yield Candidate(Dated(0, 0, when), made.sentence, found)
        found = {f"untold, {piece}" if piece else "untold": value for piece, value in plain.items()}
        found["untold, no day of the report"] = float(self._published is None)
        yield Candidate(Dated(0, 0, None), made.sentence, found)

    def _told(self, made: Draft, before: tuple[Dated, Sentence] | None) -> Iterator[Candidate]:
        at = made.sentence.index
        telling = {s.index for s in (made.sentence, *made.also)}
        last: Dated | None = None
        nearest: Dated | None = None
        seen: set[tuple[date | None, date | None]] = set()
        near = [*range(at, max(-1, at - BACK - 1), -1), *range(at + 1, min(len(self._marks), at + ON + 1)), *range(max(0, at - BACK))[::-1]]
        for n in near:
            for dated in self._marks[n].dates:
                when = dated.when
                if when is None or (when.start, when.end) in seen or _long(when) or _counted_over(self._marks[n].sentence.text, dated):
                    continue
                single = when.start is not None and when.start == when.end
                if n < at - BACK and not (_short(when) and (n <= LEAD or last is None)):
                    continue
                seen.add((when.start, when.end))
                gap = at - n
                found = weighed("tagger", fills(made, "day", dated.start, max(dated.end, dated.start + 1), self._marks[n].sentence))
                if abs(gap) > BACK:
                    found = {"too far": 1.0}
                found["last single day told"] = float(single and last is None and gap >= 0)
                last = dated if _short(when) and gap >= 0 and last is None else last
                nearest = dated if nearest is None and gap > 0 and _sets_time(dated) else nearest
                found["nearest before"], found["the lead's day"] = float(dated is nearest), float(dated is self._lead)
                found["here"], found["next sentence"], found["one back"] = float(gap == 0), float(gap < 0), float(gap == 1)
                found["two back"], found["further back"] = float(gap == 2), float(gap > 2)
                found["of another telling"] = float(n in telling)
                found["same paragraph"] = float(self._marks[n].sentence.paragraph == made.sentence.paragraph)
                found["single day"], found["open"] = float(single), float(when.start is None or when.end is None)
                found["the report's day"] = float(single and when.start == self._published)
                found[f"basis {when.basis}"] = 1
                found["of the happening before"] = float(
                    before is not None and before[0].when is not None and before[0].when.start == when.start
                )
                found["only day told"] = float(single and len(self._days) == 1)
                found |= self._of_happening(made, dated) | _age(when, self._published)
                found["of a saying"] = float(dated.of == SAID)
                found["in the lead"] = float(n <= LEAD)
                found["detail of the lead"] = float(gap < 0 and at <= LEAD)
                yield Candidate(dated, self._marks[n].sentence, found)

    def _of_happening(self, made: Draft, dated: Dated) -> dict[str, float]:
        """Whether another happening tells a day as its own, and how like it is."""
        other = self._of.get(id(dated))
        if other is None:
            return {"of no happening": 1.0}
        names = {p.name.lower() for p, _ in other.places}
        return {
            "of a happening of its type": float(other.type == made.type),
            "of a happening of its place": float(not made.inherited_place and any(p.name.lower() in names for p, _ in made.places)),
        }

    def carry_over(self, drafts: Sequence[Draft], scale: Scale) -> None:
        """Gives drafts without a day of their own the likeliest of those around them, or leaves it open."""
        self._of = {id(d.date[0]): d for d in drafts if d.date is not None and d.kind is Kind.EVENT}
        before: tuple[Dated, Sentence] | None = None
        for one in sorted(drafts, key=lambda d: d.sentence.index):
            if one.date is not None or one.kind is not Kind.EVENT:
                before = one.date or before
                continue
            able = [(scale.chance(c.evidence), -n, c) for n, c in enumerate(self.candidates(one, before))]
            best = max((a for a in able if a[2].dated.when is not None), default=None)
            untold = max((chance for chance, _, c in able if c.dated.when is None), default=0.0)
            one.inherited_date = True
            if best is not None and best[0] >= POSSIBLE and best[0] >= UNTOLD * untold:
                one.date = (best[2].dated, best[2].sentence)
            one.weighed["date"] = _ranked(one, able)
            before = one.date or before


def _on(draft: Draft, day: date | None) -> bool:
    when = draft.date[0].when if draft.date else None
    return when is not None and when.start == when.end == day


def _short(when: When) -> bool:
    return when.start is not None and when.end is not None and (when.end - when.start).days <= SHORT_DAYS


def _long(when: When) -> bool:
    """Whether a span is too long to be the day of another happening than the one it is told of."""
    return when.start is not None and when.end is not None and (when.end - when.start).days > LONG_DAYS


def _sets_time(dated: Dated) -> bool:
    """Whether a day told may be that of what is told after it: a few days at most, and not those of a saying."""
    return dated.when is not None and dated.of != SAID and _short(dated.when)


def _same(one: When | None, other: When) -> bool:
    return one is not None and (one.start, one.end) == (other.start, other.end)


def _age(when: When, published: date | None) -> dict[str, float]:
    """How long a span is, and how long before the report."""
    found: dict[str, float] = {}
    if when.start is None or when.end is None:
        return found
    length = (when.end - when.start).days
    found["weeks long"] = float(length >= 7)
    if published is not None:
        age = (published - when.end).days
        found |= {"to come": float(age < 0), "a day old": float(age == 1), "days old": float(1 < age < 8)}
        found |= {"weeks old": float(8 <= age < 60), "older": float(age >= 60)}
    return found


def _ranked(made: Draft, able: Sequence[tuple[float, int, Candidate]]) -> list[Weighed]:
    return ranked((_told(c), chance, c.evidence, _is_taken(c.dated, made)) for chance, _, c in able)


def _is_taken(dated: Dated, made: Draft) -> bool:
    return made.date[0] is dated if made.date is not None else dated.when is None and dated.end == 0


def _told(candidate: Candidate) -> str:
    """The words of a day, or what stands for them."""
    when = candidate.dated.when
    if candidate.dated.end == 0:
        if when is None:
            return "no day"
        return "the day of the report"
    return candidate.sentence.text[candidate.dated.start : candidate.dated.end]


def close(drafts: Sequence[Draft], published: date | None) -> None:
    """Ends a span "since Sunday" with the report where the happening is told as over ("were killed since Sunday")."""
    for one in drafts:
        if one.kind is not Kind.EVENT or one.date is None or published is None or not _over(one):
            continue
        dated, sentence = one.date
        when = dated.when
        if when is not None and when.end is None and when.start is not None and when.start <= published:
            one.date = (replace(dated, when=replace(when, end=published)), sentence)


def _over(made: Draft) -> bool:
    """Whether a happening is told in a past that does not reach into the present."""
    return any(map(_is_past, made.triggers)) and not goes_on(made.triggers)


def _is_past(trigger: Trigger) -> bool:
    token = trigger.token
    helped = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    return (token.tag_ == "VBD" and not helped) or (token.tag_ in ("VBN", "VBG") and bool(helped & _PAST))


def reckon(drafts: Sequence[Draft], marks: Sequence[Marks]) -> None:
    """Reckons "the next day" and "three days later" from the day told before."""
    for one in drafts:
        if one.date is None or one.date[0].when is not None or one.date[0].shift_days is None:
            continue
        base = _base(one.date[0], marks[: one.sentence.index + 1])
        one.date = (_shifted(base, one.date[0]), one.sentence) if base is not None else None


def _base(told: Dated, marks: Sequence[Marks]) -> When | None:
    """The day that another is reckoned from: the last before it in its sentence, else one of the nearest sentence, rather no saying's."""
    here = [d for d in marks[-1].dates if d.end <= told.start][::-1]
    for dates in (here, *(m.dates for m in reversed(marks[:-1]))):
        single = [d for d in dates if d.when is not None and d.when.start is not None and d.when.start == d.when.end]
        if single:
            return min(single, key=lambda d: d.of == SAID).when
    return None


def _shifted(base: When, told: Dated) -> Dated:
    move = timedelta(days=told.shift_days or 0)
    assert base.start is not None and base.end is not None
    when = replace(base, start=base.start + move, end=base.end + move, words=None, time_of_day=told.time_of_day)
    return replace(told, when=when, shift_days=None)
