"""Telling whether an archive has changed, cheaply enough to ask before every answer."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from uuid import uuid4

from sqlalchemy import Engine


class Watch:
    """A mark that moves on whenever anybody writes to an archive, this program or another. Made by ``Archive.watch``; close it.

    SQLite counts for every connection what others wrote, so a connection that itself only looks sees all writing. Marks of two watches
    have nothing to do with each other.
    """

    def __init__(self, engine: Engine, mark: Callable[[], str]) -> None:
        self._name = uuid4().hex[:8]
        self._mark = mark
        self._lock = threading.Lock()
        self._looking: sqlite3.Connection | None = None
        database = engine.url.database
        if engine.dialect.name == "sqlite" and database and database != ":memory:":
            self._looking = sqlite3.connect(database, check_same_thread=False, timeout=5.0)

    def mark(self) -> str:
        """The mark of what is kept now."""
        if self._looking is None:
            return f"{self._name}.{self._mark()}"
        with self._lock, closing(self._looking.execute("PRAGMA data_version")) as told:
            return f"{self._name}.{told.fetchone()[0]}"

    def close(self) -> None:
        """Stops watching."""
        if self._looking is not None:
            self._looking.close()
