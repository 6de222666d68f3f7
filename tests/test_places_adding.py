"""A user's own gazetteers: every format, bad rows, cuts, swapped coordinates, and the commands from end to end."""

from __future__ import annotations

import json
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from thucydides.desk.cli import app
from thucydides.errors import BadGazetteer, BadSetting
from thucydides.places import NOWHERE, Context, Gazetteer, locate, settle
from thucydides.places.adding import Added, add, look, staging
from thucydides.places.adding.entries import names_of
from thucydides.places.adding.geonames import kind_of, readable
from thucydides.places.adding.sources import Source
from thucydides.places.areas import area_at

SYRIA = Context(countries={"SY": 1.0})


def dump_row(
    id_: int, name: str, lat: float, lon: float, *, code: str = "P.PPL", others: str = "", people: int = 0, admin1: str = "07"
) -> str:
    """A row of a GeoNames dump in Syria."""
    class_, feature = code.split(".")
    cells = [str(id_), name, name, others, str(lat), str(lon), class_, feature, "SY", "", admin1, "12", "", "", str(people), "", "", "", ""]
    return "\t".join(cells) + "\n"


ROWS = [
    dump_row(1, "Qarbalumiya", 34.81, 36.71, others="Qarbalumiyah,ABC,قربلومية,Карбалумия", people=700),
    dump_row(2, "Zorblax Airbase", 34.9, 37.2, code="S.AIRB"),
    dump_row(3, "Hotel Zorblax", 34.9, 37.2, code="S.HTL"),
    dump_row(4, "Zorbland", 34.6, 38.0, code="A.ADM1"),
    dump_row(5, "Zorb District", 34.7, 36.8, code="A.ADM2"),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "XX.txt"
    path.write_text("".join(ROWS), encoding="utf-8")
    return path


def rejected(added: Added) -> list[list[str]]:
    return [line.split("\t") for line in added.rejected.read_text("utf-8").splitlines()[1:]]


# ── formats ──────────────────────────────────────────────────────────────────────────────────────


def test_a_geonames_dump(dump: Path, tmp_path: Path) -> None:
    added = add(dump, tmp_path / "places")
    assert (added.name, added.format, added.counts.taken, added.counts.left_out) == ("xx", "geonames", 4, 1)
    gazetteer = Gazetteer.open(added=(added.path,))
    for name in ("Qarbalumiya", "al-Qarbalumiyah", "قربلومية", "Карбалумия"):
        assert gazetteer.known(name), name
    assert not gazetteer.known("ABC")
    where = locate("Qarbalumiyeh", SYRIA, gazetteer)
    assert (where.place, where.lat, where.country, where.admin1) == ("gn:1", 34.81, "SY", "Zorbland")
    assert "in the gazetteer xx" in where.rule
    assert locate("Zorblax Airbase", SYRIA, gazetteer).place == "gn:2"
    with_dump, without = area_at(34.81, 36.71, gazetteer), area_at(34.81, 36.71, Gazetteer.open())
    assert with_dump is not None and with_dump.admin2 == "Zorb District"
    assert without is not None and without.admin2 is None
    assert "gn:1" in {place.id for place in gazetteer.near(34.81, 36.71, 5)}
    assert not added.rejected.exists()


def test_a_packed_dump_with_what_stands_beside_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "XX.zip", "w") as packed:
        packed.writestr("readme.txt", "about\n" * 1000)
        packed.writestr("XX.txt", "".join(ROWS))
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.07\tUpper Zorbland\tUpper Zorbland\t4\n", encoding="utf-8")
    alternate = "11\t1\ten\tCarbalo\t\t\t\t\n12\t1\tlink\thttps://example.org/X\t\t\t\t\n13\t999\ten\tNowhereat\t\t\t\t\n"
    (tmp_path / "alternateNamesV2.txt").write_text(alternate, encoding="utf-8")
    added = add(tmp_path / "XX.zip", tmp_path / "places")
    assert added.counts.alternate == 1
    gazetteer = Gazetteer.open(added=(added.path,))
    assert locate("Carbalo", SYRIA, gazetteer).place == "gn:1"
    assert not gazetteer.known("Nowhereat")


