"""`tequio worker`: does the jobs that pages leave for later. Any number may run, on any machine.

Two lanes side by side: letters, seals and maps never wait for an import or an export.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tequio.base.jobs import LONG, SHORT
from tequio.config.parentage import stop_with_supervisor

HELP = "do the jobs that pages leave for later (letters, maps, closing times)"
STATEMENT_TIMEOUT_MS = 15 * 60 * 1000  # a large map reads millions of votes
GRACE_S = 10.0
SPARE_THREADS = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", choices=[SHORT, LONG], help="this lane alone, where the other has a machine of its own"
    )
    parser.add_argument(
        "--until-empty", action="store_true", help="stop when no job is left, instead of waiting for more"
    )


def run(options: argparse.Namespace) -> int:
    from django.conf import settings
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    stop_with_supervisor()
    lanes = {
        lane: number
        for lane, number in ((SHORT, settings.WORKER_SHORT), (LONG, settings.WORKER_LONG))
        if options.only in (None, lane)
    }
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as worker_app:
        asyncio.run(_empty(worker_app, lanes) if options.until_empty else _work(worker_app, lanes))
    return 0


def _lane(app: Any, queues: list[str], number: int, **more: Any) -> Any:
    return app.run_worker_async(
        name="+".join(queues),
        queues=queues,
        concurrency=number,
        install_signal_handlers=False,  # one stop for all lanes, below
        shutdown_graceful_timeout=GRACE_S,
        delete_jobs="successful",  # what came of a job stands in the tables of those who asked for it
        **more,
    )


async def _work(app: Any, lanes: dict[str, int]) -> None:
    """All lanes until we are asked to stop. One that breaks ends all: whoever watches us starts us again."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(lanes.values()) + SPARE_THREADS))
    async with app.open_async():
        tasks = [asyncio.create_task(_lane(app, [lane], number)) for lane, number in lanes.items()]
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, _stop, loop, tasks)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end


def _stop(loop: asyncio.AbstractEventLoop, tasks: list[asyncio.Task[None]]) -> None:
    """In order; but a thread cannot be told to stop. What a long job did is rolled back, and another takes it up."""
    for task in tasks:
        task.cancel()
    last_word = threading.Timer(GRACE_S + 2, os._exit, [0])
    last_word.daemon = True
    last_word.start()


async def _empty(app: Any, lanes: dict[str, int]) -> None:
    """One after the other, so that what a long job leaves for a short one is done too."""
    async with app.open_async():
        await _lane(app, list(lanes), 1, wait=False)
