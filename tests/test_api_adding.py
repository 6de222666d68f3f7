"""Reports are handed in over HTTP, and the archive is missing, empty, locked, too new or broken."""

from __future__ import annotations

import gzip
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api_made import finished, get, served, settings_in
from thucydides.archive.archive import Archive
from thucydides.desk.api.feeds import entries, is_feed
from thucydides.desk.api.fetching import Fetched
from thucydides.desk.api.jobs import Jobs
from thucydides.desk.api.serving import Serving
from thucydides.errors import UnreadableReport
from thucydides.reports import Raw

SHELLED = "KYIV, 3 May 2022 - Russian forces shelled the village of Robotyne on Tuesday, killing three civilians, the governor said."
BOMBED = (
    "<html><body><article><h1>Blast</h1><p>A car bomb killed five soldiers in Mogadishu on Monday, police said.</p></article></body></html>"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(settings_in(tmp_path_factory.mktemp("adding"))) as client:
        yield client


def test_a_text_pasted_becomes_an_event(client: TestClient) -> None:
    answer = client.post("/api/reports", json={"text": SHELLED, "title": "Shelling", "published": "2022-05-03", "source": "Ukrinform"})
    assert answer.status_code == 202
    job = finished(client, answer.json())
    assert job["state"] == "done" and job["total"] == job["done"] == 1 and job["claims"] >= 1 and not job["aside"]
    assert [one["title"] for one in job["reports"]] == ["Shelling"]
    state = get(client, "/api/state")
    assert not state["sample"] and state["reports"] == 1 and state["unweighed"] == 0
    assert get(client, "/api/incidents", place="Robotyne")["total"] == 1
    again = finished(
        client,
        client.post("/api/reports", json={"text": SHELLED, "title": "Shelling", "published": "2022-05-03", "source": "Ukrinform"}).json(),
    )
    assert again["state"] == "done" and get(client, "/api/state")["reports"] == 1, "the same again changes nothing"


def test_files_are_read_and_what_cannot_be_is_set_aside_and_tried_again(client: TestClient) -> None:
    files = [
        ("files", ("../../blast.html", BOMBED.encode(), "text/html")),
        (
            "files",
            ("lines.jsonl", b'{"id":"l1","text":"Rebels seized Goma on Sunday."}\n{"id":"l2","text":"The army shelled Homs on Sunday."}\n'),
        ),
        ("files", ("packed.txt.gz", gzip.compress(b"Troops killed ten fighters near Kidal on Friday."))),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\nnothing")),
    ]
    job = finished(client, client.post("/api/reports", files=files).json())
    assert job["state"] == "done" and len(job["reports"]) == 4
    assert [one["name"] for one in job["aside"]] == ["picture.png"] and "PNG" in job["aside"][0]["reason"]
    page = next(one for one in job["reports"] if "Blast" in (one["title"] or ""))
    view = get(client, f"/api/reports/{page['id']}")
    assert view["has_original"]
    assert "<h1>Blast</h1>" in client.get(f"/api/reports/{page['id']}/original").text
    aside = get(client, "/api/aside")
    assert [one["name"] for one in aside] == ["picture.png"] and aside[0]["retriable"]
    retried = finished(client, client.post(f"/api/aside/{aside[0]['id']}/retry").json())
    assert [one["name"] for one in retried["aside"]] == ["picture.png"], "it is still a picture"
    assert client.post("/api/aside/999/retry").status_code == 404
    folder = client.app.state.room.jobs.incoming  # type: ignore[attr-defined]
    assert not list(folder.iterdir()), "what is kept needs no copy"


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>War Desk</title><link>https://desk.example/</link>
<item><title>Blast in Mogadishu</title><link>/a</link><pubDate>Tue, 04 Jun 2019 10:00:00 GMT</pubDate>
<description>&lt;p&gt;A car bomb killed five soldiers.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;
&lt;p&gt;Police said so.&lt;/p&gt;</description></item>
<item><title></title><description> </description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><title type="html">A &amp;amp; B</title>
<link rel="self" href="https://no"/><link href="https://desk.example/b"/><updated>2020-01-02T03:04:05Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title></channel><item><title>T</title><description>D</description><dc:date>2001-02-03</dc:date></item></rdf:RDF>"""
BOMB = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&a;y</title></item></channel></rss>'


def test_every_entry_of_a_feed_is_a_report() -> None:
    import json

    told = [json.loads(one.data) for one in entries(Raw("feed", FEED.encode()), "https://desk.example/feed")]
    assert told == [
        {
            "text": "Blast in Mogadishu\n\nA car bomb killed five soldiers.\n\nPolice said so.", "title": "Blast in Mogadishu",
            "url": "https://desk.example/a", "published": "2019-06-04", "source": "War Desk",
        }
    ]  # fmt: skip
    atom = [json.loads(one.data) for one in entries(Raw("atom", ATOM.encode()))]
    assert atom[0]["url"] == "https://desk.example/b" and "One." in atom[0]["text"] and "Two." in atom[0]["text"]
    rdf = [json.loads(one.data) for one in entries(Raw("rdf", RDF.encode()))]
    assert rdf[0]["published"] == "2001-02-03" and rdf[0]["source"] == "Old"
    assert all(map(is_feed, (one.encode() for one in (FEED, ATOM, RDF))))
    assert not is_feed(b"<html><body>a feed</body></html>")
    for one in entries(Raw("bomb", BOMB.encode())):
        assert b"root:" not in one.data
    with pytest.raises(UnreadableReport):
        list(entries(Raw("broken", b"")))


def test_an_address_is_fetched_and_a_feed_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from thucydides.desk.api.routes import adding

    def fetched(url: str, **_: object) -> Fetched:
        if "bad" in url:
            raise UnreadableReport(f"{url} answers 404 Not Found", remedy="Paste the text.")
        return Fetched(url, FEED.encode(), "application/rss+xml")

    monkeypatch.setattr(adding, "fetch", fetched)
    with served(settings_in(tmp_path), Serving(may_fetch=True)) as client:
        job = finished(client, client.post("/api/reports", json={"url": "https://desk.example/feed"}).json())
        assert job["state"] == "done" and [one["url"] for one in job["reports"]] == ["https://desk.example/a"]
        job = finished(client, client.post("/api/reports", json={"url": "https://desk.example/bad"}).json())
        assert job["state"] == "failed" and "404" in job["error"]


def test_the_sample_can_be_kept(tmp_path: Path) -> None:
    with served(settings_in(tmp_path)) as client:
        assert get(client, "/api/state")["sample"]
        job = finished(client, client.post("/api/sample").json())
        assert job["state"] == "done" and len(job["reports"]) == 3
        state = get(client, "/api/state")
        assert not state["sample"] and state["reports"] == 3 and state["incidents"] >= 5
    with Archive.open(tmp_path / "archive.db") as archive:
        assert archive.count_incidents() == state["incidents"]


def test_what_was_taken_is_read_though_the_server_was_killed(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    (tmp_path / "incoming").mkdir()
    (tmp_path / "incoming" / "0123456789ab-village.txt.upload").write_text(SHELLED, encoding="utf-8")
    (tmp_path / "incoming" / "0123456789ac-half.txt.part").write_text("half of", encoding="utf-8")
    with served(settings) as client:
        for _ in range(400):
            if get(client, "/api/state")["reports"] == 1 and not list((tmp_path / "incoming").glob("*.upload")):
                break
            threading.Event().wait(0.05)
        state = get(client, "/api/state")
        assert state["reports"] == 1 and not state["sample"]
        assert get(client, "/api/incidents", place="Robotyne")["total"] == 1
    assert not list((tmp_path / "incoming").glob("*.upload"))


REFUSED = [
    ({"json": {"text": "  "}}, 422),
    ({"json": {}}, 422),
    ({"json": {"text": 7}}, 422),
    ({"content": b"{broken", "headers": {"Content-Type": "application/json"}}, 422),
    ({"content": b"", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 422),
    ({"data": {"files": "no file"}}, 422),
]


@pytest.mark.parametrize(("given", "status"), REFUSED)
def test_nothing_is_made_of_nothing(client: TestClient, given: dict[str, object], status: int) -> None:
    answer = client.post("/api/reports", **given)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]


def test_a_job_that_is_not_known_is_told_so(client: TestClient) -> None:
    assert client.get("/api/jobs/none").status_code == 404


# ── the archive is in trouble ────────────────────────────────────────────────────────────────────


def made(folder: Path) -> Path:
    file = folder / "archive.db"
    with Archive.open(file):
        pass
    return file


def test_an_archive_that_is_too_new_tells_which_version_reads_it(tmp_path: Path) -> None:
    file = made(tmp_path)
    db = sqlite3.connect(file)
    db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.execute("UPDATE meta SET value = '7.1.0' WHERE key = 'program'")
    db.commit()
    db.close()
    with served(settings_in(tmp_path)) as client:
        for path in ("/api/state", "/api/incidents", "/api/facets"):
            answer = client.get(path)
            assert answer.status_code == 503, path
            assert answer.json()["schema_version"] == "7.1.0" and "7.1.0" in answer.json()["remedy"]
        page = client.get("/e/i0123")
        assert page.status_code == 503 and "7.1.0" in page.text and "<h1>" in page.text


def test_a_file_that_is_no_archive_is_told_and_taken_up_once_it_is_mended(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    file.write_bytes(b"this is no database at all, " * 100)
    with served(settings_in(tmp_path)) as client:
        answer = client.get("/api/incidents")
        assert answer.status_code == 503 and answer.json()["remedy"]
        assert "etag" not in answer.headers
        file.unlink()
        for _ in range(100):
            if client.get("/api/state").status_code == 200:
                break
            threading.Event().wait(0.1)
        assert get(client, "/api/state")["sample"], "nothing is there now, so the sample is shown"


def test_an_archive_that_goes_away_is_told_and_taken_up_when_it_comes_back(tmp_path: Path) -> None:
    with served(settings_in(tmp_path)) as client:
        finished(client, client.post("/api/reports", json={"text": SHELLED}).json())
        file = tmp_path / "archive.db"
        elsewhere = tmp_path / "elsewhere.db"
        file.replace(elsewhere)

        def until(status: int) -> None:
            for _ in range(200):
                if client.get("/api/state").status_code == status:
                    return
                threading.Event().wait(0.05)
            raise AssertionError(client.get("/api/state").text)

        until(503)
        assert "no longer" in client.get("/api/incidents").json()["error"]
        elsewhere.replace(file)
        until(200)
        assert get(client, "/api/state")["reports"] == 1


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    file = made(tmp_path)
    locking = sqlite3.connect(file, isolation_level=None)
    locking.execute("PRAGMA locking_mode = EXCLUSIVE")
    locking.execute("BEGIN EXCLUSIVE")
    locking.execute("UPDATE meta SET value = value")
    try:
        settings = settings_in(tmp_path)
        with served(settings) as client:
            answer = client.get("/api/state")
            assert answer.status_code == 503
            assert "locked" in answer.json()["error"] and "Another program" in answer.json()["remedy"]
    finally:
        locking.rollback()
        locking.close()


def test_what_another_program_keeps_is_shown(tmp_path: Path) -> None:
    with served(settings_in(tmp_path)) as client:
        assert get(client, "/api/state")["sample"]
        with served(settings_in(tmp_path)) as other:
            finished(other, other.post("/api/reports", json={"text": SHELLED}).json())
        for _ in range(200):
            if get(client, "/api/incidents", place="Robotyne")["total"]:
                break
            threading.Event().wait(0.1)
        assert get(client, "/api/incidents", place="Robotyne")["total"] == 1
        assert not get(client, "/api/state")["sample"]


def test_an_incident_that_was_merged_leads_on(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db"):
        pass
    db = sqlite3.connect(tmp_path / "archive.db")
    db.execute("INSERT INTO incident_redirects VALUES ('iold', 'inew')")
    db.commit()
    db.close()
    with served(settings_in(tmp_path)) as client:
        finished(client, client.post("/api/reports", json={"text": SHELLED}).json())
        now = get(client, "/api/incidents")["items"][0]["id"]
        db = sqlite3.connect(tmp_path / "archive.db")
        db.execute("UPDATE incident_redirects SET now = ?", (now,))
        db.commit()
        db.close()
        for start in ("/api/incidents/", "/e/"):
            answer = client.get(f"{start}iold", follow_redirects=False)
            assert answer.status_code == 308 and answer.headers["location"] == f"{start}{now}"
            assert client.get(f"{start}iold").status_code == 200
        claim = get(client, "/api/claims", incident=now)["items"][0]["claim"]["id"]
        assert client.get(f"/e/{claim}", follow_redirects=False).headers["location"] == f"/e/{now}", "a claim leads to its event"


def test_names_of_uploads_stay_in_their_folder(tmp_path: Path) -> None:
    with served(settings_in(tmp_path)) as client:
        jobs: Jobs = client.app.state.room.jobs  # type: ignore[attr-defined]
        for name in ("../../etc/passwd", "a/b", "..", "", "x" * 500, "nul\0", "C:\\x", "💥.txt", "con"):
            file = jobs.spooled(name)
            assert file.parent == tmp_path / "incoming" and len(file.name) < 120
            file.touch()
            file.unlink()
