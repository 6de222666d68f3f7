"""Where a happening was: how places are told, what holds them, and which of them are finer than others."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import Code, reading
from thucydides.claims import Coder
from thucydides.claims.dating import reckon
from thucydides.claims.drafts import Draft
from thucydides.claims.marks import Marks, PlaceMark, mark
from thucydides.claims.narrowing import lies_in
from thucydides.claims.placing import heads_the_report
from thucydides.claims.whereabouts import Whereabouts
from thucydides.record import Kind, Where
from thucydides.reports.capitals import recase


def read_places(text: str, coder: Coder) -> tuple[list[Marks], Whereabouts]:
    """The marks of a text and its places in their context."""
    report, words = reading(text), coder.vocabulary
    marks = [mark(s, words.actors, words.arms, words.gazetteer, words.codebook, None) for s in coder.parsed(report)]
    return marks, Whereabouts(report, marks, words.actors, words.gazetteer, words.codebook)


def named(name: str, marks: list[Marks]) -> tuple[PlaceMark, str]:
    """The first place of that name, and its sentence."""
    return next((p, m.sentence.text) for m in marks for p in m.places if p.name == name)


@pytest.mark.parametrize(
    ("text", "name", "told", "reason"),
    [
        ("Rebels shelled Deir ez-Zor military airport on Monday.", "Deir ez-Zor", "Deir ez-Zor military airport", "a word before the kind"),
        ("Police fired at Zama informal settlement in Pretoria.", "Zama", "Zama informal settlement", "a settlement that nobody knows"),
        ("Gunmen attacked Goma city on Monday.", "Goma", "Goma city", "the word for its kind right behind"),
        ("Gunmen attacked Goma on Monday.", "Goma", "Goma", "no word for its kind"),
        ("Rockets hit Stone Village in Syria.", "Stone Village", "Stone Village", "common words, but the last is for its kind"),
    ],
)
def test_the_word_for_its_kind_belongs_to_a_place(text: str, name: str, told: str, reason: str, coder: Coder) -> None:
    place, sentence = named(name, read_places(text, coder)[0])
    assert sentence[place.told_start : place.told_end] == told, reason


@pytest.mark.parametrize(
    ("text", "name", "holder", "reason"),
    [
        ("Shells hit the villages of Zarb and Terlo in Aleppo.", "Zarb", "Aleppo", "a list shares what holds its last place"),
        ("A man was shot at Kurlo village under the Patna police station.", "Kurlo", "Patna", "under a police station"),
        ("Shells fell on Zarb and Terlo neighborhoods in Aleppo.", "Terlo", "Aleppo", "the word for all of a list stands between"),
    ],
)
def test_what_holds_a_place(text: str, name: str, holder: str, reason: str, coder: Coder) -> None:
    place, _ = named(name, read_places(text, coder)[0])
    assert place.within is not None and place.within.name == holder, reason


def test_a_holder_told_once_holds_its_place_throughout(coder: Coder) -> None:
    text = "Protesters blocked roads in Brelong on Friday. Unrest began in Brelong township in Bloemhof. A man died in Pretoria."
    marks, whereabouts = read_places(text, coder)
    where = whereabouts.where(*named("Brelong", marks))
    assert where.rule == "Brelong is unknown; somewhere in Bloemhof"


def test_a_province_is_not_the_city_told_before_it(coder: Coder) -> None:
    marks, whereabouts = read_places("Shells hit Aleppo on Monday. Clashes spread in Aleppo province in Syria.", coder)
    found = [whereabouts.where(p, m.sentence.text) for m in marks for p in m.places if p.name == "Aleppo"]
    assert [where.precision for where in found] == ["place", "admin1"]


@pytest.mark.parametrize(
    ("text", "name", "precision", "rule", "reason"),
    [
        ("Jets bombed northern Idlib in Syria.", "Idlib", "area", "by its outline", "the north of the province, not of the town"),
        ("Jets bombed east Aleppo in Syria.", "Aleppo", "part", "the part of Aleppo", "a great city has its halves"),
        ("Shells hit western Aleppo countryside in Syria.", "Aleppo", "area", "the country about", "the word for its kind stands behind"),
        ("Clashes in the eastern countryside of Deir ez-Zor, east Syria.", "Deir ez-Zor", "area", "about Deir ez-Zor", "held, no offset"),
        ("A drone hit Al-Malikiyah/Zorvek city in Hasakah countryside, Syria.", "Zorvek", "place", "named so", "two names of one town"),
    ],
)
def test_sides_and_second_names(text: str, name: str, precision: str, rule: str, reason: str, coder: Coder) -> None:
    marks, whereabouts = read_places(text, coder)
    where = whereabouts.where(*named(name, marks))
    assert where.precision == precision and rule in where.rule, reason


def test_a_bare_name_that_means_no_place_here_is_none(coder: Coder) -> None:
    marks, whereabouts = read_places("Bernardo Jaramillo was shot dead in Damascus, Syria. Jets bombed Homs on Monday.", coder)
    bare = [(p, m.sentence.text) for m in marks for p in m.places if p.name == "Jaramillo"]
    assert not any(whereabouts.is_place(*one) for one in bare)
    assert whereabouts.is_place(*named("Homs", marks))


def test_common_words_in_capitals_are_no_places(code: Code) -> None:
    found = code("As part of Operation Anvil, jets struck a base near Homs in Syria on Monday, killing 12 rebels.", published="2016-05-04")
    names = {str(place["name"]) for flat in found.flat for place in flat["places"]}  # type: ignore[attr-defined]
    assert "Operation" not in names and any("Homs" in name for name in names)


def test_an_agency_in_short_is_no_place(coder: Coder) -> None:
    marks, _ = read_places("Damascus, SANA - Two people were hurt in Homs in Syria on Monday, SANA reported.", coder)
    assert not [p for m in marks for p in m.places if p.name == "SANA"]


def test_a_dateline_heads_the_report(coder: Coder) -> None:
    marks, whereabouts = read_places("BEIRUT (Agency) Government jets killed 39 people in Idlib on Tuesday.", coder)
    place = PlaceMark(0, 6, "BEIRUT", True)
    assert heads_the_report(place, marks[0].sentence, whereabouts)
    assert not heads_the_report(named("Idlib", marks)[0], marks[0].sentence, whereabouts)


TOWN = Where(name="Urum", place="x", lat=35.8, lon=36.55, radius_km=3.0, country="SY", precision="place")
AREA = Where(name="Idlib province", place="y", lat=35.78, lon=36.68, radius_km=64.0, country="SY", precision="admin1")
LAND = Where(name="Syria", place="z", lat=35.0, lon=38.5, radius_km=423.0, country="SY", precision="country")
QUARTER = Where(name="Zarb", lat=35.8, lon=36.55, radius_km=3.0, country="SY", precision="part")
OTHER = Where(name="Goma", place="w", lat=-1.68, lon=29.22, radius_km=6.0, country="CD", precision="place")


@pytest.mark.parametrize(
    ("inner", "outer", "expected", "reason"),
    [
        (TOWN, AREA, True, "a town in its province"),
        (AREA, TOWN, False, "a province is in no town"),
        (AREA, LAND, True, "a province in its country"),
        (OTHER, LAND, False, "a town of another country"),
        (QUARTER, TOWN, True, "an unknown quarter held at its town"),
        (TOWN, TOWN, False, "nothing is finer than itself"),
        (
            TOWN,
            Where(name="Salehi", lat=35.78, lon=36.68, radius_km=64.0, rule="Salehi is unknown; somewhere in Idlib"),
            False,
            "an unknown village has only its holder's radius",
        ),
        (Where(name="Zarb"), AREA, False, "what has no spot lies nowhere"),
    ],
)
def test_what_is_finer(inner: Where, outer: Where, expected: bool, reason: str) -> None:
    assert lies_in(inner, outer) is expected, reason


def test_the_village_of_a_later_sentence_stands_for_the_province_of_the_lead(code: Code) -> None:
    text = (
        "An air strike killed 18 civilians including five children in Idlib province in Syria on Saturday, a monitor said.\n"
        "The monitor said the strike on Urum al-Joz killed 18 civilians on Saturday."
    )
    names = [str(place["name"]) for flat in code(text, published="2017-04-09").flat for place in flat["places"]]  # type: ignore[attr-defined]
    assert any("Urum al-Joz" in name for name in names)


def test_what_is_years_old_was_in_the_country_not_in_the_town_of_the_day(code: Code) -> None:
    text = "Jets bombed Saraqib in Syria on Monday, killing ten. The war began when soldiers killed 40 protesters in March 2011."
    found = code(text, published="2016-05-03").flat
    old = [flat for flat in found if (flat["date"] or {}).get("start") == "2011-03-01"]  # type: ignore[attr-defined]
    assert old and all([place["name"] for place in flat["places"]] == ["Syria"] for flat in old)  # type: ignore[attr-defined]


def test_the_day_behind_since_is_that_of_what_happened_when(code: Code) -> None:
    text = "Troops have besieged Homs in Syria since February 2012, when rebels seized the town."
    days = [(flat["kind"], (flat["date"] or {}).get("end")) for flat in code(text, published="2016-08-01").flat]  # type: ignore[attr-defined]
    assert ("event", "2012-02-29") in days


def test_towns_in_a_list_do_not_hold_each_other(coder: Coder) -> None:
    marks, whereabouts = read_places("Bombardment hit Idlib, Damascus and Latakia in Syria.", coder)
    found = [whereabouts.where(p, m.sentence.text) for m in marks for p in m.places]
    assert [where.precision for where in found[:3]] == ["place", "place", "place"]
    assert found[0].lat != found[1].lat


def test_a_dateline_whose_comma_was_lost_is_no_place_of_the_happening(code: Code) -> None:
    found = code("Beirut Syrian jets killed ten people in Saraqib in Syria on Monday.", published="2016-05-03").flat
    names = {str(place["name"]) for flat in found for place in flat["places"]}  # type: ignore[attr-defined]
    assert "Saraqib" in names and "Beirut" not in names


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Soldiers surrounded Diepkop informal settlement on Friday.", "Diepkop", "a word for what sort stands between name and kind"),
        ("Two rockets hit the Farhanin Square in the afternoon.", "Farhanin Square", "an unknown name that ends in the word for its kind"),
        ("The shells fell in Syrian Hama on Friday.", "Hama", "a people's adjective between the preposition and the name"),
    ],
)
def test_what_is_told_as_a_place(text: str, name: str, reason: str, coder: Coder) -> None:
    marks, whereabouts = read_places(text, coder)
    mark_, sentence = named(name, marks)
    assert whereabouts.is_place(mark_, sentence), reason
    assert mark_.locative or mark_.feature or kind_told(mark_, sentence), reason


def kind_told(mark_: PlaceMark, text: str) -> bool:
    return text[mark_.end :].lstrip().startswith(("informal settlement", "square"))


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("He told the Nairobi Standard that four men were killed in Garissa.", "Nairobi", "a newspaper"),
        ("Gunmen were shot in downtown Nairobi Tuesday [3 March] by police.", "Nairobi Tuesday", "a weekday ends a name"),
        ("Army Kills Ten in Missile Strike Northwest of Kidal Region.", "Missile Strike Northwest of Kidal", "a headline's direction"),
    ],
)
def test_what_is_no_name_of_a_place(text: str, name: str, reason: str, coder: Coder) -> None:
    marks, _ = read_places(text, coder)
    assert name not in {p.name for m in marks for p in m.places}, reason


def test_a_village_of_no_table_lies_in_the_province_told_with_it(coder: Coder) -> None:
    marks, whereabouts = read_places("Fighting spread in South Darfur province. Gunmen burned the village of Korbalanga on Sunday.", coder)
    where = whereabouts.where(*named("Korbalanga", marks))
    assert where.lat is not None and where.country == "SD" and "unknown" in where.rule


def test_no_town_holds_a_country(coder: Coder) -> None:
    marks, whereabouts = read_places("The ministers were to hold talks on Syria in Geneva. Strikes hit Syria on Monday.", coder)
    assert whereabouts.where(*named("Syria", marks)).precision == "country"


def test_that_day_is_the_one_told_before_it_in_its_sentence(coder: Coder) -> None:
    text = "Shelling killed four in Menaka on Thursday. A mine killed a soldier in Kidal on Sunday and two guards died in Gao that day."
    words, (first, last) = coder.vocabulary, coder.parsed(reading(text))
    marks = [mark(s, words.actors, words.arms, words.gazetteer, words.codebook, date(2016, 5, 18)) for s in (first, last)]
    made = Draft(Kind.EVENT, "violence", last, [], marks[1], date=(marks[1].dates[-1], last))
    reckon([made], marks)
    assert made.date is not None and made.date[0].when is not None and made.date[0].when.start == date(2016, 5, 15)


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("gunmen killed four men in lalpur village near the river and fled before police came to the spot", "Lalpur", "before its kind"),
        ("it occurred near a shop located in chandpura and no one was hurt when the men opened fire", "Chandpura", "behind a verb"),
        ("gunmen killed four men in a village near the river and fled before police came to the spot", "a village", "a common word"),
    ],
)
def test_names_of_places_get_their_capitals_back(text: str, expected: str, reason: str) -> None:
    assert expected in recase(text), reason


def test_a_word_of_capitals_that_is_a_city_or_an_ordinary_word(coder: Coder) -> None:
    proper = coder.vocabulary.proper
    assert proper("LIMA") != "LIMA", "the city, not the militia"
    assert proper("COMMUNAL") is None, "there is a place of that name, but the word is an ordinary one"
