"""Whether the place of an event is among the places of its headline: by the embedded gazetteer alone, and with one's own added.

Answers are all places that are marked and found in the headline, nothing else being read. The gold place is often not in it ("44 persons
were killed yesterday"): what names it, by the gold's own name, is told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from thucydides.claims.marks import Marks, mark
from thucydides.claims.sentences import Sentence
from thucydides.claims.whereabouts import Whereabouts
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.sets import Item, parsed, raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.errors import ThucydidesError
from thucydides.lexicon import words_of
from thucydides.places import Gazetteer
from thucydides.places.adding import add
from thucydides.places.adding.entries import names_of
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import cost_between, fold_name
from thucydides.record import Report, Where

USUAL = "ucdp_syria.jsonl"
RANGES_KM = (5, 25)
_LONGEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline as it is read, where its event was, and whether it names that place."""

    report: Report | None
    sentences: list[Sentence]
    gold: Point
    named: bool


def measure(chronicler: Chronicler, path: Path, limit: int = 0, own: Path | None = None) -> Measured:
    """The share of headlines with the gold place within 5 and 25 km among the answers."""
    items = read_set(path, USUAL, "source_headline", "latitude", "longitude", limit=limit)
    with progress("reading", len(items)) as bar:
        headlines = []
        for n, item in enumerate(items, start=1):
            headlines.append(_read(chronicler, item, n))
            bar.advance(bar.task_ids[0])
    named = sum(one.named for one in headlines) / len(headlines)
    figures, lines = {"named": named}, [f"{len(items)} headlines, {named:.3f} name the place of their event"]
    with TemporaryDirectory() as folder:
        gazetteers = {"embedded": Gazetteer.open()}
        if own is not None:
            gazetteers["added"] = Gazetteer.open(added=(add(own, Path(folder)).path,))
        for name, gazetteer in gazetteers.items():
            gaps = [_gap(chronicler, one, gazetteer) for one in headlines]
            for km in RANGES_KM:
                some = [gap <= km for gap in gaps]
                of_named = [found for found, one in zip(some, headlines, strict=True) if one.named]
                figures[f"{name}.within_{km}"] = sum(some) / len(some)
                figures[f"{name}.named.within_{km}"] = sum(of_named) / max(1, len(of_named))
                told = f"of all {figures[f'{name}.within_{km}']:.3f}, of those that name it {figures[f'{name}.named.within_{km}']:.3f}"
                lines.append(f"  {name:10} within {km:2} km: {told}")
    return Measured(figures=figures, lines=tuple(lines), of={"file": str(path), "headlines": len(items), "own": str(own or "")})


def _read(chronicler: Chronicler, item: Item, n: int) -> Headline:
    text, gold = item["source_headline"], (float(item["latitude"]), float(item["longitude"]))
    named = names_it(text, item.get("where_coordinates", ""))
    told = {"published": str(item.get("source_date", ""))[:10], "source": str(item.get("source_office", "")).split(";")[0]}
    try:
        report = chronicler.reader(raw(str(item.get("id", n)), text, **told))
    except ThucydidesError:  # an empty headline
        return Headline(report=None, sentences=[], gold=gold, named=named)
    return Headline(report=report, sentences=parsed(report), gold=gold, named=named)


def names_it(text: str, told: str) -> bool:
    """Whether any words of a headline are a name of the gold place, in whatever spelling."""
    asked = {fold_name(name) for name in names_of(told)[0]}
    words = [word.folded for word in words_of(text)]
    runs = {" ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, min(len(words), first + _LONGEST) + 1)}
    return any(cost_between(run, name) is not None for name in asked for run in runs if run[:1])


def answers(chronicler: Chronicler, headline: Headline, gazetteer: Gazetteer) -> Sequence[Where]:
    """All places marked in a headline, as they are found."""
    report = headline.report
    if report is None:
        return ()
    words = chronicler.coder.vocabulary
    tags = words.tagger.read(headline.sentences) if words.tagger is not None and headline.sentences else None
    marks: list[Marks] = [mark(s, words.actors, words.arms, gazetteer, words.codebook, report.published, tags) for s in headline.sentences]
    whereabouts = Whereabouts(report, marks, words.actors, gazetteer, words.codebook)
    return [whereabouts.where(place, one.sentence.text) for one in marks for place in one.places]


def _gap(chronicler: Chronicler, headline: Headline, gazetteer: Gazetteer) -> float:
    """How far the nearest answer is, in kilometres."""
    found = answers(chronicler, headline, gazetteer)
    return min((distance_km(headline.gold, (w.lat, w.lon)) for w in found if w.lat is not None and w.lon is not None), default=1e5)
