"""The lessons that the claims room learns from: every line of our own reports can be read, and what is kept of others' texts is offsets."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from thucydides.claims import Coder

TRAINING = Path(__file__).parent.parent / "training"
sys.path.insert(0, str(TRAINING))

import gold  # noqa: E402
import lessons  # noqa: E402
import scenes  # noqa: E402
import standoff  # noqa: E402

TEXT = "Rebels stormed the town of Foo on Monday. They also burned a school."
SENTENCES = [(0, 41), (42, 68)]


def read(*lines: str) -> tuple[list[standoff.Told], list[str]]:
    errors: list[str] = []
    told = dict(standoff.read(["@ r", *lines], {"r": SENTENCES}, {"r": TEXT}, errors))
    return told.get("r", []), errors


def words(spans: list[standoff.Span]) -> list[str]:
    return [TEXT[a:b] for a, b in spans]


def test_a_line_becomes_offsets() -> None:
    (claim,), errors = read("0 = Attack | on: stormed | by: Rebels | at: Foo | day: on Monday | date: 2020-01-06 | how: claimed")
    assert not errors
    (telling,) = claim.tellings
    assert (claim.type, claim.date, telling.how) == ("Attack", ("2020-01-06", "2020-01-06"), "claimed")
    assert TEXT[slice(*telling.on)] == "stormed"
    assert {role: words(spans) for role, spans in telling.roles.items()} == {"by": ["Rebels"], "at": ["Foo"], "day": ["on Monday"]}


def test_what_is_told_elsewhere_is_found_there() -> None:
    (claim,), errors = read("1 = Looting/property destruction | on: burned | by: Rebels ~ They | to: a school | at: ~ Foo")
    assert not errors
    (telling,) = claim.tellings
    assert words(telling.roles["by"]) == ["They"]
    assert words(telling.elsewhere["by"]) == ["Rebels"]
    assert words(telling.elsewhere["at"]) == ["Foo"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0 = Attack | on: bombed", "'bombed' is not in the sentence"),
        ("0 = Storming | on: stormed", "'Storming' is no type"),
        ("0 = Attack | by: Rebels", "no 'on:' word"),
        ("0 = Attack | on: stormed | how: maybe", "'maybe' is none of"),
        ("0 = Attack | on: stormed | date: Monday", "'Monday' is no date"),
        ("0 = Attack | on: stormed | who: Rebels", "want 'key: value'"),
        ("7 = Attack | on: stormed", "has no sentence 7"),
        ("1 + 4 | on: burned", "there is no claim 4"),
        ("Rebels stormed", "want 'N = TYPE"),
    ],
)
def test_a_wrong_line_is_told_and_skipped(line: str, said: str) -> None:
    told, errors = read("0 = Attack | on: stormed", line)
    assert len(told) == 1
    assert len(errors) == 1 and said in errors[0], errors


def test_packing_keeps_everything() -> None:
    told, _ = read("0 = Attack | on: stormed | by: Rebels | date: 2020-01-06..", "1 + 1 | on: burned | by: Rebels ~ They")
    assert standoff.unpack(json.loads(json.dumps(standoff.pack(told)))) == told


def test_our_own_reports_can_be_read() -> None:
    told = list(lessons.own())
    assert len({one.id for one in told}) == len(told) > 200
    assert sum(len(one.claims) for one in told) > 700
    for one in told:
        for claim in one.claims:
            for telling in claim.tellings:
                assert telling.sentence in one.sentences
                assert telling.sentence[0] <= telling.on[0] < telling.on[1] <= telling.sentence[1]


def test_annotations_hold_no_word_of_the_texts() -> None:
    """Only types, dates, factuality, ids and numbers: nothing that a text could be put together from."""
    files = sorted(lessons.ANNOTATIONS.glob("*.jsonl"))
    assert files
    plain = {*standoff.EVENT_TYPES, *standoff.KINDS, *standoff.HOW}
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            assert set(row) <= {"id", "digest", "published", "sentences", "claims"}
            for claim in row["claims"]:
                assert claim["type"] in plain
                for telling in claim["tellings"]:
                    assert telling["how"] in plain
                    spans = [span for roles in (telling["roles"], telling.get("elsewhere", {})) for some in roles.values() for span in some]
                    assert all(isinstance(a, int) and isinstance(b, int) and a < b for a, b in spans)


def test_a_changed_text_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from thucydides.reports import read as read_report

    file = tmp_path / "fakes.jsonl"
    row = {"id": "x-1", "source": "Outlet", "date": "1/6/2020", "text": TEXT}
    file.write_text(json.dumps(row) + "\n", "utf-8")
    lines = ["@ fakes:x-1", "0 = Attack | on: stormed | by: Rebels"]
    folder = tmp_path / "kept"
    kept = lessons.keep
    lessons.keep = lambda name, reports: kept(name, reports, folder)  # type: ignore[assignment]
    try:
        assert lessons.convert("fakes", file, lines, read_report) == []
    finally:
        lessons.keep = kept  # type: ignore[assignment]
    (lesson,) = lessons.annotated(tmp_path, read_report, folder)
    assert lesson.published == "2020-01-06"
    assert lesson.text[slice(*lesson.claims[0].tellings[0].on)] == "stormed"
    file.write_text(json.dumps(row | {"text": TEXT + " More."}) + "\n", "utf-8")
    assert list(lessons.annotated(tmp_path, read_report, folder)) == []
    assert "1 texts are not those that were annotated" in capsys.readouterr().err


def test_a_lesson_set_elsewhere_tells_the_same_of_other_places() -> None:
    errors: list[str] = []
    lines = [
        "@ r",
        "0 = Attack | on: stormed | by: Rebels | at: Foots | day: on Monday",
        "1 + 1 | on: burned | at: Foots | to: a school",
    ]
    text = "Rebels stormed the town of Foots on Monday. They also burned a school in Foots, residents of Foots said."
    spans = [(0, 43), (44, len(text))]
    ((_, claims),) = standoff.read(lines, {"r": spans}, {"r": text}, errors)
    assert not errors
    lesson = lessons.Lesson("r", "own", "Wire", None, text, tuple(spans), tuple(claims))
    assert scenes.place_names([lesson]) == ["Foots"]
    moved = scenes.elsewhere(lesson, ["Bahr al Ghazal"], random.Random(1))
    assert moved.text == text.replace("Foots", "Bahr al Ghazal")
    for before, after in zip(lesson.claims[0].tellings, moved.claims[0].tellings, strict=True):
        assert text[slice(*before.on)] == moved.text[slice(*after.on)]
        assert moved.text[slice(*after.sentence)] == text[slice(*before.sentence)].replace("Foots", "Bahr al Ghazal")
        for role, some in before.roles.items():
            told = [text[slice(*span)].replace("Foots", "Bahr al Ghazal") for span in some]
            assert [moved.text[slice(*span)] for span in after.roles[role]] == told
    assert scenes.elsewhere(lesson, [], random.Random(1)) is lesson


def test_gold_becomes_a_lesson_whose_words_are_looked_up(coder: Coder, tmp_path: Path) -> None:
    """Names are marked where a sentence holds them, else where the nearest does; the word that states the claim is of its quote."""
    from thucydides.reports import read as read_report

    quote = "Rebels shelled a school in Menagh on Tuesday, killing 12 people."
    text = f"The war in Aleppo goes on. {quote} The shelling wounded nobody else."
    claim = {
        "kind": "event", "type": "Shelling/artillery/missile attack", "quote": quote, "also": ["The shelling wounded nobody else."],
        "initiators": [["Rebels"]], "targets": [["a school"]], "places": [{"name": "Menagh"}], "weapons": [], "factuality": "asserted",
        "date": {"start": "2016-05-17", "end": "2016-05-17"}, "killed": {"low": 12, "high": 12}, "wounded": None, "attributed_to": None,
    }  # fmt: skip
    report = {"id": "g-1", "source": "Wire", "published": "2016-05-18", "text": text, "claims": [claim]}
    (tmp_path / "g-1.json").write_text(json.dumps(report), "utf-8")
    (lesson,) = gold.gold(tmp_path, coder, read_report)
    first, again = lesson.claims[0].tellings
    told = {role: [text[slice(*span)] for span in spans] for role, spans in first.roles.items()}
    assert text[slice(*first.on)] == "shelled"
    assert told["by"] == ["Rebels"] and told["to"] == ["a school"] and told["at"] == ["Menagh"]
    assert "12 people" in told["killed"][0] and "Tuesday" in told["day"][0]
    assert text[slice(*again.on)] == "shelling"
    assert [text[slice(*span)] for span in again.elsewhere["at"]] == ["Menagh"]
