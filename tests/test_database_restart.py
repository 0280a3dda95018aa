"""The database restarts under load: a plain 503, then all is well, and the server never ended (T3)."""

from __future__ import annotations

import os
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil
import pytest

from installation import wait_until
from shipped import Shipped, shipped_site
from tequio.config.postgres import server
from tequio.config.postgres.places import Place
from turns import part

CLIENTS = 20
RECOVERY_S = 5.0
pytestmark = pytest.mark.xdist_group("shipped")


@pytest.fixture(scope="module")
def site() -> Iterator[Shipped]:
    with shipped_site(workers=2) as shipped:
        yield shipped


@dataclass
class Answer:
    asked: float
    status: int
    retry_after: str
    body: str


@dataclass
class Crowd:
    """Twenty people who go on asking for pages that need the database."""

    site: Shipped
    answers: list[Answer] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Crowd:
        self.threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(60)

    def _ask(self, number: int) -> None:
        names = ("health", "deliberation:detail", "deliberation:answer", "home:home")
        url = self.site.path(names[number % len(names)])
        cookie = f"sessionid={self.site.sessions['author' if number % 2 else 'guest']}"
        while not self.is_over.is_set():
            self._once(url, cookie)
            time.sleep(0.05)

    def _once(self, url: str, cookie: str) -> None:
        asked = time.monotonic()
        request = urllib.request.Request(url, headers={"Cookie": cookie})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                response.read()
                self.answers.append(Answer(asked, response.status, "", ""))
        except urllib.error.HTTPError as error:
            words = error.read().decode()
            retry = error.headers.get("Retry-After", "")
            self.answers.append(Answer(asked, error.code, retry, words))
        except OSError as error:  # after half a minute too
            self.refused.append(repr(error))


def web_processes(site: Shipped) -> set[int]:
    return {one.pid for one in psutil.Process(site.server.pid).children(recursive=True)} | {site.server.pid}


def stop_and_start(site: Shipped, how: signal.Signals) -> float:
    """The moment at which the database took connections again."""
    place = site.database.place
    assert isinstance(place, Place)
    pid = server.server_pid(place)
    assert pid is not None
    os.kill(pid, how)
    process = site.database._process
    deadline = time.monotonic() + 30
    while not server._is_gone(pid, process):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(1.0)  # a while in which nobody answers
    assert site.database.revive()
    return time.monotonic()


def restart(site: Shipped, how: signal.Signals) -> None:
    before = web_processes(site)
    with Crowd(site) as crowd:
        wait_until(lambda: len(crowd.answers) >= 3 * CLIENTS)
        assert {answer.status for answer in crowd.answers} == {200}, "all was well before"
        back = stop_and_start(site, how)
        settled = back + RECOVERY_S
        wait_until(lambda: sum(answer.asked > settled for answer in list(crowd.answers)) >= CLIENTS)
    away = [answer for answer in crowd.answers if answer.status != 200]
    assert away, "nobody noticed: the test proves nothing"
    assert {answer.status for answer in away} == {503}
    assert all(answer.retry_after for answer in away)
    assert all("Traceback" not in answer.body and "psycopg" not in answer.body for answer in away)
    assert crowd.refused == []
    assert [round(answer.asked - back, 2) for answer in away if answer.asked > settled] == []
    assert web_processes(site) == before


@pytest.mark.parametrize("how", part([signal.SIGINT, signal.SIGQUIT], 2))
def test_a_restart_under_twenty_clients(site: Shipped, how: signal.Signals):
    restart(site, how)


@pytest.mark.full
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT] * 5)
def test_five_restarts_of_each_kind(site: Shipped, how: signal.Signals):
    restart(site, how)
