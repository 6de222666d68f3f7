"""Who is credited with a happening, and how surely it is told: chains of speakers, nested quotations, hedges, denials, rival versions."""

from __future__ import annotations

import json

import pytest

from thucydides.claims import Coder
from thucydides.record import Claim, Factuality
from thucydides.reports import Raw, read

CHAINS = [
    # sentence, speakers from the nearest on, reason
    ("The agency quoted the ministry as saying that troops had captured the town of Saraqib.", ["the ministry", "The agency"], "quoted as"),
    ("Reuters quoted a police officer as saying gunmen killed three soldiers in Mosul.", ["a police officer", "Reuters"], "quoted as"),
    ("Local radio reported, quoting residents, that a car bomb killed five people in Bosaso.", ["residents", "Local radio"], "quoting"),
    ("Rebels had killed 20 soldiers in Dogo, the mayor was cited by AFP as saying.", ["the mayor", "AFP"], "a passive with its agent"),
    ("The mayor was quoted as saying that rebels had killed 20 soldiers in Dogo.", ["The mayor"], "a passive without"),
    ("The ministry said, according to Interfax, that its jets struck a depot near Raqqa.", ["The ministry", "Interfax"], "passed on"),
    ('"Our men have taken the bridge at Kherson," the mayor said, according to the BBC.', ["the mayor", "the BBC"], "after a quote"),
    ("He said that, according to the police, militants killed 14 villagers in Konduga.", ["the police"], "in what he says"),
    ("The mayor quoted a report by the police stating that gunmen shot four traders.", ["the police", "The mayor"], "a participle"),
    ("Soldiers killed two farmers in Mopti, in the words of a local official.", ["a local official"], "a phrase"),
    ("Military sources: army captures the village of Khan Tuman.", ["Military sources"], "a colon"),
]  # fmt: skip

HOW = [
    ("The army was said to have shelled the market in Douma.", Factuality.REPORTED, "nobody is named"),
    ("Government forces reportedly shelled the town of Douma.", Factuality.REPORTED, "an adverb"),
    ("It was reported that gunmen had abducted two aid workers in Gao.", Factuality.REPORTED, "an impersonal passive"),
    ("Unconfirmed reports say that rebels shot down a helicopter near Hama.", Factuality.REPORTED, "reports of nobody"),
    ("A car bomb allegedly planted by the group killed six people in Jos.", Factuality.REPORTED, "an adverb on a participle"),
    ('The army "liberated" the village of Kafr Nabl.', Factuality.ASSERTED, "scare quotes doubt the word, not the taking"),
    ("The rebels claimed to have killed 30 soldiers in an ambush near Palmyra.", Factuality.CLAIMED, "by who did it"),
    ("The militia claimed responsibility for the bombing that killed ten people in Kabul.", Factuality.CLAIMED, "by who did it"),
    ("The president accused the rebels of killing 15 civilians in Beni.", Factuality.CLAIMED, "an accusation"),
    ("The army denied that its jets had bombed the hospital in Maarat al-Numan.", Factuality.DENIED, "a clause"),
    ("The ministry rejected reports that its aircraft bombed the school in Hass.", Factuality.DENIED, "a noun with a clause"),
]  # fmt: skip


def claims(text: str, coder: Coder) -> list[Claim]:
    return coder.code(read(Raw("a.json", json.dumps({"id": "a", "text": text, "published": "2016-03-29"}).encode())))


@pytest.mark.parametrize(("text", "said_by", "reason"), CHAINS)
def test_a_chain_of_speakers_begins_with_the_nearest(text: str, said_by: list[str], reason: str, coder: Coder) -> None:
    (claim,) = claims(text, coder)
    assert list(claim.said_by) == said_by, reason
    assert claim.factuality is Factuality.CLAIMED, reason


@pytest.mark.parametrize(("text", "how", "reason"), HOW)
def test_how_surely_it_is_told(text: str, how: Factuality, reason: str, coder: Coder) -> None:
    assert [c.factuality for c in claims(text, coder)] == [how], reason


def test_rival_versions_keep_their_speakers(coder: Coder) -> None:
    told = claims("An airstrike killed 12 civilians in Taiz, medics said, while the coalition said it had hit a rebel camp in Ibb.", coder)
    assert [c.said_by for c in told] == [("medics",), ("the coalition",)]


@pytest.mark.parametrize(
    ("text", "said_by", "reason"),
    [
        (
            '"Rebels have burned the village of Dogo. They shot four farmers in Lare on Monday," the mayor said.',
            [("the mayor",), ("the mayor",)],
            "who is named at its end speaks from its beginning",
        ),
        (
            'The mayor said: "Rebels have burned the village of Dogo. They shot four farmers in Lare on Monday."',
            [("The mayor",), ("The mayor",)],
            "who is named before it speaks to its end",
        ),
    ],
)
def test_a_quotation_of_several_sentences_has_one_speaker(
    text: str, said_by: list[tuple[str, ...]], reason: str, coder: Coder
) -> None:
    told = claims(text, coder)
    assert [c.said_by for c in told] == said_by, reason
    for claim in told:
        words = [p.words for p in claim.evidence if p.field == "said_by"]
        assert words == list(claim.said_by), "the passage is where he is named"


def test_a_headline_is_not_the_quote_where_the_text_names_a_speaker(coder: Coder) -> None:
    text = "Rebels seize the town of Bambari\n\nRebels seized the town of Bambari on Monday, the mayor said."
    (claim,) = claims(text, coder)
    assert (claim.factuality, claim.said_by) == (Factuality.CLAIMED, ("the mayor",))


@pytest.mark.parametrize(
    ("text", "how", "reason"),
    [
        ("The army will storm Raqqa once the airport is taken.", Factuality.PLANNED, "awaited, and not doubted"),
        ("If rebels attack Goma, troops will fire.", Factuality.CONDITIONAL, "a condition"),
    ],
)
def test_plans_and_conditions(text: str, how: Factuality, reason: str, coder: Coder) -> None:
    assert [c.factuality for c in claims(text, coder)] == [how], reason
