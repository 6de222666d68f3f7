"""Toponyms of whole articles: which words the program takes for places, and where it puts them.

Two things are asked apart: are the gold spans found (exactly, or overlapping), and is the place meant found, of all gold toponyms end to
end, and given the gold span. Beside it stands what costs nothing: the most populous place of the name. The tagger and the choice are the
places room's own; nothing is parsed and no claim is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from math import log
from pathlib import Path
from statistics import mean, median

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Score, overlap
from thucydides.desk.bench.sets import Item, raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.errors import BadSetting
from thucydides.places import Gazetteer, find_toponyms, locate_all, toponyms_at
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import fold_name
from thucydides.places.toponyms import Toponym
from thucydides.record import Where
from thucydides.reports import read

SETS = ("lgl", "geovirus")
NEAR_KM = 161.0
FARTHEST_KM = 20039.0  # half the way around the earth: what a toponym without a place is off
THRESHOLDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
PEOPLES = 0.01  # a set of which so large a part are names of peoples counts them
WIDE = frozenset({"country", "admin1", "area"})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its gold toponyms and their points, where the set gives one."""

    name: str
    text: str
    gold: Mapping[Span, Point | None]


@dataclass(frozen=True, slots=True)
class Put:
    """A gold toponym and where it was put: how far off, whether that counts as right, and how sure the program was."""

    words: str
    at: Point
    where: Where | None
    plain: Point | None

    @property
    def km(self) -> float:
        return _off(self.where, self.at)

    @property
    def right(self) -> bool:
        """Whether its point is within 161 km, or an area or country that it was put in reaches so far."""
        reach = self.where.radius_km or 0.0 if self.where is not None and self.where.precision in WIDE else 0.0
        return self.km <= max(NEAR_KM, reach)


@dataclass(slots=True)
class Tally:
    """What was found in the articles of one set."""

    exact: Score = field(default_factory=Score)
    overlapping: Score = field(default_factory=Score)
    found: list[Put] = field(default_factory=list)  # end to end
    given: list[Put] = field(default_factory=list)  # given the gold span
    errors: list[str] = field(default_factory=list)


def measure(chronicler: Chronicler, path: Path, limit: int = 0, errors: bool = False) -> Measured:
    """Tagging, placing and both together, for each set of a folder or for one file."""
    gazetteer = chronicler.coder.vocabulary.gazetteer
    if not isinstance(gazetteer, Gazetteer):
        raise BadSetting("the coder has no gazetteer of its own", remedy="Measure with the shipped program.")
    figures: dict[str, float] = {}
    lines: list[str] = []
    files = _files(path)
    for file in files:
        articles = read_articles(file, limit)
        tally = tally_of(articles, gazetteer)
        figures |= {f"{file.stem}.{name}": value for name, value in figures_of(tally).items()}
        lines += [f"{file.stem}: {len(articles)} articles", *lines_of(tally), *(tally.errors if errors else ())]
    return Measured(figures=figures, lines=tuple(lines), of={"files": [str(file) for file in files]})


def _files(path: Path) -> list[Path]:
    files = [path] if path.is_file() else [file for name in SETS if (file := path / f"{name}.jsonl").is_file()]
    if not files:
        raise BadSetting(f"{path} holds none of the sets", remedy=f"Give a file, or a folder with {' or '.join(SETS)}.jsonl.")
    return files


def read_articles(file: Path, limit: int = 0) -> list[Article]:
    """The articles of a set. Offsets that count from one instead of zero are mended."""
    return [_article(item, n) for n, item in enumerate(read_set(file, file.name, "text", "toponyms", limit=limit), start=1)]


def _article(item: Item, number: int) -> Article:
    text, gold = item["text"], {}
    for told in item["toponyms"]:
        start, end = told["start"], told["end"]
        shift = next((by for by in (0, -1) if text[start + by : end + by] == told["phrase"]), 0)
        gold[start + shift, end + shift] = (told["lat"], told["lon"]) if told.get("lat") is not None else None
    return Article(str(item.get("id", number)), text, gold)


def counts_peoples(articles: Sequence[Article], gazetteer: Gazetteer) -> bool:
    """Whether a set takes "Canadian" and "Russians" for toponyms: its guidelines decide that, so it is read off the set as a whole."""
    spans = [article.text[a:b] for article in articles for a, b in article.gold]
    peoples = sum(fold_name(words) in gazetteer.demonyms() and not gazetteer.country_named(words) for words in spans)
    return peoples > PEOPLES * len(spans)


def tally_of(articles: Sequence[Article], gazetteer: Gazetteer) -> Tally:
    """Finds and places the toponyms of all articles of a set."""
    tally, peoples = Tally(), counts_peoples(articles, gazetteer)
    with progress("placing", len(articles)) as bar:
        for article in articles:
            add(article, gazetteer, peoples, tally)
            bar.advance(bar.task_ids[0])
    return tally


def add(article: Article, gazetteer: Gazetteer, peoples: bool, tally: Tally) -> None:
    """Adds what is found in one article."""
    told = found_in(article, gazetteer, peoples)
    spans = [(one.start, one.end) for one, _ in told]
    tally.exact += Score.matched(len(set(spans) & set(article.gold)), len(spans), len(article.gold))
    tally.overlapping += overlap([(span,) for span in spans], [(span,) for span in article.gold])
    given = dict(zip(sorted(article.gold), locate_all(toponyms_at(article.text, article.gold, gazetteer), gazetteer), strict=True))
    for span, at in sorted(article.gold.items()):
        mine = next((where for one, where in told if one.start < span[1] and span[0] < one.end), None)
        if at is not None:
            words = article.text[slice(*span)]
            plain = most_populous(given[span][0].name, gazetteer)
            tally.found.append(Put(words, at, mine, plain))
            tally.given.append(Put(words, at, given[span][1], plain))
    tally.errors += errors_of(article, told, given, gazetteer)


