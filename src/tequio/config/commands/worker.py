"""`tequio worker`: does the jobs that pages leave for later. Any number may run, on any machine."""

from __future__ import annotations

import argparse

from tequio.config.parentage import stop_with_supervisor

HELP = "do the jobs that pages leave for later (letters, maps, closing times)"
STATEMENT_TIMEOUT_MS = 15 * 60 * 1000  # a large map reads millions of votes
GRACE_S = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, metavar="N", help="jobs at the same time (1)")
    parser.add_argument(
        "--until-empty", action="store_true", help="stop when no job is left, instead of waiting for more"
    )


def run(options: argparse.Namespace) -> int:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    stop_with_supervisor()
    chosen = {"concurrency": max(1, options.concurrency)} if options.concurrency else {}
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(
            wait=not options.until_empty,
            shutdown_graceful_timeout=GRACE_S,
            delete_jobs="successful",  # what came of a job stands in the tables of those who asked for it
            **chosen,
        )
    return 0
