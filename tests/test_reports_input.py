"""What may be handed to the reports room: every format, and every kind of damage."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from thucydides.errors import EmptyReport, ReportTooLarge, UnreadableReport
from thucydides.reports import READERS, Limits, Raw, Untold, read, split

PROSE = (
    "Government troops retook the village of Tel Amran on Tuesday after two days of shelling, the army said in a statement. "
    "At least twelve fighters were killed and a tank was destroyed near the bridge, according to residents of the town. "
)


def pdf_of(*lines: str) -> bytes:
    """A small PDF of one page, written by hand."""
    shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    stream = f"BT /F1 11 Tf 40 760 Td {shown}ET".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(f"{o:010} 00000 n \n".encode() for o in offsets)
    return bytes(out + f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())


def docx_of(*paragraphs: str) -> bytes:
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Army retakes village - Plains Courier</title>
<meta name="author" content="Mara Lind"><meta property="og:site_name" content="Plains Courier">
<meta property="article:published_time" content="2021-05-04T10:00:00Z"><script>var x = "<p>no</p>";</script></head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Army retakes village</h1>
<p>{PROSE}</p><p>{PROSE.replace("Tuesday", "Wednesday")}</p></article><footer>Copyright 2021</footer></body></html>"""


# ── formats ──────────────────────────────────────────────────────────────────────────────────────


def test_json_report_keeps_its_text_and_its_id() -> None:
    given = {
        "id": "r-1",
        "source": "Plains Courier",
        "published": "2021-05-04",
        "title": "Army retakes village",
        "text": PROSE,
        "claims": [1],
    }
    report = read(json.dumps(given).encode())
    assert (report.id, report.text, report.source.name) == ("r-1", PROSE, "Plains Courier")
    assert (report.published, report.published_basis) == (date(2021, 5, 4), "given")


def test_html_gives_main_text_and_metadata() -> None:
    report = read(Raw("page.html", PAGE.encode()))
    assert "retook the village" in report.text and "no</p>" not in report.text
    assert report.title and "Army retakes village" in report.title
    assert report.byline == "Mara Lind" and report.source.name == "Plains Courier"
    assert report.published == date(2021, 5, 4)


def test_html_in_its_declared_code_page() -> None:
    body = "Войска заняли деревню после двух дней обстрела, сообщила армия. " * 6
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{body}</p></body></html>'
    assert "Войска заняли деревню" in read(page.encode("cp1251")).text


def test_pdf_text() -> None:
    report = read(
        Raw("report.pdf", pdf_of("Government troops retook the village of Tel Amran on Tuesday,", "the army said in a statement."))
    )
    assert "retook the village of Tel Amran" in report.reading


def test_docx_text() -> None:
    report = read(Raw("report.docx", docx_of("Army retakes village", "5 May 2021", PROSE)))
    assert PROSE.strip() in report.text and report.published == date(2021, 5, 5) and report.title == "Army retakes village"


def test_gzip_is_unpacked() -> None:
    assert read(Raw("report.txt.gz", gzip.compress(PROSE.encode(), mtime=0))).text == PROSE


def test_readers_are_a_dictionary_to_read() -> None:
    assert {"text/plain", "text/html", "application/json", "application/pdf"} <= set(READERS)


# ── many in one file ─────────────────────────────────────────────────────────────────────────────


def test_a_bad_line_stops_nothing() -> None:
    lines = [json.dumps({"id": "a", "text": PROSE}), '{"id": "b", "text": ', "", "no json at all", json.dumps({"id": "e", "text": PROSE})]
    told = []
    for raw in split(Raw("feed.jsonl", "\n".join(lines).encode())):
        try:
            told.append(read(raw).id)
        except UnreadableReport as error:
            told.append(f"{raw.name}: bad")
            assert raw.name in str(error)
    assert told == ["a", "feed.jsonl:2: bad", "feed.jsonl:4: bad", "e"]


def test_array_members_come_as_they_stand() -> None:
    members = [{"id": str(n), "text": PROSE} for n in range(3)]
    raws = list(split(Raw("all.json", json.dumps(members, indent=1).encode())))
    assert [read(raw).id for raw in raws] == ["0", "1", "2"]
    again = [read(raw).raw_hash for raw in split(Raw("all.json", json.dumps(members, indent=1).encode()))]
    assert [read(raw).raw_hash for raw in raws] == again


def test_array_cut_off_keeps_what_is_whole() -> None:
    data = json.dumps([{"id": str(n), "text": PROSE} for n in range(3)]).encode()[:-40]
    raws = list(split(Raw("all.json", data)))
    assert [raw.trouble is None for raw in raws] == [True, True, False]
    with pytest.raises(UnreadableReport, match="broken JSON"):
        read(raws[-1])


