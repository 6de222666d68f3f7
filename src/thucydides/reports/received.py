"""What was handed over, before anyone reads it: one piece of bytes a report, and how large a report may be.

``split`` takes a file apart: JSON lines and JSON arrays hold many reports, everything else is one. A line that cannot be used comes out
as a ``Raw`` with its ``trouble``; ``read`` raises that, so one bad line is counted, named and never stops the rest.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thucydides.errors import EmptyReport, ReportTooLarge, UnreadableReport
from thucydides.reports.date_order import DateOrder, order_of

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[\s,]*")
MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one report may take. Sizes in megabytes (a million bytes), time in seconds."""

    text_mb: float = 20  # the text of one report
    file_mb: float = 200  # a PDF or Word file, which may be mostly pictures
    unpacked_mb: float = 200  # what a packed file (gzip, DOCX) may grow to
    seconds: float = 60  # to open a PDF or Word file
    memory_mb: int = 2000  # for the same
    html_mb: float = 5  # a longer page is stripped of its tags and not searched for its main text
    html_depth: int = 200  # likewise a page nested deeper


def variable(limit: str) -> str:
    """What a user sets to raise a limit: the variable that the desk reads it from."""
    return f"THUCYDIDES_{limit.upper()}"


@dataclass(frozen=True, slots=True)
class Raw:
    """One report as received. ``media`` is a media type where the sender gave one; ``trouble`` says why it cannot be read.

    ``dates`` is how the other reports of its file write their days.
    """

    name: str
    data: bytes
    media: str | None = None
    trouble: UnreadableReport | None = None
    dates: DateOrder = DateOrder.OPEN


@dataclass(frozen=True, slots=True)
class Untold:
    """What holds of a report that does not tell it itself: the day it was published, and its outlet by name."""

    published: date | None = None
    outlet: str | None = None


def unpack(raw: Raw, limits: Limits) -> Raw:
    """A gzipped file unpacked, anything else itself."""
    if raw.data[:2] != b"\x1f\x8b":
        return raw
    unpacker = zlib.decompressobj(wbits=31)
    most = int(limits.unpacked_mb * MB)
    try:
        data = unpacker.decompress(raw.data, most + 1)
    except zlib.error as error:
        raise UnreadableReport(f"{raw.name or 'the report'}: damaged gzip file ({error})", remedy="Fetch it again.") from error
    if len(data) > most:
        raise ReportTooLarge(
            f"{raw.name or 'the report'} unpacks to more than unpacked_mb={limits.unpacked_mb:g} MB",
            remedy=f"Unpack it yourself and split it, or raise {variable('unpacked_mb')}.",
        )
    if not unpacker.eof:
        raise UnreadableReport(f"{raw.name or 'the report'}: truncated gzip file ({len(data)} bytes came out)", remedy="Fetch it again.")
    return Raw(re.sub(r"\.gz$", "", raw.name, flags=re.IGNORECASE), data, None if raw.media and "gzip" in raw.media else raw.media)


def split(raw: Raw, limits: Limits | None = None) -> Iterator[Raw]:
    """The reports in a file, one by one: each line of JSON lines, each member of a JSON array, else the file itself."""
    try:
        raw = unpack(raw, limits or Limits())
    except UnreadableReport as error:
        yield Raw(raw.name, raw.data, raw.media, error)
        return
    head = raw.data[:3].removeprefix(b"\xef\xbb\xbf") + raw.data[3:200]
    suffix = raw.name.lower().rsplit(".", 1)[-1]
    first = head.lstrip()[:1]
    if first == b"[" and (suffix == "json" or re.match(rb"\s*\[\s*(?:\{|\]\s*$)", head)):
        yield from _members(raw)
    elif suffix in ("jsonl", "ndjson", "jsonlines") or (first == b"{" and _is_lines(raw.data)):
        yield from _lines(raw)
    else:
        yield raw


def _is_lines(data: bytes) -> bool:
    """Whether a file that begins with a brace is JSON lines: its first line is a whole object, its second begins another."""
    first, _, rest = data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"


def _lines(raw: Raw) -> Iterator[Raw]:
    start, number, dates = 0, 0, order_of(raw.data)
    while start < len(raw.data):
        end = raw.data.find(b"\n", start)
        end = len(raw.data) if end < 0 else end
        line = raw.data[start:end].strip().removeprefix(b"\xef\xbb\xbf")
        start, number = end + 1, number + 1
        if line:
            name = f"{raw.name}:{number}"
            yield Raw(name, line, "application/json", _fault(name, line), dates)
    if not raw.data.strip():
        yield Raw(
            raw.name, raw.data, raw.media, EmptyReport(f"{raw.name or 'the file'} is empty", remedy="Give a file with one report a line.")
        )


def _fault(name: str, line: bytes) -> UnreadableReport | None:
    """What is plainly wrong with a line, seen without parsing it: ``read`` finds the rest."""
    if line[:1] == b"{" and line[-1:] == b"}":
        return None
    shown = line[:60].decode("utf-8", "replace")
    return UnreadableReport(f"{name}: not a JSON object: {shown!r}", remedy="Write one {…} a line, or mend this one.")


def _members(raw: Raw) -> Iterator[Raw]:
    """The objects of a JSON array, cut out as they stand; after a fault the rest of the array is one troubled item."""
    try:
        text = raw.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        trouble = UnreadableReport(f"{raw.name}: JSON must be UTF-8 (byte {error.start} is not)", remedy="Save it as UTF-8.")
        yield Raw(raw.name, raw.data, raw.media, trouble)
        return
    at, number, dates = _skip(text, text.index("[") + 1), 0, order_of(raw.data)
    if at < len(text) and text[at] == "]":
        yield Raw(
            raw.name, raw.data, raw.media, EmptyReport(f"{raw.name or 'the file'} is an empty list", remedy="There is nothing to read.")
        )
        return
    while at < len(text) and text[at] != "]":
        number += 1
        name = f"{raw.name}#{number}"
        try:
            _, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            data = text[at:].encode("utf-8", "surrogatepass")
            trouble = UnreadableReport(
                f"{name}: broken JSON from here to the file's end ({error})", remedy="Mend the file there, or give JSON lines."
            )
            yield Raw(name, data, "application/json", trouble)
            return
        data = text[at:end].encode("utf-8", "surrogatepass")
        yield Raw(name, data, "application/json", _fault(name, data), dates)
        at = _skip(text, end)


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
