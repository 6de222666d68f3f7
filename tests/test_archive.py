"""The archive: what goes in comes out equal, the same again changes nothing, and nothing is half kept."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from strategies import readings
from thucydides.archive import Archive, ClaimFilter
from thucydides.archive.shapes import claim_from_json, claim_to_json
from thucydides.errors import ArchiveError, BadSetting, NewerArchive, NotKept
from thucydides.record import (
    Arming,
    Basis,
    Claim,
    Event,
    Factuality,
    Hold,
    Kind,
    Party,
    Passage,
    Report,
    Source,
    Use,
    When,
    Where,
)

TEXT = (
    "Warplanes struck the village of Hajin on Tuesday. Rebels hold the northern suburb of Qāmishlī. "
    "The brigade is armed with the S-75 missile. 100% of the bakeries, it's said, were closed."
)


def report_of(id_: str = "r1", text: str = TEXT, **more: object) -> Report:
    given_ = {"title": "Strikes in the east", "published": date(2017, 11, 2), "source": Source(name="South Front", id="southfront")}
    return Report(id=id_, text=text, reading=text, raw_hash=f"hash-{id_}", **(given_ | more))  # type: ignore[arg-type]


def claim_of(
    report: Report, id_: str, words: str, says: object, kind: Kind = Kind.EVENT, by: str = "rules 1", confidence: float = 0.5
) -> Claim:
    start = report.text.index(words)
    evidence = (Passage(field="claim", start=start, end=start + len(words), words=words),)
    return Claim(
        id=id_,
        report=report.id,
        kind=kind,
        says=says,
        evidence=evidence,
        factuality=Factuality.ASSERTED,
        by=by,
        confidence=confidence,
    )  # type: ignore[arg-type]


def some_claims(report: Report) -> list[Claim]:
    hajin = Where(name="Hajin", lat=34.69, lon=40.83, radius_km=3, country="SY", precision="place", place="gn:1", aliases=("Ḥajīn",))
    suburb = Where(name="Qāmishlī", lat=37.05, lon=41.23, radius_km=5, country="SY", precision="part")
    day = When(start=date(2017, 10, 31), end=date(2017, 10, 31), basis=Basis.RELATIVE, words="on Tuesday")
    jets = Party(role="initiator", name="Warplanes", kind="generic")
    rebels = Party(role="initiator", name="Rebels", actor="fsa", kind="rebel", names=("Free Syrian Army", "FSA"))
    return [
        claim_of(
            report,
            "c-strike",
            "Warplanes struck the village of Hajin on Tuesday",
            Event(type="Air/drone strike", parties=(jets,), where=(hajin,), when=day),
            confidence=0.9,
        ),
        claim_of(
            report,
            "c-hold",
            "Rebels hold the northern suburb of Qāmishlī",
            Hold(parties=(rebels,), where=(suburb,), status="held"),
            Kind.CONTROL,
        ),
        claim_of(
            report,
            "c-arms",
            "The brigade is armed with the S-75 missile",
            Arming(parties=(), arms=(Use(name="S-75", arm="s-75"),), way="has"),
            Kind.HOLDING,
        ),
    ]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


def ids(archive: Archive, filter_: ClaimFilter | None = None) -> list[str]:
    return [claim.id for page in archive.claims(filter_) for claim in page]


@given(reading=readings())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_kept_is_recalled_equal_and_keeping_it_again_changes_nothing(reading: tuple[Report, tuple[Claim, ...]]) -> None:
    report, claims = reading
    with Archive.open("sqlite://") as archive:
        first = archive.keep(report, claims)
        assert (first.report_new, first.claims_new) == (True, len(claims))
        before = dump(archive)
        again = archive.keep(report, claims)
        assert (again.report_new, again.claims_new) == (False, 0)
        assert dump(archive) == before
        assert archive.recall_report(report.id) == report
        for claim in claims:
            recalled = archive.recall_claim(claim.id)
            assert recalled == claim
            assert type(recalled.says) is type(claim.says)
            assert isinstance(recalled.kind, Kind) and isinstance(recalled.evidence, tuple)
        assert sorted(ids(archive)) == sorted(claim.id for claim in claims)


@given(reading=readings(size=1))
@settings(max_examples=60)
def test_a_claim_survives_json(reading: tuple[Report, tuple[Claim, ...]]) -> None:
    for claim in reading[1]:
        assert claim_from_json(claim_to_json(claim)) == claim


def dump(archive: Archive) -> list[tuple[object, ...]]:
    with archive._engine.connect() as connection:
        tables = ("meta", "reports", "claims", "claim_actors", "claim_places", "claim_arms", "passages", "aside")
        return [tuple(row) for table in tables for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]


def test_half_characters_and_nul_come_back(archive: Archive) -> None:
    text = "a\0b \ud83d odd \ufdd0 strike"
    report = report_of(text=text, title="half \udc00")
    claim = claim_of(report, "c\ud800", "strike", Event(type=None, outcome="\0\ufdd0"))
    archive.keep(report, [claim])
    assert archive.recall_report("r1") == report
    assert archive.recall_claim("c\ud800") == claim
    hit = archive.search("strike")[0]
    assert [text[start:end] for start, end in hit.spans] == ["strike"]


def test_a_new_coding_stands_beside_the_old(archive: Archive) -> None:
    report = report_of()
    old = some_claims(report)
    new = [replace(old[0], by="rules 2"), replace(old[1], id="c-new", by="rules 2")]
    archive.keep(report, old)
    assert archive.keep(report, new).claims_new == 2
    assert ids(archive) == ["c-strike", "c-new"]
    assert archive.recall_claim("c-strike").by == "rules 2"
    assert archive.recall_claim("c-hold") == old[1]
    assert len(ids(archive, ClaimFilter(all_versions=True))) == 5
    archive.keep(report, old)
    assert ids(archive) == [claim.id for claim in old], "the coder last used is the current one, also after going back"


FILTERS = [
    (ClaimFilter(), "strike hold arms", "no condition takes all, by day and order of keeping"),
    (ClaimFilter(actor="fsa"), "hold", "roster id"),
    (ClaimFilter(actor="free syrian"), "hold", "words of a roster name, in any case"),
    (ClaimFilter(actor="FSA"), "hold", "acronym"),
    (ClaimFilter(actor="free sy"), "", "half words are no names"),
    (ClaimFilter(actor="%"), "", "a wildcard is nothing special"),
    (ClaimFilter(actor="rebels", role="target"), "", "the role counts"),
    (ClaimFilter(place="qamishli"), "hold", "without accents"),
    (ClaimFilter(place="gn:1"), "strike", "gazetteer id"),
    (ClaimFilter(country="sy"), "strike hold", "country in any case"),
    (ClaimFilter(bbox=(40, 34, 41, 35)), "strike", "inside the box"),
    (ClaimFilter(bbox=(170, 30, 41, 40)), "strike", "a box over the date line"),
    (ClaimFilter(place="hajin", bbox=(41, 37, 42, 38)), "", "one place must meet both"),
    (ClaimFilter(since=date(2017, 10, 31), until=date(2017, 10, 31)), "strike", "the day itself"),
    (ClaimFilter(since=date(2017, 11, 1)), "", "claims without a day are not found by day"),
    (ClaimFilter(kind=Kind.CONTROL), "hold", "kind"),
    (ClaimFilter(type="air/drone STRIKE"), "strike", "type in any case"),
    (ClaimFilter(report="r1"), "strike hold arms", "report"),
    (ClaimFilter(source="southfront"), "strike hold arms", "outlet id"),
    (ClaimFilter(source="front"), "strike hold arms", "word of the outlet's name"),
    (ClaimFilter(source="north"), "", "another outlet"),
    (ClaimFilter(min_confidence=0.8), "strike", "confidence"),
    (ClaimFilter(words="northern qamishli"), "hold", "words of the sentence"),
    (ClaimFilter(words="AND OR ("), "", "no syntax can be broken"),
    (ClaimFilter(arm="s-75"), "arms", "arm"),
    (ClaimFilter(limit=1, offset=1), "hold", "limit and offset"),
    (ClaimFilter(after="c-strike", limit=1), "hold", "behind a claim"),
    (ClaimFilter(limit=0), "", "none asked for"),
]


@pytest.mark.parametrize(("filter_", "expected", "reason"), FILTERS, ids=[case[2] for case in FILTERS])
def test_filters(archive: Archive, filter_: ClaimFilter, expected: str, reason: str) -> None:
    report = report_of()
    archive.keep(report, some_claims(report))
    order = ["strike", "hold", "arms"]
    assert ids(archive, filter_) == [f"c-{name}" for name in order if name in expected.split()], reason
    if filter_.limit is None and filter_.after is None:
        assert archive.count(filter_) == len(expected.split())


def test_pages_meet_without_gap_or_overlap(archive: Archive) -> None:
    for number in range(7):
        report = report_of(f"r{number}", published=date(2017, 11, 9 - number))
        archive.keep(report, [replace(claim, id=f"{claim.id}-{number}") for claim in some_claims(report)])
    whole = ids(archive)
    assert [claim.id for page in archive.claims(page=4) for claim in page] == whole
    walked, after = [], None
    while page := ids(archive, ClaimFilter(limit=5, after=after)):
        walked += page
        after = page[-1]
    assert walked == whole
    assert [(claim.id, report.id) for claim, report in archive.claims_with_reports()] == [(i, f"r{i[-1]}") for i in whole]
    assert [report.id for report in archive.reports(limit=2, offset=1)] == ["r5", "r4"]
    assert [report.id for report in archive.reports(since=date(2017, 11, 8))] == ["r1", "r0"]


@pytest.mark.parametrize(
    "filter_",
    [ClaimFilter(since=date(2020, 1, 2), until=date(2020, 1, 1)), ClaimFilter(limit=-1), ClaimFilter(bbox=(0, 50, 10, 40))],
)
def test_contradictions_are_refused(archive: Archive, filter_: ClaimFilter) -> None:
    with pytest.raises(BadSetting):
        ids(archive, filter_)


def test_beginnings_of_ids(archive: Archive) -> None:
    report = report_of()
    archive.keep(report, some_claims(report))
    assert archive.recall_claim("c-st").id == "c-strike"
    assert archive.recall_report("r") == report
    for missing in ("", "x", "C-ST", "c%"):
        with pytest.raises(NotKept):
            archive.recall_claim(missing)
    with pytest.raises(NotKept, match="3 claims begin with 'c-'"):
        archive.recall_claim("c-")


def test_the_door_holds_the_laws(archive: Archive) -> None:
    report = report_of()
    claim = some_claims(report)[0]
    moved = replace(claim, evidence=(replace(claim.evidence[0], start=3),))
    for wrong in (moved, replace(claim, report="another")):
        with pytest.raises(ArchiveError):
            archive.keep(report, [wrong])
    assert list(archive.reports()) == [], "nothing of a refused report is kept"
    archive.keep(report, [claim])
    with pytest.raises(ArchiveError, match="another text"):
        archive.keep(report_of(text="Other words."), [])


def test_a_better_reading_of_the_same_text_is_taken_over(archive: Archive) -> None:
    first = datetime(2020, 1, 1, tzinfo=UTC)
    archive.keep(report_of(retrieved=first), [])
    better = report_of(title="Zebras in the west", retrieved=datetime(2021, 1, 1, tzinfo=UTC))
    assert not archive.keep(better, []).report_new
    assert archive.recall_report("r1") == replace(better, retrieved=first), "when it was first retrieved stays"
    assert [hit.report for hit in archive.search("zebras")] == ["r1"]
    assert archive.search("east") == [], "the old title is found no more"


SEARCHES = [
    ("hajin village", ["village", "Hajin"], "all words, in any order and case"),
    ("qamishli", ["Qāmishlī"], "without accents"),
    ('"northern suburb"', ["northern suburb"], "a phrase"),
    ('"suburb northern"', None, "a phrase in the wrong order"),
    ("warpl*", ["Warplanes"], "the beginning of a word"),
    ("S-75", ["S-75"], "hyphens part words, which stand together"),
    ("it's", ["it's"], "apostrophes"),
    ("strikes", [], "only in the title"),
    ("zeppelin", None, "nowhere"),
    ('") OR (*', None, "full-text syntax is only words"),
    ("NEAR(hajin)", None, "nor are its functions"),
    ("text:hajin", None, "nor its columns"),
    ('"', None, "nothing at all"),
    ("hajin \0 \ud800", ["Hajin"], "odd characters are dropped"),
    ("100%", ["100"], "signs are dropped"),
]


@pytest.mark.parametrize(("words", "found", "reason"), SEARCHES, ids=[case[2] for case in SEARCHES])
def test_search(archive: Archive, words: str, found: list[str] | None, reason: str) -> None:
    report = report_of()
    archive.keep(report, some_claims(report))
    hits = archive.search(words)
    assert [[TEXT[start:end] for start, end in hit.spans] for hit in hits] == ([found] if found is not None else []), reason
    for hit in hits:
        assert hit.snippet == TEXT[hit.start : hit.end]


def test_search_names_the_claims_whose_sentence_holds_the_words(archive: Archive) -> None:
    report = report_of()
    archive.keep(report, some_claims(report))
    assert archive.search("rebels suburb")[0].claims == ("c-hold",)
    assert archive.search("rebels hajin")[0].claims == ()


def test_search_without_an_index(archive: Archive) -> None:
    report = report_of()
    archive.keep(report, some_claims(report))
    archive._indexed = False  # as on a server
    hit = archive.search("NORTHERN suburb")[0]
    assert [TEXT[start:end] for start, end in hit.spans] == ["northern", "suburb"]
    assert hit.claims == ("c-hold",)
    assert archive.search("100%")[0].report == "r1"
    assert archive.search("zeppelin") == []
    assert ids(archive, ClaimFilter(words="suburb")) == ["c-hold"]


def test_a_snippet_is_cut_between_words_around_most_hits(archive: Archive) -> None:
    text = "bomb " + "filler " * 100 + "a bomb and a bomb " + "filler " * 100
    archive.keep(report_of(text=text), [])
    hit = archive.search("bomb")[0]
    assert hit.snippet.count("bomb") == 2
    assert len(hit.snippet) <= 240
    assert text[hit.start - 1] == " " and text[hit.end] == " "


def test_what_is_set_aside_is_listed_once_and_can_be_tried_again(archive: Archive) -> None:
    first = archive.keep_aside("a.pdf", "password needed", b"%PDF")
    assert archive.keep_aside("a.pdf", "still locked", b"%PDF") == first
    second = archive.keep_aside("gone.txt", "no such file")
    assert [(a.id, a.name, a.reason, a.size_bytes) for a in archive.aside()] == [
        (first, "a.pdf", "still locked", 4),
        (second, "gone.txt", "no such file", None),
    ]
    assert archive.recall_aside(first).raw == b"%PDF"
    archive.forget_aside(second)
    with pytest.raises(NotKept):
        archive.forget_aside(second)
    with pytest.raises(NotKept):
        archive.recall_aside(second)
    archive.keep(replace(report_of(), raw_hash=hashlib.sha256(b"%PDF").hexdigest()), [])
    assert archive.aside() == [], "read at last"


def test_forgetting_leaves_nothing(archive: Archive) -> None:
    report = report_of()
    archive.keep(report, some_claims(report))
    assert archive.forget("r1") == 3
    assert archive.search("hajin") == []
    assert [row for row in dump(archive) if row[0] not in ("made", "program", "accounts stamp")] == []
    with pytest.raises(NotKept):
        archive.forget("r1")


# ── opening ──────────────────────────────────────────────────────────────────────────────────────


def test_migrations_make_the_tables_and_are_all_known(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from thucydides.archive import opening
    from thucydides.archive.tables import INDEXES, metadata

    config = Config()
    config.set_main_option("script_location", str(Path(opening.__file__).with_name("migrations")))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == opening.REVISIONS
    with Archive.open(tmp_path / "a.db") as archive, archive._engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [d for d in differences if not (d[0] == "remove_table" and d[1].name.startswith(INDEXES))] == []


def test_wal_and_a_second_reader(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "a.db"
    with Archive.open(str(path)) as one, Archive.open(path) as two:
        one.keep(report_of(), [])
        assert two.recall_report("r1").id == "r1"
        assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert path.exists()


def test_a_newer_archive_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Archive.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(NewerArchive, match=r"newer version.*9999.*Update Thucydides"):
        Archive.open(path)


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()


def _locked(path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    _locked.holder = holder  # type: ignore[attr-defined]


UNUSABLE = [
    (lambda path: path.write_bytes(b"no database " * 100), "not a database", "another file"),
    (_foreign, "another program", "another file"),
    (lambda path: path.mkdir(), "is a folder", "name of a file"),
    (_locked, "locked", "wait"),
]


@pytest.mark.parametrize(("make", "what", "remedy"), UNUSABLE, ids=[case[1] for case in UNUSABLE])
def test_what_cannot_be_opened_says_what_to_do(tmp_path: Path, make, what: str, remedy: str) -> None:
    path = tmp_path / "a.db"
    make(path)
    with pytest.raises(ArchiveError) as refused:
        Archive.open(path, wait_seconds=0.1)
    assert what in str(refused.value) and remedy in str(refused.value)
    if make is _locked:
        _locked.holder.close()  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="cannot be made"):
        Archive.open(tmp_path / "file" / "a.db")


@pytest.mark.parametrize("url", ["nosuch://host/db", "://"])
def test_addresses_that_mean_nothing(url: str) -> None:
    with pytest.raises(ArchiveError):
        Archive.open(url)


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as refused:
        Archive.open("nosuch://user:s3cret@host/db")
    assert "s3cret" not in str(refused.value)


def test_a_busy_archive_says_so(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", wait_seconds=0.1) as archive:
        holder = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="wait until it is done"):
            archive.keep(report_of(), [])
        assert list(archive.reports()) == [], "reading goes on meanwhile"
        holder.close()


def test_killed_in_the_middle_nothing_is_half_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    script = """
        import os, sys
        sys.path[:0] = sys.argv[2:]
        from test_archive import report_of, some_claims
        from thucydides.archive import Archive, keeping
        archive = Archive.open(sys.argv[1])
        archive.keep(report_of("whole"), [])
        kept, keep_claim = [], keeping._keep_claim
        def dying(*args):
            if kept:
                os.kill(os.getpid(), 9)
            kept.append(keep_claim(*args))
            return kept[-1]
        keeping._keep_claim = dying
        report = report_of("half")
        archive.keep(report, some_claims(report))
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(path), *(p for p in sys.path if p)], check=False)
    assert ended.returncode == -9
    with Archive.open(path) as archive:
        assert [report.id for report in archive.reports()] == ["whole"]
        assert ids(archive) == []
        assert archive.search("hajin") != [] and len(archive.search("hajin")) == 1


def test_two_programs_make_and_fill_one_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    script = """
        import sys
        sys.path[:0] = sys.argv[3:]
        from test_archive import report_of
        from thucydides.archive import Archive
        with Archive.open(sys.argv[1]) as archive:
            for number in range(20):
                archive.keep(report_of(f"{sys.argv[2]}-{number}"), [])
                archive.keep(report_of(f"both-{number}"), [])
    """
    runs = [subprocess.Popen([sys.executable, "-c", textwrap.dedent(script), str(path), who, *(p for p in sys.path if p)]) for who in "ab"]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    with Archive.open(path) as archive:
        assert len(list(archive.reports())) == 60


def test_the_door_opens_fast() -> None:
    script = "import sys; import thucydides.archive; print([m for m in ('sqlalchemy', 'pydantic', 'alembic') if m in sys.modules])"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert shown.stdout.strip() == "[]", "no heavy library is loaded before an archive is opened"