def test_json_lines_are_known_without_their_suffix() -> None:
    data = "\n".join(json.dumps({"id": str(n), "text": PROSE}) for n in range(2)).encode()
    assert len(list(split(Raw("standard input", data)))) == 2
    with pytest.raises(UnreadableReport, match="several reports"):
        read(data)


def test_other_files_are_one_report() -> None:
    for data in (PROSE.encode(), PAGE.encode(), b"[1] a footnote begins this text\nand goes on", b""):
        assert [raw.data for raw in split(Raw("one", data))] == [data]


# ── encodings ────────────────────────────────────────────────────────────────────────────────────

WESTERN = "“The army’s jets struck the café near Málaga,” said the mayor – twelve people were wounded. " * 3
RUSSIAN = "Войска заняли деревню после двух дней обстрела, сообщила армия. Погибли двенадцать человек. " * 4


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", WESTERN),
        ("utf-8-sig", WESTERN),
        ("utf-16", WESTERN),
        ("utf-16-le", WESTERN),
        ("utf-16-be", WESTERN),
        ("utf-32", WESTERN),
        ("cp1252", WESTERN),
        ("latin-1", "El ejército tomó la ciudad de Málaga según fuentes médicas. " * 5),
        ("cp1251", RUSSIAN),
        ("utf-16", RUSSIAN),
    ],
)
def test_encodings(encoding: str, text: str) -> None:
    assert read(Raw("report.txt", text.encode(encoding))).text == text


def test_utf8_cut_within_a_character() -> None:
    report = read((PROSE + "é").encode()[:-1])
    assert report.text == PROSE + "\ufffd"


# ── damage ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\0" * 40, b'{"id": "x", "text": "  "}', b"<html><body></body></html>"]
)
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(EmptyReport):
        read(Raw("blank.txt", data))


def encrypted_pdf() -> bytes:
    """A PDF whose dictionary of encryption no empty password opens."""
    locked = pdf_of("secret").replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 6 0 R /ID [<00><00>]")
    lock = b"6 0 obj\n<< /Filter /Standard /V 1 /R 2 /O <" + b"28" * 32 + b"> /U <" + b"41" * 32 + b"> /P -44 >>\nendobj\n"
    return locked.replace(b"xref\n0 6", lock + b"xref\n0 6", 1)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told", "reason"),
    [
        ("x.bin", bytes(range(256)) * 40, "no text", "every byte value alike: a program or a picture"),
        ("x.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "picture", "known by its first bytes"),
        ("x.doc", b"\xd0\xcf\x11\xe0" + bytes(200), "old Word file", "also what an encrypted DOCX looks like"),
        ("x.pdf", b"hello there, this is no PDF", "is none", "named one and is none"),
        ("x.pdf", b"%PDF-1.4\n1 0 obj <<", "damaged or truncated", "cut after its first bytes"),
        ("x.pdf", encrypted_pdf(), "password-protected", "locked"),
        ("x.docx", docx_of(PROSE)[:2000], "damaged or truncated", "the list of parts stands at the end"),
        ("x.zip", b"PK\x05\x06" + bytes(18), "no text", "an empty archive"),
        ("x.txt.gz", gzip.compress(PROSE.encode() * 50, mtime=0)[:60], "truncated gzip", "cut off"),
        ("x.gz", b"\x1f\x8bnot gzip at all", "damaged gzip", "only begins like one"),
        ("x.json", b'{"text": "a"', "no valid JSON", "the brace is never closed"),
        ("x.json", b'{"title": "a"}', 'string "text"', "a report without text"),
        ("x.xml", b'<?xml version="1.0"?><rss><channel/></rss>', "feed", "a feed holds links, not reports"),
    ],
)
def test_damage_is_told(name: str, data: bytes, told: str, reason: str) -> None:
    with pytest.raises(UnreadableReport, match=told) as caught:
        read(Raw(name, data))
    assert caught.value.remedy and name in str(caught.value), reason


def test_word_bomb_is_refused() -> None:
    with pytest.raises(ReportTooLarge, match="unpacks to 30 MB"):
        read(Raw("x.docx", bomb()), limits=Limits(unpacked_mb=20))


def test_gzip_bomb_is_refused() -> None:
    with pytest.raises(ReportTooLarge, match="unpacked_mb=1 "):
        read(Raw("x.gz", gzip.compress(bytes(5_000_000), mtime=0)), limits=Limits(unpacked_mb=1))


def test_slow_file_is_killed() -> None:
    with pytest.raises(ReportTooLarge, match=r"seconds=0\.01"):
        read(Raw("x.pdf", pdf_of("slow")), limits=Limits(seconds=0.01))


