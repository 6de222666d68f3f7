"""Thucydides reads reports of armed conflict and writes down who says what happened, where and when, and how far to believe it.

    from thucydides import Archive, Coder, Raw, chronicle

    for reading in chronicle([Raw("report.txt", data)], Coder()):
        for claim in reading.claims:
            print(claim.kind, claim.evidence[0].words)

The names below are loaded when first asked for, so that ``import thucydides`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thucydides.archive import Archive, ClaimFilter
    from thucydides.chronicle import Reading, chronicle
    from thucydides.claims import Coder, Vocabulary
    from thucydides.errors import ThucydidesError
    from thucydides.exports import write
    from thucydides.record import Claim, Report
    from thucydides.reports import Raw, read, split

__version__ = "0.1.0"

_ROOMS = {
    "Archive": "archive",
    "Claim": "record",
    "ClaimFilter": "archive",
    "Coder": "claims",
    "Raw": "reports",
    "Reading": "chronicle",
    "Report": "record",
    "ThucydidesError": "errors",
    "Vocabulary": "claims",
    "read": "reports",
    "split": "reports",
    "write": "exports",
}

__all__ = [
    "Archive",
    "Claim",
    "ClaimFilter",
    "Coder",
    "Raw",
    "Reading",
    "Report",
    "ThucydidesError",
    "Vocabulary",
    "__version__",
    "chronicle",
    "read",
    "split",
    "write",
]


def __getattr__(name: str) -> object:
    if name == "chronicle":
        # The function has the name of its file: importing the file would put the module in the function's place.
        from thucydides.chronicle import chronicle

        globals()[name] = chronicle
        return chronicle
    if name in _ROOMS:
        return getattr(import_module(f"thucydides.{_ROOMS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
