"""One tree of errors. Every message says what was wrong, with the value, and what to do.

    ThucydidesError
    ├── UnreadableReport      bytes that no reader could turn into a report
    │   ├── EmptyReport       nothing to read in them
    │   └── ReportTooLarge    more than the size or time a single report may take
    ├── BadRoster             a roster line that cannot be used
    ├── BadGazetteer          a gazetteer file that cannot be used
    ├── ArchiveError          the archive cannot be opened, read or written
    │   └── NewerArchive      it was written by a newer version
    ├── NotKept               no claim, report or incident of that id
    ├── UnknownFormat         no exporter of that name
    └── BadSetting            a setting or argument that makes no sense

Not knowing is no error: an unknown place or date is ``None``, never an exception.
"""

from __future__ import annotations


class ThucydidesError(Exception):
    """Anything this program refuses to do, with what to do about it."""

    def __init__(self, what: str, *, remedy: str = "") -> None:
        super().__init__(f"{what.rstrip('.')}. {remedy}".strip() if remedy else what)
        self.what = what
        self.remedy = remedy


class UnreadableReport(ThucydidesError):
    """Bytes that no reader could turn into a report."""


class EmptyReport(UnreadableReport):
    """There is no text in them."""


class ReportTooLarge(UnreadableReport):
    """They are larger, or take longer to open, than one report may."""


class BadRoster(ThucydidesError):
    """A line of a roster file that cannot be used."""

    def __init__(self, file: str, line: int, what: str, *, remedy: str = "") -> None:
        super().__init__(f"{file}:{line}: {what}", remedy=remedy)
        self.file = file
        self.line = line


class BadGazetteer(ThucydidesError):
    """A gazetteer file that is missing, damaged or of another version."""


class ArchiveError(ThucydidesError):
    """The archive cannot be opened, read or written."""


class NewerArchive(ArchiveError):
    """The archive was written by a newer version of the program: by ``written_by``, where it tells."""

    def __init__(self, what: str, *, remedy: str = "", written_by: str | None = None) -> None:
        super().__init__(what, remedy=remedy)
        self.written_by = written_by


class NotKept(ThucydidesError):
    """Nothing of that id is in the archive."""


class UnknownFormat(ThucydidesError):
    """No exporter has that name."""


class BadSetting(ThucydidesError):
    """A setting or argument that makes no sense."""
