"""The `tequio` command: finds the flat that knows the word and hands over.

Modules are imported only when their word is asked for, so that `tequio opinion-map` reads files
and computes without Django or a database.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from tequio import __version__
from tequio.base.command_line import CANNOT, CommandFailed

COMMANDS: dict[str, str] = {
    "run": "tequio.config.commands.run",
    "serve": "tequio.config.commands.serve",
    "worker": "tequio.config.commands.worker",
    "migrate": "tequio.config.commands.migrate",
    "backup": "tequio.config.commands.backup",
    "restore": "tequio.config.commands.restore",
    "territories": "tequio.territories.commands",
    "hash-list": "tequio.people.commands.hash_list",
    "demo": "tequio.portal.home.commands.demo",
    "pages": "tequio.portal.home.commands.pages",
    "verify": "tequio.portal.home.commands.verify",
    "people": "tequio.portal.me.commands.people",
    "audit": "tequio.audit.commands",
    "outbox": "tequio.outbox.commands",
    "opinion-map": "tequio.ideas.deliberation.commands.opinion_map",
    "bench": "tequio.ideas.deliberation.commands.bench",
    "import": "tequio.opendata.commands",
    "import-polis": "tequio.ideas.deliberation.commands.import_polis",
}


def build_parser(words: list[str]) -> argparse.ArgumentParser:
    """A parser that knows the asked-for command in full and the others by their help line."""
    parser = argparse.ArgumentParser(prog="tequio", description="Tequio, work done together.")
    parser.add_argument("--version", action="version", version=__version__)
    sub = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked = next((word for word in words if not word.startswith("-")), None)
    for word, path in COMMANDS.items():
        if asked in (None, word):
            module = importlib.import_module(path)
            command = sub.add_parser(word, help=module.HELP, description=module.HELP)
            module.add_arguments(command)
            command.set_defaults(module=module)
        else:
            sub.add_parser(word)
    return parser


def set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    django.setup()


def run_command(options: argparse.Namespace) -> int:
    module = options.module
    if not getattr(module, "NEEDS_DATABASE", True):
        return int(module.run(options) or 0)
    from tequio.config.postgres import open_database

    # What an operator types may take its time; the short limit is for pages.
    limit_ms = getattr(module, "STATEMENT_TIMEOUT_MS", 0)
    os.environ.setdefault("TEQUIO_STATEMENT_TIMEOUT_MS", str(limit_ms))
    with open_database():
        set_up_django()
        try:
            return int(module.run(options) or 0)
        finally:
            from django.db import connections

            connections.close_all()


def main(argv: list[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    options = build_parser(words).parse_args(words)
    try:
        return run_command(options)
    except CommandFailed as failed:
        print(f"tequio: {failed}", file=sys.stderr)
        return failed.code
    except KeyboardInterrupt:
        return CANNOT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read us has seen enough
        return 0
    except Exception as error:
        if os.environ.get("TEQUIO_DEBUG") in ("1", "true", "yes", "on"):
            raise
        said = str(error).strip() or "no further word"
        print(f"tequio: {type(error).__name__}: {said} (TEQUIO_DEBUG=1 shows where)", file=sys.stderr)
        return CANNOT


if __name__ == "__main__":
    sys.exit(main())
