"""The archive room: reports and claims go in as they came, and come out again equal.

``Archive.open`` opens or makes the store (one SQLite file, or any database SQLAlchemy knows by its URL); ``keep`` and ``recall_*``
are its verbs. Keeping the same again changes nothing. ``weighing`` is a turn at merging claims into incidents, which are kept too.
``Archive`` and ``Remembered`` are loaded when first asked for: their database library takes longer to import than most commands to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thucydides.archive.asked import GRADES, Aside, ClaimFilter, IncidentFilter, Kept, SearchHit

if TYPE_CHECKING:
    from thucydides.archive.archive import Archive
    from thucydides.archive.shelving import Remembered

__all__ = ["GRADES", "Archive", "Aside", "ClaimFilter", "IncidentFilter", "Kept", "Remembered", "SearchHit"]


def __getattr__(name: str) -> object:
    if name == "Archive":
        from thucydides.archive.archive import Archive

        return Archive
    if name == "Remembered":
        from thucydides.archive.shelving import Remembered

        return Remembered
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
