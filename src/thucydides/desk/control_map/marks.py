"""What the map of control shows: places with their states, gathered where they lie on one point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

WIDE_KM = 40.0
"""A place that may be so far off is drawn faintly and decides neither the frame nor any shaded area."""
LONGEST = 26
"""Letters of a name beside its sign; the table has all of it."""
_FINE = ("place", "part")
_ORDER = {"place": 0, "part": 1, "near": 2, "area": 3, "admin1": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words of a claim, with the source and day of its report."""

    claim: str
    words: str
    source: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place's state as it is drawn and told. ``holder`` and ``others`` name who is shown: actors, or sides."""

    number: int
    name: str
    status: str  # held, contested, besieged, partly, unknown
    told: str  # the status in words: "unknown, last held"
    holder: str | None
    told_holder: str = ""  # who holds it in the words of the claims, where that is another name: a brigade of the holder
    symbol: str = ""  # the unit symbol's code of who is told to hold it
    others: tuple[str, ...] = ()
    share: float | None = None
    since: str = ""
    heard: str = ""
    confidence: float = 1.0
    quotes: tuple[Quote, ...] = ()
    more: int = 0  # claims whose words are not given
    rivals: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    country: str | None = None
    precision: str = "place"

    @property
    def fine(self) -> bool:
        """Whether its point says where it is."""
        return self.precision in _FINE and self.radius_km < WIDE_KM

    @property
    def lapsed(self) -> bool:
        """Whether nobody is known to hold it now."""
        return self.status == "unknown" or self.told.startswith("unknown")

    @property
    def label(self) -> str:
        """Its name, short enough to stand beside a sign."""
        name = self.name.removeprefix("places: ")
        return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"

    @property
    def summary(self) -> str:
        """The state in a few words."""
        against = f" against {', '.join(self.others)}" if self.others else ""
        share = f" {self.share:.0%}" if self.share is not None else ""
        return f"{self.told}{share}{f' by {self.holder}' if self.holder else ''}{against}"


@dataclass(slots=True)
class Spot:
    """A point of the map and the marks that lie on it; the finest and last heard stands for them."""

    lat: float
    lon: float
    marks: list[Mark] = field(default_factory=list)

    @property
    def first(self) -> Mark:
        return min(self.marks, key=lambda mark: (not mark.fine, _ORDER.get(mark.precision, 9), -mark.confidence, mark.number))

    @property
    def radius_km(self) -> float:
        return self.first.radius_km if self.first.fine else 0.0

    @property
    def precision(self) -> str:
        """How fine its point is; what nobody is known to hold decides no more of the map than what is vague."""
        return self.first.precision if self.first.fine and not self.first.lapsed else "unknown"

    @property
    def weight(self) -> int:
        return len(self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A day's map: its marks, the number of every holder's colour, and what was asked for in words."""

    day: date
    marks: Sequence[Mark]
    colours: Mapping[str, int]
    asked: str = ""  # "in Aleppo; of isis"
    by_side: bool = False
    notes: Sequence[str] = ()  # "what was seen in the last 14 days is kept back"
    area: Sequence[Sequence[tuple[float, float]]] = ()  # rings (lat, lon) of an area that was asked for

    def spots(self) -> list[Spot]:
        """The points of the marks that have one."""
        found: dict[tuple[float, float], Spot] = {}
        for mark in self.marks:
            if mark.lat is not None and mark.lon is not None:
                key = (round(mark.lat, 3), round(mark.lon, 3))
                found.setdefault(key, Spot(mark.lat, mark.lon)).marks.append(mark)
        return list(found.values())
