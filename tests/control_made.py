"""Claims of control made for tests, without words: what they say is given directly."""

from __future__ import annotations

from datetime import date

from thucydides.record import Basis, Claim, Event, Factuality, Hold, Kind, Party, Passage, Plan, Report, Source, When, Where

ACTORS = {"sy-army": "army", "isis": "jihadist", "sy-sdf": "rebel", "generic-rebels": "generic", "ru-army": "army"}
PLACES = {
    "Palmyra": Where(name="Palmyra", place="gn:163808", lat=34.56, lon=38.27, radius_km=4, country="SY", admin1="Homs", precision="place"),
    "Raqqa": Where(name="Raqqa", place="gn:172955", lat=35.95, lon=39.01, radius_km=6.0, country="SY", admin1="Raqqa", precision="place"),
    "Tabqa": Where(name="Tabqa", place="gn:172950", lat=35.84, lon=38.54, radius_km=4.0, country="SY", admin1="Raqqa", precision="place"),
    "Raqqa province": Where(
        name="Raqqa province", place="gn:172956", lat=36.0, lon=38.9, radius_km=90.0, country="SY", admin1="Raqqa", precision="admin1"
    ),
    "villages": Where(name="Raqqa", relation="villages east of Raqqa", lat=35.95, lon=39.3, country="SY", precision="near"),
    "nowhere": Where(name="Kafr Something", country="SY"),
}  # fmt: skip
TAKES = "Non-state actor overtakes territory"
REGAINS = "Government regains territory"
LEAVES = "Non-violent transfer of territory"
CLASH = "Armed clash"


def report(id_: str = "r", published: date | None = date(2016, 5, 18), source: str = "Gazette", text: str = "") -> Report:
    """A report of an outlet and day."""
    return Report(id=id_, text=text, reading=text, source=Source(name=source), raw_hash="", published=published)


def party(actor: str, role: str = "initiator") -> Party:
    """A party of the roster."""
    return Party(role=role, name=actor, actor=actor, kind=ACTORS[actor])


def told(
    id_: str,
    place: str,
    what: str,
    by: str | None,
    day: date | None,
    *,
    against: str | None = None,
    factuality: Factuality = Factuality.ASSERTED,
    published: date | None = date(2016, 5, 18),
    source: str = "Gazette",
    words: str | None = None,
    planned: bool = False,
    share: float | None = None,
) -> tuple[Claim, Report]:
    """A claim with its report: ``what`` is a type of event, or a status of a ``Hold``."""
    parties = tuple(
        one for one in (party(by) if by else None, party(against, "target") if against else None) if one is not None
    )  # fmt: skip
    when = When(start=day, end=day, basis=Basis.STATED) if day else None
    where = PLACES[place]
    text = words if words is not None else f"They fought for {where.name}."
    says: Event | Hold | Plan
    if what in ("held", "contested", "besieged", "lost"):
        says, kind = Hold(parties=parties, where=(where,), status=what, when=when, share=share), Kind.CONTROL
    else:
        event = Event(type=what, parties=parties, where=(where,), when=when)
        says, kind = (Plan(event=event, mode="intended"), Kind.PLAN) if planned else (event, Kind.EVENT)
    passage = Passage(field="claim", start=0, end=len(text), words=text)
    claim = Claim(id=id_, report=f"r-{id_}", kind=kind, says=says, evidence=(passage,), factuality=factuality, confidence=0.9)
    return claim, report(f"r-{id_}", published, source, text)
