"""The base map: land, water and borders out of a built file, towns out of the embedded gazetteer. Nothing is fetched from anywhere.

``bench/build_ground.py`` builds the file and tells whose view its borders are.
"""

from __future__ import annotations

import gzip
import sqlite3
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from thucydides.desk.api.columns import mercator
from thucydides.desk.api.mvt import EXTENT, POINTS, Feature, tile
from thucydides.desk.api.rows import Array
from thucydides.errors import BadGazetteer
from thucydides.places.file import KINDS
from thucydides.places.gazetteer import FILE as GAZETTEER

FILE = Path(__file__).parents[1] / "base" / "ground.db"
GROUND_DEEPEST, TOWNS_DEEPEST = 5, 11
"""The last zooms of which there are tiles; closer in a map draws these larger."""
VIEWS = {
    "gazetteer": "Borders are drawn as the gazetteer gives countries to places: after ISO 3166 and the United Nations where these speak, "
    "else after who holds the land. Dashed lines are disputed. No line states an opinion on anybody's claim.",
    "held": "Borders are drawn after who holds the land, as Natural Earth has them. Dashed lines are disputed. No line states an opinion "
    "on anybody's claim.",
}
"""The drawings of borders that can be chosen, and what is to be said of each."""
CREDIT = "Natural Earth (public domain); towns: GeoNames (CC BY 4.0)"
LEAST = {3: 1_000_000, 4: 500_000, 5: 200_000, 6: 100_000, 7: 40_000, 8: 15_000, 9: 4000, 10: 500}
"""By zoom the least population of the towns that are named; from 11 on all are, before 3 none."""
MOST = 80  # towns on a tile
_SETTLEMENTS = ("city", "town", "village")


@lru_cache(maxsize=512)
def ground_tile(z: int, x: int, y: int) -> bytes:
    """A tile with the layers land, lakes, rivers, admin1, borders and countries, packed with gzip; empty where there is nothing."""
    if not FILE.is_file():
        raise BadGazetteer(f"The base map {FILE} is missing", remedy="Reinstall the package or run bench/build_ground.py.")
    db = sqlite3.connect(f"file:{FILE.as_posix()}?mode=ro&immutable=1", uri=True)
    try:
        row = db.execute("SELECT tile FROM tiles WHERE z = ? AND x = ? AND y = ?", (z, x, y)).fetchone()
    finally:
        db.close()
    return row[0] if row is not None else b""


class Towns:
    """The settlements of the embedded gazetteer, those with most people first."""

    @cached_property
    def _known(self) -> tuple[list[str], list[str], Array, Array, Array]:
        db = sqlite3.connect(f"file:{GAZETTEER.as_posix()}?mode=ro&immutable=1", uri=True)
        kinds = ",".join(str(KINDS.index(kind)) for kind in _SETTLEMENTS)
        query = f"SELECT name, country, lat, lon, population FROM places WHERE kind IN ({kinds}) ORDER BY population DESC, id"
        try:
            rows = db.execute(query).fetchall()
        finally:
            db.close()
        lat, lon, people = (np.array([row[at] for row in rows], dtype=np.float64) for at in (2, 3, 4))
        return [row[0] for row in rows], [row[1] for row in rows], *mercator(lon / 1e4, lat / 1e4), people

    def tile(self, z: int, x: int, y: int) -> bytes:
        """A tile with the layer towns, the largest first; packed with gzip, empty where there is none."""
        least = 0 if z > max(LEAST) else LEAST.get(z)
        if least is None:
            return b""
        names, countries, across, down, people = self._known
        side = 2**z
        east, south = across * side - x, down * side - y
        rows = np.flatnonzero((people >= least) & (east >= 0) & (east < 1) & (south >= 0) & (south < 1))[:MOST]
        features: list[Feature] = [
            (
                POINTS,
                [[(int(east[row] * EXTENT), int(south[row] * EXTENT))]],
                {"name": names[row], "country": countries[row], "population": int(people[row]), "rank": rank},
            )
            for rank, row in enumerate(rows.tolist())
        ]
        return gzip.compress(tile({"towns": features}), 6, mtime=0) if features else b""
