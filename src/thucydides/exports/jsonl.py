"""JSON Lines: one flat claim a line, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from thucydides.errors import ThucydidesError
from thucydides.exports.flat import Flat
from thucydides.record import Report


def as_json(flat: Flat) -> str:
    """A flat object on one line. Half characters, which UTF-8 cannot hold, are escaped; so are line separators that split lines."""
    line = json.dumps(flat, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(flat)
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def write(claims: Iterable[tuple[Flat, Report]], to: TextIO) -> int:
    """Writes each claim on a line."""
    count = 0
    for flat, _ in claims:
        to.write(as_json(flat) + "\n")
        count += 1
    return count


def read_jsonl(source: Path | TextIO) -> Iterator[Flat]:
    """The flat claims of an export, as :func:`thucydides.exports.flatten` gave them, with the ids they had."""
    if isinstance(source, Path):
        try:
            with source.open(encoding="utf-8-sig") as stream:
                yield from _read(stream, source.name)
        except (OSError, UnicodeDecodeError) as error:
            raise ThucydidesError(f"{source} cannot be read ({error})", remedy="Give a JSON Lines export in UTF-8.") from error
    else:
        yield from _read(source, getattr(source, "name", "the export"))


def _read(lines: Iterable[str], name: str) -> Iterator[Flat]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            flat = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ThucydidesError(f"{name}:{number}: no JSON ({error})", remedy="Give a file written with --as jsonl.") from error
        if not isinstance(flat, dict) or not isinstance(flat.get("id"), str):
            raise ThucydidesError(f"{name}:{number}: no claim with an id: {line[:80]!r}", remedy="Give a file written with --as jsonl.")
        yield flat
