"""Orders of battle and accounts of arms for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from thucydides.control.armaments import LOSSES, OTHER, OWNER, Account
from thucydides.control.forces import Force, Line, Order, years_told
from thucydides.desk.console import table_of, words
from thucydides.desk.delaying import delay_told
from thucydides.desk.telling import count, some

if TYPE_CHECKING:
    from thucydides.desk.settings import Settings

SHOWN = 15
"""Lines of one kind that a force shows in a terminal."""
IDS = 6
"""Ids of claims that a line shows."""
_PARTS = (("in", "places"), ("against", "opponents"), ("office held", "offices"), ("arms", "arms"))


def forces_shown(order: Order, console: Console, settings: Settings) -> None:
    """The tree, every line with the ids of the claims behind it."""
    console.print(_grown(order.root))
    if order.loose:
        console.print(words("told of here, but by no words of whose army:", "bold"))
        for force in order.loose:
            console.print(_grown(force))
    told = sum(1 for _, force in order.root.walk() if force.claims) + len(order.loose)
    console.print(words("; ".join(filter(None, (f"{some(told, 'force')} told of", delay_told(settings)))), "dim"))


def forces_told(order: Order) -> Iterator[dict[str, object]]:
    """The tree as flat objects, each with the id of what it belongs to."""
    for force in (one for top in (order.root, *order.loose) for _, one in top.walk()):
        yield {key: _plain(value) for key, value in asdict(force).items() if key != "below"}


def _grown(force: Force) -> Tree:
    tree = Tree(_head(force), guide_style="dim")
    for label, part in _PARTS:
        lines = getattr(force, part)
        for line in lines[:SHOWN]:
            tree.add(_line(label, line))
        if len(lines) > SHOWN:
            tree.add(words(f"{label} … and {len(lines) - SHOWN} more; --json has all", "dim"))
    for note in force.notes:
        tree.add(words(f"note: {note}", "dim"))
    for one in force.below:
        tree.children.append(_grown(one))
    return tree


def _head(force: Force) -> Text:
    echelon = (force.echelon or force.kind).replace("-", " ")
    shown = force.name if echelon in force.name.lower() else f"{force.name} ({echelon})"
    by = {"told": "as told", "coded": "as coded", "roster": "by the roster"}.get(force.by, "")
    behind = _ids(force.claims) if force.claims else "roster"
    seen = _span(force.first, force.last)
    existed = f"existed {years}" if (years := years_told(force.years)) else ""
    more = "".join(f", {part}" for part in (by, existed, seen) if part)
    return words(shown, "bold" if force.claims else "") + words(more) + words(f"  [{behind}]", "dim")


def _line(label: str, line: Line) -> Text:
    span = _span(line.first, line.last)
    behind = _ids(line.claims) if line.by == "told" else "no claim: by the roster of camps"
    return words(f"{label} ", "dim") + words(line.says) + words(f", {span}" if span else "") + words(f"  [{behind}]", "dim")


def _ids(claims: Sequence[str]) -> str:
    more = f" and {len(claims) - IDS} more" if len(claims) > IDS else ""
    return " ".join(claim[:8] for claim in claims[:IDS]) + more


def _span(first: date | None, last: date | None) -> str:
    if first is None:
        return f"{last}" if last else ""
    return f"{first}" if last in (None, first) else f"{first} to {last}"


def arms_shown(accounts: Sequence[Account], console: Console, settings: Settings) -> None:
    """The accounts by way, and what must be known before anybody adds them up."""
    rows = [
        (
            a.claim[:8], a.way, a.name, count(a.count) if a.count else "", " and ".join(s.name for s in a.by) or "not told",
            " and ".join(s.name for s in a.of), _span(a.first, a.last), word_told(a),
        )
        for a in accounts
    ]  # fmt: skip
    if rows:
        console.print(table_of(("claim", "way", "arm", "count", "by", "of, to, against", "when", "whose word"), rows))
    losses = [a for a in accounts if a.way in LOSSES]
    admitted, alleged = sum(a.word == OWNER for a in losses), sum(a.word == OTHER for a in losses)
    others = len(losses) - admitted - alleged
    by_whom = f" of losses {admitted} by the owner, {alleged} by the other side, {others} by others" if losses else ""
    sources = len({a.source for a in accounts})
    told = f"{some(len(accounts), 'account')} of {some(sources, 'source')}{';' if by_whom else ''}{by_whom}"
    unsummed = "counts are not added up: several accounts may tell of the same arms" if len(accounts) > 1 else ""
    console.print(words("; ".join(filter(None, (told, unsummed, delay_told(settings)))), "dim"))


def arms_told(accounts: Iterable[Account]) -> Iterator[dict[str, object]]:
    """Accounts as flat objects."""
    for account in accounts:
        yield {key: _plain(value) for key, value in asdict(account).items()}


def word_told(account: Account) -> str:
    """Whose word an account is: "admitted (Ukraine)", "claimed by the other side (Russian Defence Ministry)"."""
    speaker = account.said_by or (account.source if account.word != "unknown" else "somebody of no known side")
    if account.word == OWNER:
        return f"{'admitted' if account.way in LOSSES else 'own word'} ({speaker})"
    if account.word == OTHER:
        return f"claimed by the other side ({speaker})"
    return speaker


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return {key: _plain(one) for key, one in value.items()} if isinstance(value, dict) else value
