"""Reading in the background: what was handed in is read, weighed and shown, one job after the other.

What is uploaded is a file in the folder ``incoming`` before anybody is told that it was taken, and leaves it only when all of it is kept
or set aside. So a server that is killed takes it up again when it is next started; reading the same twice changes nothing.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from thucydides.chronicle import Reading, weigh
from thucydides.desk.api.feeds import entries, is_feed
from thucydides.desk.api.fetching import Fetched
from thucydides.desk.api.lines import report_line
from thucydides.desk.api.shapes import AsideLine, Job
from thucydides.errors import NotKept, ThucydidesError, UnreadableReport
from thucydides.reports import Raw

if TYPE_CHECKING:
    from thucydides.archive.archive import Archive
    from thucydides.archive.asked import Aside
    from thucydides.desk.api.room import Room

REMEMBERED = 200  # jobs
SHOWN = 200  # reports told of a job
HALF_SECONDS = 86_400.0  # an upload that has not gone on for so long never will


@dataclass(slots=True)
class Work:
    """A job as it goes on."""

    id: str
    raws: Callable[[], Iterator[Raw]]
    total: int | None = None
    done_with: Callable[[], None] | None = None
    state: str = "waiting"
    done: int = 0
    claims: int = 0
    reports: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)  # names
    error: str | None = None


class Jobs:
    """All jobs of one server, in one thread. They write to the user's archive, which is made if it is not there yet."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._known: OrderedDict[str, Work] = OrderedDict()
        self._waiting: queue.Queue[Work | None] = queue.Queue()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    @property
    def incoming(self) -> Path:
        """Where uploads wait."""
        return self._room.settings.data / "incoming"

    def start(self) -> None:
        """Takes up what an earlier server left, and weighs what nobody weighed."""
        self._thread.start()
        if self._room.has_own:
            self.add(lambda: iter(()), 0)
        for half in self.incoming.glob("*.part"):  # nobody was told that it was taken
            if time.time() - half.stat().st_mtime > HALF_SECONDS:
                half.unlink(missing_ok=True)
        for file in sorted(self.incoming.glob("*.upload")):
            self.add_files([(_name_of(file), file)])

    def close(self) -> None:
        """Ends after the report that is being read."""
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    # ── handing in ───────────────────────────────────────────────────────────────────────────────

    def add(self, raws: Callable[[], Iterator[Raw]], total: int | None, done_with: Callable[[], None] | None = None) -> Work:
        """A new job."""
        work = Work(uuid4().hex[:12], raws, total, done_with)
        with self._lock:
            self._known[work.id] = work
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._waiting.put(work)
        return work

    def add_files(self, files: list[tuple[str, Path]]) -> Work:
        """A job of files in ``incoming``, each with the name that it was given under."""

        def raws() -> Iterator[Raw]:
            for name, file in files:
                yield from opened(Raw(name, file.read_bytes()))

        def done_with() -> None:
            for _, file in files:
                file.unlink(missing_ok=True)

        return self.add(raws, len(files), done_with)

    def add_text(self, told: dict[str, str | None]) -> Work:
        """A job of a text pasted."""
        data = json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        file = self.spooled(f"{told.get('title') or 'pasted text'}.json")
        file.write_bytes(data)
        return self.add_files([(_name_of(file), file)])

    def add_address(self, url: str, fetch: Callable[[str], Fetched]) -> Work:
        """A job of a report or feed to be fetched."""

        def raws() -> Iterator[Raw]:
            fetched = fetch(url)
            yield from opened(Raw(fetched.url, fetched.data, fetched.media), fetched.url)

        return self.add(raws, None)

    def spooled(self, name: str) -> Path:
        """A new file in ``incoming`` for something of this name."""
        self.incoming.mkdir(parents=True, exist_ok=True)
        kept = "".join(letter if letter.isalnum() or letter in " ._-" else "_" for letter in name)[-80:].strip() or "report"
        return self.incoming / f"{uuid4().hex[:12]}-{kept}.upload"

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    def told(self, id_: str) -> Job:
        """How far a job is."""
        with self._lock:
            work = self._known.get(id_)
        if work is None:
            raise NotKept(
                f"there is no job {id_[:40]!r}", remedy="Jobs are forgotten when the server ends; what they kept is in the archive."
            )
        return self.job(work)

    def job(self, work: Work) -> Job:
        """A job as it is told."""
        archive = self._room.own_or_none
        briefs = archive.glance.briefs(work.reports[-SHOWN:]) if archive is not None and work.reports else {}
        names = set(work.aside)
        return Job(
            id=work.id, state=work.state, total=work.total, done=work.done, claims=work.claims, error=work.error,
            reports=[report_line(briefs[id_]) for id_ in work.reports[-SHOWN:] if id_ in briefs],
            aside=[aside_line(one) for one in (archive.aside() if archive is not None and names else ()) if one.name in names],
        )  # fmt: skip

    # ── working ──────────────────────────────────────────────────────────────────────────────────

    def _work(self) -> None:
        while (work := self._waiting.get()) is not None:
            try:
                self._do(work)
                work.state = "done"
            except ThucydidesError as error:
                work.state, work.error = "failed", str(error)
            except Exception as fault:  # noqa: BLE001 - one job's fault must not end all others; it is told to who asked for it
                work.state, work.error = "failed", f"{type(fault).__name__}: {fault}. The fault is the program's: please report it."

    def _do(self, work: Work) -> None:
        work.state = "reading"
        archive = self._room.own_archive()
        pieces = work.raws()
        first = next(pieces, None)
        if first is not None:
            for raw in _from(first, pieces):
                readings = self._room.chronicler.chronicle([raw], archive)
                while (reading := self._next(readings)) is not None:
                    self._note(work, reading)
                    if reading.report is not None:
                        self._room.originals.keep(raw)
                work.done += 1
                if work.total is not None:
                    work.total = max(work.total, work.done)
        work.total = work.done
        work.state = "weighing"
        self._weigh(archive)
        self._room.refresh()
        if work.done_with is not None:
            work.done_with()

    def _next(self, readings: Iterator[Reading]) -> Reading | None:
        """The next report read: the coder is let go between two, for whoever asks why a claim says what it says."""
        with self._room.coding:
            return next(readings, None)

    def _note(self, work: Work, reading: Reading) -> None:
        if reading.report is None:
            work.aside.append(reading.name)
        else:
            work.reports.append(reading.report.id)
            work.claims += len(reading.claims)

    def _weigh(self, archive: Archive) -> None:
        with archive.weighing(self._room.scale.by):
            pass  # what was weighed with other weights or rosters is let go
        for _ in weigh(archive, self._room.scale):
            if self._room.ending:
                return


def opened(raw: Raw, url: str = "") -> Iterator[Raw]:
    """A feed's entries, or the file itself."""
    if not is_feed(raw.data):
        yield raw
        return
    try:
        yield from entries(raw, url)
    except UnreadableReport as error:
        yield Raw(raw.name, raw.data, raw.media, error)


def aside_line(one: Aside) -> AsideLine:
    """Something set aside, on one line."""
    return AsideLine(
        id=one.id, name=one.name, reason=one.reason.removeprefix(f"{one.name}: "), since=one.since, size_bytes=one.size_bytes,
        retriable=bool(one.size_bytes),
    )  # fmt: skip


def _from(first: Raw, rest: Iterator[Raw]) -> Iterator[Raw]:
    yield first
    yield from rest


def _name_of(file: Path) -> str:
    """The name that a file was given under."""
    return file.name.partition("-")[2].removesuffix(".upload")
