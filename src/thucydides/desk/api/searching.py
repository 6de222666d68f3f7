"""Searching reports by their words, and telling what somebody who types may mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from thucydides.archive.archive import Archive
from thucydides.archive.selecting import folded
from thucydides.desk.api.asked import Asked
from thucydides.desk.api.lines import Units, report_line
from thucydides.desk.api.shapes import Hit, Suggestion
from thucydides.exports.acled_tables import sub_events

if TYPE_CHECKING:
    from thucydides.desk.api.room import Room

FROM_ARCHIVE = ("place", "source")
FEW_PLACES = 3
"""Places of the gazetteer told of which the archive knows nothing."""


def hits(archive: Archive, words: str, limit: int, told_until: date | None) -> list[Hit]:
    """Reports in which all words occur, the best first, with the stretch that has most of them."""
    found = [one for one in archive.search(words, limit) if told_until is None or (one.published and one.published <= told_until)]
    briefs = archive.glance.briefs([one.report for one in found])
    told = []
    for one in found:
        units = Units(one.snippet)
        spans = [
            (units.at(start - one.start), units.at(end - one.start)) for start, end in one.spans if one.start <= start and end <= one.end
        ]
        told.append(Hit(report=report_line(briefs[one.report]), snippet=one.snippet, spans=spans, claims=list(one.claims)))
    return told


@dataclass(frozen=True, slots=True)
class Known:
    """A name that may be meant, as it is sought: words in small letters, a space around everything."""

    kind: str
    id: str
    name: str
    note: str
    sought: str


def known_names(room: Room) -> list[Known]:
    """All names of the rosters, of types, and of the places and outlets that the archive tells of."""
    return list(_known(room))


def _known(room: Room) -> Iterator[Known]:
    for actor in room.tables.actors:
        yield Known("actor", actor.id, actor.name, actor.kind, folded(actor.name, *actor.aliases))
    for arm in room.tables.arms:
        yield Known("arm", arm.id, arm.name, arm.kind, folded(arm.name, *arm.aliases, *arm.nato))
    for type_ in sub_events().values():
        yield Known("type", type_.name, type_.name, type_.event_type, folded(type_.name))
    vocabulary = room.masks.columns.vocabulary
    for kind, note in (("place", "told of"), ("source", "outlet")):
        seen: set[str] = set()
        for name in vocabulary[kind]:
            id_, shown, sought = name.split("\t", 2)
            if (id_ or shown) not in seen:
                seen.add(id_ or shown)
                yield Known(kind, id_ or shown, shown, note, sought)


def suggestions(room: Room, words: str, limit: int) -> list[Suggestion]:
    """What a beginning of words may mean, what is told of most often first."""
    sought = folded(words).strip()
    if not sought:
        return []
    columns = room.masks.columns
    mask = room.masks.of(Asked())
    found: list[tuple[tuple[bool, int, int], Suggestion]] = []
    begins = f" {sought}"
    counts = {kind: columns.indexes[kind].counts(mask) for kind in ("actor", "arm", "place", "source")}
    for one in room.names.value():
        if begins not in one.sought:
            continue
        count = 0
        if one.kind in counts:
            key = columns.indexes[one.kind].keys.known(one.id)
            count = int(counts[one.kind][key]) if key is not None else 0
            if not count and one.kind in FROM_ARCHIVE and room.told_until is not None:
                continue  # only what is kept back tells of it
        whole = f" {sought} " in one.sought
        found.append(((count == 0, -count, -whole), Suggestion(kind=one.kind, id=one.id, name=one.name, note=one.note, count=count)))
    found.sort(key=lambda pair: (pair[0], len(pair[1].name), pair[1].name))
    told = [one for _, one in found[:limit]]
    known = {one.id for one in told}
    places = [match.place for match in room.tables.gazetteer.candidates(words) if match.place.id not in known] if len(words) > 2 else []
    more = [
        Suggestion(
            kind="place", id=place.id, name=place.name, note=", ".join(filter(None, (place.kind, place.admin1, place.country))), count=0
        )
        for place in places[:FEW_PLACES]
    ]
    return [*told[: max(0, limit - len(more))], *more]
