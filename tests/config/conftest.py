"""Places for embedded clusters of the tests' own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tequio.config import postgres
from tequio.config.postgres.places import socket_directory


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that every account can walk to; pytest's own are closed to all but their owner."""
    directory = Path(tempfile.mkdtemp(prefix="tequio-test-", dir="/tmp")).resolve()
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def data(open_directory: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a cluster may be made, with the settings of one that holds people's data."""
    monkeypatch.setenv("TEQUIO_TEST", "0")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    directory = open_directory / "var" / "postgres"
    yield directory
    postgres.stop(directory)
    shutil.rmtree(socket_directory(directory), ignore_errors=True)


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can act as several accounts")
