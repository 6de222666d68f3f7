"""The places of one report: its countries, its anchors, and the ``Where`` of every place mark, each resolved once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thucydides.actors import Actors
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft
from thucydides.claims.framing import DIRECTIONS
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.phrasing import phrase_of
from thucydides.lexicon import words_of
from thucydides.places import Context, Gazetteer, locate, settle
from thucydides.places.gazetteer import standing
from thucydides.places.geometry import distance_km
from thucydides.places.names import ARTICLES, fold_name
from thucydides.places.tables import countries
from thucydides.record import Place, Report, Where
from thucydides.reports import is_common

_ACTOR_WEIGHT = 0.5
_DEMONYM_WEIGHT = 1.0
_OUTLET_WEIGHT = 0.3
HOLD_KM = 15.0
HOLDER_KM = 120.0  # the radius of the widest place that holds an unknown one
WIDE_KM = 450.0  # and of the widest province, where no narrower place is told
QUARTER_KM = 3.0  # how far from a quarter's middle a part of it is put
CITY_KM = 30.0  # how far from its city's middle a quarter may lie


SURE = 0.8  # a lower score is believed only in a country that the report is about
AT_HOME = 0.5
ABROAD = 0.03  # a country of less weight has only this one name for it
GREAT = 0.86  # the standing of a city of a million
NEAR_KM = 120.0  # how far from its container as told a place may lie: "Manbij in Aleppo" means the province
_ONLY_FEATURE = phrase_of("whereabouts", "only feature")
_ONLY_SIDE = phrase_of("whereabouts", "only side")
"""A direction right before a name, whose word for its kind stands behind it: "western Aleppo countryside"."""


def _apart_km(one: Where, other: Where | Place) -> float:
    """How far two places are apart; what has no spot is nowhere else."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    return distance_km((one.lat, one.lon), (other.lat, other.lon))


def is_known(where: Where) -> bool:
    """Whether a table knows a place, or what it is told by; one that nobody knows has at most the spot of what holds it."""
    return where.lat is not None and "is unknown" not in where.rule


def _told_as_place(mark: PlaceMark) -> bool:
    return mark.locative or bool(mark.feature or mark.before)


def _as_far_as(mark: PlaceMark) -> float:
    """How far from what it is told by a place may lie: some more than a number told, as in "130 southeast of X"."""
    told = re.match(r"(?:about |some |around )?(\d+)", mark.beside.before) if mark.beside is not None else None
    return max(NEAR_KM, 1.25 * float(told.group(1)) + 20.0) if told and len(told.group(1)) < 4 else NEAR_KM


def _of_its_own(where: Where, within: Where) -> bool:
    """Whether a place surely known is told beside a town that does not hold it: "Idlib, Homs and Hama", "Abu Kamal, Deir Ezzor"."""
    towns = where.precision == within.precision == "place" and where.country == within.country
    return towns and where.score is not None and where.score >= SURE


def _runs(where: Where) -> bool:
    """Whether a place is a river, road or border: a village told behind it need not lie by the stretch meant."""
    return where.place is not None and where.place.partition(":")[0] in ("river", "road", "border")


def _at(where: Where, place: Place) -> bool:
    """Whether a place as found is a known one, or a part of it."""
    return where.lat is not None and _apart_km(where, place) <= QUARTER_KM


def subject_of(outlet: str, gazetteer: Gazetteer) -> str | None:
    """The only country that an outlet's name tells, wherever it sits: the Syrian Observatory in Britain writes of Syria.

    The longest names count: Papua New Guinea is not Guinea. "America" may be a continent.
    """
    words = [word.folded for word in words_of(outlet) if word.capital]
    told: set[str] = set()
    at = 0
    while at < len(words):
        names = ((" ".join(words[at : at + length]), length) for length in (3, 2, 1))
        found = ((gazetteer.demonyms().get(name) or gazetteer.country_named(name), length) for name, length in names if name != "america")
        code, length = next(((code, length) for code, length in found if code), (None, 1))
        told |= {code} if code else set()
        at += length
    return told.pop() if len(told) == 1 else None


def _surnames(marks: Sequence[Marks], codebook: Codebook) -> frozenset[str]:
    """The last names of persons whom the report gives a title: of "President Jorge Harlan" it may say "pressure on Harlan" later."""
    title, found = codebook.lists["title"], set()
    for m in marks:
        words, text = m.sentence.words, m.sentence.text
        for at, word in enumerate(words[:-1]):
            if word.folded not in title:
                continue
            last = at
            while last + 1 < len(words) and words[last + 1].capital and text[words[last].end : words[last + 1].start] in (" ", ". "):
                last += 1
            if last > at and words[last].folded not in title:
                found.add(words[last].folded)
    return frozenset(found)


