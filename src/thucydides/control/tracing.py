"""Tracing: the moves of a place, in order of the days they tell, become its spans of control.

The result depends on the set of claims alone, never on the order in which they came. ``docs/control.md`` tells the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from thucydides.actors import Actors, Camps
from thucydides.control.bodies import Bodies
from thucydides.control.charting import Chart
from thucydides.control.importing import Known, moves_known
from thucydides.control.moves import Move, Witnessed, elsewhere, moves_of, publisher
from thucydides.control.news import News, Silence
from thucydides.control.rules import Rules
from thucydides.control.spots import is_held_part, joins, namesake, town_of
from thucydides.control.steps import Division, Terms
from thucydides.control.timeline import fullness, timeline
from thucydides.places.geometry import distance_km
from thucydides.record import Claim, Control, Party, Report, Where

_NAMELESS = ("", None)


def trace(
    told: Iterable[tuple[Claim, Report]], *, actors: Actors | None = None, witness: Witnessed = publisher, rules: Rules | None = None
) -> Chart:
    """The chart of all that claims say of control."""
    tracer = Tracer(actors=actors, witness=witness, rules=rules)
    for claim, report in told:
        tracer.add(claim, report)
    return tracer.chart()


class Tracer:
    """A chart that is kept up claim by claim: only places that a claim touches are traced anew."""

    def __init__(
        self,
        *,
        actors: Actors | None = None,
        witness: Witnessed = publisher,
        rules: Rules | None = None,
        camps: Camps | None = None,
        called: Callable[[str], str] = str,
    ) -> None:
        """``witness`` tells who vouches for a claim, and ``called`` by what name he is shown."""
        self._bodies = Bodies(actors or Actors.load(), camps)
        self._rules = rules or Rules.load()
        self._witness, self._called = witness, called
        self._moves: dict[str, dict[str, list[Move]]] = defaultdict(dict)  # by place, by claim
        self._places: dict[str, set[str]] = {}  # of a claim
        self._named: dict[tuple[str, str | None], set[str]] = defaultdict(set)  # places by name and country
        self._best: dict[str, Where] = {}  # the fullest reading of a place
        self._covering: dict[str, list[Move]] = {}  # by claim
        self._traced: dict[str, list[Control]] = {}
        self._stale: set[str] = set()
        self._news: dict[str | None, News] = defaultdict(News)  # by country
        self._silent: dict[str, list[Silence]] = {}  # by place, how long its fights went untold
        self._parts: dict[tuple[str, str | None], set[str]] = defaultdict(set)  # parts of towns, by the town's name and country

    def add(self, claim: Claim, report: Report) -> bool:
        """Adds what a claim says, and whether it says anything of control; a claim that is there already is replaced."""
        moves = list(moves_of(claim, report, self._bodies, self._witness))
        self.put(claim.id, moves)
        return bool(moves)

    def know(self, known: Known) -> None:
        """Adds a line of an import."""
        self.put(known.id, list(moves_known(known, self._bodies)))

    def put(self, claim: str, moves: Sequence[Move]) -> None:
        """Adds moves that stand under one claim's id."""
        self.remove(claim)
        for move in moves:
            self._moves[move.place].setdefault(claim, []).append(move)
            self._news[move.where.country].add(move)
            self._places.setdefault(claim, set()).add(move.place)
            name = namesake(move.where)
            if name is not None:
                self._named[name].add(move.place)
            town = town_of(move.where)
            if town is not None:
                self._parts[town].add(move.place)
            if move.covers:
                self._covering.setdefault(claim, []).append(move)
        self._touch(claim)

    def remove(self, claim: str) -> None:
        """Takes a claim back."""
        if claim not in self._places:
            return
        self._touch(claim)
        for place in self._places.pop(claim):
            for move in self._moves[place].pop(claim):
                self._news[move.where.country].remove(move)
            self._best.pop(place, None)
            if not self._moves[place]:
                del self._moves[place]
        self._covering.pop(claim, None)

    def chart(self) -> Chart:
        """The chart as of now."""
        changed = {country for country, news in self._news.items() if news.settle()}
        for place, silences in self._silent.items() if changed else ():
            country = self._country(place)
            if country in changed and not all(silence.holds(self._news[country].days) for silence in silences):
                self._stale.add(place)
        for place in {one for stale in self._stale for one in self._readings(stale)}:
            self._traced.pop(place, None)
            self._silent.pop(place, None)
            readings = self._readings(place)
            if place in self._moves and readings[0] == place:
                moves = [move for one in readings for move in (*self._told(one), *self._covered(one))]
                moves += self._with_town(place)
                self._traced[place], silences = timeline(place, moves, self._terms(place))
                if silences:
                    self._silent[place] = silences
        self._stale.clear()
        return Chart({place: self._traced[place] for place in sorted(self._traced)})

    def _terms(self, place: str) -> Terms:
        country = self._country(place)
        return Terms(
            bodies=self._bodies,
            rules=self._rules,
            country=country,
            news=self._news[country].days,
            parted=Division(tuple(self._parted(place))),
            called=self._called,
        )

    def _country(self, place: str) -> str | None:
        where = self._where(place)
        return where.country if where else None

    def _parted(self, place: str) -> Iterator[tuple[date, str, Party]]:
        """Who is told to hold a part of a town, and on which day."""
        where = self._where(place)
        name = namesake(where) if where else None
        for move in self._told(place):
            if move.effect == "divide" and move.last and move.chance >= self._rules.least_chance:
                yield from ((move.last, body, party) for body, party in zip(move.bodies, move.by, strict=False))
        for part in sorted(self._parts.get(name, ())) if name else ():
            for move in self._told(part):
                if move.effect in ("take", "hold") and not move.denied and move.last and move.chance >= self._rules.least_chance:
                    yield move.last, move.bodies[0], move.by[0]

    def _readings(self, place: str) -> list[str]:
        """The places that are readings of one town, the finest first: that of the name told, and areas of its name that reach it."""
        where = self._where(place)
        name = namesake(where) if where else None
        if where is None or name is None:
            return [place]
        alike = [(one, spot) for one in self._named.get(name, ()) if (spot := self._where(one)) is not None]
        alike.sort(key=lambda one: (one[1].precision != "place", one[1].radius_km or 0.0, one[0]))
        met: set[str] = set()
        for head, spot in (one for one in alike if one[0] not in met):
            group = [head, *(one for one, other in alike if one != head and one not in met and joins(other, spot))]
            if place in group:
                return group
            met |= set(group)
        return [place]

    def _told(self, place: str) -> Iterator[Move]:
        for moves in self._moves.get(place, {}).values():
            yield from moves

    def _touch(self, claim: str) -> None:
        """Marks what has to be traced anew: the places of a claim, their other readings, and those that it covers."""
        for place in self._places.get(claim, ()):
            self._best.pop(place, None)
            self._stale.add(place)
            for move in self._moves[place][claim]:
                name = namesake(move.where) or town_of(move.where) or _NAMELESS
                self._stale |= self._named.get(name, set()) | self._parts.get(name, set())
        for move in self._covering.get(claim, ()):
            self._stale |= {place for place in self._moves if _within(self._where(place), move.where)}

    def _covered(self, place: str) -> Iterator[Move]:
        where = self._where(place)
        for moves in self._covering.values():
            for move in moves:
                if move.place != place and where is not None and _within(where, move.where):
                    yield elsewhere(move, place, where)

    def _with_town(self, place: str) -> Iterator[Move]:
        """Words on a town that hold for its parts too: who breaks the siege of it breaks that of its east, who takes it takes its sides."""
        where = self._where(place)
        town = town_of(where) if where else None
        if where is None or town is None:
            return
        for one in sorted(self._named.get(town, ())):
            for move in self._told(one):
                if move.effect == "relieve":  # who opens the ring about a town may hold none of its parts
                    yield replace(elsewhere(move, place, where), by=(), bodies=())
                elif move.effect == "take" and move.share is None and not move.denied and is_held_part(where):
                    yield elsewhere(move, place, where)

    def _where(self, place: str) -> Where | None:
        moves = self._moves.get(place)
        if moves and place not in self._best:
            self._best[place] = min((move.where for told in moves.values() for move in told), key=fullness)
        return self._best[place] if moves else None


def _within(where: Where | None, area: Where) -> bool:
    """Whether a named place lies in an area of which all is meant: by province, else by the area's radius."""
    if where is None or where.precision not in ("place", "part"):
        return False
    if area.precision == "admin1" and area.admin1 and where.admin1:
        return (area.admin1, area.country) == (where.admin1, where.country)
    if where.lat is None or where.lon is None or area.lat is None or area.lon is None or area.radius_km is None:
        return False
    return distance_km((where.lat, where.lon), (area.lat, area.lon)) <= area.radius_km