def found_in(article: Article, gazetteer: Gazetteer, peoples: bool) -> list[tuple[Toponym, Where]]:
    """What the program finds in the text as its reader gives it, at the offsets of the article."""
    report = read(raw(article.name, article.text))
    placed = locate_all(find_toponyms(report.text, gazetteer, peoples=peoples), gazetteer)
    return [(_moved(one, report.text, article.text), where) for one, where in placed]


def _moved(toponym: Toponym, read_text: str, text: str) -> Toponym:
    if read_text == text:
        return toponym
    for block in SequenceMatcher(None, read_text, text, autojunk=False).get_matching_blocks():
        if block.a <= toponym.start and toponym.end <= block.a + block.size:
            return replace(toponym, start=toponym.start - block.a + block.b, end=toponym.end - block.a + block.b)
    return replace(toponym, start=-2, end=-1)


def most_populous(name: str, gazetteer: Gazetteer) -> Point | None:
    """The plain alternative: a country of the name, else its most populous place."""
    country = gazetteer.country_named(name) or gazetteer.demonyms().get(fold_name(name))
    place = gazetteer.country(country) if country else max(gazetteer.namesakes(name), key=lambda p: p.population, default=None)
    return (place.lat, place.lon) if place is not None else None


def _off(where: Where | None, at: Point) -> float:
    return distance_km((where.lat, where.lon), at) if where is not None and where.lat is not None and where.lon is not None else FARTHEST_KM


def _plain_km(put: Put) -> float:
    return distance_km(put.plain, put.at) if put.plain is not None else FARTHEST_KM


def _share(of: Sequence[bool]) -> float:
    return sum(of) / len(of) if of else 0.0


def _auc(kms: Sequence[float]) -> float:
    """The area under the curve of errors on a logarithmic scale: 0 is perfect, 1 the other side of the earth."""
    return mean(log(min(km, FARTHEST_KM) + 1) / log(FARTHEST_KM + 1) for km in kms) if kms else 0.0


def figures_of(tally: Tally) -> dict[str, float]:
    """The figures of a set, by name."""
    found, given = tally.found, tally.given
    kms = [put.km for put in given]
    located = [km for km in kms if km < FARTHEST_KM] or [0.0]
    plain = [_plain_km(put) for put in given]
    return {
        **tally.exact.figures("exact"),
        **tally.overlapping.figures("overlap"),
        "found.within_161": _share([put.km <= NEAR_KM for put in found]),
        "found.right": _share([put.right for put in found]),
        "given.within_161": _share([km <= NEAR_KM for km in kms]),
        "given.right": _share([put.right for put in given]),
        "given.mean_km": mean(located),
        "given.median_km": median(located),
        "given.auc": _auc(kms),
        "plain.within_161": _share([km <= NEAR_KM for km in plain]),
        "plain.auc": _auc(plain),
    }


def lines_of(tally: Tally) -> Iterator[str]:
    """The table of a set for people."""
    told = figures_of(tally)
    yield HEAD
    yield tally.exact.line("exact")
    yield tally.overlapping.line("overlap")
    yield f"  {len(tally.found):6,} with a point              end to end   given the span"
    yield f"  within 161 km                    {told['found.within_161']:7.3f} {told['given.within_161']:16.3f}"
    yield f"  or in the area or country told   {told['found.right']:7.3f} {told['given.right']:16.3f}"
    yield f"  mean {told['given.mean_km']:.0f} km, median {told['given.median_km']:.0f} km of those placed; AUC {told['given.auc']:.3f}"
    yield f"  most populous place of the name: within 161 km {told['plain.within_161']:.3f}, AUC {told['plain.auc']:.3f}"
    yield "  score at least   kept  right of them"
    for least in THRESHOLDS:
        kept = [put for put in tally.given if put.where is not None and put.where.lat is not None and (put.where.score or 0.0) >= least]
        yield f"  {least:14.2f} {len(kept) / max(1, len(tally.given)):6.3f} {_share([put.right for put in kept]):10.3f}"


def errors_of(
    article: Article, told: Sequence[tuple[Toponym, Where]], given: Mapping[Span, tuple[Toponym, Where]], gazetteer: Gazetteer
) -> Iterator[str]:
    """What went wrong in an article, each with its kind and the words around it."""
    for one, _ in told:
        span = (one.start, one.end)
        if span not in article.gold:
            yield _error("span" if _hits(span, article.gold) else "people" if one.kind == "people" else "no place", article, span)
    spans = {(one.start, one.end): where for one, where in told}
    for span, at in article.gold.items():
        if not _hits(span, spans):
            yield _error("missed", article, span)
        where = given[span][1]
        if at is not None and not Put("", at, where, None).right:
            yield _error(_kind_of_error(where, at, gazetteer), article, span, where)


def _hits(span: Span, others: Mapping[Span, object]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _kind_of_error(where: Where, at: Point, gazetteer: Gazetteer) -> str:
    if where.lat is None:
        return "unknown name"
    beside = next(iter(gazetteer.near(*at, 100.0, 1)), None)
    return "far" if beside is None or beside.country == where.country else "wrong country"


def _error(kind: str, article: Article, span: Span, where: Where | None = None) -> str:
    start, end = span
    around = f"{article.text[max(0, start - 30) : start]}[{article.text[start:end]}]{article.text[end : end + 20]}".replace("\n", " ")
    put = f" put in {where.aliases[0] if where.aliases else where.name}, {where.admin1}, {where.country}" if where and where.lat else ""
    return f"  {kind:13} {article.name}: {around}{put}"
