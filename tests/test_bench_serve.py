"""The benchmark of the server, on a small archive."""

from __future__ import annotations

from pathlib import Path

from thucydides.archive.archive import Archive
from thucydides.desk.bench.many import make_archive
from thucydides.desk.bench.serve import SORTS, measure


def test_the_same_seed_makes_the_same_archive(tmp_path: Path) -> None:
    told = []
    for name in ("one.db", "two.db"):
        make_archive(tmp_path / name, 200)
        with Archive.open(tmp_path / name) as archive:
            told.append([one for page in archive.incidents() for one in page])
            assert archive.count() == 200
    assert told[0] == told[1] and len(told[0]) == 200


def test_a_server_is_measured(tmp_path: Path) -> None:
    measured = measure(1000, 0.03, tmp_path / "archive.db")
    assert measured.figures["soak_faults"] == 0 and measured.figures["soak_requests"] > 0
    for sort in SORTS:
        assert 0 < measured.figures[f"{sort}_p50_ms"] <= measured.figures[f"{sort}_p95_ms"]
