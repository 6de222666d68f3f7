"""The finest place of a happening: what one sentence puts in a province or city, another one often puts in a village or quarter.

Every place told around a happening that lies in one of its own places, and says more than that, is weighed. Those taken stand instead
of the place that they lie in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from thucydides.claims.drafts import Draft, ranked
from thucydides.claims.hearing import alike, fills, weighed
from thucydides.claims.learned import Scale
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.placing import Candidate
from thucydides.claims.sentences import Sentence
from thucydides.claims.whereabouts import Whereabouts, is_known
from thucydides.places.geometry import distance_km
from thucydides.places.names import fold_name
from thucydides.record import Kind, Where

LIKELY = 0.4  # a finer place is taken from this chance: the wide one it stands for is seldom the name an annotator gives
MOST = 6
BACK, ON = 2, 4  # how many sentences before and behind a telling are searched
FINER = 0.7  # a finer place has a radius of at most so much of the wider one's
WIDE_KM = 30.0  # a place of no table, told with a happening that another telling puts no nearer than this, lies there
SLACK_KM = 10.0  # radii are rough


@dataclass(frozen=True, slots=True)
class Finer:
    """A place told around a happening, and the one of the happening's own that it lies in."""

    mark: PlaceMark
    sentence: Sentence
    where: Where
    outer: Where


def lies_in(inner: Where, outer: Where) -> bool:
    """Whether a place is a finer one within another, as far as points and radii tell."""
    if inner.lat is None or inner.lon is None or outer.lat is None or outer.lon is None:
        return False
    if not is_known(outer):
        return False  # its spot and radius are those of what holds it
    if outer.precision == "country":
        return inner.precision != "country" and inner.country == outer.country
    reach, own = outer.radius_km or 0.0, inner.radius_km or 0.0
    held = inner.place is None and inner.lat == outer.lat and inner.lon == outer.lon  # nobody knows it; it is in the other
    return (held or own <= FINER * reach) and distance_km((inner.lat, inner.lon), (outer.lat, outer.lon)) <= reach + SLACK_KM


def told_in(place: PlaceMark, where: Where, outer: PlaceMark) -> bool:
    """Whether the words put a known place into another: "Jisr al-Shughour, Idlib province" is in Idlib, though no part of the city."""
    held = place.within is not None and place.beside is None and fold_name(place.within.name) == fold_name(outer.name)
    return held and is_known(where)


