"""The public, flat JSON of claims and reports: what ``thuc read --json`` prints and every export is made from.

Keys are always all there, whatever the kind of claim; ``None`` and empty lists mean *not known* or *does not apply*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thucydides.record import Arming, Claim, Event, Hold, Party, Passage, Plan, Report, Tally, Toll, Use, When, Where

Flat = dict[str, object]


def flatten(claim: Claim, report: Report) -> Flat:
    """A claim as one flat JSON object.

    A plan's inner event is told in the same fields; its type stands in ``planned_type`` and ``type`` is ``None``, as it is for every
    claim that is no event. Evidence of the claim itself comes first, evidence of single fields after it.
    """
    says = claim.says
    event = says.event if isinstance(says, Plan) else says
    stated = [passage for passage in claim.evidence if passage.field == "claim"]
    evidence = stated + [passage for passage in claim.evidence if passage.field != "claim"]
    parties = event.parties
    arms: Sequence[Use] = event.arms if isinstance(event, Event | Arming) else ()
    casualties = event if isinstance(event, Event | Tally) else None
    return {
        "id": claim.id,
        "report": report.id,
        "kind": str(claim.kind),
        "type": says.type if isinstance(says, Event) else None,
        "planned_type": says.event.type if isinstance(says, Plan) else None,
        "mode": says.mode if isinstance(says, Plan) else None,
        "quote": evidence[0].words if evidence else None,
        "also": [passage.words for passage in stated[1:]],
        "initiators": _names(parties, "initiator"),
        "targets": _names(parties, "target"),
        "supporters": _names(parties, "supporter"),
        "parties": [{"role": p.role, "name": p.name, "actor": p.actor, "kind": p.kind, "names": list(p.names)} for p in parties],
        "places": [_place(where) for where in event.where],
        "date": _date(event.when),
        "killed": _toll(casualties.killed) if casualties else None,
        "wounded": _toll(casualties.wounded) if casualties else None,
        "captured": _toll(casualties.captured) if casualties else None,
        "displaced": _toll(event.displaced) if isinstance(event, Tally) else None,
        "weapons": [arm.name for arm in arms],
        "arms": [{"name": arm.name, "arm": arm.arm, "kind": arm.kind} for arm in arms],
        "damage": list(event.damage) if isinstance(event, Event) else [],
        "outcome": event.outcome if isinstance(event, Event) else None,
        "status": event.status if isinstance(event, Hold) else None,
        "share": event.share if isinstance(event, Hold) else None,
        "way": event.way if isinstance(event, Arming) else None,
        "factuality": str(claim.factuality),
        "attributed_to": claim.said_by[0] if claim.said_by else None,
        "said_by": list(claim.said_by),
        "said_on": _date(claim.said_on),
        "loaded": list(claim.loaded),
        "wording": [{"words": w.words, "sway": w.sway, "party": w.party} for w in claim.wording],
        "notes": list(claim.notes),
        "confidence": claim.confidence,
        "certainty": dict(claim.certainty),
        "by": claim.by,
        "evidence": [_passage(passage) for passage in evidence],
    }


def flatten_report(report: Report, *, text: bool = True) -> Flat:
    """A report as one flat JSON object, with its text unless ``text`` is false.

    It has the fields of a report given as JSON, so what comes out can be read in again under the same id.
    """
    source = report.source
    flat: Flat = {
        "id": report.id,
        "title": report.title,
        "source": source.name,
        "source_id": source.id,
        "source_kind": source.kind,
        "source_country": source.country,
        "stands_with": list(source.stands_with),
        "url": report.url,
        "byline": report.byline,
        "published": report.published.isoformat() if report.published else None,
        "published_basis": report.published_basis,
        "dateline_place": report.dateline_place,
        "language": report.language,
        "retrieved": report.retrieved.isoformat() if report.retrieved else None,
        "topics": list(report.topics),
        "copied_from": list(report.copied_from),
        "raw_hash": report.raw_hash,
        "notes": list(report.notes),
        "sections": [{"start": section.start, "end": section.end, "kind": section.kind} for section in report.sections],
    }
    if text:
        flat["text"] = report.text
    return flat


def flatten_reading(report: Report, claims: Iterable[Claim], *, text: bool = True) -> Flat:
    """A report and its claims as ``thuc read --json`` prints them: ``{"id", "report", "claims"}``."""
    return {"id": report.id, "report": flatten_report(report, text=text), "claims": [flatten(claim, report) for claim in claims]}


def _names(parties: Iterable[Party], role: str) -> list[list[str]]:
    """The names of each party of a role: as told first, then the roster's, each once."""
    return [list(dict.fromkeys((party.name, *party.names))) for party in parties if party.role == role]


def _place(where: Where) -> Flat:
    return {
        "name": where.name,
        "relation": where.relation,
        "lat": where.lat,
        "lon": where.lon,
        "radius_km": where.radius_km,
        "aliases": list(where.aliases),
        "country": where.country,
        "admin1": where.admin1,
        "precision": where.precision,
        "rule": where.rule,
        "place": where.place,
    }


def _date(when: When | None) -> Flat | None:
    if when is None:
        return None
    return {
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "basis": str(when.basis),
        "words": when.words,
        "time_of_day": when.time_of_day,
        "precision": when.precision,
    }


def _toll(toll: Toll | None) -> Flat | None:
    if toll is None:
        return None
    return {"low": toll.low, "high": toll.high, "best": toll.best, "who": toll.who, "words": toll.words}


def _passage(passage: Passage) -> Flat:
    return {"field": passage.field, "start": passage.start, "end": passage.end, "text": passage.words}
