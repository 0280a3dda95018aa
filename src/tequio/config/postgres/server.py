"""Makes, starts and stops one embedded PostgreSQL server. The callers hold the lock (lease.py)."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from tequio.config.postgres.address import NAME, USER
from tequio.config.postgres.binaries import Binaries, find_binaries, within_reach
from tequio.config.postgres.demonstration import write_mark
from tequio.config.postgres.places import Place, make_open_directory
from tequio.config.postgres.problem import DatabaseProblem

STALE_LOCK_PATIENCE_S = 10.0  # after a SIGKILL the dead server's children hold its lock for a while
RECOVERY_PATIENCE_S = 300.0  # replaying the log after a crash takes as long as it takes
STOP_PATIENCE_S = 30.0
LOG_LIMIT_BYTES = 10_000_000
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_line_prefix": "%m [%p] ",
}
# A test cluster may be lost with the machine's power; it is never read by anybody afterwards.
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_senders": "0",
    "wal_level": "minimal",
}

Connection = psycopg.Connection[tuple[Any, ...]]


def connect(place: Place, name: str = "postgres", *, timeout_s: int = 5) -> Connection:
    return psycopg.connect(
        host=str(place.socket), user=USER, dbname=name, autocommit=True, connect_timeout=timeout_s
    )


def answers(place: Place) -> bool:
    """Whether a server takes a connection at our socket and answers a query."""
    if not place.socket.is_dir():
        return False
    try:
        with connect(place) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def make_cluster(place: Place, *, demo: bool) -> None:
    """initdb into a directory beside the final one, renamed when complete: never half a cluster."""
    binaries = within_reach(find_binaries(), place.account)
    building = place.beside(".new")
    make_open_directory(place.data.parent)
    if building.exists():
        shutil.rmtree(building)
    building.mkdir(mode=0o700)
    if place.account:
        os.chown(building, place.account.uid, place.account.gid)
    # Order and case rules come with PostgreSQL since 17, and from the C library before.
    rules = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if binaries.major >= 17
        else ["--locale=C.UTF-8"]
    )
    # The socket's directory is private, so whoever reaches it is who started the server.
    _run(place, binaries, "initdb", "-D", building, "-U", USER, "--auth=trust", "--data-checksums",
         "-E", "UTF8", *rules, "--no-instructions", *(["--no-sync"] if place.for_tests else []))  # fmt: skip
    if demo:
        write_mark(building, "wanted")
    building.rename(place.data)


def start_server(place: Place) -> subprocess.Popen[bytes] | None:
    """Starts the server and returns when it answers; tries again while a dead one's lock is in the way.

    None when a server that a killed launcher left behind finished its own start meanwhile.
    """
    binaries = within_reach(find_binaries(), place.account)
    refuse_other_major(place, binaries)
    make_socket_directory(place)
    deadline = time.monotonic() + STALE_LOCK_PATIENCE_S
    while True:
        if _somebody_elses_start_succeeds(place):
            return None
        start_of_log = _log_size(place)
        process = _spawn(place, binaries)
        if _wait_until_ready(place, process):
            return process
        if time.monotonic() > deadline:
            if not _forget_dead_locks(place):
                raise DatabaseProblem(
                    f"The embedded PostgreSQL does not start. It said:\n{_log_since(place, start_of_log)}"
                )
            deadline = time.monotonic() + 1.0
        time.sleep(0.3)


def refuse_other_major(place: Place, binaries: Binaries) -> None:
    made_by = (place.data / "PG_VERSION").read_text().strip()
    if made_by != str(binaries.major):
        raise DatabaseProblem(
            f"The data in {place.data} was made by PostgreSQL {made_by}, but the programs in "
            f"{binaries.directory} are PostgreSQL {binaries.major}. Nothing was changed. Either set "
            f"TEQUIO_PG_BIN to the programs of PostgreSQL {made_by}, or move the data over as "
            "docs/deploying.md says under 'A new major version of PostgreSQL'."
        )


def make_socket_directory(place: Place) -> None:
    """A directory that only the server's account may enter; one that somebody else made is refused."""
    try:
        place.socket.mkdir(mode=0o700)
        if place.account:
            os.chown(place.socket, place.account.uid, place.account.gid)
    except FileExistsError:
        pass
    found = place.socket.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != place.owner or found.st_mode & 0o077:
        raise DatabaseProblem(
            f"{place.socket} should be a private directory of the account that runs PostgreSQL, and is not. "
            "Remove it if it is yours and try again."
        )


def ensure_database(place: Place) -> None:
    with connect(place) as connection:
        try:
            connection.execute(f"CREATE DATABASE {NAME}")
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return


