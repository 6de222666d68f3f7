"""Accounts by chance, few enough of everything that they meet, and an archive that holds the claims they are of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
from hypothesis import strategies as st

from thucydides.incidents.accounts import Account, Sketch, Spot
from thucydides.incidents.parting import Scorer
from thucydides.incidents.terms import Terms
from thucydides.record import Basis, Claim, Event, Factuality, Kind, Passage, Report, Source, When

DAY = date(2016, 3, 1).toordinal()
TEXT = "Shells fell on the quarter."

rare = st.integers(1, 6).map(lambda number: number << 4 | 15)
terms = st.builds(
    Terms, names=st.frozensets(rare, max_size=3), words=st.frozensets(rare, max_size=2), figures=st.frozensets(rare, max_size=2)
)
days = st.none() | st.sampled_from([0, 1, 5, 6, 7, 10, 11, 12, 89, 90, 91, 400, 800, 801]).map(lambda after: DAY + after)


@st.composite
def spots(draw: st.DrawFn) -> Spot:
    known = draw(st.sampled_from([True, True, False]))
    return Spot(
        name=draw(st.sampled_from(["hajin", "homs"])),
        place=draw(st.none() | st.just("gn:1")),
        lat=draw(st.sampled_from([34.0, 34.4, 34.6, 40.0])) if known else None,
        lon=draw(st.sampled_from([40.0, 40.6])) if known else None,
        radius_km=draw(st.sampled_from([2.0, 100.0])),
        country=draw(st.sampled_from(["SY", None])),
        admin1=draw(st.none() | st.just("SY-1")),
        sure=draw(st.booleans()),
    )


@st.composite
def some_accounts(draw: st.DrawFn, most: int = 9) -> list[Account]:
    """Accounts of a few reports; of a report all have one sketch."""
    sketches = [
        Sketch(
            f"r{n}",
            draw(st.sampled_from(["sana", "nyt"])),
            draw(days),
            draw(terms),
            draw(terms),
            draw(st.frozensets(st.integers(1, 3), max_size=2)),
        )
        for n in range(draw(st.integers(1, 5)))
    ]
    ranges = st.none() | st.sampled_from([(0, 0), (3, 4), (17, 17)])
    names = st.frozensets(st.sampled_from(["isis", "fsa"]), max_size=2)
    return [
        Account(
            claim=draw(st.sampled_from([f"c{n}", f"c\0{n}"])),
            sketch=draw(st.sampled_from(sketches)),
            type=draw(st.none() | st.sampled_from(["Attack", "Armed clash"])),
            denied=draw(st.booleans()),
            first_day=draw(days),
            last_day=draw(days),
            sure_day=draw(st.booleans()),
            spots=tuple(draw(st.lists(spots(), max_size=2))),
            initiators=draw(names),
            targets=draw(names),
            killed=draw(ranges),
            wounded=draw(ranges),
            arms=draw(names),
            telling=draw(terms),
            among=draw(st.integers(1, 30)),
            things=draw(names),
            time_of_day=draw(st.none() | st.sampled_from(["dawn", "night"])),
        )
        for n in range(draw(st.integers(1, most)))
    ]


def report_of(account: Account) -> Report:
    """A report for an account to be of."""
    published = date.fromordinal(account.sketch.published) if account.sketch.published else None
    return Report(
        id=account.report, text=TEXT, reading=TEXT, source=Source(name=account.sketch.source), raw_hash=account.report, published=published
    )


def claim_of(account: Account, by: str = "rules 1") -> Claim:
    """A claim for an account to be of."""
    first, last = (date.fromordinal(day) if day else None for day in (account.first_day, account.last_day))
    return Claim(
        id=account.claim,
        report=account.report,
        kind=Kind.EVENT,
        says=Event(type=account.type, when=When(start=first, end=last, basis=Basis.STATED)),
        evidence=(Passage(field="claim", start=0, end=len(TEXT), words=TEXT),),
        factuality=Factuality.ASSERTED,
        by=by,
    )


def readings_of(accounts: list[Account]) -> Iterator[tuple[Report, list[Claim]]]:
    """The reports and claims that accounts are of."""
    for report in dict.fromkeys(account.report for account in accounts):
        of_report = [account for account in accounts if account.report == report]
        yield report_of(of_report[0]), [claim_of(account) for account in of_report]


def pair_by_pair(score: Callable[[Account, Account], float]) -> Scorer:
    """A scorer of many pairs from one that scores a single pair."""
    return lambda pairs: np.array(
        [score(pairs.accounts[one], pairs.accounts[other]) for one, other in zip(pairs.ones, pairs.others, strict=True)], np.float64
    )


@pair_by_pair
def likeness(one: Account, other: Account) -> float:
    """A score for tests: what two accounts share, less what they do not; many pairs score alike."""
    if one.report == other.report:
        return -30.0
    same = [
        one.type == other.type,
        bool(one.initiators & other.initiators),
        one.killed == other.killed,
        bool(one.telling.names & other.telling.names),
    ]
    return float(sum(same) * 2 - len(same)) + (0.5 if one.first_day == other.first_day else 0.0)
