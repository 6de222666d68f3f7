"""For tests of the page in a real browser: a server on an archive, a browser in each theme, pictures of what was seen.

A test of such a page takes ``sample`` (the server's address), ``page`` or ``open_page``.
Pictures go to ``test-output/web``, or where ``THUCYDIDES_PICTURES`` says. Without a browser, or without the built page, the tests are
skipped and say what to do: ``make browser``, ``make page``.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "src" / "thucydides" / "desk" / "workbench"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = Path(os.environ.get("THUCYDIDES_PICTURES", ROOT / "test-output" / "web"))
THEMES = ("light", "dark")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
# No graphics card is needed: everything is drawn in software.
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
HARMLESS = ("net::ERR_ABORTED",)  # a question that was given up for a newer one


@dataclass
class Seen:
    """A page, and what went wrong in it."""

    page: Any
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Opens a path of the server."""
        self.page.goto(self.address + path)

    def address_now(self) -> str:
        """The page's address by its own word: the browser's client hears of a new one a moment later."""
        return str(self.page.evaluate("location.href"))

    def map_drawn(self) -> None:
        """Waits until the map has drawn all that it will."""
        self.page.wait_for_selector(".map[data-ready=true]")
        self.page.wait_for_function("window.map && window.map.loaded() && window.map.areTilesLoaded() && !window.map.isMoving()")

    def run(self, script: str, *given: Any, within_s: float = 60) -> Any:
        """What a script comes to that waits for something: the browser's own ``evaluate`` would wait for ever."""
        late = f"the page does not come to an end within {within_s:g} s"
        rather = f"new Promise((_, fail) => setTimeout(() => fail(new Error('{late}')), {within_s * 1000}))"
        return self.page.evaluate(f"(given) => Promise.race([({script})(...given), {rather}])", list(given))

    def picture(self, name: str) -> None:
        """Keeps what is seen now."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def barriers(self) -> list[str]:
        """What keeps people out: the serious and critical findings of axe."""
        if not AXE.is_file():
            pytest.skip("axe-core is not installed: make web")
        self.page.add_script_tag(path=AXE)
        found = self.run("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} ({one['nodes'][0]['failureSummary'][:300]})"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    def spills(self) -> bool:
        """Whether the page is wider than the window: it would scroll sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class serving:  # noqa: N801 - reads as a verb: with serving(folder) as address
    """A server of its own process on an archive, else on the one in the folder; without one there it shows the sample."""

    def __init__(self, folder: Path, *more: str, archive: Path | None = None) -> None:
        self._folder, self._more, self._archive = folder, more, archive

    def __enter__(self) -> str:
        if not (BUILT / "index.html").is_file():
            pytest.skip("the page is not built: make page")
        port = free_port()
        environ = os.environ | {"THUCYDIDES_DATA": str(self._folder), "PYTHONPATH": str(ROOT / "src")}
        environ.pop("THUCYDIDES_ARCHIVE", None)
        if self._archive is not None:
            environ["THUCYDIDES_ARCHIVE"] = str(self._archive)
        command = [sys.executable, "-m", "thucydides", "serve", "--port", str(port), *self._more]
        self._log = (self._folder / "serve.log").open("wb")
        self._process = subprocess.Popen(command, env=environ, stdout=self._log, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{address}/api/state", timeout=10):
                    return address
            except OSError:
                time.sleep(0.25)
        self.__exit__()
        raise AssertionError((self._folder / "serve.log").read_text(errors="replace"))

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that shows the embedded sample."""
    with serving(tmp_path_factory.mktemp("sample")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser that there is, one for all tests of a process: two would be one too many for the library."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make .venv/.developing")
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_api.sync_playwright() as playwright:
        if found is None and not Path(playwright.chromium.executable_path).is_file():
            pytest.skip("no Chromium is installed: make browser")
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    """Light and dark."""
    return str(request.param)


@pytest.fixture
def open_page(browser: Any, sample: str) -> Iterator[Callable[..., Seen]]:
    """``open_page(theme="dark", narrow=True, address=…)``: a page of its own; its faults fail the test."""
    opened: list[tuple[Any, Seen]] = []

    def opening(*, theme: str = "light", narrow: bool = False, address: str | None = None, strict: bool = False, **options: Any) -> Seen:
        """``strict`` keeps the content security policy in force; axe and waiting for functions need it lifted."""
        context = browser.new_context(
            viewport=NARROW if narrow else WIDE, color_scheme=theme, has_touch=narrow, bypass_csp=not strict, locale="en-GB", **options
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        seen = Seen(page, address or sample)
        page.on("pageerror", lambda error: seen.faults.append(f"error: {error}"))
        page.on("console", lambda message: seen.faults.append(f"{message.type}: {message.text}") if message.type == "error" else None)
        page.on("requestfailed", lambda request: seen.faults.append(f"{request.url}: {request.failure}"))
        opened.append((context, seen))
        return seen

    yield opening
    faults = [fault for _, seen in opened for fault in seen.faults if not any(harmless in fault for harmless in HARMLESS)]
    for context, _ in opened:
        context.close()
    assert not faults, faults


@pytest.fixture
def page(open_page: Callable[..., Seen], theme: str, request: pytest.FixtureRequest) -> Iterator[Seen]:
    """A wide page in the theme; what it shows at the end is kept as a picture named after the test."""
    seen = open_page(theme=theme)
    yield seen
    if not seen.page.is_closed():
        seen.picture(re.sub(r"[^\w-]+", "-", request.node.name).strip("-"))
