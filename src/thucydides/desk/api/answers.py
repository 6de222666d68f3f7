"""Answers: JSON of the record's nouns, and what is told where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi import Response
from pydantic import TypeAdapter
from pydantic_core import to_json

from thucydides.desk.api.shapes import Fault
from thucydides.errors import ArchiveError, BadSetting, NewerArchive, NotKept, ThucydidesError, UnknownFormat, UnreadableReport

STATUS: Mapping[type[ThucydidesError], int] = {
    NotKept: 404,
    BadSetting: 422,
    UnknownFormat: 404,
    UnreadableReport: 422,
    ArchiveError: 503,
}
"""The status that tells an error; the first that fits counts."""


@cache
def adapter(shape: Any) -> TypeAdapter[Any]:
    """What writes a shape as JSON."""
    return TypeAdapter(shape)


def json_of(told: Any, shape: Any) -> bytes:
    """A value of a shape as JSON. Half characters, which no JSON may hold, are replaced."""
    try:
        return adapter(shape).dump_json(told)
    except ValueError:
        return to_json(_whole(adapter(shape).dump_python(told)))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(one) for one in value]
    return value


def answer(told: Any, shape: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer of a shape. It is written here, not checked again: what is told comes out of the archive, which checked it."""
    return Response(json_of(told, shape), status, headers=dict(headers or {}), media_type="application/json")


def status_of(error: ThucydidesError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def fault(error: ThucydidesError) -> Response:
    """What is wrong and what to do, as JSON."""
    version = error.written_by if isinstance(error, NewerArchive) else None
    return answer(Fault(error=error.what, remedy=error.remedy, schema_version=version), Fault, status_of(error))
