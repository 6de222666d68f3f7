"""The laws of merging, with thousands of random sets: order does not count, what people judged holds, what was taken back is undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from unittest.mock import patch
from zlib import crc32

from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts_made import pair_by_pair
from thucydides.incidents import Account, Judged, Merger, merge, stands
from thucydides.incidents.accounts import Sketch, Spot
from thucydides.incidents.parting import Group, Scorer
from thucydides.incidents.shelf import InMemory
from thucydides.incidents.terms import NOTHING
from thucydides.record import Judgement, Verdict

Groups = frozenset[frozenset[str]]
HERE = (Spot("here", "p", 35.0, 37.0, 5.0, "SY", "Idlib"),)


def account(number: int, report: int) -> Account:
    """An account near to all others; its fullness differs from theirs."""
    sketch = Sketch(f"r{report}", "s", 736000 + report % 3, NOTHING, NOTHING, frozenset())
    return Account(
        claim=f"c{number}", sketch=sketch, type="Attack" if number % 2 else None, first_day=736000, last_day=736000, spots=HERE,
        killed=(number, number) if number % 3 else None, arms=frozenset({"gun"}) if number % 5 == 0 else frozenset(),
    )  # fmt: skip


def by_chance(seed: int) -> Scorer:
    """Scores that know no reason, only that a pair always has the same and that one report tells nothing twice."""

    def score(one: Account, other: Account) -> float:
        if one.report == other.report:
            return -30.0
        return crc32(f"{seed} {min(one.claim, other.claim)} {max(one.claim, other.claim)}".encode()) % 700 / 100 - 4

    return pair_by_pair(score)


def named(groups: Iterable[Group]) -> Groups:
    return frozenset(frozenset(account.claim for account in group) for group in groups)


def settled(merger: Merger, before: Groups = frozenset()) -> Groups:
    """The groups after what was settled: stands that were not touched stay as they were."""
    after = set(before)
    for stand, groups in merger.settle():
        after = {group for group in after if not group & set(stand)} | named(groups)
    return frozenset(after)


reports = st.lists(st.integers(0, 9), min_size=1, max_size=14)
pairs = st.dictionaries(st.frozensets(st.integers(0, 13), min_size=2, max_size=2), st.booleans(), max_size=6)


def judged(told: dict[frozenset[int], bool]) -> Judged:
    return Judged({frozenset(f"c{n}" for n in pair): same for pair, same in told.items()})


@settings(max_examples=600)
@given(reports, pairs, st.integers(0, 10**6))
def test_the_order_of_arrival_makes_no_difference(of: list[int], told: dict[frozenset[int], bool], seed: int) -> None:
    accounts = [account(n, report) for n, report in enumerate(of)]
    whole = named(merge(accounts, by_chance(seed), judged(told)))
    shuffled = list(accounts)
    Random(seed).shuffle(shuffled)
    assert named(merge(shuffled, by_chance(seed), judged(told))) == whole
    merger, groups = Merger(InMemory(), by_chance(seed), judged(told)), frozenset[frozenset[str]]()
    for one in shuffled:
        merger.add(one)
        groups = settled(merger, groups)
    assert groups == whole, "one by one gives what all at once gives"


@settings(max_examples=400)
@given(reports, pairs, st.integers(0, 10**6))
def test_what_is_taken_away_leaves_no_trace(of: list[int], told: dict[frozenset[int], bool], seed: int) -> None:
    accounts = [account(n, report) for n, report in enumerate(of)]
    gone = accounts[:: 1 + seed % 3]
    kept = [one for one in accounts if one not in gone]
    merger = Merger(InMemory(), by_chance(seed), judged(told))
    for one in accounts:
        merger.add(one)
    groups = settled(merger)
    for one in gone:
        merger.remove(one.claim)
        groups = settled(merger, frozenset(group - {one.claim} for group in groups) - {frozenset()})
    assert groups == named(merge(kept, by_chance(seed), judged(told)))


@settings(max_examples=600)
@given(reports, pairs, st.integers(0, 10**6))
def test_people_are_obeyed(of: list[int], told: dict[frozenset[int], bool], seed: int) -> None:
    accounts = [account(n, report) for n, report in enumerate(of)]
    groups = named(merge(accounts, by_chance(seed), judged(told)))
    home = {claim: group for group in groups for claim in group}
    assert set(home) == {one.claim for one in accounts}, "nobody is lost and nobody stands twice"
    assert sum(map(len, groups)) == len(accounts)
    for pair, same in told.items():
        one, other = (f"c{n}" for n in pair)
        if not same and one in home and other in home:
            assert home[one] is not home[other], "what was judged different is never together"
    if False not in told.values():
        for pair in told:
            one, other = (f"c{n}" for n in pair)
            if one in home and other in home:
                assert home[one] is home[other], "what was judged the same is together"


@settings(max_examples=300)
@given(reports, pairs, st.integers(0, 10**6))
def test_a_judgement_taken_back_restores_what_was(of: list[int], told: dict[frozenset[int], bool], seed: int) -> None:
    accounts = [account(n, report) for n, report in enumerate(of)]
    shelf = InMemory()
    first = Merger(shelf, by_chance(seed), judged(told))
    for one in accounts:
        first.add(one)
    before = settled(first)
    back = Merger(shelf, by_chance(seed), Judged())
    for pair in told:
        for n in pair:
            back.reconsider(f"c{n}")
    assert settled(back, before) == named(merge(accounts, by_chance(seed)))


@settings(max_examples=600)
@given(reports, pairs, st.integers(0, 10**6), st.integers(1, 6))
@example([2, 2, 0, 0, 0, 0, 1, 0, 0], {frozenset({0, 3}): True, frozenset({3, 6}): True}, 1, 3)  # a judgement on one that is gone
def test_large_stands_fall_to_pieces_the_same_way_in_any_order(
    of: list[int], told: dict[frozenset[int], bool], seed: int, most: int
) -> None:
    accounts = [account(n, report) for n, report in enumerate(of)]
    with patch.object(stands, "MOST", most):
        shuffled = list(accounts)
        Random(seed).shuffle(shuffled)
        merger, groups = Merger(InMemory(), by_chance(seed), judged(told)), frozenset[frozenset[str]]()
        for n, one in enumerate(shuffled):
            merger.add(one)
            if n % 2:
                groups = settled(merger, groups)
        groups = settled(merger, groups)
        assert groups == named(merge(accounts, by_chance(seed), judged(told))), "one by one gives what all at once gives"
        gone = shuffled[:: 1 + seed % 3]
        for one in gone:
            merger.remove(one.claim)
            groups = settled(merger, frozenset(group - {one.claim} for group in groups) - {frozenset()})
        kept = [one for one in accounts if one not in gone]
        assert groups == named(merge(kept, by_chance(seed), judged(told))), "what is taken away leaves no trace"
        back = Merger(merger._shelf, by_chance(seed), Judged())
        for pair in told:
            for n in pair:
                back.reconsider(f"c{n}")
        assert settled(back, groups) == named(merge(kept, by_chance(seed))), "a judgement taken back restores what was"
        again = Merger(merger._shelf, by_chance(seed), judged(told))
        groups = settled(back, named(merge(kept, by_chance(seed))))
        for pair in told:
            for n in pair:
                again.reconsider(f"c{n}")
        assert settled(again, groups) == named(merge(kept, by_chance(seed), judged(told))), "and so does one that is given again"


def test_a_siege_costs_no_more_the_longer_it_lasts() -> None:
    """Each day's shelling is told five times and is somewhat like the next day's: all of it leans on each other."""

    def alike(one: Account, other: Account) -> float:
        nonlocal looks
        looks += 1
        return (4.5, 1.5)[abs((one.day or 0) - (other.day or 0))] if abs((one.day or 0) - (other.day or 0)) < 2 else -5.0

    looks = 0
    merger = Merger(InMemory(), pair_by_pair(alike))
    merger.add_all([replace(account(n, n), first_day=736000 + n // 5, last_day=736000 + n // 5) for n in range(1000)])
    days = [{int(claim[1:]) // 5 for claim in group} for group in settled(merger)]
    assert sum(map(len, days)) == 200, "no day is torn apart"
    looks = 0
    merger.add(replace(account(2000, 2000), first_day=736100, last_day=736100))
    stands_anew = list(merger.settle())
    assert sum(len(stand) for stand, _ in stands_anew) <= 40, "only what is near the day is parted anew"
    assert looks <= 1000 + 40 * 39 / 2, "those of its place once, and those that stand with it"


def test_one_report_tells_nothing_twice() -> None:
    accounts = [account(n, report) for n, report in enumerate((1, 1, 2, 2))]
    for group in merge(accounts, pair_by_pair(lambda one, other: 5.0)):
        assert len({one.report for one in group}) == len(group)


def test_of_contradictory_judgements_the_later_stands() -> None:
    said = [Judgement(one="a", other="b", verdict=verdict, by="reader") for verdict in (Verdict.SAME, Verdict.DIFFERENT)]
    assert Judged.by_people(said).different("b", "a")
    assert not Judged.by_people(said[::-1]).different("a", "b")
    assert not Judged.by_people([Judgement(one="a", other="b", verdict=Verdict.UNSURE)]).same_as("a")


def test_a_thousand_copies_are_merged_quickly() -> None:
    def looked(one: Account, other: Account) -> float:
        nonlocal looks
        looks += 1
        return 5.0

    looks = 0
    accounts: Sequence[Account] = [account(0, report) for report in range(1000)]
    accounts = [Account(claim=f"c{n}", sketch=one.sketch, spots=one.spots) for n, one in enumerate(accounts)]
    assert len(merge(accounts, pair_by_pair(looked))) == 1
    assert looks < 600_000, "every pair is looked at once, and in the end each with a dozen of its group"
