"""Requests to other machines at addresses that somebody typed: guarded against being led into our own network.

The name is looked up once, every address it has must be a public one, and the connection goes to exactly the
address that was looked at: a name that answers differently the second time (rebinding) is never asked twice.
Redirections are not followed unless asked for, and then each is looked at in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

SECONDS = 10.0
LARGEST = 64 * 1024
REDIRECTIONS = (301, 302, 303, 307, 308)
DEFAULT_PORTS = {"http": 80, "https": 443}
# Below 1024 only the web's own: a request line must not be read by a mail server or another service.
FIRST_FREE_PORT = 1024
NAT64 = ipaddress.ip_network("64:ff9b::/96")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(Exception):
    """This address is not to be asked, now or later; the message says what is wrong with it."""


class Unreachable(Exception):
    """The other side did not answer, or not in time, or not in HTTP.

    `was_sent`: the whole request had gone out by then, so the other side may have acted on it.
    """

    def __init__(self, words: str, *, was_sent: bool = False):
        super().__init__(words)
        self.was_sent = was_sent


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is cut off after `largest` bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str = field(default="", compare=False)


def is_public(address: IPAddress) -> bool:
    """Whether it is an address of the open internet; those that carry another inside are judged by both."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, compatible, 6to4, Teredo, NAT64."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64 or int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def check_url(url: str) -> SplitResult:
    """The parts of an address that may be asked. Raises Forbidden; looks nothing up."""
    if any(character <= " " or character == "\x7f" for character in url) or "\\" in url:
        raise Forbidden("spaces, control characters and backslashes do not belong into an address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Forbidden("this is no address") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise Forbidden("an address begins with https:// or http:// and a name")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("an address holds no user name and no password")
    if port is not None and port < FIRST_FREE_PORT and port not in DEFAULT_PORTS.values():
        raise Forbidden(f"port {port} is not one of the web")
    return parts


def look_up(host: str, port: int, *, is_trusted: bool = False) -> tuple[str, int]:
    """(address, port) to connect to. Raises Forbidden where any of the name's addresses is not public.

    `is_trusted`: the operator typed it, and her gateway may well stand beside us.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"no address of that name: {type(error).__name__}") from error
    for _family, _kind, _protocol, _name, place in found:
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not is_trusted and not is_public(address):
            raise Forbidden(f"{address} is not an address of the open internet")
    if not found:
        raise Unreachable("no address of that name")
    place = found[0][4]
    return str(place[0]), int(place[1])


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was looked at, whatever the name says by now."""

    def __init__(
        self, host: str, port: int, place: tuple[str, int], context: ssl.SSLContext | None, seconds: float
    ):
        super().__init__(host, port, timeout=seconds)
        self._place = place
        self._context = context
        self._line: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self._line = socket.create_connection(self._place, self.timeout)
        if self._context is not None:
            encrypted = self._context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = self._line = encrypted
            encrypted.do_handshake()

    def hang_up(self) -> None:
        """Wakes whoever reads; `sock` is forgotten as soon as the headers are in, the line is not."""
        if self._line is not None:
            with suppress(OSError):  # closed in the same moment
                self._line.shutdown(socket.SHUT_RDWR)


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    is_trusted: bool = False,
    redirections: int = 0,
    seconds: float = SECONDS,
    largest: int = LARGEST,
) -> Answer:
    """One request, answered within `seconds` in all. Raises Forbidden or Unreachable; any status is an answer.

    At most `redirections` are followed, only where nothing but an address is sent (GET and HEAD), and never
    with the caller's headers to another host.
    """
    if redirections and method not in ("GET", "HEAD"):
        raise ValueError("only reading may be redirected")
    given = dict(headers or {})
    answer = _send_once(method, url, given, body, is_trusted, seconds, largest)
    for _step in range(redirections):
        target = answer.headers.get("location", "")
        if answer.status not in REDIRECTIONS or not target:
            break
        onward = urljoin(answer.url, target)
        if urlsplit(onward).netloc != urlsplit(answer.url).netloc:
            given = {}
        answer = _send_once(method, onward, given, None, False, seconds, largest)
    return answer


def _send_once(
    method: str,
    url: str,
    headers: dict[str, str],
    body: bytes | None,
    is_trusted: bool,
    seconds: float,
    largest: int,
) -> Answer:
    parts = check_url(url)
    host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
    place = look_up(host, port, is_trusted=is_trusted)
    context = ssl.create_default_context() if parts.scheme == "https" else None
    connection = _Pinned(host, port, place, context, seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    was_sent = False
    try:
        with _at_most(connection, seconds):
            connection.request(
                method, path, body=body, headers={"User-Agent": "Tequio", "Connection": "close", **headers}
            )
            was_sent = True
            response = connection.getresponse()
            content = response.read(largest)
            said = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, said, content, url)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Unreachable(type(error).__name__, was_sent=was_sent) from error
    finally:
        connection.close()


@contextmanager
def _at_most(connection: _Pinned, seconds: float) -> Iterator[None]:
    """Hangs up after `seconds`: a socket's own timeout begins anew with every byte that drips in."""
    timer = threading.Timer(seconds, connection.hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
