"""T22: no address that somebody types leads into our own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest

from http_server import Gateway, gateway
from ports import free_port
from tequio.base import outgoing
from tequio.base.outgoing import Forbidden, Unreachable, check_url, is_public, look_up, send

__all__ = ["gateway"]

INSIDE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "2002:7f00:1::", "2002:a00:1::1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip
OUTSIDE = [
    "8.8.8.8",
    "1.1.1.1",
    "2606:4700:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_outside(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


class TestNoConnectionIsMade:
    """Against a server that stands where the address would lead."""

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "127.000.000.001",
            "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "0", "localhost.", "LOCALHOST", "１２７.0.0.1",
        ],
    )  # fmt: skip
    def test_however_it_is_written(self, gateway: Gateway, host: str) -> None:
        with pytest.raises((Forbidden, Unreachable)):
            send("GET", f"http://{host}:{gateway.port}/")
        assert gateway.connections == 0

    def test_a_name_with_one_address_inside(
        self, gateway: Gateway, resolves: Callable[..., list[str]]
    ) -> None:
        resolves("evil.example", [["8.8.8.8", "127.0.0.1"]])
        with pytest.raises(Forbidden, match=r"127\.0\.0\.1"):
            send("GET", f"http://evil.example:{gateway.port}/")
        assert gateway.connections == 0

    def test_a_redirection_inside(self, gateway: Gateway, open_internet: None) -> None:
        """The first server counts as public here; it leads to the metadata service and to a private address."""
        for target in (
            "http://169.254.169.254/latest/",
            "http://10.0.0.1/",
            "file:///etc/passwd",
            "http://127.0.0.2:9/",
        ):
            gateway.status, gateway.headers = 302, {"Location": target}
            with pytest.raises(Forbidden):
                send("GET", gateway.url + "/", redirections=3)
        assert [asked.path for asked in gateway.asked] == ["/"] * 4

    def test_rebinding(
        self, gateway: Gateway, resolves: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second answer of the name is never asked for: the connection goes to the first."""
        asked = resolves("evil.example", [["8.8.8.8"], ["127.0.0.1"]])
        places: list[Any] = []

        def connect(place: Any, *more: Any) -> None:
            places.append(place)
            raise TimeoutError

        monkeypatch.setattr(outgoing.socket, "create_connection", connect)
        with pytest.raises(Unreachable):
            send("GET", f"http://evil.example:{gateway.port}/")
        assert places == [("8.8.8.8", gateway.port)]
        assert asked == ["evil.example"]
        assert gateway.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "//example.org/", "example.org", "", "http://",
        "https://user@example.org/", "https://user:word@example.org/", "https://example.org:99999/", "https://example.org:25/",
        "http://example.org:22/", "http://example.org/a b", "http://example.org/\r\nHost: x", "http://example.org\\@127.0.0.1/",
        "http://example.org/\x00", "http://[::1", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(Forbidden):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c",
        "https://example.org:443/ñ",
        "http://example.org:80/",
    ],
)
def test_what_is_one(url: str) -> None:
    assert check_url(url).hostname == "example.org"


@pytest.fixture
def open_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """This one loopback address counts as public, so that a real server can be asked."""
    real = outgoing.is_public
    monkeypatch.setattr(outgoing, "is_public", lambda address: str(address) == "127.0.0.1" or real(address))


