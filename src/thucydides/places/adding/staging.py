"""A gazetteer in the making: rows as they come, kept with the offset behind them, so that a run that was cut goes on from there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from thucydides.places.adding.entries import Entry, Remark, Step
from thucydides.places.file import KINDS, cell_of
from thucydides.places.names import fold_name, sound

BATCH = 20_000  # rows between two commits
HEAD = "line\tvalue\twhat\twhat to do\n"

_TABLES = """
    PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -64000;
    CREATE TABLE IF NOT EXISTS source (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, kind, lat INTEGER, lon INTEGER,
                                        radius INTEGER, country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER, cell INTEGER,
                                        line INTEGER);
    CREATE TABLE IF NOT EXISTS heard (sound TEXT, name TEXT, number INTEGER);
    CREATE TABLE IF NOT EXISTS titles (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Counts:
    """What became of the rows so far."""

    taken: int = 0
    left_out: int = 0  # on purpose: features that no report means, events of no place
    again: int = 0  # the same place once more
    rejected: int = 0
    warned: int = 0
    alternate: int = 0  # names of an alternateNames file


class Staging:
    """The file in the making. Opened again for the same source it knows how far it came."""

    def __init__(self, path: Path, mark: str, rejected: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(path)
        self._db.executescript(_TABLES)
        kept: dict[str, Any] = {key: json.loads(value) for key, value in self._db.execute("SELECT key, value FROM source")}
        if kept.get("mark") != mark:
            self._db.executescript("DROP TABLE source; DROP TABLE entries; DROP TABLE heard; DROP TABLE titles;" + _TABLES)
            kept = {}
        self.mark = mark
        self.offset: int = kept.get("offset", 0)
        self.line: int = kept.get("line", 0)
        self.phase: str = kept.get("phase", "rows")
        self.counts = Counts(**kept.get("counts", {}))
        self._number: int = self._db.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()[0]
        self._remarks = rejected.open("r+" if kept and rejected.exists() else "w", encoding="utf-8")
        self._remarks.truncate(kept.get("remarks", 0))
        self._remarks.seek(0, 2)
        if not self._remarks.tell():
            self._remarks.write(HEAD)
        self._heard: list[tuple[str, str, int]] = []

    def take(self, step: Step) -> None:
        """Takes what one row became."""
        self.offset, self.line = step.offset, step.line
        if not step.found:
            self.counts.left_out += 1
        for one in step.found:
            if isinstance(one, Remark):
                self.remark(one)
            else:
                self._enter(one)

    def _enter(self, entry: Entry) -> None:
        row = (
            self._number + 1, entry.id, entry.name, KINDS.index(entry.kind) if entry.kind in KINDS else entry.kind, round(entry.lat * 1e4),
            round(entry.lon * 1e4), round(entry.radius_km * 10), entry.country, entry.admin1, entry.admin2, entry.population,
            cell_of(entry.lat, entry.lon), entry.line,
        )  # fmt: skip
        if not self._db.execute(f"INSERT OR IGNORE INTO entries VALUES ({','.join('?' * 13)})", row).rowcount:
            self._again(entry)
            return
        self._number += 1
        self.counts.taken += 1
        self._hear(self._number, entry.names)

    def _again(self, entry: Entry) -> None:
        if not entry.own_id:
            self.counts.again += 1
            return
        first = self._db.execute("SELECT line FROM entries WHERE id = ?", (entry.id,)).fetchone()[0]
        what = f"the id {entry.id!r} is that of line {first:,}"
        self.remark(Remark(line=entry.line, value=entry.name[:80], what=what, remedy="Give each place an id of its own."))

    def _hear(self, number: int, names: Iterable[str]) -> None:
        for folded in {fold_name(name) for name in names}:
            if len(folded) > 1:
                self._heard.append((sound(folded).key, folded, number))

    def name(self, id_: str, name: str) -> None:
        """One more name of a place that was taken."""
        found = self._db.execute("SELECT number FROM entries WHERE id = ?", (id_,)).fetchone()
        if found is not None:
            self.counts.alternate += 1
            self._hear(found[0], (name,))

    def title(self, titles: Iterable[tuple[str, str]]) -> None:
        """Names of areas by their codes."""
        self._db.executemany("INSERT OR REPLACE INTO titles VALUES (?, ?)", titles)

    def remark(self, remark: Remark) -> None:
        """Writes down why a row was not taken, or what is odd about it."""
        if remark.taken:
            self.counts.warned += 1
        else:
            self.counts.rejected += 1
        cells = (str(remark.line), remark.value, remark.what + (" (taken)" if remark.taken else ""), remark.remedy)
        self._remarks.write("\t".join(" ".join(cell.split()) for cell in cells) + "\n")

    def commit(self) -> None:
        """Keeps all so far: a run that is cut from here on goes on from here."""
        self._db.executemany("INSERT INTO heard VALUES (?, ?, ?)", self._heard)
        self._heard.clear()
        self._remarks.flush()
        kept = {
            "mark": self.mark, "offset": self.offset, "line": self.line, "phase": self.phase, "counts": asdict(self.counts),
            "remarks": self._remarks.tell(),
        }  # fmt: skip
        self._db.executemany("INSERT OR REPLACE INTO source VALUES (?, ?)", [(key, json.dumps(value)) for key, value in kept.items()])
        self._db.commit()

    def turn(self, phase: str) -> None:
        """Goes over to the next phase, at its beginning."""
        self.phase, self.offset, self.line = phase, 0, 0
        self.commit()

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """What a query finds, row by row."""
        yield from self._db.execute(query)

    def close(self) -> None:
        """Closes the file; what was not committed is lost."""
        self._remarks.close()
        self._db.close()
