"""Sharing the embedded server: whoever comes first starts it, whoever leaves last stops it.

Every process that uses the server holds a shared `flock` on a file beside the data. The kernel
drops it when a process dies, however it dies, so a killed supervisor leaves no stale count: the
next one finds the server running, uses it, and stops it in the end.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from tequio.config.postgres import server
from tequio.config.postgres.address import connection_parameters, database_settings
from tequio.config.postgres.binaries import OLDEST_MAJOR
from tequio.config.postgres.places import Place, make_open_directory, place
from tequio.config.postgres.problem import DatabaseProblem

DATABASE_URL_PATIENCE_S = 10.0


class Database:
    """A database that answered when this was made; leave it with `close()` or a `with` block."""

    def __init__(self, place: Place | None):
        self.place = place
        self.created = False
        self.started = False
        self._process: subprocess.Popen[bytes] | None = None
        self._users: int | None = None

    @property
    def is_embedded(self) -> bool:
        return self.place is not None

    def revive(self) -> bool:
        """Starts the embedded server again if it died; True when that was needed."""
        if self.place is None or self._is_alive():
            return False
        with _exclusively(self.place):
            if server.answers(self.place):
                return False
            self._process = server.start_server(self.place)
        return True

    def _is_alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return self.place is not None and server.server_pid(self.place) is not None

    def close(self) -> None:
        """Gives the server up; stops it if nobody else uses it."""
        if self.place is None or self._users is None:
            return
        with _exclusively(self.place):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if self._process is not None:
                    self._process.returncode = 0  # it outlives us on purpose; subprocess need not warn
            else:
                server.stop_server(self.place, self._process)
            finally:
                fcntl.flock(self._users, fcntl.LOCK_UN)
                os.close(self._users)
                self._users = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_database(*, demo: bool = False, environ: Mapping[str, str] = os.environ) -> Database:
    """The database of this installation, tested: the one of DATABASE_URL, else the embedded one."""
    if environ.get("DATABASE_URL", "").strip():
        _test_own_server(environ)
        return Database(None)
    return ensure_running(demo=demo)


def ensure_running(data_dir: Path | str | None = None, *, demo: bool = False) -> Database:
    """The embedded server, made and started if need be; `demo` marks a cluster that is made now."""
    where = place(data_dir)
    database = Database(where)
    make_open_directory(where.data.parent)
    with _exclusively(where):
        if not (where.data / "PG_VERSION").exists():
            _refuse_foreign_directory(where)
            server.make_cluster(where, demo=demo)
            database.created = True
        if not server.answers(where):
            database._process = server.start_server(where)
            database.started = True
        try:
            server.ensure_database(where)
        except psycopg.OperationalError as error:
            raise DatabaseProblem(f"The embedded PostgreSQL takes no connection: {error}") from None
        database._users = _lock_file(where, ".users")
        fcntl.flock(database._users, fcntl.LOCK_SH)
    return database


def stop(data_dir: Path | str | None = None) -> None:
    """Stops the embedded server whoever uses it; one that somebody started by hand is left alone."""
    where = place(data_dir)
    if where.data.parent.is_dir():
        with _exclusively(where):
            server.stop_server(where)


@contextmanager
def _exclusively(where: Place) -> Iterator[None]:
    lock = _lock_file(where, ".lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _lock_file(where: Place, suffix: str) -> int:
    # Read-only, so that root and the data's owner can take turns with the same file.
    return os.open(where.beside(suffix), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _refuse_foreign_directory(where: Place) -> None:
    if where.data.exists() and (not where.data.is_dir() or any(where.data.iterdir())):
        raise DatabaseProblem(
            f"{where.data} is there but holds no PostgreSQL data. Move it away, or choose another "
            "directory with TEQUIO_DATA."
        )


def _test_own_server(environ: Mapping[str, str]) -> None:
    """Connects to the server of DATABASE_URL; waits a little for one that is just starting."""
    parameters = connection_parameters(database_settings(environ))
    deadline = time.monotonic() + DATABASE_URL_PATIENCE_S
    while True:
        try:
            with psycopg.connect(**parameters) as connection:
                major = connection.info.server_version // 10000
            break
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise DatabaseProblem(
                    f"The database of DATABASE_URL does not answer: {str(error).strip()}"
                ) from None
            time.sleep(1)
    if major < OLDEST_MAJOR:
        raise DatabaseProblem(
            f"The database of DATABASE_URL is PostgreSQL {major}; {OLDEST_MAJOR} or newer is needed."
        )
