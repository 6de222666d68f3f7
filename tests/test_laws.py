"""The laws of the house, held on sentences of war mixed with everything that real reports carry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import reading
from test_claims_sentences import FOLDER, table
from thucydides.claims import Coder
from thucydides.errors import EmptyReport, UnreadableReport
from thucydides.places import Gazetteer, settle
from thucydides.places import locate as locate_place
from thucydides.places.names import alike
from thucydides.record import Arming, Basis, Claim, Event, Hold, Plan, Report, Tally, Toll, When, Where
from thucydides.reports import read

LAW = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
SHARED: dict[str, Coder] = {}


@pytest.fixture(autouse=True)
def _one_coder(coder: Coder) -> None:
    SHARED["coder"] = coder


def coded(report: Report) -> list[Claim]:
    return SHARED["coder"].code(report)


@cache
def sentences() -> tuple[str, ...]:
    """The texts of all tables of sentences, of war and of peace."""
    return tuple(row["text"] for path in sorted(FOLDER.glob("*.tsv")) for row in table(path.stem))


ODD = [
    "🚀",
    "👨‍👩‍👧",
    "قُتل ثلاثة",
    "Дебальцево",
    "\u202eesrever\u202c",
    "\u200e",
    "\u200b",
    "\0",
    "\ud83d",
    "\udc00",
    "«",
    "»",
    "“",
    "”",
    "„",
    "’",
    "‘",
    "''",
    "``",
    "\r\n",
    "\r",
    "\n\n",
    "\u2028",
    "\x0c",
    "\x85",
    "\u00a0",
    "\ufeff",
    "\ufffd",
    "é",
    "e\u0301",
    "—",
    "…",
    "%",
    "(",
    ")",
    "[1]",
    "http://example.org/a?b=c",
    "@mod",
    "#Idlib",
    "3,5",
    "1.5",
    "’s",
    "<b>",
    "&amp;",
    "\t",
]
odd = st.lists(st.sampled_from(ODD), max_size=3).map("".join)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Sentences of the tables, in any order, with strange marks between them and in them."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        sentence = draw(st.sampled_from(sentences()))
        for _ in range(draw(st.integers(0, 2))):
            at = draw(st.integers(0, len(sentence)))
            sentence = sentence[:at] + draw(odd) + sentence[at:]
        if draw(st.integers(0, 5)) == 0:
            sentence = sentence.upper()
        elif draw(st.integers(0, 9)) == 0:
            sentence = sentence.lower()
        parts.append(sentence)
    return draw(odd) + draw(st.sampled_from([" ", "\n", "\n\n", "\r\n\r\n", "  "])).join(parts) + draw(odd)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    return reading(draw(texts()), published=draw(st.none() | st.dates().filter(lambda d: d.year > 1900)))


def parts_of(claim: Claim) -> tuple[tuple[object, ...], tuple[Where, ...], When | None, dict[str, Toll | None]]:
    """Parties, places, date and tolls of any claim."""
    says = claim.says.event if isinstance(claim.says, Plan) else claim.says
    tolls: dict[str, Toll | None] = {}
    if isinstance(says, Event | Tally):
        tolls = {"killed": says.killed, "wounded": says.wounded, "captured": says.captured}
    if isinstance(says, Tally):
        tolls["displaced"] = says.displaced
    return says.parties, says.where, says.when, tolls


def evidence_of(claim: Claim, field: str) -> list[str]:
    return [passage.words for passage in claim.evidence if passage.field == field]


# ── law 1: words are the report's words ──────────────────────────────────────────────────────────


@LAW
@given(reports())
def test_every_passage_is_the_report_s_own_words(report: Report) -> None:
    for claim in coded(report):
        assert claim.evidence and claim.evidence[0].field == "claim"
        for passage in claim.evidence:
            assert 0 <= passage.start < passage.end <= len(report.text)
            assert report.text[passage.start : passage.end] == passage.words


@LAW
@given(reports())
def test_a_claim_s_own_evidence_is_sentences_not_paragraphs(report: Report) -> None:
    for claim in coded(report):
        for passage in claim.evidence:
            if passage.field == "claim":
                assert "\n\n" not in passage.words and "\r\n\r\n" not in passage.words
                assert passage.words.strip() == passage.words != ""


# ── law 2: nothing is invented ───────────────────────────────────────────────────────────────────


@LAW
@given(reports())
def test_every_field_has_its_words(report: Report) -> None:
    for claim in coded(report):
        parties, where, when, tolls = parts_of(claim)
        for role in ("initiator", "target"):
            told = [party.name for party in parties if party.role == role]  # type: ignore[attr-defined]
            assert set(told) <= set(evidence_of(claim, f"{role}s")), (role, told, claim.evidence)
        for place in where:
            assert place.name in report.text or place.name in report.reading, place  # a name told in capitals is given as read
            assert evidence_of(claim, "places"), place
        if when is not None and when.basis not in (Basis.PUBLISHED, Basis.CONTEXT):
            assert evidence_of(claim, "date"), when
        for field, toll in tolls.items():
            assert toll is None or evidence_of(claim, field), (field, toll)
        says = claim.says.event if isinstance(claim.says, Plan) else claim.says
        arms = says.arms if isinstance(says, Event | Arming) else ()
        assert {arm.name for arm in arms} <= set(evidence_of(claim, "weapons"))
        assert len(evidence_of(claim, "said_by")) >= bool(claim.said_by)
        for speaker in claim.said_by:
            assert speaker in report.reading or speaker in report.text


@LAW
@given(reports())
def test_evidence_of_a_field_stands_in_the_body(report: Report) -> None:
    aside = [(s.start, s.end) for s in report.sections if s.kind == "boilerplate"]
    for claim in coded(report):
        for passage in claim.evidence:
            assert not any(start < passage.end and passage.start < end for start, end in aside), passage


# ── law 3: the same bytes, the same claims ───────────────────────────────────────────────────────


@LAW
@given(texts(), st.none() | st.dates().filter(lambda d: d.year > 1900))
def test_reading_and_coding_twice_changes_nothing(text: str, published: object) -> None:
    once, again = reading(text, published=published), reading(text, published=published)  # type: ignore[arg-type]
    assert once == again
    assert coded(once) == coded(again)


@LAW
@given(reports())
def test_claims_are_told_apart_and_signed(report: Report) -> None:
    claims = coded(report)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.report == report.id
        assert claim.by == SHARED["coder"].by != ""
        assert 0 <= claim.confidence <= 1


# ── law 6: low, best, high; first day, last day ──────────────────────────────────────────────────


@LAW
@given(reports())
def test_ranges_are_in_order(report: Report) -> None:
    for claim in coded(report):
        _, _, when, tolls = parts_of(claim)
        for toll in tolls.values():
            if toll is not None:
                known = [n for n in (toll.low, toll.best, toll.high) if n is not None]
                assert known and known == sorted(known) and known[0] >= 0, toll
        if when is not None and when.start and when.end:
            assert when.start <= when.end, when
        if isinstance(claim.says, Hold):
            assert claim.says.share is None or 0 <= claim.says.share <= 1


# ── law 7: never finer than the words ────────────────────────────────────────────────────────────

RELATIONS = ["", "near", "30 km south of", "east of", "the outskirts of", "between", "the countryside of", "northern", "on the border with"]
PLACES = [
    "Homs",
    "Goma",
    "Kupwara",
    "Bogota",
    "Grozny",
    "Mariupol",
    "Beni",
    "Chiapas",
    "Port-au-Prince",
    "Cabo Delgado",
    "Kachin State",
    "Gedo",
    "Syria",
    "Mali",
    "Donetsk Oblast",
    "Nowheretown",
    "Mindanao",
    "Tripoli",
    "Sanaa",
    "Sarajevo",
]
COUNTRY_KM = 50.0
BORDER_KM = 40.0


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@LAW
@given(st.sampled_from(PLACES), st.sampled_from(RELATIONS), st.lists(st.sampled_from(PLACES), max_size=4))
@example("Syria", "on the border with", ["Tripoli"])
def test_a_relation_never_makes_a_place_finer(name: str, relation: str, context: list[str]) -> None:
    around = settle([name, *context], gazetteer())
    alone = locate_place(name, around, gazetteer())
    told = locate_place(name, around, gazetteer(), relation=f"{relation} {name}".strip() if relation else None)
    if alone.radius_km is None or told.radius_km is None:
        return
    if relation or told.precision in ("area", "near"):
        # "northern X" says more than "X", so it may be half as wide, and no less. A country's border is a line and says more than the
        # country: it may be a stretch of that line, never a point of it. Every other phrase says less.
        border = relation == "on the border with" and alone.precision == "country"
        least_km = BORDER_KM if border else alone.radius_km / 2 if relation == "northern" else alone.radius_km
        # "Northern Mindanao" is the name of a first-level area and as wide as that.
        named = relation == "northern" and told.precision == "admin1" and told.place != alone.place
        # "near Mandera" is told of the town, though "Mandera" alone may be the county: another place, no finer one.
        town = any(place.kind in ("city", "town") and alike(place.name, name) for place in gazetteer().namesakes(name))
        named = named or (town and relation not in ("", "northern") and alone.precision in ("admin1", "area"))
        assert told.radius_km >= least_km * 0.999 or told.precision == "part" or named, (alone, told)
    if told.precision == "country":
        assert told.radius_km >= COUNTRY_KM


@LAW
@given(reports())
def test_claims_are_never_placed_finer_than_a_country_s_words(report: Report) -> None:
    for claim in coded(report):
        for where in parts_of(claim)[1]:
            assert (where.lat is None) == (where.lon is None)
            if where.lat is not None:
                assert where.radius_km is not None and where.radius_km > 0, where
            if where.precision == "country" and where.radius_km is not None:
                assert where.radius_km >= COUNTRY_KM, where


# ── garbage ──────────────────────────────────────────────────────────────────────────────────────


@settings(LAW, max_examples=150)
@given(st.text(max_size=200) | st.text(st.sampled_from("abAB .,;:!?\n\r\t\"'()-–1234%éж\u0627\ud83d\u202e\0"), max_size=300))
@example("killed killed killed")
@example('" said "')
@example("0" * 400)
@example(". " * 200)
@example("10 10 10 killed 31 June 2099")
@example("on 31/13/2020 and 99-99-9999 gunmen killed 9999999999 people")
@example("ACCORDING TO " * 30)
@example("(((((((" * 40)
def test_any_text_is_coded_or_refused(text: str) -> None:
    try:
        report = reading(text)
    except EmptyReport:
        return
    for claim in coded(report):
        assert report.text[claim.evidence[0].start : claim.evidence[0].end] == claim.evidence[0].words


@settings(LAW, max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        report = read(raw)
    except UnreadableReport as error:
        assert str(error)
        return
    coded(report)


def test_a_very_long_line_is_coded() -> None:
    line = "Gunmen killed three men in Djibo, " * 300
    assert all(len(passage.words) <= len(line) for claim in coded(reading(line)) for passage in claim.evidence)


# ── boilerplate ──────────────────────────────────────────────────────────────────────────────────

ASIDE = [
    "Related Articles\nRebels kill 30 soldiers in Gao\nArmy retakes Bambari",
    "Read also: Gunmen kill 12 villagers in Mopti",
    "Subscribe to our newsletter for news of the war in Yemen.",
    "Copyright 2016 The Hill Times. All rights reserved.",
    "Next Post\nTurkish jets bomb PKK camps",
    "Share this article on Facebook",
]


def pages() -> Iterator[object]:
    for aside in ASIDE:
        yield pytest.param(aside, id=aside.split("\n")[0][:40])


@pytest.mark.parametrize("aside", pages())
def test_no_claim_stands_in_the_page_around_a_report(aside: str) -> None:
    body = (
        "Gunmen attacked an army post near Djibo on Monday and killed four soldiers, the defence ministry said. The attackers burned "
        "two vehicles before they fled towards the border with Mali.\n\nSoldiers later found the bodies of three gunmen in the bush."
    )
    report = reading(f"Army post attacked near Djibo\n\n{body}\n\n{aside}\n", published="2016-05-18")
    claims = coded(report)
    assert claims
    edge = report.text.index(aside)
    for claim in claims:
        for passage in claim.evidence:
            assert passage.end <= edge, passage
