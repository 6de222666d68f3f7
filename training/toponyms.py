"""Learns how places are told in texts (``places/data/toponym.tsv``) and which of the namesakes is meant (``places/data/namesake.tsv``).

    python training/toponyms.py --bench SETS [--gold DIR] [--limit N] [--write]

The tagger learns from the articles of ``lgl.jsonl`` and ``geovirus.jsonl``: every span that may name a place is a case. Names of peoples
are learned from a set that counts them alone. The choice learns from the gold toponyms of the same articles, each among its namesakes and
"none of them", and, so that it knows names in other spellings, from the places of ``--gold``, of ``ucdp_syria_places.jsonl`` and of
``control_ukraine.jsonl``; every case is learned once more with the country alone for a context. Figures are those of
``thuc bench toponyms`` on articles that the scales never saw: five folds of articles that follow each other, so that an outlet is, but for
the edges, whole in one fold. ``--write`` stores the scales learned on everything. No chance enters.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from descent import Numbers, Table, descend
from thucydides.desk.bench.toponyms import SETS, Article, Tally, add, counts_peoples, lines_of, read_articles
from thucydides.lexicon import read_table
from thucydides.places import Context, Gazetteer, choosing, find_toponyms, locate, locating, settle, toponyms, toponyms_at
from thucydides.places.choosing import SAME_SPOT_KM, Option, options
from thucydides.places.cues import Page, evidence
from thucydides.places.geometry import Point, distance_km
from thucydides.places.names import fold_name
from thucydides.places.namesakes import WIDE, unknown_evidence
from thucydides.places.readings import readings
from thucydides.places.tables import DATA
from thucydides.record import Where
from thucydides.scales import BIAS, Evidence, Scale

FOLDS = 5
RIDGE, SELDOM = 3.0, 8  # of the tagger: evidence in fewer cases is not weighed
SPREAD = 5  # nor is evidence of fewer articles
CHOICE_RIDGE, CHOICE_SELDOM = 2.0, 10
LISTED = 0.3  # what a place of a list counts beside one of a gold report, and so a case with the country alone
TEXTS = 0.3  # what a toponym of an article counts: most are of small towns in one country, which the program seldom reads about
FAR_KM = 161.0
SAME_KM = 3.0


@dataclass(frozen=True, slots=True)
class Case:
    """A span that may name a place, and whether it does."""

    evidence: Evidence
    answer: bool
    fold: int
    article: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A name among its namesakes: which of them are right (none is an answer, too), how much it counts."""

    options: Sequence[Option]
    none: Evidence
    right: Sequence[bool]
    counts: float
    fold: int


# ── the tagger ───────────────────────────────────────────────────────────────────────────────────


def spans_of(articles: Sequence[Article], folds: Sequence[int], gazetteer: Gazetteer) -> Iterator[Case]:
    """All spans of a set that may name a place."""
    peoples = counts_peoples(articles, gazetteer)
    for article, fold in zip(articles, folds, strict=True):
        page = Page(article.text, gazetteer)
        for one in page.candidates:
            if peoples or one.kind != "people":
                yield Case(evidence(one, page), (one.start, one.end) in article.gold, fold, article.name)


def fit_tagger(cases: Sequence[Case]) -> Scale:
    """A logistic model with a ridge penalty."""
    articles: dict[str, set[str]] = {}
    for case in cases:
        for name in case.evidence:
            articles.setdefault(name, set()).add(case.article)
    spread = {name for name, of in articles.items() if len(of) >= SPREAD}
    table = Table([{name: times for name, times in case.evidence.items() if name in spread} for case in cases], SELDOM)
    answers = np.array([float(case.answer) for case in cases])

    def cost(weights: Numbers) -> tuple[float, Numbers]:
        sums = table.sums(weights[:-1]) + weights[-1]
        chance = 1 / (1 + np.exp(-sums))
        value = float(np.sum(np.logaddexp(0, sums) - answers * sums) + RIDGE / 2 * np.sum(weights[:-1] ** 2))
        return value, np.append(table.back(chance - answers) + RIDGE * weights[:-1], np.sum(chance - answers))

    return scale_of([*table.names, BIAS], descend(cost, np.zeros(len(table.names) + 1)))


