"""PostgreSQL's own pg_dump, pg_restore and psql, told where the database is without showing a password."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tequio.base.command_line import CommandFailed
from tequio.config.postgres.address import connection_parameters
from tequio.config.postgres.binaries import find_binaries

SERVICE = "tequio"


def parameters() -> dict[str, Any]:
    """The address of Django's database, without its limits: what is done here takes its time."""
    from django.db import connection

    return connection_parameters(connection.settings_dict) | {"options": ""}


def connect() -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(**parameters())


class Programs:
    """Made by `programs()`; `start` runs one of them against the database."""

    def __init__(self, environ: dict[str, str]):
        self.directory = find_binaries().directory
        self.environ = environ

    def start(self, name: str, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
        path = self.directory / name
        if not path.is_file():
            raise CommandFailed(
                f"There is no {name} in {self.directory}: set TEQUIO_PG_BIN to a folder that has it."
            )
        return subprocess.Popen([str(path), *arguments], env=self.environ, **pipes)  # noqa: S603


@contextmanager
def programs() -> Iterator[Programs]:
    """The address lies in a service file that only we may read: neither `ps` nor a child's environment shows it."""
    said = parameters()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environ |= {"LC_ALL": "C", "PGAPPNAME": "tequio backup"}
    with tempfile.TemporaryDirectory(prefix="tequio-") as folder:
        own = said.pop("service", None)
        lines = [f"[{SERVICE}]", *(f"{name}={value}" for name, value in said.items() if str(value))]
        file = Path(folder) / "service.conf"
        file.touch(mode=0o600)
        file.write_text("\n".join(lines) + "\n")
        if own:
            kept = {
                name: os.environ[name] for name in ("PGSERVICEFILE", "PGSYSCONFDIR") if name in os.environ
            }
            yield Programs(environ | kept | {"PGSERVICE": str(own)})
        else:
            yield Programs(environ | {"PGSERVICEFILE": str(file), "PGSERVICE": SERVICE})


def said_by(errors: Any) -> str:
    """The last words of a program that failed, short enough to read."""
    errors.seek(0)
    lines = [line for line in errors.read().decode(errors="replace").splitlines() if line.strip()]
    return " ".join(lines[-3:]) or "no further word"
