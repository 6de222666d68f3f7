"""Claims and reports made up for tests of forces and arms."""

from __future__ import annotations

from datetime import date

from thucydides.record import Arming, Basis, Claim, Event, Factuality, Kind, Party, Passage, Report, Source, Use, When, Where


def report(
    id_: str, text: str = "A report.", *, published: date | None = date(2020, 1, 10), stands_with: tuple[str, ...] = ()
) -> Report:
    """A report of these words."""
    source = Source(name="Wire", stands_with=stands_with)
    return Report(id=id_, text=text, reading=text, source=source, raw_hash=id_, published=published)


def party(name: str, actor: str | None = None, role: str = "initiator", kind: str | None = None) -> Party:
    return Party(role=role, name=name, actor=actor, kind=kind)


def on(day: date | None) -> When | None:
    return When(start=day, end=day, basis=Basis.STATED) if day else None


def fought(
    id_: str,
    *parties: Party,
    place: str = "Town",
    country: str | None = None,
    day: date | None = date(2020, 1, 8),
    type_: str = "Armed clash",
    sentence: str = "They fought.",
    arms: tuple[Use, ...] = (),
    damage: tuple[str, ...] = (),
    said_by: tuple[str, ...] = (),
    factuality: Factuality = Factuality.ASSERTED,
) -> Claim:
    """A claim of a fight, with a point that nothing here may show."""
    where = Where(name=place, country=country, lat=12.3456, lon=65.4321, radius_km=1.5, precision="place")
    start = max(sentence.find(arms[0].name), 0) if arms else 0
    evidence = [Passage(field="claim", start=0, end=len(sentence), words=sentence)]
    evidence += [Passage(field="weapons", start=start, end=start + len(use.name), words=use.name) for use in arms[:1]]
    return Claim(
        id=id_,
        report=f"r-{id_}",
        kind=Kind.EVENT,
        says=Event(type=type_, parties=parties, where=(where,), when=on(day), arms=arms, damage=damage),
        evidence=tuple(evidence),
        factuality=factuality,
        said_by=said_by,
    )


def armed(
    id_: str, *parties: Party, arm: str, name: str, way: str = "has", said_by: tuple[str, ...] = (), sentence: str = "It is armed."
) -> Claim:
    """A claim that somebody has, or is supplied with, an arm."""
    return Claim(
        id=id_,
        report=f"r-{id_}",
        kind=Kind.HOLDING,
        says=Arming(parties=parties, arms=(Use(name=name, arm=arm),), way=way),
        evidence=(Passage(field="claim", start=0, end=len(sentence), words=sentence),),
        factuality=Factuality.ASSERTED,
        said_by=said_by,
    )
