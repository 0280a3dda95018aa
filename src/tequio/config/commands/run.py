"""`tequio run`: everything on this machine with one word; what `make run` ends in."""

from __future__ import annotations

import argparse
import socket
import sys
import time

from tequio.base.command_line import CANNOT, CommandFailed
from tequio.config.commands.serve import add_address_arguments, checked_port, refuse_taken_port
from tequio.config.parentage import stop_with_supervisor
from tequio.config.postgres import Database, demo_state, note_demo_loaded, open_database
from tequio.config.supervisor import WHOLE_STOP_S, Part, Supervisor

HELP = "start the database, the web server and the worker, with the demonstration in a new database"
NEEDS_DATABASE = False  # it starts the database itself and leaves Django to the processes it starts

WEB_PATIENCE_S = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_address_arguments(parser)


def run(options: argparse.Namespace) -> int:
    port = checked_port(options.port)
    refuse_taken_port(options.host, port)
    supervisor = Supervisor(say)
    supervisor.listen_for_stop()  # before the database starts: what is started is also stopped
    stop_with_supervisor(WHOLE_STOP_S)  # under make: a killed make takes us along
    with open_database(demo=True) as database:
        supervisor.database = database
        introduce(database)
        try:
            if not prepare(supervisor):
                return 0 if supervisor.asked_to_stop.is_set() else CANNOT
            serve(supervisor, options.host, port)
        finally:
            supervisor.stop_parts()
    say("stopped.")
    return 0


def introduce(database: Database) -> None:
    if database.place is None:
        say("using the database of DATABASE_URL.")
        return
    did = "made and started" if database.created else "started" if database.started else "already running"
    account = database.place.account
    as_whom = f" by the account '{account.name}', because it does not run as root" if account else ""
    say(f"embedded PostgreSQL {did}; its data is in {database.place.data}{as_whom}.")


def prepare(supervisor: Supervisor) -> bool:
    """Tables, static files and, in a database made for it, the demonstration."""
    if supervisor.finish("migrate") != 0:
        return False
    if demo_state() == "wanted":
        say("loading the demonstration …")
        if supervisor.finish("demo", "load") != 0:
            return False
        note_demo_loaded()
    return True


def serve(supervisor: Supervisor, host: str, port: int) -> None:
    address = ["--host", host, "--port", str(port)]
    web = supervisor.add("web server", "serve", *address)
    supervisor.add("worker", "worker")
    wait_for_web(supervisor, web, host, port)
    if supervisor.asked_to_stop.is_set():
        return
    if demo_state() == "loaded":
        supervisor.finish("demo", "people")
    shown = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104 - compared only
    say(f"open http://{shown}:{port} (Ctrl-C stops everything)")
    supervisor.watch()


def wait_for_web(supervisor: Supervisor, web: Part, host: str, port: int) -> None:
    deadline = time.monotonic() + WEB_PATIENCE_S
    while not answers(host, port):
        if not web.is_alive() or time.monotonic() > deadline:
            raise CommandFailed("The web server did not start; what it said stands above.")
        if supervisor.asked_to_stop.wait(0.05):
            return


def answers(host: str, port: int) -> bool:
    """Whether the server gives any answer at all over HTTP."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    try:
        with socket.create_connection((reachable, port), timeout=10) as connection:
            connection.sendall(b"HEAD /health/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(5) == b"HTTP/"
    except OSError:
        return False


def say(message: str) -> None:
    print(f"tequio: {message}", file=sys.stdout, flush=True)
