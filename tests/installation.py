"""A real installation on one machine: a PostgreSQL of its own, and hosts that share nothing but it.

Each host has a working folder, a data folder and processes of its own, and reaches the database by DATABASE_URL.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from ports import free_port
from source import ROOT
from tequio.config import postgres
from tequio.config.postgres import server
from tequio.config.postgres.places import Place, socket_directory

PATIENCE_S = 180.0
KEY = "only-for-tests-0123456789-abcdefghij-klmnopqrstuvwxyz"


def wait_until(condition: Callable[[], Any], seconds: float = PATIENCE_S, what: str = "") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what or "it took too long"
        time.sleep(0.05)


def status(url: str, seconds: float = 10) -> int:
    """The answer's status; 0 when there is none."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


class Host:
    """One machine of the installation."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self.folder = folder
        self.environment = environment
        self.processes: list[subprocess.Popen[bytes]] = []
        self.url = ""
        self.database = ""

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """`tequio WORDS`, going on in the background; what it says stands in log.txt."""
        with (self.folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tequio.config.cli", *words],
                env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def serve(self, workers: int = 1, port: int = 0) -> subprocess.Popen[bytes]:
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        process = self.start("serve", "--port", str(port), "--workers", str(workers))
        wait_until(lambda: status(self.url + "/health/") == 200 or process.poll() is not None)
        assert process.poll() is None, self.log()
        return process

    def attempt(self, *words: str, seconds: float = 900) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip

    def python(self, *words: str) -> str:
        done = self.attempt(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def tequio(self, *words: str) -> str:
        return self.python("-m", "tequio.config.cli", *words)

    def log(self) -> str:
        file = self.folder / "log.txt"
        return file.read_text(errors="replace") if file.exists() else ""

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        self.processes.clear()


class Cluster:
    """PostgreSQL as it holds people's data (fsync on), and the hosts around it; all is taken away in the end."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tequio-installation-", dir="/tmp")).resolve()
        self.folder.chmod(0o755)
        self.hosts: list[Host] = []

    def __enter__(self) -> Self:
        with self._as_for_people():
            self.database = postgres.ensure_running(self.folder / "cluster" / "postgres")
        assert isinstance(self.database.place, Place)
        self.place = self.database.place
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for host in self.hosts:
            host.stop()
        with self._as_for_people():
            self.database.close()
            postgres.stop(self.place.data)
        shutil.rmtree(socket_directory(self.place.data), ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    @contextlib.contextmanager
    def _as_for_people() -> Any:
        said = os.environ.get("TEQUIO_TEST")
        os.environ["TEQUIO_TEST"] = "0"
        try:
            yield
        finally:
            if said is None:
                del os.environ["TEQUIO_TEST"]
            else:
                os.environ["TEQUIO_TEST"] = said

    def url(self, name: str = "tequio") -> str:
        return f"postgresql:///{name}?host={self.place.socket}&user=tequio"

    def connect(self, name: str = "tequio") -> psycopg.Connection[tuple[Any, ...]]:
        return server.connect(self.place, name)

    def make_database(self, name: str) -> None:
        with self.connect("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}"')

    def host(self, name: str, database: str = "tequio", **settings: str) -> Host:
        folder = self.folder / name
        folder.mkdir()
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("TEQUIO_", "PYTEST", "COV_", "PG", "DJANGO"))
        }
        environment = kept | {
            "DATABASE_URL": self.url(database),
            "TEQUIO_SECRET_KEY": KEY,
            "TEQUIO_DATA": str(folder / "data"),
            "TEQUIO_MAIL_FOLDER": str(folder / "mail"),
            "TEQUIO_TEST": "0",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
            "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
            "PYTHONWARNINGS": "ignore",
            **settings,
        }
        host = Host(folder, environment)
        self.hosts.append(host)
        return host

    def pid(self) -> int:
        pid = server.server_pid(self.place)
        assert pid is not None
        return pid
