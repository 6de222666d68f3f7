"""The command line: what goes in, what comes out, which exit code, and that every command is told of."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from thucydides.desk.cli import app

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "src" / "thucydides" / "desk" / "sample"
WAR = "ALEPPO, 3 May 2016\n\nSyrian warplanes bombed a hospital in Aleppo on Tuesday and killed at least 12 people, a monitor said.\n"
Thuc = Callable[..., Result]


@pytest.fixture
def thuc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    """Runs the program with a data folder and a working folder of its own."""
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path / "data"))
    for name in ("THUCYDIDES_ARCHIVE", "THUCYDIDES_GOLD", "THUCYDIDES_BENCH"):
        monkeypatch.delenv(name, raising=False)
    work = tmp_path / "a" / "b"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    return lambda *words, stdin=None: CliRunner().invoke(app, [str(word) for word in words], input=stdin)


def commands(group: typer.core.TyperGroup | None = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command of the program, groups left out."""
    found = group or typer.main.get_command(app)
    for name, command in found.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands())


# ── help ─────────────────────────────────────────────────────────────────────────────────────────


def test_help_is_quick() -> None:
    """Nothing heavy is imported before a command runs."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "thucydides", "--help"], check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    assert median(took) < (1.0 if os.environ.get("CI") else 0.5), took


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...]) -> None:
    told = CliRunner().invoke(app, [*path, "--help"])
    assert told.exit_code == 0
    assert len(COMMANDS[path].help or "") > 20  # type: ignore[attr-defined]
    options = [param for param in COMMANDS[path].params if param.param_type_name == "option"]  # type: ignore[attr-defined]
    assert all(option.help for option in options), "every option says what it does"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_is_in_the_documents(path: tuple[str, ...]) -> None:
    documents = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))))
    assert f"thuc {' '.join(path)}" in documents


@pytest.mark.parametrize(
    "name", re.findall(r"`thuc ([a-z]+(?: (?:list|check|retry|claims|speed|alarms))?)", (ROOT / "README.md").read_text("utf-8"))
)
def test_every_command_of_the_readme_exists(name: str) -> None:
    assert tuple(name.split()) in COMMANDS or any(path[0] == name for path in COMMANDS)


# ── read ─────────────────────────────────────────────────────────────────────────────────────────

BAD = [
    ("empty.txt", b"", "empty", "there is nothing in an empty file"),
    ("blank.txt", b" \n\t\n", "nothing in it", "nor in one of blanks"),
    ("noise.bin", bytes(range(256)) * 40, None, "bytes of no format are set aside or read as what little text they hold"),
    ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "cut.pdf", "a truncated PDF is told by name"),
    ("photo.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "picture", "a picture under a wrong name"),
    ("broken.json", b'{"id": "x", "text": "The army', "JSON", "half a JSON file"),
    ("other.json", b'{"id": "x", "body": "no text"}', "text", "JSON without a text"),
    ("lines.jsonl", b'{"text": "The army shelled Aleppo."}\nnot json\n', "lines.jsonl:2", "one bad line is told with its number"),
    ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Word", "an old Word file"),
]


@pytest.mark.parametrize(("name", "data", "said", "reason"), BAD, ids=[row[0] for row in BAD])
def test_bad_input_is_set_aside_and_the_batch_goes_on(
    thuc: Thuc, tmp_path: Path, name: str, data: bytes, said: str | None, reason: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / "zz-good.txt").write_text(WAR, encoding="utf-8")
    told = thuc("read", folder / name, folder / "zz-good.txt")
    assert "Traceback" not in told.output
    assert "Aleppo" in told.output, "the good report is read"
    if said is None:
        assert told.exit_code in (0, 1)
    else:
        assert told.exit_code == 1, reason
        assert said in " ".join(told.output.split())


ODD = [
    ("latin.txt", "Le général a dit: l'armée a bombardé Alep. ".encode("latin-1") * 5, "another encoding"),
    ("utf16.txt", WAR.encode("utf-16"), "UTF-16 with its mark"),
    ("undated.txt", b"Syrian warplanes bombed a hospital in Aleppo and killed at least 12 people.\n", "no date anywhere"),
    ("deep.html", b"<div>" * 5000 + WAR.encode() + b"</div>" * 5000, "HTML nested deep"),
    ("long.txt", b"The army shelled Aleppo and " * 300, "one line without an end"),
    ("nul.txt", WAR.replace("a ", "a\0 ").encode(), "NUL inside"),
]


@pytest.mark.parametrize(("name", "data", "reason"), ODD, ids=[row[0] for row in ODD])
def test_odd_input_is_read(thuc: Thuc, tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told = thuc("read", "--json", path)
    assert told.exit_code == 0, (reason, told.output)
    reading = json.loads(told.stdout)
    for claim in reading["claims"]:
        for passage in claim["evidence"]:
            assert reading["report"]["text"][passage["start"] : passage["end"]] == passage["text"]


def test_a_folder_is_read_with_what_is_in_it(thuc: Thuc, tmp_path: Path) -> None:
    """Known endings at any depth; hidden files, other files and empty folders are left alone."""
    folder = tmp_path / "in"
    for name in ("a.txt", "deep/b.html", ".hidden/c.txt", "d.exe", "e.jsonl"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"id": "from-lines", "text": WAR}) if name.endswith("jsonl") else WAR + name
        path.write_text(text, encoding="utf-8")
    told = thuc("read", "--json", folder)
    assert told.exit_code == 0
    readings = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    assert len(readings) == 3
    assert "from-lines" in {reading["id"] for reading in readings}
    (tmp_path / "nothing").mkdir()
    assert thuc("read", tmp_path / "nothing").exit_code == 0


def test_json_is_printed_and_nothing_kept_unless_asked(thuc: Thuc, tmp_path: Path) -> None:
    told = thuc("read", "--json", "-", stdin=json.dumps({"id": "own-id", "source": "Agency", "published": "2016-05-03", "text": WAR}))
    reading = json.loads(told.stdout.splitlines()[0])
    assert set(reading) == {"id", "report", "claims"}
    assert reading["id"] == "own-id"
    assert reading["claims"][0]["killed"]["low"] == 12
    assert not (tmp_path / "data").exists()
    assert thuc("read", "--json", "--keep", "-", stdin=WAR).exit_code == 0
    assert (tmp_path / "data" / "archive.db").is_file()


def test_reading_twice_changes_nothing(thuc: Thuc) -> None:
    assert thuc("read", SAMPLE / "1-agency.json").exit_code == 0
    before = thuc("claims", "--json").stdout
    assert thuc("read", SAMPLE / "1-agency.json").exit_code == 0
    assert thuc("claims", "--json").stdout == before


def test_own_rosters_are_laid_over(thuc: Thuc, tmp_path: Path) -> None:
    own = tmp_path / "mine.tsv"
    own.write_text("id\tname\tkind\tcountry\nblue-owls\tBlue Owl Brigade\trebel\tSY\nBAD ID\tx\trebel\tSY\n", encoding="utf-8")
    told = thuc(
        "read", "--json", "--actors", own, "-", stdin="The Blue Owl Brigade attacked the town of Homs on 3 May 2016 and killed 4 soldiers."
    )
    claims = json.loads(told.stdout.splitlines()[0])["claims"]
    assert "blue-owls" in {party["actor"] for claim in claims for party in claim["parties"]}
    assert "mine.tsv:3" in told.stderr, "a bad line is told with its number"


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────

REFUSED = [
    (["read", "/no/such/file"], 2, "there is no file or folder"),
    (["read", "--actors", "/no/such.tsv", "-"], 2, "--actors"),
    (["read"], 2, "Missing argument"),
    (["claims"], 1, "there is no archive yet"),
    (["show", "abc"], 1, "there is no archive yet"),
    (["export", "--as", "csv"], 1, "there is no archive yet"),
    (["claims", "--from", "yesterday"], 2, "is no day"),
    (["claims", "--from", "2016-03-02", "--to", "2016-03-01"], 2, "is after"),
    (["claims", "--kind", "battle"], 2, "is no kind of claim"),
    (["claims", "--type", "battle"], 2, "is no type of event"),
    (["claims", "--country", "Syria"], 2, "no country code"),
    (["page"], 2, "files or of the archive"),
    (["rosters", "check", "--kind", "ships"], 2, "is no roster"),
    (["rosters", "check", "/no/such.tsv"], 2, "there is no file"),
    (["bench", "claims", "/no/such"], 2, "there is no file or folder"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_a_refusal_is_one_clear_line(thuc: Thuc, words: list[str], code: int, said: str) -> None:
    told = thuc(*words)
    assert told.exit_code == code, told.output
    assert said in told.output
    assert "Traceback" not in told.output


def test_settings_that_make_no_sense_are_refused(thuc: Thuc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_TEXT_MB", "plenty")
    told = thuc("read", "-", stdin=WAR)
    assert told.exit_code == 2
    assert "THUCYDIDES_TEXT_MB" in told.output


# ── the archive's commands ───────────────────────────────────────────────────────────────────────


def test_what_was_read_can_be_asked(thuc: Thuc, tmp_path: Path) -> None:
    assert thuc("read", *sorted(SAMPLE.glob("[123]-*"))).exit_code == 0
    found = [json.loads(line) for line in thuc("claims", "--json", "--place", "Maarat al-Numan").stdout.splitlines()]
    assert found
    assert {claim["report"] for claim in found} == {"sample-3-monitor"}
    assert "hospital" in thuc("claims", "--kind", "event", "--limit", 3).output

    shown = thuc("show", found[0]["id"][:10])
    assert shown.exit_code == 0
    assert found[0]["quote"].split()[0] in shown.output
    assert json.loads(thuc("show", found[0]["id"], "--json").stdout) == found[0]
    whole = thuc("show", "sample-2")
    assert whole.exit_code == 1, "the re-posted report came without an id"
    assert "Levant Conflict Monitor" in thuc("show", "sample-3").output

    assert "Palmyra" in thuc("search", "sorties").output
    hit = json.loads(thuc("search", "--json", "hospital").stdout)
    assert hit["report"] == "sample-3-monitor"

    for as_, begins in (("csv", "id,"), ("jsonl", "{"), ("geojson", "{"), ("acled", "event_id_cnty,")):
        assert thuc("export", "--as", as_).stdout.startswith(begins), as_
    out = tmp_path / "out.jsonl"
    assert thuc("export", "--as", "jsonl", "-o", out, "--withhold", "coordinates,passages").exit_code == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert all(place["lat"] is None for line in lines for place in line["places"])
    assert all(line["quote"] is None for line in lines)
    assert thuc("export", "--as", "xml").exit_code == 2
    assert thuc("export", "--as", "csv", "--withhold", "everything").exit_code == 2

    page = tmp_path / "page.html"
    assert thuc("page", "--all", "-o", page).exit_code == 0
    assert page.read_text("utf-8").count('class="report"') == 3


def test_what_was_set_aside_can_be_tried_again(thuc: Thuc, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"text": ', encoding="utf-8")
    assert thuc("read", tmp_path / "bad.json").exit_code == 1
    listed = [json.loads(line) for line in thuc("aside", "list", "--json").stdout.splitlines()]
    assert [one["name"].endswith("bad.json") for one in listed] == [True]
    assert thuc("aside", "retry").exit_code == 1, "it is still bad"
    assert thuc("aside", "retry", 99).exit_code == 1


def test_a_report_in_another_language_is_told(thuc: Thuc, tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text("Des hommes armés ont attaqué hier le village et tué douze personnes, selon le gouverneur.", "utf-8")
    told = thuc("read", "--no-keep", tmp_path / "fr.txt")
    assert told.exit_code == 0
    assert "1 report not in English (fr)" in told.output


def test_rosters_are_checked_line_by_line(thuc: Thuc, tmp_path: Path) -> None:
    own = tmp_path / "arms.tsv"
    own.write_text("id\tname\tclass\nowl-1\tOwl-1\tdrone\nowl-2\tOwl-2\tspoon\n", encoding="utf-8")
    told = thuc("rosters", "check", own)
    assert told.exit_code == 1
    assert "arms.tsv:3" in told.output
    assert "spoon" in told.output
    assert "Owl-1" in thuc("rosters", "list", own, "--find", "owl-1").output
    assert "S-75" in thuc("rosters", "list", "--kind", "arms", "--find", "S-75").output


def test_the_demo_reads_the_sample(thuc: Thuc, tmp_path: Path) -> None:
    page = tmp_path / "demo" / "page.html"
    told = thuc("demo", "-o", page)
    assert told.exit_code == 0
    assert "3 reports read" in told.output
    assert "copied from Orontes State News Agency" in told.output
    assert page.is_file()


def test_a_report_without_a_day_is_told_of_and_may_be_given_one(thuc: Thuc, tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text("Syrian warplanes bombed a hospital in Aleppo on Monday and killed at least 12 people.\n", encoding="utf-8")
    told = thuc("read", "--no-keep", path)
    assert "1 report without a day" in " ".join(told.output.split()) and "--published" in told.output
    given = thuc("read", "--no-keep", "--published", "2016-10-05", "--outlet", "Northern Herald", path)
    assert "without a day" not in given.output
    assert "Northern Herald" in given.output and "2016-10-03" in given.output
    assert thuc("read", "--published", "yesterday", path).exit_code == 2
