"""What keeps the server and its readers safe: who may ask, what may be fetched, and documents that mean harm."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from typer.testing import CliRunner

from api_made import get, served, settings_in
from thucydides.archive.archive import Archive
from thucydides.desk.api.fetching import fetch, is_public
from thucydides.desk.api.originals import Originals, cleaned
from thucydides.desk.api.serving import Serving
from thucydides.desk.cli import app
from thucydides.errors import BadSetting, ReportTooLarge, UnreadableReport
from thucydides.record import Claim, Event, Factuality, Kind, Passage, Report, Section, Source
from thucydides.reports import Raw

ADDRESSES = [
    # address, whether it is one of the open network, what it is
    ("93.184.216.34", True, "any other"),
    ("2606:4700:4700::1111", True, "any other"),
    ("127.0.0.1", False, "this computer"),
    ("127.8.8.8", False, "this computer"),
    ("0.0.0.0", False, "this computer, by another name"),
    ("10.0.0.1", False, "a private network"),
    ("172.16.0.1", False, "a private network"),
    ("172.31.255.255", False, "a private network"),
    ("192.168.1.1", False, "a private network"),
    ("100.64.0.1", False, "a provider's own network"),
    ("169.254.169.254", False, "link-local, where clouds tell their secrets"),
    ("192.0.0.8", False, "reserved"),
    ("192.0.2.1", False, "for documents"),
    ("198.18.0.1", False, "for benchmarks"),
    ("224.0.0.1", False, "multicast"),
    ("240.0.0.1", False, "reserved"),
    ("255.255.255.255", False, "broadcast"),
    ("::", False, "none"),
    ("::1", False, "this computer"),
    ("fe80::1", False, "link-local"),
    ("fe80::1%eth0", False, "link-local with its link"),
    ("fc00::1", False, "unique local"),
    ("fd12:3456::1", False, "unique local"),
    ("ff02::1", False, "multicast"),
    ("2001:db8::1", False, "for documents"),
    ("::ffff:127.0.0.1", False, "this computer, mapped"),
    ("::ffff:10.0.0.1", False, "a private network, mapped"),
    ("::ffff:a9fe:a9fe", False, "link-local, mapped"),
    ("::127.0.0.1", False, "this computer, in the old form"),
    ("64:ff9b::7f00:1", False, "this computer behind a translator"),
    ("64:ff9b::a00:1", False, "a private network behind a translator"),
    ("2002:7f00:1::", False, "this computer in 6to4"),
    ("2002:c0a8:101::1", False, "a private network in 6to4"),
    ("not an address", False, "nothing"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("address", "public", "what"), ADDRESSES, ids=[one[0] or "empty" for one in ADDRESSES])
def test_only_addresses_of_the_open_network_are_asked(address: str, public: bool, what: str) -> None:
    assert is_public(address) is public, what


SPELLINGS = [
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0x7f000001/", "http://2130706433/", "http://127.1/",
    "http://[::ffff:127.0.0.1]/", "http://0/", "https://localhost:8443/", "http://user:word@93.184.216.34/", "ftp://example.org/",
    "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "http:///nohost", "http://[broken/", "http://a:99999/", "", "//x",
    "http://localhost.localdomain/", "data:text/plain,x",
]  # fmt: skip


@pytest.mark.parametrize("url", SPELLINGS)
def test_this_computer_is_not_asked_however_it_is_spelt(url: str) -> None:
    with pytest.raises(UnreadableReport):
        fetch(url, seconds=3)


class _Site(BaseHTTPRequestHandler):
    """A site that redirects, sends much, or is slow."""

    def do_GET(self) -> None:
        kind, _, rest = self.path[1:].partition("/")
        if kind == "to":
            self.send_response(302)
            self.send_header("Location", rest)
            self.end_headers()
            return
        self.send_response(404 if kind == "gone" else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        body = b"<p>A report.</p>" * (100_000 if kind == "much" else 1)
        self.wfile.write(body)
        if kind == "slow":
            for _ in range(100):
                threading.Event().wait(0.1)
                self.wfile.write(b".")
                self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_is_allowed_is_fetched_within_its_bounds(site: str) -> None:
    here = partial(fetch, allowed=lambda address: address == "127.0.0.1")
    assert here(f"{site}/page").data == b"<p>A report.</p>"
    assert here(f"{site}/to/{site}/page").url == f"{site}/page"
    with pytest.raises(ReportTooLarge):
        here(f"{site}/much", most_bytes=50_000)
    with pytest.raises(UnreadableReport, match="404"):
        here(f"{site}/gone")
    with pytest.raises(UnreadableReport, match=r"too long|broke off"):
        here(f"{site}/slow", seconds=1)
    with pytest.raises(UnreadableReport, match="more than 5 times"):
        here(f"{site}/to/{site}/to/{site}/to/{site}/to/{site}/to/{site}/to/{site}/page")


REDIRECTS = ["http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd"]


@pytest.mark.parametrize("to", REDIRECTS)
def test_a_redirect_is_looked_at_like_the_address_before_it(site: str, to: str) -> None:
    with pytest.raises(UnreadableReport, match=r"no public address|no http"):
        fetch(f"{site}/to/{to}", allowed=lambda address: address == "127.0.0.1")


def test_the_connection_goes_to_the_address_that_was_looked_at(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when it is asked again cannot lead the connection there."""
    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(site.rpartition(":")[2])))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: next(answers))
    assert fetch(f"http://changing.example:{site.rpartition(':')[2]}/page", allowed=lambda one: one == "127.0.0.1").data
    with pytest.raises(StopIteration):
        next(answers)


