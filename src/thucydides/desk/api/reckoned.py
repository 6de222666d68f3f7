"""What takes long to reckon from the whole archive: reckoned once for every state of it, in one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Reckoned(Generic[T]):
    """A value of the archive's present state. Who asks while it is reckoned waits; a value of the state before is never given."""

    def __init__(self, reckon: Callable[[], T], mark: Callable[[], str]) -> None:
        self._reckon, self._mark = reckon, mark
        self._lock = threading.Lock()
        self._kept: tuple[str, T] | None = None

    def value(self) -> T:
        """The value now."""
        mark = self._mark()
        kept = self._kept
        if kept is not None and kept[0] == mark:
            return kept[1]
        with self._lock:
            mark = self._mark()
            if self._kept is None or self._kept[0] != mark:
                self._kept = (mark, self._reckon())
            return self._kept[1]
