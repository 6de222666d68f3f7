"""Explore in a real browser: map, timeline, filters and list are one, all in the address, for eyes, keys and screen readers."""

from __future__ import annotations

import csv
import io
import json
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from web_made import Seen


def query(seen: Seen) -> dict[str, list[str]]:
    return parse_qs(urlsplit(seen.address_now()).query)


def told(address: str, path: str) -> dict[str, object]:
    with urllib.request.urlopen(address + path) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def total(seen: Seen) -> int:
    return int(seen.page.locator(".total strong").inner_text().replace(",", ""))


def wait_total(seen: Seen, count: int) -> None:
    seen.page.wait_for_function("count => document.querySelector('.total strong')?.textContent === String(count)", arg=count)


# ── it is seen ───────────────────────────────────────────────────────────────────────────────────


def test_map_list_timeline_and_filters_show_the_archive(page: Seen, sample: str) -> None:
    page.go("/")
    page.map_drawn()
    state = told(sample, "/api/state")
    assert total(page) == state["incidents"]
    assert page.page.locator("aside ol > li").count() == state["incidents"]
    drawn = page.page.evaluate("window.map.queryRenderedFeatures({layers: ['rings', 'symbols']}).length")
    assert drawn > 0
    assert page.page.evaluate("window.map.queryRenderedFeatures({layers: ['land']}).length") > 0
    assert page.page.locator(".timeline rect[fill^=var]").count() > 0
    assert page.page.get_by_text("disputed ones dashed").count() == 1


def test_no_barrier_for_anybody(page: Seen) -> None:
    page.go("/")
    page.map_drawn()
    page.page.locator("aside ol a").first.click()
    page.page.get_by_role("link", name="All accounts").wait_for()
    assert page.barriers() == []
    page.page.get_by_role("button", name="Table", exact=True).first.click()
    page.page.locator("tbody tr").first.wait_for()
    assert page.barriers() == []
    page.page.keyboard.press("?")
    page.page.get_by_role("dialog").wait_for()
    assert page.barriers() == []


def test_the_policy_lets_all_of_it_work(open_page: Callable[..., Seen]) -> None:
    seen = open_page(strict=True)
    seen.go("/")
    seen.page.wait_for_selector(".map[data-ready=true]")
    seen.page.wait_for_timeout(2000)
    assert seen.page.evaluate("window.map.queryRenderedFeatures({layers: ['rings', 'symbols']}).length") > 0
    assert seen.faults == []


def test_a_narrow_screen_has_map_list_and_filters_by_tabs(open_page: Callable[..., Seen], theme: str) -> None:
    seen = open_page(theme=theme, narrow=True)
    seen.go("/")
    seen.map_drawn()
    assert not seen.spills()
    seen.picture(f"explore-narrow-map-{theme}")
    seen.page.get_by_role("tab", name="List").click()
    assert seen.page.locator("aside ol a").first.is_visible()
    assert not seen.spills()
    seen.picture(f"explore-narrow-list-{theme}")
    seen.page.get_by_role("tab", name="Filters").click()
    assert seen.page.get_by_role("checkbox").first.is_visible()
    assert not seen.spills()
    assert seen.barriers() == []
    seen.picture(f"explore-narrow-filters-{theme}")
    seen.page.get_by_role("button", name="Menu").click()
    assert seen.page.get_by_role("navigation", name="Screens").get_by_role("link", name="Method").is_visible()


# ── it is one ────────────────────────────────────────────────────────────────────────────────────


def test_a_ticked_answer_filters_everything_and_stands_in_the_address(page: Seen, sample: str) -> None:
    page.go("/")
    page.map_drawn()
    box = page.page.get_by_role("group", name="What").get_by_role("checkbox").first
    label = page.page.get_by_role("group", name="What").locator("label .words").first.inner_text().strip()
    box.check()
    assert query(page)["type"] == [label]
    expected = told(sample, f"/api/incidents?type={urllib.request.quote(label)}")["total"]
    assert isinstance(expected, int)
    wait_total(page, expected)
    page.map_drawn()
    drawn = "window.map.querySourceFeatures('incidents', {sourceLayer: 'incidents'}).map(feature => feature.properties.type)"
    assert set(page.page.evaluate(drawn)) <= {label}
    page.page.get_by_role("button", name=f"Without: {label}").click()
    wait_total(page, told(sample, "/api/state")["incidents"])
    assert "type" not in query(page)
    page.page.go_back()
    wait_total(page, expected)


def test_days_are_set_by_two_dates_and_by_drawing(page: Seen, sample: str) -> None:
    page.go("/")
    page.map_drawn()
    page.page.get_by_label("From", exact=False).first.fill("2016-02-01")
    expected = told(sample, "/api/incidents?from=2016-02-01")["total"]
    assert isinstance(expected, int)
    wait_total(page, expected)
    page.page.get_by_role("button", name="All days").click()
    plot = page.page.locator(".timeline svg").bounding_box()
    page.page.mouse.move(plot["x"] + plot["width"] * 0.4, plot["y"] + 20)
    page.page.mouse.down()
    page.page.mouse.move(plot["x"] + plot["width"] * 0.6, plot["y"] + 20, steps=5)
    page.page.mouse.move(plot["x"] + plot["width"] * 0.99, plot["y"] + 20, steps=5)
    page.page.mouse.up()
    drawn = query(page)
    assert drawn["from"][0] < drawn["to"][0]
    expected = told(sample, f"/api/incidents?from={drawn['from'][0]}&to={drawn['to'][0]}")["total"]
    assert isinstance(expected, int)
    wait_total(page, expected)


def test_a_link_shows_the_same_again(open_page: Callable[..., Seen], sample: str) -> None:
    first = told(sample, "/api/incidents?limit=1")["items"][0]  # type: ignore[index]
    seen = open_page()
    seen.go(f"/?at=36.5,35.2,7.5&pick={first['id']}&order=day")
    seen.map_drawn()
    seen.page.get_by_role("article", name="Chosen incident").get_by_role("link", name="All accounts").wait_for()
    assert abs(seen.page.evaluate("window.map.getZoom()") - 7.5) < 1 or "at" in query(seen)
    assert seen.page.get_by_label("Order").input_value() == "day"


def test_the_table_holds_what_the_map_holds(page: Seen, sample: str) -> None:
    page.go("/?view=table")
    rows = page.page.locator("tbody tr")
    rows.first.wait_for()
    assert rows.count() == told(sample, "/api/state")["incidents"]
    page.page.get_by_role("button", name="Killed").click()
    assert query(page)["order"] == ["killed"]
    page.page.wait_for_selector("th[aria-sort=descending] >> text=Killed")


def test_what_is_shown_can_be_taken_along(open_page: Callable[..., Seen], sample: str) -> None:
    seen = open_page()
    seen.go("/?mapped=1&order=day&view=table")
    seen.page.locator("tbody tr").first.wait_for()
    seen.page.get_by_role("button", name="Export").click()
    link = seen.page.get_by_role("link", name="CSV")
    with urllib.request.urlopen(sample + link.get_attribute("href")) as answer:
        rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert len(rows) - 1 == total(seen)


def test_only_this_area_keeps_what_the_map_shows(page: Seen) -> None:
    page.go("/?at=36.7,35.6,9")
    page.map_drawn()
    page.page.wait_for_timeout(300)
    before = total(page)
    page.page.get_by_role("button", name="Only this area").click()
    page.page.wait_for_url("**box=**")
    page.page.wait_for_function("before => Number(document.querySelector('.total strong').textContent) < before", arg=before)
    assert page.page.get_by_role("button", name="Everywhere").is_visible()


def pixel(seen: Seen, layer: str) -> tuple[float, float]:
    """Where on the page the first sign of a layer stands."""
    found = """layer => {
      const [feature] = window.map.queryRenderedFeatures({layers: [layer]});
      const {x, y} = window.map.project(feature.geometry.coordinates);
      const {left, top} = window.map.getCanvas().getBoundingClientRect();
      return [left + x, top + y];
    }"""
    x, y = seen.page.evaluate(found, layer)
    return x, y


def test_a_group_opens_into_what_it_holds(page: Seen) -> None:
    page.go("/")
    page.map_drawn()
    before = total(page)
    x, y = pixel(page, "rings")
    page.page.mouse.move(x, y)
    tip = page.page.locator(".tip")
    tip.wait_for()
    count = int(tip.locator("div").first.inner_text().split()[0])
    page.page.mouse.click(x, y)
    page.page.wait_for_url("**box=**")  # the sample's groups stand on one spot each
    wait_total(page, count)
    assert count < before


def test_a_symbol_opens_its_card(page: Seen) -> None:
    page.go("/")
    page.map_drawn()
    page.page.mouse.click(*pixel(page, "symbols"))
    card = page.page.get_by_role("article", name="Chosen incident")
    card.get_by_role("link", name="All accounts").wait_for()
    assert card.get_by_role("link", name="All accounts").get_attribute("href") == f"/event/{query(page)['pick'][0]}"
    marked = "window.map.querySourceFeatures('marked').length"
    assert page.page.evaluate(marked) > 0
    page.page.get_by_role("button", name="Close").click()
    card.wait_for(state="detached")


def test_the_list_follows_the_map_if_asked(page: Seen, sample: str) -> None:
    page.go("/?at=36.67,35.65,9")
    page.map_drawn()
    page.page.get_by_label("as the map moves").check()
    fewer = "all => Number(document.querySelector('.total strong').textContent) < all"
    page.page.wait_for_function(fewer, arg=told(sample, "/api/state")["incidents"])
    held = total(page)
    assert held > 0
    page.page.evaluate("window.map.jumpTo({center: [10, 50], zoom: 8})")
    page.page.get_by_text("None stands in this part of the map.").wait_for()
    page.page.get_by_role("button", name="List all of the map").click()
    wait_total(page, told(sample, "/api/state")["incidents"])


def test_a_circle_reaches_as_far_as_the_place(open_page: Callable[..., Seen], sample: str) -> None:
    """Its radius on the screen, in km at its latitude, is what the server tells."""
    seen = open_page()
    seen.go("/?at=37.24,34.229,11")
    seen.map_drawn()
    drawn = """() => {
      const map = window.map, [feature] = map.queryRenderedFeatures({layers: ['reach']});
      const px = feature.properties.reach * 2 ** map.getZoom();
      const at = feature.geometry.coordinates, middle = map.project(at);
      const edge = map.unproject([middle.x + px, middle.y]);
      const km = Math.abs(edge.lng - at[0]) * 111.32 * Math.cos(at[1] * Math.PI / 180);
      return [km, feature.properties.radius_km];
    }"""
    km, radius = seen.page.evaluate(drawn)
    assert abs(km - radius) < 0.02 * radius


def test_what_comes_meanwhile_is_shown(open_page: Callable[..., Seen]) -> None:
    seen = open_page()
    seen.page.clock.install()
    seen.go("/?view=table")
    seen.page.locator("tbody tr").first.wait_for()

    def grown(route: Any) -> None:
        state = route.fetch().json()
        route.fulfill(json=state | {"changed": "later"})

    seen.page.route("**/api/state", grown)
    with seen.page.expect_request("**/api/incidents?*"):
        seen.page.clock.fast_forward(31_000)


# ── without a pointer ────────────────────────────────────────────────────────────────────────────


def test_everything_by_keys(page: Seen) -> None:
    page.go("/")
    page.map_drawn()
    keys = page.page.keyboard
    keys.press("j")
    page.page.get_by_role("article", name="Chosen incident").wait_for()
    first = query(page)["pick"]
    keys.press("j")
    page.page.wait_for_function("first => !location.search.includes(first)", arg=first[0])
    keys.press("Escape")
    page.page.get_by_role("article", name="Chosen incident").wait_for(state="detached")
    keys.press("m")
    page.page.locator("tbody tr").first.wait_for()
    keys.press("m")
    page.map_drawn()
    keys.press("f")
    page.page.wait_for_function("document.activeElement?.closest('.filters') !== null")
    keys.press("Escape")
    page.page.locator("canvas").focus()
    keys.press("n")
    page.page.wait_for_function("/1 of \\d+/.test(document.querySelector('[role=status]').textContent)")
    keys.press("Enter")
    page.page.wait_for_function("location.search.includes('pick') || location.search.includes('box') || window.map.isMoving()")


def test_the_sheet_of_keys_holds_the_focus_and_gives_it_back(open_page: Callable[..., Seen]) -> None:
    seen = open_page()
    seen.go("/?view=table")
    opener = seen.page.get_by_role("button", name="Keys")
    opener.click()
    seen.page.get_by_role("dialog", name="Keys").wait_for()
    for _ in range(4):
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")
    seen.page.get_by_role("button", name="Close").focus()  # the last Tab may have led to the browser's own buttons
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("dialog").wait_for(state="detached")
    assert opener.evaluate("button => button === document.activeElement")


# ── whoever looks ────────────────────────────────────────────────────────────────────────────────


def test_the_theme_is_kept(open_page: Callable[..., Seen]) -> None:
    seen = open_page(theme="light")
    seen.go("/?view=table")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = seen.page.evaluate(paper)
    seen.page.get_by_label("Theme").last.select_option("dark")
    dark = seen.page.evaluate(paper)
    assert light != dark
    seen.go("/?view=table")
    assert seen.page.evaluate(paper) == dark
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate(paper) == "rgb(255, 255, 255)"
    seen.picture("explore-print")


def test_motion_is_left_out_where_it_is_not_wanted(open_page: Callable[..., Seen]) -> None:
    seen = open_page(reduced_motion="reduce")
    seen.go("/?at=36.7,35.6,5")
    seen.map_drawn()
    seen.page.get_by_role("button", name="Show all").click()
    assert not seen.page.evaluate("window.map.isMoving()")


def test_a_filter_that_nothing_fits_says_what_to_do(page: Seen, sample: str) -> None:
    page.go("/?q=nothinglikethis")
    page.page.get_by_role("heading", name="No incident fits").wait_for()
    page.page.get_by_role("button", name="Clear all filters").click()
    wait_total(page, told(sample, "/api/state")["incidents"])


def test_a_page_that_is_not_there_helps(page: Seen) -> None:
    page.go("/no/such/page")
    page.page.get_by_role("heading", name="No such page").wait_for()
    page.page.get_by_role("main").get_by_role("link", name="Explore").click()
    page.page.locator(".total strong").wait_for()


def test_an_incident_that_is_not_there_is_told(open_page: Callable[..., Seen]) -> None:
    seen = open_page()
    seen.go("/?pick=i000000000000")
    seen.page.get_by_role("alert").get_by_text("Not found").wait_for()
    seen.faults.clear()  # the browser tells of the answer 404