CSV = (
    "Name;Latitude;Longitude;Country;Type;Aliases\nQarbalumiya;34,81;36,71;Syria;village;Karbalum | Carbalu\nZorbhill;34.9;36.9;SY;hill;\n"
)
UCDP = (
    "id,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,country\n"
    '1,1,"Qarbalumiya/Karbalum village","by the road, east",Homs Governorate,Zorb district,34.81,36.71,Syria\n'
    "2,2,Qarbalumiya/Karbalum village,,Homs Governorate,Zorb district,34.81,36.71,Syria\n"
    "3,6,Syria,,,,35.0,38.0,Syria\n"
)
ACLED = (
    "event_id_cnty,event_date,admin1,admin2,location,latitude,longitude,geo_precision,country\n"
    "SYR1,2016-05-03,Homs,Zorb,Qarbalumiya,34.81,36.71,1,Syria\nSYR2,2016-05-04,Homs,Zorb,Qarbalumiya,34.81,36.71,2,Syria\n"
)
LINES = '{"name": "Qarbalumiya village", "adm_1": "Homs Governorate", "adm_2": "Zorb district", "lat": "34.81", "lon": "36.71"}\n'
LAYER = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": "Qarbalumiya"}, "geometry": {"type": "Point", "coordinates": [36.71, 34.81]}},
            {
                "type": "Feature",
                "id": "z",
                "properties": {"name": "Zorbwood", "kind": "forest", "aliases": ["Bois de Zorb"]},
                "geometry": {"type": "Polygon", "coordinates": [[[36.0, 34.0], [36.2, 34.0], [36.2, 34.2], [36.0, 34.0]]]},
            },
            {"type": "Feature", "properties": {"name": "Nowhere"}, "geometry": None},
        ],
    }
)


@pytest.mark.parametrize(
    ("file", "text", "format_", "taken", "again"),
    [
        ("a.csv", CSV, "csv", 2, 0),
        ("b.csv", UCDP, "ucdp", 1, 1),
        ("c.csv", ACLED, "acled", 1, 1),
        ("d.jsonl", LINES, "jsonl", 1, 0),
        ("e.geojson", LAYER, "geojson", 2, 0),
    ],
)
def test_other_formats(tmp_path: Path, file: str, text: str, format_: str, taken: int, again: int) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    added = add(tmp_path / file, tmp_path / "places")
    assert (added.format, added.counts.taken, added.counts.again) == (format_, taken, again)
    gazetteer = Gazetteer.open(added=(added.path,))
    where = locate("Qarbalumiya", SYRIA, gazetteer)
    assert where.place is not None and where.place.startswith(f"{added.name}:")
    assert (where.lat, where.lon, where.country, where.admin1) == (34.81, 36.71, "SY", "Homs")
    told = look(tmp_path / file)
    assert (told.format, told.counts.taken) == (format_, taken)
    if "Karbalum" in text:
        assert gazetteer.known("Karbalum")
    if format_ == "geojson":
        wood = locate("Bois de Zorb", SYRIA, gazetteer)
        assert wood.radius_km is not None and 5 < wood.radius_km < 30
        assert rejected(added)[0][0] == "3"


@pytest.mark.parametrize(
    ("told", "names", "kind"),
    [
        ("Tadmur/Palmyra town", ("Tadmur", "Palmyra", "Palmyra town", "Tadmur/Palmyra town"), "town"),
        ("Al-Rai town (Choban Bey)", ("Al-Rai", "Al-Rai town", "Choban Bey", "Al-Rai town (Choban Bey)"), "town"),
        ("Aleppo University", ("Aleppo University",), "school"),
        ("Homs Governorate", ("Homs", "Homs Governorate"), "admin1"),
    ],
)
def test_names_of_coded_places(told: str, names: tuple[str, ...], kind: str) -> None:
    assert names_of(told) == (names, kind)


