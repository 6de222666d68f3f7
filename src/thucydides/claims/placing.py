"""Where a happening was: every place that its sentence names is weighed, and where it names none, the places told around it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from thucydides.claims.drafts import CLUSTER, Draft, distance, ranked
from thucydides.claims.hearing import fills, weighed
from thucydides.claims.learned import Scale
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.modality import goes_on
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.sentences import Sentence
from thucydides.claims.whereabouts import Whereabouts, is_known
from thucydides.places.names import fold_name
from thucydides.places.tables import persons
from thucydides.record import Kind, Where

LIKELY = 0.5  # a place of the sentence weighed above is one of the happening's places
POSSIBLE = 0.25  # the best is taken down to this
MOST = 6
OLD_DAYS = 60  # what is further back than this is background
HISTORY_DAYS = 300
LONG_DAYS = 40  # a span that tells of a course of war, not of one happening
WIDE_KM = 150.0
STEPS = 4  # of syntax between a happening's word and the place that it was in
BACK, ON = 4, 1  # how many sentences around a happening without a place are searched
_THE_PLACE = phrase_of("placing", "the place")
_BESIDE_IT = phrase_of("placing", "beside it")
_DWELLERS = wordlist("placing", "dwellers")
_ON_THE_WAY = phrase_of("placing", "on the way")
_LAUNCHED = phrase_of("placing", "launched from")
_AGED = phrase_of("placing", "aged, of")
_LEADING_AWAY = (_LAUNCHED, _ON_THE_WAY, _AGED)  # what stands before a place where nothing happened
_BORDERS = wordlist("placing", "borders")
_SETTLEMENTS = frozenset({"city", "town", "village"})
_NEXT_WORD = re.compile(r"\s([A-Z]\w+)")
PLACED = (Kind.EVENT, Kind.PLAN, Kind.CONTROL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place told somewhere in the report, with the evidence for its being a draft's."""

    mark: PlaceMark
    sentence: Sentence
    evidence: dict[str, float]


def here(made: Draft, others: Sequence[Draft], whereabouts: Whereabouts) -> Iterator[Candidate]:
    """Every place of a draft's own sentence. ``others`` are the other drafts of the sentence."""
    sentence = made.sentence
    places = [
        p
        for p in made.marks.places
        if whereabouts.is_place(p, sentence.text) and not _runs_on(p, sentence, whereabouts) and not _acts(p, made, whereabouts)
    ]
    there = [p for p in places if not any(led.search(sentence.text, 0, p.start) for led in _LEADING_AWAY) and not _is_origin(p, made)]
    places = there or places  # "a rocket fired from Gaza landed near Sderot", "a man from Homs was killed near Palmyra"
    told = {id(p) for p, _ in made.places}
    apart = {id(p): _distance(made, p) for p in places}
    order = sorted(apart.values())
    holders = {id(p.within) for p in places if p.within is not None}
    beside = {id(p.beside) for p in places if p.beside is not None}
    first = made.triggers[0].token.idx if made.triggers else 0
    for place in places:
        found = weighed("tagger", fills(made, "at", place.start, place.end))
        found |= weighed("tagger target", fills(made, "to", place.start, place.end))
        is_told = id(place) in told
        found["told"], found["told nowhere"], found["told elsewhere"] = float(is_told), float(not told), float(bool(told) and not is_told)
        found["of another happening"] = float(any(p is place for d in others for p, _ in d.places))
        found["locative"], found["known"], found["feature"] = float(place.locative), float(place.known), float(bool(place.feature))
        found["holds another"], found["held by another"] = float(id(place) in holders), float(place.within is not None)
        found["starting point"] = float(id(place) in beside)
        found["nearest"] = float(apart[id(place)] == order[0])
        found["steps"] = min(8.0, apart[id(place)]) / 4
        found["only one"], found["before the trigger"] = float(len(places) == 1), float(place.start < first)
        lead = place.before.split()[-1:] if place.before else sentence.text[: place.told_start].lower().split()[-1:]
        found[f"after {lead[0]}" if lead else "at the head"] = 1
        token = sentence.token_at(place.start)
        if token is not None:
            found[f"as {token.dep_}"] = 1
        found["an actor's name"] = float(any(h.start < place.end and place.start < h.end for h in made.marks.actors))
        found["in a party's name"] = float(any(s.start <= place.start < s.end for s, _ in (*made.initiators, *made.targets)))
        where = whereabouts.where(place, sentence.text)
        found |= _as_found(where) | _as_name(place, sentence) | _of_old(sentence, made.marks, where, whereabouts)
        found["a dateline"] = float(heads_the_report(place, sentence, whereabouts))
        found[f"{CLUSTER.get(made.family, 'other')} {'locative' if place.locative else 'bare'}"] = 1
        yield Candidate(place, sentence, found)


