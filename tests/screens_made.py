"""An archive for looking at screens, the server over it, and a browser: made once for a run of tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostile_made import hostile, long_report

from thucydides.archive import Archive
from thucydides.chronicle import chronicle
from thucydides.claims import Coder
from thucydides.desk.settings import Settings
from thucydides.desk.weighing import catch_up, weigher
from thucydides.reports import Raw

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "src/thucydides/desk/sample"
BUILT = ROOT / "src/thucydides/desk/workbench"
SHOTS = Path(os.environ.get("THUCYDIDES_SHOTS", ROOT / ".scratch/screens"))
"""Where the screenshots are kept, as output of the tests."""
CHROMIUM = "/usr/bin/chromium"
WAIT_SECONDS = 90

MIXED = """ALEPPO, 12 May 2016 🕊️

💥 Rebels of الجيش الحر (the Free Syrian Army) shelled the market of Aleppo on Tuesday 🏚️, killing at least 12 people 👩‍👩‍👧‍👦, the Observatory said.

Tiếng nổ: the Syrian army captured the town of Khān Shaykhūn on 9 May, e\u0301tat-major sources said. In \u202bمدينة حلب\u202c the Islamic State
killed 7 soldiers on Monday 🇸🇾.
"""
"""A report full of emoji, Arabic, combining marks and turned text."""


@dataclass
class Shown:
    """A server over an archive, and a browser that looks at it."""

    address: str
    browser: Any
    heard: list[str] = field(default_factory=list)

    @contextmanager
    def page(self, *, dark: bool = False, narrow: bool = False) -> Iterator[Any]:
        """A page in a theme and width. What its console says of errors is written into ``heard``."""
        size = {"width": 390, "height": 844} if narrow else {"width": 1440, "height": 900}
        scheme = "dark" if dark else "light"
        context = self.browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", has_touch=narrow)
        page = context.new_page()
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))
        page.on("console", lambda told: self.heard.append(f"{page.url}: {told.text}") if _wrong(told) else None)
        try:
            yield page
        finally:
            context.close()

    def open(self, page: Any, path: str) -> None:
        """Goes to a screen and waits until it has its answers."""
        page.goto(f"{self.address}{path}")
        settled(page)

    def shoot(self, page: Any, name: str) -> None:
        """Keeps a picture of what is seen."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SHOTS / f"{name}.png"))


def _wrong(told: Any) -> bool:
    return told.type == "error" and "Failed to load resource" not in told.text


def settled(page: Any) -> None:
    """Waits until nothing on the page says that it is still being asked for."""
    page.wait_for_function("document.querySelector('main h1, main [role=alert]') && !document.querySelector('main [aria-busy=true]')", timeout=20_000)


def build() -> bool:
    """Builds the page where its sources are newer than what was built; whether there is a page to look at."""
    index = BUILT / "index.html"
    sources = [path for path in (ROOT / "web/src").rglob("*") if path.is_file()]
    if index.is_file() and index.stat().st_mtime >= max(path.stat().st_mtime for path in sources):
        return True
    if not (ROOT / "web/node_modules").is_dir() or shutil.which("npx") is None:
        return index.is_file()
    subprocess.run(["npx", "vite", "build", "--logLevel", "error"], cwd=ROOT / "web", check=True, timeout=300)
    return True


def fill(path: Path, coder: Coder, *, harm: bool) -> None:
    """Fills an archive with the sample and the mixed report, and with what means harm where that is wanted; weighs all of it."""
    settings = Settings.read({"THUCYDIDES_DATA": str(path.parent)})
    with Archive.open(path) as archive:
        raws = [Raw(file.name, file.read_bytes()) for file in sorted(SAMPLE.glob("[0-9]*"))]
        raws.append(Raw("mixed.txt", MIXED.encode()))
        for _ in chronicle(raws, coder, archive):
            pass
        if harm:
            for report, claims in hostile():
                archive.keep(report, claims)
            archive.keep(*long_report("long-1mb", 1_000_000, claims=2500))
            archive.keep(*long_report("long-10mb", 10_000_000, claims=0))
        archive.keep_aside("broken.pdf", "the file is no PDF <b>at all</b>", b"%PDF-")
        catch_up(archive, weigher(settings))


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address of a real server, in a process of its own, over the archive of a data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("THUCYDIDES_")}
    environment = inherited | {"THUCYDIDES_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    with (data / "serve.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "thucydides", "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
    try:
        _await(f"http://127.0.0.1:{port}/api/state", server, data / "serve.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=WAIT_SECONDS):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"the server does not answer: {log.read_text()[-2000:]}")


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's Chromium without a screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        try:
            yield browser
        finally:
            browser.close()
