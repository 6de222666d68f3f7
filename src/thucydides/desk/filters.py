"""Which claims are meant: the options that ``claims`` and ``export`` share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from thucydides.errors import BadSetting

if TYPE_CHECKING:
    from thucydides.archive import ClaimFilter

ActorOption = Annotated[str | None, typer.Option("--actor", help="Roster id, or words of a party's name.", metavar="NAME")]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Words of a place's name.", metavar="NAME")]
CountryOption = Annotated[str | None, typer.Option("--country", help="Country of a place, two letters: SY, UA.", metavar="CODE")]
FromOption = Annotated[str | None, typer.Option("--from", help="First day, 2016-03-27.", metavar="DAY")]
ToOption = Annotated[str | None, typer.Option("--to", help="Last day, 2016-03-31.", metavar="DAY")]
KindOption = Annotated[str | None, typer.Option("--kind", help="event, control, toll, holding or plan.", metavar="KIND")]
TypeOption = Annotated[str | None, typer.Option("--type", help='Type of an event: "Air/drone strike".', metavar="TYPE")]
SourceOption = Annotated[str | None, typer.Option("--source", help="Outlet's id, or words of its name.", metavar="NAME")]
ReportOption = Annotated[str | None, typer.Option("--report", help="Id of a report.", metavar="ID")]
ConfidenceOption = Annotated[
    float | None, typer.Option("--min-confidence", help="At least this sure, 0 to 1.", metavar="SHARE", min=0, max=1)
]
LimitOption = Annotated[int | None, typer.Option("--limit", help="At most so many.", metavar="N", min=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options as typed."""

    actor: str | None = None
    place: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    kind: str | None = None
    type: str | None = None
    source: str | None = None
    report: str | None = None
    min_confidence: float | None = None
    limit: int | None = None

    def filter(self) -> ClaimFilter:
        """The filter, its values checked."""
        from thucydides.archive import ClaimFilter
        from thucydides.exports import sub_events
        from thucydides.record import Kind

        if self.kind is not None and self.kind not in list(Kind):
            raise BadSetting(f"--kind: {self.kind!r} is no kind of claim", remedy=f"Kinds are: {', '.join(Kind)}.")
        if self.type is not None and self.type.lower() not in {name.lower() for name in sub_events()}:
            raise BadSetting(f"--type: {self.type!r} is no type of event", remedy=f"Types are: {'; '.join(sub_events())}.")
        since, until = day_of("--from", self.since), day_of("--to", self.until)
        if since and until and since > until:
            raise BadSetting(f"--from {since} is after --to {until}", remedy="Swap them.")
        country = self.country.upper() if self.country else None
        if country is not None and (len(country) != 2 or not country.isalpha()):
            raise BadSetting(f"--country: {self.country!r} is no country code", remedy="Give two letters, such as SY or UA.")
        return ClaimFilter(
            actor=self.actor, kin=_kin(self.actor), place=self.place, country=country, since=since, until=until,
            kind=Kind(self.kind) if self.kind else None, type=self.type, source=self.source, report=self.report,
            min_confidence=self.min_confidence, limit=self.limit,
        )  # fmt: skip


def _kin(actor: str | None) -> frozenset[str]:
    """All that belongs to an actor, where it is named by its roster id or whole name: who asks for a state asks for its army."""
    if actor is None:
        return frozenset()
    from thucydides.actors import Actors
    from thucydides.desk.settings import Settings

    actors = Actors.load(Settings.read().roster("actors"))
    meant = {actor.lower()} & actors.by_id.keys() or set(actors.named(actor))
    return frozenset(one.id for one in actors if meant & set(actors.lineage(one.id)))


def day_of(option: str, words: str | None) -> date | None:
    """The day that an option names."""
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise BadSetting(f"{option}: {words!r} is no day", remedy="Write it as 2016-03-27.") from error
