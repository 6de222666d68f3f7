"""The flow: read, code, keep. What a later room does with the claims starts from what this gives out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thucydides.errors import ThucydidesError, UnreadableReport
from thucydides.record import Claim, Report
from thucydides.reports import Raw, read, split

if TYPE_CHECKING:
    from thucydides.archive import Archive
    from thucydides.claims import Coder


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one report: the report and its claims, or the error for which it was set aside."""

    name: str
    report: Report | None = None
    claims: tuple[Claim, ...] = ()
    error: ThucydidesError | None = None


def chronicle(raws: Iterable[Raw], coder: Coder, archive: Archive | None = None) -> Iterator[Reading]:
    """Reads and codes what was handed over, report by report, and keeps it if there is an archive.

    A report that cannot be read, coded or kept is set aside with the reason and the batch goes on. Only an archive that cannot
    even set something aside stops it.
    """
    for raw in raws:
        pieces = split(raw)
        piece: Raw | None = raw
        while piece is not None:
            name = raw.name
            try:
                piece = next(pieces, None)
                if piece is None:
                    break
                name = piece.name
                report = read(piece)
                claims = coder.code(report)
                if archive is not None:
                    archive.keep(report, claims)
                yield Reading(name=name, report=report, claims=tuple(claims))
                continue
            except ThucydidesError as failure:
                error = failure
            except Exception as fault:  # noqa: BLE001 - whatever one report provokes must not cost the rest; here and nowhere else
                remedy = "The fault is the program's: please report it with this file."
                error = UnreadableReport(f"{name}: {type(fault).__name__} while reading it ({fault})", remedy=remedy)
                error.__cause__ = fault
            if archive is not None:
                archive.keep_aside(name, str(error), (piece or raw).data)
            yield Reading(name=name, error=error)
