"""Reading the tables of arms, and finding their names in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.lexicon import Hit, Phrases, Row, Word, read_table
from thucydides.record import Arm

FOLDER = Path(__file__).parent / "roster"
COLUMNS = ("id", "name", "aliases", "class", "nato", "country", "start", "note")
CLASSES = frozenset(
    (
        "aircraft helicopter drone air-defence missile rocket artillery mortar tank armour vehicle anti-tank bomb munition "
        "small-arm grenade mine ied suicide-device chemical incendiary naval radar explosive melee crowd-control generic"
    ).split()
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Arms:
    """The roster: entries by id, their names as phrases, and every line that could not be used."""

    def __init__(self, entries: Iterable[Arm], errors: Sequence[BadRoster] = (), digest: str = "") -> None:
        self.by_id: Mapping[str, Arm] = {arm.id: arm for arm in entries}
        self.errors = tuple(errors)
        self.digest = digest
        self._phrases: Phrases[str] = Phrases()
        self._reporting: Phrases[str] = Phrases()  # "Guideline", "May": ordinary words that only a whole name may mean
        for arm in self.by_id.values():
            for name in (arm.name, *arm.aliases):
                self._phrases.add(name, arm.id)
            for name in arm.nato:
                (self._phrases if any(c.isdigit() for c in name) else self._reporting).add(name, arm.id)

    def __iter__(self) -> Iterator[Arm]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def find(self, words: Sequence[Word]) -> list[Hit[str]]:
        """All arms named in a sentence: hits hold arm ids."""
        return self._phrases.find(words)

    def recognise(self, words: str) -> Arm | None:
        """The arm that goes by these words; the first of the roster where several share a name."""
        ids = self._phrases.get(words) or self._reporting.get(words)
        return self.by_id[ids[0]] if ids else None

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Arms:
        """The shipped tables with a user's own laid over them. Bad lines are in ``errors``; the rest stands."""
        return _load(tuple(extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Arms:
    entries: dict[str, Arm] = {}
    errors: list[BadRoster] = []
    digest = hashlib.sha256()
    for path in (*sorted(FOLDER.glob("*.tsv")), *extra):
        own = path in extra
        if path.is_file():
            digest.update(path.read_bytes())
        for row in read_table(path, COLUMNS, errors):
            if own and row["name"] == "-":
                entries.pop(row["id"], None)
                continue
            arm = _arm(row, errors)
            if arm is None:
                continue
            if arm.id in entries and not own:
                remedy = "Give the entry an id of its own."
                errors.append(BadRoster(row.file, row.line, f"the id {arm.id!r} is used twice", remedy=remedy))
                continue
            entries[arm.id] = arm
    return Arms(entries.values(), errors, digest.hexdigest()[:12])


def _arm(row: Row, errors: list[BadRoster]) -> Arm | None:
    def bad(what: str, remedy: str) -> None:
        errors.append(BadRoster(row.file, row.line, what, remedy=remedy))

    if not _ID.match(row["id"]):
        bad(f"{row['id']!r} is no id", "Use lower-case letters, digits and single hyphens.")
        return None
    if not row["name"]:
        bad(f"{row['id']!r} has no name", "Fill the column 'name'.")
        return None
    if row["class"] not in CLASSES:
        bad(f"{row['class']!r} is no class of arms", f"Classes are: {', '.join(sorted(CLASSES))}.")
        return None
    if row["start"] and not (row["start"].isdigit() and len(row["start"]) == 4):
        bad(f"start {row['start']!r} is no year", "Write four digits or leave the cell empty.")
        return None
    return Arm(
        id=row["id"],
        name=row["name"],
        kind=row["class"],
        aliases=row.values("aliases"),
        nato=row.values("nato"),
        country=row["country"] or None,
        start=int(row["start"]) if row["start"] else None,
        note=row["note"],
    )
