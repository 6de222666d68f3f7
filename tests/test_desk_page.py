"""The page: nothing of a report becomes markup, nothing is fetched, all words are there, and the map holds what it should."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import readings
from thucydides.claims.codebook import FOLDER
from thucydides.desk.highlights import ORDER, Mark, lines_of, stretches
from thucydides.desk.page import page
from thucydides.desk.page.framing import frame_of, outside
from thucydides.desk.page.ground import HEIGHT, WIDTH
from thucydides.desk.page.html import el, words
from thucydides.desk.page.land import Box, Land, clipped
from thucydides.desk.page.map import Spot
from thucydides.desk.page.symbols import symbols
from thucydides.desk.telling import shown
from thucydides.lexicon import read_table
from thucydides.record import Basis, Claim, Event, Factuality, Kind, Party, Passage, Report, Source, When, Where

HOSTILE = (
    '<script>alert("x")</script> & <img src=x onerror=alert(1)> </p></body> "quoted" \'ticked\' '
    "\u202eright to left\u202c \x1b[31mred\x1b[0m ]]> <!-- <style>*{display:none}</style> قصف الجيش مدينة حلب"
)


class Seen(HTMLParser):
    """What a browser would make of a page: tags, attributes, and the text of the reports' paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.paragraphs: list[str] = []
        self._in_text = self._in_number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        told = dict(attrs)
        if tag == "div" and told.get("class") == "text":
            self._in_text = 1
        elif tag == "div":
            self._in_text = 0
        if tag == "p" and self._in_text:
            self.paragraphs.append("")
        self._in_number = tag == "a" and told.get("class") == "n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._in_number = 0
        if tag == "div":
            self._in_text = 0

    def handle_data(self, data: str) -> None:
        if self._in_text and self.paragraphs and not self._in_number:
            self.paragraphs[-1] += data


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


def report(text: str, **more: object) -> Report:
    source = Source(name=HOSTILE)
    return Report(id="r", text=text, reading=text, source=source, raw_hash="0", title=HOSTILE, url="javascript:alert(1)", **more)  # type: ignore[arg-type]


def claim(of: Report, lat: float = 35.0, lon: float = 38.0, **more: object) -> Claim:
    event = Event(
        type="Attack",
        parties=(Party(role="initiator", name=HOSTILE),),
        where=(Where(name=HOSTILE, lat=lat, lon=lon, radius_km=5, precision="place", country="SY", rule=HOSTILE),),
        when=When(start=date(2016, 3, 1), end=date(2016, 3, 1), basis=Basis.STATED, words=HOSTILE),
        outcome=HOSTILE,
    )
    evidence = (
        Passage(field="claim", start=0, end=len(of.text), words=of.text),
        Passage(field="initiators", start=3, end=9, words=of.text[3:9]),
    )
    told = Claim(
        id="c1",
        report=of.id,
        kind=Kind.EVENT,
        says=event,
        evidence=evidence,
        factuality=Factuality.CLAIMED,
        said_by=(HOSTILE,),
        loaded=(HOSTILE,),
    )
    return replace(told, **more)  # type: ignore[arg-type]


def test_hostile_words_stay_words() -> None:
    of = report(HOSTILE)
    html = page([(of, [claim(of)])])
    found = seen(html)
    assert found.tags.count("script") == 1, "only the page's own"
    assert found.tags.count("style") == 1
    assert "img" not in found.tags
    assert not [name for _, name, _ in found.attributes if name.startswith("on") or name == "style"]
    assert {value for _, name, value in found.attributes if name == "href"} <= {"#map", "#claims", "#r1", "#c1", "#t1"}
    assert found.paragraphs == [shown(HOSTILE)]
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_nothing_is_fetched() -> None:
    of = report("The army shelled Aleppo.")
    html = page([(of, [claim(of)])])
    found = seen(html)
    assert not {"link", "iframe", "object", "embed", "base", "form", "img", "image", "use"} & set(found.tags)
    assert not {"src", "srcset", "action", "poster", "data", "xlink:href"} & {name for _, name, _ in found.attributes}
    policy = re.search(r'content="(default-src[^"]*)"', html)
    assert policy is not None
    assert "default-src &#x27;none&#x27;" in policy[1]
    for name in ("script", "style"):
        inside = re.search(rf"<{name}>(.*?)</{name}>", html, re.DOTALL)
        assert inside is not None
        assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(|https?:", inside[1])
        assert b64encode(sha256(inside[1].encode()).digest()).decode() in policy[1], f"the policy lets this {name} run and no other"


def test_words_turn_by_their_own_letters() -> None:
    of = report("قصف الجيش مدينة حلب\n\nThe army shelled Aleppo.")
    html = page([(of, [claim(of)])])
    assert html.count('<p dir="auto"') >= 2
    assert "<bdi>" in html


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(readings(), min_size=1, max_size=2, unique_by=lambda reading: reading[0].id))
def test_any_reading_becomes_a_page_with_all_of_its_words(told: list[tuple[Report, tuple[Claim, ...]]]) -> None:
    found = seen(page(told))
    lines = [shown(of.text[start:end]) for of, _ in told for start, end in lines_of(of.text)]
    assert found.paragraphs == lines
    assert found.tags.count("script") == 1
    ids = [value for _, name, value in found.attributes if name == "id"]
    assert len(ids) == len(set(ids)), "no id stands twice"


