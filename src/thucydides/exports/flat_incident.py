"""The public JSON of an incident: what ``thuc incidents --json`` prints."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from thucydides.exports.flat import Flat
from thucydides.record import Incident

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def flatten_incident(incident: Incident) -> Flat:
    """An incident as one JSON object: the held event's fields beside those of the incident, and the Admiralty code in one piece."""
    told: dict[str, Any] = _adapter().dump_python(incident, mode="json", warnings="error")
    event = told.pop("event")
    parties = event.pop("parties")
    sides = {f"{role}s": [party for party in parties if party["role"] == role] for role in ("initiator", "target", "supporter")}
    return {"id": told.pop("id"), **event, **sides, **told, "admiralty": incident.grade.admiralty}


@cache
def _adapter() -> TypeAdapter[Incident]:
    from pydantic import TypeAdapter

    return TypeAdapter(Incident)
