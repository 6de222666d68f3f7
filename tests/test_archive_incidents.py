"""Accounts and incidents in the archive: the shelf there answers as the one in memory does, and incidents keep their ids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from accounts_made import likeness, readings_of, some_accounts
from thucydides.archive import Archive, keeping
from thucydides.archive.accounts_packed import pack_account, pack_sketch, unpack_account, unpack_sketch
from thucydides.archive.shelving import SqlShelf
from thucydides.incidents.merging import Judged, Merger
from thucydides.incidents.shelf import InMemory


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
def test_accounts_are_packed_and_come_back_equal(accounts: list) -> None:
    for account in accounts:
        sketch = unpack_sketch(pack_sketch(account.sketch))
        assert sketch == account.sketch
        assert unpack_account(account.claim, sketch, *pack_account(account)) == account


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_shelf_in_the_archive_answers_as_the_one_in_memory(data: st.DataObject) -> None:
    accounts = data.draw(some_accounts())
    ids = st.sampled_from([account.claim for account in accounts])
    judged = Judged(data.draw(st.dictionaries(st.tuples(ids, ids).map(frozenset), st.booleans(), max_size=3)))
    with scratch() as connection:
        for report, claims in readings_of(accounts):
            keeping.keep(connection, report, claims)
        memory = InMemory()
        shelf = SqlShelf(connection, waiting=data.draw(st.sampled_from([1, 2, 50])), remembered=data.draw(st.sampled_from([1, 2, 50])))
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
        for account in accounts:
            assert near(memory, account) == near(shelf, account)
            assert memory.get(account.claim) == shelf.get(account.claim)
            if account.claim in standing:
                assert set(memory.followers(account.claim)) == set(shelf.followers(account.claim))
        assert groups(mergers[0]) == groups(mergers[1])


def groups(merger: Merger) -> list[list[str]]:
    return sorted([account.claim for account in group] for _, found in merger.settle() for group in found)


def near(shelf: InMemory | SqlShelf, account: object) -> set[str]:
    return {other.claim for other in shelf.near(account)}  # type: ignore[arg-type]
