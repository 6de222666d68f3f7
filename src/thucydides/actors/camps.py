"""Who stands together, and against whom, by war and years: the roster ``camps.tsv``, with a user's own lines laid over it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Row, read_table

SHIPPED = Path(__file__).with_name("camps.tsv")
NAMES = Path(__file__).with_name("camp_names.tsv")
COLUMNS = ("id", "members", "against", "countries", "start", "end", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Camp:
    """A side of one war: with each member goes all that belongs to it. ``countries`` are those where that war is fought."""

    id: str
    members: frozenset[str]  # actor ids; camps that are members are opened into theirs
    against: frozenset[str]  # camp ids
    countries: frozenset[str]
    start: int | None = None
    end: int | None = None
    note: str = ""

    def fought(self, countries: Collection[str], year: int | None) -> bool:
        """Whether its war was fought there and then; what is not known is no bar."""
        within = year is None or ((self.start is None or self.start <= year) and (self.end is None or year <= self.end))
        return within and (not countries or not self.countries.isdisjoint(countries))


class Camps:
    """All camps by id."""

    def __init__(self, camps: Iterable[Camp]) -> None:
        self.by_id: Mapping[str, Camp] = {camp.id: camp for camp in camps}
        by_member: dict[str, list[Camp]] = {}
        for camp in self.by_id.values():
            for member in camp.members:
                by_member.setdefault(member, []).append(camp)
        self._by_member = by_member

    def __iter__(self) -> Iterator[Camp]:
        return iter(self.by_id.values())

    @property
    def digest(self) -> str:
        """A digest of who stands together: another roster gives another one."""
        told = ((c.id, sorted(c.members), sorted(c.against), sorted(c.countries), c.start, c.end) for c in self)
        return sha256(repr(sorted(told, key=lambda camp: camp[0])).encode()).hexdigest()

    def of(self, side: Sequence[str], countries: Collection[str], year: int | None) -> str | None:
        """The camp of a side (actor ids, nearest first) in the war of some countries; ``None`` where it has none there, or several."""
        for actor in side:
            found = [camp.id for camp in self._by_member.get(actor, ()) if camp.fought(countries, year)]
            if len(found) == 1:
                return found[0]
        return None

    def opposed(self, one: str, other: str) -> bool:
        """Whether two camps are at war."""
        return other in self.by_id[one].against

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Camps:
        """The shipped roster with a user's own lines laid over it; a line of a known id replaces that camp, "-" as members removes it.

        A bad line is refused, and so are camps that are members of each other: the error names the circle.
        """
        return _load(tuple(extra))


def name_of(camp: str) -> str:
    """What a camp is called where it is shown: by the table of names, else its id in words."""
    return _names().get(camp) or " ".join(camp.split("-")).capitalize()


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    errors: list[BadRoster] = []
    found = {row["id"]: row["name"] for row in read_table(NAMES, ("id", "name"), errors)}
    if errors:
        raise errors[0]
    return found


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Camps:
    errors: list[BadRoster] = []
    rows: dict[str, Row] = {}
    for path in (SHIPPED, *extra):
        for row in read_table(path, COLUMNS, errors):
            rows[row["id"]] = row
    rows = {id_: row for id_, row in rows.items() if row["members"] != "-"}
    if errors:
        raise errors[0]
    return Camps(_camp(row, rows) for row in rows.values())


def _camp(row: Row, rows: Mapping[str, Row]) -> Camp:
    start, end = _year(row, "start"), _year(row, "end")
    if start and end and start > end:
        raise BadRoster(row.file, row.line, f"the camp {row['id']!r} ends ({end}) before it starts ({start})", remedy="Check both years.")
    return Camp(
        id=row["id"],
        members=frozenset(_members(row, rows, ())),
        against=frozenset(row.values("against")),
        countries=frozenset(row.values("countries")),
        start=start,
        end=end,
        note=row["note"],
    )


def _members(row: Row, rows: Mapping[str, Row], within: tuple[str, ...]) -> Iterator[str]:
    """The actors of a camp and of the camps that are its members."""
    path = (*within, row["id"])
    for member in row.values("members"):
        if member in path:
            circle = " > ".join((*path[path.index(member) :], member))
            raise BadRoster(row.file, row.line, f"camps are members of each other: {circle}", remedy="Take one of them out.")
        if member in rows:
            yield from _members(rows[member], rows, path)
        else:
            yield member


def _year(row: Row, column: str) -> int | None:
    year = row[column]
    if year and not (year.isdigit() and len(year) == 4):
        raise BadRoster(row.file, row.line, f"{column} {year!r} is no year", remedy="Write four digits or leave the cell empty.")
    return int(year) if year else None
