"""What was lately used, up to a bound."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")


class Recent(Generic[Name, Value]):
    """Remembers at least the ``least`` values that were used last, and never more than twice as many.

    Two dicts in turn: when the newer one is full it becomes the older one, and what was not used since then is forgotten with the next
    turn. That costs less than keeping all of them in order.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._newer: dict[Name, Value] = {}
        self._older: dict[Name, Value] = {}

    def get(self, name: Name) -> Value | None:
        """A value that is still remembered."""
        found = self._newer.get(name)
        if found is None:
            found = self._older.get(name)
            if found is not None:
                self.put(name, found)
        return found

    def of(self, names: Iterable[Name]) -> tuple[dict[Name, Value], list[Name]]:
        """The values that are still remembered of those of some names, and the names of the others."""
        asked = list(names)
        newer = self._newer
        found = {name: newer[name] for name in asked if name in newer}
        if len(found) == len(asked):
            return found, []
        missing = []
        for name in asked:
            if name not in found:
                value = self.get(name)
                if value is None:
                    missing.append(name)
                else:
                    found[name] = value
        return found, missing

    def put(self, name: Name, value: Value) -> None:
        """Remembers a value."""
        self._newer[name] = value
        if len(self._newer) >= self._least:
            self._older, self._newer = self._newer, {}

    def pop(self, name: Name) -> None:
        """Forgets a value."""
        self._newer.pop(name, None)
        self._older.pop(name, None)

    def clear(self) -> None:
        """Forgets all."""
        self._newer.clear()
        self._older.clear()
