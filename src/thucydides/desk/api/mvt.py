"""Mapbox vector tiles, version 2.1: https://github.com/mapbox/vector-tile-spec. Protocol buffers are written by hand."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

EXTENT = 4096
Value = str | int | float | bool
Point = tuple[int, int]
Feature = tuple[int, Sequence[Sequence[Point]], Mapping[str, Value | None]]
"""A kind, its lines or rings (of points one each) in units of the tile, 0 to ``EXTENT``, and properties; ``None`` is left out."""

POINTS, LINES, AREAS = 1, 2, 3
_MOVE, _LINE, _CLOSE = 1, 2, 7


def tile(layers: Mapping[str, Sequence[Feature]]) -> bytes:
    """A tile of layers by name. Rings of areas go round clockwise as seen on the screen, holes the other way."""
    return b"".join(_field(3, _layer(name, features)) for name, features in layers.items() if features)


def _layer(name: str, features: Sequence[Feature]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    told = []
    for kind, parts, properties in features:
        tags = []
        for key, value in properties.items():
            if value is not None:
                tags.append(keys.setdefault(key, len(keys)))
                tags.append(values.setdefault((type(value), value), len(values)))
        told.append(_field(2, _packed(2, tags) + _field(3, None, kind) + _packed(4, _geometry(kind, parts))))
    names = b"".join(_field(3, key.encode()) for key in keys) + b"".join(_field(4, _value(value)) for _, value in values)
    return _field(15, None, 2) + _field(1, name.encode()) + b"".join(told) + names + _field(5, None, EXTENT)


def _geometry(kind: int, parts: Iterable[Sequence[Point]]) -> list[int]:
    """Commands that draw lines, rings or points, each point as a step from the one before."""
    drawn: list[int] = []
    x, y = 0, 0
    for part in parts:
        points = part[:-1] if kind == AREAS and part[0] == part[-1] else part
        for number, (across, down) in enumerate(points):
            if number == 0:
                drawn.append(_MOVE | 1 << 3)
            elif number == 1:
                drawn.append(_LINE | (len(points) - 1) << 3)
            drawn += (_zigzag(across - x), _zigzag(down - y))
            x, y = across, down
        if kind == AREAS:
            drawn.append(_CLOSE | 1 << 3)
    return drawn


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return _field(7, None, int(value))
    if isinstance(value, int):
        return _field(6, None, _zigzag(value))
    if isinstance(value, float):
        return b"\x19" + struct.pack("<d", value)
    return _field(1, value.encode("utf-8", "replace"))


def _packed(number: int, values: Sequence[int]) -> bytes:
    return _field(number, b"".join(_varint(value) for value in values))


def _field(number: int, content: bytes | None, value: int = 0) -> bytes:
    """A field of bytes, or of a number."""
    if content is None:
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _varint(value: int) -> bytes:
    if value < 0x80:
        return bytes((value,))
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
