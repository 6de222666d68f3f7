"""What were we given? Bytes of plain text, HTML, PDF, DOCX or JSON come in; a clean ``Report`` goes out.

``split`` takes a file of many reports apart, ``read`` makes one report: its text as received, a reading of equal length mended for the
parser, the source, the day and how it is known, whom it copies, and sections that say what is body and what is the page around it.
Nothing is fetched and nothing is looked up beyond the roster of outlets.
"""

from __future__ import annotations

from thucydides.reports.capitals import is_common, recase
from thucydides.reports.outlets import Outlets, identify_source
from thucydides.reports.readers import READERS, read
from thucydides.reports.received import Limits, Raw, Untold, split

__all__ = ["READERS", "Limits", "Outlets", "Raw", "Untold", "identify_source", "is_common", "read", "recase", "split"]
