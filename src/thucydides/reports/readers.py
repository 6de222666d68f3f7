"""Bytes become a ``Report``: recognised by content first and name second, opened by a reader, laid out, mended and dated.

1. ``media_of`` looks at the first bytes. 2. ``READERS`` turns them into text and what the document says of itself. 3. ``keep`` fixes
the text. 4. ``lay_out`` finds header, paragraphs and boilerplate. 5. Source, date, language and credits are told. 6. The reading is mended.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from thucydides.errors import EmptyReport, ReportTooLarge, UnreadableReport
from thucydides.record import Report, Source
from thucydides.reports.capitals import Proper, recase
from thucydides.reports.content import Content
from thucydides.reports.credits import copied_from
from thucydides.reports.date_order import DateOrder
from thucydides.reports.dates import day_in_year, day_of, day_of_address
from thucydides.reports.encoding import decode
from thucydides.reports.header import is_header_line, published_day
from thucydides.reports.language import language_of
from thucydides.reports.layout import Layout, lay_out
from thucydides.reports.mending import blank, keep, mend, plain, unwrap
from thucydides.reports.outlets import UNKNOWN, Outlets, shipped
from thucydides.reports.packed import read_docx, read_pdf
from thucydides.reports.received import MB, Limits, Raw, Untold, split, unpack, variable
from thucydides.reports.webpage import read_html

Reader = Callable[[bytes | str, Limits], Content]
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|table|meta|title|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
_STRANGE = {
    b"\xd0\xcf\x11\xe0": ("an old Word file (.doc) or a password-protected one", "Save it as DOCX without a password."),
    b"{\\rtf": ("a rich-text file (RTF)", "Save it as DOCX or plain text."),
    b"\x89PNG": ("a picture (PNG)", "Run a text recogniser (OCR) over it first."),
    b"\xff\xd8\xff": ("a picture (JPEG)", "Run a text recogniser (OCR) over it first."),
    b"GIF8": ("a picture (GIF)", "Run a text recogniser (OCR) over it first."),
    b"BZh": ("a bzip2 archive", "Unpack it first."),
    b"\xfd7zXZ": ("an xz archive", "Unpack it first."),
    b"\x28\xb5\x2f\xfd": ("a zstandard archive", "Unpack it first."),
    b"7z\xbc\xaf": ("a 7-Zip archive", "Unpack it first."),
    b"Rar!": ("a RAR archive", "Unpack it first."),
}
_SUFFIXES = {"html": "text/html", "htm": "text/html", "xhtml": "text/html"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(
    raw: Raw | bytes | str,
    *,
    name: str = "",
    limits: Limits | None = None,
    outlets: Outlets | None = None,
    proper: Proper | None = None,
    untold: Untold | None = None,
) -> Report:
    """One report. Raises ``UnreadableReport`` (or its kinds ``EmptyReport``, ``ReportTooLarge``) where the bytes give none.

    ``outlets`` is a roster to use instead of the shipped one; ``proper`` knows names, for reports written in capitals; ``untold`` stands
    in for a day or an outlet that a report does not tell.
    """
    limits = limits or Limits()
    if not isinstance(raw, Raw):
        raw = Raw(
            name, raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw, "text/plain" if isinstance(raw, str) else None
        )
    if raw.trouble is not None:
        raise raw.trouble
    label = raw.name or name
    try:
        opened = unpack(raw, limits)
        content = _open(opened, limits)
    except UnreadableReport as error:
        if label and not error.what.startswith(label):
            raise type(error)(f"{label}: {error.what}", remedy=error.remedy) from error
        raise
    return _compose(content, hashlib.sha256(raw.data).hexdigest(), outlets or shipped(), proper, raw.dates, untold or Untold())


def _open(raw: Raw, limits: Limits) -> Content:
    if not raw.data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise EmptyReport(
            f"there is nothing in it ({len(raw.data)} bytes, all of them blank)" if raw.data else "it is empty",
            remedy="Give a report with text.",
        )
    media = media_of(raw)
    most, setting = (limits.file_mb, "file_mb") if media in ("application/pdf", DOCX) else (limits.text_mb, "text_mb")
    if len(raw.data) > most * MB:
        raise ReportTooLarge(
            f"it has {len(raw.data) / MB:.1f} MB, more than {setting}={most:g} MB", remedy=f"Split it, or raise {variable(setting)}."
        )
    content = READERS[media](raw.data, limits)
    if len(content.text) > limits.text_mb * MB:
        raise ReportTooLarge(
            f"its text has {len(content.text) / MB:.1f} MB, more than text_mb={limits.text_mb:g} MB",
            remedy=f"Split it, or raise {variable('text_mb')}.",
        )
    if not content.text.strip(" \t\r\n\0\ufeff\u200b\u00a0\u3000\u2028"):
        raise EmptyReport("its text is empty", remedy="Give a report with text.")
    return content


def media_of(raw: Raw) -> str:
    """The media type, by the first bytes, then by what the sender or the name says; ``UnreadableReport`` for what no reader takes."""
    data, suffix = raw.data, raw.name.lower().rsplit(".", 1)[-1]
    if raw.media != "text/plain" or suffix in ("pdf", "docx"):
        for mark, (what, remedy) in _STRANGE.items():
            if data.startswith(mark):
                raise UnreadableReport(f"it is {what}", remedy=remedy)
        if b"%PDF-" in data[:1024]:
            return "application/pdf"
        if data[:4] == b"PK\x03\x04":
            return _zipped(data, suffix)
        if suffix in ("pdf", "docx"):
            raise UnreadableReport(
                f"it is named .{suffix} and is none (it begins {data[:8]!r})", remedy="Fetch it again, or give it its right name."
            )
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip()[:1] in (b"{", b"[") and (suffix in ("json", "jsonl") or _is_json_report(data) or (raw.media or "").endswith("json")):
        return "application/json"
    if _FEED.match(head):
        raise UnreadableReport("it is a feed, not a report", remedy="Give the articles that it links to.")
    if _HTML.match(head) or (
        b"<" in head and (_SUFFIXES.get(suffix) == "text/html" or (raw.media or "").startswith(("text/html", "application/xhtml")))
    ):
        return "text/html"
    return "text/plain"


def _zipped(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            if "word/document.xml" in parts.namelist():
                return DOCX
    except zipfile.BadZipFile as error:
        if suffix == "docx" or b"word/" in data[:4096]:
            raise UnreadableReport(f"the Word file is damaged or truncated ({error})", remedy="Fetch or save it again.") from error
    raise UnreadableReport("it is a zip archive and no Word file", remedy="Unpack it and give the files in it.")


def _is_json_report(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"text"' in data and data.rstrip()[-1:] == b"}"


def read_text(data: bytes | str, limits: Limits) -> Content:
    """Plain text, as it stands."""
    if isinstance(data, str):
        return Content(text=data)
    text, encoding = decode(data)
    return Content(text=text, notes=() if encoding == "utf-8" else (f"decoded as {encoding}",))


def read_json(data: bytes | str, limits: Limits) -> Content:
    """A report as JSON: {"id", "source", "published", "title", "text"}; everything else in it is left alone."""
    try:
        found = json.loads(decode(data)[0] if isinstance(data, bytes) else data)
    except (ValueError, RecursionError) as error:
        if isinstance(data, bytes) and len(list(zip(split(Raw("", data)), range(2), strict=False))) == 2:
            raise UnreadableReport("it holds several reports", remedy="Take them apart with split() first.") from error
        raise UnreadableReport(f"it is no valid JSON ({str(error)[:120]})", remedy="Mend it, or give plain text.") from error
    if isinstance(found, list):
        raise UnreadableReport(f"it is a list of {len(found)}, not a report", remedy="Take it apart with split() first.")
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        if not isinstance(found, dict):
            got = type(found).__name__
        elif "text" in found:
            got = f'a "text" that is {type(found["text"]).__name__}'
        else:
            got = ", ".join(map(repr, list(found)[:8])) or "nothing"
        what = f'a JSON report needs a string "text", found {got}'
        raise UnreadableReport(what, remedy='Give {"id", "source", "published", "title", "text"}.')

    def field(*keys: str) -> str | None:
        value: Any = next((found[key] for key in keys if found.get(key) not in (None, "")), None)
        return keep(str(value)).strip() or None if isinstance(value, str | int) else None

    return Content(
        text=found["text"], id=field("id"), title=field("title"), byline=field("byline", "author"), published=field("published", "date"),
        url=field("url"), source=field("source", "publisher"), language=field("language"),
    )  # fmt: skip


READERS: dict[str, Reader] = {
    "text/plain": read_text,
    "text/html": read_html,
    "application/json": read_json,
    "application/pdf": read_pdf,
    DOCX: read_docx,
}


def _compose(content: Content, digest: str, outlets: Outlets, proper: Proper | None, dates: DateOrder, untold: Untold) -> Report:
    text = keep(content.text)
    smooth = unwrap(plain(text), is_header_line)
    blanked = blank(smooth)
    title = " ".join(plain(keep(content.title)).split()) if content.title else None
    layout = lay_out(smooth, blanked, title, outlets)
    notes = list(content.notes)
    if "\ufffd" in text and text != content.text:
        notes.append("characters that are none were replaced by U+FFFD")
    source = _source(content, layout, outlets)
    agency = (layout.dateline.agency if layout.dateline else "") or layout.lead_outlet
    origins = copied_from(blanked, layout.lines, layout.sections, source, agency, outlets)
    if source is UNKNOWN:
        source = _named_in_header(layout, origins, outlets)
        origins = tuple(name for name in origins if name != source.name)
    if source is UNKNOWN and untold.outlet:
        source = outlets.identify_source(untold.outlet)
    published, basis = _published(content, layout, origins, source, dates, notes, untold.published)
    reading = mend(blanked)
    recased = recase(reading, proper)
    if recased != reading:
        notes.append("capitals mended in the reading")
    body = " ".join(text[s.start : s.end] for s in layout.sections if s.kind == "body")
    return Report(
        id=content.id or digest,
        text=text,
        reading=recased,
        source=source,
        raw_hash=digest,
        title=layout.title or title,
        byline=content.byline or layout.header.byline,
        url=content.url,
        published=published,
        published_basis=basis,
        dateline_place=(layout.dateline.place or None) if layout.dateline else None,
        language=content.language if content.language and len(content.language) == 2 else language_of(body or text),
        topics=tuple(layout.header.topics),
        copied_from=origins,
        sections=tuple(layout.sections),
        notes=tuple(notes),
    )


def _source(content: Content, layout: Layout, outlets: Outlets) -> Source:
    for name in (content.source, layout.header.publisher, content.host, content.url):
        if name:
            found = outlets.identify_source(name)
            if found.name:
                return found
    return UNKNOWN


def _named_in_header(layout: Layout, origins: tuple[str, ...], outlets: Outlets) -> Source:
    """The publisher of a text that came without one: the outlet beside a header date that is no credited origin."""
    named = [name for name, _, _ in layout.header.dates if name]
    byline = layout.header.byline
    own = [name for name in named if name not in origins and name != byline]
    for name in (*own, *named):
        return outlets.identify_source(name)
    return UNKNOWN


_READ = {
    DateOrder.DAY_FIRST: "day first, as other dates of its file must be",
    DateOrder.MONTH_FIRST: "month first, as other dates of its file must be",
    DateOrder.BOTH: "day first; of its file's other dates some must be read so, some month first",
    DateOrder.OPEN: "day first",
}
"""How a date that could be read either way was read, and why."""


def _published(
    content: Content, layout: Layout, origins: tuple[str, ...], source: Source, dates: DateOrder, notes: list[str], untold: date | None
) -> tuple[date | None, str]:
    """The day of publication and how it is known. ``untold`` is what stands for it where the report tells none."""
    if content.published:
        given = day_of(plain(content.published), month_first=dates is DateOrder.MONTH_FIRST)
        if given is not None:
            if given.unsure:
                notes.append(f"the date {content.published!r} was read {_READ[dates]}")
            return given.day, "given"
        notes.append(f"the date given, {content.published[:40]!r}, is none that can be read")
    found = published_day(layout.header, origins, None if source is UNKNOWN else source.name)
    if found is not None:
        if found[1]:
            notes.append("the header's date was read day first")
        return found[0], "header"
    near = (day_of_address(content.url) if content.url else None) or untold
    if layout.dateline is not None and layout.dateline.day:
        dated = day_of(layout.dateline.day)
        day = dated.day if dated is not None else (day_in_year(layout.dateline.day, near.year) if near is not None else None)
        if day is not None:
            return day, "dateline"
    if near is not None:
        return near, "given"
    notes.append("no date found")
    return None, "unknown"
