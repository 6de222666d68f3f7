"""Sketches and accounts made small, and back, exactly. What is computed again at will need not be read by people, only quickly.

Terms are numbers of 32 bits and stand one after the other, lowest byte first. What else an account tells is a line of JSON in ASCII.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from struct import Struct, pack, unpack_from

from thucydides.incidents.accounts import Account, Sketch, Spot
from thucydides.incidents.terms import NOTHING, Terms

_HEAD = Struct("<i9I")  # day published, lengths of the two names in bytes, of the seven sets in terms
_THREE = Struct("<3I")
_KEY_BYTES = 8


def pack_sketch(sketch: Sketch) -> bytes:
    """A sketch as bytes."""
    sets = (*_sets(sketch.terms), *_sets(sketch.head), sketch.full_names)
    names = [name.encode("utf-8", "surrogatepass") for name in (sketch.report, sketch.source)]
    return b"".join((_HEAD.pack(sketch.published or 0, *map(len, names), *map(len, sets)), *names, *map(_numbers, sets)))


def unpack_sketch(packed: bytes) -> Sketch:
    """The sketch that :func:`pack_sketch` packed."""
    published, report, source, *lengths = _HEAD.unpack_from(packed)
    at = _HEAD.size
    named = [packed[at : at + report], packed[at + report : at + report + source]]
    sets = _taken(packed, at + report + source, lengths)
    return Sketch(
        report=named[0].decode("utf-8", "surrogatepass"),
        source=named[1].decode("utf-8", "surrogatepass"),
        published=published or None,
        terms=Terms(next(sets), next(sets), next(sets)),
        head=Terms(next(sets), next(sets), next(sets)),
        full_names=next(sets),
    )


def pack_account(account: Account) -> tuple[str, bytes]:
    """An account without its claim's id and its sketch: what it tells as JSON, and the terms of its sentences."""
    told = (
        account.type,
        account.denied,
        account.first_day,
        account.last_day,
        account.sure_day,
        [(s.name, s.place, s.lat, s.lon, s.radius_km, s.country, s.admin1, s.sure) for s in account.spots],
        sorted(account.initiators),
        sorted(account.targets),
        account.killed,
        account.wounded,
        sorted(account.arms),
        account.among,
    )
    sets = _sets(account.telling)
    telling = b"".join((_THREE.pack(*map(len, sets)), *map(_numbers, sets))) if any(sets) else b""
    return json.dumps(told, separators=(",", ":")), telling


def unpack_account(claim: str, sketch: Sketch, told: str, telling: bytes) -> Account:
    """The account that :func:`pack_account` packed."""
    type_, denied, first, last, sure, spots, initiators, targets, killed, wounded, arms, among = json.loads(told)
    terms = Terms(*_taken(telling, _THREE.size, _THREE.unpack_from(telling))) if telling else NOTHING
    return Account(
        claim,
        sketch,
        type_,
        denied,
        first,
        last,
        sure,
        tuple([Spot(*spot) for spot in spots]),
        frozenset(initiators),
        frozenset(targets),
        tuple(killed) if killed else None,
        tuple(wounded) if wounded else None,
        frozenset(arms),
        terms,
        among,
    )


def pack_keys(keys: Collection[int]) -> bytes:
    """Keys of up to 64 bits as bytes, so that what stands under them can be taken from under them again."""
    return pack(f"<{len(keys)}q", *sorted(keys))


def unpack_keys(packed: bytes) -> tuple[int, ...]:
    """The keys that :func:`pack_keys` packed."""
    return unpack_from(f"<{len(packed) // _KEY_BYTES}q", packed)


def signed(key: int) -> int:
    """A key of 64 bits as databases hold it."""
    return key - (1 << 64) if key >= 1 << 63 else key


def _sets(terms: Terms) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    return terms.names, terms.words, terms.figures


def _numbers(terms: frozenset[int]) -> bytes:
    return pack(f"<{len(terms)}I", *sorted(terms))


def _taken(packed: bytes, at: int, lengths: Collection[int]) -> Iterator[frozenset[int]]:
    numbers = unpack_from(f"<{sum(lengths)}I", packed, at)
    first = 0
    for length in lengths:
        yield frozenset(numbers[first : first + length])
        first += length
