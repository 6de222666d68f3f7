"""The filter of incidents, as the query of an address tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from thucydides.archive.asked import GRADES
from thucydides.errors import BadSetting


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which incidents are asked for. All that is given must hold; of several values of one field any."""

    q: str | None = None
    type: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    role: str | None = None
    place: tuple[str, ...] = ()
    arm: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    disputed: bool = False
    since: date | None = None
    until: date | None = None
    undated: bool = False
    box: tuple[float, float, float, float] | None = None
    mapped: bool = False
    least: float | None = None

    def without(self, field: str) -> Asked:
        """The same but for one field."""
        nothing: dict[str, Any] = {field: ()}
        return replace(self, **nothing)


def incidents_asked(
    q: Annotated[str | None, Query(description="Words of the sentences that state it.", max_length=300)] = None,
    type: Annotated[list[str] | None, Query(description="Types of event, any of them.")] = None,
    country: Annotated[list[str] | None, Query(description="Countries, two letters.")] = None,
    actor: Annotated[list[str] | None, Query(description="Roster ids, with all that belongs to them, or words of a name.")] = None,
    role: Annotated[str | None, Query(description="With actor: initiator or target.")] = None,
    place: Annotated[list[str] | None, Query(description="Ids of places, or words of a name.")] = None,
    arm: Annotated[list[str] | None, Query(description="Roster ids of arms, or words of a name.")] = None,
    source: Annotated[list[str] | None, Query(description="Ids of outlets, or words of a name.")] = None,
    grade: Annotated[list[str] | None, Query(description=f"Any of {', '.join(GRADES)}.")] = None,
    disputed: Annotated[bool, Query(description="Only those in which accounts contradict each other.")] = False,
    from_: Annotated[date | None, Query(alias="from", description="First day.")] = None,
    to: Annotated[date | None, Query(description="Last day.")] = None,
    undated: Annotated[bool, Query(description="Only those without a day.")] = False,
    box: Annotated[str | None, Query(description="west,south,east,north in degrees; west > east spans the date line.")] = None,
    mapped: Annotated[bool, Query(description="Only those with a point.")] = False,
    least: Annotated[float | None, Query(description="Least confidence of a claim of it.", ge=0, le=1)] = None,
) -> Asked:
    """The filter of a request, its values checked."""
    if from_ and to and from_ > to:
        raise BadSetting(f"from {from_} is after to {to}", remedy="Exchange the two days.")
    if role not in (None, "", "initiator", "target"):
        raise BadSetting(f"{role!r} is no role", remedy="Give initiator or target.")
    unknown = [one for one in grade or () if one not in GRADES]
    if unknown:
        raise BadSetting(f"{unknown[0]!r} is no grade of an incident", remedy=f"Choose from {', '.join(GRADES)}.")
    return Asked(
        q=q.strip() or None if q else None, type=_some(type), country=tuple(code.upper() for code in _some(country)), actor=_some(actor),
        role=role or None, place=_some(place), arm=_some(arm), source=_some(source), grade=_some(grade), disputed=disputed, since=from_,
        until=to, undated=undated, box=box_of(box) if box else None, mapped=mapped, least=least,
    )  # fmt: skip


def _some(values: list[str] | None) -> tuple[str, ...]:
    return tuple(sorted({value.strip() for value in values or () if value.strip()}))


def box_of(words: str) -> tuple[float, float, float, float]:
    """The box that four numbers tell."""
    remedy = "Give west,south,east,north in degrees, such as 35,32,43,38."
    try:
        west, south, east, north = (float(one) for one in words.split(","))
    except ValueError as error:
        raise BadSetting(f"{words!r} is no box", remedy=remedy) from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadSetting(f"{words!r} is no box on the globe", remedy=remedy)
    return west, south, east, north
