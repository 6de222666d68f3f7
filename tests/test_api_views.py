"""Every view over reports that were really read: events, reports with their words, profiles, control, outlets, search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api_made import get, make_archive, served, settings_in
from thucydides.actors import Camps
from thucydides.actors.camps import NAMES, name_of
from thucydides.archive.archive import Archive
from thucydides.claims import Coder
from thucydides.desk import delaying
from thucydides.desk.api import report_view, room
from thucydides.desk.api.schema import openapi
from thucydides.desk.api.shapes import Profile
from thucydides.reports import Raw

WEB = Path(__file__).parent.parent / "web"
WRAPPED = """   SAN SALVADOR, 3 Jan 90 -- Guerrillas of the FMLN attacked an army post near
the town of San Miguel on Tuesday and killed two soldiers, the army command
said in a statement that was read over the radio. 💥 Troops are searching for
the attackers.

   Nobody else was hurt."""
"""A report as agencies sent it, its lines as wide as a page."""
STRIKE = "Air strikes on a market in Maarat al-Numan killed at least 12 people on Monday, rescue workers said."
TEXTS = (
    ("wire", "AFP", "2019-07-22", STRIKE),
    ("obs", "SOHR", "2019-07-23", "Regime warplanes bombed a market in Maarat al-Numan on Monday. 17 civilians were killed."),
    ("copy", "The Daily Copy", "2019-07-23", STRIKE),
    ("car", "Reuters", "2019-07-22", "A car bomb exploded at a checkpoint in Afrin on Monday and killed four people, the council said."),
    (
        "city",
        "Reuters",
        "2016-03-28",
        "Syrian government forces captured the city of Palmyra from Islamic State on Sunday, state media said.",
    ),
    (
        "back",
        "Reuters",
        "2016-12-12",
        "Islamic State recaptured the city of Palmyra on Sunday, the Syrian Observatory for Human Rights said.",
    ),
    ("arms", "Jane's", "2019-05-01", "The Syrian army operates T-90 tanks. Russia delivered S-300 missile systems to Syria."),
    (
        "odd",
        "قناة 💥",
        "2019-07-24",
        "💥💥 “مرحبا” 🇸🇾 In Idlib, 💣 Russian warplanes bombed a hospital on Tuesday 🏥 and killed 3 people, doctors said. 💥",
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    folder = tmp_path_factory.mktemp("read")
    raws = [
        Raw(f"{id_}.json", json.dumps({"id": id_, "source": source, "published": day, "text": text}).encode())
        for id_, source, day, text in TEXTS
    ]
    make_archive(folder / "archive.db", raws, coder)
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with served(settings_in(folder)) as client:
        yield client


def test_lines_of_a_typed_page_are_shown_as_paragraphs_whose_words_stay_where_they_are(tmp_path: Path, coder: Coder) -> None:
    texts = {"typed": WRAPPED, "wire": "A car bomb exploded in Afrin on Monday.\n\nIt killed four people."}
    raws = [Raw(f"{id_}.json", json.dumps({"id": id_, "published": "1990-01-04", "text": text}).encode()) for id_, text in texts.items()]
    make_archive(tmp_path / "archive.db", raws, coder)
    with served(settings_in(tmp_path)) as client:
        view, wire = get(client, "/api/reports/typed"), get(client, "/api/reports/wire")
        plain = client.get("/r/typed").text
    assert view["text"] == WRAPPED, "what was received is told as it was"
    shown = bytearray(units(view["text"]))
    for at in view["wraps"]:
        assert shown[2 * at : 2 * at + 2] == units("\n")
        shown[2 * at : 2 * at + 2] = units(" ")
    paragraphs = [line.strip() for line in shown.decode("utf-16-le").split("\n") if line.strip()]
    assert [one.split()[-1] for one in paragraphs] == ["attackers.", "hurt."]
    assert plain[plain.index('class="text"') :].count('<p dir="auto"') == 2
    assert wire["wraps"] == []


def units(text: str) -> bytes:
    return text.encode("utf-16-le")


def at_units(text: str, first: int, last: int) -> str:
    """What a browser finds between two offsets."""
    return units(text)[2 * first : 2 * last].decode("utf-16-le")


def test_the_schema_in_the_repository_is_that_of_the_code() -> None:
    kept = json.loads((WEB / "openapi.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(openapi())), "run: python -m thucydides.desk.api.schema > web/openapi.json"


def test_every_address_is_described_and_every_get_answers(client: TestClient) -> None:
    ids = {
        "/api/incidents/{id}": get(client, "/api/incidents")["items"][0]["id"], "/api/actors/{id}": "isis", "/api/arms/{id}": "t-90",
        "/api/places/{id}": "gn:163808", "/api/reports/{id}": "wire", "/api/reports/{id}/original": "wire",
        "/api/reports/{id}/claims": "wire", "/api/reports/{id}/unread": "wire", "/e/{id}": "",
        "/api/claims/{id}/why": get(client, "/api/claims")["items"][0]["claim"]["id"], "/r/{id}": "wire", "/api/jobs/{id}": "",
    }  # fmt: skip
    told = client.get("/api/openapi.json").json()
    asked = 0
    for path, methods in told["paths"].items():
        for operation in methods.values():
            assert operation.get("description") or operation.get("summary"), path
        if "get" not in methods or ids.get(path) == "":
            continue
        address = (
            path.replace("{id}", ids.get(path, "")).replace("{form}", "json").replace("{z}", "0").replace("{x}", "0").replace("{y}", "0")
        )
        query = {"q": "Palmyra"} if "search" in path or "suggest" in path else {}
        answer = client.get(address, params=query)
        assert answer.status_code == 200, (address, answer.text[:300])
        assert answer.headers["x-content-type-options"] == "nosniff"
        asked += 1
    assert asked > 30


def test_head_tells_what_get_would_without_the_body(client: TestClient) -> None:
    for path in ("/api/incidents", "/api/incidents.csv", "/api/tiles/2/2/1.mvt", "/api/nothing", "/e/none", "/", "/base/ground/0/0/0.mvt"):
        whole, head = client.get(path), client.head(path)
        assert head.status_code == whole.status_code and head.content == b"", path
        differing = {name for name in whole.headers if whole.headers[name] != head.headers.get(name)}
        assert not differing, (path, differing)
    tag = client.head("/api/facets").headers["etag"]
    assert client.head("/api/facets", headers={"if-none-match": tag}).status_code == 304


def test_units_have_their_symbol_and_sides_a_name(client: TestClient) -> None:
    lines = get(client, "/api/incidents")["items"]
    parties = [party for line in lines for party in (*line["initiators"], *line["targets"])]
    assert all(set(line["units"]) <= {one["actor"] for one in (*line["initiators"], *line["targets"])} for line in lines)
    assert any(line["units"] for line in lines), [one["actor"] for one in parties]
    names = {spot["holder"]: spot["holder_name"] for spot in get(client, "/api/control", by="side", on="2016-04-10")["spots"]}
    assert names["syria-government"] == "Syrian government and allies"


def test_every_camp_has_a_name() -> None:
    lines = [line.split("\t") for line in NAMES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    assert [id_ for id_, _ in lines] == [camp.id for camp in Camps.load()]
    assert all(name_of(id_) == name for id_, name in lines)
    assert name_of("my-own-side") == "My own side"


def test_an_event_tells_one_column_an_origin(client: TestClient) -> None:
    lines = get(client, "/api/incidents", place="Maarat al-Numan")["items"]
    assert len(lines) == 1
    view = get(client, f"/api/incidents/{lines[0]['id']}")
    assert view["line"] == lines[0]
    assert len(view["origins"]) == len(view["incident"]["witnesses"])
    copied = next(one for one in view["origins"] if len(one["claims"]) > 1)
    assert {one["report"]["id"] for one in copied["claims"]} == {"wire", "copy"}
    assert [one["id"] for one in copied["repeated_by"]] == ["copy"], "a copy is no second voice"
    assert {one["report"] for one in view["history"]} == {"wire", "obs", "copy"}
    assert [one["at"] for one in view["history"]] == sorted(one["at"] for one in view["history"])
    for line in (one for origin in view["origins"] for one in origin["claims"]):
        assert line["incident"] == lines[0]["id"] and line["sentence"]
        for span in line["spans"]:
            assert (
                at_units(line["sentence"], span["from_unit"], span["to_unit"])
                == span["words"]
                == line["sentence"][span["start"] : span["end"]]
            )


@pytest.mark.parametrize("id_", [one[0] for one in TEXTS])
def test_every_span_of_a_report_is_its_words_in_a_browser(client: TestClient, id_: str) -> None:
    view = get(client, f"/api/reports/{id_}")
    text = view["text"]
    assert view["spans"] == sorted(view["spans"], key=lambda one: (one[0], -one[1], one[2], one[3]))
    shown = [(view["ids"][claim], field, at_units(text, first, last)) for first, last, claim, field in view["spans"]]
    told = [(one["claim"]["id"], p["field"], p["words"]) for one in view["claims"] for p in one["claim"]["evidence"]]
    assert sorted(shown) == sorted(told)
    assert {field for _, field, _ in shown} == set(view["roles"])
    whole = len(units(text)) // 2
    for first, last, _ in view["sections"]:
        assert 0 <= first <= last <= whole
    stated = [(first, last) for first, last, _, field in view["spans"] if field == "claim"]
    for first, last in get(client, f"/api/reports/{id_}/unread"):
        assert not any(a < last and first < b for a, b in stated), "what is unread states nothing"
    assert [one["claim"]["id"] for one in view["claims"]] == view["ids"]


def test_of_many_claims_of_a_report_some_come_along(client: TestClient) -> None:
    whole = get(client, "/api/reports/arms")
    assert len(whole["ids"]) > 1
    first = get(client, "/api/reports/arms", claims=1)
    assert first == whole | {"claims": whole["claims"][:1]}
    rest = get(client, "/api/reports/arms/claims", skip=1, limit=500)
    assert rest["items"] == whole["claims"][1:] and rest["total"] == len(whole["ids"])
    begins = [min(span[0] for span in whole["spans"] if span[2] == n and span[3] == "claim") for n in range(len(whole["ids"]))]
    assert begins == sorted(begins), "in the order in which they are stated"


def test_a_report_leads_to_its_copies_and_a_copy_to_its_origin(client: TestClient) -> None:
    assert [one["id"] for one in get(client, "/api/reports/wire")["copies"]] == ["copy"]
    assert get(client, "/api/reports/copy")["origin"]["id"] == "wire"
    assert get(client, "/api/reports/car")["origin"] is None


def test_reports_are_listed_and_paged(client: TestClient) -> None:
    whole = get(client, "/api/reports", limit=100)
    ids = [one["id"] for one in whole["items"]]
    assert whole["total"] == len(TEXTS) == len(ids) and ids[0] == "odd", "the newest first"
    walked, after = [], None
    while True:
        page = get(client, "/api/reports", limit=3, **({"after": after} if after else {}))
        walked += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert walked == ids
    assert {one["id"] for one in get(client, "/api/reports", q="market")["items"]} == {"wire", "obs", "copy"}
    assert {one["id"] for one in get(client, "/api/reports", source="reuters")["items"]} == {"car", "city", "back"}
    assert {one["id"] for one in get(client, "/api/reports", from_="2016-01-01", to="2016-12-31")["items"]} == {"city", "back"}


def test_claims_are_filtered_and_paged(client: TestClient, folder: Path) -> None:
    with Archive.open(folder / "archive.db") as archive:
        wanted = [claim.id for page in archive.claims() for claim in page]
    walked, after = [], None
    while True:
        page = get(client, "/api/claims", limit=4, **({"after": after} if after else {}))
        assert page["total"] == len(wanted)
        walked += [one["claim"]["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert walked == wanted
    assert {one["claim"]["kind"] for one in get(client, "/api/claims", kind="holding")["items"]} == {"holding"}
    assert {one["report"]["id"] for one in get(client, "/api/claims", report="city")["items"]} == {"city"}
    assert get(client, "/api/claims", actor="sy")["total"] >= get(client, "/api/claims", actor="sy-army")["total"], (
        "who asks for a state asks for its army"
    )
    named = [walked[3], "no such claim", walked[0]]
    found = client.get("/api/claims", params={"id": named}).json()
    assert [one["claim"]["id"] for one in found["items"]] == [walked[3], walked[0]], "in the order asked for, those that are kept"
    assert found["items"][0]["sentence"] and found["total"] == 2
    rows = client.get("/api/claims.csv").text.splitlines()
    assert len(rows) >= len(wanted) + 1
    assert len(client.get("/api/claims.json").json()) == len(wanted)


def test_profiles_tell_of_actors_places_and_arms(client: TestClient) -> None:
    isis = get(client, "/api/actors/isis")
    assert isis["name"] == "Islamic State" and isis["incidents"] == isis["as_initiator"] + isis["as_target"] - 0
    assert isis["incidents"] == get(client, "/api/incidents", actor="isis")["total"]
    assert any(one["value"] == "gn:163808" for one in isis["places"])
    palmyra = get(client, "/api/places/gn:163808")
    assert [state["holder"]["name"] for state in palmyra["control"]] and len(palmyra["control"]) == 2
    assert {one["value"] for one in palmyra["actors"]} >= {"isis"}
    army = get(client, "/api/actors/sy-army")
    assert army["symbol"] and len(army["symbol"]) == 20
    assert [one["value"] for one in army["within"]][:1] == ["sy"]
    assert client.get("/api/actors/no%20such%20body").status_code == 404
    tank = get(client, "/api/arms/t-90")
    assert tank["entry"]["id"] == "t-90" and tank["kind"] == "arm"
    assert set(Profile.__dataclass_fields__) == set(tank)


def test_control_is_told_by_day(client: TestClient) -> None:
    def holder(day: str, by: str = "actor") -> tuple[str | None, str]:
        view = get(client, "/api/control", on=day, place="Palmyra", by=by)
        spot = view["spots"][0]
        return spot["holder"], spot["colour"]

    taken, lost = holder("2016-06-01"), holder("2016-12-20")
    assert lost[0] == "isis" and taken[0] != "isis"
    assert holder("2016-06-02") == taken, "a holder keeps its colour"
    assert holder("2016-06-01", "side")[0] == "syria-government"
    moves = get(client, "/api/control/changes", from_="2016-12-01", to="2016-12-31")
    assert [(one["name"], one["day"]) for one in moves] == [("Palmyra", "2016-12-11")]
    shares = get(client, "/api/control/shares", from_="2016-03-01", to="2016-12-31")
    assert len(shares["days"]) <= 120 and all(len(row) == len(shares["days"]) for row in shares["held"])
    assert client.get("/api/control", params={"by": "colour"}).status_code == 422
    assert client.get("/api/control/shares", params={"from": "2017-01-01", "to": "2016-01-01"}).status_code == 422


def test_outlets_are_found_by_letters_of_their_names(client: TestClient) -> None:
    some = get(client, "/api/sources")[0]["source"]["name"]
    found = get(client, "/api/sources", q=some.upper()[1:])
    assert some in [line["source"]["name"] for line in found]
    assert len(client.get("/api/sources.csv", params={"q": some}).text.splitlines()) == len(get(client, "/api/sources", q=some)) + 1
    assert get(client, "/api/sources", q="no such outlet") == []


def test_outlets_are_counted(client: TestClient) -> None:
    lines = {one["source"]["name"]: one for one in get(client, "/api/sources")}
    assert lines["The Daily Copy"]["copies_others"] == 1
    assert any(one["copied_from"] == 1 for name, one in lines.items() if name != "The Daily Copy")
    assert lines["Reuters"]["reports"] == 3


def test_words_are_found_where_a_browser_finds_them(client: TestClient) -> None:
    hits = get(client, "/api/search", q="hospital")
    assert [one["report"]["id"] for one in hits] == ["odd"]
    (first, last), *_ = hits[0]["spans"]
    assert at_units(hits[0]["snippet"], first, last).casefold() == "hospital"
    assert get(client, "/api/search", q='"') == []


SUGGESTED = [
    ("islamic st", "actor", "isis"),
    ("T-90", "arm", "t-90"),
    ("air/dr", "type", "Air/drone strike"),
    ("palm", "place", "gn:163808"),
    ("reut", "source", "reuters"),
]


@pytest.mark.parametrize(("words", "kind", "id_"), SUGGESTED)
def test_what_is_typed_is_guessed(client: TestClient, words: str, kind: str, id_: str) -> None:
    assert (kind, id_) in {(one["kind"], one["id"]) for one in get(client, "/api/suggest", q=words)}
    assert get(client, "/api/suggest", q="  ") == []


def test_the_method_is_told_without_markup_that_acts(client: TestClient) -> None:
    told = get(client, "/api/method")
    assert len(told["types"]) == 25 and told["grades"]
    assert told["texts"][0][0].startswith("How good it is")
    for _, words in told["texts"]:
        assert "<script" not in words and "javascript:" not in words and "<img" not in words


def test_a_claim_is_explained(client: TestClient) -> None:
    claim = get(client, "/api/claims", report="car")["items"][0]["claim"]["id"]
    told = get(client, f"/api/claims/{claim}/why")
    assert told["asked"] == claim and told["claim"]["id"] == claim and told["fields"] and told["change"]


def test_the_sample_is_shown_until_something_is_kept(tmp_path: Path) -> None:
    with served(settings_in(tmp_path)) as client:
        state = get(client, "/api/state")
        assert state["sample"] and state["reports"] == 3
        assert not (tmp_path / "archive.db").exists(), "looking makes nothing"
        assert get(client, "/api/incidents")["total"] == state["incidents"] > 0


DELAYED = ("2019-07-22", "2019-07-23", "2019-07-24")


def test_what_was_seen_lately_is_kept_back_everywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (delaying, room, report_view):
        monkeypatch.setattr(module, "today", lambda: date(2019, 7, 30))
    with served(settings_in(folder, THUCYDIDES_DELAY_DAYS="30")) as client:
        state = get(client, "/api/state")
        assert state["delay_days"] == 30 and state["reports"] == 3 and state["last_day"] <= "2019-06-30"
        assert get(client, "/api/suggest", q="afrin") == [] or all(one["count"] == 0 for one in get(client, "/api/suggest", q="afrin"))
        assert {one["source"]["name"] for one in get(client, "/api/sources")} <= {"Reuters"}
        shown = get(client, "/api/incidents")["items"]
        assert shown and all(one["last_day"] < "2019-06-30" for one in shown)
        assert get(client, "/api/facets")["total"] == len(shown)
        assert {one["id"] for one in get(client, "/api/reports")["items"]} == {"city", "back", "arms"}
        for path in ("", "/claims", "/unread"):
            assert client.get(f"/api/reports/wire{path}").status_code == 404
        assert client.get("/api/reports/wire/original").status_code == 404
        assert client.get("/r/wire").status_code == 404
        for path in ("/api/claims.json", "/api/claims"):
            told = get(client, path)
            days = [json.dumps(one) for one in (told if isinstance(told, list) else told["items"])]
            assert days and not any(day in one for one in days for day in DELAYED)
        assert [one["report"]["id"] for one in get(client, "/api/search", q="market")] == []
        assert "Afrin" not in client.get("/api/incidents.csv").text
        assert "Afrin" not in client.get("/api/control.csv").text
