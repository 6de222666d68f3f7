"""Reports, claims, judgements and incidents as JSON and back, exactly.

The five shapes of what a claim says share field names, so the JSON names the shape (``"shape": "Hold"``) instead of leaving a
reader to guess it. pydantic checks everything that comes back.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from thucydides.errors import ArchiveError
from thucydides.record import Arming, Claim, Event, Hold, Incident, Judgement, Plan, Report, Tally

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SHAPES: dict[str, type[Event | Hold | Tally | Arming | Plan]] = {shape.__name__: shape for shape in (Event, Hold, Tally, Arming, Plan)}
_LONG = ("text", "reading", "sections")


def claim_to_json(claim: Claim) -> str:
    """A claim as one line of JSON."""
    told: dict[str, Any] = _adapter("Claim").dump_python(claim, mode="json", warnings="error")
    told["says"] = {"shape": type(claim.says).__name__, **told["says"]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def claim_from_json(line: str) -> Claim:
    """The claim that :func:`claim_to_json` wrote."""
    from pydantic import ValidationError

    try:
        told = json.loads(line)
        said = told["says"]
        told["says"] = _adapter(said.pop("shape")).validate_python(said)
        claim: Claim = _adapter("Claim").validate_python(told)
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        raise ArchiveError(f"a claim in the archive cannot be read: {line[:120]!r}", remedy="Restore the archive from a copy.") from error
    return claim


def report_to_json(report: Report) -> tuple[str, str]:
    """A report's metadata and its sections as JSON; the texts are kept beside them."""
    told: dict[str, Any] = _adapter("Report").dump_python(report, mode="json", warnings="error")
    sections = [[section["start"], section["end"], section["kind"]] for section in told["sections"]]
    rest = {name: value for name, value in told.items() if name not in _LONG}
    return (
        json.dumps(rest, ensure_ascii=False, separators=(",", ":")),
        json.dumps(sections, ensure_ascii=False, separators=(",", ":")),
    )


def report_from_json(rest: str, sections: str, text: str, reading: str) -> Report:
    """The report of which :func:`report_to_json` wrote the metadata."""
    from pydantic import ValidationError

    try:
        told = json.loads(rest)
        told["sections"] = [{"start": start, "end": end, "kind": kind} for start, end, kind in json.loads(sections)]
        report: Report = _adapter("Report").validate_python({**told, "text": text, "reading": reading})
    except (ValueError, TypeError, ValidationError) as error:
        raise ArchiveError(f"a report in the archive cannot be read: {rest[:120]!r}", remedy="Restore the archive from a copy.") from error
    return report


def incident_to_json(incident: Incident) -> str:
    """An incident as one line of JSON."""
    return _line(_adapter("Incident").dump_python(incident, mode="json", warnings="error"))


def incident_from_json(line: str) -> Incident:
    """The incident that :func:`incident_to_json` wrote."""
    incident: Incident = _read("Incident", line)
    return incident


def judgement_to_json(judgement: Judgement) -> str:
    """A judgement as one line of JSON."""
    return _line(_adapter("Judgement").dump_python(judgement, mode="json", warnings="error"))


def judgement_from_json(line: str) -> Judgement:
    """The judgement that :func:`judgement_to_json` wrote."""
    judgement: Judgement = _read("Judgement", line)
    return judgement


def _line(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _read(shape: str, line: str) -> Any:
    from pydantic import ValidationError

    try:
        return _adapter(shape).validate_python(json.loads(line))
    except (ValueError, TypeError, ValidationError) as error:
        what = f"{'an' if shape[0] in 'AEIO' else 'a'} {shape.lower()} in the archive cannot be read: {line[:120]!r}"
        raise ArchiveError(what, remedy="Restore the archive from a copy.") from error


@cache
def _adapter(shape: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter({"Claim": Claim, "Report": Report, "Incident": Incident, "Judgement": Judgement, **SHAPES}[shape])
