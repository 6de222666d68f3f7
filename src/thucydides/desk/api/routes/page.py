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
    file = (BUILT / "assets" / name).resolve()
    if not file.is_relative_to(BUILT / "assets") or not file.is_file():
        return answer(Fault(error=f"there is no {name[:100]!r}", remedy="Reload the page."), Fault, 404)
    return _sent(request, file, FOR_GOOD)


@router.get("/{path:path}")
def page(request: Request, path: str) -> Response:
    """The document that draws every screen."""
    own = (BUILT / path).resolve()
    if path and own.parent == BUILT and own.is_file():
        return _sent(request, own, "no-cache")
    accepted = request.headers.get("accept", "*/*")
    if path.startswith(("api/", "base/")) or not ("text/html" in accepted or "*/*" in accepted):
        return answer(Fault(error=f"there is nothing at /{path[:100]}", remedy="/api/docs lists every address."), Fault, 404)
    index = BUILT / "index.html"
    if not index.is_file():
        return Response(NOT_BUILT, 503, media_type="text/html")
    return _sent(request, index, "no-cache")


def _sent(request: Request, file: Path, keep: str) -> Response:
    encoding = _encoding(file, request.headers.get("accept-encoding", ""))
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"} | ({"Content-Encoding": encoding} if encoding else {})
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    kind = "text/javascript" if file.suffix in (".js", ".mjs") else kind
    return Response(_content(file, file.stat().st_mtime_ns, encoding), headers=headers, media_type=kind)


def _encoding(file: Path, accepted: str) -> str | None:
    """How a file is sent: as the build packed it best, else packed here, else as it is."""
    if file.suffix not in WORTH_PACKING:
        return None
    known = {one.partition(";")[0].strip() for one in accepted.split(",")}
    if "br" in known and _brotli(file).is_file():
        return "br"
    return "gzip" if "gzip" in known else None


def _brotli(file: Path) -> Path:
    return file.with_name(file.name + ".br")


@lru_cache(maxsize=256)
def _content(file: Path, _changed: int, encoding: str | None) -> bytes:
    """A file's bytes, packed once and remembered."""
    if encoding == "br":
        return _brotli(file).read_bytes()
    content = file.read_bytes()
    return gzip.compress(content, 9, mtime=0) if encoding else content
