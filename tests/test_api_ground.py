"""The base map's tiles, and what the plain parts of the server promise: cursors, vector tiles, the page's files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api_made import get, layers_of, served, settings_in
from thucydides.desk.api import mvt
from thucydides.desk.api.columns import mercator
from thucydides.desk.api.cursors import cursor_of, place_of
from thucydides.desk.api.fetching import is_public
from thucydides.desk.api.lines import Units
from thucydides.desk.api.routes import page
from thucydides.desk.settings import Settings
from thucydides.errors import BadSetting


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(settings_in(tmp_path_factory.mktemp("ground"))) as client:
        yield client


def tile_at(lat: float, lon: float, zoom: int) -> str:
    x, y = mercator(np.array([lon]), np.array([lat]))
    return f"{zoom}/{int(x[0] * 2**zoom)}/{int(y[0] * 2**zoom)}"


def drawn(client: TestClient, of: str, where: str) -> dict[str, list[tuple[int, list[int], dict[str, Any]]]]:
    answer = client.get(f"/base/{of}/{where}.mvt")
    assert answer.status_code == 200 and "max-age" in answer.headers["cache-control"]
    return layers_of(answer.content)


def test_the_whole_world_is_on_one_tile(client: TestClient) -> None:
    world = drawn(client, "ground", "0/0/0")
    assert {"land", "lakes", "borders", "countries"} <= set(world)
    names = [properties["name"] for _, _, properties in world["countries"]]
    assert len(names) == len(set(names)) > 200, "every country is named once"
    assert {(properties["view"], properties["disputed"]) for _, _, properties in world["borders"]} == {
        ("gazetteer", True), ("gazetteer", False), ("held", True), ("held", False),
    }  # fmt: skip


KASHMIR, ALPS, CRIMEA = (34.0, 74.0), (46.0, 8.0), (46.2, 33.7)


def test_borders_are_disputed_where_they_are(client: TestClient) -> None:
    def disputed(where: tuple[float, float], view: str) -> set[bool]:
        return {p["disputed"] for _, _, p in drawn(client, "ground", tile_at(*where, 5))["borders"] if p["view"] == view}

    assert True in disputed(KASHMIR, "gazetteer") and True in disputed(KASHMIR, "held")
    assert disputed(ALPS, "gazetteer") == {False}
    assert True in disputed(CRIMEA, "held")


def test_a_town_is_of_the_country_that_the_gazetteer_gives_it(client: TestClient) -> None:
    towns = {p["name"]: p["country"] for _, _, p in drawn(client, "towns", tile_at(44.95, 34.10, 9))["towns"]}
    assert towns.get("Simferopol") == "UA", "no outline overrules it"
    far, near = drawn(client, "towns", tile_at(33.5, 36.3, 4))["towns"], drawn(client, "towns", tile_at(33.5, 36.3, 10))["towns"]
    assert min(p["population"] for _, _, p in far) >= 500_000
    assert [p["rank"] for _, _, p in near] == list(range(len(near)))
    assert [p["population"] for _, _, p in near] == sorted((p["population"] for _, _, p in near), reverse=True)


def test_areas_are_closed_rings_that_go_round_rightly(client: TestClient) -> None:
    for kind, commands, _ in drawn(client, "ground", "2/2/1")["land"]:
        assert kind == mvt.AREAS
        rings = list(rings_of(commands))
        assert rings and area(rings[0]) > 0, "the first ring of an area is an outer one"
        assert all(len(ring) >= 3 for ring in rings)


def rings_of(commands: list[int]) -> Iterator[list[tuple[int, int]]]:
    """The rings that commands draw."""
    at = x = y = 0
    ring: list[tuple[int, int]] = []
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == 7:
            yield ring
            continue
        for _ in range(count):
            x += commands[at] >> 1 ^ -(commands[at] & 1)
            y += commands[at + 1] >> 1 ^ -(commands[at + 1] & 1)
            at += 2
            ring = [(x, y)] if command == 1 else [*ring, (x, y)]


def area(ring: list[tuple[int, int]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


@pytest.mark.parametrize("path", ["ground/6/0/0", "ground/2/4/0", "towns/2/-1/0", "towns/30/0/0", "towns/x/0/0", "other/0/0/0"])
def test_tiles_that_there_cannot_be_are_refused(client: TestClient, path: str) -> None:
    assert client.get(f"/base/{path}.mvt").status_code in (404, 422)


def test_a_tile_is_kept_by_the_browser(client: TestClient) -> None:
    tag = client.get("/base/ground/1/1/0.mvt").headers["etag"]
    assert client.get("/base/ground/1/1/0.mvt", headers={"If-None-Match": tag}).status_code == 304


def test_whose_view_the_borders_are_is_told_and_can_be_set(tmp_path: Path, client: TestClient) -> None:
    told = get(client, "/api/state")["base_map"]
    assert told["borders"] == "gazetteer" and set(told["views"]) == {"gazetteer", "held"} and "Natural Earth" in told["credit"]
    assert settings_in(tmp_path, THUCYDIDES_BORDERS="held").borders == "held"
    with pytest.raises(BadSetting):
        Settings.read({"THUCYDIDES_DATA": str(tmp_path), "THUCYDIDES_BORDERS": "mine"})


values = st.none() | st.text(max_size=20) | st.integers(-10, 10) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
points = st.lists(
    st.tuples(st.integers(-200, 4500), st.integers(-200, 4500), st.dictionaries(st.text(max_size=8), values, max_size=4)), max_size=8
)


@given(points)
def test_a_tile_of_points_says_what_went_into_it(some: list[tuple[int, int, dict[str, Any]]]) -> None:
    tile = mvt.tile({"here": [(mvt.POINTS, [[(x, y)]], told) for x, y, told in some]})
    found = layers_of(tile).get("here", [])
    assert len(found) == len(some)
    for (x, y, told), (kind, (command, across, down), properties) in zip(some, found, strict=True):
        assert kind == 1 and command == 9
        assert (across >> 1 ^ -(across & 1), down >> 1 ^ -(down & 1)) == (x, y)
        assert properties == {key: value for key, value in told.items() if value is not None}


@given(st.lists(st.none() | st.text() | st.integers(), min_size=1, max_size=5))
def test_a_cursor_comes_back_as_it_was(place: list[Any]) -> None:
    place = [one.encode("utf-8", "replace").decode() if isinstance(one, str) else one for one in place]
    assert place_of(cursor_of(*place), len(place)) == place


@given(st.text(max_size=60))
def test_a_broken_cursor_is_refused_and_never_more(words: str) -> None:
    with suppress(BadSetting):
        place_of(words, 2)


@given(st.text())
def test_offsets_are_those_of_a_browser(text: str) -> None:
    units = Units(text)
    for at in range(len(text) + 1):
        assert units.at(at) == len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(max_size=40) | st.ip_addresses().map(str))
def test_any_words_are_public_or_not_and_never_an_error(words: str) -> None:
    assert is_public(words) in (True, False)


def test_the_page_is_sent_packed_and_kept_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path / "built"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    (built / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (built / "assets" / "app-1a2b.js").write_text("console.log(1);" * 200, encoding="utf-8")
    (built / "assets" / "app-1a2b.js.br").write_bytes(b"packed well")
    (tmp_path / "secret").write_text("hidden words", encoding="utf-8")
    monkeypatch.setattr(page, "BUILT", built)
    with served(settings_in(tmp_path / "data")) as client:
        for path in ("/", "/event/i0123", "/report/a%2Fb%0Ac", "/search?q=x"):
            answer = client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
            assert answer.status_code == 200 and "page" in answer.text and answer.headers["cache-control"] == "no-cache", path
            assert "script-src 'self'" in answer.headers["content-security-policy"]
        packed = client.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip" and "immutable" in packed.headers["cache-control"]
        assert packed.headers["content-type"].startswith("text/javascript") and packed.text.startswith("console.log(1)")
        with client.stream("GET", "/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip, br"}) as better:
            assert better.headers["content-encoding"] == "br" and b"".join(better.iter_raw()) == b"packed well"
        assert client.get("/icon.svg").headers["content-type"].startswith("image/svg+xml")
        for path in (
            "/assets/../../secret",
            "/assets/%2e%2e/%2e%2e/secret",
            "/..%2fsecret",
            "/assets/nothing.js",
            "/assets/a%00b",
            "/x%00y",
            f"/{'x' * 5000}",
        ):
            assert "hidden words" not in client.get(path).text
        assert client.get("/elsewhere", headers={"Accept": "application/json"}).status_code == 404


def test_without_a_built_page_it_is_told_how_to_build_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "BUILT", tmp_path / "none")
    with served(settings_in(tmp_path)) as client:
        answer = client.get("/")
        assert answer.status_code == 503 and "npm" in answer.text
