"""Who may ask: the right name, the right password, and no other page's script. And what a browser may do with the answers.

A page of another origin can make a browser send requests to a server on its own computer. It cannot choose the ``Host`` that a browser
sends, so a name that is not this server's is refused (DNS rebinding); and browsers tell where a request comes from, so what would change
anything is refused from elsewhere.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import logging

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thucydides.desk.api.answers import answer
from thucydides.desk.api.serving import Serving, is_loopback
from thucydides.desk.api.shapes import Fault

_LOG = logging.getLogger(__name__)
WAIT_SECONDS = 0.5
"""How long a wrong password waits for its answer."""
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
APP = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{elsewhere}; "
    "font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'{elsewhere}; frame-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The policy of the app and of everything that names none of its own."""


class Safety:
    """Stands before everything else."""

    def __init__(self, app: ASGIApp, serving: Serving, elsewhere: tuple[str, ...] = ()) -> None:
        self._app, self._serving = app, serving
        self._policy = APP.format(elsewhere="".join(f" {one}" for one in elsewhere)).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no websockets here
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._guarded(message["headers"])
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await answer(refusal, Fault, 403)(scope, receive, guarded)
        elif self._serving.password and not self._knows_password(headers):
            if headers.get("authorization"):
                await asyncio.sleep(WAIT_SECONDS)
            told = Fault(error="this server asks for a password", remedy="Give any user name and the password that it was started with.")
            asked = {"WWW-Authenticate": 'Basic realm="Thucydides", charset="UTF-8"'}
            await answer(told, Fault, 401, asked)(scope, receive, guarded)
        else:
            await self._answered(scope, receive, guarded)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application's answer; a fault of the program's own is told as one, unless the answer has begun."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as fault:  # the last to hear of it
            _LOG.exception("%s %s", scope["method"], scope["path"])
            if begun:
                raise
            told = Fault(error=f"{type(fault).__name__} in the server", remedy="The fault is the program's: please report what you did.")
            await answer(told, Fault, 500)(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Fault | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return Fault(
                error=f"{host[:100]!r} is no name of this server",
                remedy="Ask for it by the address that it told when it started, or start it with --name NAME.",
            )
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if site not in (None, "same-origin", "none") or (origin is not None and origin.partition("://")[2] != host):
            remedy = "Do it from the workbench itself, or with a program of your own."
            return Fault(error="another site's page asked for this", remedy=remedy)
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name.lower() in (*LOCAL_NAMES, *(one.lower() for one in self._serving.names)):
            return True
        # Open to others it has a password, which a browser sends to no other name; and it may have many names.
        return not is_loopback(self._serving.host)

    def _knows_password(self, headers: Headers) -> bool:
        kind, _, told = headers.get("authorization", "").partition(" ")
        try:
            given = base64.b64decode(told, validate=True).partition(b":")[2] if kind.lower() == "basic" else b""
        except (ValueError, binascii.Error):
            given = b""
        return hmac.compare_digest(given, (self._serving.password or "").encode())

    def _guarded(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        own = {name for name, _ in headers}
        wanted = [
            (b"content-security-policy", self._policy),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"x-frame-options", b"DENY"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        return [*headers, *(one for one in wanted if one[0] not in own)]
