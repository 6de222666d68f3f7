"""Names that stand in many lines, each kept once under a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Names:
    """Names by number, and numbers by name. It only ever grows, so a number means the same for good."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.of: list[str] = list(known)
        self._number = {name: number for number, name in enumerate(self.of)}

    def __len__(self) -> int:
        return len(self.of)

    def __iter__(self) -> Iterator[str]:
        return iter(self.of)

    def number(self, name: str) -> int:
        """The number of a name, a new one if it has none."""
        found = self._number.get(name)
        if found is None:
            found = self._number[name] = len(self.of)
            self.of.append(name)
        return found

    def known(self, name: str) -> int | None:
        """The number of a name that has one."""
        return self._number.get(name)
