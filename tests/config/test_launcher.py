"""The embedded server: made, started, killed, shared and stopped for real."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tequio.config import postgres
from tequio.config.postgres import DatabaseProblem, ensure_running, lease, open_database, server
from tequio.config.postgres.binaries import find_binaries, within_reach
from tequio.config.postgres.places import place


def kill_server(data: Path) -> None:
    pid = server.server_pid(place(data))
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: server.server_pid(place(data)) is None)


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def start_process(data: Path, *lines: str) -> subprocess.Popen[str]:
    """A Python process of its own that holds the server and then does what the lines say."""
    code = "\n".join(
        [
            "import sys, time",
            "from tequio.config.postgres import ensure_running",
            f"database = ensure_running({str(data)!r})",
            "print(database.created, database.started, flush=True)",
            *lines,
        ]
    )
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    )


def test_the_first_start_makes_a_cluster_and_the_last_user_stops_it(data: Path) -> None:
    where = place(data)
    with ensure_running(data) as first:
        assert (first.created, first.started) == (True, True)
        with ensure_running(data) as second:
            assert (second.created, second.started) == (False, False)
        assert server.answers(where)
        with server.connect(where, "tequio") as connection:
            row = connection.execute(
                "SELECT current_setting('data_checksums'), current_setting('listen_addresses'),"
                " current_setting('TimeZone'), current_setting('fsync'), pg_encoding_to_char(encoding),"
                " lower('ÁÑŒ') FROM pg_database WHERE datname = 'tequio'"
            ).fetchone()
        assert row == ("on", "", "UTC", "on", "UTF8", "áñœ")
        assert where.data.stat().st_mode & 0o777 == 0o700
        assert where.data.stat().st_uid == where.owner
    assert not server.answers(where)
    assert server.server_pid(where) is None


def test_the_order_of_leaving_does_not_matter(data: Path) -> None:
    first, second = ensure_running(data), ensure_running(data)
    first.close()
    assert server.answers(place(data))
    second.close()
    assert not server.answers(place(data))


def test_committed_rows_survive_a_killed_server(data: Path) -> None:
    where = place(data)
    with ensure_running(data) as database:
        with server.connect(where, "tequio") as connection:
            connection.execute("CREATE TABLE kept (number int PRIMARY KEY)")
            committed = 0
            for number in range(500):
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
                committed += 1
            kill_server(data)
        wait_until(database.revive)
        assert not database.revive()
        with server.connect(where, "tequio") as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (committed,)


def test_a_killed_launcher_leaves_a_server_that_the_next_one_uses_and_stops(data: Path) -> None:
    with start_process(data, "time.sleep(60)") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True True\n"
        process.kill()
    assert server.answers(place(data))
    with ensure_running(data) as database:
        assert (database.created, database.started) == (False, False)
    wait_until(lambda: not server.answers(place(data)))


def test_server_and_launcher_killed_together(data: Path) -> None:
    with start_process(data, "time.sleep(60)") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True True\n"
        process.send_signal(signal.SIGSTOP)  # so that it can not collect its server
        os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
        process.kill()
    with ensure_running(data) as database:
        assert (database.created, database.started) == (False, True)


def test_four_racing_starts_make_one_server(data: Path) -> None:
    query = "from tequio.config.postgres import server; print(server.answers(database.place), flush=True)"
    processes = [start_process(data, query, "database.close()") for _ in range(4)]
    said = [process.communicate(timeout=60)[0].splitlines() for process in processes]
    assert [lines[1] for lines in said] == ["True"] * 4
    assert [process.returncode for process in processes] == [0] * 4
    # Who comes when all others have left starts it again; only the making is once for certain.
    assert sum(lines[0].startswith("True") for lines in said) == 1
    assert not server.answers(place(data))


def test_an_interrupted_making_leaves_nothing_in_the_way(data: Path) -> None:
    unfinished = place(data).beside(".new")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with ensure_running(data) as database:
        assert database.created
    assert not unfinished.exists()


def test_a_lock_file_whose_number_is_another_programs_is_forgotten(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "STALE_LOCK_PATIENCE_S", 0.5)
    with ensure_running(data):
        kill_server(data)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        for lock in (data / "postmaster.pid", place(data).socket / ".s.PGSQL.5432.lock"):
            lines = lock.read_text().splitlines()
            lock.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        with ensure_running(data) as database:
            assert database.started
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_another_major_version_is_refused_and_left_as_it_is(data: Path) -> None:
    with ensure_running(data):
        pass
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseProblem, match=r"made by PostgreSQL 17.*TEQUIO_PG_BIN"):
        ensure_running(data)
    (data / "PG_VERSION").write_text(f"{find_binaries().major}\n")
    with ensure_running(data) as database:
        assert not database.created


def test_a_directory_with_something_else_in_it_is_refused(data: Path) -> None:
    data.mkdir(parents=True)
    (data / "letters.txt").write_text("hello")
    with pytest.raises(DatabaseProblem, match="holds no PostgreSQL data"):
        ensure_running(data)
    assert (data / "letters.txt").read_text() == "hello"


def test_a_server_that_does_not_start_says_why(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "STALE_LOCK_PATIENCE_S", 0.5)
    with ensure_running(data):
        pass
    (data / "global" / "pg_control").rename(data / "global" / "lost")
    with pytest.raises(DatabaseProblem, match="does not start") as problem:
        ensure_running(data)
    assert "pg_control" in str(problem.value)


def test_stop_stops_it_whoever_uses_it(data: Path) -> None:
    database = ensure_running(data)
    postgres.stop(data)
    assert not server.answers(place(data))
    database.close()


@pytest.mark.usefixtures("as_root")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
def test_as_an_ordinary_user(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a fork, because the interpreter itself may lie where only root can go."""
    account = place(data).account
    assert account is not None
    programs = within_reach(find_binaries(), account)
    monkeypatch.setenv("TEQUIO_PG_BIN", str(programs.directory))
    os.chown(data.parents[1], account.uid, account.gid)
    with pytest.raises(psycopg.OperationalError):  # everything psycopg loads is loaded
        server.connect(place(data))
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
            with ensure_running(data) as database:
                right = database.created and database.place is not None and database.place.account is None
                code = 0 if right and server.answers(place(data)) else 3
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert data.stat().st_uid == account.uid
    with ensure_running(data) as database:  # and root takes it over as the same account
        assert (database.created, database.started) == (False, True)


