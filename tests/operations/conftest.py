"""One cluster for a file of tests, with a furnished database in it that each test may copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from installation import Cluster, Host
from shipped import FURNISH

FURNISHED = "furnished"
SEAL = "import django; django.setup(); from tequio.audit.services.sealing import seal; print(seal())"


@dataclass
class Yard:
    """The cluster, and what stands in the furnished database: sessions by role, paths by language and name."""

    cluster: Cluster
    sessions: dict[str, str]
    paths: dict[str, dict[str, str]]
    statement: int
    numbers: list[int] = field(default_factory=lambda: [0])

    def name(self) -> str:
        self.numbers[0] += 1
        return f"copy_{self.numbers[0]}"

    def furnished(self, **settings: str) -> Host:
        """A host with a database of its own in which the house stands."""
        name = self.name()
        with self.cluster.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {FURNISHED}")
            # A copied sequence is ahead of the log until then; killed before, it would give numbers twice.
            connection.execute("CHECKPOINT")
        return self._host(name, settings)

    def empty(self, **settings: str) -> Host:
        """A host with a database in which there is nothing at all."""
        name = self.name()
        self.cluster.make_database(name)
        return self._host(name, settings)

    def _host(self, name: str, settings: dict[str, str]) -> Host:
        host = self.cluster.host(name, name, **settings)
        host.database = name
        return host


@pytest.fixture(scope="module")
def yard() -> Iterator[Yard]:
    with Cluster() as cluster:
        cluster.make_database(FURNISHED)
        host = cluster.host(FURNISHED, FURNISHED)
        host.tequio("migrate")
        said: dict[str, Any] = json.loads(host.python("-c", FURNISH).splitlines()[-1])
        host.python("-c", SEAL)
        yield Yard(cluster, **said)


@pytest.fixture
def furnished(yard: Yard) -> Iterator[Host]:
    host = yard.furnished()
    yield host
    host.stop()


@pytest.fixture
def empty(yard: Yard) -> Iterator[Host]:
    host = yard.empty()
    yield host
    host.stop()


@pytest.fixture
def contents(yard: Yard) -> Callable[[Host], dict[str, tuple[int, str]]]:
    """Table → rows and digest of all rows in order, reckoned otherwise than the backup does; sequences too."""

    def read(host: Host) -> dict[str, tuple[int, str]]:
        found = {}
        with yard.cluster.connect(host.database) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            rows = connection.execute(
                "SELECT relname, relkind FROM pg_class WHERE relkind IN ('r', 'S') AND "
                "relnamespace = 'public'::regnamespace ORDER BY relname"
            ).fetchall()
            for name, kind in rows:
                what = "last_value::text || is_called" if kind == "S" else "t::text"
                found[name] = connection.execute(
                    f"SELECT count(*), md5(coalesce(string_agg(x, E'\\n' ORDER BY x), '')) "
                    f'FROM (SELECT {what} AS x FROM public."{name}" t) AS rows'
                ).fetchone()
        return found

    return read
