"""Control of Ukrainian towns: what is known of each is told as reports, read, coded and traced, and compared with the table itself.

What the table has first of a town is imported as known; each change is told in a sentence of ``control_sentences.tsv``, and what its column
``info`` says in a report of its own ("Captured by Russia 3 March 2022" becomes "The town of X was captured by Russia on 3 March 2022").
Compared are sides: Russia with the Donetsk and Luhansk republics, Ukraine, or contested; months in which the table has anything else
("Truce", "Unknown") are not asked.

``holder`` is the share of town-months whose state at the month's end is right, ``change`` how many changes of side are found within three
days. ``withheld`` are the same with three in ten reports left out, ``withheld_all`` with three in ten of the first states as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zlib import crc32

from thucydides.control import Chart, Known, Tracer
from thucydides.control.charting import on_day
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import Score
from thucydides.desk.bench.sets import raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.errors import BadRoster
from thucydides.lexicon import fold, read_table
from thucydides.places import locate, settle
from thucydides.record import Claim, Control, Party, Report, Where

USUAL = "control_ukraine.jsonl"
WITHIN_DAYS = 3
WITHHELD = 3  # of ten reports
LAST = date(2023, 6, 30)
SHOWN = 15
_SIDES = {
    "russia": "Russia", "donetsk pr": "Russia", "luhansk pr": "Russia", "dpr": "Russia", "lpr": "Russia", "ukraine": "Ukraine",
    "contested": "Contested",
}  # fmt: skip
_RUSSIAN, _UKRAINIAN = "ru", "ua"
_INFO = re.compile(r"(?P<claimed>Claimed |Allegedly |Possibly |\"?Likely )?(?P<verb>[Rr]ecaptured|[CС]aptured)\"? (?P<rest>.+)")
_STOP = re.compile(r"\.\s*(?=[A-ZС\"])|\n|(?<=\d)(?=Recaptured)")
_DAY = re.compile(r"(?<! on)(?<!by) (?=(?:\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2},? \d{4}))")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Town:
    """What the table has of one town: its states by day, and the reports that tell them, each with its day."""

    name: str
    states: tuple[tuple[date, str | None], ...]  # a side, ``None`` where the table has no side
    known: tuple[Known, ...]  # what it is known to be at first
    told: tuple[tuple[date, str], ...]


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """The figures of the towns of a table."""
    rows = read_set(path, USUAL, "snapshot_date", "name", "prev", "held_by", "as_of", "info")
    towns = list(_towns(rows, chronicler))
    towns = towns[:: max(1, len(towns) // limit)] if limit else towns
    told: dict[str, list[tuple[str, Report, tuple[Claim, ...]]]] = {}
    with progress("coding", len(towns)) as bar:
        for town in towns:
            told[town.name] = list(_read(chronicler, town))
            bar.advance(bar.task_ids[0])
    whole = _scored(towns, told, withheld=False)
    rest = _scored(towns, told, withheld=True)
    fewer = [town if _kept(f"{town.name} first") else replace(town, known=()) for town in towns]
    less = _scored(fewer, told, withheld=True)
    still = _scored(towns, {town.name: [] for town in towns}, withheld=False)
    reports = sum(len(of) for of in told.values())
    figures = {
        **whole[0],
        **{f"withheld.{name}": value for name, value in rest[0].items()},
        **{f"withheld_all.{name}": value for name, value in less[0].items()},
        "import_alone.holder": still[0]["holder"],
        "reports": float(reports),
        "towns": float(len(towns)),
    }
    lines = (
        f"{len(towns)} towns told in {reports} reports",
        f"holder by town and month {whole[0]['holder']:.3f}, change within {WITHIN_DAYS} days F1 {whole[0]['change.f1']:.3f}",
        f"with three in ten reports withheld: {rest[0]['holder']:.3f}, {rest[0]['change.f1']:.3f}",
        f"with three in ten first states withheld as well: {less[0]['holder']:.3f}, {less[0]['change.f1']:.3f}",
        f"the first states alone, as if nothing changed: {still[0]['holder']:.3f}",
        *whole[1][:SHOWN],
    )
    return Measured(figures=figures, lines=lines, of={"file": str(path), "towns": len(towns)})


# ── the table as reports ─────────────────────────────────────────────────────────────────────────


def _towns(rows: Sequence[Mapping[str, str]], chronicler: Chronicler) -> Iterator[_Town]:
    gazetteer = chronicler.coder.vocabulary.gazetteer
    by_name: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        by_name.setdefault(row["name"], []).append(row)
    for name, of in by_name.items():
        states: list[tuple[date, str | None]] = []
        told: list[tuple[date, str]] = []
        for row in sorted(of, key=lambda one: one["snapshot_date"]):
            seen = date.fromisoformat(row["snapshot_date"])
            side = _SIDES.get(row["held_by"].lower())
            given = _day(row["as_of"])
            first = not states
            day = given if given and (first or states[-1][0] < given) and given <= seen else seen
            states.append((seen if first else day, side))
            if side is not None and not first:
                told.append((seen, _sentence(name, side, day if day != seen else None)))
            told += [(seen, sentence) for sentence in _of_info(name, row["info"])]
        where = locate(name, settle([name, "Ukraine"], gazetteer, countries_hint={"UA": 3.0}), gazetteer)
        yield _Town(name=name, states=tuple(states), known=tuple(_known(where, *states[0])), told=tuple(dict.fromkeys(told)))


def _known(where: Where, day: date, side: str | None) -> Iterator[Known]:
    """The line of an import that a town's first state is."""
    if side is not None:
        actor = {"Russia": _RUSSIAN, "Ukraine": _UKRAINIAN}.get(side)
        holder = Party(role="holder", name=side, actor=actor, kind="state") if actor else None
        yield Known(id=f"import:table:{where.name}", where=where, holder=holder, day=day, source="table")


