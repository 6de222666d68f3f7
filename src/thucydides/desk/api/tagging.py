"""ETags: an answer that has not changed since it was last given is not made again."""

from __future__ import annotations

from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thucydides import __version__
from thucydides.desk.api.room import Room
from thucydides.errors import ThucydidesError

ALWAYS_ANEW = ("/api/jobs", "/api/aside", "/api/openapi.json", "/api/docs")


class Tagging:
    """Gives every view of the archive a tag of the archive's mark and the address, and answers 304 where the browser has it already."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self._app, self._room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_view(scope["path"]):
            await self._app(scope, receive, send)
            return
        tag = self._tag(scope)
        if tag is None:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        head = [(b"etag", tag.encode()), (b"cache-control", b"no-cache"), (b"vary", b"Accept-Encoding")]
        if tag in [one.strip() for one in headers.get("if-none-match", "").split(",")]:
            await send({"type": "http.response.start", "status": 304, "headers": head})
            await send({"type": "http.response.body", "body": b""})
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"] = [*message["headers"], *head[:2]]
            await send(message)

        await self._app(scope, receive, tagged)

    def _tag(self, scope: Scope) -> str | None:
        try:
            mark = self._room.mark_now()
        except ThucydidesError:
            return None
        if mark is None:
            return None
        query = scope["query_string"]
        digest = sha256(b"\0".join((__version__.encode(), mark.encode(), scope["path"].encode(), query))).hexdigest()[:20]
        return f'W/"{digest}"'


def _is_view(path: str) -> bool:
    return path.startswith(("/api/", "/e/", "/r/")) and not path.startswith(ALWAYS_ANEW)
