"""The finest place of a happening: what one sentence puts in a province or city, another one often puts in a village or quarter.

Every place told around a happening that lies in one of its own places, and says more than that, is weighed. Those taken stand instead
of the place that they lie in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from thucydides.claims.drafts import Draft, ranked
from thucydides.claims.hearing import alike, fills, weighed
from thucydides.claims.learned import Scale
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.placing import Candidate
from thucydides.claims.sentences import Sentence
from thucydides.claims.whereabouts import Whereabouts
from thucydides.places.geometry import distance_km
from thucydides.places.names import fold_name
from thucydides.record import Kind, Where

LIKELY = 0.4
MOST = 6
BACK, ON = 2, 4  # how many sentences before and behind a telling are searched
FINER = 0.7  # a finer place has a radius of at most so much of the wider one's
SLACK_KM = 10.0  # radii are rough


def lies_in(inner: Where, outer: Where) -> bool:
    """Whether a place is a finer one within another, as far as points and radii tell."""
    if inner.lat is None or inner.lon is None or outer.lat is None or outer.lon is None:
        return False
    reach, own = outer.radius_km or 0.0, inner.radius_km or 0.0
    held = inner.place is None and inner.lat == outer.lat and inner.lon == outer.lon  # nobody knows it; it is in the other
    if outer.precision == "country":
        return inner.precision != "country" and inner.country == outer.country
    return (held or own <= FINER * reach) and distance_km((inner.lat, inner.lon), (outer.lat, outer.lon)) <= reach + SLACK_KM


class Narrowing:
    """The finer places told in one report."""

    def __init__(self, sentences: Sequence[Sentence], marks: Sequence[Marks], whereabouts: Whereabouts) -> None:
        self._marks, self._whereabouts, self._sentences = marks, whereabouts, sentences
        self._often = Counter(fold_name(p.name) for m in marks for p in m.places)

    def candidates(self, made: Draft, others: Sequence[Draft]) -> Iterator[Candidate]:
        """The places told around a happening that lie in one of its own. ``others`` are the other happenings of the report."""
        own = [(p, self._whereabouts.where(p, s.text)) for p, s in made.places]
        names = {fold_name(p.name) for p, _ in own}
        tellings = {s.index for s in (made.sentence, *made.also)}
        of_tellings = {id(p) for d in made.further for p, _ in d.places}
        elsewhere = {id(p) for d in others for p, _ in d.places}
        busy = Counter(s.index for d in others for s in (d.sentence, *d.also))
        able = []
        for n in sorted({n for at in tellings for n in range(max(0, at - BACK), min(len(self._marks), at + ON + 1))}):
            for place in self._marks[n].places:
                sentence = self._marks[n].sentence
                if fold_name(place.name) in names or not self._whereabouts.is_place(place, sentence.text):
                    continue
                where = self._whereabouts.where(place, sentence.text)
                outer = next((w for _, w in own if lies_in(where, w)), None)
                if outer is not None:
                    able.append((place, sentence, where, outer))
        seen: Counter[str] = Counter()
        own_words = {t.token.text.lower() for t in made.triggers}
        for place, sentence, where, outer in able:
            name = fold_name(place.name)
            gap = min((sentence.index - at for at in tellings), key=abs)
            found = weighed("tagger", max(-6.0, fills(made, "at", place.start, place.end, sentence)))
            found["told here"], found["in a telling"] = float(sentence is made.sentence), float(gap == 0)
            found["a telling's"] = float(id(place) in of_tellings)
            found["another's"] = float(id(place) in elsewhere)
            found["another told there"] = float(gap != 0 and busy[sentence.index] > 0)
            found["nothing told there"] = float(gap != 0 and not busy[sentence.index])
            found["next sentence"], found["further on"], found["before"] = float(gap == 1), float(gap > 1), float(gap < 0)
            found["same paragraph"] = float(sentence.paragraph == made.sentence.paragraph)
            found["told before"] = float(seen[name] > 0)
            found["often told"] = min(4, self._often[name]) / 2
            found["rivals"] = min(6, len({fold_name(p.name) for p, *_ in able})) / 3
            found["locative"], found["known"], found["feature"] = float(place.locative), float(where.place is not None), float(bool(place.feature))
            found["holds another"] = float(any(p.within is place for p in self._marks[sentence.index].places))
            found["starting point"] = float(any(p.beside is place for p in self._marks[sentence.index].places))
            found["an actor's name"] = float(any(h.start < place.end and place.start < h.end for h in self._marks[sentence.index].actors))
            found["finer"] = min(4.0, log(max(1.0, (outer.radius_km or 1.0) / max(1.0, where.radius_km or 1.0)))) / 2
            found[f"in a {outer.precision}"] = 1.0
            found[f"is {where.precision}"] = 1.0
            found[f"{where.precision} in a {outer.precision}"] = 1.0
            found |= _told_there(made, [d for d in others if sentence in (d.sentence, *d.also)])
            found["same word there"] = float(gap != 0 and bool(own_words & {w.folded for w in sentence.words}))
            found["told in the lead"] = float(made.sentence.index <= 1 or made.sentence.section == "title")
            seen[name] += 1
            yield Candidate(place, sentence, found)

    def narrow(self, drafts: Sequence[Draft], scale: Scale) -> None:
        """Puts finer places where happenings have wide ones of their own."""
        if not scale.weights:
            return
        for one in drafts:
            if one.kind is not Kind.EVENT or one.inherited_place or not one.places:
                continue
            able = list(self.candidates(one, [d for d in drafts if d is not one]))
            taken: dict[str, Candidate] = {}
            for c in sorted(able, key=lambda c: -scale.score(c.evidence)):
                if scale.chance(c.evidence) >= LIKELY and len(taken) < MOST:
                    taken.setdefault(fold_name(c.mark.name), c)
            if not taken:
                continue
            inner = [self._whereabouts.where(c.mark, c.sentence.text) for c in taken.values()]
            kept = [(p, s) for p, s in one.places if not any(lies_in(w, self._whereabouts.where(p, s.text)) for w in inner)]
            one.places = [*kept, *((c.mark, c.sentence) for c in taken.values())]
            told = ((c.mark.name, scale.chance(c.evidence), c.evidence, taken.get(fold_name(c.mark.name)) is c) for c in able)
            one.weighed["places"] = ranked(told)


def _told_there(made: Draft, there: Sequence[Draft]) -> dict[str, float]:
    """How like a happening those are that a sentence tells."""
    if not there:
        return {}
    best: dict[str, float] = {}
    for other in there:
        for name, value in alike(made, other).items():
            best[name] = max(value, best.get(name, -9.0))
    mine = {c.toll.low for c, _ in made.counts if c.field == "killed"}
    tolls = [{c.toll.low for c, _ in d.counts if c.field == "killed"} for d in there]
    return best | {
        "same type there": float(any(d.type == made.type for d in there)),
        "same toll there": float(any(mine & t for t in tolls)),
        "other toll there": float(bool(mine) and any(t and not mine & t for t in tolls)),
    }
