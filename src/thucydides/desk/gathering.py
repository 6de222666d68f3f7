"""From what a user names to bytes: files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from thucydides.errors import BadSetting, ReportTooLarge, UnreadableReport
from thucydides.reports import Raw

SUFFIXES = frozenset(".txt .text .md .html .htm .xhtml .shtml .pdf .docx .json .jsonl .ndjson .jsonlines .gz".split())
"""What is taken from a folder. A file named by itself is read whatever its name."""

MOST_MB = 2000
"""A larger file is not even opened."""


def gather(paths: Sequence[str]) -> list[Path | None]:
    """The files named, folders opened up and sorted; ``None`` stands for standard input. Hidden files are left alone.

    A path that does not exist is refused at once, before anything is read.
    """
    missing = [path for path in paths if path != "-" and not Path(path).exists()]
    if missing:
        raise BadSetting(f"there is no file or folder {missing[0]!r}", remedy="Check the name; '-' reads standard input.")
    found: list[Path | None] = []
    for path in paths:
        if path == "-":
            found.append(None)
        elif Path(path).is_dir():
            found += _folder(Path(path))
        else:
            found.append(Path(path))
    return found


def open_up(files: Sequence[Path | None]) -> Iterator[Raw]:
    """The bytes of each file, one at a time. A file that cannot be opened comes out with its trouble, to be set aside like any other."""
    for path in files:
        if path is None:
            yield Raw("standard input", sys.stdin.buffer.read())
            continue
        name = str(path)
        try:
            size_bytes = path.stat().st_size
            if size_bytes > MOST_MB * 1_000_000:
                what = f"{name} has {size_bytes / 1e6:.0f} MB, more than {MOST_MB}"
                yield Raw(name, b"", None, ReportTooLarge(what, remedy="Split it into smaller files."))
                continue
            data = path.read_bytes()
        except OSError as error:
            what = f"{name} cannot be opened ({error.strerror})"
            yield Raw(name, b"", None, UnreadableReport(what, remedy="Check its permissions."))
            continue
        yield Raw(name, data)


def _folder(folder: Path) -> list[Path | None]:
    found: list[Path | None] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(where, name) for name in sorted(names) if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES]
    return found