def scale_of(names: Sequence[str], weights: Numbers) -> Scale:
    rounded = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    return Scale({name: weight for name, weight in rounded.items() if abs(weight) >= 0.01})


# ── the choice ───────────────────────────────────────────────────────────────────────────────────


def choices_of(articles: Sequence[Article], folds: Sequence[int], gazetteer: Gazetteer) -> Iterator[Choice]:
    """The gold toponyms of a set, each among its namesakes in the light of the others."""
    for article, fold in zip(articles, folds, strict=True):
        told = toponyms_at(article.text, article.gold, gazetteer)
        context = settle([one.held for one in told], gazetteer)
        holders = {fold_name(one.name): one.holder for one in reversed(told) if one.holder}
        for one in told:
            at = article.gold[one.start, one.end]
            if at is not None and one.kind != "people":
                holder = holders.get(fold_name(one.name))
                yield from choices(one.name, at, context, holder, gazetteer, TEXTS, fold)


def listed(asked: argparse.Namespace, tagger: Scale, gazetteer: Gazetteer) -> Iterator[Choice]:
    """Places of annotated reports of war and of lists, in Syria and Ukraine."""
    for path in sorted(asked.gold.glob("*.json")) if asked.gold else ():
        report = json.loads(path.read_text("utf-8"))
        context = settle([one.held for one in find_toponyms(report["text"], gazetteer, scale=tagger)], gazetteer)
        for name, at in places_of(report).items():
            yield from choices(name, at, context, None, gazetteer, 1.0, fold_of(report["source"]))
    for file, code in (("ucdp_syria_places.jsonl", "SY"), ("control_ukraine.jsonl", "UA")):
        path = asked.bench / file
        rows = {line["name"]: line for line in map(json.loads, path.read_text("utf-8").splitlines())} if path.is_file() else {}
        for name, row in ((name, row) for name, row in rows.items() if row["lat"]):
            at = (float(row["lat"]), float(row["lon"]))
            yield from choices(name, at, Context(countries={code: 1.0}), None, gazetteer, LISTED, fold_of(row.get("adm_2") or name))


def places_of(report: dict[str, object]) -> dict[str, Point]:
    """The named places of a gold report that have a point and no relation."""
    found: dict[str, Point] = {}
    for claim in report["claims"]:  # type: ignore[attr-defined]
        for place in claim.get("places") or ():
            if place.get("lat") is not None and not place.get("relation"):
                found[place["name"]] = (place["lat"], place["lon"])
    return found


def fold_of(source: str) -> int:
    return int(hashlib.sha256(source.encode()).hexdigest(), 16) % FOLDS


def choices(name: str, at: Point, context: Context, holder: str | None, gazetteer: Gazetteer, counts: float, fold: int) -> Iterator[Choice]:
    """A name as a case in its context, and again with the foremost country alone."""
    plain = Context(countries={code: 1.0 for code, weight in context.countries.items() if weight == 1.0})
    for told, weight in ((context, counts), (plain, counts * LISTED)):
        within = locate(holder, told, gazetteer) if holder else None
        found = first_options(name, told, within, gazetteer)
        if found and (told is context or context != plain):
            yield Choice(found, unknown_evidence(found, told), answers(found, at), weight, fold)


def first_options(name: str, context: Context, within: Where | None, gazetteer: Gazetteer) -> list[Option]:
    """The options of the first reading of a name that has any."""
    ways = (way for way in readings(name) if way.holder is None)
    return next((found for way in ways if (found := options(way.name, context, gazetteer, feature=way.feature, within=within))), [])


def answers(found: Sequence[Option], at: Point) -> list[bool]:
    """Which options are the gold place: the nearest within 25 km, so a city before its province; else areas about it, or the nearest."""
    gaps = [distance_km(at, (one.place.lat, one.place.lon)) for one in found]
    nearest = min(gaps)
    if nearest <= SAME_SPOT_KM:
        return [gap <= nearest + SAME_KM for gap in gaps]
    about = [one.place.kind in WIDE and gap <= one.place.radius_km for gap, one in zip(gaps, found, strict=True)]
    return about if any(about) or nearest > FAR_KM else [gap == nearest for gap in gaps]


