"""Bytes to text: marks of order first, then UTF-16 without a mark, UTF-8, and the legacy code pages last.

A code page is guessed only when UTF-8 fails; the guess is told in the report's notes. Bytes that are no text at all are refused.
"""

from __future__ import annotations

import codecs
import re

from thucydides.errors import UnreadableReport

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_HIGH = bytes(range(0x80, 0x100))
_NEIGHBOURS = re.compile(rb"[A-Za-z][\x80-\xff](?=[A-Za-z])|[A-Za-z][\x80-\xff]\b|[\x91-\x97]")
_PAGES = [
    "cp1251",
    "koi8_r",
    "cp1256",
    "iso8859_6",
    "cp1250",
    "iso8859_2",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp866",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
]


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of some bytes and the encoding's name; ``declared`` is what the document says of itself, tried before a guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    head = data[:65536]
    wide = _unmarked_utf16(head)
    if wide is not None:
        return data.decode(wide, "replace"), wide
    if len(head) - len(head.translate(None, _CONTROLS)) > max(2, 0.04 * len(head)):
        raise UnreadableReport(
            f"the bytes are no text (they begin {data[:8].hex(' ')})", remedy="Give plain text, HTML, PDF, DOCX or JSON."
        )
    try:
        return data.decode("utf-8", "surrogatepass"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.start > 0:  # cut off within the last character
            return data.decode("utf-8", "replace"), "utf-8"
    if declared:
        try:
            return data.decode(declared), declared
        except (LookupError, UnicodeDecodeError):
            declared = None  # it names no encoding, or a wrong one: guess
    mended = data.decode("utf-8", "replace")
    high = sum(c > "\x7f" for c in mended)
    if mended.count("\ufffd") * 20 < high:  # a few bad bytes in plain UTF-8
        return mended, "utf-8"
    return _legacy(data)


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark shows in its zeros: nearly every second byte of Western text."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    if head[1::2].count(0) > 0.4 * pairs and head[::2].count(0) < 0.05 * pairs:
        return "utf-16-le"
    if head[::2].count(0) > 0.4 * pairs and head[1::2].count(0) < 0.05 * pairs:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> tuple[str, str]:
    """Western where odd bytes stand singly among ASCII letters, else what the bytes' statistics say."""
    head = data[:100_000]
    high = len(head) - len(head.translate(None, _HIGH))
    single = len(_NEIGHBOURS.findall(head))
    if single < 0.6 * high:
        from charset_normalizer import from_bytes  # slow to load and seldom needed

        best = from_bytes(head, cp_isolation=_PAGES).best()
        if best is not None:
            return data.decode(best.encoding, "replace"), best.encoding
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:  # five bytes have no meaning there
        return data.decode("latin-1"), "latin-1"
