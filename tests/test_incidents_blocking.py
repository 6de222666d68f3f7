"""Blocking: who is compared with whom does not depend on who asks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thucydides.incidents import blocking
from thucydides.incidents.accounts import Account, Sketch, Spot
from thucydides.incidents.terms import NOTHING
from thucydides.places.geometry import distance_km

SKETCH = Sketch("r", "sana", None, NOTHING, NOTHING, frozenset())
OFF = st.floats(-1.5, 1.5)


def at(lat: float, lon: float, radius_km: float = 2.0, admin1: str = "1") -> Account:
    return Account("c", SKETCH, spots=(Spot("x", None, lat, lon, radius_km, "SY", admin1),))


def asks(one: Account, other: Account) -> bool:
    return bool(blocking.places_asked(one) & blocking.place_keys(other))


@given(st.floats(-80, 80), st.floats(-170, 170), OFF, OFF, st.sampled_from([2.0, 60.0]), st.sampled_from(["1", "2"]))
def test_a_neighbourhood_is_mutual_and_leaves_out_nobody_near(
    lat: float, lon: float, north: float, east: float, radius_km: float, admin1: str
) -> None:
    one, other = at(lat, lon), at(lat + north, lon + east, radius_km, admin1)
    assert asks(one, other) == asks(other, one)
    if radius_km < blocking.NEAR_KM and distance_km((lat, lon), (lat + north, lon + east)) < 38:
        assert asks(one, other)
