"""The application: every route, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from thucydides import __version__
from thucydides.desk.api import routes
from thucydides.desk.api.answers import answer, fault
from thucydides.desk.api.heads import Heads
from thucydides.desk.api.room import Room
from thucydides.desk.api.safety import Safety
from thucydides.desk.api.serving import Serving
from thucydides.desk.api.shapes import Fault
from thucydides.desk.api.tagging import Tagging
from thucydides.desk.settings import Settings
from thucydides.errors import ThucydidesError

AT_ONCE = 12
"""How many requests are worked on at once: no more than the archive has connections for; the others wait their turn."""
ABOUT = """What the archive holds, for programs and for the workbench's page. Answers are JSON; every list is also to be had as `.csv`,
`.geojson` and `.json` in full. What is wrong is told as `{"error", "remedy"}`."""


def create_app(settings: Settings, serving: Serving | None = None) -> FastAPI:
    """The server over the archive of the settings."""
    serving = serving or Serving()
    serving.check()
    room = Room(settings, serving)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = AT_ONCE
        room.start()
        yield
        room.close()

    app = FastAPI(
        title="Thucydides", version=__version__, description=ABOUT, lifespan=living, openapi_url="/api/openapi.json", docs_url=None,
        redoc_url=None,
    )  # fmt: skip
    app.state.room = room
    for router in routes.ROUTERS:
        app.include_router(router)
    app.add_exception_handler(ThucydidesError, _refused)
    app.add_exception_handler(RequestValidationError, _misspelt)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_middleware(Tagging, room=room)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Heads)
    app.add_middleware(Safety, serving=serving, elsewhere=_origins(settings.base_map))
    return app


def _origins(address: str | None) -> tuple[str, ...]:
    """Where the page may fetch the user's own map from."""
    if address is None:
        return ()
    parts = urlsplit(address)
    return (f"{parts.scheme}://{parts.netloc}",)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, ThucydidesError)
    return fault(error)


async def _misspelt(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "the request"
    return answer(Fault(error=f"{where}: {first['msg']}", remedy="/api/docs tells what every address takes."), Fault, 422)


async def _unknown(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = Fault(error=str(error.detail), remedy="/api/docs lists every address.")
    return answer(told, Fault, error.status_code, error.headers)
