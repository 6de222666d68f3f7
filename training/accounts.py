"""Accounts: invented reports of several outlets, gathered in families that speak of one event each.

They are the lessons, and the test, of telling which claims of different reports speak of the same event (``accounts/*.txt``). The
answer stands in the file: reports of one family do, reports of two families do not, unless a line is given to another family.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from thucydides.reports import Raw

FOLDER = Path(__file__).parent / "accounts"
JOINT = "\n\n"  # between the paragraphs of a report
ID = r"[a-z]{2}-\d{3}"
_FAMILY = re.compile(rf"% ({ID}) \| (\S.*)")
_REPORT = re.compile(rf"@ ({ID})-([a-z]) \| ([^|]+?) \| ([^|]+?)(?: \| copy of ({ID}-[a-z]))?")
_PARAGRAPH = re.compile(rf">(!|\[{ID}\])? (\S.*)")
_TIE = re.compile(rf"%% ({ID}) (part of|beside) ({ID})")


class BrokenLine(ValueError):
    """A line that is not of the shape, or that names what is not there."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file}:{line}: {what}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``family`` is the event that it speaks of, None where it speaks of something else or nobody said."""

    text: str
    family: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """One report. ``copy_of`` is the report that it re-posts, word for word or with a new lead."""

    id: str
    family: str
    source: str
    published: date
    paragraphs: tuple[Paragraph, ...]
    copy_of: str | None = None

    @property
    def text(self) -> str:
        return JOINT.join(p.text for p in self.paragraphs)

    def spans(self) -> list[tuple[int, int, str | None]]:
        """Start and end of each paragraph in the text, and the family that it speaks of."""
        found, at = list[tuple[int, int, str | None]](), 0
        for paragraph in self.paragraphs:
            found.append((at, at + len(paragraph.text), paragraph.family))
            at += len(paragraph.text) + len(JOINT)
        return found

    def raw(self) -> Raw:
        """The report as the program takes it."""
        row = {"id": self.id, "source": self.source, "published": self.published.isoformat(), "text": self.text}
        return Raw(f"{self.id}.json", json.dumps(row).encode())


@dataclass(frozen=True, slots=True)
class Family:
    """Reports of one event. ``about`` tells people what happened and is never learned from; ``region`` is the file's name."""

    id: str
    about: str
    region: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """All families by id, and their ties.

    ``parts`` holds (part, whole); ``beside`` holds pairs that are easily taken for one event and are two.
    """

    families: Mapping[str, Family]
    parts: frozenset[tuple[str, str]]
    beside: frozenset[tuple[str, str]]

    def reports(self) -> Iterator[Account]:
        for family in self.families.values():
            yield from family.accounts

    def halves(self) -> dict[str, str]:
        """Which half each family is in, "a" or "b": what is learned on one half is tried on the other.

        Families that are tied, or of which one report speaks together, are in the same half.
        """
        told = {(one.family, p.family) for one in self.reports() for p in one.paragraphs if p.family}
        first = {name: name for name in self.families}  # of those tied to it, the one whose name comes first
        while changed := [(a, b) for a, b in self.parts | self.beside | told if first[a] != first[b]]:
            for one, other in changed:
                first[one] = first[other] = min(first[one], first[other])
        return {name: "ab"[int(hashlib.md5(least.encode()).hexdigest(), 16) % 2] for name, least in first.items()}


@dataclass(slots=True)
class _Draft:
    """A report being read: its head, and its paragraphs with their marks."""

    line: int
    id: str
    source: str
    published: date
    copy_of: str | None
    paragraphs: list[tuple[str, str]] = field(default_factory=list)

    def account(self, family: str) -> Account:
        """A line marked ``!`` is the family's alone; where none is, every line is that is not given to another family."""
        marked = any(mark == "!" for mark, _ in self.paragraphs)
        told = tuple(Paragraph(text, _spoken_of(mark, marked, family)) for mark, text in self.paragraphs)
        return Account(self.id, family, self.source, self.published, told, self.copy_of)


def _spoken_of(mark: str, marked: bool, family: str) -> str | None:
    if mark.startswith("["):
        return mark.strip("[]")
    return family if mark == "!" or not marked else None


