"""PDF and Word files, opened in a child that is killed when it takes too long (``extractor.py``)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from thucydides.errors import EmptyReport, ReportTooLarge, UnreadableReport
from thucydides.reports.content import Content
from thucydides.reports.received import MB, Limits, variable
from thucydides.reports.webpage import unligature

_CHILD = Path(__file__).with_name("extractor.py")
_REMEDIES = {
    "password": "Save a copy without the password and read that.",
    "damaged": "Fetch or save it again; if it opens elsewhere, save it as plain text.",
    "large": f"Split it, or raise {variable('text_mb')}, {variable('unpacked_mb')} or {variable('memory_mb')}.",
}
_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def read_pdf(data: bytes | str, limits: Limits) -> Content:
    """The text layer of a PDF; ``EmptyReport`` where it has none (a scan)."""
    content = _extract("pdf", data, limits)
    if not content.text.strip():
        raise EmptyReport("the PDF has no text, only pictures", remedy="Run a text recogniser (OCR) over it first.")
    return content


def read_docx(data: bytes | str, limits: Limits) -> Content:
    """The paragraphs and tables of a Word document."""
    content = _extract("docx", data, limits)
    if not content.text.strip():
        raise EmptyReport("the Word file has no text", remedy="If its text stands in pictures, run a text recogniser first.")
    return content


def _extract(kind: str, data: bytes | str, limits: Limits) -> Content:
    if isinstance(data, str):
        raise UnreadableReport(f"a {kind.upper()} file is bytes, not a string", remedy="Pass the file's bytes.")
    command = [
        sys.executable,
        "-P",
        str(_CHILD),
        kind,
        *(str(int(n)) for n in (limits.text_mb * MB, limits.unpacked_mb * MB, limits.memory_mb)),
    ]
    try:
        child = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, check=False
        )  # kills the child at the timeout
    except subprocess.TimeoutExpired as error:
        what = f"the {kind.upper()} file took longer than seconds={limits.seconds:g} to open"
        raise ReportTooLarge(what, remedy=f"Raise {variable('seconds')}, or save it as plain text.") from error
    try:
        answer = json.loads(child.stdout)
    except ValueError as error:
        last = child.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"exit {child.returncode}"]
        raise UnreadableReport(f"the {kind.upper()} file broke its reader ({last[0][:200]})", remedy=_REMEDIES["damaged"]) from error
    if "trouble" in answer:
        error_type = ReportTooLarge if answer["kind"] == "large" else UnreadableReport
        raise error_type(answer["trouble"], remedy=_REMEDIES[answer["kind"]])
    text = unligature(answer["text"])
    if kind == "pdf":
        text = _BROKEN_WORD.sub("", text)
    title = (answer.get("title") or "").strip()
    if title.lower() not in text[:2000].lower():  # "Microsoft Word - draft3.doc": what the file calls itself is often no title
        title = ""
    return Content(text=text, title=title or None, notes=(answer["note"],) if answer.get("note") else ())
