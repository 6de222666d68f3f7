"""Work that several processes share gives what one process gives."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts_made import likeness, some_accounts
from thucydides.incidents import Account, Judge, Merger, merge, merging
from thucydides.incidents.rows import beside
from thucydides.incidents.shelf import InMemory
from thucydides.incidents.spreading import spread


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
@pytest.mark.parametrize("many", [0, 1, 2, 7])
def test_results_come_back_in_order(processes: int, many: int) -> None:
    assert spread(squares, range(many), processes) == squares(range(many))


def test_what_another_process_fails_at_is_done_here() -> None:
    here = os.getpid()

    def only_here(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os._exit(3)
        return squares(numbers)

    assert spread(only_here, range(5), 2) == squares(range(5))


@settings(max_examples=30)
@given(some_accounts(most=12))
def test_accounts_are_merged_alike_by_any_number_of_processes(accounts: list[Account]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "WORTH_SHARING", 1)
        merger = Merger(InMemory(), likeness, processes=2)
        merger.add_all(accounts)
        found = {group for _, groups in merger.settle() for group in groups}
    assert found == set(merge(accounts, likeness))


@settings(max_examples=200)
@given(some_accounts(most=8), st.randoms(use_true_random=False))
def test_a_pair_scores_the_same_in_any_company_and_either_way_round(accounts: list[Account], chance: object) -> None:
    judge = Judge.load()
    pairs = [(one, other) for one in accounts for other in accounts if one is not other]
    chance.shuffle(pairs)  # type: ignore[attr-defined]
    together = judge.scores(beside([one for one, _ in pairs], [other for _, other in pairs]))
    for (one, other), score in zip(pairs, together, strict=True):
        assert score == judge.score(one, other) == judge.score(other, one)
