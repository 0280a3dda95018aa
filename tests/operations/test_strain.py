"""The site when something around it gives way: connections, a locked table, slow clients, a full disk."""

from __future__ import annotations

import contextlib
import os
import pwd
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from crowd import gather, send
from installation import Cluster, Host, status, wait_until
from tequio.config import postgres
from tequio.config.postgres import server
from tequio.config.postgres.places import socket_directory

from .conftest import Yard

pytestmark = pytest.mark.xdist_group("installation")


@dataclass
class Said:
    status: int
    seconds: float
    retry_after: str = ""


def ask(url: str, session: str = "") -> Said:
    began = time.monotonic()
    request = urllib.request.Request(url, headers={"Cookie": f"sessionid={session}"} if session else {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
            return Said(answer.status, time.monotonic() - began)
    except urllib.error.HTTPError as error:
        with error:
            return Said(error.code, time.monotonic() - began, error.headers.get("Retry-After", ""))


@contextlib.contextmanager
def plain_role(yard: Yard, database: str) -> Iterator[str]:
    """A role as an installation has one: the cluster's own may open connections beyond every limit."""
    with yard.cluster.connect(database) as connection:
        connection.execute("CREATE ROLE plain LOGIN")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
        connection.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO plain")
        try:
            yield "plain"
        finally:
            connection.execute("DROP OWNED BY plain; DROP ROLE plain")


@contextlib.contextmanager
def all_connections_taken(yard: Yard, database: str, role: str) -> Iterator[None]:
    """Every connection that the role may open is held by somebody else."""
    with yard.cluster.connect("postgres") as connection:
        connection.execute(f"ALTER DATABASE {database} CONNECTION LIMIT 3")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [role]
        )
    held = []
    try:
        with contextlib.suppress(psycopg.OperationalError):
            for _ in range(20):
                held.append(psycopg.connect(host=str(yard.cluster.place.socket), user=role, dbname=database))
        assert 0 < len(held) < 20
        yield
    finally:
        for one in held:
            one.close()


@pytest.mark.full
def test_all_connections_are_taken(yard: Yard, furnished: Host) -> None:
    """T9: what needs the database says 503 with Retry-After within ten seconds; then all is well again."""
    database = furnished.database
    with plain_role(yard, database) as role:
        said = furnished.environment["DATABASE_URL"]
        furnished.environment["DATABASE_URL"] = said.replace("user=tequio", f"user={role}")
        web = furnished.serve(workers=1)
        mine = furnished.url + yard.paths["en"]["deliberation:mine"]
        with all_connections_taken(yard, database, role):
            answers = [ask(mine, "x" * 32) for _ in range(3)] + [ask(furnished.url + "/health/")]
            assert {one.status for one in answers} == {503}
            assert all(one.retry_after and one.seconds < 10 for one in answers)
        wait_until(lambda: ask(furnished.url + "/health/").status == 200, 10)
        assert ask(mine, yard.sessions["guest"]).status == 200
        assert web.poll() is None
        furnished.stop()


@pytest.mark.full
def test_a_table_is_locked_for_half_a_minute(yard: Yard, furnished: Host) -> None:
    """T9: what needs the table says 503 within ten seconds; other pages answer meanwhile, and all is well after."""
    acts = gather(furnished, people=12, statements=1)
    votes = [act for act in acts if "vote" in act.said][:12]
    furnished.serve(workers=2)
    url, other = furnished.url, furnished.url + "/en/places/"
    with yard.cluster.connect(furnished.database) as connection, connection.transaction():
        connection.execute("LOCK TABLE deliberation_statementvote IN ACCESS EXCLUSIVE MODE")
        began, blocked = time.monotonic(), []

        def vote(number: int) -> None:
            at = time.monotonic()
            blocked.append((send(url, votes[number]), time.monotonic() - at))

        threads = [threading.Thread(target=vote, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            said = ask(other, "x" * 32)
            assert said.status in (200, 404)
            assert said.seconds < 5
            time.sleep(0.2)
        assert [one[0] for one in blocked] == [503] * 4
        assert max(one[1] for one in blocked) < 10, blocked
        assert time.monotonic() - began < 30
    assert [send(url, act) for act in votes[:4]] == [302] * 4


@dataclass
class Dawdlers:
    """Clients that send their request a byte at a time, or read the answer as slowly; each holds a connection."""

    url: str
    number: int
    sockets: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> Dawdlers:
        self.is_over = threading.Event()
        parts = urlsplit(self.url)
        for number in range(self.number):
            one = socket.create_connection((parts.hostname, parts.port), timeout=10)
            kind = number % 3
            if kind == 0:  # a head that never ends
                one.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-a: ")
            elif kind == 1:  # a body that never comes
                one.sendall(
                    b"POST /en/sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    b"application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\na"
                )
            else:  # an answer that nobody reads
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
                one.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
            one.setblocking(False)
            self.sockets.append(one)
        self.thread = threading.Thread(target=self._drip, daemon=True)
        self.thread.start()
        return self

    def _drip(self) -> None:
        while not self.is_over.wait(1.0):
            for number, one in enumerate(self.sockets):
                with contextlib.suppress(OSError):
                    if number % 3 == 2:
                        one.recv(1)
                    else:
                        one.send(b"a")

    def __exit__(self, *error: object) -> None:
        self.is_over.set()
        self.thread.join(10)
        for one in self.sockets:
            one.close()


def beside_dawdlers(host: Host, path: str, number: int, seconds: float) -> tuple[int, int, float]:
    """(answers 200, all, slowest) of one ordinary client beside slow ones."""
    good = tried = 0
    slowest = 0.0
    with Dawdlers(host.url, number):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.monotonic()
            good += status(host.url + path, seconds=10) == 200
            tried += 1
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.05)
    return good, tried, slowest


@pytest.mark.full
def test_slow_clients(yard: Yard, furnished: Host) -> None:
    """T13, small: beside 60 slow clients an ordinary one is answered as ever."""
    furnished.serve(workers=2)
    good, tried, slowest = beside_dawdlers(furnished, yard.paths["en"]["deliberation:detail"], 60, 6)
    assert tried >= 50
    assert good >= 0.99 * tried, (good, tried, slowest)


@pytest.mark.full
@pytest.mark.parametrize("number", [200, 400])
def test_many_slow_clients(yard: Yard, furnished: Host, number: int) -> None:
    furnished.serve(workers=2)
    good, tried, slowest = beside_dawdlers(furnished, yard.paths["en"]["deliberation:detail"], number, 40)
    assert good >= 0.99 * tried, (good, tried, slowest)
    sys.stdout.write(f"{number} slow clients: {good} of {tried}, slowest {slowest:.2f} s\n")


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("needs root: a small disk of its own")
    folder.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)], check=False
    ).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        yield folder
    finally:
        for _ in range(50):
            if (
                subprocess.run(["umount", str(folder)], check=False, stderr=subprocess.DEVNULL).returncode
                == 0
            ):
                break
            time.sleep(0.2)