def test_features_and_scripts() -> None:
    assert kind_of("P", "PPL", 200_000) == ("city", 9.0)
    assert kind_of("S", "HTL", 0) is None
    assert kind_of("S", "AIRB", 0) == ("base", 4.0)
    assert readable("Хомс") and readable("حمص") and not readable("东京") and not readable("XYZ")


# ── bad input ────────────────────────────────────────────────────────────────────────────────────


def test_bad_rows_are_written_down_with_what_to_do(tmp_path: Path) -> None:
    rows = [
        "id,name,lat,lon,country",
        "a,Goodtown,34.8,36.7,SY",
        "b,,34.8,36.7,SY",
        "c,Farnorth,134.8,36.7,SY",
        "d,Nolat,,36.7,SY",
        "e,Words,north,36.7,SY",
        "a,Twice,34.9,36.7,SY",
        "f,Swapped,36.7,34.8,SY",  # still in Syria's circle: nothing can be said
        "g,Turned,34.8,12.1,SY",
        "h,Zero,0,0,SY",
        "i,Yemenite,44.2,15.35,YE",
        "j,Many,34.8,36.7,SY,x,y",
    ]
    path = tmp_path / "bad.csv"
    path.write_bytes("\n".join(rows).encode() + b"\nk,Bad\xff,34.8,36.7,SY\nl,Lasttown,34.8,36.9,SY")
    added = add(path, tmp_path / "places")
    told = {line: (what, remedy) for line, _, what, remedy in rejected(added)}
    assert added.counts.taken == 4, "Goodtown, Swapped, Lasttown, and Turned, which is odd"
    assert "no name" in told["3"][0]
    assert "swapped" in told["4"][0]
    assert "no latitude" in told["5"][0]
    assert "'north' is no number" in told["6"][0]
    assert "is that of line 2" in told["7"][0]
    assert "(taken)" in told["9"][0] and "km from the middle of Syria" in told["9"][0]
    assert "0, 0" in told["10"][0]
    assert "turned round the point lies in Yemen" in told["11"][0]
    assert "7 cells for 5 columns" in told["12"][0]
    assert "UTF-8" in told["13"][0]
    assert all(remedy for _, remedy in told.values())
    assert (added.counts.rejected, added.counts.warned) == (9, 1)


def test_points_of_a_neighbour_that_lie_at_home_when_turned_round_are_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,lat,lon,country\nTurnedby,40.3,35.1,Syria\nQarbalumiya,35.1,40.3,Syria\n", encoding="utf-8")
    added = add(tmp_path / "t.csv", tmp_path / "places")
    ((_, _, what, _),) = rejected(added)
    assert added.counts.taken == 1 and "turned round the point lies in Syria" in what


