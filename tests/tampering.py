"""What somebody with the database's own password could do: triggers off, rows rewritten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from tequio.base.actor import SYSTEM
from tequio.territories.models import Territory


@contextmanager
def no_triggers() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def by_force(sql: str, values: Sequence[object] = ()) -> None:
    with no_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def act(number: int, word: str = "test.act") -> None:
    """An act on a thing that need not be there: an audit record points at nobody."""
    from tequio.audit.services import record

    record(word, Territory(pk=number), by=SYSTEM, number=number)
