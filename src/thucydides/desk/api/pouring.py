"""What a writer writes, sent on while it still writes: an export need not fit into memory."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable, Iterator
from typing import TextIO, cast

PIECE = 64_000  # characters sent together
AHEAD = 8  # pieces written before they are taken


class _Stopped(Exception):
    """Nobody reads any more."""


class _Spout(io.TextIOBase):
    """A stream that hands over what is written to it in pieces."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.pieces: queue.Queue[str | BaseException | None] = queue.Queue(AHEAD)
        self.stopped = threading.Event()
        self._held: list[str] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, words: str) -> int:
        self._held.append(words)
        self._size += len(words)
        if self._size >= PIECE:
            self.flush()
        return len(words)

    def flush(self) -> None:
        if self._held:
            self.put("".join(self._held))
            self._held, self._size = [], 0

    def put(self, piece: str | BaseException | None) -> None:
        """Waits until there is room for a piece, unless nobody reads any more."""
        while True:
            if self.stopped.is_set():
                raise _Stopped
            try:
                self.pieces.put(piece, timeout=0.5)
                return
            except queue.Full:
                continue


def poured(write: Callable[[TextIO], object]) -> Iterator[bytes]:
    """The bytes of what is written. An error of the writer is raised here, and breaks the answer off."""
    spout = _Spout()

    def work() -> None:
        try:
            write(cast("TextIO", spout))
            spout.flush()
            spout.put(None)
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - told to the one who reads
            spout.put(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while (piece := spout.pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece.encode("utf-8", "replace")
    finally:
        spout.stopped.set()
        thread.join()
