"""An archive of very many incidents, made up by chance, the same with the same seed: to measure what is served from it.

Rows are written as the archive would keep them, but are not weighed: there is nothing behind them. What is told in them is spread as in
archives of real wars: few countries, places and actors have most of it, most days are known, most incidents have one report.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from thucydides.actors import Actors
from thucydides.archive import shapes
from thucydides.archive.archive import Archive
from thucydides.archive.selecting import folded
from thucydides.archive.tables import claim_actors, claim_arms, claim_places, claims, incident_claims, incidents, passages, reports
from thucydides.desk.console import progress
from thucydides.exports.acled_tables import sub_events
from thucydides.places import Gazetteer
from thucydides.record import (
    Basis,
    Claim,
    Event,
    Factuality,
    Grade,
    Incident,
    Kind,
    Losses,
    Party,
    Passage,
    Place,
    Report,
    Section,
    Source,
    Toll,
    Use,
    When,
    Where,
    Witness,
)

SEED = 11
TOGETHER = 5000
A_REPORT = 4  # incidents told in one report
COUNTRIES = ("UA", "SY", "YE", "SD", "ML", "IQ", "NG", "SO", "MM", "AF", "CD", "ET")
ARMS = (("drone", "uav-generic"), ("artillery", "artillery-generic"), ("rifle", "rifle-generic"), ("rocket", "rocket-generic"))
OUTLETS = tuple(f"Outlet {n}" for n in range(60))
FIRST = date(2012, 1, 1)
DAYS = 5000
GRADES = ("weak", "weak", "weak", "fair", "contested", "confirmed", "discounted")
SPREAD = 11400714819323198485  # odd, so that every number below 2**44 leads to another
BY = "made up for a benchmark"


def make_archive(file: Path, count: int, seed: int = SEED) -> None:
    """Makes an archive of so many incidents. A file that is there already is left as it is."""
    if file.exists():
        return
    making = file.with_name(f"{file.name}.making")
    making.unlink(missing_ok=True)
    with Archive.open(making) as archive, progress("making", count) as bar:
        engine = archive._engine
        rows = _rows(count, seed)
        while some := list(islice(rows, TOGETHER)):
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                for table, many in _by_table(some).items():
                    connection.execute(insert(_TABLES[table]), many)
            bar.advance(bar.task_ids[0], sum(table == "incidents" for table, _ in some))
    making.replace(file)


_TABLES = {table.name: table for table in (reports, claims, claim_actors, claim_places, claim_arms, passages, incidents, incident_claims)}


def _by_table(rows: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
    for table, row in rows:
        found[table].append(row)
    return {table: many for table, many in found.items() if many}


def _rows(count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of all tables, those that others point at first."""
    chance = random.Random(seed)
    world = _World(chance)
    for number in range(count):
        report = number // A_REPORT + 1
        if number % A_REPORT == 0:
            yield "reports", world.report(report)
        yield from world.told(number + 1, report)


