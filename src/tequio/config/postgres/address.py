"""Django's DATABASES["default"] from DATABASE_URL or for the embedded cluster."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tequio.config.postgres.places import place
from tequio.config.postgres.problem import DatabaseProblem

NAME = USER = "tequio"
CONNECTION_MAX_AGE_S = 60
CONNECT_TIMEOUT_S = 5
# A page that waits longer than this is lost to its reader anyway; the command line sets its own.
STATEMENT_TIMEOUT_MS = 15_000
LOCK_TIMEOUT_MS = 5_000
EXAMPLE = "postgresql://user:password@host:5432/name"


def database_settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Values for DATABASES["default"]: from DATABASE_URL when it is set, else the embedded cluster."""
    url = environ.get("DATABASE_URL", "").strip()
    address = parse_database_url(url) if url else embedded_dsn(environ=environ)
    limits = [
        f"-c statement_timeout={_milliseconds(environ, 'TEQUIO_STATEMENT_TIMEOUT_MS', STATEMENT_TIMEOUT_MS)}",
        f"-c lock_timeout={_milliseconds(environ, 'TEQUIO_LOCK_TIMEOUT_MS', LOCK_TIMEOUT_MS)}",
    ]
    options: dict[str, Any] = {"connect_timeout": CONNECT_TIMEOUT_S} | address.get("OPTIONS", {})
    own = options.get("options", "")  # last, so that the operator's own word wins
    options["options"] = " ".join([*limits, own]).strip()
    return address | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": CONNECTION_MAX_AGE_S,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def embedded_dsn(
    data_dir: Path | str | None = None, environ: Mapping[str, str] = os.environ
) -> dict[str, Any]:
    """HOST (the socket directory), USER, NAME … of the embedded cluster, whether it runs or not."""
    return {
        "HOST": str(place(data_dir, environ).socket),
        "PORT": "",
        "USER": USER,
        "PASSWORD": "",
        "NAME": NAME,
    }


def parse_database_url(url: str) -> dict[str, Any]:
    """HOST, PORT, USER, PASSWORD, NAME and OPTIONS of a libpq URL; libpq itself reads it.

    Percent-encoding, IPv6, several hosts, `?host=/socket/directory`, `sslmode` and every other
    parameter of libpq are therefore understood as PostgreSQL's own tools do.
    """
    scheme = url.partition("://")[0]
    if scheme not in ("postgres", "postgresql"):
        raise DatabaseProblem(f"DATABASE_URL must begin with postgresql:// (as in {EXAMPLE}).")
    try:
        said: dict[str, Any] = dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        raise DatabaseProblem(f"DATABASE_URL cannot be read: {_without_secrets(error)}") from None
    port = str(said.pop("port", "") or "")
    for part in filter(None, port.split(",")):
        if not part.isdecimal() or not 0 < int(part) < 65536:
            raise DatabaseProblem(f"DATABASE_URL has the port '{part}'; it must be a number up to 65535.")
    name = said.pop("dbname", "")
    if not name and "service" not in said:
        raise DatabaseProblem(f"DATABASE_URL names no database (as 'name' does in {EXAMPLE}).")
    return {
        "HOST": said.pop("host", ""),
        "PORT": port,
        "USER": said.pop("user", ""),
        "PASSWORD": said.pop("password", ""),
        "NAME": name,
        "OPTIONS": said,
    }


def connection_parameters(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The same address as psycopg takes it."""
    named = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": settings["NAME"],
    }
    return {key: value for key, value in named.items() if value} | dict(settings.get("OPTIONS", {}))


def _without_secrets(error: Exception) -> str:
    """libpq quotes the whole URL in some messages; a password must not reach a log."""
    return re.sub(r'(in URI[^:]*)?: "[^"]*://.*"', "", str(error), flags=re.DOTALL).strip()


def _milliseconds(environ: Mapping[str, str], variable: str, default: int) -> int:
    said = environ.get(variable, "").strip() or str(default)
    if not said.isdecimal():
        raise DatabaseProblem(f"{variable} is '{said}'; it must be a number of milliseconds (0: no limit).")
    return int(said)
