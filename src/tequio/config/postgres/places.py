"""Where an embedded cluster lives and as whom it runs: computed from paths alone, no server needed.

PostgreSQL refuses to run as root. As root we therefore run it as another account, and that account
must be able to walk to the data directory; we never change the mode of a directory that we did not
make. So a project under a closed directory (a root's home, say) keeps its data elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tequio.config.postgres.problem import DatabaseProblem

ROOTS_BASE = Path("/var/lib/tequio")
SOCKET_BASE = Path("/tmp")  # noqa: S108 - sockets need a short path; the directory in it is private
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An operating system account that is not root."""

    uid: int
    gid: int
    name: str


@dataclass(frozen=True)
class Place:
    """One embedded cluster: its data, its socket directory, and the account when we are root."""

    data: Path
    socket: Path
    account: Account | None
    for_tests: bool

    def beside(self, suffix: str) -> Path:
        """A file next to the data directory, such as its log or lock."""
        return self.data.with_name(self.data.name + suffix)

    @property
    def owner(self) -> int:
        return self.account.uid if self.account else os.geteuid()


def is_test_run(environ: Mapping[str, str] = os.environ) -> bool:
    """True under TEQUIO_TEST=1, and under pytest however it was typed, unless TEQUIO_TEST=0.

    Tests must never reach the cluster that holds somebody's data.
    """
    said = environ.get("TEQUIO_TEST", "")
    return said == "1" if said else "PYTEST_VERSION" in environ


def project_directory() -> Path:
    """The checkout this code runs from, or the current directory for an installed package."""
    checkout = Path(__file__).resolve().parents[4]
    return checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()


def place(data_dir: Path | str | None = None, environ: Mapping[str, str] = os.environ) -> Place:
    """The cluster at `data_dir`, or the one that the environment and the project call for."""
    for_tests = is_test_run(environ)
    if data_dir is not None:
        data, chosen = Path(data_dir).expanduser().resolve(), True
    else:
        kept = environ.get("TEQUIO_DATA", "").strip()
        base = Path(kept).expanduser() if kept else project_directory() / "var"
        data, chosen = base.resolve() / ("postgres-test" if for_tests else "postgres"), bool(kept)
    account = None
    if os.geteuid() == 0:
        account = account_for(data)
        if not can_reach(data.parent, account):
            data = _elsewhere(data, account, chosen)
    return Place(data, socket_directory(data), account, for_tests)


def socket_directory(data: Path) -> Path:
    """A path of at most 107 bytes with the socket's name, the same for everyone who knows `data`."""
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return SOCKET_BASE / f"tequio-{digest}"


def account_for(data: Path) -> Account:
    """Who runs the server when we are root: whoever owns the data or the project, else a service account."""
    for path in (data, _nearest(data.parent)):
        owner = path.stat().st_uid if path.exists() else 0
        found = _account(owner) if owner else None
        if found:
            return found
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name)
    raise DatabaseProblem(
        "PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' to run it as. "
        "Run this as an ordinary user, or set DATABASE_URL."
    )


def _account(uid: int) -> Account | None:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None  # initdb refuses an account without a name
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)


def _nearest(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def can_reach(path: Path, account: Account) -> bool:
    """Whether `account` may walk to `path`; what is not there yet will be made open."""
    for directory in (path, *path.parents):
        try:
            entry = directory.stat()
        except FileNotFoundError:
            continue
        if entry.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif entry.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not entry.st_mode & needed:
            return False
    return True


def make_open_directory(path: Path) -> None:
    """Makes `path`; what we make belongs to the owner of what was there, and others may walk through."""
    if path.is_dir():
        return
    make_open_directory(path.parent)
    try:
        path.mkdir()
    except FileExistsError:
        return
    path.chmod(0o755)
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _elsewhere(data: Path, account: Account, chosen: bool) -> Path:
    if chosen:
        raise DatabaseProblem(
            f"The account '{account.name}', which runs PostgreSQL because root may not, cannot enter "
            f"{data.parent}. Choose another directory with TEQUIO_DATA, or open this one to it."
        )
    project = project_directory()
    digest = hashlib.sha256(os.fsencode(project)).hexdigest()[:8]
    return ROOTS_BASE / f"{project.name}-{digest}" / data.name
