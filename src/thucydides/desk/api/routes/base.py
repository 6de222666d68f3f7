"""The base map's tiles."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from thucydides import __version__
from thucydides.desk.api.ground import FILE, GROUND_DEEPEST, TOWNS_DEEPEST, Towns, ground_tile
from thucydides.desk.api.shapes import Fault
from thucydides.errors import BadSetting
from thucydides.places.gazetteer import FILE as GAZETTEER

router = APIRouter(prefix="/base", tags=["base map"], responses={422: {"model": Fault}})
TILE = "application/vnd.mapbox-vector-tile"
KEEP = "public, max-age=604800"
TILES: dict[int | str, dict[str, object]] = {200: {"content": {TILE: {}}}}
_TOWNS = Towns()
_towns = lru_cache(maxsize=1024)(_TOWNS.tile)


@router.get("/ground/{z}/{x}/{y}.mvt", response_class=Response, responses=TILES)
def ground(request: Request, z: Annotated[int, Path(ge=0, le=GROUND_DEEPEST)], x: int, y: int) -> Response:
    """Land, lakes, rivers, first-level lines, borders (with `view`, `disputed`, `kind`) and one name a country."""
    _check(z, x, y)
    return _packed(request, ground_tile(z, x, y))


@router.get("/towns/{z}/{x}/{y}.mvt", response_class=Response, responses=TILES)
def towns(request: Request, z: Annotated[int, Path(ge=0, le=TOWNS_DEEPEST)], x: int, y: int) -> Response:
    """Towns of the gazetteer, the larger the farther out: `name`, `country`, `population`, `rank` on the tile."""
    _check(z, x, y)
    return _packed(request, _towns(z, x, y))


def _check(z: int, x: int, y: int) -> None:
    if not (0 <= x < 2**z and 0 <= y < 2**z):
        raise BadSetting(f"there is no tile {x}, {y} at zoom {z}", remedy=f"Both go from 0 to {2**z - 1}.")


@lru_cache(maxsize=1)
def _tag() -> str:
    made = [file.stat().st_mtime_ns for file in (FILE, GAZETTEER) if file.is_file()]
    return f'"{__version__}.{"-".join(map(str, made))}"'


def _packed(request: Request, content: bytes) -> Response:
    headers = {"Cache-Control": KEEP, "ETag": _tag(), "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if content and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(content, headers=headers | {"Content-Encoding": "gzip"}, media_type=TILE)
    return Response(gzip.decompress(content) if content else b"", headers=headers, media_type=TILE)
