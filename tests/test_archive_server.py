"""The archive on a server: a PostgreSQL of the tests' own, or ``THUCYDIDES_TEST_DATABASE``, an empty one that may be filled and emptied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import create_engine

from accounts_made import readings_of, some_accounts
from test_archive import report_of, some_claims
from test_archive_incidents import account, id_of, near, shown, together, weigh
from test_archive_incidents import keep as keep_accounts
from thucydides.archive import Archive, ClaimFilter, IncidentFilter, keeping
from thucydides.archive.shelving import SqlShelf
from thucydides.errors import ArchiveError, NotKept
from thucydides.incidents import Merger, merging
from thucydides.incidents.accounts import Account
from thucydides.incidents.shelf import InMemory
from thucydides.record import Judgement, Verdict


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database."""
    given = os.environ.get("THUCYDIDES_TEST_DATABASE")
    if given:
        yield given
        return
    pgserver = pytest.importorskip("pgserver", reason="neither THUCYDIDES_TEST_DATABASE nor the package pgserver is there")
    server = pgserver.get_server(tmp_path_factory.mktemp("server"))
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


@pytest.fixture
def archive(address: str) -> Iterator[Archive]:
    with Archive.open(address) as opened:
        yield opened
        for report in list(opened.reports()):
            opened.forget(report.id)
        for thing in opened.aside():
            opened.forget_aside(thing.id)


def test_keep_recall_search_and_filter(archive: Archive) -> None:
    report = report_of(text=report_of().text + " odd: \0 \ud83d \ufdd0")
    claims = some_claims(report)
    assert archive.keep(report, claims).claims_new == 3
    assert archive.keep(report, claims).claims_new == 0
    assert archive.recall_report("r1") == report
    assert [archive.recall_claim(claim.id) for claim in claims] == claims
    found = [claim.id for page in archive.claims(ClaimFilter(actor="free syrian", place="qamishli"), page=1) for claim in page]
    assert found == ["c-hold"]
    walked = [claim.id for page in archive.claims(page=1) for claim in page]
    assert walked == [claim.id for claim in claims]
    assert [claim.id for page in archive.claims(ClaimFilter(words="S-75")) for claim in page] == ["c-arms"]
    hit = archive.search("REBELS suburb")[0]
    assert [report.text[start:end] for start, end in hit.spans] == ["Rebels", "suburb"] and hit.claims == ("c-hold",)
    archive.keep(report, [replace(claims[0], by="rules 2")])
    assert archive.count() == 1 and archive.count(ClaimFilter(all_versions=True)) == 4


def test_set_aside_and_forget(archive: Archive) -> None:
    kept = archive.keep_aside("a.pdf", "locked", b"%PDF\0")
    assert archive.keep_aside("a.pdf", "still locked", b"%PDF\0") == kept
    assert archive.recall_aside(kept).raw == b"%PDF\0"
    assert archive.aside()[0].size_bytes == 5
    archive.keep(report_of(), some_claims(report_of()))
    assert archive.forget("r1") == 3
    with pytest.raises(NotKept):
        archive.recall_claim("c-strike")


def test_a_server_that_is_not_there_says_so() -> None:
    with pytest.raises(ArchiveError, match="cannot be used"):
        Archive.open("postgresql+psycopg://user:s3cret@127.0.0.1:1/none")


def test_weighing_on_a_server(archive: Archive) -> None:
    accounts = [account("a"), account("b", full=1), account("c", type_="Armed clash")]
    undated = replace(account("d"), first_day=None, last_day=None)
    keep_accounts(archive, *accounts, undated)
    assert weigh(archive, [*accounts, undated])
    assert shown(archive) == {id_of("a"): ["a", "b", "d"], id_of("c"): ["c"]}
    assert list(shown(archive, IncidentFilter(source="sana", disputed=True, min_grade="fair", since=date(2016, 3, 1)))) == [id_of("a")]
    archive.keep_judgement(Judgement(one="a", other="c", verdict=Verdict.SAME, by="ann"))
    weigh(archive, [])
    assert archive.recall_incident(id_of("c")[:8]).id == archive.recall_incident("c").id == id_of("a")
    with archive.weighing() as turn:
        turn.keep_fingerprint("r-a", b"\0A", [1, 2**64 - 1])
        turn.keep_origin("r-a", "SANA")
        assert turn.fingerprint_near([2**64 - 1]) == {"r-a": b"\0A"} and turn.origin("r-a") == "SANA"
    archive.forget("r-a")
    assert sorted(claim.id for claim, _ in archive.unweighed()) == ["b", "c", "d"]
    weigh(archive, [*accounts, undated])
    assert archive.recall_incident(id_of("a")).id == id_of("b")
    archive.unweigh()
    assert archive.count_incidents() == 0 and archive.count_unweighed() == 3


def test_two_processes_find_on_a_server_what_one_finds(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "WORTH_SHARING", 1)
    accounts = [account(f"c{n}", day=n % 2, full=n % 3) for n in range(8)]
    keep_accounts(archive, *accounts)
    for some in (accounts[:5], accounts[5:]):
        with archive.weighing("w") as turn:
            assert turn.shelf.readable_elsewhere or some[0] is accounts[0]  # what was weighed otherwise is let go first
            Merger(turn.shelf, together, processes=2).add_all(some)
            found = {one.claim: turn.shelf.leader(one.claim)[0] for one in some}
    alone = InMemory()
    Merger(alone, together).add_all(accounts)
    assert found == {one.claim: alone.leader(one.claim)[0] for one in accounts[5:]}
    assert any(found.values())


@given(accounts=some_accounts())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_shelf_on_a_server_answers_as_the_one_in_memory(address: str, accounts: list[Account]) -> None:
    Archive.open(address).close()
    engine = create_engine(address)
    with engine.connect() as connection:
        for report, claims in readings_of(accounts):
            keeping.keep(connection, report, claims)
        memory, shelf = InMemory(), SqlShelf(connection, waiting=1)
        for one in accounts:
            memory.put(one)
            shelf.put(one)
        for one in accounts:
            assert near(memory, one) == near(shelf, one)
        connection.rollback()
    engine.dispose()
