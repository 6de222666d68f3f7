"""Accounts of several outlets, gathered by event: every file can be read, its ids and ties hold; broken lines are told."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

TRAINING = Path(__file__).parent.parent / "training"
sys.path.insert(0, str(TRAINING))

import accounts  # noqa: E402
from thucydides.reports import read  # noqa: E402

HEAD = "% xx-001 | a raid\n@ xx-001-a | Wire | 2016-08-11\n> Warplanes bombed Foo."


@cache
def told() -> accounts.Accounts:
    return accounts.load()


def parsed(text: str) -> accounts.Accounts:
    return accounts.parse([("some.txt", text)])


def test_a_family_is_read() -> None:
    held = parsed(f"{HEAD}\n> Five died.\n\n# invented\n@ xx-001-b | Daily, The | 2016-08-12 | copy of xx-001-a\n> Again.")
    (family,) = held.families.values()
    first, second = family.accounts
    assert (family.id, family.about, family.region) == ("xx-001", "a raid", "some")
    assert (first.id, first.source, first.published, first.copy_of) == ("xx-001-a", "Wire", date(2016, 8, 11), None)
    assert (second.source, second.copy_of) == ("Daily, The", "xx-001-a")
    assert [first.text[a:b] for a, b, _ in first.spans()] == ["Warplanes bombed Foo.", "Five died."]


@pytest.mark.parametrize(
    ("lines", "families", "reason"),
    [
        ("> A.\n> B.", ["xx-001", "xx-001"], "no mark: all of it is the family's"),
        ("> A.\n>! B.", [None, "xx-001"], "a marked line is the family's alone"),
        ("> A.\n>[xx-002] B.", ["xx-001", "xx-002"], "a line given away leaves the others"),
        ("> A.\n>! B.\n>[xx-002] C.", [None, "xx-001", "xx-002"], "both marks"),
    ],
)
def test_marks_tell_which_lines_speak_of_what(lines: str, families: list[str | None], reason: str) -> None:
    held = parsed(f"% xx-001 | a\n@ xx-001-a | W | 2016-08-11\n{lines}\n% xx-002 | b\n@ xx-002-a | W | 2016-08-12\n> D.")
    assert [p.family for p in held.families["xx-001"].accounts[0].paragraphs] == families, reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("% xx-1 | a raid", "some.txt:1: want '% FAMILY"),
        (f"{HEAD}\nFive died.", "some.txt:4: want '% FAMILY"),
        (f"{HEAD}\n@ xx-001-b | Wire", "some.txt:4: want '% FAMILY"),
        (f"{HEAD}\n@ xx-001-b | Wire | 11 August", "some.txt:4: '11 August' is no day"),
        (f"{HEAD}\n@ xx-001-b | Wire | 2016-02-30\n> A.", "some.txt:4: '2016-02-30' is no day"),
        (f"{HEAD}\n@ xx-002-a | Wire | 2016-08-11\n> A.", "some.txt:4: report xx-002-a does not stand in family xx-002"),
        (f"{HEAD}\n@ xx-001-a | Wire | 2016-08-11\n> A.", "some.txt:4: xx-001-a stands twice"),
        (f"{HEAD}\n{HEAD}", "some.txt:4: xx-001 stands twice"),
        (f"{HEAD}\n@ xx-001-b | Wire | 2016-08-11", "some.txt:4: report xx-001-b has no text"),
        (f"{HEAD}\n@ xx-001-b | Wire | 2016-08-11 | copy of xx-001-c\n> A.", "some.txt:4: there is no xx-001-c"),
        (f"{HEAD}\n>[xx-009] A.", "some.txt:4: there is no xx-009"),
        (f"{HEAD}\n%% xx-001 part of xx-009", "some.txt:4: there is no xx-009"),
        (f"{HEAD}\n%% xx-001 like xx-001", "some.txt:4: want"),
        ("% xx-001 | a raid", "some.txt:1: family xx-001 has no report"),
        ("> A.", "some.txt:1: text before any report"),
    ],
)
def test_a_broken_line_is_told_by_file_and_line(text: str, said: str) -> None:
    with pytest.raises(accounts.BrokenLine) as caught:
        parsed(text)
    assert said in str(caught.value)


def test_what_is_tied_is_in_one_half() -> None:
    held = told()
    halves = held.halves()
    assert set(halves) == set(held.families)
    assert all(halves[one] == halves[other] for one, other in held.parts | held.beside)
    assert all(halves[one.family] == halves[p.family] for one in held.reports() for p in one.paragraphs if p.family)
    assert 0.4 < sum(half == "a" for half in halves.values()) / len(halves) < 0.6


def test_every_region_has_families_that_speak_of_parts_or_of_neighbours() -> None:
    held = told()
    tied = {name for pair in held.parts | held.beside for name in pair}
    assert {held.families[name].region for name in tied} == {family.region for family in held.families.values()}


def test_every_report_speaks_of_its_family_somewhere() -> None:
    for one in told().reports():
        assert any(p.family == one.family for p in one.paragraphs), one.id


def test_a_report_belongs_to_a_family_of_its_file() -> None:
    with pytest.raises(accounts.BrokenLine, match=r"b\.txt:1: report xx-001-b"):
        accounts.parse([("a.txt", HEAD), ("b.txt", "@ xx-001-b | Wire | 2016-08-11\n> A.")])


def test_all_files_can_be_read_and_ids_are_unique() -> None:
    held = told()
    ids = [one.id for one in held.reports()]
    assert len(set(ids)) == len(ids)
    assert {family.region for family in held.families.values()} == {path.stem for path in accounts.FOLDER.glob("*.txt")}


def test_a_file_has_one_prefix_of_ids() -> None:
    prefixes = {(family.region, family.id[:2]) for family in told().families.values()}
    assert len({region for region, _ in prefixes}) == len({prefix for _, prefix in prefixes}) == len(prefixes)


def test_days_are_of_an_age_of_newspapers_and_of_one_time() -> None:
    for family in told().families.values():
        days = [one.published for one in family.accounts]
        assert date(1970, 1, 1) <= min(days) <= max(days) <= date(2026, 12, 31), family.id
        assert (max(days) - min(days)).days <= 400, f"{family.id}: told over more than a year"


def test_families_of_one_report_are_rare() -> None:
    sizes = Counter(len(family.accounts) for family in told().families.values())
    assert max(sizes) <= 6
    assert sizes[1] <= 0.05 * sizes.total()


def test_no_outlet_reports_the_same_event_twice_in_the_same_words() -> None:
    texts = Counter((one.source, one.text) for one in told().reports())
    assert max(texts.values()) == 1


def test_ties_are_between_two_families_and_no_event_is_part_of_itself() -> None:
    held = told()
    assert all(one != other for one, other in held.parts | held.beside)
    whole = dict(held.parts)
    for part in whole:
        chain = [part]
        while chain[-1] in whole:
            chain.append(whole[chain[-1]])
            assert len(set(chain)) == len(chain), f"{part} is part of itself"
    both = {frozenset(pair) for pair in held.parts} & {frozenset(pair) for pair in held.beside}
    assert not both, "what is part of another is not its neighbour"


def test_copies_are_of_the_same_event_and_not_older_than_what_they_copy() -> None:
    held = told()
    by_id = {one.id: one for one in held.reports()}
    for one in by_id.values():
        if one.copy_of:
            first = by_id[one.copy_of]
            assert first.family == one.family and first.source != one.source, one.id
            assert first.published <= one.published, one.id
            assert first.copy_of is None, f"{one.id} copies a copy"


def test_many_families_have_a_neighbour_that_is_easily_taken_for_them() -> None:
    held = told()
    near = {name for pair in held.beside for name in pair}
    assert len(near) >= 0.4 * len(held.families)


def test_reports_are_neither_scraps_nor_books() -> None:
    for one in told().reports():
        assert 12 <= len(one.text.split()) <= 200, f"{one.id}: {len(one.text.split())} words"


def test_the_program_reads_every_report_as_it_is_told() -> None:
    for one in told().reports():
        report = read(one.raw())
        assert report.published == one.published, one.id
        assert report.source.name, one.id
        for start, end, _ in one.spans():
            assert report.text[start:end] == one.text[start:end], one.id
