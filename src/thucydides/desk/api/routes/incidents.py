"""Incidents: lists, one of them, counts over time and by field, and the map's tiles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import RedirectResponse

from thucydides.desk.api.answers import answer
from thucydides.desk.api.facets import facets
from thucydides.desk.api.histogram import histogram
from thucydides.desk.api.incident_pages import incident_page
from thucydides.desk.api.routes.asking import FAULTS, After, Incidents, InRoom, Limit
from thucydides.desk.api.shapes import Facets, Histogram, IncidentLine, IncidentView, Page
from thucydides.desk.api.tiles import DEEPEST, incident_tile
from thucydides.errors import BadSetting

router = APIRouter(prefix="/api", tags=["incidents"], responses=FAULTS)
Order = Annotated[str, Query(description="day, -day, killed or witnesses.")]


@router.get("/incidents", response_model=Page[IncidentLine])
def incidents(room: InRoom, asked: Incidents, order: Order = "-day", limit: Limit = 50, after: After = None) -> Response:
    """The incidents asked for, page by page."""
    return answer(incident_page(room, asked, order, limit, after), Page[IncidentLine])


@router.get("/incidents/{id}", response_model=IncidentView, responses={308: {"description": "It was merged into another."}})
def incident(room: InRoom, id: str) -> Response:
    """An incident with every voice that tells it, what is disputed, and how it came to be."""
    found = room.incident(id)
    if found.id != id:
        return RedirectResponse(f"/api/incidents/{found.id}", 308)
    return answer(room.incident_view(found), IncidentView)


@router.get("/histogram", response_model=Histogram)
def over_time(room: InRoom, asked: Incidents, core: bool = False) -> Response:
    """The incidents asked for, over time; with `core` without the few that lie far before or after all others."""
    masks = room.masks
    return answer(histogram(masks.columns, masks.of(asked), asked.since, asked.until, core=core), Histogram)


@router.get("/facets", response_model=Facets)
def by_field(room: InRoom, asked: Incidents) -> Response:
    """For every field the commonest answers, with counts."""
    return answer(facets(room.masks, asked), Facets)


@router.get("/tiles/{z}/{x}/{y}.mvt", response_class=Response, responses={200: {"content": {"application/vnd.mapbox-vector-tile": {}}}})
def map_tile(room: InRoom, asked: Incidents, z: Annotated[int, Path(ge=0, le=DEEPEST)], x: int, y: int) -> Response:
    """A vector tile with the layers `clusters` and `incidents`."""
    if not (0 <= x < 2**z and 0 <= y < 2**z):
        raise BadSetting(f"there is no tile {x}, {y} at zoom {z}", remedy=f"Both go from 0 to {2**z - 1}.")
    masks = room.masks
    return Response(incident_tile(masks.columns, masks.of(asked), z, x, y), media_type="application/vnd.mapbox-vector-tile")
