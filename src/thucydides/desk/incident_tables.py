"""Incidents for people: a list of them, and one of them with every witness beside the other and the words behind each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from thucydides.desk.console import table_of, words
from thucydides.desk.telling import arms, count, day, on_one_line, place, places, sides, some, voice, what
from thucydides.incidents import Testimony
from thucydides.incidents.losses import ALL
from thucydides.record import Incident, Losses

COLUMNS = 4  # witnesses beside each other; more go into further tables
LONGEST = 90  # characters of a quotation in a cell


def incidents_table(incidents: Iterable[Incident]) -> Table:
    """Incidents, one a row."""
    heads = ("id", "what", "who", "to whom", "where", "when", "killed, wounded", "grade", "witnesses", "in dispute")
    return table_of(heads, (_row(incident) for incident in incidents))


def _row(incident: Incident) -> tuple[str, ...]:
    event = incident.event
    return (
        incident.id,
        event.type or "Event",
        ", ".join(on_one_line(p.name) for p in event.parties if p.role == "initiator"),
        ", ".join(on_one_line(p.name) for p in event.parties if p.role == "target"),
        ", ".join(place(where) for where in event.where),
        day(event.when),
        "; ".join(loss_words(one) for one in incident.losses),
        f"{incident.grade.incident} {incident.grade.admiralty}",
        str(len(incident.witnesses)),
        ", ".join(dispute.field for dispute in incident.disputed),
    )


def timeline_lines(incidents: Iterable[Incident]) -> Iterator[Text]:
    """Incidents in short, one a line, by day."""
    for one in incidents:
        event = one.event
        who = ", ".join(on_one_line(p.name) for p in event.parties if p.role == "initiator")
        whom = ", ".join(on_one_line(p.name) for p in event.parties if p.role == "target")
        parts = [f"{who or '?'} → {whom or '?'}", ", ".join(place(where) for where in event.where), "; ".join(map(loss_words, one.losses))]
        line = words(f"{day(event.when) or 'no day':<24}", "magenta")
        line.append_text(words(f"{event.type or 'Event'}: ", "bold"))
        line.append_text(words("; ".join(part for part in parts if part)))
        line.append_text(words(f"  {one.grade.incident} {one.grade.admiralty}, {one.id}", "dim"))
        yield line


def loss_words(one: Losses) -> str:
    """A loss in few words: "17 killed (15 to 18)", "4 wounded, civilians"."""
    span = "" if one.low == one.high else f" ({one.low:,} to {one.high:,})"
    return f"{one.best:,}{'+' if one.open else ''} {one.status}{'' if one.whom == ALL else f', {one.whom}'}{span}"


def incident_shown(incident: Incident, testimonies: Sequence[Testimony], wholes: Sequence[str], console: Console) -> None:
    """Prints an incident: what is held and why, the grade with its reasons, the witnesses in a table, the disputes.

    ``wholes`` are the ids of the incidents that it is a part of.
    """
    event, grade = incident.event, incident.grade
    console.print(words(event.type or "Event", "bold"), words(f"  {incident.id}", "dim"))
    held = [
        ("who", [p.name for p in event.parties if p.role == "initiator"], "initiators"),
        ("to whom", [p.name for p in event.parties if p.role == "target"], ""),
        ("where", [_reach(place(w), w.radius_km) for w in event.where], "place"),
        ("when", [day(event.when)] if day(event.when) else [], "date"),
        ("arms", [use.name for use in event.arms], ""),
    ]
    for label, values, rule in held:
        if values or rule in incident.rules:
            why = incident.rules.get(rule, "")
            console.print(words(f"  {label:<9}", "dim"), words("; ".join(map(on_one_line, values)) or "not held"), _why(why), sep="")
    for one in incident.losses:
        console.print(words(f"  {'losses':<9}", "dim"), words(loss_words(one)), _why(one.rule), sep="")
    console.print(words("  grade    ", "dim"), words(f"{grade.incident} {grade.admiralty}", "bold"), sep="")
    for reason in grade.reasons:
        console.print(words(f"           {reason}", "dim"))
    for whole in wholes:
        console.print(words("  part of  ", "dim"), words(whole), sep="")
    told = some(len(incident.reports), "report"), some(len(incident.witnesses), "witness").replace("witnesss", "witnesses")
    console.print(words(f"\nTold in {told[0]} by {told[1]}", "bold"))
    for table in _columns(testimonies):
        console.print(table)
    for dispute in incident.disputed:
        console.print(words(f"In dispute: {dispute.field}", "bold"))
        for version in dispute.versions:
            console.print(words(f"  {version.says}: "), words(", ".join(version.witnesses), "cyan"), sep="")


def _why(rule: str) -> Text:
    return words(f"  ({rule})" if rule else "", "dim")


def _reach(name: str, radius_km: float | None) -> str:
    return f"{name}, within {radius_km:g} km" if radius_km else name


def _columns(testimonies: Sequence[Testimony]) -> Iterator[RenderableType]:
    """The witnesses beside each other, a few at a time."""
    by_witness: dict[str, list[Testimony]] = {}
    for one in testimonies:
        by_witness.setdefault(one.witness.id, []).append(one)
    witnesses = list(by_witness.values())
    for first in range(0, len(witnesses), COLUMNS):
        few = witnesses[first : first + COLUMNS]
        cells = [[_cell(of, field) for of in few] for field in _FIELDS]
        heads = ("", *(on_one_line(of[0].witness.name) for of in few))
        rows = ((field, *row) for field, row in zip(_FIELDS, cells, strict=True) if any(row))
        yield table_of(heads, rows)


_FIELDS = ("told by", "what", "who", "to whom", "where", "when", "killed", "wounded", "arms", "as told", "words")


def _cell(of: Sequence[Testimony], field: str) -> str:
    """What a witness tells of a field, once each, the latest last."""
    said = (_said(one, field) for one in sorted(of, key=lambda one: one.when_told))
    return "\n".join(dict.fromkeys(words_ for words_ in said if words_))


def _said(one: Testimony, field: str) -> str:
    claim, event = one.claim, one.event
    if field == "told by":
        return f"{one.report.source.name}, {one.report.published or 'no date'} [{claim.id[:8]}]"
    if field == "what":
        return f"{what(claim)}{' (denied)' if one.denies else ''}"
    if field in ("who", "to whom"):
        return ", ".join(sides(claim, "initiator" if field == "who" else "target"))
    if field == "where":
        return ", ".join(places(claim))
    if field == "when":
        return f"{day(event.when)} ({event.when.words or event.when.basis})" if event.when and day(event.when) else ""
    if field in ("killed", "wounded"):
        toll = event.killed if field == "killed" else event.wounded
        return f"{count(toll)} (“{on_one_line(toll.words)}”)" if toll else ""
    if field == "arms":
        return ", ".join(arms(claim))
    if field == "as told":
        return voice(claim)
    quote = on_one_line(claim.evidence[0].words) if claim.evidence else ""
    return f"“{quote if len(quote) <= LONGEST else quote[: LONGEST - 1] + '…'}”" if quote else ""
