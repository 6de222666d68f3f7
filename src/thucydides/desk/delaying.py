"""What goes out of the archive, without what was seen too lately to be told (``THUCYDIDES_DELAY_DAYS``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thucydides.control.delay import R
    from thucydides.desk.settings import Settings
    from thucydides.record import Claim


def today() -> date:
    """This day, UTC."""
    return datetime.now(UTC).date()


def delayed(told: Iterable[tuple[Claim, R]], settings: Settings) -> Iterator[tuple[Claim, R]]:
    """The claims that may go out today."""
    from thucydides.control.delay import told_by

    return told_by(told, today(), settings.delay_days)


def delay_told(settings: Settings) -> str:
    """What is kept back, in words; nothing where nothing is."""
    if not settings.delay_days:
        return ""
    return f"what was seen within the last {settings.delay_days} days is kept back"