def test_fetching_is_off_unless_it_was_asked_for(tmp_path: Path) -> None:
    with served(settings_in(tmp_path)) as client:
        answer = client.post("/api/reports", json={"url": "http://example.org/"})
        assert answer.status_code == 403 and "--allow-fetch" in answer.json()["remedy"]
        assert get(client, "/api/state")["may_fetch"] is False


# ── who may ask ──────────────────────────────────────────────────────────────────────────────────

BINDINGS = [
    (Serving(), True),
    (Serving(host="localhost"), True),
    (Serving(host="::1"), True),
    (Serving(host="127.0.0.2"), True),
    (Serving(host="0.0.0.0"), False),
    (Serving(host="::"), False),
    (Serving(host="192.168.1.5"), False),
    (Serving(host="example.org"), False),
    (Serving(names=("war.example.org",)), False),
    (Serving(host="0.0.0.0", password="word"), True),
    (Serving(names=("war.example.org",), password="word"), True),
]


@pytest.mark.parametrize(("serving", "allowed"), BINDINGS, ids=[f"{one.host}{one.names}{bool(one.password)}" for one, _ in BINDINGS])
def test_others_reach_it_with_a_password_or_not_at_all(serving: Serving, allowed: bool) -> None:
    if allowed:
        serving.check()
        return
    with pytest.raises(BadSetting, match="no password is set"):
        serving.check()


def test_the_command_refuses_to_be_open_without_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path))
    monkeypatch.delenv("THUCYDIDES_PASSWORD", raising=False)
    told = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0"])
    assert told.exit_code == 2 and "no password is set" in told.output
    (tmp_path / "empty").touch()
    told = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0", "--password-file", str(tmp_path / "empty")])
    assert told.exit_code == 2 and "is empty" in told.output


HOSTS = [
    ("127.0.0.1", 200), ("127.0.0.1:8642", 200), ("localhost:9", 200), ("LOCALHOST", 200), ("[::1]:8642", 200), ("[::1]", 200),
    ("evil.example", 403), ("evil.example:8642", 403), ("127.0.0.1.evil.example", 403), ("localhost.evil.example", 403), ("", 403),
    ("2130706433", 403),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_a_name_that_is_not_its_own_is_refused(tmp_path: Path, host: str, status: int) -> None:
    with served(settings_in(tmp_path)) as client:
        for path in ("/api/aside", "/", "/e/x", "/base/ground/0/0/0.mvt"):
            answer = client.get(path, headers={"Host": host})
            assert (answer.status_code == 403) is (status == 403), (path, answer.status_code)


CROSSINGS = [
    ({}, True),
    ({"Origin": "http://127.0.0.1"}, True),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "http://127.0.0.1:9999"}, False),
    ({"Origin": "null"}, False),
]


@pytest.mark.parametrize(("headers", "allowed"), CROSSINGS, ids=[json.dumps(one) for one, _ in CROSSINGS])
def test_another_sites_page_changes_nothing(tmp_path: Path, headers: dict[str, str], allowed: bool) -> None:
    with served(settings_in(tmp_path)) as client:
        for path in ("/api/reports", "/api/sample", "/api/aside/1/retry"):
            status = client.post(path, json={"text": " "}, headers=headers).status_code
            assert (status != 403) is allowed, (path, status)
            if not allowed:
                continue
            break


