"""Web pages as they were received, kept beside the archive, and shown without anything that could act.

Only what is handed to this server is kept: the archive itself keeps texts. A page is found by the hash that its report remembers.
"""

from __future__ import annotations

import gzip
import hashlib
import html
from pathlib import Path

import nh3

from thucydides.errors import ThucydidesError
from thucydides.record import Report
from thucydides.reports import Raw
from thucydides.reports.encoding import decode
from thucydides.reports.readers import media_of

MOST_BYTES = 5_000_000
"""A longer page is not kept."""
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""What a browser may do with an original: nothing but draw it, in a frame of the report's screen."""
_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"}
_PAGE = '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


class Originals:
    """A folder of pages by the hash of their bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, raw: Raw) -> None:
        """Keeps a web page; anything else, and what cannot be written, is left."""
        try:
            if len(raw.data) > MOST_BYTES or media_of(raw) != "text/html":
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file(hashlib.sha256(raw.data).hexdigest()).write_bytes(gzip.compress(raw.data, 6, mtime=0))
        except (ThucydidesError, OSError):
            return

    def has(self, report: Report) -> bool:
        """Whether the page of a report is kept."""
        return self._file(report.raw_hash).is_file()

    def shown(self, report: Report) -> str:
        """A report's page without scripts, pictures and whatever else is not text, or its text where no page is kept."""
        title = html.escape(report.title or "")
        if not self.has(report):
            return _PAGE.format(title=title, body=f'<pre dir="auto" style="white-space: pre-wrap">{html.escape(report.text)}</pre>')
        words, _ = decode(gzip.decompress(self._file(report.raw_hash).read_bytes()))
        return _PAGE.format(title=title, body=cleaned(words))

    def _file(self, digest: str) -> Path:
        return self._folder / f"{digest if digest.isalnum() else 'none'}.html.gz"


def cleaned(page: str) -> str:
    """HTML of which only text and its arrangement are left."""
    return nh3.clean(page, tags=_TAGS, url_schemes={"http", "https"}, link_rel="noopener noreferrer nofollow", url_relative="deny")
