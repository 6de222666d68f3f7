"""Opening the archive of the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from thucydides.errors import ArchiveError, NotKept

if TYPE_CHECKING:
    from thucydides.archive import Archive
    from thucydides.desk.settings import Settings


@contextmanager
def opened(settings: Settings, wanted: bool = True) -> Iterator[Archive | None]:
    """The archive, made with its folder if it is not there yet; ``None`` where none is wanted."""
    if not wanted:
        yield None
        return
    from thucydides.archive import Archive

    if "://" not in settings.archive:
        folder = Path(settings.archive).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            remedy = "Name another folder in THUCYDIDES_DATA, or read with --no-keep."
            raise ArchiveError(f"the folder {folder} cannot be made ({error.strerror})", remedy=remedy) from error
    with Archive.open(settings.archive) as archive:
        yield archive


@contextmanager
def recalled(settings: Settings) -> Iterator[Archive]:
    """The archive as it is. Asking an archive that nobody made yet is told so."""
    from thucydides.archive import Archive

    if "://" not in settings.archive and not Path(settings.archive).is_file():
        raise NotKept(f"there is no archive yet at {settings.archive}", remedy="'thuc read PATH...' makes it.")
    with Archive.open(settings.archive) as archive:
        yield archive
