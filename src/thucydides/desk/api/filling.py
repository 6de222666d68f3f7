"""Columns filled from an archive, filled anew where it changed, and kept beside it so that the next start is quick."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from uuid import uuid4

import numpy as np

from thucydides.archive.archive import Archive
from thucydides.archive.glancing import Line
from thucydides.archive.selecting import folded
from thucydides.desk.api.columns import Columns, Rosters
from thucydides.desk.api.rows import PAIRED, SINGLE, Reader, Rows, Vocabulary, digest_of, key_of, no_rows

FORM = "1"
"""Goes up when a kept file means something else than before."""
TOGETHER = 2000  # incidents read at a time
WORTH_KEEPING = 5000  # with fewer incidents a start is quick anyway


class Filling:
    """The rows of an archive, brought up to date on demand: only incidents that changed are read again."""

    def __init__(self, archive: Archive, rosters: Rosters, beside: Path | None = None) -> None:
        self._archive, self._rosters, self._beside = archive, rosters, beside
        self._rows, self._vocabulary = no_rows(), Vocabulary()
        self._filled = 0
        if beside is not None and beside.is_file():
            self._recall(beside)

    def columns(self) -> Columns:
        """The columns of what is kept now."""
        sources = self._vocabulary["source"]
        told = self._archive.glance.sources_of_reports()
        outlets = {id_: sources.number(key_of(source, name, folded(name))) for id_, source, name in told}
        reader = Reader(self._vocabulary, outlets)
        known = dict(zip(self._rows.single["id"].tolist(), range(len(self._rows)), strict=True))
        digests = self._rows.single["digest"].tolist()
        kept: list[int] = []
        more = [no_rows()]
        behind = ""
        while lines := self._archive.glance.lines(behind, TOGETHER):
            behind = lines[-1].id
            changed: list[Line] = []
            for line in lines:
                row = known.get(line.id.encode())
                if row is not None and digests[row] == digest_of(line):
                    kept.append(row)
                else:
                    changed.append(line)
            if changed:
                more.append(reader.rows(changed))
        if len(kept) < len(self._rows) or len(more) > 1 or not self._filled:
            self._rows = _joined([self._rows.taken(np.array(kept, dtype=np.int32)), *more])
            self._keep()
        self._filled += 1
        return Columns(self._rows, self._vocabulary, self._rosters, self._filled)

    def _keep(self) -> None:
        """Keeps the rows in a file beside the archive. That it cannot be written costs a slow start, nothing else."""
        if self._beside is None or len(self._rows) < WORTH_KEEPING:
            return
        arrays = {f"single.{column}": values for column, values in self._rows.single.items()}
        for column, (rows, values) in self._rows.pairs.items():
            arrays |= {f"rows.{column}": rows, f"values.{column}": values}
        names = json.dumps({column: names.of for column, names in self._vocabulary.names.items()})
        arrays["names"] = np.frombuffer(names.encode(), dtype=np.uint8)
        arrays["form"] = np.array(FORM)
        new = self._beside.with_name(f".{self._beside.name}.{uuid4().hex[:8]}")
        try:
            with new.open("wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            new.replace(self._beside)
        except OSError:
            new.unlink(missing_ok=True)

    def _recall(self, file: Path) -> None:
        """Takes up the rows of a kept file; one that cannot be used is as none."""
        try:
            with np.load(file, allow_pickle=False) as kept:
                if str(kept["form"]) != FORM:
                    return
                names = json.loads(kept["names"].tobytes().decode())
                single = {column: kept[f"single.{column}"] for column in SINGLE}
                pairs = {column: (kept[f"rows.{column}"], kept[f"values.{column}"]) for column in PAIRED}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return
        for column in self._vocabulary.names:
            for name in names[column]:
                self._vocabulary[column].number(name)
        self._rows = Rows(single, pairs)


def _joined(parts: list[Rows]) -> Rows:
    """Rows behind each other."""
    whole = [part for part in parts if len(part)] or [no_rows()]
    before = np.cumsum([0, *(len(part) for part in whole)])
    single = {column: np.concatenate([part.single[column] for part in whole]) for column in SINGLE}
    pairs = {
        column: (
            np.concatenate([part.pairs[column][0] + start for part, start in zip(whole, before, strict=False)]).astype(np.int32),
            np.concatenate([part.pairs[column][1] for part in whole]),
        )
        for column in PAIRED
    }
    return Rows(single, pairs)