def stop_server(place: Place, process: subprocess.Popen[bytes] | None = None) -> None:
    """A fast shutdown of the server at our socket: transactions in flight are rolled back."""
    pid = server_pid(place)
    if pid is None:
        if process is not None:
            process.wait()  # killed, and only waiting to be collected
        return
    for sign in (signal.SIGINT, signal.SIGQUIT):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        if _wait_for(lambda: _is_gone(pid, process), STOP_PATIENCE_S):
            return
    raise DatabaseProblem(f"The embedded PostgreSQL (process {pid}) does not stop.")


def server_pid(place: Place) -> int | None:
    """The living server that uses this place's data and socket, if there is one."""
    lines = _lock_lines(place)
    # Line 5 is the socket directory: a server that somebody started by hand has another, and is theirs.
    if len(lines) < 5 or lines[4] != str(place.socket):
        return None
    pid = int(lines[0])
    return pid if _command_name(pid) == "postgres" else None


def _spawn(place: Place, binaries: Binaries) -> subprocess.Popen[bytes]:
    settings = SETTINGS | {"unix_socket_directories": str(place.socket)}
    if place.for_tests:
        settings |= TEST_SETTINGS
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log_path = place.beside(".log")
    if _log_size(place) > LOG_LIMIT_BYTES:
        log_path.replace(place.beside(".log.1"))
    # A session of its own: Ctrl-C reaches us, and we stop the server in order.
    with log_path.open("ab") as log:
        return subprocess.Popen(  # noqa: S603
            [binaries.directory / "postgres", "-D", place.data, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **_as_account(place),
        )


def _run(place: Place, binaries: Binaries, program: str, *arguments: object) -> None:
    done = subprocess.run(  # noqa: S603
        [str(binaries.directory / program), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **_as_account(place),
    )
    if done.returncode:
        raise DatabaseProblem(f"PostgreSQL's {program} failed:\n{done.stdout}{done.stderr}".strip())


def _as_account(place: Place) -> dict[str, Any]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    # The current directory may be closed to the account; PostgreSQL wants one that it can name.
    common: dict[str, Any] = {"env": environ | {"LC_ALL": "C"}, "cwd": "/"}
    if place.account is None:
        return common
    return common | {"user": place.account.uid, "group": place.account.gid, "extra_groups": []}


def _somebody_elses_start_succeeds(place: Place) -> bool:
    """Waits for a server that lives but does not answer yet: it is recovering, or about to stop."""
    _wait_for(lambda: server_pid(place) is None or answers(place), RECOVERY_PATIENCE_S)
    return answers(place)


def _wait_until_ready(place: Place, process: subprocess.Popen[bytes]) -> bool:
    def settled() -> bool:
        return process.poll() is not None or answers(place)

    if not _wait_for(settled, RECOVERY_PATIENCE_S):
        process.send_signal(signal.SIGQUIT)
        raise DatabaseProblem(f"The embedded PostgreSQL was not ready after {RECOVERY_PATIENCE_S:.0f} s.")
    return process.poll() is None


def _wait_for(condition: Callable[[], bool], patience_s: float) -> bool:
    deadline = time.monotonic() + patience_s
    pause = 0.01
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)
    return True


def _is_gone(pid: int, process: subprocess.Popen[bytes] | None) -> bool:
    if process is not None and process.pid == pid:
        return process.poll() is not None
    return _command_name(pid) != "postgres"


def _forget_dead_locks(place: Place) -> bool:
    """Removes lock files that PostgreSQL still believes in although nobody holds them.

    In a restarted container the number in them may belong to another program by now, or to a dead
    process that nobody collects. PostgreSQL's processes stand in their data directory, so we can
    see that none is left; where the system does not show it, we do not touch the files.
    """
    if not Path("/proc/self/cwd").exists() or _somebody_stands_in(place.data):
        return False
    locks = [place.data / "postmaster.pid", place.socket / ".s.PGSQL.5432.lock"]
    found = [lock for lock in locks if lock.exists()]
    for lock in found:
        lock.unlink(missing_ok=True)
    return bool(found)


def _somebody_stands_in(directory: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == directory:
                return True
    return False


def _lock_lines(place: Place) -> list[str]:
    try:
        return (place.data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, PermissionError):
        return []


def _command_name(pid: int) -> str:
    """The program a process runs; empty for one that is gone or only waits to be collected."""
    if Path("/proc/self/stat").exists():
        try:
            before, _, after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if after.split()[0] == "Z" else before.partition("(")[2]
    answer = subprocess.run(  # noqa: S603
        ["ps", "-o", "stat=,comm=", "-p", str(pid)],  # noqa: S607 - macOS has no /proc, but always ps
        capture_output=True,
        text=True,
        check=False,
    )
    state, _, name = answer.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else Path(name.strip()).name


def _log_size(place: Place) -> int:
    log = place.beside(".log")
    return log.stat().st_size if log.exists() else 0


def _log_since(place: Place, offset: int) -> str:
    with place.beside(".log").open("rb") as log:
        log.seek(offset)
        return log.read().decode(errors="replace").strip()[-2000:]
