"""What kind of thing is told: the benchmarks of event templates and of event types, on rows of our own making."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from conftest import reading
from thucydides.actors import Actors
from thucydides.desk.bench.event_types import by_class, classes, evidence, weighted
from thucydides.desk.bench.event_types_learned import folded, hashed, split
from thucydides.desk.bench.muc_key import PERSON, Filler, Template, normal, read_templates
from thucydides.desk.bench.muc_roles import Roles
from thucydides.desk.bench.muc_score import RULES, align, lenient, score, strict, total
from thucydides.desk.bench.muc_templates import templates_of
from thucydides.desk.bench.scoring import Score
from thucydides.desk.commands.bench_kinds import app
from thucydides.errors import BadSetting
from thucydides.exports import sub_events
from thucydides.record import Basis, Claim, Event, Factuality, Kind, Party, Passage, Report, Use, When, Where

STRICT, LENIENT, DESCRIBED = RULES


def claim(
    report: Report,
    type_: str,
    parties: Sequence[tuple[str, str, str | None]] = (),
    *,
    arms: Sequence[tuple[str, str]] = (),
    day: date | None = None,
    place: str | None = None,
    factuality: Factuality = Factuality.ASSERTED,
    confidence: float = 0.8,
    said: str | None = None,
) -> Claim:
    """A claim of parties (role, words, kind) that stand in a report's text; ``said`` is the sentence that states it."""
    said = said or report.text
    start = report.text.index(said)
    spans = [Passage(field="claim", start=start, end=start + len(said), words=said)]
    spans += [Passage(field=f"{r}s", start=(at := report.text.index(w)), end=at + len(w), words=w) for r, w, _ in parties]
    event = Event(
        type=type_,
        parties=tuple(Party(role=role, name=words, kind=kind) for role, words, kind in parties),
        where=(Where(name=place, place=place, precision="place"),) if place else (),
        when=When(start=day, end=day, basis=Basis.STATED) if day else None,
        arms=tuple(Use(name=words, kind=kind) for words, kind in arms),
    )
    return Claim(
        id=f"{type_}{start}",
        report=report.id,
        kind=Kind.EVENT,
        says=event,
        evidence=tuple(spans),
        factuality=factuality,
        confidence=confidence,
    )


def template(type_: str, *, optional: bool = False, **roles: Sequence[str]) -> Template:
    """A template whose fillers have alternatives after bars; a leading question mark makes one optional."""

    def filler(words: str) -> Filler:
        return Filler(frozenset(words.lstrip("?").split("|")), words.startswith("?"))

    return Template(frozenset((type_,)), {role: tuple(map(filler, told)) for role, told in roles.items()}, optional)


# ── the key of MUC-4 ─────────────────────────────────────────────────────────────────────────────

ROW = {
    "split": "dev",
    "docid": "ONE",
    "text": 'TWO BOMBS WENT OFF AT THE "BLUE" BANK. ANA ROJAS, A TELLER, AND A GUARD WERE HURT. THE RED BRIGADE (RB) REBELS FLED.',
    "templates": [
        {
            "MESSAGE: TEMPLATE": ["1 (OPTIONAL)"],
            "INCIDENT: TYPE": ["BOMBING / ATTACK"],
            "INCIDENT: INSTRUMENT ID": ['"TWO BOMBS" / "BOMBS"'],
            "PERP: INDIVIDUAL ID": ['? "REBELS"'],
            "PERP: ORGANIZATION ID": ['"RED BRIGADE" / "RB"', '"BLACK BRIGADE"'],
            "PHYS TGT: ID": ['"\\"BLUE\\" BANK" / "BANK"'],
            "HUM TGT: NAME": ['"ANA ROJAS"'],
            "HUM TGT: DESCRIPTION": ['"TELLER": "ANA ROJAS"', '"A GUARD"'],
        }
    ],
}


def test_a_key_is_read() -> None:
    [found] = read_templates({**ROW, "templates": ROW["templates"] * 2})  # the same twice is one
    assert found.types == {"BOMBING", "ATTACK"}
    assert found.optional
    assert found.fillers("weapon") == (Filler(frozenset({"two bombs", "bombs"})),)
    assert found.fillers("perp_ind") == (Filler(frozenset({"rebels"}), True),)
    assert found.fillers("perp_org") == (Filler(frozenset({"red brigade", "rb"})),), "what is not in the text is no answer"
    assert found.fillers("target") == (Filler(frozenset({"blue bank", "bank"})),)
    assert found.fillers("victim") == (Filler(frozenset({"ana rojas"})),)
    assert found.fillers(PERSON) == (Filler(frozenset({"ana rojas", "teller"})), Filler(frozenset({"guard"})))


