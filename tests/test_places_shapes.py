"""Lines and areas: relative places of all regions, stretches, countries of points, and names of other times and scripts."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thucydides.errors import BadGazetteer, BadRoster
from thucydides.exports.outlines import outlined
from thucydides.lexicon import Row, read_table
from thucydides.places import Context, Gazetteer, area_at, locate, settle
from thucydides.places.gazetteer import FILE as GAZETTEER_FILE
from thucydides.places.geometry import distance_km, nearest_on_line
from thucydides.places.lines import nearest_spot, stretch, within
from thucydides.places.names import fold_name
from thucydides.places.packing import packed, unpacked
from thucydides.places.polygons import around, extent_km, half, inside, middle_and_reach
from thucydides.places.shapes import TABLES, Shape, Shapes
from thucydides.places.tables import DATA, SUPPLEMENT_COLUMNS, formers
from thucydides.record import Where

TABLE = Path(__file__).parent / "places_relative.tsv"
COLUMNS = ("names", "words", "lat", "lon", "km", "least", "most", "precision", "why")


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@cache
def rows(table: Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    errors: list[BadRoster] = []
    found = tuple(read_table(table, columns, errors))
    assert not errors, errors[0].what
    return found


def shaped(*kinds: str) -> list[Row]:
    return [row for name in TABLES for row in rows(DATA / name, SUPPLEMENT_COLUMNS) if not kinds or row["kind"] in kinds]


def told(words: str, context: Context) -> Where:
    """The place of words that are a relation, or a name."""
    where = locate("", context, gazetteer(), relation=words)
    return where if where.lat is not None else locate(words, context, gazetteer())


@pytest.mark.parametrize("row", rows(TABLE, COLUMNS), ids=lambda row: f"{row['names'][:24]}: {row['words']}")
def test_relative_places_of_all_regions(row: Row) -> None:
    context = settle(row.values("names"), gazetteer())
    where = told(row["words"], context)
    assert where.lat is not None and where.lon is not None and where.radius_km is not None, where
    gap = distance_km((where.lat, where.lon), (float(row["lat"]), float(row["lon"])))
    assert gap <= float(row["km"]), f"{gap:.0f} km off: {where}"
    assert float(row["least"]) <= where.radius_km <= float(row["most"]), where
    assert where.precision == row["precision"], where


@pytest.mark.parametrize(
    ("names", "words", "part"),
    [
        (("Raqqa", "Syria"), "the western bank of the Euphrates", "its stretch by the report's places"),
        (("Homs", "Palmyra"), "along the Homs-Palmyra road", "along Homs-Palmyra road between Homs and Palmyra"),
        (("Homs", "al-Qusayr"), "near the Syrian-Lebanese border", "the border of SY and LB, where it is nearest to the report's places"),
        (("Iraqi", "Iraq"), "the Euphrates", "its part in IQ"),
        (("Herat", "Afghanistan"), "western Afghanistan", "by its outline"),
        (("Simferopol", "Ukraine"), "10 km north of Simferopol", "in Crimea, disputed: held by Russia since 2014"),
    ],
)
def test_the_rule_tells_the_line_or_the_outline(names: tuple[str, ...], words: str, part: str) -> None:
    where = told(words, settle(names, gazetteer()))
    assert part in where.rule, where.rule


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────

LINES = shaped("river", "road", "canal", "front", "border", "valley", "mountains")
POINTS = st.tuples(st.floats(min_value=-60, max_value=75), st.floats(min_value=-179, max_value=179))
LINE = st.lists(POINTS.map(lambda p: (p[0] / 10 + 30, p[1] / 20 + 40)), min_size=2, max_size=8, unique=True)


def test_every_shape_can_be_drawn_and_lies_within_its_radius() -> None:
    shapes = Shapes.open()
    assert len(shaped("road", "river", "canal", "valley", "mountains", "front", "border", "strait", "bridge")) >= 250
    assert len(rows(DATA / "supplement-regions.tsv", SUPPLEMENT_COLUMNS)) >= 250
    for row in shaped():
        shape = shapes.drawn(row)
        at, radius = (float(row["lat"]), float(row["lon"])), float(row["radius_km"])
        assert shape.parts and all(len(part) > 1 for part in shape.parts), row["id"]
        if shape.kind == "line":
            assert all(distance_km(at, corner) <= radius + 1 for part in shape.parts for corner in part), row["id"]
            assert nearest_spot(shape.parts, at).gap_km <= 2.5, f"{row['id']}: its point is not on its line"


@given(
    row=st.sampled_from(LINES), names=st.sampled_from(["Raqqa", "Mosul", "Kherson", "Goma", "Gao", "Maiduguri", "Kabul", "Juba", "Quibdo"])
)
@settings(max_examples=120)
def test_a_stretch_lies_on_its_line_and_never_beyond_it(row: Row, names: str) -> None:
    found = locate(row["name"], settle([names], gazetteer()), gazetteer())
    if found.place != row["id"] or found.lat is None or found.lon is None or found.radius_km is None:
        return
    shape = Shapes.open().of(row["id"])
    if shape is None or shape.kind != "line":
        return
    assert nearest_spot(shape.parts, (found.lat, found.lon)).gap_km <= 2.5
    assert min(20.0, float(row["radius_km"])) <= found.radius_km <= float(row["radius_km"]) + 0.1


@given(line=LINE, at=POINTS, share=st.tuples(st.floats(0, 1), st.floats(0, 1)))
@settings(max_examples=120)
def test_a_stretch_of_any_line(line: list[tuple[float, float]], at: tuple[float, float], share: tuple[float, float]) -> None:
    whole = stretch(line, 0.0, float("inf"))
    piece = stretch(line, share[0] * whole.length_km, share[1] * whole.length_km)
    assert distance_km(nearest_on_line(line, piece.at), piece.at) < 5
    assert piece.radius_km <= whole.length_km + 0.1 and piece.length_km <= whole.length_km + 0.1
    spot = nearest_spot((line,), at)
    assert 0 <= spot.along_km <= whole.length_km + 0.1


PHRASES = ["near the {}", "along the {}", "east of the {}", "the western bank of the {}", "10 km south of the {}", "20 km from the {}"]


@given(row=st.sampled_from(LINES), phrase=st.sampled_from(PHRASES))
@settings(max_examples=120)
def test_words_about_a_line_never_make_it_finer(row: Row, phrase: str) -> None:
    context = Context(countries=dict.fromkeys(row.values("country") or ("SY",), 1.0))
    line = locate(row["name"], context, gazetteer())
    by = locate("", context, gazetteer(), relation=phrase.format(row["name"]))
    if line.lat is None or by.lat is None or by.radius_km is None or line.radius_km is None or line.name not in by.rule:
        return
    between_its_ends = " between " in by.rule  # "the A-B road" names a stretch, though the line goes on
    assert by.radius_km >= (3.0 if between_its_ends else min(line.radius_km, 20.0) - 0.1)
    assert by.precision in ("area", "near", "admin1"), "an area that shares the name is wider still"


@given(ring=st.lists(POINTS, min_size=1, max_size=5), km=st.floats(1, 200), bearing=st.floats(0, 359))
@settings(max_examples=80)
def test_an_outline_about_circles_holds_their_middles_and_halves_lie_inside(
    ring: list[tuple[float, float]], km: float, bearing: float
) -> None:
    near = [(40 + lat / 40, 40 + lon / 60) for lat, lon in ring]
    outline = around([(at, km) for at in near])
    assert outline[0] == outline[-1]
    assert all(inside(outline, at) for at in near)
    middle, reach = middle_and_reach([outline])
    part = half(outline, middle, bearing)
    if part:
        assert middle_and_reach([part])[1] <= 2 * reach
    assert extent_km([outline], middle, bearing) <= reach * 1.1


def test_packing_keeps_points_to_a_thousandth() -> None:
    parts = [(False, [(34.7312, 36.7101), (-3.25, 179.999), (0.0, -180.0)]), (True, [(1.0, 1.0), (2.0, 2.0)])]
    back = unpacked(packed(parts))
    assert [hole for hole, _ in back] == [False, True]
    for (_, there), (_, here) in zip(parts, back, strict=True):
        assert all(abs(a[0] - b[0]) <= 0.0005 and abs(a[1] - b[1]) <= 0.0005 for a, b in zip(there, here, strict=True))


def test_the_piece_of_a_line_in_a_circle() -> None:
    line = tuple((30.0, 40.0 + 0.1 * n) for n in range(20))
    pieces = within((line,), (30.0, 41.0), 30.0)
    assert len(pieces) == 1 and all(distance_km(p, (30.0, 41.0)) <= 30 for p in pieces[0])
    assert within((line,), (35.0, 41.0), 30.0) == ()


# ── as geometry of an export ─────────────────────────────────────────────────────────────────────


def drawn(name: str, *names: str, relation: str | None = None) -> dict[str, object] | None:
    where = locate(name, settle(names, gazetteer()), gazetteer(), relation=relation)
    flat = {field: getattr(where, field) for field in ("place", "lat", "lon", "radius_km", "country", "admin1", "precision")}
    return outlined(flat)


def test_lines_and_areas_as_geometry() -> None:
    river = drawn("the Euphrates", "Raqqa", "Syria")
    assert river is not None and river["type"] == "MultiLineString"
    for name, names in (("Donbas", ("Bakhmut",)), ("Homs province", ("Homs", "Syria")), ("Syria", ("Homs",)), ("Lake Kivu", ("Goma",))):
        area = drawn(name, *names)
        assert area is not None and area["type"] == "MultiPolygon", name
        for polygon in area["coordinates"]:  # type: ignore[attr-defined]
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in polygon)
    assert drawn("Homs", "Homs", "Syria") is None
    assert drawn("", "Homs", relation="30 km south of Homs") is None
    assert drawn("Zorblaxia", "Homs") is None


def test_a_border_is_drawn_where_it_is_meant() -> None:
    border = drawn("", "al-Qusayr", "Lebanon", relation="near the Syrian-Lebanese border")
    assert border is not None and border["type"] == "MultiLineString"
    points = [(lat, lon) for line in border["coordinates"] for lon, lat in line]  # type: ignore[attr-defined]
    assert points and all(distance_km(point, (34.5, 36.4)) < 100 for point in points)


# ── countries and first-level areas of points ────────────────────────────────────────────────────

LYING = [
    (34.73, 36.72, "SY", "Homs", None, "a city"),
    (-1.67, 29.23, "CD", "Nord-Kivu", None, "Goma, which a coarse outline puts into Rwanda"),
    (0.13, 29.29, "CD", "Nord-Kivu", None, "an old province that still stands"),
    (48.02, 37.80, "UA", "Donetsk", "donetsk", "held by Russia in part"),
    (44.95, 34.10, "UA", "Crimea", "crimea", "Natural Earth draws it with Russia"),
    (33.12, 35.78, "SY", "Quneitra", "golan", "occupied by Israel"),
    (31.90, 35.20, "PS", "West Bank", "west-bank", "Ramallah"),
    (31.50, 34.46, "PS", "Gaza Strip", "gaza", "Gaza"),
    (34.08, 74.80, "IN", "Jammu and Kashmir", "kashmir-india", "Srinagar"),
    (34.37, 73.47, "PK", "Azad Kashmir", "azad-kashmir", "Muzaffarabad"),
    (35.35, 79.20, "CN", None, "aksai-chin", "held by China"),
    (42.66, 21.16, "XK", None, "kosovo", "Pristina"),
    (9.56, 44.06, "SO", None, "somaliland", "Hargeisa"),
    (27.15, -13.20, "EH", None, "western-sahara", "Laayoune"),
    (35.33, 33.32, "CY", None, "north-cyprus", "Kyrenia"),
    (39.82, 46.75, "AZ", None, "karabakh", "Stepanakert"),
    (6.80, -58.16, "GY", None, None, "Georgetown, east of the river"),
    (5.80, -60.50, "GY", None, "essequibo", "west of it"),
    (15.60, 32.53, "SD", "Khartoum", None, "a capital"),
    (12.25, -1.50, "BF", None, None, "outlines older than its regions"),
    (22.50, 35.50, "EG", None, "halaib", "claimed by Sudan"),
]


@pytest.mark.parametrize(("lat", "lon", "country", "admin1", "disputed", "why"), LYING, ids=[row[5] for row in LYING])
def test_where_a_point_lies(lat: float, lon: float, country: str, admin1: str | None, disputed: str | None, why: str) -> None:
    found = area_at(lat, lon, gazetteer())
    assert found is not None, why
    assert found.country == country, f"{found} ({why})"
    assert admin1 is None or found.admin1 == admin1, f"{found} ({why})"
    assert (found.disputed.id if found.disputed else None) == disputed, f"{found} ({why})"
    assert ("held by" in found.view) == (disputed is not None)


def test_no_country_at_sea() -> None:
    assert area_at(34.0, 28.0, gazetteer()) is None
    assert area_at(0.0, -150.0, gazetteer()) is None


def test_settlements_lie_in_their_own_country_and_area() -> None:
    db = sqlite3.connect(f"file:{GAZETTEER_FILE}?mode=ro", uri=True)
    query = """SELECT p.lat / 1e4, p.lon / 1e4, p.country, a.name FROM places p LEFT JOIN areas a ON a.id = p.area
               WHERE p.kind < 3 AND p.id % 97 = 0"""
    towns = db.execute(query).fetchall()
    db.close()
    shapes = Shapes.open()
    found = [(shapes.at(lat, lon), country, area) for lat, lon, country, area in towns]
    known = [(here, country, area) for here, country, area in found if here is not None]
    assert len(known) >= 0.97 * len(found)
    assert sum(here.country == country for here, country, _ in known) >= 0.995 * len(known)
    assert sum(here.admin1 in (None, area) for here, _, area in known) >= 0.95 * len(known)


def test_every_disputed_area_says_who_holds_it_and_whose_it_is_here() -> None:
    listed = rows(DATA / "disputed.tsv", ("id", "name", "claimed", "held", "view", "country", "shape"))
    assert len(listed) >= 45
    assert all(row["held"] and row["view"].startswith("given") for row in listed)


def test_borders_of_all_neighbours() -> None:
    shapes = Shapes.open()
    assert len(shapes.keys("border:")) >= 300
    assert set(shapes.neighbours("SY")) == {"TR", "IQ", "JO", "IL", "LB"}
    assert shapes.border("SY", "YE") is None
    assert len(shapes.keys("river:")) >= 250 and len(shapes.keys("lake:")) >= 300 and len(shapes.keys("admin1:")) >= 2500


def test_shapes_refuse_what_they_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer, match="missing"):
        Shapes(tmp_path / "none.db")
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database at all, but long enough to look like one" * 40)
    with pytest.raises(BadGazetteer, match="damaged"):
        Shapes(broken)
    for shape, what in (("square 1 2; 3 4", "unknown word"), ("line here; there", "is no point"), ("river Styx", "river:Styx")):
        with pytest.raises(BadRoster, match=what):
            Shapes.open().drawn(Row("mine.tsv", 3, {"shape": shape}))


def test_holes_are_cut_out() -> None:
    outer = ((0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0), (0.0, 0.0))
    hole = ((1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0), (1.0, 1.0))
    shape = Shape(kind="area", parts=(outer, hole), holes=frozenset({1}))
    assert shape.holds((0.5, 0.5)) and not shape.holds((2.0, 2.0)) and not shape.holds((5.0, 5.0))


# ── names of other times and scripts ─────────────────────────────────────────────────────────────

FORMER = [
    ("Saigon", "VN", 1968, 10.82, 106.63, "the war's name for it"),
    ("Leopoldville", "CD", 1964, -4.32, 15.31, ""),
    ("Stanleyville", "CD", 1964, 0.52, 25.2, ""),
    ("Stalingrad", "RU", 1942, 48.72, 44.5, ""),
    ("Rangoon", "MM", 2007, 16.81, 96.16, "written long after its years"),
    ("Salisbury", "ZW", 1976, -17.83, 31.05, "not the English one in a Rhodesian report"),
    ("Lourenço Marques", "MZ", 1970, -25.97, 32.58, "accents"),
    ("Fort Lamy", "TD", 1971, 12.11, 15.04, ""),
    ("Artyomovsk", "UA", 2023, 48.6, 38.0, "as Russia says"),
    ("Dnipropetrovsk", "UA", 2014, 48.47, 35.04, ""),
    ("Nur-Sultan", "KZ", 2021, 51.18, 71.45, ""),
    ("Frunze city", "KG", 1970, 42.87, 74.59, "a person, unless a word for its kind stands beside it"),
    ("Grozny", "RU", 1995, 43.32, 45.69, "a name of today is not disturbed"),
    ("Shingal", "IQ", 2014, 36.32, 41.87, "the Kurdish name"),
    ("Serekaniye", "SY", 2019, 36.85, 40.07, "the Kurdish name"),
    ("Bombay", "IN", 1993, 19.07, 72.88, ""),
    ("Grahamstown", "ZA", 1985, -33.3, 26.53, ""),
    ("Villa Cisneros", "EH", 1975, 23.68, -15.96, ""),
]


@pytest.mark.parametrize(("name", "country", "year", "lat", "lon", "why"), FORMER, ids=[row[0] for row in FORMER])
def test_former_names(name: str, country: str, year: int, lat: float, lon: float, why: str) -> None:
    where = locate(name, Context(countries={country: 1.0}, year=year), gazetteer())
    assert where.lat is not None and where.lon is not None, f"{where} ({why})"
    assert distance_km((where.lat, where.lon), (lat, lon)) <= 15, f"{where} ({why})"


def test_a_former_name_tells_its_years_and_weighs_less_outside_of_them() -> None:
    then = locate("Salisbury", Context(countries={"ZW": 1.0}, year=1976), gazetteer())
    now = locate("Salisbury", Context(countries={"ZW": 1.0}, year=2015), gazetteer())
    assert "until 1982, now Harare" in then.rule
    assert then.score is not None and (now.lat is None or (now.score or 0) < then.score)


def test_every_former_name_has_a_place_of_today() -> None:
    listed = rows(DATA / "former.tsv", ("name", "aliases", "now", "country", "from", "until", "note"))
    assert len(listed) >= 300
    missing = [
        row["name"]
        for row in listed
        if not any(m.how == "former" and m.place.country == row["country"] for m in gazetteer().candidates(row["name"], even_never=True))
    ]
    assert not missing, missing
    assert not [name for name, kept in formers().items() for one in kept if fold_name(one.now) == name]


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("الباغوز", "SY", 34.45, 40.95),
        ("مطار التيفور", "SY", 34.52, 37.63),
        ("الشجاعية", "PS", 31.5, 34.47),
        ("الفاشر", "SD", 13.63, 25.35),
        ("مأرب", "YE", 15.46, 45.33),
        ("رأس لانوف", "LY", 30.5, 18.57),
        ("عين الحلوة", "LB", 33.54, 35.38),
        ("جرف الصخر", "IQ", 32.87, 44.22),
        ("Часів Яр", "UA", 48.59, 37.83),
        ("Авдеевка", "UA", 48.14, 37.74),
        ("Суджа", "RU", 51.19, 35.27),
        ("острів Зміїний", "UA", 45.25, 30.2),
        ("Донбас", "UA", 48.5, 38.3),
        ("الفرات", "IQ", 33.5, 42.5),
        ("Сіверський Донець", "UA", 49.0, 37.5),
    ],
)
def test_names_in_their_own_script(name: str, country: str, lat: float, lon: float) -> None:
    where = locate(name, Context(countries={country: 1.0}), gazetteer())
    assert where.lat is not None and where.lon is not None and where.radius_km is not None, where
    assert distance_km((where.lat, where.lon), (lat, lon)) <= max(12.0, where.radius_km), where


def test_a_thousand_places_have_names_in_their_own_script() -> None:
    written = [
        row
        for path in sorted(DATA.glob("supplement*.tsv"))
        for row in rows(path, SUPPLEMENT_COLUMNS)
        if any(any("\u0400" <= c <= "\u04ff" or "\u0600" <= c <= "\u06ff" for c in alias) for alias in row.values("aliases"))
    ]
    assert len(written) >= 1000
