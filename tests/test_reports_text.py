"""Text and reading: equal in length whatever comes in, mended only where the evidence is strong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thucydides.errors import UnreadableReport
from thucydides.record import Report
from thucydides.reports import Outlets, Raw, read, recase
from thucydides.reports.capitals import is_common
from thucydides.reports.mending import blank, keep, mend, plain, unwrap

SCRAPS = st.sampled_from(
    [
        "BEIRUT (Reuters) - ", "By Mara Lind\n", "\n\nRead also\n", "[South Plains](#)", "2 November 2017", "Region: North\n",
        "THE ARMY SHELLED THE TOWN",
        "ki*lled", "Syrias army", "don t", "â€™s", "“", "\u00a0", "\u200b", "\u202e", "\r\n", "\0", "\ud800", "İSTANBUL", "ß",
        "ﬁre", "𝐁𝐨𝐦𝐛", "\n", " ",
        "https://a.example/x", "Disclaimer: none.", "Copyright © 2020", "(Photo: A)", ". ", "…", "[TEXT] ",
        "12 JAN 90", "Deir Ezzor", "Three men were killed. ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(SCRAPS, st.text(max_size=12)), max_size=25).map("".join))
NO_OUTLETS = Outlets(())


def holds(report: Report) -> None:
    assert len(report.reading) == len(report.text)
    end = 0
    for section in report.sections:
        assert end <= section.start < section.end <= len(report.text), report.sections
        assert (
            not report.text[end : section.start].strip(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\ufeff")
            or not plain(report.text[end : section.start]).strip()
        )
        end = section.end
    assert not plain(report.text[end:]).strip()


@settings(max_examples=400)
@given(TEXTS)
def test_the_laws_hold_for_any_text(text: str) -> None:
    try:
        report = read(text, outlets=NO_OUTLETS)
    except UnreadableReport:
        return
    holds(report)


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_a_json_report_keeps_every_offset(text: str, title: str) -> None:
    data = json.dumps({"id": "x", "title": title, "text": text}).encode()
    try:
        report = read(Raw("x.json", data), outlets=NO_OUTLETS)
    except UnreadableReport:
        return
    holds(report)
    assert len(report.text) == len(text) and all(a == b or b == "\ufffd" for a, b in zip(text, report.text, strict=True))


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_report_or_say_why_not(data: bytes) -> None:
    try:
        report = read(data, outlets=NO_OUTLETS)
    except UnreadableReport as error:
        assert error.remedy
        return
    holds(report)


@settings(max_examples=300)
@given(TEXTS)
def test_every_step_keeps_the_length(text: str) -> None:
    text = keep(text)
    for step in (plain, unwrap, blank, mend, recase):
        assert len(step(text)) == len(text), step
        text = step(text)


@pytest.mark.parametrize(
    ("text", "reading", "reason"),
    [
        ("“Yes,” he said – it’s over", '"Yes," he said – it\'s over', "quotes are made straight, dashes kept"),
        ("al\u2011Qusayr\u00a0fell\u200b.\u202e", "al-Qusayr fell . ", "odd hyphens and spaces"),
        ("25 August، 2022", "25 August, 2022", "an Arabic comma in a date"),
        ("٣ people", "3 people", "Arabic digits"),
        ("Ａｒｍｙ 𝐁𝐨𝐦𝐛", "Army Bomb", "letters of full width and of mathematics"),
        ("one\r\ntwo\rthree", "one \ntwo\nthree", "line ends become one kind"),
        ("a\0b", "a\ufffdb", "what is no character is replaced"),
        ("see [South Plains](#) now", "see  South Plains     now", "a link is its words"),
        ("write to <me@plains.example> now", "write to " + " " * 19 + " now", "addresses say nothing"),
        ("Turkey s army didn t stop", "Turkey's army didn't stop", "apostrophes lost to a space"),
        ("they re gone and we ve lost", "they're gone and we've lost", "likewise"),
        ("the partyâ€™s men", "the party  's men", "an apostrophe read in the wrong encoding"),
        ("two ki*lled, one de-ad", "two  killed, one  dead", "words masked from filters"),
        ("a well-known co-op and R*ws", "a well-known co-op and R*ws", "hyphens and stars of other words stay"),
        ("held [NAME AS RECEIVED] there", "held " + " " * 18 + " there", "an editor's brackets"),
        ("held [the] there", "held [the] there", "a writer's brackets stay"),
        ("**Bold** claim", "  Bold   claim", "markdown"),
    ],
)
def test_reading(text: str, reading: str, reason: str) -> None:
    assert len(text) == len(reading), "the table itself"
    assert mend(blank(plain(keep(text)))) == reading, reason


LOST = (
    "The Syrias army shelled the town and Assads forces moved on. Assad said that the regimes forces would hold. "
    "Russian jets struck and Turkeys military answered; Turkey denied it. Kurds fled while Houthis looked on. "
    "The Americas knew the Tigers. Two Kurd leaders spoke. It was quiet on Sunday and rebels held the hills to the north of it."
)


def test_lost_apostrophes_are_mended_where_the_whole_report_lost_them() -> None:
    reading = mend(LOST)
    assert "The Syrian army" in reading and "Assad  forces" in reading and "regime  forces" in reading and "Turkey  military" in reading
    assert "Kurds fled" in reading and "Houthis looked" in reading and "The Americas knew" in reading and "Tigers" in reading
    assert mend(LOST + " It's done.") == LOST + " It's done.", "a report with apostrophes has not lost them"


def test_hard_wrapped_paragraphs_are_joined_and_others_are_not() -> None:
    wrapped = (
        "The army shelled the town for two days and moved in at dawn, an\n"
        "officer said. Residents had left before the attack began, and the\nroad was cut.\n\nNext."
    )
    assert unwrap(wrapped) == wrapped.replace("an\nofficer", "an officer").replace("the\nroad", "the road")
    listed = "Army retakes village\n5 May 2021\nTroops entered at dawn.\nThe road was cut, and the bridge was destroyed by shells."
    assert unwrap(listed) == listed


def test_a_header_below_the_title_goes_on_with_nothing() -> None:
    title = "Airstrike on a village in the north leaves nine dead, residents say"
    for below in ("Northern Herald, 3 February 2024", "By Ann Other", "3 February 2024"):
        report = read(f"{title}\n{below}\n\nA jet bombed the village on Friday, killing nine people.\n".encode(), name="a.txt")
        assert report.title == title, below


@pytest.mark.parametrize(
    ("text", "cased", "reason"),
    [
        (
            "GUERRILLAS OF THE PEOPLE'S FRONT [PFN] KILLED 12 MEN NEAR CARMONA ON MONDAY. OFFICERS SAID THE PFN FLED TO PERU ON 3 MAY.",
            "Guerrillas of the people's front [PFN] killed 12 men near Carmona on Monday. Officers said the PFN fled to Peru on 3 May.",
            "names, acronyms, days and months in a report wholly in capitals",
        ),
        ("THE MAYOR MAY RESIGN, O'HIGGINS SAID; THE M-19 IN SAN TELMO'S HILLS MAY MARCH AGAIN.", None, "may and march are verbs here"),
        ("SDF and YPG fighters moved.", "SDF and YPG fighters moved.", "ordinary text is left alone"),
        (
            "ARMY JETS STRIKE THREE VILLAGES NEAR TEL AMRAN\nThe jets came at dawn, and residents fled.",
            "Army jets strike three villages near Tel Amran\nThe jets came at dawn, and residents fled.",
            "a headline in capitals",
        ),
        (
            "kampala: rebels attacked a village on tuesday. the army said twelve people died in uganda. “we ran,” said a farmer there.",
            "Kampala: rebels attacked a village on Tuesday. The army said twelve people died in Uganda. “we ran,” said a farmer there.",
            "a report wholly in small letters",
        ),
    ],
)
def test_recase(text: str, cased: str | None, reason: str) -> None:
    told = recase(text)
    assert len(told) == len(text)
    if cased is None:
        assert "may resign" in told and "may march" in told and "O'Higgins" in told and "M-19" in told, reason
    else:
        assert told == cased, reason


def test_recase_asks_the_caller_for_names() -> None:
    known = {"arena": "ARENA", "verde": "Verde"}
    told = recase("THE ARENA PARTY MET AT THE VERDE BRIDGE ON THE RIVER TODAY.", lambda word: known.get(word.lower()))
    assert told == "The ARENA party met at the Verde bridge on the river today."


@pytest.mark.parametrize(
    "word",
    [
        "killed",
        "villages",
        "bombing",
        "quickly",
        "retaken",
        "unidentified",
        "stopped",
        "bodies",
        "guerrillas",
        "fiercely",
        "demobilization",
    ],
)
def test_common_words(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["bogota", "jaramillo", "homs", "zarqawi", "telmo"])
def test_names_are_not_common(word: str) -> None:
    assert not is_common(word)
