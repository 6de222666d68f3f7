"""Relative places: what the words say, and the point and radius that follow from them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thucydides.places import Context, Gazetteer, locate, relate
from thucydides.places.geometry import bearing_between, distance_km, midpoint, shifted
from thucydides.places.names import cost_between, fold_name, sound

# words, kind, anchors, distance, bearing
RELATIONS = [
    ("30km south of Homs city", "distance", ("Homs city",), 30.0, 180.0),
    ("30 km south of Homs", "distance", ("Homs",), 30.0, 180.0),
    ("some 60 km (37 miles) north of Baghdad", "distance", ("Baghdad",), 60.0, 0.0),
    ("15 miles north-east of the capital Damascus", "distance", ("capital Damascus",), 24.14, 45.0),
    ("about 20 kilometers from Mosul", "distance", ("Mosul",), 20.0, None),
    ("10-15 km southwest of Avdiivka", "distance", ("Avdiivka",), 12.5, 225.0),
    ("a few kilometers outside Goma", "distance", ("Goma",), 4.0, None),
    ("twenty kilometres west of Kunduz", "distance", ("Kunduz",), 20.0, 270.0),
    ("500 metres from the crossing", "distance", ("crossing",), 0.5, None),
    ("half a mile off Hodeidah", "distance", ("Hodeidah",), 0.805, None),
    ("40 nautical miles south-east of Aden", "distance", ("Aden",), 74.08, 135.0),
    ("30 km to the south", "distance", (), 30.0, 180.0),
    ("2.5 km east of Robotyne", "distance", ("Robotyne",), 2.5, 90.0),
    ("east of al-Qusayr city", "direction", ("al-Qusayr city",), None, 90.0),
    ("just north of the Litani River", "direction", ("Litani River",), None, 0.0),
    ("north-northwest of Raqqa", "direction", ("Raqqa",), None, 337.5),
    ("to the west of Kidal", "direction", ("Kidal",), None, 270.0),
    ("NE of Aleppo", "direction", ("Aleppo",), None, 45.0),
    ("between Homs and Hama", "between", ("Homs", "Hama"), None, None),
    ("in the area between Tabqa and Raqqa", "between", ("Tabqa", "Raqqa"), None, None),
    ("on the outskirts of Aleppo", "outskirts", ("Aleppo",), None, None),
    ("the northeastern outskirts of Bakhmut", "outskirts", ("Bakhmut",), None, 45.0),
    ("Goma's outskirts", "outskirts", ("Goma",), None, None),
    ("southern edge of Khartoum", "outskirts", ("Khartoum",), None, 180.0),
    ("near the Syrian-Lebanese border", "border", ("Syrian", "Lebanese"), None, None),
    ("the Turkish border", "border", ("Turkish",), None, None),
    ("on Syria's border with Iraq", "border", ("Syria", "Iraq"), None, None),
    ("the border between Chad and Sudan", "border", ("Chad", "Sudan"), None, None),
    ("5 km from the Lebanese border", "border", ("Lebanese",), 5.0, None),
    ("near the border", "border", (), None, None),
    ("along the Homs-Palmyra road", "along", ("Homs", "Palmyra"), None, None),
    ("on the Kabul-Kandahar highway", "along", ("Kabul", "Kandahar"), None, None),
    ("the road between Kabul and Kandahar", "along", ("Kabul", "Kandahar"), None, None),
    ("on the road to Tikrit", "along", ("Tikrit",), None, None),
    ("highway linking Maiduguri and Damaturu", "along", ("Maiduguri", "Damaturu"), None, None),
    ("northern countryside of Hama", "countryside", ("Hama",), None, 0.0),
    ("Hama's northern countryside", "countryside", ("Hama",), None, 0.0),
    ("the southern Idlib countryside", "countryside", ("Idlib",), None, 180.0),
    ("countryside of Aleppo", "countryside", ("Aleppo",), None, None),
    ("Quneitra central countryside", "countryside", ("Quneitra",), None, None),
    ("Idlib southern and eastern countryside", "countryside", ("Idlib",), None, 180.0),
    ("northern countryside", "countryside", (), None, 0.0),
    ("western bank of Euphrates", "bank", ("Euphrates",), None, 270.0),
    ("the left bank of the Dnipro", "bank", ("Dnipro",), None, None),
    ("off the coast of Yemen", "coast", ("Yemen",), None, None),
    ("in waters off Hodeidah", "coast", ("Hodeidah",), None, None),
    ("near Jenin", "near", ("Jenin",), None, None),
    ("close to the town of Soledar", "near", ("town of Soledar",), None, None),
    ("in northern Mali", "part", ("Mali",), None, 0.0),
    ("eastern part of Aleppo", "part", ("Aleppo",), None, 90.0),
    ("in Idlib province", "inside", ("Idlib province",), None, None),
]


@pytest.mark.parametrize(("words", "kind", "anchors", "distance", "bearing"), RELATIONS, ids=[r[0] for r in RELATIONS])
def test_relations_are_read(words: str, kind: str, anchors: tuple[str, ...], distance: float | None, bearing: float | None) -> None:
    told = relate(words)
    assert told is not None
    assert (told.kind, told.anchors, told.bearing) == (kind, anchors, bearing)
    assert told.distance_km == (pytest.approx(distance, abs=0.05) if distance is not None else None)


@pytest.mark.parametrize("words", ["Homs", "Deir ez-Zor", "", "the 72 brigade", "on Tuesday", "Ne Win", "seven munitions"])
def test_other_words_tell_no_relation(words: str) -> None:
    assert relate(words) is None


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


SYRIA = Context(countries={"SY": 1.0}, anchors=((34.51, 36.58), (34.72, 36.73)))


def where_of(gazetteer: Gazetteer, name: str, relation: str | None = None) -> tuple[tuple[float, float], float, str]:
    where = locate(name, SYRIA, gazetteer, relation=relation)
    assert where.lat is not None and where.lon is not None and where.radius_km is not None, where
    return (where.lat, where.lon), where.radius_km, where.precision


HOMS, HAMA = (34.72, 36.73), (35.13, 36.75)

# name, relation, expected point, within km, least and most radius, precision, why
SPOTS = [
    ("Homs", "30km south of Homs city", shifted(HOMS, 180, 30), 3, 9, 20, "near", "the name is the anchor: shifted"),
    ("", "30km south of Homs city", shifted(HOMS, 180, 30), 3, 9, 20, "near", "no name"),
    ("the copper factory", "30km south of Homs city", shifted(HOMS, 180, 30), 3, 9, 20, "near", "unknown name held by the relation"),
    ("Hisyah", "30km south of Homs city", (34.41, 36.76), 4, 1, 5, "place", "a known name agrees with its relation"),
    ("30km south of Homs city", None, shifted(HOMS, 180, 30), 3, 9, 20, "near", "the relation as the name"),
    ("al-Qusayr", "east of al-Qusayr city", shifted((34.51, 36.58), 90, 9), 3, 8, 15, "near", "beyond the edge"),
    ("Homs", "about 20 km from Homs", HOMS, 3, 30, 40, "near", "a ring is a circle"),
    ("", "between Homs and Hama", midpoint(HOMS, HAMA), 3, 20, 25, "area", "half-way"),
    ("Homs", "on the outskirts of Homs", HOMS, 3, 13, 20, "near", "the edge"),
    ("Homs", "near Homs", HOMS, 3, 20, 30, "near", "wider than the city"),
    ("Hama", "northern countryside", shifted(HAMA, 0, 20), 8, 20, 35, "area", "the relation takes the name beside it"),
    ("northern countryside of Hama", None, shifted(HAMA, 0, 20), 8, 20, 35, "area", ""),
    ("", "along the Homs-Hama highway", midpoint(HOMS, HAMA), 3, 20, 30, "area", "between its ends"),
    ("", "near the Syrian-Lebanese border", (34.45, 36.5), 12, 40, 40, "near", "the border where it is nearest to the report's places"),
    ("northern Aleppo", None, (36.26, 37.16), 6, 8, 18, "part", "a part of the city"),
    ("off the coast of Tartus", None, (34.89, 35.89), 6, 40, 60, "area", "the sea"),
    ("in Idlib province", None, (35.78, 36.68), 15, 40, 90, "admin1", "inside is the area itself"),
]


@pytest.mark.parametrize(
    ("name", "relation", "point", "km", "least", "most", "precision", "why"), SPOTS, ids=[f"{s[0]}|{s[1]}" for s in SPOTS]
)
def test_relations_become_points(
    gazetteer: Gazetteer,
    name: str,
    relation: str | None,
    point: tuple[float, float],
    km: float,
    least: float,
    most: float,
    precision: str,
    why: str,
) -> None:
    found, radius, kind = where_of(gazetteer, name, relation)
    assert distance_km(found, point) <= km, f"{found} {why}"
    assert least <= radius <= most, f"{radius} {why}"
    assert kind == precision, why


def test_a_border_that_two_countries_do_not_share_is_unknown(gazetteer: Gazetteer) -> None:
    where = locate("", SYRIA, gazetteer, relation="near the Syrian-Yemeni border")
    assert where.lat is None


def test_a_border_of_one_side_takes_the_reports_country(gazetteer: Gazetteer) -> None:
    where = locate("", SYRIA, gazetteer, relation="near the Lebanese border")
    assert where.country == "SY" and where.lat is not None


def test_a_relation_to_an_unknown_place_is_unknown(gazetteer: Gazetteer) -> None:
    assert locate("", SYRIA, gazetteer, relation="30 km south of Zorblaxia").lat is None


TOWNS = st.sampled_from(["Homs", "Hama", "al-Qusayr", "Hisyah", "Deir Ezzor", "Palmyra", "Idlib province", "Aleppo"])
PHRASES = st.sampled_from(
    [
        "east of {}",
        "near {}",
        "on the outskirts of {}",
        "countryside of {}",
        "northern countryside of {}",
        "off the coast of {}",
        "the road to {}",
        "{km} km north of {}",
        "{km} km from {}",
    ]
)


@given(town=TOWNS, phrase=PHRASES, km=st.integers(min_value=1, max_value=200))
@settings(max_examples=80)
def test_a_relation_is_never_finer_than_its_anchor(town: str, phrase: str, km: int) -> None:
    gazetteer = Gazetteer.open()
    anchor = locate(town, SYRIA, gazetteer)
    told = locate("", SYRIA, gazetteer, relation=phrase.format(town, km=km))
    assert told.radius_km is not None and anchor.radius_km is not None
    assert told.radius_km >= anchor.radius_km - 0.1
    assert told.precision not in ("place", "part") or anchor.precision not in ("admin1", "area")
    assert told.score is not None and anchor.score is not None and told.score <= anchor.score


@given(name=st.text(max_size=40))
@settings(max_examples=150)
def test_any_words_give_a_sane_place(name: str) -> None:
    where = locate(name, SYRIA, Gazetteer.open())
    assert (where.lat is None) == (where.lon is None) == (where.radius_km is None) == (where.precision == "unknown")
    assert where.radius_km is None or where.radius_km >= 0
    assert where.lat is None or (-90 <= where.lat <= 90 and where.lon is not None and -180 <= where.lon <= 180)
    assert 0 <= (where.score or 0) <= 1


@given(name=st.text(max_size=30))
@example(name="\U000107a2")  # a small raised ø
@settings(max_examples=200)
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold_name(name)
    assert fold_name(once) == once or once.startswith("the ")


@given(name=st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,2}", fullmatch=True))
@settings(max_examples=200)
def test_a_name_costs_nothing_to_itself_and_costs_are_symmetric(name: str) -> None:
    assert cost_between(name, name) == 0.0
    doubled = name.replace("r", "rr")
    there, back = cost_between(name, doubled), cost_between(doubled, name)
    assert there == back
    assert sound(name).key.count(".") == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("homs", "hama"),
        ("qusayr", "qasr"),
        ("aleppo", "palermo"),
        ("mosul", "masally"),
        ("kherson", "karachi"),
        ("tabqa", "taqba"),
        ("bucha", "pucha"),
        ("sumy", "samoa islands"),
        ("hama", "yama"),
        ("deir hafer", "deir ez zor"),
    ],
)
def test_false_friends_do_not_meet(a: str, b: str) -> None:
    assert cost_between(a, b) is None


@given(
    lat=st.floats(min_value=-80, max_value=80),
    lon=st.floats(min_value=-179, max_value=179),
    bearing=st.floats(min_value=0, max_value=359),
    km=st.floats(min_value=0.5, max_value=500),
)
def test_shifting_goes_as_far_as_told(lat: float, lon: float, bearing: float, km: float) -> None:
    there = shifted((lat, lon), bearing, km)
    assert distance_km((lat, lon), there) == pytest.approx(km, rel=0.02, abs=0.05)
    if km > 5:
        turned = abs((bearing_between((lat, lon), there) - bearing + 180) % 360 - 180)
        assert turned < 1.0