class TestWithDatabaseUrl:
    @pytest.fixture
    def url(self, data: Path) -> str:
        return f"postgresql:///tequio?host={place(data).socket}&user=tequio"

    def test_no_embedded_server_is_started(
        self, data: Path, url: str, open_directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with ensure_running(data):
            monkeypatch.setenv("DATABASE_URL", url)
            monkeypatch.setenv("TEQUIO_DATA", str(open_directory / "other"))
            with open_database(demo=True) as database:
                assert not database.is_embedded
                assert not database.revive()
            assert server.answers(place(data))
        assert not (open_directory / "other").exists()

    def test_a_server_that_is_away_is_named_as_such(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lease, "DATABASE_URL_PATIENCE_S", 0.0)
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(DatabaseProblem, match="DATABASE_URL does not answer"):
            open_database()

    def test_a_server_that_is_too_old_is_refused(
        self, data: Path, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lease, "OLDEST_MAJOR", 99)
        with ensure_running(data):
            monkeypatch.setenv("DATABASE_URL", url)
            with pytest.raises(DatabaseProblem, match="99 or newer is needed"):
                open_database()


class TestDemonstration:
    @pytest.fixture(autouse=True)
    def _here(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TEQUIO_DATA", str(data.parent))

    def test_a_cluster_made_for_it_is_one_until_loaded_and_after(self) -> None:
        assert postgres.demo_state() is None
        with open_database(demo=True):
            assert postgres.demo_state() == "wanted"
            postgres.note_demo_loaded()
        with open_database(demo=True):
            assert postgres.demo_state() == "loaded"

    def test_a_cluster_made_for_something_else_never_becomes_one(self) -> None:
        with open_database():
            pass
        with open_database(demo=True):
            postgres.note_demo_loaded()
            assert postgres.demo_state() is None

    def test_behind_a_url_there_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with open_database(demo=True):
            monkeypatch.setenv("DATABASE_URL", "postgresql:///city")
            assert postgres.demo_state() is None
