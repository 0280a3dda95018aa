"""kill -9: of the database (T1) and of the web processes (T2), under people who take part.

Nobody who was answered loses anything, nobody who asked again did it twice, and the site comes back by itself.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from crowd import Crowd, gather, missing
from installation import Host, status, wait_until
from turns import part

from .conftest import SEAL, Yard

pytestmark = pytest.mark.xdist_group("installation")
BACK_WITHIN_S = 30.0


def kill_database(yard: Yard, host: Host) -> float:
    """SIGKILL to the server; seconds until it was started again and a page answers."""
    began = time.monotonic()
    os.kill(yard.cluster.pid(), signal.SIGKILL)
    process = yard.cluster.database._process
    if process is not None:
        process.wait(20)
    assert yard.cluster.database.revive()
    wait_until(lambda: status(host.url + "/health/") == 200, BACK_WITHIN_S + 5, host.log())
    return time.monotonic() - began


def lose_the_database(yard: Yard, host: Host, rounds: int, people: int) -> None:
    acts = gather(host, people=people, statements=25)
    host.serve(workers=2)
    web = {one.pid for one in psutil.Process(host.processes[0].pid).children()}
    took = []
    dice = random.Random(7)
    with Crowd(host.url, iter(acts), writers=6) as crowd:
        for _ in range(rounds):
            before = len(crowd.done)
            wait_until(
                lambda least=before + 10: len(crowd.done) >= least, 60, f"{crowd.odd} {host.log()[-2000:]}"
            )
            time.sleep(dice.uniform(0, 0.4))  # in the middle of whatever they do
            took.append(kill_database(yard, host))
    assert crowd.odd == [], host.log()[-6000:]
    assert crowd.tries > len(crowd.done), "nobody noticed: the test proves nothing"
    assert max(took) < BACK_WITHIN_S, took
    assert {one.pid for one in psutil.Process(host.processes[0].pid).children()} == web, (
        "no process was restarted"
    )
    with yard.cluster.connect(host.database) as connection:
        assert len(crowd.done) >= rounds * 10
        assert missing(connection, crowd.done) == []
    host.python("-c", SEAL)
    assert "nothing found" in host.tequio("verify")
    sys.stdout.write(f"{rounds} rounds, {len(crowd.done)} acts, back after at most {max(took):.1f} s\n")


@contextlib.contextmanager
def looked_after(host: Host) -> Iterator[None]:
    """As systemd or the supervisor does: a server whose processes die too fast gives up, and is started again."""
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(0.2):
            if host.processes[-1].poll() is not None:
                host.start("serve", "--port", host.url.rpartition(":")[2], "--workers", "2")

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def kill_web_processes(host: Host) -> int:
    with contextlib.suppress(psutil.NoSuchProcess):
        children = psutil.Process(host.processes[-1].pid).children()
        for child in children:
            child.kill()
        return len(children)
    return 0


def lose_web_processes(yard: Yard, host: Host, posts: int) -> None:
    acts = gather(host, people=posts // 20 + 1, statements=25)[:posts]
    host.serve(workers=2)
    kills = 0
    with looked_after(host), Crowd(host.url, iter(acts), writers=6) as crowd:
        while any(thread.is_alive() for thread in crowd.threads):
            kills += kill_web_processes(host)
            at = len(crowd.done)
            wait_until(
                lambda least=at + 8: len(crowd.done) >= least or not any(t.is_alive() for t in crowd.threads),
                60, f"{crowd.odd} {host.log()[-2000:]}",
            )  # fmt: skip
        crowd.wait()
    assert crowd.odd == [], host.log()[-6000:]
    assert kills >= posts // 20
    assert crowd.tries > posts, "nobody noticed: the test proves nothing"
    assert len(crowd.done) == posts
    with yard.cluster.connect(host.database) as connection:
        assert missing(connection, crowd.done) == []
        keys = [act.key for act in acts]
        query = "SELECT count(*), count(answer) FROM guards_formkey WHERE key = ANY(%s)"
        assert connection.execute(query, [keys]).fetchone() == (posts, posts)
    host.python("-c", SEAL)
    assert "nothing found" in host.tequio("verify")
    sys.stdout.write(
        f"{posts} posts, {kills} processes killed, {crowd.tries} tries, slowest {crowd.slowest:.1f} s\n"
    )


def lose_the_database_twice(yard: Yard, host: Host) -> None:
    lose_the_database(yard, host, rounds=2, people=20)


def lose_web_processes_in_forty_posts(yard: Yard, host: Host) -> None:
    lose_web_processes(yard, host, posts=40)


@pytest.mark.parametrize("drill", part([lose_the_database_twice, lose_web_processes_in_forty_posts], 2))
def test_a_small_drill(drill: Callable[[Yard, Host], None], yard: Yard, furnished: Host) -> None:
    drill(yard, furnished)


@pytest.mark.full
def test_the_database_is_killed_thirty_times(yard: Yard, furnished: Host) -> None:
    lose_the_database(yard, furnished, rounds=30, people=150)


@pytest.mark.full
def test_web_processes_are_killed_in_two_hundred_posts(yard: Yard, furnished: Host) -> None:
    lose_web_processes(yard, furnished, posts=200)