def _acts(place: PlaceMark, made: Draft, whereabouts: Whereabouts) -> bool:
    """Whether a country's name is the state that acts: "the United States struck a base in Iraq"."""
    own = [s for s, sentence in made.initiators if sentence is made.sentence and s.kind == "state"]
    told = not place.locative and any(s.start <= place.start and place.end <= s.end for s in own)
    return told and whereabouts.where(place, made.sentence.text).precision == "country"


def _is_origin(place: PlaceMark, made: Draft) -> bool:
    """Whether a place only tells where somebody is from: of a party, or of who speaks."""
    token = made.sentence.token_at(place.end - 1)
    while token is not None and token.dep_ == "compound" and token.head.i > token.i:
        token = token.head  # "soldiers from the Oregon Army National Guard"
    if token is None or token.dep_ != "pobj" or token.head.lower_ not in ("from", "of"):
        return False
    whose = token.head.head
    if token.head.lower_ == "of":
        return whose.lower_ in _DWELLERS
    own = {t.token.i for t in made.triggers}
    parties = [s for s, sentence in (*made.initiators, *made.targets) if sentence is made.sentence]
    return whose.i not in own and (whose.lower_ in _DWELLERS or any(s.start <= whose.idx < s.end and s.kind != "object" for s in parties))


def _as_found(where: Where) -> dict[str, float]:
    """What the gazetteer makes of a name: a name that means no place of the report is seldom where something happened."""
    known = is_known(where)
    return {
        f"is {where.precision}": 1.0,
        "of no table": float(not known),
        "of no table, nowhere": float(not known and where.lat is None),
        "surely meant": (where.score or 0.0) if known else 0.0,
    }


def _as_name(place: PlaceMark, sentence: Sentence) -> dict[str, float]:
    """What speaks for a name being a person's: words of a table, and a capital right before it."""
    words = fold_name(place.name).split()
    before = sentence.text[: place.start].rpartition(" ")[0] if sentence.text[: place.start].endswith(" ") else ""
    last = sentence.text[: place.start].split()[-1:] if place.start else []
    joined = bool(last) and last[0][:1].isupper() and last[0].isalpha() and place.told_start == place.start and bool(before)
    return {
        "a given name": float(words[:1] != [] and words[0] in persons().given),
        "a family name": float(words[-1:] != [] and words[-1] in persons().family),
        "joined to a name": float(joined),
        "behind a given name": float(joined and fold_name(last[0]) in persons().given),
    }


def _of_old(sentence: Sentence, marks: Marks, where: Where, whereabouts: Whereabouts) -> dict[str, float]:
    """Whether a sentence tells of what is long over: such background is often put in a country alone."""
    on = whereabouts.on
    old = on is not None and any(
        d.when is not None and (d.when.start or d.when.end or on) < on - timedelta(days=OLD_DAYS) for d in marks.dates
    )
    return {"of old": float(old), f"of old, is {where.precision}": float(old)}


def heads_the_report(place: PlaceMark, sentence: Sentence, whereabouts: Whereabouts) -> bool:
    """Whether a name is where a report was written: "BEIRUT, 3 May", "MOSCOW (Agency)"."""
    if sentence.index > 2 or place.start > 2:
        return False
    return place.name.isupper() or (whereabouts.dateline is not None and fold_name(place.name) == fold_name(whereabouts.dateline))


