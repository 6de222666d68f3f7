"""What is reckoned from all claims is kept up as claims come and go: it is always what a server that begins anew would say."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from api_made import get, make_archive, served, settings_in
from thucydides.archive.archive import Archive
from thucydides.chronicle import Traced, chronicle, trace, weigh
from thucydides.claims import Coder
from thucydides.incidents import Weigher
from thucydides.reports import Raw

TAKEN = "Syrian government forces captured the city of Palmyra from Islamic State on Sunday, state media said."
STRIKE = "Air strikes on a market in Maarat al-Numan killed at least 12 people on Monday, rescue workers said."
TEXTS = (
    ("city", "Reuters", "2016-03-28", TAKEN),
    ("wire", "AFP", "2019-07-22", STRIKE),
    ("obs", "SOHR", "2019-07-23", "Regime warplanes bombed a market in Maarat al-Numan on Monday. 17 civilians were killed."),
)
LATER = (
    ("back", "Reuters", "2016-12-12", "Islamic State recaptured the city of Palmyra on Sunday, the Syrian Observatory said."),
    ("copy", "The Daily Copy", "2019-07-23", STRIKE),
    ("before", "Xinhua", "2016-03-27", TAKEN),  # what was the first report of these words is a copy now
)
VIEWS = ("/api/sources", "/api/control?on=2016-12-20", "/api/control?on=2016-04-10", "/api/control/changes?from=2016-01-01&to=2016-12-31")


def raw(id_: str, source: str, day: str, text: str) -> Raw:
    return Raw(f"{id_}.json", json.dumps({"id": id_, "source": source, "published": day, "text": text}).encode())


@pytest.fixture
def file(tmp_path: Path, coder: Coder) -> Path:
    make_archive(tmp_path / "archive.db", [raw(*one) for one in TEXTS], coder)
    return tmp_path / "archive.db"


def add(file: Path, coder: Coder, *told: tuple[str, str, str, str]) -> None:
    make_archive(file, [raw(*one) for one in told], coder)


def test_views_follow_what_is_added_and_forgotten(file: Path, coder: Coder) -> None:
    def anew() -> list[object]:
        with served(settings_in(file.parent)) as fresh:
            return [get(fresh, path) for path in VIEWS]

    with served(settings_in(file.parent)) as client:
        seen = [[get(client, path) for path in VIEWS]]
        for one in LATER:
            add(file, coder, one)
            client.app.state.room.refresh()  # type: ignore[attr-defined]
            seen.append([get(client, path) for path in VIEWS])
            assert seen[-1] == anew(), one[0]
        with Archive.open(file) as archive:
            for id_, *_ in LATER:
                archive.forget(id_)
            for _ in weigh(archive, Weigher.load()):
                pass
        client.app.state.room.refresh()  # type: ignore[attr-defined]
        assert [get(client, path) for path in VIEWS] == anew()
    assert all(before != after for before, after in itertools.pairwise(seen)), "each report changes something"


def test_only_what_came_is_read_again(file: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    weigher = Weigher.load()
    with Archive.open(file) as archive:
        traced = Traced(archive, weigher)
        traced.refresh()
        read: list[str] = []
        added = traced.tracer.add
        monkeypatch.setattr(traced.tracer, "add", lambda claim, report: (read.append(report.id), added(claim, report))[1])
        for _ in chronicle([raw(*LATER[0])], coder, archive):
            pass
        for _ in weigh(archive, weigher):
            pass
        chart = traced.refresh().chart()
        assert set(read) == {"back"}
        assert chart.timelines == trace(archive, weigher).chart().timelines
        read.clear()
        traced.refresh()
        assert read == []
