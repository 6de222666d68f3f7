"""Event templates of MUC-4: reports on Latin America around 1990, half of which tell of no incident that counts.

Claims become templates by ``muc_templates`` and ``muc_roles``; ``muc_key`` reads the answers, ``muc_score`` compares. The usual split is
the two test sets that are seen, ``tst1+tst2``; mapping and tables were made on ``dev`` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.muc_key import Template, read_templates
from thucydides.desk.bench.muc_roles import Roles
from thucydides.desk.bench.muc_score import RULES, TYPE, Counts, Rule, score, total
from thucydides.desk.bench.muc_templates import templates_of
from thucydides.desk.bench.scoring import HEAD, Score
from thucydides.desk.bench.sets import coded, raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.errors import BadSetting

USUAL = "muc4.jsonl"
SPLIT = "tst1+tst2"


@dataclass(slots=True)
class Tallied:
    """The counts of all reports so far, by rule, and of reports by whether they tell of an incident."""

    by_rule: dict[str, Counts] = field(default_factory=dict)
    relevant: Score = field(default_factory=Score)
    agreed: int = 0
    reports: int = 0

    def add(self, told: Sequence[Template], asked: Sequence[Template]) -> None:
        for rule in RULES:
            counts = score(told, asked, rule)
            before = self.by_rule.get(rule.name, {})
            self.by_rule[rule.name] = {name: counts[name] + before.get(name, Score()) for name in counts}
        self.relevant += Score.matched(int(bool(told) and bool(asked)), int(bool(told)), int(bool(asked)))
        self.agreed += bool(told) == bool(asked)
        self.reports += 1


def measure(chronicler: Chronicler, path: Path, split: str = SPLIT, limit: int = 0) -> Measured:
    """Precision, recall and F1 of templates by three rules, and of whether a report tells of an incident at all.

    ``split`` names one split or several with ``+``. A report that is set aside tells nothing.
    """
    splits = split.split("+")
    items = [item for item in read_set(path, USUAL, "split", "docid", "text", "templates") if item["split"] in splits]
    if not items:
        raise BadSetting(f"{path} holds no reports of the split {split!r}", remedy="Name one of its splits with --split.")
    items = items if not limit or limit >= len(items) else [items[n * len(items) // limit] for n in range(limit)]
    roles, tallied = Roles(chronicler.coder.vocabulary.actors), Tallied()
    readings = coded(chronicler, [raw(str(item["docid"]), str(item["text"])) for item in items])
    for item, reading in zip(items, readings, strict=True):
        told = templates_of(reading.claims, reading.report, roles) if reading.report else []
        tallied.add(told, read_templates(item))
    return Measured(figures=_figures(tallied), lines=_lines(tallied, split), of={"file": str(path), "split": split, "reports": len(items)})


def _figures(tallied: Tallied) -> dict[str, float]:
    figures = {**tallied.relevant.figures("relevance"), "relevance.accuracy": tallied.agreed / tallied.reports}
    for rule, counts in tallied.by_rule.items():
        figures |= total(counts).figures(rule)
        figures |= {f"{rule}.{name}.f1": one.f1 for name, one in counts.items()}
    return figures


def _lines(tallied: Tallied, split: str) -> tuple[str, ...]:
    always = Score.matched(tallied.relevant.asked, tallied.reports, tallied.relevant.asked)
    return (
        f"{tallied.reports} reports of {split}, {tallied.relevant.asked} with incidents, {tallied.relevant.told} told to have some",
        HEAD,
        tallied.relevant.line("relevance of reports"),
        always.line("  all held relevant"),
        *(line for rule in RULES for line in _table(rule, tallied.by_rule[rule.name])),
    )


def _table(rule: Rule, counts: Counts) -> list[str]:
    names = {TYPE: "  incident type", **{role: f"  {role}" for role in rule.roles}}
    return [f"{rule.name}: {rule.says}", total(counts).line("micro"), *(counts[name].line(shown) for name, shown in names.items())]