def _runs_on(place: PlaceMark, sentence: Sentence, whereabouts: Whereabouts) -> bool:
    """Whether a dateline runs into the first sentence, where its comma was lost: "Beirut Syrian jets killed ten in Idlib"."""
    behind = _NEXT_WORD.match(sentence.text, place.end) if sentence.index <= 2 and place.start == 0 else None
    return behind is not None and whereabouts.is_people(behind.group(1))


def _distance(made: Draft, place: PlaceMark) -> float:
    token = made.sentence.token_at(place.start)
    return distance(token, made.triggers) if token is not None and made.triggers else 4.0


def place(made: Draft, others: Sequence[Draft], whereabouts: Whereabouts, scale: Scale) -> None:
    """Gives a draft the places of its sentence that weigh enough; without a scale, what the constructions gave stays."""
    if not scale.weights or not made.triggers:
        return
    weighed_ = sorted(((scale.chance(c.evidence), n, c) for n, c in enumerate(here(made, others, whereabouts))), reverse=True)
    taken = [c for chance, n, c in weighed_ if chance >= (LIKELY if n else POSSIBLE) or (c is weighed_[0][2] and chance >= POSSIBLE)]
    taken = [c for c in taken if not any(_holds(c.mark, o.mark) for o in taken)][:MOST]
    made.places = [(c.mark, c.sentence) for c in sorted(taken, key=lambda c: c.mark.start)]
    made.weighed["places"] = ranked((c.mark.name, chance, c.evidence, c in taken) for chance, _, c in weighed_)


def _holds(one: PlaceMark, other: PlaceMark) -> bool:
    """Whether a place is told as what holds another: there, or elsewhere in the sentence by the same name."""
    if other.within is None or other is one:
        return False
    return other.within is one or (other.beside is None and fold_name(other.within.name) == fold_name(one.name))