@pytest.fixture
def resolves(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A name that answers in turn; returns the list of names that were asked."""
    real = socket.getaddrinfo
    asked: list[str] = []

    def use(name: str, answers: list[list[str]]) -> list[str]:
        left = list(answers)

        def getaddrinfo(host: str, port: int, *more: Any, **words: Any) -> Any:
            if host != name:
                return real(host, port, *more, **words)
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

        monkeypatch.setattr(outgoing.socket, "getaddrinfo", getaddrinfo)
        return asked

    return use


class TestAsking:
    pytestmark = pytest.mark.usefixtures("open_internet")

    def test_what_is_sent_and_what_comes_back(self, gateway: Gateway) -> None:
        gateway.headers = {"X-Word": "yes"}
        answer = send("POST", gateway.url + "/way?a=1", headers={"X-Key": "7"}, body=b"words")
        assert (answer.status, answer.headers["x-word"], answer.body) == (
            202,
            "yes",
            b"0: Accepted for delivery",
        )
        (asked,) = gateway.asked
        assert (asked.method, asked.path, asked.body) == ("POST", "/way?a=1", b"words")
        assert asked.headers["x-key"] == "7"
        assert asked.headers["host"] == f"127.0.0.1:{gateway.port}"

    def test_any_status_is_an_answer(self, gateway: Gateway) -> None:
        gateway.status = 503
        assert send("GET", gateway.url).status == 503

    def test_only_so_much_is_read(self, gateway: Gateway) -> None:
        gateway.body = b"x" * 1_000
        assert len(send("GET", gateway.url, largest=100).body) == 100

    def test_redirections_are_not_followed_unasked(self, gateway: Gateway) -> None:
        gateway.status, gateway.headers = 302, {"Location": "/other"}
        assert send("GET", gateway.url).status == 302
        assert len(gateway.asked) == 1

    def test_nor_for_ever(self, gateway: Gateway) -> None:
        gateway.status, gateway.headers = 302, {"Location": "/other"}
        assert send("GET", gateway.url, redirections=2).status == 302
        assert [asked.path for asked in gateway.asked] == ["/", "/other", "/other"]

    def test_a_redirection_takes_no_headers_to_another_host(
        self, gateway: Gateway, resolves: Callable[..., list[str]]
    ) -> None:
        resolves("other.example", [["127.0.0.1"]])
        gateway.answers = [302, 200]
        gateway.headers = {"Location": f"http://other.example:{gateway.port}/there"}
        answer = send("GET", gateway.url, headers={"Authorization": "secret"}, redirections=1)
        assert answer.status == 200
        first, second = gateway.asked
        assert first.headers["authorization"] == "secret"
        assert "authorization" not in second.headers

    def test_a_post_is_never_redirected(self, gateway: Gateway) -> None:
        with pytest.raises(ValueError, match="only reading"):
            send("POST", gateway.url, redirections=1)

    def test_nobody_there(self) -> None:
        with pytest.raises(Unreachable, match="ConnectionRefusedError"):
            send("GET", f"http://127.0.0.1:{free_port()}/")

    def test_somebody_who_hangs_up(self, gateway: Gateway) -> None:
        gateway.is_hanging_up = True
        with pytest.raises(Unreachable, match="RemoteDisconnected"):
            send("GET", gateway.url)

    def test_somebody_who_lets_it_drip(self, gateway: Gateway) -> None:
        """Each byte comes in time, the whole does not."""
        gateway.body, gateway.drip_seconds = b"x" * 1_000, 0.05
        answer = send("GET", gateway.url, seconds=1)
        assert len(answer.body) < 1_000

    def test_no_name(self) -> None:
        with pytest.raises(Unreachable, match="no address"):
            send("GET", "http://nobody.invalid/")

    def test_a_name_too_long(self) -> None:
        with pytest.raises(Unreachable, match="no address"):
            send("GET", f"http://{'a' * 70}.example/")

    def test_no_certificate(self, gateway: Gateway) -> None:
        with pytest.raises(Unreachable, match="SSL"):
            send("GET", f"https://127.0.0.1:{gateway.port}/")


def test_the_operators_own_gateway_may_stand_beside_us(gateway: Gateway) -> None:
    assert send("GET", gateway.url, is_trusted=True).status == 202


def test_what_it_redirects_to_may_not(gateway: Gateway) -> None:
    gateway.status, gateway.headers = 302, {"Location": "/"}
    with pytest.raises(Forbidden):
        send("GET", gateway.url, is_trusted=True, redirections=1)


def test_a_name_without_addresses(resolves: Callable[..., list[str]]) -> None:
    resolves("empty.example", [[]])
    with pytest.raises(Unreachable, match="no address"):
        look_up("empty.example", 80)
