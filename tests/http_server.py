"""A web server of a page that remembers what it was asked and answers what it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Gateway:
    port: int
    asked: list[Asked] = field(default_factory=list)
    status: int = 202
    answers: list[int] = field(default_factory=list)  # statuses of the next requests, before `status`
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"0: Accepted for delivery"
    is_hanging_up: bool = False
    drip_seconds: float = 0
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    def answer(self) -> None:
        gateway: Gateway = self.server.gateway  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        gateway.asked.append(Asked(self.command, self.path, headers, body))
        if gateway.is_hanging_up:
            self.close_connection = True
            return
        self.send_response(gateway.answers.pop(0) if gateway.answers else gateway.status)
        for name, value in gateway.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(gateway.body)))
        self.end_headers()
        for place in range(len(gateway.body)):
            if gateway.drip_seconds:
                time.sleep(gateway.drip_seconds)
            self.wfile.write(gateway.body[place : place + 1])
            self.wfile.flush()

    do_GET = do_POST = answer

    def log_message(self, *words: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def process_request(self, request, address):  # type: ignore[no-untyped-def]
        self.gateway.connections += 1  # type: ignore[attr-defined]
        super().process_request(request, address)

    def handle_error(self, request, address):  # type: ignore[no-untyped-def]
        """Who hangs up on us is part of the tests."""


@contextmanager
def open_gateway(port: int = 0) -> Iterator[Gateway]:
    with Server(("127.0.0.1", port), Handler) as server:
        gateway = Gateway(port=server.server_address[1])
        server.gateway = gateway  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield gateway
        finally:
            server.shutdown()
            thread.join(5)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with open_gateway() as opened:
        yield opened
