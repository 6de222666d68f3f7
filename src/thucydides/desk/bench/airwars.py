"""Strikes as Airwars coded them, against the best event claim of each text that it coded them from.

The best event of a text is the one that tells most of place, day, killed or wounded, and that it came from the air or by shelling; of
equals the one told first. A text without an event misses everything that is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path
from statistics import median

from thucydides.actors import Actors
from thucydides.chronicle import Reading
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Score
from thucydides.desk.bench.sets import Item, coded, raw, read_set, table
from thucydides.desk.coding import Chronicler
from thucydides.lexicon import fold, words_of
from thucydides.places.geometry import distance_km
from thucydides.record import Event, Kind, Party, Toll, When, Where

USUAL = "airwars.jsonl"
REMOTE = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})
UNNAMED = frozenset({"generic", "label"})  # "regime forces", "the Zionist enemy": the roster knows the words, not whose they are
_FEW_DAYS = 7
DAYS = 1  # how far the day may be off
KM = (5, 25, 161)
WRITTEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_FIGURE = re.compile(rf"(?<![\w.,:/-])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(WRITTEN)})(?![\w/:]|[.,]\d)", re.I)


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """How the fields of each text's best event agree with what Airwars coded for the strike."""
    strikes = read_set(path, USUAL, "incident_code", "date", "belligerent", "texts", limit=limit)
    pairs = [(strike, text) for strike in strikes for text in strike["texts"]]
    raws = [
        raw(f"{strike['incident_code']}-{n}", text["text"], source=text.get("publisher"), title=text.get("title"), url=text.get("url"),
            published=next(iter((text.get("date") or "").split()), None))
        for n, (strike, text) in enumerate(pairs)
    ]  # fmt: skip
    scores: dict[str, Score] = {}
    off_km: list[float] = []
    read = foreign = 0
    for (strike, text), reading in zip(pairs, coded(chronicler, raws), strict=True):
        event = best_event(reading)
        read += event is not None
        foreign += reading.report is not None and reading.report.language not in (None, "en")
        for name, score in compare(strike, text["text"], event, chronicler.coder.vocabulary.actors).items():
            scores[name] = scores.get(name, Score()) + score
        km = apart_km(strike, event)
        off_km += [km] if km is not None else []
    placed = scores["within 161 km"].asked
    figures = {key: value for name, score in scores.items() for key, value in score.figures(name.replace(" ", "_")).items()}
    figures |= {"event.share": read / len(pairs), "km_median": median(off_km) if off_km else float("nan")}
    lines = (
        f"{len(strikes)} strikes, {len(pairs)} texts ({foreign} not in English), {read} with an event",
        HEAD,
        *(score.line(name) for name, score in scores.items()),
        f"  {placed} texts of strikes with coordinates, {len(off_km)} answered, median {figures['km_median']:.1f} km",
    )
    return Measured(figures=figures, lines=lines, of={"file": str(path), "strikes": len(strikes), "texts": len(pairs)})


def best_event(reading: Reading) -> Event | None:
    """The event of a report that tells most of what Airwars codes."""
    events = [claim.says for claim in reading.claims if claim.kind is Kind.EVENT and isinstance(claim.says, Event)]
    return max(events, key=told, default=None)


def told(event: Event) -> int:
    """How many of place, day, killed or wounded, and a strike from afar an event tells."""
    return bool(event.where) + _tells_day(event.when) + bool(event.killed or event.wounded) + (event.type in REMOTE)


def _tells_day(when: When | None) -> bool:
    """Whether a day is told, or a few: a month, a year or "since 2021" is not when a strike was."""
    return when is not None and when.start is not None and when.end is not None and (when.end - when.start).days <= _FEW_DAYS


def compare(strike: Item, text: str, event: Event | None, actors: Actors) -> dict[str, Score]:
    """A score for every field: asked where Airwars coded it, told where the event has it.

    A toll is asked only where a figure that Airwars allows stands in the text, and told only there.
    """
    day = date.fromisoformat(strike["date"][:10])
    who, how = _listed(strike["belligerent"]), _types_of(_listed(strike.get("strike_type")))
    named = [party for party in event.parties if party.role == "initiator"] if event else []
    found = {
        "day": _one(True, bool(event and event.when), event is not None and _same_day(event.when, day)),
        "belligerent": _one(bool(who), bool(named), any(who & belligerents(party, actors) for party in named)),
        "kind of strike": _one(bool(how), bool(event and event.type), event is not None and event.type in how),
        "killed": _toll(strike, "civ_killed", text, event.killed if event else None),
        "wounded": _toll(strike, "civ_injured", text, event.wounded if event else None),
    }
    km = apart_km(strike, event)
    located = strike.get("lat") is not None and strike.get("lon") is not None
    return found | {f"within {most} km": _one(located, km is not None, km is not None and km <= most) for most in KM}


def belligerents(party: Party, actors: Actors) -> set[str]:
    """The belligerents of Airwars that a party is: by its actor and all that this belongs to, else by the words it is told with."""
    rows = table("airwars_belligerents.tsv", "id", "actors", "words")
    if party.actor and party.kind not in UNNAMED:
        lineage = set(actors.lineage(party.actor))
        return {row["id"] for row in rows if lineage & set(row.values("actors"))}
    words = {word.folded for word in words_of(party.name)}
    return {row["id"] for row in rows if words & {fold(word) for word in row.values("words")}}


def apart_km(strike: Item, event: Event | None) -> float | None:
    """How far the event's most exact place lies from the coded point; ``None`` where either has none."""
    places = [where for where in event.where if where.lat is not None and where.lon is not None] if event else []
    if not places or strike.get("lat") is None or strike.get("lon") is None:
        return None
    place: Where = min(places, key=lambda where: where.radius_km if where.radius_km is not None else float("inf"))
    assert place.lat is not None and place.lon is not None
    return distance_km((place.lat, place.lon), (strike["lat"], strike["lon"]))


def figures_in(text: str) -> set[int]:
    """The whole numbers of a text, in digits or, up to twenty, in words."""
    found = (match.group().lower() for match in _FIGURE.finditer(text))
    return {WRITTEN.index(word) + 1 if word in WRITTEN else int(word.replace(",", "")) for word in found}


def _toll(strike: Item, field: str, text: str, toll: Toll | None) -> Score:
    least, most = strike.get(f"{field}_min"), strike.get(f"{field}_max")
    if least is None or most is None or not any(least <= n <= most for n in figures_in(text) if n):
        return Score()
    number = next((n for n in (toll.best, toll.low, toll.high) if n is not None), None) if toll else None
    return _one(True, number is not None, number is not None and least <= number <= most)


def _same_day(when: When | None, day: date) -> bool:
    """Whether both ends of what is told lie within a day of the coded day: a week that holds it does not tell it."""
    return when is not None and all(end is not None and abs((end - day).days) <= DAYS for end in (when.start, when.end))


def _one(asked: bool, told: bool, right: bool) -> Score:
    """The score of one field of one text."""
    return Score.matched(int(right), int(told), 1) if asked else Score()


def _types_of(names: Collection[str]) -> set[str]:
    return {kind for row in table("airwars_strikes.tsv", "id", "types") if row["id"] in names for kind in row.values("types")}


def _listed(cell: str | None) -> set[str]:
    return {part.strip() for part in (cell or "").split(",") if part.strip()}
