"""Tracing a long war: 20,000 claims on 1,000 places well within the processor time that 100,000 may take, and one more at once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from time import process_time

from control_made import ACTORS, CLASH, LEAVES, PLACES, REGAINS, TAKES, told
from thucydides.control import Tracer
from thucydides.record import Claim, Event, Report, Where

CLAIMS, TOWNS = 20_000, 1_000
SECONDS, MORE_SECONDS = 12.0, 0.2


def _war(dice: random.Random) -> list[tuple[Claim, Report]]:
    towns = [
        Where(name=f"Town {n}", place=f"t:{n}", lat=33 + n % 40 / 10, lon=36 + n % 60 / 10, radius_km=2, country="SY", precision="place")
        for n in range(TOWNS)
    ]
    actors = sorted(ACTORS)
    made = []
    for number in range(CLAIMS):
        by, against = dice.sample(actors, 2)
        day = date(2014, 1, 1) + timedelta(days=dice.randrange(1500))
        claim, report = told(
            f"c{number}", "Palmyra", dice.choice((TAKES, REGAINS, LEAVES, CLASH)), by, day, against=against, published=day
        )
        assert isinstance(claim.says, Event)
        made.append((replace(claim, says=replace(claim.says, where=(dice.choice(towns),))), report))
    return made


def test_a_long_war_is_traced_in_time() -> None:
    made = _war(random.Random(1))
    tracer = Tracer()
    start = process_time()
    for claim, report in made:
        tracer.add(claim, report)
    chart = tracer.chart()
    traced = process_time()
    assert len(chart) == TOWNS
    assert traced - start < SECONDS
    tracer.add(*told("one more", "Raqqa", TAKES, "isis", date(2016, 5, 1)))
    assert PLACES["Raqqa"].place in tracer.chart().timelines
    assert process_time() - traced < MORE_SECONDS
