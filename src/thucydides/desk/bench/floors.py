"""Floors: figures reached once and not to be lost again. ``bench/floors.toml`` holds them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thucydides.errors import BadSetting

FILE = Path("bench/floors.toml")
"""Looked for in the working folder and above it, then beside the package's source."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure of a benchmark that must be at least ``least`` or at most ``most``."""

    bench: str
    figure: str
    least: float | None
    most: float | None
    measured: str  # the day, and what it was then

    def holds(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        bound = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        return f"{self.bench} {self.figure} {bound}"


def read_floors(file: Path | None = None) -> list[Floor]:
    """All floors."""
    file = file or _file()
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        return [_floor(row) for row in told["floor"]]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadSetting(f"{file} holds no floors ({error})", remedy="bench/README.md shows how they are written.") from error


def check(bench: str, figures: Mapping[str, float], floors: list[Floor]) -> Iterator[tuple[Floor, float | None, bool]]:
    """The floors of a benchmark with the figure found and whether it holds; a figure that is missing does not."""
    for floor in floors:
        if floor.bench == bench:
            value = figures.get(floor.figure)
            yield floor, value, value is not None and floor.holds(value)


def _file() -> Path:
    here = Path.cwd()
    source = Path(__file__).resolve().parents[4]
    for folder in (here, *here.parents, source):
        if (folder / FILE).is_file():
            return folder / FILE
    raise BadSetting(f"there is no {FILE} here or above", remedy="Run it in the project's folder.")


def _floor(row: Mapping[str, Any]) -> Floor:
    least, most = row.get("least"), row.get("most")
    if (least is None) == (most is None):
        raise KeyError(f"{row.get('figure')}: give 'least' or 'most'")
    return Floor(
        bench=str(row["bench"]),
        figure=str(row["figure"]),
        least=None if least is None else float(least),
        most=None if most is None else float(most),
        measured=str(row["measured"]),
    )