def test_a_password_is_asked_for_everything(tmp_path: Path) -> None:
    serving = Serving(host="0.0.0.0", password="päss:word")
    with served(settings_in(tmp_path), serving) as client:
        for path in ("/", "/api/state", "/e/x", "/base/ground/0/0/0.mvt", "/assets/x.js", "/api/openapi.json"):
            answer = client.get(path)
            assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Basic"), path
            assert "default-src" in answer.headers["content-security-policy"]

        def said(words: str) -> dict[str, str]:
            return {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}

        assert client.get("/api/aside", headers=said("anybody:päss:word")).status_code == 200
        assert client.get("/api/aside", headers={**said("anybody:päss:word"), "Host": "any.name"}).status_code == 200
        for wrong in (said("päss:word"), said("a:"), said(""), {"Authorization": "Basic ???"}, {"Authorization": "Bearer x"}):
            assert client.get("/api/aside", headers=wrong).status_code == 401


# ── what a browser may do ────────────────────────────────────────────────────────────────────────


def test_every_answer_has_a_policy_without_inline_scripts(tmp_path: Path) -> None:
    with served(settings_in(tmp_path)) as client:
        for path in ("/", "/api/state", "/api/nothing", "/e/none", "/r/none", "/api/docs", "/plain.css", "/base/ground/0/0/0.mvt"):
            headers = client.get(path).headers
            policy = headers["content-security-policy"]
            assert ("'unsafe-eval'" not in policy and "script-src 'self'" in policy) or "default-src 'none'" in policy, path
            assert not re.search(r"script-src[^;]*unsafe", policy)
            assert "frame-ancestors 'none'" in policy and headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"


def test_a_map_of_the_users_own_may_be_fetched_from_its_site_alone(tmp_path: Path) -> None:
    with served(settings_in(tmp_path, THUCYDIDES_BASEMAP="https://maps.example.org:8443/{z}/{x}/{y}.png?key=1")) as client:
        policy = client.get("/api/aside").headers["content-security-policy"]
        assert policy.count("https://maps.example.org:8443") == 2
        assert get(client, "/api/state")["base_map"]["own"].startswith("https://maps.example.org")
    for wrong in ("ftp://x/{z}/{x}/{y}", "https://x/map.png", "https://x; script-src *; /m.pmtiles", "javascript:alert(1)//.pmtiles"):
        with pytest.raises(BadSetting):
            settings_in(tmp_path, THUCYDIDES_BASEMAP=wrong)


# ── documents that mean harm ─────────────────────────────────────────────────────────────────────

SCRIPTS = (
    "<script>alert(1)</script>", "<ScRiPt src=//evil></sCrIpT>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>", "<body onload=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<style>*{background:url(//evil)}</style>",
    "<link rel=stylesheet href=//evil>", "<meta http-equiv=refresh content=0;url=//evil>", "<base href=//evil>", "<object data=//evil>",
    "<embed src=//evil>", "<form action=//evil><button>x", "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>", "<template><script>alert(1)</script></template>", "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>", "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "'\"><script>alert(1)</script>", "\"autofocus onfocus=alert(1) x=\"",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;",
    "\\u003cscript\\u003e", "<a style=position:fixed;inset:0 href=//evil>x</a>", "<marquee onstart=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<plaintext>", "<xmp>", "<listing>", "<table background=javascript:alert(1)>",
)  # fmt: skip
SIGNS = (
    "\u202eevil\u202c", "\u2066x\u2069", "\u200b\u200d\ufeff", "\x1b[31m", "\x07\x08", "\r\nSet-Cookie: a=b", "a" * 3000, "💥" * 500,
    "مرحبا <b>", "ש\u05b0\u05b8" * 50, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙" * 20, "\u2028\u2029",
    "=cmd|' /C calc'!A0", "@SUM(1)", "\ufffe\uffff", "＜script＞", "%3Cscript%3E",
    "\t\t\t", "][", "\0",
)  # fmt: skip
HOSTILE = [
    *SCRIPTS,
    *SIGNS,
    *(f"{one}{two}" for n, one in enumerate(SCRIPTS) for two in (SIGNS[n % len(SIGNS)], SCRIPTS[-1 - n], SIGNS[-1 - n % len(SIGNS)])),
]
HOSTILE += [f'"{one}' for one in SCRIPTS[:20]]


