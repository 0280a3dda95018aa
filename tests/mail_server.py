"""A mail server of a page, real enough to refuse, to close and to be away."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

import pytest


@dataclass
class Received:
    """What came in, and which answers are to be given: {command word: "550 no"}."""

    port: int
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    connections: int = 0
    hangs_up_after_taking: int = 0  # so many letters are taken and never answered for

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for _to, message in self.letters]


class Dialogue(socketserver.StreamRequestHandler):
    """RFC 5321 as far as a client without extensions needs it."""

    timeout = 10

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        received: Received = self.server.received  # type: ignore[attr-defined]
        received.connections += 1
        to: list[str] = []
        self.say(received.answers.get("HELLO", "220 test"))
        while line := self.rfile.readline():
            word = line.decode().split(":")[0].split(" ")[0].strip().upper()
            if word in received.answers:
                self.say(received.answers[word])
                if received.answers[word].startswith("421"):
                    return
            elif word == "DATA":
                self.say("354 go on")
                if not self.take(received, to):
                    return
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                if word == "RCPT":
                    to.append(line.decode().split("<")[1].split(">")[0])
                self.say("250 well")

    def take(self, received: Received, to: list[str]) -> bool:
        """False: the line is cut although the letter was taken."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        if "END" in received.answers:
            self.say(received.answers["END"])
            return True
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        received.letters.append((list(to), cast(EmailMessage, message)))
        to.clear()
        if received.hangs_up_after_taking:
            received.hangs_up_after_taking -= 1
            return False
        self.say("250 taken")
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def open_server(port: int = 0, received: Received | None = None) -> Iterator[Received]:
    with Server(("127.0.0.1", port), Dialogue) as server:
        box = received or Received(port=server.server_address[1])
        server.received = box  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join(5)


@pytest.fixture
def mail_settings(settings: Any) -> Callable[[int], None]:
    def use(port: int) -> None:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5
        settings.PUBLIC_HOST = "tequio.example"

    return use


@pytest.fixture
def smtp(mail_settings: Callable[[int], None]) -> Iterator[Received]:
    with open_server() as received:
        mail_settings(received.port)
        yield received
