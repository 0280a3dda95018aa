"""What must be up to date before pages are served: tables, translations, static files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tequio.config.translations import compile_translations

STAMP = ".collected"


def prepare(*, verbosity: int = 0) -> None:
    """The database, once for all hosts, and what lies on this one."""
    prepare_host()
    call_command("migrate", interactive=False, verbosity=verbosity)


def prepare_host() -> None:
    """What every machine that serves pages keeps for itself; nothing to do when it is up to date."""
    compile_translations()
    collect_static_files()


def unapplied_migrations() -> list[str]:
    """'app.0001_name' of every migration that the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def collect_static_files() -> bool:
    """Collects, hashes and compresses the static files if any changed; True when it had to."""
    if not settings.STATIC_ROOT:
        return False
    root = Path(settings.STATIC_ROOT)
    stamp = root / STAMP
    digest = _digest_of_sources()
    if stamp.is_file() and stamp.read_text() == digest:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    root.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    return True


def _digest_of_sources() -> str:
    lines = sorted(_source_lines())
    backend = str(settings.STORAGES.get("staticfiles"))
    return hashlib.sha256("\n".join([backend, *lines]).encode()).hexdigest()


def _source_lines() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            source = Path(storage.path(path)).stat()
            yield f"{path} {source.st_size} {source.st_mtime_ns}"
