"""Outlets, the search, and how it is all done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from thucydides.desk.api.answers import answer
from thucydides.desk.api.method import method
from thucydides.desk.api.routes.asking import FAULTS, InRoom
from thucydides.desk.api.searching import hits, suggestions
from thucydides.desk.api.shapes import Hit, Method, SourceLine, Suggestion

router = APIRouter(prefix="/api", responses=FAULTS)
Words = Annotated[str, Query(description="Words; in quotation marks they stand together, bomb* begins a word.", max_length=300)]
Name = Annotated[str, Query(description="Letters of an outlet's name.", max_length=300)]
Few = Annotated[int, Query(description="At most so many.", ge=1, le=100)]


def named(lines: list[SourceLine], q: str) -> list[SourceLine]:
    """The outlets whose names hold these letters, in any case."""
    return [line for line in lines if q.lower() in line.source.name.lower()]


@router.get("/sources", response_model=list[SourceLine], tags=["sources"])
def sources(room: InRoom, q: Name = "") -> Response:
    """Every outlet: how often it is first, copied and contradicted, whom its words and figures favour. Counts, no scores."""
    return answer(named(room.sources.value(), q), list[SourceLine])


@router.get("/search", response_model=list[Hit], tags=["search"])
def search(room: InRoom, q: Words = "", limit: Few = 20) -> Response:
    """Reports in which all words occur, the best first."""
    return answer(hits(room.archive, q, limit, room.told_until), list[Hit])


@router.get("/suggest", response_model=list[Suggestion], tags=["search"])
def suggest(room: InRoom, q: Words = "", limit: Few = 12) -> Response:
    """What the beginning of a name may mean: actors, places, arms, types, outlets."""
    return answer(suggestions(room, q, limit), list[Suggestion])


@router.get("/method", response_model=Method, tags=["method"])
def how(room: InRoom) -> Response:
    """The codebook, the rules of grades, and the documents on method and measured quality."""
    return answer(method(room.archive.glance.coder(), room.settings.grades), Method)
