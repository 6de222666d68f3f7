"""Every screen but Explore in a real browser: what is shown, what can be done there, for eyes, keys and screen readers."""

from __future__ import annotations

import json
import os
import re
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from screens_made import *  # noqa: F403
from web_made import Seen, serving

Opening = Callable[..., Seen]


def told(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}/api{path}") as answer:
        return json.load(answer)


def settled(seen: Seen, path: str) -> None:
    """Opens a screen and waits until it has all its answers."""
    seen.go(path)
    rest(seen)


def rest(seen: Seen) -> None:
    seen.page.wait_for_function("document.querySelector('main h1, main [role=alert]') && !document.querySelector('main [aria-busy=true]')")


def drawn(seen: Seen) -> None:
    """Waits until the small map has drawn all that it will."""
    seen.page.wait_for_selector(".map[data-ready=true]")
    seen.page.wait_for_function("window.dotMap?.loaded() && !window.dotMap.isMoving()")


@pytest.fixture(scope="module")
def paths(harm: str) -> dict[str, str]:
    """A path of every screen, on the archive that has the sample and the report in many scripts."""
    incident = next(one for one in told(harm, "/incidents?place=Palmyra&order=witnesses")["items"] if one["killed"])
    mixed = next(one for one in told(harm, "/reports?q=Observatory")["items"] if not one["id"].startswith(("sample", "hostile", "long")))
    place = next(one["place_id"] for one in told(harm, "/incidents?place=Palmyra")["items"] if one["place_id"])
    return {
        "event": f"/event/{incident['id']}",
        "report": "/report/sample-3-monitor",
        "mixed": f"/report/{mixed['id']}",
        "control": "/control?on=2016-04-05",
        "control-beside": "/control?show=beside&from=2016-03-20&on=2016-04-05",
        "control-change": "/control?show=change&from=2016-03-20&on=2016-04-05",
        "actor": "/actor/isis",
        "place": f"/place/{urllib.parse.quote(place, safe='')}",
        "arm": "/arm/s-400",
        "sources": "/sources",
        "search": "/search?q=palmyra",
        "add": "/add",
        "method": "/method",
        "method-text": "/method?text=Time%3A%20how%20days%20are%20reckoned",
        "api": "/api-docs",
    }


SCREENS = (
    *("event", "report", "mixed", "control", "control-beside", "control-change", "actor", "place"),
    *("arm", "sources", "search", "add", "method", "method-text", "api"),
)


# ── every screen is seen ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("screen", SCREENS)
def test_no_barrier_and_nothing_spills(open_page: Opening, harm: str, paths: dict[str, str], theme: str, screen: str) -> None:
    seen = open_page(theme=theme, address=harm)
    settled(seen, paths[screen])
    if screen in ("event", "control", "control-beside", "control-change", "actor", "place"):
        drawn(seen)
    assert seen.barriers() == []
    assert not seen.spills()
    assert seen.page.locator("h1").count() == 1
    assert seen.page.title().endswith("· Thucydides")
    seen.picture(f"{screen}-{theme}")
    seen.page.set_viewport_size({"width": 390, "height": 844})
    seen.page.wait_for_timeout(150)
    assert not seen.spills()
    seen.picture(f"{screen}-{theme}-narrow")


