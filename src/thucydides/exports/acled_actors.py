"""How the parties of a claim are filed as actors of ACLED (``acled_actors.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from thucydides.exports.acled_tables import Country, Filed, in_country, rows
from thucydides.exports.flat import Flat
from thucydides.lexicon import fold, words_of

INTERS = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
"""ACLED's kinds of actor in the order of their old numbers, 1 to 8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A row of the table: actors of this kind, told with one of these words, are filed so."""

    kind: str
    words: frozenset[str]
    inter: str
    abroad: str
    name: str


def file_party(party: Flat, names: list[str], *, country: Country | None, abroad: bool, unarmed: bool) -> Filed | None:
    """A party as an actor of ACLED, ``None`` where it is none.

    Whoever acts without being known is filed as a political militia under the name told, as ACLED files unidentified armed groups.
    What is acted on without being known (``unarmed``) is more often a bridge than an army, and is no actor.
    """
    told = names[0]
    kind = party["kind"]
    if kind is None:
        return None if unarmed else Filed(name=told, inter="Political militia")
    words = {word.folded for word in words_of(told)}
    filing = next((row for row in _filings() if row.kind == kind and (not row.words or row.words & words)), None)
    if filing is None:
        return None if unarmed else Filed(name=told, inter="Political militia")
    name = (names[1] if len(names) > 1 else told) if filing.name == "=" else in_country(filing.name, country)
    return Filed(name=name, inter=filing.abroad if abroad and filing.abroad else filing.inter)


def interaction(first: Filed | None, second: Filed | None) -> str:
    """ACLED's word for who met whom: the lower number first, "… only" for one side, and civilians last beside external forces."""
    inters = sorted(INTERS.index(actor.inter) for actor in (first, second) if actor)
    if not inters:
        return ""
    if len(inters) == 1:
        return f"{INTERS[inters[0]]} only"
    if inters == [INTERS.index("Civilians"), INTERS.index("External/Other forces")]:
        inters.reverse()
    return "-".join(INTERS[number] for number in inters)


@cache
def _filings() -> list[Filing]:
    return [
        Filing(
            kind=row["kind"],
            words=frozenset(fold(word) for word in row.values("words")),
            inter=row["inter"],
            abroad=row["abroad"],
            name=row["name"],
        )
        for row in rows("acled_actors.tsv", "id", "kind", "words", "inter", "abroad", "name")
    ]
