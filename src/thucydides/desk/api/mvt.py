"""Points as Mapbox vector tiles, version 2.1: https://github.com/mapbox/vector-tile-spec. Protocol buffers are written by hand."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

EXTENT = 4096
Value = str | int | float | bool


def tile(layers: Mapping[str, Sequence[tuple[int, int, Mapping[str, Value | None]]]]) -> bytes:
    """A tile of layers by name, each with points: x and y in units of the tile (0 to ``EXTENT``) and properties; ``None`` is left out."""
    return b"".join(_field(3, _layer(name, points)) for name, points in layers.items() if points)


def _layer(name: str, points: Sequence[tuple[int, int, Mapping[str, Value | None]]]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    features = []
    for x, y, properties in points:
        tags = []
        for key, value in properties.items():
            if value is not None:
                tags.append(keys.setdefault(key, len(keys)))
                tags.append(values.setdefault((type(value), value), len(values)))
        geometry = (9, _zigzag(x), _zigzag(y))  # one MoveTo
        features.append(_field(2, _packed(2, tags) + b"\x18\x01" + _packed(4, geometry)))
    head = _field(15, None, 2) + _field(1, name.encode())
    told = b"".join(_field(3, key.encode()) for key in keys) + b"".join(_field(4, _value(value)) for _, value in values)
    return head + b"".join(features) + told + _field(5, None, EXTENT)


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
