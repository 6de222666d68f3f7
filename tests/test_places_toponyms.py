"""Places of whole texts: which words name one, what holds it, where it is; which namesake is meant. All texts are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest

from thucydides.places import Context, Gazetteer, find_toponyms, locate, locate_all, settle, toponyms_at
from thucydides.places.cues import Page, evidence
from thucydides.places.geometry import distance_km
from thucydides.places.readings import readings
from thucydides.places.tables import abbreviations, persons


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


# text, the words that name places, why it stands here
TEXTS = [
    ("Rebels shelled Aleppo and Idlib on Monday.", ["Aleppo", "Idlib"], "plain names"),
    ("The minister flew from Nairobi to Kampala, Uganda.", ["Nairobi", "Kampala", "Uganda"], "a list with its country"),
    ("A bus left Springfield, Ill., on Friday.", ["Springfield", "Ill."], "a state with its full stop"),
    ("She moved from Hamilton, Ont., to Perth, W.A., last year.", ["Hamilton", "Ont.", "Perth", "W.A."], "provinces and states"),
    ("Police in Walker County arrested two men.", ["Walker County"], "a county"),
    ("Troops crossed into South Sudan from Uganda.", ["South Sudan", "Uganda"], "the longest name"),
    ("U.S. officials met in London.", ["U.S.", "London"], "dotted capitals"),
    ("Mr. Washington said he was pleased.", [], "a person with a title"),
    ("Paris Hilton said she would sing.", [], "a person with a given name"),
    ("The committee will meet again on Tuesday in March.", [], "no place at all"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TEXTS, ids=[t[2] for t in TEXTS])
def test_the_words_that_name_places(gazetteer: Gazetteer, text: str, expected: list[str], why: str) -> None:
    found = find_toponyms(text, gazetteer)
    assert [text[one.start : one.end] for one in found] == expected, why
    assert all(0.5 < one.chance <= 1 for one in found)


def test_peoples_are_marked_and_may_be_left_out(gazetteer: Gazetteer) -> None:
    text = "The Kenyan army said two Ugandans were held in Mombasa."
    told = {text[one.start : one.end]: one.kind for one in find_toponyms(text, gazetteer)}
    assert told["Kenyan"] == "people" and told["Mombasa"] != "people"
    assert "people" not in {one.kind for one in find_toponyms(text, gazetteer, peoples=False)}


def test_spans_never_overlap_and_hold_their_words(gazetteer: Gazetteer) -> None:
    text = "West Virginia and Virginia share a border; Charleston, West Virginia, is far from Charleston, S.C., and New York City."
    found = find_toponyms(text, gazetteer)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [one.holder for one in found if text[one.start : one.end] == "Charleston"] == ["West Virginia", "S.C."]


def test_a_list_of_countries_holds_nothing(gazetteer: Gazetteer) -> None:
    text = "Leaders of Kenya, Uganda and Rwanda met."
    assert [one.holder for one in find_toponyms(text, gazetteer)] == [None, None, None]


def test_a_code_counts_only_behind_a_place(gazetteer: Gazetteer) -> None:
    text = "He lives in Portland, OR, and she asks: now OR never."
    spans = [(text.index(words), text.index(words) + len(words)) for words in ("Portland", "OR,")]
    spans[1] = (spans[1][0], spans[1][1] - 1)
    told = toponyms_at(text, spans, gazetteer)
    assert [(one.kind, one.name) for one in told][1] == ("code", "Ore.")
    assert told[0].holder == "Ore."
    assert toponyms_at(text, [spans[1]], gazetteer)[0].kind != "code"


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("The fair in Paris, Texas, drew crowds. Paris is proud.", "Paris", (33.66, -95.56)),
        ("The fair in Paris drew crowds from all of France.", "Paris", (48.85, 2.35)),
        ("A flood hit Springfield, Mo., and Branson.", "Springfield", (37.2, -93.3)),
        ("Shells fell on Tripoli, Lebanon, and on Sidon.", "Tripoli", (34.44, 35.85)),
        ("Fighting near Misrata reached Tripoli, in Libya.", "Tripoli", (32.89, 13.19)),
        ("Voters in Atlanta, Savannah and Macon speak for Georgia.", "Georgia", (32.7, -83.4)),
        ("Troops in Tbilisi and Gori said that Georgia was calm.", "Georgia", (42.0, 43.5)),
    ],
)
def test_the_text_tells_namesakes_apart(gazetteer: Gazetteer, text: str, name: str, at: tuple[float, float]) -> None:
    told = [where for one, where in locate_all(find_toponyms(text, gazetteer), gazetteer) if one.name == name]
    assert told
    for where in told:
        assert where.lat is not None and where.lon is not None
        assert distance_km((where.lat, where.lon), at) < 60, where


def test_a_people_stands_for_its_country(gazetteer: Gazetteer) -> None:
    ((one, where),) = locate_all(find_toponyms("A Kenyan bus fell.", gazetteer), gazetteer)
    assert one.kind == "people" and where.country == "KE" and where.precision == "country" and where.name == "Kenyan"


@pytest.mark.parametrize(
    ("short", "area", "country"), [("Ky.", "Kentucky", "US"), ("N.S.W.", "New South Wales", "AU"), ("Alta.", "Alberta", "CA")]
)
def test_abbreviations_are_areas(gazetteer: Gazetteer, short: str, area: str, country: str) -> None:
    where = locate(short, Context(), gazetteer)
    assert (where.country, where.admin1, where.precision) == (country, area, "admin1")
    assert readings(f"Alexandria, {short}")[-1].holder == short


def test_an_abbreviation_is_matched_as_written(gazetteer: Gazetteer) -> None:
    for word in ("la", "La", "ill", "Ill", "miss", "pa"):
        assert gazetteer.shortened(word) == ()


def test_every_abbreviation_names_an_area_that_is_known(gazetteer: Gazetteer) -> None:
    unknown = [short for short in abbreviations().as_written if not gazetteer.shortened(short)]
    assert unknown == []
    assert len(abbreviations().codes) > 60 and min(len(persons().given), len(persons().family)) > 2000


def test_the_very_name_is_found_quickly_and_alone(gazetteer: Gazetteer) -> None:
    names = gazetteer.namesakes("Tripoli")
    assert {"LB", "LY"} <= {place.country for place in names}
    assert gazetteer.namesakes("Police") == () and gazetteer.namesakes("Zorblaxia") == ()
    assert gazetteer.namesakes("Iowa")[0].kind == "admin1"


def test_areas_vote_in_a_context(gazetteer: Gazetteer) -> None:
    context = settle(["Knoxville", "Chattanooga", "Nashville"], gazetteer)
    assert max(context.areas, key=lambda key: context.areas[key]) == "US.Tennessee"
    assert hash(context) == hash(settle(["Knoxville", "Chattanooga", "Nashville"], gazetteer))


def test_evidence_tells_persons_from_places(gazetteer: Gazetteer) -> None:
    page = Page("Darryl Keith Jackson, 44, of Memphis, was held. Jackson said nothing.", gazetteer)
    later = [one for one in page.candidates if page.text[one.start : one.end] == "Jackson"][-1]
    found = evidence(later, page)
    assert {"a person elsewhere", "a family name", "before said", "begins a sentence"} <= set(found)
    memphis = next(one for one in page.candidates if one.name == "Memphis")
    assert {"behind of", "before a comma", "whole run"} <= set(evidence(memphis, page))
