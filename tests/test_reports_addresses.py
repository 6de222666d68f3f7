"""The day of publication that an address tells."""

from __future__ import annotations

from datetime import date

import pytest

from thucydides.reports.dates import day_of_address

ADDRESSES = (
    ("https://a.example/2017/11/03/strike/", date(2017, 11, 3), "folders of year, month, day"),
    ("https://a.example/2017-11-3-strike", date(2017, 11, 3), "the same with dashes"),
    ("https://a.example/world/two-killed-2023-06-20/", date(2023, 6, 20), "a date at the end"),
    ("https://a.example/two-killed-2023-06-20-report", None, "a date within a title is of what happened, perhaps"),
    ("https://a.example/en/2021/24-november-three-killed", date(2021, 11, 24), "the month in words"),
    ("https://twitter.com/somebody/status/1488942310104891392", date(2022, 2, 2), "the id of a post counts time"),
    ("https://x.com/somebody/status/1488942310104891392?s=20", date(2022, 2, 2), "by its newer address"),
    ("https://twitter.com/somebody", None, "an account is no post"),
    ("https://a.example/en/237567/", None, "a serial number is no date"),
    ("https://a.example/2017/13/45/", None, "no such day"),
)


@pytest.mark.parametrize(("address", "day", "reason"), ADDRESSES, ids=[reason for _, _, reason in ADDRESSES])
def test_the_day_of_an_address(address: str, day: date | None, reason: str) -> None:
    assert day_of_address(address) == day, reason