@dataclass(slots=True)
class _Opened:
    """A family being read."""

    file: str
    line: int
    id: str
    about: str
    reports: list[_Draft] = field(default_factory=list)

    def family(self) -> Family:
        if not self.reports:
            raise BrokenLine(self.file, self.line, f"family {self.id} has no report")
        for report in self.reports:
            if not report.paragraphs:
                raise BrokenLine(self.file, report.line, f"report {report.id} has no text")
        return Family(self.id, self.about, Path(self.file).stem, tuple(r.account(self.id) for r in self.reports))


class _Reader:
    """Reads lines one by one; remembers where each name was used, so that a name of nothing can be told by file and line."""

    def __init__(self) -> None:
        self.opened: list[_Opened] = []
        self.ties: list[tuple[str, str, str]] = []
        self.named: list[tuple[str, str, int]] = []  # a family or report that must exist, and where it is named

    def take(self, line: str, file: str, number: int) -> None:
        if not line.strip() or line.startswith("#"):
            return
        if tie := _TIE.fullmatch(line):
            self.ties.append((tie[2], tie[1], tie[3]))
            self.named += [(tie[1], file, number), (tie[3], file, number)]
        elif opening := _FAMILY.fullmatch(line):
            self.opened.append(_Opened(file, number, opening[1], opening[2]))
        elif head := _REPORT.fullmatch(line):
            self._report(head, file, number)
        elif told := _PARAGRAPH.fullmatch(line):
            self._paragraph(told[1] or "", told[2], file, number)
        else:
            raise BrokenLine(file, number, f"want '% FAMILY | …', '@ REPORT | OUTLET | DAY', '> …' or '%% …', not {line[:60]!r}")

    def _report(self, head: re.Match[str], file: str, number: int) -> None:
        family, letter, source, day, copy_of = head.groups()
        if not self._in(file) or self.opened[-1].id != family:
            raise BrokenLine(file, number, f"report {family}-{letter} does not stand in family {family}")
        try:
            published = date.fromisoformat(day)
        except ValueError as error:
            raise BrokenLine(file, number, f"{day!r} is no day of the form 2016-08-11") from error
        if copy_of:
            self.named.append((copy_of, file, number))
        self.opened[-1].reports.append(_Draft(number, f"{family}-{letter}", source, published, copy_of))

    def _paragraph(self, mark: str, text: str, file: str, number: int) -> None:
        if not self._in(file) or not self.opened[-1].reports:
            raise BrokenLine(file, number, "text before any report")
        if mark.startswith("["):
            self.named.append((mark.strip("[]"), file, number))
        self.opened[-1].reports[-1].paragraphs.append((mark, text))

    def _in(self, file: str) -> bool:
        return bool(self.opened) and self.opened[-1].file == file

    def close(self) -> Accounts:
        families: dict[str, Family] = {}
        known: set[str] = set()
        for opened in self.opened:
            _new(opened.id, known, opened.file, opened.line)
            for report in opened.reports:
                _new(report.id, known, opened.file, report.line)
            families[opened.id] = opened.family()
        for name, file, number in self.named:
            if name not in known:
                raise BrokenLine(file, number, f"there is no {name}")
        parts = frozenset((one, other) for tie, one, other in self.ties if tie == "part of")
        beside = frozenset((one, other) for tie, one, other in self.ties if tie == "beside")
        return Accounts(families, parts, beside)


def _new(name: str, known: set[str], file: str, number: int) -> None:
    if name in known:
        raise BrokenLine(file, number, f"{name} stands twice")
    known.add(name)


def parse(files: Iterable[tuple[str, str]]) -> Accounts:
    """The accounts in texts, each with its file's name. Raises ``BrokenLine`` with file and line."""
    reader = _Reader()
    for file, text in files:
        for number, line in enumerate(text.split("\n"), 1):
            reader.take(line.rstrip(), file, number)
    return reader.close()


def load(folder: Path = FOLDER) -> Accounts:
    """All accounts of a folder, in the order of the files' names."""
    return parse((path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt")))
