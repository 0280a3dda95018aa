"""Writing a backup: everything as it was at one moment, while the site goes on."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from tequio import __version__
from tequio.base.command_line import CommandFailed
from tequio.config.backup import contents, manifest
from tequio.config.backup.manifest import CHUNK, DUMP, GUESTS, MANIFEST, Manifest, Table
from tequio.config.backup.programs import Programs, connect, programs, said_by
from tequio.config.postgres import demo_state

Progress = Callable[[str, int], None]
READ_AT_ONCE = 2_000


def take(path: Path, on_progress: Progress = lambda what, number: None) -> Manifest:
    """Writes the file whole or not at all, readable by its owner only."""
    if path.exists():
        raise CommandFailed(f"{path} is there already. Nothing was written.")
    with connect() as connection, programs() as found, _new_file(path) as file:
        connection.execute(contents.PLAIN_TEXT)
        connection.commit()
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if not contents.applied_migrations(connection):
            raise CommandFailed("The database holds no tables of Tequio: there is nothing to keep.")
        snapshot = (connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",))[0]
        with ThreadPoolExecutor(1) as beside, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            guests = guests_sessions(connection)
            measured: Future[dict[str, Table]] = beside.submit(_measure, connection, guests)
            digests = {DUMP: _dump(found, snapshot, archive, on_progress)}
            tables = measured.result()
            digests[GUESTS] = _copy_guests(connection, guests, archive)
            made = _describe(connection, tables, digests)
            archive.writestr(MANIFEST, made.as_json())
    return made


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Under another name until it is whole and on the disk; a half one is taken away."""
    part = path.with_name(path.name + ".part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}.") from None
    try:
        os.fchmod(handle, 0o600)
        with os.fdopen(handle, "r+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)  # refuses a file that came meanwhile
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise CommandFailed(f"The disk of {path} is full. No backup was written.") from None
        raise CommandFailed(f"{path} cannot be written: {error}.") from None
    finally:
        with suppress(OSError):
            part.unlink()


def guests_sessions(connection: contents.Connection) -> list[str]:
    """Keys of the sessions of guests: nothing else ties a guest to what she did.

    Those of members are left out. One that was ended since must not come alive again, and a backup that
    was stolen must not open anybody's account on the running site.
    """
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    keys = []
    with connection.cursor(name="sessions") as cursor:
        cursor.itersize = READ_AT_ONCE
        cursor.execute(
            "SELECT session_key, session_data FROM public.django_session WHERE expire_date > now()"
        )
        for key, data in cursor:
            said = store.decode(data)
            if "guest" in said and "_auth_user_id" not in said:
                keys.append(key)
    return keys


def _measure(connection: contents.Connection, guests: list[str]) -> dict[str, Table]:
    found = {}
    for name, columns in contents.tables(connection).items():
        if name in contents.LEFT_OUT:
            found[name] = Table(columns, 0, "0")
        else:
            keys = guests if name == contents.SESSIONS else None
            found[name] = contents.measure(connection, name, columns, keys)
    return found


def _dump(found: Programs, snapshot: str, archive: zipfile.ZipFile, on_progress: Progress) -> str:
    """pg_dump at the moment of `snapshot`; SHA-256 of what it wrote."""
    left_out = [f"--exclude-table-data=public.{name}" for name in (*contents.LEFT_OUT, contents.SESSIONS)]
    digest = hashlib.sha256()
    number = 0
    with tempfile.TemporaryFile() as errors:
        process = found.start(
            "pg_dump", "--format=custom", "--compress=gzip:1", "--no-owner", "--no-privileges",
            f"--snapshot={snapshot}", *left_out, stdout=-1, stderr=errors,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            with process.stdout, archive.open(DUMP, "w", force_zip64=True) as entry:
                while chunk := process.stdout.read(CHUNK):
                    digest.update(chunk)
                    entry.write(chunk)
                    number += len(chunk)
                    on_progress("bytes written", number)
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        if process.returncode:
            raise CommandFailed(f"pg_dump failed; no backup was written. It said: {said_by(errors)}")
    return digest.hexdigest()


def _copy_guests(connection: contents.Connection, guests: list[str], archive: zipfile.ZipFile) -> str:
    digest = hashlib.sha256()
    copying = (
        "COPY (SELECT session_key, session_data, expire_date FROM public.django_session "
        "WHERE session_key = ANY(%s) ORDER BY session_key) TO STDOUT"
    )
    with (
        connection.cursor() as cursor,
        archive.open(GUESTS, "w", force_zip64=True) as entry,
        cursor.copy(copying, [guests]) as rows,
    ):
        for chunk in rows:
            digest.update(chunk)
            entry.write(bytes(chunk))
    return digest.hexdigest()


def _describe(connection: contents.Connection, tables: dict[str, Table], digests: dict[str, str]) -> Manifest:
    from django.conf import settings

    return Manifest(
        version=__version__,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        server=connection.info.server_version,
        is_demo=demo_state() is not None,
        key_mark=manifest.key_mark(settings.SECRET_KEY),
        migrations=contents.applied_migrations(connection),
        tables=tables,
        digests=digests,
    )
