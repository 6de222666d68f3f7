"""The benchmark of whole articles: offsets, peoples, what counts as right, kinds of errors, the command. All texts are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.desk.bench.toponyms import (
    FARTHEST_KM,
    Article,
    Put,
    Tally,
    add,
    counts_peoples,
    figures_of,
    lines_of,
    most_populous,
    read_articles,
)
from thucydides.desk.cli import app
from thucydides.places import Gazetteer
from thucydides.record import Where

TEXT = "Kenyan troops left Mombasa for Nairobi. A market in Zorblaxia was closed."
POINTS = {"Kenyan": (0.4, 37.9), "Mombasa": (-4.05, 39.67), "Nairobi": (-1.29, 36.82), "Zorblaxia": (1.0, 30.0)}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def item(shift: int = 0, *names: str) -> dict[str, object]:
    toponyms = []
    for name in names or POINTS:
        start, (lat, lon) = TEXT.index(name), POINTS[name]
        toponyms.append({"start": start + shift, "end": start + len(name) + shift, "phrase": name, "lat": lat, "lon": lon})
    return {"id": "a", "text": TEXT, "toponyms": toponyms}


def stored(folder: Path, *items: dict[str, object]) -> Path:
    path = folder / "invented.jsonl"
    path.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    return path


@pytest.mark.parametrize("shift", [0, 1])
def test_offsets_from_zero_and_from_one(tmp_path: Path, shift: int) -> None:
    (article,) = read_articles(stored(tmp_path, item(shift)))
    assert {TEXT[a:b] for a, b in article.gold} == set(POINTS)


def test_a_set_says_itself_whether_peoples_count(gazetteer: Gazetteer) -> None:
    def article(*names: str) -> Article:
        return Article("a", TEXT, {(TEXT.index(n), TEXT.index(n) + len(n)): POINTS[n] for n in names})

    assert counts_peoples([article("Kenyan", "Mombasa")], gazetteer)
    assert not counts_peoples([article("Mombasa", "Nairobi")], gazetteer)


def test_what_counts_as_right() -> None:
    near = Where(name="x", lat=1.0, lon=1.0, radius_km=5.0, precision="place")
    country = Where(name="x", lat=5.0, lon=5.0, radius_km=900.0, precision="country")
    town = Where(name="x", lat=5.0, lon=5.0, radius_km=900.0, precision="place")
    assert Put("x", (1.5, 1.5), near, None).right
    assert Put("x", (1.5, 1.5), country, None).right and Put("x", (1.5, 1.5), country, None).km > 161
    assert not Put("x", (1.5, 1.5), town, None).right
    assert Put("x", (1.5, 1.5), None, None).km == FARTHEST_KM


def test_the_plain_alternative(gazetteer: Gazetteer) -> None:
    assert most_populous("Kenyan", gazetteer) == most_populous("Kenya", gazetteer)
    paris = most_populous("Paris", gazetteer)
    assert paris is not None and abs(paris[0] - 48.85) < 0.2
    assert most_populous("Zorblaxia", gazetteer) is None


def test_a_tally(gazetteer: Gazetteer) -> None:
    tally = Tally()
    (start, end), at = (TEXT.index("Mombasa"), TEXT.index("Mombasa") + 7), POINTS["Mombasa"]
    add(
        Article("a", TEXT, {(start, end): at, (TEXT.index("Zorblaxia"), TEXT.index("Zorblaxia") + 9): (1.0, 30.0)}), gazetteer, False, tally
    )
    figures = figures_of(tally)
    assert figures["given.within_161"] == 0.5 and figures["given.median_km"] < 20
    assert figures["found.within_161"] == 0.5 and 0 < figures["given.auc"] < 1
    assert any(line.split()[:2] == ["unknown", "name"] for line in tally.errors)
    assert any("[Nairobi]" in line and line.split()[:2] == ["no", "place"] for line in tally.errors)
    assert len(list(lines_of(tally))) > 10


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path))
    path = stored(tmp_path, item(0, "Kenyan", "Mombasa", "Nairobi"))
    told = CliRunner().invoke(app, ["bench", "toponyms", str(path), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert figures["invented.given.right"] == 1.0 and figures["invented.exact.r"] > 0.6
    assert "invented: 1 articles" in CliRunner().invoke(app, ["bench", "toponyms", str(path), "--errors"]).output
