"""The way back: everything is checked first, then all of it comes in one transaction, or nothing."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from tequio.base.command_line import CommandFailed
from tequio.config.backup import contents
from tequio.config.backup.manifest import (
    CHUNK,
    DUMP,
    GUESTS,
    BadBackup,
    Manifest,
    check_bytes,
    key_mark,
    open_backup,
)
from tequio.config.backup.programs import Programs, connect, programs, said_by
from tequio.config.postgres import demo_state

Progress = Callable[[str, int], None]
LOCK = 71_014  # any number that no other lock of ours uses
WAIT_FOR_PAGES_S = 60
BEGIN = f"""
BEGIN;
SET lock_timeout = '{WAIT_FOR_PAGES_S}s';
SELECT pg_advisory_xact_lock({LOCK});
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public;
"""
# Whoever is connected has plans made for the tables that are gone; they come again by themselves.
END = """
COMMIT;
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user;
"""
# pg_restore speaks to its own version of the server; older ones do not know these.
SINCE_17 = b"SET transaction_timeout"
END_OF_HEAD = b"SET row_security"


@dataclass(frozen=True)
class Way:
    """What a restore will do, after all checks."""

    manifest: Manifest
    size: int
    replaces: dict[str, int]
    has_other_key: bool


def check(path: Path, *, replace: bool) -> Way:
    """Raises BadBackup for a file, or a database, with which it cannot be done. Changes nothing."""
    with open_backup(path) as (manifest, archive):
        check_bytes(path, manifest, archive)
        _check_version(path, manifest)
        _check_demo(manifest)
        _check_dump(path, archive)
        size = archive.getinfo(DUMP).file_size
    return Way(manifest, size, _check_database(replace), manifest.key_mark != key_mark(_secret()))


def _secret() -> str:
    from django.conf import settings

    return settings.SECRET_KEY


def _check_version(path: Path, manifest: Manifest) -> None:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    missing = sorted(set(manifest.migrations) - known)
    if missing:
        raise BadBackup(
            f"{path} was made by a newer version ({manifest.version}), which knows {missing[0]}. "
            "Install that version or a newer one, then restore."
        )


def _check_demo(manifest: Manifest) -> None:
    if demo_state() is not None and not manifest.is_demo:
        raise BadBackup(
            "This database is a demonstration, where anybody may sign in as anybody: people's own data does not "
            "belong here. Set TEQUIO_DATA to a new folder, run 'tequio migrate', then restore."
        )
    if demo_state() is None and manifest.is_demo:
        raise BadBackup(
            "This is a backup of a demonstration, and this database is none: invented people would stand "
            "beside real ones. Restore it where 'tequio run' made a demonstration."
        )


def _check_dump(path: Path, archive: zipfile.ZipFile) -> None:
    """pg_restore reads the dump's table of contents."""
    with programs() as found, tempfile.TemporaryFile() as errors, archive.open(DUMP) as entry:
        process = found.start("pg_restore", "--list", stdin=-1, stdout=subprocess.DEVNULL, stderr=errors)
        _feed(entry, process)
        if process.wait():
            raise BadBackup(f"pg_restore cannot read {path}. It said: {said_by(errors)}")


def _check_database(replace: bool) -> dict[str, int]:
    with connect() as connection:
        connection.execute(contents.PLAIN_TEXT)
        names = contents.tables(connection)
        is_ours = any(name.startswith("people.") for name in contents.applied_migrations(connection))
        if names and not is_ours:
            raise BadBackup(
                f"The database holds tables that are not Tequio's ({', '.join(list(names)[:3])} …). "
                "Nothing was touched. Restore into a database of its own."
            )
        found = contents.what_is_in(connection)
    if found and not replace:
        most = sorted(found, key=lambda name: -found[name])[:3]
        said = ", ".join(f"{found[name]:,} in {name}" for name in most)
        raise BadBackup(
            f"The database is not empty: it has {sum(found.values()):,} rows ({said} …). Nothing was touched. "
            "Say --replace to lose all of them, after a backup of how it is now."
        )
    return found