class Around:
    """The places told around a happening, and which of them it may have happened in."""

    def __init__(self, sentences: Sequence[Sentence], marks: Sequence[Marks], whereabouts: Whereabouts, features: frozenset[str]) -> None:
        self._features = features  # words for what stands where it is: a base, a town
        self._marks, self._sentences, self._whereabouts = marks, sentences, whereabouts
        starts = {id(p.beside) for m in marks for p in m.places if p.beside is not None}  # Y of "X, south of Y": no place of its own
        self._told = [(p, m.sentence) for m in marks for p in m.places if p.known and (p.locative or p.feature) and id(p) not in starts]
        self._common = Counter(p.name.lower() for p, _ in self._told)
        local = [pair for pair in self._told if whereabouts.where(pair[0], pair[1].text).precision != "country"]
        self._land = self._country()
        self._main = max(local or self._told, key=lambda pair: self._common[pair[0].name.lower()], default=None)

    def candidates(self, made: Draft, before: Sequence[tuple[PlaceMark, Sentence]]) -> Iterator[Candidate]:
        """The places near a draft that has none. ``before`` are those of the happening told before it."""
        at = made.sentence.index
        meant = _place_meant(made.sentence, self._marks, self._whereabouts)
        pairs = [(p, s) for p, s in (*([meant] if meant else []), *before, *([self._main] if self._main else []))]
        for n in (*range(at, max(-1, at - BACK - 1), -1), *range(at + 1, min(len(self._marks), at + ON + 1))):
            pairs += [(p, self._marks[n].sentence) for p in self._marks[n].places]
        pairs += [(p, s) for p, s in self._told[:2]]
        pairs += [(p, made.sentence) for p in _peoples(self._marks[at], self._whereabouts) if not self._only_tells_whose(p, made)]
        pairs += [self._land] if self._land and not (self._land[0].people and self._only_tells_whose(self._land[0], made)) else []
        general, acted = _general(made), _acts_on_the_place(made)
        seen: set[int] = set()
        total = max(self._common.values(), default=1)
        for place, sentence in pairs:
            if id(place) in seen:
                continue
            seen.add(id(place))
            if not self._whereabouts.is_place(place, sentence.text) or (
                sentence is made.sentence and _acts(place, made, self._whereabouts)
            ):
                continue
            gap = at - sentence.index
            where = self._whereabouts.where(place, sentence.text)
            found = weighed("tagger", fills(made, "at", place.start, place.end, sentence)) if abs(gap) <= BACK else {"too far": 1.0}
            found["meant"] = float(meant is not None and place is meant[0])
            found["meant where it was"] = float(meant is not None and place is meant[0] and acted)
            found["of the happening before"] = float(any(p is place for p, _ in before))
            found["the report's"] = float(self._main is not None and place.name.lower() == self._main[0].name.lower())
            found["first told"] = float(bool(self._told) and place is self._told[0][0])
            found["often told"] = self._common[place.name.lower()] / total
            found["here"], found["next sentence"] = float(gap == 0), float(gap < 0)
            found["one back"], found["two back"], found["further back"] = float(gap == 1), float(gap == 2), float(gap > 2)
            found["same paragraph"] = float(sentence.paragraph == made.sentence.paragraph)
            found["locative"], found["known"], found["feature"] = float(place.locative), float(place.known), float(bool(place.feature))
            found["starting point"] = float(any(p.beside is place for p in self._marks[sentence.index].places))
            found[f"precision {where.precision}"] = 1
            found["an actor's name"] = float(any(h.start < place.end and place.start < h.end for h in self._marks[sentence.index].actors))
            found |= _as_name(place, sentence) | _of_old(made.sentence, made.marks, where, self._whereabouts)
            found["of no table"] = float(not is_known(where))
            found["a people's"] = float(place.people)
            found["a dateline"] = float(heads_the_report(place, sentence, self._whereabouts))
            wide = where.precision == "country" or (where.radius_km or 0.0) >= WIDE_KM
            found |= {f"{'wide' if wide else 'narrow'}, {name}": value for name, value in general.items()}
            found["the report's country"] = float(self._land is not None and place is self._land[0])
            found["in the title"] = float(sentence.section == "title" or sentence.index == 0)
            yield Candidate(place, sentence, found)

    def _only_tells_whose(self, people: PlaceMark, made: Draft) -> bool:
        """Whether a people's name says no more than whose somebody or something is: "French soldiers", "near the Turkish border"."""
        token = made.sentence.token_at(people.start) if people.name in made.sentence.text[people.start : people.end] else None
        if token is None:
            return False
        parties = [s for s, sentence in (*made.initiators, *made.targets) if sentence is made.sentence]
        parties = [s for s in parties if s.head not in self._features]  # "a Syrian air base" does not move
        of_party = any(s.start <= people.start < s.end or s.start <= token.head.idx < s.end for s in parties)
        return of_party or token.head.lower_ in _BORDERS

    def _country(self) -> tuple[PlaceMark, Sentence] | None:
        """The country that the report is about, where it is named, be it by its people."""
        told = [(p, m.sentence) for m in self._marks for p in (*m.places, *_peoples(m, self._whereabouts))]
        named = ((p, s) for p, s in told if p.known and self._whereabouts.is_home(p, s.text))
        return next(named, None)

    def carry_over(self, drafts: Sequence[Draft], scale: Scale) -> None:
        """Gives drafts without a place of their own the likeliest of those around them; what is years old the report's country."""
        before: list[tuple[PlaceMark, Sentence]] = []
        earlier: list[Draft] = []
        for one in sorted(drafts, key=lambda d: d.sentence.index):
            land = self._land if not one.places and one.kind is Kind.EVENT and self._is_history(one) else None
            if land is not None and not (land[0].people and self._only_tells_whose(land[0], one)):
                one.places, one.inherited_place = [land], True
            elif not one.places and one.kind is Kind.EVENT and (there := _where_the_same_was_hit(one, earlier)) is not None:
                one.places, one.inherited_place = [there], True
            elif not one.places and one.kind in PLACED:
                able = list(self.candidates(one, before))
                best = max(able, key=lambda c: scale.score(c.evidence), default=None)
                if best is not None:
                    one.weighed["places"] = ranked((c.mark.name, scale.chance(c.evidence), c.evidence, c is best) for c in able)
                    one.places, one.inherited_place = [(best.mark, best.sentence)], True
            before = (one.places if land is None else []) or before
            earlier.append(one)

    def _is_history(self, made: Draft) -> bool:
        """Whether a happening began a year ago or more: "the conflict began in 2011" was not in the town of the day's news."""
        when, on = made.date[0].when if made.date is not None else None, self._whereabouts.on
        return when is not None and when.start is not None and on is not None and when.start < on - timedelta(days=HISTORY_DAYS)


