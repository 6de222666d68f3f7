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
    set: str  # "gold", or a file of the bench folder

    def usual(self, settings: Settings) -> Path | None:
        """Its usual set, ``None`` where that is absent."""
        folder = settings.gold if self.set == "gold" else settings.bench
        if folder is None:
            return None
        path = folder if self.set == "gold" else folder / self.set
        return path if path.exists() else None


BENCHES = {
    "claims": Bench(says="claims against gold claims, by a scorer script", set="gold"),
    "speed": Bench(says="reading and coding against the bare parse of the same texts; memory; start", set="gold"),
    "alarms": Bench(says="how many reports that are not about war get an event claim", set="geovirus.jsonl"),
}
