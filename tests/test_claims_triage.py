"""Which reports are worth a parse, told from their words alone."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import reading
from thucydides.claims import Coder
from thucydides.claims.learned import Scale
from thucydides.claims.triage import FEW_WORDS, Triage, split_words
from thucydides.desk.cli import app

TRIAGE = Triage.load()

CALM = {
    "council": (
        "The town council voted on Tuesday to raise the parking fee at the market hall by ten percent from next year. "
        "Members said the money "
        "would help pay for a new roof and for longer opening hours at the library, which lost two of its staff last summer. The mayor "
        "thanked parents who had written to her about the playground. A public hearing on the school budget is planned for March, and "
        "residents can send their comments by post or fill in a form at the office. The board also approved a plan to plant trees along "
        "the river, a project that local businesses have promised to fund."
    ),
    "football": (
        "United won their third game of the season on Saturday with a late goal from the young striker, who joined the "
        "club last year. The "
        "coach said his players had worked hard in training and deserved the points. They play at home again next week, when the captain "
        "is expected back after a knee problem. Fans queued for tickets in the rain, and the club said that the new "
        "stand, which cost nine "
        "million, would be open by the summer. The visitors had two good chances early on but the goalkeeper saved both of them well."
    ),
    "illness": (
        "Health officials said on Monday that the outbreak of the stomach virus had spread to four more schools and "
        "that parents should keep "
        "sick children at home. Doctors have tested about two hundred samples of water and found bacteria in seven of them. The disease "
        "usually passes within a week but can be dangerous for old people. Nurses visited homes to explain how to wash "
        "food, and a vaccine "
        "trial will start next year, the university said in a study. Patients who have a fever should call the clinic first."
    ),
    "company": (
        "The company that makes the popular phone said on Thursday that sales rose by six percent last quarter, helped by demand for its "
        "cheaper model. The chief executive told investors that costs would fall as the new factory begins work. "
        "Shares gained two percent. "
        "Analysts expect the business to spend more on research next year, although the market for tablets is getting smaller and "
        "customers keep their devices longer. The firm will pay a dividend in June and plans to hire four hundred engineers."
    ),
}

CONFLICT = {
    "air strike": (
        "Warplanes dropped barrel bombs on a market in the besieged town at dawn, killing at least nine civilians and wounding dozens."
    ),
    "protest": (
        "Police fired tear gas and rubber bullets at thousands of protesters who were marching on parliament; forty people were arrested."
    ),
    "kidnapping": (
        "Gunmen kidnapped three aid workers from their vehicle near the border on Sunday night and demanded a ransom, the army said."
    ),
    "advance": (
        "Rebel fighters captured two villages from government forces after heavy clashes in the northern province, an activist said."
    ),
    "bomb": "A roadside bomb exploded beside a military convoy, killing four soldiers; no group claimed responsibility for the attack.",
    "deployment": "The army sent troops and tanks to the eastern border on Friday, and the rebels threatened to attack the capital.",
}


DRESSES = (str, str.upper, str.lower, lambda text: text.replace(",", "").replace("'", ""))


def test_the_shipped_table_is_small_and_holds_no_names() -> None:
    weights = TRIAGE.scale.weights
    assert 500 < len(weights) <= 2500
    assert not weights.keys() & set("syria syrian isis hezbollah aleppo salvador bogota ukraine russian idlib islamic shining".split())
    assert all(round(weight, 2) == weight for weight in weights.values())


@pytest.mark.parametrize("name", CALM)
def test_calm_reports_are_left_unread(name: str) -> None:
    reason = TRIAGE.left_unread(reading(CALM[name]))
    assert reason is not None
    assert re.fullmatch(r"left unread: nothing in it speaks of conflict \(chance 0\.0\d\)", reason)


@pytest.mark.parametrize("name", CONFLICT)
@pytest.mark.parametrize("dress", DRESSES, ids="as-is upper lower bare".split())
def test_one_violent_paragraph_in_ten_is_enough(name: str, dress: object) -> None:
    calm = re.split(r"(?<=\.) ", " ".join(CALM.values()))
    lines = [" ".join(calm[n * 2 : n * 2 + 2]) for n in range(9)]
    text = "\n".join([*lines[:5], CONFLICT[name], *lines[5:]])
    assert TRIAGE.left_unread(reading(dress(text))) is None  # type: ignore[operator]


def test_capitals_and_commas_make_no_difference() -> None:
    for text in (*CALM.values(), *CONFLICT.values()):
        assert TRIAGE.chance(text) == TRIAGE.chance(text.upper()) == TRIAGE.chance(text.lower()) == TRIAGE.chance(text.replace(",", ""))


WORDS = sorted({word for text in (*CALM.values(), *CONFLICT.values()) for word in text.split()})
LINES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=150).map(" ".join), max_size=8)


@given(before=LINES, after=LINES, name=st.sampled_from(sorted(CONFLICT)), times=st.integers(1, 8))
def test_a_paragraph_is_never_hidden_by_others(before: list[str], after: list[str], name: str, times: int) -> None:
    paragraph = " ".join([CONFLICT[name]] * times)
    assert TRIAGE.chance("\n".join([*before, paragraph, *after])) >= TRIAGE.chance(paragraph)


def test_what_is_short_is_read() -> None:
    short = "The library opens at nine on weekdays."
    assert TRIAGE.chance(short) < 0.5
    assert sum(map(len, split_words(short))) < FEW_WORDS
    assert TRIAGE.left_unread(reading(short)) is None


def test_a_page_is_judged_in_less_than_a_millisecond() -> None:
    words = " ".join(CALM.values()).split()[:300]
    for text in (" ".join(words), "\n".join(" ".join(words[n : n + 10]) for n in range(0, 300, 10))):
        took = []
        for _ in range(21):
            began = time.process_time()
            TRIAGE.chance(text)
            took.append(time.process_time() - began)
        assert median(took) < 0.001


def test_it_can_be_switched_off(coder: Coder) -> None:
    war = reading(" ".join(CONFLICT.values()))
    deaf = Coder(coder.vocabulary, triage=Triage(Scale({"bias": -9.0})))
    assert deaf.left_unread(war) is not None
    assert deaf.code(war) == []
    every = Coder(coder.vocabulary, triage=None)
    assert every.left_unread(reading(CALM["council"])) is None
    assert len(every.code(war)) >= 4
    assert [claim.says for claim in coder.code(war)] == [claim.says for claim in every.code(war)]


def test_the_reader_is_told_why_a_report_was_left_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path / "data"))
    file = tmp_path / "council.txt"
    file.write_text(CALM["council"], "utf-8")
    told = CliRunner().invoke(app, ["read", "--no-keep", str(file)])
    assert "left unread: nothing in it speaks of conflict" in " ".join(told.output.split())
    assert "--no-triage" in told.output
    flat = json.loads(CliRunner().invoke(app, ["read", "--json", str(file)]).stdout.splitlines()[0])
    assert flat["claims"] == []
    assert flat["unread"].startswith("left unread")
    flat = json.loads(CliRunner().invoke(app, ["read", "--json", "--no-triage", str(file)]).stdout.splitlines()[0])
    assert "unread" not in flat
