"""Turns of phrase stand in tables: each is used, each bad line is refused with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thucydides.errors import BadRoster
from thucydides.lexicon import Phrasing

ROOMS = Path(__file__).parents[1] / "src" / "thucydides"
TABLES = sorted(ROOMS.glob("*/phrasing.tsv"))


def written(folder: Path, *lines: str) -> Path:
    table = folder / "phrasing.tsv"
    table.write_text("\n".join(("module\tname\tkind\ttext\tnote", *lines)) + "\n", encoding="utf-8")
    return table


def test_patterns_and_lists_are_found_by_module_and_name(tmp_path: Path) -> None:
    lines = "a\tof war\tpattern\t\\bwar\\b\t", "b\tof war\tpattern as written\t\\bWar\\b\t", "a\twho\twords\the | she\t"
    table = Phrasing(written(tmp_path, *lines))
    assert table.pattern("a", "of war").search("the WAR") and not table.pattern("b", "of war").search("the war")
    assert table.words("a", "who") == {"he", "she"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a\tx\tregex\ty\t", "the kind 'regex' is unknown"),
        ("a\tx\tpattern\t(y\t", "cannot be read"),
        ("a\tfirst\twords\tz\t", "stands there twice"),
        ("a\tx\twords\ty\tnote\tmore", "6 cells for 5 columns"),
    ],
)
def test_a_bad_line_is_refused_with_its_reason(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(BadRoster, match=re.escape(says)) as told:
        Phrasing(written(tmp_path, "a\tfirst\twords\ty\t", line))
    assert "phrasing.tsv:3" in str(told.value)


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.parent.name)
def test_every_row_is_used(table: Path) -> None:
    called = set()
    for module in table.parent.rglob("*.py"):
        called |= set(re.findall(r'(?:phrase_of|wordlist)\("([^"]+)", "([^"]+)"\)', module.read_text(encoding="utf-8")))
    rows = [line.split("\t")[:2] for line in table.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")][1:]
    assert rows and {tuple(row) for row in rows} == called