@given(st.text())
def test_escaped_words_are_read_back(text: str) -> None:
    assert not re.search(r"[<>\"']", words(text))
    parser = Seen()
    parser._in_text, parser.paragraphs = 1, [""]
    parser.feed(str(words(text)))
    parser.close()
    assert parser.paragraphs[0] == shown(text)
    assert len(shown(text)) == len(text), "one for one, so that spans hold"


def test_only_markup_of_our_own_is_left_unescaped() -> None:
    assert el("p", "<b>", el("b", "&"), title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;<b>&amp;</b></p>'


marks = st.builds(
    lambda start, length, role, claim: Mark(start, start + length, role, claim),
    st.integers(0, 40),
    st.integers(0, 20),
    st.sampled_from(ORDER),
    st.sampled_from("abc"),
)


@given(st.lists(marks, max_size=8), st.integers(0, 30), st.integers(1, 30))
def test_stretches_cover_a_span_without_gaps(told: list[Mark], start: int, length: int) -> None:
    found = list(stretches(start, start + length, told))
    assert [s.start for s in found] == [start, *(s.end for s in found[:-1])]
    assert found[-1].end == start + length
    for stretch in found:
        for at in range(stretch.start, stretch.end):
            assert {m for m in told if m.start <= at < m.end} == set(stretch.marks)


# ── the map ──────────────────────────────────────────────────────────────────────────────────────

spots = st.builds(Spot, st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 500), st.just("x"), st.just("place"))


@given(st.lists(spots, min_size=1, max_size=5))
def test_the_frame_holds_every_spot_or_says_which_it_leaves_out(told: list[Spot]) -> None:
    frame = frame_of(told)
    left_out = outside(told)
    for spot in told:
        x, y = frame.at((spot.lon, spot.lat))
        assert (0 <= x <= WIDTH and 0 <= y <= HEIGHT) == (spot not in left_out)
    assert len(left_out) < len(told)


def test_a_place_on_another_continent_does_not_decide_the_map() -> None:
    of = report("x" * 20)
    syria = [Spot(34.5 + n / 5, 38.0, 4, f"s{n}", "place", [(n, claim(of))]) for n in range(4)]
    far = Spot(40.7, -74.0, 4, "New York", "place", [(9, claim(of))])
    assert outside([*syria, far]) == [far]
    near = [claim(of, id=f"c{n}", lat=34.5 + n / 5) for n in range(4)]
    assert "Beyond the edge" not in page([(of, near)])
    assert "Beyond the edge" in page([(of, [*near, claim(of, id="c9", lat=40.7, lon=-74.0)])])


def test_of_many_places_a_few_far_off_do_not_decide_the_map() -> None:
    of = report("x" * 20)
    here = [Spot(34.0 + n % 10 / 5, 36.0 + n // 10 / 5, 4, f"s{n}", "place", [(n, claim(of))]) for n in range(80)]
    capitals = [Spot(55.75, 37.6, 4, "a capital", "place", [(90, claim(of))]), Spot(52.5, 13.4, 4, "another", "place", [(91, claim(of))])]
    assert outside([*here, *capitals]) == capitals
    assert outside([*here[:20], *capitals]) == [], "of few places none is left out that lies on the same continent"


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12))
def test_a_clipped_ring_stays_inside(ring: list[tuple[float, float]]) -> None:
    box = Box(-10, -10, 10, 10)
    for x, y in clipped(ring, box):
        assert -10 - 1e-6 <= x <= 10 + 1e-6
        assert -10 - 1e-6 <= y <= 10 + 1e-6


def test_the_land_is_there() -> None:
    countries = dict(Land.load().countries)
    assert len(countries) > 200
    assert all(ring[0] == ring[-1] for rings in countries.values() for ring in rings), "rings are closed"
    assert Box(35, 32, 43, 38).touches(countries["Syria"][0])


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.EVENT])
def test_every_kind_has_a_symbol(kind: Kind) -> None:
    assert kind in symbols()


def test_every_type_of_event_has_a_symbol() -> None:
    rows = read_table(FOLDER / "families.tsv", ("family", "kind", "type", "note"), [])
    types = {row["type"] for row in rows if row["type"][:1].isupper()}  # the others are decided later
    assert types
    assert types <= set(symbols())
