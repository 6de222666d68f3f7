"""Actors, places and arms."""

from __future__ import annotations

from fastapi import APIRouter, Response

from thucydides.desk.api.answers import answer
from thucydides.desk.api.profiles import actor_profile, arm_profile, place_profile
from thucydides.desk.api.routes.asking import FAULTS, InRoom
from thucydides.desk.api.shapes import Profile

router = APIRouter(prefix="/api", tags=["profiles"], responses=FAULTS)


@router.get("/actors/{id:anything}", response_model=Profile)
def actor(room: InRoom, id: str) -> Response:
    """An actor of the roster, or a name that reports give, with all that belongs to it."""
    return answer(actor_profile(room, id), Profile)


@router.get("/places/{id:anything}", response_model=Profile)
def place(room: InRoom, id: str) -> Response:
    """A place: who fights there, with what, and who held it when."""
    return answer(place_profile(room, id), Profile)


@router.get("/arms/{id:anything}", response_model=Profile)
def arm(room: InRoom, id: str) -> Response:
    """An arm: who uses it where, and who is said to have it."""
    return answer(arm_profile(room, id), Profile)
