"""``thuc serve``: the workbench, a page over the archive that a browser shows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    port: Annotated[int, typer.Option("--port", help="Port to listen at.", min=0, max=65535)] = 8642,
    host: Annotated[str, typer.Option("--host", help="Address to listen at; any but this computer's own needs a password.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A further name it is asked for by, such as a proxy's.", metavar="NAME")
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="File with the password; else THUCYDIDES_PASSWORD.", metavar="FILE")
    ] = None,
    allow_fetch: Annotated[bool, typer.Option("--allow-fetch", help="Let the page fetch reports and feeds from public addresses.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show the archive in the browser: map, timeline, events with their words. Ctrl-C ends it."""
    import gc

    import uvicorn

    from thucydides.desk.api.app import create_app
    from thucydides.desk.api.serving import Serving, password_of
    from thucydides.desk.settings import Settings

    _keep_memory_steady()
    serving = Serving(host=host, port=port, names=tuple(name or ()), password=password_of(password_file), may_fetch=allow_fetch)
    app = create_app(Settings.read(), serving)
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, date_header=False, timeout_graceful_shutdown=5)
    )
    gc.set_threshold(50_000, 20, 20)  # a long report is a hundred thousand values: looking for circles among them doubles its time
    _say_where(server, host, open_)
    server.run()


def _keep_memory_steady() -> None:
    """Has arrays given back to the system when they are let go: by glibc's usual rules many threads keep ever more of them."""
    import ctypes
    import sys

    if sys.platform != "linux":
        return
    try:
        settle = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another library than glibc
        return
    arenas_at_most, map_from_bytes = -8, -3
    settle(arenas_at_most, 2)
    settle(map_from_bytes, 64 * 1024)


def _say_where(server, host: str, open_: bool) -> None:  # type: ignore[no-untyped-def]  # uvicorn is imported only where it is used
    """Tells the address once the server listens, and opens it if asked to."""
    import threading
    import time
    import webbrowser

    def say() -> None:
        while not server.started:
            if server.should_exit:
                return
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown if shown not in ('0.0.0.0', '[::]') else 'localhost'}:{port}/"
        typer.echo(f"Thucydides is at {address} (Ctrl-C ends it)")
        if open_:
            webbrowser.open(address)

    threading.Thread(target=say, daemon=True).start()
