"""The lines of a file, plain or packed, each with the offset behind it, so that reading can go on where it was cut."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

from thucydides.errors import BadGazetteer

_CHUNK = 1 << 20
_LONGEST_LINE = 4_000_000  # bytes: a longer one is no line of a table
_HEAD = 65_536


class Source:
    """A file as rows are read from it. Of a ZIP archive the largest member that is no read-me."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise BadGazetteer(f"there is no file {str(path)!r}", remedy="Check the name.")
        self.member, self.size = self._member()

    def _member(self) -> tuple[str | None, int]:
        if not zipfile.is_zipfile(self.path):
            if self.path.suffix.lower() == ".zip":
                raise BadGazetteer(f"{self.path.name} is no whole ZIP archive", remedy="Fetch it again: it may have been cut short.")
            return None, self.path.stat().st_size
        with zipfile.ZipFile(self.path) as packed:
            members = [one for one in packed.infolist() if not one.is_dir() and "readme" not in one.filename.lower()]
        if not members:
            raise BadGazetteer(f"{self.path.name} holds no file", remedy="Unpack it and name the file inside.")
        largest = max(members, key=lambda one: one.file_size)
        return largest.filename, largest.file_size

    @property
    def name(self) -> str:
        """The name of the file that holds the rows."""
        return Path(self.member).name if self.member else self.path.name

    @contextmanager
    def opened(self, offset: int = 0) -> Iterator[IO[bytes]]:
        """The bytes from an offset on."""
        if self.member is not None:
            with zipfile.ZipFile(self.path) as packed, packed.open(self.member) as stream:
                stream.seek(offset)
                yield stream
        elif self.path.suffix.lower() == ".gz":
            with gzip.open(self.path, "rb") as stream:
                stream.seek(offset)
                yield cast("IO[bytes]", stream)
        else:
            with self.path.open("rb") as stream:
                stream.seek(offset)
                yield stream

    def head(self) -> bytes:
        """The first bytes, enough to tell what it is."""
        try:
            with self.opened() as stream:
                return stream.read(_HEAD)
        except (OSError, EOFError, zipfile.BadZipFile) as error:
            raise BadGazetteer(f"{self.path.name} cannot be read ({error})", remedy="Check its permissions, or fetch it again.") from error

    def mark(self) -> str:
        """What tells this file from another of the same name: a file that has only grown since is the same."""
        with self.opened() as stream:
            return sha256(b"\n".join([self.name.encode(), *stream.read(_CHUNK).split(b"\n")[:2]])).hexdigest()[:16]

    def lines(self, offset: int = 0, line: int = 0) -> Iterator[tuple[int, int, str | None]]:
        """Offset behind the line, its number and its text; ``None`` for a line that is not UTF-8 or much too long."""
        with self.opened(offset) as stream:
            try:
                while raw := stream.readline(_LONGEST_LINE):
                    offset += len(raw)
                    line += 1
                    if not raw.endswith(b"\n") and len(raw) == _LONGEST_LINE:
                        while rest := stream.readline(_CHUNK):
                            offset += len(rest)
                            if rest.endswith(b"\n"):
                                break
                        yield offset, line, None
                        continue
                    try:
                        yield offset, line, raw.decode("utf-8-sig" if line == 1 else "utf-8")
                    except UnicodeDecodeError:
                        yield offset, line, None
            except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, OSError) as error:
                what = f"{self.path.name} breaks off behind line {line:,} ({error})"
                raise BadGazetteer(what, remedy="Fetch it again and add it again: what was read is kept.") from error


def no_text(line: int) -> str:
    """What is said of a line that cannot be read as text."""
    return f"line {line:,} is not UTF-8 text"