@pytest.mark.parametrize("empty", ["-", "*", "?", ""])
def test_what_is_not_filled_is_no_filler(empty: str) -> None:
    [found] = read_templates({"text": "A BOMB.", "templates": [{"INCIDENT: TYPE": ["BOMBING"], "PHYS TGT: ID": [empty]}]})
    assert found.fillers("target") == ()


def test_an_irrelevant_report_has_no_template() -> None:
    assert read_templates({"text": "RAIN.", "templates": []}) == []
    assert read_templates({"text": "RAIN.", "templates": [{"INCIDENT: TYPE": ["*"]}]}) == []


# ── comparing templates ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "asked", "is_strict", "is_lenient", "why"),
    [
        ("The Rebels", "rebels", True, True, "articles and capitals do not count"),
        ("urban rebels", "rebels", False, True, "one holds the other"),
        ("members of the front", "five members", False, True, "the same head"),
        ("rebels", "rebel camp", False, False, "parts of words do not count"),
        ("army camp", "army chief", False, False, "another head"),
    ],
)
def test_fillers_are_compared(told: str, asked: str, is_strict: bool, is_lenient: bool, why: str) -> None:
    one, other = Filler(frozenset({normal(told)})), Filler(frozenset({normal(asked), "something else"}))
    assert strict(one, other) is is_strict, why
    assert lenient(one, other) is is_lenient, why


@pytest.mark.parametrize(
    ("weights", "pairs"),
    [
        ([], {}),
        ([[0]], {}),
        ([[3, 2], [2, 0]], {0: 1, 1: 0}),  # 2 + 2 is more than 3 + 0
        ([[1, 5, 2]], {0: 1}),
        ([[1], [5], [2]], {1: 0}),
    ],
)
def test_the_best_alignment_is_found(weights: list[list[int]], pairs: dict[int, int]) -> None:
    assert align(weights) == pairs


def test_a_report_is_scored_as_by_hand() -> None:
    told = [
        template("BOMBING", weapon=["bomb"], perp_ind=["urban rebels"]),
        template("ATTACK", victim=["ana rojas"]),
        template("ARSON", target=["shop"]),
    ]
    asked = [
        template("BOMBING", weapon=["bomb|big bomb"], perp_ind=["rebels"], target=["?bridge"]),
        template("KIDNAPPING", victim=["ana rojas"], optional=True),
    ]
    found = score(told, asked, STRICT)
    assert found["type"] == Score(1, 3, 1, 2)
    assert found["weapon"] == Score(1, 1, 1, 1)
    assert found["perp_ind"] == Score(0, 1, 0, 1)
    assert found["victim"] == Score(0, 1, 0, 1), "of another type"
    assert found["target"] == Score(0, 1, 0, 1)
    assert total(found) == Score(2, 7, 2, 6)
    assert total(score(told, asked, LENIENT)) == Score(3, 7, 3, 3), "optional is not asked for, and urban rebels are rebels"


def test_described_victims_count_only_by_their_rule() -> None:
    told, asked = [template("ATTACK", person=["peasants"])], [template("ATTACK", person=["five peasants"])]
    assert total(score(told, asked, LENIENT)) == Score(1, 1, 1, 1)
    assert total(score(told, asked, DESCRIBED)) == Score(2, 2, 2, 2)


# ── from claims to templates ─────────────────────────────────────────────────────────────────────