def test_a_country_that_nobody_knows_is_told_and_the_place_taken(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,lat,lon,country,\nQarbalumiya,34.8,36.7,Atlantis,\n", encoding="utf-8")
    added = add(tmp_path / "t.csv", tmp_path / "places")
    ((_, _, what, _),) = rejected(added)
    assert added.counts.taken == 1 and "'Atlantis' is unknown; by its point it is SY (taken)" in what


def test_places_already_known_keep_their_size_and_areas_leave_towns_their_names(tmp_path: Path) -> None:
    rows = [
        "name,lat,lon",
        "Aleppo town,36.2012,37.1612",
        "Homs governorate,34.47,38.30",
        "Hama/Homs border,34.95,37.2",
        "Syria/Turkey border,36.6,37.5",
    ]
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    own = Gazetteer.open(added=(add(tmp_path / "t.csv", tmp_path / "places").path,))
    here = settle(["Aleppo", "Homs", "Syria"], own)
    aleppo, homs, hama = (locate(name, here, own) for name in ("Aleppo", "Homs", "Hama"))
    assert aleppo.place is not None and aleppo.place.startswith("t:") and (aleppo.radius_km or 0) > 10
    assert (homs.precision, hama.precision) == ("place", "place") and homs.place == "gn:169577"
    assert locate("Syria", here, own).precision == "country"
    assert locate("Hama/Homs border", here, own).lat == 34.95


def test_a_file_that_is_turned_round_can_be_turned_back(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("name,lat,lon,country\nQarbalumiya,44.2,15.35,YE\n", encoding="utf-8")
    with pytest.raises(BadGazetteer, match="could be taken"):
        add(tmp_path / "s.csv", tmp_path / "places")
    assert add(tmp_path / "s.csv", tmp_path / "places", swap=True).counts.taken == 1


@pytest.mark.parametrize(
    ("file", "data", "says"),
    [
        ("a.csv", b"", "empty or no text"),
        ("a.bin", b"\x89PNG\0\0\0", "no text"),
        ("a.txt", b"Dear all,\nwe met.\n", "no known format"),
        ("a.csv", b"name,x1,y1\na,1,2\n", "no column for lat"),
        ("a.json", b'[{"name": "x"}]', "no known shape"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feature", "prop', "breaks off"),
        ("a.zip", b"PK\x03\x04 cut", "no whole ZIP"),
        ("a.csv", b"name,lat,lon\n,,\n,1,\n", "could be taken"),
    ],
)
def test_files_that_are_no_gazetteers(tmp_path: Path, file: str, data: bytes, says: str) -> None:
    (tmp_path / file).write_bytes(data)
    with pytest.raises(BadGazetteer, match=says):
        add(tmp_path / file, tmp_path / "places")
    assert not list((tmp_path / "places").glob("*.db"))


def test_formats_and_names_that_do_not_exist(dump: Path, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="no format"):
        add(dump, tmp_path / "places", as_="xml")
    with pytest.raises(BadSetting, match="no name"):
        add(dump, tmp_path / "places", name="../up")


# ── large files ──────────────────────────────────────────────────────────────────────────────────


class Cut(Exception):
    """The machine is switched off."""


def test_a_run_that_was_cut_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thucydides.places.adding.taking.BATCH", 10)
    path = tmp_path / "many.txt"
    rows = [dump_row(n, f"Zorb{chr(97 + n % 26)}{chr(97 + n // 26)}", 34 + n / 100, 36.5) for n in range(60)]
    rows[5] = dump_row(5, "Broken", 34, 36.5).replace("36.5", "east")
    path.write_text("".join(rows), encoding="utf-8")

    def cut(done: int, total: int, doing: str) -> None:
        if doing.startswith("29"):
            raise Cut

    with pytest.raises(Cut):
        add(path, tmp_path / "places", tell=cut)
    assert not (tmp_path / "places" / "many.db").exists()
    read: list[tuple[int, int]] = []
    lines = Source.lines
    monkeypatch.setattr(Source, "lines", lambda self, offset=0, line=0: read.append((offset, line)) or lines(self, offset, line))
    added = add(path, tmp_path / "places")
    assert (30 in {line for _, line in read}) and added.resumed == 30
    assert (added.counts.taken, added.counts.rejected, len(rejected(added))) == (59, 1, 1)
    whole = add(path, tmp_path / "whole")
    contents = [sqlite3.connect(one.path).execute("SELECT * FROM places").fetchall() for one in (added, whole)]
    assert contents[0] == contents[1]
    assert not list((tmp_path / "places").glob("*.part"))


def test_another_file_of_the_same_name_begins_anew(dump: Path, tmp_path: Path) -> None:
    half = staging.Staging(tmp_path / "xx.part", "another", tmp_path / "xx.rejected.tsv")
    half.offset = half.line = 3
    half.commit()
    half.close()
    added = add(dump, tmp_path)
    assert (added.resumed, added.counts.taken) == (0, 4)


def test_a_damaged_file_in_the_making_is_told(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "xx.part").write_bytes(b"no database at all" * 100)
    with pytest.raises(BadGazetteer, match=r"xx\.part"):
        add(dump, tmp_path)


def test_look_ups_stay_quick_with_a_gazetteer_added(tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    letters = "bdfgklmnrst"
    names = [f"{a}a{b}u{c}i" for a in letters for b in letters for c in letters]
    path.write_text("".join(dump_row(n, name.title(), 33 + n % 300 / 100, 37) for n, name in enumerate(names)), encoding="utf-8")
    added = add(path, tmp_path / "places")
    gazetteer = Gazetteer.open(added=(added.path,))
    began = time.process_time()
    assert gazetteer.known("Homs")
    assert time.process_time() - began < 1.0, "loaded in a second"
    began = time.process_time()
    for name in names:
        gazetteer.known(name)
    for _ in range(19):
        for name in names:
            gazetteer.known(name)
    assert 20 * len(names) / (time.process_time() - began) > 20_000


# ── what a name means ────────────────────────────────────────────────────────────────────────────


def test_a_list_of_ones_own_says_which_country_is_meant(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("name,lat,lon,country\nMadaya,33.69,36.10,SY\nTayba,33.0,36.0,SY\n", encoding="utf-8")
    added = add(tmp_path / "mine.csv", tmp_path / "places")
    gazetteer = Gazetteer.open(added=(added.path,))
    assert max(settle(["Madaya"], gazetteer).countries) == "SY"
    assert locate("Madaya", settle(["Madaya"], gazetteer), gazetteer).country == "SY"
    assert locate("Kyiv", settle(["Kyiv"], gazetteer), gazetteer).country == "UA"


def test_a_least_score(tmp_path: Path) -> None:
    usual = locate("Tripoli", NOWHERE, Gazetteer.open())
    assert usual.score is not None and 0 < usual.score < 1
    assert locate("Tripoli", NOWHERE, Gazetteer.open(least_score=0.995)).lat is None


def test_areas_of_spots_and_disputes() -> None:
    gazetteer = Gazetteer.open()
    homs = area_at(34.73, 36.72, gazetteer)
    assert homs is not None and (homs.country, homs.admin1, homs.admin2, homs.disputed) == ("SY", "Homs", None, None)
    assert "GeoNames" in homs.view
    crimea = area_at(44.95, 34.1, gazetteer)
    assert crimea is not None and crimea.disputed is not None
    assert (crimea.country, crimea.disputed.claimed) == ("UA", ("UA", "RU")) and "held by Russia" in crimea.view
    paris = area_at(48.85, 2.35, gazetteer)
    assert paris is not None and paris.disputed is None


# ── commands ─────────────────────────────────────────────────────────────────────────────────────


Thuc = Callable[..., Result]


@pytest.fixture
def thuc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thuc:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("THUCYDIDES_PLACES_LEAST_SCORE", raising=False)
    return lambda *words, stdin=None: CliRunner().invoke(app, [str(word) for word in words], input=stdin)


REPORT = (
    "HOMS, 3 May 2016\n\nSyrian warplanes bombed the village of Qarbalumiya in Syria on Tuesday and killed 12 people, a monitor said.\n"
)


def places_of(told: Result) -> list[dict[str, object]]:
    return [place for claim in json.loads(told.stdout.splitlines()[0])["claims"] for place in claim.get("places", ())]


def test_an_added_gazetteer_is_read_with(thuc: Thuc, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(CSV + "Broken;x;y;SY;;\n", encoding="utf-8")
    checked = thuc("places", "check", tmp_path / "mine.csv")
    assert checked.exit_code == 1 and "1 rejected" in checked.output and "'x' is no number" in checked.output
    assert not (tmp_path / "data").exists()
    added = thuc("places", "add", tmp_path / "mine.csv")
    assert added.exit_code == 1 and "2 places" in added.output and "mine.rejected.tsv" in added.output
    assert "mine.csv" in thuc("places", "list").output
    found = thuc("places", "find", "Qarbalumiyah", "--near", "Syria")
    assert found.exit_code == 0 and "mine" in found.output and "chosen: 34.8100, 36.7100" in found.output
    places = places_of(thuc("read", "--json", "-", stdin=REPORT))
    assert any("mine" in str(place.get("rule", "")) or "mine" in str(place.get("place", "")) or place["lat"] == 34.81 for place in places)
    assert thuc("places", "remove", "mine").exit_code == 0
    assert thuc("places", "remove", "mine").exit_code == 2
    assert not list((tmp_path / "data" / "places").iterdir())
    assert thuc("places", "find", "Qarbalumiyah", "--near", "Syria").exit_code == 1


def test_a_place_is_fixed_for_all_reports(thuc: Thuc, tmp_path: Path) -> None:
    assert thuc("places", "find", "Qarbalumiya", "--near", "SY").exit_code == 1
    told = thuc(
        "places", "fix", "Qarbalumiya | Karbalum", "--lat", 34.81, "--lon", 36.71, "--radius-km", 2, "--why", "a map", "--kind", "village"
    )
    assert told.exit_code == 0 and "in all reports" in told.output, told.output
    for near in ("SY", "Ukraine"):
        found = thuc("places", "find", "Karbalum", "--near", near)
        assert found.exit_code == 0 and "table of one's own" in found.output
    assert any(place["lat"] == 34.81 for place in places_of(thuc("read", "--json", "-", stdin=REPORT)))
    again = thuc("places", "fix", "Qarbalumiya", "--lat", 34.5, "--lon", 36.5, "--radius-km", 9, "--country", "Syria", "--why", "a visit")
    assert "replaced" in again.output and "reports of SY" in again.output
    table = (tmp_path / "data" / "rosters" / "places.tsv").read_text("utf-8").splitlines()
    assert len(table) == 2 and "a visit" in table[1] and "\tHoms\t" in table[1]
    assert thuc("rosters", "check").exit_code == 0
    assert thuc("places", "find", "Qarbalumiya", "--near", "Ukraine").exit_code == 1, "only in reports of Syria now"


def test_find_tells_in_plain_words_why_none_is_chosen(thuc: Thuc) -> None:
    told = " ".join(thuc("places", "find", "Springfield").output.split())
    assert "less likely" in told and "say where the report is set: --near" in told and "thuc places fix" in told
    found = " ".join(thuc("places", "find", "al-Bukamal", "--near", "Syria").output.split())
    assert "al-Bukamal, near Syria" in found and "how well known" in found and "score: the chance that it is meant" in found


def test_a_word_that_is_never_a_place_may_be_fixed(thuc: Thuc) -> None:
    assert thuc("places", "find", "Hope").exit_code == 1
    assert thuc("places", "fix", "Hope", "--lat", 34.8, "--lon", 36.7, "--radius-km", 2, "--why", "a camp").exit_code == 0
    assert thuc("places", "find", "Hope").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["places", "find", "Homs", "--near", "Zorblaxia"], 2, "is unknown"),
        (["places", "add", "/no/such.txt"], 1, "there is no file"),
        (["places", "fix", "X", "--lat", "99", "--lon", "0", "--radius-km", "1", "--why", "y"], 2, "--lat"),
        (["places", "fix", "Xorb", "--lat", "9", "--lon", "0", "--radius-km", "1", "--why", " "], 2, "--why"),
        (["places", "fix", "Xorb", "--lat", "9", "--lon", "0", "--radius-km", "1", "--why", "y", "--country", "Zorb"], 2, "no country"),
    ],
)
def test_refusals(thuc: Thuc, words: list[str], code: int, said: str) -> None:
    told = thuc(*words)
    assert told.exit_code == code, told.output
    assert said in told.output and "Traceback" not in told.output


def test_a_least_score_is_a_setting(thuc: Thuc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_PLACES_LEAST_SCORE", "0.995")
    told = thuc("places", "find", "Homs", "--near", "Syria")
    assert told.exit_code == 1 and "under 0.995 none is" in told.output
    monkeypatch.setenv("THUCYDIDES_PLACES_LEAST_SCORE", "high")
    assert thuc("places", "find", "Homs").exit_code == 2


def test_candidates_as_json(thuc: Thuc) -> None:
    first, second, *_ = map(json.loads, thuc("places", "find", "Tripoli", "--near", "Lebanon", "--json").stdout.splitlines())
    assert first["chosen"] and first["where"].startswith("LB") and first["score"] > second["score"] > 0
    assert second["where"].startswith("LY") and "its first name" in first["why"]
    kinds = [json.loads(line)["kind"] for line in thuc("places", "find", "Homs", "--kind", "admin1", "--json").stdout.splitlines()]
    assert set(kinds) == {"admin1"}
