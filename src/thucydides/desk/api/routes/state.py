"""What the archive holds and what this server may do."""

from __future__ import annotations

from fastapi import APIRouter, Response

from thucydides import __version__
from thucydides.desk.api.answers import answer
from thucydides.desk.api.ground import CREDIT, VIEWS
from thucydides.desk.api.routes.asking import FAULTS, InRoom
from thucydides.desk.api.shapes import BaseMap, State

router = APIRouter(prefix="/api", tags=["state"], responses=FAULTS)


@router.get("/state", response_model=State)
def state(room: InRoom) -> Response:
    """What the archive holds, and what this server may do."""
    shown = room.shown
    size = room.told_size
    told = State(
        version=__version__,
        archive=room.address,
        reports=size.reports,
        claims=size.claims,
        incidents=size.incidents,
        unweighed=size.unweighed,
        aside=len(room.aside()),
        first_day=size.first_day,
        last_day=size.last_day,
        sample=shown.sample,
        may_fetch=room.serving.may_fetch,
        may_write=True,
        delay_days=room.settings.delay_days,
        base_map=BaseMap(borders=room.settings.borders, views=VIEWS, credit=CREDIT, own=room.settings.base_map),
        changed=room.changed(),
    )
    return answer(told, State)