def restore(path: Path, *, replace: bool, on_progress: Progress = lambda what, number: None) -> Way:
    """The database is as the backup says, to the last row; or as it was before, and CommandFailed says why."""
    way = check(path, replace=replace)
    with open_backup(path) as (manifest, archive), programs() as found, _one_transaction(found) as to:
        _send_dump(found, archive, to, on_progress)
        _send_guests(archive, to)
        on_progress("rows to compare", manifest.rows)
        to.writelines(_comparisons(manifest))
    with connect() as connection:
        connection.autocommit = True
        connection.execute("SET statement_timeout = 0")
        connection.execute("ANALYZE")
    return way


@contextmanager
def _one_transaction(found: Programs) -> Iterator[IO[bytes]]:
    """psql's input between BEGIN and COMMIT. Whoever raises within undoes all of it; so does an error of psql."""
    with tempfile.TemporaryFile() as errors:
        psql = found.start(
            "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-",
            stdin=-1, stdout=subprocess.DEVNULL, stderr=errors,
        )  # fmt: skip
        assert psql.stdin is not None
        try:
            psql.stdin.write(BEGIN.encode())
            yield psql.stdin
            psql.stdin.write(END.encode())
            psql.stdin.flush()
        except BrokenPipeError:
            pass  # psql stopped at an error, which it has said
        except BaseException:
            psql.kill()  # without COMMIT all of it is undone
            raise
        finally:
            with suppress(BrokenPipeError):
                psql.stdin.close()
            code = psql.wait()
        if code:
            raise CommandFailed(f"Nothing was changed. PostgreSQL said: {said_by(errors)}")


def _send_dump(found: Programs, archive: zipfile.ZipFile, to: IO[bytes], on_progress: Progress) -> None:
    """The dump as SQL. Only when pg_restore ended well may anything follow it."""
    with connect() as connection:
        is_old = connection.info.server_version < 170_000
    with archive.open(DUMP) as entry, tempfile.TemporaryFile() as errors:
        process = found.start(
            "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--file=-",
            stdin=-1, stdout=-1, stderr=errors,
        )  # fmt: skip
        assert process.stdout is not None
        feeding = Thread(target=_feed, args=(entry, process, on_progress), daemon=True)
        feeding.start()
        try:
            _pass_on(process.stdout, to, is_old=is_old)
        except BaseException:
            process.kill()
            raise
        finally:
            process.stdout.close()
            process.wait()
            feeding.join()
        if process.returncode:
            raise CommandFailed(f"Nothing was changed. pg_restore said: {said_by(errors)}")


def _pass_on(source: IO[bytes], to: IO[bytes], *, is_old: bool) -> None:
    for line in source:
        if not (is_old and line.startswith(SINCE_17)):
            to.write(line)
        if line.startswith(END_OF_HEAD):
            break
    while chunk := source.read(CHUNK):
        to.write(chunk)


def _feed(
    entry: IO[bytes], process: subprocess.Popen[bytes], on_progress: Progress = lambda what, number: None
) -> None:
    assert process.stdin is not None
    number = 0
    try:
        with process.stdin:
            while chunk := entry.read(CHUNK):
                process.stdin.write(chunk)
                number += len(chunk)
                on_progress("bytes read", number)
    except BrokenPipeError:
        return  # it has read what it wanted; its exit code tells the rest


def _send_guests(archive: zipfile.ZipFile, to: IO[bytes]) -> None:
    to.write(b"COPY public.django_session (session_key, session_data, expire_date) FROM stdin;\n")
    with archive.open(GUESTS) as entry:
        while chunk := entry.read(CHUNK):
            to.write(chunk)
    to.write(b"\\.\n")


def _comparisons(manifest: Manifest) -> Iterator[bytes]:
    """Stops the transaction at the first table that did not come out as it was."""
    yield contents.PLAIN_TEXT.encode() + b";\n"
    for name, table in manifest.tables.items():
        query = contents.digest_query(name, table.columns).as_string(None)
        yield (
            f"DO $tequio$ BEGIN IF (SELECT n <> {table.rows} OR digest <> '{table.digest}' FROM ({query}) AS came) "  # noqa: S608 - names and numbers, checked as they were read
            f"THEN RAISE EXCEPTION 'the table {name} did not come out as it was'; END IF; END $tequio$;\n"
        ).encode()
