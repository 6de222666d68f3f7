"""A claim that names several places is several rows of an event table: each with a number and its share of the dead."""

from __future__ import annotations

import hashlib


def row_number(claim: str, number: int) -> int:
    """A number of up to ten digits, the same for the same claim and place each time they are exported."""
    digest = hashlib.sha256(f"{claim}\0{number}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % 10**10


def share_of(total: int, number: int, places: int) -> int:
    """What of a total falls to one of several places: whole numbers, what remains going to the first."""
    return total // places + (1 if number < total % places else 0)
