"""Where the embedded cluster lives: computed from paths, the same for everyone who asks."""

import os
from pathlib import Path

import pytest

from tequio.config.postgres import DatabaseProblem, is_test_run, places, server
from tequio.config.postgres.binaries import find_binaries, within_reach
from tequio.config.postgres.places import Account, account_for, can_reach, place, socket_directory

NOBODY_IN_PARTICULAR = Account(64321, 64321, "nobody-in-particular")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"TEQUIO_TEST": "1"}, True),
        ({"PYTEST_VERSION": "9"}, True),
        ({"PYTEST_VERSION": "9", "TEQUIO_TEST": "0"}, False),
    ],
)
def test_tests_have_a_cluster_of_their_own(environ: dict[str, str], expected: bool) -> None:
    assert is_test_run(environ) is expected
    assert place(environ=environ).data.name == ("postgres-test" if expected else "postgres")


def test_the_socket_fits_into_107_bytes_however_long_the_path() -> None:
    path = Path("/srv") / ("long/" * 100)
    assert len(os.fsencode(socket_directory(path) / ".s.PGSQL.5432")) <= 107
    assert socket_directory(path) == socket_directory(path)
    assert socket_directory(path) != socket_directory(path / "x")


def test_TEQUIO_DATA_moves_it(open_directory: Path) -> None:
    assert place(environ={"TEQUIO_DATA": str(open_directory)}).data == open_directory / "postgres"


def test_a_closed_directory_on_the_way_is_noticed(open_directory: Path) -> None:
    inside = open_directory / "closed" / "not" / "made" / "yet"
    (open_directory / "closed").mkdir(mode=0o755)
    assert can_reach(inside, NOBODY_IN_PARTICULAR)
    (open_directory / "closed").chmod(0o700)
    assert not can_reach(inside, NOBODY_IN_PARTICULAR)
    me = open_directory.stat()
    assert can_reach(inside, Account(me.st_uid, me.st_gid, "me"))


@pytest.mark.usefixtures("as_root")
class TestAsRoot:
    def test_the_owner_of_the_project_runs_the_server(self, open_directory: Path) -> None:
        import pwd

        nobody = pwd.getpwnam("nobody")
        os.chown(open_directory, nobody.pw_uid, nobody.pw_gid)
        assert account_for(open_directory / "var" / "postgres").name == "nobody"

    def test_a_project_in_a_closed_place_keeps_its_data_elsewhere(
        self, open_directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed = open_directory / "home" / "tequio"
        closed.mkdir(parents=True)
        (open_directory / "home").chmod(0o700)
        monkeypatch.setattr(places, "project_directory", lambda: closed)
        found = place(environ={})
        assert found == place(environ={})
        assert found.data.is_relative_to(places.ROOTS_BASE)
        assert (open_directory / "home").stat().st_mode & 0o777 == 0o700

    def test_a_closed_place_that_was_chosen_is_refused(self, open_directory: Path) -> None:
        open_directory.chmod(0o700)
        with pytest.raises(DatabaseProblem, match="TEQUIO_DATA"):
            place(environ={"TEQUIO_DATA": str(open_directory)})

    def test_programs_in_a_closed_place_are_copied_once(
        self, open_directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tequio.config.postgres.binaries.ROOTS_BASE", open_directory / "base")
        original = find_binaries()
        account = account_for(open_directory)
        assert within_reach(original, account).directory == original.directory or not can_reach(
            original.directory, account
        )
        monkeypatch.setattr("tequio.config.postgres.binaries.can_reach", lambda path, account: False)
        copied = within_reach(original, account)
        assert copied.directory.is_relative_to(open_directory / "base")
        assert can_reach(copied.directory, account)
        made = copied.directory.stat().st_mtime_ns
        assert within_reach(original, account) == copied
        assert copied.directory.stat().st_mtime_ns == made
        assert [path.name for path in (open_directory / "base").rglob("initdb")] == ["initdb"]


def test_a_socket_directory_that_others_can_enter_is_refused(data: Path) -> None:
    where = place(data)
    where.socket.mkdir(mode=0o755)
    where.socket.chmod(0o755)
    with pytest.raises(DatabaseProblem, match="private directory"):
        server.make_socket_directory(where)


def test_a_socket_directory_is_private(data: Path) -> None:
    where = place(data)
    server.make_socket_directory(where)
    server.make_socket_directory(where)
    found = where.socket.stat()
    assert (found.st_mode & 0o777, found.st_uid) == (0o700, where.owner)
