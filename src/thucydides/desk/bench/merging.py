"""What a report more costs an archive that already holds many: accounts merged into incidents as they arrive.

The reports are made up, by one seed always the same, and arrive in the order of their publication at the pace of a large archive: 1,000,000
claims are ten years, 1,000 four days. Nobody reads their words; what merging compares is made directly:

- four wars, each of 60 towns in twelve provinces. Two towns in each are hot: they have half of everything, and each is besieged for two
  years out of five, when one quarter is shelled daily and only the day and the dead tell one day's shelling from the next;
- an event is told by three reports in the mean, most by one or two, some by thirty; tolls, places, types and days differ as they do;
- a quarter of the reports are wire copies: word for word another report with a new outlet;
- one report in fifty is a weekly digest of fifteen events in few words, some with the week for a day;
- one claim in fifty tells no day and no place, one report in a hundred has no date;
- 3,000 leaders and spokesmen recur with their full names, the most named one in one report of 1,300; villages' names are rare words,
  cities' are not; other rare words stand in a report as often as words of their rarity do.

That is denser than real wars are known to be. Of 2,515 events in Syria that UCDP coded for 2016 to 2019, in the densest quarter, the cells
around an event have 22% of all that happened within six days; here 25% of what the same war has. There the most hit town has 6 to 9% of all
events, here 25%; there 792 places are named, here 60; and no four wars of that size last ten years without a pause.

Timed is the work of one turn after another, merging and writing, in seconds of the processor; that incidents are held and graded is not
counted. Two processes share a turn of many reports: ``minutes``, ``ms_claim`` and ``memory_mb`` are those of the one that does the rest as
well, ``minutes_both`` is what the two need together, ``minutes_clock`` what went by, which on two free cores is all that counts.
``memory_elsewhere_mb`` is the most that the other held, which begins with all that the first one holds and copies what changes. A report
added alone finds nothing remembered from before. ``grown`` is the milliseconds a report at the end over those after 1,000 claims.
"""

from __future__ import annotations

import gc
import os
import random
import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zlib import crc32

from sqlalchemy import insert

from thucydides.archive import Archive, Remembered
from thucydides.archive.tables import claims as claims_table
from thucydides.archive.tables import reports as reports_table
from thucydides.desk.bench.benches import Measured
from thucydides.desk.console import progress
from thucydides.incidents.accounts import Account, Sketch, Spot
from thucydides.incidents.judging import Judge
from thucydides.incidents.merging import Merger
from thucydides.incidents.parting import Scorer
from thucydides.incidents.terms import Terms

SEED = 11
BEGINS = date(2012, 1, 1).toordinal()
EVENTS_A_DAY = 90  # some 270 claims
TURN = 1000  # reports in a turn when many are waiting: some 2,500 claims, as ``chronicle.LARGE_TURN``
PROCESSES = 2
ADDED = 100  # reports added one a turn, to be timed
STEPS = (1_000, 100_000, 1_000_000)

_OUTLETS = 60
_FEW_TYPES = ("Air/drone strike", "Shelling/artillery/missile attack", "Armed clash", "Attack", "Remote explosive/landmine/IED", "Arrests")
_SIEGE_DAYS, _EVERY_DAYS = 730, 1825


def _term(word: str, rarity: int) -> int:
    return (crc32(word.encode()) & 0xFFFFFFF) << 4 | rarity


_PLAIN = [_term(f"word {n}", 5 + n % 6) for n in range(3000)]  # words of any report
_LESS_PLAIN = {
    rarity: [_term(f"rarer {rarity} {n}", rarity) for n in range(most)]
    for rarity, most in ((11, 1076), (12, 1496), (13, 1246), (15, 20_000))  # as many as the table of common words has, and rare ones
}
_OF_RARITY = ((11, 4), (12, 4), (13, 2), (15, 5))  # how many of them stand in a report, by rarity
_PERSONS = [f"person {n}" for n in range(3000)]  # leaders and spokesmen
_MOST_NAMED = 360  # the n-th of them is named in proportion to 1 / (n + this): the first by one report in 1,300


