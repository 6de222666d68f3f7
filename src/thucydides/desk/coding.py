"""The coder and the reader with a user's own rosters and limits."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import typer

from thucydides.actors import Actors
from thucydides.archive import Archive
from thucydides.arms import Arms
from thucydides.chronicle import Reader, Reading, chronicle
from thucydides.claims import Coder, Vocabulary
from thucydides.claims import codebook as codebooks
from thucydides.claims.learned import Learned, Tagger
from thucydides.desk.settings import Settings
from thucydides.errors import BadRoster
from thucydides.record import Place
from thucydides.reports import Limits, Outlets, Raw, Untold, read

SOON = 5  # bad lines of a roster told before the rest is only counted


@dataclass(frozen=True, slots=True)
class Chronicler:
    """All that is needed to read and code: loaded once a run."""

    coder: Coder
    reader: Reader
    limits: Limits

    def chronicle(self, raws: Iterable[Raw], archive: Archive | None = None) -> Iterator[Reading]:
        """The flow, with this user's rosters and limits."""
        return chronicle(raws, self.coder, archive, reader=self.reader, limits=self.limits)

    def near(self, lat: float, lon: float, km: float) -> list[Place]:
        """The places around a point, for the map's landmarks."""
        return self.coder.vocabulary.gazetteer.near(lat, lon, km, limit=20_000)


def prepare(
    settings: Settings, given: Mapping[str, Path | None] | None = None, *, triage: bool = True, untold: Untold | None = None
) -> Chronicler:
    """Loads everything. ``given`` are roster files of this run by name, laid over all others; their bad lines are told and skipped.

    Without ``triage`` every report is searched for claims, whatever it is about. ``untold`` holds of reports that do not tell it.
    """
    extra = {name: settings.roster(name, (given or {}).get(name)) for name in settings.rosters}
    actors, arms, outlets = Actors.load(extra["actors"]), Arms.load(extra["arms"]), Outlets.load(*extra["outlets"])
    gazetteer = settings.gazetteer((given or {}).get("places"))
    own = {path.name for paths in extra.values() for path in paths}
    _tell([e for e in (*actors.errors, *arms.errors, *outlets.errors, *gazetteer.bad_lines) if e.file in own])
    limits = Limits(**{name: int(value) if name == "memory_mb" else value for name, value in settings.limits.items()})  # type: ignore[arg-type]
    vocabulary = Vocabulary(actors, arms, gazetteer, codebooks.load(), Learned.load(), Tagger.load())
    coder = Coder(vocabulary) if triage else Coder(vocabulary, triage=None)
    gc.freeze()  # the vocabulary's hundreds of thousands of names stay for good: looking at them again at every collection costs a tenth
    return Chronicler(coder, partial(read, limits=limits, outlets=outlets, proper=vocabulary.proper, untold=untold), limits)


def _tell(bad: list[BadRoster]) -> None:
    for error in bad[:SOON]:
        typer.echo(f"warning: {error}", err=True)
    if len(bad) > SOON:
        typer.echo(f"warning: {len(bad) - SOON} more bad lines. 'thuc rosters check' lists them all.", err=True)
