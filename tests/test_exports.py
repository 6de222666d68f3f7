"""Exports: what goes out can be read back, keeps its ids, and shows nothing that was to be withheld."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import readings
from thucydides.errors import BadSetting, ThucydidesError, UnknownFormat
from thucydides.exports import FORMATS, SENSITIVE, flatten, flatten_reading, flatten_report, read_jsonl, write
from thucydides.exports.cells import plain, safe
from thucydides.record import (
    Basis,
    Claim,
    Event,
    Factuality,
    Hold,
    Kind,
    Party,
    Passage,
    Plan,
    Report,
    Source,
    Toll,
    Use,
    When,
    Where,
)

SENTENCE = "Israeli warplanes killed at least 12 people, among them the nurse Amal Haddad, near Hisyah late on Wednesday"
TEXT = f"{SENTENCE}. Local sources said so. They may strike again."
REPORT = Report(
    id="r1",
    text=TEXT,
    reading=TEXT,
    raw_hash="00",
    source=Source(name="The Daily; Star", kind="press", country="LB"),
    published=date(2017, 11, 2),
    url="https://example.org/1",
)
HISYAH = Where(
    name="Hisyah",
    relation="near Hisyah",
    lat=34.41,
    lon=36.76,
    radius_km=10,
    country="SY",
    precision="near",
    admin1="Homs",
    rule="near the town",
)
STRIKE = Event(
    type="Air/drone strike",
    parties=(
        Party(role="initiator", name="Israeli warplanes", actor="iaf", kind="branch", names=("Israeli Air Force", "IAF")),
        Party(role="target", name="Amal Haddad", actor="civilians", kind="civilian", names=("Civilians", "nurses")),
        Party(role="target", name="copper factory"),
    ),
    where=(HISYAH,),
    when=When(start=date(2017, 11, 1), end=date(2017, 11, 1), basis=Basis.RELATIVE, words="on Wednesday"),
    killed=Toll(low=12, best=None, high=None, who="people", words="at least 12"),
    arms=(Use(name="warplanes"),),
)


def passage(field: str, words: str) -> Passage:
    start = TEXT.index(words)
    return Passage(field=field, start=start, end=start + len(words), words=words)


CLAIM = Claim(
    id="c1",
    report="r1",
    kind=Kind.EVENT,
    says=STRIKE,
    evidence=(passage("where", "near Hisyah"), passage("claim", SENTENCE), passage("claim", "Local sources said so")),
    factuality=Factuality.CLAIMED,
    said_by=("Local sources",),
    confidence=0.7,
    by="rules 1",
)


def written(as_: str, *claims: Claim, report: Report = REPORT, **more: object) -> str:
    to = io.StringIO()
    write([(claim, report) for claim in claims], as_=as_, to=to, **more)  # type: ignore[arg-type]
    return to.getvalue()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# ── the flat claim ───────────────────────────────────────────────────────────────────────────────


def test_a_flat_claim_has_the_public_fields() -> None:
    flat = flatten(CLAIM, REPORT)
    assert flat["initiators"] == [["Israeli warplanes", "Israeli Air Force", "IAF"]], "as told first, then the roster's names"
    assert flat["targets"] == [["Amal Haddad", "Civilians", "nurses"], ["copper factory"]]
    assert flat["quote"] == SENTENCE and flat["also"] == ["Local sources said so"]
    day = {"start": "2017-11-01", "end": "2017-11-01", "basis": "relative", "words": "on Wednesday"}
    assert flat["date"] == {**day, "time_of_day": None, "precision": "day"}
    assert flat["killed"] == {"low": 12, "high": None, "best": None, "who": "people", "words": "at least 12"}
    assert flat["weapons"] == ["warplanes"]
    assert (flat["type"], flat["factuality"], flat["attributed_to"]) == ("Air/drone strike", "claimed", "Local sources")
    assert [part["field"] for part in flat["evidence"]] == ["claim", "claim", "where"], "what states the claim comes first"  # type: ignore[attr-defined]
    assert flat["places"][0]["lat"] == 34.41  # type: ignore[index]


def test_a_plan_tells_its_event_and_has_no_type() -> None:
    plan = replace(CLAIM, kind=Kind.PLAN, says=Plan(event=STRIKE, mode="threatened"))
    flat = flatten(plan, REPORT)
    assert (flat["type"], flat["planned_type"], flat["mode"]) == (None, "Air/drone strike", "threatened")
    assert flat["places"] and flat["killed"] and flat["weapons"] == ["warplanes"]


def test_a_state_has_no_type() -> None:
    hold = replace(CLAIM, kind=Kind.CONTROL, says=Hold(parties=(), where=(HISYAH,), status="lost", share=0.4))
    flat = flatten(hold, REPORT)
    assert (flat["type"], flat["status"], flat["share"], flat["killed"], flat["date"]) == (None, "lost", 0.4, None, None)


@given(reading=readings())
@settings(max_examples=50)
def test_every_flat_claim_has_the_same_keys_and_is_json(reading: tuple[Report, tuple[Claim, ...]]) -> None:
    report, claims = reading
    told = flatten_reading(report, claims)
    assert json.loads(json.dumps(told)) == told
    assert told["report"]["text"] == report.text  # type: ignore[index]
    assert "text" not in flatten_report(report, text=False)
    for claim, flat in zip(claims, told["claims"], strict=True):  # type: ignore[call-overload]
        assert flat.keys() == flatten(CLAIM, REPORT).keys()
        assert flat["quote"] == report.text[flat["evidence"][0]["start"] : flat["evidence"][0]["end"]]
        assert flat["evidence"][0]["field"] == "claim" and len(flat["evidence"]) == len(claim.evidence)


# ── going out and coming back ────────────────────────────────────────────────────────────────────


@given(reading=readings())
@settings(max_examples=50)
def test_json_lines_come_back_as_they_were(reading: tuple[Report, tuple[Claim, ...]]) -> None:
    report, claims = reading
    to = io.BytesIO()
    result = write([(claim, report) for claim in claims], as_="jsonl", to=to)
    assert (result.claims, result.rows, result.left_out) == (len(claims), len(claims), {})
    back = list(read_jsonl(io.StringIO(to.getvalue().decode())))
    assert back == [flatten(claim, report) for claim in claims]
    assert len(to.getvalue().decode().splitlines()) == len(claims), "a claim is a line, whatever separators its words hold"


@given(reading=readings())
@settings(max_examples=50)
def test_every_format_takes_every_claim_and_keeps_ids(reading: tuple[Report, tuple[Claim, ...]]) -> None:
    report, claims = reading
    ids = [claim.id for claim in claims]
    assert [row["id"] for row in table(written("csv", *claims, report=report))] == ids
    collection = json.loads(written("geojson", *claims, report=report))
    assert collection["type"] == "FeatureCollection"
    assert list(dict.fromkeys(feature["properties"]["claim"] for feature in collection["features"])) == ids
    assert len({feature["id"] for feature in collection["features"]}) == len(collection["features"])
    for feature in collection["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
    to = io.StringIO()
    result = write([(claim, report) for claim in claims], as_="acled", to=to)
    rows = table(to.getvalue())
    assert len(rows) == result.rows
    assert len({row["event_id_cnty"] for row in rows}) == len(rows)
    assert all(row["actor1"] and int(row["fatalities"]) >= 0 and row["notes"].startswith("On ") for row in rows)
    coded = {row["tags"].rsplit("claim=", 1)[1] for row in rows}
    assert len(set(ids) - coded) >= sum(result.left_out.values()) - sum(len(claim.evidence) for claim in claims)
    assert coded <= set(ids)


@given(words=st.text() | st.text("'=+-@\t\r\n ＝a", max_size=5))
def test_a_cell_never_begins_a_formula_and_gives_its_text_back(words: str) -> None:
    cell = safe(words)
    assert not cell.lstrip(" \t\r\n\v\f").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert plain(cell) == words.replace("\0", "\ufffd")


CELLS = [
    ("=HYPERLINK(1)", "'=HYPERLINK(1)", "a formula"),
    ("  -2+3", "'  -2+3", "behind spaces"),
    ("-12.5", "'-12.5", "text that looks like a number"),
    (-12.5, "-12.5", "a number is a number"),
    (0.1 + 0.2, "0.3", "without noise"),
    (float("nan"), "", "no number"),
    (True, "true", "yes or no"),
    (None, "", "not known"),
    (["a", None, "b"], "a | b", "several"),
    ("'tick", "'tick", "an apostrophe alone harms nobody"),
    ("'=1", "''=1", "an apostrophe that would be taken for ours"),
]


@pytest.mark.parametrize(("value", "cell", "reason"), CELLS, ids=[case[2] for case in CELLS])
def test_cells(value: object, cell: str, reason: str) -> None:
    assert safe(value) == cell, reason


def test_a_row_of_the_table() -> None:
    two = replace(CLAIM, says=replace(STRIKE, where=(Where(name="=cmd|' /C calc'!A0"), HISYAH)))
    (row,) = table(written("csv", two))
    assert row["places"] == "'=cmd|' /C calc'!A0 | Hisyah"
    assert (row["lat"], row["lon"], row["precision"]) == ("34.41", "36.76", "near"), "of the first place that has a point"
    assert (row["initiators"], row["initiator_ids"], row["killed_low"], row["killed_high"]) == ("Israeli warplanes", "iaf", "12", "")
    assert row["source"] == "The Daily; Star"


def test_a_feature_has_its_point_longitude_first_and_its_uncertainty() -> None:
    nowhere = replace(CLAIM, id="c2", says=replace(STRIKE, where=()))
    off_the_globe = replace(CLAIM, id="c3", says=replace(STRIKE, where=(replace(HISYAH, lat=91.0),)))
    features = json.loads(written("geojson", CLAIM, nowhere, off_the_globe))["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [36.76, 34.41]}
    assert (features[0]["properties"]["uncertainty_m"], features[0]["properties"]["geo_precision"]) == (10_000, 2)
    assert features[1]["geometry"] is None and features[2]["geometry"] is None


@pytest.mark.parametrize("as_", FORMATS)
def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, as_: str) -> None:
    path = tmp_path / f"out{FORMATS[as_].suffix}"
    write([(CLAIM, REPORT)], as_=as_, to=path)
    before = path.read_bytes()
    assert before.decode().endswith("\n")

    def failing() -> object:
        yield CLAIM, REPORT
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        write(failing(), as_=as_, to=path)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path], "nothing is left lying about"


def test_streams_of_either_sort_and_a_byte_order_mark() -> None:
    raw = io.BytesIO()
    write([(CLAIM, REPORT)], as_="csv", to=raw, bom=True)
    assert raw.getvalue().startswith(b"\xef\xbb\xbfid,report,")
    assert not raw.closed
    with pytest.raises(BadSetting):
        write([], as_="geojson", to=io.BytesIO(), bom=True)


def test_what_cannot_be_written_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="csv, jsonl, geojson, acled"):
        write([], as_="xls", to=io.StringIO())
    with pytest.raises(ThucydidesError, match="cannot be written"):
        write([], as_="csv", to=tmp_path / "none" / "out.csv")
    with pytest.raises(ThucydidesError, match="cannot be written"):
        write([], as_="csv", to=tmp_path)


@pytest.mark.parametrize("line", ["{", "[]", '{"kind": "event"}', "[" * 100_000])
def test_lines_that_are_no_claims(line: str) -> None:
    with pytest.raises(ThucydidesError, match=":2: no "):
        list(read_jsonl(io.StringIO(f'{{"id": "c1"}}\n{line}\n')))


# ── withholding ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("as_", FORMATS)
def test_what_is_withheld_is_in_no_format(as_: str) -> None:
    shown = written(as_, CLAIM)
    assert "34.41" in shown and "Amal Haddad" in shown
    assert "34.41" not in written(as_, CLAIM, withhold=["coordinates"])
    assert "Amal" not in written(as_, CLAIM, withhold=["civilians"]), "nor do the words that hold the name"
    without = written(as_, CLAIM, withhold=["passages"])
    assert "killed at least" not in without and "Local sources said so" not in without
    nothing = written(as_, CLAIM, withhold=list(SENSITIVE))
    assert "Amal" not in nothing and "36.76" not in nothing and "Hisyah" in nothing
    with pytest.raises(BadSetting, match="coordinates, civilians, passages"):
        written(as_, CLAIM, withhold=["everything"])


def test_a_word_for_a_group_is_no_name() -> None:
    people = Party(role="target", name="nurses", kind="civilian", names=("Civilians", "nurses"))
    claim = replace(CLAIM, says=replace(STRIKE, parties=(people,)))
    flat = json.loads(written("jsonl", claim, withhold=["civilians"]))
    assert flat["targets"] == [["nurses", "Civilians"]] and flat["quote"] == SENTENCE


@given(reading=readings(), what=st.sets(st.sampled_from(sorted(SENSITIVE))))
@settings(max_examples=40)
def test_withholding_keeps_the_shape(reading: tuple[Report, tuple[Claim, ...]], what: set[str]) -> None:
    report, claims = reading
    for line in written("jsonl", *claims, report=report, withhold=what).split("\n")[:-1]:
        flat = json.loads(line)
        assert flat.keys() == flatten(CLAIM, REPORT).keys()
        for as_ in FORMATS:
            written(as_, *claims, report=report, withhold=what)
        if "coordinates" in what:
            assert all(place["lat"] is None for place in flat["places"])


def test_every_field_and_column_is_described() -> None:
    from thucydides.exports import acled, ucdp
    from thucydides.exports import csv as table_format

    page = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    like_killed = ("wounded_", "captured_", "displaced_")
    columns = [name for name in table_format.COLUMNS if not name.startswith(like_killed)]
    for name in [*flatten(CLAIM, REPORT), *flatten_report(REPORT), *columns, *acled.COLUMNS, *ucdp.COLUMNS, *FORMATS, *SENSITIVE]:
        assert f"`{name}`" in page, f"docs/formats.md does not say what {name} is"
