"""Timelines of control: rivals, days, areas, sides, imports and the map, each by a small story."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from conftest import Code
from control_made import CLASH, LEAVES, PLACES, REGAINS, TAKES, told
from thucydides.actors import Actors, Camps
from thucydides.control import Bodies, Fading, Tracer, conflicts, read_known, trace
from thucydides.control.effects import EFFECTS, effects
from thucydides.errors import BadRoster
from thucydides.exports import flatten_control, write_control
from thucydides.record import Control, Factuality, Where

PALMYRA = "gn:163808"


def days(*numbers: int) -> list[date]:
    return [date(2016, 5, number) for number in numbers]


def short(span: Control) -> tuple[str, str | None, int]:
    return span.status, span.holder.actor if span.holder else None, span.seen.day


def test_a_town_changes_hands() -> None:
    first, second, third = days(1, 5, 9)
    chart = trace(
        [
            told("a", "Palmyra", TAKES, "isis", first),
            told("b", "Palmyra", CLASH, "sy-army", second, against="isis", words="Clashes in Palmyra."),
            told("c", "Palmyra", REGAINS, "sy-army", third, against="isis"),
        ]
    )
    assert [short(span) for span in chart.of(PALMYRA)] == [("held", "isis", 1), ("contested", "isis", 5), ("held", "sy-army", 9)]
    assert [change.day.day for change in chart.changes(date(2016, 5, 2), date(2016, 5, 31))] == [5, 9]
    assert [span.claims for span in chart.of(PALMYRA)] == [("a",), ("b",), ("c",)]


def test_two_witnesses_that_claim_a_town_on_one_day_are_both_kept() -> None:
    (day,) = days(5)
    one = told("a", "Palmyra", TAKES, "isis", day, source="Gazette")
    other = told("b", "Palmyra", REGAINS, "sy-army", day, source="Herald")
    (span,) = trace([one, other]).of(PALMYRA)
    assert span.status == "contested"
    assert [version.witnesses for version in span.rivals] in ([("Gazette",)], [("Herald",)])
    third = told("c", "Palmyra", REGAINS, "sy-army", day, source="Post")
    (span,) = trace([one, other, third]).of(PALMYRA)
    assert short(span) == ("held", "sy-army", 5)
    assert span.rivals[0].claims == ("a",)


def test_who_still_holds_it_by_another_witness_contradicts_a_capture() -> None:
    first, second = days(5, 7)
    capture = told("a", "Palmyra", TAKES, "isis", first, source="Gazette")
    spans = trace([capture, told("b", "Palmyra", "held", "sy-army", None, published=second, source="Herald")]).of(PALMYRA)
    assert [short(span) for span in spans] == [("held", "isis", 5), ("contested", "isis", 7)]
    assert spans[1].rivals[0].says == "sy-army holds it"
    later = told("b", "Palmyra", "held", "sy-army", None, published=date(2016, 8, 1), source="Herald")
    assert [span.status for span in trace([capture, later]).of(PALMYRA)] == ["held", "held"]


def test_a_capture_that_is_denied_is_contested() -> None:
    first, second = days(5, 6)
    denied = told("b", "Palmyra", TAKES, "isis", second, factuality=Factuality.DENIED, source="Herald")
    spans = trace([told("a", "Palmyra", TAKES, "isis", first), denied]).of(PALMYRA)
    assert [span.status for span in spans] == ["held", "contested"]
    assert spans[-1].rivals[0].says == "isis did not take it"
    assert not trace([denied]).of(PALMYRA), "a denial alone holds nothing"


def test_a_capture_without_a_day_stands_with_its_start_open() -> None:
    (span,) = trace([told("a", "Palmyra", TAKES, "isis", None)]).of(PALMYRA)
    assert (span.since, span.seen) == (None, date(2016, 5, 18))
    (span,) = trace([told("a", "Palmyra", TAKES, "isis", None, published=None)]).of(PALMYRA)
    assert (span.since, span.seen) == (None, date.min)


def test_who_leaves_a_besieged_town_leaves_it_to_the_besieger() -> None:
    first, second = days(2, 8)
    siege = told("a", "Palmyra", "Other", "sy-army", first, against="isis", words="The army encircled Palmyra.")
    left = told("b", "Palmyra", LEAVES, "isis", second, words="They withdrew from Palmyra.")
    assert [short(span) for span in trace([siege, left]).of(PALMYRA)] == [("besieged", "isis", 2), ("held", "sy-army", 8)]
    assert [short(span) for span in trace([left]).of(PALMYRA)] == [("unknown", None, 8)]


def test_unnamed_villages_are_no_town_and_all_of_a_province_is_every_town_in_it() -> None:
    first, second, third = days(1, 3, 6)
    towns = [told("a", "Raqqa", TAKES, "isis", first), told("b", "Palmyra", TAKES, "isis", first)]
    near = told("c", "villages", TAKES, "sy-sdf", second)
    chart = trace([*towns, near])
    assert [short(span) for span in chart.of("gn:172955")] == [("held", "isis", 1)]
    assert [short(span) for span in chart.of("near:villages east of raqqa")] == [("held", "sy-sdf", 3)]
    some = told("d", "Raqqa province", TAKES, "sy-sdf", third, words="They took a part of Raqqa province.")
    assert len(trace([*towns, some]).of("gn:172955")) == 1
    whole = told("d", "Raqqa province", TAKES, "sy-sdf", third, words="They took all of Raqqa province.")
    chart = trace([*towns, whole])
    assert [short(span) for span in chart.of("gn:172955")] == [("held", "isis", 1), ("held", "sy-sdf", 6)]
    assert [short(span) for span in chart.of(PALMYRA)] == [("held", "isis", 1)]


def test_a_brigade_holds_for_its_state_and_rebels_may_be_anyone() -> None:
    bodies = Bodies(Actors.load())
    first, second = days(1, 3)
    chart = trace([told("a", "Palmyra", TAKES, "sy-sdf", first), told("b", "Palmyra", "held", "generic-rebels", None, published=second)])
    assert [short(span) for span in chart.of(PALMYRA)] == [("held", "sy-sdf", 1)]
    assert bodies.same("opposition", "isis")
    assert not bodies.same("opposition", "sy")


def test_confidence_halves_after_the_declared_days() -> None:
    (span,) = trace([told("a", "Palmyra", TAKES, "isis", days(1)[0])]).of(PALMYRA)
    fading = Fading(half_days=100)
    assert fading.confidence(span, date(2016, 5, 2)) == pytest.approx(span.confidence, abs=0.01)
    assert fading.confidence(span, date(2016, 8, 9)) == pytest.approx(span.confidence / 2, abs=0.01)
    assert fading.confidence(span, date(2018, 5, 1)) == 0


def test_an_article_on_a_front(code: Code) -> None:
    """Held in passing, besieged, contested and partly lost, in one report; what is only planned changes nothing."""
    text = (
        "The ISIS-held area is shrinking in the city of Deir Ezzor. On November 1, the Syrian Army liberated Jubaliyah neighborhood, "
        "the old market area and the southern part of Hamidiyah neighborhood.\n\n"
        "Over the last few days, ISIS has lost over 40% of the area that it had been controlling in the northern part of the city.\n\n"
        "On November 2, the Syrian Army advanced deeper in Hamidiyah engaging ISIS in an intense fighting.\n\n"
        "On November 1, warplanes bombed ISIS positions near the ISIS-held border town of al-Bukamal.\n\n"
        "Now, the SDF fully encircled the ISIS-held town of al-Busarityah. Soon, the SDF will start storming the town itself."
    )
    coded = code(text, published="2017-11-02")
    states = {span.where.name: span for span in trace((claim, coded.report) for claim in coded.claims).on(date(2017, 11, 2))}
    held = {name: (span.status, span.holder.actor if span.holder else None) for name, span in states.items()}
    assert held["al-Bukamal"] == ("held", "isis")
    assert held["al-Busarityah"] == ("besieged", "isis")
    assert held["Hamidiyah"] == ("contested", "isis")
    assert held["Jubaliyah neighborhood"] == held["old market area"] == ("held", "sy-army")
    (south,) = (span for span in states.values() if span.where.relation == "southern part of Hamidiyah")
    assert (south.status, south.holder and south.holder.actor) == ("held", "sy-army")
    assert held["northern part of Deir Ezzor"] == ("partly", "isis")
    assert states["northern part of Deir Ezzor"].share == pytest.approx(0.6)
    for name in ("Hamidiyah", "Jubaliyah neighborhood"):
        where = states[name].where
        assert (where.lat, where.lon) == pytest.approx((35.33, 40.14), abs=0.1), f"{name} lies in the city told, not in another"


# ── tables, sides, imports, the map ──────────────────────────────────────────────────────────────


def test_the_table_of_effects_uses_its_whole_vocabulary() -> None:
    assert {row.effect for row in effects()} == EFFECTS


def test_camps_in_a_circle_are_refused_with_the_circle_named(tmp_path: Path) -> None:
    own = tmp_path / "camps.tsv"
    head = "id\tmembers\tagainst\tcountries\tstart\tend\tnote\n"
    own.write_text(head + "one\tsy | two\t\tSY\n" + "two\tru | three\t\tSY\n" + "three\tir | one\t\tSY\n")
    with pytest.raises(BadRoster, match="one > two > three > one"):
        Camps.load([own])
    own.write_text(head + "one\tsy | two\t\tSY\t2030\n" + "two\tru\t\tSY\n")
    assert Camps.load([own]).by_id["one"].members == {"sy", "ru"}


def test_sides_have_years() -> None:
    camps = Camps.load()
    assert camps.of(("sy-army", "sy"), {"SY"}, 2016) == "syria-government"
    assert camps.of(("sy-army", "sy"), {"SY"}, 2030) is None


def _placed(name: str, country: str | None) -> Where:
    return PLACES[name]


def test_an_import_is_a_starting_point_and_its_conflicts_are_told(tmp_path: Path) -> None:
    file = tmp_path / "states.csv"
    file.write_text("place,holder,date,source\nPalmyra,Islamic State,2016-05-01,Atlas\nRaqqa,Syrian army,2016-05-10,Atlas\n")
    actors = Actors.load()
    known = read_known(file, actors, _placed)
    told_ = [told("a", "Raqqa", TAKES, "isis", days(2)[0]), told("b", "Palmyra", REGAINS, "sy-army", days(9)[0])]
    tracer = Tracer()
    for one in known:
        tracer.know(one)
    for claim, report in told_:
        tracer.add(claim, report)
    assert [short(span) for span in tracer.chart().of(PALMYRA)] == [("held", "isis", 1), ("held", "sy-army", 9)]
    found = list(conflicts(known, trace(told_), actors))
    assert [(one.known.where.name, one.reports.holder and one.reports.holder.actor) for one in found] == [("Raqqa", "isis")]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("place,holder,date\nPalmyra,ISIS,2016-05-01\n", "the column 'source' is missing"),
        ("place,holder,date,source\nPalmyra,ISIS,May 2016,x\n", "'May 2016' is no day"),
        ("place,holder,date,source\n,ISIS,2016-05-01,x\n", "the place is missing"),
    ],
)
def test_a_bad_import_is_refused_with_its_line(tmp_path: Path, rows: str, what: str) -> None:
    file = tmp_path / "states.csv"
    file.write_text(rows)
    with pytest.raises(BadRoster, match=what):
        read_known(file, Actors.load(), _placed)


def test_the_map_has_a_point_for_each_place_with_its_words() -> None:
    chart = trace([told("a", "Palmyra", TAKES, "isis", days(1)[0]), told("b", "nowhere", TAKES, "isis", days(1)[0])])
    to = StringIO()
    assert write_control(((flatten_control(span), {"a": "as told"}) for span in chart.on(date(2016, 5, 9))), to, date(2016, 5, 9)) == 2
    told_ = json.loads(to.getvalue())
    palmyra, nowhere = told_["features"]
    assert palmyra["geometry"]["coordinates"] == [38.27, 34.56]
    assert palmyra["properties"]["holder"] == {"name": "isis", "actor": "isis"}
    assert palmyra["properties"]["told"] == [{"claim": "a", "words": "as told"}]
    assert nowhere["geometry"] is None
