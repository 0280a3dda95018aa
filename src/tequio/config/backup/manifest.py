"""What a backup says of itself, and the file it stands in."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tequio.base.command_line import CommandFailed

FORMAT = 1
DUMP, GUESTS, MANIFEST = "database.dump", "guests.copy", "manifest.json"
CHUNK = 1 << 20
NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")


class BadBackup(CommandFailed):
    """The file is no backup, is damaged, or does not belong here; nothing was touched."""


@dataclass(frozen=True)
class Table:
    """How a table must come out again: its columns (computed ones apart), rows, and the sum of the rows' digests."""

    columns: list[str]
    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    version: str
    made_at: str
    server: int
    is_demo: bool
    key_mark: str
    migrations: list[str]
    tables: dict[str, Table]
    digests: dict[str, str]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def key_mark(secret: str) -> str:
    """Tells whether two installations sign with the same key, and nothing about the key."""
    return hashlib.sha256(f"tequio backup: {secret}".encode()).hexdigest()[:16]


@contextmanager
def open_backup(path: Path) -> Iterator[tuple[Manifest, zipfile.ZipFile]]:
    """The manifest and the file. Raises BadBackup for what cannot be read."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BadBackup(f"There is no file {path}.") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise BadBackup(f"{path} is no backup of Tequio, or only the beginning of one ({error}).") from None
    with archive:
        yield read_manifest(path, archive), archive


def read_manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    if sorted(archive.namelist()) != sorted([DUMP, GUESTS, MANIFEST]):
        raise BadBackup(f"{path} is no backup of Tequio.")
    try:
        said = json.loads(archive.read(MANIFEST))
        found = said.get("format")
        if found != FORMAT:
            raise BadBackup(f"{path} has the format {found!r}; this version reads {FORMAT}. Use a newer one.")
        return _manifest(said)
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise BadBackup(f"{path} is damaged: its manifest cannot be read ({error}).") from None


def _manifest(said: dict[str, Any]) -> Manifest:
    tables = {name: Table(**table) for name, table in said.pop("tables").items()}
    for name, table in tables.items():
        # They become part of SQL when the restored tables are counted.
        if not all(map(NAME.match, [name, *table.columns])) or not re.fullmatch(r"-?\d+", table.digest):
            raise ValueError(f"odd table {name!r}")
        if not isinstance(table.rows, int):
            raise TypeError(f"odd number of rows in {name!r}")
    return Manifest(tables=tables, **said)


def check_bytes(path: Path, manifest: Manifest, archive: zipfile.ZipFile) -> None:
    """Every byte is as it was written."""
    for name in (DUMP, GUESTS):
        digest = hashlib.sha256()
        try:
            with archive.open(name) as entry:
                while chunk := entry.read(CHUNK):
                    digest.update(chunk)
        except (OSError, zipfile.BadZipFile, EOFError) as error:
            raise BadBackup(f"{path} is damaged: {error}.") from None
        if digest.hexdigest() != manifest.digests.get(name):
            raise BadBackup(f"{path} is damaged: {name} is not what was written.")