def _day(words: str) -> date | None:
    try:
        return datetime.strptime(" ".join(words.split()), "%d %B %Y").date()
    except ValueError:
        return None


@cache
def _sentences(state: str) -> tuple[str, ...]:
    errors: list[BadRoster] = []
    table = Path(__file__).with_name("control_sentences.tsv")
    found = tuple(row["sentence"] for row in read_table(table, ("state", "sentence"), errors) if row["state"] == state)
    if errors:
        raise errors[0]
    return found


def _sentence(name: str, state: str, day: date | None) -> str:
    choices = _sentences(state)
    on = f" on {day.day} {day:%B %Y}" if day else ""
    return choices[crc32(f"{name} {day}".encode()) % len(choices)].format(place=name, day=on)


def _of_info(name: str, info: str) -> Iterator[str]:
    """What the column says, in whole sentences; what tells of no capture is left out."""
    sentences: list[str] = []
    for part in _STOP.split(" ".join(info.replace("/ ", " and ").split(" "))):
        match = _INFO.match(part.strip())
        if match is None:
            continue
        rest = _DAY.sub(" on ", " ".join(match["rest"].split())).rstrip(" .")
        verb = match["verb"].lower().replace("с", "c")
        hedge = "reportedly " if match["claimed"] else ""
        sentences.append(f"The town of {name} was {hedge}{verb} {rest}.")
    if sentences:
        yield " ".join(sentences)


def _read(chronicler: Chronicler, town: _Town) -> Iterator[tuple[str, Report, tuple[Claim, ...]]]:
    for number, (day, words) in enumerate(town.told):
        one = raw(f"{town.name}-{number}", words, source="Front Gazette", title="War in Ukraine", published=day.isoformat())
        report = chronicler.reader(one)
        yield f"{town.name} {number}", report, tuple(chronicler.coder.code(report))


# ── the comparison ───────────────────────────────────────────────────────────────────────────────


def _scored(
    towns: Sequence[_Town], told: Mapping[str, Sequence[tuple[str, Report, tuple[Claim, ...]]]], *, withheld: bool
) -> tuple[dict[str, float], list[str]]:
    months, right, found, wanted, hits = 0, 0, 0, 0, 0
    wrong: list[str] = []
    for town in towns:
        kept = [one for one in told[town.name] if not withheld or _kept(one[0])]
        tracer = Tracer()
        for known in town.known:
            tracer.know(known)
        for _, report, claims in kept:
            for claim in claims:
                tracer.add(claim, report)
        spans = _spans(tracer.chart(), town.name)
        for end in _month_ends(town.states[0][0]):
            side = next((side for day, side in reversed(town.states) if day <= end), None)
            if side is None:
                continue
            months += 1
            has = _label(on_day(spans, end))
            right += has == side
            if has != side:
                wrong.append(f"{town.name} {end:%Y-%m}: {side}, traced {has}")
        truth, traced = list(_changes(town.states)), list(_changes([(span.seen, _label(span)) for span in spans]))
        wanted, found = wanted + len(truth), found + len(traced)
        for day, side in truth:
            near = [one for one in traced if one[1] == side and abs((one[0] - day).days) <= WITHIN_DAYS]
            if near:
                hits += 1
                traced.remove(min(near, key=lambda one: abs((one[0] - day).days)))
    figures = {"holder": right / months if months else 0.0, **Score.matched(hits, found, wanted).figures("change")}
    return figures, wrong


def _kept(name: str) -> bool:
    return crc32(name.encode()) % 10 >= WITHHELD


def _spans(chart: Chart, name: str) -> tuple[Control, ...]:
    """The timeline of a town, the best-founded where several places bear its name."""
    bearing = [spans for spans in chart.timelines.values() if fold(name) in fold(spans[0].where.name)]
    return max(bearing, key=lambda spans: (sum(len(span.claims) for span in spans), spans[0].place), default=())


def _label(span: Control | None) -> str | None:
    if span is None or span.status == "unknown":
        return None
    if span.status == "contested":
        return "Contested"
    actor = (span.holder.actor or "") if span.holder else ""
    if actor.startswith((_RUSSIAN, "ua-d", "ua-l")):
        return "Russia"
    return "Ukraine" if actor.startswith(_UKRAINIAN) else None


def _changes(states: Sequence[tuple[date, str | None]]) -> Iterator[tuple[date, str]]:
    """The days on which another side stands than before; what is unknown between is passed over."""
    before: str | None = None
    for day, side in states:
        if side is not None and before is not None and side != before:
            yield day, side
        before = side or before


def _month_ends(first: date) -> Iterator[date]:
    year, month = first.year, first.month
    while True:
        month, year = (month + 1, year) if month < 12 else (1, year + 1)
        end = date(year, month, 1) - timedelta(days=1)
        if end > LAST:
            return
        yield end
