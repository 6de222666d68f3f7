"""``thuc bench muc``, ``types``, ``headlines`` and ``toponyms``: what kind of thing is told, who did it to whom, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thucydides.desk.commands.bench import FloorsOption, JsonOption, app, measured_and_held

if TYPE_CHECKING:
    from thucydides.desk.bench import Measured
    from thucydides.desk.coding import Chronicler

__all__ = ["app"]

LimitOption = Annotated[int, typer.Option("--limit", help="At most so many items, evenly spread; 0 is all.", metavar="N", min=0)]


@app.command("muc")
def muc(
    path: Annotated[Path | None, typer.Argument(help="The set: a file, or the folder of muc4.jsonl.", metavar="[PATH]")] = None,
    split: Annotated[str, typer.Option("--split", help="The split, or several with '+'.", metavar="NAME")] = "tst1+tst2",
    limit: LimitOption = 0,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Score event templates against MUC-4's: type, perpetrators, target, victim, weapon."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.muc import measure as muc_measured

        return muc_measured(chronicler, path, split, limit)

    measured_and_held("muc", path, measure, json, floors)


@app.command("types")
def types(
    path: Annotated[Path | None, typer.Argument(help="The set: a file, or the folder of case2021_task2.jsonl.", metavar="[PATH]")] = None,
    folds: Annotated[bool, typer.Option("--folds", help="Train a classifier on what the coder found, too, in five folds.")] = False,
    limit: LimitOption = 0,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Score the class of snippets by the type of their first event claim, beside word n-grams."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.event_types import measure as types_measured

        return types_measured(chronicler, path, folds, limit)

    measured_and_held("types", path, measure, json, floors)


@app.command("headlines")
def headlines(
    path: Annotated[Path | None, typer.Argument(help="The set: a file, or the folder of ucdp_syria.jsonl.", metavar="[PATH]")] = None,
    own: Annotated[Path | None, typer.Option("--places", help="A gazetteer to add, as 'thuc places add' takes it.", metavar="FILE")] = None,
    limit: LimitOption = 0,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Tell whether the place of an event is among the places of its headline, without and with a gazetteer of one's own."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.headlines import measure as headlines_measured

        return headlines_measured(chronicler, path, limit, own)

    measured_and_held("headlines", path, measure, json, floors)


@app.command("toponyms")
def toponyms(
    path: Annotated[Path | None, typer.Argument(help="A set, or the folder of lgl.jsonl and geovirus.jsonl.", metavar="[PATH]")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what went wrong, by kind.")] = False,
    limit: LimitOption = 0,
    json: JsonOption = False,
    floors: FloorsOption = False,
) -> None:
    """Score the places named in whole articles: which words are found, and how far off they are put."""

    def measure(chronicler: Chronicler, path: Path) -> Measured:
        from thucydides.desk.bench.toponyms import measure as toponyms_measured

        return toponyms_measured(chronicler, path, limit, errors)

    measured_and_held("toponyms", path, measure, json, floors)
