"""Sketches and accounts made small, and back, exactly. What is computed again at will need not be read by people, only quickly.

Terms are numbers of 32 bits and stand one after the other, lowest byte first. What else an account tells is a line of JSON in ASCII.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from struct import Struct, pack, unpack_from
from typing import Any

import numpy as np

from thucydides.incidents.accounts import Account, Sketch, Spot
from thucydides.incidents.overlaps import Marks, marked_all
from thucydides.incidents.terms import NOTHING, TELLING_KINDS, Terms

_HEAD = Struct("<i9I")  # day published, lengths of the two names in bytes, of the seven sets in terms
_THREE = Struct("<3I")
_KEY_BYTES = 8
_SETS = 2 * TELLING_KINDS + 1  # of a sketch: those of the text, those of its head, full names


def pack_sketch(sketch: Sketch) -> bytes:
    """A sketch as bytes."""
    sets = (*_sets(sketch.terms), *_sets(sketch.head), sketch.full_names)
    names = [name.encode("utf-8", "surrogatepass") for name in (sketch.report, sketch.source)]
    return b"".join((_HEAD.pack(sketch.published or 0, *map(len, names), *map(len, sets)), *names, *map(_numbers, sets)))


def unpack_sketches(packed: Sequence[bytes]) -> list[Sketch]:
    """The sketches that :func:`pack_sketch` packed. Many are read sooner together than one by one."""
    heads = [_HEAD.unpack_from(one) for one in packed]
    bodies = [one[_HEAD.size + report + source :] for one, (_, report, source, *_) in zip(packed, heads, strict=True)]
    weighed = marked_all(np.frombuffer(b"".join(bodies), "<u4"), [n for _, _, _, *lengths in heads for n in lengths], _SETS)
    return [_sketch(one, head, marks, rarities) for one, head, (marks, rarities) in zip(packed, heads, weighed, strict=True)]


def _sketch(packed: bytes, head: Sequence[int], marks: Marks, rarities: tuple[int, ...]) -> Sketch:
    published, report, source, *lengths = head
    at = _HEAD.size
    names = [packed[at : at + report], packed[at + report : at + report + source]]
    return Sketch.marked(
        report=names[0].decode("utf-8", "surrogatepass"),
        source=names[1].decode("utf-8", "surrogatepass"),
        published=published or None,
        marks=marks,
        rarities=rarities[:TELLING_KINDS],
        full_names=lengths[-1],
    )


def pack_account(account: Account) -> tuple[str, bytes]:
    """An account without its claim's id and its sketch: what it tells as JSON, and the terms of its sentences."""
    told = [written(getattr(account, name)) for name, (written, _) in _TOLD.items()]
    sets = _sets(account.telling)
    telling = b"".join((_THREE.pack(*map(len, sets)), *map(_numbers, sets))) if any(sets) else b""
    return json.dumps(told, separators=(",", ":")), telling


def unpack_accounts(packed: Sequence[tuple[str, Sketch, str, bytes]]) -> list[Account]:
    """The accounts that :func:`pack_account` packed, each of a claim by its id and a sketch."""
    lengths = [n for _, _, _, telling in packed for n in (_THREE.unpack_from(telling) if telling else (0, 0, 0))]
    bodies = b"".join([telling[_THREE.size :] for _, _, _, telling in packed])
    weighed = marked_all(np.frombuffer(bodies, "<u4"), lengths, TELLING_KINDS)
    found = []
    told = json.loads(f"[{','.join([told for _, _, told, _ in packed])}]")  # all at once: each by itself takes twice the time
    for (claim, sketch, _, _), its, (marks, rarities) in zip(packed, told, weighed, strict=True):
        terms = Terms.marked(marks, rarities) if len(marks) else NOTHING
        values = [read(value) for read, value in zip(_READERS, its, strict=True)]
        account = Account.__new__(Account)  # its fields at once: setting each of a frozen one by itself takes most of the time
        vars(account).update(zip(_TOLD, values, strict=True), claim=claim, sketch=sketch, telling=terms)
        found.append(account)
    return found


def _as_it_is(value: Any) -> Any:
    return value


def _range(value: list[int] | None) -> tuple[int, ...] | None:
    return None if value is None else tuple(value)


_SPOT = tuple(field.name for field in fields(Spot))
_SHAPES: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    # as the field is declared: how it is written, and read again
    "tuple[Spot, ...]": (
        lambda spots: [[getattr(spot, name) for name in _SPOT] for spot in spots],
        lambda spots: tuple([Spot(*spot) for spot in spots]),
    ),
    "frozenset[str]": (sorted, frozenset),
    "tuple[int, int] | None": (_as_it_is, _range),
    **dict.fromkeys(("str | None", "int | None", "bool", "int", "float"), (_as_it_is, _as_it_is)),
}
_TOLD = {field.name: _SHAPES[str(field.type)] for field in fields(Account) if field.name not in ("claim", "sketch", "telling")}
_READERS = tuple(read for _, read in _TOLD.values())
FORM = " ".join((*_TOLD, "/", *_SPOT, "/", *(field.name for field in fields(Sketch))))
"""What is packed, in order. Accounts that were packed in another form cannot be read, but made anew."""


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
