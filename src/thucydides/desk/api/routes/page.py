"""The workbench's page: one document for every screen, and its scripts, styles and pictures."""

from __future__ import annotations

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from thucydides.desk.api.answers import answer
from thucydides.desk.api.shapes import Fault

BUILT = Path(__file__).parents[2] / "workbench"
"""Where the page is built into; ``hatch_build.py`` says how."""
FOR_GOOD = "public, max-age=31536000, immutable"
WORTH_PACKING = frozenset({".js", ".mjs", ".css", ".svg", ".html", ".json", ".map"})
NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>Thucydides</title><h1>The page is not built</h1>
<p>This copy of the program came without the workbench's page. Build it with <code>npm ci && npm run build</code> in the folder
<code>web</code>, or install the program anew with <code>pip install .</code>. The <a href="/api/docs">API</a> works without it.</p>"""

router = APIRouter(include_in_schema=False)


@router.get("/assets/{name:path}")
def asset(request: Request, name: str) -> Response:
    """A built file; its name has a digest of what is in it, so it never changes."""
    file = _file_in(BUILT / "assets", name)
    if file is None:
        return answer(Fault(error=f"there is no {name[:100]!r}", remedy="Reload the page."), Fault, 404)
    return _sent(request, file, FOR_GOOD)


@router.get("/")
@router.get("/{path:anything}")
def page(request: Request, path: str = "") -> Response:
    """The document that draws every screen."""
    own = _file_in(BUILT, path) if path and "/" not in path else None
    if own is not None:
        return _sent(request, own, "no-cache")
    accepted = request.headers.get("accept", "*/*")
    if path.startswith(("api/", "base/")) or not ("text/html" in accepted or "*/*" in accepted):
        return answer(Fault(error=f"there is nothing at /{path[:100]}", remedy="/api/docs lists every address."), Fault, 404)
    index = BUILT / "index.html"
    if not index.is_file():
        return Response(NOT_BUILT, 503, media_type="text/html")
    return _sent(request, index, "no-cache")


def _file_in(folder: Path, name: str) -> Path | None:
    """A file of a folder or of one within it, ``None`` where there is none or the name leads out of it."""
    try:
        file = (folder / name).resolve()
        return file if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):
        return None


def _sent(request: Request, file: Path, keep: str) -> Response:
    accepted = request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"}
    beside = file.with_name(f"{file.name}.br")
    if "br" in accepted and beside.is_file():
        content = _content(beside, beside.stat().st_mtime_ns, False)
        return Response(content, headers=headers | {"Content-Encoding": "br"}, media_type=_kind(file))
    packed = file.suffix in WORTH_PACKING and "gzip" in accepted
    headers |= {"Content-Encoding": "gzip"} if packed else {}
    return Response(_content(file, file.stat().st_mtime_ns, packed), headers=headers, media_type=_kind(file))


def _kind(file: Path) -> str:
    """What a browser is told that a file is."""
    if file.suffix in (".js", ".mjs"):
        return "text/javascript"
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@lru_cache(maxsize=256)
def _content(file: Path, _changed: int, packed: bool) -> bytes:
    """A file's bytes, packed once and remembered."""
    content = file.read_bytes()
    return gzip.compress(content, 9, mtime=0) if packed else content
