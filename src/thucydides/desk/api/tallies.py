"""What outlets did in every incident, as rows of numbers that are kept up: only incidents that changed are read again.

A row is an outlet in an incident. The rows of a million incidents take some 60 MB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from thucydides.archive.archive import Archive
from thucydides.archive.glancing import Brief
from thucydides.desk.api.columns import Columns
from thucydides.desk.api.masks import told_until
from thucydides.desk.api.names import Names
from thucydides.desk.api.rows import Array
from thucydides.desk.delaying import delayed, today
from thucydides.desk.settings import Settings
from thucydides.incidents.sources import Standing, standings
from thucydides.incidents.testimony import Telling
from thucydides.record import Incident

TOGETHER = 1000  # incidents read at a time
COUNTS = ("claims", "incidents", "shared", "first", "disputed", "alone", "figures", "higher", "lower")
PARTS = np.dtype([("incident", "S20"), ("outlet", "i4"), *((name, "i2") for name in COUNTS)])
SWAYS = np.dtype([("incident", "S20"), ("outlet", "i4"), ("party", "i4"), ("sway", "i2")])
"""How often an outlet's loaded words speak for a party in an incident, less how often they speak against it."""


class Tallies:
    """The parts of outlets in the incidents of an archive."""

    def __init__(self) -> None:
        self._known = np.zeros(0, dtype=[("id", "S20"), ("digest", "u4")])
        self._parts = np.zeros(0, dtype=PARTS)
        self._sways = np.zeros(0, dtype=SWAYS)
        self._outlets, self._parties = Names(), Names()
        self._until: date | None = None

    def standings(self, archive: Archive, columns: Columns, settings: Settings) -> dict[str, Standing]:
        """What is counted of all outlets, by id, else name. When the last day that may be told moves on all is read anew."""
        until = told_until(today(), settings.delay_days)
        if until != self._until:
            self._known, self._until = self._known[:0], until
        now = np.zeros(len(columns), dtype=self._known.dtype)
        now["id"], now["digest"] = columns["id"][columns.by_id], columns["digest"][columns.by_id]
        kept = _in_both(self._known, now)
        stays = kept["id"]
        wanted = columns.by_id[~_among(now["id"], stays)]
        more = list(self._read(archive, columns.ids(np.sort(wanted)), settings)) if len(wanted) else []
        if more or len(stays) < len(self._known):
            self._parts = np.concatenate([_of(self._parts, stays), *(parts for parts, _ in more)])
            self._sways = np.concatenate([_of(self._sways, stays), *(sways for _, sways in more)])
        self._known = now
        return self._summed()

    def _read(self, archive: Archive, ids: list[str], settings: Settings) -> Iterator[tuple[Array, Array]]:
        briefs: dict[str, Brief] = {}
        for first in range(0, len(ids), TOGETHER):
            incidents = archive.glance.incidents(ids[first : first + TOGETHER])
            claims = {claim.id: claim for claim in archive.glance.claims([id_ for one in incidents for id_ in one.claims])}
            wanted = {claim.report for claim in claims.values()}
            briefs = {id_: brief for id_, brief in briefs.items() if id_ in wanted}
            briefs |= archive.glance.briefs(wanted - briefs.keys())
            told = []
            for incident in incidents:
                own = [claims[id_] for id_ in incident.claims if id_ in claims]
                may = delayed(((claim, briefs[claim.report]) for claim in own if claim.report in briefs), settings)
                told.append((incident, [Telling(claim=claim, report=report) for claim, report in may]))
            yield self._rows(told)

    def _rows(self, told: Iterable[tuple[Incident, list[Telling]]]) -> tuple[Array, Array]:
        parts, sways = [], []
        for incident, tellings in told:
            id_ = incident.id.encode()
            for key, one in zip(*_apart(incident, tellings), strict=True):
                outlet = self._outlets.number(key)
                parts.append((id_, outlet, *(getattr(one, name) for name in COUNTS)))
                sway = Counter(one.favours)
                sway.subtract(one.against)
                sways += [(id_, outlet, self._parties.number(party), n) for party, n in sway.items()]
        return np.array(parts, dtype=PARTS), np.array(sways, dtype=SWAYS)

    def _summed(self) -> dict[str, Standing]:
        number = len(self._outlets.of)
        sums = {name: np.bincount(self._parts["outlet"], self._parts[name], number).astype(np.int64) for name in COUNTS}
        found = [Standing(key) for key in self._outlets]
        for name in COUNTS:
            for one, count in zip(found, sums[name].tolist(), strict=True):
                setattr(one, name, count)
        for outlet, party, n in zip(*(self._sways[name].tolist() for name in ("outlet", "party", "sway")), strict=True):
            found[outlet].favours[self._parties.of[party]] += n
        return {one.name: one for one in found if one.incidents}


def _apart(incident: Incident, tellings: list[Telling]) -> tuple[list[str], list[Standing]]:
    """The outlets of one incident by id, else name, and what each did in it."""
    found = standings([(incident, tellings)])
    keys = {one.report.source.name: one.report.source.id or one.report.source.name for one in tellings}
    return [keys[one.name] for one in found], found


def _in_both(one: Array, other: Array) -> Array:
    """Those of two sorted arrays of ids with digests that are the same."""
    if not len(one) or not len(other):
        return one[:0]
    at = np.minimum(np.searchsorted(other["id"], one["id"]), len(other) - 1)
    same: Array = one[(other["id"][at] == one["id"]) & (other["digest"][at] == one["digest"])]
    return same


def _among(ids: Array, some: Array) -> Array:
    """Which of the ids are among some sorted ones."""
    if not len(some):
        return np.zeros(len(ids), dtype=bool)
    found: Array = some[np.minimum(np.searchsorted(some, ids), len(some) - 1)] == ids
    return found


def _of(rows: Array, ids: Array) -> Array:
    """The rows of some sorted ids."""
    return rows[_among(rows["incident"], ids)]
