"""The server over archives made for tests."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from thucydides.archive.archive import Archive
from thucydides.chronicle import chronicle, weigh
from thucydides.claims import Coder
from thucydides.desk.api.app import create_app
from thucydides.desk.api.serving import Serving
from thucydides.desk.settings import Settings
from thucydides.errors import ThucydidesError
from thucydides.incidents import Weigher
from thucydides.reports import Raw

HERE = "http://127.0.0.1"


def settings_in(folder: Path, **environ: str) -> Settings:
    """Settings whose data folder is a test's own."""
    return Settings.read({"THUCYDIDES_DATA": str(folder), **environ})


@contextmanager
def served(settings: Settings, serving: Serving | None = None, *, base_url: str = HERE) -> Iterator[TestClient]:
    """The server over an archive, and who asks it: once it is ready, or has found out that it cannot be."""
    app = create_app(settings, serving)
    with TestClient(app, base_url=base_url, raise_server_exceptions=False) as client:
        with suppress(ThucydidesError):
            app.state.room.shown.columns  # noqa: B018 - waited for
        yield client


def make_archive(file: Path, raws: Iterable[Raw], coder: Coder) -> None:
    """An archive in which reports were read and weighed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with Archive.open(file) as archive:
        for _ in chronicle(raws, coder, archive):
            pass
        for _ in weigh(archive, Weigher.load()):
            pass


def get(client: TestClient, path: str, **query: Any) -> Any:
    """The JSON of an answer that must be good."""
    answer = client.get(path, params={key.rstrip("_"): value for key, value in query.items()})
    assert answer.status_code == 200, (path, query, answer.text[:300])
    return answer.json()


def finished(client: TestClient, job: Mapping[str, Any]) -> dict[str, Any]:
    """A job once it has ended."""
    import time

    for _ in range(600):
        told: dict[str, Any] = get(client, f"/api/jobs/{job['id']}")
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.05)
    raise AssertionError(f"job {job['id']} does not end: {told}")


# ── vector tiles ─────────────────────────────────────────────────────────────────────────────────


def layers_of(tile: bytes) -> dict[str, list[tuple[int, list[int], dict[str, Any]]]]:
    """The features of a vector tile by layer: kind, commands and properties."""
    found = {}
    for number, layer in _fields(tile):
        assert number == 3
        parts: dict[int, list[Any]] = {}
        for field, value in _fields(layer):
            parts.setdefault(field, []).append(value)
        keys = [key.decode() for key in parts.get(3, [])]
        values = [_value(value) for value in parts.get(4, [])]
        features = []
        for feature in parts[2]:
            told = dict(_fields(feature))
            tags = list(_varints(told.get(2, b"")))
            properties = {keys[tags[n]]: values[tags[n + 1]] for n in range(0, len(tags), 2)}
            features.append((told[3], list(_varints(told[4])), properties))
        found[parts[1][0].decode()] = features
    return found


def _varints(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 1:
            yield key >> 3, data[at : at + 8]
            at += 8
        else:
            length = varint()
            yield key >> 3, data[at : at + length]
            at += length


def _value(data: bytes) -> Any:
    number, value = next(_fields(data))
    if number == 1:
        return value.decode()
    if number == 3:
        return struct.unpack("<d", value)[0]
    if number == 6:
        return value >> 1 ^ -(value & 1)
    return bool(value)
