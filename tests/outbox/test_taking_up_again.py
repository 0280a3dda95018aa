"""A worker that was killed leaves its job "doing" for ever; the next one takes it up."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs import work
from mail_server import Received
from tequio.base.jobs import later
from tequio.guards.services import page_version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def status_of(name: str) -> set[str]:
    return set(ProcrastinateJob.objects.filter(task_name=name).values_list("status", flat=True))


def test_a_killed_workers_job_and_its_lock() -> None:
    later("guards.bump_page_version", once="page-version")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    later("guards.bump_page_version", once="page-version")
    before = page_version()
    work()
    assert status_of("guards.bump_page_version") == {"doing", "todo"}, (
        "the dead job's lock holds the next one up"
    )
    app.configure_task("guards.take_up_again").defer(timestamp=0)
    work()
    work()
    assert status_of("guards.bump_page_version") == {"failed", "succeeded"}
    assert page_version() == before + 1


def test_a_killed_workers_job_without_successor_is_done() -> None:
    later("guards.bump_page_version", once="page-version")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    before = page_version()
    app.configure_task("guards.take_up_again").defer(timestamp=0)
    work()
    assert status_of("guards.bump_page_version") == {"succeeded"}
    assert page_version() == before + 1


def test_a_job_without_lock_is_not_held_up(smtp: Received) -> None:
    later("guards.bump_page_version", once="page-version", alone=False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert later("guards.bump_page_version", once="page-version", alone=False)
    before = page_version()
    work()
    assert page_version() == before + 1