class Narrowing:
    """The finer places told in one report."""

    def __init__(self, marks: Sequence[Marks], whereabouts: Whereabouts) -> None:
        self._marks, self._whereabouts = marks, whereabouts
        self._often = Counter(fold_name(p.name) for m in marks for p in m.places)

    def candidates(self, made: Draft, others: Sequence[Draft]) -> Iterator[Candidate]:
        """The places told around a happening that lie in one of its own. ``others`` are the other happenings of the report."""
        able = list(self._finer(made))
        rivals = len({fold_name(one.mark.name) for one in able})
        before: set[str] = set()
        for one in able:
            name = fold_name(one.mark.name)
            found = _as_told(one, made) | _among(one, made, others) | self._as_named(one)
            found["told before"], found["rivals"] = float(name in before), min(6, rivals) / 3
            before.add(name)
            yield Candidate(one.mark, one.sentence, found)

    def _finer(self, made: Draft) -> Iterator[Finer]:
        own = [(p, self._whereabouts.where(p, s.text)) for p, s in made.places]
        names = {fold_name(p.name) for p, _ in own}
        telling = {s.index for s in (made.sentence, *made.also)}
        around = {n for s in (made.sentence, *made.also) for n in range(s.index - BACK, s.index + ON + 1)}
        for n in sorted(around & set(range(len(self._marks)))):
            sentence = self._marks[n].sentence
            for place in self._marks[n].places:
                if fold_name(place.name) in names or not self._whereabouts.is_place(place, sentence.text):
                    continue
                where = self._whereabouts.where(place, sentence.text)
                outer = next((w for p, w in own if lies_in(where, w) or told_in(place, where, p)), None)
                if outer is None and where.lat is None and sentence.index in telling:
                    outer = next((w for _, w in own if is_known(w) and (w.radius_km or 0.0) >= WIDE_KM), None)
                if outer is not None:
                    yield Finer(place, sentence, where, outer)

    def _as_named(self, one: Finer) -> dict[str, float]:
        """How a place is told in its sentence and in the report, and how much finer it is."""
        marks = self._marks[one.sentence.index]
        place, where, outer = one.mark, one.where, one.outer
        return {
            "often told": min(4, self._often[fold_name(place.name)]) / 2,
            "locative": float(place.locative),
            "known": float(where.place is not None),
            "feature": float(bool(place.feature)),
            "holds another": float(any(p.within is place for p in marks.places)),
            "starting point": float(any(p.beside is place for p in marks.places)),
            "an actor's name": float(any(h.start < place.end and place.start < h.end for h in marks.actors)),
            "finer": min(4.0, log(max(1.0, (outer.radius_km or 1.0) / max(1.0, where.radius_km or 1.0)))) / 2,
            f"in a {outer.precision}": 1.0,
            f"is {where.precision}": 1.0,
            f"{where.precision} in a {outer.precision}": 1.0,
        }

    def narrow(self, drafts: Sequence[Draft], scale: Scale) -> None:
        """Puts finer places where happenings have wide ones of their own."""
        if not scale.weights:
            return
        for one in drafts:
            if one.kind is Kind.EVENT and one.places and not one.inherited_place:
                self._narrow(one, [d for d in drafts if d is not one], scale)

    def _narrow(self, made: Draft, others: Sequence[Draft], scale: Scale) -> None:
        weighed_ = sorted(((scale.chance(c.evidence), n, c) for n, c in enumerate(self.candidates(made, others))), reverse=True)
        taken: dict[str, Candidate] = {}
        for chance, _, c in weighed_:
            if chance >= LIKELY and len(taken) < MOST:
                taken.setdefault(fold_name(c.mark.name), c)
        if not taken:
            return
        lost = {id(c.mark) for c in taken.values() if self._whereabouts.where(c.mark, c.sentence.text).lat is None}
        for one in self._finer(made) if lost else ():
            if id(one.mark) in lost:
                self._whereabouts.hold(one.mark, one.outer)
        inner = [(c.mark, self._whereabouts.where(c.mark, c.sentence.text)) for c in taken.values()]
        own = [(p, s, self._whereabouts.where(p, s.text)) for p, s in made.places]
        kept = [(p, s) for p, s, wide in own if not any(lies_in(w, wide) or told_in(one, w, p) for one, w in inner)]
        made.places = [*kept, *((c.mark, c.sentence) for c in taken.values())]
        made.weighed["places"] = ranked((c.mark.name, chance, c.evidence, c in taken.values()) for chance, _, c in weighed_)


def _as_told(one: Finer, made: Draft) -> dict[str, float]:
    """Where a place is told, as seen from the tellings of a happening."""
    gap = min((one.sentence.index - s.index for s in (made.sentence, *made.also)), key=abs)
    words = {t.token.text.lower() for t in made.triggers}
    return weighed("tagger", fills(made, "at", one.mark.start, one.mark.end, one.sentence)) | {
        "told here": float(one.sentence is made.sentence),
        "in a telling": float(gap == 0),
        "a telling's": float(any(p is one.mark for d in made.further for p, _ in d.places)),
        "next sentence": float(gap == 1),
        "further on": float(gap > 1),
        "before": float(gap < 0),
        "same paragraph": float(one.sentence.paragraph == made.sentence.paragraph),
        "same word there": float(gap != 0 and bool(words & {w.folded for w in one.sentence.words})),
        "told in the lead": float(made.sentence.index <= 1 or made.sentence.section == "title"),
    }


def _among(one: Finer, made: Draft, others: Sequence[Draft]) -> dict[str, float]:
    """What else its sentence tells, and how like that is to the happening."""
    there = [d for d in others if one.sentence in (d.sentence, *d.also)]
    outside = one.sentence not in (made.sentence, *made.also)
    found = {
        "another's": float(any(p is one.mark for d in others for p, _ in d.places)),
        "another told there": float(outside and bool(there)),
        "nothing told there": float(outside and not there),
    }
    if not there:
        return found
    for other in there:
        for name, value in alike(made, other).items():
            found[name] = max(value, found.get(name, -9.0))
    mine = {c.toll.low for c, _ in made.counts if c.field == "killed"}
    tolls = [{c.toll.low for c, _ in d.counts if c.field == "killed"} for d in there]
    return found | {
        "same type there": float(any(d.type == made.type for d in there)),
        "same toll there": float(any(mine & t for t in tolls)),
        "other toll there": float(bool(mine) and any(t and not mine & t for t in tolls)),
    }
