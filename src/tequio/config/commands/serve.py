"""`tequio serve`: the web server, granian with Django behind WSGI."""

from __future__ import annotations

import argparse
import os
import socket

from tequio.base.command_line import CommandFailed
from tequio.config.parentage import stop_forks_with_this_process, stop_with_supervisor

HELP = "serve the pages (without the worker: see 'tequio worker')"
NEEDS_DATABASE = False  # the workers connect; this process only watches over them

WORKERS = 2
# They read forms and hand out answers, slowly where somebody is slow; pages are made by the few of config.wsgi.
BLOCKING_THREADS = 256
# Connections that one worker holds at a time, slow readers included; the rest waits in the backlog.
BACKPRESSURE = 512
HEADER_PATIENCE_MS = 10_000
STOP_PATIENCE_S = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_address_arguments(parser)
    parser.add_argument(
        "--workers", type=int, default=WORKERS, metavar="N", help=f"web processes ({WORKERS}); one per core"
    )


def add_address_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        default=os.environ.get("TEQUIO_HOST", "127.0.0.1"),
        help="address to listen at (TEQUIO_HOST, else 127.0.0.1: this machine only)",
    )
    parser.add_argument(
        "--port", default=os.environ.get("PORT", "8000"), help="port to listen at (PORT, else 8000)"
    )


def run(options: argparse.Namespace) -> int:
    port = checked_port(options.port)
    refuse_taken_port(options.host, port)
    stop_with_supervisor()
    from tequio.config.postgres import open_database

    with open_database():
        load_application()
        stop_forks_with_this_process()
        _serve(options.host, port, max(1, options.workers))
    return 0


def load_application() -> None:
    """Before the workers are forked: they share it, and a fault shows once and in one clear line."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    django.setup()
    from tequio.config.preparation import prepare_host

    prepare_host()  # `tequio migrate` may have run on another machine
    import tequio.config.wsgi  # noqa: F401 - loaded for its effect


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    Granian(
        "tequio.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        backpressure=BACKPRESSURE,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_PATIENCE_MS),
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_PATIENCE_S,
    ).serve()


def checked_port(said: str) -> int:
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise CommandFailed(f"The port is '{said}'; it must be a number from 1 to 65535.")
    return int(said)


def refuse_taken_port(host: str, port: int) -> None:
    """The server shares its port among its workers and would share it with a stranger's too; so we look."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CommandFailed(f"There is no address '{host}' to listen at ({error.strerror}).") from None
    with socket.socket(address[0], socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address[4])
        except PermissionError:
            raise CommandFailed(
                f"Port {port} is reserved for root. Choose a higher one: make run PORT=8000"
            ) from None
        except OSError as error:
            raise CommandFailed(
                f"Port {port} is taken by another program ({error.strerror}). "
                f"Stop it, or choose another port: make run PORT={port + 1 if port < 65535 else 8000}"
            ) from None
