"""The map of control: what its signs and areas say, that nothing is fetched or run, and which areas places can be asked of."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_made import Thuc, having_read
from thucydides.desk.control_map import Mark, Quote, Scene, sheet
from thucydides.desk.control_map.colours import colours
from thucydides.desk.control_map.colours import given as given_colours
from thucydides.desk.control_map.contours import contours, inside
from thucydides.desk.control_map.drawing import draw, frame_for
from thucydides.desk.control_map.picture import poster, style
from thucydides.desk.control_map.shading import HALF_KM, LEAST, patches, weight
from thucydides.errors import BadSetting
from thucydides.places import Gazetteer, bounds_called
from thucydides.record import Where

HOSTILE = '<script>alert(1)</script>"&<img src=x>'
DAY = date(2016, 12, 25)


def mark(number: int = 1, lat: float | None = 36.2, lon: float | None = 37.16, **more: object) -> Mark:
    told = Mark(
        number=number, name=f"place {number}", status="held", told="held", holder="A", others=(), share=None, since="2016-12-22",
        heard="2016-12-22", confidence=0.9, quotes=(Quote(claim="c1", words="They took it.", source="Gazette", day=DAY),), more=0,
        rivals=(), lat=lat, lon=lon, radius_km=5.0, country="SY", precision="place",
    )  # fmt: skip
    return replace(told, **more)  # type: ignore[arg-type]


def scene(*marks: Mark, **more: object) -> Scene:
    return Scene(day=DAY, marks=marks, colours=given_colours(["A", "B"]), **more)  # type: ignore[arg-type]


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_nothing_is_fetched_and_no_words_become_markup() -> None:
    hostile = mark(name=HOSTILE, holder=HOSTILE, rivals=(HOSTILE,), quotes=(Quote(claim="c", words=HOSTILE, source=HOSTILE, day=DAY),))
    html = sheet(scene(hostile, mark(2, status="contested", others=(HOSTILE,)), asked=HOSTILE), shaded=True)
    seen = Seen(html)
    assert seen.tags.count("script") == 1
    assert not {"img", "link", "iframe", "image", "use"} & set(seen.tags)
    assert not {"src", "style", "onclick", "onload"} & {name for name, _ in seen.attributes}
    assert all(value.startswith("#") for name, value in seen.attributes if name == "href")
    assert "default-src &#x27;none&#x27;" in html
    ids = [value for name, value in seen.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_the_table_says_all_that_the_map_says() -> None:
    html = sheet(scene(mark(), mark(2, lat=None, lon=None, status="besieged", told="besieged", others=("B",), rivals=("B took it (C)",))))
    for told in ("place 1", "place 2", "besieged", "They took it.", "Gazette, 2016-12-25", "2016-12-22", "0.90", "B took it (C)"):
        assert told in html, told
    assert "No place that is told has a point" not in html
    assert "No place that is told has a point" in sheet(scene(mark(lat=None, lon=None)))
    assert "No claim says" in sheet(scene())


@pytest.mark.parametrize(
    ("state", "drawn"),
    [
        ({"status": "contested", "others": ("B",)}, 'fill="url(#h-g0-g1)"'),
        ({"status": "contested", "holder": None, "others": ("B",)}, 'fill="url(#h-g8-g1)"'),
        ({"status": "besieged", "others": ("B",)}, 'class="siege g1"'),
        ({"status": "partly", "others": ("B",), "share": 0.4}, 'fill="url(#p-g0-g1-40)"'),
        ({"status": "unknown", "told": "unknown", "holder": None}, "sign empty"),
        ({"told": "unknown, last held", "confidence": 0.0}, "sign empty"),
        ({"holder": "nobody's colour"}, "sign g8"),
        ({"precision": "admin1", "radius_km": 100.0}, "vague"),
    ],
)
def test_every_state_has_a_sign(state: dict[str, object], drawn: str) -> None:
    html = draw(scene(mark(**state)))
    assert drawn in html
    for used in re.findall(r"url\(#([\w-]+)\)", html):
        assert f'id="{used}"' in html, "what fills a sign is there"


def test_colours_are_told_apart_on_both_grounds() -> None:
    """At least three to one against the land, as WCAG 2 asks of what is no text; and no two have one shape."""
    page = (Path(__file__).parents[1] / "src/thucydides/desk/page/page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--land: (#\w{6})", page)
    for colour in colours():
        assert contrast(colour.light, light) >= 3, colour
        assert contrast(colour.dark, dark) >= 3, colour
    assert len({colour.path for colour in colours()}) == len(colours())


def contrast(one: str, other: str) -> float:
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# ── areas ────────────────────────────────────────────────────────────────────────────────────────


def test_a_point_takes_the_state_of_the_place_that_bears_on_it_most() -> None:
    marks = [mark(1, 35.9, 38.0), mark(2, 35.9, 38.4, holder="B"), mark(3, 35.9, 39.6, status="contested", others=("B",))]
    frame = frame_for(scene(*marks))
    found = {area.holder if area.status == "held" else "hatched": area for area in patches(marks, frame)}
    assert set(found) == {"A", "B", "hatched"}
    for lon, holder in ((38.0, "A"), (38.15, "A"), (38.25, "B"), (38.4, "B"), (39.6, "hatched")):
        at = frame.at((lon, 35.9))
        assert [name for name, area in found.items() if inside(area.loops, at)] == [holder], lon
    assert not [area for area in found.values() if inside(area.loops, frame.at((39.0, 35.9)))], "nothing is near"
    assert {area.country for area in found.values()} == {"SY"}


def test_what_is_less_sure_bears_less() -> None:
    marks = [mark(1, 35.9, 38.0, confidence=0.9), mark(2, 35.9, 38.4, holder="B", confidence=0.4)]
    frame = frame_for(scene(*marks))
    found = {area.holder: area for area in patches(marks, frame)}
    assert inside(found["A"].loops, frame.at((38.22, 35.9)))
    assert not patches([mark(confidence=LEAST - 0.01)], frame_for(scene(mark())))


@pytest.mark.parametrize("vague", [{"precision": "near"}, {"precision": "admin1"}, {"radius_km": 90.0}, {"lat": None}])
def test_what_tells_no_point_shades_nothing(vague: dict[str, object]) -> None:
    assert patches([mark(**vague)], frame_for(scene(mark()))) == []


def test_no_area_crosses_a_border() -> None:
    near_border = mark(1, 36.7, 37.1)
    html = draw(scene(near_border), shaded=True)
    assert 'clip-path="url(#in-SY)"' in html
    assert '<clipPath id="in-SY">' in html
    asked = draw(scene(near_border, area=[[(36.0, 37.0), (37.0, 37.0), (37.0, 38.0), (36.0, 37.0)]]), shaded=True)
    assert 'clip-path="url(#asked)"' in asked


def test_nothing_is_shaded_unless_asked() -> None:
    assert 'class="shaded"' not in draw(scene(mark()))
    shaded = sheet(scene(mark()), shaded=True)
    assert 'class="shaded"' in shaded
    assert "shaded areas are an estimate" in shaded
    assert "estimate" not in sheet(scene(mark())).split("</style>")[1]


def test_half_is_left_at_the_stated_distance() -> None:
    left = weight(np.array([0.0, HALF_KM, 60.0]))
    assert left[0] > 0.99
    assert left[1] == pytest.approx(0.5)
    assert left[2] < 0.001


@given(st.lists(st.lists(st.floats(-1, 1), min_size=5, max_size=5), min_size=4, max_size=4))
def test_outlines_part_what_is_above_from_what_is_not(rows: list[list[float]]) -> None:
    field = np.array(rows)
    loops = contours(field)
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if abs(value) > 1e-6:
                assert inside(loops, (x + 1e-9, y + 1e-9)) == (value > 0)


# ── the picture ──────────────────────────────────────────────────────────────────────────────────


def test_the_picture_needs_no_variables() -> None:
    told = poster(scene(mark(), mark(2, 36.4, 37.4, status="contested", others=("B",))), shaded=True)
    assert "var(" not in style()
    assert "estimate" in told
    assert "Who holds what on 2016-12-25" in told
    assert told.count("<svg") == 2


def test_the_picture_is_a_png() -> None:
    pytest.importorskip("resvg_py")
    from thucydides.desk.control_map import picture

    drawn = picture(scene(mark(), mark(2, 36.4, 37.4, holder="B")))
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20], "big") == 2000


# ── areas that are asked for ─────────────────────────────────────────────────────────────────────


def where(lat: float, lon: float, **more: object) -> Where:
    return Where(name="x", lat=lat, lon=lon, precision="place", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "country", "within", "without"),
    [
        ("Aleppo province", None, where(36.37, 37.52, country="SY", admin1="Aleppo"), where(35.93, 36.63, country="SY", admin1="Idlib")),
        ("Eastern Ghouta", None, where(33.57, 36.40, country="SY"), where(33.51, 36.29, country="SY")),
        ("Donbas", None, where(48.0, 37.8, country="UA"), where(50.0, 36.2, country="UA")),
        ("Syria", None, where(33.0, 35.85, country="SY"), where(33.9, 35.5, country="LB")),
        ("Kharkiv Oblast", None, where(49.2, 37.3, country="UA", admin1="Kharkiv"), where(48.5, 35.0, country="UA", admin1="Dnipro")),
        ("Sahel", "BF", where(14.1, -1.6, country="BF", admin1="Sahel"), where(16.3, 0.0, country="ML", admin1="Gao")),
    ],
)
def test_places_of_a_named_area(name: str, country: str | None, within: Where, without: Where) -> None:
    bounds = bounds_called(name, Gazetteer.open(), country)
    assert bounds.holds(within)
    assert not bounds.holds(without)


def test_a_name_of_several_areas_is_refused() -> None:
    with pytest.raises(BadSetting, match="several areas"):
        bounds_called("Sahel", Gazetteer.open())
    with pytest.raises(BadSetting, match="no area is called"):
        bounds_called("Nowhereland", Gazetteer.open())


# ── at the command line ──────────────────────────────────────────────────────────────────────────

REPORTS = (
    ("one", "AFP", "2016-08-13", "Fighters of the Syrian Democratic Forces captured the town of Manbij from Islamic State on Friday."),
    ("two", "Reuters", "2015-05-18", "Islamic State fighters seized the city of Ramadi on Sunday after fighting with Iraqi troops."),
    ("three", "AP", "2015-12-29", "Iraqi forces recaptured the city of Ramadi from Islamic State on Monday."),
)


@pytest.fixture
def thuc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    return having_read(REPORTS, tmp_path, monkeypatch)


def test_maps_are_written_by_the_ending(thuc: Thuc, tmp_path: Path) -> None:
    for name in ("map.html", "map.geojson"):
        told = thuc("control", "--map", tmp_path / name, "--on", "2016-08-20")
        assert told.exit_code == 0, told.output
        assert "2 places" in told.output
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "captured the town of Manbij" in html
    assert "estimate" not in html.split("</style>")[1]
    thuc("control", "--map", tmp_path / "map.html", "--on", "2016-08-20", "--shaded")
    assert "Nobody has reported these areas" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_an_area_is_asked_for_in_every_way(thuc: Thuc, tmp_path: Path) -> None:
    def names(*options: str) -> list[str]:
        return [json.loads(line)["name"] for line in thuc("control", "--json", *options).output.splitlines()]

    assert names("--area", "Aleppo province") == ["Manbij"]
    assert names("--area", "Anbar") == ["Ramadi"]
    assert names("--area", "Anbar", "--actor", "isis") == []
    assert names("--area", "Anbar", "--actor", "isis", "--on", "2015-06-01") == ["Ramadi"]
    changes = thuc("control", "--changes", "2015-01-01", "2016-12-31", "--area", "Anbar", "--json").output.splitlines()
    assert [json.loads(line)["after"]["name"] for line in changes] == ["Ramadi", "Ramadi"]
    told = thuc("control", "--area", "Aleppo province", "--map", tmp_path / "map.html")
    assert told.exit_code == 0, told.output
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "1 place, in Aleppo" in html
    assert 'class="asked"' in html


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--map", "map.pdf"), "no map that can be written"),
        (("--shaded",), "--shaded is for a map"),
        (("--map", "map.geojson", "--shaded"), "--shaded is for a map"),
        (("--area", "Nowhereland"), "no area is called"),
        (("--map", "/nowhere/at/all/map.html"), "cannot be written"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_refused(thuc: Thuc, options: tuple[str, ...], says: str) -> None:
    told = thuc("control", *options)
    assert told.exit_code != 0
    assert says in told.output
