"""`tequio run` as a person meets it: real processes, real signals, a real port.

One database, made once and with the demonstration in it, serves all of these.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ports import free_port
from tequio.config import postgres
from tequio.config.postgres import server
from tequio.config.postgres.places import place


class Run:
    """A running `tequio run`, and what it printed so far."""

    def __init__(self, port: int, data: Path, **environ: str):
        self.port, self.data = port, data
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tequio.config.cli", "run", "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=clean_environment(data) | environ,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(self.process.stdout)

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def wait_for(self, text: str, seconds: float = 300) -> None:
        wait_until(lambda: text in self.said or self.process.poll() is not None, seconds, lambda: self.said)
        assert text in self.said, self.said

    def child(self, word: str) -> psutil.Process:
        found = [one for one in psutil.Process(self.process.pid).children() if word in one.cmdline()]
        assert len(found) == 1
        return found[0]

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> int:
        code = self.process.wait(60)
        self._reader.join(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def clean_environment(data: Path) -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("TEQUIO_", "PYTEST", "COV_"))
    }
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    path = os.pathsep.join(filter(None, sys.path))
    return kept | {"TEQUIO_TEST": "0", "TEQUIO_DATA": str(data), "PYTHONPATH": path}


def wait_until(condition: Callable[[], bool], seconds: float, say: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, say()
        time.sleep(0.05)


def status(port: int, path: str = "/health/") -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def gone(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, timeout=0)[1]


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="tequio-test-", dir="/tmp")).resolve()
    directory.chmod(0o755)
    environ = clean_environment(directory)
    where = place(environ=environ)
    yield directory
    postgres.stop(where.data)
    shutil.rmtree(where.socket, ignore_errors=True)
    shutil.rmtree(directory)


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start_one(port: int | None = None, **environ: str) -> Run:
        runs.append(Run(port or free_port(), data, **environ))
        return runs[-1]

    yield start_one
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.process.wait(60)
            run.process.kill()
        run.end()


@pytest.fixture
def run(start: Callable[..., Run]) -> Run:
    running = start()
    running.wait_for("Ctrl-C stops everything", seconds=300)
    return running


def test_the_first_run_makes_everything_and_ctrl_c_stops_it(run: Run, data: Path) -> None:
    assert status(run.port) == 200
    assert status(run.port, "/en/") == 200
    assert "loading the demonstration" in run.said
    assert f"http://localhost:{run.port}" in run.said
    family = run.family()
    assert len(family) >= 5  # database, web server and its two workers, worker
    run.process.send_signal(signal.SIGINT)
    assert run.end() == 0
    assert "stopped" in run.said
    assert "Traceback" not in run.said
    wait_until(lambda: gone(family), 10)
    assert status(run.port) == 0


def test_the_next_run_finds_all_as_it_was(run: Run) -> None:
    assert "loading the demonstration" not in run.said
    assert "up to date" in run.said
    assert status(run.port, "/en/") == 200
    family = run.family()
    run.process.terminate()
    assert run.end() == 0
    wait_until(lambda: gone(family), 10)


def test_a_taken_port_is_said_and_nothing_is_started(start: Callable[..., Run], data: Path) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        refused = start(somebody.getsockname()[1])
        assert refused.end() == 2
    assert f"Port {refused.port} is taken" in refused.said
    assert "make run PORT=" in refused.said
    assert len(refused.lines) == 1


def test_what_dies_is_started_again(run: Run, data: Path) -> None:
    run.child("worker").kill()
    run.wait_for("the worker was killed (signal 9); starting it again in 1 s.")
    wait_until(lambda: "worker" in str([one.cmdline() for one in run.family()]), 10)

    web_processes = run.child("serve").children()
    run.child("serve").kill()
    run.wait_for("the web server was killed (signal 9)")
    wait_until(lambda: gone(web_processes), 10)
    wait_until(lambda: status(run.port) == 200, 30)

    pid = server.server_pid(place(data / "postgres"))
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    run.wait_for("the embedded PostgreSQL had stopped; it runs again.")
    wait_until(lambda: status(run.port, "/en/") == 200, 30)


def test_a_web_process_that_dies_is_replaced(run: Run) -> None:
    run.child("serve").children()[0].kill()
    wait_until(lambda: len(run.child("serve").children()) == 2, 15)
    wait_until(lambda: status(run.port) == 200, 15)


def test_after_the_supervisor_was_killed_nothing_is_in_the_way(run: Run, start: Callable[..., Run]) -> None:
    family = run.family()
    run.process.kill()
    run.end()
    wait_until(lambda: gone(family), 30)  # the database too: its last user stopped it
    again = start(run.port)
    again.wait_for("Ctrl-C stops everything")
    assert status(run.port) == 200
    again.process.terminate()
    assert again.end() == 0


def test_all_killed_at_once(run: Run, start: Callable[..., Run], data: Path) -> None:
    family = run.family()
    run.process.kill()
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    run.end()
    again = start(run.port)
    again.wait_for("Ctrl-C stops everything")
    assert status(run.port) == 200


def test_with_a_database_of_ones_own_nothing_is_embedded_and_nothing_made_up(
    start: Callable[..., Run], tmp_path: Path, data: Path
) -> None:
    with postgres.ensure_running(data / "postgres") as database:
        assert database.place is not None
        with server.connect(database.place) as connection:
            connection.execute("CREATE DATABASE own")
        url = f"postgresql:///own?host={database.place.socket}&user=tequio"
        run = start(DATABASE_URL=url, TEQUIO_SECRET_KEY="s" * 50, TEQUIO_DATA=str(tmp_path))
        run.wait_for("Ctrl-C stops everything")
        assert "using the database of DATABASE_URL" in run.said
        assert "demonstration" not in run.said
        assert not [one for one in run.family() if one.name() == "postgres"]
        assert not (tmp_path / "postgres").exists()
        run.process.terminate()
        assert run.end() == 0
        assert server.answers(database.place)


def test_a_run_ends_with_the_make_that_started_it(data: Path) -> None:
    """`make run` names itself as the supervisor; a make that is killed by force must leave nothing."""
    command = f"exec {sys.executable} -m tequio.config.cli run --port {free_port()}"
    make = subprocess.Popen(
        ["sh", "-c", f"TEQUIO_SUPERVISOR=$$ sh -c '{command}' & wait"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=clean_environment(data),
    )
    with make:
        assert make.stdout is not None
        for line in make.stdout:
            if "Ctrl-C stops everything" in line:
                break
        family = psutil.Process(make.pid).children(recursive=True)
        assert len(family) >= 5
        make.kill()
        wait_until(lambda: gone(family), 90)  # a busy worker has its grace, then the database stops


def test_a_stop_while_the_database_starts_leaves_nothing(start: Callable[..., Run], data: Path) -> None:
    run = start()
    wait_until(lambda: (data / "postgres" / "postmaster.pid").exists() or bool(run.lines), 30)
    run.process.send_signal(signal.SIGINT)
    assert run.end() == 0
    assert "open http" not in run.said
    assert not server.answers(place(data / "postgres"))
