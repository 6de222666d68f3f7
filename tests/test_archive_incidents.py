"""Accounts and incidents in the archive: the shelf there answers as the one in memory does, and incidents keep their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from accounts_made import DAY, claim_of, likeness, pair_by_pair, readings_of, report_of, some_accounts
from thucydides.archive import Archive, IncidentFilter, keeping
from thucydides.archive.accounts_packed import pack_account, pack_sketch, unpack_accounts, unpack_sketches
from thucydides.archive.shelving import Remembered, SqlShelf
from thucydides.archive.tables import metadata
from thucydides.errors import ArchiveError, BadSetting, NotKept
from thucydides.incidents.accounts import Account, Sketch, Spot
from thucydides.incidents.judged import Judged
from thucydides.incidents.merging import Merger, merge
from thucydides.incidents.parting import Scorer
from thucydides.incidents.shelf import InMemory
from thucydides.incidents.terms import NOTHING
from thucydides.record import Claim, Dispute, Event, Grade, Incident, Judgement, Losses, Report, Verdict, Version, Witness


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


@cache
def _scratch() -> Archive:
    return Archive.open("sqlite://")


@contextmanager
def scratch() -> Iterator[Connection]:
    """An archive in memory on which nothing is left behind."""
    with _scratch()._engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@given(some_accounts())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_accounts_are_packed_and_come_back_equal(accounts: list) -> None:
    for account in accounts:
        sketch = unpack_sketches([pack_sketch(account.sketch)])[0]
        assert sketch == account.sketch
        assert unpack_accounts([(account.claim, sketch, *pack_account(account))]) == [account]


@given(data=st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_shelf_in_the_archive_answers_as_the_one_in_memory(data: st.DataObject) -> None:
    accounts = data.draw(some_accounts())
    ids = st.sampled_from([account.claim for account in accounts])
    judged = Judged(data.draw(st.dictionaries(st.tuples(ids, ids).map(frozenset), st.booleans(), max_size=3)))
    with scratch() as connection:
        for report, claims in readings_of(accounts):
            keeping.keep(connection, report, claims)
        memory = InMemory()
        waiting, kept = data.draw(st.sampled_from([1, 2, 50])), Remembered(data.draw(st.sampled_from([1, 2, 50])))
        shelf = SqlShelf(connection, waiting=waiting, remembered=kept)
        mergers = [Merger(memory, likeness, judged), Merger(shelf, likeness, judged)]
        standing: dict[str, None] = {}
        for account in data.draw(st.permutations(accounts + accounts[:2])):
            for merger in mergers:
                merger.add(account)
            standing[account.claim] = None
            if data.draw(st.integers(0, 3)) == 0:
                gone = data.draw(st.sampled_from(list(standing)))
                standing.pop(gone)
                for merger in mergers:
                    merger.remove(gone)
            if data.draw(st.integers(0, 3)) == 0:
                assert groups(mergers[0]) == groups(mergers[1])
                if data.draw(st.booleans()):  # a new turn, which goes on from what this one read
                    shelf.flush()
                    shelf = SqlShelf(connection, waiting=waiting, remembered=kept)
                    mergers[1] = Merger(shelf, likeness, judged)
        for account in accounts:
            assert near(memory, account) == near(shelf, account)
            assert memory.get(account.claim) == shelf.get(account.claim)
            if account.claim in standing:
                assert set(memory.followers(account.claim)) == set(shelf.followers(account.claim))
            assert set(shelf.of_report(account.report)) == {a.claim for a in accounts if a.report == account.report and a.claim in standing}
        assert groups(mergers[0]) == groups(mergers[1])


def groups(merger: Merger) -> list[list[str]]:
    return sorted([account.claim for account in group] for _, found in merger.settle() for group in found)


def near(shelf: InMemory | SqlShelf, account: object) -> set[str]:
    return {other.claim for other in shelf.near(account)}  # type: ignore[arg-type]


# ── incidents ────────────────────────────────────────────────────────────────────────────────────


def held(told: Sequence[tuple[Claim, Report]], id_: str) -> Incident:
    """An incident as plain as can be."""
    claims = [claim for claim, _ in told]
    assert all(claim.report == report.id for claim, report in told)
    event = claims[0].says
    assert isinstance(event, Event)
    versions = tuple(Version(says=claim.id, claims=(claim.id,), witnesses=()) for claim in claims[:2])
    return Incident(
        id=id_,
        event=event,
        claims=tuple(claim.id for claim in claims),
        reports=tuple(dict.fromkeys(report.id for _, report in told)),
        witnesses=(Witness(id="sana", name="SANA", kind="outlet"),) * len(claims),
        losses=(Losses(status="killed", whom="all", low=1, best=2, high=3, rule="the median"),),
        disputed=(Dispute(field="type", versions=versions),) if len(claims) > 1 else (),
        grade=Grade(incident="fair" if len(claims) > 1 else "weak", reliability="C", credibility=2, reasons=("two voices",)),
        rules={"type": "as most say"},
        first_reported=min((report.published for _, report in told if report.published), default=None),
    )


def account(claim: str, report: str | None = None, type_: str = "Attack", day: int = 0, full: int = 0) -> Account:
    """An account at one spot; two of one type and report-apart are likely the same to :func:`together`."""
    told = {"killed": (3, 3), "wounded": (4, 4), "arms": frozenset({"mortar"})}
    sketch = Sketch(report or f"r-{claim}", "sana", DAY + day, NOTHING, NOTHING, frozenset())
    spot = Spot("homs", "gn:1", 34.0, 40.0, 2.0, "SY", "SY-1")
    return Account(claim, sketch, type_, first_day=DAY + day, last_day=DAY + day, spots=(spot,), **dict(list(told.items())[:full]))  # type: ignore[arg-type]


@pair_by_pair
def together(one: Account, other: Account) -> float:
    """A score for tests: two of one type are likely the same."""
    return -30.0 if one.report == other.report else 3.0 if one.type == other.type else -1.0


def weigh(archive: Archive, accounts: Sequence[Account], score: Scorer = together) -> list[str]:
    """What somebody does who weighs: lets go what is stale, adds what is new, keeps what came of it."""
    made = {account.claim: account for account in accounts}
    with archive.weighing() as turn:
        merger = Merger(turn.shelf, score, Judged.by_people(turn.judgements()))
        for claim in turn.stale():
            merger.remove(claim)
        for claim, _ in turn.unweighed():
            merger.add(made[claim.id])
        for judgement in turn.judgements():
            merger.reconsider(judgement.one)
            merger.reconsider(judgement.other)
        return turn.regroup(merger.settle(), held)


def keep(archive: Archive, *accounts: Account, by: str = "rules 1") -> None:
    for report in dict.fromkeys(account.report for account in accounts):
        of_report = [account for account in accounts if account.report == report]
        archive.keep(report_of(of_report[0]), [claim_of(account, by) for account in of_report])


def shown(archive: Archive, filter_: IncidentFilter | None = None) -> dict[str, list[str]]:
    return {incident.id: sorted(incident.claims) for page in archive.incidents(filter_, page=2) for incident in page}


def id_of(claim: str) -> str:
    return f"i{sha256(claim.encode()).hexdigest()[:11]}"


def test_an_incident_keeps_its_id_while_reports_arrive_and_a_merged_one_leads_on(archive: Archive) -> None:
    a, b, c = account("a"), account("b", type_="Armed clash"), account("c", full=1)
    keep(archive, a)
    assert weigh(archive, [a]) == [id_of("a")]
    keep(archive, b, c)
    assert sorted(weigh(archive, [b, c])) == sorted([id_of("a"), id_of("b")])
    assert shown(archive) == {id_of("a"): ["a", "c"], id_of("b"): ["b"]}
    assert weigh(archive, []) == [], "nothing new changes nothing"
    same = Judgement(one="b", other="a", verdict=Verdict.SAME, reasons=("both name the mosque",), by="ann")
    assert archive.keep_judgement(same) and not archive.keep_judgement(same)
    weigh(archive, [])
    assert shown(archive) == {id_of("a"): ["a", "b", "c"]}
    assert archive.recall_incident(id_of("b")).id == id_of("a"), "the id that ceased leads on"
    assert archive.recall_incident(id_of("b")[:6]).id == id_of("a"), "so does its beginning"
    assert archive.recall_incident("b").id == archive.incident_of("b") == id_of("a"), "and the claim's"
    assert archive.judgements() == [same]


def test_an_incident_that_falls_apart_gives_the_old_id_back(archive: Archive) -> None:
    a, b = account("a"), account("b", type_="Armed clash")
    keep(archive, a, b)
    weigh(archive, [a, b])
    archive.keep_judgement(Judgement(one="a", other="b", verdict=Verdict.SAME, by="ann"))
    weigh(archive, [])
    assert shown(archive) == {id_of("a"): ["a", "b"]}
    archive.take_back("b", "a")
    with archive.weighing() as turn:
        merger = Merger(turn.shelf, together)
        merger.reconsider("a")
        merger.reconsider("b")
        turn.regroup(merger.settle(), held)
    assert shown(archive) == {id_of("a"): ["a"], id_of("b"): ["b"]}
    assert archive.recall_incident(id_of("b")).claims == ("b",)


def test_contradictory_judgements_are_kept_and_the_later_stands(archive: Archive) -> None:
    a, b = account("a"), account("b")
    keep(archive, a, b)
    first = Judgement(one="a", other="b", verdict=Verdict.SAME, by="ann", at=datetime(2020, 1, 1, tzinfo=UTC))
    second = Judgement(one="b", other="a", verdict=Verdict.DIFFERENT, by="bob", at=datetime(2020, 1, 2, tzinfo=UTC))
    archive.keep_judgement(second)
    archive.keep_judgement(first)
    assert archive.judgements() == [first, second], "by when they were judged"
    weigh(archive, [a, b])
    assert len(shown(archive)) == 2
    assert archive.take_back("a", "b") == second
    assert archive.judgements() == [first] and archive.judgements(withdrawn=True) == [second]
    with pytest.raises(NotKept, match="nobody judged"):
        archive.take_back("a", "z")
    with pytest.raises(BadSetting, match="itself"):
        archive.keep_judgement(Judgement(one="a", other="a", verdict=Verdict.SAME))
    with pytest.raises(NotKept):
        archive.keep_judgement(Judgement(one="a", other="gone", verdict=Verdict.SAME))


def test_a_new_coding_takes_the_place_of_the_old(archive: Archive) -> None:
    a, b = account("a"), account("b")
    keep(archive, a, b)
    weigh(archive, [a, b])
    new = account("new", report="r-a")
    keep(archive, new, by="rules 2")
    assert archive.stale() == ["a"] and [claim.id for claim, _ in archive.unweighed()] == ["new"] and archive.count_unweighed() == 2
    weigh(archive, [new])
    assert shown(archive) == {id_of("b"): ["b", "new"]}
    assert archive.recall_incident(id_of("a")).id == id_of("b")
    keep(archive, account("b"), by="rules 2")
    weigh(archive, [account("b")])
    assert shown(archive) == {id_of("new"): ["b", "new"]}, "the same claim of another coding is kept later"
    assert archive.recall_incident(id_of("a")).id == archive.recall_incident(id_of("b")).id == id_of("new")
    assert archive.count_unweighed() == 0


def test_forgetting_a_report_leaves_nothing_of_it(archive: Archive) -> None:
    accounts = [account("a"), account("b"), account("c")]
    keep(archive, *accounts)
    weigh(archive, accounts)
    archive.keep_judgement(Judgement(one="a", other="b", verdict=Verdict.SAME, by="ann"))
    with archive.weighing() as turn:
        turn.keep_fingerprint("r-a", b"\1", [1, 2**64 - 1])
        turn.keep_origin("r-a", "SANA")
    archive.forget("r-a")
    assert shown(archive) == {} and archive.judgements() == [], "an incident that it had a part in is not shown until weighed anew"
    weigh(archive, accounts[1:])
    assert shown(archive) == {id_of("b"): ["b", "c"]}
    assert archive.recall_incident(id_of("a")).id == id_of("b")
    archive.forget("r-b")
    archive.forget("r-c")
    with archive._engine.connect() as connection:
        left = {table.name for table in metadata.sorted_tables if connection.execute(select(func.count()).select_from(table)).scalar_one()}
    assert left == {"meta"}


def test_what_was_judged_the_same_as_a_forgotten_report_is_weighed_anew(archive: Archive) -> None:
    a, b = account("a"), account("b", type_="Armed clash")
    keep(archive, a, b)
    weigh(archive, [a, b])
    archive.keep_judgement(Judgement(one="a", other="b", verdict=Verdict.SAME, by="ann"))
    weigh(archive, [])
    assert shown(archive) == {id_of("a"): ["a", "b"]}
    archive.forget("r-a")
    weigh(archive, [b])
    assert shown(archive) == {id_of("b"): ["b"]}
    assert archive.recall_incident(id_of("a")).id == id_of("b")


def test_a_report_told_otherwise_is_weighed_anew(archive: Archive) -> None:
    accounts = [account("a"), account("b")]
    keep(archive, *accounts)
    weigh(archive, accounts)
    archive.keep(replace(report_of(accounts[0]), title="Shells on Homs"), [claim_of(accounts[0])])
    assert sorted(claim.id for claim, _ in archive.unweighed()) == ["a", "b"]
    weigh(archive, accounts)
    assert shown(archive) == {id_of("a"): ["a", "b"]}
    archive.unweigh()
    assert shown(archive) == {} and archive.count_unweighed() == 2
    weigh(archive, accounts)
    assert shown(archive) == {id_of("a"): ["a", "b"]}


def test_a_claim_more_in_a_report_makes_its_other_accounts_anew(archive: Archive) -> None:
    a, b, more = account("a"), account("b"), account("more", report="r-a", type_="Arrests")
    keep(archive, a, b)
    weigh(archive, [a, b])
    keep(archive, a, more)
    assert sorted(claim.id for claim, _ in archive.unweighed()) == ["a", "b", "more"]
    weigh(archive, [a, b, more])
    assert shown(archive) == {id_of("a"): ["a", "b"], id_of("more"): ["more"]}


def test_what_another_weighed_is_weighed_anew(archive: Archive) -> None:
    keep(archive, account("a"))
    weigh(archive, [account("a")])
    with archive.weighing() as turn:
        assert turn.unweighed() == [] and archive.count_incidents() == 1
    with archive.weighing("other weights") as turn:
        assert [claim.id for claim, _ in turn.unweighed()] == ["a"]
    assert archive.count_incidents() == 0


def test_of_a_report_all_claims_are_weighed_in_one_turn(archive: Archive) -> None:
    keep(archive, account("a", report="r"), account("b", report="r"), account("c"))
    with archive.weighing() as turn:
        assert [claim.id for claim, _ in turn.unweighed(1)] == ["a", "b"]
        assert [claim.id for claim, _ in turn.unweighed(3)] == ["a", "b", "c"]


def test_a_turn_that_ends_by_an_error_changes_nothing(archive: Archive) -> None:
    keep(archive, account("a"))
    with pytest.raises(RuntimeError), archive.weighing() as turn:
        merger = Merger(turn.shelf, together)
        merger.add(account("a"))
        turn.regroup(merger.settle(), held)
        raise RuntimeError
    assert shown(archive) == {} and archive.count_unweighed() == 1


INCIDENT_FILTERS = [
    (IncidentFilter(), "a b", "all, by day"),
    (IncidentFilter(type="attack"), "a", "type held, in any case"),
    (IncidentFilter(disputed=True), "a", "disputed"),
    (IncidentFilter(disputed=False), "b", "undisputed"),
    (IncidentFilter(min_grade="fair"), "a", "a grade or better"),
    (IncidentFilter(min_grade="discounted"), "a b", "the least grade"),
    (IncidentFilter(min_grade="confirmed"), "", "none so good"),
    (IncidentFilter(since=date(2016, 3, 2)), "b", "since a day"),
    (IncidentFilter(until=date(2016, 3, 1)), "a", "until a day"),
    (IncidentFilter(source="sana"), "a b", "by the outlet of a claim"),
    (IncidentFilter(report="r-b"), "b", "by a report"),
    (IncidentFilter(actor="isis"), "", "by an actor of a claim"),
    (IncidentFilter(limit=1), "a", "limit"),
    (IncidentFilter(limit=1, offset=1), "b", "offset"),
    (IncidentFilter(after=id_of("a")), "b", "behind another"),
]


@pytest.mark.parametrize(("filter_", "expected", "reason"), INCIDENT_FILTERS, ids=[case[2] for case in INCIDENT_FILTERS])
def test_incidents_are_filtered(archive: Archive, filter_: IncidentFilter, expected: str, reason: str) -> None:
    accounts = [account("a"), account("c"), account("b", type_="Armed clash", day=2)]
    keep(archive, *accounts)
    weigh(archive, accounts)
    assert list(shown(archive, filter_)) == [id_of(claim) for claim in expected.split()], reason
    if filter_.limit is None and filter_.after is None:
        assert archive.count_incidents(filter_) == len(expected.split())


def test_incidents_are_held_anew_only_where_they_changed_or_are_named(archive: Archive) -> None:
    accounts = [account("a"), account("b"), account("c", type_="Armed clash")]
    keep(archive, *accounts)
    weigh(archive, accounts)
    stands = [(["a", "b"], [tuple(accounts[:2])]), (["c"], [tuple(accounts[2:])])]
    for anew, expected in ((False, ""), (True, "a c"), (["b"], "a"), (["c", "z"], "c")):
        with archive.weighing() as turn:
            assert turn.regroup(stands, held, anew=anew) == [id_of(claim) for claim in expected.split()]


def test_what_is_asked_wrongly_is_refused(archive: Archive) -> None:
    with pytest.raises(BadSetting, match="no grade"):
        archive.count_incidents(IncidentFilter(min_grade="splendid"))
    with pytest.raises(NotKept):
        archive.recall_incident("i0")
    keep(archive, account("a"))
    with pytest.raises(NotKept, match="of no incident"):
        archive.recall_incident("a")
    with pytest.raises(ArchiveError, match="not kept"), archive.weighing() as turn:
        turn.shelf.put(account("unknown"))


def test_copies(archive: Archive) -> None:
    keep(archive, account("a"), account("b"), account("c"))
    with archive.weighing() as turn:
        turn.keep_fingerprint("r-a", b"old", [9])
        turn.keep_fingerprint("r-a", b"A", [1, 2**64 - 1])
        turn.keep_fingerprint("r-b", b"B", [1])
        assert list(turn.fingerprint_near([2**64 - 1, 1, 7]).items()) == [("r-a", b"A"), ("r-b", b"B")], "who shares the most first"
        assert turn.fingerprint_near([9]) == turn.fingerprint_near([]) == {}, "an old fingerprint is gone"
        turn.keep_origin("r-a", "SANA")
        turn.keep_origin("r-a", "Reuters")
        assert turn.origin("r-a") == "Reuters" and turn.origin("r-b") is None
    assert archive.origins(["r-a", "r-b"]) == {"r-a": "Reuters"}


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_incidents_are_the_groups_whatever_came_when(data: st.DataObject) -> None:
    accounts = data.draw(some_accounts())
    archive = _scratch()
    try:
        here: dict[str, Account] = {}
        seen: set[str] = set()
        for report in data.draw(st.permutations(list(dict.fromkeys(account.report for account in accounts)))):
            here |= {account.claim: account for account in accounts if account.report == report}
            keep(archive, *(account for account in accounts if account.report == report))
            if data.draw(st.booleans()):
                gone = data.draw(st.sampled_from(sorted({account.report for account in here.values()})))
                archive.forget(gone)
                here = {claim: account for claim, account in here.items() if account.report != gone}
            if len(here) > 1 and data.draw(st.booleans()):
                one, other = data.draw(st.lists(st.sampled_from(sorted(here)), min_size=2, max_size=2, unique=True))
                verdict = data.draw(st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]))
                archive.keep_judgement(Judgement(one=one, other=other, verdict=verdict))
            weigh(archive, accounts, likeness)
            found = shown(archive)
            expected = merge(here.values(), likeness, Judged.by_people(archive.judgements()))
            assert sorted(found.values()) == sorted(sorted(a.claim for a in group) for group in expected)
            assert all(archive.incident_of(claim) == id_ for id_, claims in found.items() for claim in claims)
            seen |= found.keys()
        for id_ in seen:
            with suppress(NotKept):
                assert archive.recall_incident(id_).id in shown(archive)
    finally:
        for report in list(archive.reports()):
            archive.forget(report.id)


def test_what_is_remembered_from_turn_to_turn_is_forgotten_when_others_change_it(archive: Archive) -> None:
    keep(archive, account("a", full=1), account("b"))
    remembered = Remembered()
    with archive.weighing("w", remembered) as turn:
        Merger(turn.shelf, together).add_all([account("a", full=1), account("b")])
    mark, watch = remembered.accounts, archive.watch()
    seen = watch.mark()
    with archive.weighing("w", remembered) as turn:
        assert turn.shelf.leader("b")[0] == "a"
    assert watch.mark() == seen, "a turn that changes nothing writes nothing"
    assert remembered.accounts is mark and remembered.stamp, "nothing changed: it is used again"
    archive.forget("r-a")
    with archive.weighing("w", remembered) as turn:
        assert turn.shelf.get("a") is None and turn.shelf.leader("b") == (None, 0.0)
    assert remembered.accounts is not mark
    with pytest.raises(RuntimeError), archive.weighing("w", remembered):
        raise RuntimeError
    assert not remembered.stamp, "of a turn that failed nothing is kept"