def _where_the_same_was_hit(made: Draft, earlier: Sequence[Draft]) -> tuple[PlaceMark, Sentence] | None:
    """The place of the last happening before that hit the thing which this one hits again: "denied that it had bombed the hospital"."""
    text = made.sentence.text.lower()
    again = {s.head for s, told in made.targets if s.kind == "object" and told is made.sentence and text[: s.start].endswith("the ")}
    for other in reversed(earlier):
        if other.places and not other.inherited_place and again & {s.head for s, _ in other.targets if s.kind == "object"}:
            return other.places[0]
    return None


def _general(made: Draft) -> dict[str, float]:
    """What tells whether a happening without a place of its own is one of a war as a whole: "Russia has bombed hospitals since 2015"."""
    when = made.date[0].when if made.date is not None else None
    spans = when is not None and (when.start is None or when.end is None or (when.end - when.start).days > LONG_DAYS)
    token = made.triggers[0].token if made.triggers else None
    return {
        "over a long time": float(spans),
        "on a day of its own": float(when is not None and not spans),
        "no toll": float(not made.counts),
        "nobody told": float(not made.initiators or not made.targets),
        "going on": float(goes_on(made.triggers)),
        "many": float(token is not None and token.tag_ in ("NNS", "NNPS")),
        "a state's": float(any(s.kind == "state" for s, _ in made.initiators)),
        "early": float(made.sentence.index <= 1),
    }


def _peoples(marks: Marks, whereabouts: Whereabouts) -> list[PlaceMark]:
    """The countries that a sentence names by their people: "the Syrian civil war began in 2011"."""
    found: dict[str, PlaceMark] = {}
    for hit in marks.demonyms:
        word = marks.sentence.text[hit.start : hit.end]
        if whereabouts.is_people(word):
            found.setdefault(word.lower(), PlaceMark(hit.start, hit.end, word, True, told_start=hit.start, told_end=hit.end, people=True))
    return list(found.values())


def _acts_on_the_place(made: Draft) -> bool:
    """Whether "the city" or "the town" stands with a happening's own verb or noun: "encircled the town", "clashes east of the city"."""
    match = _THE_PLACE.search(made.sentence.text)
    token = made.sentence.token_at(match.start(1)) if match else None
    own = {t.token.i for t in made.triggers}
    return token is not None and bool(own & {a.i for a in itertools.islice(token.ancestors, STEPS)})


def _place_meant(sentence: Sentence, marks: Sequence[Marks], whereabouts: Whereabouts) -> tuple[PlaceMark, Sentence] | None:
    """What "the city" or "the town" means: the place last named with that word, else the settlement last named.

    Of "20 km north of the city" it is the land that far from it.
    """
    match = _THE_PLACE.search(sentence.text)
    if match is None:
        return None
    meant = _called(match.group(1).lower(), sentence, marks, whereabouts)
    beside = _BESIDE_IT.search(sentence.text, 0, match.start())
    if meant is None or beside is None or meant[0].before or meant[0].feature:
        return meant
    return replace(meant[0], before=" ".join(beside.group().lower().split())), meant[1]


def _called(word: str, sentence: Sentence, marks: Sequence[Marks], whereabouts: Whereabouts) -> tuple[PlaceMark, Sentence] | None:
    """The place that was last called so, else the settlement last named."""
    before = [(p, m.sentence) for m in reversed(marks[: sentence.index]) for p in reversed(m.places)]
    called = next(((p, s) for p, s in before if p.feature.endswith(word)), None)
    if called is not None or word not in _SETTLEMENTS:
        return called
    near = [(p, s) for p, s in before if sentence.index - s.index <= BACK and whereabouts.is_place(p, s.text)]
    return next(((p, s) for p, s in near if whereabouts.where(p, s.text).precision in ("place", "near")), None)