CASES = [
    ("Rebels kidnapped the teacher Ana Rojas.", "Abduction/forced disappearance",
     [("initiator", "Rebels", "generic"), ("target", "the teacher Ana Rojas", "civilian")], [("rifles", "small-arm")],
     "KIDNAPPING", {"perp_ind": "rebels", "victim": "ana rojas"}, "a kidnapping has no instrument"),
    ("Six members of the Northern Army shot five peasants.", "Attack",
     [("initiator", "Six members of the Northern Army", "rebel"), ("target", "five peasants", "civilian")], [],
     "ATTACK", {"perp_ind": "six members of northern army", "perp_org": "northern army", "person": "peasants"}, "both of them"),
    ("The army shelled a school with mortars.", "Shelling/artillery/missile attack",
     [("initiator", "The army", "army"), ("target", "a school", "object")], [("mortars", "mortar"), ("helicopter", "helicopter")],
     "ATTACK", {"perp_org": "army", "target": "school", "weapon": "mortars"}, "a state strikes the unarmed; aircraft are no instruments"),
    ("Guerrillas fought soldiers.", "Armed clash", [("initiator", "Guerrillas", "generic"), ("target", "soldiers", "army")], [],
     None, {}, "a fight between armed sides"),
    ("Rebels attacked the barracks.", "Attack", [("initiator", "Rebels", "rebel"), ("target", "the barracks", "object")], [],
     None, {}, "a military target"),
    ("Gunmen shot retired general Luis Vega.", "Attack", [("target", "retired general Luis Vega", "other")], [],
     "ATTACK", {"victim": "luis vega"}, "former members of the military"),
    ("Men set fire to a bus.", "Looting/property destruction", [("initiator", "Men", "civilian"), ("target", "a bus", "object")],
     [("bottle", "incendiary")], "ARSON", {"perp_ind": "men", "target": "bus"}, "what is burnt"),
    ("A bomb hit a bank.", "Attack", [("target", "a bank", "object")], [("bomb", "bomb")],
     "BOMBING", {"target": "bank", "weapon": "bomb"}, "attack only where nothing else fits"),
    ("Men robbed a bank.", "Attack", [("initiator", "Men", "civilian"), ("target", "a bank", "object")], [],
     "ROBBERY", {"perp_ind": "men", "target": "bank"}, "what is taken"),
    ("A powerful bomb killed Ruiz. It hit the house of Maria Ruiz.", "Remote explosive/landmine/IED", [("target", "Ruiz", "other")],
     [("powerful bomb", "bomb")], "BOMBING", {"victim": "maria ruiz", "weapon": "bomb"}, "names in full, arms without their size"),
    ("Men shot a peasant with bullets.", "Attack", [("initiator", "Men", "civilian"), ("target", "a peasant", "civilian")],
     [("bullets", "small-arm")], "ATTACK", {"perp_ind": "men"}, "bullets only leave an arm"),
    ("Workers marched.", "Peaceful protest", [("initiator", "Workers", "civilian")], [], None, {}, "no incident of MUC-4"),
    ("There was an attack.", "Attack", [], [], None, {}, "nothing is told of it"),
]  # fmt: skip


@pytest.fixture(scope="module")
def roles() -> Roles:
    return Roles(Actors.load())


@pytest.mark.parametrize(("text", "type_", "parties", "arms", "expected", "filled", "why"), CASES)
def test_a_claim_becomes_a_template(
    roles: Roles,
    text: str,
    type_: str,
    parties: list[tuple[str, str, str | None]],
    arms: list[tuple[str, str]],
    expected: str | None,
    filled: dict[str, str],
    why: str,
) -> None:
    report = reading(text)
    found = templates_of([claim(report, type_, parties, arms=arms)], report, roles)
    assert [next(iter(one.types)) for one in found] == ([expected] if expected else []), why
    for role, words in filled.items():
        assert found[0].fillers(role) == (Filler(frozenset({words})),), why
    if expected:
        assert {role for role, fillers in found[0].roles.items() if fillers} <= {*filled, PERSON}, why


@pytest.mark.parametrize(
    ("first", "second", "number", "why"),
    [
        ({"place": "a"}, {"place": "a"}, 1, "the same place"),
        ({"place": "a"}, {"place": "b"}, 2, "two places"),
        ({"place": "a"}, {}, 1, "nothing keeps them apart"),
        ({"day": date(1990, 1, 2)}, {"day": date(1990, 1, 3)}, 2, "two days"),
        ({"day": date(1989, 1, 2)}, {"place": "a"}, 1, "the older one is too old"),
        ({"factuality": Factuality.DENIED}, {}, 1, "what is denied is no incident"),
    ],
)
def test_claims_of_one_incident_are_one_template(
    roles: Roles, first: dict[str, object], second: dict[str, object], number: int, why: str
) -> None:
    report = reading("Rebels shot five peasants. Rebels shot a priest.", published="1990-01-05")
    one = claim(report, "Attack", [("target", "five peasants", "civilian")], **first)  # type: ignore[arg-type]
    other = claim(report, "Attack", [("target", "a priest", "civilian")], **second)  # type: ignore[arg-type]
    assert len(templates_of([one, other], report, roles)) == number, why


# ── classes of snippets ──────────────────────────────────────────────────────────────────────────


def test_every_type_has_its_class() -> None:
    assert set(classes().by_type) == set(sub_events())
    assert len(classes().names) == 30


