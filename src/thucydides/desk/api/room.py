"""The room in which the server works: the archive, its columns, and what keeps both up to date."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from thucydides.archive.archive import Archive
from thucydides.archive.asked import Aside, ClaimFilter
from thucydides.archive.glancing import ReportsAsked, Size
from thucydides.archive.watching import Watch
from thucydides.chronicle import Traced, weigh
from thucydides.control import Chart, Rules
from thucydides.desk.api.asked import Asked
from thucydides.desk.api.columns import Columns
from thucydides.desk.api.filling import Filling
from thucydides.desk.api.holders import in_order, shown_by
from thucydides.desk.api.incident_view import incident_view
from thucydides.desk.api.jobs import Jobs
from thucydides.desk.api.masks import Masks, told_until
from thucydides.desk.api.originals import Originals
from thucydides.desk.api.reckoned import Reckoned
from thucydides.desk.api.rosters import Tables
from thucydides.desk.api.searching import Known, known_names
from thucydides.desk.api.serving import Serving
from thucydides.desk.api.shapes import IncidentView, SourceLine
from thucydides.desk.api.source_view import source_lines
from thucydides.desk.api.tallies import Tallies
from thucydides.desk.coding import Chronicler, prepare
from thucydides.desk.control_shown import last_day
from thucydides.desk.delaying import delayed, today
from thucydides.desk.gathering import gather, open_up
from thucydides.desk.settings import Settings
from thucydides.desk.weighing import weigher
from thucydides.errors import ArchiveError, NotKept, ThucydidesError
from thucydides.incidents import Weigher
from thucydides.record import Claim, Incident, Report

SAMPLE = Path(__file__).parents[1] / "sample"
EVERY_SECONDS = 1.0
"""How often is looked whether somebody else wrote to the archive."""
PATIENCE_SECONDS = 120.0
"""How long a request waits for the first columns."""
BESIDE = "workbench.npz"


class Opened:
    """An archive that is open, with its columns."""

    def __init__(self, archive: Archive, tables: Tables, file: Path | None, *, sample: bool = False) -> None:
        self.archive, self.sample = archive, sample
        self._file = file
        self._number = file.stat().st_ino if file is not None else 0
        beside = file.with_name(f"{file.name}.{BESIDE}") if file is not None else None
        self._watch: Watch = archive.watch()
        self._filling = Filling(archive, tables.rosters, beside)
        self._filled_at = ""
        self.columns: Columns | None = None
        self.size: Size | None = None
        self._lock = threading.Lock()

    def mark(self) -> str:
        """Moves on whenever the archive or the columns do."""
        exact = int(self.size is not None and self.size.first_day is not None)
        return f"{self._watch.mark()}.{self.columns.number if self.columns is not None else 0}.{exact}"

    def refresh(self) -> None:
        """Brings the columns up to date, if anything was written since."""
        with self._lock:
            mark = self._watch.mark()
            if mark != self._filled_at:
                self.size = self.archive.glance.size(roughly=True)
                self.columns = self._filling.columns()
                self._filled_at = mark
                self.size = self.archive.glance.size()

    def is_there(self) -> bool:
        """Whether the file that is open is still the one under its name."""
        if self._file is None:
            return True
        try:
            return self._file.stat().st_ino == self._number
        except OSError:
            return False

    def close(self) -> None:
        """Lets go of the archive."""
        self._watch.close()
        self.archive.close()


class Room:
    """Holds what all requests share. ``start`` begins the work in the background, ``close`` ends it."""

    def __init__(self, settings: Settings, serving: Serving) -> None:
        self.settings, self.serving = settings, serving
        self.tables = Tables(settings)
        self._own: Opened | None = None
        self._sample: Opened | None = None
        self._sample_folder: str | None = None
        self._trouble: ThucydidesError | None = None
        self._lost = False  # there was an archive, and its file went away
        self._tried = 0.0
        self._opening = threading.RLock()
        self._masks: Masks | None = None
        self._ready = threading.Event()
        self._ended = threading.Event()
        self._loading = threading.Lock()
        self.coding = threading.Lock()  # one report is coded at a time
        self.chart: Reckoned[Chart] = Reckoned(self._trace, self.changed)
        self._traced: tuple[Archive, date | None, Traced] | None = None
        self.sources: Reckoned[list[SourceLine]] = Reckoned(self._source_lines, self.changed)
        self._tallies = Tallies()
        self.names: Reckoned[list[Known]] = Reckoned(lambda: known_names(self), self.changed)
        self.holders = {by: Reckoned(partial(self._in_order, by), self.changed) for by in ("actor", "side")}
        self.jobs = Jobs(self)
        self._watcher = threading.Thread(target=self._look_after, name="archive", daemon=True)

    # ── from outside ─────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Begins to look after the archive, and to work on what waits."""
        self._watcher.start()
        self.jobs.start()

    def close(self) -> None:
        """Stops, and lets go of everything."""
        self._ended.set()
        self.jobs.close()
        if self._watcher.is_alive():
            self._watcher.join(timeout=10)
        with self._opening:
            for opened in (self._own, self._sample):
                if opened is not None:
                    opened.close()
            self._own = self._sample = None
        if self._sample_folder is not None:
            shutil.rmtree(self._sample_folder, ignore_errors=True)

    @property
    def shown(self) -> Opened:
        """What is shown: the archive, or the sample where that is empty. Raises what is wrong with the archive."""
        if not self._ready.wait(PATIENCE_SECONDS):
            raise ArchiveError("the archive is still being opened", remedy="Wait a moment, then try again.")
        with self._opening:
            if self._trouble is not None:
                self._look(again_after=2.0)
            if self._trouble is not None:
                raise self._trouble
            shown = self._own if self._own is not None and not self._empty(self._own) else self._sample or self._own
        if shown is None:
            raise ArchiveError("there is no archive to show", remedy="Add a report, then try again.")
        return shown

    @property
    def archive(self) -> Archive:
        """The archive that is shown."""
        return self.shown.archive

    @property
    def masks(self) -> Masks:
        """The columns of what is shown, with their filters."""
        shown = self.shown
        if shown.columns is None:
            shown.refresh()
        columns = shown.columns
        assert columns is not None
        until = told_until(today(), self.settings.delay_days)
        masks = self._masks
        if masks is None or masks.columns is not columns or masks.told_until != until:
            masks = self._masks = Masks(columns, shown.archive.glance.incidents_stating, until)
        return masks

    @property
    def told_until(self) -> date | None:
        """The last day of which anything may be told; ``None`` where nothing is kept back."""
        return told_until(today(), self.settings.delay_days)

    @property
    def address(self) -> str:
        """Where the user's archive is, without its password."""
        from thucydides.archive.opening import address_of

        return address_of(self.settings.archive).render_as_string(hide_password=True)

    @cached_property
    def scale(self) -> Weigher:
        """All that weighing needs."""
        return weigher(self.settings)

    @cached_property
    def _chronicler(self) -> Chronicler:
        return prepare(self.settings)

    @property
    def chronicler(self) -> Chronicler:
        """All that reading needs: loaded when something is first read."""
        with self._loading:
            return self._chronicler

    @property
    def ending(self) -> bool:
        """Whether the server is about to end."""
        return self._ended.is_set()

    @property
    def has_own(self) -> bool:
        """Whether the user has an archive, empty or not."""
        return "://" in self.settings.archive or Path(self.settings.archive).is_file()

    @property
    def own_or_none(self) -> Archive | None:
        """The user's archive, if it is open."""
        return self._own.archive if self._own is not None else None

    def own_archive(self) -> Archive:
        """The user's archive, made if it is not there yet."""
        with self._opening:
            if self._own is None:
                self._own = self._opened_own()
            return self._own.archive

    def refresh(self) -> None:
        """Looks at once whether anything was written."""
        self._look()

    def _trace(self) -> Chart:
        archive, until = self.archive, self.told_until
        if self._traced is None or self._traced[:2] != (archive, until):
            rules = Rules.load(self.settings.control_rules)
            self._traced = (archive, until, Traced(archive, self.scale, sieve=partial(delayed, settings=self.settings), rules=rules))
        return self._traced[2].refresh().chart()

    def _source_lines(self) -> list[SourceLine]:
        columns = self.masks.columns
        return source_lines(self.archive, columns, self._tallies, self.settings, self.tables.actors)

    def _in_order(self, by: str) -> dict[str, int]:
        return in_order(self.chart.value(), shown_by(self.tables, by))

    @property
    def last_day_of_control(self) -> date:
        """The last day on which anybody said who holds anything, else today."""
        day = last_day(self.chart.value())
        return day if day > date.min else today()

    @property
    def told_size(self) -> Size:
        """How much is shown, without what is kept back."""
        shown = self.shown
        size, until = shown.size or shown.archive.glance.size(roughly=True), self.told_until
        if until is None:
            return size
        return replace(
            size,
            reports=shown.archive.glance.count_briefs(ReportsAsked(until=until)),
            claims=shown.archive.count(ClaimFilter(until=until)),
            incidents=int(self.masks.of(Asked()).sum()),
            last_day=min(size.last_day, until) if size.last_day is not None else None,
        )

    def aside(self) -> list[Aside]:
        """What was set aside in the user's archive."""
        return self._own.archive.aside() if self._own is not None else []

    def incident(self, id_: str) -> Incident:
        """An incident that may be told, by its id, a beginning of it, an id that has ceased, or a claim's."""
        found = self.archive.recall_incident(id_)
        if not self.may_be_told(found.id):
            what = f"incident {found.id} is kept back"
            raise NotKept(what, remedy=f"What was seen within {self.settings.delay_days} days is not shown yet.")
        return found

    def incident_view(self, incident: Incident) -> IncidentView:
        """An incident with everything behind it."""
        columns = self.masks.columns
        parts = columns.ids(columns.parts_of(incident.claims))
        return incident_view(self.archive, self.scale, incident, [one for one in parts if self.may_be_told(one)], self.tables.unit)

    @property
    def originals(self) -> Originals:
        """The web pages kept as they were received."""
        return Originals(self.settings.data / "originals")

    def told_of_incident(self, id_: str) -> list[tuple[Claim, Report]]:
        """The claims of an incident with their reports, as far as they may be told."""
        incident = self.incident(id_)
        reports = {report.id: report for report in self.archive.glance.reports(incident.reports)}
        claims = self.archive.glance.claims(incident.claims)
        return list(delayed(((claim, reports[claim.report]) for claim in claims if claim.report in reports), self.settings))

    def may_be_told(self, incident: str) -> bool:
        """Whether an incident is not too new to be told."""
        if self.told_until is None:
            return True
        masks = self.masks
        rows = masks.columns.rows_of([incident])
        return bool(len(rows)) and bool(masks.of(Asked())[rows[0]])

    def with_kin(self, asked: ClaimFilter) -> ClaimFilter:
        """A filter whose actor means all that belongs to it, too."""
        if asked.actor is None:
            return asked
        actors = self.tables.actors
        meant = {asked.actor.lower()} & actors.by_id.keys() or set(actors.named(asked.actor))
        return replace(asked, kin=frozenset(one.id for one in actors if meant & set(actors.lineage(one.id))))

    def mark_now(self) -> str | None:
        """What ``changed`` tells, without waiting for anything; ``None`` while nothing can be shown."""
        if not self._ready.is_set() or self._trouble is not None:
            return None
        return self.changed()

    def changed(self) -> str:
        """Moves on whenever anything that is shown does."""
        until = self.told_until
        return f"{self.shown.mark()}{f'.{until}' if until else ''}"

    # ── in the background ────────────────────────────────────────────────────────────────────────

    def _look_after(self) -> None:
        """Opens the archive, and from then on keeps up with what is written to it."""
        took = self._look()
        self._ready.set()
        # Filling the columns of a large archive takes a while: half of the time at least is for those who ask.
        while not self._ended.wait(max(EVERY_SECONDS, took)):
            took = self._look()

    def _look(self, again_after: float = 0.0) -> float:
        """Opens what is to be opened and brings the columns up to date; the seconds that it took. What is shown is shown meanwhile."""
        began = time.monotonic()
        try:
            with self._opening:
                if began - self._tried < again_after:
                    return 0.0
                self._tried = began
                self._open()
                own = self._own
            if own is not None:
                own.refresh()
            self._trouble = None
        except ThucydidesError as error:
            self._trouble = error
        return time.monotonic() - began

    def _open(self) -> None:
        """Opens the user's archive if there is one, else the sample."""
        if self._own is not None and not self._own.is_there():
            self._own.close()
            self._own, self._lost = None, True
        if self._lost and self._own is None and not self.has_own:
            what = f"the archive {self.address} is there no longer"
            raise ArchiveError(what, remedy="Put it back, or start the server anew to begin with an empty one.")
        if self._own is None and self.has_own:
            self._own = self._opened_own()
        if (self._own is None or self._empty(self._own)) and self._sample is None:
            self._sample = self._read_sample()

    def _opened_own(self) -> Opened:
        address = self.settings.archive
        archive = Archive.open(address)
        return Opened(archive, self.tables, None if "://" in address else Path(address))

    @staticmethod
    def _empty(opened: Opened) -> bool:
        return opened.archive.glance.is_empty()

    def _read_sample(self) -> Opened:
        """The sample reports in an archive of their own that lasts as long as the server."""
        self._sample_folder = tempfile.mkdtemp(prefix="thucydides-")
        archive = Archive.open(Path(self._sample_folder) / "sample.db")
        for _ in self.chronicler.chronicle(open_up(gather([str(SAMPLE)])), archive):
            pass
        for _ in weigh(archive, self.scale):
            pass
        opened = Opened(archive, self.tables, None, sample=True)
        opened.refresh()
        return opened
