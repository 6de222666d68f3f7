"""``thuc explain`` and ``thuc gaps``: a claim is told with its words and answers; what no table knows comes as lines that load."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import reading
from thucydides.actors import Actors
from thucydides.archive import Archive
from thucydides.arms import Arms
from thucydides.claims import Coder, find_gaps
from thucydides.claims.codebook import FOLDER
from thucydides.desk.cli import app
from thucydides.desk.reasons import in_words
from thucydides.errors import BadRoster
from thucydides.lexicon import read_table
from thucydides.places.tables import read_places

Thuc = Callable[..., Result]
FIRST = (
    "The Blue Owl Brigade attacked an army checkpoint in the village of Zarqunabad on 3 May 2016 and killed at least 12 soldiers. "
    "Syrian warplanes bombed a hospital in Aleppo on 4 May 2016 and killed three nurses."
)
SECOND = (
    "On 9 May 2016 gunmen scythed four shepherds in the village of Zarqunabad in Syria. "
    "Fighters of the Blue Owl Brigade shelled the town of Idlib on 10 May 2016."
)
THIRD = "On 11 May 2016 militants scythed six villagers near the town of Idlib in Syria."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A data folder with an archive of three invented reports, coded."""
    data = tmp_path_factory.mktemp("data")
    with Archive.open(data / "archive.db") as kept:
        for n, text in enumerate((FIRST, SECOND, THIRD)):
            report = replace(reading(text, published=f"2016-05-1{n}", source="Orontes Agency"), id=f"invented-{n}")
            kept.keep(report, coder.code(report))
    return data


@pytest.fixture
def thuc(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    monkeypatch.setenv("THUCYDIDES_DATA", str(archive))
    monkeypatch.delenv("THUCYDIDES_ARCHIVE", raising=False)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def claim_of(thuc: Thuc, words: str) -> dict[str, Any]:
    """The kept claim whose quote holds some words."""
    told = [json.loads(line) for line in thuc("claims", "--json").stdout.splitlines()]
    return next(claim for claim in told if words in claim["quote"])


# ── explain ──────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_is_explained_by_its_words_and_answers(thuc: Thuc) -> None:
    claim = claim_of(thuc, "bombed a hospital")
    told = thuc("explain", claim["id"][:12])
    assert told.exit_code == 0, told.output
    output = " ".join(told.output.split())
    tables = ("verbs.tsv", "types.tsv", "actors.tsv", "places.tsv")
    for said in ("bombed", "the codebook's verb", "Syrian warplanes", "hospital", "Aleppo", "to change it", *tables, claim["by"]):
        assert said in output, said

    account = json.loads(thuc("explain", claim["id"], "--json").stdout)
    assert account["remark"] is None
    assert account["claim"] == claim, "the same words coded again by the same coder"
    stating = account["tellings"][0]["states"][0]
    assert (stating["text"], stating["family"], stating["form"], stating["heard"]) == ("bombed", "strike", "verb", False)
    assert FIRST[stating["start"] : stating["end"]] == "bombed"
    taken = [a["text"] for a in account["fields"].get("initiators", []) if a["taken"]] or [account["by_rule"]["initiators"]]
    assert taken == [names[0] for names in claim["initiators"]]
    assert all(0 <= a["chance"] <= 1 for answers in account["fields"].values() for a in answers)
    for answers in account["fields"].values():
        for answer in answers:
            assert sum(r["weight"] > 0 for r in answer["reasons"]) <= 3
            assert sum(r["weight"] < 0 for r in answer["reasons"]) <= 3


def test_a_heard_verb_is_told_as_heard(thuc: Thuc) -> None:
    claim = claim_of(thuc, "four shepherds")
    told = " ".join(thuc("explain", claim["id"]).output.split())
    assert "in no table; the tagger hears" in told
    assert "thuc gaps --kind verbs" in told


def test_a_claim_of_another_coder_is_told_by_the_same_sentence(
    thuc: Thuc, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(archive / "archive.db") as kept:
        claim, report = next(pair for pair in kept.claims_with_reports() if "bombed a hospital" in pair[0].evidence[0].words)
    other = replace(claim, id="0" * 16, by="rules/0+older")
    moved = tuple(replace(p, start=0, end=3, words=report.text[:3]) if p.field == "claim" else p for p in claim.evidence)
    gone = replace(other, id="f" * 16, evidence=moved)
    with Archive.open(tmp_path / "old.db") as old:
        old.keep(report, [other, gone])
    monkeypatch.setenv("THUCYDIDES_ARCHIVE", str(tmp_path / "old.db"))
    told = thuc("explain", "0000")
    assert told.exit_code == 0
    assert "another coder made this claim (rules/0+older)" in " ".join(told.output.split())
    assert claim.id in told.output
    none = thuc("explain", "ffff")
    assert none.exit_code == 1
    assert "no claim of this sentence" in " ".join(none.output.split())
    assert json.loads(thuc("explain", "ffff", "--json").stdout)["claim"] is None


def test_no_such_claim_is_one_clear_line(thuc: Thuc) -> None:
    told = thuc("explain", "nothing")
    assert told.exit_code == 1
    assert "no claim is kept" in told.output


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("told", "a construction of the codebook gives it this part"),
        ("active path ^conj nsubj", "of an active verb: up from joined by and, subject"),
        ("after on", "it follows “on”"),
        ("something new", "something new"),
    ],
)
def test_evidence_is_told_in_words(name: str, told: str) -> None:
    assert in_words(name) == told


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────