def hostile_archive(file: Path) -> None:
    """Every document with its harm in the text, the title, the source, the address and the words of a claim."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with Archive.open(file) as archive:
        for number, harm in enumerate(HOSTILE):
            text = f"{harm} was bombed on Monday. {harm}"
            report = Report(
                id=f"r{number}{harm[:20].replace('%', '')}", text=text, reading=text, source=Source(name=harm or "x"), title=harm,
                raw_hash=f"{number:064x}",
                url=harm, language="en", sections=(Section(start=0, end=len(text), kind="body"),), notes=(harm,), copied_from=(harm,),
            )  # fmt: skip
            claim = Claim(
                id=f"{number:016x}", report=report.id, kind=Kind.EVENT, says=Event(type=harm, damage=(harm,)), said_by=(harm,),
                factuality=Factuality.CLAIMED, evidence=(Passage(field="claim", start=0, end=len(text), words=text),), by="test",
            )  # fmt: skip
            archive.keep(report, [claim])


def test_two_hundred_hostile_documents_are_text_and_nothing_else(tmp_path: Path) -> None:
    assert len(HOSTILE) >= 200
    hostile_archive(tmp_path / "archive.db")
    with served(settings_in(tmp_path)) as client:
        for _ in range(200):
            if get(client, "/api/state")["unweighed"] == 0:
                break
            threading.Event().wait(0.1)
        client.app.state.room.refresh()  # type: ignore[attr-defined]
        listed: list[dict[str, str]] = []
        after = None
        while True:
            page = get(client, "/api/reports", limit=100, **({"after": after} if after else {}))
            listed += page["items"]
            after = page["next"]
            if after is None:
                break
        assert len(listed) == len(HOSTILE)
        for line in listed:
            id_ = quote(line["id"], safe="")
            view = client.get(f"/api/reports/{id_}")
            assert view.status_code == 200 and view.headers["content-type"] == "application/json", line["id"]
            page = client.get(f"/r/{id_}")
            assert page.status_code == 200, line["id"]
            assert_harmless(page.text)
            original = client.get(f"/api/reports/{id_}/original")
            assert original.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
            assert_harmless(original.text, own_style=True)
        for one in client.get("/api/incidents.json").json():
            page = client.get(f"/e/{one['id']}")
            assert page.status_code == 200
            assert_harmless(page.text)
        for line in client.get("/api/reports.csv").text.splitlines():
            assert not re.match(r"[=+@-]", line)


ACTING = frozenset(
    (
        "script style iframe frame frameset object embed applet form input button select textarea svg math img image picture video audio "
        "source track base template noscript marquee canvas portal dialog"
    ).split()
)


def assert_harmless(page: str, *, own_style: bool = False) -> None:
    """No element that acts, no attribute that runs anything, no address but of the web and of this server."""
    drawn = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in drawn.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ACTING, element.tag
        assert element.tag != "link" or dict(element.attrib) == {"rel": "stylesheet", "href": "/plain.css"}
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in ("srcdoc", "background", "formaction"), (element.tag, name)
            assert name != "style" or own_style
            if name == "href":
                assert value.startswith(("/", "#", "http://", "https://")) and not value.startswith("//"), value
        if element.tag == "meta":
            assert "http-equiv" not in element.attrib


ORIGINALS = [
    "<p onclick=alert(1)>words</p>", "<img src=http://evil/pixel>words", "<svg><a xlink:href=javascript:alert(1)>words</a></svg>",
    "<a href='java\tscript:alert(1)'>words</a>", "<style>@import '//evil'</style>words", "<link rel=stylesheet href=//evil>words",
    "<form action=//evil>words</form>", "<meta http-equiv=refresh content='0;url=//evil'>words",
    "<iframe srcdoc='<script>x</script>'></iframe>words",
    "<table background=//evil><tr><td>words</table>", "<p style='background:url(//evil)'>words</p>", "<audio src=//evil autoplay>words",
]  # fmt: skip


@pytest.mark.parametrize("page", [*ORIGINALS, *SCRIPTS])
def test_an_original_keeps_its_words_and_nothing_that_acts(page: str) -> None:
    told = cleaned(f"<html><body>{page}</body></html>")
    assert_harmless(f"<html><body>{told}</body></html>")
    assert "evil/pixel" not in told and "url(" not in told
    if (page.endswith("words") or "words<" in page) and "<svg" not in page:
        assert "words" in told


def test_a_page_is_kept_as_it_was_received(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    data = b"<html><body><h1>Head</h1><p>Words <b>bold</b>.</p><script>alert(1)</script><img src=x></body></html>"
    report = Report(id="x", text="t", reading="t", source=Source(name="s"), raw_hash=hashlib.sha256(data).hexdigest())
    assert "<pre" in originals.shown(report)
    originals.keep(Raw("page.html", data))
    assert originals.has(report)
    told = originals.shown(report)
    assert "<b>bold</b>" in told and "script" not in told and "<img" not in told
    originals.keep(Raw("x.txt", b"plain words"))
    assert len(list(tmp_path.iterdir())) == 1, "only web pages are kept"
