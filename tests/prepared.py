"""The empty, migrated database of the tests is kept in their cluster and copied by the next run: a second, not a minute.

It is found by what made it: another migration, or another release of Django or of the queue, makes another.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.db import Error, connection

PREFIX = "prepared_"


def name_of_prepared() -> str:
    """By the text of all migrations, those of other people's apps included."""
    digest = hashlib.sha256(f"{version('django')} {version('procrastinate')}".encode())
    for app in apps.get_app_configs():
        for file in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label}/{file.name}\n".encode() + file.read_bytes())
    return PREFIX + digest.hexdigest()[:20]


def use_prepared() -> None:
    """The tests' database is copied from it where it is there."""
    name = name_of_prepared()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is not None:
            connection.settings_dict["TEST"]["TEMPLATE"] = name


def keep_prepared() -> None:
    """Called when the tests' database has just been made; where another run keeps one already, nothing is done."""
    name = name_of_prepared()
    if connection.settings_dict["TEST"].get("TEMPLATE") == name:
        return
    source = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s AND datname <> %s", [f"{PREFIX}%", name]
        )
        for statement in [
            *(f'DROP DATABASE "{old}"' for (old,) in cursor.fetchall()),
            f'CREATE DATABASE "{name}" TEMPLATE "{source}"',
        ]:
            try:
                cursor.execute(statement)
            except Error:  # another run uses it, or was faster
                continue
