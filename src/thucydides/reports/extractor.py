"""Runs by itself, as a child that may be killed: a PDF or DOCX on standard input, JSON on standard output.

Such files come from strangers and are opened by large C libraries, so they are opened outside the program, with limits on memory, and on
time by the parent (``packed.py``). Answers {"text", "title", "author"} or {"trouble", "kind"}. Imports nothing of the package.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import Any


def pdf(data: bytes, most: int) -> dict[str, Any]:
    """Text of a PDF, page by page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            return {"kind": "password", "trouble": "the PDF is password-protected"}
        return {"kind": "damaged", "trouble": f"the PDF is damaged or truncated ({str(error).rstrip('.')})"}
    pages, size, unread = [], 0, 0
    for page in document:
        try:
            text = page.get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            unread += 1
            continue
        size += len(text)
        if size > most:
            return {"kind": "large", "trouble": "the PDF's text is larger than one report may be"}
        pages.append(text.replace("\r\n", "\n").replace("\ufffe", ""))
    meta = document.get_metadata_dict()
    answer = {"text": "\n\n".join(pages), "title": meta.get("Title"), "author": meta.get("Author"), "pages": len(document)}
    return answer | ({"note": f"{unread} of {len(document)} pages could not be read"} if unread else {})


def docx(data: bytes, most: int, unpacked: int) -> dict[str, Any]:
    """Text of a Word document, paragraphs and table rows in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
            if size > unpacked:
                return {"kind": "large", "trouble": f"the Word file unpacks to {size / 1e6:.0f} MB"}
    except zipfile.BadZipFile as error:
        return {"kind": "damaged", "trouble": f"the Word file is damaged or truncated ({error})"}
    import docx as word
    from docx.table import Table

    document = word.Document(io.BytesIO(data))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                lines.append("\t".join(dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)))
        else:
            lines.append(block.text)
    text = "\n".join(lines)
    if len(text) > most:
        return {"kind": "large", "trouble": "the Word file's text is larger than one report may be"}
    return {"text": text, "title": document.core_properties.title, "author": document.core_properties.author}


def main() -> None:
    """Arguments: pdf or docx, most characters of text, most bytes unpacked, most megabytes of memory."""
    kind, most, unpacked, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory * 1_000_000, memory * 1_000_000))
    except (ImportError, ValueError, OSError):
        memory = 0  # this system sets no limits; the parent's clock remains
    data = sys.stdin.buffer.read()
    try:
        answer = pdf(data, most) if kind == "pdf" else docx(data, most, unpacked)
    except MemoryError:
        answer = {"kind": "large", "trouble": f"it needs more than {memory} MB of memory"}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes, the parent is told in one line
        answer = {"kind": "damaged", "trouble": f"it cannot be opened ({type(error).__name__}: {str(error)[:200]})"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
