"""Counts of people, read by pattern alone: sentence, field, low and high figure, the reason."""

from __future__ import annotations

import pytest

from thucydides.claims.tolls import find_counts, is_vague

CASES = [
    ("killed a woman with four of her children and an old man", "killed", 6, 6, "a list of people is summed"),
    ("A woman, two children and a man were killed.", "killed", 4, 4, "before the verb as well"),
    ("documented the injury of a little girl in the shelling", "wounded", 1, 1, "one person behind words for what kind"),
    ("killing a prominent opposition commander", "killed", 1, 1, "two words for what kind"),
    ("killed a man, his wife and three children", "killed", 5, 5, "relatives are people"),
    ("12 villagers, three of them women, were killed.", "killed", 12, 12, "a part told aside adds nothing"),
    ("Four soldiers, two of them officers, and a driver were killed.", "killed", 4, 4, "the whole, not the part told aside"),
    ("Ten rebels, including two commanders, were killed.", "killed", 10, 10, "the whole includes its part"),
    ("According to an aide who spoke there, six people fell victim to it.", "killed", 6, 6, "another clause begins at the comma"),
    ("The army arrested several women in Raqqa, where a civilian was killed.", "killed", 1, 1, "another clause begins at where"),
    ("12 people were killed when a bus, 3 cars and 2 houses were hit.", "killed", 12, 12, "things are no people"),
    ("five soldiers and three others were killed", "killed", 8, 8, "others who died too"),
    ("killing three people and four others were wounded", "wounded", 4, 4, "the others alone are hurt"),
    ("the tragic deaths of three people, and four others sustained injuries", "wounded", 4, 4, "the dead are not among the hurt"),
    ("It has cost the lives of more than 200,000 people.", "killed", 200_000, None, "a war costs lives"),
    ("Gas killed many hundreds of people.", "killed", 200, None, "many hundreds are hundreds"),
    ('killing "a woman and two boys" in the city', "killed", 3, 3, "quoted words"),
    ("stormed the base, killing dozens of Kenyan soldiers", "killed", 24, None, "who they are stands behind whose they are"),
    ("killing several government soldiers", "killed", 3, None, "the same without of"),
    ("killed two dozen soldiers", "killed", 24, 24, "dozens with a number"),
    ("Four wardens and about a dozen prisoners were killed.", "killed", 16, 16, "about a dozen more"),
    ("Militants executed five captured soldiers.", "killed", 5, 5, "captured before"),
    ("killed six soldiers and some 20 rebels", "killed", 26, 26, "some 20 more"),
    ("Half a dozen people died.", "killed", 6, 6, "half of one"),
    ("The shell hit a house, killing a family of five.", "killed", 5, 5, "a household by its members"),
    ("A family of six was killed.", "killed", 6, 6, "before the verb as well"),
    ("killing his wife and two daughters", "killed", 3, 3, "people told one by one"),
    ("A father and son died in the blast.", "killed", 2, 2, "the second barely"),
    ("killed a couple and their three children", "killed", 5, 5, "a couple is two"),
    ("An elderly couple was killed.", "killed", 2, 2, "by itself as well"),
    ("killing him and his wife", "killed", 2, 2, "a pronoun in a list"),
    ("The driver and two passengers were shot dead.", "killed", 3, 3, "before the verb"),
    ("His wife and two daughters were wounded.", "wounded", 3, 3, "the wounded likewise"),
    ("He was shot dead together with his father, brother and three cousins.", "killed", 6, 6, "with whom somebody died"),
    ("Four people, including a woman and her child, were killed.", "killed", 4, 4, "those told aside are among the four"),
    ("killing a soldier and injuring a woman and her child", "killed", 1, 1, "the hurt are not among the dead"),
    ("killing a guard and a nurse was injured", "killed", 1, 1, "she shares another fate"),
    ("killing a man and wounding his wife", "killed", 1, 1, "so does she"),
    ("killed one and wounded two", "killed", 1, 1, "a number alone before the next verb"),
    ("Three men have perished and five boys were injured.", "wounded", 5, 5, "the dead are not among the hurt"),
    ("Officers fatally shot three men at the gate.", "killed", 3, 3, "shots that kill"),
    ("The battle cost 12 soldiers their lives.", "killed", 12, 12, "what it cost"),
    ("The brigade lost six men.", "killed", 6, 6, "what it lost"),
    ("killed 20 people a week ago", "killed", 20, 20, "a day in the past is no rate"),
]


@pytest.mark.parametrize(("text", "field", "low", "high", "why"), CASES)
def test_a_count_is_read(text: str, field: str, low: int | None, high: int | None, why: str) -> None:
    found = [count.toll for count in find_counts(text) if count.field == field]
    assert [(toll.low, toll.high) for toll in found] == [(low, high)], why


@pytest.mark.parametrize(
    "text",
    [
        "killed 20 people a week",  # a rate
        "killing an average of 12 civilians per day",
        "The second blast left as many wounded.",  # as many as told before
        "Police claimed the man and two friends attacked them.",
        "the killing of the journalist and the government's response",
        "He was abducted with two drivers, who were not harmed.",
        "A guard was killed in the 4200 block of Mill Street.",
        "Some 5,000 goats were killed at the shrine.",
    ],
)
def test_what_is_no_toll_is_left(text: str) -> None:
    assert [count.toll for count in find_counts(text) if count.toll.low and count.toll.low > 1] == []


@pytest.mark.parametrize(
    ("text", "vague"), [("Dozens of people were killed", True), ("12 people were killed", False), ("six men died", False)]
)
def test_what_is_no_number_is_vague(text: str, vague: bool) -> None:
    assert [is_vague(count.toll) for count in find_counts(text)] == [vague]
