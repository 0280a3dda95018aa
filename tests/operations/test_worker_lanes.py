"""Short work never waits behind long work: letters, seals and maps beside an import that takes its time."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import psycopg
import pytest
from procrastinate.contrib.django import app as jobs

from installation import Host, wait_until
from tequio.base.jobs import LONG, SHORT
from tequio.config.environment import BadSetting, read_environment

from .conftest import Yard

pytestmark = pytest.mark.xdist_group("installation")
# A worker as shipped that knows one more job, which only sleeps.
WORKER = """
import sys, time, django
django.setup()
from procrastinate.contrib.django import app
from tequio.base.jobs import LONG
from tequio.config.cli import main
@app.task(name="test.sleep", queue=LONG)
def sleep(seconds):
    time.sleep(seconds)
sys.exit(main(["worker", *sys.argv[1:]]))
"""


def start_worker(host: Host, *words: str) -> Any:
    script = host.folder / "worker.py"
    script.write_text(WORKER)
    with (host.folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, str(script), *words], env=host.environment, cwd=host.folder,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    host.processes.append(process)
    return process


def ask(connection: psycopg.Connection[Any], name: str, queue: str, args: str = "{}") -> int:
    row = connection.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES (%s, %s, %s) RETURNING id",
        [queue, name, args],
    ).fetchone()
    assert row
    return int(row[0])


def state(connection: psycopg.Connection[Any], job: int) -> str:
    """'gone' when it was done: jobs that succeeded are deleted."""
    row = connection.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job]).fetchone()
    return row[0] if row else "gone"


def test_every_job_has_a_lane() -> None:
    assert {task.queue for task in jobs.tasks.values() if not task.name.startswith("builtin")} == {
        SHORT,
        LONG,
    }


@pytest.mark.full
def test_short_jobs_go_on_beside_a_long_one(yard: Yard, furnished: Host) -> None:
    process = start_worker(furnished)
    with yard.cluster.connect(furnished.database) as connection:
        long = ask(connection, "test.sleep", LONG, '{"seconds": 45}')
        waiting = ask(connection, "test.sleep", LONG, '{"seconds": 0}')
        wait_until(lambda: state(connection, long) == "doing", 30, furnished.log())
        waited = []
        for _ in range(5):
            began = time.monotonic()
            short = ask(connection, "guards.bump_page_version", SHORT)
            wait_until(lambda job=short: state(connection, job) == "gone", 15, furnished.log())
            waited.append(time.monotonic() - began)
        assert state(connection, long) == "doing"
        assert state(connection, waiting) == "todo", "long jobs go one after the other"
        assert max(waited) < 3, waited
        process.terminate()
        began = time.monotonic()
        process.wait(40)
        assert time.monotonic() - began < 20, "a long job may not hold the stop up for ever"


@pytest.mark.full
def test_one_lane_alone(yard: Yard, furnished: Host) -> None:
    start_worker(furnished, "--only", SHORT)
    with yard.cluster.connect(furnished.database) as connection:
        long = ask(connection, "test.sleep", LONG, '{"seconds": 0}')
        short = ask(connection, "guards.bump_page_version", SHORT)
        wait_until(lambda: state(connection, short) == "gone", 30, furnished.log())
        assert state(connection, long) == "todo"
        start_worker(furnished, "--only", LONG)
        wait_until(lambda: state(connection, long) == "gone", 30, furnished.log())


@pytest.mark.full
def test_until_empty_does_both_lanes_and_ends(yard: Yard, furnished: Host) -> None:
    with yard.cluster.connect(furnished.database) as connection:
        connection.execute("DELETE FROM procrastinate_jobs")
        ask(connection, "test.sleep", LONG, '{"seconds": 0}')
        ask(connection, "guards.bump_page_version", SHORT)
        process = start_worker(furnished, "--until-empty")
        assert process.wait(60) == 0, furnished.log()
        left = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'test.sleep'"
        assert connection.execute(left).fetchone() == (0,)


@pytest.mark.parametrize("said", ["0", "-1", "33", "two"])
def test_a_number_of_jobs_that_is_none(said: str) -> None:
    with pytest.raises(BadSetting, match="TEQUIO_WORKER_SHORT"):
        read_environment({"TEQUIO_WORKER_SHORT": said})