def fit_choice(cases: Sequence[Choice]) -> Scale:
    """A conditional logistic model: each name has the chances of its options and of none of them, which add up to one."""
    rows: list[Evidence] = []
    right: list[float] = []
    group: list[int] = []
    for number, case in enumerate(cases):
        rows += [case.none, *(option.evidence for option in case.options)]
        right += [float(not any(case.right)), *map(float, case.right)]
        group += [number] * (len(case.options) + 1)
    table, good, of = Table(rows, CHOICE_SELDOM), np.array(right), np.array(group)
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    counts = np.array([case.counts for case in cases])

    def cost(weights: Numbers) -> tuple[float, Numbers]:
        sums = table.sums(weights)
        likely = np.exp(sums - np.maximum.reduceat(sums, starts)[of])
        whole, part = np.add.reduceat(likely, starts), np.add.reduceat(likely * good, starts) + 1e-12
        value = -float(np.sum(counts * np.log(part / whole))) + CHOICE_RIDGE / 2 * float(weights @ weights)
        return value, table.back(counts[of] * (likely / whole[of] - likely * good / part[of])) + CHOICE_RIDGE * weights

    return scale_of(table.names, descend(cost, np.zeros(len(table.names))))


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


def folded(length: int) -> list[int]:
    return [at * FOLDS // length for at in range(length)]


def weigh_by(tagger: Scale, choice: Scale) -> None:
    """Lets the program weigh by scales other than the shipped ones."""
    toponyms.shipped = lambda: tagger  # type: ignore[assignment]
    choosing.shipped = lambda: choice  # type: ignore[assignment]
    locating._located.cache_clear()


def measured(sets: dict[str, list[Article]], spans: Sequence[Case], chosen: Sequence[Choice], gazetteer: Gazetteer) -> None:
    """Prints the benchmark's table of articles that the scales never saw."""
    tallies = {name: Tally() for name in sets}
    peoples = {name: counts_peoples(articles, gazetteer) for name, articles in sets.items()}
    for fold in range(FOLDS):
        weigh_by(fit_tagger([c for c in spans if c.fold != fold]), fit_choice([c for c in chosen if c.fold != fold]))
        for name, articles in sets.items():
            for article, mine in zip(articles, folded(len(articles)), strict=True):
                if mine == fold:
                    add(article, gazetteer, peoples[name], tallies[name])
    for name, tally in tallies.items():
        print(f"{name}, articles never seen", *lines_of(tally), sep="\n", flush=True)


def write(scale: Scale, name: str) -> None:
    """Stores a scale; notes that people have made in its table stay."""
    path = DATA / f"{name}.tsv"
    columns = ("evidence", "weight", "note")
    notes = {row["evidence"]: row["note"] for row in read_table(path, columns, [])} if path.is_file() else {}
    rows = [f"{n}\t{v}\t{notes.get(n, '')}".rstrip("\t") for n, v in sorted(scale.weights.items())]
    path.write_text("\t".join(columns) + "\n" + "\n".join(rows) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--gold", type=Path, help="folder of annotated reports")
    parser.add_argument("--limit", type=int, default=0, help="at most so many articles of each set")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    gazetteer = Gazetteer.open()
    files = {name: asked.bench / f"{name}.jsonl" for name in SETS}
    sets = {name: read_articles(file, asked.limit) for name, file in files.items() if file.is_file()}
    if not sets:
        sys.exit(f"error: {asked.bench} holds none of {', '.join(SETS)}.")
    spans = [case for articles in sets.values() for case in spans_of(articles, folded(len(articles)), gazetteer)]
    chosen = [case for articles in sets.values() for case in choices_of(articles, folded(len(articles)), gazetteer)]
    tagger = fit_tagger(spans)
    chosen += listed(asked, tagger, gazetteer)
    print(f"{len(spans):,} spans, {len(chosen):,} choices", flush=True)
    if asked.write:
        write(tagger, "toponym")
        write(fit_choice(chosen), "namesake")
        print("written: toponym.tsv namesake.tsv", flush=True)
    measured(sets, spans, chosen, gazetteer)


if __name__ == "__main__":
    main()