@pytest.mark.full
def test_the_disk_of_the_database_is_full(open_folder: Path) -> None:
    """T8: pages say that it cannot be done, nothing is half done, reading goes on, and with room it goes on itself."""
    with small_disk(open_folder / "disk", "140m") as disk:
        account = pwd.getpwnam("postgres") if _has("postgres") else pwd.getpwnam("nobody")
        os.chown(disk, account.pw_uid, account.pw_gid)
        with SmallCluster(disk) as cluster:
            host = cluster.host("full")
            host.tequio("migrate")
            host.python(
                "-c", "import django; django.setup()\nfrom house import build_house; build_house('lome')"
            )
            acts = gather(host, people=6, statements=10)
            votes = [act for act in acts if "vote" in act.said]
            host.serve(workers=1)
            assert send(host.url, votes[0]) == 302
            ballast = disk / "ballast"
            with contextlib.suppress(OSError), ballast.open("wb") as file:
                while True:
                    file.write(bytes(1 << 16))
            said = [send(host.url, act) for act in votes[1:40]]
            while len(said) < 400 and set(said) <= {302}:  # until what was set aside is used up
                fill(cluster)
                said.append(send(host.url, votes[len(said) % len(votes)]))
            refused = [one for one in said if one != 302]
            assert refused, "the disk never was full: the test proves nothing"
            assert set(refused) <= {0, 503}, said
            ballast.unlink()
            cluster.database.revive()
            wait_until(lambda: send(host.url, votes[-1]) == 302, 40, host.log())
            with cluster.connect() as connection:
                half = connection.execute(
                    "SELECT count(*) FROM guards_formkey WHERE answer IS NULL"
                ).fetchone()
                assert half == (0,)
            assert "participants_know" not in host.attempt("-m", "tequio.config.cli", "verify").stdout


def fill(cluster: Cluster) -> None:
    with contextlib.suppress(psycopg.Error), cluster.connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS ballast (t text)")
        connection.execute(
            "INSERT INTO ballast SELECT repeat(md5(n::text), 30) FROM generate_series(1, 2000) n"
        )


class SmallCluster(Cluster):
    """Its data on the given disk, with as little log as PostgreSQL does with."""

    def __init__(self, disk: Path):
        super().__init__()
        self.disk = disk

    def __enter__(self) -> SmallCluster:
        with self._as_for_people():
            settings = server.SETTINGS | {"max_wal_size": "32MB", "min_wal_size": "32MB"}
            server.SETTINGS, self.kept = settings, server.SETTINGS
            self.database = postgres.ensure_running(self.disk / "postgres")
        assert self.database.place
        self.place = self.database.place
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        server.SETTINGS = self.kept
        super().__exit__(None, None, None)
        assert not socket_directory(self.place.data).exists()


def _has(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


@pytest.fixture
def open_folder() -> Iterator[Path]:
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="tequio-strain-", dir="/tmp")).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_check_deploy_is_clean(furnished: Host) -> None:
    """T27: Django's own list of what a real installation must have, with the settings of one."""
    furnished.environment |= {"TEQUIO_HOSTS": "participa.example.org", "TEQUIO_HTTPS": "1"}
    del furnished.environment["PYTHONWARNINGS"]
    done = furnished.attempt("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout
