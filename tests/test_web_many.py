"""Explore over very many incidents, in software rendering: how soon it is there, how it follows the hand.

Run by ``make many``: ``THUCYDIDES_MANY`` says how many incidents. The archive is made once and kept beside the pictures. Figures are of a
machine that does nothing else; each is the best of a few, for a browser test measures whatever else runs too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from web_made import PICTURES, Seen, serving

MANY = int(os.environ.get("THUCYDIDES_MANY", "0"))
pytestmark = pytest.mark.skipif(not MANY, reason="THUCYDIDES_MANY says no number of incidents: make many")

IDLE_S = 4.0 if MANY <= 100_000 else 6.0
PAINT_MS, FOLLOW_MS, FRAMES = 1500, 200, 15
RUNS = 4

PAN = """async () => {
  const map = window.map, begun = performance.now();
  let frames = 0;
  const count = () => frames++;
  map.on('render', count);
  map.easeTo({center: [map.getCenter().lng + 6, map.getCenter().lat], duration: 2000, easing: share => share});
  await new Promise(done => map.once('moveend', done));
  map.off('render', count);
  return frames / ((performance.now() - begun) / 1000);
}"""
WATCH = """() => {
  window.seen = {};
  const note = what => () => { window.seen[what] = performance.now() - window.begun; };
  window.map.on('sourcedata', event => { if (event.sourceId === 'incidents' && window.map.areTilesLoaded()) note('map')(); });
  new MutationObserver(note('list')).observe(document.querySelector('.lines'), {subtree: true, childList: true, characterData: true});
  addEventListener('pointermove', () => { window.begun = performance.now(); window.seen = {}; }, true);
}"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on an archive of that many incidents."""
    from thucydides.desk.bench.many import make_archive

    kept = PICTURES / f"many-{MANY}.db"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        make_archive(kept, MANY)
    with serving(tmp_path_factory.mktemp("many"), archive=kept) as address:
        yield address


@pytest.fixture
def opened(open_page: Callable[..., Seen], many: str) -> Seen:
    seen = open_page(address=many)
    seen.page.set_default_timeout(120_000)
    seen.go("/")
    seen.map_drawn()
    return seen


def test_it_is_there_soon(opened: Seen) -> None:
    idle, paint = [], []
    for _ in range(RUNS):
        opened.go("/")
        opened.map_drawn()
        idle.append(opened.page.evaluate("performance.now() / 1000"))
        paint.append(opened.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    print(f"idle {sorted(idle)} s, first paint {sorted(paint)} ms")
    assert min(idle) < IDLE_S
    assert min(paint) < PAINT_MS


def test_it_moves_smoothly(opened: Seen) -> None:
    opened.run(PAN)
    frames = [opened.run(PAN) for _ in range(RUNS)]
    print(f"frames a second {sorted(frames)}")
    assert max(frames) >= FRAMES


def test_list_and_map_follow_the_days_drawn(opened: Seen) -> None:
    plot = opened.page.locator(".timeline svg").bounding_box()
    x, y = plot["x"] + plot["width"] * 0.2, plot["y"] + 20
    opened.page.evaluate(WATCH)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    found: list[dict[str, float]] = []
    for step in range(1, 12):
        opened.page.mouse.move(x + step * plot["width"] * 0.05, y)
        opened.page.wait_for_timeout(700)
        found.append(opened.page.evaluate("window.seen"))
    opened.page.mouse.up()
    for what in ("list", "map"):
        times = sorted(one[what] for one in found if what in one)
        print(f"{what} {[round(ms) for ms in times]} ms")
        assert times[len(times) // 2] < FOLLOW_MS
