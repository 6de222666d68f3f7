"""Who holds what, and since when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from thucydides.desk.api.answers import answer
from thucydides.desk.api.control_view import ControlAsked, Ledger
from thucydides.desk.api.routes.asking import FAULTS, InRoom
from thucydides.desk.api.shapes import ControlView, Move, Shares

router = APIRouter(prefix="/api", tags=["control"], responses=FAULTS)


def control_asked(
    by: Annotated[str, Query(description="actor or side: whom to show as holder.")] = "actor",
    place: Annotated[str | None, Query(description="Words of a place's name.")] = None,
    area: Annotated[str | None, Query(description="A country by its two letters, or a province, region or country by name.")] = None,
    actor: Annotated[str | None, Query(description="Roster id, with all that belongs to it, or words of a name.")] = None,
) -> ControlAsked:
    """Which states of control are asked for."""
    return ControlAsked(by=by or "actor", place=place, area=area, actor=actor)


Asked = Annotated[ControlAsked, Depends(control_asked)]
On = Annotated[date | None, Query(description="The day; else the last day told.")]
First = Annotated[date | None, Query(alias="from", description="First day.")]
Last = Annotated[date | None, Query(description="Last day.")]


@router.get("/control", response_model=ControlView)
def control(room: InRoom, asked: Asked, on: On = None) -> Response:
    """Who holds what on a day, by whose word, and who says otherwise."""
    return answer(Ledger(room, asked).view(on), ControlView)


@router.get("/control/changes", response_model=list[Move])
def changes(room: InRoom, asked: Asked, from_: First = None, to: Last = None) -> Response:
    """What changed between two days, both counted."""
    ledger = Ledger(room, asked)
    return answer(ledger.changes(from_ or date.min, to or max(ledger.last_day, from_ or date.min)), list[Move])


@router.get("/control/shares", response_model=Shares)
def shares(room: InRoom, asked: Asked, from_: First = None, to: Last = None) -> Response:
    """How many places each holder has, over time."""
    return answer(Ledger(room, asked).shares(from_, to), Shares)
