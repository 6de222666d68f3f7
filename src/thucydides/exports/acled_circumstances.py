"""What the sentences of an event tell of those without arms in it, where the words of the party do not (``acled_circumstances.tsv``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from thucydides.exports.acled_actors import Scene
from thucydides.exports.acled_tables import rows
from thucydides.lexicon import Phrases, fold, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """A row: words of the event, and the group that they put beside actors of a kind on a side of it."""

    name: str
    inter: str
    role: str
    events: frozenset[str]


def circumstances_in(scene: Scene, role: str) -> Iterator[tuple[str, str]]:
    """The groups that the words of an event put on a side of it, without their country, and the kind of actor that they are."""
    told = dict.fromkeys(i for hit in _words().find(words_of(scene.words)) for i in hit.values)
    for one in (_circumstances()[i] for i in told):
        if one.role == role and (not one.events or one.events & scene.events):
            yield one.name, one.inter


@cache
def _circumstances() -> dict[str, Circumstance]:
    return {
        row["id"]: Circumstance(name=row["name"], inter=row["inter"], role=row["role"], events=frozenset(row.values("events")))
        for row in rows("acled_circumstances.tsv", "id", "name", "words", "inter", "role", "events")
    }


@cache
def _words() -> Phrases[str]:
    table = rows("acled_circumstances.tsv", "id", "name", "words", "inter", "role", "events")
    return Phrases((fold(word), row["id"]) for row in table for word in row.values("words"))