def table(output: str, name: str) -> str:
    """The line of a name, with the # before it taken away."""
    return next(line.lstrip("#") for line in output.splitlines() if "\t" in line and name in line)


def test_an_unknown_actor_comes_as_a_table_that_loads(thuc: Thuc, tmp_path: Path) -> None:
    told = thuc("gaps", "--kind", "actors")
    assert told.exit_code == 0, told.output
    assert "# Blue Owl Brigade: 2 reports" in told.stdout
    assert "Syrian" not in [line.split("\t")[1] for line in told.stdout.splitlines() if "\t" in line]
    own = tmp_path / "my.tsv"
    own.write_text(told.stdout, encoding="utf-8")
    actors = Actors.load((own,))
    assert not actors.errors
    assert actors.named("Blue Owl Brigade") == ("own-blue-owl-brigade",)
    entry = actors.by_id["own-blue-owl-brigade"]
    assert (entry.countries, entry.parent, entry.start) == ((), None, None), "nothing is guessed but the kind"
    assert thuc("rosters", "check", own).exit_code == 0


def test_an_unknown_place_waits_for_its_coordinates(thuc: Thuc, tmp_path: Path) -> None:
    told = thuc("gaps", "--kind", "places").stdout
    assert "# Zarqunabad: 2 reports" in told
    errors: list[BadRoster] = []
    own = tmp_path / "places.tsv"
    own.write_text(told, encoding="utf-8")
    assert list(read_places(own, errors)) == []
    assert not errors, "a line without a point stands behind a #"
    header = next(line for line in told.splitlines() if not line.startswith("#"))
    cells = dict(zip(header.split("\t"), table(told, "Zarqunabad").split("\t"), strict=True))
    assert cells["lat"] == cells["lon"] == cells["country"] == ""
    filled = cells | {"lat": "35.5", "lon": "36.5", "radius_km": "2"}
    own.write_text(f"{header}\n" + "\t".join(filled[c] for c in header.split("\t")) + "\n", encoding="utf-8")
    assert [named.names for named in read_places(own, errors)] == [("Zarqunabad",)]


def test_an_unknown_verb_comes_as_a_row_of_the_codebook(thuc: Thuc, tmp_path: Path) -> None:
    told = thuc("gaps", "--kind", "verbs").stdout
    own = tmp_path / "verbs.tsv"
    own.write_text(told, encoding="utf-8")
    columns = (FOLDER / "verbs.tsv").read_text("utf-8").splitlines()[0].split("\t")
    errors: list[BadRoster] = []
    rows = {row["lemmas"]: row for row in read_table(own, columns, errors)}
    assert not errors
    assert rows["scythe"]["family"]
    assert (rows["scythe"]["subject"], rows["scythe"]["object"]) == ("I", "T")
    assert "# scythe: 2 reports" in told


def test_gaps_are_limited_and_refused(thuc: Thuc) -> None:
    assert "Zarqunabad" not in thuc("gaps", "--kind", "places", "--min", 3).stdout
    assert thuc("gaps", "--kind", "ships").exit_code == 2


def test_unknown_arms_are_what_the_tagger_hears_and_no_arm_covers(coder: Coder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "Rebels shelled the town of Idlib with Zorblat rockets on 3 May 2016 and killed four soldiers."

    def spans(self: object, role: str, sentence: int, token: Any, above: float = 0.0) -> list[tuple[int, int, float]]:
        return [(text.index("Zorblat"), text.index("rockets"), 3.0)] if role == "with" else []

    from thucydides.claims.learned import Tags
    from thucydides.desk.commands.gaps import lines

    monkeypatch.setattr(Tags, "spans", spans)
    found = find_gaps([reading(text, published="2016-05-04")], coder)
    assert [(gap.name, gap.cells["class"]) for gap in found.found["arms"]] == [("Zorblat", "rocket")]
    own = tmp_path / "arms.tsv"
    own.write_text("\n".join(lines(found, "arms", 10, 1)), encoding="utf-8")
    arms = Arms.load((own,))
    assert not arms.errors
    assert arms.recognise("Zorblat") is not None
