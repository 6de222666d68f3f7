"""When the page is built, and what is said where it cannot be."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("hatchling")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose page is built, and whose sources are older."""
    monkeypatch.delenv("THUCYDIDES_NO_PAGE", raising=False)
    for name in ("web/package.json", "web/src/App.svelte", "web/node_modules/x/index.js", "src/thucydides/desk/workbench/index.html"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
        os.utime(file, (1000, 1000))
    os.utime(tmp_path / "src/thucydides/desk/workbench/index.html", (2000, 2000))
    return tmp_path


def test_a_page_newer_than_its_sources_is_left(hook: ModuleType, project: Path) -> None:
    assert not hook.needed(project)


def test_a_source_that_changed_has_it_built(hook: ModuleType, project: Path) -> None:
    os.utime(project / "web/node_modules/x/index.js", (3000, 3000))
    assert not hook.needed(project), "what is fetched is no source"
    os.utime(project / "web/src/App.svelte", (3000, 3000))
    assert hook.needed(project)


def test_a_page_that_is_missing_is_built(hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "src/thucydides/desk/workbench/index.html").unlink()
    assert hook.needed(project)
    monkeypatch.setenv("THUCYDIDES_NO_PAGE", "1")
    assert not hook.needed(project)


def test_an_unpacked_sdist_has_its_page(hook: ModuleType, project: Path) -> None:
    os.utime(project / "web/src/App.svelte", (3000, 3000))
    (project / "PKG-INFO").write_text("", encoding="utf-8")
    assert not hook.needed(project), "times in an archive tell nothing"


def test_a_registry_that_cannot_be_reached_is_told(hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "tools", lambda: ("false", "npm"))
    with pytest.raises(SystemExit, match="npm's registry"):
        hook.build(project)


def test_the_lock_names_no_registry() -> None:
    lock = (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock and "://registry" not in lock
