"""Everything that can be set, read once and passed down.

THUCYDIDES_DATA      folder of the archive and the user's rosters; else the usual data folder of the system
THUCYDIDES_ARCHIVE   another archive: a file, or the URL of a database
THUCYDIDES_GOLD      folder of gold reports for ``thuc bench claims``
THUCYDIDES_BENCH     folder of benchmark files
THUCYDIDES_PLACES_LEAST_SCORE
                     a place of a lower score stays unknown; ``docs/places.md`` has the table to choose it from
THUCYDIDES_GRADES    another file of rules by which incidents are graded
THUCYDIDES_DELAY_DAYS
                     what was seen within so many days is kept back from forces, arms, control and exports; 0, the usual, keeps nothing back
THUCYDIDES_BASEMAP   a map of your own for the workbench: the address of a .pmtiles file, or of raster tiles with {z}, {x} and {y}
THUCYDIDES_BORDERS   whose view the workbench's borders are: gazetteer, the usual, or held
THUCYDIDES_TEXT_MB, THUCYDIDES_FILE_MB, THUCYDIDES_UNPACKED_MB, THUCYDIDES_SECONDS, THUCYDIDES_MEMORY_MB
                     how much one report may take, each a field of ``reports.Limits``
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thucydides.errors import BadSetting

if TYPE_CHECKING:
    from thucydides.places import Gazetteer

ROSTERS = ("actors", "arms", "outlets", "places")
LIMITS = ("text_mb", "file_mb", "unpacked_mb", "seconds", "memory_mb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run."""

    data: Path
    archive: str  # a file, or a database's URL
    rosters: Mapping[str, tuple[Path, ...]]  # by name of ``ROSTERS``: the user's own tables, laid over the shipped ones
    limits: Mapping[str, float]  # those of ``LIMITS`` that are set
    least_score: float | None = None  # of places; ``None`` is the usual one
    delay_days: int = 0  # what was seen later is kept back from what goes out
    grades: Path | None = None  # rules for grading incidents; ``None`` are the shipped ones
    base_map: str | None = None  # an address
    borders: str = "gazetteer"
    gold: Path | None = None
    bench: Path | None = None

    @property
    def places(self) -> Path:
        """The folder of the gazetteers that the user added."""
        return self.data / "places"

    @property
    def gazetteers(self) -> tuple[Path, ...]:
        """The gazetteers that the user added, by name."""
        return tuple(sorted(self.places.glob("*.db")))

    @property
    def camps(self) -> tuple[Path, ...]:
        """The user's own roster of who stands together, laid over the shipped one."""
        path = self.data / "rosters" / "camps.tsv"
        return (path,) if path.is_file() else ()

    @property
    def control_rules(self) -> tuple[Path, ...]:
        """The user's own numbers for tracing control, laid over the shipped ones."""
        path = self.data / "rosters" / "control_rules.tsv"
        return (path,) if path.is_file() else ()

    def gazetteer(self, given: Path | None = None) -> Gazetteer:
        """All places that this user knows; ``given`` is a table of this run."""
        from thucydides.places import Gazetteer
        from thucydides.places.gazetteer import LEAST_SCORE

        least = LEAST_SCORE if self.least_score is None else self.least_score
        return Gazetteer.open(self.roster("places", given), self.gazetteers, least)

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings of this environment. Nothing is made or opened."""
        given = environ.get("THUCYDIDES_DATA")
        if given:
            data = Path(given).expanduser()
        else:
            from platformdirs import user_data_path  # only here, so that ``--help`` need not load it

            data = user_data_path("thucydides", appauthor=False)
        own = {name: data / "rosters" / f"{name}.tsv" for name in ROSTERS}
        return cls(
            data=data,
            archive=environ.get("THUCYDIDES_ARCHIVE") or str(data / "archive.db"),
            rosters={name: (path,) if path.is_file() else () for name, path in own.items()},
            limits={name: _number(environ, name) for name in LIMITS if environ.get(f"THUCYDIDES_{name.upper()}")},
            least_score=_share(environ, "THUCYDIDES_PLACES_LEAST_SCORE"),
            delay_days=_days(environ, "THUCYDIDES_DELAY_DAYS"),
            grades=Path(environ["THUCYDIDES_GRADES"]).expanduser() if environ.get("THUCYDIDES_GRADES") else None,
            base_map=_base_map(environ),
            borders=_borders(environ),
            gold=_folder(environ, "THUCYDIDES_GOLD", Path("../shared/gold/dev")),
            bench=_folder(environ, "THUCYDIDES_BENCH", Path("../shared/bench")),
        )

    def roster(self, name: str, given: Path | None = None) -> tuple[Path, ...]:
        """The user's own tables of one kind, the one given last: it wins over all others."""
        if given is None:
            return self.rosters[name]
        if not given.is_file():
            raise BadSetting(f"--{name}: there is no file {str(given)!r}", remedy="Check the name.")
        return (*self.rosters[name], given)


def _folder(environ: Mapping[str, str], variable: str, usual: Path) -> Path | None:
    """The folder a variable names, else the usual one if it is there."""
    given = environ.get(variable)
    if given:
        return Path(given).expanduser()
    return usual if usual.is_dir() else None


def _number(environ: Mapping[str, str], name: str) -> float:
    variable = f"THUCYDIDES_{name.upper()}"
    try:
        value = float(environ[variable])
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise BadSetting(f"{variable} is {environ[variable]!r}", remedy="Give a number above 0.")
    return value


def _days(environ: Mapping[str, str], variable: str) -> int:
    """A whole number of days, 0 where it is not set."""
    given = environ.get(variable, "").strip()
    if given and not given.isdecimal():
        raise BadSetting(f"{variable} is {given!r}", remedy="Give a whole number of days, 0 or more.")
    return int(given or 0)


def _base_map(environ: Mapping[str, str]) -> str | None:
    """The address of the user's own map."""
    given = environ.get("THUCYDIDES_BASEMAP", "").strip()
    if not given:
        return None
    is_map = all(part in given for part in ("{z}", "{x}", "{y}")) or given.partition("?")[0].endswith(".pmtiles")
    if not given.startswith(("http://", "https://")) or not is_map or set(given) & set(" ;,'\""):
        remedy = "Give https://…/map.pmtiles, or https://…/{z}/{x}/{y}.png."
        raise BadSetting(f"THUCYDIDES_BASEMAP is {given!r}", remedy=remedy)
    return given


def _borders(environ: Mapping[str, str]) -> str:
    given = environ.get("THUCYDIDES_BORDERS") or "gazetteer"
    if given not in ("gazetteer", "held"):
        raise BadSetting(f"THUCYDIDES_BORDERS is {given!r}", remedy="Give gazetteer or held.")
    return given


def _share(environ: Mapping[str, str], variable: str) -> float | None:
    """A number from 0 to 1, ``None`` where it is not set."""
    given = environ.get(variable)
    if not given:
        return None
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise BadSetting(f"{variable} is {given!r}", remedy="Give a number from 0 to 1.")
    return value
