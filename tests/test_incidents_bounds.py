"""Bounds: who is left unread because of them could never have been one event."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thucydides.incidents import evidence
from thucydides.incidents.accounts import Account, Sketch, Spot
from thucydides.incidents.bounds import FAR_DAYS, LATE_DAYS, NEVER_KM, meeting
from thucydides.incidents.rows import beside
from thucydides.incidents.terms import NOTHING
from thucydides.places.geometry import distance_km

DAYS = st.none() | st.integers(735_000, 735_200)


def sketch(report: str) -> Sketch:
    return Sketch(report, "sana", None, NOTHING, NOTHING, frozenset())


def spot(lat: float | None, lon: float | None, radius_km: float = 3.0, *, sure: bool = True) -> Spot:
    return Spot("x", None, lat, lon, radius_km, "SY", "1", sure)


@st.composite
def spots(draw: st.DrawFn) -> Spot:
    if draw(st.integers(0, 9)) == 0:
        return spot(None, None)
    near, far = st.floats(-4, 4), st.sampled_from([(34.0, 37.0), (0.0, 179.0), (0.0, -179.0), (88.5, 10.0), (-60.0, 0.0)])
    lat, lon = draw(far)
    return spot(
        max(-90.0, min(90.0, lat + draw(near))),
        (lon + draw(near) + 540) % 360 - 180,
        draw(st.sampled_from([0.0, 3.0, 60.0, 400.0])),
        sure=draw(st.integers(0, 5)) > 0,
    )


@st.composite
def told(draw: st.DrawFn, report: str) -> Account:
    return Account(
        report,
        sketch(report),
        first_day=draw(DAYS),
        last_day=draw(DAYS),
        sure_day=draw(st.booleans()),
        spots=tuple(draw(st.lists(spots(), max_size=3))),
    )


def days_between(one: Account, other: Account) -> int:
    (first, last), (its_first, its_last) = (
        (its.first_day, its.first_day if its.last_day is None else its.last_day) for its in (one, other)
    )
    assert first is not None and last is not None and its_first is not None and its_last is not None
    return max(first - its_last, its_first - last)


def km_between(one: Account, other: Account) -> float:
    """Between the nearest places, beyond their radii."""
    return min(
        distance_km((a.lat, a.lon), (b.lat, b.lon)) - a.radius_km - b.radius_km
        for a in one.spots
        for b in other.spots
        if a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
    )


@given(told("one"), told("other"))
def test_what_does_not_meet_is_never_one_event(one: Account, other: Account) -> None:
    assert one.bounds.meet(other.bounds) == other.bounds.meet(one.bounds)
    both = meeting(one.bounds, np.array([other.bounds, other.bounds]), np.array([True, False]))
    assert both.tolist() == [one.bounds.meet(other.bounds, alike=alike) for alike in (True, False)]
    if not one.bounds.meet(other.bounds, alike=True):
        assert evidence.never(beside([one], [other]))[0]
    elif not one.bounds.meet(other.bounds):
        late = days_between(one, other) > LATE_DAYS
        assert late or (days_between(one, other) > FAR_DAYS and km_between(one, other) > NEVER_KM)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({"first_day": 100, "sure_day": True}, {"first_day": 160, "sure_day": True}, True),  # as far apart as may be
        ({"first_day": 100, "sure_day": True}, {"first_day": 161, "sure_day": True}, False),
        ({"first_day": 100, "sure_day": True}, {"first_day": 161}, True),  # a guessed day
        ({"first_day": 100, "last_day": 120, "sure_day": True}, {"first_day": 180, "sure_day": True}, True),
        ({"spots": (spot(34.0, 37.0),)}, {"spots": (spot(35.0, 37.0),)}, True),
        ({"spots": (spot(34.0, 37.0),)}, {"spots": (spot(36.0, 37.0),)}, False),
        ({"spots": (spot(34.0, 37.0),)}, {"spots": (spot(36.0, 37.0, 100.0),)}, True),  # a wide place reaches it
        ({"spots": (spot(34.0, 37.0),)}, {"spots": (spot(36.0, 37.0, sure=False),)}, True),  # perhaps elsewhere
        ({"spots": (spot(0.0, 179.9),)}, {"spots": (spot(0.0, -179.9),)}, True),  # across the date line
        ({"spots": (spot(34.0, 37.0),)}, {}, True),
        ({"first_day": 100, "spots": (spot(34.0, 37.0),)}, {"first_day": 130, "spots": (spot(36.0, 37.0, sure=False),)}, True),
        ({"first_day": 100, "spots": (spot(34.0, 37.0),)}, {"first_day": 131, "spots": (spot(36.0, 37.0, sure=False),)}, False),  # both
    ],
)
def test_where_days_and_places_are_told_beyond_doubt_what_is_too_far_does_not_meet(
    one: dict[str, object], other: dict[str, object], meet: bool
) -> None:
    accounts = [Account(name, sketch(name), **told) for name, told in (("one", one), ("other", other))]  # type: ignore[arg-type]
    assert accounts[0].bounds.meet(accounts[1].bounds) is meet
