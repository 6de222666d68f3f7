"""Partisan articles on one war, read and weighed: how long it takes, and what rival accounts of one event look like.

An incident counts as told by rivals where witnesses contradict each other on whether it happened, who did it, how many died, where or
when. ``lines`` hold the most disputed ones with who says what; fields only, no word of the articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.sets import raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.desk.incident_tables import loss_words
from thucydides.desk.telling import day, place
from thucydides.incidents import Weigher, weigh
from thucydides.record import Incident

USUAL = "fakes.jsonl"
SHOWN = 20
RIVAL = ("happened", "initiators", "killed", "place", "date")  # fields of a dispute, the gravest first


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """The time to read and weigh all articles, and what is found."""
    items = read_set(path, USUAL, "source", "date", "title", "text", limit=limit)
    start = perf_counter()
    told = []
    with progress("coding", len(items)) as bar:
        for number, item in enumerate(items):
            one = raw(f"fakes-{number}", item["text"], source=item["source"], title=item["title"], published=_iso(item["date"]))
            reading = next(iter(chronicler.chronicle([one])))
            if reading.report is not None:
                told.append((reading.report, reading.claims))
            bar.advance(bar.task_ids[0])
    read = perf_counter()
    incidents = [incident for incident, _ in weigh(told, Weigher.load())]
    weighed = perf_counter()
    shared = [one for one in incidents if len(one.witnesses) > 1]
    rivals = sorted((one for one in incidents if _gravity(one)), key=lambda one: (-_gravity(one), -len(one.witnesses), one.id))
    figures = {
        "seconds": weighed - start, "seconds.weighing": weighed - read, "reports": len(told), "incidents": len(incidents),
        "shared": len(shared), "rivals": len(rivals), "grades.weak": sum(one.grade.incident == "weak" for one in incidents),
    }  # fmt: skip
    lines = (
        f"{len(told)} articles read in {read - start:.0f} s and weighed in {weighed - read:.0f} s",
        f"{len(incidents)} incidents, {len(shared)} told by two or more witnesses, {len(rivals)} by rivals",
        *(line for one in rivals[:SHOWN] for line in _lines(one)),
    )
    return Measured(figures=figures, lines=lines, of={"file": str(path), "articles": len(items)})


def _iso(words: str) -> str:
    """A day written 4/7/2017, month first."""
    month, of_month, year = words.split("/")
    return date(int(year), int(month), int(of_month)).isoformat()


def _gravity(incident: Incident) -> int:
    """How many grave fields are in dispute; whether it happened and who did it count double."""
    fields = {dispute.field.split(" ")[0] for dispute in incident.disputed}
    return sum(2 if field in RIVAL[:2] else 1 for field in RIVAL if field in fields)


def _lines(incident: Incident) -> Iterator[str]:
    event = incident.event
    where = ", ".join(place(one) for one in event.where[:2])
    yield f"{incident.id}  {event.type}, {where}, {day(event.when)}: {'; '.join(map(loss_words, incident.losses)) or 'no losses told'}"
    yield f"    {incident.grade.incident} {incident.grade.admiralty}; {incident.grade.reasons[3]}"
    for dispute in incident.disputed:
        said = " | ".join(f"{version.says}: {', '.join(version.witnesses)}" for version in dispute.versions)
        yield f"    {dispute.field}: {said}"
