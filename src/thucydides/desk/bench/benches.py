"""What a benchmark is, and which there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thucydides.desk.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a benchmark found: figures by name, and lines for people where the figures alone do not say it."""

    figures: Mapping[str, float]
    lines: tuple[str, ...] = ()
    of: Mapping[str, object] = field(default_factory=dict)  # on what: files, reports, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A benchmark: what it says and the set it takes where none is named."""

    says: str
    set: str  # "gold", a file of the bench folder, or "all": that folder itself; empty where the bench makes up its own
    plain: bool = False  # takes a path and --limit and no more: ``measure(chronicler, path, limit)`` of the module of its name

    def usual(self, settings: Settings) -> Path | None:
        """Its usual set, ``None`` where that is absent."""
        folder = settings.gold if self.set == "gold" else settings.bench
        if folder is None or not self.set:
            return None
        path = folder if self.set in ("gold", "all") else folder / self.set
        return path if path.exists() else None


BENCHES = {
    "claims": Bench(says="claims against gold claims, by a scorer script", set="gold"),
    "confidence": Bench(says="how far the chances that claims carry can be trusted", set="gold"),
    "speed": Bench(says="reading and coding against the bare parse of the same texts; memory; start", set="gold"),
    "cost": Bench(says="the share of every stage in the time of reading and coding", set="gold", plain=True),
    "alarms": Bench(says="how many reports that are not about war get an event claim", set="geovirus.jsonl"),
    "airwars": Bench(says="the best event of each text against coded strikes in Syria", set="airwars.jsonl", plain=True),
    "actors": Bench(says="the actors of notes against those that ACLED filed", set="ceha_acled.jsonl", plain=True),
    "places-of-verbs": Bench(says="the place words of the happening that a marked verb tells", set="event_location.jsonl", plain=True),
    "toponyms": Bench(says="places named in whole articles: which words, and where they are", set="all"),
    "spans": Bench(says="spans of organisations, weapons and platforms", set="re3d.jsonl", plain=True),
    "speakers": Bench(says="who says what: spans of source, cue and content", set="polnear.jsonl", plain=True),
    "muc": Bench(says="event templates of MUC-4: type, perpetrators, target, victim, weapon", set="muc4.jsonl"),
    "types": Bench(says="the class of snippets by the type of their first event claim", set="case2021_task2.jsonl"),
    "headlines": Bench(says="whether the place of an event is among those of its headline", set="ucdp_syria.jsonl"),
    "copies": Bench(says="copies among reports, as they are and edited, and what finding them costs", set="fakes.jsonl", plain=True),
    "clustering": Bench(says="texts clustered by the incident they are about, beside plainer ways", set="all", plain=True),
    "weighing": Bench(says="partisan articles read and weighed: the time, and the rival accounts", set="fakes.jsonl", plain=True),
    "control": Bench(says="who holds Ukrainian towns, told as reports: by month, and changes", set="control_ukraine.jsonl", plain=True),
    "merging": Bench(says="what a report more costs an archive of many claims", set=""),
    "serve": Bench(says="the workbench's server over an archive of many incidents", set=""),
    "stream": Bench(says="the whole chain on a mixed stream against parsing it all", set="all"),
}
