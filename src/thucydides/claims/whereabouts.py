"""The places of one report: its countries, its anchors, and the ``Where`` of every place mark, each resolved once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from thucydides.actors import Actors
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.places import Context, Gazetteer, locate, settle
from thucydides.record import Report, Where

_ACTOR_WEIGHT = 0.5
_DEMONYM_WEIGHT = 1.0
_OUTLET_WEIGHT = 1.0


class Whereabouts:
    """Resolves the place marks of one report in its own context."""

    def __init__(self, report: Report, marks: Sequence[Marks], actors: Actors, gazetteer: Gazetteer, codebook: Codebook) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, str, str], Where] = {}
        hints: Counter[str] = Counter()
        names: list[str] = []
        for m in marks:
            for hit in m.actors:
                actor = actors.by_id[hit.values[0]]
                if len(actor.countries) == 1 and actor.kind not in ("state",):
                    hints[actor.countries[0]] += _ACTOR_WEIGHT
            for hit in m.demonyms:
                for code in actors.by_id[hit.values[0]].countries:
                    hints[code] += _DEMONYM_WEIGHT / max(1, len(actors.by_id[hit.values[0]].countries))
            names += [p.name for p in m.places if p.known or p.locative]
        if report.source.country:
            hints[report.source.country] += _OUTLET_WEIGHT
        if report.dateline_place:
            names.append(report.dateline_place)
        total = sum(hints.values()) or 1
        self.context: Context = settle(names, gazetteer, countries_hint={c: n / total for c, n in hints.items()})

    def where(self, mark: PlaceMark, text: str) -> Where:
        """The place that a mark means, as far as the report's words and context tell."""
        told = text[mark.told_start : mark.told_end] if mark.told_end else mark.name
        within = self.where(mark.within, text) if mark.within is not None and mark.within is not mark else None
        key = (mark.name, mark.before.lower(), within.name if within else "")
        known = self._known.get(key)
        if known is None:
            name = f"{mark.name} {mark.feature}" if mark.feature and told.lower().endswith(mark.feature) else mark.name
            relation = f"{mark.before} {mark.name}" if mark.before else None
            known = locate(name, self.context, self._gazetteer, relation=relation, within=within)
            if mark.beside is not None:
                phrase = f"{mark.beside.before} {mark.beside.name}"
                if known.lat is None or known.precision == "area":
                    known = replace(locate(mark.beside.name, self.context, self._gazetteer, relation=phrase), name=known.name)
                known = replace(known, relation=phrase)
            self._known[key] = known
        return known

    def of(self, draft: Draft) -> list[Where]:
        """The places of a draft."""
        if draft.inherited_place:
            return []
        return [self.where(p, s.text) for p, s in draft.places]
