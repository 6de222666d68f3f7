"""Symbol codes after MIL-STD-2525D and APP-6D: twenty digits that any drawing program for such symbols understands.

A code is made of what is known: the kind of an actor, the echelon and troops that a unit's name tells, the class of an arm. Whose side
somebody is on is not for the program to say: the identity is *unknown*, of monitors, peacekeepers and unarmed people *neutral*; *friend*
is only what a user names as the own side, and nobody is *hostile*.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thucydides.control.echelons import branches, echelons
from thucydides.control.tables import rows_of
from thucydides.control.unit_names import UnitName

FILE = Path(__file__).parent / "symbols.tsv"
FRIEND, UNKNOWN = "3", "1"
_UNIT_SET = "10"
_TASK_FORCE = "4"


@dataclass(frozen=True, slots=True)
class _Sign:
    """A row of the table: positions 5 and 6, 11 to 16, and 4 of a code."""

    symbol_set: str
    entity: str
    identity: str


@lru_cache(maxsize=1)
def _signs() -> dict[tuple[str, str], _Sign]:
    rows = rows_of(FILE, ("of", "kind", "set", "entity", "identity"))
    return {(row["of"], row["kind"]): _Sign(row["set"], row["entity"], row["identity"]) for row in rows}


def unit_symbol(kind: str | None, name: UnitName | None = None, *, own: bool = False) -> str:
    """The symbol code of an actor, of a unit with its echelon and troops."""
    sign = _signs().get(("actor", kind or "unit"), _Sign(_UNIT_SET, "000000", UNKNOWN))
    entity, echelon, force = sign.entity, "00", "0"
    if name is not None and sign.symbol_set == _UNIT_SET:
        entity = branches()[name.branch] if name.branch else sign.entity
        echelon = echelons()[name.echelon].code
        force = _TASK_FORCE if name.echelon == "task-force" else "0"
    return _code(FRIEND if own else sign.identity, sign.symbol_set, entity, force=force, echelon=echelon)


def arm_symbol(kind: str | None, *, own: bool = False) -> str:
    """The symbol code of an arm of a class of the roster."""
    sign = _signs().get(("arm", kind or "generic")) or _signs()["arm", "generic"]
    return _code(FRIEND if own else sign.identity, sign.symbol_set, sign.entity)


def _code(identity: str, symbol_set: str, entity: str, *, force: str = "0", echelon: str = "00") -> str:
    """Version 10, reality, identity, set, present, headquarters or task force, echelon, entity, no modifiers."""
    return f"100{identity}{symbol_set}0{force}{echelon}{entity}0000"
