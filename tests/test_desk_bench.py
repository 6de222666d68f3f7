"""The benchmarks on sets of our own making, the floors, and the flow when one report is worse than bad."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thucydides.archive import Archive
from thucydides.chronicle import chronicle
from thucydides.claims import Coder
from thucydides.desk.bench import BENCHES
from thucydides.desk.bench.floors import Floor, check, read_floors
from thucydides.desk.cli import app
from thucydides.desk.settings import Settings
from thucydides.errors import BadSetting
from thucydides.reports import Raw

ROOT = Path(__file__).parent.parent
SCORER = """
import json, sys
gold, told = sys.argv[1], [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
found = {"reports": len(told), "detection": {"event": [1.0, 0.5, 0.667]}, "slots": {"type": None, "date": 0.5}}
print(json.dumps(found) if "--json" in sys.argv else f"{len(told)} reports scored")
"""


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path / "data"))
    folder = tmp_path / "gold" / "dev"
    folder.mkdir(parents=True)
    (folder.parent / "score.py").write_text(SCORER, encoding="utf-8")
    report = {"id": "one", "published": "2016-05-03", "text": "Rebels shelled Aleppo on Monday and killed 3 people.", "claims": []}
    (folder / "one.json").write_text(json.dumps(report), encoding="utf-8")
    (folder.parent / "flu.jsonl").write_text('{"text": "The minister opened a clinic against influenza."}\n', encoding="utf-8")
    return folder


def test_claims_are_scored_by_the_script_beside_them(gold: Path) -> None:
    told = CliRunner().invoke(app, ["bench", "claims", str(gold), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert figures["detection.event.f1"] == 0.667
    assert figures["slots.date"] == 0.5
    assert figures["failed"] == 0
    assert "slots.type" not in figures
    assert "1 reports scored" in CliRunner().invoke(app, ["bench", "claims", str(gold)]).output


def test_a_scorer_that_fails_is_told(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("raise SystemExit('no such gold')", encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "claims", str(gold), "--scorer", str(tmp_path / "bad.py")])
    assert told.exit_code == 1
    assert "no such gold" in told.output


def test_alarms_are_counted(gold: Path) -> None:
    told = CliRunner().invoke(app, ["bench", "alarms", str(gold.parent / "flu.jsonl"), "--json"])
    assert json.loads(told.stdout)["figures"] == {"share": 0.0, "alarmed": 0}


def test_speed_is_a_ratio(gold: Path) -> None:
    told = CliRunner().invoke(app, ["bench", "speed", str(gold), "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)["figures"]
    assert figures["ratio_stock"] > 0
    assert figures["first_claim_seconds"] > 0


@pytest.mark.parametrize("name", ["claims", "speed", "alarms"])
def test_an_absent_set_is_said_and_skipped(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    for variable in ("THUCYDIDES_GOLD", "THUCYDIDES_BENCH"):
        monkeypatch.delenv(variable, raising=False)
    told = CliRunner().invoke(app, ["bench", name])
    assert told.exit_code == 0
    assert "absent, skipped" in told.output


def test_floors_hold_or_not() -> None:
    floors = [
        Floor("x", "f1", 0.5, None, ""),
        Floor("x", "share", None, 0.1, ""),
        Floor("x", "gone", 1, None, ""),
        Floor("y", "f1", 1, None, ""),
    ]
    found = {floor.figure: holds for floor, _, holds in check("x", {"f1": 0.5, "share": 0.2}, floors)}
    assert found == {"f1": True, "share": False, "gone": False}, "a figure that is missing does not hold"


def test_our_floors_can_be_read() -> None:
    assert {floor.bench for floor in read_floors(ROOT / "bench" / "floors.toml")} <= set(BENCHES)
    assert {"claims", "alarms", "speed"} <= {floor.bench for floor in read_floors(ROOT / "bench" / "floors.toml")}


def test_floors_without_a_bound_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text('[[floor]]\nbench = "claims"\nfigure = "f1"\nmeasured = "x"\n', encoding="utf-8")
    with pytest.raises(BadSetting, match="least"):
        read_floors(file)


# ── settings and the flow ────────────────────────────────────────────────────────────────────────


def test_settings_are_read_from_what_they_are_given(tmp_path: Path) -> None:
    (tmp_path / "rosters").mkdir()
    (tmp_path / "rosters" / "arms.tsv").write_text("id\tname\tclass\n", encoding="utf-8")
    settings = Settings.read({"THUCYDIDES_DATA": str(tmp_path), "THUCYDIDES_ARCHIVE": "postgresql://db/x", "THUCYDIDES_SECONDS": "5"})
    assert settings.archive == "postgresql://db/x"
    assert settings.limits == {"seconds": 5}
    assert settings.roster("arms") == (tmp_path / "rosters" / "arms.tsv",)
    assert settings.roster("actors") == ()


class Fragile:
    """A coder that breaks on one report, as no coder should."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder

    def coded(self, report):  # type: ignore[no-untyped-def]
        if "boom" in report.text:
            raise KeyError("a fault of the program")
        return self._coder.coded(report)


def test_a_fault_of_the_program_costs_one_report(coder: Coder) -> None:
    raws = [Raw("a.txt", b"Rebels shelled Aleppo."), Raw("b.txt", b"boom"), Raw("c.txt", b""), Raw("d.txt", b"Rebels shelled Homs.")]
    with Archive.open("sqlite://") as archive:
        found = list(chronicle(raws, Fragile(coder), archive))  # type: ignore[arg-type]
        assert [reading.error is None for reading in found] == [True, False, False, True]
        assert "KeyError" in str(found[1].error)
        assert [one.name for one in archive.aside()] == ["b.txt", "c.txt"]
        assert len(list(archive.reports())) == 2