@pytest.mark.parametrize(
    ("text", "types", "expected", "why"),
    [
        ("Jets hit. Rebels fought.", [("Jets hit.", "Air/drone strike"), ("Rebels fought.", "Armed clash")], "AIR_STRIKE", "the first"),
        ("A group claimed responsibility for a grenade.", [("a grenade", "Grenade")], "ATTRIB", "a cue that always decides"),
        ("An earthquake shook the coast.", [], "NATURAL_DISASTER", "a cue"),
        ("The ambassador met envoys about drugs.", [], "DIPLO", "the most cues"),
        ("Nothing of note.", [], "OTHER", "neither claim nor cue"),
    ],
)  # fmt: skip
def test_a_snippet_gets_a_class(text: str, types: list[tuple[str, str]], expected: str, why: str) -> None:
    report = reading(text)
    claims = [claim(report, type_, said=said) for said, type_ in reversed(types)]
    assert classes().of(text, claims) == expected, why
    assert evidence([text], [claims]).shape[0] == 1
    assert np.linalg.norm(evidence([text], [claims])) == pytest.approx(1)


def test_f1_is_weighted_by_what_is_asked() -> None:
    scores = by_class(["a", "a", "a", "b"], ["a", "a", "b", "b"])
    assert scores == {"a": Score.matched(2, 2, 3), "b": Score.matched(1, 2, 1)}
    assert weighted(scores) == pytest.approx((3 * 0.8 + 1 * 2 / 3) / 4)


def test_folds_share_out_each_label_and_miss_nothing() -> None:
    labels = ["a", "b"] * 5
    folds = list(split(labels, 5))
    assert sorted(n for fold in folds for n in fold) == list(range(10))
    assert all({labels[n] for n in fold} == {"a", "b"} for fold in folds)


def test_what_words_tell_is_learned_without_the_fold() -> None:
    texts = [f"{word} number {n}" for n in range(5) for word in ("flood waters", "rocket fire")]
    labels = ["wet", "war"] * 5
    assert folded(hashed(texts), labels, 5) == labels
    assert folded(hashed(texts[:1]), labels[:1], 5) == [""], "nothing to learn from"


# ── the commands ─────────────────────────────────────────────────────────────────────────────────


Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run(name, rows, option…)``: what a command prints of rows."""
    monkeypatch.setenv("THUCYDIDES_DATA", str(tmp_path / "data"))

    def ran(name: str, rows: list[dict[str, object]], *options: str) -> str:
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        result = CliRunner().invoke(app, [name, str(path), *options])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return ran


def test_muc_is_measured(run: Run) -> None:
    rows: list[dict[str, object]] = [
        {
            "split": "dev",
            "docid": "A",
            "text": "LIMA, 3 JAN 90 -- [TEXT] GUERRILLAS KIDNAPPED TWO TEACHERS IN LIMA ON 2 JANUARY.",
            "templates": [{"INCIDENT: TYPE": ["KIDNAPPING"], "PERP: INDIVIDUAL ID": ['"GUERRILLAS"']}],
        },
        {"split": "dev", "docid": "B", "text": "LIMA, 3 JAN 90 -- [TEXT] THE PRICE OF BREAD ROSE.", "templates": []},
        {"split": "tst1", "docid": "C", "text": "THE PRICE OF BREAD ROSE.", "templates": []},
    ]
    told = json.loads(run("muc", rows, "--split", "dev", "--json"))
    assert told["of"]["reports"] == 2
    assert told["figures"]["relevance.accuracy"] == 1
    assert told["figures"]["strict.type.f1"] == 1
    assert told["figures"]["strict.perp_ind.f1"] == 1
    assert "1 reports of tst1+tst2, 0 with incidents" in run("muc", rows, "--split", "tst1+tst2")
    with pytest.raises(BadSetting, match="no reports of the split"):
        run("muc", rows, "--split", "tst2")


def test_types_are_measured(run: Run) -> None:
    rows: list[dict[str, object]] = [
        {"text": "Warplanes bombed the town on Monday, killing three people.", "label": "AIR_STRIKE"},
        {"text": "An earthquake shook the coast.", "label": "NATURAL_DISASTER"},
        {"text": "Flood waters rose after torrential rain.", "label": "NATURAL_DISASTER"},
    ]
    figures = json.loads(run("types", rows, "--folds", "--json"))["figures"]
    assert figures["rule.f1"] == figures["rule.acled.f1"] == 1
    assert {"ngrams.f1", "evidence.f1"} <= set(figures)
    table = run("types", rows)
    assert "AIR_STRIKE" in table
    assert "plain alternative" in table
    assert "what the coder found" not in table
