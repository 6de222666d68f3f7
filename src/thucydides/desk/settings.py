"""Everything that can be set, read once and passed down.

THUCYDIDES_DATA      folder of the archive and the user's rosters; else the usual data folder of the system
THUCYDIDES_ARCHIVE   another archive: a file, or the URL of a database
THUCYDIDES_GOLD      folder of gold reports for ``thuc bench claims``
THUCYDIDES_BENCH     folder of benchmark files
THUCYDIDES_TEXT_MB, THUCYDIDES_FILE_MB, THUCYDIDES_UNPACKED_MB, THUCYDIDES_SECONDS, THUCYDIDES_MEMORY_MB
                     how much one report may take, each a field of ``reports.Limits``
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thucydides.errors import BadSetting

ROSTERS = ("actors", "arms", "outlets", "places")
LIMITS = ("text_mb", "file_mb", "unpacked_mb", "seconds", "memory_mb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run."""

    data: Path
    archive: str  # a file, or a database's URL
    rosters: Mapping[str, tuple[Path, ...]]  # by name of ``ROSTERS``: the user's own tables, laid over the shipped ones
    limits: Mapping[str, float]  # those of ``LIMITS`` that are set
    gold: Path | None = None
    bench: Path | None = None

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
