"""The whole way from reports to incidents, in the archive: order, copies, poisoned outlets, judgements, what is forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from thucydides.archive import Archive
from thucydides.chronicle import chronicle, reconsider, weigh
from thucydides.claims import Coder
from thucydides.incidents import Weigher
from thucydides.incidents import weigh as weigh_in_memory
from thucydides.record import Incident, Judgement, Verdict
from thucydides.reports import Raw

LEAD = "IDLIB, Syria (Reuters) - Air strikes on a market in Maarat al-Numan killed at least 12 people on Monday, rescue workers said.\n\n"
REST = (
    "The strikes hit a vegetable market in the middle of the town at noon, residents said. Among the dead were three children. "
    "The Syrian army says that it strikes only militants. Maarat al-Numan lies on the highway from Damascus to Aleppo and has been "
    "bombed for weeks. Ambulances took the wounded to hospitals in Saraqib and Idlib, where doctors said that they had run out of blood."
)
REPORTS = {
    "wire": ("Reuters", "2019-07-22", LEAD + REST),
    "repost": ("Jordan Times", "2019-07-23", f"AMMAN - Another bloody day in the north-west of Syria.\n\n{LEAD}{REST}"),
    "sana": (
        "SANA",
        "2019-07-22",
        "Army units struck gatherings of terrorists in Maarat al-Numan on Monday and killed 20 terrorists, a military source told SANA.",
    ),
    "observatory": (
        "Syrian Observatory for Human Rights",
        "2019-07-23",
        "Syrian regime warplanes bombed a market in Maarat al-Numan in Idlib province on Monday. 17 civilians were killed.",
    ),
    "elsewhere": (
        "AFP",
        "2019-07-22",
        "A car bomb exploded near a checkpoint in Afrin on Monday and killed four people, a local council said.",
    ),
    "later": (
        "AFP",
        "2019-07-29",
        "Warplanes bombed a school in Maarat al-Numan on Sunday and killed five people, the Observatory said.",
    ),
}


def raw(name: str, source: str, published: str, text: str) -> Raw:
    return Raw(f"{name}.json", json.dumps({"id": name, "source": source, "published": published, "text": text}).encode())


@pytest.fixture(scope="module")
def weigher() -> Weigher:
    return Weigher.load()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Archive]]:
    """Opens archives of their own, and closes them at the end."""
    all_: list[Archive] = []

    def one() -> Archive:
        all_.append(Archive.open(tmp_path / f"{len(all_)}.db"))
        return all_[-1]

    yield one
    for archive in all_:
        archive.close()


def fill(archive: Archive, names: Iterable[str], coder: Coder, weigher: Weigher, *, each: bool = False) -> Archive:
    """Reads reports into an archive and weighs them, each as it comes or all at the end."""
    for name in names:
        assert all(reading.error is None for reading in chronicle([raw(name, *REPORTS[name])], coder, archive))
        if each:
            list(weigh(archive, weigher))
    list(weigh(archive, weigher))
    return archive


def all_of(archive: Archive) -> list[Incident]:
    return [one for page in archive.incidents() for one in page]


def grouped(archive: Archive) -> set[frozenset[str]]:
    return {frozenset(one.claims) for one in all_of(archive)}


def market(archive: Archive) -> Incident:
    """The incident of the strike on the market."""
    return max(all_of(archive), key=lambda one: len(one.reports))


@pytest.mark.parametrize("turn", [1, 200])
def test_what_is_weighed_anew_is_as_it_was(opened: Callable[[], Archive], coder: Coder, weigher: Weigher, turn: int) -> None:
    archive = fill(opened(), REPORTS, coder, weigher)
    before = all_of(archive)
    assert len(market(archive).claims) > 1
    archive.unweigh()
    assert not all_of(archive)
    list(weigh(archive, weigher, turn=turn))
    assert all_of(archive) == before, "incidents are known from before, but not what was held of them"
    archive.forget("sana")
    list(weigh(archive, weigher, turn=turn))
    assert grouped(archive) == grouped(fill(opened(), [name for name in REPORTS if name != "sana"], coder, weigher))


def test_four_accounts_of_one_strike_are_one_incident(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = fill(opened(), REPORTS, coder, weigher)
    found = market(archive)
    assert set(found.reports) == {"wire", "repost", "sana", "observatory"}
    assert "Syrian Observatory for Human Rights" in {one.name for one in found.witnesses}
    assert any("sy" in one.side for one in found.witnesses), "a military source that tells SANA speaks for the government"
    assert sum(one.name == "Reuters" or one.id == "outlet:reuters" for one in found.witnesses) == 1, "the re-post is Reuters's voice"
    assert not any("Jordan" in one.name for one in found.witnesses)
    assert any(dispute.field.startswith("killed") for dispute in found.disputed) or len({one.whom for one in found.losses}) > 1
    assert {"elsewhere", "later"} <= {report for one in all_of(archive) for report in one.reports if one.id != found.id}


def test_no_order_of_arrival_makes_a_difference(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    names = list(REPORTS)
    whole = fill(opened(), names, coder, weigher)
    for order in list(permutations(names))[1::240]:
        other = fill(opened(), order, coder, weigher, each=True)
        assert grouped(other) == grouped(whole), order
        assert market(other).grade == market(whole).grade, order
        assert {one.id for one in market(other).witnesses} == {one.id for one in market(whole).witnesses}, order


def test_memory_and_archive_agree(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = fill(opened(), REPORTS, coder, weigher)
    told = [(report, [c for page in archive.claims() for c in page if c.report == report.id]) for report in archive.reports()]
    in_memory = weigh_in_memory(told, weigher)
    assert {frozenset(one.claims) for one, _ in in_memory} == grouped(archive)
    grades = {frozenset(one.claims): one.grade for one, _ in in_memory}
    assert all(grades[frozenset(one.claims)] == one.grade for one in all_of(archive))


def test_weighing_again_changes_nothing(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = fill(opened(), REPORTS, coder, weigher)
    before = all_of(archive)
    fill(archive, REPORTS, coder, weigher)
    assert all_of(archive) == before


def test_a_forgotten_report_leaves_no_trace(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = fill(opened(), REPORTS, coder, weigher)
    archive.forget("observatory")
    list(weigh(archive, weigher))
    without = fill(opened(), [name for name in REPORTS if name != "observatory"], coder, weigher)
    assert grouped(archive) == grouped(without)
    assert market(archive).grade == market(without).grade


def test_a_judgement_splits_and_taken_back_it_restores(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = fill(opened(), REPORTS, coder, weigher)
    before = all_of(archive)
    found = market(archive)
    sana = next(claim for claim in found.claims if archive.recall_claim(claim).report == "sana")
    others = [claim for claim in found.claims if claim != sana]
    for other in others:
        archive.keep_judgement(Judgement(one=sana, other=other, verdict=Verdict.DIFFERENT, by="reader", at=datetime.now(UTC)))
    reconsider(archive, weigher, found.claims)
    assert archive.incident_of(sana) != archive.incident_of(others[0])
    for other in others:
        archive.take_back(sana, other)
    reconsider(archive, weigher, found.claims)
    assert all_of(archive) == before, "ids, grades and all"


def test_an_outlet_that_repeats_itself_raises_no_grade(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = fill(opened(), ["observatory"], coder, weigher)
    once = market(archive).grade
    wordings = (
        "Regime jets hit a market of Maarat al-Numan on Monday 22 July; 17 civilians were killed.",
        "On Monday 22 July 17 civilians died as Syrian warplanes attacked the market in Maarat al-Numan.",
        "Seventeen civilians were killed on Monday 22 July when regime aircraft bombed a market in Maarat al-Numan, Idlib.",
    )
    for day, text in enumerate(wordings, start=24):
        one = raw(f"again-{day}", "Syrian Observatory for Human Rights", f"2019-07-{day}", text)
        list(chronicle([one], coder, archive))
        list(weigh(archive, weigher))
    found = market(archive)
    assert len(found.reports) > 1, "they are one incident"
    assert found.grade == once


def test_a_thousand_copies_are_one_witness(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = opened()
    for number in range(40):  # of a thousand the first forty: each is read and coded like any other
        one = raw(f"copy-{number:04}", f"Paper {number}", "2019-07-23", LEAD + REST)
        list(chronicle([one], coder, archive))
    list(weigh(archive, weigher))
    found = market(archive)
    assert len(found.reports) == 40
    assert len(found.witnesses) == 1
    assert found.grade.incident == "weak"


def test_claims_without_day_or_place_and_days_to_come(opened: Callable[[], Archive], coder: Coder, weigher: Weigher) -> None:
    archive = opened()
    texts = (
        ("undated", None, "Rebels attacked an army post and killed three soldiers."),
        ("future", "2093-01-01", "Rebels attacked an army post near Maarat al-Numan on Monday and killed three soldiers."),
        ("nowhere", "2019-07-22", "Gunmen killed two policemen on Monday, the ministry said."),
    )
    for name, published, text in texts:
        given = {"id": name, "source": "AFP", "text": text} | ({"published": published} if published else {})
        list(chronicle([Raw(f"{name}.json", json.dumps(given).encode())], coder, archive))
    list(weigh(archive, weigher))
    assert {report for one in all_of(archive) for report in one.reports} == {"undated", "future", "nowhere"}
    assert all(len(one.reports) == 1 for one in all_of(archive))
