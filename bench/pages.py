"""How fast pages are, beside an empty view: the kept list of conversations, and the list for a member.

    python bench/pages.py [--requests N] [--connections N] [--json]

One granian process with four threads each, on this machine; ratios say more than rates. Two figures a page:
requests a second from all connections together, and the server's own CPU time a request, which other
work on the machine disturbs less. The ratio of CPU times is what the rate's ratio is on a free core.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("tests", "src")]

from shipped import free_port, shipped_site

ROUNDS = 3


@contextmanager
def empty_site() -> Iterator[tuple[str, int]]:
    """(address, process) of the empty view under the same server with the same settings."""
    port = free_port()
    words = [
        "--interface",
        "wsgi",
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
    ]
    process = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("granian")),
            *words,
            "--port",
            str(port),
            "empty_site:application",
        ],
        cwd=Path(__file__).parent,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/", process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the empty view does not answer")


def _request(url: str, cookie: str) -> bytes:
    parts = urlsplit(url)
    lines = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", "Accept-Encoding: gzip"]
    return ("\r\n".join([*lines, *([f"Cookie: sessionid={cookie}"] if cookie else [])]) + "\r\n\r\n").encode()


def _read(connection: socket.socket) -> bytes:
    """One answer, head and body."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65_536)
    head, _, body = answer.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].split(b":")[1])
    while len(body) < wanted:
        body += connection.recv(65_536)
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"not a page: {head[:60]!r}")
    return answer


def _go_on(url: str, cookie: str, number: int) -> None:
    parts = urlsplit(url)
    request = _request(url, cookie)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        for _ in range(number):
            connection.sendall(request)
            _read(connection)


def cpu_of(pid: int) -> float:
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in family)


def measure(url: str, pid: int, *, cookie: str = "", number: int, connections: int) -> dict[str, float]:
    """Requests a second, and milliseconds of the server's CPU a request; the best of a few rounds."""
    _go_on(url, cookie, 50)
    rates, costs = [], []
    for _ in range(ROUNDS):
        each = number // connections
        threads = [threading.Thread(target=_go_on, args=(url, cookie, each)) for _ in range(connections)]
        began, cpu = time.perf_counter(), cpu_of(pid)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rates.append(each * connections / (time.perf_counter() - began))
        costs.append((cpu_of(pid) - cpu) / (each * connections) * 1_000)
    return {"requests_s": round(max(rates), 1), "cpu_ms": round(min(costs), 4)}


def measure_all(number: int, connections: int) -> dict[str, Any]:
    with empty_site() as (url, pid), shipped_site(workers=1) as site:
        at = site.path("deliberation:list")
        server = site.server.pid
        pages = {
            "empty view": measure(url, pid, number=number, connections=connections),
            "kept list": measure(at, server, number=number, connections=connections),
            "list with a session": measure(
                at,
                server,
                cookie=site.sessions["member"],
                number=max(200, number // 10),
                connections=connections,
            ),
        }
    empty = pages["empty view"]
    for page in pages.values():
        page["rate_ratio"] = round(page["requests_s"] / empty["requests_s"], 3)
        page["cpu_ratio"] = round(empty["cpu_ms"] / page["cpu_ms"], 3)
    return {"pages": pages, "requests": number, "connections": connections}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=6_000)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure_all(options.requests, options.connections)
    if options.json:
        print(json.dumps(result))
    else:
        print(f"{'':22}{'requests/s':>12}{'ratio':>8}{'CPU ms':>9}{'ratio':>8}")
        for name, page in result["pages"].items():
            print(
                f"{name:22}{page['requests_s']:12,.0f}{page['rate_ratio']:8.2f}{page['cpu_ms']:9.3f}{page['cpu_ratio']:8.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
