"""The command line on an archive of its own in which some reports are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from thucydides.desk.cli import app

Thuc = Callable[..., Result]
Told = tuple[str, str, str, str]
"""A report: id, outlet, day, text."""


def having_read(reports: Sequence[Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    """Runs the program with a data folder of its own, after it has read these reports."""
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path / "data"))
    for name in ("THUCYDIDES_ARCHIVE", "THUCYDIDES_GRADES"):
        monkeypatch.delenv(name, raising=False)
    lines = [json.dumps({"id": id_, "source": source, "published": day, "text": text}) for id_, source, day, text in reports]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def run(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    assert run("read", tmp_path / "in.jsonl").exit_code == 0
    return run
