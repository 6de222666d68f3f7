"""The shipped rosters and a user's own file: counts, no bad line in what is shipped, every kind of bad line named, layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from thucydides.actors import KINDS, Actors, identify
from thucydides.arms import CLASSES, Arms
from thucydides.errors import BadRoster
from thucydides.lexicon import words_of
from thucydides.reports import Outlets

ACTOR_HEADER = "id\tname\taliases\tdemonyms\tkind\tcountry\tparent\tstart\tend\toutlet_names\tnote"
ARM_HEADER = "id\tname\taliases\tclass\tnato\tcountry\tstart\tnote"
OUTLET_HEADER = "id\tname\taliases\tdomains\tkind\tcountry\tstands_with\tlanguages\tnote"


def own(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# ── what is shipped ──────────────────────────────────────────────────────────────────────────────


def test_counts() -> None:
    assert len(Actors.load()) >= 800
    assert len(Arms.load()) >= 500
    assert len(Outlets.load().entries) >= 200


@pytest.mark.parametrize("load", [Actors.load, Arms.load, Outlets.load], ids=["actors", "arms", "outlets"])
def test_no_shipped_line_is_bad(load: Callable[[], Any]) -> None:
    errors = load().errors
    assert not errors, [str(error)[:160] for error in errors[:5]]


def test_every_kind_and_class_has_entries() -> None:
    assert {actor.kind for actor in Actors.load()} == KINDS
    assert {arm.kind for arm in Arms.load()} == CLASSES


def test_parents_make_no_circle() -> None:
    actors = Actors.load()
    for actor in actors:
        seen, at = {actor.id}, actor.parent
        while at is not None:
            assert at not in seen, f"{actor.id} belongs to itself by way of {sorted(seen)}"
            seen.add(at)
            at = actors.by_id[at].parent


def test_parents_exist_and_names_are_found_again() -> None:
    actors = Actors.load()
    for actor in actors:
        assert actor.parent is None or actor.parent in actors.by_id
        assert all(actor.id in actors.named(name) for name in (actor.name, *actor.aliases)), actor.id


def test_arms_are_found_by_each_of_their_names() -> None:
    arms = Arms.load()
    unknown = [name for arm in arms for name in (arm.name, *arm.aliases, *arm.nato) if arms.recognise(name) is None]
    assert not unknown, unknown[:10]


def test_reporting_names_are_no_arms_in_running_words() -> None:
    assert not Arms.load().find(words_of("In May they set out a guideline for the bear"))


@pytest.mark.parametrize(
    ("name", "expected", "reason"),
    [
        ("dailysabah", "Daily Sabah", "the beginning of its domain"),
        ("DailySabah", "Daily Sabah", "in any case"),
        ("news", None, "a common word"),
        ("local", None, "another"),
    ],
)
def test_an_outlet_is_known_by_the_beginning_of_its_domain(name: str, expected: str | None, reason: str) -> None:
    found = Outlets.load().find(name)
    assert (found.source.name if found else None) == expected, reason


def test_outlets_stand_with_known_actors() -> None:
    known = Actors.load().by_id
    strangers = {(o.source.id, a) for o in Outlets.load().entries for a in o.source.stands_with if a not in known}
    assert not strangers, sorted(strangers)[:10]


REGIONS = [
    ("EZLN", "MX"),
    ("Shining Path", "PE"),
    ("FMLN", "SV"),
    ("FARC", "CO"),
    ("Jama'at Nusrat al-Islam wal-Muslimin", "ML"),
    ("al-Shabaab", "SO"),
    ("M23", "CD"),
    ("RENAMO", "MZ"),
    ("UNITA", "AO"),
    ("Tatmadaw", "MM"),
    ("Arakan Army", "MM"),
    ("New People's Army", "PH"),
    ("Lashkar-e-Taiba", "PK"),
    ("Azov Battalion", "UA"),
    ("Kosovo Liberation Army", "XK"),
    ("Tamil Tigers", "LK"),
    ("Hezbollah", "LB"),
    ("Hamas", "PS"),
    ("Rapid Support Forces", "SD"),
    ("Boko Haram", "NG"),
]


@pytest.mark.parametrize(("name", "country"), REGIONS)
def test_actors_of_all_regions_are_known(name: str, country: str) -> None:
    actors = Actors.load()
    assert any(country in actors.by_id[i].countries for i in actors.named(name)), actors.named(name)


ARMS = [
    ("S-75", "SA-2"),
    ("S-75", "Guideline"),
    ("BM-21", "Grad"),
    ("R-17", "Scud"),
    ("Strela-2", "SA-7"),
    ("RPG-7", "RPG-7"),
    ("AK-47", "AK47"),
    ("Buk", "SA-11"),
    ("Tu-22M3", "Backfire"),
]


@pytest.mark.parametrize(("one", "other"), ARMS)
def test_names_of_one_arm(one: str, other: str) -> None:
    arms = Arms.load()
    first, second = arms.recognise(one), arms.recognise(other)
    assert first is not None and second is not None
    assert first.id == second.id or first.id in {hit for found in arms.find(words_of(other)) for hit in found.values}


# ── names in words ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("capitals", "word", "reason"),
    [
        ("The IS fighters came", "This is so", "IS and is"),
        ("The US bombed it", "They told us", "US and us"),
        ("The SDF took it", "the sdf took it", "no capitals, no acronym"),
        ("The M23 came", "on the m23 motorway", "a road in small letters"),
    ],
)
def test_acronyms_match_capitals_only(capitals: str, word: str, reason: str) -> None:
    actors = Actors.load()
    assert actors.find(words_of(capitals))
    assert not actors.find(words_of(word)), reason


def test_names_match_in_any_case_without_accents_and_hyphens() -> None:
    actors = Actors.load()
    for name in ("BOKO HARAM", "boko haram", "Boko-Haram", "Bokó Haram"):
        assert actors.named(name) == actors.named("Boko Haram") != ()


@pytest.mark.parametrize(
    ("name", "near", "on", "country"),
    [
        ("SDF", {"SY": 1.0}, date(2018, 1, 1), "SY"),
        ("ADF", {"CD": 1.0}, date(2020, 1, 1), "CD"),
        ("ADF", {"CM": 1.0}, date(2019, 1, 1), "CM"),
        ("PLA", {"CN": 1.0}, date(2020, 1, 1), "CN"),
    ],
)
def test_the_report_s_countries_choose_between_actors_of_one_name(name: str, near: dict[str, float], on: date, country: str) -> None:
    actor = identify(name, Actors.load(), on=on, near=near)
    assert actor is not None and country in actor.countries


@pytest.mark.parametrize(
    ("name", "expected", "reason"),
    [
        ("Jeish al-Izza", "sy-jaysh-al-izza", "army"),
        ("Katayeb Hezbollah", "iq-kh", "brigades"),
        ("Jebhat al-Nusra", "sy-nusra", "front"),
        ("Jeish al-Fatah", "sy-jaysh-al-fatah", "the whole name, not the Fatah within it"),
    ],
)
def test_words_of_names_are_known_in_other_spellings(name: str, expected: str, reason: str) -> None:
    assert Actors.load().named(name) == (expected,), reason


def test_other_spellings_take_no_entry_its_name() -> None:
    actors = Actors.load()
    listed: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            listed[" ".join(word.folded for word in words_of(name))].add(actor.id)
    assert [name for name, ids in listed.items() if not set(actors.named(name)) <= ids] == []


def test_a_name_of_nobody_is_none() -> None:
    assert identify("Brigade of the Purple Teapot", Actors.load()) is None
    assert Arms.load().recognise("purple teapot") is None


# ── bad lines ────────────────────────────────────────────────────────────────────────────────────

BAD_ACTORS = [
    ("Bad_Id\tA\t\t\trebel\t\t\t\t\t\t", "no id", "a capital and an underscore"),
    ("no-name\t\t\t\trebel\t\t\t\t\t\t", "has no name", "an empty name"),
    ("odd-kind\tA\t\t\tbandit\t\t\t\t\t\t", "is no kind of actor", "an unknown kind"),
    ("odd-year\tA\t\t\trebel\t\t\t80\t\t\t", "is no year", "two digits"),
    ("odd-end\tA\t\t\trebel\t\t\t1980\tnow\t\t", "is no year", "a word for a year"),
    ("backwards\tA\t\t\trebel\t\t\t1990\t1980\t\t", "before it starts", "ends before it starts"),
    ("odd-country\tA\t\t\trebel\tSyria\t\t\t\t\t", "country codes", "a country's name"),
    ("odd-outlet\tA\t\t\trebel\t\t\t\t\tterrorists\t", "is no outlet name", "no outlet before the words"),
    ("orphan\tA\t\t\trebel\t\tno-such-parent\t\t\t\t", "is unknown", "a parent nobody knows"),
    ("wide\tA\t\t\trebel\t\t\t\t\t\t\tmore", "cells for", "a cell too many"),
]
BAD_ARMS = [
    ("Bad Id\tA\t\tmissile\t\t\t\t", "no id", "a space"),
    ("no-name\t\t\tmissile\t\t\t\t", "has no name", "an empty name"),
    ("odd-class\tA\t\tcatapult\t\t\t\t", "is no class", "an unknown class"),
    ("odd-year\tA\t\tmissile\t\t\t1.980\t", "is no year", "a point in the year"),
    ("wide\tA\t\tmissile\t\t\t\t\tmore", "cells for", "a cell too many"),
]
BAD_OUTLETS = [
    ("Bad Id\tA\t\t\tpress\t\t\t\t", "no id", "a space"),
    ("no-name\t\t\t\tpress\t\t\t\t", "has no name", "an empty name"),
    ("odd-kind\tA\t\t\tblog\t\t\t\t", "is no kind of outlet", "an unknown kind"),
    ("odd-country\tA\t\t\tpress\tSyria\t\t\t", "country code", "a country's name"),
    ("odd-domain\tA\t\thttp://a.org/b\tpress\t\t\t\t", "is no domain", "an address for a domain"),
    ("wide\tA\t\t\tpress\t\t\t\t\tmore", "cells for", "a cell too many"),
]
KINDS_OF_ROSTER = {
    "actors": (ACTOR_HEADER, BAD_ACTORS, "good\tGood Men\t\t\trebel\t\t\t\t\t\t", lambda path: Actors.load((path,))),
    "arms": (ARM_HEADER, BAD_ARMS, "good\tGood Gun\t\tmissile\t\t\t\t", lambda path: Arms.load((path,))),
    "outlets": (OUTLET_HEADER, BAD_OUTLETS, "good\tGood News\t\t\tpress\t\t\t\t", lambda path: Outlets.load(path)),
}


@pytest.mark.parametrize("roster", KINDS_OF_ROSTER)
def test_every_bad_line_is_named_and_the_rest_is_kept(roster: str, tmp_path: Path) -> None:
    header, bad, good, load = KINDS_OF_ROSTER[roster]
    path = own(tmp_path, "own.tsv", "# a comment", header, *(line for line, _, _ in bad), "", good)
    loaded = load(path)
    mine: dict[int, BadRoster] = {error.line: error for error in loaded.errors if error.file == "own.tsv"}
    for number, (_, words, reason) in enumerate(bad, start=3):
        assert number in mine, f"{reason}: line {number} not reported"
        assert words in str(mine[number]) and f"own.tsv:{number}:" in str(mine[number]), reason
        assert mine[number].remedy, reason
    assert set(mine) == set(range(3, 3 + len(bad)))
    ids = {entry.source.id for entry in loaded.entries} if roster == "outlets" else set(loaded.by_id)
    assert "good" in ids
    # A parent nobody knows is reported, the actor itself is kept.
    assert not {line.split("\t")[0] for line, _, _ in bad} & ids - {"orphan"}


@pytest.mark.parametrize("roster", KINDS_OF_ROSTER)
def test_a_file_that_is_none_is_one_error(roster: str, tmp_path: Path) -> None:
    _, _, _, load = KINDS_OF_ROSTER[roster]
    for name, data, words in (
        ("header.tsv", b"id,name\nx,y\n", "must name the columns"),
        ("latin.tsv", b"id\tname\nx\tSendero \xf1\n", "not UTF-8"),
        ("missing.tsv", None, "cannot be read"),
    ):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        errors = [error for error in load(path).errors if error.file == name]
        assert len(errors) == 1 and words in str(errors[0]), (name, errors)


# ── a user's own file ────────────────────────────────────────────────────────────────────────────


def test_own_actors_replace_add_and_remove(tmp_path: Path) -> None:
    known = Actors.load().named("Boko Haram")[0]
    removed = Actors.load().named("EZLN")[0]
    path = own(
        tmp_path,
        "actors.tsv",
        ACTOR_HEADER,
        f"{known}\tGroup of Maiduguri\tBH\t\trebel\tNG\t\t2002\t\t\t",
        f"new-front\tFront of the Purple Hills\tFPH\t\trebel\tML\t{known}\t2020\t\tsana = hill bandits\t",
        f"{removed}\t-\t\t\t\t\t\t\t\t\t",
    )
    actors = Actors.load((path,))
    assert not actors.errors
    assert actors.by_id[known].name == "Group of Maiduguri"
    assert actors.named("FPH") == ("new-front",) and actors.lineage("new-front") == ("new-front", *actors.lineage(known))
    assert actors.told_by("sana", "hill bandits") == ("new-front",) and not actors.named("hill bandits")
    assert removed not in actors.by_id and not actors.named("EZLN")
    assert len(actors) == len(Actors.load())  # one more, one less


def test_own_arms_and_outlets_replace_add_and_remove(tmp_path: Path) -> None:
    arm = own(
        tmp_path,
        "arms.tsv",
        ARM_HEADER,
        "s-75\tDvina\tSA-2\tair-defence\t\tSU\t1957\t",
        "tea-gun\tTea Gun\tTG-1\trocket\t\t\t\t",
        "bm-21-grad\t-\t\t\t\t\t\t",
    )
    arms = Arms.load((arm,))
    assert arms.by_id["s-75"].name == "Dvina" and "bm-21-grad" not in arms.by_id
    assert (found := arms.recognise("TG-1")) is not None and found.id == "tea-gun"
    outlet = own(
        tmp_path,
        "outlets.tsv",
        OUTLET_HEADER,
        "sana\tOur SANA\t\tsana.example\tstate\tSY\t\t\t",
        "tea\tTea Times\t\ttea.example\tpress\t\t\t\t",
        "reuters\t-\t\t\t\t\t\t\t",
    )
    outlets = Outlets.load(outlet)
    names = {entry.source.id: entry.source.name for entry in outlets.entries}
    assert names["sana"] == "Our SANA" and names["tea"] == "Tea Times" and "reuters" not in names
    assert outlets.identify_source("www.tea.example").id == "tea"


def test_the_digest_changes_with_what_is_known(tmp_path: Path) -> None:
    path = own(tmp_path, "more.tsv", ACTOR_HEADER, "new-front\tFront of the Hills\t\t\trebel\t\t\t\t\t\t")
    assert Actors.load((path,)).digest != Actors.load().digest


def test_actors_that_belong_to_each_other_are_refused_with_the_circle_named(tmp_path: Path) -> None:
    own = tmp_path / "actors.tsv"
    own.write_text("id\tname\tkind\tparent\nxx-a\tAlpha Front\trebel\txx-b\nxx-b\tBeta Front\trebel\txx-a\n", encoding="utf-8")
    told = [str(error) for error in Actors.load([own]).errors]
    assert len(told) == 1
    assert "xx-a > xx-b > xx-a" in told[0]
