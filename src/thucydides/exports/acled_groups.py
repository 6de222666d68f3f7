"""Named actors of the roster under the names that ACLED gives them, which may change with the years (``acled_groups.tsv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from thucydides.exports.acled_governments import FORCES, force
from thucydides.exports.acled_tables import in_period, rows

_FORCE = re.compile(rf"\{{(?P<which>{'|'.join(FORCES)})(?::(?P<code>[A-Z]{{2}}))?\}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One name of an actor: the words, with the state's force left open, its days, and its kind where the roster's would mislead."""

    name: str
    since: str
    until: str
    inter: str


def group(actor: str, day: date | None) -> Group | None:
    """The name of a roster actor on a day; ``None`` where the table has none. Without a day the last name is taken."""
    names = _groups().get(actor, ())
    return next((one for one in reversed(names) if day is None or in_period(day, one.since, one.until)), None)


def filled(name: str, code: str | None, day: date | None) -> str:
    """A name with the state's forces in it: "{police} Prison Guards" is "Police Forces of Kenya (2022-) Prison Guards".

    Where neither the name nor ``code`` tells the country, the force is an unidentified one.
    """

    def told(match: re.Match[str]) -> str:
        of = match["code"] or code
        return force(match["which"], of, day) if of else f"Unidentified {FORCES[match['which']]}"

    return _FORCE.sub(told, name)


def is_of_a_state(name: str) -> bool:
    """Whether a name has a state's force in it."""
    return _FORCE.search(name) is not None


@cache
def _groups() -> dict[str, tuple[Group, ...]]:
    found: dict[str, tuple[Group, ...]] = {}
    for row in rows("acled_groups.tsv", "id", "name", "since", "until", "inter"):
        one = Group(name=row["name"], since=row["since"], until=row["until"], inter=row["inter"])
        found[row["id"]] = (*found.get(row["id"], ()), one)
    return found
