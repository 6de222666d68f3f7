"""Incidents over HTTP: every filter against a plain reading of the archive, pages, counts, tiles and tags."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from api_made import get, layers_of, served, settings_in
from thucydides.actors import Actors
from thucydides.archive.archive import Archive
from thucydides.desk.api import filling
from thucydides.desk.api.columns import mercator
from thucydides.desk.api.histogram import _core
from thucydides.desk.api.indexes import index_of
from thucydides.desk.api.names import Names
from thucydides.desk.api.rosters import Tables
from thucydides.desk.bench.many import make_archive
from thucydides.desk.settings import Settings
from thucydides.incidents import Weigher
from thucydides.record import Incident

COUNT = 1500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    make_archive(folder / "archive.db", COUNT)
    with Archive.open(folder / "archive.db") as archive, archive.weighing(Weigher.load().by):
        pass  # so that the server finds nothing to note when it starts
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with served(settings_in(folder)) as client:
        yield client


@pytest.fixture(scope="module")
def incidents(folder: Path) -> list[Incident]:
    with Archive.open(folder / "archive.db") as archive:
        return [one for page in archive.incidents() for one in page]


@pytest.fixture(scope="module")
def confidences(folder: Path) -> dict[str, float]:
    with Archive.open(folder / "archive.db") as archive:
        return {claim.id: claim.confidence for page in archive.claims() for claim in page}


Test = Callable[[Incident], bool]


def day_of(incident: Incident) -> date | None:
    when = incident.event.when
    return (when.start or when.end) if when else None


def within(since: str, until: str) -> Test:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    return lambda one: (day := day_of(one)) is not None and first <= day <= last


def of_actor(id_: str, role: str | None = None) -> Test:
    lineage = Actors.load().lineage
    return lambda one: any(id_ in lineage(p.actor or "") and role in (None, p.role) for p in one.event.parties)


def in_box(west: float, south: float, east: float, north: float) -> Test:
    def test(one: Incident) -> bool:
        where = one.event.where[0]
        if where.lat is None or where.lon is None:
            return False
        along = west <= where.lon <= east if west <= east else where.lon >= west or where.lon <= east
        return along and south <= where.lat <= north

    return test


def busiest(incidents: list[Incident], of: Callable[[Incident], str | None]) -> str:
    return Counter(filter(None, map(of, incidents))).most_common(1)[0][0]


FILTERS: list[tuple[dict[str, Any], Test]] = [
    ({}, lambda one: True),
    ({"type": "Air/drone strike"}, lambda one: one.event.type == "Air/drone strike"),
    ({"type": ["AIR/DRONE STRIKE", "Armed clash"]}, lambda one: one.event.type in ("Air/drone strike", "Armed clash")),
    ({"type": "No such type"}, lambda one: False),
    ({"country": "UA"}, lambda one: one.event.where[0].country == "UA"),
    ({"country": ["ua", "SY"]}, lambda one: one.event.where[0].country in ("UA", "SY")),
    ({"grade": ["fair", "confirmed"]}, lambda one: one.grade.incident in ("fair", "confirmed")),
    ({"arm": "uav-generic"}, lambda one: any(use.arm == "uav-generic" for use in one.event.arms)),
    ({"arm": "artillery"}, lambda one: any(use.name == "artillery" for use in one.event.arms)),
    ({"source": "outlet 7"}, lambda one: one.witnesses[0].name == "Outlet 7"),
    ({"source": "Outlet"}, lambda one: True),
    ({"from": "2016-01-01", "to": "2018-12-31"}, within("2016-01-01", "2018-12-31")),
    ({"from": "2020-06-01"}, within("2020-06-01", "9999-01-01")),
    ({"undated": "1"}, lambda one: day_of(one) is None),
    ({"box": "30,30,45,50"}, in_box(30, 30, 45, 50)),
    ({"box": "60,-20,20,40"}, in_box(60, -20, 20, 40)),
    ({"mapped": "1"}, lambda one: one.event.where[0].lat is not None),
    ({"disputed": "1"}, lambda one: bool(one.disputed)),
    ({"country": "UA", "type": "Armed clash", "from": "2014-01-01"}, lambda one: (
        one.event.where[0].country == "UA" and one.event.type == "Armed clash" and within("2014-01-01", "9999-01-01")(one)
    )),
]  # fmt: skip


@pytest.mark.parametrize(("query", "test"), FILTERS, ids=[json.dumps(query) for query, _ in FILTERS])
def test_a_filter_finds_what_a_plain_reading_finds(
    client: TestClient, incidents: list[Incident], query: dict[str, Any], test: Test
) -> None:
    wanted = {one.id for one in incidents if test(one)}
    found = client.get("/api/incidents.json", params=query).json()
    assert {one["id"] for one in found} == wanted
    assert len(found) == len(wanted)
    assert get(client, "/api/incidents", **query)["total"] == len(wanted)


def test_filters_of_names_count_all_that_belongs_to_them(
    client: TestClient, incidents: list[Incident], confidences: dict[str, float]
) -> None:
    actor = busiest(incidents, lambda one: one.event.parties[0].actor if one.event.parties else None)
    parent = Actors.load().lineage(actor)[-1]
    place = busiest(incidents, lambda one: one.event.where[0].place)
    cases: list[tuple[dict[str, Any], Test]] = [
        ({"actor": actor}, of_actor(actor)),
        ({"actor": actor.upper()}, of_actor(actor)),
        ({"actor": parent}, of_actor(parent)),
        ({"actor": actor, "role": "target"}, of_actor(actor, "target")),
        ({"actor": actor, "role": "initiator"}, of_actor(actor, "initiator")),
        ({"place": place}, lambda one: one.event.where[0].place == place),
        ({"least": 0.75}, lambda one: confidences[one.claims[0]] >= 0.75),
    ]
    for query, test in cases:
        wanted = sorted(one.id for one in incidents if test(one))
        assert wanted, query
        assert sorted(one["id"] for one in client.get("/api/incidents.json", params=query).json()) == wanted, query


def test_words_are_sought_in_the_sentences_that_state_it(client: TestClient, incidents: list[Incident]) -> None:
    name = busiest(incidents, lambda one: one.event.where[0].name)
    wanted = {one.id for one in incidents if f"{one.event.type} at {one.event.where[0].name}".find(name) >= 0}
    found = {one["id"] for one in client.get("/api/incidents.json", params={"q": f'"{name}"'}).json()}
    assert wanted <= found and found
    assert get(client, "/api/incidents", q="nosuchwordatall")["total"] == 0
    assert get(client, "/api/incidents", q="-- * \" '")["total"] == 0


@pytest.mark.parametrize("order", ["day", "-day", "killed", "witnesses"])
@pytest.mark.parametrize("query", [{}, {"country": "SY"}, {"undated": "1"}])
def test_pages_together_are_the_whole_list_in_its_order(client: TestClient, order: str, query: dict[str, str]) -> None:
    whole = [one["id"] for one in client.get("/api/incidents.json", params={**query, "order": order}).json()]
    walked: list[str] = []
    after = None
    for limit in (1, 7, 100, 500, 500, 500, 500):
        page = get(client, "/api/incidents", order=order, limit=limit, **query, **({"after": after} if after else {}))
        assert page["total"] == len(whole)
        walked += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert walked == whole
    assert len(set(walked)) == len(walked)


def test_the_orders_are_what_they_say(client: TestClient) -> None:
    def listed(order: str) -> list[dict[str, Any]]:
        return client.get("/api/incidents.json", params={"order": order}).json()  # type: ignore[no-any-return]

    days = [one["first_day"] for one in listed("day")]
    dated = [day for day in days if day]
    assert dated == sorted(dated) and days == dated + [None] * (len(days) - len(dated)), "what has no day stands last"
    days = [one["first_day"] for one in listed("-day")]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True) and days == dated + [None] * (len(days) - len(dated))
    killed = [one["killed"] if one["killed"] is not None else -1 for one in listed("killed")]
    assert killed == sorted(killed, reverse=True)


def test_a_histogram_counts_every_incident_once(client: TestClient, incidents: list[Incident]) -> None:
    for query in (
        {},
        {"country": "UA"},
        {"from": "2015-01-01", "to": "2015-03-31"},
        {"undated": "1"},
        {"from": "0001-01-01", "to": "9999-12-31"},
    ):
        told = get(client, "/api/histogram", **query)
        total = get(client, "/api/incidents", **query)["total"]
        assert told["total"] == total
        assert sum(sum(one["counts"].values()) for one in told["bins"]) + told["undated"] == total
        assert len(told["bins"]) <= 120
        edges = [(one["first"], one["last"]) for one in told["bins"]]
        assert all(first <= last for first, last in edges)
        assert all(date.fromisoformat(b[0]).toordinal() - date.fromisoformat(a[1]).toordinal() == 1 for a, b in pairwise(edges))
    assert get(client, "/api/histogram", from_="2015-01-01", to="2015-03-31")["unit"] == "day"
    by_year = Counter(day.year for one in incidents if (day := day_of(one)))
    told = get(client, "/api/histogram", from_="2014-01-01", to="2014-12-31")
    assert sum(sum(one["counts"].values()) for one in told["bins"]) == by_year[2014]


def test_facets_tell_what_the_lists_will_hold(client: TestClient) -> None:
    chance = random.Random(3)
    for query in ({}, {"country": "UA"}, {"type": ["Armed clash", "Attack"], "grade": "weak"}):
        told = get(client, "/api/facets", **query)
        for field in ("type", "country", "actor", "arm", "source", "grade", "place"):
            answers = told[field]
            assert [one["count"] for one in answers] == sorted((one["count"] for one in answers), reverse=True) or query.get(field)
            for one in chance.sample(answers, min(3, len(answers))):
                others = {key: value for key, value in query.items() if key != field}
                assert get(client, "/api/incidents", **others, **{field: one["value"]})["total"] == one["count"], (field, one)
        assert told["total"] == get(client, "/api/incidents", **query)["total"]
        assert told["mapped"] == get(client, "/api/incidents", mapped="1", **query)["total"]


@pytest.mark.parametrize("zoom", [0, 2, 5])
def test_the_tiles_of_a_zoom_hold_every_mapped_incident_once(client: TestClient, incidents: list[Incident], zoom: int) -> None:
    counted = 0
    for x in range(2**zoom):
        for y in range(2**zoom):
            if zoom == 5 and not (16 <= x < 24 and 8 <= y < 20):
                continue
            answer = client.get(f"/api/tiles/{zoom}/{x}/{y}.mvt", params={"country": "UA"})
            assert answer.status_code == 200
            for name, features in layers_of(answer.content).items():
                for kind, commands, properties in features:
                    assert kind == 1 and commands[0] == 9
                    assert all(0 <= value >> 1 <= 4096 for value in commands[1:])
                    counted += properties["count"] if name == "clusters" else 1
                    if name == "clusters":
                        assert sum(json.loads(properties["types"]).values()) <= properties["count"]
                        assert zoom < properties["expand"] <= 22
                    else:
                        assert {"id", "type", "family", "grade", "precision", "label", "radius_km"} <= properties.keys()
    assert counted == sum(one.event.where[0].country == "UA" for one in incidents)


def test_close_by_incidents_on_one_spot_are_a_cluster_that_nothing_opens(client: TestClient, incidents: list[Incident]) -> None:
    place = busiest(incidents, lambda one: one.event.where[0].place)
    where = next(one.event.where[0] for one in incidents if one.event.where[0].place == place)


    x, y = mercator(np.array([where.lon]), np.array([where.lat]))
    tile = client.get(f"/api/tiles/14/{int(x[0] * 2**14)}/{int(y[0] * 2**14)}.mvt", params={"place": place}).content
    layers = layers_of(tile)
    assert "incidents" not in layers
    assert layers["clusters"][0][2]["expand"] == 22


def test_an_answer_that_has_not_changed_is_not_sent_again(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "archive.db", tmp_path / "archive.db")
    with served(settings_in(tmp_path)) as client:
        for path in ("/api/incidents?country=UA", "/api/facets", "/api/histogram", "/api/tiles/2/2/1.mvt", "/api/state", "/api/reports"):
            first = client.get(path)
            tag = first.headers["etag"]
            again = client.get(path, headers={"If-None-Match": tag})
            assert again.status_code == 304 and not again.content, path
            assert client.get(f"{path}{'&' if '?' in path else '?'}x=1").headers["etag"] != tag, "another question has another tag"
        tag = client.get("/api/facets").headers["etag"]
        total = get(client, "/api/facets")["total"]
        with Archive.open(tmp_path / "archive.db") as archive:
            archive.forget(next(iter(archive.reports(limit=1))).id)
        assert client.get("/api/facets", headers={"If-None-Match": tag}).status_code == 200, "somebody wrote to the archive"
        client.app.state.room.refresh()  # type: ignore[attr-defined]
        assert get(client, "/api/facets")["total"] < total


def test_a_cursor_goes_on_where_it_was_when_incidents_came_and_went(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "archive.db", tmp_path / "archive.db")
    with served(settings_in(tmp_path)) as client:
        first = get(client, "/api/incidents", order="day", limit=100)
        rest = [one["id"] for one in client.get("/api/incidents.json", params={"order": "day"}).json()][100:]
        gone = client.get(f"/api/claims?incident={first['items'][-1]['id']}").json()["items"][0]["report"]["id"]
        with Archive.open(tmp_path / "archive.db") as archive:
            archive.forget(gone)
        client.app.state.room.refresh()  # type: ignore[attr-defined]
        after = first["next"]
        walked = []
        while after:
            page = get(client, "/api/incidents", order="day", limit=500, after=after)
            walked += [one["id"] for one in page["items"]]
            after = page["next"]
        assert set(walked) <= set(rest) and len(rest) - len(walked) <= 4
        assert walked == [id_ for id_ in rest if id_ in set(walked)]


def test_columns_kept_beside_the_archive_are_taken_up_and_only_what_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "archive.db", tmp_path / "archive.db")
    tables = Tables(settings_in(tmp_path))
    beside = tmp_path / "kept.npz"
    with pytest.MonkeyPatch.context() as patch, Archive.open(tmp_path / "archive.db") as archive:
        patch.setattr(filling, "WORTH_KEEPING", 10)
        first = filling.Filling(archive, tables.rosters, beside).columns()
        assert beside.is_file()
        archive.forget(next(iter(archive.reports(limit=1))).id)
        read: list[int] = []
        reader = filling.Reader.rows
        patch.setattr(filling.Reader, "rows", lambda self, lines: (read.append(len(lines)), reader(self, lines))[1])
        again = filling.Filling(archive, tables.rosters, beside).columns()
        fresh = filling.Filling(archive, tables.rosters).columns()
    assert sum(read) == len(fresh), "only the fresh filling read anything"
    assert len(again) == len(fresh) < len(first)
    assert again.ids(again.by_id) == fresh.ids(fresh.by_id)
    assert again["killed"].tolist() == fresh["killed"].tolist()
    beside.write_bytes(b"no archive of arrays")
    with Archive.open(tmp_path / "archive.db") as archive:
        assert len(filling.Filling(archive, tables.rosters, beside).columns()) == len(fresh)


BROKEN = [
    ("/api/incidents?order=colour", 422),
    ("/api/incidents?limit=0", 422),
    ("/api/incidents?limit=many", 422),
    ("/api/incidents?after=%%%", 422),
    ("/api/incidents?after=WyJkYXkiXQ", 422),
    ("/api/incidents?grade=splendid", 422),
    ("/api/incidents?role=spectator&actor=ru", 422),
    ("/api/incidents?from=2020-01-02&to=2020-01-01", 422),
    ("/api/incidents?from=yesterday", 422),
    ("/api/incidents?box=1,2,3", 422),
    ("/api/incidents?box=nan,nan,nan,nan", 422),
    ("/api/incidents?box=0,50,10,40", 422),
    ("/api/incidents?least=7", 422),
    ("/api/incidents.pdf", 404),
    ("/api/histogram.geojson", 404),
    ("/api/tiles/3/8/0.mvt", 422),
    ("/api/tiles/3/-1/0.mvt", 422),
    ("/api/tiles/40/0/0.mvt", 422),
    ("/api/incidents/i000000000", 404),
    ("/api/incidents/%00", 404),
    ("/api/incidents/%F0%9F%92%A5", 404),
    ("/api/nothing", 404),
]


@pytest.mark.parametrize(("path", "status"), BROKEN, ids=[path for path, _ in BROKEN])
def test_what_makes_no_sense_is_told_with_what_to_do(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert told["error"] and told["remedy"]


def test_a_table_is_what_is_shown(client: TestClient) -> None:
    query = {"country": "UA", "order": "killed"}
    whole = client.get("/api/incidents.json", params=query).json()
    rows = list(csv.DictReader(io.StringIO(client.get("/api/incidents.csv", params=query).text)))
    assert [row["id"] for row in rows] == [one["id"] for one in whole]
    layer = client.get("/api/incidents.geojson", params=query)
    assert layer.headers["content-type"].startswith("application/geo+json")
    features = layer.json()["features"]
    assert [one["properties"]["id"] for one in features] == [one["id"] for one in whole]
    assert features[0]["geometry"]["type"] == "Point"
    bare = client.get("/api/incidents.geojson", params={**query, "withhold": "coordinates"}).json()["features"]
    assert all(one["geometry"] is None for one in bare)
    assert client.get("/api/incidents.csv", params={"withhold": "everything"}).status_code == 422


def test_a_histogram_of_the_core_leaves_out_what_lies_far_off() -> None:
    days = [date(2015, 1, 1).toordinal() + n for n in range(400)]
    rows = np.array([date(1967, 6, 5).toordinal(), *days, date(2040, 1, 1).toordinal()])
    assert _core(rows) == (date(2015, 1, 4), date.fromordinal(days[-4]))
    assert _core(rows[1:-1]) == (date(2015, 1, 1), date.fromordinal(days[-1])), "where none lies far off all are shown"


def test_what_stands_in_no_bar_is_counted(client: TestClient) -> None:
    whole = get(client, "/api/histogram")
    told = get(client, "/api/histogram", core="1")
    in_bars = sum(sum(one["counts"].values()) for one in told["bins"])
    assert in_bars + told["outside"] + told["undated"] == whole["total"]
    assert whole["outside"] == 0
    assert whole["bins"][0]["first"] <= told["earliest"] < told["latest"] == whole["bins"][-1]["last"]


def test_a_place_goes_by_the_name_most_often_told_and_a_country_by_its_own() -> None:
    names = Names(["p1\tRaqa\traqa", "p1\tRaqqa\traqqa", "country:SY\tSyrian\tsyrian"])
    rows, told = np.array([0, 1, 2, 3], dtype=np.int32), np.array([0, 1, 1, 2], dtype=np.int32)
    index = index_of(names, rows, told, above=lambda id_: (id_,), label=Tables(Settings.read()).rosters.place)
    assert dict(zip(index.keys.of, index.labels, strict=True)) == {"p1": "Raqqa", "country:SY": "Syria"}
    assert list(index.counts(np.ones(4, dtype=bool))) == [3, 1]