def test_fifty_megabytes_are_refused_with_size_and_setting() -> None:
    with pytest.raises(ReportTooLarge, match=r"50\.\d MB.*text_mb=20"):
        read(Raw("x.txt", PROSE.encode() * (50_300_000 // len(PROSE))))


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "table><tr><td"])
def test_html_nested_two_hundred_thousand_deep(tag: str) -> None:
    page = "<html><body>" + f"<{tag}>" * 200_000 + PROSE
    began = time.monotonic()
    report = read(page.encode())
    assert "retook the village" in report.text and any("html_depth" in note for note in report.notes)
    assert time.monotonic() - began < 10


def test_script_left_open_hides_the_rest_without_hanging() -> None:
    page = "<html><body><p>" + PROSE + "</p>" + "<script>" * 60_000
    assert "retook" in read(page.encode(), limits=Limits(html_mb=0.1)).text


@pytest.mark.parametrize(
    "unit", ["word ", "a", "[", "<", "A", "-", "a-", "(", "'", "\u202e", "1 ", "By ", "http://a ", "A. ", "of the ", "« "]
)
def test_a_line_of_a_million_characters(unit: str) -> None:
    text = (unit * (1_000_000 // len(unit) + 1))[:1_000_000]
    began = time.monotonic()
    report = read(Raw("long.txt", text.encode()))
    assert len(report.reading) == len(report.text) == 1_000_000
    assert time.monotonic() - began < 20


def test_no_date_anywhere() -> None:
    report = read(PROSE)
    assert report.published is None and report.published_basis == "unknown" and "no date found" in report.notes


def test_same_bytes_same_report(tmp_path: Path) -> None:
    assert read(PAGE.encode()) == read(PAGE.encode())
    assert read(PROSE).id == read(PROSE).raw_hash


@pytest.mark.parametrize(
    ("dates", "read_as", "told", "reason"),
    [
        (["4/7/2017", "6/23/2015"], date(2017, 4, 7), "month first, as other dates", "the other can only be read month first"),
        (["4/7/2017", "23/6/2015"], date(2017, 7, 4), "day first, as other dates", "the other can only be read day first"),
        (["4/7/2017", "23/6/2015", "6/23/2015"], date(2017, 7, 4), "some must be read so, some month first", "they contradict each other"),
        (["4/7/2017", "2/3/2016"], date(2017, 7, 4), "day first", "all of them could be either"),
        (["4/7/2017", "2015-06-23"], date(2017, 7, 4), "day first", "a year that stands first tells nothing of the others"),
        (["04-07-2017", "06-23-2015"], date(2017, 4, 7), "month first, as other dates", "with dashes"),
        (["4/7/2017 9:15", "12/31/2015 23:59"], date(2017, 4, 7), "month first, as other dates", "with a time of day"),
        (["5/5/2017", "6/23/2015"], date(2017, 5, 5), None, "both readings are one"),
        (["4/31/2017", "6/23/2015"], None, "none that can be read", "no such day"),
    ],
)
@pytest.mark.parametrize("name", ["news.jsonl", "news.json"])
@pytest.mark.parametrize("field", ["date", "published"])
def test_a_file_of_many_reports_tells_the_order_of_its_dates(
    dates: list[str], read_as: date | None, told: str | None, reason: str, name: str, field: str
) -> None:
    reports = [{"text": f"Shells fell on the market, number {at}.", field: day} for at, day in enumerate(dates)]
    data = json.dumps(reports) if name.endswith(".json") else "\n".join(map(json.dumps, reports))
    first = read(next(split(Raw(name, data.encode()))))
    assert first.published == read_as, reason
    assert any(told in note for note in first.notes) if told else not first.notes, reason


def test_dates_in_a_reports_own_words_tell_nothing_of_its_file() -> None:
    reports = [
        {"text": "Shells fell.", "published": "4/7/2017"},
        {"text": 'They sent {"date": "6/23/2015"} by mail.', "published": "5/6/2017", "date": "7/24/2017"},
    ]
    data = "\n".join(map(json.dumps, reports)).encode()
    assert [read(piece).published for piece in split(Raw("news.jsonl", data))] == [date(2017, 7, 4), date(2017, 6, 5)]


@pytest.mark.parametrize(
    ("text", "day", "basis", "outlet"),
    [
        ("Shells hit the market. Six people died on Friday.", date(2024, 5, 13), "given", "Northern Herald"),
        ("PORT SUDAN, May 12 (Reuters) - Shells hit the market, killing six people.", date(2024, 5, 12), "dateline", "Northern Herald"),
        ("Eastern Post, 3 February 2023\n\nShells hit the market, killing six people.", date(2023, 2, 3), "header", "Eastern Post"),
    ],
)
def test_what_a_report_does_not_tell_may_be_given(text: str, day: date, basis: str, outlet: str) -> None:
    report = read(text.encode(), name="a.txt", untold=Untold(date(2024, 5, 13), "Northern Herald"))
    assert (report.published, report.published_basis, report.source.name) == (day, basis, outlet)
