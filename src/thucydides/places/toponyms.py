"""Which words of a text name places, and where those are.

:func:`find_toponyms` needs no parser and nothing of the claims room. Every span that may name a place is a candidate with evidence
(``cues.py``), weighed by the scale ``data/toponym.tsv``; of candidates that overlap, those are kept that weigh most together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from thucydides.places.context import Context, settle
from thucydides.places.cues import HOLDERS, Candidate, Page, evidence, kind_of
from thucydides.places.gazetteer import Gazetteer
from thucydides.places.locating import locate
from thucydides.places.names import fold_name
from thucydides.places.tables import DATA
from thucydides.record import Where
from thucydides.scales import Scale, read_scale

_EVEN = 0.5
_WELL_KNOWN = frozenset({"country", "area", "city", "own"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place named in a text: where it stands, the name that ``locate`` takes, and how likely it names a place at all.

    ``kind`` is what the gazetteer takes the name for: "people" for a word such as "Syrian", which names a country's people.
    ``holder`` is the area told right behind it, as in "Alexandria, La.".
    """

    start: int
    end: int
    name: str
    kind: str
    chance: float = 1.0
    holder: str | None = None

    @property
    def held(self) -> str:
        """The name with the place that holds it: "Alexandria, La."."""
        return f"{self.name}, {self.holder}" if self.holder else self.name


@lru_cache(maxsize=1)
def shipped() -> Scale:
    """The scale that comes with the program."""
    return read_scale(DATA / "toponym.tsv")


def find_toponyms(text: str, gazetteer: Gazetteer, *, scale: Scale | None = None, peoples: bool = True) -> list[Toponym]:
    """The places that a text names, in order; ``peoples`` says whether "Syrian" and "Syrians" count."""
    page = Page(text, gazetteer)
    weights = scale or shipped()
    wanted = [one for one in page.candidates if peoples or one.kind != "people"]
    kept = best_together((one, weights.chance(evidence(one, page))) for one in wanted)
    found = [Toponym(start=c.start, end=c.end, name=c.name, kind=c.kind, chance=round(chance, 3)) for c, chance in kept]
    return _linked(found, text)


def toponyms_at(text: str, spans: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> list[Toponym]:
    """The toponyms at spans that somebody else found."""
    found: list[Toponym] = []
    for start, end in sorted(spans):
        behind = bool(found) and text[found[-1].end : start] in _HELD_BY
        kind, name, _ = kind_of(text[start:end], gazetteer, behind)
        found.append(Toponym(start=start, end=end, name=name, kind=kind))
    return _linked(found, text)


def locate_all(
    toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, countries_hint: Mapping[str, float] | None = None
) -> list[tuple[Toponym, Where]]:
    """Where the toponyms of one text are, each in the light of all. An area told behind a name holds that name throughout."""
    context = settle([one.held for one in toponyms], gazetteer, countries_hint=countries_hint)
    holders = {fold_name(one.name): one.holder for one in reversed(toponyms) if one.holder}
    return [(one, _where(one, holders.get(fold_name(one.name)), context, gazetteer)) for one in toponyms]


def _where(toponym: Toponym, holder: str | None, context: Context, gazetteer: Gazetteer) -> Where:
    if toponym.kind == "people":
        country = gazetteer.country(gazetteer.demonyms()[fold_name(toponym.name)])
        return replace(locate(country.name if country else toponym.name, context, gazetteer), name=toponym.name)
    within = locate(holder, context, gazetteer) if holder else None
    found = locate(toponym.name, context, gazetteer, within=within)
    if found.place is None and within is not None and toponym.kind in _WELL_KNOWN:  # "Paris, Ontario and Lima": a list after all
        found = locate(toponym.name, context, gazetteer)
    return replace(found, name=toponym.name)


def best_together(weighed: Iterable[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Candidates that do not overlap and together weigh most; a candidate weighs what its chance is above even."""
    order = sorted(((c, chance) for c, chance in weighed if chance > _EVEN), key=lambda one: (one[0].end, one[0].start))
    best: list[tuple[float, list[tuple[Candidate, float]]]] = [(0.0, [])]
    ends = [0]
    for candidate, chance in order:
        before = max(at for at, end in enumerate(ends) if end <= candidate.start)
        total = best[before][0] + chance - _EVEN
        best.append((total, [*best[before][1], (candidate, chance)]) if total > best[-1][0] else best[-1])
        ends.append(candidate.end)
    return best[-1][1]


_HELD_BY = (", ", " (", ",")
_SIZES = {"people": 9, "county": 1, "area": 2, "short": 2, "code": 2, "country": 3}


def _linked(found: Sequence[Toponym], text: str) -> list[Toponym]:
    """Links "Alexandria, La.": a name behind a comma that is an area or country holds the one before it, unless areas are listed."""
    linked = list(found)
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        if other.kind in HOLDERS and text[one.end : other.start] in _HELD_BY and _SIZES.get(one.kind, 0) < _SIZES.get(other.kind, 0):
            linked[at] = replace(one, holder=other.name)
    return linked