class _World:
    """What may be told."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        gazetteer = Gazetteer.open()
        self._places = [place for code in COUNTRIES for place in _towns(gazetteer, code)]
        chance.shuffle(self._places)
        actors = [one for one in Actors.load() if set(one.countries) & set(COUNTRIES) and one.kind not in ("generic", "label", "civilian")]
        self._actors = chance.sample(actors, min(400, len(actors)))
        self._types = list(sub_events())
        self._outlet: dict[int, tuple[str, date]] = {}

    def report(self, number: int) -> dict[str, Any]:
        day = FIRST + timedelta(days=int(DAYS * self._chance.random()))
        outlet = OUTLETS[self._few(len(OUTLETS))]
        words = f"{outlet} reports number {number}. " + "Shelling and clashes were told of in the region, officials said. " * 6
        report = Report(
            id=f"made-{number}", text=words, reading=words, source=Source(name=outlet), raw_hash=f"{number:064x}", title=f"Report {number}",
            published=day, language="en", sections=(Section(start=0, end=len(words), kind="body"),),
        )  # fmt: skip
        rest, sections = shapes.report_to_json(report)
        self._outlet = {number: (outlet, day)}
        return {
            "number": number, "id": report.id, "source": outlet, "source_id": None, "source_folded": folded(outlet), "title": report.title,
            "url": None, "published": day, "language": "en", "raw_hash": report.raw_hash, "text": words, "reading": None,
            "sections": sections, "rest": rest, "kept": "2026-01-01T00:00:00+00:00",
        }  # fmt: skip

    def told(self, number: int, report: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """An incident, and the claim that tells it."""
        chance = self._chance
        outlet, published = self._outlet[report]
        event = self._event(published)
        claim_id = hashlib.sha256(f"claim {number}".encode()).hexdigest()[:16]
        sentence = f"{event.type} at {event.where[0].name} number {number}, it was said."
        claim = Claim(
            id=claim_id, report=f"made-{report}", kind=Kind.EVENT, says=event, factuality=Factuality.REPORTED, confidence=chance.random(),
            evidence=(Passage(field="claim", start=0, end=len(sentence), words=sentence),), by=BY,
        )  # fmt: skip
        incident = self._incident(number, claim, outlet, published, event)
        when = event.when
        first, last = (when.start, when.end) if when else (None, None)
        day = (first or published).isoformat()
        yield "claims", {
            "number": number, "id": claim.id, "by": BY, "report": report, "current": True, "day": day, "kind": "event", "type": event.type,
            "first_day": first, "last_day": last, "factuality": "reported", "confidence": claim.confidence,
            "json": shapes.claim_to_json(claim), "kept": "2026-01-01T00:00:00+00:00",
        }  # fmt: skip
        for party in event.parties:
            yield "claim_actors", {
                "claim": number, "role": party.role, "name": party.name, "folded": folded(party.name), "actor": party.actor,
                "kind": party.kind,
            }  # fmt: skip
        for where in event.where:
            yield "claim_places", {
                "claim": number, "name": where.name, "folded": folded(where.name), "place": where.place, "lat": where.lat, "lon": where.lon,
                "radius_km": where.radius_km, "country": where.country, "admin1": where.admin1, "precision": where.precision,
            }  # fmt: skip
        for use in event.arms:
            yield "claim_arms", {"claim": number, "name": use.name, "folded": folded(use.name), "arm": use.arm, "kind": use.kind}
        yield "passages", {"claim": number, "field": "claim", "start": 0, "end": len(sentence), "words": sentence}
        yield "incidents", {
            "id": incident.id, "earliest": claim.id, "day": day, "type": event.type, "first_day": first, "last_day": last,
            "grade": incident.grade.incident, "credibility": 3, "witnesses": 1, "disputed": False, "place": event.where[0].name,
            "country": event.where[0].country, "json": shapes.incident_to_json(incident),
        }  # fmt: skip
        yield "incident_claims", {"claim": number, "incident": incident.id}

    def _event(self, published: date) -> Event:
        chance = self._chance
        place = self._places[self._few(len(self._places))]
        sides = chance.sample(self._actors[: 1 + self._few(len(self._actors) - 2) + 1], 2)
        parties = tuple(
            Party(role=role, name=one.name, actor=one.id, kind=one.kind, names=(one.name,))
            for role, one in zip(("initiator", "target"), sides, strict=True)
            if chance.random() < 0.85
        )
        day = published - timedelta(days=chance.choice((0, 0, 1, 1, 2, 3, 7)))
        when = When(start=day, end=day, basis=Basis.STATED) if chance.random() < 0.93 else None
        dead = chance.choice((None, None, 1, 2, 3, 5, 12, 40))
        toll = Toll(low=dead, best=dead, high=dead, who=None, words=f"{dead} killed") if dead else None
        name, arm = chance.choice(ARMS)
        where = Where(
            name=place.name, place=place.id, lat=place.lat, lon=place.lon, radius_km=place.radius_km, country=place.country,
            admin1=place.admin1, precision="place", rule="named so", score=0.9,
        )  # fmt: skip
        arms = (Use(name=name, arm=arm),) if chance.random() < 0.4 else ()
        return Event(type=self._types[self._few(len(self._types))], parties=parties, where=(where,), when=when, killed=toll, arms=arms)

    def _incident(self, number: int, claim: Claim, outlet: str, published: date, event: Event) -> Incident:
        losses: tuple[Losses, ...] = ()
        if event.killed is not None and event.killed.best is not None:
            best = event.killed.best
            losses = (Losses(status="killed", whom="all", low=best, best=best, high=best, rule="the figure of the one witness"),)
        return Incident(
            id=f"i{number * SPREAD % 2**44:011x}", event=event, claims=(claim.id,), reports=(claim.report,),
            witnesses=(Witness(id=outlet.casefold(), name=outlet, kind="outlet"),), losses=losses, disputed=(),
            grade=Grade(incident=self._chance.choice(GRADES), reliability="C", credibility=3), first_reported=published,
            last_reported=published,
        )  # fmt: skip

    def _few(self, count: int) -> int:
        """A number below a count, small ones much more often."""
        return int(count * self._chance.random() ** 3)


def _towns(gazetteer: Gazetteer, code: str) -> list[Place]:
    """Settlements within reach of a country's middle, and of that country."""
    country = gazetteer.country(code)
    if country is None:
        return []
    near = gazetteer.near(country.lat, country.lon, min(country.radius_km, 600.0), limit=4000)
    return [place for place in near if place.country == code and place.kind in ("city", "town", "village")][:250]