def _bearers(marks: Sequence[Marks], codebook: Codebook) -> frozenset[str]:
    """The last words of longer names, "Baghdadi" of "Omar al-Baghdadi": alone they are likelier the bearer than a town of that name."""
    other = codebook.lists["feature"] | codebook.lists["title"] | codebook.lists["weekday"] | DIRECTIONS
    found = set()
    for m in marks:
        words, text = m.sentence.words, m.sentence.text
        owned = {at for hit in m.demonyms for at in range(hit.first, hit.last)}
        owned |= {at for at, word in enumerate(words) if any(p.start <= word.start < p.end for p in m.places)}
        for before, word in enumerate(words[1:-1]):
            last = before + 2 if word.folded in ARTICLES else before + 1
            first = words[before]
            if last >= len(words) or not (first.capital and words[last].capital) or first.capitals or before in owned:
                continue
            joined = text[first.end : words[before + 1].start] == " " and len(text[words[before + 1].end : words[last].start]) <= 1
            if joined and m.sentence.section != "title" and first.folded not in other and not is_common(first.folded):
                found.add(words[last].folded)
    return frozenset(found)


class Whereabouts:
    """Resolves the place marks of one report in its own context."""

    def __init__(self, report: Report, marks: Sequence[Marks], actors: Actors, gazetteer: Gazetteer, codebook: Codebook) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, str, str, str], Where] = {}
        hints: dict[str, float] = {}
        names: list[str] = []
        for m in marks:
            for hit in m.actors:
                actor = actors.by_id[hit.values[0]]
                if len(actor.countries) <= 3 and actor.kind != "state":
                    for code in actor.countries:
                        hints[code] = hints.get(code, 0.0) + _ACTOR_WEIGHT / len(actor.countries)
            for hit in m.demonyms:
                for code in actors.by_id[hit.values[0]].countries:
                    hints[code] = hints.get(code, 0.0) + _DEMONYM_WEIGHT / max(1, len(actors.by_id[hit.values[0]].countries))
            names += [p.name for p in m.places if _told_as_place(p)]  # a bare name may be a person's
            names += [p.after.partition(" and ")[2] for p in m.places if p.after]
        names = names or [p.name for m in marks for p in m.places]  # "Warplanes bombed Idlib." and no more
        home = subject_of(report.source.name, gazetteer) or report.source.country
        if home:
            hints[home] = hints.get(home, 0.0) + _OUTLET_WEIGHT
        if report.dateline_place:
            names.append(report.dateline_place)
        total = sum(hints.values()) or 1
        year = report.published.year if report.published else None
        self.on = report.published
        self.dateline = report.dateline_place
        self._names, self._hints = names, {c: n / total for c, n in hints.items()}
        self.context: Context = settle(names, gazetteer, countries_hint=self._hints, year=year)
        self._order = [(m.sentence.paragraph, p, m.sentence.text) for m in marks for p in m.places]
        self._rank = {id(p): n for n, (_, p, _) in enumerate(self._order)}
        self._holds: dict[int, Where | None] = {}
        self._persons, self._bearers = _surnames(marks, codebook), _bearers(marks, codebook)
        self._told = {fold_name(p.name) for m in marks for p in m.places if p.feature or p.before}
        held = [(p, text) for _, p, text in reversed(self._order) if p.within not in (None, p) and p.beside is None]
        self._holders = {fold_name(p.name): (p, text) for p, text in held}

    def where(self, mark: PlaceMark, text: str) -> Where:
        """The place that a mark means, as far as the report's words and context tell.

        A name that nobody knows keeps the place named before it as its hold, with a wide radius: it is likely in or near it.
        """
        found = self._resolve(mark, text)
        if not self.is_place(mark, text):
            return found
        if found.lat is not None or (mark.within is not None and not mark.feature):
            return found
        hold = self._hold(mark)
        if hold is None or hold.lat is None or hold.radius_km is None:
            return found
        return replace(
            found,
            lat=hold.lat,
            lon=hold.lon,
            radius_km=max(HOLD_KM, hold.radius_km),
            country=hold.country,
            admin1=hold.admin1,
            precision="area",
            rule=f"{found.name} is unknown: held at {hold.name}, named before it, within {max(HOLD_KM, hold.radius_km):.0f} km",
        )

    def is_place(self, mark: PlaceMark, text: str) -> bool:
        """Whether a name is told as a place, or is that of one: a bare name that means none here ("Jaramillo") is likely a person's."""
        if not (mark.known or mark.feature) and fold_name(mark.name) in self._persons:
            return False
        if not _told_as_place(mark) and {*fold_name(mark.name).split()} - ARTICLES <= self._bearers:
            return False
        if _told_as_place(mark) or mark.people or fold_name(mark.name) in self._told:
            return True
        return is_known(self._resolve(mark, text))

    def _hold(self, mark: PlaceMark) -> Where | None:
        """The known place told last before a mark, within three marks, else the first known one of the report that is no country."""
        rank = self._rank.get(id(mark))
        if rank is None:
            return None
        if id(mark) not in self._holds:
            self._holds[id(mark)] = None
            others = self._order[max(0, rank - 4) : rank][::-1] + self._order[:rank][:3] + self._order[rank + 1 : rank + 3]
            self._holds[id(mark)] = self._first_able([(other, text) for _, other, text in others])
        return self._holds[id(mark)]

    def _first_able(self, marks: Sequence[tuple[PlaceMark, str]]) -> Where | None:
        """The first place that can hold another, a town or district before a province; no mark is resolved needlessly: it may ask back."""
        wide: Where | None = None
        for mark, text in marks:
            if self.dateline and mark.name.isupper() and fold_name(mark.name) == fold_name(self.dateline):
                continue  # where the report was written
            found = self._resolve(mark, text)
            if found.lat is None or _runs(found) or found.precision in ("country", "unknown"):
                continue
            if (found.radius_km or 0) <= HOLDER_KM:
                return found
            if wide is None and (found.radius_km or 0) <= WIDE_KM:
                wide = found
        return wide

    def hold(self, mark: PlaceMark, outer: Where) -> None:
        """Puts a place that nobody knows into another, where the report tells by itself that it lies there."""
        self._holds[id(mark)] = outer

    def _within(self, mark: PlaceMark, text: str) -> Where | None:
        """What holds a place: as told with it, else as told with its name elsewhere in the report. No town holds a country."""
        country = self._gazetteer.country_named(fold_name(mark.name)) is not None
        if mark.within is not None and mark.within is not mark:
            holder = self._resolve(mark.within, text)
            return holder if not country or holder.precision == "country" else None
        if country:
            return None
        held = self._holders.get(fold_name(mark.name))
        if mark.known or held is None or held[0] is mark or held[0].within is None:
            return None
        return self._resolve(held[0].within, held[1])

    def _resolve(self, mark: PlaceMark, text: str, *, other_name: bool = False) -> Where:
        if mark.people:
            return self._country_of(mark.name)
        told = text[mark.told_start : mark.told_end] if mark.told_end else mark.name
        within = self._within(mark, text)
        key = (mark.name, mark.before.lower() + mark.after, mark.feature, within.name if within else "")
        known = self._known.get(key)
        if known is None:
            feature = mark.feature if mark.feature not in ("center", "centre", "area") or told.lower().endswith(mark.feature) else ""
            name = f"{mark.name} {feature}" if feature and not mark.name.lower().endswith(feature) else mark.name
            behind = f" {mark.feature}" if _ONLY_SIDE.fullmatch(mark.before) and mark.told_end > mark.end else ""
            led = bool(mark.before) and not _ONLY_FEATURE.fullmatch(mark.before)
            relation = f"{mark.before} {mark.name}{behind}{mark.after}" if led else None
            known = locate(name, self.context, self._gazetteer, relation=relation, within=within)
            if (
                within is not None and known.precision in ("area", "part", "unknown") and known.place is None
            ) or known.precision == "unknown":
                free = locate(name, self.context, self._gazetteer, relation=relation)
                if free.place is not None and (
                    within is None
                    or within.lat is None
                    or _apart_km(free, within) <= max(_as_far_as(mark), 2 * (within.radius_km or 0))
                    or _of_its_own(free, within)
                ):
                    known = free
            if self._astray(known) or self._told_by_itself_alone(known, mark):
                known = Where(name=known.name, relation=known.relation, rule=f"{known.rule}: in no country that the report is about")
            if (
                known.precision in ("place", "part")
                and known.score is not None
                and known.score < SURE
                and self._weight(known.country) < AT_HOME
                and not self._named_everywhere(known)
            ):
                known = Where(name=known.name, relation=known.relation, rule=f"{known.rule}: too far from what the report speaks of")
            if mark.also is not None and not is_known(known) and not other_name:
                called = self._resolve(mark.also, text, other_name=True)
                known = replace(called, name=known.name) if is_known(called) and called.precision != "country" else known
            if within is None:
                known = self._in_its_city(known, mark, name, relation)
            known = replace(known, name=text[mark.start : max(mark.end, mark.told_end)])
            if known.relation and mark.name not in told:  # "30 km south of the Syrian capital"
                known = replace(known, relation=known.relation.replace(mark.name, text[mark.start : mark.end]))
            if mark.beside is not None:
                phrase = f"{mark.beside.before} {mark.beside.name}"
                if known.place is None and (known.lat is None or (known.precision == "area" and not is_known(known))):
                    known = replace(locate(mark.beside.name, self.context, self._gazetteer, relation=phrase), name=known.name)
                known = replace(known, relation=phrase)
            self._known[key] = known
        return known

    def _in_its_city(self, known: Where, mark: PlaceMark, name: str, relation: str | None) -> Where:
        """A quarter of the city named before it, where there is one of that name: many cities have a Hamidiyah."""
        quarters = [m.place for m in self._gazetteer.candidates(mark.name) if m.place.kind == "neighbourhood"]
        if not any(_at(known, quarter) for quarter in quarters):
            return known
        hold = self._told_before(mark) or self._hold(mark)
        if hold is None or hold.lat is None or _apart_km(known, hold) <= CITY_KM:
            return known
        near = locate(name, self.context, self._gazetteer, relation=relation, within=hold)
        if _apart_km(near, hold) <= CITY_KM and any(_at(near, quarter) for quarter in quarters):
            return near
        doubtful = known.score is not None and known.score < SURE and hold is self._town_before(mark)
        return near if doubtful and _apart_km(near, hold) <= CITY_KM and near.lat is not None else known

    def _told_before(self, mark: PlaceMark) -> Where | None:
        """The place of the same name that the report told before in more words: "Hamidiyah neighborhood", then "Hamidiyah"."""
        if mark.feature or mark.before:
            return None
        before = self._order[: self._rank.get(id(mark), 0)]
        told = ((p, text) for _, p, text in before if p.feature and fold_name(p.name) == fold_name(mark.name))
        found = next((found for p, text in told if (found := self._resolve(p, text)).lat is not None), None)
        return found if found is not None and found.score is not None and found.score >= SURE else None

    def _town_before(self, mark: PlaceMark) -> Where | None:
        """The place told right before a mark, if it is a known town."""
        rank = self._rank.get(id(mark), 0)
        if not rank:
            return None
        _, other, text = self._order[rank - 1]
        found = self._resolve(other, text)
        return found if found.precision == "place" and is_known(found) else None

    def _astray(self, where: Where) -> bool:
        """Whether a place lies in a country that nothing else in a report about other countries speaks of: a namesake."""
        home = max(self.context.countries.values(), default=0.0)
        abroad = where.country is not None and where.precision != "country" and self._weight(where.country) < ABROAD
        return abroad and home >= AT_HOME and not self._named_everywhere(where) and not self._is_next_to(where)

    def _told_by_itself_alone(self, where: Where, mark: PlaceMark) -> bool:
        """Whether only a doubtful name itself speaks for its country: "Hamra district" of an Iraqi report is not Lebanon's."""
        home = max(self.context.countries.values(), default=0.0)
        if where.precision == "country" or where.country is None or self._weight(where.country) in (0.0, home):
            return False
        if where.score is None or where.score >= SURE or self._named_everywhere(where):
            return False
        own = fold_name(mark.name)
        others = settle([name for name in self._names if fold_name(name) != own], self._gazetteer, countries_hint=self._hints)
        return others.countries.get(where.country, 0.0) < ABROAD

    def _is_next_to(self, where: Where) -> bool:
        """Whether a place is near those that the report is about, be it over a border: rockets from Gaza hit Tel Aviv."""
        if where.lat is None or where.lon is None or where.score is None or where.score < SURE:
            return False
        return any(distance_km((where.lat, where.lon), anchor) <= NEAR_KM for anchor in self.context.anchors)

    def _named_everywhere(self, where: Where) -> bool:
        """Whether a place is a capital or a city of millions, of which reports from other countries speak."""
        places = (m.place for m in self._gazetteer.candidates(where.name) if m.place.id == where.place and m.how == "exact")
        return any(standing(place) >= GREAT or fold_name(place.name) in countries().capitals for place in places)

    def _weight(self, country: str | None) -> float:
        return self.context.countries.get(country, 0.0) if country else 0.0

    def _country_of(self, people: str) -> Where:
        country = self._gazetteer.country(self._gazetteer.demonyms()[fold_name(people)])
        if country is None:
            return Where(name=people, rule="the people of no country that is known")
        return replace(locate(country.name, self.context, self._gazetteer), name=people, aliases=(country.name,))

    def is_people(self, word: str) -> bool:
        """Whether a word names the people of a country that the report is about."""
        return self._weight(self._gazetteer.demonyms().get(fold_name(word))) >= AT_HOME

    def is_home(self, mark: PlaceMark, text: str) -> bool:
        """Whether a mark names a country that the report is about."""
        where = self.where(mark, text)
        return where.precision == "country" and self._weight(where.country) >= AT_HOME

    def of(self, draft: Draft) -> list[Where]:
        """The places of a draft."""
        if draft.inherited_place:
            return []
        return [self.where(p, s.text) for p, s in draft.places]
