"""Fetching a page from a public address, and from no other.

Somebody who can make this server fetch could make it ask what only this computer can reach. So every name is looked up here, every
address that comes of it must be a public one, and the connection is made to that very address: a name that means another thing a
moment later does not matter. That holds anew for every redirect. Proxies of the environment are not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from thucydides import __version__
from thucydides.errors import ReportTooLarge, UnreadableReport

MOST_BYTES = 20_000_000
SECONDS = 30.0  # for all of it
REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_RESERVED = [
    ipaddress.ip_network(told)
    for told in ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "5f00::/16")
]
"""What IANA keeps for special ends, and some versions of Python take for public."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: bytes, the address that they came from in the end, and what the sender calls them."""

    url: str
    data: bytes
    media: str | None


def is_public(words: str) -> bool:
    """Whether an address is one of the open network, whatever form it is written in."""
    try:
        address: Address = ipaddress.ip_address(words.partition("%")[0])
    except ValueError:
        return False
    for within in _carried(address):
        reserved = within.is_multicast or within.is_reserved or within.is_unspecified or within.is_loopback or within.is_link_local
        if reserved or within.is_private or not within.is_global or any(within in network for network in _RESERVED):
            return False
    return True


def _carried(address: Address) -> list[Address]:
    """The address, and the older one that it may carry inside: mapped, 6to4, Teredo, NAT64."""
    found = [address]
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            found = [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
        if int(address) >> 32 == 0 and int(address) > 1:
            inner.append(ipaddress.IPv4Address(int(address)))
        if address.ipv4_mapped is not None:
            found = []
        found += [one for one in inner if one is not None]
    return found


def fetch(url: str, *, most_bytes: int = MOST_BYTES, seconds: float = SECONDS, allowed: Callable[[str], bool] = is_public) -> Fetched:
    """What stands at an http or https address. ``allowed`` decides on addresses that names lead to."""
    ends = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        answer, sock = _asked(url, ends, allowed)
        try:
            if answer.status in (301, 302, 303, 307, 308):
                to = answer.getheader("Location")
                if not to:
                    raise UnreadableReport(f"{url} leads nowhere", remedy="Open it in a browser and paste the text.")
                url = urljoin(url, to)
                continue
            if answer.status != 200:
                raise UnreadableReport(f"{url} answers {answer.status} {answer.reason}", remedy="Open it in a browser and paste the text.")
            return Fetched(url, _body(answer, sock, url, most_bytes, ends), answer.getheader("Content-Type"))
        finally:
            answer.close()
            sock.close()
    raise UnreadableReport(f"{url} leads on more than {REDIRECTS} times", remedy="Give the address that it ends at.")


def _asked(url: str, ends: float, allowed: Callable[[str], bool]) -> tuple[http.client.HTTPResponse, socket.socket]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnreadableReport(f"{url[:200]!r} is no address", remedy="Give one such as https://example.org/report.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise UnreadableReport(f"{url[:200]!r} is no http or https address", remedy="Give one such as https://example.org/report.")
    if parts.username is not None:
        raise UnreadableReport("the address holds a user name", remedy="Give it without one.")
    sock = _connected(parts.hostname, port or PORTS[parts.scheme], ends, allowed)
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.hostname, port or PORTS[parts.scheme])
        connection.sock = sock
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        named = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        connection.putrequest("GET", _spelt(target), skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", named if port is None else f"{named}:{port}")
        connection.putheader("User-Agent", f"Thucydides/{__version__}")
        connection.putheader(
            "Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain,application/pdf,*/*;q=0.5"
        )
        connection.putheader("Accept-Encoding", "identity")
        connection.putheader("Connection", "close")
        connection.endheaders()
        return connection.getresponse(), sock
    except (OSError, http.client.HTTPException, ValueError) as error:
        sock.close()
        raise UnreadableReport(f"{url} cannot be fetched ({error})", remedy="Try again later, or paste the text.") from error


def _spelt(target: str) -> str:
    """A path and query without what no request may hold."""
    return quote(target, safe="%/:=&?~#+!$,;'@()*[]-._")


def _connected(host: str, port: int, ends: float, allowed: Callable[[str], bool]) -> socket.socket:
    """A connection to an address of a host, after all of its addresses were looked at."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableReport(f"{host} is not found ({error})", remedy="Check the address.") from error
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    refused = [address for address in addresses if not allowed(address)]
    if refused or not addresses:
        raise UnreadableReport(
            f"{host} leads to {', '.join(refused) or 'nothing'}, which is no public address",
            remedy="Reports are fetched from the open network only; paste or upload what stands elsewhere.",
        )
    trouble: OSError | None = None
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(_left(ends, host))
            sock.connect(address)
            return sock
        except OSError as error:
            sock.close()
            trouble = error
    raise UnreadableReport(f"{host} does not answer ({trouble})", remedy="Try again later, or paste the text.")


def _body(answer: http.client.HTTPResponse, sock: socket.socket, url: str, most_bytes: int, ends: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while True:
            sock.settimeout(_left(ends, url))
            part = answer.read1(65536)
            if not part:
                return b"".join(parts)
            size += len(part)
            if size > most_bytes:
                raise ReportTooLarge(f"{url} has more than {most_bytes / 1e6:g} MB", remedy="Save it and give the file.")
            parts.append(part)
    except (OSError, http.client.HTTPException) as error:
        raise UnreadableReport(f"{url} broke off ({error})", remedy="Try again later, or paste the text.") from error


def _left(ends: float, what: str) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise UnreadableReport(f"{what} takes too long", remedy="Try again later, or paste the text.")
    return min(left, 10.0)
