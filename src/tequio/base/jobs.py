"""Work for later, asked for by name, inside the transaction that needs it."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

# The worker's lanes. A task says queue=LONG where it may take more than a few seconds: imports, exports.
SHORT, LONG = "default", "long"


def later(
    name: str, *, once: str | None = None, alone: bool = True, in_seconds: int = 0, **arguments: Any
) -> bool:
    """Ask the worker to run job `name`; rolled back with the transaction. False: `once` is already waiting.

    `once` also makes jobs of that name run one at a time, unless `alone` is False; then a job that is
    already running, or one put off to a later hour, does not hold the new one up. Ask last in a transaction: a second asker waits
    for the first's commit. Arguments are identifiers, never a person's words.
    """
    if once is not None and _is_waiting(once):
        return False
    job = app.configure_task(
        name,
        queueing_lock=once,
        lock=once if alone else None,
        schedule_in={"seconds": in_seconds} if in_seconds else None,
        allow_unknown=True,
    )
    try:
        # The lock answers by a unique violation, which would spoil the caller's transaction.
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def _is_waiting(once: str) -> bool:
    """Spares the refused insert, which is dear; where two ask at once, the unique index decides as ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo')",
            [once],
        )
        return bool(cursor.fetchone()[0])
