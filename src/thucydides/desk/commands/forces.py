"""``thuc forces`` and ``thuc arms``: who fights for whom, and with what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thucydides.desk.filters import FromOption, ToOption, day_of

if TYPE_CHECKING:
    from thucydides.control.armies import Armies
    from thucydides.control.forces import Order
    from thucydides.desk.settings import Settings
    from thucydides.record import Claim, Report

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
OnOption = Annotated[str | None, typer.Option("--on", help="Only what had happened by this day, 2017-11-02.", metavar="DAY")]
OwnOption = Annotated[
    list[str] | None, typer.Option("--own", help="An actor of your own side: its symbols are drawn as friendly.", metavar="ACTOR")
]


def forces(
    actor: Annotated[str, typer.Argument(help="Roster id or name of who the units belong to.", metavar="ACTOR")],
    on: OnOption = None,
    own: OwnOption = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write it as a page with unit symbols.", metavar="OUT.html")] = None,
    json: JsonOption = False,
) -> None:
    """Show an order of battle: the units told of under an actor, with the claims behind every line."""
    from thucydides.actors import Camps
    from thucydides.control.forces import muster
    from thucydides.desk.console import out
    from thucydides.desk.force_tables import forces_shown, forces_told
    from thucydides.desk.settings import Settings

    settings = Settings.read()
    armies = _armies(settings)
    root = _actor(actor, armies)
    order = muster(
        _told(settings),
        armies,
        root,
        on=day_of("--on", on),
        own=frozenset(_actor(name, armies) for name in own or []),
        camps=Camps.load(settings.camps),
    )
    if html is not None:
        _write_page(html, order, settings)
    elif json:
        _print_all(forces_told(order))
    else:
        forces_shown(order, out(), settings)


def _write_page(path: Path, order: Order, settings: Settings) -> None:
    from thucydides.desk.console import err, words
    from thucydides.desk.delaying import delay_told
    from thucydides.desk.forces_page import QUOTED, forces_page
    from thucydides.desk.opening import recalled
    from thucydides.desk.telling import on_one_line
    from thucydides.errors import ThucydidesError

    forces = [force for top in (order.root, *order.loose) for _, force in top.walk()]
    lines = [line for force in forces for line in (*force.places, *force.opponents, *force.offices, *force.arms)]
    behind = [*(force.claims for force in forces), *(line.claims for line in lines)]
    wanted = {claim for claims in behind for claim in claims[:QUOTED]}
    with recalled(settings) as archive:
        passages = {claim: archive.recall_claim(claim).evidence for claim in wanted}
    told = {claim: on_one_line(next((p.words for p in found if p.field == "claim"), "")) for claim, found in passages.items()}
    try:
        path.write_text(forces_page(order, told, note=delay_told(settings)), encoding="utf-8", errors="replace")
    except OSError as error:
        raise ThucydidesError(
            f"{path} cannot be written ({error.strerror})", remedy="Choose a file in a folder that exists and is yours."
        ) from error
    err().print(words(f"{len(forces)} forces written to {path}"))


def arms(
    wanted: Annotated[str, typer.Argument(help="Roster id or name of an actor or an arm, or a class of arms.", metavar="ACTOR|ARM")],
    since: FromOption = None,
    until: ToOption = None,
    json: JsonOption = False,
) -> None:
    """List what is told of an actor's arms, or of an arm: held, supplied, used, captured, lost, each by whose word. Never added up."""
    from thucydides.arms import Arms
    from thucydides.control.armaments import armaments, of_actor, of_arm
    from thucydides.desk.console import out
    from thucydides.desk.force_tables import arms_shown, arms_told
    from thucydides.desk.settings import Settings

    first, last = day_of("--from", since), day_of("--to", until)
    settings = Settings.read()
    armies, known = _armies(settings), Arms.load(settings.roster("arms"))
    actor, arm = _wanted(wanted, armies, known)
    accounts = armaments(_told(settings), armies, known)
    chosen = of_actor(accounts, actor, armies) if actor else of_arm(accounts, arm or "")
    chosen = [a for a in chosen if (not first or (a.last and a.last >= first)) and (not last or (a.first and a.first <= last))]
    if json:
        _print_all(arms_told(chosen))
    else:
        arms_shown(chosen, out(), settings)


def _told(settings: Settings) -> list[tuple[Claim, Report]]:
    """The archive's claims that may be told."""
    from thucydides.desk.delaying import delayed
    from thucydides.desk.opening import recalled

    with recalled(settings) as archive:
        return list(delayed(archive.claims_with_reports(), settings))


def _armies(settings: Settings) -> Armies:
    from thucydides.actors import Actors
    from thucydides.control.armies import Armies

    return Armies(Actors.load(settings.roster("actors")))


def _actor(name: str, armies: Armies) -> str:
    """The roster's id of an actor by id or name."""
    from thucydides.errors import BadSetting

    ids = armies.called(name)
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise BadSetting(f"no actor is called {name!r}", remedy="'thuc rosters list --kind actors --find WORDS' lists ids.")
    raise BadSetting(f"{name!r} is the name of several actors", remedy=f"Give one of their ids: {', '.join(ids)}.")


def _wanted(name: str, armies: Armies, arms: object) -> tuple[str | None, str | None]:
    """The actor that a name means, else the arm or class of arms."""
    from thucydides.arms import CLASSES, Arms
    from thucydides.errors import BadSetting

    assert isinstance(arms, Arms)
    if name.lower() in armies.actors.by_id:
        return name.lower(), None
    singular = name.lower().removesuffix("s")
    if name.lower() in arms.by_id or singular in CLASSES:
        return None, singular if singular in CLASSES else name.lower()
    arm = arms.recognise(name)
    if len(armies.called(name)) == 1 or arm is None:
        try:
            return _actor(name, armies), None
        except BadSetting as error:
            if armies.called(name):
                raise
            raise BadSetting(f"no actor or arm is called {name!r}", remedy="'thuc rosters list --find WORDS' lists ids.") from error
    return None, arm.id


def _print_all(objects: object) -> None:
    from json import dumps

    for one in objects:  # type: ignore[attr-defined]
        typer.echo(dumps(one, ensure_ascii=False))
