"""CSV tables with a header, whatever parts their cells, and JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping

from thucydides.errors import BadGazetteer
from thucydides.places.adding.columns import COLUMNS, entry, plain, shape_of
from thucydides.places.adding.entries import Entry, Remark, Step
from thucydides.places.adding.known import Known
from thucydides.places.adding.sources import Source, no_text

_PARTING = ",;\t|"


def header_of(source: Source) -> tuple[list[str], str]:
    """The columns of a CSV table and what parts them."""
    _, _, text = next(source.lines(), (0, 0, ""))
    first = (text or "").strip("\r\n")
    parting = max(_PARTING, key=first.count)
    return [plain(column) for column in next(csv.reader([first], delimiter=parting), [])], parting


def csv_rows(source: Source, known: Known, offset: int, line: int, swap: bool = False) -> Iterator[Step]:
    """The rows of a CSV table from an offset on."""
    columns, parting = header_of(source)
    for needed in ("name", "lat", "lon"):
        if not set(COLUMNS[needed]) & set(columns):
            what = f"{source.name} has no column for {needed}; its columns are {' '.join(columns)[:200]}"
            raise BadGazetteer(what, remedy=f"Call it one of: {' '.join(COLUMNS[needed])}.")
    shape = shape_of(dict.fromkeys(columns, ""))
    at, bad = [offset, line], list[int]()

    def texts() -> Iterator[str]:
        for at[0], at[1], text in source.lines(offset, line):
            if text is None:
                bad.append(at[1])
                yield "\n"
            else:
                yield text.replace("\0", "")

    reader = csv.reader(texts(), delimiter=parting)
    while True:
        first = at[1] + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Step(offset=at[0], line=at[1], found=(_broken(first, str(error)),))
            continue
        if cells is None:
            return
        if bad:
            yield Step(offset=at[0], line=at[1], found=(Remark(line=bad.pop(), value="", what=no_text(first), remedy="Save it as UTF-8."),))
        elif first > 1 and any(c.strip() for c in cells):
            yield Step(offset=at[0], line=at[1], found=_found(cells, columns, first, known, shape, swap))


def _found(cells: list[str], columns: list[str], line: int, known: Known, shape: str, swap: bool) -> tuple[Entry | Remark, ...]:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]  # a row that ends in parting signs
    if len(cells) > len(columns):
        what = f"{len(cells)} cells for {len(columns)} columns"
        return (Remark(line=line, value=" ".join(cells)[:80], what=what, remedy="Put cells that hold the parting sign in quotes."),)
    return entry(dict(zip(columns, cells, strict=False)), line, known, shape=shape, swap=swap)


def _broken(line: int, why: str) -> Remark:
    return Remark(line=line, value="", what=f"the row cannot be read ({why})", remedy="Check its quotes.")


def json_rows(source: Source, known: Known, offset: int, line: int, swap: bool = False) -> Iterator[Step]:
    """The objects of JSON Lines from an offset on."""
    for after, n, text in source.lines(offset, line):
        if text is not None and not text.strip():
            continue
        try:
            told = json.loads(text) if text is not None else None
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            what = no_text(n) if text is None else "the line is no JSON object"
            found: tuple[Entry | Remark, ...] = (
                Remark(line=n, value=(text or "")[:80].strip(), what=what, remedy="Write one object a line."),
            )
        else:
            row = flat(told)
            found = entry(row, n, known, shape=shape_of(row), swap=swap)
        yield Step(offset=after, line=n, found=found)


def flat(told: Mapping[str, object]) -> dict[str, str]:
    """The plain values of an object as words, lists joined by bars."""
    found = {}
    for key, value in told.items():
        if isinstance(value, str | int | float):
            found[plain(str(key))] = str(value)
        elif isinstance(value, list):
            found[plain(str(key))] = "|".join(str(one) for one in value)
    return found
