"""Reading the sets of others, JSON objects one a line, and coding their texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from thucydides.chronicle import Reading
from thucydides.claims.marks import Marks, mark
from thucydides.claims.sentences import Sentence, parse, pipeline, stretches
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.errors import BadRoster, BadSetting
from thucydides.lexicon import Row, read_table
from thucydides.record import Report
from thucydides.reports import Raw

Item = Mapping[str, Any]


def read_set(path: Path, usual: str, *needed: str, limit: int = 0) -> list[Item]:
    """The items of a file or, of a folder, its file of the ``usual`` name, else all its JSON Lines. Each must have what is ``needed``.

    With a ``limit`` so many are taken, evenly spread over the set.
    """
    files = [path] if path.is_file() else [path / usual] if (path / usual).is_file() else sorted(path.glob("*.jsonl"))
    items = [item for file in files for item in _items(file, needed)]
    if not items:
        raise BadSetting(f"{path} holds no items", remedy=f"Give JSON Lines of the shape of {usual!r}.")
    return items if not limit or limit >= len(items) else [items[n * len(items) // limit] for n in range(limit)]


def _items(file: Path, needed: Sequence[str]) -> Iterator[Item]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            raise BadSetting(f"{file}:{number} is no JSON ({error})", remedy="Write one object a line.") from error
        missing = [name for name in needed if not isinstance(item, dict) or name not in item]
        if missing:
            raise BadSetting(f"{file}:{number} has no {missing[0]!r}", remedy="Check that this is the set that the benchmark takes.")
        yield item


def raw(name: str, text: str, **told: str | None) -> Raw:
    """A text as a report in JSON; ``told`` is what is known of it: published, source, title, url."""
    fields = {"id": name, "text": text, **{key: value for key, value in told.items() if value}}
    return Raw(f"{name}.json", json.dumps(fields).encode())


def coded(chronicler: Chronicler, raws: Sequence[Raw]) -> Iterator[Reading]:
    """The readings of reports, one for each, in order."""
    with progress("coding", len(raws)) as bar:
        for one in raws:
            yield from chronicler.chronicle([one])
            bar.advance(bar.task_ids[0])


def parsed(report: Report) -> list[Sentence]:
    """The sentences that the coder reads in a report."""
    return list(parse(list(stretches(report)), report.reading, pipeline()))


def marked(chronicler: Chronicler, report: Report) -> list[Marks]:
    """What rosters, gazetteer and tagger see in the sentences of a report, as the coder does before it reads any happening."""
    words, sentences = chronicler.coder.vocabulary, parsed(report)
    tags = words.tagger.read(sentences) if words.tagger is not None and sentences else None
    return [mark(s, words.actors, words.arms, words.gazetteer, words.codebook, report.published, tags) for s in sentences]


@cache
def table(file: str, *columns: str) -> tuple[Row, ...]:
    """The rows of a mapping that stands beside the benchmarks. A bad line in it is a fault of the program, so the first one is raised."""
    errors: list[BadRoster] = []
    rows = tuple(read_table(Path(__file__).with_name(file), columns, errors))
    if errors:
        raise errors[0]
    return rows
