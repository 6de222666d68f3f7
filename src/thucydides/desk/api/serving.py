"""What one run of the server was started with."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thucydides.errors import BadSetting

PORT = 8642
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where the server listens, who may ask and what it may do."""

    host: str = LOOPBACK
    port: int = PORT
    names: tuple[str, ...] = ()  # further names by which it is asked for, such as that of a proxy in front of it
    password: str | None = None
    may_fetch: bool = False

    @property
    def alone(self) -> bool:
        """Whether only this computer can reach it."""
        return is_loopback(self.host) and not self.names

    def check(self) -> None:
        """Refuses to be open to others without a password."""
        if not self.alone and not self.password:
            where = f"--name {self.names[0]}" if is_loopback(self.host) else f"--host {self.host}"
            raise BadSetting(
                f"{where} opens the archive to other computers, and no password is set",
                remedy="Give --password-file FILE or set THUCYDIDES_PASSWORD, or leave the option out to serve this computer alone.",
            )


def is_loopback(host: str) -> bool:
    """Whether an address is one of this computer alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def password_of(file: Path | None, environ: Mapping[str, str] = os.environ) -> str | None:
    """The password in a file, else that of the environment."""
    if file is None:
        return environ.get("THUCYDIDES_PASSWORD") or None
    try:
        words = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Give a text file that holds the password alone."
        raise BadSetting(f"--password-file: {file} cannot be read ({error})", remedy=remedy) from error
    if not words:
        raise BadSetting(f"--password-file: {file} is empty", remedy="Write the password into it.")
    return words
