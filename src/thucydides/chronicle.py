"""The flow: read, code, keep. What later rooms do with claims starts from what this gives out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thucydides.errors import ThucydidesError, UnreadableReport
from thucydides.record import Claim, Report
from thucydides.reports import Limits, Raw, read, split

if TYPE_CHECKING:
    from thucydides.archive import Archive
    from thucydides.claims import Coder

Reader = Callable[[Raw], Report]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one report: the report and its claims, or the error for which it was set aside.

    ``unread`` is the reason where nothing in a report spoke of conflict, so that it was kept but not searched for claims.
    """

    name: str
    report: Report | None = None
    claims: tuple[Claim, ...] = ()
    error: ThucydidesError | None = None
    unread: str | None = None


def chronicle(
    raws: Iterable[Raw], coder: Coder, archive: Archive | None = None, *, reader: Reader = read, limits: Limits | None = None
) -> Iterator[Reading]:
    """Reads and codes what was handed over, report by report, and keeps it if there is an archive.

    A report that cannot be read, coded or kept is set aside with the reason and the batch goes on. Only an archive that cannot
    even note that stops it. ``reader`` is ``read`` with a user's own outlets or limits.
    """
    for raw in raws:
        pieces = split(raw, limits)
        while (reading := _next(raw, pieces, coder, archive, reader)) is not None:
            yield reading


def _next(raw: Raw, pieces: Iterator[Raw], coder: Coder, archive: Archive | None, reader: Reader) -> Reading | None:
    """The reading of the next report in a file, ``None`` after the last."""
    try:
        piece = next(pieces, None)
        if piece is None:
            return None
        raw = piece
        report = reader(raw)
        claims, unread = coder.coded(report)
        if archive is not None:
            archive.keep(report, claims)
        return Reading(name=raw.name, report=report, claims=tuple(claims), unread=unread)
    except ThucydidesError as refusal:
        error = refusal
    except Exception as fault:  # noqa: BLE001 - whatever one report provokes must not cost the others; caught here and nowhere else
        what = f"{raw.name}: {type(fault).__name__} while reading it ({fault})"
        error = UnreadableReport(what, remedy="The fault is the program's: please report it with the file.")
        error.__cause__ = fault
    if archive is not None:
        archive.keep_aside(raw.name, str(error), raw.data)
    return Reading(name=raw.name, error=error)
