"""Running the jobs that were asked for, as the worker does, and emptying the queue."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def work() -> None:
    """Do what waits; jobs of a later hour stay. Only in tests with transaction=True.

    Nothing begins by the clock here: a test that runs over a full minute would do more than others.
    """
    settings = connections.settings["default"]
    kept, settings["CONN_MAX_AGE"] = settings["CONN_MAX_AGE"], 0  # the worker's threads close theirs
    by_the_clock = dict(app.periodic_registry.periodic_tasks)
    app.periodic_registry.periodic_tasks.clear()
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        settings["CONN_MAX_AGE"] = kept
        app.periodic_registry.periodic_tasks.update(by_the_clock)


def strike(*names: str) -> None:
    """As if the clock had struck for these jobs: the worker begins them, and does what else waits."""
    clock = {one.task.name: one for one in app.periodic_registry.periodic_tasks.values()}
    for name in names:
        clock[name].task.configure(**clock[name].configure_kwargs).defer(timestamp=int(time.time()))
    work()
    assert failed() == []


def failed() -> list[str]:
    """Names of the jobs that went wrong, or never ended."""
    gone_wrong = ProcrastinateJob.objects.exclude(status__in=["succeeded", "todo"]).order_by("id")
    return list(gone_wrong.values_list("task_name", flat=True))


def empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def waiting(task: str) -> list[ProcrastinateJob]:
    """The jobs of this task that nobody has taken up yet."""
    return list(ProcrastinateJob.objects.filter(task_name=task, status="todo"))


def make_jobs_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """An empty queue; emptying the tables between tests leaves its tables as they are."""
    empty_queue()
    yield
    empty_queue()
