"""Where a page of a list ended, as words that go into an address and come back."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from thucydides.errors import BadSetting


def cursor_of(*place: Any) -> str:
    """A place in a list as words."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def place_of(cursor: str, length: int) -> list[Any]:
    """The place that a cursor tells."""
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, UnicodeDecodeError, RecursionError) as error:
        raise _broken(cursor) from error
    if not isinstance(told, list) or len(told) != length or not all(isinstance(one, str | int | None) for one in told):
        raise _broken(cursor)
    return told


def _broken(cursor: str) -> BadSetting:
    return BadSetting(f"after={cursor[:40]!r} is no place in this list", remedy="Give what the page before told as 'next', or begin anew.")
