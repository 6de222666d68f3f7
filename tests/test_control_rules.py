"""Rules of tracing: what lapses, what is too unlikely or only said in passing, divided towns, and what words before a place say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from control_made import CLASH, PLACES, REGAINS, TAKES, told
from thucydides.actors import Actors
from thucydides.control import Bodies, Chart, Rules, Tracer, trace
from thucydides.control.approaches import another_is_nearer, is_meant, is_named, is_of_another, is_within, lies_in, told_at
from thucydides.control.objects import is_object
from thucydides.control.sieges import besiegers, part_besieged
from thucydides.errors import BadRoster
from thucydides.record import Basis, Claim, Party, Report, When, Where

PALMYRA = "gn:163808"
FIRST = date(2016, 5, 1)
Told = tuple[Claim, Report]


def day(after: int) -> date:
    return FIRST + timedelta(days=after)


def news(days: range) -> list[Told]:
    """A word on another town of the country every day."""
    return [told(f"n{n}", "Tabqa", TAKES, "isis", day(n), published=day(n)) for n in days]


def states(chart: Chart) -> list[tuple[str, str | None, int]]:
    return [(one.status, one.holder.actor if one.holder else None, (one.seen - FIRST).days) for one in chart.of(PALMYRA)]


def sure(one: Told, confidence: float, **certainty: float) -> Told:
    return replace(one[0], confidence=confidence, certainty=certainty), one[1]


def taken() -> Told:
    return told("take", "Palmyra", TAKES, "isis", day(0), published=day(0))


def fought(after: int = 5, id_: str = "fight", **more: object) -> Told:
    return told(id_, "Palmyra", CLASH, "sy-army", day(after), against="isis", published=day(after), **more)  # type: ignore[arg-type]


# ── what lapses ──────────────────────────────────────────────────────────────────────────────────


def test_a_fight_of_which_nobody_tells_any_more_is_over() -> None:
    chart = trace([taken(), fought(), *news(range(60))])
    assert states(chart) == [("held", "isis", 0), ("contested", "isis", 5), ("held", "isis", 5 + Rules.load().lapse_days)]
    held, _, again = chart.of(PALMYRA)
    assert again.lapsed
    assert again.claims == ("take",), "those by which it was held before"
    assert again.confidence == pytest.approx(held.confidence * Rules.load().lapsed_share, abs=1e-3)
    assert again.heard < again.seen, "nothing was heard since"


def test_silence_says_nothing_where_nobody_speaks() -> None:
    """Without news of the country no day counts, however long it is."""
    assert states(trace([taken(), fought()]))[-1][0] == "contested"
    assert states(trace([taken(), fought(), *news(range(400, 420))]))[-1][0] == "contested"


def test_a_word_of_the_fight_keeps_it_alive() -> None:
    chart = trace([taken(), fought(), fought(25, "more"), *news(range(50))])
    assert states(chart) == [("held", "isis", 0), ("contested", "isis", 5)]


def test_a_lapsed_place_is_held_anew_when_somebody_says_so() -> None:
    again = told("still", "Palmyra", "held", "isis", None, published=day(50), source="Herald")
    chart = trace([taken(), fought(), again, *news(range(60))])
    assert [one.lapsed for one in chart.of(PALMYRA)] == [False, False, True, False]


def test_a_fight_for_what_nobody_is_known_to_hold_ends_unknown() -> None:
    both = told("fight", "Palmyra", CLASH, "sy-army", day(5), published=day(5), words="Clashes in Palmyra.")
    assert states(trace([both, *news(range(60))]))[-1] == ("unknown", None, 35)


def test_a_siege_lasts_longer_than_a_fight() -> None:
    ring = told("ring", "Palmyra", "Other", "sy-army", day(5), published=day(5), words="They besieged Palmyra.")
    chart = trace([taken(), ring, *news(range(120))])
    assert states(chart) == [("held", "isis", 0), ("besieged", "isis", 5), ("held", "isis", 5 + Rules.load().siege_days)]


def test_who_fights_in_a_ring_is_besieged_still() -> None:
    ring = told("ring", "Palmyra", "Other", "sy-army", day(5), published=day(5), words="They besieged Palmyra.")
    assert [one[0] for one in states(trace([taken(), ring, fought(8)]))] == ["held", "besieged"]


def test_news_that_comes_later_makes_a_silence() -> None:
    """The chart that is kept up claim by claim is that of all claims at once."""
    made = [taken(), fought(), *news(range(60))]
    tracer = Tracer()
    for one in made[:20]:
        tracer.add(*one)
    tracer.chart()
    for one in made[20:]:
        tracer.add(*one)
        tracer.chart()
    assert dict(tracer.chart().timelines) == dict(trace(made).timelines)
    for one in made[40:]:
        tracer.remove(one[0].id)
    assert dict(tracer.chart().timelines) == dict(trace(made[:40]).timelines)


# ── what is too unlikely, or only said in passing ────────────────────────────────────────────────


def test_an_unlikely_claim_changes_nothing_but_is_listed() -> None:
    (span,) = trace([taken(), sure(told("c", "Palmyra", REGAINS, "sy-army", day(3), source="Herald"), 0.3)]).of(PALMYRA)
    assert (span.status, span.holder and span.holder.actor) == ("held", "isis")
    assert [(rival.says, rival.claims) for rival in span.rivals] == [("sy-army took it", ("c",))]


def test_an_unsure_place_makes_a_claim_unlikely() -> None:
    (span,) = trace([taken(), sure(told("c", "Palmyra", REGAINS, "sy-army", day(3), source="Herald"), 0.8, places=0.4)]).of(PALMYRA)
    assert span.status == "held"


def test_two_who_say_the_same_unlikely_thing_are_heard() -> None:
    made = {"words": "The army took Palmyra."}
    outlets = enumerate(("Herald", "Post"))
    faint = [sure(told(name, "Palmyra", REGAINS, "sy-army", day(3 + n), source=name, **made), 0.3) for n, name in outlets]
    assert states(trace([taken(), *faint])) == [("held", "isis", 0), ("held", "sy-army", 4)]
    one_voice = [(claim, replace(report, source=faint[0][1].source)) for claim, report in faint]
    assert states(trace([taken(), *one_voice])) == [("held", "isis", 0)], "one witness twice is one"


def test_a_place_of_which_only_unlikely_things_are_told_is_unknown() -> None:
    (span,) = trace([sure(taken(), 0.2)]).of(PALMYRA)
    assert (span.status, span.holder, span.claims) == ("unknown", None, ())
    assert span.rivals[0].claims == ("take",)


def test_an_adjective_in_passing_upsets_nothing_by_itself() -> None:
    words = "Warplanes bombed the army-held town of Palmyra."
    first, second = (
        told(id_, "Palmyra", "Air/drone strike", None, day(n), published=day(n), source=source, words=words)
        for n, (id_, source) in enumerate((("a", "Herald"), ("b", "Post")), 20)
    )
    assert states(trace([taken(), first])) == [("held", "isis", 0)]
    assert states(trace([taken(), first, second]))[-1][:2] != ("held", "isis"), "two witnesses are heard"
    assert states(trace([first]))[0][0] == "held", "where nothing else is known it tells who holds it"


def test_a_contested_town_does_not_flicker() -> None:
    still = told("still", "Palmyra", "held", "isis", None, published=day(8), source="Herald")
    assert [one[0] for one in states(trace([taken(), fought(), still]))] == ["held", "contested"]
    later = told("still", "Palmyra", "held", "isis", None, published=day(20), source="Herald")
    assert [one[0] for one in states(trace([taken(), fought(), later]))] == ["held", "contested", "held"]
    won = told("won", "Palmyra", TAKES, "isis", day(7), source="Herald")
    assert [one[0] for one in states(trace([taken(), fought(), won]))] == ["held", "contested", "held"]


def test_an_ally_in_a_town_is_no_rival() -> None:
    held = told("take", "Palmyra", REGAINS, "sy-army", day(0))
    ally = told("ally", "Palmyra", "held", "ru-army", None, published=day(5), source="Herald")
    assert states(trace([held, ally])) == [("held", "sy-army", 0)]


# ── divided towns ────────────────────────────────────────────────────────────────────────────────


def side(id_: str, name: str, by: str, on: int) -> Told:
    claim, report = told(id_, "Palmyra", "held", by, None, published=day(on), source=id_, words=f"It is in {name}.")
    where = replace(PLACES["Palmyra"], relation=name, precision="part")
    return replace(claim, says=replace(claim.says, where=(where,))), report  # type: ignore[type-var]


def test_who_holds_a_divided_town_holds_his_part() -> None:
    parts = [side("e", "eastern Palmyra", "isis", 0), side("w", "the western parts of the city of Palmyra", "sy-army", 2)]
    words = [
        told("one", "Palmyra", "held", "isis", None, published=day(10), source="Herald"),
        told("other", "Palmyra", "held", "sy-army", None, published=day(40), source="Post"),
    ]
    chart = trace([*parts, *words])
    assert states(chart) == [("partly", "isis", 10)]
    assert {spans[0].place for spans in chart.timelines.values()} == {PALMYRA, "part:east palmyra", "part:west palmyra"}
    whole = told("all", "Palmyra", REGAINS, "sy-army", day(50), published=day(50))
    assert states(trace([*parts, *words, whole]))[-1] == ("held", "sy-army", 50)
    assert [one[0] for one in states(trace(words))] == ["held", "held"], "without parts it changes hands"


def test_who_breaks_the_siege_of_a_town_breaks_that_of_its_parts() -> None:
    held = side("e", "eastern Palmyra", "isis", 0)
    ring = side("r", "eastern Palmyra", "sy-army", 5)
    ring = replace(ring[0], says=replace(ring[0].says, status="besieged")), ring[1]  # type: ignore[type-var]
    opened = told("o", "Palmyra", "Other", "isis", day(9), published=day(9), words="They broke the siege of Palmyra.")
    tracer = Tracer()
    for one in (held, ring, opened):
        tracer.add(*one)
        tracer.chart()
    assert [span.status for span in tracer.chart().of("part:east palmyra")] == ["held", "besieged", "held"]
    tracer.remove("o")
    assert [span.status for span in tracer.chart().of("part:east palmyra")] == ["held", "besieged"]


@pytest.mark.parametrize(
    ("relation", "place"),
    [
        ("eastern Aleppo", "part:east aleppo"),
        ("east Aleppo", "part:east aleppo"),
        ("the rebel-held eastern districts of the city of Aleppo", "part:east aleppo"),
        ("Eastern part of Aleppo", "part:east aleppo"),
        ("southwestern Aleppo", "part:southwest aleppo"),
        ("Old City of Aleppo", "part:old city of aleppo"),
    ],
)
def test_one_side_of_a_town_is_one_place(relation: str, place: str) -> None:
    from thucydides.control.spots import place_of

    assert place_of(Where(name="Aleppo", relation=relation, place="gn:170063", precision="part", country="SY")) == place


@pytest.mark.parametrize("name", ["Sarmin", "Sarmin city"])
@pytest.mark.parametrize("precision", ["near", "area"])
def test_what_lies_east_of_a_town_is_neither_the_town_nor_its_east(name: str, precision: str) -> None:
    from thucydides.control.spots import place_of, sided

    beyond = Where(name=name, relation="east of Sarmin", precision=precision, country="SY", lat=35.9, lon=36.9, radius_km=26.0)
    assert place_of(beyond) == "near:east of sarmin" and not sided(beyond)


# ── what words say of a place ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The army launched an offensive to retake X.", "aim"),
        ("Rebels have so far been unable to fully capture the town of X.", "aim"),
        ("The importance of capturing X is plain.", "aim"),
        ("In late June they announced an operation to recapture the rebel-held X.", "aim"),
        ("Troops pushed towards the stronghold of X.", "toward"),
        ("They are advancing on the city of X.", "toward"),
        ("Fighting raged near the town of X.", "near"),
        ("The village lies 16 kilometres from the highly prized IS-held town of X.", "near"),
        ("They reached X outskirts.", "near"),
        ("He holds all of it apart from the city of X.", "except"),
        ("Fighters from the provinces of Y and X attacked.", "from"),
        ("Two men were killed in the provinces of Y and X.", "area"),
        ("Clashes broke out in X province.", "area"),
        ("Rebels captured the town of X.", None),
        ("Fighting went on in X.", None),
        ("The army has retaken X after a long offensive.", None),
        ("Clashes near Y ended; the army captured X.", None),
        ("The army advanced on Monday and captured X.", None),
        ("Troops near Y seized X.", None),
        ("They launched an offensive to retake Y and captured X.", None),
        ("Rebels pushing towards Y took X.", None),
    ],
)
def test_words_before_a_place(words: str, kind: str | None) -> None:
    assert told_at(words, Where(name="X", precision="place")) == kind


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("They seized a number of silos and pushed into X.", False),
        ("They overran a key road junction in the south.", False),
        ("They launched attacks in X, capturing the Research Center.", False),
        ("They were unable to encircle X by capturing a narrow corridor.", False),
        ("North of X they advanced, seizing Y village near the border.", False),
        ("They took three neighbourhoods of the northern city of X.", False),
        ("They are reeling in X from the loss of the border town of Y.", False),
        ("The population of X has grown with people from areas that the army has retaken.", False),
        ("They won control of the northern flank of X's eastern districts.", False),
        ("The army captured the villages of Y and X.", True),
        ("The army captured X and two hills.", True),
        ("The army seized X.", True),
        ("They drove the rebels out of the strategic town of X on Monday.", True),
        ("They captured the last rebel-held town of X.", True),
        ("X was captured by the army.", None),
        ("Rebels entered X and took the town.", None),
        ("X was cleared of rebels by the army.", None),
        ("They won the battle for X.", None),
    ],
)
def test_what_is_taken_is_the_object_behind_the_verb(words: str, other: bool | None) -> None:
    assert is_object(words, "X") is other


def test_a_sentence_without_the_name() -> None:
    town, part = Where(name="X", precision="place"), Where(name="X", precision="part", relation="eastern X")
    assert is_meant("They took the town on Monday.", town)
    assert not is_meant("They hold forty per cent of the town.", part)
    assert is_named("They took Al-X.", Where(name="al-X")) and not is_named("They took it.", town)
    assert is_of_another("Raids on X are to foil attacks on many fronts and on Y, which they have besieged.", town)
    assert not is_of_another("Raids hit X, which they have besieged.", town)


@pytest.mark.parametrize(
    ("words", "nearer"),
    [
        ("They drove them out of X on Saturday and turned to Y, a town held by the group.", True),
        ("X and Y are held by the group.", False),
        ("X, the city of Y and Z were held by the group.", False),
        ("X is held by the group, and Y is not.", False),
        ("The group holds X.", False),
    ],
)
def test_held_by_is_of_the_nearest_place(words: str, nearer: bool) -> None:
    places = [Where(name=name, precision="place") for name in ("X", "Y", "Z")]
    assert another_is_nearer(words, places[0], places) == nearer


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def test_a_users_rules_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "control_rules.tsv"
    own.write_text("rule\tvalue\tmeaning\nlapse_days\t7\tmine\n", encoding="utf-8")
    rules = Rules.load([own])
    assert (rules.lapse_days, rules.siege_days) == (7, Rules.load().siege_days)
    assert rules.but({"lapse_days": 9, "least_chance": None}).lapse_days == 9
    assert states(trace([taken(), fought(), *news(range(60))], rules=rules))[-1] == ("held", "isis", 12)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("laps_days\t7\t", "is no rule"),
        ("lapse_days\tsoon\t", "is not a whole number of days"),
        ("lapse_days\t-3\t", "is not a whole number of days"),
        ("least_chance\t2\t", "is not a share"),
    ],
)
def test_a_bad_rule_is_refused(tmp_path: Path, line: str, says: str) -> None:
    own = tmp_path / "control_rules.tsv"
    own.write_text(f"rule\tvalue\tmeaning\n{line}\n", encoding="utf-8")
    with pytest.raises(BadRoster, match=says):
        Rules.load([own])


# ── who can hold ground ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "actor", "kind", "armed", "body"),
    [
        ("the regime", "label-regime", "label", True, "sy"),
        ("units of the army", None, "generic", True, "sy"),
        ("terrorists", "label-terrorists", "label", True, "opposition"),
        ("jihadist fighters", None, "generic", True, "jihadists"),
        ("popular defense groups", None, "generic", False, None),
        ("large group", None, "generic", False, None),
        ("Idlib Martyrs Brigade", None, "generic", True, "name:idlib martyrs brigade"),
        ("Russian warplanes", "ru", "state", False, None),
        ("Syrian government sources", "sy", "state", False, None),
        ("US-backed fighters", "us", "state", True, "opposition"),
        ("anti-IS fighters", "isis", "jihadist", False, None),
        ("snipers", "generic-snipers", "generic", False, None),
    ],
)
def test_whom_words_stand_for(name: str, actor: str | None, kind: str, armed: bool, body: str | None) -> None:
    bodies = Bodies(Actors.load())
    party = Party(role="initiator", name=name, actor=actor, kind=kind)
    assert bodies.armed(party) == armed
    if body is not None:
        assert bodies.of(party, "SY") == body


def test_rebels_and_jihadists_of_no_name() -> None:
    bodies = Bodies(Actors.load())
    assert bodies.same("opposition", "sy-fsa") and bodies.same("isis", "opposition")
    assert bodies.same("jihadists", "isis") and not bodies.same("jihadists", "sy-sdf")
    assert bodies.same("jihadists", "opposition") and not bodies.same("opposition", "sy")
    assert bodies.allied("ru", "sy", "SY", 2016) and not bodies.allied("ru", "sy", "SY", 1999)
    assert bodies.allied("opposition", "sy-fsa", "SY", 2016) and not bodies.allied("opposition", "isis", "SY", 2016)
    assert bodies.stranger("jp", "SY", 2016) and not bodies.stranger("ru", "SY", 2016) and not bodies.stranger("sy", "SY", 2016)
    assert not bodies.stranger("jp", "FJ", 2016), "no camps are known there"


def test_two_takings_in_one_year_are_not_of_one_day() -> None:
    def in_2014(id_: str, by: str, source: str) -> Told:
        claim, report = told(id_, "Palmyra", TAKES, by, None, published=day(0), source=source)
        year = When(start=date(2014, 1, 1), end=date(2014, 12, 31), basis=Basis.STATED)
        return replace(claim, says=replace(claim.says, when=year)), report  # type: ignore[type-var]

    (span,) = trace([in_2014("a", "isis", "Gazette"), in_2014("b", "sy-sdf", "Herald")]).of(PALMYRA)
    assert span.status == "held"
    assert len(span.rivals) == 1


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("The town of X has been under a siege by the army since May.", "army", "who besieges stands behind"),
        ("Rebels battled to break an army siege of X.", "army", "who means to break it besieges nobody"),
        ("Rebels fought to break the siege of X.", "", "likewise, and nobody tells who does"),
        ("Rebels besieged the town of X.", None, "the words beside it leave it to the claim"),
    ],
)
def test_who_besieges(words: str, expected: str | None, reason: str) -> None:
    parties = [Party(role="initiator", name="Rebels", kind="rebel"), Party(role="target", name="army", kind="army")]
    found = besiegers(words, parties)
    assert (None if found is None else "".join(party.name for party in found)) == expected, reason


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("People in the besieged eastern districts of X fled.", "east X", "a side of it"),
        ("The rebel-held east of X has been under siege since July.", "east X", "told before the siege"),
        ("Hospitals in the besieged neighbourhoods of X closed.", "besieged parts of X", "some part of it"),
        ("The town of X is besieged.", None, "all of it"),
        ("X, a besieged suburb of Damascus, was shelled.", None, "it is the part, of another place"),
    ],
)
def test_what_of_a_town_is_besieged(words: str, expected: str | None, reason: str) -> None:
    part = part_besieged(words, Where(name="X", precision="place"))
    assert (part.relation if part else None) == expected, reason


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("The town, which lies in the northern province of X, is held by rebels.", True, "where the town lies"),
        ("Rebels hold parts of X province.", True, "some part of it"),
        ("The army controls most of the province of X.", False, "the province, but for some of it"),
        ("The town is in X province, which is held by rebels.", False, "the province goes on"),
        ("X province is held by rebels.", False, "the province itself"),
    ],
)
def test_a_province_that_only_says_where_something_is(words: str, expected: bool, reason: str) -> None:
    assert is_within(words, Where(name="X", precision="admin1")) is expected, reason


def test_a_country_before_a_bastion_says_where_it_lies() -> None:
    assert lies_in("They attacked the group's main Iraqi bastion of Mosul.", "Iraqi")
    assert not lies_in("Iraqi forces hold the city.", "Iraqi")