@dataclass(frozen=True, slots=True)
class _Town:
    war: int
    number: int
    spot: Spot
    name: int


@dataclass(slots=True)
class _Event:
    """Something that happened, with the words that whoever tells it will use."""

    town: _Town
    day: int
    type: str
    parties: tuple[frozenset[str], frozenset[str]]
    killed: int
    names: tuple[int, ...]
    persons: tuple[str, ...]
    words: tuple[int, ...]
    siege: bool = False
    tellings: int = 1


@dataclass(slots=True)
class Mix:
    """The stream of reports, each a list of its accounts. See the module."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    _told: int = 0
    _week: list[_Event] = field(default_factory=list)

    def reports(self) -> Iterator[list[Account]]:
        """Reports without end, in the order of their publication."""
        towns = [self._town(war, number) for war in range(4) for number in range(60)]
        day = BEGINS
        while True:
            events = [self._event(self._somewhere(towns), day) for _ in range(EVENTS_A_DAY)]
            events += [self._siege(town, day) for town in towns if town.number < 2 and (day + 400 * town.war) % _EVERY_DAYS < _SIEGE_DAYS]
            self._week = (self._week + events)[-7 * EVENTS_A_DAY :]
            yield from self._day(events, day)
            day += 1

    def _day(self, events: Sequence[_Event], day: int) -> Iterator[list[Account]]:
        tellings = [event for event in events for _ in range(event.tellings)]
        self.chance.shuffle(tellings)
        before: list[Account] = []
        while tellings:
            if before and self.chance.random() < 0.25:
                report, copied = self._report_id(), len(before)
                sketch = replace(before[0].sketch, report=report, source=f"outlet {self.chance.randrange(_OUTLETS)}")
                yield [replace(one, claim=f"{report}-{n}", sketch=sketch) for n, one in enumerate(before)]
                tellings = tellings[copied:]
                continue
            if self.chance.random() < 0.02:
                before = self._report(self.chance.sample(self._week, min(15, len(self._week))), day, digest=True)
            else:
                of = min(len(tellings), self.chance.choice((1, 1, 2, 2, 3, 5)))
                before = self._report(list({id(event): event for event in tellings[:of]}.values()), day)
                tellings = tellings[of:]
            yield before

    def _report_id(self) -> str:
        self._told += 1
        return f"r{self._told:07}"

    def _report(self, events: Sequence[_Event], day: int, *, digest: bool = False) -> list[Account]:
        chance = self.chance
        report = self._report_id()
        names = {name for event in events for name in (event.town.name, *event.names[: 1 if digest else 9]) if chance.random() < 0.8}
        persons = [event_person for event in events for event_person in event.persons if chance.random() < 0.7]
        if chance.random() < 0.6:
            persons.append(_PERSONS[int(_MOST_NAMED * ((1 + len(_PERSONS) / _MOST_NAMED) ** chance.random() - 1))])
        names.update(_term(person, 13) for person in persons)
        words = {*chance.sample(_PLAIN, 90), *self._rarer(chance.random() / 2)}
        words.update(word for event in events for word in event.words if chance.random() < 1 / len(events))
        figures = frozenset(_term(str(event.killed), 6) for event in events)
        terms = Terms(frozenset(names), frozenset(words), figures)
        head = Terms(frozenset(list(names)[:6]), frozenset(list(words)[:15]), figures)
        full = frozenset(crc32(person.encode()) for person in persons if chance.random() < 0.8)
        published = None if chance.random() < 0.01 else day + chance.choice((0, 0, 0, 1, 1, 2))
        sketch = Sketch(report, f"outlet {chance.randrange(_OUTLETS)}", published, terms, head, full)
        return [self._account(f"{report}-{n}", sketch, event, len(events), digest) for n, event in enumerate(events)]

    def _account(self, claim: str, sketch: Sketch, event: _Event, among: int, digest: bool) -> Account:
        chance = self.chance
        first = last = event.day
        if digest and chance.random() < 0.3:
            first = event.day - 6
        spot = event.town.spot
        if chance.random() < 0.2:
            spot = replace(spot, name=f"province {spot.admin1}", place=f"p{spot.admin1}", radius_km=60.0)
        killed = max(0, event.killed + chance.choice((0, 0, 0, 1, -1, 3)))
        untold = chance.random() < 0.02
        told = [name for name in (event.town.name, *event.names) if chance.random() < 0.6]
        return Account(
            claim,
            sketch,
            type=event.type if chance.random() < 0.8 else chance.choice(_FEW_TYPES),
            first_day=None if untold else first,
            last_day=None if untold else last,
            sure_day=chance.random() < 0.7,
            spots=() if untold else (spot,),
            initiators=event.parties[0] if chance.random() < 0.7 else frozenset(),
            targets=event.parties[1] if chance.random() < 0.6 else frozenset(),
            killed=(killed, killed) if chance.random() < 0.6 else None,
            telling=Terms(frozenset(told), frozenset(word for word in event.words if chance.random() < 0.5), frozenset()),
            among=among,
        )

    def _town(self, war: int, number: int) -> _Town:
        lat, lon = 15.0 + 12 * war + self.chance.random() * 5, 20.0 + 15 * war + self.chance.random() * 6
        spot = Spot(
            f"town {war} {number}", f"t{war}-{number}", lat, lon, 3.0, f"C{war}", f"{war}-{number % 12}", self.chance.random() < 0.9
        )
        return _Town(war, number, spot, _term(f"town {war} {number}", 9 if number < 2 else 15))

    def _somewhere(self, towns: Sequence[_Town]) -> _Town:
        """A town; half of the time a hot one."""
        if self.chance.random() < 0.5:
            return self.chance.choice(towns)
        return towns[60 * self.chance.randrange(4) + self.chance.randrange(2)]

    def _event(self, town: _Town, day: int) -> _Event:
        chance = self.chance
        sides = [frozenset({f"side {town.war} {n}", f"unit {town.war} {n} {chance.randrange(8)}"}) for n in chance.sample(range(3), 2)]
        number = f"{town.war} {town.number} {day} {chance.random()}"
        return _Event(
            town=town,
            day=day,
            type=chance.choice(_FEW_TYPES),
            parties=(sides[0], sides[1]),
            killed=int(chance.paretovariate(0.9)) - 1,
            names=tuple(_term(f"name {number} {n}", 15) for n in range(chance.randrange(5))),
            persons=tuple(f"victim {number} {n}" for n in range(chance.randrange(2))),
            words=self._rarer(0.8),
            tellings=min(30, int(chance.paretovariate(1.3))),
        )

    def _rarer(self, share: float) -> tuple[int, ...]:
        """Rarer words, each sort as often as it is rare."""
        return tuple(word for rarity, many in _OF_RARITY for word in self.chance.sample(_LESS_PLAIN[rarity], round(share * many)))

    def _siege(self, town: _Town, day: int) -> _Event:
        quarter = replace(town.spot, name=f"quarter of {town.spot.name}", place=f"{town.spot.place}-q", radius_km=1.0)
        event = self._event(replace(town, spot=quarter), day)
        words = tuple(_LESS_PLAIN[rarity][town.war * 97 + n] for rarity, many in _OF_RARITY for n in range(many))
        event.type, event.names, event.words, event.tellings, event.siege = _FEW_TYPES[1], event.names[:1], words, 6, True
        event.parties = (frozenset({f"side {town.war} 0"}), frozenset({f"side {town.war} 1"}))
        return event


def measure(claims: int = 100_000, score: Scorer | None = None) -> Measured:
    """Fills an archive with so many claims and adds reports one by one at each step on the way. Seconds are of the processor."""
    score = score or Judge.load().scores
    stream = Mix().reports()
    steps = sorted({step for step in STEPS if step < claims} | {claims})
    figures: dict[str, float] = {}
    lines = []
    with TemporaryDirectory() as folder, Archive.open(Path(folder) / "merging.db") as archive:
        filling = _Filling(archive, stream, score)
        with progress("merging", claims) as bar:
            for step in steps:
                while filling.held < step:
                    filling.turn(min(TURN, ceil((step - filling.held) / 3)))
                    bar.update(bar.task_ids[0], completed=filling.held)
                filling.forget()
                each = sorted(1000 * filling.turn(1) for _ in range(ADDED))
                mean, late = sum(each) / len(each), each[ceil(0.95 * len(each)) - 1]
                figures |= {f"ms_{step}": mean, f"ms_{step}_p95": late}
                lines.append(f"  at {step:9,} claims: {mean:7.1f} ms a report, 95 of 100 within {late:7.1f}")
        size = Path(folder, "merging.db").stat().st_size / 2**20
    figures |= {
        "grown": figures[f"ms_{steps[-1]}"] / figures[f"ms_{steps[0]}"],
        "minutes": filling.seconds / 60,
        "minutes_both": (filling.seconds + filling.seconds_elsewhere) / 60,
        "minutes_clock": filling.seconds_clock / 60,
        "ms_claim": 1000 * filling.seconds / filling.held,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "memory_elsewhere_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "file_mb": size,
    }
    lines.append(f"  a report more costs {figures['grown']:.1f} times as much at the end as at the first step")
    of_two = f"{figures['minutes_both']:.1f} of both processes, {figures['minutes_clock']:.1f} by the clock"
    lines.append(f"  all of it from scratch {figures['minutes']:.1f} minutes, {figures['ms_claim']:.2f} ms a claim; {of_two}")
    elsewhere = f"{figures['memory_elsewhere_mb']:.0f} MB of the other process, most of which are shared"
    lines.append(f"  memory {figures['memory_mb']:.0f} MB, {elsewhere}; the archive {size:.0f} MB")
    return Measured(figures=figures, lines=tuple(lines), of={"claims": claims, "seed": SEED})


def _of_children() -> float:
    """Seconds of the processor that processes took which this one began and which have ended."""
    times = os.times()
    return times.children_user + times.children_system


@dataclass(slots=True)
class _Filling:
    """An archive on its way to be full."""

    archive: Archive
    stream: Iterator[list[Account]]
    score: Scorer
    remembered: Remembered = field(default_factory=Remembered)  # from one turn of many to the next
    held: int = 0  # claims
    seconds: float = 0.0
    seconds_elsewhere: float = 0.0  # of the processes that took a share
    seconds_clock: float = 0.0

    def turn(self, reports: int) -> float:
        """Merges so many reports more in one turn; returns the seconds that took."""
        batch = [next(self.stream) for _ in range(reports)]
        self._keep(batch)
        began, elsewhere, clock = process_time(), _of_children(), perf_counter()
        with self.archive.weighing(remembered=self.remembered if reports > 1 else None) as turn:
            merger = Merger(turn.shelf, self.score, processes=PROCESSES)
            merger.add_all([account for accounts in batch for account in accounts])
            for _ in merger.settle():
                pass  # the stands were parted, which is what takes time
        took = process_time() - began
        self.seconds += took
        self.seconds_elsewhere += _of_children() - elsewhere
        self.seconds_clock += perf_counter() - clock
        self.held += sum(map(len, batch))
        return took

    def forget(self) -> None:
        """Lets go what turns remembered, so that a report alone finds the program as if it had just begun."""
        self.remembered.clear()
        gc.collect()

    def _keep(self, batch: Sequence[Sequence[Account]]) -> None:
        """Puts the bare rows of reports and claims into the archive: what they say is not asked."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        report = {"source": "", "source_folded": " ", "raw_hash": "", "text": "", "sections": "[]", "rest": "{}", "kept": now}
        claim = {
            "by": "",
            "current": True,
            "day": "",
            "kind": "event",
            "factuality": "asserted",
            "confidence": 0.5,
            "json": "{}",
            "kept": now,
        }
        numbered = [(int(accounts[0].report[1:]), accounts) for accounts in batch]
        with self.archive._writing() as connection:
            connection.execute(insert(reports_table), [{"number": n, "id": accounts[0].report} | report for n, accounts in numbered])
            connection.execute(insert(claims_table), [{"id": a.claim, "report": n} | claim for n, accounts in numbered for a in accounts])
