"""What every route is handed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.convertors import Convertor, register_url_convertor

from thucydides.desk.api.asked import Asked, incidents_asked
from thucydides.desk.api.room import Room
from thucydides.desk.api.shapes import Fault


class _Anything(Convertor[str]):
    """An id as others made it: with slashes, line breaks and whatever else."""

    regex = r"[\s\S]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("anything", _Anything())

FAULTS: dict[int | str, dict[str, Any]] = {
    404: {"model": Fault, "description": "Nothing of that id is kept."},
    422: {"model": Fault, "description": "It was asked in a way that makes no sense."},
    503: {"model": Fault, "description": "The archive cannot be used just now."},
}
"""What may be wrong with a request for a view."""


def room_of(request: Request) -> Room:
    """The room of the server."""
    room: Room = request.app.state.room
    return room


InRoom = Annotated[Room, Depends(room_of)]
Incidents = Annotated[Asked, Depends(incidents_asked)]
Limit = Annotated[int, Query(description="How many on a page.", ge=1, le=500)]
After = Annotated[str | None, Query(description="What the page before told as `next`.", max_length=400)]