def test_what_is_shown_can_be_taken_away(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    taken = 0
    for screen in SCREENS:
        settled(seen, paths[screen])
        for menu in seen.page.locator(".menu > button").all():
            menu.click()
            for link in seen.page.locator(".menu ul a").all():
                with urllib.request.urlopen(harm + str(link.get_attribute("href"))) as answer:
                    assert answer.status == 200 and answer.read(), link
                taken += 1
            seen.page.keyboard.press("Escape")
    assert taken > 20


BROKEN = ("/event/nothing", "/report/nothing", "/actor/nothing%3Cb%3E", "/place/gn:0", "/arm/%E0%A4%A", "/event/%00")


@pytest.mark.parametrize("path", BROKEN)
def test_a_broken_address_says_what_to_do(open_page: Opening, harm: str, path: str) -> None:
    seen = open_page(address=harm)
    settled(seen, path)
    assert seen.page.locator("main a").count() > 0, "there is a way on"
    assert not seen.spills()
    seen.faults[:] = [fault for fault in seen.faults if "404" not in fault and "422" not in fault]


def test_print_shows_all_of_a_report_and_nothing_to_click(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    settled(seen, paths["report"])
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert seen.page.locator(".screen:visible").count() == 0
    buttons = seen.page.locator("main button:visible").count()
    stay = seen.page.locator("article h3 button:visible, article dt button:visible").count()
    assert buttons == stay, "only numbers and names of fields stay"
    assert seen.page.locator("article dl").count() == seen.page.locator("article").count()
    seen.picture("report-print")


# ── a report and its words ───────────────────────────────────────────────────────────────────────

WORDS = """() => {
  const found = {};
  for (const one of document.querySelectorAll('.text [data-c]'))
    for (const token of one.dataset.c.split(' ')) found[token] = (found[token] ?? '') + one.textContent;
  return found;
}"""


@pytest.mark.parametrize("report", ["sample-1-agency", "sample-3-monitor", "repost", "mixed"])
def test_every_evidence_span_marks_exactly_its_words(open_page: Opening, harm: str, paths: dict[str, str], report: str) -> None:
    if report == "repost":
        report = next(one["id"] for one in told(harm, "/reports?source=Meridian")["items"])
    id_ = urllib.parse.unquote(paths["mixed"].split("/")[-1]) if report == "mixed" else report
    view = told(harm, f"/reports/{urllib.parse.quote(id_, safe='')}")
    seen = open_page(address=harm)
    settled(seen, f"/report/{urllib.parse.quote(id_, safe='')}")
    shown = seen.page.evaluate(WORDS)
    assert view["spans"]
    assert shown == expected(view)
    as_read = "".join(line for line in view["text"].split("\n") if line.strip())
    assert "".join(seen.page.locator(".text p").all_text_contents()).replace("\n", "") == as_read.replace("\n", "")


def expected(view: dict[str, Any]) -> dict[str, str]:
    """By token the words of its spans in order, those that overlap once; line ends stand between paragraphs."""
    units = view["text"].encode("utf-16-le")
    covered: dict[str, set[int]] = {}
    for first, last, claim, field in view["spans"]:
        token = view["ids"][claim] if view["roles"][field] == "claim" else f"{view['ids'][claim]}/{field}"
        covered.setdefault(token, set()).update(range(first, last))
    words = {token: b"".join(units[2 * at : 2 * at + 2] for at in sorted(places)).decode("utf-16-le") for token, places in covered.items()}
    return {token: told.replace("\n", "") for token, told in words.items()}


def test_fields_light_their_words_and_words_their_fields(open_page: Opening, harm: str, paths: dict[str, str], theme: str) -> None:
    seen = open_page(theme=theme, address=harm)
    settled(seen, paths["report"])
    page = seen.page
    card = page.locator("article").filter(has=page.get_by_role("button", name="Killed")).first
    claim = str(card.get_attribute("id")).removeprefix("claim-")
    field = card.get_by_role("button", name="Killed")
    lit = page.locator(f".text mark.lit[data-c~='{claim}/killed']")
    field.hover()
    assert lit.count() > 0
    page.mouse.move(2, 2)
    assert page.locator(".text .lit").count() == 0
    field.focus()
    assert lit.count() > 0
    field.press("Enter")
    assert f"claim={claim}" in seen.address_now() and "field=killed" in seen.address_now()
    assert "lit" in str(card.locator("dl > div").filter(has=page.get_by_role("button", name="Killed")).get_attribute("class"))
    seen.picture(f"report-lit-{theme}")
    page.keyboard.press("Escape")
    assert "claim=" not in seen.address_now()
    page.keyboard.press("j")
    assert page.locator("article.chosen .n").first.text_content() == "1"
    page.keyboard.press("j")
    assert page.locator("article.chosen .n").first.text_content() == "2"
    page.keyboard.press("Escape")
    words = page.locator(".text mark.place").last
    words.click()
    token = str(words.get_attribute("data-c")).split(" ")[0].split("/")
    assert f"claim={token[0]}" in seen.address_now() and f"field={token[1]}" in seen.address_now()
    assert page.locator(f"#claim-{token[0]}.chosen").is_visible()
    page.locator(".text a.n").first.click()
    assert "field=" not in seen.address_now()


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_a_link_to_words_shows_them(open_page: Opening, harm: str, narrow: bool) -> None:
    last = told(harm, "/reports/long-1mb")["ids"][1800]
    seen = open_page(address=harm, narrow=narrow)
    settled(seen, f"/report/long-1mb?claim={last}&field=killed")
    words = seen.page.locator(f"mark.lit[data-c~='{last}/killed']").first
    words.wait_for()
    in_view = """at => { const box = document.querySelector(at).getBoundingClientRect();
      return document.elementFromPoint(box.left + 4, box.top + 8)?.closest('.text mark') }"""
    seen.page.wait_for_function(in_view, arg=f"mark.lit[data-c~='{last}/killed']")
    assert words.text_content() == "killing at least 12 people"
    seen.page.locator("aside article.chosen" if narrow else f"#claim-{last}.chosen").wait_for()
    seen.picture(f"report-link-{'narrow' if narrow else 'wide'}")


def test_what_was_left_unread_and_the_original(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    settled(seen, paths["mixed"])
    assert seen.page.locator(".text .unread").count() == 0
    seen.page.get_by_role("checkbox", name=re.compile("left unread")).check()
    assert "unread=1" in seen.address_now()
    unread = told(harm, f"/reports/{paths['mixed'].split('/')[-1]}/unread")
    seen.page.locator(".text .unread").first.wait_for()
    assert seen.page.locator(".text .unread").count() >= len(unread) > 0
    seen.page.get_by_role("group", name="What is shown").get_by_role("button").last.click()
    frame = seen.page.locator("iframe")
    assert frame.get_attribute("sandbox") == ""
    assert "Khān Shaykhūn" in str(seen.page.frame_locator("iframe").locator("body").text_content())


def test_why_a_claim_says_so(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    settled(seen, paths["report"])
    seen.page.get_by_role("button", name="Why", exact=True).first.click()
    seen.page.get_by_role("heading", name="What changes it").wait_for()
    assert seen.barriers() == []
    seen.picture("report-why")


def test_copies_lead_to_each_other(open_page: Opening, harm: str) -> None:
    seen = open_page(address=harm)
    settled(seen, "/report/sample-1-agency")
    seen.page.get_by_role("heading", name="1 copy of it").wait_for()
    seen.page.locator("section:has(#copies) a").first.click()
    seen.page.get_by_text("Its words come from").wait_for()


def test_a_long_report_opens_soon_and_scrolls(open_page: Opening, harm: str) -> None:
    """1 MB with 2,500 claims opens within a second; where others want the processor too, in so many times longer."""
    patience = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    took = []
    for _ in range(5):
        seen = open_page(address=harm)
        seen.go("/report/long-1mb")
        seen.page.wait_for_selector(".text mark")
        took.append(seen.page.evaluate("performance.now()"))
        if len(took) < 5:
            seen.page.close()
    assert sorted(took)[2] < 1000 * patience, took
    frames = seen.run(
        """async () => { const times = []; let last = performance.now();
        for (let n = 0; n < 80; n++) {
          scrollBy(0, 60); await new Promise(requestAnimationFrame); times.push(performance.now() - last); last = performance.now()
        }
        return times.sort((a, b) => a - b) }"""
    )
    assert frames[40] < 34 * patience, f"half of the frames take more than {frames[40]:.0f} ms"


def test_words_far_down_a_long_report_are_found_and_all_claims_come(open_page: Opening, harm: str) -> None:
    seen = open_page(address=harm)
    settled(seen, "/report/long-1mb")
    report = told(harm, "/reports/long-1mb?claims=0")
    found = seen.page.evaluate("document.querySelector('.text').textContent")
    assert found.count("💥") == report["text"].count("💥"), "what is not in view can be searched for"
    for _ in range(3):
        seen.page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        seen.page.wait_for_timeout(200)
    in_view = """() => [...document.querySelectorAll('.text mark')].some(mark => {
      const box = mark.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight })"""
    seen.page.wait_for_function(in_view)
    seen.page.keyboard.press("k")
    last = report["ids"][-1]
    seen.page.locator(f"#claim-{last}.chosen").wait_for()
    assert f"claim={last}" in seen.address_now()
    seen.page.locator(f"mark[data-c~='{last}/killed']").wait_for()


# ── an event ─────────────────────────────────────────────────────────────────────────────────────


def test_an_event_shows_accounts_side_by_side_with_their_words(page: Seen, sample: str) -> None:
    incident = max(told(sample, "/incidents")["items"], key=lambda one: one["witnesses"])
    view = told(sample, f"/incidents/{incident['id']}")
    settled(page, f"/event/{incident['id']}")
    table = page.page.get_by_role("table", name=re.compile("What each origin says"))
    assert table.locator("thead th").count() == len(view["origins"])
    assert table.locator("tbody tr").count() > 5
    reasons = page.page.locator(".reasons li").all_text_contents()
    assert reasons == view["incident"]["grade"]["reasons"]
    page.page.locator("a.words").first.click()
    page.page.wait_for_url("**/report/**claim=**")
    page.page.locator(".text .lit").first.wait_for()


def test_losses_are_drawn_with_an_equal_table(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    settled(seen, paths["event"])
    losses = told(harm, f"/incidents/{paths['event'].split('/')[-1]}")["incident"]["losses"]
    seen.page.locator("figure summary").first.click()
    rows = seen.page.locator("figure tbody tr").count()
    assert rows >= 2 * len(losses), "what is held, and each account"


def test_a_stale_link_leads_to_what_it_was_merged_into(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    now = paths["event"].split("/")[-1]
    body = json.dumps(told(harm, f"/incidents/{now}"))
    seen.page.route("**/api/incidents/i000000000000", lambda route: route.fulfill(body=body, content_type="application/json"))
    settled(seen, "/event/i000000000000")
    seen.page.wait_for_url(f"**/event/{now}")


# ── control ──────────────────────────────────────────────────────────────────────────────────────


def test_control_by_day_by_keys_and_by_side(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    settled(seen, paths["control"])
    page = seen.page
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowLeft")
    page.wait_for_url("**on=2016-04-04**")
    page.get_by_label("Day: day").fill("2016-03-30")
    page.wait_for_url("**on=2016-03-30**")
    page.get_by_role("button", name="one day on").click()
    page.wait_for_url("**on=2016-03-31**")
    rest(seen)
    view = told(harm, "/control?on=2016-03-31&by=actor")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Palmyra", exact=True)).first
    assert view["spots"] and "held by" in str(row.text_content())
    row.locator("summary").click()
    row.locator("blockquote mark").first.wait_for()
    page.get_by_role("button", name="By side", exact=True).click()
    page.wait_for_url("**by=side**")
    page.get_by_role("columnheader", name="Side").wait_for()


def test_control_on_the_map_leads_to_the_words_behind_it(open_page: Opening, harm: str, paths: dict[str, str], theme: str) -> None:
    seen = open_page(theme=theme, address=harm)
    settled(seen, paths["control"])
    drawn(seen)
    seen.page.wait_for_function("window.dotMap.queryRenderedFeatures({layers: ['dots']}).length > 0")
    seen.page.locator("canvas").focus()
    seen.page.keyboard.press("n")
    seen.page.wait_for_url("**spot=**")
    seen.page.locator("aside blockquote mark").first.wait_for()
    assert seen.barriers() == []
    seen.picture(f"control-spot-{theme}")


def test_two_days_are_compared(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    settled(seen, paths["control"])
    seen.page.get_by_role("button", name="What changed between two days").click()
    seen.page.get_by_label("First day: day").fill("2016-03-20")
    seen.page.wait_for_url("**from=2016-03-20**")
    seen.page.get_by_role("heading", name=re.compile("changed from 2016-03-20 to 2016-04-05")).wait_for()
    seen.page.get_by_role("table", name=re.compile("another than")).locator("tbody tr").first.wait_for()
    seen.page.get_by_role("button", name="Two days, side by side").click()
    seen.page.wait_for_function("document.querySelectorAll('.map[data-ready=true]').length === 2")


# ── profiles, sources, search, method ────────────────────────────────────────────────────────────


def test_an_actor_has_its_parts_and_leads_on(open_page: Opening, harm: str, paths: dict[str, str]) -> None:
    seen = open_page(address=harm)
    settled(seen, paths["actor"])
    profile = told(harm, "/actors/isis")
    assert seen.page.locator("h1").text_content() == profile["name"]
    seen.page.get_by_role("button", name="as target").click()
    seen.page.wait_for_url("**role=target**")
    seen.page.get_by_role("caption").filter(has_text=f"of {profile['as_target']} event").first.wait_for()
    seen.page.get_by_role("link", name="On the map of all events").click()
    seen.page.wait_for_url("**/?actor=isis&role=target**")


def test_sources_are_sorted_and_narrowed(open_page: Opening, harm: str) -> None:
    seen = open_page(address=harm)
    settled(seen, "/sources")
    head = seen.page.get_by_role("columnheader", name=re.compile("^Claims"))
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending" and "order=-claims" in seen.address_now()
    seen.page.get_by_role("searchbox", name="Name").fill("orontes")
    seen.page.wait_for_url("**q=orontes**")
    assert seen.page.get_by_role("table").first.locator("tbody tr").count() == 1


def test_search_finds_words_and_names(open_page: Opening, harm: str) -> None:
    seen = open_page(address=harm)
    settled(seen, "/search")
    seen.page.get_by_role("searchbox", name="Words", exact=True).fill("citadel")
    seen.page.locator("article mark").first.wait_for()
    assert str(seen.page.locator("article mark").first.text_content()).lower() == "citadel"
    seen.page.get_by_role("searchbox", name="Words", exact=True).fill("palmyra")
    seen.page.get_by_role("heading", name="Places").wait_for()
    seen.page.get_by_role("searchbox", name="Words", exact=True).fill("nobody wrote this")
    seen.page.get_by_text("No report has these words").wait_for()


def test_method_and_api_are_told(open_page: Opening, harm: str) -> None:
    seen = open_page(address=harm)
    settled(seen, "/method")
    texts = told(harm, "/method")["texts"]
    for title, _ in texts:
        seen.page.get_by_role("navigation", name="Method").get_by_role("link", name=title, exact=True).click()
        assert seen.page.locator("h1").text_content() == title
        assert len(str(seen.page.locator("article").text_content())) > 500
    settled(seen, "/api-docs")
    seen.page.get_by_text("/api/incidents", exact=True).first.click()
    seen.page.locator("details[open] pre", has_text='curl "http://127.0.0.1').first.wait_for()


# ── adding ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over an archive of its own, to add to."""
    with serving(tmp_path_factory.mktemp("empty")) as address:
        yield address


def test_what_is_pasted_is_read_and_shown(open_page: Opening, empty: str, theme: str) -> None:
    seen = open_page(theme=theme, address=empty)
    settled(seen, "/add")
    killed = 4 if theme == "dark" else 3
    text = f"KYIV, 5 May 2022\n\nRussian forces shelled the town of Bakhmut on Wednesday, killing {killed} people, officials said."
    seen.page.get_by_role("textbox", name=re.compile("Text of the report")).fill(text)
    seen.page.get_by_role("textbox", name="Title").fill(f"Bakhmut {theme}")
    seen.page.get_by_role("button", name="Read it").click()
    seen.page.get_by_role("heading", name="What came of it").wait_for(timeout=60_000)
    assert "job=" in seen.address_now()
    assert seen.barriers() == []
    seen.picture(f"add-done-{theme}")
    seen.page.get_by_role("link", name=f"Bakhmut {theme}").click()
    seen.page.locator(".text mark.place", has_text="Bakhmut").first.wait_for()


def test_a_server_that_is_gone_is_told(open_page: Opening, empty: str) -> None:
    seen = open_page(address=empty)
    settled(seen, "/add")
    seen.page.route("**/api/reports", lambda route: route.abort())
    text = seen.page.get_by_role("textbox", name=re.compile("Text of the report"))
    text.fill("Rebels shelled Homs.")
    seen.page.get_by_role("button", name="Read it").click()
    seen.page.get_by_text("Is 'thuc serve' still running?").wait_for()
    assert text.input_value() == "Rebels shelled Homs.", "nothing is lost"
    seen.faults.clear()


def test_files_are_uploaded_and_what_cannot_be_read_is_set_aside(open_page: Opening, empty: str, tmp_path: Path) -> None:
    text = "ALEPPO, 3 May 2016\n\nRebels shelled the Dabit hospital in Aleppo on Tuesday, killing 3 women."
    (tmp_path / "good.txt").write_text(text, encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 torn")
    seen = open_page(address=empty)
    settled(seen, "/add?by=files")
    seen.page.locator("input[type=file]").set_input_files([tmp_path / "good.txt", tmp_path / "bad.pdf"])
    seen.page.get_by_role("button", name="Read 2 files").click()
    seen.page.get_by_role("heading", name="What came of it").wait_for(timeout=60_000)
    again = seen.page.get_by_role("button", name=re.compile("Try again: bad.pdf"))
    again.wait_for()
    seen.picture("add-aside")
    again.click()
    seen.page.get_by_text("set aside").first.wait_for()
    settled(seen, "/add?by=fetch")
    seen.page.get_by_text("thuc serve --allow-fetch").wait_for()


# ── who means harm ───────────────────────────────────────────────────────────────────────────────

ROUND = (Path(__file__).parent / "hostile_round.js").read_text(encoding="utf-8").partition("\n")[2]
"""Goes through addresses within one page, as a reader would, and tells what is wrong at each."""


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_two_hundred_hostile_reports_are_mere_text(open_page: Opening, harm: str, narrow: bool) -> None:
    seen = open_page(address=harm, narrow=narrow, strict=True)
    seen.go("/report/hostile-000")
    seen.page.wait_for_selector(".text p")
    numbers = range(200) if narrow else range(4, 200, 5)  # on the wide screen those that have the load everywhere
    assert seen.run(ROUND, [f"/report/hostile-{n:03}" for n in numbers], within_s=240) == []
    seen.picture(f"hostile-{'narrow' if narrow else 'wide'}")


def test_hostile_events_profiles_and_lists_are_mere_text(open_page: Opening, harm: str) -> None:
    incidents = told(harm, "/incidents?from=2016-01-01&limit=200&q=hostilewords")["items"] or told(harm, "/incidents?limit=200")["items"]
    seen = open_page(address=harm, strict=True)
    seen.go("/report/hostile-000")
    seen.page.wait_for_selector(".text p")
    assert seen.run(ROUND, [f"/event/{one['id']}" for one in incidents[:60]], within_s=240) == []
    for path in ("/search?q=hostilewords&limit=100", "/search?q=script", "/sources", "/add"):
        seen.go(path)
        seen.page.wait_for_selector("main h1")
        seen.page.wait_for_timeout(700)
        assert seen.page.evaluate("window.ran") is None
        assert not seen.spills(), path
        assert seen.page.evaluate("document.querySelectorAll('main script, main iframe, main object, main style').length") == 0
    seen.picture("hostile-search")


def test_ten_megabytes_of_text_are_shown(open_page: Opening, harm: str) -> None:
    seen = open_page(address=harm, narrow=True)
    seen.go("/report/long-10mb")
    seen.page.wait_for_selector(".text p")
    assert not seen.spills()
    assert len(seen.page.evaluate("document.querySelector('.text').textContent")) > 9_900_000
    seen.page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("document.elementFromPoint(200, 400)?.closest('.text') !== null")
